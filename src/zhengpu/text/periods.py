"""Dates, and the years that a report is about."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_DIGITS = {char: str(value) for value, char in enumerate("零一二三四五六七八九")}
_DIGITS |= {"〇": "0", "○": "0", "Ｏ": "0"}
_YEAR = r"(?P<year>\d{4}|[一二][零〇○Ｏ一二三四五六七八九]{3})年"
_DATE = re.compile(
    rf"{_YEAR}(?:(?P<month>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})月"
    r"(?:(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})日)?)?"
)
_LONGEST_HEADING = 40

_NUMBER = "两二三四五六七八九十"
_PLANS = {"十一": 2006, "十二": 2011, "十三": 2016, "十四": 2021, "十五": 2026}
_SEVERAL = re.compile(
    rf"(?:过去|这|(?<![一-龥])近|前)的?(?P<past>[{_NUMBER}])年|(?<!近)(?P<since>[{_NUMBER}])年(?:来|工作|的?主要)"
    r"|“(?P<plan>十[一二三四五])五”(?:时期|期间|以来|工作|回顾|发展(?:成就|回顾)|经济)"
)
_ONE = re.compile(
    r"(?P<year>\d{4})年(?:度)?(?:[^，。]{0,14}?)(?:回顾|总结|工作情况|主要工作|工作和|工作及|工作完成|完成情况)"
)
_NOW = re.compile(
    r"(?:过去的?一年|一年来|刚刚过去的|^(?P<year>\d{4})年，?(?:是|全|面对|在|，))"
)
_PAST = re.compile(r"过去的(?P<year>\d{4})年")
_REPORTED = re.compile(r"(?:现将|将)(?P<year>\d{4})年(?:度)?[^，。]{0,20}报告如下")
_COMING = re.compile(
    r"(?P<year>\d{4})年(?:度)?(?:，?(?:我们)?要|工作(?:安排|计划|打算|建议|思路|重点|要点)|的?主要任务)"
)
_SUMMED = re.compile(
    r"(?P<year>\d{4})年(?:度)?[^，。]{0,16}?(?:工作总结|工作回顾|统计公报|执行情况|年鉴)"
)
_COMMENDED = re.compile(
    r"关于(?:表彰|表扬|通报表扬|奖励|命名|授予|公布)[^，。]{0,12}?(?P<year>20\d\d)(?:年|—|-)"
)
"""The year for which somebody is commended, in a later one."""
_AIMED = re.compile(r"(?:力争|确保|计划|建议)(?P<year>\d{4})年")
_FIGURED = re.compile(
    r"(?<![到至从自比较拟将\d])(?<![拟将]于)(?<!计划|预计|力争|确保)"
    r"(?P<year>20\d\d)年(?:底|末)?(?![\d上下前第一二三四至到—-]|以来|起|度|规划|远景|目标|工作|协商|计划|的)"
    r"，?(?=[^，。；]{2,24}\d)"
)
"""A figure of a whole year, which is told when that is over."""
_PLANNING = re.compile(
    r"(?P<year>20\d\d)年(?:度)?(?:协商|工作|监督|立法)(?:计划|要点|安排)"
)
_CONGRESS = re.compile("十([一二三四五])届全国人大([一二三四五])次会议")
_FIRST_SESSION = 2003
"""Of the tenth National People's Congress; they begin every five years."""
_TITLED = re.compile(r"(?P<year>\d{4})年")
_STAMP = re.compile(
    r"(?<!\d)(?P<year>20\d\d)(?P<mark>[-/.])(?P<month>[01]?\d)(?P=mark)(?P<day>[0-3]?\d)(?!\d)"
)
"""A date as web pages set it: 2025-04-16."""
_FIRST_HALF = 6
"""Reports of January to June speak about the year before."""
_REVIEWS = ("报告", "总结", "讲话")
"""Kinds of documents that look back; of others the date is the year."""
_TOLD = re.compile(r"(?<![到至\d])(?P<year>\d{4})年(?!代|规划|远景|目标|工作安排|要)")
_OFTEN_TOLD, _OFTEN_COMING = 3, 2
"""So often a year is named in a text that neither date nor heading places."""
_OPENING = 8
"""So many paragraphs open a report."""


def iso_date(words: str) -> str | None:
    """The first date in some words as ISO date, or the part that is given.

    >>> iso_date("——二〇二六年一月二十七日在甘肃省"), iso_date("（2021年1月）")
    ('2026-01-27', '2021-01')
    """
    found = _DATE.search(words)
    if found is None:
        return None
    year = "".join(_DIGITS.get(char, char) for char in found["year"])
    parts = [found[name] for name in ("month", "day") if found[name]]
    return "-".join([year, *(f"{_small(part):02d}" for part in parts)])


def stamped(words: str) -> str | None:
    """The first full date in some words, in words or in digits alone.

    >>> stamped("发布时间：2025-4-16 09:30"), stamped("2023年5月8日，县政协召开会议")
    ('2025-04-16', '2023-05-08')
    >>> stamped("2024年度"), stamped("5月8日")
    (None, None)
    """
    found = next((f for f in _DATE.finditer(words) if f["day"]), None)
    if found:
        return iso_date(found[0])
    if stamp := _STAMP.search(words):
        return f"{stamp['year']}-{int(stamp['month']):02d}-{int(stamp['day']):02d}"
    return None


def _small(words: str) -> int:
    """A month or a day."""
    if words.isdecimal():
        return int(words)
    tens, ten, ones = words.rpartition("十")
    value = int(_DIGITS.get(ones, "0"))
    return value + (10 * int(_DIGITS.get(tens, "1")) if ten else 0)


def period(
    kind: str, title: str | None, date: str | None, paragraphs: Sequence[str]
) -> str | None:
    """The year or years that a document is about.

    What headings say counts first, then how the text opens, then the date: a
    report of January speaks about the year before.

    Args:
        kind: The kind of document.
        title: Its title.
        date: When it was given, as ISO date or a part of one.
        paragraphs: Its paragraphs, headings included.

    Returns:
        `2020` or `2018-2021`; None where nothing tells.

    >>> period("政府工作报告", "2026年吉林省政府工作报告", None, ["一、工作回顾"])
    '2021-2025'
    >>> period("政府工作报告", None, "2021-01-07", ["一、2020年工作回顾"])
    '2020'
    >>> period("政府工作报告", None, None, ["一、过去五年工作", "刚刚过去的2017年，"])
    '2013-2017'
    """
    if not kind.endswith(_REVIEWS):
        summed = _SUMMED.search(title or "") or _COMMENDED.search(title or "")
        if summed or date:
            return summed["year"] if summed else (date or "")[:4]
        if kind.endswith("新闻"):
            return _year_of_news(paragraphs)
        return _year_of_chapter(paragraphs) if kind == _OTHER else None
    half = paragraphs[: max(2 * _OPENING, len(paragraphs) // 2)]
    headings = [p[:_LONGEST_HEADING] for p in half if _is_heading(p)]
    last = _last_year(kind, title, date, headings, paragraphs)
    if last is None:
        return None
    years = _span(headings, half, last)
    if (
        years is None
        and kind == "政府工作报告"
        and not date
        and last % 5 in _LAST_OF_TERM
    ):
        years = _planned_years(paragraphs)
    return f"{last - years + 1}-{last}" if years and years > 1 else str(last)


def _is_heading(paragraph: str) -> bool:
    numbered = paragraph.startswith(("一、", "（一）", "第一部分"))
    short = len(paragraph) <= _LONGEST_HEADING and paragraph[-1] not in "。！？；："
    return numbered or short


def _last_year(
    kind: str,
    title: str | None,
    date: str | None,
    headings: Sequence[str],
    paragraphs: Sequence[str],
) -> int | None:
    """The last year reported on."""
    for pattern, texts in ((_ONE, headings), (_REPORTED, paragraphs[:_OPENING])):
        for text in texts:
            if found := pattern.search(text):
                return int(found["year"])
    if title and (found := _TITLED.search(title)):
        return int(found["year"]) - (kind == "政府工作报告")
    if date:
        early = len(date) == 4 or int(date[5:7]) <= _FIRST_HALF  # noqa: PLR2004  a year
        return int(date[:4]) - early
    for text in paragraphs[:_OPENING]:
        if (found := _NOW.search(text)) and found["year"]:
            return int(found["year"])
    return _told(paragraphs)


def _told(paragraphs: Sequence[str]) -> int | None:
    """The last year, by how often the text speaks of it or how it looks back on it."""
    for text in paragraphs[: max(_OPENING, len(paragraphs) // 2)]:
        if found := _PAST.search(text):
            return int(found["year"])
    coming = Counter(
        int(f["year"]) - 1 for text in paragraphs for f in _COMING.finditer(text)
    )
    third = paragraphs[: len(paragraphs) // 3]
    told = Counter(int(f["year"]) for text in third for f in _TOLD.finditer(text))
    for years, least in ((told, _OFTEN_TOLD), (coming, _OFTEN_COMING)):
        often = [year for year, count in years.items() if count >= least]
        if often:
            return max(often)
    return _between(paragraphs)


def _between(paragraphs: Sequence[str]) -> int | None:
    """The last year that is told of, where the next one is planned for."""
    told = [
        int(found["year"])
        for text in paragraphs[: len(paragraphs) * 2 // 3]
        for found in _TOLD.finditer(text)
    ]
    aimed = [int(f["year"]) - 1 for text in paragraphs for f in _AIMED.finditer(text)]
    last = max(told, default=None)
    return last if last in aimed else None


def _year_of_chapter(paragraphs: Sequence[str]) -> str | None:
    """The year of a text that is no report, as a yearbook's chapter: the last told twice.

    >>> _year_of_chapter(["1995年至2004年换届四次。2004年，县政协召开会议。", "2004年5月，"])
    '2004'
    >>> _year_of_chapter(["张三，1970年5月生，1990年参加工作，1990年入党。"]) is None
    True
    """
    if any(_LIFE.search(text) for text in paragraphs):
        return None
    told = Counter(f["year"] for text in paragraphs for f in _TOLD.finditer(text))
    return max((year for year, count in told.items() if count > 1), default=None)


_OTHER = "其他"
"""The kind of documents that nothing tells the kind of."""
_LIFE = re.compile(r"\d{4}年\d{1,2}月(?:出?生|参加工作)")


def _year_of_news(paragraphs: Sequence[str]) -> str | None:
    """The year of news that are dated by day and month alone.

    A year's figures are told in the next one, its plans in the year itself.

    >>> _year_of_news(["5月12日，县政协召开会议。", "2022年全县民宿87家。"])
    '2023'
    >>> _year_of_news(["工程拟于2025年投资1.1亿元，2023年海水养殖产量84.6万吨。"])
    '2024'
    >>> _year_of_news(["会议传达了十四届全国人大三次会议精神。"])
    '2025'
    >>> _year_of_news(["县政协喜获表彰", "2023年，县政协共编报信息136篇。"])
    '2024'
    """
    text = "\n".join(paragraphs)
    years = [int(found["year"]) + 1 for found in _FIGURED.finditer(text)]
    years += [int(found["year"]) for found in _PLANNING.finditer(text)]
    order = _DIGITS
    years += [
        _FIRST_SESSION + 5 * int(order[found[1]]) + int(order[found[2]]) - 1
        for found in _CONGRESS.finditer(text)
    ]
    return str(max(years)) if years else None


def _span(headings: Sequence[str], half: Sequence[str], last: int) -> int | None:
    """How many years are reviewed, or None where nothing tells."""
    for texts in (headings, half[:_OPENING]):
        for text in texts:
            several, one = _SEVERAL.search(text), _ONE.search(text) or _NOW.search(text)
            if several and not (one and one.start() < several.start()):
                return _count(several, last)
            if one:
                return 1
    return None


_LAST_OF_TERM = (0, 2)
"""Years, by five, after which five are reviewed: of a plan (2025), of a congress (2022)."""

_OF_YEARS = re.compile(
    "年均|累计|五年|翻[一两]?番|“十[一二三四五六]?五”(?:期间|时期)"
    "|从[^，。；]{1,24}(?:提[高升]|增[加长]?|上?升)[到至]"
)
_OF_A_YEAR = re.compile("(?<!年均)(?:增长|下降|减少|提高)[0-9]|同比|[比较]上年|全年")


def _planned_years(paragraphs: Sequence[str]) -> int:
    """How many years a report given after the last year of a plan reviews.

    Passages without a date or a heading tell by their figures: what was added up over
    the plan's five years, or what grew in its last one.

    >>> _planned_years(["累计发送旅客6400万人次，从3800万吨提升至8000万吨。"])
    5
    >>> _planned_years(["出口增长14.7%，新增就业82万人。"])
    1
    """
    text = "\n".join(paragraphs)
    several = sum(1 for _ in _OF_YEARS.finditer(text))
    return 5 if several >= sum(1 for _ in _OF_A_YEAR.finditer(text)) else 1


def _count(found: re.Match[str], last: int) -> int:
    """The number of years that a phrase for several means."""
    if found["plan"]:
        start = _PLANS[found["plan"]]
        return last - start + 1 if start <= last < start + 5 else 1
    digits = _DIGITS | {"两": "2", "十": "10"}
    return int(digits[found["past"] or found["since"]])
