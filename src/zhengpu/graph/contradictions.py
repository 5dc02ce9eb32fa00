"""Whether corrections contradict one another, or the ontology."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Final

from pyoxigraph import RdfFormat, parse

from zhengpu.graph.corrections import (
    ENTITIES,
    Correction,
    Corrections,
    CorrectionsError,
    normal,
    path_of,
)
from zhengpu.model import EntityType, Relation
from zhengpu.settings import shipped

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

TYPES: Final = {
    "Organization": EntityType.ORG,
    "Person": EntityType.PER,
    "Place": EntityType.PLC,
    "Program": EntityType.PRG,
    "Document": EntityType.DOC,
    "Event": EntityType.EVT,
    "Award": EntityType.AWD,
}
"""Type of each class of entities."""


def check(corrections: Corrections) -> None:
    """See that corrections do not contradict one another or the ontology.

    This needs no build; names that only a build can tell apart are looked at
    again when they are applied.

    Raises:
        CorrectionsError: They do; both lines are named.
    """
    consistent(corrections, normal)
    for entry in corrections.entries:
        if entry.kind == "assert":
            types = [
                EntityType(path[0]) if (path := path_of(entry.get(part))) else None
                for part in ("subject", "object")
            ]
            see_that_fits(corrections, entry, *types)


def _error(
    corrections: Corrections, code: str, *entries: Correction, **parameters: str
) -> CorrectionsError:
    """An error that names the lines of some tables."""
    lines = sorted(entry.line for entry in entries)
    numbers = {"line": lines[0], "other": lines[-1]}
    return CorrectionsError(code, path=corrections.name, **numbers, **parameters)


def consistent(
    corrections: Corrections, resolve: Callable[[str], str]
) -> dict[str, str]:
    """What each merged entity becomes, all the way, if nothing contradicts.

    Args:
        corrections: All of them.
        resolve: What two references to the same entity have in common.

    Raises:
        CorrectionsError: Two tables say the same, or what cannot both be.
    """
    seen: dict[object, Correction] = {}
    for entry in corrections.entries:
        said = frozenset(
            (name, resolve(value) if name in ENTITIES else value)
            for name, value in entry.judgement
        )
        if (first := seen.setdefault((entry.kind, said), entry)) is not entry:
            raise _error(corrections, "corrections-duplicate", first, entry)
        if entry.kind in {"reject", "assert"}:
            said = frozenset(pair for pair in said if pair[0] != "create")
            if (first := seen.setdefault(said, entry)) is not entry:
                raise _error(corrections, "corrections-contradict", first, entry)
    roots = _roots(corrections, resolve)
    _apart(corrections, resolve, roots)
    _one_value(corrections, resolve, roots)
    return {name: root for name, (root, _) in roots.items()}


def _roots(
    corrections: Corrections, resolve: Callable[[str], str]
) -> dict[str, tuple[str, Correction]]:
    """What each merged entity becomes in the end, and the table that says so."""
    into: dict[str, tuple[str, Correction]] = {}
    for entry in corrections.entries:
        if entry.kind != "same-as":
            continue
        keep = resolve(entry.get("keep"))
        for name in map(resolve, entry.all("same")):
            first = into.setdefault(name, (keep, entry))
            if first[0] != keep:
                raise _error(corrections, "corrections-contradict", first[1], entry)
            if first[1] is not entry:
                raise _error(corrections, "corrections-duplicate", first[1], entry)
    roots = {}
    for name, (keep, entry) in into.items():
        root, way = keep, [entry]
        while root in into:
            if root == name or len(way) > len(into):
                raise _error(corrections, "corrections-cycle", *way, name=name)
            root, step = into[root]
            way.append(step)
        roots[name] = (root, entry)
    return roots


def _apart(
    corrections: Corrections,
    resolve: Callable[[str], str],
    roots: Mapping[str, tuple[str, Correction]],
) -> None:
    """What is not the same must not be merged."""
    for entry in corrections.entries:
        if entry.kind != "not-same":
            continue
        held: dict[str, str] = {}
        for name in sorted(set(map(resolve, entry.all("entities")))):
            root = roots[name][0] if name in roots else name
            if root in held:
                merging = next(roots[n][1] for n in (name, held[root]) if n in roots)
                raise _error(corrections, "corrections-contradict", merging, entry)
            held[root] = name


def _one_value(
    corrections: Corrections,
    resolve: Callable[[str], str],
    roots: Mapping[str, tuple[str, Correction]],
) -> None:
    """An entity gets one name, one type and one kind."""
    given: dict[tuple[str, str], tuple[str, Correction]] = {}
    for entry in corrections.entries:
        for what in {"rename": ("name",), "retype": ("type", "kind")}.get(
            entry.kind, ()
        ):
            name = resolve(entry.get("entity"))
            root = roots[name][0] if name in roots else name
            if value := entry.get(what):
                first = given.setdefault((root, what), (value, entry))
                if first[0] != value:
                    raise _error(corrections, "corrections-contradict", first[1], entry)


@cache
def signatures() -> dict[Relation, tuple[frozenset[EntityType], frozenset[EntityType]]]:
    """The types that each relation joins, as the ontology has them.

    >>> sorted(signatures()[Relation.HOLDS_POST][0])
    [<EntityType.PER: 'PER'>]
    """
    found: dict[tuple[str, str], set[EntityType]] = defaultdict(set)
    for quad in parse(
        path=shipped("ontology") / "zhengpu.ttl", format=RdfFormat.TURTLE
    ):
        end = quad.predicate.value.rpartition("/")[2]
        if end in {"domainIncludes", "rangeIncludes"}:
            relation = getattr(quad.subject, "value", "").rpartition("#")[2]
            name = quad.object.value.rpartition("#")[2]
            if name in TYPES:
                found[relation, end].add(TYPES[name])
    return {
        relation: (
            frozenset(found[relation.value, "domainIncludes"]),
            frozenset(found[relation.value, "rangeIncludes"]),
        )
        for relation in Relation
    }


def see_that_fits(
    corrections: Corrections,
    entry: Correction,
    subject: EntityType | None,
    object_: EntityType | None,
) -> None:
    """See that a relation joins such types; None is not known yet."""
    relation = Relation(entry.get("relation"))
    for part, kind, wanted in zip(
        ("subject", "object"),
        (subject, object_),
        signatures()[relation],
        strict=True,
    ):
        if kind is not None and kind not in wanted:
            raise _error(
                corrections,
                "corrections-ontology",
                entry,
                relation=relation.value,
                part=part,
                name=entry.get(part),
                type=kind.value,
                wanted="、".join(sorted(wanted)),
            )
