"""A build as Turtle 1.2: each fact carries its claim as an annotation.

    body:甲 zp:organizes event:乙 ~ claim:1 {| zp:confidence 1 ; zp:evidence … |} .

A claim of what is planned states nothing: it only reifies its triple,
`claim:2 rdf:reifies <<( body:甲 zp:organizes event:丙 )>>`. What RDF 1.1 said of
a claim by rdf:subject, rdf:predicate and rdf:object is said so alone.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from zhengpu.graph.turtle import TYPE, Tokens, types_first
from zhengpu.graph.vocabulary import RDF, TRUE, ZP, prefixes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from zhengpu.graph.vocabulary import Term, Triple

PARTS: Final = (RDF.subject, RDF.predicate, RDF.object)


def annotated(triples: Iterable[Triple]) -> Iterator[str]:
    """The Turtle 1.2 text of a build, in pieces; same triples, same bytes.

    Args:
        triples: Facts and evidence, in any order.
    """
    said: dict[Term, list[Triple]] = defaultdict(list)
    for triple in triples:
        said[triple[0]].append(triple)
    table = prefixes()
    yield 'VERSION "1.2"\n'
    yield from (f"PREFIX {name}: <{table[name]}>\n" for name in sorted(table))
    writer = _Writer(said, Tokens(table))
    # without its > an IRI stands before those that begin like it
    for subject in sorted(said, key=lambda term: term[:-1]):
        if subject not in writer.carried:
            yield writer.block(subject)


class _Writer:
    """Knows which claim each triple carries."""

    def __init__(self, said: dict[Term, list[Triple]], tokens: Tokens) -> None:
        self.said, self.tokens = said, tokens
        self.reified = {
            iri: claimed
            for iri, triples in said.items()
            if (claimed := _claimed(triples)) is not None
        }
        self.claims: dict[Triple, list[Term]] = defaultdict(list)
        self.carried: set[Term] = set()
        for iri, claimed in sorted(self.reified.items()):
            planned = (iri, ZP.planned, TRUE) in said[iri]
            if not planned and claimed in said.get(claimed[0], ()):
                self.claims[claimed].append(iri)
                self.carried.add(iri)

    def block(self, subject: Term) -> str:
        """A blank line, the subject and all that is said of it."""
        pieces = [self.pair(triple) for triple in self.kept(subject)]
        if subject in self.reified:
            parts = " ".join(map(self.token, self.reified[subject]))
            pieces.append(f"rdf:reifies <<( {parts} )>>")
        return f"\n{self.token(subject)} " + " ;\n    ".join(pieces) + " .\n"

    def kept(self, subject: Term) -> list[Triple]:
        """What is said of a subject, sorted, without the parts of a claim."""
        triples = types_first(sorted(set(self.said[subject])))
        if subject not in self.reified:
            return triples
        return [
            triple
            for triple in triples
            if triple[1] not in PARTS and triple[1:] != (TYPE, RDF.Statement)
        ]

    def pair(self, triple: Triple) -> str:
        """Predicate and object, with the claims that state the triple."""
        _, predicate, value = triple
        text = f"{self.token(predicate)} {self.token(value)}"
        for claim in self.claims.get(triple, ()):
            told = " ;\n        ".join(self.pair(about) for about in self.kept(claim))
            text += f"\n      ~ {self.token(claim)} {{|\n        {told} |}}"
        return text

    def token(self, term: Term) -> str:
        """A term as Turtle writes it."""
        return self.tokens[term] if term.endswith(">") else term


def _claimed(triples: list[Triple]) -> Triple | None:
    """The triple that a claim states; None for all that is no claim."""
    parts = sorted((PARTS.index(p), value) for _, p, value in triples if p in PARTS)
    if [place for place, _ in parts] != [0, 1, 2]:
        return None
    subject, predicate, value = (value for _, value in parts)
    if subject.startswith('"') or not predicate.startswith("<"):
        return None
    return subject, predicate, value
