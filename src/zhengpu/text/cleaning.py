"""Cleaning: the text of a report without what the page added to it.

The clean text is made from the source by removing characters and by writing
some in another width, and by nothing else: every clean character has exactly
one source character, and `offsets` leads there. What was removed is recorded,
so that `check` can make the clean text a second time and compare.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from zhengpu.model import Finding, Severity, Span
from zhengpu.text.layout import Cut, lay_out
from zhengpu.text.widths import fold, punctuate, spaces, unify

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from zhengpu.model import RawText


class Removal(NamedTuple):
    """Source characters that the clean text lacks."""

    start: int
    end: int
    reason: str
    """`line-break`, `blank`, `space`, `control`, `markup`, `page-number`,
    `running-head`, `navigation`, `rule` or `jump`."""


class Heading(NamedTuple):
    """A line that the source marks as a heading."""

    start: int
    """Where it begins in the clean text."""
    level: int
    """1 is the highest."""


@dataclass(frozen=True, slots=True)
class CleanText:
    """A file's text without furniture: one paragraph a line."""

    raw: RawText
    text: str
    offsets: array[int]
    """The source offset of each clean character."""
    headings: tuple[Heading, ...] = ()
    removed: tuple[Removal, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(slots=True)
class _Draft:
    """A text on its way to being clean."""

    text: str
    offsets: array[int]
    removed: list[Removal]

    def without(self, cuts: Sequence[Cut]) -> _Draft:
        """The draft after removals; the cuts are in order and don't overlap."""
        if not cuts:
            return self
        pieces, offsets, place = [], array("I"), 0
        for start, end, reason in cuts:
            pieces.append(self.text[place:start])
            offsets.extend(self.offsets[place:start])
            self.removed.extend(self._in_source(start, end, reason))
            place = end
        pieces.append(self.text[place:])
        offsets.extend(self.offsets[place:])
        return _Draft("".join(pieces), offsets, self.removed)

    def _in_source(self, start: int, end: int, reason: str) -> Iterable[Removal]:
        """A cut as source spans: more than one where an earlier cut lies in it."""
        first, last = self.offsets[start], self.offsets[end - 1]
        if last - first == end - 1 - start:
            return (Removal(first, last + 1, reason),)
        singles = self.offsets[start:end]
        return [Removal(offset, offset + 1, reason) for offset in singles]


def clean(raw: RawText) -> CleanText:
    r"""The text of a file without furniture, one paragraph a line.

    Args:
        raw: The file as decoded.

    Returns:
        The clean text, the way back to the source, and what was removed.

    >>> from zhengpu.model import RawText
    >>> clean(RawText("a.txt", "２０２４ 年,共８次。\n", "", "utf-8")).text
    '2024年，共8次。\n'
    """
    draft = _Draft(raw.text, array("I", range(len(raw.text))), [])
    headings: dict[int, int] = {}
    # Joined lines may show more marks: cleaning goes on until nothing changes,
    # so that cleaning twice is cleaning once.
    for turn in range(_TURNS):
        before = draft.text
        draft = _unified(draft)
        pages = _pages(raw, draft) if not turn else []
        printed = bool(raw.pages) and not turn
        layout = lay_out(draft.text, pages, printed=printed)
        for start, level in layout.headings:
            headings.setdefault(draft.offsets[start], level)
        draft = draft.without(layout.cuts)
        draft = _Draft(punctuate(draft.text), draft.offsets, draft.removed)
        draft = draft.without([Cut(*span, "space") for span in spaces(draft.text)])
        if draft.text == before:
            break
    removed = _merged(draft.removed)
    return CleanText(
        raw,
        draft.text,
        draft.offsets,
        tuple(
            Heading(bisect_left(draft.offsets, source), level)
            for source, level in sorted(headings.items())
        ),
        removed,
        tuple(_findings(removed, draft)),
    )


_TURNS = 6
"""More than any text needs that was not written to need more."""


def _merged(removed: list[Removal]) -> tuple[Removal, ...]:
    """The removals in order, neighbours with one reason as one."""
    result: list[Removal] = []
    for item in sorted(removed):
        if result and result[-1].end == item.start and result[-1].reason == item.reason:
            result[-1] = result[-1]._replace(end=item.end)
        else:
            result.append(item)
    return tuple(result)


# -- what has no width, and what only marks up ---------------------------------

_HIDDEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
)
_CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\r"
_UNSEEN = re.compile(f"[{_HIDDEN}{_CONTROL}]+")
_MARKS = re.compile(
    r"\*{2,}|(?<!_)__(?!_)|!?\[(?=[^\]\n]{0,200}\]\(https?:)"
    r"|(?<=\])\(https?:[^)\s]{1,500}\)|\](?=\(https?:)"
)
_JUMP = re.compile(r"[(（](?:上|下|紧?接|转)[^()（）\n]{0,14}版[^()（）\n]{0,6}[)）]")


def _unified(draft: _Draft) -> _Draft:
    """The draft in one width, without what has no width."""
    draft = _Draft(unify(draft.text), draft.offsets, draft.removed)
    return draft.without(_unseen(draft.text))


def _unseen(text: str) -> list[Cut]:
    """Control and zero-width characters, emphasis marks and jump lines."""
    cuts = []
    for found in _UNSEEN.finditer(text):
        start, end = found.span()
        # a line that holds nothing else: it tore a sentence, as a link does
        torn = start and text[start - 1] == "\n" and text[end : end + 1] == "\n"
        cuts.append(Cut(start - 1 if torn else start, end, "control"))
    if any(mark in text for mark in ("**", "__", "](http")):
        cuts += [Cut(*found.span(), "markup") for found in _MARKS.finditer(text)]
    if "版" in text:
        cuts += [
            Cut(*found.span(), "jump")
            for found in _JUMP.finditer(text)
            if not _stands_alone(text, *found.span())
        ]
    return _disjoint(sorted(cuts))


def _disjoint(cuts: list[Cut]) -> list[Cut]:
    """The cuts without those that overlap one before: the next turn has them."""
    result: list[Cut] = []
    for cut in cuts:
        if not result or cut.start >= result[-1].end:
            result.append(cut)
    return result


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a stretch is all that its line holds."""
    begin = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", end)
    line = text[begin : stop if stop >= 0 else len(text)]
    return line.strip() == text[start:end]


# -- pages and findings ---------------------------------------------------------


def _pages(raw: RawText, draft: _Draft) -> list[int]:
    """Where pages begin in the draft; a form feed ends a page too."""
    begins = raw.pages
    if not begins and "\x0c" in raw.text:
        feeds = (found.end() for found in re.finditer("\x0c", raw.text))
        begins = (0, *feeds)
    return [bisect_left(draft.offsets, begin) for begin in begins]


def _findings(removed: Sequence[Removal], draft: _Draft) -> Iterable[Finding]:
    """What an editor may want to look at."""
    for reason, code in _REPORTED.items():
        spans = [item for item in removed if item.reason == reason]
        if spans:
            parameters = (("count", str(len(spans))),)
            first = Span(spans[0].start, spans[0].end)
            yield Finding(Severity.INFO, "cleaning", code, parameters, first)
    place = 0
    for line in draft.text.split("\n"):
        found = _BROKEN_OFF.search(line, max(0, len(line) - _LAST_WORDS))
        if found and _RUNNING.search(line, 0, found.start()):
            start, end = place + found.start(), place + found.end()
            span = Span(draft.offsets[start], draft.offsets[end - 1] + 1)
            yield Finding(
                Severity.WARNING,
                "cleaning",
                "paragraph-breaks-off",
                (("text", found[0]),),
                span,
            )
        place += len(line) + 1


_REPORTED = {
    "line-break": "lines-joined",
    "navigation": "navigation-removed",
    "page-number": "page-numbers-removed",
    "running-head": "running-heads-removed",
}
_LAST_WORDS = 25
_RUNNING = re.compile(r"。|，[^。]{16}")
_BROKEN_OFF = re.compile(r"(?<=[，。、])[^，。、！？；：…”）》]+(?<![摄影])$")


# -- checking --------------------------------------------------------------------


def check(clean: CleanText) -> None:
    """Make sure that every clean character leads to its source character.

    The clean text must be the source minus the recorded removals, but for the
    widths that `widths.fold` makes alike, and the offsets must say so.

    Raises:
        ValueError: It is not, with the first clean offset that is wrong.
    """
    source, expected, place = clean.raw.text, array("I"), 0
    for start, end, reason in (*clean.removed, (len(source), len(source), "")):
        if not place <= start <= end <= len(source) or (start == end and reason):
            raise ValueError(f"removal {start}:{end} is out of order")
        expected.extend(range(place, start))
        place = end
    if expected != clean.offsets:
        wrong = _first_difference(expected, clean.offsets)
        raise ValueError(f"offset of clean character {wrong} is wrong")
    left = "".join([source[offset] for offset in clean.offsets])
    if fold(left) != fold(clean.text):
        wrong = _first_difference(fold(left), fold(clean.text))
        raise ValueError(f"clean character {wrong} differs from its source")


def _first_difference(one: Sequence[object], other: Sequence[object]) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(one), len(other)))
