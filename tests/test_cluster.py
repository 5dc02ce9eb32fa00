"""Spark gives what one process gives, whatever happens to its executors.

The cluster is a small one on this machine, with executors of their own; it needs
PySpark (the extra `spark`) and Java.
"""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import sysconfig
import time
import venv
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from workers import lost, sleeping

from zhengpu import api, engines
from zhengpu.cluster import driver
from zhengpu.cluster.driver import spark
from zhengpu.cluster.session import SparkError
from zhengpu.errors import UsageError
from zhengpu.settings import most_bytes, shipped

if TYPE_CHECKING:
    from collections.abc import Callable

MASTER = "local-cluster[2,1,1024]"
DOCUMENTS = 200
SEEDS = sorted(shipped("seeds").glob("*.txt"))


@pytest.fixture
def executors(
    needs: Callable[[str], str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What Spark needs to start executors of its own on this machine.

    Their Python has the libraries and no zhengpu, as on a cluster.
    """
    needs("java")
    spec = find_spec("pyspark")
    if spec is None or spec.origin is None:
        if "spark" in os.environ.get("ZHENGPU_REQUIRE", "").split(","):
            pytest.fail("spark is required but PySpark is not installed")
        pytest.skip("PySpark is not installed")
    venv.create(tmp_path / "python", symlinks=True)
    site = "lib/python{}.{}/site-packages".format(*sys.version_info)
    # entries that it names are no site folders: what is editable there is not found
    (tmp_path / "python" / site / "libraries.pth").write_text(
        sysconfig.get_path("purelib")
    )
    monkeypatch.setenv("SPARK_HOME", str(Path(spec.origin).parent))
    monkeypatch.setenv("SPARK_SCALA_VERSION", "2.12")
    monkeypatch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
    monkeypatch.setenv("PYSPARK_PYTHON", str(tmp_path / "python" / "bin" / "python"))
    monkeypatch.delenv("PYTHONPATH", raising=False)


def build(output: Path, reports: Path | str, *options: str) -> subprocess.Popen[str]:
    """A build without cache in a process of its own."""
    command = [sys.executable, "-m", "zhengpu", "build", str(reports), "--no-cache"]
    return subprocess.Popen(
        [*command, "-o", str(output), *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def written(output: Path) -> dict[str, bytes]:
    return {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in sorted(output.rglob("*"))
        if path.is_file()
    }


POISON = """
import os, time
import zhengpu.sharding, zhengpu.taking
real = zhengpu.taking.take
def poisoned(source):
    text = source.path.read_text(encoding="utf-8")
    if "此件有毒" in text:
        os._exit(1)
    if "此件无尽" in text:
        time.sleep(1_000_000)
    return real(source)
zhengpu.sharding.take = zhengpu.taking.take = poisoned
zhengpu.sharding.ALONE = 15
import zhengpu.cluster.executor
zhengpu.cluster.executor.LIMIT = 8
"""
"""What every Python of a poisoned job runs first."""


@pytest.mark.slow
@pytest.mark.usefixtures("executors")
def test_a_poisoned_file_fails_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that kills its process, and one that never ends."""
    (tmp_path / "sitecustomize.py").write_text(POISON, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    reports = tmp_path / "reports"
    reports.mkdir()
    for number, words in enumerate(["此件有毒", "", "此件无尽", ""]):
        text = SEEDS[0].read_text(encoding="utf-8")[:300]
        (reports / f"{number}.txt").write_text(
            f"{text}\n{words}{number}。\n", encoding="utf-8"
        )
    options = ("--engine", "spark", "--master", MASTER)
    with build(tmp_path / "spark", reports, *options) as process:
        assert process.wait() == 1, process.communicate()[1]
    told = json.loads((tmp_path / "spark" / "report.json").read_text(encoding="utf-8"))
    skipped = {row["source"]: row["code"] for row in told["skipped"]}
    assert skipped == {"0.txt": "process-died", "2.txt": "process-died"}
    assert told["files"] == 2


@pytest.mark.slow
@pytest.mark.usefixtures("executors")
def test_a_build_equals_the_local_one_though_an_executor_is_killed(
    tmp_path: Path,
) -> None:
    """The files are found by Spark, and own words travel with the job."""
    own = tmp_path / "own"
    own.mkdir()
    (own / "heads.tsv").write_text(
        "word\ttype\tneeds\n驿站\tORG\tcore\n", encoding="utf-8"
    )
    reports = tmp_path / "reports"
    reports.mkdir()
    for number in range(DOCUMENTS):
        text = SEEDS[number % len(SEEDS)].read_text(encoding="utf-8")
        text = f"{text[:400]}\n走访青禾驿站{number}次。\n"
        (reports / f"{number:03}.txt").write_text(text, encoding="utf-8")
    (reports / "sub [1]").mkdir()
    (reports / "sub [1]" / "又 100%.txt").write_bytes(
        (reports / "000.txt").read_bytes()
    )
    (reports / "none.txt").touch()
    (reports / "table.xls").touch()
    with (reports / "large.txt").open("wb") as file:
        file.truncate(most_bytes() + 1)
    known = ("--knowledge", str(own))
    options = ("--engine", "spark", "--master", MASTER, *known)
    killed = 0
    with build(tmp_path / "spark", f"file://{reports}", *options) as process:
        while process.poll() is None:
            if not killed and (found := busy_executor(process.pid)):
                os.kill(found, signal.SIGKILL)
                killed = found
            time.sleep(0.2)
        assert process.returncode == 1, process.communicate()[1]
    assert killed
    with build(tmp_path / "local", reports, "--shards", *known) as process:
        assert process.wait() == 1, process.communicate()[1]
    made = written(tmp_path / "spark")
    assert made == written(tmp_path / "local")
    assert "青禾驿站" in gzip.decompress(made["shards/graph-00000.nt.gz"]).decode()
    told = json.loads(made["report.json"])
    assert {row["code"] for row in told["skipped"]} == {"empty-file", "file-too-large"}
    assert [row["code"] for row in told["notices"]] == [
        "convertible-file",
        "own-knowledge",
    ]


def busy_executor(ancestor: int) -> int | None:
    """An executor below a process that has started a Python to work with."""
    parents, commands = {}, {}
    for path in Path("/proc").glob("[0-9]*"):
        try:
            stat = (path / "stat").read_text(encoding="utf-8", errors="replace")
            command = (path / "cmdline").read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        parents[int(path.name)] = int(stat.rpartition(")")[2].split()[1])
        commands[int(path.name)] = command

    def is_below(number: int) -> bool:
        while number in parents and number != ancestor:
            number = parents[number]
        return number == ancestor

    for number, command in commands.items():
        parent = parents.get(number, 0)
        works = "pyspark.daemon" in command or "pyspark/daemon" in command
        if (
            works
            and "CoarseGrainedExecutorBackend" in commands.get(parent, "")
            and is_below(parent)
        ):
            return parent
    return None


# -- what goes wrong --


def test_an_address_needs_spark(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="remote-needs-spark"):
        api.build_into(["hdfs://host/reports"], tmp_path / "output")


def test_without_pyspark_it_is_said_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(driver, "find_spec", lambda _: None)
    with pytest.raises(UsageError, match="spark-missing"):
        spark("local[*]")


@pytest.mark.parametrize(
    "master", ["spark://127.0.0.1:9", "spark://127.0.0.1:none", "spark://"]
)
def test_a_master_that_does_not_answer_is_told_soon(
    master: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(driver, "find_spec", lambda _: True)
    start = time.monotonic()
    with pytest.raises(SparkError, match="spark-unreachable"):
        spark(master)
    assert time.monotonic() - start < 30


def test_spark_writes_shards_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(driver, "find_spec", lambda _: True)
    with pytest.raises(UsageError, match="spark-in-shards"):
        api.build_into([SEEDS[0]], tmp_path, spark="local[1]", shards=False)


def test_an_argument_that_never_ends_fails_alone() -> None:
    numbers = [11, 10_000, 12]
    found = list(engines.in_processes(sleeping, lost, numbers, 1, limit=5))
    assert found == [22, lost(10_000), 24]
