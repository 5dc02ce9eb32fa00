"""Measures: the name of what a figure counts, found in the words around it.

In Chinese the counted noun stands after the figure (召开5次常委会议), before it
(提案103件), or was named earlier (其中6项转化为政策).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhengpu.extraction.wording import GROWTH, NOUNS, Token, kinds

if TYPE_CHECKING:
    from collections.abc import Sequence

_REACHES = re.compile(".*[到至为达]|超过|突破")
_REACHED = frozenset(("完成", "实现", "安排"))
_CHANGES = {"增": "增长", "升": "上升", "涨": "上涨", "降": "下降", "减": "减少"}
_NAMING = NOUNS | {"body", "place"}
_LINKS = frozenset(("link", "adverb", "scope", "time"))
_LEADS = GROWTH | _LINKS | {"list", "of", "stop", "share"}
_LITERAL_ENDS = frozenset(("hold", "stop", "of", "and so on", "list", "place", "time"))
_RELATIVE = re.compile(
    "比率|[占比]比|比重|比例|之比|数量|总量|规模|金额|总额|浓度|增速"
)
"""Names that say nothing without what they are of: 物流费用与GDP的比率."""
_DESCRIBING = frozenset(("具有", "有", "含", "涉及", "来自"))
_BY = frozenset(("经", "由", "被"))
_QUALITIES = frozenset(("高", "强", "好", "大", "优", "突出", "优秀"))
_PASSIVE = frozenset(("被", "获", "得到", "为"))
_LONGEST = 20
"""Names longer than this are cut to the words next to the figure."""
_LONGEST_QUOTED = 10
"""Longer quotations before a head noun are left out of the name."""
_LONGEST_LIST = 12
"""Coordinated names (意见和建议) longer than this keep one member."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted, in the text's words."""

    name: str
    """Empty where it was named earlier."""
    start: int
    end: int
    rule: str
    """How it was found: `noun-before`, `noun-after`, `carried` …"""
    change: str = ""
    """`增长`, `下降`, `提高` … where the figure says by how much."""
    carried: str = ""
    """The verb that says what became of something counted before: 立案, 采用."""


def name_before(words: Sequence[Token], *, happens: bool) -> Measure | None:
    """The measure that ends the words before a figure.

    Args:
        words: From the clause's beginning, or the figure before, to the figure.
        happens: The unit counts occasions, so that what was done is the name.

    >>> from zhengpu.extraction.wording import tokens
    >>> name_before(tokens("提出意见和建议", 0, 7, ()), happens=False).name
    '意见和建议'
    >>> name_before(tokens("经济年均增长", 0, 6, ()), happens=False).change
    '增长'
    """
    end, reaches = _without_links(words)
    change = ""
    if end and words[end - 1].kind in GROWTH:
        verb = words[end - 1].text
        change = "" if reaches else _CHANGES.get(verb, verb)
        end, _ = _without_links(words[: end - 1])
    carried = words[end - 1] if end and words[end - 1].kind == "carry" else None
    if carried:
        end -= 1
    start = _begin(words, end, happens=happens, body=carried is None)
    if not carried and start and words[start - 1].kind == "carry":
        # 被全国政协采用信息62篇, but 批示件12篇
        passive = any(word.text in _PASSIVE for word in words[:start])
        carried = words[start - 1] if passive else None
    start = _shortened(words, start, end)
    if carried and start and words[start - 1].text in _BY:
        start = end  # 经提案委员会审查立案
    if start == end:
        return _verbal(words, end, carried, change)
    return _measure(words[start:end], "noun-before", change, carried)


def _without_links(words: Sequence[Token]) -> tuple[int, bool]:
    """How many words are left without those that lead to the figure (达到, 为, 同比).

    Also whether the last words say that a level was reached (增加到, 提升至).
    """
    end, reaches = len(words), False
    while end:
        word, before = words[end - 1], words[end - 2 : end - 1]
        if word.kind == "of" and before and before[0].kind == "time":
            end -= 1  # 到2002年的91%
        elif word.text in _REACHED and _follows_noun(words[: end - 1]):
            pass  # 地区生产总值完成89.6亿元
        elif word.kind not in _LINKS:
            break
        end -= 1
        reaches |= _REACHES.fullmatch(word.text) is not None
    return end, reaches


def _follows_noun(words: Sequence[Token]) -> bool:
    before = [word for word in words if word.kind not in _LINKS]
    return bool(before) and before[-1].is_noun


def _begin(words: Sequence[Token], end: int, *, happens: bool, body: bool) -> int:
    """Where the noun phrase that ends at `end` begins."""
    start = end
    if body and start and words[start - 1].kind == "body":
        return start - 1
    while start and _belongs(words, start, end, happens=happens):
        start -= 1
    relative = start < end and _RELATIVE.fullmatch(words[start].text)
    if relative and start > 1 and words[start - 1].kind == "of":
        return _begin(words, start - 1, happens=happens, body=body)
    return start


def _belongs(words: Sequence[Token], start: int, end: int, *, happens: bool) -> bool:
    """Whether the word before `start` still belongs to the name."""
    word, inside = words[start - 1], start < end
    before = words[start - 2].kind if start > 1 else ""
    after = words[start].kind if inside else ""
    if after == "verb" or (after == "keep" and start < end - 1):
        return word.kind == after
    if inside and (before == "share" or word.kind == "share"):
        return True  # 占全省比重
    if word.kind == "verb":
        return happens or not inside
    if word.kind == "list":
        return inside and before in NOUNS
    if word.kind == "nominal":
        return not inside or before in {"noun", "quoted", "hold"}
    short = word.kind in GROWTH and len(word.text) == 1  # 减费让利
    return word.kind == "keep" or word.is_noun or (inside and short)


def _shortened(words: Sequence[Token], start: int, end: int) -> int:
    """Where a name begins once it is no longer than names are."""
    lists = [n for n in range(start, end) if words[n].kind == "list"]
    related = any(word.kind == "of" for word in words[start:end])
    if (
        lists
        and not related
        and words[end - 1].end - words[start].start > _LONGEST_LIST
    ):
        start = lists[-1] + 1
    while start < end - 1 and words[end - 1].end - words[start].start > _LONGEST:
        start += 1
    return start


def _verbal(
    words: Sequence[Token], end: int, carried: Token | None, change: str
) -> Measure | None:
    """A measure without a noun: 审查立案88件, 投入3亿元, 增长5%."""
    if carried:
        return Measure(
            "", carried.start, carried.end, "carried", change, _verb(carried)
        )
    if end and words[end - 1].kind == "hold" and not change:
        return _measure(words[end - 1 : end], "verb", change, None)
    if change:
        at = words[-1]
        return Measure("", at.start, at.end, "carried", change)
    return None


def _verb(carried: Token) -> str:
    """What became of it, as the measure names it: 审查立案 is 立案."""
    return carried.text.removeprefix("审查").removeprefix("宣布").removesuffix("为")


def _measure(
    words: Sequence[Token], rule: str, change: str, carried: Token | None
) -> Measure:
    verb = _verb(carried) if carried else ""
    name = _plain(words)
    return Measure(name, words[0].start, words[-1].end, rule, change, verb)


def _plain(words: Sequence[Token]) -> str:
    """The words of a name without long quotations and numbering before its head."""
    first = words[0]
    rest = "".join(word.text for word in words[1:])
    if len(first.text) > _LONGEST_QUOTED and first.kind in {"name", "quoted"}:
        rest = rest or first.text.rpartition("”")[2]
        return rest or first.text
    if rest and first.text[0] in "（(":
        return rest
    return (first.text + rest).strip("《》")


def name_after(words: Sequence[Token], *, happens: bool = False) -> Measure | None:
    """The measure that begins the words after a figure.

    Args:
        words: From the figure to the next, or to the clause's end.
        happens: The unit counts occasions, so that what was done is the name.

    >>> from zhengpu.extraction.wording import tokens
    >>> name_after(tokens("方面的学习考察活动，", 0, 10, ())).name
    '方面的学习考察活动'
    >>> name_after(tokens("具有战略性、实操性的意见建议，", 0, 15, ())).name
    '意见建议'
    """
    start = 0
    while start < len(words) and (
        words[start].kind in {"of", "scope"}
        or words[start].text.startswith(("（", "("))
    ):
        start += 1
    end = _end(words, start, happens=happens)
    if end == start or _describes(words[start:end], words[end:]):
        return _described(words, end)
    if end < len(words) - 1 and words[end].kind == "of" and words[end + 1].is_noun:
        further = _end(words, end + 1)
        joined = words[further - 1].end - words[start].start <= _LONGEST_LIST
        start, end = (start if joined else end + 1), further
    return _measure(words[start:end], "noun-after", "", _fate(words[end:]))


def _describes(name: Sequence[Token], behind: Sequence[Token]) -> bool:
    """Whether a name only tells how what is counted is: 4名学历高的干部."""
    return bool(name and behind) and behind[0].text in _QUALITIES


def _end(words: Sequence[Token], start: int, *, happens: bool = False) -> int:
    """Where the noun phrase that begins at `start` ends."""
    end = start
    while end < len(words) and _goes_on(words, start, end, happens=happens):
        end += 1
    return _listed(words, start, end)


def _goes_on(words: Sequence[Token], start: int, end: int, *, happens: bool) -> bool:
    """Whether the word at `end` still belongs to the name."""
    word = words[end]
    following = words[end + 1].kind if end + 1 < len(words) else ""
    if word.kind == "list":
        return end > start and following in _NAMING
    if word.kind in {"body", "place"}:
        return following in NOUNS or (end == start and word.text[0] == "《")
    if word.kind in GROWTH:
        return following in NOUNS and len(word.text) == 1  # 高电压
    if word.kind == "verb" and end == start:
        return happens  # 50余次深入县区
    return word.is_noun


def _listed(words: Sequence[Token], start: int, end: int) -> int:
    """The end of a coordinated name that is not too long to be one."""
    lists = [n for n in range(start, end) if words[n].kind == "list"]
    if lists and words[end - 1].end - words[start].start > _LONGEST_LIST:
        return lists[0]
    return end


def _described(words: Sequence[Token], start: int) -> Measure | None:
    """A noun behind its relative clause: 71条具有前瞻性的意见建议."""
    describing = _DESCRIBING | _QUALITIES
    if start >= len(words) or words[start].text not in describing:
        return None
    ends = (n for n in range(start, len(words)) if words[n].kind in {"stop", "of"})
    of = next(ends, None)
    if of is None or words[of].kind == "stop":
        return None
    end = _end(words, of + 1)
    if end == of + 1:
        return None
    return _measure(words[of + 1 : end], "noun-after", "", None)


def _fate(words: Sequence[Token]) -> Token | None:
    """The verb behind 被 that says what became of it: 被…采用."""
    if not words or words[0].text not in _PASSIVE:
        return None
    for word in words:
        if word.kind == "carry":
            return word
        if kinds().get(word.text[-2:]) == "carry":  # 领导批示
            return word._replace(text=word.text[-2:])
    return None


def fate(words: Sequence[Token]) -> str:
    """What became of a part that a clause counts: 其中6项转化为…, 15条被省政协采用.

    >>> from zhengpu.extraction.wording import tokens
    >>> fate(tokens("被省政协采用，", 0, 7, ()))
    '采用'
    """
    if words and words[0].kind == "carry":
        return _verb(words[0])
    verb = _fate(words)
    return _verb(verb) if verb else ""


def literal(words: Sequence[Token]) -> Measure | None:
    """The words next to a figure as they stand, where they form no known name.

    >>> from zhengpu.extraction.wording import tokens
    >>> literal(tokens("让农村居民喝", 0, 6, ())).name
    '让农村居民喝'
    """
    end, _ = _without_links(words)
    start = end - 1 if end and words[end - 1].kind == "place" else end
    while start and words[start - 1].kind not in _LITERAL_ENDS:
        start -= 1
    while start < end and words[end - 1].end - words[start].start > _LONGEST_LIST:
        start += 1
    return _measure(words[start:end], "literal", "", None) if start < end else None


def only_leads(words: Sequence[Token]) -> bool:
    """Whether words before a figure name nothing: 、提升至, 达到, 2002年的.

    >>> from zhengpu.extraction.wording import tokens
    >>> only_leads(tokens("提升至", 0, 3, ())), only_leads(tokens("为农户", 0, 3, ()))
    (True, False)
    """
    return all(word.kind in _LEADS for word in words)


def is_kept(name: str) -> bool:
    """Whether a word belongs to the name of what it precedes: 增补, 新增.

    >>> is_kept("新增"), is_kept("召开")
    (True, False)
    """
    return kinds().get(name) == "keep"
