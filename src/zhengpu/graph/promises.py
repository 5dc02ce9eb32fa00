"""Promise and delivery: what a report announces beside what the next one tells.

The plan of one report is for the year that the next report of the same body
reviews. Two joins are made, and a false one is worse than a missing one:

- a target with the figure for the same indicator, body, unit and year
  (`comparing` decides what is the same);
- a clause that announces with the clause of the next report that shares most
  of its rare words. Formulae that come back every year are no promises, and a
  clause that the earlier report already tells as done cannot be answered.

What finds no answer is listed: it may have been done and not been told, or told
in other words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from zhengpu.graph.clauses import (
    Clause,
    clauses_of,
    is_delivery,
    is_firm,
    is_promise,
    is_trouble,
    shares,
)
from zhengpu.graph.resemblance import Likeness
from zhengpu.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from decimal import Decimal

    from zhengpu.graph.points import Point
    from zhengpu.model import Extraction, FramedDocument

ENOUGH: Final = 0.5
"""The likeness, from 0 to 1, from which on a clause answers another; see
bench/promises.py for precision and recall at other values."""
FORMULA: Final = 0.8
"""From which likeness on a clause says what its own report tells as done."""

_YEARS: Final = re.compile(r"(\d{4})(?:-(\d{4}))?")
_LEAST: Final = re.compile(r"以上|不低于|不少于|超过|突破|达到")
_MOST: Final = re.compile(r"以内|以下|低于|控制在|不超过|不高于")


class Verdict(StrEnum):
    """What became of a target."""

    MET = "met"
    MISSED = "missed"
    NEAR = "near"
    """The words leave room (左右); the values are told."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A promise and what answers it."""

    promise: Clause
    delivery: Clause
    likeness: float
    """From 0 to 1, two decimals; 1 for figures."""
    verdict: Verdict | None = None
    """Of a target."""


@dataclass(frozen=True, slots=True)
class Account:
    """The promises of one report for one year, and what the next one says."""

    body: str
    year: int
    """The year they are for."""
    earlier: str
    """The file that announces."""
    later: str
    """The file that reviews the year."""
    pairs: tuple[Pair, ...]
    unanswered: tuple[Clause, ...]
    """Those that open with a verb or say how much, each without its sentence."""

    @property
    def promises(self) -> int:
        """How many there were."""
        return len(self.pairs) + len(self.unanswered)


class _Told(NamedTuple):
    """A document and the years it reviews."""

    body: str
    kind: str
    first: int
    last: int
    file: str
    extraction: Extraction
    number: int
    """Of the document in its file."""

    def clauses(self, *, planned: bool) -> list[Clause]:
        """What it announces, or what it tells as done, clause by clause."""
        return list(clauses_of(self.extraction, self.number, planned=planned))


def accounts(
    extractions: Iterable[Extraction],
    points: Iterable[Point] = (),
    enough: float = ENOUGH,
) -> list[Account]:
    """The promises of all reports that have a successor, oldest first.

    Args:
        extractions: Of all files, in any order.
        points: The figures of the build, for targets.
        enough: The likeness from which on a clause answers another.
    """
    told = sorted(
        (t for e in extractions for t in _told(e)),
        key=lambda t: (t.body, t.kind, t.last, t.file, t.number),
    )
    series: dict[tuple[str, str], list[_Told]] = defaultdict(list)
    for document in told:
        series[document.body, document.kind].append(document)
    figures: dict[str, list[Point]] = defaultdict(list)
    for point in points:
        figures[point.cited.file].append(point)
    found = []
    for documents in series.values():
        for at, earlier in enumerate(documents):
            year = earlier.last + 1
            later = next(
                (d for d in documents[at + 1 :] if d.first <= year <= d.last), None
            )
            if later is not None:
                found.append(_account(earlier, later, year, figures, enough))
    return sorted(found, key=lambda a: (a.body, a.year, a.earlier, a.later))


def _told(extraction: Extraction) -> Iterator[_Told]:
    for index, document in enumerate(extraction.documents):
        years = _reviewed(document)
        frame = document.frame
        if frame.body and years:
            yield _Told(
                frame.body, frame.kind, *years, extraction.raw.name, extraction, index
            )


def _reviewed(document: FramedDocument) -> tuple[int, int] | None:
    """First and last year that a document reviews."""
    found = _YEARS.fullmatch(document.frame.period or "")
    return (int(found[1]), int(found[2] or found[1])) if found else None


def _account(
    earlier: _Told,
    later: _Told,
    year: int,
    figures: dict[str, list[Point]],
    enough: float,
) -> Account:
    targets = [p for p in figures[earlier.file] if p.planned and p.at == year]
    results = [p for p in figures[later.file] if not p.planned and p.at == year]
    counted = list(_figures(targets, results))
    taken = {pair.promise.text for pair in counted}
    announced = earlier.clauses(planned=True)
    promises = [
        clause
        for clause in announced
        if is_promise(clause.text) and not any(words in clause.text for words in taken)
    ]
    done = [
        clause
        for clause in later.clauses(planned=False)
        if is_delivery(clause.text) and not is_trouble(clause.sentence)
    ]
    before = [clause.core for clause in earlier.clauses(planned=False)]
    likeness = Likeness([*(c.core for c in (*announced, *done)), *before])
    formulae = likeness.index(before)
    fresh = [p for p in promises if formulae.best(p.core)[1] < FORMULA]
    pairs, unanswered = _answered(fresh, done, likeness, enough)
    return Account(
        earlier.body,
        year,
        earlier.file,
        later.file,
        tuple(sorted([*counted, *pairs], key=lambda p: (p.promise.span, p.promise))),
        tuple(unanswered),
    )


def _answered(
    promises: Iterable[Clause],
    done: Sequence[Clause],
    likeness: Likeness,
    enough: float,
) -> tuple[list[Pair], list[Clause]]:
    """Promises with what answers them, and the firm ones that nothing answers."""
    answers = likeness.index([clause.core for clause in done])
    pairs, unanswered = [], []
    for promise in promises:
        at, score = answers.best(promise.core)
        if score >= enough and shares(promise.core, done[at].core):
            pairs.append(Pair(promise, done[at], round(score, 2)))
        elif is_firm(promise.text):
            # they are many: the sentence can be found by its place
            unanswered.append(promise._replace(sentence=promise.text))
    return pairs, unanswered


# -- targets ----------------------------------------------------------------------


def _figures(targets: Iterable[Point], results: Sequence[Point]) -> Iterator[Pair]:
    """Targets with the figure that has the same subject, measure and manner."""
    for target in targets:
        same = [
            result
            for result in results
            if (result.home, result.what, result.unit, result.manner)
            == (target.home, target.what, target.unit, target.manner)
        ]
        alike = [result for result in same if result.measure == target.measure] or same
        if len({result.value for result in alike}) == 1:  # else who knows which
            result = alike[0]
            verdict = _verdict(target, result.value)
            yield Pair(_clause(target), _clause(result), 1.0, verdict)


def _verdict(target: Point, value: Decimal) -> Verdict:
    after = target.cited.text.partition(target.cited.words)[2][:4]
    said = target.clause + after
    if _MOST.search(said):
        return Verdict.MET if value <= target.value else Verdict.MISSED
    if _LEAST.search(said):
        return Verdict.MET if value >= target.value else Verdict.MISSED
    if "左右" in said or target.unit in {"%", "个百分点"}:
        return Verdict.NEAR
    return Verdict.MET if value >= target.value else Verdict.MISSED


def _clause(point: Point) -> Clause:
    cited = point.cited
    return Clause(point.clause, cited.text, cited.file, Span(cited.start, cited.end))


# -- likeness ---------------------------------------------------------------------
