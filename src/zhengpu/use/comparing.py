"""Comparisons of a build over years and places, as rows, CSV, JSON and charts."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

from zhengpu.errors import UsageError
from zhengpu.graph.charts import charts_of, stacked
from zhengpu.graph.comparing import (
    Occurring,
    Series,
    label,
    named,
    occurring,
    paired,
    series_of,
)
from zhengpu.graph.gathering import points_in
from zhengpu.graph.keys import plain
from zhengpu.use.spreadsheets import harmless

if TYPE_CHECKING:
    from pyoxigraph import Store

    from zhengpu.graph.points import Point


class Row(NamedTuple):
    """One figure of a comparison, with where it comes from."""

    indicator: str
    body: str
    year: str
    """The one year that it holds for, or nothing."""
    period: str
    planned: bool
    value: str
    unit: str
    approximate: bool
    manner: str
    """What tells it from a plain level: 其中, 年均, 新增, 合计."""
    measure: str
    words: str
    report: str
    reviewed: str
    """The year or years that the report reviews."""
    file: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a build says about one indicator."""

    label: str
    series: tuple[Series, ...]
    undated: tuple[Point, ...]
    """Figures whose year the reports do not tell; they stand in no series."""

    def rows(self) -> list[Row]:
        """Every figure, comparable ones together and by time, targets first."""
        points = [
            point
            for lines in paired(self.series)
            for point in sorted(
                (point for line in lines for point in line.points),
                key=lambda p: (p.at or (p.years or (0, 0))[1], not p.planned),
            )
        ]
        return [_row(point, self.label) for point in (*points, *self.undated)]

    def as_csv(self) -> str:
        """The rows with a head line; safe in a spreadsheet."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(Row._fields)
        for row in self.rows():
            writer.writerow(map(_cell, row))
        return out.getvalue()

    def as_json(self) -> str:
        """The rows as JSON records, values as they are written."""
        rows = [row._asdict() for row in self.rows()]
        return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"

    def as_svg(self) -> str:
        """A picture for each unit and manner, one below the other."""
        return stacked(charts_of(self.series, self.label))


def _row(point: Point, name: str) -> Row:
    cited = point.cited
    return Row(
        name,
        point.home_name,
        "" if point.at is None else str(point.at),
        point.period,
        point.planned,
        plain(point.value),
        point.unit,
        point.approximate,
        "·".join(point.manner),
        point.measure,
        point.clause,
        cited.title,
        cited.time,
        cited.file,
        cited.start,
        cited.end,
    )


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return harmless(str(value))


def compare(graph: Store, indicator: str, body: str = "") -> Comparison:
    """What a build says about an indicator over years and places.

    Args:
        graph: Facts and evidence of a build.
        indicator: A notation (`gdp`), a label (地区生产总值) or a wording (粮食产量).
        body: Only of bodies and places whose names hold this.

    Raises:
        UsageError: No report counts it; the message names what comes near.
    """
    points = points_in(graph)
    found = [point for point in named(points, indicator) if body in point.home_name]
    if not found:
        known = [o.label for o in occurring(points)]
        near = [name for name in known if indicator and indicator in name]
        near = near or get_close_matches(indicator, known, 5, 0.2) or known[:5]
        raise UsageError(
            "no-such-indicator", name=indicator, near="、".join(near[:8]) or "-"
        )
    undated = tuple(point for point in found if point.years is None)
    return Comparison(label(found[0].what), tuple(series_of(found)), undated)


def comparable(graph: Store) -> list[Occurring]:
    """What a build could compare, see `zhengpu.graph.comparing.occurring`."""
    return occurring(points_in(graph))
