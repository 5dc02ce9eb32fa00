"""Queries: shipped ones, own ones, their parameters, limits and formats."""

from __future__ import annotations

import json
import re
import sys
import threading
import time
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph
import pytest

import zhengpu
from zhengpu.errors import QueryError, ReadingError, UsageError
from zhengpu.graph import store
from zhengpu.settings import shipped
from zhengpu.use import answers, querying
from zhengpu.use.answers import Table, Triples
from zhengpu.use.querying import ask, ask_folder, bind, shipped_query

sys.path.append(str(Path(__file__).parents[1] / "tools"))
from make_query_answers import ANSWERS, DOCS, answer_of, docs

if TYPE_CHECKING:
    from collections.abc import Iterator
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


@pytest.fixture(scope="module")
def samples() -> zhengpu.Graph:
    """The sample reports."""
    return zhengpu.build(shipped("seeds"))


def test_there_are_the_24_competency_queries() -> None:
    assert len(NAMES) == 24


@pytest.mark.parametrize("name", NAMES)
def test_every_shipped_query_gives_what_is_written_down(
    samples: zhengpu.Graph, name: str
) -> None:
    """`tools/make_query_answers.py` writes it; review what it changes."""
    written = (ANSWERS / f"{name}.tsv").read_text(encoding="utf-8")
    assert answer_of(samples, name) == written
    assert written.count("\n") > 2, "a query that finds nothing shows nothing"


def test_every_written_answer_is_one_of_a_query() -> None:
    assert [path.stem for path in sorted(ANSWERS.glob("*.tsv"))] == NAMES


@pytest.mark.parametrize("query", querying.shipped_queries(), ids=NAMES)
def test_every_parameter_narrows_the_answer(
    samples: zhengpu.Graph, query: querying.ShippedQuery
) -> None:
    every = len(samples.query(query.name))  # type: ignore[arg-type]
    for parameter in query.parameters:
        nothing = samples.query(
            query.name, timeout=None, **{parameter.name: "没有这样的东西"}
        )
        assert len(nothing) == 0 < every, parameter  # type: ignore[arg-type]


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


def test_the_docs_list_every_query() -> None:
    """If not: python tools/make_query_answers.py."""
    assert DOCS.read_text(encoding="utf-8") == docs()


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


def test_a_query_that_gives_too_many_rows_is_ended(
    built: Path, graph: pyoxigraph.Store
) -> None:
    for sparql in ("SELECT * { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }"):
        with pytest.raises(QueryError, match="query-rows-limit"):
            ask_folder(built, sparql, rows=10)
        with pytest.raises(QueryError, match="query-rows-limit"):
            ask(graph, sparql, rows=10)
    assert len(ask_folder(built, "SELECT * { ?s ?p ?o } LIMIT 10", rows=10)) == 10  # type: ignore[arg-type]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs /proc")
def test_a_query_that_takes_too_much_memory_is_ended(built: Path) -> None:
    greedy = "SELECT DISTINCT * { ?a ?b ?c . ?d ?e ?f }"
    with pytest.raises(QueryError, match="query-memory"):
        ask_folder(built, greedy, timeout=60, megabytes=200)


def test_a_named_graph_of_the_build_may_be_asked(built: Path) -> None:
    reports = ask_folder(built, "SELECT ?g ?title { GRAPH ?g { ?g a zp:Report } }")
    assert isinstance(reports, Table)
    name = reports.records()[0]["g"]
    of_one = f"SELECT (COUNT(?r) AS ?n) FROM <{name}> {{ ?r a zp:Report }}"  # noqa: S608 - SPARQL
    answer = ask_folder(built, of_one)
    assert isinstance(answer, Table)
    assert len(reports) > answer.records()[0]["n"] > 0  # type: ignore[operator]


def test_from_resolves_prefixes_before_it_refuses() -> None:
    graphs = {"http://a/b", "https://w3id.org/zhengpu/id/"}
    allowed = "PREFIX x: <http://a/> ASK FROM x:b FROM NAMED <http://a/b> {}"
    querying.refuse_reaching_out(allowed, graphs)
    for sparql in (
        "ASK FROM x:b {}",
        "PREFIX x: <http://a/> ASK FROM x:c {}",
        "ASK FROM",
    ):
        with pytest.raises(QueryError, match="query-reaches-out"):
            querying.refuse_reaching_out(sparql, graphs)


def test_from_with_another_graph_is_refused_in_its_own_process(built: Path) -> None:
    with pytest.raises(QueryError, match="query-reaches-out"):
        ask_folder(built, "SELECT * FROM <http://example.org/> { ?s ?p ?o }")


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
