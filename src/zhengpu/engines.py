"""How a function is mapped over many files: here, or in several processes.

An engine takes a function and arguments and gives the results in the order of
the arguments, each as soon as it and all before it are there.
"""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import TYPE_CHECKING, Protocol, TypeVar

from zhengpu.errors import UsageError
from zhengpu.processes import serve_parent

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
    from concurrent.futures import Future

A = TypeVar("A")
R = TypeVar("R")
IN_FLIGHT = 4
"""Files that wait for each worker: enough to keep it busy, few enough that
memory does not grow with their number."""
PER_PROCESSOR = 8
"""Processes for each processor; more would only take memory."""


class Engine(Protocol):
    """Maps a function over arguments, results in the same order.

    `lost` makes the result for an argument whose process died.
    """

    def __call__(
        self,
        work: Callable[[A], R],
        lost: Callable[[A], R],
        items: Sequence[A],
        /,
        *,
        small: bool = False,
    ) -> Iterator[R]:
        """The results, in the order of the arguments.

        In a `small` job, starting processes costs more than it saves.
        """


def in_this_process(
    work: Callable[[A], R],
    _lost: Callable[[A], R],
    items: Sequence[A],
    *,
    small: bool = True,  # noqa: ARG001 - one process it is
) -> Iterator[R]:
    """The simplest engine: one after the other."""
    return map(work, items)


def local(workers: int | None = 1) -> Engine:
    """The engine for a number of processes on this machine.

    Args:
        workers: 1 works in this process; None takes as many as there are
            processors when the job is not small. More than `PER_PROCESSOR` for
            each processor are never started.

    Raises:
        UsageError: There are fewer than one.
    """
    if workers is not None and workers < 1:
        raise UsageError("too-few-workers", count=workers)

    def run(
        work: Callable[[A], R],
        lost: Callable[[A], R],
        items: Sequence[A],
        *,
        small: bool = False,
    ) -> Iterator[R]:
        count = workers
        if count is None:
            count = 1 if small else processors()
        count = min(count, len(items), PER_PROCESSOR * processors())
        if count <= 1:
            return map(work, items)
        return in_processes(work, lost, items, count)

    return run


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def in_processes(  # noqa: PLR0913 - what a failure costs is the caller's choice
    work: Callable[[A], R],
    lost: Callable[[A], R],
    items: Iterable[A],
    workers: int,
    *,
    limit: float | None = None,
    again: bool = True,
) -> Generator[R]:
    """Maps over a pool of processes with few arguments in flight.

    Args:
        work: A function of a module's top level.
        lost: Makes the result for an argument whose process died.
        items: The arguments.
        workers: How many processes, at least one.
        limit: Seconds that one argument may take; then its process is ended, as
            if it had died.
        again: Whether an argument whose process died is tried again, alone,
            before it is lost: another one may have killed it.
    """
    waiting, left = deque[A](), iter(items)
    flying: deque[tuple[A, Future[R]]] = deque()
    pool = _pool(workers)
    try:
        while True:
            waiting.extend(islice(left, workers * IN_FLIGHT - len(flying)))
            if not waiting and not flying:
                break
            try:
                while waiting:
                    flying.append((waiting[0], pool.submit(work, waiting[0])))
                    waiting.popleft()
                # those before it are done, so it is being worked on by now
                result = flying[0][1].result(limit)
            except (BrokenProcessPool, TimeoutError):
                # One of those in flight kills its process; alone, it shows.
                _end(pool)
                for item, _ in flying:
                    yield _alone(work, lost, item, limit) if again else lost(item)
                flying.clear()
                pool = _pool(workers)
            else:
                flying.popleft()
                yield result
    finally:
        pool.shutdown(cancel_futures=True)


def _alone(
    work: Callable[[A], R], lost: Callable[[A], R], item: A, limit: float | None
) -> R:
    """The result for one argument in a process of its own."""
    pool = _pool(1)
    try:
        return pool.submit(work, item).result(limit)
    except (BrokenProcessPool, TimeoutError):
        return lost(item)
    finally:
        _end(pool)


def _end(pool: ProcessPoolExecutor) -> None:
    """End a pool and its processes, whatever they are doing."""
    # the executor cannot kill before Python 3.14
    for process in list((pool._processes or {}).values()):  # noqa: SLF001
        process.kill()
    pool.shutdown(cancel_futures=True)


def _pool(workers: int) -> ProcessPoolExecutor:
    # spawn: forking a process that has threads (a progress bar) can deadlock
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, context, initializer=serve_parent)
