"""A build in Oxigraph, Fuseki and Virtuoso: what goes in, and what queries give."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest
from stores.servers import STORES, Server

from zhengpu.errors import StoreError
from zhengpu.graph import store
from zhengpu.settings import shipped
from zhengpu.use import answers, querying
from zhengpu.use.pushing import Target, graphs_of, push
from zhengpu.use.transport import Credentials, Transport

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pyoxigraph import Store

pytestmark = pytest.mark.store
NAMES = [query.name for query in querying.shipped_queries()]


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample reports."""
    import zhengpu  # noqa: PLC0415 - only where a store is at hand

    folder = tmp_path_factory.mktemp("stores") / "output"
    zhengpu.build(shipped("seeds")).write(folder)
    return folder


@pytest.fixture(scope="module")
def graph(build: Path) -> Store:
    return store.load(build)


@pytest.fixture(scope="module", params=STORES)
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp(request.param)
    with STORES[request.param](folder) as running:
        yield running


@pytest.fixture(scope="module")
def filled(server: Server, build: Path) -> Server:
    """The store, with the build in it."""
    push(build, Target(server.graphs), Transport(server.credentials))
    return server


def answer(server: Server, sparql: str) -> dict[str, Any]:
    asked = {"query": sparql}
    if server.union:
        asked["default-graph-uri"] = server.union
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Accept": "application/sparql-results+json",
    }
    body = urlencode(asked).encode()
    said = Transport().send("POST", server.query, body, headers)
    return dict(json.loads(said))


def rows_of(result: dict[str, Any]) -> Counter[tuple[str | None, ...]]:
    """The rows of SPARQL results as values: 1 and 1.0 are one number."""
    names = result["head"]["vars"]
    return Counter(
        tuple(value_of(row[name]) if name in row else None for name in names)
        for row in result["results"]["bindings"]
    )


def value_of(term: dict[str, str]) -> str:
    kind = term.get("datatype", "").rpartition("#")[2]
    if kind in {"decimal", "integer", "nonNegativeInteger"}:
        return str(Decimal(term["value"]).normalize())
    if kind == "boolean":  # Virtuoso has no truth values of its own
        return {"1": "true", "0": "false"}.get(term["value"], term["value"])
    return term["value"]


@pytest.mark.parametrize("name", NAMES)
def test_every_shipped_query_gives_the_same(
    filled: Server, graph: Store, name: str
) -> None:
    sparql = querying.shipped_query(name)
    ours = rows_of(json.loads(answers.as_json(querying.ask(graph, sparql))))
    assert rows_of(answer(filled, sparql)) == ours


def test_pushing_again_changes_nothing(filled: Server, build: Path) -> None:
    pushed = push(build, Target(filled.graphs), Transport(filled.credentials))
    assert pushed.graphs == {
        name: len(triples) for name, triples in graphs_of(build).items()
    }
    assert pushed.verified


def test_sparql_update_loads_the_same(filled: Server, build: Path) -> None:
    target = Target(filled.update, "update", filled.query)
    pushed = push(build, target, Transport(filled.credentials))
    assert pushed.triples == sum(map(len, graphs_of(build).values()))


def test_replacing_drops_what_was_there_and_adding_keeps_it(
    filled: Server, build: Path
) -> None:
    name = store.DATASET.value
    stray = b'<http://example.org/a> <http://example.org/b> "c" .'
    transport = Transport(filled.credentials)
    url = f"{filled.graphs}?graph={name}"
    transport.send("POST", url, stray, {"Content-Type": "text/turtle"})
    ask = "SELECT ?o { <http://example.org/a> ?p ?o }"
    push(build, Target(filled.graphs), transport, add=True)
    assert rows_of(answer(filled, ask)) == Counter([("c",)])
    push(build, Target(filled.graphs), transport)
    assert rows_of(answer(filled, ask)) == Counter()


def test_a_wrong_password_is_refused(filled: Server, build: Path) -> None:
    if filled.credentials is None:
        pytest.skip(f"{filled.name} runs without passwords")
    wrong = Transport(Credentials("digest", "dba", "wrong"))
    with pytest.raises(StoreError, match="store-unauthorized"):
        push(build, Target(filled.graphs), wrong)
