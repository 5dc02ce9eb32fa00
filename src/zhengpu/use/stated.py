"""What a build states, read from its files: its facts, and what may change of each.

Everything is read with the parser, not from a store, so that literals keep the
form in which they were written.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from pyoxigraph import RdfFormat, parse

from zhengpu.errors import ReadingError
from zhengpu.graph import publishing, shards, store
from zhengpu.graph.converting import term
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
)
from zhengpu.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

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
        return replace(fact, files=tuple(sorted(files)), quote="")

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
