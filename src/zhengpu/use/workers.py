"""Processes that hold a build and answer queries, and that can be ended.

Neither the time nor the memory of a query can be limited from within its
process, so that each query runs in a process which can be killed.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from zhengpu.errors import QueryError, ZhengpuError
from zhengpu.processes import serve_parent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection


@dataclass(frozen=True, slots=True)
class Question:
    """A query, and how its result shall come."""

    sparql: str
    accept: str | None = None
    """An Accept header: the result comes as a media type and then its bytes.
    None: it comes as an `Answer`."""
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    rows: int | None = None


class _End:
    """Says that all of a result was sent."""


class Worker:
    """A process that holds a build and answers one question after another."""

    def __init__(self, folder: Path, megabytes: int | None = None) -> None:
        context = multiprocessing.get_context("spawn")
        self._here, there = context.Pipe()
        self._process = context.Process(
            target=answer_questions, args=(there, folder, megabytes), daemon=True
        )
        self._process.start()
        there.close()

    def wait(self) -> None:
        """Wait until the build is loaded.

        Raises:
            ReadingError: There is no build in the folder.
        """
        self._received(None)

    def ask(self, question: Question, seconds: float | None) -> Iterator[object]:
        """The pieces of a result: its media type and bytes, or one `Answer`.

        A worker whose question was not read to its end can only be ended.

        Args:
            question: What to ask.
            seconds: How long the result may take until its end.

        Raises:
            QueryError: As in `querying.ask_folder`.
        """
        until = None if seconds is None else time.monotonic() + seconds
        self._here.send(question)
        while True:
            left = None if until is None else max(0.0, until - time.monotonic())
            if not self._here.poll(left):
                raise QueryError("query-timeout", seconds=f"{seconds:g}")
            piece = self._received(question)
            if isinstance(piece, _End):
                return
            yield piece

    def _received(self, question: Question | None) -> object:
        try:
            piece = self._here.recv()
        except (EOFError, ConnectionError) as error:
            self._process.join(5)
            # Rust aborts where there is no memory left, and the system kills
            died_of = self._process.exitcode
            memory = died_of in {-signal.SIGABRT, -signal.SIGKILL} and question
            raise QueryError("query-memory" if memory else "query-died") from error
        if isinstance(piece, ZhengpuError):
            raise piece
        return piece

    def end(self) -> None:
        """End the process, whatever it does.

        Our end of the pipe closes with the last reference to it: another thread
        may still wait there, and must not find another worker's pipe instead.
        """
        self._process.kill()
        self._process.join()


# -- in the worker's process ------------------------------------------------------


def answer_questions(there: Connection, folder: Path, megabytes: int | None) -> None:
    """Load a build and answer questions until the parent has no more."""
    from zhengpu.graph import store  # noqa: PLC0415 - heavy, and not for the parent
    from zhengpu.graph.shards import has_shards  # noqa: PLC0415
    from zhengpu.use import querying  # noqa: PLC0415

    serve_parent()
    try:
        graph = store.load(folder)
    except ZhengpuError as error:
        there.send(error)
        return
    if megabytes is not None:
        limit_memory(megabytes)
    there.send(None)
    named = False
    while True:
        try:
            question = there.recv()
        except EOFError:
            return
        try:
            asks = question.default_graphs or question.named_graphs
            if not named and (asks or querying.names_graphs(question.sparql)):
                if has_shards(folder):
                    raise QueryError("graphs-in-shards")
                store.add_named_graphs(graph)
                named = True
            for piece in querying.pieces(graph, question):
                there.send(piece)
            there.send(_End())
        except ZhengpuError as error:
            there.send(error)
        except MemoryError:
            there.send(QueryError("query-memory"))


def limit_memory(megabytes: int) -> None:
    """Let this process take only so much more memory, where the system can.

    It dies when it wants more; what Rust says then is not for the user.
    """
    statm = Path("/proc/self/statm")
    if not statm.exists():
        return
    import resource  # noqa: PLC0415 - POSIX only

    used = int(statm.read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    limit = used + megabytes * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
