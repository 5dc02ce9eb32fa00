"""Statistics: every counted or measured fact of a sentence.

A figure becomes an observation once its measure (what is counted), its subject
(whose fact it is) and its period are found. Ranks, ordinals, dates and figures
inside names are none (see `numbers`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from zhengpu.extraction.arithmetic import mismatches
from zhengpu.extraction.counting import measures
from zhengpu.extraction.figures import inside, read
from zhengpu.extraction.indicators import indicator, is_of_place, is_of_whole, is_own
from zhengpu.extraction.measures import Measure
from zhengpu.extraction.memory import Memory
from zhengpu.extraction.numbers import Number, find_numbers
from zhengpu.extraction.openings import Openings
from zhengpu.extraction.skeleton import HERE_RULE
from zhengpu.extraction.subjects import scene_of
from zhengpu.extraction.tables import Cell, Column, caption, cells, head_of
from zhengpu.extraction.times import (
    Period,
    coming,
    has_become,
    opening,
    period_at,
    periods,
)
from zhengpu.knowledge.patterns import quick
from zhengpu.model import (
    EntityType,
    Evidence,
    Finding,
    Link,
    Mention,
    Observation,
    Severity,
    Span,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from zhengpu.model import Frame, Section, Sentence

_PLANNED = re.compile("力争|预期目标|目标[是为]|争取达|有望")
_NEAR = 60
"""So far before a figure stands what says that it is a goal."""
_BASIS = quick("(?:[比较](?:上年|去年)|同比|环比|其中)(?=[^；，。]{0,13}$)")
_MEAN = quick("(?:年均|平均每年)[^，。；、]{0,12}$")
_PERSONS = re.compile(
    "(?:人口|群众|学生|农民工?|劳动力|儿童|幼儿|孩子|老人|妇女|青年|女生|群体|人数|人|员|工|生|者|民)"
    "(?:增长|下降|减少|增加)?$"
)
_VISITS = re.compile("人次(?:增长|下降|减少|增加)?$")
_SUMS = re.compile("(?:生产总值|GDP|经济总量|总产值|产业规模|收入|总额|余额)$")
_HUGE = 10**8
"""From here on sums of money stand without their unit."""
_LIKELY = 0.8
_CONFIDENCE = {"noun-before": 0.95, "noun-after": 0.95, "verb": 0.6, "literal": 0.5}
"""How often a measure found in this way is the right one."""
_OF_EARLIER = frozenset(("carried", "compared", "share"))
_PARTS = attrgetter("type", "start", "end", "text", "rule")
_ATTENDING = "attending"
"""Of those who came to a meeting, who is named last is one."""
_ON_REPORTS = "领导批示"
"""What leaders of others write on the body's reports: 县委领导批示23件次."""
_OF_GROUP = "党组会议"
_GROUP = re.compile("(?:.{0,12}(?:政协|人大|常委会|政府|法院|检察院|街道))?党组")
_LIFE = re.compile("（?，?[男女][，）,]")
"""Behind a name that opens the paragraph about a life: 张三，男，汉族."""
_STOPS = ("。", "！", "？", "；", "：")
_BEGIN = attrgetter("mention.start")
_NEVER = "9999"
_ADDRESS = re.compile(
    "^(?:各位(?:代表|委员)|同志们)[，,！!：:]?(?:回顾|回望|回首)?|^(?:回顾|回望|回首)"
)


@dataclass(slots=True)
class Thread:
    """What one sentence leaves to the next ones."""

    sections: Sequence[Section] = ()
    """The document's."""
    openings: Openings = field(init=False)
    memory: Memory = field(default_factory=Memory)
    place: str | None = None
    """Entity id of the reporting place, once it was asked for."""
    group: str | None = None
    """Entity id of the reporting body's party group, once it was asked for."""
    person: str = ""
    """Entity id of the person whose life the paragraph tells."""
    end: int = 0
    """Where the sentence before ends."""
    findings: list[Finding] = field(default_factory=list)
    """What was not understood."""
    head: tuple[Column, ...] = ()
    """What the columns of the table hold whose rows are read."""
    unit: str = ""
    """That of the table, where the line above it tells."""

    def __post_init__(self) -> None:
        self.openings = Openings([section.level for section in self.sections])

    def row(self, text: str) -> list[Cell]:
        """The figures of a row of a table; its head is kept for the next ones."""
        if "\t" not in text:
            self.head, self.unit = (), caption(text)
            return []
        head = head_of(text, self.unit)
        self.head = head or self.head
        return [] if head or not self.head else list(cells(text, self.head))

    def listen(self, sentence: Sentence, frame: Frame) -> bool:
        """Take in a sentence's section and opening; whether it tells of work to come."""
        year = frame.year or _NEVER
        openings = self.openings
        begins = not sentence.start or sentence.start > self.end
        if begins:
            openings.leave_paragraph()
        if sentence.section != openings.section:
            self.memory.leave()
            if self.looks_ahead(year):
                openings.section = sentence.section
            else:
                openings.enter(sentence.section, planned=sentence.planned)
        self.memory.enter(sentence.text)
        planned = sentence.planned or self.looks_ahead(year)
        if sentence.text.rstrip().endswith(_STOPS):  # a heading opens nothing
            words = _ADDRESS.sub("", sentence.text, count=1)
            opened = opening(words, frame, planned=planned)
            if opened:
                openings.hear(opened, words, amid=not begins)
        return planned

    @property
    def period(self) -> Period | None:
        """The one that a sentence before opened with."""
        return self.openings.period

    def life(self, sentence: Sentence, links: Sequence[Link]) -> str:
        """Entity id of the person whose life a sentence's paragraph tells, or nothing.

        Args:
            sentence: The next one; whether a line ends before it is seen.
            links: Its mentions, in its own offsets.
        """
        if sentence.start > self.end:
            self.person = ""
        self.end = sentence.end
        name = links[0].mention if links else None
        if name and name.type == EntityType.PER and not name.start:
            told = _LIFE.match(sentence.text, name.end)
            self.person = (links[0].entity or "") if told else self.person
        return self.person

    def home(self, links: Sequence[Link], frame: Frame) -> str:
        """Entity id of the reporting place; empty where a government reports.

        A government answers for its place; what a political consultative conference
        or a people's congress tells of incomes and products is the place's alone.
        """
        if self.place is None:
            name = frame.place.name if frame.place else "?"
            own = (
                link.entity
                for link in links
                if link.entity
                and (
                    link.mention.text == name
                    or (
                        link.mention.rule == HERE_RULE
                        and link.mention.text[-1] == name[-1]
                    )  # no 全省 in a county
                )
            )
            government = frame.body_kind == "政府"
            self.place = "" if government else next(own, "")
        return self.place

    def party_group(self, links: Sequence[Link]) -> str:
        """Entity id of the party group that the document names first, or nothing."""
        if self.group is None:
            named = (x.entity for x in links if _GROUP.fullmatch(x.mention.text))
            self.group = next(filter(None, named), "")
        return self.group

    def looks_ahead(self, year: str) -> bool:
        """Whether a year to come was announced; it holds to the report's end."""
        return self.period is not None and self.period.value[-4:] > year


def count(  # noqa: PLR0913  (what a sentence needs of its document)
    sentence: Sentence,
    links: Sequence[Link],
    frame: Frame,
    subject_at: Callable[[int], str],
    thread: Thread,
    *,
    index: int = 0,
    body: str = "",
) -> list[Observation]:
    """The counted and measured facts of a sentence.

    Args:
        sentence: Of the document's clean text.
        links: The document's mentions, in order, and what they stand for.
        frame: The document's; its period holds where the text gives none.
        subject_at: Clean offset to the entity that the clause there is about.
        thread: What the sentences before leave to this one; it is updated, and
            what was not understood is added to its findings.
        index: The sentence's, for the evidence.
        body: Entity id of the reporting body, whose proposals are meant even
            where a clause speaks of those who handle them.

    >>> from zhengpu.model import Frame, Sentence
    >>> text = "征集提案163件，审查立案142件，立案率为87.1%。"
    >>> sentence = Sentence(text, 0, len(text), 0, False)
    >>> found = count(sentence, (), Frame(period="2024"), lambda at: "e1", Thread())
    >>> [(o.measure, str(o.value), o.indicator) for o in found][:2]
    [('提案', '163', 'proposals-submitted'), ('立案提案', '142', 'proposals-filed')]
    """
    planned = thread.listen(sentence, frame)
    if row := thread.row(sentence.text):
        return _tabulated(sentence, row, links, frame, thread, index, body)
    here = _local(sentence, links)
    life = thread.life(sentence, here)
    numbers = find_numbers(sentence.text)
    if not numbers:
        return []
    times = _times(sentence.text, frame, here, planned=planned)
    words = read(sentence.text, numbers, [link.mention for link in here], times)
    scene = scene_of(words, here)
    found: list[Observation] = []
    before = ""
    for n, measure in enumerate(measures(words, thread.memory)):
        number = words.numbers[n]
        if measure is None:
            thread.findings.append(_unnamed(sentence, number))
            continue
        period = period_at(words.text, times, number.start) or thread.period
        if period and _is_mean(words.text, number, period, frame):
            period = None
        when = _when(sentence, number, period, frame)
        if "-" in when.period and has_become(words.text, times, number.start):
            when = when._replace(period=when.period[-len(_NEVER) :])
        fact = _fact(sentence, number, measure, when)
        subjects = scene.named(n, measure)
        if not subjects:
            earlier = before if measure.rule in _OF_EARLIER else ""
            owned = is_own(fact.indicator) or measure.rule == _ATTENDING
            owned = owned or measure.name.endswith(_ON_REPORTS)
            owned = owned or scene.is_relative(n)
            own = body if owned else ""
            group = thread.party_group(links) if measure.name == _OF_GROUP else ""
            told = earlier or own or group
            told = told or subject_at(sentence.start + number.start)
            whole = is_of_whole(fact.indicator)
            aside = told != body and scene.is_bystander(n, told, whole=whole)
            whose = body if aside else told
            subjects = (life or whose if whose == body else whose,)
        before = subjects[-1]
        for subject in subjects:
            at_home = subject == body and is_of_place(fact.indicator)
            home = thread.home(links, frame) if at_home else ""
            found += [
                fact.named(name).about(home or subject, index) for name in measure.names
            ]
    thread.findings += mismatches(found)
    return found


def _tabulated(  # noqa: PLR0913, PLR0917  (what a row needs of its document)
    sentence: Sentence,
    row: Sequence[Cell],
    links: Sequence[Link],
    frame: Frame,
    thread: Thread,
    index: int,
    body: str,
) -> list[Observation]:
    """The figures of a table's row."""
    known = {
        (x.mention.start, x.mention.end): x.entity for x in _local(sentence, links)
    }
    found: list[Observation] = []
    for cell in row:
        about = known.get(cell.named) if cell.of_row else None
        name = cell.head if about else cell.measure
        measure = Measure(name, *cell.named, "table")
        planned = cell.planned or cell.year > (frame.year or _NEVER)
        when = _When(cell.year or frame.period or "", "", planned)
        fact = _fact(sentence, cell.number, measure, when)
        at_home = not about and is_of_place(fact.indicator)
        home = thread.home(links, frame) if at_home else ""
        found.append(fact.about(about or home or body, index))
    return found


def _local(sentence: Sentence, links: Sequence[Link]) -> list[Link]:
    """The links of a sentence with mentions in its own offsets."""
    first = sentence.start
    found = []
    for n in range(bisect_left(links, first, key=_BEGIN), len(links)):
        link = links[n]
        kind, start, end, text, rule = _PARTS(link.mention)
        if start >= sentence.end:
            break
        mention = Mention(kind, start - first, end - first, text, rule)
        found.append(Link(mention, link.entity, link.reason))
    return found


def _times(
    text: str, frame: Frame, links: Sequence[Link], *, planned: bool
) -> list[Period]:
    """The periods of a sentence that are no part of a name."""
    found = periods(text, frame, planned=planned)
    if not found:
        return found
    names = [Span(link.mention.start, link.mention.end) for link in links]
    return [time for time in found if not inside(time, names)]


def _unnamed(sentence: Sentence, number: Number) -> Finding:
    figure = sentence.text[number.start : number.end]
    span = Span(sentence.start + number.start, sentence.start + number.end)
    return Finding(
        Severity.INFO, "count", "measure-unknown", (("figure", figure),), span
    )


def _is_mean(text: str, number: Number, period: Period, frame: Frame) -> bool:
    """Whether a figure is the yearly mean of the years reviewed, not of the last one.

    In 2007年达到9153亿元，平均每年增长10.7% the mean is that of all years.
    """
    if "-" in period.value or "-" not in (frame.period or ""):
        return False
    return _MEAN.search(text, max(0, number.start - _NEAR), number.start) is not None


class _When(NamedTuple):
    """When a figure holds."""

    period: str
    words: str
    """As written, where the text gives it."""
    planned: bool


def _when(
    sentence: Sentence, number: Number, period: Period | None, frame: Frame
) -> _When:
    """When a figure holds, by the period that the text gives or by the document's."""
    before = sentence.text[max(0, number.start - _NEAR) : number.start]
    planned = sentence.planned or _PLANNED.search(before) is not None
    years = (coming(frame) if planned and frame.year else frame.period) or ""
    if period is None:
        return _When(years, "", planned)
    ahead = period.value[-4:] > (frame.year or _NEVER)
    return _When(period.value or years, period.words, planned or ahead)


class _Fact(NamedTuple):
    """What a figure counts and when, its subject still open."""

    sentence: Sentence
    number: Number
    measure: Measure
    unit: str
    indicator: str
    when: _When

    def named(self, name: str) -> _Fact:
        """It, under another name."""
        if name == self.measure.name:
            return self
        measure = replace(self.measure, name=name)
        return self._replace(measure=measure, indicator=indicator(name, self.unit))

    def about(self, subject: str, index: int) -> Observation:
        """The observation of it; the index is the sentence's, for the evidence."""
        text, first = self.sentence.text, self.sentence.start
        number, measure = self.number, self.measure
        start, end = min(number.start, measure.start), max(number.end, measure.end)
        basis = _BASIS.search(text, max(0, number.start - _NEAR), number.start)
        return Observation(
            subject,
            measure.name,
            number.value,
            self.unit,
            Evidence(
                index,
                (Span(first + start, first + end),),
                f"statistics/{measure.rule}",
                _CONFIDENCE.get(measure.rule, _LIKELY),
            ),
            self.indicator,
            number.approx,
            self.when.period,
            self.when.words,
            basis[0] if basis else "",
            self.when.planned,
        )


def _fact(sentence: Sentence, number: Number, measure: Measure, when: _When) -> _Fact:
    """What a figure counts and when."""
    # People counted without a measure word (1000万农民工) are 人.
    persons = not number.unit and _PERSONS.search(measure.name)
    unit = "人" if persons else number.unit
    if not unit and _VISITS.search(measure.name):
        unit = "人次"
    if not unit and number.value >= _HUGE and _SUMS.search(measure.name):
        unit = "元"  # 经济总量连续迈上4万亿、5万亿两个台阶
    return _Fact(sentence, number, measure, unit, indicator(measure.name, unit), when)
