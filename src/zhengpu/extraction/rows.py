"""Rows: figures given one after the other for several things (分别增长8.3%、7.9%)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zhengpu.extraction.leading import name_before
from zhengpu.model import Span

if TYPE_CHECKING:
    from zhengpu.extraction.figures import Words

_RESPECTIVE = ("分别", "依次")
_SEPARATED = re.compile(" ?(?:、|和|与|及|以及|至|到|-|——?|~|～|–) ?")
_AND = re.compile("、|以及|和|与|及")
_TAIL = re.compile(
    ".*?(吞吐量|进出口总额|产值|增加值|收入|支出|产量|销量|投资|覆盖率|总额|余额|面积"
    "|比重|占比)$"
)
_HEADED = re.compile("[率量额值数入比度出资积重费]$")
_RANK = re.compile("[^，。、]{1,3}级")
_PAIR = 2
"""The length of words that stand for one another: 城镇、农村居民."""


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
    if told < 0:
        return []
    names = []
    for separator in [*_AND.finditer(words.text, start, told), None]:
        stop = separator.start() if separator else told
        part = words.tokens(Span(start, stop))
        name = name_before(part, "count")
        bodies = counted and part and part[-1].kind == "body"
        names.append(counted if bodies else name.name if name else "")
        start = separator.end() if separator else told
    return with_head(names) if all(names) else []


def with_head(names: list[str]) -> list[str]:
    """The members of a list, with the head that the last one shares with all.

    >>> with_head(["新能源", "输变电装备产业产值"])
    ['新能源产值', '输变电装备产业产值']
    >>> with_head(["城镇", "农村居民人均可支配收入"])
    ['城镇居民人均可支配收入', '农村居民人均可支配收入']
    >>> with_head(["国家级", "省级创新平台"])
    ['国家级创新平台', '省级创新平台']
    >>> with_head(["农村卫生户厕覆盖率", "污水治理率"])
    ['农村卫生户厕覆盖率', '污水治理率']
    """
    *others, last = names
    ranked = _RANK.match(last)
    if ranked and all(_RANK.fullmatch(name) for name in others):
        return [name + last[ranked.end() :] for name in others] + [last]
    tail = _TAIL.fullmatch(last)
    if tail is None or any(_HEADED.search(name) for name in others):
        return names
    if all(len(name) == _PAIR for name in others) and len(last) > _PAIR * 2:
        return [name + last[_PAIR:] for name in others] + [last]
    return [name + tail[1] for name in others] + [last]
