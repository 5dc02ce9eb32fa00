"""Planning: whether words announce work to come or report work done.

Reports change from what was done to what will be done at a heading; a sentence
may also announce by itself. Only what is certain is called planned by itself:
将 in 将…纳入… and 要 in 重要 announce nothing.
"""

from __future__ import annotations

import re
from functools import cache

from zhengpu.knowledge.lexicon import words
from zhengpu.knowledge.patterns import quick

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年?(?!\d)")
_PLAN_PERIODS = {"十一五": 2006, "十二五": 2011, "十三五": 2016, "十四五": 2021}
_PLAN_PERIODS |= {"十五五": 2026, "十六五": 2031, "十七五": 2036}
_PLAN_PERIOD = re.compile("(?:第(?=..个五年))?(十[一二三四五六七])(?:五(?!年)|个五年)")

_DONE = quick(
    r"了(?!解|如|然)|已(?:经|于|全|顺|有|达|建|完|基|实)?|累计|截至|荣获|获评|[一几五四三两]年来|去年"
)
_SUBJECT = (
    "[，。；：、也都还必即更就们协府委会级定志员表期年后步先一二三四五六七八九十]"
)
_WILL = (
    r"将(?=继续|进一步|始终|坚持|坚定|全面(?!从严)|深入|着力|努力|认真|大力|积极|切实"
    r"|会|于|在|重点|更加|不断|一如既往|以(?!上|下|来)|按照|围绕|紧扣|紧紧|召开|举办|开展"
    r"|推动|推进|加快|加强|建设|组织|深化|聚焦|统筹|带头|严格|牢牢|牢记|主动|迎来)"
    # 将…纳入…: the object put first, no future
    r"(?![^，。；]{0,30}(?:纳入|列入|列为|作为|转化为|融入|贯穿|摆在|放在|挺在|抓在|落到|用于))"
)
_MUST = r"要(?!求|素|点|闻|塞|是|么|害|旨|义|案|件|职|务|领|道|地|事|目|面|员|约|价|冲|硬|好的)"
_INTENDS = (
    r"力争|拟(?=于|在|新|建|投|安排|实施|提请|召开)"
    r"|计划(?=于|在|实施|新建|建设|开展|年内)"
    r"|(?:下一步|今后|明年|来年|下一年|新的一年|接下来)(?=，|里|我|县|市|省|区|全|工|要|将)"
    r"|(?<![能才会])让我们(?=[^的感看倍深])|预期目标(?=是|为|设)"
)
_ANNOUNCES = quick(f"(?:(?<={_SUBJECT})|^)(?:{_WILL}|{_MUST})|{_INTENDS}")
_HINT = quick("[将要拟]|力争|计划|下一|今后|明年|来年|新的一年|接下来|让我们|预期")


_PREPARES = re.compile("为.*(?:奠定|打下|打牢|夯实|筑牢|创造)")
_MEANS = re.compile(
    "(?:聚焦|围绕|紧扣|紧盯|服务|落实|完成|推动|推进|助推|突出|抓好|履行|聚力|着眼)[^年，]{0,9}$"
)


@cache
def _ending(kind: str) -> re.Pattern[str]:
    """The words of a kind at the end of a title, or before what is joined to them."""
    listed = "|".join(
        sorted(words("planning", "word", kind), key=lambda w: (-len(w), w))
    )
    return re.compile(
        f"(?:{listed})(?:(?:和|及|与|以及|、)[^，]{{1,24}})?(?:（[^）]*）)?》?(?:的?说明)?(?:（[^）]*）)?$"
    )


def announced(title: str, period: str | None = None) -> bool | None:
    """Whether a section of this title is about work to come.

    Args:
        title: The heading.
        period: The year or years reported on, when known: `2020`, `2018-2021`.

    Returns:
        None where the title does not tell.

    >>> announced("二、2021年工作安排"), announced("一、2020年工作回顾")
    (True, False)
    >>> announced("三、深化合作共事") is None
    True
    """
    title = title.rstrip("：。 ")
    if _ending("done").search(title) or _ending("other").search(title):
        return False
    found = _ending("planned").search(title)
    if found and _MEANS.search(title[: found.start()]):
        return None  # 一、聚焦重点工作: what was worked on, not when
    year = latest_year(title)
    if period and year is not None and not _PREPARES.search(title):
        return year > int(period[-4:])
    return True if found else None


def is_mixed(title: str) -> bool:
    """Whether a title names both what was done and what will be done.

    >>> is_mixed("二、“十四五”时期发展成就和“十五五”时期主要目标任务")
    True
    """
    done = _DONE_WORD.search(title)
    return bool(done and _ending("planned").search(title, done.end()))


_DONE_WORD = re.compile("成就|回顾|总结")


def latest_year(text: str) -> int | None:
    """The last year that a text names; of a plan period its first.

    >>> latest_year("“十五五”时期主要目标和2025年重点工作")
    2026
    """
    years = [int(year) for year in _YEAR.findall(text)]
    years += [_PLAN_PERIODS[f"{name}五"] for name in _PLAN_PERIOD.findall(text)]
    return max(years, default=None)


def announces(sentence: str, period: str | None = None) -> bool:
    """Whether a sentence announces by itself.

    A sign counts only where nothing before it is reported as done.

    >>> announces("2023年，市政协将深入开展专题协商。")
    True
    >>> announces("县政协将提案办理纳入考核。"), announces("这是重要的一年。")
    (False, False)
    """
    found = _ANNOUNCES.search(sentence) if _HINT.search(sentence) else None
    if found:
        return _DONE.search(sentence, 0, found.start()) is None
    return bool(period) and _begins_later(sentence, str(period))


def _begins_later(sentence: str, period: str) -> bool:
    """Whether a sentence speaks of a year after the reported one from the start."""
    found = _YEAR.match(sentence)
    return bool(
        found and int(found[1]) > int(period[-4:]) and not _DONE.search(sentence)
    )
