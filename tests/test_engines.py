"""Engines: the same results in the same order, whatever happens to a process."""

from __future__ import annotations

import multiprocessing

import pytest
from workers import double, lost, nobody

from zhengpu import engines

NUMBERS = list(range(13))


@pytest.mark.parametrize("workers", [1, 2, None])
def test_results_come_in_the_order_of_the_arguments(workers: int | None) -> None:
    run = engines.local(workers)
    assert list(run(double, nobody, NUMBERS)) == [2 * n for n in NUMBERS]


def test_many_files_take_all_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "SMALL_JOB", 4)
    run = engines.local(None)
    assert list(run(double, nobody, NUMBERS)) == [2 * n for n in NUMBERS]


def test_an_argument_that_kills_its_process_costs_no_other() -> None:
    numbers = [11, 12, 13, 14, 13, 15, 16, 17, 18]
    results = list(engines.in_processes(double, lost, numbers, 2))
    assert results == [lost(n) if n == 13 else 2 * n for n in numbers]


def test_stopping_early_ends_the_processes() -> None:
    results = engines.in_processes(double, nobody, NUMBERS, 2)
    assert next(results) == 0
    results.close()
    assert multiprocessing.active_children() == []
