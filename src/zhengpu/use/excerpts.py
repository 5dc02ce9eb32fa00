"""A part of a build, read from its store: some things, and the facts among them.

It is looked up thing by thing, so that its cost does not grow with the build.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from zhengpu.graph.merged import (
    Attestation,
    Claim,
    Figure,
    Merged,
    Quote,
    Report,
    Source,
    Thing,
)
from zhengpu.graph.vocabulary import DCTERMS, OA, ONTOLOGY, PROV, RDF, SCHEMES, SKOS, ZP
from zhengpu.model import EntityType, Frame, Relation, Span
from zhengpu.settings import BASE_IRI
from zhengpu.use.things import TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pyoxigraph import Store

    from zhengpu.graph.vocabulary import Term

ROOT: Final = f"{BASE_IRI}id/"
MOST: Final = 2_000
"""Things in an excerpt at most."""
FACTS: Final = 300
"""Facts of one thing that are looked at: some have a million."""
PLACES: Final = 3
"""Sentences for each fact, of all those that state it."""


def excerpt(store: Store, keys: Iterable[str]) -> Merged:
    """Some things of a build, the facts among them, and a few of their sentences.

    Args:
        store: A build.
        keys: Of the things, `ORG/name:scope`.
    """
    return _Excerpt(store, sorted(set(keys))[:MOST]).merged()


def subjects(store: Store, term: Term, iri: str) -> Iterator[str]:
    """What a property leads from to a thing."""
    for quad in store.quads_for_pattern(None, node(term), NamedNode(iri)):
        yield iri_of(quad.subject)


def node(term: Term) -> NamedNode:
    """A term of the vocabulary as a node."""
    return NamedNode(term[1:-1])


def iri_of(subject: object) -> str:
    """The IRI of a node, or nothing."""
    return getattr(subject, "value", "")


class _Said:
    """What a store says of one thing, by property."""

    def __init__(self, store: Store, iri: str) -> None:
        self.values: dict[str, list[NamedNode | Literal]] = defaultdict(list)
        for quad in store.quads_for_pattern(NamedNode(iri), None, None):
            if isinstance(quad.object, (NamedNode, Literal)):
                self.values[f"<{quad.predicate.value}>"].append(quad.object)

    def all(self, term: Term) -> list[str]:
        """The values of a property, sorted."""
        return sorted(value.value for value in self.values[term])

    def one(self, term: Term) -> str:
        """The first value of a property, or nothing."""
        return min(self.all(term), default="")

    def key(self, term: Term) -> str:
        """The key of the first thing that a property leads to, or nothing."""
        return self.one(term).removeprefix(ROOT)

    def concept(self, term: Term) -> str:
        """The notation of the concept that a property leads to, or nothing."""
        return self.one(term).removeprefix(SCHEMES).partition("/")[2]

    def chinese(self, term: Term) -> list[str]:
        """The values of a property that are in Chinese characters, sorted."""
        return sorted(
            value.value
            for value in self.values[term]
            if isinstance(value, Literal) and value.language == "zh-hans"
        )

    def is_true(self, term: Term) -> bool:
        """Whether the value of a property is true."""
        return self.one(term) == "true"


@dataclass(slots=True)
class _Excerpt:
    """An excerpt while it is read; each sentence, report and file once."""

    store: Store
    keys: Sequence[str]
    quotes: dict[str, Quote] = field(default_factory=dict)
    reports: dict[str, Report] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)

    def merged(self) -> Merged:
        """All of it."""
        named = set(self.keys)
        claims = [claim for key in self.keys for claim in self.claims(key, named)]
        figures = [figure for key in self.keys for figure in self.figures(key)]
        things = [thing for key in self.keys for thing in self.things(key)]
        known = {thing.key for thing in things}
        return Merged(
            tuple(things),
            tuple(
                sorted((c for c in claims if {c.subject, c.object} <= known), key=_key)
            ),
            tuple(sorted((f for f in figures if f.subject in known), key=_key)),
            tuple(self.quotes[key] for key in sorted(self.quotes)),
            tuple(self.reports[key] for key in sorted(self.reports)),
            tuple(self.sources[key] for key in sorted(self.sources)),
        )

    def said(self, key: str) -> _Said:
        """What is said of a key."""
        return _Said(self.store, f"{ROOT}{key}")

    def things(self, key: str) -> Iterator[Thing]:
        """The entity of a key, with those of its reports that are quoted."""
        said = self.said(key)
        kinds = {value.removeprefix(ONTOLOGY) for value in said.all(RDF.type)}
        names = said.chinese(SKOS.prefLabel)
        kind = next((code for name, code in TYPES.items() if name in kinds), None)
        if kind is None or not names:
            return
        yield Thing(
            key,
            EntityType(kind),
            names[0],
            said.one(ZP.scope),
            tuple(said.chinese(SKOS.altLabel)),
            said.concept(ZP.organizationType) or said.concept(ZP.programType),
            said.one(ZP.adcode),
            said.concept(ZP.level),
            tuple(
                report
                for iri in said.all(DCTERMS.isReferencedBy)
                if (report := iri.removeprefix(ROOT)) in self.reports
            ),
        )

    def claims(self, key: str, among: set[str]) -> Iterator[Claim]:
        """The claims about a thing whose other end is one of some things."""
        for iri in islice(subjects(self.store, RDF.subject, f"{ROOT}{key}"), FACTS):
            said = _Said(self.store, iri)
            if (other := said.key(RDF.object)) in among:
                yield Claim(
                    iri.removeprefix(ROOT),
                    key,
                    Relation(said.one(RDF.predicate).removeprefix(ONTOLOGY)),
                    other,
                    said.one(ZP.role),
                    said.one(ZP.period),
                    said.is_true(ZP.planned),
                    self.attestations(said),
                )

    def figures(self, key: str) -> Iterator[Figure]:
        """The figures about a thing."""
        for iri in islice(subjects(self.store, ZP.subject, f"{ROOT}{key}"), FACTS):
            said = _Said(self.store, iri)
            yield Figure(
                iri.removeprefix(ROOT),
                key,
                said.concept(ZP.indicator),
                said.one(ZP.measure),
                Decimal(said.one(ZP.value)),
                said.one(ZP.unit),
                said.is_true(ZP.approximate),
                said.one(ZP.period),
                tuple(said.all(ZP.periodText)),
                said.one(ZP.basis),
                said.is_true(ZP.planned),
                self.attestations(said),
            )

    def attestations(self, said: _Said) -> tuple[Attestation, ...]:
        """The first few places where a fact is stated."""
        spans: dict[str, list[tuple[str, Span, str]]] = defaultdict(list)
        for iri in said.all(ZP.span):
            span = _Said(self.store, iri)
            place = Span(int(span.one(OA.start)), int(span.one(OA.end)))
            source = self.source(span.one(DCTERMS.source))
            spans[span.key(DCTERMS.isPartOf)].append(
                (source, place, span.one(OA.exact))
            )
        places = []
        for quote in sorted(spans)[:PLACES]:
            self.quote(quote)
            source = spans[quote][0][0]
            words = tuple(
                sorted((at, text) for s, at, text in spans[quote] if s == source)
            )
            confidence = float(said.one(ZP.confidence))
            omitted = said.is_true(ZP.subjectOmitted)
            rule = said.one(ZP.rule)
            places.append(Attestation(quote, source, words, rule, confidence, omitted))
        return tuple(places)

    def quote(self, key: str) -> None:
        """A sentence, with its report."""
        if key in self.quotes:
            return
        said = self.said(key)
        text, places = "", []
        for iri in said.all(OA.hasSelector):
            selector = _Said(self.store, iri)
            if exact := selector.one(OA.exact):
                text = exact
                continue
            span = Span(int(selector.one(OA.start)), int(selector.one(OA.end)))
            places.append((self.source(selector.one(DCTERMS.source)), span))
        report = said.key(OA.hasSource)
        self.report(report)
        self.quotes[key] = Quote(
            key, report, said.one(ZP.section), text, tuple(sorted(places))
        )

    def report(self, key: str) -> None:
        """A document, with its files."""
        if key in self.reports:
            return
        said = self.said(key)
        frame = Frame(
            kind=said.one(ZP.reportKind),
            date=said.one(DCTERMS.date) or None,
            period=said.one(ZP.period) or None,
        )
        self.reports[key] = Report(
            key,
            min(said.chinese(SKOS.prefLabel), default=key),
            frame,
            said.key(ZP.body),
            said.key(DCTERMS.spatial),
            tuple(self.source(iri) for iri in said.all(PROV.wasDerivedFrom)),
        )

    def source(self, iri: str) -> str:
        """The sha256 of a file."""
        sha256 = iri.rpartition("/")[2]
        if sha256 not in self.sources:
            said = _Said(self.store, iri)
            names = tuple(said.all(DCTERMS.title)) or (sha256,)
            self.sources[sha256] = Source(sha256, names, said.one(DCTERMS.format), 0)
        return sha256


def _key(fact: Claim | Figure) -> str:
    return fact.key
