"""The text with everything that is already recognised folded to one character."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, TypeVar

from zhengpu.knowledge.rulebook import FOLDABLE, FOLDED, finder
from zhengpu.model import EntityType, Mention

if TYPE_CHECKING:
    from collections.abc import Sequence


AREA_RULE = "dictionary/area"
"""Name of the rule by which the gazetteer finds administrative areas."""

HERE_RULE = "bodies/deictic-area"
"""Name of the rule by which words such as 我县 are found."""

M = TypeVar("M", bound=Mention)
_PRIVATE = re.compile(f"[{FOLDABLE}]")


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A text over which rules run, and the way back to the clean text."""

    text: str
    mentions: dict[int, Mention]
    """Skeleton position of a folded character to what it stands for."""
    _folds: list[int]
    """The positions of the folded characters, in order."""
    _ends: list[int]
    """Where the mentions that they stand for end in the clean text."""

    def clean(self, position: int) -> int:
        """The clean offset of a position, or of the text's end."""
        if mention := self.mentions.get(position):
            return mention.start
        at = bisect_left(self._folds, position)
        if not at:
            return position
        return self._ends[at - 1] + position - self._folds[at - 1] - 1

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The clean span of a skeleton span."""
        return self.clean(start), self.clean(end)

    def position(self, clean: int) -> int:
        """The skeleton position that holds a clean offset."""
        at = bisect_right(self._ends, clean)
        position = clean
        if at:
            position = self._folds[at - 1] + 1 + clean - self._ends[at - 1]
        return min(position, self._folds[at]) if at < len(self._folds) else position

    def within(self, start: int, end: int) -> list[Mention]:
        """The folded mentions of a skeleton span, in order."""
        held = self.mentions
        return [held[i] for i in range(start, end) if i in held]


def fold(text: str, mentions: Sequence[Mention], *, areas: bool = True) -> Skeleton:
    """Folds mentions that do not overlap, in text order.

    Args:
        text: Clean text.
        mentions: Sorted by start, without overlaps.
        areas: Whether places found by the gazetteer or by words such as 我县
            fold to AREA and HERE, not to PLC.

    >>> from zhengpu.model import EntityType
    >>> name = Mention(EntityType.PLC, 0, 2, "代县", "dictionary/name")
    >>> folded = fold("代县政协", [name])
    >>> folded.text == FOLDED["PLC"] + "政协", folded.span(0, 3), folded.position(3)
    (True, (0, 4), 2)
    """
    text = _PRIVATE.sub("�", text)
    pieces: list[str] = []
    held: dict[int, Mention] = {}
    ends: list[int] = []
    at = position = 0
    for mention in mentions:
        if mention.start > at:
            pieces.append(text[at : mention.start])
            position += mention.start - at
        held[position] = mention
        kind: str = mention.type
        if areas and mention.rule.startswith(AREA_RULE):
            kind = "AREA"
        elif areas and mention.rule == HERE_RULE:
            kind = "HERE"
        pieces.append(FOLDED[kind])
        position += 1
        at = mention.end
        ends.append(at)
    pieces.append(text[at:])
    return Skeleton("".join(pieces), held, list(held), ends)


_START, _END = attrgetter("start"), attrgetter("end")


def longest(mentions: Sequence[M]) -> list[M]:
    """Mentions without overlaps: the earliest, of these the longest, wins inside.

    A mention within a longer one goes; of two that cross, the longer stays, of
    equal ones the first given.
    """
    kept: list[M] = []
    longest_first = sorted(mentions, key=_END, reverse=True)
    for mention in sorted(longest_first, key=_START):
        while kept and kept[-1].end > mention.start:
            last = kept[-1]
            if mention.end - mention.start <= last.end - last.start:
                break
            kept.pop()
        else:
            kept.append(mention)
    return kept


def apply(book: str, skeleton: Skeleton, clean: str) -> list[Mention]:
    """The mentions that the rules of a book find in a skeleton."""
    out = []
    for rule, m in finder(book).matches(skeleton.text):
        named = "name" in rule.pattern.groupindex and m.start("name") >= 0
        group = "name" if named else 0
        if m.start(group) == m.end(group):
            continue
        start, end = skeleton.span(*m.span(group))
        type_ = EntityType(rule.yields)
        out.append(Mention(type_, start, end, clean[start:end], rule.name))
    return out
