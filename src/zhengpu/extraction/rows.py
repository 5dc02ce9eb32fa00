"""Rows: figures given one after the other for several things (分别增长8.3%、7.9%)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zhengpu.extraction.leading import name_before
from zhengpu.model import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhengpu.extraction.figures import Words
    from zhengpu.extraction.wording import Token

_RESPECTIVE = ("分别", "依次")
_ALIKE = re.compile(
    "(?<![年人户日月亩平])均(?![衡等匀价])(?:为|是|在|达到?|超过?|突破|高于|低于|保持在|稳定在"
    "|实现|完成|(?:同比|年均)?(?:增长|下降|提高|提升))?[^，。；、]{0,3}$"
)
_SEPARATED = re.compile(" ?(?:、|和|与|及|以及|至|到|-|——?|~|～|–) ?")
_THAN = frozenset(("较", "比", "比上年", "较上年", "同比"))
_TAIL = re.compile(
    ".*?(吞吐量|进出口总额|产值|增加值|收入|支出|产量|销量|投资|总额|余额|面积|比重|占比|增速"
    "|(?:运营|营业|通车)?里程|毛?入[学园]率|(?:覆盖|普及|达标|参保|处理|利用|合格|在校|就业)率|在校生|事项)$"
)
_HEADS = (*"率量额值数入比度出积重费速", "投资", "人次", "游客")
"""What the names end with that need no head of another."""
_OF_RATES = {"增速": ("速",), "占比": ("比", "比重"), "比重": ("比", "比重")}
"""Heads that amounts, too, take on: 发电量、用电量|占比."""
_RANK = re.compile("[^，。、]{1,3}级")
_PAIR = 2
_RIVALS = (
    "城镇",
    "农村",
    "城市",
    "乡村",
    "国有",
    "民营",
    "入境",
    "出境",
    "境内",
    "境外",
)
"""Words of two characters that stand for one another: 城镇、农村居民."""


def row_end(words: Words, n: int) -> int:
    """The end of the row of figures that begins at the n-th: 20.9、36.2和54个百分点."""
    end = n + 1
    while end < len(words.numbers):
        last, following = words.numbers[end - 1], words.numbers[end]
        if not _SEPARATED.fullmatch(words.text, last.end, following.start):
            break
        if last.unit != following.unit and not told_apart(words, n):
            break
        end += 1
    return end


def told_apart(words: Words, n: int) -> bool:
    """Whether the row of figures that begins at the n-th is given respectively."""
    before = words.text[slice(*words.before[n])]
    return any(word in before for word in _RESPECTIVE)


def respectively(words: Words, n: int, counted: str) -> list[str]:
    """The names of A、B和C分别…, one for each figure of the row.

    Args:
        words: The sentence.
        n: The first figure of the row.
        counted: What was last counted in its unit, which bodies named one by one
            had: 民盟、民建依次为6件、4件 are proposals.
    """
    start, end = words.before[n]
    told = max(words.text.rfind(word, start, end) for word in _RESPECTIVE)
    return _listed(words, start, told, counted) if told >= 0 else []


def alike(words: Words, n: int) -> list[str]:
    """The names of A、B均…, of each of which the n-th figure is told.

    In A、B年均增长 it is the mean of the years.
    """
    start, end = words.before[n]
    told = _ALIKE.search(words.text, start, end)
    if told is None or "等" in words.text[start : told.start()]:
        return []  # A、B等增幅均超过10%
    names = _listed(words, start, told.start(), "")
    return names if len(names) > 1 else []


def _listed(words: Words, start: int, told: int, counted: str) -> list[str]:
    """The names of a list, or none where one of them is no name."""
    names = []
    for part in _members(words.tokens(Span(start, told))):
        name = name_before(part, "count")
        bodies = counted and part and part[-1].kind == "body"
        names.append(counted if bodies else name.name if name else "")
    return with_head(names) if all(names) else []


def _members(listed: Sequence[Token]) -> list[list[Token]]:
    """The words of each member of a list; none of what the members are compared with.

    >>> from zhengpu.extraction.wording import tokens
    >>> members = _members(tokens("普及率、死亡人数较同期", 0, 11, ()))
    >>> ["".join(word.text for word in member) for member in members]
    ['普及率', '死亡人数']
    """
    members: list[list[Token]] = [[]]
    for word in listed:
        if word.text in _THAN:
            break
        if word.kind == "list":
            members.append([])
        else:
            members[-1].append(word)
    return members


def _are_rivals(name: str, other: str) -> bool:
    """Whether words of two characters stand for one another: 城镇, 农村; 炼铁, 炼钢; 城市, 县城."""
    if name in _RIVALS and other in _RIVALS:
        return True
    return len(name) == _PAIR and not set(name).isdisjoint(other)


def with_head(names: list[str]) -> list[str]:
    """The members of a list, with the head that the last one shares with all.

    >>> with_head(["新能源", "输变电装备产业产值"])
    ['新能源产值', '输变电装备产业产值']
    >>> with_head(["城镇", "农村居民人均可支配收入"])
    ['城镇居民人均可支配收入', '农村居民人均可支配收入']
    >>> with_head(["资质互认", "“同事同标”事项"])
    ['资质互认事项', '“同事同标”事项']
    >>> with_head(["国家级", "省级创新平台"])
    ['国家级创新平台', '省级创新平台']
    >>> with_head(["农村卫生户厕覆盖率", "污水治理率"])
    ['农村卫生户厕覆盖率', '污水治理率']
    >>> with_head(["巩固率", "高中阶段", "高等教育毛入学率"])
    ['巩固率', '高中阶段毛入学率', '高等教育毛入学率']
    >>> with_head(["原煤", "天然气产量"])
    ['原煤产量', '天然气产量']
    >>> with_head(["发电量", "用电量占比"])
    ['发电量占比', '用电量占比']
    >>> with_head(["投资", "消费增速"]), with_head(["游客人次", "旅游收入"])
    (['投资增速', '消费增速'], ['游客人次', '旅游收入'])
    >>> with_head(["炼铁", "炼钢先进产能占比"])
    ['炼铁先进产能占比', '炼钢先进产能占比']
    """
    *others, last = names
    ranked = _RANK.match(last)
    if ranked and all(_RANK.fullmatch(name) for name in others):
        return [name + last[ranked.end() :] for name in others] + [last]
    tail = _TAIL.fullmatch(last)
    ends = _OF_RATES.get(tail[1] if tail else "", _HEADS)
    headed = [name.endswith(ends) for name in others]
    if tail is None or all(headed):
        return names
    if all(_are_rivals(name, last[:_PAIR]) for name in others):
        return [name + last[_PAIR:] for name in others] + [last]
    if any(headed) and headed[-1]:
        return names
    return [
        name if has else name + tail[1]
        for name, has in zip(others, headed, strict=True)
    ] + [last]
