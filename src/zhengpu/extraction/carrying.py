"""Carrying: what a figure counts that its own words leave out.

The noun stands with an earlier figure (立案88件 are proposals), in the clause before,
or in a clause that tells a part (已经解决的296件).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from msgspec.structs import replace

from zhengpu.extraction.leading import name_before
from zhengpu.extraction.measures import Measure, is_kept, verb_of
from zhengpu.extraction.trailing import name_after
from zhengpu.extraction.wording import COMES
from zhengpu.model import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhengpu.extraction.figures import Words
    from zhengpu.extraction.memory import Memory
    from zhengpu.extraction.numbers import Number
    from zhengpu.extraction.wording import Token

_COMPARED = re.compile("(?:高于|低于|快于|优于|高出|领先)[^，。；、]{2,14}$")
_ADJACENT = re.compile("[ 、]?(?:(?:和|及|以及)[^，。；、]{0,4})?")
_BECOMING = re.compile("[^，。；、]{1,6}[为到至]")
MEMBERS = frozenset(("count", "people"))
_LEADING = frozenset(("stop", "list", "adverb"))
_PARTIAL = frozenset(("新增", "净增", "审结", "执结"))
"""Names that are a verb alone: 市场主体4.6万户，净增5100户."""
_TOTALS = frozenset(("总数", "总量", "总规模", "总数量", "数量", "个数"))
"""Names that say nothing without what was counted before."""
_AMOUNTS = frozenset(("rate", "money", "measure"))
_SHARES = ("占比", "比重", "率")
_CALLED = frozenset(("quoted", "name", "body"))
_HEADS = frozenset(("专栏", "栏目", "节目", "讲坛", "讲堂"))
_GROUPS = re.compile("(?:案件?|[团组队户])$")
"""What people belong to who are counted behind it: 案件2件11人."""
TOLD = 12
"""So many characters of a clause stand for a name that it does not hold."""


def compared(words: Words, n: int, memory: Memory) -> Measure | None:
    """By how much something differs from another: 增长5%、高于全国0.3个百分点."""
    span = words.before[n]
    against = _COMPARED.search(words.text[slice(*span)])
    if against is None:
        return None
    start = span.start + against.start()
    own = name_before(words.tokens(Span(span.start, start)), "count")
    name = own.name if own and own.rule == "noun-before" else memory.last
    rule = "compared"
    return (
        Measure(name + against[0], start, span.end, rule, against[0]) if name else None
    )


def rest(words: Words, n: int, rest: Token, memory: Memory) -> Measure:
    """What became of the rest: 其余4个正在推进, 其余27件转作意见建议."""
    start, end = words.after[n]
    behind = words.tokens(words.after[n])
    if behind and behind[0].kind == "carry" and (noun := name_after(behind[1:])):
        name = verb_of(behind[0]) + noun.name
        return Measure(name, rest.start, noun.end, "described")
    told = words.text[start : min(end, start + TOLD)].strip()
    told = "" if told.startswith("也") else told
    counted = memory.of(words.numbers[n].unit)
    name = f"{told}的{counted}" if told and counted and end <= start + TOLD else ""
    return Measure(name or rest.text + counted, rest.start, rest.end, "described")


def clause_before(words: Words, n: int, *, whole: bool = False) -> Measure | None:
    """The measure that the clause before names: 社会保障支出，由270亿元增加到1161亿元.

    Args:
        words: The sentence.
        n: The figure's place.
        whole: The clause must be no more than the measure.
    """
    number = words.numbers[n]
    clause = words.clause(number.start)
    at = bisect_left(words.clauses, clause)
    counted_there = n and words.numbers[n - 1].end > words.clauses[at - 1].start
    if not at or counted_there or number.kind not in _AMOUNTS:
        return None
    ahead = words.clauses[at - 1]
    found = name_before(words.tokens(ahead), "count")
    return found if not whole or (found and ahead == (found.start, found.end)) else None


def series(words: Words, n: int) -> Measure | None:
    """What the clause before ends with by name, with its head: “提案追踪”专栏."""
    at = bisect_left(words.clauses, words.clause(words.numbers[n].start))
    ahead = words.tokens(words.clauses[at - 1]) if at else []
    named = [word for word in ahead[-2:] if word.kind in _CALLED]
    if not named or not (ahead[-1] is named[-1] or ahead[-1].text in _HEADS):
        return None
    return Measure(named[-1].text, named[-1].start, named[-1].end, "carried")


def described(
    words: Words, ahead: Sequence[Token], number: Number, memory: Memory
) -> Measure:
    """A part told by a clause of its own: 已经解决或采纳的296件."""
    end = ahead[-1].start
    near = (w for w in ahead if w.kind not in _LEADING and w.start >= end - TOLD)
    start = next(near, ahead[-1]).start
    name = words.text[start:end]
    if number.unit == "倍":  # 是1997年的3倍
        name = memory.level + name
    elif number.kind in MEMBERS:
        name += memory.roots.get(number.unit, "")
    return Measure(name, start, end, "described")


def whose(number: Number, measure: Measure, memory: Memory) -> Measure:
    """A measure whose noun was named earlier: 立案88件 are proposals."""
    earlier = memory.level if measure.change else memory.of(number.unit)
    name = measure.name or earlier
    if measure.name in _PARTIAL and not measure.change:
        name += _unkept(memory.of(number.unit))
    if name in _TOTALS:
        last = memory.level if memory.last != memory.level else ""
        name = _unkept(memory.counted.get(number.unit) or last or name)
    if measure.carried and not measure.change:
        name = measure.carried + name
    return measure if name == measure.name else replace(measure, name=name)


def _unkept(name: str) -> str:
    """A name without the verb that is part of it, so that its total is named alike."""
    name = name.removesuffix("总量").removesuffix("总数")
    kept = next((n for n in (4, 3, 2) if len(name) > n and is_kept(name[:n])), 0)
    return name[kept:]


def becomes(words: Words, n: int) -> bool:
    """Whether a figure is what the last one became: 由51家整合为33家."""
    if not n or words.numbers[n - 1].unit != words.numbers[n].unit:
        return False
    between = words.text[words.numbers[n - 1].end : words.numbers[n].start]
    return _BECOMING.fullmatch(between) is not None


def adjoins(words: Words, n: int) -> bool:
    """Whether nothing but a mark stands between a figure and the next."""
    if n + 1 == len(words.numbers):
        return False
    between = Span(words.numbers[n].end, words.numbers[n + 1].start)
    return _ADJACENT.fullmatch(words.text, *between) is not None


def earlier(
    words: Words, n: int, verb: str, memory: Memory, *, becomes: bool = False
) -> Measure | None:
    """The measure of an earlier figure of the same unit: 其中6项转化为政策."""
    number = words.numbers[n]
    living = number.kind in COMES or number.unit == "户"  # 2万户、8万人
    joined = living and n > 0 and adjoins(words, n - 1)
    beside = joined or (n > 0 and words.numbers[n - 1].end == number.start)
    counted = memory.of(number.unit) if verb else memory.counted.get(number.unit)
    name = counted or ""
    part = "其中" in words.text[slice(*words.before[n])]
    if part and not name and memory.level.endswith(_SHARES):
        name = memory.roots.get(number.unit, "")
    if beside or (not name and (becomes or part or number.kind in _AMOUNTS)):
        name = memory.level
    if not name:
        return None
    if beside and number.unit == "人" and _GROUPS.search(name):
        name += "人口" if words.numbers[n - 1].unit == "户" else "人数"
    return Measure(verb + name, number.start, number.end, "carried", "", verb)
