"""Names inside the names of documents, programmes and events."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

import ahocorasick_rs

from zhengpu.extraction.dictionary import Places
from zhengpu.extraction.names import find_names
from zhengpu.extraction.skeleton import AREA_RULE, apply, fold, longest
from zhengpu.model import EntityType, Mention

if TYPE_CHECKING:
    from collections.abc import Iterable

_HOLDERS = frozenset((EntityType.DOC, EntityType.PRG, EntityType.EVT))


def held_names(mentions: list[Mention], found: list[Mention]) -> list[Mention]:
    """Names that a title or a programme's name holds, also by repetition."""
    holders = [m for m in mentions if m.type in _HOLDERS]
    seen: dict[str, list[Mention]] = {}
    names = {
        m.text: m
        for m in found
        if len(m.text) > 1
        and m.type not in (EntityType.DOC, EntityType.AWD, EntityType.PER)
    }
    texts = list(names)
    finder = ahocorasick_rs.AhoCorasick(
        texts, implementation=ahocorasick_rs.Implementation.NoncontiguousNFA
    )
    out = []
    starts = sorted(found, key=lambda m: m.start)
    keys = [m.start for m in starts]
    for holder in holders:
        at = bisect_left(keys, holder.start)
        within = []
        while at < len(starts) and starts[at].start < holder.end:
            m = starts[at]
            if m.end <= holder.end and (m.start, m.end) != (holder.start, holder.end):
                within.append(m)
            at += 1
        there = tuple(m for m in within if m.rule == AREA_RULE)
        told: set[int] = set()
        for i, a, b in finder.find_matches_as_indexes(holder.text, overlapping=True):
            m = names[texts[i]]
            moved = m.moved(holder.start + a, holder.start + b)
            torn = m.rule == AREA_RULE and any(_crosses(moved, x) for x in there)
            if i not in told and m.text != holder.text and not torn:
                told.add(i)
                within.append(moved)
        opens = holder.type is EntityType.DOC and _SITE.search(holder.text)
        if opens and holder.text not in seen:
            seen[holder.text] = _opened(holder, within)
        within += [
            m.moved(m.start + holder.start, m.end + holder.start)
            for m in seen.get(holder.text, ())
        ]
        out += longest(within)
    return out


def _crosses(one: Mention, other: Mention) -> bool:
    """Whether two names share characters and neither holds the other: 海|上海|南."""
    first, second = sorted((one, other), key=lambda m: m.start)
    return first.start < second.start < first.end < second.end


def with_held_areas(
    places: Places, inner: Iterable[Mention], found: Iterable[Mention]
) -> Places:
    """The areas of a text, with those that a fixed name holds: “老家|河南|”."""
    known = {m.text: places.areas[m.start] for m in found if m.start in places.areas}
    held = {
        m.start: (m.end, known[m.text][1])
        for m in inner
        if m.rule == AREA_RULE and m.start not in places.areas and m.text in known
    }
    return Places({**places.areas, **held})


_SITE = re.compile(
    "[河湖江山街海岛湾溪峡渠][^南北东西]|流域|景区|名胜区|古[镇城村]|经济带|走廊|[园新]区|片区|水库|公园|机场|铁路|高速"
)
"""What titles with an open name of a place hold."""


def _opened(holder: Mention, known: list[Mention]) -> list[Mention]:
    """Open names of places inside a title, counted from its start: 关于|涪江流域|的报告.

    Args:
        holder: The mention of the title.
        known: What is found inside it already, in the document's offsets.
    """
    inner = [
        m.moved(m.start - holder.start, m.end - holder.start) for m in longest(known)
    ]
    skeleton = fold(holder.text, inner)
    found = [
        *apply("places", skeleton, holder.text),
        *apply("roads", skeleton, holder.text),
        *find_names(skeleton, holder.text),
    ]
    areas = {m.start for m in inner if m.rule == "dictionary/area"}
    return [m for m in found if m.type is EntityType.PLC and m.start not in areas]
