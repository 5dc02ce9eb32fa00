"""Heads: the last words of open names, and the words before them."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import ahocorasick_rs
from msgspec import Struct

from zhengpu.knowledge.lexicon import table, words
from zhengpu.model import EntityType
from zhengpu.text.tagging import tagged

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST = 24
"""Skeleton characters that an open name has at the most."""
_FARTHEST = 2 * LONGEST
"""So many characters before a head are looked at."""
_HAN = re.compile(r"[一-鿿㐀-䶿]+")


@dataclass(frozen=True, slots=True)
class Head:
    """The last words of a name, and what they make of it."""

    word: str
    type: EntityType
    needs: str
    """What must stand before it: `core`, `strange` or `anchor` (see heads.tsv)."""


class Token(Struct, frozen=True):
    """A word of the skeleton with its tag."""

    word: str
    tag: str
    start: int
    end: int


@cache
def heads() -> tuple[tuple[Head, ...], ahocorasick_rs.AhoCorasick]:
    """All heads, and the automaton that finds them, also one in another."""
    rows = tuple(
        Head(row["word"], EntityType(row["type"]), row["needs"])
        for row in table("heads")
        if row["needs"] != "held"  # see happenings.py
    )
    finder = ahocorasick_rs.AhoCorasick([head.word for head in rows])
    return rows, finder


def tokens_of(text: str, heads_at: Sequence[int]) -> list[Token]:
    """The words of a skeleton, in order, as far as names may reach.

    Args:
        text: Its text; what is no Han character is left out.
        heads_at: Where heads begin, in order: only what stands before one, so
            near that a name may hold it, is cut into words.
    """
    out: list[Token] = []
    for run in _HAN.finditer(text):
        at, end = run.span()
        index = bisect_left(heads_at, at)
        if index == len(heads_at) or heads_at[index] > end + _FARTHEST:
            continue
        for word, tag in tagged(run[0]):
            out.append(Token(word, tag, at, at + len(word)))
            at += len(word)
    return out


@cache
def generic() -> frozenset[str]:
    """Phrases that name a kind of things and nothing of its own."""
    return words("generic", "phrase")


@cache
def fields() -> frozenset[str]:
    """Fields of work, which stand in the names of bodies: 农业农村."""
    return words("fields", "word")


@cache
def head_words() -> frozenset[str]:
    """The words of all heads."""
    return frozenset(head.word for head in heads()[0])
