"""What the endpoint says of itself: SPARQL 1.1 Service Description."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from zhengpu.graph.vocabulary import RDF

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

GRAPHS: Final = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"
"""Asks for the named graphs of the endpoint."""
SD: Final = "http://www.w3.org/ns/sparql-service-description#"
FORMATS: Final = "http://www.w3.org/ns/formats/"
RESULTS: Final = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "RDF_XML",
    "JSON-LD",
)


def described(endpoint: str, graphs: Iterable[str], form: str) -> bytes:
    """The description of an endpoint.

    Args:
        endpoint: Its address.
        graphs: The IRIs of its named graphs.
        form: `ttl`, `nt`, `rdf` or `jsonld`.
    """
    kind = RdfFormat.from_extension(form)
    return (
        serialize(_triples(endpoint, graphs), format=kind, prefixes={"sd": SD}) or b""
    )


def _triples(endpoint: str, graphs: Iterable[str]) -> Iterator[Triple]:
    service, dataset, default = (BlankNode(n) for n in ("service", "dataset", "all"))
    kind = NamedNode(RDF.type[1:-1])

    def sd(name: str) -> NamedNode:
        return NamedNode(SD + name)

    yield Triple(service, kind, sd("Service"))
    yield Triple(service, sd("endpoint"), NamedNode(endpoint))
    yield Triple(service, sd("supportedLanguage"), sd("SPARQL11Query"))
    for name in RESULTS:
        yield Triple(service, sd("resultFormat"), NamedNode(FORMATS + name))
    yield Triple(service, sd("defaultDataset"), dataset)
    yield Triple(dataset, kind, sd("Dataset"))
    yield Triple(dataset, sd("defaultGraph"), default)
    yield Triple(default, kind, sd("Graph"))
    title = NamedNode("http://purl.org/dc/terms/title")
    yield Triple(default, title, Literal("all facts and their evidence", language="en"))
    for number, graph in enumerate(graphs):
        named = BlankNode(f"graph{number}")
        yield Triple(dataset, sd("namedGraph"), named)
        yield Triple(named, kind, sd("NamedGraph"))
        yield Triple(named, sd("name"), NamedNode(graph))
