"""Times: the year or years that a text speaks of.

Periods are written `2020` or `2018-2021`; the words are kept where they are
not a year (`四年来`, `十四届三次会议以来`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from zhengpu.extraction.numerals import parse_han
from zhengpu.knowledge.patterns import quick

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhengpu.model import Frame

_N = "[一二三四五六七八九十两]"

_TIME = quick(
    rf"""
    (?P<first>(?:19|20)\d\d)\ ?年?[至到~～—–─-]{{1,2}}(?P<last>(?:19|20)\d\d)\ ?年
  | (?P<since>(?:19|20)\d\d)\ ?年(?:\d{{1,2}}月)?(?:[^，。；、\d]{{0,6}}以来|至今)
  | (?:(?:刚刚)?过去的)?(?P<year>(?:19|20)\d\d)\ ?年[底末初]?
  | [“"「]?(?P<plan>十[一二三四五六七八]?)五[”"」]?(?P<plan_tail>期间|时期|以来|的五年|末)
  | (?:过去|近|这|(?<!学)前|最近|刚刚过去)的?(?P<past>{_N}{{1,2}}|\d{{1,2}})年
  | (?<!连续)(?P<since_years>{_N}{{1,2}}|(?<!\d)\d)年
    (?:[来间]|累计|共|(?=(?:增长|提升|提高|增加|下降|新增|净增)))
  | (?P<session>{_N}{{1,3}}届[^，。；、]{{0,12}}?{_N}{{1,3}}次(?:全体)?(?:会议|全会)以来)
  | (?P<this>今年|本年度?|全年|年内|一年来|过去一年)
  | (?P<before>去年[底末初]?)
  | (?P<last_year>上一?年度?(?=的[^，。；]?\d))
  | (?P<next>明年|下一年|新的一年)
  | (?:今后|未来)的?(?P<ahead>{_N}{{1,2}}|\d)年
  | (?P<ago>{_N}{{1,2}}|\d{{1,2}})年前(?=的[^，。；]?\d)
  | (?P<recent>近年来|近几年来?|几年来|多年来|本届(?:任期|以来)?|届内|任期内)
  | (?P<meeting>(?:(?<!次)会议|大会|两会)期间|(?:本|这)次(?:会议|大会))
  | (?P<part>上半年|下半年|前三季度|[一二三四]季度)
    """,
    re.VERBOSE,
)

PLAN_LENGTH = 5
FIRST_PLAN_YEAR = 2001
"""Of the tenth plan (“十五”)."""
LAST_OF_REVIEW = "03"
"""The month up to which bodies meet to review the year before."""
NEVER = "9999"
"""A year after all others, where a document tells none."""
_OF_THE_DAY = ("新闻", "任免", "决定")
"""Kinds of documents that speak of the year in which they are written."""
_PLAN_ORDER = "一二三四五六七八"


class Period(Struct, frozen=True):
    """A stretch of years that a text names."""

    start: int
    """Offset of the words in the text."""
    end: int
    value: str
    """`2020` or `2018-2021`; empty where nothing tells which years are meant."""
    words: str = ""
    """As written, where that is not just the year."""


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}-{last}"


def plan_years(name: str) -> str:
    """The years of a five-year plan by its name without quotation marks.

    >>> plan_years("十四五"), plan_years("十五")
    ('2021-2025', '2001-2005')
    """
    order = _PLAN_ORDER.find(name[1:2]) + 1 if len(name) > len("十五") else 0
    first = FIRST_PLAN_YEAR + PLAN_LENGTH * order
    return _span(first, first + PLAN_LENGTH - 1)


def _count(words: str | None) -> int:
    """How many years some words mean."""
    if not words:
        return 0
    return int(words) if words.isdecimal() else int(parse_han(words) or 1)


def _years_back(count: str, frame: Frame) -> str:
    """The last so many years up to the year reported on."""
    last = frame.year
    if last is None:
        return ""
    number = _count(count)
    if number > 1 and frame.period and "-" in frame.period:
        return frame.period
    return _span(int(last) - number + 1, int(last))


def _since(first: str | None, frame: Frame) -> str:
    """The years from one up to the year reported on."""
    if first is None or frame.year is None or first > frame.year:
        return first or ""
    return _span(int(first), int(frame.year))


def _years_ahead(count: str | None, frame: Frame) -> str:
    """The so many years that a document's plans are for."""
    first = coming(frame)
    return _span(int(first), int(first) + _count(count) - 1) if first else ""


def _is_early(frame: Frame) -> bool:
    """Whether news are told so early in a year that 过去一年 is the year before."""
    month = (frame.date or "")[5:7]
    return frame.kind.endswith("新闻") and "00" < month <= LAST_OF_REVIEW


def _shifted(frame: Frame, by: int) -> str:
    return str(int(frame.year) + by) if frame.year else ""


def _last_year(frame: Frame) -> str:
    """去年 in a report given early in the year is the year reported on."""
    undated = not frame.date and frame.kind == "政府工作报告"
    given_later = undated or (frame.date or "")[:4] > (frame.year or NEVER)
    return _shifted(frame, 0 if given_later else -1)


def _resolve(match: re.Match[str], frame: Frame, ahead: int) -> str:
    """The years that the words mean, empty where nothing tells."""
    kind = match.lastgroup
    if kind == "last":
        return _span(int(match["first"]), int(match["last"]))
    if kind == "plan_tail":
        plan = plan_years(match["plan"] + "五")
        return plan[-4:] if match["plan_tail"].endswith("末") else plan
    reviewed = match[0].startswith(("过去", "刚刚过去")) or match[0] == "一年来"
    if reviewed and _count(match["past"]) <= 1 and _is_early(frame):
        return _shifted(frame, -1)
    if kind == "ahead":
        return _years_ahead(match["ahead"], frame)
    if kind in {"past", "since_years"}:
        return _years_back(match[kind], frame)
    years = {
        "year": match["year"],
        "since": _since(match["since"], frame),
        "before": _last_year(frame),
        "ago": _shifted(frame, -_count(match["ago"])),
        "last_year": _shifted(frame, -1),
        "next": _shifted(frame, 1),
        "meeting": (frame.date or frame.period or "")[:4],
        "this": coming(frame) if ahead else frame.year or "",
        "part": coming(frame) if ahead else frame.year or "",
    }
    return years.get(kind or "", frame.period or "")


def periods(text: str, frame: Frame, *, planned: bool = False) -> list[Period]:
    """The periods that a text names, in order.

    Args:
        text: A sentence.
        frame: Its document's.
        planned: It announces next year's work, which 今年 and 全年 then mean.

    >>> from zhengpu.model import Frame
    >>> [p.value for p in periods("“十四五”时期，2024年起，四年来", Frame(period="2025"))]
    ['2021-2025', '2024', '2022-2025']
    """
    return [_period(m, frame, planned=planned) for m in _TIME.finditer(text)]


def coming(frame: Frame) -> str:
    """The year that a document's plans are for, empty where nothing tells.

    A report looks back and plans the next year, news and decisions speak of their own.

    >>> from zhengpu.model import Frame
    >>> coming(Frame("政府工作报告", period="2024")), coming(Frame("新闻", period="2024"))
    ('2025', '2024')
    """
    return _shifted(frame, 0 if frame.kind.endswith(_OF_THE_DAY) else 1)


def opening(text: str, frame: Frame, *, planned: bool = False) -> Period | None:
    """The period with which a text begins and that holds for what follows.

    >>> from zhengpu.model import Frame
    >>> opening("五年来，我们", Frame(period="2025")).value
    '2021-2025'
    >>> opening("2024年11月召开", Frame(period="2024")) is None
    True
    """
    said = _SAID.match(text)
    match = _TIME.match(text, said.end() if said else 0)
    of_the_day = frame.kind.endswith(_OF_THE_DAY)
    if match and match.lastgroup == "before" and of_the_day:
        return None  # 会议指出，去年全县粮食总产…。 news go on about their own year
    period = _period(match, frame, planned=planned) if match else None
    if period is None or _DATED.match(text, period.end):
        return None
    return period if opens_clause(text, period) else None


def _period(match: re.Match[str], frame: Frame, *, planned: bool) -> Period:
    value = _resolve(match, frame, int(planned))
    words = "" if match.lastgroup in {"last", "year"} else match[0]
    return Period(match.start(), match.end(), value, words)


_SAID = re.compile("(?:会议|大会|报告|通报)(?:指出|强调|认为|要求|提出)，")
"""How news say what was said; what follows opens as if nothing stood before it."""
_DATED = re.compile(r" ?\d{1,2} ?月")
_CLAUSE_ENDS = "，,。；;：:！？、"
_COMPARED = re.compile("(?:[是比较为与]|相当于|[高低快慢优好多少]于|超过)$")
_OPENERS = "到至在自从截止以及其中于（("
_AIMING = re.compile("(?:力争|争取|预计|确保|计划|拟|将)$")
_FROM = ("由", "从")
_FAR = 60
"""So far behind a year stands at most what its figure became."""
_BECOMING = re.compile("[到至]|[转变调]为")


def opens_clause(text: str, period: Period) -> bool:
    """Whether a period stands first in its clause and so holds for what follows.

    >>> from zhengpu.model import Frame
    >>> text = "由1997年的65%提高到91%；2002年，"
    >>> [opens_clause(text, p) for p in periods(text, Frame())]
    [False, True]
    """
    before = _AIMING.sub("", text[: period.start].rstrip(_OPENERS + " "))
    attributive = text.startswith(("的", "度"), period.end)
    return not attributive and (not before or before[-1] in _CLAUSE_ENDS)


def period_at(text: str, found: Sequence[Period], offset: int) -> Period | None:
    """The period that holds at an offset: the nearest before it that reaches there.

    A period that opens its clause reaches to the end of the sentence part
    (；), any other to the end of its clause.
    """
    for period in reversed(found):
        if period.start > offset or _COMPARED.search(text, 0, period.start):
            continue
        if _is_outgrown(text, period, offset):
            continue
        between = text[period.end : offset]
        lasts = period.words.endswith("以来") or opens_clause(text, period)
        ends = "；;" if lasts else _CLAUSE_ENDS
        if not any(end in between for end in ends):
            return period
    return None


def has_become(text: str, found: Sequence[Period], offset: int) -> bool:
    """Whether a figure there is what an earlier year's became.

    >>> from zhengpu.model import Frame
    >>> text = "企业由2020年的198家增加到317家"
    >>> found = periods(text, Frame())
    >>> has_become(text, found, text.index("198")), has_become(text, found, len(text) - 1)
    (False, True)
    """
    return any(
        period.end <= offset and _is_outgrown(text, period, offset) for period in found
    )


def _is_outgrown(text: str, period: Period, offset: int) -> bool:
    """Whether a clause has gone on from a year to what became of its figure."""
    if not text.endswith(_FROM, 0, period.start) or offset - period.end > _FAR:
        return False
    between = text[period.end : offset]
    became = _BECOMING.search(between)
    return became is not None and not any(end in between for end in _CLAUSE_ENDS)
