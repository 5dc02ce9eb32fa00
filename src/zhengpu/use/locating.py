"""Where words stand in a text: the line, and the sentence around them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from zhengpu.text.cleaning import clean
from zhengpu.text.pieces import documents_of

if TYPE_CHECKING:
    from zhengpu.model import RawText, Span

AROUND = 40
"""Characters shown on both sides of words that stand in no sentence."""


class Place(NamedTuple):
    """A line of the file, from 1, and the sentence; 0 and nothing if unknown."""

    line: int = 0
    sentence: str = ""


class Located:
    """A text that tells where its characters stand."""

    def __init__(self, raw: RawText) -> None:
        self.raw = raw
        kept = [at for at, sign in enumerate(raw.text) if not sign.isspace()]
        self._offsets = [*kept, len(raw.text)]
        self.flat = "".join(raw.text.split())
        """The text without white space."""

    def flattened(self, offset: int) -> int:
        r"""How many characters before an offset are not white space.

        >>> from zhengpu.model import RawText
        >>> Located(RawText("a.txt", "县 政\n协", "", "")).flattened(4)
        2
        """
        return bisect_left(self._offsets, min(offset, len(self.raw.text)))

    def source(self, flat: int) -> int:
        """The offset of a character that is not white space."""
        return self._offsets[min(flat, len(self._offsets) - 1)]

    def find(self, words: str) -> int | None:
        """The first offset of words, whatever white space is in between."""
        flat = "".join(words.split())
        at = self.flat.find(flat) if flat else -1
        return None if at < 0 else self.source(at)

    def place(self, offset: int | None) -> Place:
        """The line and the sentence of an offset."""
        if offset is None:
            return Place()
        at = bisect_right(self._sentences, offset, key=lambda held: held[0].start) - 1
        line = bisect_right(self._lines, offset)
        if at >= 0 and offset < self._sentences[at][0].end:
            return Place(line, self._sentences[at][1])
        around = self.raw.text[max(0, offset - AROUND) : offset + AROUND]
        return Place(line, "".join(around.split()))

    @cached_property
    def _lines(self) -> list[int]:
        """Where each line begins."""
        ends = (at for at, sign in enumerate(self.raw.text) if sign == "\n")
        return [0, *(end + 1 for end in ends)]

    @cached_property
    def _sentences(self) -> list[tuple[Span, str]]:
        """Source span and clean text of the sentences, by place."""
        held = [
            (document.source(sentence.start, sentence.end), sentence.text)
            for document, _ in documents_of(clean(self.raw))
            for sentence in document.sentences
        ]
        return sorted(held)
