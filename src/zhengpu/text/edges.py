"""The edges of a document, its first and last lines: title, meeting, signature."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from zhengpu.text.home import visitors
from zhengpu.text.titles import (
    Line,
    Title,
    closing_headline,
    headline,
    interrupts,
    is_headline,
    opens_news,
    titles,
)

if TYPE_CHECKING:
    from collections.abc import Sequence


EDGE = 40
"""So many lines at the beginning and at the end are read."""
NEAR = 4
"""A signature stands so many lines from title or meeting at the most."""

MEETING = re.compile(
    r"(?:日?在|日)(?P<held>[^，。；：（）()]{4,60}?(?:会议|大会|全会))"
    r"(?:第[一二三四五六七八九十]+次全体会议|全体会议|[开闭]幕(?:会|式)?)?上"
    r"|(?:^|日|[（(])(?P<adopted>[^，。；：（）()\d]{4,50}?会议)(?:审议|表决)?(?:通过|批准)"
)
_SHORT = 120
"""A line with a meeting in it is no longer than that, or it is running text."""

_DATELINE_LINES = 5
_SLOGAN_LINES = 3
_READ_AT = re.compile(
    "(?:—{1,2}|──|-{1,2})在[^，。；]{4,50}(?:会议|大会|全会)上的(?:工作)?报告$"
)
"""What stands below a title that does not say that it is a report."""
_SUBTITLE = re.compile(
    "(?:—+|─+|-+) ?(?P<title>(?![在—─-])[^，。；]{6,50}(?:工作报告|工作总结|工作纪实|述职报告))"
)
"""A title below a slogan."""


class Edges(NamedTuple):
    """What the edges of a document hold."""

    lines: Sequence[Line]
    title: Title | None
    headline: bool
    """The title is the headline of a news item."""
    meeting: Line | None
    near: Sequence[Line]
    """Lines beside title and meeting."""
    below: Sequence[Line]
    """Those of them that stand below either."""
    opening: str
    """The first paragraphs of running text."""

    @property
    def words(self) -> str:
        """Those of the title."""
        return self.title.text if self.title else ""

    @property
    def guests(self) -> str:
        """Whom a headline names as guests: 临泽县政协考察团|来我区考察."""
        return visitors(self.words) if self.headline else ""


def edges_of(lines: Sequence[Line]) -> Edges:
    """Title, meeting line and what stands beside them, at either end."""
    at = [
        *range(min(EDGE, len(lines))),
        *range(max(EDGE, len(lines) - EDGE), len(lines)),
    ]
    found = [
        t._replace(first=at[t.first], last=at[t.last])
        for t in titles([lines[index] for index in at])
    ]
    if not found:
        found = [t for t in titles(lines) if interrupts(lines, t)]
        at += [n for t in found for n in range(t.first, min(t.last + NEAR, len(lines)))]
    title = max(found, key=lambda t: len(t.text), default=None)
    title = title or _subtitle(lines) or _slogan(lines)
    headline = _headline(lines) if title is None else None
    marks = [t.last for t in found]
    meeting = next((i for i in at if _is_meeting(i, lines[i].text, marks)), None)
    if meeting is not None:
        marks.append(meeting)
    away = [[index - mark for mark in marks] for index in range(len(lines))]
    near = [
        n for n, d in zip(lines, away, strict=True) if any(abs(x) <= NEAR for x in d)
    ]
    below = [
        n for n, d in zip(lines, away, strict=True) if any(0 < x <= NEAR for x in d)
    ]
    opening = "\n".join(line.text for line in lines[:EDGE] if line.text[-1] in "。！")
    return Edges(
        lines,
        title or headline,
        headline is not None,
        None if meeting is None else lines[meeting],
        near,
        below,
        opening,
    )


def _subtitle(lines: Sequence[Line]) -> Title | None:
    """The title that stands below a slogan, behind a dash: ——某镇人大主席团工作报告."""
    for n, line in enumerate(lines[: _SLOGAN_LINES + 1]):
        below = _SUBTITLE.fullmatch(line.text)
        if below and n and all(is_headline(above.text) for above in lines[:n]):
            return Title(n, n, below["title"])
    return None


def _slogan(lines: Sequence[Line]) -> Title | None:
    """The title above the line that says where it was read, whatever its words.

    So congresses of the party head what they hear: 坚定信心 实干争先 / ——在…大会上的报告.
    """
    tops = enumerate(lines[: _SLOGAN_LINES + 1])
    last = next((n - 1 for n, line in tops if _READ_AT.match(line.text)), -1)
    above = [line.text for line in lines[: last + 1]]
    if not above or not all(map(is_headline, above)):
        return None
    return Title(0, last, " ".join(above))


def _is_meeting(index: int, text: str, marks: Sequence[int]) -> bool:
    """Whether a line says at which meeting the document was given."""
    beside = any(0 <= index - mark <= NEAR for mark in marks)
    set_off = text.startswith(("—", "（", "("))
    return (
        (beside or set_off)
        and len(text) <= _SHORT
        and not text.endswith(("。", "讲话"))
        and MEETING.search(text) is not None
    )


def _headline(lines: Sequence[Line]) -> Title | None:
    """The headline of a news item: the lines above the paragraph that opens it."""
    for index in range(1, min(_DATELINE_LINES + 1, len(lines))):
        found = headline(lines, index)
        if found and found.first == 0:
            return found
    return closing_headline(lines)


def opening_line(edges: Edges) -> Line:
    """The paragraph that opens a news item below its headline."""
    below = edges.lines[edges.title.last + 1 :] if edges.title else edges.lines
    return next((line for line in below if opens_news(line.text)), edges.lines[0])
