"""Openings: the period that a part of a report opens with, and how far it holds.

`五年来，我们主要做了以下工作：` is said of all the parts that follow; `2007年参保人数突破2亿人。`
amid a paragraph holds for no more than that paragraph.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhengpu.extraction.times import Period

_HEADED = 3
"""The level of numbered parts; those above are titles, which say nothing of them."""
_NUMBERED = 4
"""That of parts such as （一）; points such as —— stand below."""
_ANNOUNCES = re.compile("(?:以下|下列|如下|[几这]个方面)[^，。：]{0,6}[。：]$")
_YEAR = re.compile(r"(?:19|20)\d\d")
_REVIEW = re.compile(
    "(?:刚刚)?过去的?(?:一年|[0-9]{4}年|[一二三四五两]年)|一年来|[一二三四五两]年来|这五年"
    '|[“"]?十[一二三四五六]?五[”"]?(?:时期|期间|以来|的五年)'
)
"""Words with which a review of one year or of several begins."""
_CLAUSE = re.compile("[^，。；]{2,}")
_BEGINS = re.compile("[底末]?(?:开始|起)")
_FIGURE = re.compile(r"\d")


@dataclass(slots=True)
class Openings:
    """The period that holds where a document is read, by what its parts opened with."""

    levels: Sequence[int] = ()
    """Of the document's sections; all alike where they are not known."""
    period: Period | None = None
    section: int = -1
    before: Period | None = None
    """What held before a sentence amid a paragraph told of a year."""
    passing: bool = False
    """Whether the period holds for the paragraph only."""
    review: Period | None = None
    """That of the review which is under way."""
    held: dict[int, Period | None] = field(default_factory=dict)
    """Level to the period of the review that the part around it had come to."""
    announced: Period | None = None
    """That of the parts which a sentence announced."""
    announced_level: int = 0

    def _level(self, section: int) -> int:
        return self.levels[section] if 0 <= section < len(self.levels) else 0

    def enter(self, section: int, *, planned: bool) -> None:
        """Take up the period of a section that begins."""
        last, level = self._level(self.section), self._level(section)
        self.leave_paragraph()
        if _HEADED <= last < level and self._holds_in(level):
            self.held[level] = self.review
        self.held = {at: held for at, held in self.held.items() if at <= level}
        self.section = section
        self.announced_level = self.announced_level or level
        if level < self.announced_level:
            self.announced = None
        known = self.announced or self.held.get(level)
        self.period = self.review = None if planned else known

    def _holds_in(self, level: int) -> bool:
        """Whether what the text above a part had come to holds in it.

        Points go on in the same breath; a part with a number of its own may follow
        a summary of five years and tell of the last one.
        """
        year = self.review and _YEAR.fullmatch(self.review.value)
        return level > _NUMBERED or bool(year)

    def leave_paragraph(self) -> None:
        """Forget the year of which a sentence amid the last paragraph told."""
        if self.passing:
            self.period, self.passing = self.before, False

    def hear(self, opened: Period, text: str, *, amid: bool) -> None:
        """Take up the period with which a sentence opens.

        Args:
            opened: The period.
            text: The sentence.
            amid: Whether a paragraph has begun before it.
        """
        if amid and _is_year(opened) and (self.passing or _tells(opened, text)):
            self.before = self.before if self.passing else self.period
            self.passing = True
        else:
            self.passing = False
        self.period = opened
        if _REVIEW.match(text):
            self.review = opened
            level = self._level(self.section)
            if level > _NUMBERED:
                self.held[level] = opened
        if _ANNOUNCES.search(text.rstrip()):
            self.announced, self.announced_level = opened, 0


def _tells(opened: Period, text: str) -> bool:
    """Whether a sentence tells a figure of the year with which it opens, or what began.

    >>> from zhengpu.extraction.times import Period
    >>> _tells(Period(0, 5, "2007"), "2007年参保人数突破2亿人。")
    True
    >>> _tells(Period(0, 5, "2007"), "2007年，面对困难，我们攻坚克难。")
    False
    """
    clause = _CLAUSE.search(text, opened.end)
    words = clause[0] if clause else ""
    return bool(_BEGINS.match(words) or _FIGURE.search(words))


def _is_year(period: Period) -> bool:
    """Whether a period is written as one year."""
    return not period.words and _YEAR.fullmatch(period.value) is not None
