"""The triples of evidence.ttl: claims, the sentences behind them, the words."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    from zhengpu.graph.merged import Attestation, Claim, Merged, Quote


def span_key(quote: str) -> str:
    """What the keys of a sentence's stretches begin with."""
    return quote.replace("Evidence/", "Span/", 1)


class Claims:
    """Says why a build knows what it knows, as triples; one may come twice.

    Args:
        facts: For figures: what is planned is no fact, and told here.
    """

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.node = facts.node

    def all_of(self, merged: Merged) -> Iterator[Triple]:
        """Everything of evidence.ttl."""
        for quote in merged.quotes:
            yield from self.quote(quote)
        for claim in merged.claims:
            yield from self.claim(claim)
        for figure in merged.figures:
            if figure.planned:
                yield from self.facts.figure(figure)
            yield from self.attested(self.node(figure.key), figure.attestations)

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
        for place in attestations:
            yield subject, ZP.evidence, self.node(place.quote)
            yield subject, ZP.rule, literal(place.rule)
            source = self.node(f"File/{place.source}")
            for (start, end), words in place.spans:
                span = self.node(f"{span_key(place.quote)}-{start}-{end}")
                yield subject, ZP.span, span
                yield span, DCTERMS.isPartOf, self.node(place.quote)
                yield span, OA.exact, literal(words)
                yield from self.position(span, source, start, end)
