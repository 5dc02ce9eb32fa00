"""A build into a triple store: a named graph for each report, one for the ontology.

Spoken is the SPARQL 1.1 Graph Store Protocol or SPARQL 1.1 Update, which nearly
all stores know. What arrived is counted, and a sample of it looked for.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Final, Literal
from urllib.parse import quote, urlencode

import pyoxigraph
from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple

from zhengpu.errors import StoreError, UsageError
from zhengpu.graph import store
from zhengpu.graph.shards import has_shards, shards_of
from zhengpu.settings import BASE_IRI

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
        UsageError: An address is none; or an update, or a build in shards, is to
            be verified and no address of queries is given.
        StoreError: The store refuses, or did not take what was sent.
    """
    if verify and target.protocol == "update" and target.query is None:
        raise UsageError("push-needs-query")
    in_shards = has_shards(folder)
    if verify and in_shards and target.query is None:
        raise UsageError("push-needs-query")
    graphs = _streamed(folder) if in_shards else _held(folder)
    load = _upload if target.protocol == "gsp" else _insert
    pushed: dict[str, int] = {}
    for done, (name, triples) in enumerate(graphs):
        progress(done, len(graphs), name)
        sent = load(target.url, transport, name, triples, add=add)
        if verify:
            _verify(target, transport, name, sent, add=add)
        pushed[name] = sent.count
    progress(len(graphs), len(graphs), "")
    return Pushed(pushed, verify)


def sizes_of(folder: Path) -> dict[str, int]:
    """What a push would load: how many triples each graph has.

    Raises:
        ReadingError: There is no build in the folder.
    """
    if has_shards(folder):
        held = sum(shard.triples for shard in shards_of(folder))
        ontology = sum(1 for _ in store.ontology())
        return {store.DATASET.value: held, store.TERMS.value: ontology}
    return {name: len(triples) for name, triples in graphs_of(folder).items()}


def _held(folder: Path) -> Sequence[tuple[str, Iterable[Triple]]]:
    return list(graphs_of(folder).items())


def _streamed(folder: Path) -> Sequence[tuple[str, Iterable[Triple]]]:
    """A build in shards: one graph, read shard by shard; and the ontology."""
    ontology = list(skolemised(store.ontology()))
    everything = store.triples_in_shards(folder)
    return [(store.DATASET.value, everything), (store.TERMS.value, ontology)]


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


@dataclass(slots=True)
class _Sent:
    """What was sent of a graph."""

    count: int = 0
    sample: list[Triple] = field(default_factory=list)
    """Some triples of each part, from all over the graph."""

    def add(self, part: Sequence[Triple]) -> None:
        """One more part."""
        self.count += len(part)
        self.sample += part[:: max(1, len(part) // SAMPLE)]
        if len(self.sample) > SAMPLE:
            self.sample = self.sample[:: -(-len(self.sample) // SAMPLE)]


def _upload(
    url: str, transport: Transport, name: str, triples: Iterable[Triple], *, add: bool
) -> _Sent:
    """By the Graph Store Protocol: PUT replaces a graph, POST adds to it."""
    sent = _Sent()
    for part in _parts(triples, UPLOAD):
        first = not sent.count and not add
        body = _lines(part).encode()
        transport.send("PUT" if first else "POST", _of(url, name), body, TURTLE)
        sent.add(part)
    return sent


def _insert(
    url: str, transport: Transport, name: str, triples: Iterable[Triple], *, add: bool
) -> _Sent:
    """By SPARQL Update."""
    if not add:
        transport.send("POST", url, f"CLEAR SILENT GRAPH <{name}>".encode(), UPDATE)
    sent = _Sent()
    for part in _parts(triples, INSERT):
        text = f"INSERT DATA {{ GRAPH <{name}> {{\n{_lines(part)}}} }}"
        transport.send("POST", url, text.encode(), UPDATE)
        sent.add(part)
    return sent


def _of(url: str, name: str) -> str:
    """The address of a named graph."""
    return f"{url}{'&' if '?' in url else '?'}graph={quote(name, safe='')}"


def _parts(triples: Iterable[Triple], size: int) -> Iterator[Sequence[Triple]]:
    left = iter(triples)
    while part := list(islice(left, size)):
        yield part


def _lines(triples: Sequence[Triple]) -> str:
    return "".join(f"{triple} .\n" for triple in triples)


# -- verifying ----------------------------------------------------------------------


def _verify(
    target: Target,
    transport: Transport,
    name: str,
    sent: _Sent,
    *,
    add: bool,
) -> None:
    """Count what arrived, and look for a sample of it."""
    if target.query is not None:
        count = _counted(transport, target.query, f"GRAPH <{name}> {{ ?s ?p ?o }}")
        facts = f"GRAPH <{name}> {{\n{_lines(sent.sample)}}}"
        whole = _counted(transport, target.query, facts) > 0
    else:
        accept = {"Accept": "application/n-triples, text/turtle;q=0.5"}
        answer = transport.send("GET", _of(target.url, name), None, accept)
        held = _parsed(answer, name)
        count = len(held)
        whole = held.issuperset(sent.sample)
    if count < sent.count or (count > sent.count and not add):
        raise StoreError("push-count", graph=name, sent=sent.count, found=count)
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
