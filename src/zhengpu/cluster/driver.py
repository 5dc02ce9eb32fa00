"""On the driver: finds files by Spark, spreads the work, and writes what arrives.

Spark finds and reads the files, so that they may lie on any file system that it
knows, and brings what is written to the driver.
"""

from __future__ import annotations

import re
from contextlib import ExitStack
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final, Self
from urllib.parse import unquote

import msgspec

from zhengpu.cluster.executor import GIVEN, gathering, settling
from zhengpu.cluster.session import SparkError, begun, cause, is_here, refuse_deaf, send
from zhengpu.errors import UsageError
from zhengpu.large import file_size
from zhengpu.pipeline import scan_here
from zhengpu.settings import most_bytes
from zhengpu.sharding import Batch, Gathered, Job, Settled
from zhengpu.text.reading import (
    Remote,
    Source,
    composed,
    is_passed_over,
    is_remote,
    sorted_out,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zhengpu.model import Finding

MOST_TASKS: Final = 200
"""Tasks for joining and sorting accounts, which are small."""
WANTED: Final = (
    "path string, size bigint, number int, position int, name string,"
    " names array<string>"
)
"""A file that is to be read: where, in which batch, and what it is called."""


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
    refuse_deaf(master)
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
            raise SparkError("spark-failed", detail=cause(str(error))) from error

    @cached_property
    def _session(self) -> Any:  # noqa: ANN401 - PySpark is an extra
        place = Path(self._held.enter_context(TemporaryDirectory()))
        session = begun(self.master)
        self._held.callback(session.stop)
        if not is_here(self.master):
            send(session.sparkContext, place)
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
        yield Remote(name, name, uri, size, digest)


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
        .mapInArrow(lambda rows: gathering(job, rows), GIVEN)
        .persist(StorageLevel.DISK_ONLY)
    )
    _write_files(gathered, job.output)
    for row in gathered.where("kind = 'account'").orderBy("number").toLocalIterator():
        yield msgspec.msgpack.decode(row.content, type=Gathered)
    done = (
        gathered.where("kind = 'piece'")
        .repartition(job.shares, "number")
        .sortWithinPartitions("number", "name")
        .mapInArrow(lambda rows: settling(job, rows), GIVEN)
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
