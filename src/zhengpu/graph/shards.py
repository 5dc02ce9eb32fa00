"""Shards: the triples of a large build as N-Triples, sorted and compressed.

Each shard holds the triples of one share. They are named by number and listed
in a manifest with counts and digests, as stores that load in parallel want them.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import IO, TYPE_CHECKING, Any, Final

from zhengpu.errors import ReadingError, UsageError
from zhengpu.graph.vocabulary import Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from zhengpu.graph.vocabulary import Triple

MANIFEST: Final = "shards.json"
FORMAT: Final = "zhengpu-shards/1"
FOLDER: Final = "shards"
IMPORTANT: Final = "important.csv"
"""The things that most is said of."""
FACTS: Final = "graph"
EVIDENCE: Final = "evidence"
BUFFER: Final = 1 << 17
"""Bytes that are compressed at once; a line at a time takes twice as long."""
LEVEL: Final = 4
"""Of compression: level 9 takes five times as long and saves a tenth."""


@dataclass(frozen=True, slots=True)
class Shard:
    """A file of triples."""

    name: str
    """Its path in the build."""
    graph: str
    """`FACTS`, or `EVIDENCE`: claims and what they are read from."""
    triples: int
    size: int
    """In bytes, compressed."""
    sha256: str


def name_of(graph: str, number: int | None) -> str:
    """The path of a shard in its build; one alone has no number.

    >>> name_of("graph", 7), name_of("graph", None)
    ('shards/graph-00007.nt.gz', 'shards/graph.nt.gz')
    """
    counted = "" if number is None else f"-{number:05}"
    return f"{FOLDER}/{graph}{counted}.nt.gz"


@contextmanager
def compressed(path: Path) -> Iterator[IO[bytes]]:
    """A new file whose bytes depend on what is written into it alone."""
    with (
        path.open("wb") as file,
        gzip.GzipFile("", "wb", LEVEL, file, 0) as packed,
        io.BufferedWriter(packed, BUFFER) as lines,
    ):
        yield lines


def write_lines(lines: Iterable[bytes], path: Path) -> None:
    """Write lines into a new compressed file."""
    with compressed(path) as file:
        file.writelines(lines)


def write(
    triples: Iterable[Triple], folder: Path, graph: str, number: int | None = None
) -> Shard:
    """Write a shard: each triple once, the lines sorted by their bytes.

    Args:
        triples: In any order.
        folder: Where the build is made.
        graph: `FACTS` or `EVIDENCE`.
        number: Of the share; the description of the build has none.
    """
    name = name_of(graph, number)
    lines = [f"{s} {p} {o} .\n".encode() for s, p, o in triples]
    lines.sort()
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    count = 0
    with compressed(path) as file:
        for line, _ in groupby(lines):  # each once; a set would hold as much again
            file.write(line)
            count += 1
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Shard(name, graph, count, path.stat().st_size, digest)


def write_manifest(shards: Sequence[Shard], folder: Path, things: int) -> None:
    """Write the list of a build's shards.

    Args:
        shards: In the order to load them.
        folder: Where the build is made.
        things: How many entities the build has.
    """
    content = {
        "format": FORMAT,
        "things": things,
        "triples": sum(shard.triples for shard in shards),
        "shards": [asdict(shard) for shard in shards],
    }
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    (folder / MANIFEST).write_text(text, encoding="utf-8", newline="")


def has_shards(folder: Path) -> bool:
    """Whether a folder holds a build in shards."""
    return (folder / MANIFEST).is_file()


def refuse(folder: Path) -> None:
    """Refuse a build in shards, for what needs a whole one.

    Raises:
        UsageError: The folder holds a build in shards.
    """
    if has_shards(folder):
        raise UsageError("not-in-shards", path=folder)


def shards_of(folder: Path) -> tuple[Shard, ...]:
    """The shards of a build.

    Raises:
        ReadingError: The folder holds no build in shards.
    """
    try:
        return tuple(Shard(**shard) for shard in _manifest(folder)["shards"])
    except TypeError as error:
        raise ReadingError("bad-shards", path=folder / MANIFEST) from error


def things_of(folder: Path) -> int:
    """How many entities a build in shards has.

    Raises:
        ReadingError: The folder holds no build in shards.
    """
    return int(_manifest(folder)["things"])


def _manifest(folder: Path) -> dict[str, Any]:
    path = folder / MANIFEST
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if content["format"] == FORMAT and content.keys() >= {"shards", "things"}:
            return content
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise ReadingError("bad-shards", path=path) from error
    raise ReadingError("bad-shards", path=path)


def read(folder: Path, shard: Shard) -> Iterator[Triple]:
    """The triples of a shard, in their order.

    Raises:
        ReadingError: The file is damaged.
    """
    path = folder / shard.name
    try:
        with gzip.open(path, "rt", encoding="utf-8", newline="\n") as file:
            for line in file:
                subject, predicate, rest = line.split(" ", 2)
                yield Term(subject), Term(predicate), Term(rest[:-3])
    except (OSError, EOFError, ValueError) as error:
        raise ReadingError("bad-shards", path=path) from error
