"""A build into a triple store: a named graph for each report, one for the ontology.

Spoken is the SPARQL 1.1 Graph Store Protocol or SPARQL 1.1 Update, which nearly
all stores know. What arrived is counted, and a sample of it looked for.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal
from urllib.parse import quote, urlencode

import pyoxigraph
from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple

from zhengpu.errors import StoreError, UsageError
from zhengpu.graph import store
from zhengpu.settings import BASE_IRI

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from zhengpu.use.transport import Transport

    Progress = Callable[[int, int, str], None]
    Node = NamedNode | BlankNode | pyoxigraph.Literal | Triple

Protocol = Literal["gsp", "update"]
TURTLE: Final = {"Content-Type": "text/turtle; charset=utf-8"}
UPDATE: Final = {"Content-Type": "application/sparql-update; charset=utf-8"}
# Virtuoso 7 lets a query wait for ever that is posted directly
ASKING: Final = {
    "Content-Type": "application/x-www-form-urlencoded",
    "Accept": "application/sparql-results+json",
}
UPLOAD: Final = 20_000
"""Triples of one upload by the Graph Store Protocol."""
INSERT: Final = 1_000
"""Triples of one INSERT DATA; some stores limit the length of an update."""
SAMPLE: Final = 20
"""Triples of each graph that are looked for afterwards."""
GENID: Final = f"{BASE_IRI}.well-known/genid/"


@dataclass(frozen=True, slots=True)
class Target:
    """The endpoints of a triple store."""

    url: str
    protocol: Protocol = "gsp"
    query: str | None = None
    """The address of queries; by the Graph Store Protocol it is not needed."""


@dataclass(frozen=True, slots=True)
class Pushed:
    """What was loaded: triples by the name of their graph."""

    graphs: Mapping[str, int]
    verified: bool

    @property
    def triples(self) -> int:
        """All of them; what several reports state counts for each."""
        return sum(self.graphs.values())


def graphs_of(folder: Path) -> dict[str, list[Triple]]:
    """What a push loads: the build's graphs and the ontology, without blank nodes.

    Raises:
        ReadingError: There is no build in the folder.
    """
    graphs = store.reports_apart(store.load(folder), repeated=False)
    named = {name.value: triples for name, triples in graphs.items()}
    return {**named, store.TERMS.value: list(skolemised(store.ontology()))}


def push(  # noqa: PLR0913 - what may be chosen is named one by one
    folder: Path,
    target: Target,
    transport: Transport,
    *,
    add: bool = False,
    verify: bool = True,
    progress: Progress = lambda *_: None,
) -> Pushed:
    """Load a build into a triple store.

    Args:
        folder: The output folder of the build.
        target: Where to.
        transport: Makes the requests.
        add: Keep what the graphs hold, instead of replacing them.
        verify: Count afterwards, and look for a sample.
        progress: Called before each graph with the number of graphs that are
            done, the number of all, and the graph's name; and at the end.

    Raises:
        ReadingError: There is no build in the folder.
        UsageError: An address is none; or an update is to be verified and no
            address of queries is given.
        StoreError: The store refuses, or did not take what was sent.
    """
    if verify and target.protocol == "update" and target.query is None:
        raise UsageError("push-needs-query")
    graphs = graphs_of(folder)
    load = _upload if target.protocol == "gsp" else _insert
    for done, (name, triples) in enumerate(graphs.items()):
        progress(done, len(graphs), name)
        load(target.url, transport, name, triples, add=add)
        if verify:
            _verify(target, transport, name, triples, add=add)
    progress(len(graphs), len(graphs), "")
    return Pushed({name: len(triples) for name, triples in graphs.items()}, verify)


def skolemised(triples: Iterator[Triple]) -> Iterator[Triple]:
    """The triples with an IRI for each blank node, which can be sent in parts."""
    names: dict[BlankNode, NamedNode] = {}

    def named(node: Node) -> Node:
        if not isinstance(node, BlankNode):
            return node
        return names.setdefault(node, NamedNode(f"{GENID}{len(names) + 1}"))

    for triple in triples:
        subject = named(triple.subject)
        assert not isinstance(subject, pyoxigraph.Literal)  # noqa: S101 - for the types
        yield Triple(subject, triple.predicate, named(triple.object))


# -- loading ------------------------------------------------------------------------


def _upload(
    url: str, transport: Transport, name: str, triples: Sequence[Triple], *, add: bool
) -> None:
    """By the Graph Store Protocol: PUT replaces a graph, POST adds to it."""
    for part in _parts(triples, UPLOAD):
        first = part[0] is triples[0] and not add
        body = _lines(part).encode()
        transport.send("PUT" if first else "POST", _of(url, name), body, TURTLE)


def _insert(
    url: str, transport: Transport, name: str, triples: Sequence[Triple], *, add: bool
) -> None:
    """By SPARQL Update."""
    if not add:
        transport.send("POST", url, f"CLEAR SILENT GRAPH <{name}>".encode(), UPDATE)
    for part in _parts(triples, INSERT):
        text = f"INSERT DATA {{ GRAPH <{name}> {{\n{_lines(part)}}} }}"
        transport.send("POST", url, text.encode(), UPDATE)


def _of(url: str, name: str) -> str:
    """The address of a named graph."""
    return f"{url}{'&' if '?' in url else '?'}graph={quote(name, safe='')}"


def _parts(triples: Sequence[Triple], size: int) -> Iterator[Sequence[Triple]]:
    for start in range(0, len(triples), size):
        yield triples[start : start + size]


def _lines(triples: Sequence[Triple]) -> str:
    return "".join(f"{triple} .\n" for triple in triples)


# -- verifying ----------------------------------------------------------------------


def _verify(
    target: Target,
    transport: Transport,
    name: str,
    triples: Sequence[Triple],
    *,
    add: bool,
) -> None:
    """Count what arrived, and look for a sample of it."""
    sample = triples[:: max(1, len(triples) // SAMPLE)]
    if target.query is not None:
        count = _counted(transport, target.query, f"GRAPH <{name}> {{ ?s ?p ?o }}")
        facts = f"GRAPH <{name}> {{\n{_lines(sample)}}}"
        whole = _counted(transport, target.query, facts) > 0
    else:
        accept = {"Accept": "application/n-triples, text/turtle;q=0.5"}
        answer = transport.send("GET", _of(target.url, name), None, accept)
        held = _parsed(answer, name)
        count = len(held)
        whole = held.issuperset(sample)
    if count < len(triples) or (count > len(triples) and not add):
        raise StoreError("push-count", graph=name, sent=len(triples), found=count)
    if not whole:
        raise StoreError("push-sample", graph=name)


def _counted(transport: Transport, url: str, pattern: str) -> int:
    """How many solutions a pattern has."""
    sparql = f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}"
    answer = transport.send("POST", url, urlencode({"query": sparql}).encode(), ASKING)
    try:
        return int(json.loads(answer)["results"]["bindings"][0]["n"]["value"])
    except (ValueError, LookupError, TypeError) as error:
        raise StoreError("store-no-answer", url=url) from error


def _parsed(answer: bytes, name: str) -> set[Triple]:
    try:
        quads = pyoxigraph.parse(answer, RdfFormat.TURTLE)
        return {quad.triple for quad in quads}
    except SyntaxError as error:
        raise StoreError("store-no-answer", url=name) from error
