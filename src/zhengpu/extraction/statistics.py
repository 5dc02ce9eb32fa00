"""Statistics: every counted or measured fact of a sentence.

A figure becomes an observation once its measure (what is counted), its subject
(whose fact it is) and its period are found. Ranks, ordinals, dates and figures
inside names are none (see `numbers`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from zhengpu.extraction.indicators import indicator
from zhengpu.extraction.measures import (
    Measure,
    Token,
    fate,
    is_kept,
    literal,
    name_after,
    name_before,
    only_leads,
    tokens,
)
from zhengpu.extraction.numbers import Number, find_numbers
from zhengpu.extraction.times import Period, opens_clause, period_at, periods
from zhengpu.model import EntityType, Evidence, Finding, Observation, Severity, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from zhengpu.model import Frame, Link, Sentence

_CLAUSE = re.compile(r"[，。；：！？;:!?\n]|,(?!\d)|——")
_QUOTED = re.compile("“[^”]{1,24}”|《[^》]*》|‘[^’]{1,24}’")
_LASTING = re.compile("(?:连续|历时|为期|长达|历经|用时|持续) ?$")
_REACHING = re.compile("(?:(?<![总全])长|高|多)?达到?了? ?$")
_COMPARED = re.compile("(?:高于|低于|快于|优于|高出|领先)[^，。；、]{0,14}$")
_SHARE = re.compile("占([^，。；、占比]{0,14}?)的?(比重|比例)?(?:达到?|为|超过?|约)?$")
_PLANNED = re.compile("力争|预期目标|目标[是为]|争取达|有望")
_BASIS = re.compile("比上年|较上年|同比|环比|比去年|较去年|其中")
_ADJACENT = re.compile("[ 、]?(?:(?:和|及|以及)[^，。；、]{0,4})?")
_PERSONS = re.compile("(?:人口|群众|学生|农民工?|劳动力|儿童|老人|人|员|工|生|者|民)$")
_NOUN_FIRST = frozenset(("occasion", "count", "people", "duration"))
_THINGS = frozenset((EntityType.PLC, EntityType.PRG, EntityType.EVT, EntityType.DOC))
_GOES_ON = frozenset(("hold", "verb", "keep", "carry", "growth", "decline", "nominal"))
_OWN = frozenset("户均 人均 年均 日均 年 总 总投资 项目".split())
_LEADING = re.compile("(?:其中|同时|目前|、| )*")
_NO_TOPIC = ("的", "和", "与", "及", "等", "、", "在", "上", "中", "内", "为", "（")
_AMOUNTS = frozenset(("rate", "money", "measure"))
_TAKES_UP = ("其中", "其余", "同比", "比上年", "较上年", "增长", "下降")
_NAMED = {
    EntityType.PRG: "name",
    EntityType.EVT: "name",
    EntityType.AWD: "name",
    EntityType.ORG: "body",
    EntityType.DOC: "body",
}


@dataclass(slots=True)
class Thread:
    """What one sentence leaves to the next ones of its section."""

    section: int = -1
    period: Period | None = None
    topics: list[str] = field(default_factory=list)
    """The things that the sentence is about, where it names them."""
    level: str = ""
    """The last measure that is no change: what `增长5%` behind it grows."""
    last: str = ""
    """The last measure, of a change too: what `高于全国0.3个百分点` compares."""
    row: list[str] = field(default_factory=list)
    """The names of the last row: `分别增长8.3%、7.9%` is about each of them."""
    counted: dict[str, str] = field(default_factory=dict)
    """Unit to the measure last counted in it: what `其中6项` is part of."""
    findings: list[Finding] = field(default_factory=list)

    def enter(self, sentence: Sentence, year: str) -> None:
        """Forget what another section said, and what no word takes up again."""
        if sentence.section != self.section:
            self.section = sentence.section
            if self.period and self.period.value[-4:] <= year:
                self.period = None  # the year to come holds to the end
        if not sentence.text.startswith(_TAKES_UP):
            self.level = self.last = ""
            self.topics.clear()
            self.row.clear()
            self.counted.clear()

    def remember(self, measure: Measure, unit: str) -> None:
        """Keep a measure for the figures that leave it out."""
        self.last = measure.name or self.last
        if measure.name and not measure.change and not measure.carried:
            self.level = measure.name
            if measure.rule != "described":
                self.counted[unit] = measure.name


class Words(NamedTuple):
    """A sentence as its figures see it."""

    text: str
    known: list[Token]
    """Names and times."""
    numbers: list[Number]
    clauses: list[Span]


def _known(links: Sequence[Link], times: Sequence[Period]) -> list[Token]:
    """The names and times of a sentence as words."""
    found = [Token(time.words, time.start, time.end, "time") for time in times]
    for link in links:
        name = link.mention
        kind = _NAMED.get(name.type, "place")
        found.append(Token(name.text, name.start, name.end, kind))
    return sorted(found, key=lambda token: token.start)


def _counts(text: str, number: Number) -> bool:
    """Whether a number measures something by its own words.

    Durations and ages are facts only where the text says so (连续9年, 预期寿命79岁).
    """
    if number.attributive or (not number.unit and text.startswith("的", number.end)):
        return False
    if number.kind == "duration":
        return _LASTING.search(text, 0, number.start) is not None
    if number.kind == "age":
        return not re.match("以[上下]|及以|的", text[number.end :])
    return True


def _read(text: str, links: Sequence[Link], times: Sequence[Period]) -> Words:
    """The figures of a sentence that count something, and its words."""
    numbers = find_numbers(text)
    if not numbers:
        return Words(text, [], [], [])
    known = _known(links, times)
    closed = [(t.start, t.end) for t in known]
    closed += [match.span() for match in _QUOTED.finditer(text)]
    counting = [
        n
        for n in numbers
        if _counts(text, n) and not any(a <= n.start and n.end <= b for a, b in closed)
    ]
    ends = [match.start() for match in _CLAUSE.finditer(text)]
    clauses = map(Span, [0, *(end + 1 for end in ends)], [*ends, len(text)])
    return Words(text, known, counting, list(clauses))


def _clause(words: Words, at: int) -> Span:
    """The stretch between commas that holds an offset."""
    return next(c for c in words.clauses if c.start <= at <= c.end)


def _before(words: Words, n: int) -> tuple[int, int]:
    """The stretch from the clause's beginning, or the last figure, to the n-th."""
    start = _clause(words, words.numbers[n].start).start
    if n:
        start = max(start, words.numbers[n - 1].end)
    end = words.numbers[n].start
    reaching = _REACHING.search(words.text, start, end)
    return start, reaching.start() if reaching else end


def _after(words: Words, n: int) -> tuple[int, int]:
    """The stretch from the n-th figure to the next, or to the clause's end."""
    number = words.numbers[n]
    end = _clause(words, number.end).end
    if n + 1 < len(words.numbers):
        end = min(end, words.numbers[n + 1].start)
    return number.end, max(number.end, end)


def _lasting(words: Words, n: int, thread: Thread) -> Measure | None:
    """What a duration measures: 连续9年高于全国平均水平, 为期8天的活动."""
    start, end = _before(words, n)
    cue = _LASTING.search(words.text, start, end)
    before = tokens(words.text, start, cue.start() if cue else end, words.known)
    while before and before[-1].kind in {"place", "adverb"}:
        before.pop()
    name = name_before(before, happens=True)
    after = tokens(words.text, *_after(words, n), words.known)
    noun = name_after(after)
    if after and after[0].kind == "of":
        return noun or name
    number = words.numbers[n]
    told = words.text[number.end : _clause(words, number.end).end][:_TOLD]
    if not name and cue and cue[0].startswith("连续") and only_leads(before):
        name = Measure(thread.last, start, start, "")
    if name and name.name:
        return replace(name, name=name.name + told, rule="duration")
    return noun


_TOLD = 12


def _whose(words: Words, n: int, measure: Measure, thread: Thread) -> Measure:
    """A measure whose noun was named earlier: 立案88件 are proposals."""
    number = words.numbers[n]
    name = measure.name or (
        thread.level if measure.change else thread.counted.get(number.unit, "")
    )
    if measure.carried and not measure.change:
        name = measure.carried + name
    return replace(measure, name=name)


def _measure(words: Words, n: int, thread: Thread) -> Measure | None:
    """What the n-th figure counts."""
    number = words.numbers[n]
    if number.kind == "duration":
        return _lasting(words, n, thread)
    start, end = _before(words, n)
    told = words.text[start:end]
    if thread.last and (found := _COMPARED.search(told)):
        name = thread.last + found[0]
        return Measure(name, start + found.start(), end, "compared", found[0])
    ahead = tokens(words.text, start, end, words.known)
    before = name_before(ahead, happens=number.kind == "occasion")
    if before and before.change:
        return _whose(words, n, before, thread)
    if number.kind == "rate" and (share := _SHARE.search(told)):
        return _share(share, start, before, thread)
    behind = tokens(words.text, *_after(words, n), words.known)
    named = before is not None and before.name and before.rule != "verb"
    first = number.kind in _NOUN_FIRST or not named
    after = name_after(behind) if first else None
    if after:
        return _joined(before, after)
    if before and (before.rule != "verb" or number.kind not in {"count", "people"}):
        return _whose(words, n, before, thread)
    if len(ahead) > 1 and ahead[-1].kind == "of" and ahead[-2].kind != "time":
        return _described(ahead, number, thread)
    earlier = only_leads(ahead) or not (number.kind in _AMOUNTS)
    told = _earlier(words, n, fate(behind), thread) if earlier else None
    return told or before or literal(ahead)


def _described(ahead: Sequence[Token], number: Number, thread: Thread) -> Measure:
    """A part told by a clause of its own: 已经解决或采纳的296件."""
    first = next(n for n, word in enumerate(ahead) if word.kind not in {"stop", "list"})
    name = "".join(word.text for word in ahead[first:-1])[-_TOLD:]
    if number.unit == "倍":  # 是1997年的3倍
        name = thread.level + name
    return Measure(name, ahead[first].start, ahead[-1].end, "described")


def _joined(before: Measure | None, after: Measure) -> Measure:
    """A noun behind the figure, with the verb before it that is part of the name."""
    name = after.name
    if before and is_kept(before.name):
        name = before.name + name
    if after.carried:
        name = after.carried + name
    return replace(after, name=name)


def _share(
    share: re.Match[str], start: int, before: Measure | None, thread: Thread
) -> Measure:
    """A part of a whole: 占地区生产总值比重达5%."""
    if before and "占" in before.name and not before.name.startswith("占"):
        return before
    name = f"{thread.level}占{share[1] or '比'}{share[2] or ''}"
    return Measure(name, start + share.start(), start + share.end(), "share", name)


def _earlier(words: Words, n: int, verb: str, thread: Thread) -> Measure | None:
    """The measure of an earlier figure of the same unit, or of the next one."""
    number = words.numbers[n]
    adjacent = n + 1 < len(words.numbers) and _ADJACENT.fullmatch(
        words.text, number.end, words.numbers[n + 1].start
    )
    if adjacent and (following := _measure(words, n + 1, thread)):
        return following
    told = n and words.numbers[n - 1].end == number.start  # 考察团26批430人次
    name = (not told and thread.counted.get(number.unit)) or (
        thread.level if told or number.kind in _AMOUNTS else ""
    )
    if not name:
        return None
    return Measure(verb + name, number.start, number.end, "carried", "", verb)


_SEPARATED = re.compile(" ?(?:、|和|与|及|以及|至|到|-|——?|~|～|–) ?")


def _run(words: Words, n: int) -> int:
    """The end of the row of figures that begins at the n-th: 20.9、36.2和54个百分点."""
    end = n + 1
    respective = "分别" in words.text[slice(*_before(words, n))]
    while end < len(words.numbers):
        last, following = words.numbers[end - 1], words.numbers[end]
        between = words.text[last.end : following.start]
        alike = last.unit == following.unit or respective
        if not alike or not _SEPARATED.fullmatch(between):
            break
        end += 1
    return end


def _row(words: Words, n: int, end: int, thread: Thread) -> list[Measure | None]:
    """The measures of a row of figures: one for each, or one for all."""
    first = _measure(words, n, thread)
    if first is None or end == n + 1:
        return [first] * (end - n)
    names = _respectively(words, n, first) or thread.row
    if len(names) == end - n:
        thread.row = names
        return [replace(first, name=name) for name in names]
    bounds = [words.numbers[k].bound for k in range(n, end)]
    return [replace(first, name=first.name + bound) for bound in bounds]


def _respectively(words: Words, n: int, first: Measure) -> list[str]:
    """The names of A、B和C分别…, one for each figure of the row."""
    start, end = _before(words, n)
    told = words.text.rfind("分别", start, end)
    if told < 0 or first.rule in {"noun-after", "carried"}:
        return []
    names, at = [], start
    for separator in [*_AND.finditer(words.text, start, told), None]:
        stop = separator.start() if separator else told
        name = name_before(tokens(words.text, at, stop, words.known), happens=False)
        names.append(name.name if name else "")
        at = separator.end() if separator else told
    return _shared_head(names) if all(names) else []


_AND = re.compile("、|以及|和|与|及")
_TAIL = re.compile(
    ".*?((?:吞吐量|进出口总额|产值|增加值|收入|支出|产量|销量|投资|覆盖率|总额|余额|面积|比重|占比))$"
)
_HEADED = re.compile("[率量额值数入比度出资积重费]$")


def _shared_head(names: list[str]) -> list[str]:
    """The members of a list, with the head that the last one shares with all.

    >>> _shared_head(["新能源", "输变电装备产业产值"])
    ['新能源产值', '输变电装备产业产值']
    >>> _shared_head(["农村卫生户厕覆盖率", "污水治理率"])
    ['农村卫生户厕覆盖率', '污水治理率']
    """
    tail = _TAIL.fullmatch(names[-1])
    if tail and not any(_HEADED.search(name) for name in names[:-1]):
        return [name + tail[1] for name in names[:-1]] + names[-1:]
    return names


def _measured(words: Words, thread: Thread) -> list[Measure | None]:
    """The measure of each figure, in order."""
    found: list[Measure | None] = []
    while (n := len(found)) < len(words.numbers):
        for measure in _row(words, n, _run(words, n), thread):
            number = words.numbers[len(found)]
            grown = _grown(measure)
            if grown and not number.bound:
                thread.remember(grown, number.unit)
            found.append(grown)
    return found


def _grown(measure: Measure | None) -> Measure | None:
    """A measure of change, named so: 地区生产总值增长."""
    if measure is None or not measure.name:
        return None
    if not measure.name.endswith(measure.change):
        return replace(measure, name=measure.name + measure.change)
    return measure


def _unit(number: Number, measure: Measure) -> str:
    """The unit; people counted without a measure word are 人."""
    persons = not number.unit and _PERSONS.search(measure.name)
    return "人" if persons else number.unit


def _passive(words: Words, n: int, measure: Measure, links: Sequence[Link]) -> str:
    """The body by which something was adopted (被全国政协采用3条), or nothing."""
    if measure.carried not in {"采用", "采纳", "刊用", "批示"}:
        return ""
    for start, end in (_before(words, n), _after(words, n)):
        verb = words.text.find(measure.carried, start, end)
        for link in links:
            body = link.mention.type == EntityType.ORG and link.entity
            if body and link.mention.end == verb:
                return body
    return ""


def _topics(words: Words, links: Sequence[Link], clause: Span) -> list[Link]:
    """The things, not bodies, that open a clause: 引汉济渭工程完成投资86亿元.

    A list of them (浔江、都柳江水质达标率100%) is told of each.
    """
    found: list[Link] = []
    at = clause.start + len(_LEADING.match(words.text, clause.start)[0])  # type: ignore[index]
    for link in links:
        name = link.mention
        if name.start != at or name.type not in _THINGS or name.text[0] in "全我本":
            continue
        found.append(link)
        at = name.end + words.text.startswith("、", name.end)
    if found and words.text.startswith(_NO_TOPIC, found[-1].mention.end):
        return []
    return found


def _local(sentence: Sentence, links: Sequence[Link]) -> list[Link]:
    """The links of a sentence with mentions in its own offsets."""
    return [
        replace(
            link,
            mention=replace(
                link.mention,
                start=link.mention.start - sentence.start,
                end=link.mention.end - sentence.start,
            ),
        )
        for link in links
        if sentence.start <= link.mention.start and link.mention.end <= sentence.end
    ]


def _enter(sentence: Sentence, times: Sequence[Period], thread: Thread) -> None:
    """Let a period that opens a sentence hold for those that follow."""
    if not times:
        return
    first = times[0]
    dated = re.match(r" ?\d{1,2} ?月", sentence.text[first.end :])
    if first.start == 0 and not dated and opens_clause(sentence.text, first):
        thread.period = first


def count(
    sentence: Sentence,
    links: Sequence[Link],
    frame: Frame,
    subject_at: Callable[[int], str],
    thread: Thread,
    *,
    index: int = 0,
) -> list[Observation]:
    """The counted and measured facts of a sentence.

    Args:
        sentence: Of the document's clean text.
        links: The sentence's mentions and what they stand for.
        frame: The document's; its period holds where the text gives none.
        subject_at: Clean offset to the entity that the clause there is about.
        thread: What the sentences before leave to this one; it is updated, and
            what was not understood is added to its findings.
        index: The sentence's, for the evidence.

    >>> from zhengpu.model import Frame, Sentence
    >>> text = "征集提案163件，审查立案142件，立案率为87.1%。"
    >>> sentence = Sentence(text, 0, len(text), 0, False)
    >>> found = count(sentence, (), Frame(period="2024"), lambda at: "e1", Thread())
    >>> [(o.measure, str(o.value), o.unit, o.indicator) for o in found][:2]
    [('提案', '163', '件', 'proposals-submitted'), ('立案提案', '142', '件', 'proposals-filed')]
    """
    year = frame.year or "9999"
    thread.enter(sentence, year)
    here = _local(sentence, links)
    coming = sentence.planned or (thread.period and thread.period.value[-4:] > year)
    times = _free(periods(sentence.text, frame, planned=bool(coming)), here)
    _enter(sentence, times, thread)
    words = _read(sentence.text, here, times)
    found: list[Observation] = []
    if not words.numbers:
        return found
    for n, measure in enumerate(_measured(words, thread)):
        number = words.numbers[n]
        span = Span(sentence.start + number.start, sentence.start + number.end)
        if measure is None:
            thread.findings.append(_unknown(words, number, span))
            continue
        told = _told(sentence, number, measure, frame, index)
        period = period_at(words.text, times, number.start) or thread.period
        if period:
            told = replace(told, period=period.value, period_text=period.words)
            told = replace(told, planned=told.planned or period.value[-4:] > year)
        subjects = _subjects(words, n, measure, here, thread)
        found += [
            replace(told, subject=subject)
            for subject in subjects or [subject_at(span.start)]
        ]
    return found


def _unknown(words: Words, number: Number, span: Span) -> Finding:
    figure = words.text[number.start : number.end]
    return Finding(
        Severity.INFO, "count", "measure-unknown", (("figure", figure),), span
    )


def _subjects(
    words: Words, n: int, measure: Measure, links: Sequence[Link], thread: Thread
) -> list[str]:
    """The entities that the text itself names as what a figure is about.

    None where that is left to the clause's topic.
    """
    if passive := _passive(words, n, measure, links):
        return [passive]
    clause = _clause(words, words.numbers[n].start)
    topics = [link.entity for link in _topics(words, links, clause) if link.entity]
    if topics:
        thread.topics = topics
        row = _run(words, n) if n else n + len(topics)
        return topics if len(topics) == 1 or row == n + 1 else topics
    first = tokens(words.text, *clause, words.known)
    goes_on = next((w for w in first if w.kind not in {"stop", "adverb"}), None)
    if goes_on and (goes_on.kind in _GOES_ON or goes_on.text in _OWN):
        return list(thread.topics)
    thread.topics.clear()
    return []


def _free(times: Sequence[Period], links: Sequence[Link]) -> list[Period]:
    """Times that are no part of a name."""
    spans = [(link.mention.start, link.mention.end) for link in links]
    return [t for t in times if not any(a <= t.start and t.end <= b for a, b in spans)]


def _told(
    sentence: Sentence, number: Number, measure: Measure, frame: Frame, index: int
) -> Observation:
    """The observation of a figure; subject and time are those of the document."""
    start, end = min(number.start, measure.start), max(number.end, measure.end)
    span = Span(sentence.start + start, sentence.start + end)
    unit = _unit(number, measure)
    planned = sentence.planned or bool(_PLANNED.search(sentence.text[: number.start]))
    years = str(int(frame.year) + 1) if planned and frame.year else frame.period
    basis = _BASIS.findall(sentence.text[max(0, number.start - 16) : number.start])
    return Observation(
        subject="",
        measure=measure.name,
        value=number.value,
        unit=unit,
        evidence=Evidence(index, (span,), f"statistics/{measure.rule}"),
        indicator=indicator(measure.name, unit),
        approx=number.approx,
        period=years or "",
        basis=basis[-1] if basis else "",
        planned=planned,
    )
