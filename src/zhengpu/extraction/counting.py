"""Counting: what each figure of a sentence counts.

A figure's measure lies in the words around it (see `measures`), in an earlier
figure's words (立案88件 are proposals), or is shared by a row of figures
(A、B分别增长8%、9%).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from operator import attrgetter
from typing import TYPE_CHECKING

from msgspec.structs import replace

from zhengpu.extraction.carrying import (
    MEMBERS,
    TOLD,
    adjoins,
    becomes,
    clause_before,
    compared,
    described,
    earlier,
    rest,
    series,
    whose,
)
from zhengpu.extraction.durations import lasting, more_days
from zhengpu.extraction.leading import (
    by_whom,
    examples,
    literal,
    name_before,
    only_leads,
)
from zhengpu.extraction.measures import Measure, is_deed, is_kept
from zhengpu.extraction.rows import alike, respectively, row_end, told_apart
from zhengpu.extraction.trailing import (
    act,
    attending,
    deed,
    fate,
    name_after,
    without_next,
)
from zhengpu.extraction.wording import AGENTS, COMES, HAPPENS
from zhengpu.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zhengpu.extraction.figures import Words
    from zhengpu.extraction.memory import Memory
    from zhengpu.extraction.numbers import Number
    from zhengpu.extraction.wording import Token

_POINTS = frozenset(("个百分点", "倍"))
_SHARE = re.compile("占([^，。；、占比]{0,14}?)的?(比重|比例)?(?:达到?|为|超过?|约)?$")
_CHANGED = re.compile(
    "(?:(?P<less>压减|压缩|缩减|缩短|降低|削减|下调)|提高|提升)"
    "(?P<what>(?![到至为])[^率比]{2,10}(?<!幅度)(?<!比例))"
)
"""A change and what changed: 压减|办事时限."""
_RATES_OF_GROWTH = ("增速", "增幅")
_NOUN_FIRST = frozenset(("occasion", "visits", "count", "people"))
_REST = frozenset(("其他", "其它", "其余", "余下", "剩余", "剩下"))
_RATE = re.compile("[率度]$")
_ALL = re.compile("[均都](?:为|是|在|达到?|超过?|高于|保持在)?$")
_START = attrgetter("start")
_SUPERVISED = frozenset(("立案", "撤案"))
_OVERSEES = re.compile("监督(?:[^，。；]{0,8}机关)?(?:立案|撤案)")
_STAND_FOR = re.compile(
    "(?<=部门|单位|企业|乡镇|街道|社区)(?:主要)?(?:负责人|负责同志|代表(?!建议)|干部|职工)"
)
"""Who stands for the bodies that are counted."""
_TAKINGS = re.compile(
    "(?<=企业)(?:营业收入|营收|产值|利润)$|(?<=[村镇区）])集体(?:经济|经营性)?收入$"
)
"""What those have who are counted: 191家企业|营业收入超百亿元."""
_AREAS = re.compile("(?:设区市|地级以?上?市|盟市|市州|州市|省份|省区市)(?=.)")
"""Areas that are counted, before what they have: 7个设区市|断面水质."""
_ISSUES = frozenset(("期", "集", "讲"))
_BOUND = re.compile("[上下]限$")
"""Behind the measure of a range, and behind its change: 地区生产总值增长|下限."""
_ROSE = re.compile(
    "(?:连续|接连|先后|成功)*(?:迈上|跨上|跃上|登上|连跨|跨越|跨过|突破)"
)
_TAKES_PLACE = frozenset(("开讲", "上线", "办", "举办", "开班", "开播", "开课", "惠及"))
"""Verbs whose subject is counted where nothing else is."""
_LEADS = frozenset(("hold", "link", "adverb"))
_CHAIN = 3
"""So many figures at most adjoin one another before what they count."""


def measures(words: Words, memory: Memory) -> list[Measure | None]:
    """The measure of each figure, in order; None where the words give none.

    >>> from zhengpu.extraction.figures import read
    >>> from zhengpu.extraction.memory import Memory
    >>> from zhengpu.extraction.numbers import find_numbers
    >>> text = "收到提案186件，立案163件，其中委员提案90件，增长5%"
    >>> [m.name for m in measures(read(text, find_numbers(text)), Memory())]
    ['提案', '立案提案', '委员提案', '委员提案增长']
    """
    found: list[Measure | None] = []
    while (n := len(found)) < len(words.numbers):
        for measure in _row(words, n, row_end(words, n), memory, _taken(found)):
            number = words.numbers[len(found)]
            grown = _grown(_of_rate(words, measure, number), number.kind)
            grown = _in_all(words, len(found), grown)
            if grown and not number.bound:
                memory.remember(_climbed(words, len(found), grown), number.unit)
            found.append(_of_each(words, len(found), grown, found))
    return found


def _in_all(words: Words, n: int, measure: Measure | None) -> Measure | None:
    """What there is in all after some were added: 新增规上企业15家、达到|128家."""
    if measure is None or not n or not measure.name.startswith(_ADDED):
        return measure
    last, number = words.numbers[n - 1], words.numbers[n]
    reached = _REACHED.fullmatch(words.text, last.end, number.start)
    named = measure.name[len("新增") :]
    return replace(measure, name=named) if reached and named else measure


_ADDED = ("新增", "净增")
_REACHED = re.compile("[、，](?:累计|总数|总量|总共|共)*(?:达到?|增至|增加到|突破)")


def _climbed(words: Words, n: int, measure: Measure) -> Measure:
    """What rose to steps that are counted: 地区生产总值|连续迈上4个万亿元台阶、达14.2万亿元."""
    if not measure.name.endswith("台阶"):
        return measure
    number = words.numbers[n]
    start = words.clause(number.start).start
    rose = _ROSE.search(words.text, start, number.start)
    ahead = words.tokens(Span(start, rose.start())) if rose else []
    return name_before(ahead, "count") or measure


def _taken(found: Sequence[Measure | None]) -> int:
    """Where the noun ends that the figure before counts: 到12个乡镇|走访企业34家."""
    last = found[-1] if found else None
    return last.end if last and last.rule == "noun-after" else 0


def _of_each(
    words: Words, n: int, measure: Measure | None, found: Sequence[Measure | None]
) -> Measure | None:
    """A measure, once for each of the things of which its figure is told."""
    if measure is None:
        return None
    if measure.rule == "noun-before" and (names := alike(words, n)):
        each = tuple(name + measure.change for name in names)
        return replace(measure, name="", each=each)
    things = _each(words, n, measure, found)
    return replace(measure, each=things) if things else measure


def _each(
    words: Words, n: int, rate: Measure | None, found: Sequence[Measure | None]
) -> tuple[str, ...]:
    """The things counted in the clause before, of each of which a rate is told."""
    if rate is None or not _RATE.search(rate.name):
        return ()
    start, end = words.before[n]
    if not _ALL.search(words.text, start, end):
        return ()
    at = bisect_left(words.clauses, words.clause(start))
    if not at:
        return ()
    first = bisect_left(words.numbers, words.clauses[at - 1].start, key=_START)
    units = {number.unit for number in words.numbers[first:n]}
    things = tuple(measure.name for measure in found[first:n] if measure)
    apart = len(set(things)) == n - first > 1 and len(units) == 1
    return things if apart and units.isdisjoint(_POINTS | {"%"}) else ()


def _row(
    words: Words, n: int, end: int, memory: Memory, taken: int
) -> list[Measure | None]:
    """The measures of a row of figures: one for each, or one for all."""
    first = _measure(words, n, memory, taken)
    if first is None or end == n + 1:
        return [first] * (end - n)
    named = first.rule not in {"noun-after", "carried"}
    counted = memory.of(words.numbers[n].unit)
    names = (respectively(words, n, counted) if named else []) or memory.row
    alone = row_end(words, max(0, 2 * n - end)) < n  # 增长4.2%、5.3%, of two levels
    apart = told_apart(words, n) or (first.change and alone)
    if len(names) != end - n and first.rule == "carried" and apart:
        names = memory.levels[n - end :]
    if len(names) == end - n:
        memory.row = names
        return [replace(first, name=name) for name in names]
    bounds = [words.numbers[k].bound for k in range(n, end)]
    return [replace(first, name=first.name + bound) for bound in bounds]


_LETTER = re.compile(r"[^\W_]")
"""What is in every name: a bracket behind a figure is none."""


def _of_rate(words: Words, measure: Measure | None, number: Number) -> Measure | None:
    """What changes at a rate: 固定资产投资|增速10.3%, 压缩|办事时限72%."""
    if measure is None or measure.change or number.unit != "%":
        return measure
    if measure.name.endswith(_RATES_OF_GROWTH):
        what = measure.name[:-2].removesuffix("的")
        return replace(measure, name=what, change="增长") if what else None
    cut = measure.rule == "noun-before" and not _LEVEL.search(measure.name)
    if cut and words.text.endswith(_LESSENED, 0, measure.start):
        return replace(measure, change="下降")
    return measure


_LEVEL = re.compile("[率比]$|幅度$")
_LESSENED = ("压缩", "压减", "缩短", "缩减", "削减", "降低", "精简", "减少")
"""Verbs before what becomes less by a share."""


def _grown(measure: Measure | None, kind: str = "") -> Measure | None:
    """A measure of change, named so: 地区生产总值增长, of 压减办事时限62% 办事时限下降."""
    if measure is None or not measure.name:
        return None
    if measure.rule == "noun-before" and (changed := _CHANGED.fullmatch(measure.name)):
        change = "下降" if changed["less"] else "增长"
        named = replace(measure, name=changed["what"], change=change)
        return _grown(named) if kind == "rate" else measure
    bound = _BOUND.search(measure.name)
    name, end = (
        (measure.name[: bound.start()], bound[0]) if bound else (measure.name, "")
    )
    if not name.endswith(measure.change):
        return replace(measure, name=name + measure.change + end)
    return measure


def _measure(words: Words, n: int, memory: Memory, taken: int = 0) -> Measure | None:
    """What the n-th figure counts, in words that stand behind `taken`."""
    number = words.numbers[n]
    if number.kind == "duration":
        return more_days(words, n, memory) or lasting(words, n, memory)
    span = words.before[n]
    told = words.text[slice(*span)]
    if number.unit in _POINTS and (than := compared(words, n, memory)):
        return than
    ahead = words.tokens(span)
    if span.start < taken < span.end:
        rest_of_it = words.tokens(Span(taken, span.end))
        opens = bool(rest_of_it) and rest_of_it[0].kind in {"nominal", "list"}
        ahead = rest_of_it if opens and rest_of_it[-1].is_noun else ahead
    if ahead and ahead[-1].text in _REST:
        return rest(words, n, ahead[-1], memory)
    if len(ahead) > 1 and ahead[-2].kind == "of" and ahead[-1].text[0] in "（(":
        ahead = ahead[:-1]  # 已经解决的（A类）97件
    before = _growing(words, n, name_before(ahead, number.kind))
    if before and before.change:
        after = None if before.name else name_after(words.tokens(words.after[n]))
        grown = number.kind == "count" and after  # 增加1万个普惠性学位
        told_now = grown or whose(number, before, memory)
        earlier = None if told_now.name else clause_before(words, n)
        return replace(told_now, name=earlier.name) if earlier else told_now
    if number.kind == "rate" and (share := _SHARE.search(told)):
        whole = words.tokens(Span(span.start, span.start + share.start()))
        part = name_before(whole, "count")
        if whole and whole[-1].kind == "of":
            part = described(words, whole, number, memory)
        return _share(share, span.start, part, memory)
    found = _candidates(words, n, ahead, before, memory)
    named = (m for m in found if m and _LETTER.search(m.name))
    return next(named, None)


def _growing(words: Words, n: int, before: Measure | None) -> Measure | None:
    """What grows at a rate that is told alone: 外贸进出口|由负转正，增速5%."""
    if before is None or before.name not in _RATES_OF_GROWTH:
        return before
    earlier = clause_before(words, n)
    return replace(earlier or replace(before, name="", rule="carried"), change="增长")


def _is_sure(words: Words, number: Number, before: Measure) -> bool:
    """Whether what stands before a figure is counted, whatever stands behind.

    So in 邀请港澳委员150余人次列席会议 and 中职学校由71所优化整合为47所.
    """
    comes = number.kind in COMES and AGENTS.search(before.name) is not None
    return comes or _RISES.match(words.text, number.start - 1) is not None


_RISES = re.compile(r"[由从]\d[^，。；]{0,12}?[为至到成]\d")
"""Around the first figure of a change: 中职学校|由71所优化整合为47所."""


def _words_behind(words: Words, n: int) -> Sequence[Token]:
    """The words behind a figure that the next one does not count."""
    behind = words.tokens(words.after[n])
    return without_next(behind) if words.leads_on(n) else behind


def _behind(number: Number, behind: Sequence[Token]) -> Measure | None:
    """What the words behind a figure name."""
    happens, people = number.kind in HAPPENS, number.kind == "people"
    return _cut(number, name_after(behind, happens=happens, people=people))


def _candidates(
    words: Words,
    n: int,
    ahead: list[Token],
    before: Measure | None,
    memory: Memory,
) -> Iterator[Measure | None]:
    """What a figure may count, the likeliest first."""
    number = words.numbers[n]
    behind = _words_behind(words, n)
    named = before is not None and before.name and before.rule != "verb"
    if number.kind == "measure" and before and is_deed(before.name):
        named = False  # 建设47.8万亩高标准农田
    yield _deed(number, ahead, behind)
    if before and named and _is_sure(words, number, before):
        yield before
    if not named or number.kind in _NOUN_FIRST:
        after = _behind(number, behind)
        happens = number.kind in HAPPENS and not named  # 完成5次联合巡查
        yield _joined(before, after) if after else act(behind) if happens else None
    if before and (named or before.carried):
        yield _overseen(words, number, before) or whose(number, before, memory)
    dated = len(ahead) > 1 and ahead[-2].kind == "time" and number.unit != "倍"
    if len(ahead) > 1 and ahead[-1].kind == "of" and not dated:
        yield described(words, ahead, number, memory)
    yield _before_verb(before, ahead)
    if before and before.rule == "verb" and number.kind in MEMBERS:
        yield earlier(words, n, "", memory)  # 领办提案2件，分头督办8件
    if before and before.rule == "verb" and number.unit in _ISSUES:
        yield series(words, n)  # 办好“潮白讲堂”，全年举办6期
    yield _following(words, n, memory)
    if becomes(words, n):
        yield earlier(words, n, "", memory, becomes=True)
    if only_leads(ahead):
        yield clause_before(words, n, whole=True)  # 生活费收入，1982年为494.5元
    else:
        yield before
        yield literal(ahead)
    yield earlier(words, n, fate(behind), memory)
    yield clause_before(words, n)
    yield _done(words, n)
    yield examples(ahead, number.kind)


def _before_verb(verb: Measure | None, ahead: Sequence[Token]) -> Measure | None:
    """What took place so many times: “桦政讲堂”|开讲6期."""
    if verb is None or verb.rule != "verb" or verb.name not in _TAKES_PLACE:
        return None
    end = len(ahead)
    while end and (ahead[end - 1].kind in _LEADS or ahead[end - 1].text == "连"):
        end -= 1
    return name_before(ahead[:end], "count")


def _done(words: Words, n: int) -> Measure | None:
    """What was done so many times, or by so many: 两次降低存款准备金率."""
    start, end = words.after[n]
    end = min(end, start + TOLD)
    if words.numbers[n].kind not in HAPPENS | COMES or start == end:
        return None
    return Measure(words.text[start:end], start, end, "literal")


def _deed(
    number: Number, ahead: Sequence[Token], behind: Sequence[Token]
) -> Measure | None:
    """What somebody named before a figure did so many times, or so many did."""
    if number.kind == "people":
        told = ahead and ahead[-1].text == "共"
        return attending(behind) if told else None  # 委员共41人出席
    if number.kind not in HAPPENS:
        return None
    return deed(behind) or (act(behind) if by_whom(ahead) else None)


def _cut(number: Number, measure: Measure | None) -> Measure | None:
    """A name without who stands for what is counted or what it has: 5个部门|负责人."""
    cut = _STAND_FOR.search(measure.name) if measure else None
    cut = cut or (_TAKINGS.search(measure.name) if measure else None)
    areas = _AREAS.match(measure.name) if measure else None
    if measure is None or number.kind != "count":
        return measure
    if areas:
        return replace(measure, name=areas[0])
    return replace(measure, name=measure.name[: cut.start()]) if cut else measure


def _overseen(words: Words, number: Number, measure: Measure) -> Measure | None:
    """What others were made to do: 监督公安机关立案11件、撤案14件."""
    if measure.carried not in _SUPERVISED:
        return None
    if not _OVERSEES.search(words.text, *words.clause(number.start)):
        return None
    return replace(measure, name=f"监督{measure.carried}")


def _joined(before: Measure | None, after: Measure) -> Measure:
    """A noun behind the figure, with the verb before it that is part of the name."""
    kept = before.name if before and is_kept(before.name) else ""
    return replace(after, name=after.carried + kept + after.name)


def _share(
    share: re.Match[str], start: int, before: Measure | None, memory: Memory
) -> Measure:
    """A part of a whole: 占地区生产总值比重达5%."""
    part = before.name if before else memory.level
    name = f"{part}占{share[1] or '比'}{share[2] or ''}"
    return Measure(name, start + share.start(), start + share.end(), "share")


def _following(words: Words, n: int, memory: Memory) -> Measure | None:
    """The measure of the last figure that adjoins: 6类23个环节94项意见建议."""
    last = n
    while last - n < _CHAIN and adjoins(words, last):
        last += 1
    if last == n or adjoins(words, last):
        return None
    return _measure(words, last, memory)
