"""A build as a whole: what goes in, what comes out, and what goes wrong."""

from __future__ import annotations

import hashlib
import json
import shutil
from typing import TYPE_CHECKING

import pytest

from zhengpu import pipeline, stages, taking
from zhengpu.errors import OutputError, ReadingError, UsageError
from zhengpu.graph import publishing, store
from zhengpu.graph.rendering import markdown_cell
from zhengpu.model import Finding, Severity
from zhengpu.pipeline import NothingReadError, build, collect
from zhengpu.settings import shipped
from zhengpu.text import reading

if TYPE_CHECKING:
    from pathlib import Path

    from pyoxigraph import Store

    from zhengpu.model import Extraction, RawText

SEEDS = sorted(shipped("seeds").glob("*.txt"))
REPORT = SEEDS[0].read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Page and shapes have tests of their own; `test_cli` builds with them."""
    monkeypatch.setattr("zhengpu.use.drawing.draw", lambda *args: args[-1].touch())
    monkeypatch.setattr("zhengpu.graph.validation.validate", lambda _: [])


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A folder with one good report."""
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "good.txt").write_text(REPORT, encoding="utf-8")
    return folder


def written(output: Path) -> dict[str, bytes]:
    """Every file of a build."""
    return {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in sorted(output.rglob("*"))
        if path.is_file()
    }


# -- what comes out --


def test_a_build_writes_what_it_should(reports: Path, tmp_path: Path) -> None:
    build([reports], tmp_path / "output")
    assert sorted(written(tmp_path / "output")) == [
        "evidence.ttl",
        "extractions/good.json",
        "graph.html",
        "graph.ttl",
        "manifest.json",
        "report.html",
        "report.json",
        "report.md",
    ]


def test_the_extraction_kept_is_that_of_the_file(reports: Path, tmp_path: Path) -> None:
    build([reports], tmp_path / "output")
    text = (tmp_path / "output" / "extractions" / "good.json").read_text("utf-8")
    content = json.loads(text)
    digest = hashlib.sha256((reports / "good.txt").read_bytes()).hexdigest()
    assert content["source"] == "good.txt"
    assert content["sha256"] == digest
    assert content["characters"] == len(REPORT)
    assert content["mentions"]
    for mention in content["mentions"]:
        words = REPORT[mention["start"] : mention["end"]]
        assert words == words.strip() != ""


def test_the_order_of_the_paths_makes_no_difference(tmp_path: Path) -> None:
    build(SEEDS, tmp_path / "one")
    build(SEEDS[::-1], tmp_path / "other")
    assert written(tmp_path / "one") == written(tmp_path / "other")


def test_a_build_among_the_reports_is_no_report(reports: Path) -> None:
    first = build([reports], reports / "output")
    again = build([reports], reports / "output")
    assert again == first
    assert again.notices == ()


def test_two_files_of_one_name_are_told_apart(reports: Path, tmp_path: Path) -> None:
    other = reports / "more"
    other.mkdir()
    (other / "good.md").write_text(SEEDS[1].read_text("utf-8"), encoding="utf-8")
    build([reports], tmp_path / "output")
    kept = [path.name for path in (tmp_path / "output" / "extractions").iterdir()]
    assert len(kept) == 2
    assert all(name.startswith("good~") for name in kept)


def test_the_same_file_twice_is_read_as_one(reports: Path, tmp_path: Path) -> None:
    alone = build([reports], tmp_path / "alone")
    (reports / "more").mkdir()
    shutil.copy(reports / "good.txt", reports / "more" / "good.txt")
    both = build([reports], tmp_path / "both")
    assert both.statistics == alone.statistics
    assert both.relations == alone.relations
    assert "same-file-twice" in [finding.code for finding in both.notices]


def test_progress_is_told_after_each_file() -> None:
    told: list[tuple[int, int, str]] = []
    collect(SEEDS[:2], progress=lambda *args: told.append(args))
    assert told == [(1, 2, SEEDS[0].name), (2, 2, SEEDS[1].name)]


def test_the_graph_names_the_rules_it_was_made_with(
    reports: Path, tmp_path: Path
) -> None:
    build([reports], tmp_path / "output")
    graph = (tmp_path / "output" / "graph.ttl").read_text("utf-8")
    assert f'zp:ruleSet "{pipeline.rule_set()}"' in graph


# -- bad input --


BAD = {
    "empty.txt": b"",
    "blank.txt": " \n\t\u3000\n".encode(),
    "binary.txt": bytes(range(256)) * 40,
    "broken.docx": b"PK\x03\x04 this is no document",
    "broken.pdf": b"%PDF-1.7\nthis is no document",
    "surrogate.txt": "政协".encode() + b"\xed\xa0\x80" + "会议".encode(),
    "cut.txt": "政协会议".encode() * 50 + b"\xe6\x94",
    "endless.txt": "政".encode() * (50_000_000 // 3),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_skipped_with_its_reason(
    reports: Path, tmp_path: Path, name: str
) -> None:
    (reports / name).write_bytes(BAD[name])
    report = build([reports], tmp_path / "output")
    assert [source.name for source in report.sources] == ["good.txt"]
    assert [skipped.name for skipped in report.skipped] == [name]
    assert not report.is_clean
    text = (tmp_path / "output" / "report.md").read_text("utf-8")
    assert markdown_cell(report.skipped[0].en) in text


def test_a_folder_of_bad_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "empty.txt").touch()
    with pytest.raises(NothingReadError) as caught:
        build([tmp_path / "reports"], tmp_path / "output")
    assert caught.value.code == "nothing-readable"
    assert [skipped.name for skipped in caught.value.skipped] == ["empty.txt"]
    assert not (tmp_path / "output").exists()


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    with pytest.raises(NothingReadError, match="no-reports"):
        build([tmp_path / "reports"], tmp_path / "output")
    assert not (tmp_path / "output").exists()


def test_a_path_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no-such-path"):
        build([tmp_path / "nowhere"], tmp_path / "output")
    assert list(tmp_path.iterdir()) == []


def test_a_target_that_is_not_ours_is_refused_before_any_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking, "extracted", None)
    (tmp_path / "thesis.doc").touch()
    with pytest.raises(OutputError, match="output-not-ours"):
        build(SEEDS, tmp_path)


def test_a_file_that_breaks_the_extractor_is_skipped(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = stages.extract

    def fragile(raw: RawText) -> Extraction:
        if raw.name == "odd.txt":
            raise RecursionError("too deep")
        return whole(raw)

    monkeypatch.setattr(taking, "extracted", fragile)
    (reports / "odd.txt").write_text("政协")
    report = build([reports], tmp_path / "output")
    assert [skipped.finding.code for skipped in report.skipped] == ["extraction-failed"]
    assert "RecursionError" in report.skipped[0].en


def test_a_file_that_goes_while_it_is_read_is_skipped(
    reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan = reading.scan

    def racing(paths: list[Path]) -> object:
        found = scan(paths)
        (reports / "gone.txt").unlink()
        return found

    (reports / "gone.txt").write_text("政协")
    monkeypatch.setattr(reading, "scan", racing)
    collection = collect([reports])
    assert [skipped.name for skipped in collection.skipped] == ["gone.txt"]


def test_a_process_that_dies_is_told() -> None:
    outcome = taking.lose(reading.Source("a.txt", "a.txt"))
    assert outcome.finding is not None
    assert outcome.finding.code == "process-died"


# -- strange characters --


STRANGE = "\x07\x1b[31m\u200f\u202e😀𠀀<script>alert(1)</script>\"']]>&amp;\\"


def test_strange_characters_are_carried_through(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    name = "<script>alert('x')]]>&\"\\ .txt"
    text = REPORT.replace("政协", f"政协{STRANGE}", 3) + STRANGE
    (folder / name).write_text(text, encoding="utf-8")
    report = build([folder], tmp_path / "output")
    assert [source.name for source in report.sources] == [name]
    assert len(store.load(tmp_path / "output")) > 0
    assert "<script" not in (tmp_path / "output" / "report.html").read_text("utf-8")
    assert "<script" not in (tmp_path / "output" / "report.md").read_text("utf-8")
    files = publishing.read_manifest(tmp_path / "output") or {}
    kept = next(file for file in files if file.startswith("extractions/"))
    content = json.loads((tmp_path / "output" / kept).read_text("utf-8"))
    assert content["source"] == name
    assert content["characters"] == len(text)


def test_a_folder_that_cannot_be_opened_is_skipped_with_its_reason(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan = reading.scan
    reason = (("path", "sub/"), ("reason", "Permission denied"))
    closed = Finding(Severity.ERROR, "reading", "folder-unreadable", reason)
    monkeypatch.setattr(reading, "scan", lambda p: (scan(p)[0], [closed]))
    made = build([reports], tmp_path / "output")
    assert not made.is_clean
    assert [skipped.name for skipped in made.skipped] == ["sub/"]
    assert "Permission denied" in made.skipped[0].en


def test_a_null_character_is_carried_through(reports: Path, tmp_path: Path) -> None:
    (reports / "null.txt").write_text(f"{REPORT}\x00", encoding="utf-8")
    (reports / "within.txt").write_text(
        REPORT.replace("县政协", "县\x00政协", 3), encoding="utf-8"
    )
    made = build([reports], tmp_path / "output")
    assert made.is_clean
    good, null, within = made.sources
    assert good.relations == null.relations == within.relations
    assert store.load(tmp_path / "output")


def test_a_large_graph_is_checked_on_disk_with_the_same_result(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = build([reports], tmp_path / "small")
    places: list[Path | None] = []
    load = store.load

    def told(folder: Path, *, place: Path | None = None) -> Store:
        places.append(place)
        return load(folder, place=place)

    monkeypatch.setattr(store, "load", told)
    monkeypatch.setattr(pipeline, "LARGE", 0)
    assert build([reports], tmp_path / "large") == expected
    assert written(tmp_path / "large") == written(tmp_path / "small")
    assert places != [None]
    assert not any(place and place.exists() for place in places)


@pytest.mark.parametrize("shards", [False, True])
def test_a_folder_that_vanishes_leaves_the_old_build(
    reports: Path, tmp_path: Path, shards: bool
) -> None:
    """Not so a single file: that is skipped, with the reason."""
    output = tmp_path / "output"
    for number in range(3):
        (reports / f"{number}.txt").write_text(
            SEEDS[0].read_text("utf-8")[:400] + f"会议{number}次。", encoding="utf-8"
        )
    build([reports], output, shards=shards)
    before = written(output)

    def vanish(*_: object) -> None:
        if reports.exists():
            reports.rename(tmp_path / "elsewhere")

    with pytest.raises(ReadingError, match="path-vanished"):
        build([reports], output, shards=shards, progress=vanish)
    assert written(output) == before
