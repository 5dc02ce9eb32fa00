"""PDF: the words of each page in reading order, column by column."""

from __future__ import annotations

import io
import logging
import warnings
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect

from zhengpu.errors import ReadingError
from zhengpu.model import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pdfplumber.page import Page

# pdfminer reports each odd object of each file; what matters we say ourselves
logging.getLogger("pdfminer").setLevel(logging.CRITICAL)

_INDENT = "\u3000\u3000"


class Word(NamedTuple):
    """A run of characters on a page; lengths in points, from the upper left."""

    left: float
    right: float
    top: float
    bottom: float
    text: str

    @property
    def middle(self) -> float:
        """Half-way down."""
        return (self.top + self.bottom) / 2


def text_of_pdf(content: bytes) -> tuple[str, tuple[int, ...], tuple[Finding, ...]]:
    """The text of a PDF file, where its pages begin, and pages without text.

    Args:
        content: The file's bytes.

    Raises:
        ReadingError: It is damaged, locked, or holds pictures of text only.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with pdfplumber.open(io.BytesIO(content)) as document:
                pages = [_page_text(page) for page in document.pages]
    except Exception as error:
        if _is_locked(error):
            raise ReadingError("pdf-locked") from error
        reason = f"{type(error).__name__}: {error}".rstrip(": ")
        raise ReadingError("pdf-damaged", reason=reason) from error
    if not any(page.strip() for page in pages):
        raise ReadingError("pdf-without-text")
    begins, place = [], 0
    for page in pages:
        begins.append(place)
        place += len(page)
    findings = tuple(
        Finding(
            Severity.WARNING,
            "reading",
            "pdf-page-without-text",
            (("page", str(number)),),
        )
        for number, page in enumerate(pages, start=1)
        if not page.strip()
    )
    return "".join(pages), tuple(begins), findings


def _is_locked(error: BaseException | None) -> bool:
    """Whether a password is missing; pdfplumber wraps pdfminer's errors."""
    while error is not None:
        if isinstance(error, PDFPasswordIncorrect) or any(
            isinstance(cause, PDFPasswordIncorrect) for cause in error.args
        ):
            return True
        error = error.__cause__ or error.__context__
    return False


def _page_text(page: Page) -> str:
    """The lines of a page, indents and wide gaps kept as such."""
    words = [
        Word(word["x0"], word["x1"], word["top"], word["bottom"], word["text"])
        for word in page.dedupe_chars().extract_words(x_tolerance=3, y_tolerance=3)
    ]
    page.close()
    return "".join(_lines(words))


def _lines(words: Sequence[Word]) -> Iterator[str]:
    """Lines with their ends, columns one after the other."""
    if not words:
        return
    size = median(word.bottom - word.top for word in words)
    for column in columns(words, size):
        rows = list(_rows(column))
        edge = min(row[0].left for row in rows)
        steps = [b[0].top - a[0].top for a, b in pairwise(rows)]
        usual = median(steps) if steps else 0.0
        for row, step in zip(rows, [0.0, *steps], strict=True):
            if usual and step > 1.6 * usual:
                yield "\n"
            indent = _INDENT if row[0].left - edge > 1.4 * size else ""
            yield f"{indent}{_joined(row, size)}\n"


def columns(words: Sequence[Word], size: float) -> Iterator[list[Word]]:
    """The words in blocks of one column each, in reading order.

    A line across the gutter (a headline) parts what is above it from what is
    below; between two of them the left column comes before the right one.

    Args:
        words: The words of a page, or of part of it.
        size: The usual height of a character.
    """
    gutter = _gutter(words, size)
    if gutter is None:
        yield list(words)
        return
    across = sorted(
        (word for word in words if word.left < gutter < word.right),
        key=lambda word: word.middle,
    )
    sides = (
        [word for word in words if word.right <= gutter],
        [word for word in words if word.left >= gutter],
    )
    above = float("-inf")
    for row in [*_rows(across), []]:
        below = row[0].middle if row else float("inf")
        for side in sides:
            band = [word for word in side if above < word.middle <= below]
            # 标题 ─── two words of a headline's line are part of the headline
            if band:
                yield from columns(band, size)
        if row:
            yield list(row)
        above = below


def _gutter(words: Sequence[Word], size: float) -> float | None:
    """Where a gutter parts the words in two columns of running text."""
    if len(words) < 8:  # noqa: PLR2004 (too few lines to tell)
        return None
    left, right = min(w.left for w in words), max(w.right for w in words)
    best: tuple[float, float] | None = None
    for place in _gaps(words, left, right, size):
        sides = (
            [w for w in words if w.right <= place],
            [w for w in words if w.left >= place],
        )
        across = len(words) - len(sides[0]) - len(sides[1])
        fewest = min(map(len, sides))
        if across > 0.2 * len(words) or fewest < max(3, 0.2 * len(words)):
            continue
        edge = max(w.right for w in sides[0])
        filled = sum(1 for w in sides[0] if edge - w.right < 2 * size)
        if filled >= 0.5 * len(sides[0]) and (best is None or across < best[0]):
            best = (across, place)
    return best[1] if best else None


def _gaps(
    words: Sequence[Word], left: float, right: float, size: float
) -> Iterator[float]:
    """The middles of stretches that few words cross, from left to right."""
    width = int(right - left) + 2
    change = [0] * (width + 1)
    for word in words:
        change[max(0, int(word.left - left))] += 1
        change[min(width, int(word.right - left) + 1)] -= 1
    begin, crossing = None, 0
    for place in range(width):
        crossing += change[place]
        if crossing <= 0.2 * len(words):
            begin = place if begin is None else begin
        elif begin is not None:
            if place - begin >= 0.8 * size and begin > 0:
                yield left + (begin + place) / 2
            begin = None


def _rows(words: Iterable[Word]) -> Iterator[list[Word]]:
    """Words on one line together, from above; on a line from the left."""
    row: list[Word] = []
    for word in sorted(words, key=lambda word: (word.middle, word.left)):
        if row and word.middle - row[0].middle > 0.5 * (row[0].bottom - row[0].top):
            yield sorted(row)
            row = []
        row.append(word)
    if row:
        yield sorted(row)


def _joined(row: Sequence[Word], size: float) -> str:
    """A line's words; a tab between cells, a space where a gap parts words."""
    pieces = [row[0].text]
    for before, word in pairwise(row):
        gap = word.left - before.right
        cell, blank = gap > 2 * size, gap > 0.4 * size
        pieces.append(("\t" if cell else " " if blank else "") + word.text)
    return "".join(pieces)
