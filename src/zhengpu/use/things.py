"""What a store says of each thing, looked up by IRI; the labels of the ontology."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from zhengpu.graph.vocabulary import OA, ONTOLOGY, RDF, SKOS, ZP
from zhengpu.settings import shipped

if TYPE_CHECKING:
    from pyoxigraph import Store

TYPES: Final = {
    "Organization": "ORG",
    "Person": "PER",
    "Place": "PLC",
    "Program": "PRG",
    "Document": "DOC",
    "Event": "EVT",
    "Award": "AWD",
}
_LABEL: Final = "http://www.w3.org/2000/01/rdf-schema#label"


class Index:
    """What a store says of each thing, by property.

    Args:
        store: Facts and evidence of a build.
    """

    def __init__(self, store: Store) -> None:
        self.said: dict[str, dict[str, list[NamedNode | Literal]]] = defaultdict(dict)
        for quad in store:
            if isinstance(quad.object, (NamedNode, Literal)):
                said = self.said[getattr(quad.subject, "value", "")]
                said.setdefault(quad.predicate.value, []).append(quad.object)

    def kinds(self, iri: str) -> set[str]:
        """The classes of a thing, as terms."""
        return {f"<{kind.value}>" for kind in self.said[iri].get(bare(RDF.type), ())}

    def type(self, iri: str) -> str:
        """ORG, PER …, or nothing for what is no entity."""
        kinds = self.kinds(iri)
        return next((code for name, code in TYPES.items() if ZP[name] in kinds), "")

    def text(self, iri: str, *path: str, language: str = "") -> str:
        """The first value at the end of a path of properties, or nothing."""
        *steps, last = path
        for step in steps:
            iri = self.text(iri, step)
        values = self.said[iri].get(bare(last), []) if iri in self.said else []
        return min((v.value for v in values if fits(v, language)), default="")

    def values(self, iri: str, last: str) -> list[str]:
        """All values of a property, sorted."""
        return sorted(v.value for v in self.said.get(iri, {}).get(bare(last), ()))

    def name(self, iri: str) -> str:
        """The name of a thing in characters."""
        return self.text(iri, SKOS.prefLabel, language="zh-hans")

    def quote(self, iri: str) -> tuple[str, str]:
        """The first sentence that states a fact, and the report that it is of."""
        evidence = self.text(iri, ZP.evidence)
        selectors = self.values(evidence, OA.hasSelector)
        quotes = [self.text(selector, OA.exact) for selector in selectors]
        report = self.name(self.text(evidence, OA.hasSource))
        return max(quotes, default=""), report


def bare(term: str) -> str:
    """The IRI within a term."""
    return term[1:-1]


def fits(value: NamedNode | Literal, language: str) -> bool:
    """Whether a value is of a language, where one is asked for."""
    if not language:
        return True
    return isinstance(value, Literal) and (value.language or "").lower() == language


@cache
def relation_labels() -> dict[str, str]:
    """The Chinese label of every term of the ontology."""
    path = shipped("ontology") / "zhengpu.ttl"
    return {
        quad.subject.value.removeprefix(ONTOLOGY): quad.object.value
        for quad in parse(path=path, format=RdfFormat.TURTLE)
        if quad.predicate.value == _LABEL
        and isinstance(quad.subject, NamedNode)
        and isinstance(quad.object, Literal)
        and quad.object.language == "zh"
    }


@cache
def concept_labels() -> dict[str, str]:
    """The Chinese label of every concept of the ontology, by IRI."""
    path = shipped("ontology") / "zhengpu.ttl"
    return {
        quad.subject.value: quad.object.value
        for quad in parse(path=path, format=RdfFormat.TURTLE)
        if f"<{quad.predicate.value}>" == SKOS.prefLabel
        and isinstance(quad.subject, NamedNode)
        and isinstance(quad.object, Literal)
        and (quad.object.language or "").startswith("zh")
        and "latn" not in (quad.object.language or "").lower()
    }
