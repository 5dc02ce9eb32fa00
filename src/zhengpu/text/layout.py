"""Layout: which characters of a text only lay it out on the page.

Line breaks inside paragraphs, blank lines, indents, the marks of Markdown and
what stands around the text (`furniture`) are found here as cuts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from zhengpu.text.furniture import furniture, is_furniture
from zhengpu.text.paragraphs import Line, ems, joints, setting

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_PREFIX = re.compile(r"[ \t]*(?:(?:#{1,6}(?= )|[>*+-](?= )|\|)[ \t]*)*")
_SUFFIX = re.compile(r"(?:(?<= )#{1,6}|\|)?[ \t]*$")


class Cut(NamedTuple):
    """A stretch to remove, and why."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Layout:
    """What only lays a text out."""

    cuts: tuple[Cut, ...]
    """In order; they don't overlap."""
    headings: tuple[tuple[int, int], ...]
    """Begin and level of each line that is marked as a heading."""


def lay_out(text: str, pages: Sequence[int] = (), *, printed: bool = False) -> Layout:
    r"""Find what only lays a text out.

    Args:
        text: The text, without control characters.
        pages: Where each page begins in it.
        printed: Its lines are those of printed pages.

    >>> text = "# 工作报告\n\n\n各位委员：\n"
    >>> lay_out(text).cuts
    (Cut(start=0, end=2, reason='markup'), Cut(start=7, end=9, reason='blank'))
    """
    lines = list(_lines(text))
    out = furniture(lines, pages)
    kept = _without(lines, out)
    joined = joints(kept, setting(kept, printed=printed))
    marks = [Cut(lines[index].begin, lines[index].stop, out[index]) for index in out]
    for line in kept:
        if line.begin < line.start:
            marks.append(Cut(line.begin, line.start, "markup"))
        if line.end < line.stop:
            marks.append(Cut(line.end, line.stop, "markup"))
    marks.sort()
    headings = [(line.start, line.heading) for line in kept if line.heading]
    return Layout(tuple(_cuts(text, kept, joined, marks)), tuple(headings))


def _lines(text: str) -> Iterator[Line]:
    """The lines that aren't blank."""
    place = gap = 0
    for row in text.split("\n"):
        core = row.strip(" \t")
        if core:
            begin = place + row.index(core[0])
            yield _line(core, begin, begin > place, gap)
            gap = 0
        else:
            gap += 1
        place += len(row) + 1


def _line(core: str, begin: int, indented: bool, gap: int) -> Line:
    """A line without the Markdown around it, unless it is nothing else."""
    head = tail = 0
    heading = 0
    if core[0] in "#>*+-|" and not is_furniture(core):
        head = _PREFIX.match(core).end()  # type: ignore[union-attr]  # may be empty
        heading = core.count("#", 0, head)
    if core[-1] in "#|" and not is_furniture(core):
        tail = len(core) - _SUFFIX.search(core, head).start()  # type: ignore[union-attr]
    text = core[head : len(core) - tail].strip(" \t")
    if not text:
        head, tail, text = 0, 0, core
    start = begin + head
    end = start + len(text)
    stop = begin + len(core)
    return Line(begin, start, end, stop, text, gap, indented, heading, ems(text))


def _without(lines: Sequence[Line], out: dict[int, str]) -> list[Line]:
    """The lines that stay; what goes leaves a gap like blank lines."""
    kept = []
    gap = 0
    for index, line in enumerate(lines):
        if index in out:
            gap += line.gap + 1
        else:
            line.gap += gap
            gap = 0
            kept.append(line)
    return kept


def _cuts(
    text: str, lines: Sequence[Line], joined: Sequence[bool], marks: Sequence[Cut]
) -> Iterator[Cut]:
    """Everything between the lines but one line end for each paragraph."""
    place, pending = 0, iter([*marks, Cut(len(text), len(text), "")])
    mark = next(pending)
    ends = [(line.start, line.end) for line in lines] + [(len(text), len(text))]
    for index, (start, end) in enumerate(ends):
        goes_on = index < len(lines) and joined[index]
        stay = text.find("\n", place, start) if index and not goes_on else -1
        reason = "line-break" if goes_on else "blank"
        while True:
            edge = min(mark.start, start)
            for a, b in (
                ((place, stay), (stay + 1, edge))
                if place <= stay < edge
                else ((place, edge),)
            ):
                if a < b:
                    yield Cut(a, b, reason)
            place = edge
            if mark.start >= start:
                break
            yield mark
            place, mark = mark.end, next(pending)
        place = end
