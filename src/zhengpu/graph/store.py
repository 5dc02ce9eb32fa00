"""A build's graphs, read into a store that answers SPARQL."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, Store

from zhengpu.errors import ReadingError

GRAPH: Final = "graph.ttl"
"""The facts of a build."""

EVIDENCE: Final = "evidence.ttl"
"""The claims and their evidence."""


def load(folder: Path | str, *, named: bool = False) -> Store:
    """The facts and the evidence of a build, in one store in memory.

    Args:
        folder: Where the build was written; `evidence.ttl` may be missing.
        named: Keep the two apart, in graphs named `urn:zhengpu:graph` and
            `urn:zhengpu:evidence`, instead of in the default graph.

    Raises:
        ReadingError: There is no `graph.ttl`, or a file is no Turtle.
    """
    store = Store()
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
