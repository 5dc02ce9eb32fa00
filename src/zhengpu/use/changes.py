"""What changed between two builds, told: as JSON, as Markdown, and as an RDF patch."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from pyoxigraph import RdfFormat, parse

from zhengpu.errors import ReadingError
from zhengpu.graph.converting import term
from zhengpu.graph.rendering import markdown_cell
from zhengpu.graph.vocabulary import Triple, digest
from zhengpu.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from zhengpu.use.stated import Fact

FORMAT: Final = "zhengpu-diff/1"


class Change(StrEnum):
    """What became of a fact."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class Reason(StrEnum):
    """Why a fact is no longer what it was."""

    DOCUMENT_ADDED = "document-added"
    DOCUMENT_REMOVED = "document-removed"
    TEXT = "text-changed"
    """A file of the same name holds other text."""
    RULES = "rules-changed"
    """The same text gives another extraction."""
    CORRECTIONS = "corrections-changed"
    """The same extraction is merged under other corrections."""
    OTHERS = "other-documents"
    """The same extraction stands beside other documents."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One fact that differs."""

    change: Change
    reason: Reason
    kind: str
    old: Fact | None
    new: Fact | None
    files: tuple[str, ...]
    """The names of the files that state it, or that stated it."""

    @property
    def fact(self) -> Fact:
        """The new fact; of what is gone, the old one."""
        fact = self.new or self.old
        if fact is None:
            raise ValueError(self)
        return fact

    @property
    def details(self) -> tuple[tuple[str, str, str], ...]:
        """Of a change: what was and what is, by name."""
        if self.old is None or self.new is None:
            return ()
        old, new = _by_name(self.old), _by_name(self.new)
        names = sorted(old.keys() | new.keys())
        return tuple(
            (name, "、".join(old.get(name, ())), "、".join(new.get(name, ())))
            for name in names
            if old.get(name) != new.get(name)
        )


def _by_name(fact: Fact) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for name, value in fact.details:
        found[name].append(value)
    return found


@dataclass(frozen=True, slots=True)
class Diff:
    """How one build differs from another."""

    differences: tuple[Difference, ...]
    """By kind, change and text."""
    added: tuple[Triple, ...]
    """Triples that only the new build has, sorted."""
    removed: tuple[Triple, ...]
    rules: tuple[str, str]
    """The rule-set versions."""
    documents: tuple[tuple[str, str], ...] = field(default=())
    """File names, each with `added`, `removed` or `changed`."""

    def as_json(self) -> str:
        """For machines: one record for each difference."""
        content = {
            "format": FORMAT,
            "rules": list(self.rules),
            "documents": dict(self.documents),
            "triples": {"added": len(self.added), "removed": len(self.removed)},
            "differences": [_record(found) for found in self.differences],
        }
        return json.dumps(content, ensure_ascii=False, indent=1) + "\n"

    def as_markdown(self) -> str:
        """For people: tables by kind and change, in Chinese and English."""
        return "\n".join(_markdown(self))

    def as_patch(self) -> str:
        """The RDF patch that turns the old build's triples into the new's."""
        lines = [f"D {' '.join(triple)} ." for triple in self.removed]
        lines += [f"A {' '.join(triple)} ." for triple in self.added]
        name = digest(*lines)
        uuid = f"{name[:8]}-{name[8:12]}-8{name[12:15]}-8{name[15:18]}-{name[18:]:0<12}"
        head = [f"H id <urn:uuid:{uuid}> .", "TX ."]
        return "\n".join([*head, *lines, "TC ."]) + "\n"


def _record(found: Difference) -> dict[str, object]:
    record: dict[str, object] = {
        "change": found.change.value,
        "reason": found.reason.value,
        "kind": found.kind,
        "text": found.fact.text,
        "old": found.old.iri if found.old else None,
        "new": found.new.iri if found.new else None,
        "details": [
            {"name": name, "old": old, "new": new} for name, old, new in found.details
        ],
        "files": list(found.files),
        "quote": found.fact.quote,
    }
    return record


def _markdown(diff: Diff) -> Iterator[str]:
    """The lines of a difference as Markdown."""
    yield "# 两次构建之间的变化 · What changed between two builds\n"
    yield (
        f"{len(diff.differences)} 处不同 differences · {len(diff.added)} 条三元组新增 "
        f"triples added · {len(diff.removed)} 条删去 removed\n"
    )
    if diff.documents:
        yield "| 文件 file | 变化 change |\n| --- | --- |"
        for name, change in diff.documents:
            yield f"| {markdown_cell(name)} | {_both(f'diff-{change}')} |"
        yield ""
    for kind in ("relation", "figure", "entity"):
        found = [d for d in diff.differences if d.kind == kind]
        if found:
            yield f"## {_both(f'diff-{kind}')}\n"
            yield "| 变化 change | 事实 fact | 原因 reason | 文件 file |"
            yield "| --- | --- | --- | --- |"
        for d in found:
            text = "<br>".join(
                [markdown_cell(d.fact.text)]
                + [
                    markdown_cell(f"{_both(f'diff-detail-{name}')}: {old} → {new}")
                    for name, old, new in d.details
                ]
            )
            files = "<br>".join(map(markdown_cell, d.files))
            yield (
                f"| {_both(f'diff-{d.change}')} | {text} "
                f"| {_both(f'diff-{d.reason}')} | {files} |"
            )
        if found:
            yield ""


def _both(code: str) -> str:
    return f"{message(code, {}, 'zh')} {message(code, {}, 'en')}"


def apply_patch(triples: Iterable[Triple], patch: str) -> set[Triple]:
    """Triples after an RDF patch: rows are applied one after the other.

    Args:
        triples: Of the old build.
        patch: What `Diff.as_patch` gives.

    Raises:
        ReadingError: A row is none of H, TX, TC, A and D.
    """
    held = set(triples)
    for row in patch.splitlines():
        code, _, rest = row.partition(" ")
        if code in {"H", "TX", "TC"}:
            continue
        if code not in {"A", "D"}:
            raise ReadingError("bad-patch", row=row)
        (quad,) = parse(rest, format=RdfFormat.N_TRIPLES)
        triple = term(quad.subject), term(quad.predicate), term(quad.object)
        if code == "A":
            held.add(triple)
        else:
            held.discard(triple)
    return held
