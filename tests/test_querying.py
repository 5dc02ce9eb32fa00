"""Queries: shipped ones, own ones, their parameters, limits and formats."""

from __future__ import annotations

import json
import re
import threading
import time
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING

import pyoxigraph
import pytest

from zhengpu.errors import QueryError, ReadingError, UsageError
from zhengpu.graph import store
from zhengpu.settings import shipped
from zhengpu.use import answers, querying
from zhengpu.use.answers import Table, Triples
from zhengpu.use.querying import ask, ask_folder, bind, shipped_query

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PREFIX = "PREFIX : <http://example.org/> "
SURROGATE = pytest.param("\ud800", id="surrogate")
NAMES = [query.name for query in querying.shipped_queries()]


@pytest.fixture(scope="module")
def small() -> pyoxigraph.Store:
    """Three triples that show every kind of term."""
    graph = pyoxigraph.Store()
    graph.load(
        b"""@prefix : <http://example.org/> .
        :a :name "\xe9\x98\x9c\xe6\x96\xb0"@zh-Hans ; :size 1.50 ; :code "=1+1" .
        :b :code "-5" , "@x" , "a,b" .""",
        pyoxigraph.RdfFormat.TURTLE,
    )
    return graph


@pytest.fixture(scope="module")
def graph(built: Path) -> pyoxigraph.Store:
    """The gold annotations."""
    return store.load(built)


# -- shipped queries --


@pytest.mark.parametrize("name", NAMES)
def test_every_shipped_query_gives_rows(graph: pyoxigraph.Store, name: str) -> None:
    answer = ask(graph, shipped_query(name))
    assert isinstance(answer, Table)
    assert len(answer) > 0


@pytest.mark.parametrize("query", querying.shipped_queries(), ids=NAMES)
def test_every_parameter_narrows_the_answer(
    graph: pyoxigraph.Store, query: querying.ShippedQuery
) -> None:
    every = len(ask_table(graph, shipped_query(query.name)))
    for parameter in query.parameters:
        nothing = shipped_query(query.name, {parameter.name: "没有这样的东西"})
        assert len(ask_table(graph, nothing)) == 0 < every, parameter


def ask_table(graph: pyoxigraph.Store, sparql: str) -> Table:
    answer = ask(graph, sparql)
    assert isinstance(answer, Table)
    return answer


def test_every_shipped_query_is_sorted_and_has_titles() -> None:
    for query in querying.shipped_queries():
        assert query.zh
        assert query.en
        assert "ORDER BY" in query.text, query.name


@pytest.mark.parametrize("query", querying.shipped_queries(), ids=NAMES)
def test_every_term_of_a_shipped_query_is_defined(query: querying.ShippedQuery) -> None:
    ontology = (shipped("ontology") / "zhengpu.ttl").read_text(encoding="utf-8")
    for term in re.findall(r"\bzp:\w+", query.text):
        assert f"\n{term} a " in ontology, term


def test_a_query_of_another_name_is_refused_with_a_near_one() -> None:
    with pytest.raises(UsageError) as caught:
        shipped_query("proposal-by-year")
    assert caught.value.parameters["near"] == "proposals-by-year"


def test_another_parameter_is_refused() -> None:
    with pytest.raises(UsageError, match="no-such-parameter"):
        shipped_query("awards", {"nombre": "x"})


# -- parameters --


@pytest.mark.parametrize(
    "value",
    [
        '"} SERVICE <http://example.org/> { ?s ?p ?o } #',
        "a\\",
        "'''",
        '"""',
        "\n\r\t\x07",
        "𠀀",
        "${x} {x} %s",
    ],
)
def test_a_value_stays_a_value(small: pyoxigraph.Store, value: str) -> None:
    sparql = bind("SELECT (?value AS ?same) {}", {"value": value})
    querying.refuse_reaching_out(sparql)
    assert ask_table(small, sparql).records() == [{"same": value}]


def test_a_value_in_angle_brackets_is_an_iri(small: pyoxigraph.Store) -> None:
    sparql = bind(PREFIX + "SELECT ?n { ?s :name ?n }", {"s": "<http://example.org/a>"})
    assert ask_table(small, sparql).records() == [{"n": "阜新"}]


def test_an_iri_that_is_none_is_refused() -> None:
    with pytest.raises(UsageError, match="bad-iri"):
        bind("SELECT * { ?s ?p ?o }", {"s": "<a> . ?x ?y ?z>"})


def test_variables_in_strings_iris_and_comments_are_left_alone() -> None:
    sparql = "SELECT ?x { ?s <http://a/?x> '?x', \"?x\", ?x } # ?x"
    bound = bind(sparql, {"x": "1"})
    assert bound == 'SELECT "1" { ?s <http://a/?x> \'?x\', "?x", "1" } # ?x'


def test_a_variable_that_does_not_occur_is_refused() -> None:
    with pytest.raises(UsageError, match="no-such-variable"):
        bind("SELECT * { ?s ?p ?o } # ?x", {"x": "1"})


# -- what a query may not do --


class Trap(BaseHTTPRequestHandler):
    """Notes that somebody came."""

    visits: list[str]

    def do_GET(self) -> None:
        """Note it."""
        type(self).visits.append(self.path)
        self.send_error(404)

    do_POST = do_GET  # noqa: N815 - what SPARQL endpoints are sent


@pytest.fixture
def trap() -> Iterator[str]:
    """The address of a server that must not be visited."""
    Trap.visits = []
    with HTTPServer(("127.0.0.1", 0), Trap) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()
    assert Trap.visits == []


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * { SERVICE <%s> { ?s ?p ?o } }",
        "SELECT * { sErViCe SILENT <%s> { ?s ?p ?o } }",
        "SELECT * { SERVICE<%s>{ ?s ?p ?o } }",
        "SELECT * { \\u0053ERVICE <%s> { ?s ?p ?o } }",
        "SELECT * { ?s ?p 'x' . # '\n SERVICE <%s> { ?s ?p ?o } }",
        "SELECT * { ?s ?p '''it's''' . SERVICE <%s> { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o FILTER(?o < 3) SERVICE <%s> { ?s ?p ?o } }",
        "PREFIX SERVICE: <http://a/> SELECT * { SERVICE SERVICE:b { ?s ?p ?o } } #%s",
        "SELECT * FROM <%s> { ?s ?p ?o }",
        "SELECT * FROM NAMED <%s> { GRAPH ?g { ?s ?p ?o } }",
        "LOAD <%s>",
        "LOAD SILENT <%s> INTO GRAPH <http://a/>",
    ],
)
def test_reaching_out_is_refused(
    small: pyoxigraph.Store, trap: str, sparql: str
) -> None:
    with pytest.raises(QueryError, match="query-reaches-out"):
        ask(small, sparql.replace("%s", trap))


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT ?from { ?from ?service ?load }",
        "SELECT * { ?s ?p 'SERVICE FROM LOAD' } # SERVICE",
        "PREFIX from: <http://a/> SELECT * { ?s from:service <http://a/LOAD> }",
    ],
)
def test_the_words_alone_are_no_harm(small: pyoxigraph.Store, sparql: str) -> None:
    ask(small, sparql)


@pytest.mark.parametrize(
    "sparql", ["", "SELEKT", "SELECT * {", "DELETE WHERE { ?s ?p ?o }", SURROGATE]
)
def test_what_is_no_query_is_refused(small: pyoxigraph.Store, sparql: str) -> None:
    with pytest.raises(QueryError, match=r"query-syntax|query-failed"):
        ask(small, sparql)


def test_a_query_that_takes_too_long_is_ended(built: Path) -> None:
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    start = time.monotonic()
    with pytest.raises(QueryError, match="query-timeout"):
        ask_folder(built, endless, timeout=0.5)
    assert time.monotonic() - start < 10


def test_a_query_in_its_own_process_gives_the_same(
    built: Path, graph: pyoxigraph.Store
) -> None:
    sparql = shipped_query("reports")
    assert ask_folder(built, sparql) == ask(graph, sparql)


def test_an_error_in_its_own_process_is_told(built: Path) -> None:
    with pytest.raises(QueryError, match="query-syntax"):
        ask_folder(built, "SELECT")


def test_a_folder_without_a_build_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match="no-graph"):
        ask_folder(tmp_path, "ASK {}")


# -- formats --


def test_usual_prefixes_need_no_declaration(graph: pyoxigraph.Store) -> None:
    assert ask(graph, "ASK { ?r a zp:Report ; skos:prefLabel ?name }") is True


def test_records_hold_values_of_python(small: pyoxigraph.Store) -> None:
    sparql = PREFIX + "SELECT ?size ?none (1 AS ?one) (true AS ?yes) { :a :size ?size }"
    row = {"size": Decimal("1.5"), "none": None, "one": 1, "yes": True}
    assert ask_table(small, sparql).records() == [row]


def test_csv_is_harmless_in_a_spreadsheet(small: pyoxigraph.Store) -> None:
    answer = ask(small, PREFIX + "SELECT ?c { ?s :code ?c } ORDER BY ?c")
    assert answers.as_csv(answer) == "c\r\n-5\r\n'=1+1\r\n'@x\r\n\"a,b\"\r\n"


def test_json_is_that_of_sparql(small: pyoxigraph.Store) -> None:
    answer = ask(small, PREFIX + "SELECT ?n ?s ?none { :a :name ?n ; :size ?s }")
    assert json.loads(answers.as_json(answer)) == {
        "head": {"vars": ["n", "s", "none"]},
        "results": {
            "bindings": [
                {
                    "n": {"type": "literal", "value": "阜新", "xml:lang": "zh-hans"},
                    "s": {
                        "type": "literal",
                        "value": "1.5",
                        "datatype": "http://www.w3.org/2001/XMLSchema#decimal",
                    },
                }
            ]
        },
    }


def test_an_ask_query_has_every_tabular_format(small: pyoxigraph.Store) -> None:
    answer = ask(small, "ASK {}")
    assert json.loads(answers.as_json(answer)) == {"head": {}, "boolean": True}
    assert answers.as_csv(answer) == "answer\r\ntrue\r\n"
    assert answers.cells(answer) == (("answer",), [("true",)])


def test_turtle_of_constructed_triples_reads_back(graph: pyoxigraph.Store) -> None:
    answer = ask(graph, "CONSTRUCT { ?a zp:leads ?b } WHERE { ?a zp:leads ?b }")
    assert isinstance(answer, Triples)
    turtle = answers.as_turtle(answer)
    again = pyoxigraph.parse(turtle, pyoxigraph.RdfFormat.TURTLE)
    assert {quad.triple for quad in again} == set(answer.triples)
    assert len(answer) > 0


def test_turtle_of_a_table_is_refused(small: pyoxigraph.Store) -> None:
    with pytest.raises(QueryError, match="format-needs-triples"):
        answers.as_turtle(ask(small, "SELECT * { ?s ?p ?o }"))


def test_iris_are_shown_with_their_prefix(graph: pyoxigraph.Store) -> None:
    _, rows = answers.cells(ask(graph, "SELECT ?t { ?t a ?c FILTER(?c = zp:Award) }"))
    assert all(cell.startswith("award:") for (cell,) in rows)
