"""Whether a graph keeps the shapes of ontology/shapes.ttl (SHACL)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Store, parse
from pyshacl import validate as check
from rdflib.namespace import RDF, SH

from zhengpu.graph.reporting import Violation
from zhengpu.graph.store import load
from zhengpu.settings import shipped

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Quad, Triple

    from zhengpu.messages import Language

VOID_DATASET = rdflib.URIRef("http://rdfs.org/ns/void#Dataset")


def validate(
    graph: Store | Path | str, language: Language | None = None
) -> list[Violation]:
    """What in a build breaks a shape.

    Args:
        graph: Facts and evidence together, or the folder they were written to.
        language: Of the messages; both, Chinese first, where it is None.

    Returns:
        The violations, sorted by shape and focus; none where all is well.

    Raises:
        ReadingError: The folder holds no graph.
    """
    store = graph if isinstance(graph, Store) else load(graph)
    data, shapes = rdflib_graph(store), shapes_graph()
    _, results, _ = check(
        data_graph=data, shacl_graph=shapes, advanced=False, meta_shacl=False
    )
    if not isinstance(results, rdflib.Graph):
        raise TypeError(results)  # the shapes themselves are not well formed
    found = {
        _violation(results, result, shapes, data, language)
        for result in results.subjects(RDF.type, SH.ValidationResult)
    }
    return sorted(found, key=lambda v: (v.shape, v.focus, v.message))


def shapes_graph() -> rdflib.Graph:
    """The shapes, as pyshacl wants them."""
    path = shipped("ontology") / "shapes.ttl"
    return rdflib_graph(parse(path=path, format=RdfFormat.TURTLE))


def rdflib_graph(quads: Iterable[Quad]) -> rdflib.Graph:
    """The same triples as an rdflib graph, literals as they are written.

    rdflib's own Turtle parser takes ten times as long.
    """
    graph = rdflib.Graph(bind_namespaces="none")
    terms: dict[object, rdflib.term.Node] = {}

    def term(value: NamedNode | BlankNode | Literal | Triple) -> rdflib.term.Node:
        if value not in terms:
            terms[value] = _term(value)
        return terms[value]

    for quad in quads:
        graph.add((term(quad.subject), term(quad.predicate), term(quad.object)))
    return graph


def _term(value: object) -> rdflib.term.Node:
    if isinstance(value, NamedNode):
        return rdflib.URIRef(value.value)
    if isinstance(value, BlankNode):
        return rdflib.BNode(value.value)
    if isinstance(value, Literal):
        if value.language:
            return rdflib.Literal(value.value, lang=value.language)
        datatype = rdflib.URIRef(value.datatype.value)
        return rdflib.Literal(value.value, datatype=datatype, normalize=False)
    raise TypeError(value)


def _violation(
    results: rdflib.Graph,
    result: rdflib.term.Node,
    shapes: rdflib.Graph,
    data: rdflib.Graph,
    language: Language | None,
) -> Violation:
    source = results.value(result, SH.sourceShape)
    focus = results.value(result, SH.focusNode)
    if (focus, RDF.type, VOID_DATASET) in data:  # a query over the whole graph
        focus = results.value(result, SH.value) or focus
    severity = results.value(result, SH.resultSeverity)
    owner = shapes.value(None, SH.property, source) or source
    messages = {
        text.language: str(text)
        for text in results.objects(result, SH.resultMessage)
        if isinstance(text, rdflib.Literal)
    }
    wanted = [language] if language else ["zh", "en"]
    return Violation(
        str(owner).rpartition("#")[2],
        str(focus),
        " / ".join(messages[key] for key in wanted if key in messages),
        str(severity).rpartition("#")[2],
    )
