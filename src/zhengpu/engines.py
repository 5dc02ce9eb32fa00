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
from typing import TYPE_CHECKING, Protocol, TypeVar

from zhengpu.processes import serve_parent

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
    from concurrent.futures import Future

A = TypeVar("A")
R = TypeVar("R")
IN_FLIGHT = 4
"""Files that wait for each worker: enough to keep it busy, few enough that
memory does not grow with their number."""
SMALL_JOB = 64
"""Files below which starting processes costs more than it saves."""


class Engine(Protocol):
    """Maps a function over arguments, results in the same order.

    `lost` makes the result for an argument whose process died.
    """

    def __call__(
        self, work: Callable[[A], R], lost: Callable[[A], R], items: Sequence[A], /
    ) -> Iterator[R]:
        """The results, in the order of the arguments."""


def local(workers: int | None = 1) -> Engine:
    """The engine for a number of processes on this machine.

    Args:
        workers: 1 works in this process; None takes as many as there are
            processors when the files are many.
    """

    def run(
        work: Callable[[A], R], lost: Callable[[A], R], items: Sequence[A]
    ) -> Iterator[R]:
        count = workers
        if count is None:
            count = 1 if len(items) < SMALL_JOB else os.cpu_count() or 1
        if count == 1:
            return map(work, items)
        return in_processes(work, lost, items, count)

    return run


def in_processes(
    work: Callable[[A], R], lost: Callable[[A], R], items: Iterable[A], workers: int
) -> Generator[R]:
    """Maps over a pool of processes with few arguments in flight.

    Args:
        work: A function of a module's top level.
        lost: Makes the result for an argument whose process died.
        items: The arguments.
        workers: How many processes, at least one.
    """
    waiting = deque(items)
    flying: deque[tuple[A, Future[R]]] = deque()
    pool = _pool(workers)
    try:
        while waiting or flying:
            try:
                while waiting and len(flying) < workers * IN_FLIGHT:
                    flying.append((waiting[0], pool.submit(work, waiting[0])))
                    waiting.popleft()
                result = flying[0][1].result()
            except BrokenProcessPool:
                # One of those in flight kills its process; alone, it shows.
                pool.shutdown(cancel_futures=True)
                for item, _ in flying:
                    yield _alone(work, lost, item)
                flying.clear()
                pool = _pool(workers)
            else:
                flying.popleft()
                yield result
    finally:
        pool.shutdown(cancel_futures=True)


def _alone(work: Callable[[A], R], lost: Callable[[A], R], item: A) -> R:
    """The result for one argument in a process of its own."""
    with _pool(1) as pool:
        try:
            return pool.submit(work, item).result()
        except BrokenProcessPool:
            return lost(item)


def _pool(workers: int) -> ProcessPoolExecutor:
    # spawn: forking a process that has threads (a progress bar) can deadlock
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, context, initializer=serve_parent)
