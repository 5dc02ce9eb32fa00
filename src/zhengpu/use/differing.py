"""What changed between two builds, fact by fact, and why.

A fact's IRI is a digest of what it says, so that facts of both builds are the
same where their IRIs are. What one build lacks is paired with what the other
has in its place: a relation of the same subject and object, a figure of the
same subject, measure and time. Everything is read with the parser, not from a
store, so that literals keep the form in which they were written.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pyoxigraph import RdfFormat, parse

from zhengpu.errors import ReadingError
from zhengpu.graph import publishing, shards, store
from zhengpu.graph.converting import term
from zhengpu.graph.rendering import markdown_cell
from zhengpu.graph.vocabulary import (
    DCTERMS,
    OA,
    PROV,
    RDF,
    SKOS,
    TRUE,
    VOID,
    ZP,
    Term,
    Triple,
    digest,
)
from zhengpu.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

FORMAT: Final = "zhengpu-diff/1"
ENTITIES: Final = frozenset(
    {
        ZP.Organization,
        ZP.Person,
        ZP.Place,
        ZP.Program,
        ZP.Document,
        ZP.Event,
        ZP.Award,
    }
)
CORRECTIONS: Final = "/id/DOC/corrections.toml>"
"""What the corrections file is known by as a document."""
DETAILS: Final = {
    "name": SKOS.prefLabel,
    "alias": SKOS.altLabel,
    "relation": RDF.predicate,
    "role": ZP.role,
    "value": ZP.value,
    "unit": ZP.unit,
    "measure": ZP.measure,
    "indicator": ZP.indicator,
    "approximate": ZP.approximate,
    "period": ZP.period,
    "basis": ZP.basis,
    "planned": ZP.planned,
    "kind": ZP.organizationType,
    "programType": ZP.programType,
    "level": ZP.level,
}
"""What of a fact or an entity may change, by the name it is told under."""


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
class Fact:
    """An entity, a relation or a figure of one build."""

    iri: str
    kind: str
    """`entity`, `relation` or `figure`."""
    text: str
    """What it says, for people."""
    details: tuple[tuple[str, str], ...]
    """What may change, by name, sorted."""
    home: tuple[str, ...]
    """What stays the same when it changes: what pairs it with another."""
    files: tuple[str, ...]
    """The sha256 of the files that state it."""
    quote: str
    """A sentence that states it, or nothing."""


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


class Build:
    """The triples of a build, and what they say of facts and files.

    Args:
        folder: An output folder.

    Raises:
        ReadingError: There is no build in it.
    """

    def __init__(self, folder: Path) -> None:
        publishing.recover(folder)
        self.folder = folder
        self.triples = set(_parsed(folder))
        self.of: dict[Term, dict[Term, list[Term]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for subject, predicate, value in sorted(self.triples):
            self.of[subject][predicate].append(value)
        self.names = {
            said[ZP.sha256][0][1:-1]: [text_of(name) for name in said[DCTERMS.title]]
            for said in self.of.values()
            if PROV.Entity in said[RDF.type] and said[ZP.sha256]
        }
        """Of each file, by its sha256."""
        self.corrections = {
            text_of(sha256)
            for subject, said in self.of.items()
            if subject.endswith(CORRECTIONS)
            for sha256 in said[ZP.sha256]
        }
        """The sha256 of the corrections file, where there was one."""
        self.quoted = {
            text_of(exact) for said in self.of.values() for exact in said[OA.exact]
        }
        """The sentences that say something, and the words that do."""
        self.replaced = {
            old: subject
            for subject, said in self.of.items()
            for old in said[DCTERMS.replaces]
        }
        """What corrections have made of things that are no more."""
        roots = [said for said in self.of.values() if VOID.Dataset in said[RDF.type]]
        self.rules = text_of(next(iter(roots[0][ZP.ruleSet]), "")) if roots else ""
        self.extractions = _extractions(folder)
        self.facts = {fact.iri: fact for fact in self._facts()}

    def label(self, node: Term) -> str:
        """The name of a thing, else what its IRI ends with."""
        for name in self.of[node][SKOS.prefLabel] if node in self.of else ():
            if name.endswith("@zh-Hans"):
                return text_of(name)
        return text_of(node).rpartition("/")[2].rpartition("#")[2]

    def _facts(self) -> Iterator[Fact]:
        for subject, said in list(self.of.items()):
            types = set(said[RDF.type])
            if ZP.Claim in types:
                yield self._claim(subject, said)
            elif ZP.Observation in types:
                yield self._figure(subject, said)
            elif types & ENTITIES and not subject.endswith(CORRECTIONS):
                yield self._entity(subject, said)

    def _claim(self, subject: Term, said: dict[Term, list[Term]]) -> Fact:
        who, what, whom = (
            said[name][0] for name in (RDF.subject, RDF.predicate, RDF.object)
        )
        relation = message(f"relation-{self.label(what)}", {}, "zh")
        role = "".join(f"（{text_of(text)}）" for text in said[ZP.role])
        text = f"{self.label(who)} — {relation}{role} → {self.label(whom)}"
        text += _planned(said)
        ends = (("object", self.label(whom)), ("subject", self.label(who)))
        return self._fact(subject, "relation", text, said, (who, whom), ends)

    def _figure(self, subject: Term, said: dict[Term, list[Term]]) -> Fact:
        who = said[ZP.subject][0]
        measure, value, unit = (
            text_of(said[name][0]) for name in (ZP.measure, ZP.value, ZP.unit)
        )
        times = [text_of(period) for period in said[ZP.period]]
        time = "".join(f"（{period}）" for period in times)
        text = f"{self.label(who)}：{measure} {value}{unit}{time}{_planned(said)}"
        home = who, measure, *times, *map(text_of, said[ZP.basis])
        ends = (("subject", self.label(who)),)
        return self._fact(subject, "figure", text, said, home, ends)

    def _entity(self, subject: Term, said: dict[Term, list[Term]]) -> Fact:
        fact = self._fact(subject, "entity", self.label(subject), said, (subject,))
        reports = said[DCTERMS.isReferencedBy]
        files = {
            text_of(sha256)
            for report in (*reports, subject)
            for sha256 in (self.of[report][ZP.sha256] if report in self.of else ())
        }
        return Fact(
            fact.iri,
            fact.kind,
            fact.text,
            fact.details,
            fact.home,
            tuple(sorted(files)),
            "",
        )

    def _fact(  # noqa: PLR0913, PLR0917 - one for each part of a fact
        self,
        subject: Term,
        kind: str,
        text: str,
        said: dict[Term, list[Term]],
        home: Iterable[str],
        ends: tuple[tuple[str, str], ...] = (),
    ) -> Fact:
        details = tuple(
            (name, self._shown(value))
            for name, predicate in sorted(DETAILS.items())
            for value in said[predicate]
            if not value.endswith("@zh-Latn-pinyin")
        )
        if not home:
            raise ValueError(subject)
        quotes = said[ZP.evidence]
        files = {
            text_of(file).rpartition("/")[2]
            for quote in quotes
            for file in self.of[quote][PROV.wasQuotedFrom]
        }
        sentence = ""
        for selector in self.of[quotes[0]][OA.hasSelector] if quotes else ():
            for exact in self.of[selector][OA.exact]:
                sentence = text_of(exact)
        return Fact(
            text_of(subject),
            kind,
            text,
            tuple(sorted((*details, *ends))),
            (kind, *home),
            tuple(sorted(files)),
            sentence,
        )

    def _shown(self, value: Term) -> str:
        return self.label(value) if value.startswith("<") else text_of(value)


def _planned(said: dict[Term, list[Term]]) -> str:
    return message("planned", {}, "zh") if TRUE in said[ZP.planned] else ""


def _parsed(folder: Path) -> Iterator[Triple]:
    """All triples of a build, facts and evidence, as they are written."""
    shards.refuse(folder)
    for name in (store.GRAPH, store.EVIDENCE):
        path = folder / name
        try:
            for quad in parse(path=path, format=RdfFormat.TURTLE):
                yield term(quad.subject), term(quad.predicate), term(quad.object)
        except OSError as error:
            if name == store.GRAPH:
                raise ReadingError("no-graph", path=path) from error
        except SyntaxError as error:
            raise ReadingError("bad-turtle", path=path, problem=error.msg) from error


def _extractions(folder: Path) -> dict[str, str]:
    """The digest of each file's extraction, by the file's sha256."""
    found = {}
    for name, written in sorted((publishing.read_manifest(folder) or {}).items()):
        if name.startswith("extractions/") and name.endswith(".json"):
            try:
                text = (folder / name).read_text(encoding="utf-8")
                found[str(json.loads(text)["sha256"])] = written
            except (OSError, ValueError, KeyError, TypeError) as error:
                raise ReadingError(
                    "bad-extraction", path=folder / name, detail=error
                ) from error
    return found


def text_of(value: str) -> str:
    r"""The text of a term: an IRI without its marks, a literal unescaped.

    >>> text_of('"阜新\\n"@zh-Hans'), text_of("<https://w3id.org/>")
    ('阜新\n', 'https://w3id.org/')
    """
    if value.startswith("<"):
        return value[1:-1]
    (quad,) = (
        parse(f"<s:s> <p:p> {value} .", format=RdfFormat.N_TRIPLES)
        if ("\\" in value)
        else (None,)
    )
    if quad is not None:
        return str(quad.object.value)
    return value[1 : value.rfind('"')]


def diff(old: Path | str, new: Path | str) -> Diff:
    """How one build differs from another.

    Args:
        old: The output folder of the earlier build.
        new: That of the later one.

    Raises:
        ReadingError: One of them holds no build.
    """
    before, after = Build(Path(old)), Build(Path(new))
    reasons = Reasons(before, after)
    gone = [before.facts[iri] for iri in sorted(before.facts.keys() - after.facts)]
    fresh = [after.facts[iri] for iri in sorted(after.facts.keys() - before.facts)]
    found = [
        reasons.difference(before.facts[iri], after.facts[iri])
        for iri in sorted(before.facts.keys() & after.facts.keys())
        if before.facts[iri].details != after.facts[iri].details
    ]
    replaced = {**before.replaced, **after.replaced}
    found += [reasons.difference(*pair) for pair in _paired(gone, fresh, replaced)]
    order = {"entity": 2, "relation": 0, "figure": 1}
    return Diff(
        tuple(
            sorted(
                found,
                key=lambda d: (order[d.kind], d.change, d.fact.text, d.fact.iri),
            )
        ),
        tuple(sorted(after.triples - before.triples)),
        tuple(sorted(before.triples - after.triples)),
        (before.rules, after.rules),
        tuple(sorted(reasons.documents.items())),
    )


def _paired(
    gone: Iterable[Fact], fresh: Iterable[Fact], replaced: Mapping[Term, Term]
) -> Iterator[tuple[Fact | None, Fact | None]]:
    """What is gone beside what came in its place; each at most once.

    Several in one place are paired in the order of how much they share.
    """
    places: dict[tuple[str, ...], tuple[list[Fact], list[Fact]]] = defaultdict(
        lambda: ([], [])
    )
    for side, facts in enumerate((gone, fresh)):
        for fact in facts:
            home = tuple(replaced.get(Term(part), part) for part in fact.home)
            places[home][side].append(fact)
    for place in sorted(places):
        left, right = places[place]
        pairs = sorted(
            (
                (-len(set(one.details) & set(other.details)), one.iri, other.iri)
                for one in left
                for other in right
            ),
        )
        olds = {fact.iri: fact for fact in left}
        news = {fact.iri: fact for fact in right}
        for _, one, other in pairs:
            if one in olds and other in news:
                yield olds.pop(one), news.pop(other)
        yield from ((fact, None) for fact in olds.values())
        yield from ((None, fact) for fact in news.values())


class Reasons:
    """Why facts of two builds differ.

    Args:
        before: The earlier build.
        after: The later one.
    """

    def __init__(self, before: Build, after: Build) -> None:
        self.before, self.after = before, after
        old, new = _documents(before), _documents(after)
        self.documents = {
            name: "added"
            if name not in old
            else "removed"
            if name not in new
            else "changed"
            for name in sorted(old.keys() | new.keys())
            if old.get(name) != new.get(name)
        }

    def difference(self, old: Fact | None, new: Fact | None) -> Difference:
        """Two facts, or one and none, with what became of them and why."""
        fact = new or old
        if fact is None:
            raise ValueError((old, new))
        change = (
            Change.CHANGED if old and new else Change.ADDED if new else Change.REMOVED
        )
        was = self._files(old, self.before)
        now = self._files(new, self.after)
        return Difference(
            change,
            self._reason(old, new, was, now),
            fact.kind,
            old,
            new,
            tuple(sorted(now or was)),
        )

    def _files(self, fact: Fact | None, build: Build) -> set[str]:
        shas = fact.files if fact else ()
        return {name for sha in shas for name in build.names.get(sha, (sha[:8],))}

    def _reason(
        self, old: Fact | None, new: Fact | None, was: set[str], now: set[str]
    ) -> Reason:
        """The first that explains it, from what is read to what is made of it."""
        before, after = self.before, self.after
        shas = {*(old.files if old else ()), *(new.files if new else ())}
        quotes = {fact.quote for fact in (old, new) if fact and fact.quote}
        stands = bool(quotes) and quotes <= before.quoted & after.quoted
        rules = before.rules != after.rules
        reread = any(self.documents.get(name) == "changed" for name in was | now)
        apart = any(
            before.extractions[sha] != after.extractions[sha]
            for sha in shas & before.extractions.keys() & after.extractions.keys()
        )
        came = any(self.documents.get(name) == "added" for name in now - was)
        went = any(self.documents.get(name) == "removed" for name in was - now)
        corrected = bool(shas) and shas <= before.corrections | after.corrections
        # where rules changed as well, a sentence that still stands is no reason
        text = reread and not (rules and stands)
        # what is said of an entity in many files comes or goes with one of them
        merged = not quotes
        order = (
            (merged and came, Reason.DOCUMENT_ADDED),
            (merged and went, Reason.DOCUMENT_REMOVED),
            (text, Reason.TEXT),
            (apart or reread, Reason.RULES),
            (corrected, Reason.CORRECTIONS),
            (came, Reason.DOCUMENT_ADDED),
            (went, Reason.DOCUMENT_REMOVED),
            (before.corrections != after.corrections, Reason.CORRECTIONS),
            (bool(self.documents), Reason.OTHERS),
        )
        return next((reason for holds, reason in order if holds), Reason.RULES)


def _documents(build: Build) -> dict[str, str]:
    """File name to sha256, without the corrections file."""
    return {
        name: sha
        for sha, names in build.names.items()
        if sha not in build.corrections
        for name in names
    }
