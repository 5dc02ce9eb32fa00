"""How long RDF takes: writing Turtle, loading a build, and every shipped query.

    python bench/rdf.py                     a build of about 500,000 triples
    python bench/rdf.py --documents 720     of about 2,000,000

The reports are those of tools/make_corpus.py. Writing is beside
`pyoxigraph.serialize`, which writes the same triples in the order in which they
come, without prefixes and with them; both start from triples that have been made.
What rdflib takes is measured on a share of the triples, as it is slow, and so is
zhengpu beside it. Times are those of the processor.
"""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import pyoxigraph
import rdflib
from pyoxigraph import RdfFormat
from timing import Row, made_reports, parser, seconds, tell

from zhengpu.graph import store
from zhengpu.graph.assembly import triples
from zhengpu.graph.correcting import merge_corrected
from zhengpu.graph.corrections import NONE
from zhengpu.graph.turtle import write_turtle
from zhengpu.graph.vocabulary import prefixes
from zhengpu.pipeline import collect
from zhengpu.use.querying import ask, shipped_queries, shipped_query

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from zhengpu.graph.vocabulary import Triple

DOCUMENTS = 159
ROUNDS = 3
SHARE = 20_000
"""Triples that rdflib is given."""
WRITING = 3.0
"""Times the time of pyoxigraph that writing may take."""
WAITING = 1.0
"""Seconds that loading and each query may take at about 500,000 triples."""
ASKED_AT, MUCH = 450_000, 600_000

Build = dict[str, list["Triple"]]
"""The triples of a build, by file."""


def made(folder: Path, documents: int) -> Build:
    """The triples that so many reports give."""
    collection = collect([made_reports(folder, documents)])
    facts, evidence = triples(merge_corrected(collection.extractions, NONE))
    # of what comes twice, a stream writes both; let it not be paid for that
    return {store.GRAPH: facts, store.EVIDENCE: list(dict.fromkeys(evidence))}


def as_objects(rows: Sequence[Triple]) -> list[pyoxigraph.Triple]:
    """Triples as pyoxigraph has them."""
    text = "".join(f"{s} {p} {o} .\n" for s, p, o in rows).encode()
    return [quad.triple for quad in pyoxigraph.parse(text, RdfFormat.N_TRIPLES)]


def count(build: Build) -> int:
    """How many triples there are in all."""
    return sum(map(len, build.values()))


def writing(build: Build) -> list[Row]:
    """Our sorted Turtle beside a stream of the same triples."""
    objects = {name: as_objects(rows) for name, rows in build.items()}

    def ours() -> None:
        for rows in build.values():
            write_turtle(rows, io.BytesIO())

    def stream(table: dict[str, str] | None) -> None:
        for rows in objects.values():
            pyoxigraph.serialize(rows, io.BytesIO(), RdfFormat.TURTLE, prefixes=table)

    works: dict[str, Callable[[], object]] = {
        "ours": ours,
        "without prefixes": lambda: stream(None),
        "with prefixes": lambda: stream(prefixes()),
    }
    rounds = [
        {name: seconds(work) for name, work in works.items()} for _ in [0] * ROUNDS
    ]
    speed = count(build) / median(lasted["ours"] for lasted in rounds)
    return [
        Row(
            name=f"writing {count(build):,} triples, sorted",
            value=speed,
            unit="triples/s",
            ratio=median(lasted["ours"] / lasted[peer] for lasted in rounds),
            peer=f"the time of pyoxigraph's stream {peer}",
            at_most=WRITING,
        )
        for peer in ("without prefixes", "with prefixes")
    ]


def reading(build: Build, folder: Path) -> list[Row]:
    """Loading a build, and what each shipped query takes on it."""
    for name, rows in build.items():
        write_turtle(rows, folder / name)
    graphs: list[pyoxigraph.Store] = []
    loading = seconds(lambda: graphs.append(store.load(folder)))
    lasting = {}
    for query in shipped_queries():
        text = shipped_query(query.name)
        lasting[query.name] = seconds(lambda text=text: ask(graphs[0], text))  # type: ignore[misc]
        print(f"{lasting[query.name]:>8.3f} s  {query.name}")
    slowest = max(lasting, key=lasting.__getitem__)
    limit = WAITING if ASKED_AT <= count(build) < MUCH else None
    return [
        Row(
            name=f"loading {count(build):,} triples",
            value=loading,
            unit="s",
            at_most=limit,
        ),
        Row(
            name=f"slowest of {len(lasting)} queries on them ({slowest})",
            value=lasting[slowest],
            unit="s",
            at_most=limit,
        ),
        Row(
            name="all these queries together",
            value=sum(lasting.values()),
            unit="s",
        ),
    ]


def beside_rdflib(build: Build, folder: Path) -> list[Row]:
    """Writing and loading a share of the triples, by us and by rdflib."""
    share = build[store.EVIDENCE][:SHARE]
    path = folder / store.GRAPH
    (folder / store.EVIDENCE).unlink()
    write_turtle(share, path)
    graph = rdflib.Graph(bind_namespaces="none")
    for prefix, iri in prefixes().items():
        graph.bind(prefix, iri)
    ours = seconds(lambda: store.load(folder))
    theirs = seconds(lambda: graph.parse(path, format="turtle"))
    written = seconds(lambda: write_turtle(share, io.BytesIO()))
    serialised = seconds(lambda: graph.serialize(format="turtle"))
    return [
        Row(
            name=f"{what} {len(share):,} triples",
            value=len(share) / mine,
            unit="triples/s",
            ratio=other / mine,
            peer=f"as fast as rdflib's `{peer}`",
        )
        for what, mine, other, peer in (
            ("loading", ours, theirs, "Graph.parse"),
            ("writing", written, serialised, "Graph.serialize"),
        )
    ]


def main() -> int:
    """Print the times; fail where a target is missed."""
    arguments = parser(__doc__)
    arguments.add_argument("--documents", type=int, default=DOCUMENTS)
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        build = made(Path(scratch, "reports"), options.documents)
        folder = Path(scratch, "output")
        folder.mkdir()
        rows = [
            *writing(build),
            *reading(build, folder),
            *beside_rdflib(build, folder),
        ]
    return tell(rows, options.json)


if __name__ == "__main__":
    sys.exit(main())
