"""What corrections make of entities: which are one, and what they are called."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from zhengpu.graph.contradictions import consistent
from zhengpu.graph.corrections import REMARKS, Correction, Corrections, nearest, normal
from zhengpu.graph.keys import key_of
from zhengpu.graph.merged import Applied, Thing
from zhengpu.graph.vocabulary import digest, key, notations
from zhengpu.model import Entity, EntityType, Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from zhengpu.graph.references import Names

REPORT: Final = "DOC/corrections.toml"
"""Key of the corrections file as a document, whatever the file is called."""
SCHEMES: Final = {EntityType.ORG: "organizationType", EntityType.PRG: "programType"}
"""The scheme of the kinds of a type."""


class Book:
    """The corrections of one build, resolved."""

    def __init__(self, corrections: Corrections, names: Names) -> None:
        self.corrections = corrections
        self.names = names
        self.findings: list[Finding] = []
        self.notes: dict[Correction, Applied] = {}
        self.become: dict[str, Entity] = {}
        self.final: dict[str, str] = {}
        """Key as corrected of each key that a correction changes."""
        for entry in corrections.entries:
            if entry.kind in {"rename", "retype"}:
                self._call(entry)
        self.roots = consistent(corrections, names.resolve)
        self._correct_entities()

    def _call(self, entry: Correction) -> None:
        """Note what a renamed or retyped entity may be called elsewhere."""
        found = self.names.keys(entry.get("entity"))
        if len(found) != 1:
            return
        thing = self.names.things[found[0]]
        kind = entry.get("type") or thing.type.value
        name = entry.get("name") or thing.name
        for called in (name, f"{kind}/{name}", key(kind, name, thing.scope)):
            self.names.also.setdefault(normal(called), thing.key)

    def warn(self, code: str, entry: Correction, **parameters: str) -> None:
        """A correction that cannot be applied."""
        where = {"path": self.corrections.name, "line": str(entry.line)}
        told = {**where, "kind": entry.kind, **parameters}
        self.findings.append(
            Finding(Severity.WARNING, "correcting", code, tuple(told.items()))
        )

    def known(self, entry: Correction, *references: str) -> list[str]:
        """The keys of references; those that match none or several are told."""
        keys = []
        for reference in references:
            found = self.names.keys(reference)
            if len(found) == 1:
                keys.append(found[0])
            elif found:
                choices = "、".join(sorted(found))
                self.warn(
                    "correction-ambiguous", entry, name=reference, choices=choices
                )
            else:
                near = self.names.near(reference)
                self.warn("correction-unmatched", entry, name=reference, near=near)
        return keys

    def note(
        self,
        entry: Correction,
        said: str,
        things: Iterable[str],
        replaced: Iterable[str] = (),
        facts: Iterable[str] = (),
    ) -> None:
        """That a correction is applied."""
        now = sorted({self.final.get(name, name) for name in things})
        self.notes[entry] = Applied(
            entry.kind,
            entry.line,
            said,
            f"Evidence/{digest(REPORT, entry.text)}-1",
            tuple(now),
            tuple(sorted(set(replaced) - set(now))),
            tuple(sorted(facts)),
            **{remark: entry.get(remark) for remark in REMARKS},
        )

    def renamed(self, things: Iterable[Thing]) -> dict[str, Thing]:
        """Things as corrections call them, each once, by key."""
        found: dict[str, Thing] = {}
        for thing in things:
            now = self.become.get(thing.key)
            if now is None:
                called = thing
            else:
                called = dataclasses.replace(
                    thing, key=key_of(now), type=now.type, name=now.name
                )
            found.setdefault(called.key, called)
        return found

    def _correct_entities(self) -> None:
        """What corrections make of each entity that they name."""
        groups: dict[str, set[str]] = defaultdict(set)
        changes: dict[str, list[Correction]] = defaultdict(list)
        touched: dict[Correction, list[str]] = {}
        for entry in self.corrections.entries:
            match entry.kind:
                case "same-as":
                    keys = self.known(entry, entry.get("keep"))
                    others = self.known(entry, *entry.all("same"))
                    if not keys or not others:
                        continue
                    keys += others
                case "rename" | "retype" | "alias":
                    keys = self.known(entry, entry.get("entity"))
                case _:
                    continue
            if keys:
                touched[entry] = keys
                root = self._root(keys[0])
                groups[root].update(keys, [root])
                changes[root].append(entry)
        for root in sorted(groups):
            self._correct_group(root, groups[root], changes[root], touched)
        for entry, keys in touched.items():
            self._tell(entry, keys)

    def _root(self, name: str) -> str:
        """The key that a merged entity ends up with, if that is known."""
        root = self.roots.get(name, name)
        return root if root in self.names.things else name

    def _correct_group(
        self,
        root: str,
        members: set[str],
        changes: Sequence[Correction],
        touched: dict[Correction, list[str]],
    ) -> None:
        """What the members of a group become: one entity, as corrected."""
        thing = self.names.things[root]
        now = Entity(
            "",
            thing.type,
            thing.name,
            scope=thing.scope,
            kind=thing.kind,
            adcode=thing.adcode,
            level=thing.level,
        )
        added: list[str] = []
        for entry in changes:
            now = self._changed(now, entry)
            added += entry.all("alias")
        now = replace(now, aliases=tuple(sorted(set(added))))
        other = key_of(now)
        known = other in self.names.things and other not in members
        if other != root and (known or other in self.final.values()):
            blamed = [e for e in changes if e.kind in {"rename", "retype"}]
            for entry in blamed:
                touched.pop(entry, None)
                self.warn("correction-taken", entry, name=thing.name, taken=other)
            rest = [entry for entry in changes if entry not in blamed]
            if rest:
                self._correct_group(root, members, rest, touched)
            return
        for member in members:
            self.become[member] = now
            self.final[member] = other

    def _changed(self, now: Entity, entry: Correction) -> Entity:
        """An entity after one renaming or retyping."""
        if entry.kind == "rename":
            return replace(now, name=entry.get("name"))
        if entry.kind == "retype":
            kind = EntityType(entry.get("type") or now.type)
            wanted = entry.get("kind") or (now.kind if kind == now.type else "")
            known = notations(SCHEMES[kind]) if kind in SCHEMES else {}
            if wanted and wanted not in known:
                near = nearest(wanted, sorted(known))
                self.warn("correction-kind", entry, name=wanted, near=near)
            return replace(now, type=kind, kind=known.get(wanted, ""))
        return now

    def _tell(self, entry: Correction, keys: list[str]) -> None:
        """Note a correction of entities."""
        names = [self.names.shown(name) for name in keys]
        match entry.kind:
            case "same-as":
                said = f"{'、'.join(names[1:])} → {names[0]}"
            case "alias":
                said = f"{names[0]} = {'、'.join(entry.all('alias'))}"
            case _:
                new = (entry.get("name"), entry.get("type"), entry.get("kind"))
                said = f"{names[0]} → {' '.join(filter(None, new))}"
        self.note(entry, said, keys, keys)
