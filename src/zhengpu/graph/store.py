"""A build's graphs, read into a store that answers SPARQL."""

from __future__ import annotations

import contextlib
import gzip
import os
import tempfile
from collections import defaultdict
from itertools import chain
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, cast

from pyoxigraph import (
    DefaultGraph,
    NamedNode,
    Quad,
    QuerySolutions,
    RdfFormat,
    Store,
    parse,
)

from zhengpu.errors import OutputError, ReadingError
from zhengpu.graph import publishing, shards
from zhengpu.graph.vocabulary import DCTERMS, OA, ONTOLOGY, PROV, RDF, ZP
from zhengpu.settings import BASE_IRI, cache_folder, shipped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pyoxigraph import BlankNode, Literal, Triple

    from zhengpu.graph.vocabulary import Term

    Node = NamedNode | BlankNode | Literal | Triple

GRAPH: Final = "graph.ttl"
"""The facts of a build."""

STORES: Final = "stores"
"""The folder in the cache with the stores of builds in shards."""

EVIDENCE: Final = "evidence.ttl"
"""The claims and their evidence."""

DATASET: Final = NamedNode(f"{BASE_IRI}id/")
"""The named graph of what no report states: the description of the build."""

TERMS: Final = NamedNode(ONTOLOGY.rstrip("#"))
"""The named graph of the ontology."""


def load(
    folder: Path | str, *, named: bool = False, place: Path | None = None
) -> Store:
    """The facts and the evidence of a build, in one store.

    A build in shards is read from a store on disk, which is made in the cache
    folder the first time.

    Args:
        folder: Where the build was written; `evidence.ttl` may be missing.
        named: Keep the two apart, in graphs named `urn:zhengpu:graph` and
            `urn:zhengpu:evidence`, instead of in the default graph.
        place: An empty folder for the store to lie in; without it, the store is
            in memory, where it takes some 350 bytes for each triple.

    Raises:
        ReadingError: There is no `graph.ttl`, or a file is no Turtle.
        OutputError: There is no place for the store of a build in shards.
    """
    if shards.has_shards(Path(folder)):
        return _on_disk(Path(folder))
    store = Store() if place is None else Store(place)
    for name in (GRAPH, EVIDENCE):
        path = Path(folder) / name
        if name == EVIDENCE and not path.exists():
            continue
        graph = NamedNode(f"urn:zhengpu:{path.stem}") if named else DefaultGraph()
        try:
            store.bulk_load(path=path, format=RdfFormat.TURTLE, to_graph=graph)
        except OSError as error:
            raise ReadingError("no-graph", path=path) from error
        except SyntaxError as error:
            raise ReadingError("bad-turtle", path=path, problem=error.msg) from error
    return store


def _on_disk(folder: Path) -> Store:
    """The store of a build in shards, which nobody may write to."""
    place = store_of(folder)
    try:
        if not place.exists():
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=place.parent) as made:
                _loaded(folder, Path(made, "store"))
                # another process may have been faster: its store is the same
                with contextlib.suppress(OSError):
                    Path(made, "store").rename(place)
        os.utime(place)
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError("no-place-for-store", path=place, detail=reason) from error
    return Store.read_only(str(place))


def store_of(folder: Path) -> Path:
    """Where the store of a build in shards lies, once it is made."""
    return cache_folder() / STORES / publishing.seal(folder)[:32]


def triples_in_shards(folder: Path) -> Iterator[Triple]:
    """All triples of a build in shards, one shard after the other.

    Raises:
        ReadingError: A shard is missing or damaged.
    """
    for shard in shards.shards_of(folder):
        with _opened(folder / shard.name) as file:
            yield from (q.triple for q in parse(file, format=RdfFormat.N_TRIPLES))


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    """A shard to read from, uncompressed."""
    try:
        with gzip.open(path) as file:
            yield cast("IO[bytes]", file)
    except (EOFError, SyntaxError, gzip.BadGzipFile, FileNotFoundError) as error:
        raise ReadingError("bad-shards", path=path) from error


def _loaded(folder: Path, place: Path) -> None:
    """Load all shards into a store on disk."""
    store = Store(str(place))
    for shard in shards.shards_of(folder):
        with _opened(folder / shard.name) as file:
            store.bulk_load(file, format=RdfFormat.N_TRIPLES)
    store.optimize()


# -- a named graph for each report ------------------------------------------------


def add_named_graphs(store: Store) -> None:
    """Add to a loaded store the graph of each report, of the build, the ontology.

    The default graph, which holds all of the build, stays as it is.
    """
    for name, triples in reports_apart(store).items():
        store.bulk_extend(Quad(t.subject, t.predicate, t.object, name) for t in triples)
    store.bulk_extend(Quad(t.subject, t.predicate, t.object, TERMS) for t in ontology())


def ontology() -> Iterator[Triple]:
    """The triples of the shipped ontology; some of its nodes are blank."""
    path = shipped("ontology") / "zhengpu.ttl"
    return (quad.triple for quad in parse(path=path, format=RdfFormat.TURTLE))


def reports_apart(
    store: Store, *, repeated: bool = True
) -> dict[NamedNode, list[Triple]]:
    """The triples of a build, by the report that they come from.

    What one report alone states is in its graph alone; what comes from no report
    is in the graph `DATASET`.

    Args:
        store: A build, as `load` gives it.
        repeated: Whether what several reports mention is described in the graph of
            each, so that each graph stands for itself. Else it is in the first of
            them alone: many stores do not join graphs as sets, and a triple that
            is in five graphs would be found five times.

    Returns:
        The graphs by the IRIs of their reports, sorted; none is empty.
    """
    homes, facts = _homes(store), _facts(store)
    graphs: dict[Node, list[Triple]] = defaultdict(list)
    nowhere: set[Node] = {DATASET}
    for quad in store.quads_for_pattern(None, None, None, DefaultGraph()):
        triple = quad.triple
        if quad.predicate in _POINTERS and quad.object in homes:
            found = homes[quad.object] & homes[quad.subject]
        elif quad.predicate == _MENTIONED:
            found = {quad.object}
        elif claims := facts.get((quad.subject, quad.predicate, quad.object)):
            found = set().union(*(homes[claim] for claim in claims))
        else:
            found = homes.get(quad.subject) or nowhere
        found = found or nowhere
        for name in found if repeated else {min(found, key=str)}:
            graphs[name].append(triple)
    return {
        NamedNode(name[1:-1]): graphs[node]
        for name, node in sorted((str(n), n) for n in graphs)
    }


def _named(term: Term) -> NamedNode:
    return NamedNode(term[1:-1])


_POINTERS: Final = frozenset(map(_named, (ZP.evidence, ZP.span, OA.hasSelector)))
"""What leads from something that reports share to what one of them says."""
_MENTIONED: Final = _named(DCTERMS.isReferencedBy)


def _homes(store: Store) -> Mapping[Node, set[Node]]:
    """Every thing that reports tell of, with those reports."""
    homes: dict[Node, set[Node]] = defaultdict(set)

    def pairs(term: Term) -> Iterator[tuple[Node, Node]]:
        for quad in store.quads_for_pattern(None, _named(term), None, DefaultGraph()):
            yield quad.subject, quad.object

    for thing, report in chain(pairs(OA.hasSource), pairs(DCTERMS.isReferencedBy)):
        homes[thing].add(report)
    heirs = chain(
        ((selector, evidence) for evidence, selector in pairs(OA.hasSelector)),
        pairs(DCTERMS.isPartOf),  # a span, of its evidence
        pairs(ZP.evidence),
        pairs(PROV.wasDerivedFrom),  # a tenure, from its claim
    )
    for heir, origin in heirs:
        homes[heir] |= homes.get(origin, set())
    reports = {thing for thing, kind in pairs(RDF.type) if kind == _named(ZP.Report)}
    for report in reports:
        homes[report].add(report)
    for report, file in pairs(PROV.wasDerivedFrom):
        if report in reports:
            homes[file].add(report)
    return homes


def _facts(store: Store) -> Mapping[tuple[Node, Node, Node], list[Node]]:
    """The facts that are written without their claims, with those claims."""
    facts = defaultdict(list)
    rows = store.query(
        f"SELECT ?c ?s ?p ?o {{ ?c {RDF.subject} ?s ; {RDF.predicate} ?p ;"
        f" {RDF.object} ?o ; {ZP.planned} false }}"
    )
    assert isinstance(rows, QuerySolutions)  # noqa: S101 - what SELECT gives
    for claim, subject, relation, value in rows:
        facts[subject, relation, value].append(claim)
        if relation == _named(ZP.cooperatesWith):
            facts[value, relation, subject].append(claim)
    return facts
