"""The text with everything that is already recognised folded to one character."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from zhengpu.knowledge.rulebook import FOLDABLE, FOLDED
from zhengpu.model import Mention

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
    """A text over which rules run, and the way back to the clean text.

    `starts[i]` is the clean offset of the skeleton's character `i`; one more
    entry holds the text's length.
    """

    text: str
    starts: list[int]
    mentions: dict[int, Mention]
    """Skeleton position of a folded character to what it stands for."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The clean span of a skeleton span."""
        return self.starts[start], self.starts[end]

    def position(self, clean: int) -> int:
        """The skeleton position that holds a clean offset."""
        return bisect_right(self.starts, clean, hi=len(self.starts) - 1) - 1

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
    >>> folded.text == FOLDED["PLC"] + "政协", folded.starts
    (True, [0, 2, 3, 4])
    """
    text = _PRIVATE.sub("�", text)
    pieces: list[str] = []
    starts: list[int] = []
    held: dict[int, Mention] = {}
    at = 0
    for mention in mentions:
        pieces.append(text[at : mention.start])
        starts.extend(range(at, mention.start))
        held[len(starts)] = mention
        kind: str = mention.type
        if areas and mention.rule.startswith(AREA_RULE):
            kind = "AREA"
        elif areas and mention.rule == HERE_RULE:
            kind = "HERE"
        pieces.append(FOLDED[kind])
        starts.append(mention.start)
        at = mention.end
    pieces.append(text[at:])
    starts.extend(range(at, len(text) + 1))
    return Skeleton("".join(pieces), starts, held)


def longest(mentions: Sequence[M]) -> list[M]:
    """Mentions without overlaps: the earliest, of these the longest, wins inside.

    A mention within a longer one goes; of two that cross, the longer stays, of
    equal ones the first given.
    """
    kept: list[M] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        while kept and kept[-1].end > mention.start:
            last = kept[-1]
            if mention.end - mention.start <= last.end - last.start:
                break
            kept.pop()
        else:
            kept.append(mention)
    return kept
