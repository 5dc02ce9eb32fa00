"""`zhengpu push`: graphs, requests, credentials, retries, verification."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import threading
from base64 import b64decode
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import parse_qs, urlsplit

import pyoxigraph
import pytest

from zhengpu.errors import ReadingError, StoreError, UsageError
from zhengpu.graph import store
from zhengpu.graph.vocabulary import prefixes
from zhengpu.use import transport
from zhengpu.use.pushing import Target, graphs_of, push
from zhengpu.use.transport import Credentials, Transport

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Fake(BaseHTTPRequestHandler):
    """A store that knows the Graph Store Protocol, and can be made to fail."""

    graphs: ClassVar[dict[str, set[pyoxigraph.Triple]]]
    seen: ClassVar[list[tuple[str, str]]]
    failures: ClassVar[list[int]]
    """Statuses to give before the store works."""
    guard: ClassVar[str]
    """`basic`, `digest`, `bearer` or nothing."""
    forgetful: ClassVar[bool]
    """Whether it drops the last triple of what it is sent."""
    nonce: ClassVar[str] = "c4d1"

    def answer(self) -> None:
        """What every request goes through."""
        length = int(self.headers.get("Content-Length", 0))
        body = self.rfile.read(length)
        type(self).seen.append((self.command, self.headers.get("Authorization", "")))
        if not self.admitted():
            self.send_response(401)
            asked = {"digest": f'Digest realm="r", nonce="{self.nonce}", qop="auth"'}
            self.send_header(
                "WWW-Authenticate", asked.get(self.guard, 'Basic realm="r"')
            )
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        if self.failures:
            self.reply(type(self).failures.pop(0), b"not now\n")
            return
        (name,) = parse_qs(urlsplit(self.path).query)["graph"]
        if self.command == "GET":
            held = "".join(f"{triple} .\n" for triple in self.graphs.get(name, ()))
            self.reply(200, held.encode())
            return
        triples = {quad.triple for quad in pyoxigraph.parse(body, TURTLE)}
        if self.forgetful:
            triples.pop()
        if self.command == "PUT":
            self.graphs[name] = set()
        self.graphs.setdefault(name, set()).update(triples)
        self.reply(201, b"")

    do_GET = do_PUT = do_POST = answer  # noqa: N815 - as http.server wants it

    def reply(self, status: int, body: bytes) -> None:
        """Answer."""
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def admitted(self) -> bool:
        """Whether the credentials are ann's, or the token is."""
        scheme, _, shown = self.headers.get("Authorization", "").partition(" ")
        if self.guard == "basic":
            return scheme == "Basic" and b64decode(shown) == "ann:päss".encode()
        if self.guard == "bearer":
            return (scheme, shown) == ("Bearer", "t0ken")
        if self.guard == "digest":
            return scheme == "Digest" and self.digest_is_right(shown)
        return True

    def digest_is_right(self, shown: str) -> bool:
        """RFC 2617, checked independently of urllib."""
        said = dict(re.findall(r'(\w+)="?([^",]+)"?', shown))
        one = hashlib.md5(b"ann:r:pass").hexdigest()  # noqa: S324 - the scheme's
        two = hashlib.md5(f"{self.command}:{self.path}".encode()).hexdigest()  # noqa: S324
        parts = (one, said["nonce"], said["nc"], said["cnonce"], said["qop"], two)
        wanted: str = said["response"]
        return wanted == hashlib.md5(":".join(parts).encode()).hexdigest()  # noqa: S324

    def log_message(self, *_: object) -> None:  # type: ignore[explicit-override]
        """Say nothing."""


TURTLE = pyoxigraph.RdfFormat.TURTLE


@pytest.fixture
def url() -> Iterator[str]:
    """The address of a fake store."""
    Fake.graphs, Fake.seen, Fake.failures = {}, [], []
    Fake.guard, Fake.forgetful = "", False
    with ThreadingHTTPServer(("127.0.0.1", 0), Fake) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/store"
        server.shutdown()
        thread.join()


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The waits between tries, which take no time."""
    waits: list[float] = []
    monkeypatch.setattr("zhengpu.use.transport.time.sleep", waits.append)
    return waits


# -- graphs -----------------------------------------------------------------------


def test_together_the_graphs_are_the_build(built: Path) -> None:
    graph = store.load(built)
    every = {quad.triple for quad in graph}
    whole = store.reports_apart(graph)
    apart = store.reports_apart(graph, repeated=False)
    assert set().union(*apart.values()) == set().union(*whole.values()) == every
    assert len(whole) >= len(apart) > 3
    assert sum(map(len, apart.values())) == len(every), "no triple is sent twice"


def test_a_report_of_its_own_graph_has_its_claims_whole(built: Path) -> None:
    """No graph points to evidence, spans or labels that another graph holds."""
    graph = store.load(built)
    for name, triples in store.reports_apart(graph).items():
        if name == store.DATASET:
            continue
        alone = pyoxigraph.Store()
        alone.extend(pyoxigraph.Quad(t.subject, t.predicate, t.object) for t in triples)
        for pattern in (
            "?claim zp:evidence ?x",
            "?claim zp:span ?x",
            "?x oa:hasSource ?report",
            "?claim a zp:Claim ; rdf:subject ?x",
            "?claim a zp:Claim ; rdf:object ?x",
        ):
            sparql = f"SELECT ?x {{ {pattern} FILTER NOT EXISTS {{ ?x a ?kind }} }}"
            rows = alone.query(sparql, prefixes=prefixes())
            assert isinstance(rows, pyoxigraph.QuerySolutions)
            assert list(rows) == [], (name, pattern)


def test_nothing_that_is_sent_is_blank(built: Path) -> None:
    graphs = graphs_of(built)
    assert len(graphs[store.TERMS.value]) > 1000
    for triples in graphs.values():
        for triple in triples:
            assert "_:" not in (str(triple.subject)[:2], str(triple.object)[:2])


def test_a_folder_without_a_build_is_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(ReadingError, match="no-graph"):
        push(tmp_path, Target(url), Transport())
    assert Fake.seen == []


# -- requests ---------------------------------------------------------------------


def test_what_is_pushed_is_what_the_store_holds(built: Path, url: str) -> None:
    steps: list[tuple[int, int]] = []
    pushed = push(
        built,
        Target(url),
        Transport(),
        progress=lambda done, every, _: steps.append((done, every)),
    )
    graphs = graphs_of(built)
    assert Fake.graphs == {name: set(triples) for name, triples in graphs.items()}
    assert pushed.triples == sum(map(len, graphs.values()))
    assert steps == [(done, len(graphs)) for done in range(len(graphs) + 1)]


def test_large_graphs_are_sent_in_parts(
    built: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zhengpu.use.pushing.UPLOAD", 500)
    Fake.graphs[store.DATASET.value] = {
        pyoxigraph.Triple(store.DATASET, store.TERMS, store.TERMS)
    }
    push(built, Target(url), Transport())
    methods = [method for method, _ in Fake.seen]
    assert methods.count("POST") > methods.count("PUT") == len(graphs_of(built))


def test_adding_keeps_what_is_there(built: Path, url: str) -> None:
    stray = pyoxigraph.Triple(store.DATASET, store.TERMS, store.TERMS)
    Fake.graphs[store.DATASET.value] = {stray}
    push(built, Target(url), Transport(), add=True)
    assert stray in Fake.graphs[store.DATASET.value]
    push(built, Target(url), Transport())
    assert stray not in Fake.graphs[store.DATASET.value]


def test_a_store_that_loses_triples_is_found_out(built: Path, url: str) -> None:
    Fake.forgetful = True
    with pytest.raises(StoreError, match="push-count"):
        push(built, Target(url), Transport())
    assert push(built, Target(url), Transport(), verify=False).verified is False


def test_passing_failures_are_waited_for(
    built: Path, url: str, patient: list[float]
) -> None:
    Fake.failures = [503, 502, 429]
    push(built, Target(url), Transport())
    assert patient == [0.5, 1.0, 2.0]


def test_lasting_failures_are_told(built: Path, url: str, patient: list[float]) -> None:
    Fake.failures = [503] * transport.TRIES
    with pytest.raises(StoreError, match="store-refused") as caught:
        push(built, Target(url), Transport())
    assert caught.value.parameters["detail"] == "not now"
    assert len(patient) == transport.TRIES - 1


def test_a_refusal_is_not_repeated(built: Path, url: str, patient: list[float]) -> None:
    Fake.failures = [400]
    with pytest.raises(StoreError, match="store-refused"):
        push(built, Target(url), Transport())
    assert (len(Fake.seen), patient) == (1, [])


def test_a_redirect_is_not_followed(
    built: Path, url: str, patient: list[float]
) -> None:
    """Credentials and facts go where they were meant to go."""
    Fake.failures = [307]
    with pytest.raises(StoreError, match="store-refused"):
        push(built, Target(url), Transport())
    assert patient == []


def test_a_store_that_is_not_there_is_told(built: Path, patient: list[float]) -> None:
    with pytest.raises(StoreError, match="store-unreachable"):
        push(built, Target("http://127.0.0.1:1/store"), Transport())
    assert len(patient) == transport.TRIES - 1


# -- credentials ------------------------------------------------------------------


@pytest.mark.parametrize(
    "who",
    [
        Credentials("basic", "päss", "ann"),
        Credentials("digest", "pass", "ann"),
        Credentials("bearer", "t0ken"),
    ],
    ids=lambda who: who.scheme,
)
def test_credentials_let_in(built: Path, url: str, who: Credentials) -> None:
    Fake.guard = who.scheme
    assert push(built, Target(url), Transport(who)).verified
    with pytest.raises(StoreError, match="store-unauthorized"):
        push(built, Target(url), Transport())
    wrong = Credentials(who.scheme, "wrong", who.user)
    with pytest.raises(StoreError, match="store-unauthorized"):
        push(built, Target(url), Transport(wrong))


def test_a_secret_is_not_shown() -> None:
    assert "päss" not in repr(Credentials("basic", "päss", "ann"))


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("ftp://a/", "bad-address"),
        ("file:///etc/passwd", "bad-address"),
        ("store", "bad-address"),
        ("http://", "bad-address"),
        ("http://[", "bad-address"),
        ("http://a:port/", "bad-address"),
        ("http://ann:pass@a/", "address-with-password"),
    ],
)
def test_what_is_no_address_is_refused(url: str, code: str) -> None:
    with pytest.raises(UsageError) as caught:
        transport.check_address(url)
    assert caught.value.code == code
    assert "pass@" not in str(caught.value)


def test_an_update_is_verified_by_queries(built: Path) -> None:
    with pytest.raises(UsageError, match="push-needs-query"):
        push(built, Target("http://a/", "update"), Transport())


# -- the command ------------------------------------------------------------------


def command(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "zhengpu", "push", *arguments, "--lang", "en"],
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
        timeout=120,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def test_the_command_pushes(built: Path, url: str) -> None:
    Fake.guard = "bearer"
    finished = command(url, "-g", str(built), "--auth", "bearer", ZHENGPU_TOKEN="t0ken")  # noqa: S106
    assert (finished.returncode, finished.stderr) == (0, "")
    assert f"triples loaded into {url}, and verified" in finished.stdout
    assert len(Fake.graphs) == len(graphs_of(built))


def test_a_dry_run_sends_nothing(built: Path, url: str) -> None:
    finished = command(url, "-g", str(built), "--dry-run")
    assert finished.returncode == 0
    assert store.TERMS.value in finished.stdout
    assert "would be loaded" in finished.stderr
    assert Fake.seen == []


def test_a_wrong_token_is_one_line(built: Path, url: str) -> None:
    Fake.guard = "bearer"
    finished = command(url, "-g", str(built), "--auth", "bearer", ZHENGPU_TOKEN="wr0ng")  # noqa: S106
    assert finished.returncode == 1
    assert finished.stderr.count("\n") == 1
    assert "wr0ng" not in finished.stderr
