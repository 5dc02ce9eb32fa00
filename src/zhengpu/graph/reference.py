"""What pyshacl says of a graph: slow, and right by definition."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rdflib
from pyoxigraph import RdfFormat, parse
from pyshacl import validate as check
from rdflib.namespace import RDF, SH

from zhengpu.graph.converting import rdflib_graph
from zhengpu.graph.reported import Violation
from zhengpu.settings import shipped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Store

    from zhengpu.messages import Language

VOID_DATASET = rdflib.URIRef("http://rdfs.org/ns/void#Dataset")


def results(store: Store, language: Language | None) -> Iterator[Violation]:
    """Every result of pyshacl, as `zhengpu.graph.validation.validate` has it."""
    shapes, data = shapes_graph(), rdflib_graph(store)
    _, report, _ = check(data_graph=data, shacl_graph=shapes)
    if not isinstance(report, rdflib.Graph):
        raise TypeError(report)  # the shapes themselves are not well formed
    for result in report.subjects(RDF.type, SH.ValidationResult):
        source = report.value(result, SH.sourceShape)
        focus = report.value(result, SH.focusNode)
        if (focus, RDF.type, VOID_DATASET) in data:  # a query over the whole graph
            focus = report.value(result, SH.value) or focus
        constraint = report.value(result, SH.sourceConstraint)
        texts = {
            text.language: str(text)
            for text in shapes.objects(constraint or source, SH.message)
            if isinstance(text, rdflib.Literal)
        }
        wanted = [language] if language else ["zh", "en"]
        yield Violation(
            str(shapes.value(None, SH.property, source) or source).rpartition("#")[2],
            str(focus),
            " / ".join(texts[key] for key in wanted if key in texts),
            str(report.value(result, SH.resultSeverity)).rpartition("#")[2],
        )


def shapes_graph() -> rdflib.Graph:
    """The shapes of ontology/shapes.ttl."""
    path = shipped("ontology") / "shapes.ttl"
    return rdflib_graph(parse(path=path, format=RdfFormat.TURTLE))
