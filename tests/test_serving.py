"""`zhengpu serve`: protocol, formats, limits, access, pages."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
import tomllib
import xml.etree.ElementTree as ET
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

import pyoxigraph
import pytest
from pyoxigraph import NamedNode, RdfFormat
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import JSON, SPARQLWrapper

from zhengpu import pipeline
from zhengpu.graph import store
from zhengpu.graph.shards import shards_of
from zhengpu.settings import shipped
from zhengpu.use import querying
from zhengpu.use.results import TABLES, TRIPLES, negotiated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

REQUESTS = tomllib.loads(
    (Path(__file__).parent / "protocol" / "requests.toml").read_text(encoding="utf-8")
)["request"]
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
XML = "application/sparql-results+xml"
SD = "http://www.w3.org/ns/sparql-service-description#"


class Answer(NamedTuple):
    """What a server answered."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def media(self) -> str:
        """The media type, without its parameters."""
        return self.headers["content-type"].partition(";")[0]


class Served(NamedTuple):
    """A running server."""

    port: int
    process: subprocess.Popen[str]
    said: str

    @property
    def url(self) -> str:
        """Of the endpoint."""
        return f"http://127.0.0.1:{self.port}/sparql"

    def request(
        self,
        path: str,
        method: str = "GET",
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
        timeout: float = 60,
    ) -> Answer:
        """Make a request."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            heads = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, heads, answer.read())
        finally:
            connection.close()

    def ask(self, sparql: str, accept: str = "") -> Answer:
        """Ask a query by GET."""
        headers = {"Accept": accept} if accept else {}
        path = f"/sparql?{urlencode({'query': sparql})}"
        return self.request(path, headers=headers)


def start(folder: Path, *options: str, **environment: str) -> Served:
    """A server on a free port, once it answers."""
    command = [sys.executable, "-m", "zhengpu", "serve", "-g", str(folder)]
    process = subprocess.Popen(
        [*command, "--port", "0", "--lang", "en", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **environment},
    )
    assert process.stdout is not None
    said = process.stdout.readline()
    if not said:
        _, wrong = process.communicate(timeout=30)
        raise AssertionError(wrong)
    port = said.split("SPARQL endpoint")[1].split("/sparql")[0].rpartition(":")[2]
    return Served(int(port), process, said)


def end(served: Served) -> tuple[int, str]:
    """Ctrl-C; the exit code and what was said on standard error."""
    served.process.send_signal(signal.SIGINT)
    _, wrong = served.process.communicate(timeout=20)
    return served.process.returncode, wrong


@pytest.fixture(scope="module")
def served(built: Path) -> Iterator[Served]:
    running = start(built, "--workers", "2", "--cors", "https://example.org")
    yield running
    assert end(running) == (0, "")


@pytest.fixture(scope="module")
def reports(built: Path) -> list[str]:
    """The named graphs of two reports."""
    graphs = store.reports_apart(store.load(built))
    return [name.value for name in graphs if name != store.DATASET][:2]


# -- the protocol -----------------------------------------------------------------


@pytest.mark.parametrize("request_", REQUESTS, ids=[one["name"] for one in REQUESTS])
def test_the_protocol_is_that_of_sparql(
    served: Served, reports: list[str], request_: dict[str, Any]
) -> None:
    def filled(text: str) -> str:
        return text.replace("{report}", reports[0]).replace("{other}", reports[1])

    pairs = [(name, filled(value)) for name, value in request_.get("parameters", [])]
    body = filled(request_["body"]) if "body" in request_ else None
    answer = served.request(
        f"/sparql?{urlencode(pairs)}",
        request_["method"],
        None if body is None else body.encode(request_.get("encoding", "utf-8")),
        {"Content-Type": request_["type"]} if "type" in request_ else {},
    )
    assert answer.status // 100 == request_["status"], answer.body
    match request_.get("answer"):
        case "true":
            assert json.loads(answer.body)["boolean"] is True
        case "tabular":
            assert answer.media in TABLES
        case "rdf":
            assert answer.media in TRIPLES
            kind = RdfFormat.from_media_type(answer.media)
            list(pyoxigraph.parse(answer.body, kind, base_iri="http://a/"))


def test_the_service_describes_itself(served: Served, reports: list[str]) -> None:
    """W3C: returns-rdf, has-endpoint-triple, conforms-to-schema."""
    answer = served.request("/sparql")
    assert (answer.status, answer.media) == (200, "text/turtle")
    graph = pyoxigraph.Store()
    graph.load(answer.body, RdfFormat.TURTLE)
    (endpoint,) = graph.quads_for_pattern(None, NamedNode(SD + "endpoint"), None)
    assert endpoint.object == NamedNode(served.url)
    ask = f"""ASK {{
        ?service a <{SD}Service> ; <{SD}endpoint> <{served.url}> ;
            <{SD}supportedLanguage> <{SD}SPARQL11Query> ;
            <{SD}defaultDataset> ?dataset .
        ?dataset a <{SD}Dataset> ; <{SD}defaultGraph> ?graph ; <{SD}namedGraph> ?named .
        ?graph a <{SD}Graph> .
        ?named <{SD}name> <{reports[0]}> .
    }}"""
    assert graph.query(ask)
    xml = served.request("/sparql", headers={"Accept": "application/rdf+xml"})
    again = pyoxigraph.parse(xml.body, RdfFormat.RDF_XML)
    assert len(list(again)) == len(graph)
    page = served.request("/sparql", headers={"Accept": "text/html,*/*;q=0.8"})
    assert (page.status, page.headers["location"]) == (307, "/")


# -- formats ----------------------------------------------------------------------

ROWS = """SELECT ?a ?b ?c ?d { VALUES (?a ?b ?c ?d) {
  ("a,\\"b\\"\\t<&>\\n" "阜新"@zh-Hans 1.50 UNDEF) (<http://a/阜> true "x"^^<http://a/t> 2)
} }"""


@pytest.mark.parametrize("media", TABLES)
def test_tables_read_back_in_every_format(served: Served, media: str) -> None:
    answer = served.ask(ROWS, media)
    assert (answer.status, answer.media) == (200, media)
    if media == "text/csv":
        assert answer.body.decode() == (
            'a,b,c,d\r\n"a,""b""\t<&>\n",阜新,1.5,\r\nhttp://a/阜,true,x,2\r\n'
        )
        return
    kind = {"json": pyoxigraph.QueryResultsFormat.JSON}.get(TABLES[media])
    kind = kind or pyoxigraph.QueryResultsFormat.from_extension(
        {"xml": "srx", "tsv": "tsv"}[TABLES[media]]
    )
    found = pyoxigraph.parse_query_results(answer.body, kind)
    assert isinstance(found, pyoxigraph.QuerySolutions)
    ours = pyoxigraph.Store().query(ROWS)
    assert isinstance(ours, pyoxigraph.QuerySolutions)
    assert [tuple(row) for row in found] == [tuple(row) for row in ours]


@pytest.mark.parametrize("media", TRIPLES)
def test_triples_read_back_in_every_format(served: Served, media: str) -> None:
    sparql = "CONSTRUCT { ?a zp:receives ?b } WHERE { ?a zp:receives ?b }"
    answer = served.ask(sparql, media)
    assert (answer.status, answer.media) == (200, media)
    kind = {"nt": RdfFormat.N_TRIPLES}.get(TRIPLES[media])
    kind = kind or RdfFormat.from_extension(TRIPLES[media])
    found = {quad.triple for quad in pyoxigraph.parse(answer.body, kind)}
    turtle = pyoxigraph.parse(served.ask(sparql).body, RdfFormat.TURTLE)
    assert found == {quad.triple for quad in turtle}
    assert found


def test_booleans_come_as_xml_too(served: Served) -> None:
    tree = ET.fromstring(served.ask("ASK {}", "application/xml").body)  # noqa: S314
    assert [node.text for node in tree.iter() if "boolean" in node.tag] == ["true"]


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("text/csv", "text/csv"),
        (
            "text/csv;q=0.2, application/sparql-results+xml;q=0.9",
            XML,
        ),
        ("application/sparql-results+xml;q=1, */*;q=0.1", XML),
        ("text/*", "text/csv"),
        ("text/csv;q=0, */*", "application/sparql-results+json"),
        ("image/png", None),
    ],
)
def test_the_format_is_negotiated(accept: str, chosen: str | None) -> None:
    assert negotiated(accept, TABLES) == chosen


def test_a_format_that_nobody_has_is_406(served: Served) -> None:
    assert served.ask("ASK {}", "image/png").status == 406


# -- clients ----------------------------------------------------------------------


def test_sparqlwrapper_works_as_it_is(served: Served) -> None:
    client = SPARQLWrapper(served.url)
    client.setQuery("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    client.setReturnFormat(JSON)
    for method in ("GET", "POST"):
        client.setMethod(method)
        result: Any = client.queryAndConvert()
        assert int(result["results"]["bindings"][0]["n"]["value"]) > 1000


def test_rdflib_works_as_it_is(served: Served) -> None:
    import rdflib  # noqa: PLC0415 - here alone

    graph = rdflib.Graph(SPARQLStore(served.url))
    rows = list(graph.query(querying.shipped_query("reports")))
    assert len(rows) > 2
    award = rdflib.URIRef("https://w3id.org/zhengpu/ontology#Award")
    assert len(list(graph.subjects(rdflib.RDF.type, award))) > 0


# -- limits -----------------------------------------------------------------------


def test_one_heavy_query_does_not_block_the_others(built: Path) -> None:
    served = start(built, "--workers", "2", "--timeout", "3")
    statuses: list[int] = []

    def ask_patiently() -> None:
        """A busy machine may take a while to replace a worker, and says so."""
        while (answer := served.ask(ENDLESS)).status == 503:
            time.sleep(0.2)
        statuses.append(answer.status)

    heavy = threading.Thread(target=ask_patiently)
    heavy.start()
    time.sleep(0.5)
    begun = time.monotonic()
    for _ in range(5):
        assert served.ask("ASK {}").status == 200
    assert time.monotonic() - begun < 2
    heavy.join()
    assert statuses == [504]
    # the worker that was ended is replaced: two heavy ones and a light one after
    again = [threading.Thread(target=ask_patiently) for _ in range(2)]
    for thread in again:
        thread.start()
    for thread in again:
        thread.join()
    assert statuses == [504] * 3
    assert served.ask("ASK {}").status == 200
    assert end(served) == (0, "")


def test_a_client_that_leaves_frees_its_worker(built: Path) -> None:
    served = start(built, "--workers", "1", "--timeout", "60")
    path = f"/sparql?{urlencode({'query': ENDLESS})}"
    with pytest.raises(TimeoutError):
        served.request(path, timeout=0.5)
    begun = time.monotonic()
    assert served.ask("ASK {}").status == 200
    assert time.monotonic() - begun < 20
    assert end(served) == (0, "")


def test_too_many_rows_break_the_answer(built: Path) -> None:
    served = start(built, "--workers", "1", "--max-rows", "3")
    every = "SELECT * { ?s ?p ?o }"
    refused = served.ask(every)
    assert (refused.status, b"more than 3 rows" in refused.body) == (400, True)
    assert served.ask(every + " LIMIT 3").status == 200
    assert end(served) == (0, "")


def test_what_is_too_long_is_refused(served: Served) -> None:
    body = b"ASK {}" + b" " * 1_000_000
    headers = {"Content-Type": "application/sparql-query"}
    assert served.request("/sparql", "POST", body, headers).status == 413


def test_reaching_out_is_forbidden(served: Served) -> None:
    answer = served.ask("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }")
    assert (answer.status, b"SERVICE" in answer.body) == (403, True)


def test_a_large_answer_is_streamed(served: Served) -> None:
    answer = served.ask("SELECT * { ?s ?p ?o . ?s ?q ?r } LIMIT 100000", "text/csv")
    assert answer.headers["transfer-encoding"] == "chunked"
    assert answer.body.count(b"\r\n") == 100_001


# -- access -----------------------------------------------------------------------


def test_another_host_name_is_refused(served: Served) -> None:
    """So that a page of another site cannot reach it through DNS."""
    assert served.request("/sparql", headers={"Host": "evil.example"}).status == 400


def test_only_the_named_origin_may_ask(served: Served) -> None:
    for origin, allowed in (
        ("https://example.org", "https://example.org"),
        ("https://evil.example", None),
    ):
        answer = served.request("/sparql", headers={"Origin": origin})
        assert answer.headers.get("access-control-allow-origin") == allowed


def test_a_token_is_asked_for(built: Path) -> None:
    served = start(built, "--token", "--workers", "1", ZHENGPU_TOKEN="geheim")  # noqa: S106 - for a test
    basic = "Basic eDpnZWhlaW0="  # x:geheim
    for shown, status in (
        ({}, 401),
        ({"Authorization": "Bearer geheim"}, 200),
        ({"Authorization": "Bearer geheimer"}, 401),
        ({"Authorization": basic}, 200),
        ({"Authorization": "Basic %%%"}, 401),
    ):
        for path in ("/", "/sparql", "/graph.html"):
            assert served.request(path, headers=shown).status == status, (path, shown)
    assert "geheim" not in served.said
    assert end(served) == (0, "")


def test_a_token_that_is_not_set_is_a_wrong_call(built: Path) -> None:
    with pytest.raises(AssertionError, match="ZHENGPU_TOKEN is empty"):
        start(built, "--token", ZHENGPU_TOKEN="")


def test_another_address_says_what_is_open(built: Path) -> None:
    served = start(built, "--host", "0.0.0.0", "--workers", "1")  # noqa: S104
    assert served.request("/sparql", headers={"Host": "any.example"}).status == 200
    code, wrong = end(served)
    assert code == 0
    assert "everyone who can reach 0.0.0.0" in wrong
    assert "without a token" in wrong


def test_a_folder_without_a_build_is_told(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match=r"graph\.ttl"):
        start(tmp_path)


def test_an_address_that_is_taken_is_told(served: Served, built: Path) -> None:
    with pytest.raises(AssertionError, match=r"cannot listen on 127\.0\.0\.1"):
        start(built, "--port", str(served.port))


# -- pages and files --------------------------------------------------------------


def test_the_page_needs_nothing_from_elsewhere(served: Served) -> None:
    page = served.request("/")
    assert page.media == "text/html"
    assert "default-src 'none'" in page.headers["content-security-policy"]
    for path in ("/", "/pages/query.css", "/pages/query.js"):
        assert b"//" not in served.request(path).body.replace(b"// ", b""), path


def test_files_of_the_build_are_offered_and_no_others(served: Served) -> None:
    assert served.request("/graph.ttl").status == 200
    for path in (
        "/manifest.json",
        "/..%2F..%2Fetc%2Fpasswd",
        "/pages/../../querying.py",
    ):
        assert served.request(path).status == 404, path


def test_shipped_queries_come_with_their_values(served: Served) -> None:
    listed = json.loads(served.request("/queries.json").body)
    assert [one["name"] for one in listed] == [
        query.name for query in querying.shipped_queries()
    ]
    path = f"/queries/awards.rq?{urlencode({'name': '阜新'})}"
    assert served.request(path).body.decode() == querying.shipped_query(
        "awards", {"name": "阜新"}
    )
    assert served.request("/queries/none.rq").status == 400


def test_errors_speak_chinese_when_asked(served: Served) -> None:
    answer = served.request("/sparql?query=x", headers={"Accept-Language": "zh-CN"})
    assert (answer.status, "写得不对" in answer.body.decode()) == (400, True)


@pytest.mark.browser
def test_the_page_asks_and_shows(served: Served, needs: Callable[[str], str]) -> None:
    """A shipped query, a value for its parameter, the table, the errors."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - here alone

    home = f"http://127.0.0.1:{served.port}/"
    requests: list[str] = []
    wrong: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=needs("browser"), args=["--no-sandbox"]
        )
        page = browser.new_page(locale="zh-CN")
        page.on("request", lambda request: requests.append(request.url))
        page.on("console", lambda said: wrong.append(f"{said.type}: {said.text}"))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(home)
        page.wait_for_selector("option[value=reports]", state="attached")
        page.select_option("#shipped", "reports")
        page.fill("#parameters input", "县")
        page.locator("#painted").filter(has_text='"县" = ""').wait_for()
        page.click("#run")
        page.wait_for_selector("#result table")
        assert page.locator("#result tbody tr").count() > 1
        assert "行" in page.inner_text("#told")
        assert wrong == []
        page.fill("#sparql", "SELEKT")
        page.keyboard.press("Control+Enter")
        page.wait_for_selector("#told.wrong")
        assert "写得不对" in page.inner_text("#told")
        page.click("#language")
        assert page.inner_text("#run") == "Run"
        browser.close()
    assert all(url.startswith((home, "data:")) for url in requests)


def test_the_ontology_can_be_asked(served: Served) -> None:
    ontology = (shipped("ontology") / "zhengpu.ttl").read_bytes()
    count = len(set(pyoxigraph.parse(ontology, RdfFormat.TURTLE)))
    sparql = f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{store.TERMS.value}> {{ ?s ?p ?o }} }}"
    found = json.loads(served.ask(sparql).body)
    assert int(found["results"]["bindings"][0]["n"]["value"]) == count


# -- pages on demand ---------------------------------------------------------------


@pytest.fixture(scope="module")
def in_shards(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build in shards."""
    output = tmp_path_factory.mktemp("shards") / "output"
    pipeline.build([shipped("seeds")], output, shards=True)
    return output


def test_a_build_in_shards_is_served_with_its_page(in_shards: Path) -> None:
    running = start(in_shards, "--workers", "1")
    asked = running.ask("ASK { ?s a zp:Report }", "application/sparql-results+json")
    assert json.loads(asked.body)["boolean"] is True
    page = running.request("/graph.html")
    assert page.media == "text/html"
    assert "代县".encode() in page.body
    shard = shards_of(in_shards)[1].name
    assert running.request(f"/{shard}").body == (in_shards / shard).read_bytes()
    for missing in ("/shards/graph-99999.nt.gz", "/extractions", "/graph.ttl"):
        assert running.request(missing).status == 404
    assert running.request("/shards.json").status == 200
    around = f"/around?{urlencode({'name': '代县', 'steps': 2})}"
    assert "代县政协".encode() in running.request(around).body
    for query in ({"name": "代县", "steps": 9}, {"steps": 1}, {"name": "无此物"}):
        assert running.request(f"/around?{urlencode(query)}").status == 400
    assert end(running) == (0, "")


def test_what_lies_around_a_thing_is_drawn_of_any_build(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    output = tmp_path_factory.mktemp("whole") / "output"
    (report,) = shipped("seeds").glob("003*.txt")
    pipeline.build([report], output, shards=False)
    running = start(output, "--workers", "1")
    name = "PLC/代县:140923"
    assert name.encode() in (output / "graph.html").read_bytes()
    around = f"/around?{urlencode({'name': '代县'})}"
    assert running.request(around).media == "text/html"
    assert end(running) == (0, "")
