"""The same reports give the same bytes, whoever builds them, where and how."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from zhengpu.settings import PACKAGE, shipped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SEEDS = sorted(shipped("seeds").glob("*.txt"))
OTHERS = ("python3.11", "python3.12", "python3.13", "python3.14")
"""Interpreters that are tried where they are installed, with zhengpu importable.
`ZHENGPU_PYTHONS` may name more, with `:` between them: those of virtual
environments, for example."""
BUILD = "import sys; from zhengpu.__main__ import main; sys.exit(main())"


@dataclass(frozen=True, slots=True)
class Way:
    """One way to run a build."""

    environment: Mapping[str, str] = field(default_factory=dict)
    options: Sequence[str] = ()
    is_reversed: bool = False
    """The files are made, and given, in the opposite order."""
    python: str = sys.executable


WAYS = {
    "another hash seed, locale and time zone, files in another order": Way(
        {"PYTHONHASHSEED": "1", "LC_ALL": "zh_CN.GB18030", "TZ": "Asia/Shanghai"},
        is_reversed=True,
    ),
    "one more, without UTF-8 mode, in Turkish, optimised, with a cache": Way(
        {
            "PYTHONHASHSEED": "4294967295",
            "LC_ALL": "tr_TR.ISO-8859-9",
            "PYTHONUTF8": "0",
            "PYTHONCOERCECLOCALE": "0",
            "PYTHONOPTIMIZE": "2",
            "TZ": "America/Los_Angeles",
        },
        ["--cache"],
    ),
    "the plain C locale, two processes, in Chinese": Way(
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        ["--workers", "2", "--lang", "zh"],
    ),
    "five processes, other order and seed": Way(
        {"PYTHONHASHSEED": "2"}, ["--workers", "5"], is_reversed=True
    ),
}
"""Each differs in several ways at once: what matters is that none of them does."""


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The build that the others are compared with."""
    return built(
        Way({"PYTHONHASHSEED": "0", "TZ": "UTC"}), tmp_path_factory.mktemp("a")
    )


@pytest.mark.parametrize("name", WAYS)
def test_a_cold_build_gives_the_same_bytes(
    expected: dict[str, bytes], tmp_path: Path, name: str
) -> None:
    differing = difference(expected, built(WAYS[name], tmp_path))
    assert differing == []


@pytest.mark.parametrize(
    "python", [*OTHERS, *filter(None, os.environ.get("ZHENGPU_PYTHONS", "").split(":"))]
)
def test_another_python_gives_the_same_bytes(
    expected: dict[str, bytes], tmp_path: Path, python: str
) -> None:
    path = shutil.which(python)
    if path is None:
        pytest.skip(f"{python} is not installed")
    trial = subprocess.run(
        [path, "-c", "import zhengpu.api"],
        capture_output=True,
        text=True,
        env=environment({}),
        check=False,
    )
    if trial.returncode:
        lines = [line for line in trial.stderr.splitlines() if "Error" in line]
        reason = (lines or ["it does not start"])[-1]
        pytest.skip(f"{python} cannot run zhengpu: {reason}")
    assert difference(expected, built(Way(python=path), tmp_path)) == []


def test_a_difference_would_be_seen(expected: dict[str, bytes], tmp_path: Path) -> None:
    """What is compared does depend on what is built."""
    reports = made(tmp_path / "reports", SEEDS[1:])
    output = tmp_path / "output"
    run(Way(), [str(reports)], output, tmp_path)
    assert "graph.ttl" in difference(expected, written(output))


def test_nothing_tells_where_and_when_it_was_built(
    expected: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory
) -> None:
    here = str(tmp_path_factory.getbasetemp()).encode()
    host = os.uname().nodename.encode() if hasattr(os, "uname") else b"\0"
    for name, content in expected.items():
        assert here not in content, name
        assert str(Path.home()).encode() + b"/" not in content, name
        assert len(host) < 6 or host not in content, name


def built(way: Way, scratch: Path) -> dict[str, bytes]:
    """Every file of a build of the samples, made in a folder of its own."""
    order = SEEDS[::-1] if way.is_reversed else SEEDS
    folder = "elsewhere" if way.is_reversed else "reports"
    reports = made(scratch / folder, order)
    run(way, [folder], reports.parent / "output", scratch)
    return written(scratch / "output")


def made(folder: Path, files: Sequence[Path]) -> Path:
    """A folder of copies, made one after the other, one of them in a folder."""
    (folder / "sub").mkdir(parents=True)
    for path in files:
        sub = "sub" if path == SEEDS[0] else ""
        shutil.copyfile(path, folder / sub / path.name)
    return folder


def run(way: Way, paths: Sequence[str], output: Path, where: Path) -> None:
    """A build by command, without cache unless the way says so."""
    options = (
        [*way.options] if "--cache" in way.options else [*way.options, "--no-cache"]
    )
    finished = subprocess.run(
        [way.python, "-c", BUILD, "build", *paths, "-o", str(output), *options],
        env=environment(way.environment),
        cwd=where,
        capture_output=True,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr.decode(errors="replace")


def environment(changes: Mapping[str, str]) -> dict[str, str]:
    """This process's environment with changes, the package importable."""
    return {**os.environ, "PYTHONPATH": str(PACKAGE.parent), **changes}


def written(output: Path) -> dict[str, bytes]:
    return {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in sorted(output.rglob("*"))
        if path.is_file()
    }


def difference(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """The names of the files that differ, or that one of them lacks."""
    names = sorted(one.keys() | other.keys())
    return [name for name in names if one.get(name) != other.get(name)]
