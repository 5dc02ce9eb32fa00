"""On an executor: files to pieces, and pieces to shards, each task for itself.

A task works in a process of its own, so that a file that kills it, or never ends,
fails alone.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

import msgspec

from zhengpu.engines import in_processes
from zhengpu.graph.shares import unpacked
from zhengpu.settings import most_bytes
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
    from collections.abc import Iterable, Iterator

    from pyarrow import RecordBatch

LIMIT: Final = 900
"""Seconds that a batch of files may take; then each of them is tried alone."""
GIVEN: Final = "kind string, number int, name string, content binary"
"""What tasks give: an `account`, a `file` of the build, or a `piece` of a share."""


def gathering(job: Job, given: Iterable[RecordBatch]) -> Iterator[RecordBatch]:
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
        sources.append(Source(str(path), row["name"]))
        names.append(tuple(row["names"]))
    own = replace(job, output=here / "output", pieces=here, cached=False)
    return Batch(own, number, tuple(sources), tuple(names))


def settling(job: Job, given: Iterable[RecordBatch]) -> Iterator[RecordBatch]:
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
