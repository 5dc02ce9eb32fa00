"""Segmentation: sections and sentences of one document's clean text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from zhengpu.model import Section, Sentence
from zhengpu.text.outlook import reads_as_plans
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
_NOTING = "（(—"
"""So begins a line that says who reports and when."""
_SENTENCE_MARK = re.compile(r"[，。；！？：]")
_STOPS = re.compile(r"[。！？]+[”’）》】]*")
_CLOSERS = "”’）》】"
_LONGEST_ASIDE = 300
_BRACKETS = ("（）", "《》", "【】")


class _Head(NamedTuple):
    """A line that opens a section."""

    title: str
    level: int
    start: int
    kind: str
    """`title` of a document, `named` or `main` part, or `point`."""


class _Place(NamedTuple):
    """Where a line stands."""

    section: int
    planned: bool


def segment(
    text: str,
    *,
    headings: Iterable[tuple[int, int]] = (),
    period: str | None = None,
    passage: bool = False,
) -> tuple[tuple[Section, ...], tuple[Sentence, ...]]:
    r"""Divide a document's clean text into sections and sentences.

    Section 0 is the whole document; others lie within it and in one another.

    Args:
        text: Clean text, one paragraph a line.
        headings: Begin and level of the lines that the source marks as headings
            (`CleanText.headings`, in offsets of this text).
        period: The year or years reported on, when known: `2020`, `2018-2021`.
        passage: The text may be cut out of a government's report. Where no heading
            tells whether it looks ahead or back, its words do.

    Returns:
        The sections by begin, and the sentences by begin.

    >>> sections, sentences = segment("一、2020年工作回顾\n召开会议。办结。\n")
    >>> [section.title for section in sections]
    ['', '一、2020年工作回顾']
    >>> [sentence.text for sentence in sentences]
    ['一、2020年工作回顾', '召开会议。', '办结。']
    """
    lines = list(_lines(text))
    marked = dict(headings)
    whole = Section("", 0, 0, len(text), planned=False)
    if passage and not _is_told(lines, marked, period):
        whole = replace(whole, planned=reads_as_plans(text))
    sections, places = _sections(lines, marked, period, whole)
    return tuple(sections), tuple(_sentences(lines, places, period))


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
    whole: Section,
) -> tuple[list[Section], list[_Place]]:
    """The sections, the whole first, and for each line where it stands."""
    base = max(marked.values(), default=0)
    sections = [whole]
    path = [0]  # the section that holds the line, below those that hold it
    turned: set[int] = set()  # of two subjects, and the second has begun
    announcing: dict[int, bool] = {}  # whether the last section of a level did
    places = []
    for index, (start, line) in enumerate(lines):
        head = _head(start, line, marked.get(start, 0), base)
        if head is not None:
            while sections[path[-1]].level >= head.level:
                _end(sections, path.pop(), start)
            planned = any(sections[i].planned or i in turned for i in path)
            announcing = {k: v for k, v in announcing.items() if k <= head.level}
            if head.kind == "title":
                planned = False
            elif head.kind != "point" and not planned:
                at, first = lines[index + 1] if index + 1 < len(lines) else (0, "")
                alone = len(line) <= len(head.title) + 1
                is_head = _head(at, first, marked.get(at, 0), base) is not None
                below = first if alone and not is_head else ""
                planned = _begins_plan(head, below, announcing, period)
            above = range(_TITLE_LEVEL + 1, head.level)
            if not planned and not any(level in announcing for level in above):
                planned = announcing.get(head.level, False)
            announcing[head.level] = planned
            path.append(len(sections))
            sections.append(Section(head.title, head.level, start, whole.end, planned))
        elif _turns(line, sections[path[-1]], period):
            turned.add(path[-1])
        planned = any(sections[i].planned or i in turned for i in path)
        places.append(_Place(path[-1], planned))
    return sections, places


def _is_told(
    lines: Iterable[tuple[int, str]], marked: dict[int, int], period: str | None
) -> bool:
    """Whether a heading, or a paragraph like one, tells plans from what was done."""
    base = max(marked.values(), default=0)
    heads = (_head(start, line, marked.get(start, 0), base) for start, line in lines)
    return any(
        announced(head.title, period) is not None
        for head in heads
        if head and head.kind != "title"
    )


def _begins_plan(
    head: _Head,
    below: str,
    announcing: dict[int, bool],
    period: str | None,
) -> bool:
    """Whether a part of a report announces.

    Args:
        head: Its heading.
        below: The paragraph below it, or nothing.
        announcing: Whether the last part of each level does.
        period: The year or years reported on.
    """
    said = announced(head.title, period)
    if said is not None:
        return said
    if head.level not in announcing:
        return False
    # a part whose title does not tell goes on as the one before it, or it tells
    # by how it begins: 展望“十五五”…，我们将…
    return announcing[head.level] or _is_about_later(below, period)


_ADDRESS = re.compile("各位(?:委员|代表)[！，：]")


def _is_about_later(line: str, period: str | None) -> bool:
    year = latest_year(line[:24])
    return bool(period and year and year > int(period[-4:]))


def _turns(line: str, section: Section, period: str | None) -> bool:
    """Whether a paragraph begins plans: those that the section's title promises.

    Or such as follow an address without a title of their own: 各位委员！2024年，….
    """
    if _ADDRESS.match(line) and _is_about_later(line, period):
        return True
    if section.planned or not is_mixed(section.title) or line[0] in _NOTING:
        return False
    year = latest_year(line[:24])
    return year is not None and year == latest_year(section.title)


def _end(sections: list[Section], index: int, end: int) -> None:
    sections[index] = replace(sections[index], end=end)


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
    lines: Sequence[tuple[int, str]], places: Sequence[_Place], period: str | None
) -> Iterator[Sentence]:
    """The sentences of each line."""
    for (start, line), (section, is_planned) in zip(lines, places, strict=True):
        for begin, end in sentence_spans(line):
            text = line[begin:end]
            planned = is_planned or announces(text, period)
            yield Sentence(text, start + begin, start + end, section, planned)


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
        stop = _before_closers(line, place, end)
        depth += _balance(line[place:stop])
        closed = depth + _balance(line[stop:end])
        depths.append(closed if _is_aside(line, stop) else depth)
        depth = closed
        place = end
    depths[-1] = depth  # the paragraph ends, whatever stands open
    # what the least depth still to come exceeds is a bracket that never closes
    least = depths[-1]
    kept = []
    for end, depth in zip(reversed(ends), reversed(depths), strict=True):
        least = min(least, depth)
        if depth <= least:
            kept.append(end)
    return kept[::-1]


def _before_closers(line: str, start: int, end: int) -> int:
    """Where the marks begin that close what stood open at a full stop."""
    return start + len(line[start:end].rstrip(_CLOSERS))


def _balance(piece: str) -> int:
    """How many more brackets a piece opens than it closes."""
    return sum(piece.count(pair[0]) - piece.count(pair[1]) for pair in _BRACKETS)


def _is_aside(line: str, stop: int) -> bool:
    """Whether a whole sentence stands in brackets, as in 完成。（见附表。）."""
    opened = max(
        line.rfind(pair[0], max(0, stop - _LONGEST_ASIDE), stop) for pair in _BRACKETS
    )
    return opened == 0 or (opened > 0 and line[opened - 1] in f"。！？{_CLOSERS}")
