"""Several workers at once, so that one heavy query does not block the others."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from zhengpu.errors import QueryError, ZhengpuError
from zhengpu.use.workers import Question, Worker

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
    from pathlib import Path

    T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may take."""

    seconds: float = 60
    rows: int | None = None
    megabytes: int | None = 4096
    """Of memory, beyond the build's own."""


DONE = object()
"""What stands for the end of an iterator that is read in another thread."""
KEPT = frozenset(
    {"query-syntax", "query-failed", "query-reaches-out", "query-no-graph"}
    | {"not-acceptable", "query-rows-limit"}
)
"""The errors after which a worker is ready for the next question."""


class Pool:
    """Workers that hold the same build; to be used in one event loop.

    Args:
        folder: The output folder of a build.
        size: How many queries may run at once.
        limits: What each of them may take.
    """

    def __init__(self, folder: Path, size: int, limits: Limits) -> None:
        self.folder, self.size, self.limits = folder, size, limits
        self._threads = ThreadPoolExecutor(2 * size, "query")
        self._idle: asyncio.Queue[Worker] = asyncio.Queue()
        self._all: set[Worker] = set()
        self._hiring: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Start the workers and wait until they have loaded the build.

        Raises:
            ReadingError: There is no build in the folder.
        """
        await asyncio.gather(*(self._hire() for _ in range(self.size)))

    async def _hire(self) -> None:
        worker = Worker(self.folder, self.limits.megabytes)
        self._all.add(worker)
        await self._threaded(worker.wait)
        self._idle.put_nowait(worker)

    async def _threaded(self, call: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, call)

    def stop(self) -> None:
        """End all workers."""
        for task in self._hiring:
            task.cancel()
        for worker in self._all:
            worker.end()
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def ask(
        self, question: Question, gone: Callable[[], Awaitable[bool]]
    ) -> AsyncIterator[object]:
        """The pieces of a result: its media type and then its bytes.

        Args:
            question: What to ask; the pool's limit of rows is its own.
            gone: Whether who asks has left, so that nobody needs the result.

        Raises:
            QueryError: As in `Worker.ask`; or all workers are busy for too long.
        """
        try:
            worker = await asyncio.wait_for(self._idle.get(), self.limits.seconds)
        except TimeoutError as error:
            raise QueryError("query-busy") from error
        fit = False
        try:
            result = worker.ask(question, self.limits.seconds)
            while (piece := await self._next(result, gone)) is not DONE:
                yield piece
            fit = True
        except ZhengpuError as error:
            fit = error.code in KEPT
            raise
        finally:
            self._release(worker, fit=fit)

    async def _next(
        self, result: Iterator[object], gone: Callable[[], Awaitable[bool]]
    ) -> object:
        piece = asyncio.ensure_future(self._threaded(lambda: next(result, DONE)))
        piece.add_done_callback(_noticed)
        while not piece.done():
            await asyncio.wait([piece], timeout=0.5)
            if not piece.done() and await gone():
                raise QueryError("query-left")
        return piece.result()

    def _release(self, worker: Worker, *, fit: bool) -> None:
        """Take a worker back, or another one in its place."""
        if fit:
            self._idle.put_nowait(worker)
            return
        self._all.discard(worker)
        worker.end()
        task = asyncio.ensure_future(self._hire())
        self._hiring.add(task)
        task.add_done_callback(self._hiring.discard)
        task.add_done_callback(_noticed)


def _noticed(task: asyncio.Future[Any]) -> None:
    """Take note of an error that nobody waits for any more."""
    if not task.cancelled():
        task.exception()
