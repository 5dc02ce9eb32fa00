"""Statistics: every counted or measured fact of a sentence.

A figure becomes an observation once its measure (what is counted), its subject
(whose fact it is) and its period are found. Ranks, ordinals, dates and figures
inside names are none (see `numbers`).
"""

from __future__ import annotations

from bisect import bisect_left
from operator import attrgetter
from typing import TYPE_CHECKING

from zhengpu.extraction.arithmetic import mismatches
from zhengpu.extraction.counted import Fact, When, fact_of, is_mean, when_of
from zhengpu.extraction.counting import measures
from zhengpu.extraction.figures import inside, read
from zhengpu.extraction.indicators import is_of_place, is_of_whole, is_own
from zhengpu.extraction.measures import Measure
from zhengpu.extraction.numbers import Number, find_numbers
from zhengpu.extraction.subjects import is_counted_itself, scene_of
from zhengpu.extraction.times import NEVER, Period, has_become, period_at, periods
from zhengpu.model import Finding, Link, Mention, Observation, Severity, Span
from zhengpu.text.titles import is_meta

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from zhengpu.extraction.tables import Cell
    from zhengpu.extraction.thread import Thread
    from zhengpu.model import Frame, Sentence

_OF_EARLIER = frozenset(("carried", "compared", "share"))
_PARTS = attrgetter("type", "start", "end", "text", "rule")
_ATTENDING = "attending"
"""Of those who came to a meeting, who is named last is one."""
_ON_REPORTS = "领导批示"
"""What leaders of others write on the body's reports: 县委领导批示23件次."""
_OF_GROUP = "党组会议"
_BEGIN = attrgetter("mention.start")


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

    >>> from zhengpu.extraction.thread import Thread
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
    if not numbers or is_meta(sentence.text):
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
        if period and is_mean(words.text, number, period, frame):
            period = None
        when = when_of(sentence, number, period, frame)
        if "-" in when.period and has_become(words.text, times, number.start):
            when = when._replace(period=when.period[-len(NEVER) :])
        fact = fact_of(sentence, number, measure, when)
        itself = bool(body) and is_counted_itself(measure, here)
        subjects = (body,) if itself else scene.named(n, measure)
        if not subjects:
            told = _told_before(fact, before, body, thread, links)
            if not told and scene.is_relative(n):
                told = body
            told = told or subject_at(sentence.start + number.start)
            whole = is_of_whole(fact.indicator) or measure.name.startswith("全社会")
            aside = told != body and scene.is_bystander(n, told, whole=whole)
            whose = body if aside else told
            subjects = (life or whose if whose == body else whose,)
        before = subjects[-1]
        for subject in subjects:
            at_home = subject == body and (not body or is_of_place(fact.indicator))
            home = thread.home(links, frame) if at_home else ""
            found += [
                fact.named(name).about(home or subject, index) for name in measure.names
            ]
    thread.findings += mismatches(found)
    return found


def _told_before(
    fact: Fact, before: str, body: str, thread: Thread, links: Sequence[Link]
) -> str:
    """Whose a figure is by what it counts, or as the one before; empty where nothing tells.

    Args:
        fact: What the figure counts.
        before: The subject of the figure before it in the sentence.
        body: The reporting body.
        thread: Knows the body's party group.
        links: The document's.
    """
    measure = fact.measure
    if before and measure.rule in _OF_EARLIER:
        return before
    attended = measure.rule == _ATTENDING or measure.name.endswith(_ON_REPORTS)
    if body and (attended or is_own(fact.indicator)):
        return body
    return thread.party_group(links) if measure.name == _OF_GROUP else ""


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
        planned = cell.planned or cell.year > (frame.year or NEVER)
        when = When(cell.year or frame.period or "", "", planned)
        fact = fact_of(sentence, cell.number, measure, when)
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
