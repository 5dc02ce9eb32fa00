"""What would mend a broken shape: the sentence, and the table to paste."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from zhengpu.graph.corrections_file import table
from zhengpu.graph.vocabulary import OA, ONTOLOGY, PROV, RDF, ZP, below_id
from zhengpu.model import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Store

    from zhengpu.graph.reported import Violation
    from zhengpu.graph.vocabulary import Term

WANTED: Final = {
    "Organization": EntityType.ORG,
    "Person": EntityType.PER,
    "Document": EntityType.DOC,
    "Place": EntityType.PLC,
    "Event": EntityType.EVT,
    "Award": EntityType.AWD,
}
"""The type that a shape named `PersonSubject`, `PlaceObject` … asks for."""
PARTS: Final = ("role", "measure", "value", "unit", "period")
"""What a table that rejects a fact may say besides subject and object."""


def mended(violations: Iterable[Violation], graph: Store) -> list[Violation]:
    """Violations with a sentence and what would mend them.

    A claim or a figure is rejected. A thing that stands where its type may not
    stand gets the type that the shape asks for, where that is one; else the
    first claim that puts it there is rejected.

    Args:
        violations: Of the graph.
        graph: Facts and evidence.
    """
    return [_mended(violation, graph) for violation in violations]


def _mended(violation: Violation, graph: Store) -> Violation:
    try:
        focus = NamedNode(violation.focus)
    except ValueError:  # a literal, or a node without a name
        return violation
    facts = _facts(focus, graph)
    fact = next(iter(facts), None)
    if fact is None:
        return violation
    wanted = None if fact == focus else _wanted(violation.shape)
    if wanted:
        key = below_id(violation.focus)
        line = table("retype", ("entity", key), ("type", wanted.value))
    else:
        line = _rejection(fact, graph)
    return replace(violation, quote=_quote(fact, graph), correction=line)


def _facts(focus: NamedNode, graph: Store) -> list[NamedNode]:
    """The claim or figure itself, or the claims about a thing, in order."""
    if _values(focus, ZP.evidence, graph):
        return [focus]
    claims = [
        node for node in _values(focus, PROV.wasDerivedFrom, graph) if _is_claim(node)
    ]
    for part in (RDF.subject, RDF.object):
        claims += [
            quad.subject
            for quad in graph.quads_for_pattern(None, _node(part), focus)
            if isinstance(quad.subject, NamedNode)
        ]
    return sorted(set(claims), key=lambda node: node.value)


def _is_claim(node: NamedNode) -> bool:
    return "/Claim/" in node.value


def _values(subject: NamedNode, predicate: Term, graph: Store) -> list[NamedNode]:
    """What a property leads to, as far as it has a name, in order."""
    found = {
        quad.object
        for quad in graph.quads_for_pattern(subject, _node(predicate), None)
        if isinstance(quad.object, NamedNode)
    }
    return sorted(found, key=lambda node: node.value)


def _text(subject: NamedNode, predicate: Term, graph: Store) -> str:
    """The first text of a property, or nothing."""
    found = [
        quad.object.value
        for quad in graph.quads_for_pattern(subject, _node(predicate), None)
        if isinstance(quad.object, Literal)
    ]
    return min(found, default="")


def _node(term: Term) -> NamedNode:
    return NamedNode(term[1:-1])


def _quote(fact: NamedNode, graph: Store) -> str:
    """The first sentence that states a fact."""
    for evidence in _values(fact, ZP.evidence, graph):
        for selector in _values(evidence, OA.hasSelector, graph):
            if text := _text(selector, OA.exact, graph):
                return text
    return ""


def _wanted(shape: str) -> EntityType | None:
    for place in ("Subject", "Object"):
        if shape.endswith(place):
            return WANTED.get(shape.removesuffix(place))
    return None


def _rejection(fact: NamedNode, graph: Store) -> str:
    """The table of the corrections file that takes a fact out."""
    ends = {
        name: below_id(node.value)
        for name, terms in (
            ("subject", (RDF.subject, ZP.subject)),
            ("object", (RDF.object,)),
        )
        for term in terms
        for node in _values(fact, term, graph)
    }
    relations = _values(fact, RDF.predicate, graph)
    relation = relations[0].value.removeprefix(ONTOLOGY) if relations else ""
    return table(
        "reject",
        ("subject", ends.get("subject", "")),
        ("relation", relation),
        ("object", ends.get("object", "")),
        *((part, _text(fact, ZP[part], graph)) for part in PARTS),
    )
