"""What files gave, kept from one build to the next.

A file's outcome is kept under the sha256 of its name and its bytes, in a folder
of its own for each version of everything that decides what is understood. So
nothing that is kept is ever out of date, and nothing needs to be asked whether
it is: what changed has another name.

The cache is data, not code (MessagePack, checked against the types on reading),
each file with a digest of its own; what is damaged is read anew. Files are
written aside and renamed, so that a kill at any moment leaves none half written.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

import msgspec

from zhengpu.graph import publishing, store
from zhengpu.graph.reported import Report  # noqa: TC001 - msgspec reads it
from zhengpu.model import Extraction, Finding, Severity
from zhengpu.settings import cache_folder
from zhengpu.versions import MAGIC, understanding

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from zhengpu.text.reading import Source

T = TypeVar("T")

DIGEST = hashlib.sha256().digest_size
LITTER = 3600
"""Seconds after which what a killed build was writing is removed."""
DISUSE = 30 * 24 * 3600
"""Seconds after which what was kept by another version is removed."""

FLEETING = frozenset({"file-unreadable", "process-died", "extraction-failed"})
"""Failures that have other causes than the file's bytes."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file: an extraction, or the reason why there is none."""

    name: str
    extraction: Extraction | None
    finding: Finding | None = None


@dataclass(frozen=True, slots=True)
class _Built:
    """What an output folder was made of, and what it was told."""

    stamp: str
    manifest: str
    """The sha256 of its manifest."""
    report: Report


class Cache:
    """A folder of outcomes.

    Attributes:
        folder: Where it lies.
        findings: What a user should know of it, each once; they concern this
            run alone and are no part of a build.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or cache_folder()
        self.findings: list[Finding] = []
        self._kept = self.folder / f"v-{understanding()}"
        self._builds = self.folder / "builds"
        self._outcomes = _Shelf(Outcome)
        self._is_open = self._opened()

    # -- what files gave --

    def key(self, source: Source) -> str | None:
        """What the file's outcome is kept under; None where it cannot be read."""
        try:
            with source.path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            return None
        return _key(source.name, digest)

    def has(self, key: str | None) -> bool:
        """Whether there is an outcome, be it damaged."""
        return self._is_open and key is not None and self._place(key).exists()

    def get(self, key: str | None) -> Outcome | None:
        """The outcome that is kept; None where there is none that can be used."""
        if key is None or not self._is_open:
            return None
        try:
            outcome = self._outcomes.read(self._place(key))
        except FileNotFoundError:
            return None
        except (OSError, ValueError):
            self._tell("cache-damaged", path=self.folder)
            return None
        raw = outcome.extraction.raw if outcome.extraction else None
        if raw and _key(raw.name, raw.sha256) != key:
            self._tell("cache-damaged", path=self.folder)
            return None
        return outcome

    def put(self, source: Source, key: str | None, outcome: Outcome) -> str | None:
        """Keep an outcome.

        Args:
            source: The file.
            key: Its key before it was read; it may have changed since.
            outcome: What it gave.

        Returns:
            The key of what was read, None where it cannot be told.
        """
        read = self._key_read(source, key, outcome)
        if outcome.extraction is not None and key not in {read, None}:
            self._tell("file-changed", path=source.name)
        if read is not None and self._is_open:
            try:
                self._outcomes.write(self._place(read), outcome)
            except OSError as error:
                self._close(error)
            except UnicodeEncodeError:  # half a character: read anew each time
                return None
        return read

    def _key_read(
        self, source: Source, key: str | None, outcome: Outcome
    ) -> str | None:
        if outcome.extraction is not None:
            raw = outcome.extraction.raw
            return _key(raw.name, raw.sha256)
        if outcome.finding is None or outcome.finding.code in FLEETING:
            return None
        # what cannot be read tells no digest: only if it is still as it was
        return key if self.key(source) == key else None

    # -- what builds were made of --

    def standing(self, output: Path, stamp: str | None) -> Report | None:
        """The report of the build in the output folder, if it would be the same.

        Args:
            output: An output folder; its files are compared with its manifest.
            stamp: What a build would be made of, see `zhengpu.versions.stamp`.
        """
        if not self._is_open or stamp is None:
            return None
        try:
            built = _Shelf(_Built).read(self._record(output))
        except (OSError, ValueError):
            return None
        if built.stamp != stamp or not publishing.is_whole(output, built.manifest):
            return None
        self._tell("build-unchanged", path=output)
        return built.report

    def remember(self, output: Path, stamp: str | None, report: Report) -> None:
        """Keep what the output folder was made of."""
        if not self._is_open or stamp is None:
            return
        try:
            built = _Built(stamp, publishing.seal(output), report)
            _Shelf(_Built).write(self._record(output), built)
        except OSError as error:
            self._close(error)

    # -- the folder --

    def _place(self, key: str) -> Path:
        return self._kept / key[:2] / key

    def _record(self, output: Path) -> Path:
        name = os.fsencode(publishing.resolved(output))
        return self._builds / hashlib.sha256(name).hexdigest()

    def _opened(self) -> bool:
        """Whether the folder can be used; old things in it are removed."""
        is_new = not self._kept.exists()
        try:
            self._kept.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._builds.mkdir(mode=0o700, exist_ok=True)
            os.utime(self._kept)
        except OSError as error:
            self._close(error)
            return False
        others = [path for path in self.folder.glob("v-*") if path != self._kept]
        if is_new and others:
            self._tell("cache-other-version", path=self.folder)
        _remove_old(others, DISUSE)
        _remove_old(self._builds.iterdir(), DISUSE)
        _remove_old((self.folder / store.STORES).glob("*"), DISUSE)
        _remove_old(self._kept.glob("*/*.part"), LITTER)
        return True

    def _close(self, error: OSError) -> None:
        """Do without, and say why."""
        self._is_open = False
        reason = error.strerror or str(error)
        self._tell("cache-unusable", path=self.folder, reason=reason)

    def _tell(self, code: str, **parameters: object) -> None:
        told = tuple((name, str(value)) for name, value in parameters.items())
        finding = Finding(Severity.INFO, "caching", code, told)
        if finding not in self.findings:
            self.findings.append(finding)


class _Shelf(Generic[T]):
    """Reads and writes files of records of one type."""

    def __init__(self, kind: type[T]) -> None:
        self._encoder = msgspec.msgpack.Encoder()
        self._decoder = msgspec.msgpack.Decoder(kind)

    def read(self, path: Path) -> T:
        """The record in a file.

        Raises:
            OSError: There is no such file, or it cannot be read.
            ValueError: It is damaged, or holds another type.
        """
        content = path.read_bytes()
        head, told = content[: len(MAGIC)], content[len(MAGIC) : len(MAGIC) + DIGEST]
        body = memoryview(content)[len(MAGIC) + DIGEST :]
        if head != MAGIC or hashlib.sha256(body).digest() != told:
            raise ValueError(path)
        return self._decoder.decode(body)

    def write(self, path: Path, record: T) -> None:
        """Put a record in place, whole or not at all.

        Raises:
            OSError: It cannot be written.
        """
        body = self._encoder.encode(record)
        part = path.with_name(f"{path.name}.{os.getpid()}.part")
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            part.write_bytes(MAGIC + hashlib.sha256(body).digest() + body)
            part.replace(path)
        except OSError:
            with contextlib.suppress(OSError):
                part.unlink()
            raise


def _key(name: str, sha256: str) -> str:
    return hashlib.sha256(f"{sha256} {name}".encode(errors="replace")).hexdigest()


def _remove_old(paths: Iterable[Path], age: float) -> None:
    """Remove what has not been written or used for some seconds."""
    for path in paths:
        with contextlib.suppress(OSError):
            if time.time() - path.stat().st_mtime > age:
                if path.is_dir():
                    shutil.rmtree(path)
                else:
                    path.unlink()
