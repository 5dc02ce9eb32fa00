"""Points: figures as reports give them, with what decides whether they compare.

From the words of its clause a figure is known for a level or a growth, a part
or a whole, of one year or of several.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from zhengpu.graph.vocabulary import notations

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from zhengpu.graph.citing import Cited

_CLAUSE_START: Final = re.compile(r"[，。；：！？、,;]")
_AVERAGE: Final = re.compile(r"年均|平均每年|每年平均")
_SINCE: Final = re.compile(
    r"[比较](?:(?:19|20)\d\d年|[^，。；]{0,4}届|[^，。；]{1,4}(?:初|末))|翻番"
)
_OPENING: Final = re.compile(r"[从由](?:[^到至]|不到)*\d[^到至]*$")
"""从9.6万公里: the clause ends where the way begins."""
_CLOSING: Final = re.compile(r"(?<!不)[到至达](?:[^到至达]|不到)*\d[^到至达]*$")
"""增加到13.6万公里, 达到…: the level at the end."""
_CHANGE: Final = re.compile(
    r"新(?:增|设|建|改建|开工|登记|推出|认定|培育)|改建|改造|开工|净增|累计|(?:增加|减少|提高|降低)(?![到至])"
)
_GROWTH: Final = re.compile(
    r"增长|下降|上涨|增速|提高|涨幅|增幅|回落|上升|增加|减少|降低"
)
_LAST_YEAR: Final = re.compile(r"[比较](?:上年|上一年|去年)|同比")
_SPAN: Final = re.compile(r"(\d{4})(?:-(\d{4}))?")


@dataclass(frozen=True)  # without slots, so that what is worked out is kept
class Point:
    """A figure as one report gives it, with what decides its comparability."""

    key: str
    subject: str
    """Key of the body or place it is about."""
    name: str
    home: str
    """Key of whom it is compared under: in its own report a place is its body."""
    home_name: str
    indicator: str
    """Notation, or nothing."""
    measure: str
    value: Decimal
    unit: str
    approximate: bool
    period: str
    planned: bool
    basis: str
    cited: Cited

    @cached_property
    def years(self) -> tuple[int, int] | None:
        """First and last year of its period; None where it has none."""
        found = _SPAN.fullmatch(self.period)
        if found is None:
            return None
        return int(found[1]), int(found[2] or found[1])

    @cached_property
    def clause(self) -> str:
        """What stands from the last comma to the end of the figure's words."""
        words, text = self.cited.words, "".join(self.cited.text.split())
        at = text.find(words)
        if at < 0:
            return words
        before = [hit.end() for hit in _CLAUSE_START.finditer(text, 0, at)]
        return text[before[-1] if before else 0 : at + len(words)]

    @cached_property
    def at(self) -> int | None:
        """The one year that it holds for; None where it is about several.

        Of several years, 从9.6万公里 is the level before the first of them, and
        增加到13.6万公里 that in the last.
        """
        if self.years is None:
            return None
        first, last = self.years
        if first == last:
            return first
        if self.is_growth or _AVERAGE.search(self.clause):
            return None
        if _OPENING.search(self.clause):
            return first - 1
        return last if _CLOSING.search(self.clause) else None

    @cached_property
    def is_growth(self) -> bool:
        """Whether it says by how much something grew or fell."""
        return self.unit in {"%", "个百分点"} and bool(_GROWTH.search(self.measure))

    @cached_property
    def what(self) -> str:
        """What is counted: an indicator's notation, or `=` and the wording."""
        known = notations("indicator")
        return self.indicator or known.get(self.measure) or f"={self.measure}"

    @cached_property
    def manner(self) -> tuple[str, ...]:
        """How it is counted, where that is no plain level: 其中, 年均, 新增."""
        return tuple(dict.fromkeys(self._manners()))

    def _manners(self) -> Iterator[str]:
        clause = self.clause
        if self.basis and not (self.is_growth and _LAST_YEAR.fullmatch(self.basis)):
            yield self.basis
        if "其中" in {self.basis, clause[:2]}:
            yield from ("其中", self.measure)  # of parts only the words tell
        if _AVERAGE.search(clause):
            yield "年均"
        if since := _SINCE.search(clause):
            yield since[0]
        change = _CHANGE.search(clause)
        if change and not (self.is_growth and _GROWTH.search(change[0])):
            yield change[0]
        if self.years and self.years[0] != self.years[1] and self.at is None:
            yield "多年"


def listed_by(point: Point) -> tuple[object, ...]:
    """What points are sorted by: indicator, body, period, then what tells them apart."""
    return (
        point.indicator,
        point.home_name,
        point.home,
        point.period or "9999",
        not point.planned,
        point.unit,
        point.measure,
        point.value,
        point.cited.file,
        point.cited.start,
    )
