"""Segmentation: sections and sentences of one document's clean text."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from zhengpu.model import Section, Sentence
from zhengpu.text.planning import announced, announces, is_mixed, latest_year

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_NUMBERINGS = (
    r"第[一二三四五六七八九十百\d]{1,4}(?:部分|章|节|编)",
    r"[一二三四五六七八九十]{1,3}、",
    r"（[一二三四五六七八九十]{1,3}）|第[一二三四五六七八九十]{1,2}，",
    r"\d{1,2}(?:、|\.(?!\d))",
    r"（\d{1,2}）",
    r"——",
)
_NUMBERED = re.compile("|".join(f"({pattern})" for pattern in _NUMBERINGS))
_FIRST = re.compile(r"[^。！？\n]{1,60}(?:[。！？]|$)|[^，。！？\n]{1,60}")
_TITLE = re.compile(
    r"[^，。；！？\n]{2,60}(?:报告|讲话|决定|名单|公告|通知|致辞|决议|办法|意见)(?:（[^（）]{1,12}）)?"
    r"|——[^，。；！？\n]{4,60}(?:会议|大会|全会|常委会|会)[^，。；！？\n]{0,8}上(?:（[^（）]{1,20}）)?"
)
_TITLE_LEVEL, _NAMED_LEVEL = 1, 2
_MAIN_RANK = 2
"""第一部分 and 一、 divide a report; （一） and 1、 divide its parts."""
_MOST_NAMED, _LONGEST_TITLE = 40, 90
_SENTENCE_MARK = re.compile(r"[，。；！？：]")
_STOPS = re.compile(r"[。！？]+[”’）》】]*")
_BRACKETS = ("（）", "《》", "【】")


class _Head(NamedTuple):
    """A line that opens a section."""

    title: str
    level: int
    start: int
    kind: str
    """`title` of a document, `named` or `main` part, or `point`."""


def segment(
    text: str,
    *,
    headings: Iterable[tuple[int, int]] = (),
    period: str | None = None,
) -> tuple[tuple[Section, ...], tuple[Sentence, ...]]:
    r"""Divide a document's clean text into sections and sentences.

    Section 0 is the whole document; others lie within it and in one another.

    Args:
        text: Clean text, one paragraph a line.
        headings: Begin and level of the lines that the source marks as headings
            (`CleanText.headings`, in offsets of this text).
        period: The year or years reported on, when known: `2020`, `2018-2021`.

    Returns:
        The sections by begin, and the sentences by begin.

    >>> sections, sentences = segment("一、2020年工作回顾\n召开会议。办结。\n")
    >>> [section.title for section in sections]
    ['', '一、2020年工作回顾']
    >>> [sentence.text for sentence in sentences]
    ['一、2020年工作回顾', '召开会议。', '办结。']
    """
    lines = list(_lines(text))
    sections, owners = _sections(lines, dict(headings), period, len(text))
    sentences = _sentences(lines, sections, owners, period)
    return tuple(sections), tuple(sentences)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Begin and text of each line that is not empty."""
    place = 0
    for line in text.split("\n"):
        if line:
            yield place, line
        place += len(line) + 1


# -- sections ---------------------------------------------------------------------


def _sections(
    lines: Sequence[tuple[int, str]],
    marked: dict[int, int],
    period: str | None,
    length: int,
) -> tuple[list[Section], list[int]]:
    """The sections, and for each line the innermost section that holds it."""
    base = max(marked.values(), default=0)
    sections = [Section("", 0, 0, length, planned=False)]
    open_sections = [0]
    owners = []
    plan_begun: dict[int, bool] = {}  # level to whether a sibling announced
    for start, line in lines:
        head = _head(start, line, marked.get(start, 0), base)
        if head is not None:
            while sections[open_sections[-1]].level >= head.level:
                _end(sections, open_sections.pop(), start)
            parent = sections[open_sections[-1]]
            plan_begun = {k: v for k, v in plan_begun.items() if k <= head.level}
            planned = _is_planned(head, parent, period, plan_begun)
            plan_begun[head.level] = planned
            open_sections.append(len(sections))
            sections.append(Section(head.title, head.level, start, length, planned))
        owners.append(open_sections[-1])
    return sections, owners


def _end(sections: list[Section], index: int, end: int) -> None:
    sections[index] = replace(sections[index], end=end)


def _is_planned(
    head: _Head, parent: Section, period: str | None, plan_begun: dict[int, bool]
) -> bool:
    """Whether a section announces: by its title, its parent, or what led up to it."""
    if head.kind == "title":
        return False
    if parent.planned:
        return True
    said = announced(head.title, period) if head.kind in {"named", "main"} else None
    if said is None:
        return head.kind in {"named", "main"} and plan_begun.get(head.level, False)
    return said


def _head(start: int, line: str, marked: int, base: int) -> _Head | None:
    """The section that a line opens, if it opens one."""
    numbered = _NUMBERED.match(line)
    is_title = len(line) <= _LONGEST_TITLE and _TITLE.fullmatch(line)
    if marked:
        kind = "title" if is_title and not numbered else "main"
        return _Head(line, marked, start, kind)
    if is_title and (not numbered or line.startswith("——")):
        return _Head(line, _TITLE_LEVEL, start, "title")
    if numbered:
        rank = numbered.lastindex or 1
        first = _FIRST.match(line)
        title = first[0].rstrip("。！？") if first else line
        kind = "main" if rank <= _MAIN_RANK else "point"
        return _Head(title, base + _NAMED_LEVEL + rank - 1, start, kind)
    is_short = len(line) <= _MOST_NAMED and not _SENTENCE_MARK.search(line)
    if is_short and announced(line) is not None:
        return _Head(line, base + _NAMED_LEVEL, start, "named")
    return None


# -- sentences --------------------------------------------------------------------


def _sentences(
    lines: Sequence[tuple[int, str]],
    sections: Sequence[Section],
    owners: Sequence[int],
    period: str | None,
) -> Iterator[Sentence]:
    """The sentences of each line."""
    turned = -1  # the section with two subjects whose second has begun
    for (start, line), owner in zip(lines, owners, strict=True):
        section = sections[owner]
        if not section.planned and turned != owner and is_mixed(section.title):
            turned = owner if _turns(line, section.title) else turned
        for begin, end in sentence_spans(line):
            text = line[begin:end]
            planned = section.planned or turned == owner or announces(text, period)
            yield Sentence(text, start + begin, start + end, owner, planned)


def _turns(line: str, title: str) -> bool:
    """Whether a paragraph begins the plans that the section's title promises."""
    year = latest_year(line[:24])
    return line != title and year is not None and year == latest_year(title)


def sentence_spans(line: str) -> list[tuple[int, int]]:
    """Where the sentences of one paragraph begin and end.

    A sentence ends at 。！？ with the closing marks that follow, not inside
    brackets or a title, and at the end of the paragraph; ；ends none, because
    clauses share their subject.

    >>> sentence_spans("提出“干。”（见表。）办结。谢谢！")
    [(0, 6), (6, 11), (11, 14), (14, 17)]
    """
    ends = [found.end() for found in _STOPS.finditer(line)]
    if not ends or ends[-1] < len(line):
        ends.append(len(line))
    if any(pair[0] in line for pair in _BRACKETS):
        ends = _outside_brackets(line, ends)
    return list(zip([0, *ends], ends, strict=False))


def _outside_brackets(line: str, ends: list[int]) -> list[int]:
    """The ends that no open bracket forbids; one that never closes forbids none."""
    depths = []
    depth = place = 0
    for end in ends:
        piece = line[place:end]
        for pair in _BRACKETS:
            depth += piece.count(pair[0]) - piece.count(pair[1])
        depths.append(depth)
        place = end
    # what the least depth still to come exceeds is a bracket that never closes
    least = depths[-1]
    kept = []
    for end, depth in zip(reversed(ends), reversed(depths), strict=True):
        least = min(least, depth)
        if depth <= least:
            kept.append(end)
    return kept[::-1]
