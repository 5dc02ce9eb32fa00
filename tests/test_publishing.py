"""The output folder is old or new, never between, whatever happens."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest

from zhengpu.errors import OutputError
from zhengpu.graph import publishing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

OLD = {"graph.ttl": "old", "gone.md": "old", "extractions/a.json": "old"}
NEW = {"graph.ttl": "new", "extractions/b.json": "new", "report.md": "new"}
STEPS = {"open", "os.rename", "os.link", "os.mkdir", "os.remove", "os.rmdir"}
"""What can change a file system, as Python's audit events call it."""


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """A folder with an old build and a file of the user's."""
    target = tmp_path / "output"
    publish(target, OLD)
    (target / "mine.txt").write_text("mine")
    return target


def publish(target: Path, files: Mapping[str, str]) -> None:
    with publishing.publication(target) as folder:
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)


def held(target: Path) -> dict[str, str]:
    """The files in a folder but the manifest."""
    return {
        path.relative_to(target).as_posix(): path.read_text()
        for path in sorted(target.rglob("*"))
        if path.is_file() and path.name != publishing.MANIFEST
    }


def siblings(target: Path) -> list[str]:
    return [path.name for path in target.parent.iterdir() if path != target]


# -- What a publication does to the target --


def test_a_new_folder_holds_exactly_the_build(tmp_path: Path) -> None:
    publish(tmp_path / "deep" / "output", NEW)
    assert held(tmp_path / "deep" / "output") == NEW
    assert siblings(tmp_path / "deep" / "output") == []


def test_the_manifest_names_every_file_with_its_sha256(target: Path) -> None:
    manifest = json.loads((target / "manifest.json").read_text())
    digest = hashlib.sha256(b"old").hexdigest()
    assert manifest["files"] == dict.fromkeys(sorted(OLD), digest)


def test_files_of_the_old_build_go_and_those_of_others_stay(target: Path) -> None:
    publish(target, NEW)
    assert held(target) == {**NEW, "mine.txt": "mine"}


def test_a_folder_that_has_become_empty_goes_too(target: Path) -> None:
    publish(target, {"graph.ttl": "new"})
    assert not (target / "extractions").exists()


def test_a_folder_of_nothing_but_dotfiles_is_empty(tmp_path: Path) -> None:
    (tmp_path / ".gitkeep").touch()
    publish(tmp_path, NEW)
    assert held(tmp_path) == {**NEW, ".gitkeep": ""}


def test_the_same_build_twice_gives_the_same_bytes(target: Path) -> None:
    before = (target / "manifest.json").read_bytes()
    publish(target, OLD)
    assert (target / "manifest.json").read_bytes() == before


def test_a_symbolic_link_to_a_folder_stays_one(target: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(target)
    publish(link, NEW)
    assert link.is_symlink()
    assert held(target)["graph.ttl"] == "new"


def test_without_hard_links_files_are_moved(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", no_links)
    publish(target, NEW)
    assert held(target) == {**NEW, "mine.txt": "mine"}


def test_on_a_volume_of_its_own_the_work_is_done_inside(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    with publishing.publication(target) as folder:
        assert folder.is_relative_to(target)
        (folder / "graph.ttl").write_text("new")
    assert held(target) == {"graph.ttl": "new", "mine.txt": "mine"}


def no_links(*_: object) -> NoReturn:
    raise OSError(errno.EPERM, "no hard links here")


# -- What is not ours is left alone, and said so --


@pytest.mark.parametrize("verb", [publishing.check, lambda t: publish(t, NEW)])
def test_a_file_is_no_folder(tmp_path: Path, verb: Callable[[Path], None]) -> None:
    file = tmp_path / "output"
    file.write_text("mine")
    with pytest.raises(OutputError) as caught:
        verb(file)
    assert caught.value.code == "output-is-file"
    assert file.read_text() == "mine"


@pytest.mark.parametrize(
    "manifest",
    [
        None,
        "no json",
        "[]",
        "[" * 100_000,
        '{"format": "other"}',
        '{"format": "zhengpu-manifest/1", "files": ["a"]}',
        '{"format": "zhengpu-manifest/1", "files": {"../../a": ""}}',
        '{"format": "zhengpu-manifest/1", "files": {"/etc/passwd": ""}}',
    ],
)
def test_a_folder_of_other_things(tmp_path: Path, manifest: str | None) -> None:
    (tmp_path / "thesis.doc").write_text("mine")
    if manifest is not None:
        (tmp_path / "manifest.json").write_text(manifest)
    before = held(tmp_path)
    with pytest.raises(OutputError) as caught:
        publish(tmp_path, NEW)
    assert caught.value.code == "output-not-ours"
    assert held(tmp_path) == before


def test_a_file_of_the_user_where_ours_would_go(target: Path) -> None:
    (target / "report.md").write_text("mine")
    before = held(target)
    with pytest.raises(OutputError) as caught:
        publish(target, NEW)
    assert caught.value.code == "output-foreign-file"
    assert held(target) == before


def test_a_folder_of_the_user_where_our_file_was(target: Path) -> None:
    (target / "graph.ttl").unlink()
    (target / "graph.ttl").mkdir()
    (target / "graph.ttl" / "mine").write_text("mine")
    with pytest.raises(OutputError):
        publish(target, NEW)
    assert (target / "graph.ttl" / "mine").read_text() == "mine"


def test_a_link_that_leads_out_of_the_folder(target: Path, tmp_path: Path) -> None:
    (target / "extractions" / "a.json").unlink()
    (target / "extractions").rmdir()
    (tmp_path / "elsewhere").mkdir()
    (target / "extractions").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OutputError) as caught:
        publish(target, NEW)
    assert caught.value.code == "output-foreign-file"
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_second_build_at_the_same_time(target: Path) -> None:
    with publishing.publication(target) as folder:
        (folder / "graph.ttl").write_text("new")
        with pytest.raises(OutputError) as caught:
            publish(target, OLD)
    assert caught.value.code == "output-busy"
    assert held(target)["graph.ttl"] == "new"


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
def test_a_place_that_cannot_be_written() -> None:
    with pytest.raises(OutputError) as caught:
        publish(Path("/proc/zhengpu/output"), NEW)
    assert caught.value.code == "output-not-writable"


# -- An error leaves what was there --


def test_an_error_while_building(target: Path) -> None:
    before = held(target)
    with pytest.raises(ZeroDivisionError), publishing.publication(target) as folder:
        (folder / "graph.ttl").write_text(str(1 // 0))
    assert held(target) == before
    assert siblings(target) == []


def test_an_error_while_building_leaves_no_empty_folder(tmp_path: Path) -> None:
    target = tmp_path / "a" / "b"
    with pytest.raises(ZeroDivisionError), publishing.publication(target):
        _ = 1 // 0
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk(target: Path) -> None:
    before = held(target)
    with pytest.raises(OutputError) as caught, publishing.publication(target):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert caught.value.code == "disk-full"
    assert held(target) == before


@pytest.mark.parametrize("step", range(6))
def test_an_error_in_the_middle_of_the_swap_undoes_it(
    target: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    before = held(target), (target / "manifest.json").read_bytes()
    replace, steps = Path.replace, iter(range(100))

    def failing(self: Path, place: Path) -> Path:
        inside = target in (place.parent, place.parent.parent)
        if inside and next(steps) == step:
            raise OSError(errno.EACCES, "Permission denied")
        return replace(self, place)

    monkeypatch.setattr(Path, "replace", failing)
    if step < len(NEW) + 1:
        with pytest.raises(OutputError):
            publish(target, NEW)
        assert (held(target), (target / "manifest.json").read_bytes()) == before
    else:
        publish(target, NEW)
        assert held(target) == {**NEW, "mine.txt": "mine"}
    assert siblings(target) == []


# -- kill -9 before every single step of a publication --


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("links", [True, False])
def test_the_folder_is_old_or_new_whole(tmp_path: Path, links: bool) -> None:
    seen, survived = set(), False
    for step in range(500):
        target = tmp_path / str(step) / "output"
        publish(target, OLD)
        (target / "mine.txt").write_text("mine")
        survived = publish_and_die(target, step, links=links)
        if not any(target.parent.glob(".*/journal.json")):
            assert without_mine(target) in (OLD, NEW), step
        publishing.recover(target)
        assert without_mine(target) in (OLD, NEW), step
        assert siblings(target) == [], step
        files = publishing.read_manifest(target)
        assert files is not None, step
        assert sorted(files) == sorted(without_mine(target)), step
        seen.add(without_mine(target)["graph.ttl"])
        if survived:
            break
    assert survived, "the publication has more steps than were tried"
    assert seen == {"old", "new"}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_the_next_build_completes_the_swap_as_well(tmp_path: Path) -> None:
    for step in range(0, 60, 3):
        target = tmp_path / str(step) / "output"
        publish(target, OLD)
        publish_and_die(target, step)
        publish(target, {"graph.ttl": "newest"})
        assert held(target) == {"graph.ttl": "newest"}, step
        assert siblings(target) == [], step


def without_mine(target: Path) -> dict[str, str]:
    files = held(target)
    assert files.pop("mine.txt") == "mine"
    return files


def publish_and_die(target: Path, step: int, *, links: bool = True) -> bool:
    """Publish NEW in a process that dies before the given step.

    Returns:
        Whether it got to the end.
    """
    child = os.fork()
    if child == 0:
        steps = iter(range(step + 1))

        def die(event: str, _: object) -> None:
            if event in STEPS and next(steps) == step:
                os._exit(9)

        if not links:
            os.link = no_links  # type: ignore[assignment]
        sys.addaudithook(die)
        publish(target, NEW)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) == 0
