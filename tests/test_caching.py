"""A build with a cache is the build without it, whatever has become of either."""

from __future__ import annotations

import errno
import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from zhengpu import caching, engines, pipeline, stages, taking, versions
from zhengpu.caching import Cache, Outcome
from zhengpu.model import Extraction, Finding, RawText, Severity
from zhengpu.pipeline import build, collect
from zhengpu.settings import CACHE, PACKAGE, cache_folder, shipped
from zhengpu.text import reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SEEDS = sorted(shipped("seeds").glob("*.txt"))
PARTS = [path.read_text(encoding="utf-8")[:900] for path in SEEDS]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Page and shapes have tests of their own."""
    monkeypatch.setattr("zhengpu.use.drawing.draw", lambda *args: args[-1].touch())
    monkeypatch.setattr("zhengpu.graph.validation.validate", lambda _: [])


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A folder with three short reports."""
    folder = tmp_path / "reports"
    folder.mkdir()
    for number, text in enumerate(PARTS[:3]):
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def extracted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are extracted from now on."""
    names: list[str] = []

    def told(raw: RawText) -> Extraction:
        names.append(raw.name)
        return stages.extract(raw)

    monkeypatch.setattr(taking, "extracted", told)
    return names


def written(output: Path) -> dict[str, bytes]:
    """Every file of a build."""
    return {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in sorted(output.rglob("*"))
        if path.is_file()
    }


def codes(cache: Cache) -> list[str]:
    return [finding.code for finding in cache.findings]


def kept_in(folder: Path) -> list[Path]:
    """The files of the outcomes in a cache."""
    return sorted(path for path in folder.glob("v-*/*/*") if path.is_file())


# -- an outcome comes back as it was --


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_an_extraction_comes_back_as_it_was(path: Path, tmp_path: Path) -> None:
    source = reading.Source(str(path), path.name)
    cache = Cache(tmp_path)
    outcome = taking.take(source)
    key = cache.put(source, cache.key(source), outcome)
    assert outcome.extraction is not None
    assert Cache(tmp_path).get(key) == outcome


def test_the_gold_comes_back_as_it_was(
    gold: tuple[Extraction, ...], tmp_path: Path
) -> None:
    cache = Cache(tmp_path)
    for extraction in gold:
        source = reading.Source(str(tmp_path / "any"), extraction.raw.name)
        outcome = Outcome(extraction.raw.name, extraction)
        assert cache.get(cache.put(source, None, outcome)) == outcome


# -- what is read again, and what is not --


def test_only_what_changed_is_extracted_again(
    reports: Path, tmp_path: Path, extracted: list[str]
) -> None:
    build([reports], tmp_path / "output", cache=Cache(tmp_path / "cache"))
    assert extracted == ["0.txt", "1.txt", "2.txt"]
    extracted.clear()
    (reports / "1.txt").write_text(PARTS[3], encoding="utf-8")
    (reports / "3.txt").write_text(PARTS[4], encoding="utf-8")
    (reports / "0.txt").unlink()
    build([reports], tmp_path / "output", cache=Cache(tmp_path / "cache"))
    assert extracted == ["1.txt", "3.txt"]
    build([reports], tmp_path / "cold")
    assert written(tmp_path / "output") == written(tmp_path / "cold")


def test_removing_a_report_removes_its_facts(reports: Path, tmp_path: Path) -> None:
    build([reports], tmp_path / "output", cache=Cache(tmp_path / "cache"))
    assert "0.txt" in (tmp_path / "output" / "graph.ttl").read_text("utf-8")
    (reports / "0.txt").unlink()
    build([reports], tmp_path / "output", cache=Cache(tmp_path / "cache"))
    for name, content in written(tmp_path / "output").items():
        assert "0.txt" not in content.decode(), name
    assert not (tmp_path / "output" / "extractions" / "0.json").exists()


EDITS = st.lists(
    st.one_of(
        st.tuples(
            st.just("write"), st.sampled_from("abcd"), st.integers(0, len(PARTS) - 1)
        ),
        st.tuples(st.just("append"), st.sampled_from("abcd"), st.integers(1, 3)),
        st.tuples(st.just("remove"), st.sampled_from("abcd"), st.just(0)),
        st.tuples(st.just("break"), st.sampled_from("abcd"), st.just(0)),
        st.tuples(st.just("rename"), st.sampled_from("abcd"), st.just(0)),
        st.tuples(st.just("damage"), st.just("a"), st.integers(0, 9)),
        st.tuples(st.just("build"), st.just("a"), st.just(0)),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=25)
@given(edits=EDITS)
def test_after_any_edits_a_build_equals_a_cold_one(
    edits: list[tuple[str, str, int]],
) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder, output = Path(scratch) / "reports", Path(scratch) / "output"
        (folder / "sub").mkdir(parents=True)
        (folder / "always.txt").write_text(PARTS[0], encoding="utf-8")
        build([folder], output, cache=Cache(Path(scratch) / "cache"))
        for verb, name, number in edits:
            edit(folder, verb, name, number)
            if verb == "build":
                build([folder], output, cache=Cache(Path(scratch) / "cache"))
            if verb == "damage":
                damage(kept_in(Path(scratch) / "cache"), number)
        warm = build([folder], output, cache=Cache(Path(scratch) / "cache"))
        cold = build([folder], Path(scratch) / "cold")
        assert warm == cold
        assert written(output) == written(Path(scratch) / "cold")


def edit(folder: Path, verb: str, name: str, number: int) -> None:
    """Do one thing to the file of a name, if there is one."""
    path = folder / f"{name}.txt"
    match verb:
        case "write":
            path.write_text(PARTS[number], encoding="utf-8")
        case "append" if path.exists():
            with path.open("a", encoding="utf-8") as file:
                file.write(f"\n召开常委会会议{number}次。\n")
        case "remove":
            path.unlink(missing_ok=True)
        case "break":
            path.write_bytes(b"\x00\x01\x02\x03" * 50)
        case "rename" if path.exists():
            path.replace(folder / "sub" / f"{name}.txt")


def damage(files: list[Path], number: int) -> None:
    """Cut, empty or change one file of a cache."""
    file = files[number % len(files)] if files else None
    if file and (content := file.read_bytes()):
        half = len(content) // 2
        changed = content[:half] + bytes([content[half] ^ 1]) + content[half + 1 :]
        file.write_bytes([content[:half], b"", changed][number % 3])


def test_workers_and_cache_together_make_no_difference(
    reports: Path, tmp_path: Path
) -> None:
    cache = Cache(tmp_path / "cache")
    build([reports / "1.txt"], tmp_path / "one", cache=cache)
    warm = collect([reports], engine=engines.local(2), cache=cache)
    assert warm == collect([reports])


# -- a build that would be the same --


def test_where_nothing_changed_nothing_is_written(
    reports: Path, tmp_path: Path, extracted: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "output"
    first = build([reports], output, cache=Cache(tmp_path / "cache"))
    extracted.clear()
    monkeypatch.setattr(pipeline, "write", None)
    cache = Cache(tmp_path / "cache")
    assert build([reports], output, cache=cache) == first
    assert extracted == []
    assert codes(cache) == ["build-unchanged"]


@pytest.mark.parametrize(
    "change",
    [
        lambda output: (output / "graph.ttl").write_text("mine"),
        lambda output: (output / "report.md").unlink(),
        lambda output: (output / "manifest.json").write_bytes(
            (output / "manifest.json").read_bytes().replace(b'.ttl": "', b'.ttl": "0')
        ),
        shutil.rmtree,
    ],
)
def test_an_output_that_was_changed_is_made_anew(
    reports: Path, tmp_path: Path, change: Callable[[Path], object]
) -> None:
    output = tmp_path / "output"
    build([reports], output, cache=Cache(tmp_path / "cache"))
    before = written(output)
    change(output)
    build([reports], output, cache=Cache(tmp_path / "cache"))
    assert written(output) == before


def test_other_code_or_rules_make_the_output_anew(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build([reports], tmp_path / "output", cache=Cache(tmp_path / "cache"))
    monkeypatch.setattr(versions, "writing", lambda: "another")
    monkeypatch.setattr(pipeline, "rule_set", lambda: "another")
    build([reports], tmp_path / "output", cache=Cache(tmp_path / "cache"))
    assert '"another"' in (tmp_path / "output" / "graph.ttl").read_text("utf-8")


def test_a_notice_that_changes_makes_the_output_anew(
    reports: Path, tmp_path: Path
) -> None:
    build([reports], tmp_path / "output", cache=Cache(tmp_path / "cache"))
    (reports / "old.doc").touch()
    build([reports], tmp_path / "output", cache=Cache(tmp_path / "cache"))
    assert "old.doc" in (tmp_path / "output" / "report.md").read_text("utf-8")


# -- a cache that is not as it should be --


@pytest.mark.parametrize("number", range(3))
def test_a_damaged_cache_is_mended_and_said_once(
    reports: Path, tmp_path: Path, number: int, extracted: list[str]
) -> None:
    expected = collect([reports], cache=Cache(tmp_path / "cache"))
    for file in kept_in(tmp_path / "cache")[:2]:
        damage([file], number)
    cache = Cache(tmp_path / "cache")
    extracted.clear()
    assert collect([reports], cache=cache) == expected
    assert codes(cache) == ["cache-damaged"]
    assert len(extracted) == 2
    mended = Cache(tmp_path / "cache")
    assert collect([reports], cache=mended) == expected
    assert codes(mended) == []


def test_an_outcome_under_the_name_of_another_is_not_believed(
    reports: Path, tmp_path: Path
) -> None:
    expected = collect([reports], cache=Cache(tmp_path / "cache"))
    first, second, *_ = kept_in(tmp_path / "cache")
    shutil.copy(first, second)
    cache = Cache(tmp_path / "cache")
    assert collect([reports], cache=cache) == expected
    assert codes(cache) == ["cache-damaged"]


def test_the_cache_of_another_version_is_passed_over_and_said_once(
    reports: Path, tmp_path: Path, extracted: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    collect([reports], cache=Cache(tmp_path / "cache"))
    monkeypatch.setattr(caching, "understanding", lambda: "another")
    extracted.clear()
    cache = Cache(tmp_path / "cache")
    collect([reports], cache=cache)
    assert len(extracted) == 3
    assert codes(cache) == ["cache-other-version"]
    assert codes(Cache(tmp_path / "cache")) == []


def test_what_another_version_kept_goes_after_a_month(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    collect([reports], cache=Cache(tmp_path / "cache"))
    (old,) = (tmp_path / "cache").glob("v-*")
    monkeypatch.setattr(caching, "understanding", lambda: "another")
    Cache(tmp_path / "cache")
    assert old.exists()
    os.utime(old, (0, 0))
    Cache(tmp_path / "cache")
    assert not old.exists()


def test_what_a_killed_build_was_writing_goes(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    (kept,) = tmp_path.glob("v-*")
    (kept / "ab").mkdir()
    (kept / "ab" / "ab12.99.part").write_bytes(b"half")
    os.utime(kept / "ab" / "ab12.99.part", (0, 0))
    assert codes(cache) == codes(Cache(tmp_path)) == []
    assert kept_in(tmp_path) == []


def test_a_folder_that_cannot_be_used_is_said_and_done_without(
    reports: Path, tmp_path: Path
) -> None:
    (tmp_path / "cache").write_text("a file of the user's")
    cache = Cache(tmp_path / "cache")
    assert collect([reports], cache=cache) == collect([reports])
    build([reports], tmp_path / "output", cache=cache)
    assert codes(cache) == ["cache-unusable"]
    assert (tmp_path / "cache").read_text() == "a file of the user's"


def test_a_full_disk_for_the_cache_is_said_and_done_without(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = Cache(tmp_path / "cache")
    write_bytes = Path.write_bytes

    def full(self: Path, content: bytes) -> int:
        if self.suffix == ".part":
            write_bytes(self, content[:10])
            no_space()
        return write_bytes(self, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    build([reports], tmp_path / "output", cache=cache)
    assert codes(cache) == ["cache-unusable"]
    assert "No space left" in dict(cache.findings[0].parameters)["reason"]
    assert [path for path in (tmp_path / "cache").rglob("*") if path.is_file()] == []
    monkeypatch.undo()


def no_space() -> NoReturn:
    raise OSError(errno.ENOSPC, "No space left on device")


# -- files that are odd --


def test_two_files_of_one_content_or_one_name_are_kept_apart(
    reports: Path, tmp_path: Path
) -> None:
    for name in ("sub", "other"):
        (reports / name).mkdir()
    shutil.copy(reports / "0.txt", reports / "sub" / "0.txt")  # both the same
    shutil.copy(reports / "0.txt", reports / "other" / "copy.txt")  # one content
    (reports / "other" / "1.txt").write_text(PARTS[4], encoding="utf-8")  # one name
    cold = build([reports], tmp_path / "cold")
    for _ in range(2):
        shutil.rmtree(tmp_path / "warm", ignore_errors=True)
        warm = build([reports], tmp_path / "warm", cache=Cache(tmp_path / "cache"))
        assert warm == cold
        assert written(tmp_path / "warm") == written(tmp_path / "cold")
    assert [notice.code for notice in cold.notices].count("same-file-twice") == 2


def test_a_file_that_changes_during_the_build_is_told(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache, read = Cache(tmp_path / "cache"), reading.read

    def changing(path: Path, name: str) -> RawText:
        if name == "1.txt":
            path.write_text(PARTS[4], encoding="utf-8")
        return read(path, name)

    with monkeypatch.context() as patch:
        patch.setattr(reading, "read", changing)
        build([reports], tmp_path / "output", cache=cache)
    assert codes(cache) == ["file-changed"]
    build([reports], tmp_path / "cold")
    assert written(tmp_path / "output") == written(tmp_path / "cold")
    (reports / "1.txt").write_text(PARTS[1], encoding="utf-8")
    build([reports], tmp_path / "output", cache=Cache(tmp_path / "cache"))
    build([reports], tmp_path / "cold")
    assert written(tmp_path / "output") == written(tmp_path / "cold")


def test_a_file_that_changes_while_it_is_refused_is_read_next_time(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (reports / "1.txt").write_text(PARTS[1], encoding="utf-8")
    read = reading.read

    def changing(path: Path, name: str) -> RawText:
        if name == "1.txt":
            path.write_bytes(b"")
        return read(path, name)

    with monkeypatch.context() as patch:
        patch.setattr(reading, "read", changing)
        build([reports], tmp_path / "output", cache=Cache(tmp_path / "cache"))
    (reports / "1.txt").write_text(PARTS[1], encoding="utf-8")
    made = build([reports], tmp_path / "output", cache=Cache(tmp_path / "cache"))
    assert made.is_clean


def test_a_file_that_cannot_be_read_is_not_asked_again(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (reports / "bad.txt").write_bytes(b"\x00\x01" * 99)
    first = build([reports], tmp_path / "output", cache=Cache(tmp_path / "cache"))
    assert [skipped.name for skipped in first.skipped] == ["bad.txt"]
    monkeypatch.setattr(reading, "read", None)
    (tmp_path / "output" / "report.md").unlink()
    again = build([reports], tmp_path / "output", cache=Cache(tmp_path / "cache"))
    assert again == first


@pytest.mark.parametrize("code", sorted(caching.FLEETING))
def test_a_failure_that_may_pass_is_not_kept(
    reports: Path, tmp_path: Path, code: str
) -> None:
    cache = Cache(tmp_path / "cache")
    source = reading.Source(str(reports / "0.txt"), "0.txt")
    finding = Finding(Severity.ERROR, "reading", code)
    outcome = Outcome("0.txt", None, finding)
    assert cache.put(source, cache.key(source), outcome) is None
    assert cache.get(cache.key(source)) is None


# -- what the versions depend on --


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of what decides what a file gives."""
    for part in versions.UNDERSTANDING:
        path = PACKAGE / part
        copy = shutil.copytree if path.is_dir() else shutil.copy
        copy(path, tmp_path / part)
    monkeypatch.setattr(versions, "PACKAGE", tmp_path)
    yield tmp_path
    versions.understanding.cache_clear()


@pytest.mark.parametrize(
    "name", ["knowledge/data/surnames.tsv", "stages.py", "text/reading.py"]
)
def test_a_change_of_data_or_code_is_another_version(package: Path, name: str) -> None:
    versions.understanding.cache_clear()
    before = versions.understanding()
    with (package / name).open("a", encoding="utf-8") as file:
        file.write("#")
    versions.understanding.cache_clear()
    assert versions.understanding() != before


def test_another_version_of_a_library_is_another_version(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    versions.understanding.cache_clear()
    before = versions.understanding()
    libraries = [(name, f"{at}9") for name, at in versions._libraries()]  # noqa: SLF001
    assert {"rjieba", "pdfminer.six", "zhengpu"} <= {name for name, _ in libraries}
    with monkeypatch.context() as patch:
        patch.setattr(versions, "_libraries", lambda: libraries)
        versions.understanding.cache_clear()
        assert versions.understanding() != before
    versions.understanding.cache_clear()


def test_the_folder_is_as_the_variable_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(CACHE, str(tmp_path / "here"))
    assert Cache().folder == tmp_path / "here"
    monkeypatch.delenv(CACHE)
    assert cache_folder().name == "zhengpu"


def test_others_cannot_look_into_the_cache(tmp_path: Path) -> None:
    Cache(tmp_path / "cache")
    for path in (tmp_path / "cache").iterdir():
        assert path.stat().st_mode & 0o077 == 0


def test_the_cache_is_not_in_the_output(reports: Path, tmp_path: Path) -> None:
    build([reports], tmp_path / "output", cache=Cache(tmp_path / "cache"))
    manifest = json.loads((tmp_path / "output" / "manifest.json").read_text("utf-8"))
    assert set(written(tmp_path / "output")) == {*manifest["files"], "manifest.json"}


def test_an_extraction_with_a_broken_character_is_read_anew(tmp_path: Path) -> None:
    raw = RawText("a.txt", "政\ud800", "00", "utf-8")
    outcome = Outcome("a.txt", replace(Extraction(raw), documents=()))
    cache = Cache(tmp_path)
    assert cache.put(reading.Source(str(tmp_path), "a.txt"), None, outcome) is None
    assert cache.findings == []
