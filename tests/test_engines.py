"""Engines: the same results in the same order, whatever happens to a process."""

from __future__ import annotations

import multiprocessing
from typing import TYPE_CHECKING

import pytest
from workers import double, killed_once, lost, nobody

from zhengpu import engines
from zhengpu.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NUMBERS = list(range(13))


@pytest.mark.parametrize("workers", [1, 2, None])
def test_results_come_in_the_order_of_the_arguments(workers: int | None) -> None:
    run = engines.local(workers)
    assert list(run(double, nobody, NUMBERS)) == [2 * n for n in NUMBERS]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """For how many processes an engine asks on two processors; none is started."""
    asked: list[int] = []

    def told(_: object, __: object, items: list[int], workers: int) -> list[int]:
        asked.append(workers)
        return items

    monkeypatch.setattr(engines, "in_processes", told)
    monkeypatch.setattr(engines, "processors", lambda: 2)
    return asked


def test_a_small_job_is_done_here_and_another_by_all_processors(
    asked: list[int],
) -> None:
    run = engines.local(None)
    assert list(run(double, nobody, NUMBERS, small=True)) == [2 * n for n in NUMBERS]
    assert list(run(double, nobody, NUMBERS)) == NUMBERS
    assert asked == [2]


def test_an_argument_that_kills_its_process_costs_no_other() -> None:
    numbers = [11, 12, 13, 14, 13, 15, 16, 17, 18]
    results = list(engines.in_processes(double, lost, numbers, 2))
    assert results == [lost(n) if n == 13 else 2 * n for n in numbers]


def test_an_argument_whose_process_was_killed_once_is_done_again(
    tmp_path: Path,
) -> None:
    items = [(n, str(tmp_path / "killed")) for n in (11, 12, 13, 14, 15, 16, 17, 18)]
    results = list(engines.in_processes(killed_once, nobody, items, 2))
    assert results == [2 * n for n, _ in items]
    assert (tmp_path / "killed").exists()


@pytest.mark.parametrize("workers", [0, -1])
def test_fewer_than_one_process_are_refused(workers: int) -> None:
    with pytest.raises(UsageError, match="too-few-workers"):
        engines.local(workers)


def test_ten_thousand_processes_are_never_started(asked: list[int]) -> None:
    many = list(range(50_000))
    assert list(engines.local(10_000)(double, nobody, many)) == many
    assert list(engines.local(10_000)(double, nobody, many[:3])) == many[:3]
    assert asked == [2 * engines.PER_PROCESSOR, 3]


def test_few_arguments_are_in_flight() -> None:
    """However many there are, and however slowly the results are fetched."""
    taken: list[int] = []

    class Watched(list[int]):
        """Tells when an argument is taken."""

        def __iter__(self) -> Iterator[int]:  # type: ignore[explicit-override]
            for item in super().__iter__():
                taken.append(item)
                yield item

    results = engines.in_processes(double, nobody, Watched([11] * 100), 2)
    next(results)
    assert len(taken) <= 2 * engines.IN_FLIGHT + 1
    results.close()


def test_stopping_early_ends_the_processes() -> None:
    results = engines.in_processes(double, nobody, NUMBERS, 2)
    assert next(results) == 0
    results.close()
    assert multiprocessing.active_children() == []
