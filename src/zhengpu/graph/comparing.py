"""One indicator over years and places: what may stand in one row, and what not.

A false comparison is worse than a missing one. Figures are one series only
where the same body counts the same thing in the same unit and way: a part
(其中) is never joined with the whole, an increase (新增) never with a level, a
yearly average (年均) never with a total, a target never with what was reached,
and two wordings that one report gives different values for the same time
(城镇调查失业率, 城镇登记失业率) are two things, whatever their indicator.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from zhengpu.graph.points import Point, listed_by
from zhengpu.graph.vocabulary import notations
from zhengpu.knowledge.lexicon import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from decimal import Decimal


class Kind(NamedTuple):
    """What figures must share to be compared."""

    subject: str
    what: str
    unit: str
    planned: bool
    manner: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """Comparable figures of one body, by time."""

    subject: str
    name: str
    what: str
    """An indicator's notation, or `=` and the wording."""
    unit: str
    planned: bool
    manner: tuple[str, ...]
    measures: tuple[str, ...]
    """The wordings, the most frequent first."""
    points: tuple[Point, ...]

    @property
    def singles(self) -> tuple[Point, ...]:
        """The points that hold for one year, which a line may join.

        Where one report gives several values for one year, its words are too
        coarse to tell what each of them counts, and none is taken.
        """
        values: dict[tuple[str, int | None], set[Decimal]] = defaultdict(set)
        for point in self.points:
            values[point.cited.report, point.at].add(point.value)
        return tuple(
            point
            for point in self.points
            if point.at is not None and len(values[point.cited.report, point.at]) == 1
        )


def named(points: Iterable[Point], wanted: str) -> list[Point]:
    """The points of an indicator, by notation, label or wording.

    Args:
        points: Of a build.
        wanted: A notation (`gdp`), a label (地区生产总值) or a measure as reports
            word it (粮食产量). A label goes before a wording: it names more.
    """
    held = list(points)
    what = {notations("indicator").get(wanted, f"={wanted}")}
    if not any(point.what in what for point in held):
        what = {point.what for point in held if point.measure == wanted}
    return [point for point in held if point.what in what]


def series_of(points: Iterable[Point]) -> list[Series]:
    """Points as series of what is comparable.

    Args:
        points: Of one indicator or of many; those without a period have no
            place in a series.

    Returns:
        The series by what they count, name and unit; targets after what was
        reached.
    """
    dated = [point for point in points if point.years is not None]
    apart = _told_apart(dated)
    kinds: dict[Kind, list[Point]] = defaultdict(list)
    for point in dated:
        kinds[
            Kind(point.home, point.what, point.unit, point.planned, point.manner)
        ].append(point)
    found = [
        _series(kind, group)
        for kind, held in kinds.items()
        for group in _alike(held, apart)
    ]
    return sorted(found, key=_series_order)


def paired(series: Iterable[Series]) -> list[list[Series]]:
    """What was reached, each with its targets: same body, unit, manner and wording."""
    groups: list[list[Series]] = []
    for line in sorted(series, key=lambda line: line.planned):
        for group in groups:
            first = group[0]
            if (
                first.planned != line.planned
                and (first.subject, first.what, first.unit, first.manner)
                == (line.subject, line.what, line.unit, line.manner)
                and not set(first.measures).isdisjoint(line.measures)
            ):
                group.append(line)
                break
        else:
            groups.append([line])
    return groups


def _series(kind: Kind, points: Sequence[Point]) -> Series:
    """One series; what a report says twice stands in it once."""
    measures = Counter(point.measure for point in points)
    once = {
        (point.at, point.period, point.value, point.cited.report): point
        for point in sorted(points, key=listed_by, reverse=True)
    }
    return Series(
        kind.subject,
        points[0].home_name,
        kind.what,
        kind.unit,
        kind.planned,
        kind.manner,
        tuple(sorted(measures, key=lambda m: (-measures[m], len(m), m))),
        tuple(sorted(once.values(), key=_by_time)),
    )


def _by_time(point: Point) -> tuple[object, ...]:
    return point.at or (point.years or (0, 0))[1], point.period, listed_by(point)


def _series_order(series: Series) -> tuple[object, ...]:
    return (
        series.what,
        series.name,
        series.subject,
        series.unit,
        series.manner,
        series.measures,
        series.planned,
    )


def _told_apart(points: Iterable[Point]) -> set[tuple[str, str]]:
    """Pairs of wordings that one report gives different values for one time."""
    said: dict[tuple[object, ...], dict[str, set[Decimal]]] = defaultdict(
        lambda: defaultdict(set)
    )
    for p in points:
        place = p.home, p.what, p.unit, p.planned, p.manner, p.cited.report, p.at
        said[place][p.measure].add(p.value)
    return {
        (one, other)
        for wordings in said.values()
        for one in wordings
        for other in wordings
        if one != other and wordings[one].isdisjoint(wordings[other])
    }


def _alike(
    points: Iterable[Point], apart: set[tuple[str, str]]
) -> Iterator[list[Point]]:
    """Points by wording, joined where no report tells two wordings apart."""
    by_measure: dict[str, list[Point]] = defaultdict(list)
    for point in points:
        by_measure[point.measure].append(point)
    groups: list[list[str]] = []
    for measure in sorted(by_measure, key=lambda m: (-len(by_measure[m]), len(m), m)):
        for group in groups:
            if all((measure, other) not in apart for other in group):
                group.append(measure)
                break
        else:
            groups.append([measure])
    for group in groups:
        yield [point for measure in group for point in by_measure[measure]]


class Occurring(NamedTuple):
    """An indicator or a wording that a build could compare."""

    what: str
    """Its notation, or `=` and the wording."""
    label: str
    points: int
    years: int
    subjects: int

    @property
    def notation(self) -> str:
        """What the ontology's scheme calls it; a wording has none."""
        return "" if self.what.startswith("=") else self.what


def occurring(points: Iterable[Point]) -> list[Occurring]:
    """The indicators of a build, those that occur in most years first.

    A wording that is no indicator is listed where reports give it for two
    years at least, or for two bodies.
    """
    held: dict[str, list[Point]] = defaultdict(list)
    for point in points:
        held[point.what].append(point)
    found = []
    for what, group in held.items():
        years = len({point.years for point in group} - {None})
        subjects = len({point.home for point in group})
        if not what.startswith("=") or years > 1 or subjects > 1:
            found.append(Occurring(what, label(what), len(group), years, subjects))
    return sorted(
        found, key=lambda o: (o.what[0] == "=", -o.years, -o.subjects, -o.points, o)
    )


@cache
def _labels() -> dict[str, str]:
    """Notation to Chinese label."""
    return {row["notation"]: row["zh"] for row in table("indicators")}


def label(what: str) -> str:
    """The Chinese label of an indicator, or the wording.

    >>> label("gdp"), label("=行政法规")
    ('地区生产总值', '行政法规')
    """
    return what[1:] if what.startswith("=") else _labels().get(what, what)
