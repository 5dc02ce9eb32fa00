"""Whether a graph keeps the shapes of ontology/shapes.ttl (SHACL)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rdflib
from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QuerySolutions,
    RdfFormat,
    Store,
    parse,
)
from pyshacl import validate as check
from rdflib.namespace import RDF, SH

from zhengpu.graph.reporting import Violation
from zhengpu.graph.store import load
from zhengpu.graph.vocabulary import prefixes
from zhengpu.settings import shipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pyoxigraph import Quad, Triple

    from zhengpu.messages import Language


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
    shapes = shapes_graph()
    found = set(_broken_queries(store, shapes, language))
    # pyshacl would ask the same of rdflib, which takes a hundred times as long
    shapes.remove((None, SH.sparql, None))
    _, results, _ = check(data_graph=rdflib_graph(store), shacl_graph=shapes)
    if not isinstance(results, rdflib.Graph):
        raise TypeError(results)  # the shapes themselves are not well formed
    found.update(
        _violation(results, result, shapes, language)
        for result in results.subjects(RDF.type, SH.ValidationResult)
    )
    return sorted(found, key=lambda v: (v.shape, v.focus, v.message))


def _broken_queries(
    store: Store, shapes: rdflib.Graph, language: Language | None
) -> Iterator[Violation]:
    """What the queries find that look at the whole graph at once."""
    for owner, constraint in shapes.subject_objects(SH.sparql):
        query = str(shapes.value(constraint, SH.select))
        text = _message(shapes.objects(constraint, SH.message), language)
        answer = store.query(query, prefixes=prefixes())
        if isinstance(answer, QuerySolutions):
            for row in answer:
                yield Violation(
                    str(owner).rpartition("#")[2],
                    getattr(row["value"], "value", ""),
                    text,
                )


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
    language: Language | None,
) -> Violation:
    source = results.value(result, SH.sourceShape)
    owner = shapes.value(None, SH.property, source) or source
    return Violation(
        str(owner).rpartition("#")[2],
        str(results.value(result, SH.focusNode)),
        _message(results.objects(result, SH.resultMessage), language),
        str(results.value(result, SH.resultSeverity)).rpartition("#")[2],
    )


def _message(texts: Iterable[rdflib.term.Node], language: Language | None) -> str:
    """The text in one language, or in both."""
    known = {
        text.language: str(text) for text in texts if isinstance(text, rdflib.Literal)
    }
    wanted = [language] if language else ["zh", "en"]
    return " / ".join(known[key] for key in wanted if key in known)
