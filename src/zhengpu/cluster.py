"""Large collections on Apache Spark: the same pieces, the same shards.

    files ─binaryFile▶ batches ─mapInArrow▶ pieces ─by share▶ ─mapInArrow▶ shards

Spark finds and reads the files, so that they may lie on any file system that it
knows, and brings what is written to the driver. This zhengpu and the user's own words
and rules travel with the job; the executors need the libraries alone. Each task works
in a process of its own, so that a file that kills it, or never ends, fails alone.
"""

from __future__ import annotations

import os
import re
import socket
import sys
from contextlib import ExitStack
from dataclasses import replace
from functools import cached_property
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import TYPE_CHECKING, Any, Final, Self
from urllib.parse import unquote, urlsplit
from zipfile import ZIP_DEFLATED, ZipFile

import msgspec

from zhengpu.engines import in_processes
from zhengpu.errors import UsageError, ZhengpuError
from zhengpu.graph.shares import unpacked
from zhengpu.large import file_size
from zhengpu.pipeline import scan_here
from zhengpu.settings import KNOWLEDGE, MOST, PACKAGE, most_bytes, own_files, shipped
from zhengpu.sharding import (
    Batch,
    Gathered,
    Job,
    Settled,
    gather,
    gather_one_by_one,
    settled,
)
from zhengpu.text.reading import (
    Remote,
    Source,
    composed,
    is_passed_over,
    is_remote,
    sorted_out,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pyarrow import RecordBatch

    from zhengpu.model import Finding

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
    "path string, size bigint, number int, position int, name string,"
    " names array<string>"
)
"""A file that is to be read: where, in which batch, and what it is called."""
SENT: Final = "zhengpu-job"
"""The folder in which executors find what travels with the job."""
GIVEN: Final = "kind string, number int, name string, content binary"
"""What tasks give: an `account`, a `file` of the build, or a `piece` of a share."""


class SparkError(ZhengpuError):
    """Spark is missing, cannot be reached, or gave up."""


def spark(master: str = "local[*]") -> Cluster:
    """A Spark cluster, to be opened by `with`.

    Args:
        master: As Spark has it: `spark://host:7077`, `yarn`, `k8s://…`, `local[2]`.

    Raises:
        UsageError: PySpark or PyArrow is not installed.
        SparkError: The master does not answer.
    """
    if find_spec("pyspark") is None or find_spec("pyarrow") is None:
        raise UsageError("spark-missing")
    _refuse_deaf(master)
    return Cluster(master)


class Cluster:
    """Finds files by Spark, and works on them; its session begins when it is needed.

    Attributes:
        master: Where it is.
    """

    def __init__(self, master: str) -> None:
        self.master = master
        self._held = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: object
    ) -> None:
        self._held.close()
        # py4j and PySpark are imported where there is a session only
        if kind and kind.__module__.partition(".")[0] in {"py4j", "pyspark"}:
            raise SparkError("spark-failed", detail=_cause(str(error))) from error

    @cached_property
    def _session(self) -> Any:  # noqa: ANN401 - PySpark is an extra
        place = Path(self._held.enter_context(TemporaryDirectory()))
        session = _begun(self.master)
        self._held.callback(session.stop)
        if not _is_here(self.master):
            _send(session.sparkContext, place)
        return session

    def scan(self, paths: Sequence[Path | str]) -> tuple[list[Source], list[Finding]]:
        """The files at paths of this machine, and at addresses that Spark knows.

        Names that begin with `_` or `.` are passed over by Spark itself.

        Raises:
            UsageError: There is nothing at a path.
        """
        far = [str(path) for path in paths if is_remote(path)]
        near = [path for path in paths if not is_remote(path)]
        sources, findings = scan_here(near)
        found = [one for uri in far for one in _listed(self._session, uri)]
        return sorted_out([*sources, *findings, *found])

    def shuffle(
        self, job: Job, batches: Sequence[Batch]
    ) -> Iterator[Gathered | Settled]:
        """Work on all batches, then on all shares: see `zhengpu.large.Shuffle`."""
        yield from _worked(self._session, job, batches)


# -- on the driver -----------------------------------------------------------------


def _listed(session: Any, uri: str) -> Iterator[Source]:  # noqa: ANN401
    """The files at an address, with what is needed to know them apart."""
    from pyspark.sql.functions import sha2  # noqa: PLC0415 - an extra

    hadoop = session._jvm.org.apache.hadoop.fs  # noqa: SLF001 - has no public name
    place = hadoop.Path(uri)
    system = place.getFileSystem(session._jsc.hadoopConfiguration())  # noqa: SLF001
    if not system.exists(place):
        raise UsageError("no-such-path", path=uri)
    status = system.getFileStatus(place)
    top = status.getPath().toString()
    below = (
        f"{top.rstrip('/')}/" if status.isDirectory() else top[: -len(place.getName())]
    )
    files = session.read.format("binaryFile").option("recursiveFileLookup", "true")
    found = files.load(_literal(top))
    sizes = found.select("path", "length").withColumnRenamed("path", "uri")
    small = found.where(f"length <= {most_bytes()}")
    digests = small.select("path", sha2("content", 256).alias("digest"))
    rows = sizes.join(digests, sizes.uri == digests.path, "left")
    empty = {_decoded(encoded) for encoded in found.inputFiles()}
    for row in rows.select("uri", "length", "digest").toLocalIterator():
        empty.discard(row.uri)
        digest = bytes.fromhex(row.digest) if row.digest else None
        yield from _seen(row.uri, below, row.length, digest)
    for one in sorted(empty):  # which Spark lists, but does not read
        yield from _seen(one, below, 0, None)


def _seen(uri: str, below: str, size: int, digest: bytes | None) -> Iterator[Source]:
    """A file below an address, if it is not passed over."""
    name = composed(uri.removeprefix(below))
    *folders, last = name.split("/")
    if not (is_passed_over(last) or any(part.startswith(".") for part in folders)):
        yield Remote(Path(name), name, uri, size, digest)


def _decoded(address: str) -> str:
    """A URI as Spark writes paths.

    >>> _decoded("file:///a%20b.txt"), _decoded("hdfs://host/%E7%94%B2.md")
    ('file:/a b.txt', 'hdfs://host/甲.md')
    """
    return re.sub("^([a-z0-9+.-]+:)///", r"\1/", unquote(address))


def _literal(path: str) -> str:
    """A path that Spark takes for itself, not for a pattern."""
    return re.sub(r"[\\*?\[\]{}]", r"\\\g<0>", path)


def _address(source: Source) -> str:
    """Where Spark finds a file."""
    if isinstance(source, Remote):
        return source.uri
    return f"file:{source.path.absolute()}"


def _worked(
    session: Any,  # noqa: ANN401
    job: Job,
    batches: Sequence[Batch],
) -> Iterator[Gathered | Settled]:
    """What the driver does; files of the build are written as they arrive."""
    from pyspark import StorageLevel  # noqa: PLC0415 - an extra

    # each partition of a result is a job of its own when it is fetched
    tasks = min(MOST_TASKS, len(batches))
    session.conf.set("spark.sql.shuffle.partitions", str(tasks))
    wanted = [
        (
            _address(source),
            file_size(source),
            batch.number,
            at,
            source.name,
            list(names),
        )
        for batch in batches
        for at, (source, names) in enumerate(
            zip(batch.sources, batch.names, strict=True)
        )
    ]
    folders = sorted({row[0].rpartition("/")[0] or "/" for row in wanted})
    files = session.read.format("binaryFile").load(list(map(_literal, folders)))
    contents = files.where(f"length <= {most_bytes()}").select("path", "content")
    read = session.createDataFrame(wanted, WANTED).join(contents, "path", "left")
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
        content, size = row["content"], row["size"]
        if content is not None:
            path.write_bytes(content)
        elif size == 0 or size > most_bytes():  # else it is gone, as reading will tell
            with path.open("wb") as file:
                file.truncate(size)  # refused for its size, and never read
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


def _cause(told: str) -> str:
    r"""The line of Spark's many that says what was the matter.

    >>> _cause("An error occurred\nTraceback:\nValueError: so\n\n\tat java.lang")
    'ValueError: so'
    >>> _cause("An error occurred\n: java.net.ConnectException: refused\n\tat java")
    'java.net.ConnectException: refused'
    """
    lines = [line.strip() for line in told.splitlines() if line.strip()]
    telling = [line for line in lines if "Error: " in line]
    telling += [line.removeprefix(": ") for line in lines if line.startswith(": ")]
    return (telling or lines or ["?"])[0][:300]


def _begun(master: str) -> Any:  # noqa: ANN401
    """A session of Spark, if the master takes us in; Spark would ask it for a minute.

    Raises:
        SparkError: It does not.
    """
    from pyspark import SparkConf  # noqa: PLC0415 - an extra
    from pyspark.sql import SparkSession  # noqa: PLC0415

    if master.startswith("local"):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "OFF",
        "spark.sql.execution.arrow.maxRecordsPerBatch": str(ROWS),
        "spark.sql.files.ignoreMissingFiles": "true",  # reading tells of them
    }
    conf = SparkConf().setMaster(master).setAppName("zhengpu")
    for name, value in settings.items():
        conf.setIfMissing(name, value)
    begin = SparkSession.builder.config(conf=conf).getOrCreate
    if not _is_standalone(master):
        return begin()
    made: list[Any] = []
    asking = Thread(target=lambda: made.append(begin()), daemon=True)
    asking.start()
    asking.join(REGISTERED)
    if not made:
        raise SparkError("spark-unreachable", master=master)
    return made[0]


def _send(context: Any, place: Path) -> None:  # noqa: ANN401
    """Send this very zhengpu along, and what the user has added to it."""
    archive = place / f"{SENT}.zip"
    with ZipFile(archive, "w", ZIP_DEFLATED) as file:
        for path in sorted(PACKAGE.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                file.write(path, f"zhengpu/{path.relative_to(PACKAGE).as_posix()}")
        for path in shipped("ontology").iterdir():
            file.write(path, f"zhengpu/_shipped/ontology/{path.name}")
        for path in own_files():
            file.write(path, f"own/{path.name}")
    context.addArchive(f"{archive}#{SENT}")
    there = context.environment
    there["PYTHONPATH"] = os.pathsep.join(filter(None, (SENT, there.get("PYTHONPATH"))))
    if own_files():
        there[KNOWLEDGE] = f"{SENT}/own"
    there[MOST] = str(most_bytes() // 1024**2)


def _is_standalone(master: str) -> bool:
    return master.startswith("spark://")


def _is_here(master: str) -> bool:
    """Whether its executors are part of this process."""
    return master == "local" or master.startswith("local[")


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
