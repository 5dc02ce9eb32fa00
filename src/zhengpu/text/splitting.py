"""Splitting: one file may hold several documents."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from zhengpu.model import Document
from zhengpu.text.titles import (
    Line,
    headline,
    interrupts,
    is_dateline,
    lines_of,
    opens_news,
    titles,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhengpu.text.cleaning import CleanText

_FRAME = re.compile(
    r"[（(][^）)]*[）)]|[—–-]{1,3}.*|(?:\d{4}|[二〇○零一九]{4})年.*|在.*上"
    r"|[^，。！？；：]{1,20}"
)
"""Lines that surround a text: date and meeting, who speaks, (摘要)."""
_ADOPTED = re.compile(r"[（(].*(?:通过|批准)[）)]")
_TOP = 6
"""The first news item of a file opens within so many lines."""
_CAPTION = 80
"""Without a title, so many characters are a picture's caption and no document."""


def split(clean: CleanText) -> tuple[Document, ...]:
    """The documents of a file; every clean character belongs to one of them.

    A title opens a document where running text stands before and after it. A
    title with nothing but date, meeting and speaker behind it ends its document;
    one that says again what the document is called is passed over.

    Args:
        clean: The clean text of a file.

    Returns:
        At least one document, unless the text is empty; without sections and
        sentences.
    """
    text = clean.text
    if not text.strip():
        return ()
    lines = lines_of(text)
    starts = sorted({0, *_titled(lines), *_news(lines)})
    return tuple(
        Document(
            id=f"{clean.raw.name}#{number}",
            raw=clean.raw,
            text=text[start:end],
            offsets=clean.offsets[start:end],
        )
        for number, (start, end) in enumerate(pairwise([*starts, len(text)]), start=1)
    )


def _titled(lines: Sequence[Line]) -> list[int]:
    """Where documents begin whose title stands above them."""
    found = list(titles(lines))
    starts = []
    begin, own = 0, ""
    for number, title in enumerate(found):
        behind = found[number + 1].first if number + 1 < len(found) else len(lines)
        if not _has_body(lines[begin : title.first], 0 if own else _CAPTION):
            own = max(own, title.text, key=len)
            continue
        if not _has_body(lines[title.last + 1 : behind]):
            continue
        if not own and interrupts(lines, title):
            own = title.text
            continue
        again = title.text in own or (own and own in title.text)
        if again and not _is_adopted(lines, title.last):
            continue
        starts.append(lines[title.first].start)
        begin, own = title.last + 1, title.text
    return starts


def _has_body(lines: Sequence[Line], least: int = 0) -> bool:
    """Whether there is more than date, meeting, names, and than some characters."""
    seen = 0
    for line in lines:
        if not _FRAME.fullmatch(line.text):
            seen += len(line.text)
            if seen > least:
                return True
    return False


def _is_adopted(lines: Sequence[Line], index: int) -> bool:
    """Whether a title is followed by the meeting that adopted the document."""
    behind = lines[index + 1 : index + 2]
    return bool(behind and _ADOPTED.fullmatch(behind[0].text))


def _news(lines: Sequence[Line]) -> list[int]:
    """Where news items begin: at the headline above a dateline.

    In a file that begins with news a date opens the next ones, too.
    """
    top = lines[:_TOP]
    opened = not any(titles(top)) and any(headline(top, n) for n in range(1, len(top)))
    starts = []
    for index, line in enumerate(lines):
        if not (opens_news(line.text) if opened else is_dateline(line.text)):
            continue
        found = headline(lines, index)
        if found and _has_body(lines[: found.first], 0 if opened else _CAPTION):
            starts.append(lines[found.first].start)
    return starts
