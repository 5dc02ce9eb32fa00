"""Large collections on Apache Spark: the same pieces, the same shards.

    files ─binaryFile▶ batches ─mapInArrow▶ pieces ─by share▶ ─mapInArrow▶ shards

Spark reads the files, so that they may lie on any file system that it knows, and
brings what is written to the driver. On the executors only zhengpu has to be
installed. Each task works in a process of its own, so that a file that kills it,
or never ends, fails alone.
"""

from __future__ import annotations

import os
import socket
import sys
from contextlib import contextmanager
from dataclasses import replace
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import msgspec

from zhengpu.engines import in_processes
from zhengpu.errors import UsageError, ZhengpuError
from zhengpu.graph.shares import unpacked
from zhengpu.sharding import (
    Batch,
    Gathered,
    Job,
    Settled,
    gather,
    gather_one_by_one,
    settled,
)
from zhengpu.text.reading import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from pyarrow import RecordBatch

    from zhengpu.large import Shuffle

LIMIT: Final = 900
"""Seconds that a batch of files may take; then each of them is tried alone."""
PATIENCE: Final = 5
"""Seconds to wait for an answer from a master's host."""
REGISTERED: Final = 20
"""Seconds in which a standalone master has to take us in."""
ROWS: Final = 20
"""Files, or pieces, that are handed to Python at once."""
MOST_TASKS: Final = 200
"""Tasks for joining and sorting accounts, which are small."""
WANTED: Final = (
    "path string, number int, position int, name string, names array<string>"
)
"""A file that is to be read: where, in which batch, and what it is called."""
GIVEN: Final = "kind string, number int, name string, content binary"
"""What tasks give: an `account`, a `file` of the build, or a `piece` of a share."""


class SparkError(ZhengpuError):
    """Spark is missing, cannot be reached, or gave up."""


def spark(master: str = "local[*]") -> Shuffle:
    """The shuffle that works on a Spark cluster.

    Args:
        master: As Spark has it: `spark://host:7077`, `yarn`, `k8s://…`, `local[2]`.

    Raises:
        UsageError: PySpark or PyArrow is not installed.
        SparkError: The master does not answer.
    """
    if find_spec("pyspark") is None or find_spec("pyarrow") is None:
        raise UsageError("spark-missing")
    _refuse_deaf(master)

    def shuffled(job: Job, batches: Sequence[Batch]) -> Iterator[Gathered | Settled]:
        with _session(master) as session:
            yield from _worked(session, job, batches)

    return shuffled


def _worked(
    session: Any,  # noqa: ANN401 - PySpark is an extra
    job: Job,
    batches: Sequence[Batch],
) -> Iterator[Gathered | Settled]:
    """What the driver does; files of the build are written as they arrive."""
    from pyspark import StorageLevel  # noqa: PLC0415 - an extra

    # each partition of a result is a job of its own when it is fetched
    tasks = min(MOST_TASKS, len(batches))
    session.conf.set("spark.sql.shuffle.partitions", str(tasks))
    folders = sorted({str(s.path.parent) for b in batches for s in b.sources})
    wanted = session.createDataFrame(
        [
            (f"file:{s.path.absolute()}", b.number, at, s.name, list(names))
            for b in batches
            for at, (s, names) in enumerate(zip(b.sources, b.names, strict=True))
        ],
        WANTED,
    )
    files = session.read.format("binaryFile").load(folders)
    read = wanted.join(files.select("path", "content"), "path", "left")
    gathered = (
        read.repartition(len(batches), "number")
        .sortWithinPartitions("number", "position")
        .mapInArrow(lambda rows: _gathering(job, rows), GIVEN)
        .persist(StorageLevel.DISK_ONLY)
    )
    _write_files(gathered, job.output)
    for row in gathered.where("kind = 'account'").orderBy("number").toLocalIterator():
        yield msgspec.msgpack.decode(row.content, type=Gathered)
    done = (
        gathered.where("kind = 'piece'")
        .repartition(job.shares, "number")
        .sortWithinPartitions("number", "name")
        .mapInArrow(lambda rows: _settling(job, rows), GIVEN)
        .persist(StorageLevel.DISK_ONLY)
    )
    _write_files(done, job.output)
    for row in done.where("kind = 'account'").orderBy("number").toLocalIterator():
        yield msgspec.msgpack.decode(row.content, type=Settled)


def _write_files(rows: Any, output: Path) -> None:  # noqa: ANN401
    """Write the files of a build that tasks have made."""
    rows.count()  # all tasks at once; fetching alone would start one after another
    for row in rows.where("kind = 'file'").toLocalIterator():
        path = output / row.name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(row.content)


# -- on an executor ----------------------------------------------------------------


def _gathering(job: Job, given: Iterable[RecordBatch]) -> Iterator[RecordBatch]:
    """Read and extract the batches of a partition."""
    with TemporaryDirectory() as place:
        batches = (
            _received(job, Path(place, str(number)), number, rows)
            for number, rows in groupby(_rows(given), lambda row: row["number"])
        )
        work = in_processes(
            gather, gather_one_by_one, batches, 1, limit=LIMIT, again=False
        )
        for gathered in work:
            here = Path(place, str(gathered.number))
            pieces = (here / f"{gathered.number}").read_bytes()
            yield _given("account", gathered.number, "", _packed(gathered))
            yield from _files_in(here / "output", gathered.number)
            for share, start, length in gathered.pieces:
                name = f"{gathered.number:09}"
                yield _given("piece", share, name, pieces[start : start + length])


def _received(
    job: Job, here: Path, number: int, rows: Iterable[dict[str, Any]]
) -> Batch:
    """A batch whose files are put on the executor's own disk."""
    (here / "output").mkdir(parents=True)
    sources, names = [], []
    for row in rows:
        path = here / f"{row['position']}{Path(row['name']).suffix}"
        if row["content"] is not None:  # else it is gone, which reading will tell
            path.write_bytes(row["content"])
        sources.append(Source(path, row["name"]))
        names.append(tuple(row["names"]))
    own = replace(job, output=here / "output", pieces=here, cached=False)
    return Batch(own, number, tuple(sources), tuple(names))


def _settling(job: Job, given: Iterable[RecordBatch]) -> Iterator[RecordBatch]:
    """Fold the pieces of the shares of a partition and write their shards."""
    for number, rows in groupby(_rows(given), lambda row: row["number"]):
        with TemporaryDirectory() as place:
            own = replace(job, output=Path(place))
            pieces = (piece for row in rows for piece in unpacked(row["content"]))
            one = settled(own, number, pieces)
            yield _given("account", number, "", _packed(one))
            yield from _files_in(own.output, number)


def _rows(given: Iterable[RecordBatch]) -> Iterator[dict[str, Any]]:
    for batch in given:
        yield from batch.to_pylist()


def _files_in(folder: Path, number: int) -> Iterator[RecordBatch]:
    """The files that a task has made, by their paths in the build."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        yield _given("file", number, name, path.read_bytes())


def _given(kind: str, number: int, name: str, content: bytes) -> RecordBatch:
    """A row that a task gives."""
    import pyarrow as pa  # noqa: PLC0415 - an extra

    columns = [pa.array([kind]), pa.array([number], pa.int32()), pa.array([name])]
    fields = [field.partition(" ")[0] for field in GIVEN.split(", ")]
    return pa.record_batch([*columns, pa.array([content], pa.binary())], names=fields)


def _packed(account: Gathered | Settled) -> bytes:
    """An account without its pieces, which go ways of their own."""
    if isinstance(account, Gathered):
        account = replace(account, pieces=())
    return msgspec.msgpack.encode(account)


# -- Spark itself ------------------------------------------------------------------


@contextmanager
def _session(master: str) -> Iterator[Any]:
    """A session of Spark, stopped at the end; its errors say what was the matter."""
    from py4j.protocol import Py4JError  # noqa: PLC0415 - an extra
    from pyspark import SparkConf  # noqa: PLC0415
    from pyspark.errors import PySparkException  # noqa: PLC0415
    from pyspark.sql import SparkSession  # noqa: PLC0415

    if master.startswith("local"):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "OFF",
        "spark.sql.execution.arrow.maxRecordsPerBatch": str(ROWS),
    }
    conf = SparkConf().setMaster(master).setAppName("zhengpu")
    for name, value in settings.items():
        conf.setIfMissing(name, value)
    session = None
    try:
        begin = SparkSession.builder.config(conf=conf).getOrCreate
        session = _begun(begin, master) if _is_standalone(master) else begin()
        yield session
    except (Py4JError, PySparkException) as error:
        raise SparkError("spark-failed", detail=_cause(str(error))) from error
    finally:
        if session is not None:
            session.stop()


def _cause(told: str) -> str:
    r"""The line of Spark's many that says what was the matter.

    >>> _cause("An error occurred\nTraceback:\nValueError: so\n\n\tat java.lang")
    'ValueError: so'
    """
    lines = [line.strip() for line in told.splitlines() if line.strip()]
    telling = [line for line in lines if "Error: " in line and not line[:1].isspace()]
    return (telling or lines or ["?"])[0][:300]


def _begun(begin: Callable[[], Any], master: str) -> Any:  # noqa: ANN401
    """A session, if the master takes us in; Spark would ask it for a minute."""
    made: list[Any] = []
    asking = Thread(target=lambda: made.append(begin()), daemon=True)
    asking.start()
    asking.join(REGISTERED)
    if not made:
        raise SparkError("spark-unreachable", master=master)
    return made[0]


def _is_standalone(master: str) -> bool:
    return master.startswith("spark://")


def _refuse_deaf(master: str) -> None:
    """Refuse a standalone master whose host does not answer."""
    if not _is_standalone(master):
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
