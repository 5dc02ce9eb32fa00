"""How a function is mapped over many files by Apache Spark.

The files must lie where every executor finds them under the same path, and
zhengpu must be installed there. Each task works in a process of its own, so that
a file that kills it, or never ends, fails alone.
"""

from __future__ import annotations

import os
import socket
import sys
from contextlib import closing, contextmanager
from functools import partial
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final, TypeVar
from urllib.parse import urlsplit

from zhengpu.engines import in_processes
from zhengpu.errors import UsageError, ZhengpuError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Sequence

    from zhengpu.engines import Engine

A = TypeVar("A")
R = TypeVar("R")

LIMIT: Final = 600
"""Seconds that one file may take."""
PER_TASK: Final = 200
"""Files for a task, where they are many: starting one takes a second or two."""
ROUNDS: Final = 3
"""Tasks for each core, where files are few."""
PATIENCE: Final = 10
"""Seconds to wait for an answer from a master."""


class SparkError(ZhengpuError):
    """Spark is missing, cannot be reached, or gave up."""


def spark(master: str = "local[*]") -> Engine:
    """The engine that works on a Spark cluster.

    Args:
        master: As Spark has it: `spark://host:7077`, `yarn`, `k8s://…`, `local[2]`.

    Raises:
        UsageError: PySpark is not installed.
        SparkError: The master does not answer.
    """
    if find_spec("pyspark") is None:
        raise UsageError("spark-missing")
    _refuse_deaf(master)

    def run(
        work: Callable[[A], R], lost: Callable[[A], R], items: Sequence[A]
    ) -> Iterator[R]:
        return _mapped(master, work, lost, items) if items else iter(())

    return run


def _mapped(
    master: str, work: Callable[[A], R], lost: Callable[[A], R], items: Sequence[A]
) -> Generator[R]:
    """The results in order; they wait on the executors' disks to be fetched."""
    with _context(master) as context:
        from pyspark import StorageLevel  # noqa: PLC0415 - an extra

        few = min(len(items), ROUNDS * context.defaultParallelism)
        tasks = max(few, len(items) // PER_TASK)
        share = partial(_share, work, lost)
        results = context.parallelize(items, tasks).mapPartitions(share)
        results.persist(StorageLevel.DISK_ONLY)
        results.count()  # all at once; fetching alone would work on one after another
        yield from results.toLocalIterator()


def _share(
    work: Callable[[A], R], lost: Callable[[A], R], items: Iterable[A]
) -> Iterator[R]:
    """What one task gives; runs on an executor."""
    with closing(in_processes(work, lost, items, 1, limit=LIMIT)) as results:
        yield from results


@contextmanager
def _context(master: str) -> Iterator[Any]:
    """Spark's context, stopped at the end; its errors say what was the matter."""
    from py4j.protocol import Py4JError  # noqa: PLC0415 - an extra
    from pyspark import SparkConf, SparkContext  # noqa: PLC0415
    from pyspark.errors import PySparkException  # noqa: PLC0415

    if master.startswith("local"):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "OFF",
    }
    conf = SparkConf().setMaster(master).setAppName("zhengpu")
    for name, value in settings.items():
        conf.setIfMissing(name, value)
    context = None
    try:
        context = SparkContext(conf=conf)
        yield context
    except (Py4JError, PySparkException) as error:
        raise SparkError("spark-failed", detail=_cause(str(error))) from error
    finally:
        if context is not None:
            context.stop()


def _cause(told: str) -> str:
    r"""The line of Spark's many that says what was the matter.

    >>> _cause("An error occurred\nTraceback:\nValueError: so\n\n\tat java.lang")
    'ValueError: so'
    """
    lines = [line.strip() for line in told.splitlines() if line.strip()]
    telling = [line for line in lines if "Error: " in line and not line[:1].isspace()]
    return (telling or lines or ["?"])[0][:300]


def _refuse_deaf(master: str) -> None:
    """Refuse a standalone master that does not answer; Spark would try for long."""
    if not master.startswith("spark://"):
        return
    for address in master.removeprefix("spark://").split(","):
        parts = urlsplit(f"//{address}")
        try:
            port = parts.port or 7077
            with socket.create_connection((parts.hostname or "", port), PATIENCE):
                return
        except (OSError, ValueError):
            continue
    raise SparkError("spark-unreachable", master=master)
