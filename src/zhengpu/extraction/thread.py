"""A thread: what one sentence leaves to the next ones of its document.

Periods that a sentence opens with, what was last counted, whose life a paragraph
tells, and the head of a table hold until something else takes their place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zhengpu.extraction.memory import Memory
from zhengpu.extraction.openings import Openings
from zhengpu.extraction.skeleton import HERE_RULE
from zhengpu.extraction.tables import Cell, Column, caption, cells, head_of
from zhengpu.extraction.times import NEVER, Period, opening
from zhengpu.model import EntityType, Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhengpu.model import Frame, Link, Section, Sentence

_GROUP = re.compile("(?:.{0,12}(?:政协|人大|常委会|政府|法院|检察院|街道))?党组")
_LIFE = re.compile("（?，?[男女][，）,]")
"""Behind a name that opens the paragraph about a life: 张三，男，汉族."""
_STOPS = ("。", "！", "？", "；", "：")
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
        year = frame.year or NEVER
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
