"""A figure as a fact: what it counts and when, its subject still open."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from zhengpu.extraction.indicators import indicator
from zhengpu.extraction.times import NEVER, coming
from zhengpu.knowledge.patterns import quick
from zhengpu.model import Evidence, Observation, Span

if TYPE_CHECKING:
    from zhengpu.extraction.measures import Measure
    from zhengpu.extraction.numbers import Number
    from zhengpu.extraction.times import Period
    from zhengpu.model import Frame, Sentence

_PLANNED = re.compile("力争|预期目标|目标[是为]|争取达|有望")
_NEAR = 60
"""So far before a figure stands what says that it is a goal."""
_BASIS = quick("(?:[比较](?:上年|去年)|同比|环比|其中)(?=[^；，。]{0,13}$)")
_MEAN = quick("(?:年均|平均每年)[^，。；、]{0,12}$")
_PERSONS = re.compile(
    "(?:人口|群众|学生|农民工?|劳动力|儿童|幼儿|孩子|老人|妇女|青年|女生|群体|人数|人|员|工|生|者|民)"
    "(?:增长|下降|减少|增加)?$"
)
_VISITS = re.compile("人次(?:增长|下降|减少|增加)?$")
_SUMS = re.compile("(?:生产总值|GDP|经济总量|总产值|产业规模|收入|总额|余额)$")
_HUGE = 10**8
"""From here on sums of money stand without their unit."""
_LIKELY = 0.8
_CONFIDENCE = {"noun-before": 0.95, "noun-after": 0.95, "verb": 0.6, "literal": 0.5}
"""How often a measure found in this way is the right one."""


class When(NamedTuple):
    """When a figure holds."""

    period: str
    words: str
    """As written, where the text gives it."""
    planned: bool


def when_of(
    sentence: Sentence, number: Number, period: Period | None, frame: Frame
) -> When:
    """When a figure holds, by the period that the text gives or by the document's."""
    before = sentence.text[max(0, number.start - _NEAR) : number.start]
    planned = sentence.planned or _PLANNED.search(before) is not None
    years = (coming(frame) if planned and frame.year else frame.period) or ""
    if period is None:
        return When(years, "", planned)
    ahead = period.value[-4:] > (frame.year or NEVER)
    return When(period.value or years, period.words, planned or ahead)


def is_mean(text: str, number: Number, period: Period, frame: Frame) -> bool:
    """Whether a figure is the yearly mean of the years reviewed, not of the last one.

    In 2007年达到9153亿元，平均每年增长10.7% the mean is that of all years.
    """
    if "-" in period.value or "-" not in (frame.period or ""):
        return False
    return _MEAN.search(text, max(0, number.start - _NEAR), number.start) is not None


class Fact(NamedTuple):
    """What a figure counts and when, its subject still open."""

    sentence: Sentence
    number: Number
    measure: Measure
    unit: str
    indicator: str
    when: When

    def named(self, name: str) -> Fact:
        """It, under another name."""
        if name == self.measure.name:
            return self
        measure = replace(self.measure, name=name)
        return self._replace(measure=measure, indicator=indicator(name, self.unit))

    def about(self, subject: str, index: int) -> Observation:
        """The observation of it; the index is the sentence's, for the evidence."""
        text, first = self.sentence.text, self.sentence.start
        number, measure = self.number, self.measure
        start, end = min(number.start, measure.start), max(number.end, measure.end)
        basis = _BASIS.search(text, max(0, number.start - _NEAR), number.start)
        return Observation(
            subject,
            measure.name,
            number.value,
            self.unit,
            Evidence(
                index,
                (Span(first + start, first + end),),
                f"statistics/{measure.rule}",
                _CONFIDENCE.get(measure.rule, _LIKELY),
            ),
            self.indicator,
            number.approx,
            self.when.period,
            self.when.words,
            basis[0] if basis else "",
            self.when.planned,
        )


def fact_of(sentence: Sentence, number: Number, measure: Measure, when: When) -> Fact:
    """What a figure counts and when."""
    # People counted without a measure word (1000万农民工) are 人.
    persons = not number.unit and _PERSONS.search(measure.name)
    unit = "人" if persons else number.unit
    if not unit and _VISITS.search(measure.name):
        unit = "人次"
    if not unit and number.value >= _HUGE and _SUMS.search(measure.name):
        unit = "元"  # 经济总量连续迈上4万亿、5万亿两个台阶
    return Fact(sentence, number, measure, unit, indicator(measure.name, unit), when)
