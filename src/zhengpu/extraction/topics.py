"""Whom a clause is about when it does not say so.

Reports leave the subject out most of the time. A clause that opens with a
body or a person is about that; the clauses after it in the same sentence too;
every other clause is about the reporting body.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from operator import itemgetter
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from zhengpu.extraction.acting import opened_by, taken_up
from zhengpu.extraction.careers import lives_in
from zhengpu.extraction.partners import partners_in
from zhengpu.knowledge.rulebook import FOLDED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from zhengpu.extraction.acting import Head
    from zhengpu.extraction.skeleton import Skeleton

_ITEM = re.compile(r"\s*(?:第?[一二三四五六七八九十]+(?:是|、要))")
"""What opens a point of a list: 一是抓好…。"""
_WILL = re.compile("(?:将|要|拟)")
"""Behind whom the points of a plan are about, which sentences of their own tell."""
_DELEGATION = re.compile(
    r"[^，。；\n]{0,12}?(?:考察团|代表团|观摩团|调研组|视察组|考察组|督查组|检查组|一行|部分(?:[^，。；\n]{2,4})?委员|带队)"
)
"""Behind whom a clause is about: they travel with others, who are told of later."""
_NEAR = 20
"""So far before a clause stands at most who leads it."""
_LED_BY = re.compile(
    rf"(?:由|主席|主任|书记|组长)[^，。；\n]{{0,14}}{FOLDED['PER']}(?:带队|率队|牵头|领衔)，\Z"
)
"""Before a clause: its deeds are the leader's, too: 由县政协主席张三带队，|提案委员会深入…."""


_DOC = FOLDED["DOC"]
_LEADING = re.compile(rf"由[^，。；\n]{{0,12}}{FOLDED['PER']}(?:带队|率队|牵头|领衔)，")
"""At the head of a clause: who leads those who were named: 经济委组成调研组，|由副主席张三带队，."""
_ACTING = (FOLDED["ORG"], FOLDED["PER"])
_BORDERS = re.compile("[，；：]+")


class Topic(Struct, frozen=True):
    """Whom a stretch of text is about."""

    subjects: tuple[str, ...]
    """Entity ids."""
    omitted: bool
    """Whether the clause leaves it out."""
    life: bool = False
    """Whether it stands in a biography, which is about its person alone."""
    whose: str = ""
    """Entity id of the body whose people a person leads, or nothing."""


@dataclass(frozen=True, slots=True)
class Topics:
    """The topic at each clean offset."""

    starts: list[int]
    topics: list[Topic]

    @property
    def now(self) -> Topic:
        """The last one."""
        return self.topics[-1]

    def tell(self, start: int, topic: Topic) -> None:
        """Let a topic hold from a clean offset on, behind all others."""
        self.starts.append(start)
        self.topics.append(topic)

    def join(self, start: int, end: int, partners: tuple[str, ...]) -> None:
        """Let partners act along in a stretch, until another subject is named."""
        index = bisect_right(self.starts, start)
        now = self.topics[index - 1]
        together = tuple(dict.fromkeys((*now.subjects, *partners)))
        self.starts.insert(index, start)
        self.topics.insert(index, Topic(together, now.omitted, whose=now.whose))
        for later in range(index + 1, len(self.topics)):
            if self.starts[later] >= end:
                return
            if not self.topics[later].omitted:
                return  # another subject: 县政府采纳建议，并出台…
            self.topics[later] = Topic(together, omitted=True, whose=now.whose)
        self.tell(end, Topic(now.subjects, omitted=True, whose=now.whose))

    def at(self, offset: int) -> Topic:
        """The topic of the clause that holds a clean offset."""
        return self.topics[max(0, bisect_right(self.starts, offset) - 1)]

    def ahead(self, offset: int, end: int) -> Topic | None:
        """The first topic that is named between an offset and the sentence's end."""
        first = bisect_right(self.starts, offset)
        last = bisect_right(self.starts, end - 1)
        return next((t for t in self.topics[first:last] if not t.omitted), None)


def _clauses(text: str, start: int, stop: int) -> Iterator[int]:
    """Where the clauses of a sentence begin."""
    yield start
    for border in _BORDERS.finditer(text, start, stop):
        yield border.end()


def _lives(
    skeleton: Skeleton, entity_of: Mapping[int, str]
) -> list[tuple[int, int, str]]:
    """The skeleton spans of the biographies, each with whom it tells of."""
    people = skeleton.mentions
    return [
        (life.start, life.end, entity_of[people[life.person].start])
        for life in lives_in(skeleton.text)
        if people[life.person].start in entity_of
    ]


def _told(lives: list[tuple[int, int, str]], at: int) -> Topic | None:
    """Whom a skeleton position is about where it stands in a biography."""
    index = bisect_right(lives, at, key=itemgetter(0)) - 1
    if index < 0 or at >= lives[index][1]:
        return None
    return Topic((lives[index][2],), omitted=True, life=True)


@dataclass(slots=True)
class _Course:
    """Whom a document is about, sentence by sentence."""

    skeleton: Skeleton
    entity_of: Mapping[int, str]
    default: Topic
    """The reporting body."""
    topics: Topics
    delegation: Head | None = None
    """Who was last said to travel with others."""
    lead: Topic | None = None
    """Whom the points of a plan are about, which sentences of their own tell."""
    lives: list[tuple[int, int, str]] = field(default_factory=list)
    besides: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    """Clean start of a mention to the others of its enumeration."""

    def sentence(self, start: int, end: int) -> None:
        """Tell whom a sentence is about, by its clean span."""
        text = self.skeleton.text
        at, stop = self.skeleton.position(start), self.skeleton.position(end - 1) + 1
        if told := _told(self.lives, at):
            self.topics.tell(start, told)
            return
        is_item = _ITEM.match(text, at) is not None
        if not is_item:
            self.lead = None
        opened = Topic(self.lead.subjects, omitted=True) if self.lead else self.default
        self.topics.tell(start, opened)
        # no clause behind the last who acts opens with one
        last = max(text.rfind(char, at, stop) for char in _ACTING)
        for clause in _clauses(text, at, stop):
            head = self.opened(clause, stop) if clause <= last else None
            if head:
                self.acts(head, max(at, clause - _NEAR), clause, stop)
                if not is_item and self.lead is None and _WILL.match(text, head.end):
                    self.lead = self.topics.now
            else:
                self.goes_on(clause, stop)
        if last >= at:
            for joint in partners_in(
                self.skeleton, self.entity_of, (at, stop), self.besides
            ):
                self.topics.join(*joint)

    def opened(self, clause: int, stop: int) -> Head | None:
        """Whom a clause opens with, if it opens with its subject."""
        default = self.default.subjects
        head = opened_by(self.skeleton, self.entity_of, clause, stop, default)
        if head is None or not self.besides:
            return head
        named = self.skeleton.within(head.start, head.end)
        others = [x for m in named for x in self.besides.get(m.start, ())]
        return replace(head, ids=(*head.ids, *others)) if others else head

    def acts(self, head: Head, near: int, clause: int, stop: int) -> None:
        """A clause opens with who acts in it; who leads them, does so, too."""
        text = self.skeleton.text
        if _DELEGATION.match(text, head.end, stop):
            self.delegation = head
        now = self.topics.now
        led = _LED_BY.search(text, near, clause)
        leads = now is not self.default and _LEADING.match(text, clause)
        leaders = now.subjects if led or leads else ()
        topic = Topic((*leaders, *head.ids), omitted=False, whose=head.whose)
        self.topics.tell(self.skeleton.clean(head.start), topic)

    def goes_on(self, clause: int, stop: int) -> None:
        """A clause takes up whom an earlier one named, or leaves its subject out."""
        start, text = self.skeleton.clean(clause), self.skeleton.text
        same = taken_up(self.skeleton, self.entity_of, clause, stop, self.delegation)
        now = self.topics.now
        if text[clause - 1 : clause + 1] == f"；{_DOC}":
            self.topics.tell(start, self.default)  # ；《…的建议》被采纳
        elif same:
            self.topics.tell(start, Topic(same.ids, omitted=False, whose=same.whose))
        elif now is not self.default:
            self.topics.tell(start, Topic(now.subjects, omitted=True, whose=now.whose))


def topics_of(
    skeleton: Skeleton,
    entity_of: Mapping[int, str],
    default: str,
    spans: Sequence[tuple[int, int]],
    besides: Mapping[int, tuple[str, ...]] | None = None,
) -> Topics:
    """The topics of a document.

    Args:
        skeleton: With all mentions folded.
        entity_of: Clean start of a mention to its entity.
        default: Entity id of the reporting body, or "".
        spans: Clean spans of the sentences, in order.
        besides: Clean start of a mention to the others of its enumeration.
    """
    own = Topic((default,) if default else (), omitted=True)
    lives = _lives(skeleton, entity_of)
    course = _Course(skeleton, entity_of, own, Topics([0], [own]), lives=lives)
    course.besides = besides or {}
    for start, end in spans:
        course.sentence(start, end)
    return course.topics
