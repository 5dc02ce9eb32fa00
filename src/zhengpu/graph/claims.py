"""The triples of evidence.ttl: claims, the sentences behind them, the words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhengpu.graph.facts import dated
from zhengpu.graph.vocabulary import (
    DCTERMS,
    FALSE,
    OA,
    PROV,
    RDF,
    TRUE,
    XSD,
    ZP,
    Term,
    Triple,
    literal,
    typed,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from zhengpu.graph.facts import Facts
    from zhengpu.graph.merged import (
        Applied,
        Attestation,
        Claim,
        Merged,
        Passage,
        Quote,
    )


def span_key(quote: str) -> str:
    """What the keys of a sentence's stretches begin with."""
    return quote.replace("Evidence/", "Span/", 1)


class Claims:
    """Says why a build knows what it knows, as triples; one may come twice.

    Args:
        facts: For figures: what is planned is no fact, and told here.
        rules: The version of the rule set, which each claim and figure names.
    """

    def __init__(self, facts: Facts, rules: str = "") -> None:
        self.facts = facts
        self.node = facts.node
        self.rules = literal(rules) if rules else None

    def all_of(self, merged: Merged) -> Iterator[Triple]:
        """Everything of evidence.ttl."""
        for quote in merged.quotes:
            yield from self.quote(quote)
        for passage in merged.passages:
            yield from self.passage(passage)
        for claim in merged.claims:
            yield from self.claim(claim)
        for figure in merged.figures:
            if figure.planned:
                yield from self.facts.figure(figure)
            yield from self.attested(self.node(figure.key), figure.attestations)
        for applied in merged.corrections:
            yield from self.correction(applied)

    def correction(self, applied: Applied) -> Iterator[Triple]:
        """Who made a correction, when, why and from what; what it is about."""
        subject = self.node(applied.quote)
        if applied.who:
            yield subject, DCTERMS.creator, literal(applied.who)
        if applied.when:
            yield subject, DCTERMS.date, dated(applied.when)
        if applied.why:
            yield subject, DCTERMS.description, literal(applied.why, "zh-Hans")
        if applied.source:
            yield subject, DCTERMS.source, literal(applied.source)
        for thing in applied.things:
            yield self.node(thing), PROV.wasInfluencedBy, subject
            for old in applied.replaced:
                yield self.node(thing), DCTERMS.replaces, self.node(old)

    def quote(self, quote: Quote) -> Iterator[Triple]:
        """A sentence, where it stands and what it was read from."""
        subject, span = self.node(quote.key), span_key(quote.key)
        exact = self.node(f"{span}-quote")
        yield subject, RDF.type, ZP.Evidence
        yield subject, RDF.type, OA.SpecificResource
        yield subject, OA.hasSource, self.node(quote.report)
        yield subject, OA.hasSelector, exact
        if quote.section:
            yield subject, ZP.section, literal(quote.section, "zh-Hans")
        yield exact, RDF.type, OA.TextQuoteSelector
        yield exact, OA.exact, literal(quote.text, "zh-Hans")
        for sha256, (start, end) in quote.places:
            source = self.node(f"File/{sha256}")
            yield subject, PROV.wasQuotedFrom, source
            place = self.node(f"{span}-sentence-{start}-{end}")
            yield subject, OA.hasSelector, place
            yield from self.position(place, source, start, end)

    def passage(self, passage: Passage) -> Iterator[Triple]:
        """Words of a sentence, and where they stand."""
        start, end = passage.span
        subject = self.node(f"{span_key(passage.quote)}-{start}-{end}")
        yield subject, DCTERMS.isPartOf, self.node(passage.quote)
        yield subject, OA.exact, literal(passage.words)
        source = self.node(f"File/{passage.source}")
        yield from self.position(subject, source, start, end)

    def position(
        self, place: Term, source: Term, start: int, end: int
    ) -> Iterator[Triple]:
        """A stretch of a file."""
        yield place, RDF.type, OA.TextPositionSelector
        yield place, DCTERMS.source, source
        yield place, OA.start, typed(str(start), XSD.nonNegativeInteger)
        yield place, OA.end, typed(str(end), XSD.nonNegativeInteger)

    def claim(self, claim: Claim) -> Iterator[Triple]:
        """A stated triple, with its evidence."""
        subject = self.node(claim.key)
        yield subject, RDF.type, ZP.Claim
        yield subject, RDF.type, RDF.Statement
        yield subject, RDF.subject, self.node(claim.subject)
        yield subject, RDF.predicate, ZP[claim.relation.value]
        yield subject, RDF.object, self.node(claim.object)
        yield subject, ZP.planned, TRUE if claim.planned else FALSE
        if claim.role:
            yield subject, ZP.role, literal(claim.role, "zh-Hans")
        if claim.period:
            yield subject, ZP.period, literal(claim.period)
        if all(place.subject_omitted for place in claim.attestations):
            yield subject, ZP.subjectOmitted, TRUE
        yield from self.attested(subject, claim.attestations)

    def attested(
        self, subject: Term, attestations: Iterable[Attestation]
    ) -> Iterator[Triple]:
        """Where a claim or an observation is stated, by which rule."""
        best = max(place.confidence for place in attestations)
        yield subject, ZP.confidence, typed(format(best, ".4g"), XSD.decimal)
        if self.rules:
            yield subject, ZP.ruleSet, self.rules
        for place in attestations:
            yield subject, ZP.evidence, self.node(place.quote)
            yield subject, ZP.rule, literal(place.rule)
            for (start, end), _ in place.spans:
                span = f"{span_key(place.quote)}-{start}-{end}"
                yield subject, ZP.span, self.node(span)
