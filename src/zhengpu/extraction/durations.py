"""Durations: what lasted so long (连续9年高于全国平均水平, 为期8天的活动)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from zhengpu.extraction.figures import FAR, LASTING, MORE_DAYS, Words
from zhengpu.extraction.leading import name_before, only_leads
from zhengpu.extraction.measures import Measure
from zhengpu.extraction.trailing import name_after
from zhengpu.model import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhengpu.extraction.memory import Memory
    from zhengpu.extraction.wording import Token

_HELD = re.compile("(?:奋战|坚守|驻守|驰援)[^ ]*|(?:试用|聘|见习)期|挂职")
_WHO = frozenset(("place", "body", "adverb"))
_BODIES = re.compile("(?:委员会|政协|人大|政府|机关|[局厅部委院办市县区])$")
_REACHES = re.compile("(?:稳定|保持|维持|控制)在(?:近|超)?$")
"""What leads to the figure of that which lasted: 连续13年稳定在430亿斤以上."""
_STANDING = re.compile("[居位排名列领增下高低超全第保稳优快]")
"""How what is told of a figure before goes on: 占比36%，连续两年居全国第一."""
_DAYS = "天数"
_DAYS_NAMED = re.compile("(?:空气|质量|优良|达标|污染|重)*天数")
_MORE = ("增加", "增长", "多")
_NEXT = 5
_SEVERAL = 2
_LONGEST = 20
_TOLD = 12
"""So many characters behind a duration tell what lasted."""


def _fate(behind: str) -> str:
    """What was so for so long, by the words behind: 高于全国平均水平.

    >>> _fate("居全国首位"), _fate("稳定在"), _fate("、赣江断面连续")
    ('居全国首位', '', '')
    """
    told = "" if behind.startswith("、") else behind[:_TOLD]
    if "（" in told and "）" not in told:
        told = behind[: behind.find("）") + 1 + _NEXT]  # 平安建设（综治工作）考评优秀
    return _REACHES.sub("", told)


def _whole(after: Sequence[Token]) -> Measure | None:
    """What was done for so long, with its object: 连续两年|获评行动考核优秀等次."""
    end = next((n for n, word in enumerate(after) if word.kind == "stop"), len(after))
    while end and after[end - 1].end - after[0].start > _LONGEST:
        end -= 1
    if end < _SEVERAL:
        return None
    name = "".join(word.text for word in after[:end])
    return Measure(name, after[0].start, after[end - 1].end, "duration")


def more_days(words: Words, n: int, memory: Memory) -> Measure | None:
    """By how much a number of days changed: 优良天数256天、同比增加11天."""
    start, end = words.before[n]
    cue = MORE_DAYS.search(words.text, max(0, start - FAR), end)
    if cue is None or words.numbers[n].unit != "天":
        return None
    days = _DAYS_NAMED.search(words.text, max(0, start - FAR), cue.start() + len(_DAYS))
    change = "增长" if cue[1] in _MORE else "下降"
    level = days[0] if days else memory.level
    return Measure(level, cue.start(), end, "carried", change) if level else None


def lasting(words: Words, n: int, memory: Memory) -> Measure | None:
    """What a duration measures: 连续9年高于全国平均水平, 为期8天的活动."""
    start, end = words.before[n]
    cue = LASTING.search(words.text, start, end)
    if cue and (held := _HELD.match(cue[0])):
        return Measure(held[0], cue.start(), end, "duration")
    before = words.tokens(Span(start, cue.start() if cue else end))[:]
    of_days = before and before[-1].text.endswith(_DAYS)
    if of_days and words.numbers[n].unit == "天":
        return name_before(before, "count")  # 优良天数256天
    body = False
    while before and (before[-1].kind in _WHO or _BODIES.search(before[-1].text)):
        body |= before.pop().kind != "place"
    name = name_before(before, "occasion")
    span = words.after[n]
    after = words.tokens(span)
    noun = name_after(after, happens=True)
    if after and after[0].kind == "of":
        return noun or name
    if after and after[0].kind == "hold":
        of = next((n for n, word in enumerate(after) if word.kind == "of"), None)
        # 连续4年举办“服务企业月”活动
        return name_after(after[1:of]) or name or _whole(after)
    told = _fate(words.text[slice(*span)])
    if cue and cue[0].startswith("连续") and not name and only_leads(before):
        last = "" if body or noun or not _STANDING.match(told) else memory.last
        name = Measure(last, start, span.start, "")
    if name and (name.name or not noun):
        rule = "duration" if told else "noun-before"
        return replace(name, name=name.name + told, rule=rule)
    return noun
