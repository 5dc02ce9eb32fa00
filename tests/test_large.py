"""Builds in shards: what a build in memory holds, in little memory."""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import os
import time
from dataclasses import replace
from itertools import islice, permutations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pyoxigraph import RdfFormat, parse

import zhengpu
from zhengpu import engines, large, pipeline, sharding
from zhengpu.api import diff
from zhengpu.caching import Cache, Outcome
from zhengpu.errors import OutputError, QueryError, ReadingError, UsageError
from zhengpu.graph import shards, shares, store
from zhengpu.graph.corrections_file import parse as parse_corrections
from zhengpu.graph.folding import fold
from zhengpu.graph.merging import part
from zhengpu.graph.shards import shards_of, things_of
from zhengpu.settings import shipped
from zhengpu.taking import lose, take
from zhengpu.text.reading import Source
from zhengpu.use import exporting, pushing, querying, selecting
from zhengpu.use.answers import Answer, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from zhengpu.graph.reported import Report

REPORTS = Path(__file__).parent / "reports" / "batch-e"
SEEDS = shipped("seeds")


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports of five places, one of them twice, and a Word document."""
    folder = tmp_path_factory.mktemp("reports")
    for path in REPORTS.glob("*.txt"):
        (folder / path.name).write_bytes(path.read_bytes())
    first = min(folder.glob("*.txt"))
    (folder / "重复.txt").write_bytes(first.read_bytes())
    word = Path(__file__).parent / "files" / "report.docx"
    (folder / word.name).write_bytes(word.read_bytes())
    (folder / "空.txt").write_bytes(b"")
    return folder


@pytest.fixture(scope="module", autouse=True)
def small_parts() -> Iterator[None]:
    """Several batches and shares, however few the reports."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sharding, "FILES", 2)
        patch.setattr(shares, "SIZE", 10_000)
        yield


def build(reports: Path, output: Path, **options: Any) -> Report:  # noqa: ANN401
    return pipeline.build([reports], output, shards=True, **options)


@pytest.fixture(scope="module")
def built(reports: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("built") / "output"
    build(reports, output)
    return output


def files_of(output: Path) -> dict[str, bytes]:
    return {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in sorted(output.rglob("*"))
        if path.is_file()
    }


def lines_of(output: Path, graph: str) -> list[bytes]:
    return [
        line
        for shard in shards_of(output)
        if shard.graph == graph
        for line in gzip.decompress((output / shard.name).read_bytes()).splitlines()
    ]


# -- what is written ---------------------------------------------------------------


def test_shards_hold_the_triples_of_a_build_in_memory(
    reports: Path, built: Path, tmp_path: Path
) -> None:
    pipeline.build([reports], tmp_path / "whole", shards=False)
    for graph in (shards.FACTS, shards.EVIDENCE):
        path = tmp_path / "whole" / f"{graph}.ttl"
        whole = {str(q.triple) for q in parse(path=path, format=RdfFormat.TURTLE)}
        text = b"\n".join(lines_of(built, graph))
        held = [str(q.triple) for q in parse(text, format=RdfFormat.N_TRIPLES)]
        assert len(held) == len(set(held))
        assert set(held) == whole


def test_each_shard_is_sorted_and_as_the_manifest_says(built: Path) -> None:
    listed = shards_of(built)
    assert len(listed) > 5
    for shard in listed:
        content = (built / shard.name).read_bytes()
        lines = gzip.decompress(content).splitlines()
        assert lines == sorted(set(lines))
        assert len(lines) == shard.triples
        assert hashlib.sha256(content).hexdigest() == shard.sha256
        assert len(content) == shard.size
    on_disk = {f"shards/{path.name}" for path in (built / "shards").iterdir()}
    assert on_disk == {shard.name for shard in listed}


def test_the_tables_name_every_file_and_every_finding(
    reports: Path, built: Path
) -> None:
    with (built / "files.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = {path.name for path in reports.iterdir()} - {"空.txt", "重复.txt"}
    assert {row["source"] for row in rows} == names
    findings = gzip.decompress((built / "findings.jsonl.gz").read_bytes()).decode()
    codes = [json.loads(line)["code"] for line in findings.splitlines()]
    assert codes.count("same-file-twice") == 1
    told = json.loads((built / "report.json").read_text(encoding="utf-8"))
    assert sum(row["count"] for row in told["findings"]) == len(codes)
    assert [row["source"] for row in told["skipped"]] == ["空.txt"]
    assert told["triples"] == sum(shard.triples for shard in shards_of(built))
    assert told["files"] == len(rows)
    assert sum(told["entities"].values()) == things_of(built)


def test_extractions_lie_in_lines_with_the_texts_that_are_no_text_files(
    built: Path,
) -> None:
    records = [
        json.loads(line)
        for path in sorted((built / "extractions").glob("?????.jsonl.gz"))
        for line in gzip.decompress(path.read_bytes()).splitlines()
    ]
    assert len(records) == 6
    (word,) = [record for record in records if record["source"] == "report.docx"]
    (line,) = gzip.decompress(
        (built / "extractions" / word["text"]).read_bytes()
    ).splitlines()
    kept = json.loads(line)
    assert kept["sha256"] == word["sha256"]
    assert len(kept["text"]) == word["characters"]


def test_the_report_says_what_shards_do_not_hold(built: Path) -> None:
    text = (built / "report.md").read_text(encoding="utf-8")
    assert "zhengpu validate" in text
    assert "空.txt" in text
    assert "SHACL" not in text


# -- who works on it makes no difference -------------------------------------------


@pytest.mark.parametrize("workers", [2, 3])
def test_workers_change_no_byte(
    reports: Path, built: Path, tmp_path: Path, workers: int
) -> None:
    build(reports, tmp_path / "output", engine=engines.local(workers))
    assert files_of(tmp_path / "output") == files_of(built)


def test_the_cache_changes_no_byte_and_what_stands_is_left(
    reports: Path, built: Path, tmp_path: Path
) -> None:
    cache = Cache()
    sharding._cache.cache_clear()  # noqa: SLF001 - it may be of another folder
    for _ in range(2):
        build(reports, tmp_path / "output", cache=cache)
        assert files_of(tmp_path / "output") == files_of(built)
    assert "build-unchanged" in {finding.code for finding in cache.findings}


def test_the_order_of_pieces_makes_no_difference(reports: Path) -> None:
    sources = [Source(str(path), path.name) for path in sorted(reports.glob("*.txt"))]
    pieces = []
    for source in sources:
        extraction = take(source).extraction
        if extraction is not None:
            pieces.append(part(extraction))
    folded = fold(pieces)
    for order in islice(permutations(pieces), 0, 24, 5):
        assert fold(order) == folded


def test_a_share_that_is_cut_and_packed_comes_back(reports: Path) -> None:
    extraction = take(Source(str(min(reports.glob("*.txt"))), "a.txt")).extraction
    assert extraction is not None
    said = part(extraction)
    cuts = shares.cut(said, 5)
    back = [
        one for cut in cuts.values() for one in shares.unpacked(shares.packed([cut]))
    ]
    again = fold(back)
    assert replace(again, findings=()) == replace(said, findings=())


# -- what goes wrong ---------------------------------------------------------------


def test_a_file_that_kills_its_batch_fails_alone(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sharding, "in_processes", one_dies)

    def dying(
        work: Callable[[Any], Any],
        lost: Callable[[Any], Any],
        items: Sequence[Any],
        _few: int = 0,
    ) -> Iterator[object]:
        """An engine that loses every batch."""
        return map(lost if work is sharding.gather else work, items)

    made = build(reports, tmp_path / "output", engine=dying)
    told = {(s.name[:6], s.finding.code) for s in made.skipped}
    assert told == {("空.txt", "empty-file"), ("hailin", "process-died")}
    assert made.files == 5


def one_dies(
    work: Callable[[Source], Outcome],
    lost: Callable[[Source], Outcome],
    sources: Sequence[Source],
    _workers: int,
    *,
    limit: float,
) -> Iterator[Outcome]:
    """One file of those that are tried alone dies again."""
    assert limit == sharding.ALONE
    for source in sources:
        yield lost(source) if source.name.startswith("hailin") else work(source)


def test_a_share_that_dies_twice_is_told(tmp_path: Path) -> None:
    job = sharding.Job(tmp_path, tmp_path, 1, "")
    with pytest.raises(OutputError, match="share-lost"):
        sharding.unsettled(sharding.Share(job, 0, ()))


def test_a_collection_of_which_nothing_can_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    with pytest.raises(ReadingError, match="no-reports"):
        build(tmp_path / "in", tmp_path / "out")
    (tmp_path / "in" / "a.txt").write_bytes(b"")
    with pytest.raises(ReadingError, match="nothing-readable"):
        build(tmp_path / "in", tmp_path / "out")
    assert not (tmp_path / "out").exists()


CORRECTIONS = """
[[same-as]]
keep = "海林市人民政府"
same = ["海林市农业农村局"]

[[rename]]
entity = "石嘴山市人民代表大会常务委员会"
name = "石嘴山市人大常委会"

[[reject]]
subject = "{subject}"
relation = "{relation}"
object = "{object}"

[[reject]]
subject = "海林市人民政府"
measure = "无此数"
value = 1

[[assert]]
subject = "海林市人民政府"
relation = "leads"
object = "ORG/新办公室:海林市"
create = true
who = "某编者"
when = "2026-01-01"
why = "见附件"
source = "附件一"
"""


def test_corrections_do_what_they_do_in_memory(reports: Path, tmp_path: Path) -> None:
    pipeline.build([reports], tmp_path / "plain", shards=False)
    claims = querying.ask(
        store.load(tmp_path / "plain"),
        "SELECT ?s ?r ?o { ?c a zp:Claim ; zp:planned false ; rdf:subject/skos:prefLabel ?s"
        " ; rdf:predicate ?r ; rdf:object/skos:prefLabel ?o FILTER(CONTAINS(?s, '海林市')"
        " && LANGMATCHES(LANG(?s), 'zh-Hans') && LANGMATCHES(LANG(?o), 'zh-Hans')) }"
        " ORDER BY ?s ?r ?o LIMIT 1",
    )
    (row,) = records(claims)
    relation = row["r"].rpartition("#")[2]
    text = CORRECTIONS.format(subject=row["s"], relation=relation, object=row["o"])
    corrections = parse_corrections(text, "corrections.toml")
    whole = pipeline.build(
        [reports], tmp_path / "whole", shards=False, corrections=corrections
    )
    made = build(reports, tmp_path / "parts", corrections=corrections)
    assert len(made.corrections) == 4
    assert [a.said for a in made.corrections] == [a.said for a in whole.corrections]
    told = [f.code for f in made.notices if f.stage == "correcting"]
    assert told == ["correction-unmatched"]
    for graph in (shards.FACTS, shards.EVIDENCE):
        path = tmp_path / "whole" / f"{graph}.ttl"
        wanted = {str(q.triple) for q in parse(path=path, format=RdfFormat.TURTLE)}
        lines = b"\n".join(lines_of(tmp_path / "parts", graph))
        found = {str(q.triple) for q in parse(lines, format=RdfFormat.N_TRIPLES)}
        counting = ("void#triples", "id/count/Evidence", "entities")
        assert not [t for t in wanted - found if not any(c in t for c in counting)]
        # the sentences of what is rejected stay
        extra = [t for t in found - wanted if not any(c in t for c in counting)]
        assert all("/id/Evidence/" in t or "/id/Span/" in t for t in extra)


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"format": "zhengpu-shards/1", "things": 1, "shards": [{}]}'],
)
def test_a_damaged_manifest_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / shards.MANIFEST).write_text(text, encoding="utf-8")
    with pytest.raises(ReadingError, match="bad-shards"):
        shards_of(tmp_path)


def test_a_damaged_shard_is_told(tmp_path: Path, reports: Path) -> None:
    build(reports, tmp_path / "output")
    shard = shards_of(tmp_path / "output")[-1]
    path = tmp_path / "output" / shard.name
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(ReadingError, match="bad-shards"):
        list(shards.read(tmp_path / "output", shard))
    with pytest.raises(ReadingError, match="bad-shards"):
        list(store.triples_in_shards(tmp_path / "output"))


def test_a_file_that_is_gone_is_a_skipped_one(tmp_path: Path) -> None:
    outcome = take(Source(str(tmp_path / "gone.txt"), "gone.txt"))
    assert outcome.finding is not None
    kept, names = large.distinct([Source(str(tmp_path / "gone.txt"), "gone.txt")])
    assert (len(kept), names) == (1, [()])
    assert large.size_of(kept[0]) == 0


# -- which builds are in shards ----------------------------------------------------


def test_size_decides_unless_somebody_does(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(large, "SIZE", 1)
    pipeline.build([reports], tmp_path / "large")
    assert shards.has_shards(tmp_path / "large")
    monkeypatch.setattr(large, "SIZE", 10**9)
    pipeline.build([reports], tmp_path / "large")
    assert not shards.has_shards(tmp_path / "large")
    assert not (tmp_path / "large" / "shards").exists()


def test_pictures_and_what_is_too_large_count_for_nothing(tmp_path: Path) -> None:
    for name, size in (("a.txt", 1000), ("b.pdf", 10**6), ("c.txt", 40 * 1024**2)):
        with (tmp_path / name).open("wb") as file:
            file.truncate(size)
    sizes = [
        large.size_of(Source(str(path), path.name))
        for path in sorted(tmp_path.iterdir())
    ]
    assert sizes == [1000, large.TEXT, 0]


def test_batches_are_bounded_in_bytes_and_files(tmp_path: Path) -> None:
    job = sharding.Job(tmp_path, tmp_path, 1, "")
    sources = [Source(str(tmp_path / str(n)), str(n)) for n in range(6)]
    half = sharding.BATCH // 2
    sizes = [half, half, half, 1, 1, 3 * half]
    found = list(sharding.batches(job, sources, sizes, [()] * 6))
    assert [len(batch.sources) for batch in found] == [2, 2, 1, 1]
    assert [batch.number for batch in found] == [0, 1, 2, 3]
    assert [s for batch in found for s in batch.sources] == sources


# -- what is done with it ----------------------------------------------------------


def records(answer: Answer) -> list[dict[str, Any]]:
    assert isinstance(answer, Table)
    return answer.records()


def test_it_is_asked_by_way_of_a_store_on_disk(built: Path) -> None:
    graph = zhengpu.load(built)
    assert store.store_of(built).is_dir()
    (row,) = records(graph.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"))
    assert row["n"] == sum(shard.triples for shard in shards_of(built))
    assert "海林市" in {one.name for one in graph.explain("海林市")}
    answer = querying.ask_folder(built, "SELECT ?r { ?r a zp:Report }", 60)
    assert len(records(answer)) == 7
    with pytest.raises(QueryError, match="graphs-in-shards"):
        querying.ask_folder(built, "SELECT ?g { GRAPH ?g { ?s ?p ?o } }", 60)


def test_a_cache_folder_without_room_is_told(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("ZHENGPU_CACHE", str(tmp_path / "file"))
    with pytest.raises(OutputError, match="no-place-for-store"):
        zhengpu.load(built)


def content_of(path: Path) -> dict[str, Any]:
    text = path.read_text(encoding="utf-8")
    start = text.index('id="knowledge">') + len('id="knowledge">')
    content: dict[str, Any] = json.loads(text[start : text.index("</script>", start)])
    return content


def test_a_page_shows_what_most_is_said_of(built: Path, tmp_path: Path) -> None:
    graph = zhengpu.load(built)
    graph.draw(tmp_path / "all.html")
    content = content_of(tmp_path / "all.html")
    assert content["whole"] == things_of(built)
    listed = selecting.important(built)
    assert {row[0] for row in content["things"]} <= set(listed)
    assert len(content["claims"]) > 100
    said = {row[2] for row in content["quotes"]}
    texts = [path.read_text(encoding="utf-8") for path in REPORTS.glob("*.txt")]
    plain = "".join("".join(text.split()) for text in texts)
    assert sum("".join(quote.split()) in plain for quote in said) > 0.9 * len(said)


def test_a_page_shows_what_lies_around_a_thing(built: Path, tmp_path: Path) -> None:
    graph = zhengpu.load(built)
    graph.draw(tmp_path / "one.html", about="海林市")
    near = {row[2] for row in content_of(tmp_path / "one.html")["things"]}
    graph.draw(tmp_path / "two.html", about="海林市", steps=2)
    far = {row[2] for row in content_of(tmp_path / "two.html")["things"]}
    assert "海林市" in near < far
    graph.draw(tmp_path / "place.html", places=["海林市"])
    told = {row[2] for row in content_of(tmp_path / "place.html")["things"]}
    assert "海林市人民代表大会常务委员会" in told
    for wanted in ({"about": "无此物"}, {"places": ["无此地"]}):
        with pytest.raises(UsageError, match="no-such-entity"):
            graph.draw(tmp_path / "no.html", **wanted)


def test_it_is_exported_a_shard_at_a_time(built: Path, tmp_path: Path) -> None:
    graph = zhengpu.load(built)
    (turtle,) = graph.export("ttl", tmp_path)
    facts = {str(q.triple) for q in parse(path=turtle, format=RdfFormat.TURTLE)}
    assert len(facts) == len(lines_of(built, shards.FACTS))
    (lines,) = graph.export("nt", tmp_path)
    written = lines.read_bytes().splitlines()
    assert sorted(written) == sorted(
        lines_of(built, shards.FACTS) + lines_of(built, shards.EVIDENCE)
    )
    with pytest.raises(UsageError, match="format-in-shards"):
        exporting.export(built, "gexf", tmp_path)


def test_what_needs_a_whole_build_says_so(built: Path) -> None:
    with pytest.raises(UsageError, match="not-in-shards"):
        zhengpu.load(built).promises()
    with pytest.raises(UsageError, match="not-in-shards"):
        diff(built, built)


class Recorded:
    """A transport that keeps what is sent."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str, bytes]] = []

    def send(self, method: str, url: str, body: bytes, _: object) -> bytes:
        """Keep a request; the answer is empty."""
        self.sent.append((method, url, body))
        return b""


def test_it_is_pushed_a_part_at_a_time(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pushing, "UPLOAD", 500)
    transport = Recorded()
    target = pushing.Target("http://127.0.0.1:9/store")
    pushed = pushing.push(built, target, transport, verify=False)  # type: ignore[arg-type]
    assert pushed.graphs == pushing.sizes_of(built)
    methods = [method for method, url, _ in transport.sent if "ontology" not in url]
    assert methods[0] == "PUT"
    assert set(methods[1:]) == {"POST"}
    bodies = [body for _, url, body in transport.sent if "ontology" not in url]
    assert max(body.count(b"\n") for body in bodies) == 500
    with pytest.raises(UsageError, match="push-needs-query"):
        pushing.push(built, target, transport)  # type: ignore[arg-type]


def test_stores_that_nobody_uses_are_removed(built: Path, tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    old = tmp_path / store.STORES / ("0" * 32)
    old.mkdir(parents=True)
    month = time.time() - 40 * 24 * 3600
    os.utime(old, (month, month))
    Cache(tmp_path)
    assert not old.exists()
    assert cache.folder == tmp_path
    assert lose(Source(str(built), "a.txt")).finding is not None
