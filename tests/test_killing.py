"""kill -9 at any moment of a build leaves the old build or the new, and the cache."""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import sys
import time
from typing import TYPE_CHECKING

import pytest

from zhengpu.graph import publishing
from zhengpu.settings import shipped

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

KILLS = 200 if os.environ.get("ZHENGPU_SLOW") else 12
"""How many builds are killed; 200 where ZHENGPU_SLOW is set."""
SEEDS = sorted(shipped("seeds").glob("*.txt"))
PARTS = [path.read_text(encoding="utf-8")[:900] for path in SEEDS]
STATES: tuple[Mapping[str, str], ...] = (
    {"a.txt": PARTS[0], "b.txt": PARTS[1]},
    {"a.txt": PARTS[2], "c.txt": PARTS[3]},
)
"""What the folder of reports holds, in turn."""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs forked processes")
def test_kills_at_random_moments_break_neither_output_nor_cache(
    tmp_path: Path,
) -> None:
    """The moments are drawn from a seed; how far a build got is not, nor need be."""
    chance = random.Random(4)  # noqa: S311 - nothing is secret here
    reports, output, cache = (tmp_path / name for name in ("in", "out", "cache"))
    expected, longest = [], 0.0
    for number, state in enumerate(STATES):
        set_to(state, reports)
        start = time.perf_counter()
        assert build_until(None, reports, tmp_path / f"cold{number}", tmp_path / "no")
        longest = max(longest, time.perf_counter() - start)
        expected.append(written(tmp_path / f"cold{number}"))
    reached, died = set(), 0
    for number in range(KILLS):
        set_to(STATES[number % 2], reports)
        if number % 4 == 0:  # so that there is something to write
            shutil.rmtree(cache, ignore_errors=True)
        workers = 2 if number % 20 == 0 else 1
        limit = chance.uniform(0, longest) * (4 if workers == 2 else 1)
        limited = None if number % 6 in {2, 5} else limit  # some get to the end
        died += not build_until(limited, reports, output, cache, workers=workers)
        publishing.recover(output)
        now = written(output)
        assert now in ({}, *expected), number
        assert [path.name for path in tmp_path.glob(".*")] == [], number
        reached.add(expected.index(now) if now else None)
    assert died > KILLS // 4, "the kills came too late to show anything"
    assert reached >= {0, 1}
    # what is left of the cache is good: nothing is said of it
    assert build_until(None, reports, output, cache)
    assert written(output) == expected[(KILLS - 1) % 2]


def set_to(state: Mapping[str, str], reports: Path) -> None:
    """Make the folder of reports what it should be."""
    shutil.rmtree(reports, ignore_errors=True)
    reports.mkdir()
    for name, text in state.items():
        (reports / name).write_text(text, encoding="utf-8")


def build_until(
    limit: float | None, reports: Path, output: Path, cache: Path, workers: int = 1
) -> bool:
    """Build in a process of its own that is killed after some seconds.

    Returns:
        Whether it got to the end, and had nothing to say about the cache.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["killable"])
    import killable  # noqa: PLC0415 - after conftest has found the folder

    arguments = (os.fspath(reports), os.fspath(output), os.fspath(cache), workers)
    child = context.Process(target=killable.build, args=arguments)
    child.start()
    child.join(limit)
    child.kill()
    child.join()
    assert child.exitcode in {0, -9}, child.exitcode
    return child.exitcode == 0


def written(output: Path) -> dict[str, bytes]:
    """Every file of a build."""
    return {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in sorted(output.rglob("*"))
        if path.is_file()
    }
