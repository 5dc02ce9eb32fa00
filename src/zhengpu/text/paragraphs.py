"""Lines joined into paragraphs: where a line break only fills the page.

Newspapers and PDF files break a line every twenty characters, in the middle of
words, names and numbers, and a page ends with blank lines in the middle of a
sentence. Web pages put what was a link on a line of its own. Everything here
decides one question: does this line go on where the line above stops?
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from zhengpu.text.words import cuts_word

if TYPE_CHECKING:
    from collections.abc import Sequence

NUMBERING = re.compile(
    r"第[一二三四五六七八九十百\d]{1,4}(?:部分|章|节|编|条|款|，|、)"
    r"|[一二三四五六七八九十]{1,3}[、.]"
    r"|[(（〔\[［][一二三四五六七八九十\d]{1,3}[)）〕\]］]"
    r"|\d{1,2}(?:、|[.)）](?!\d))"
    r"|——|[①-⑳●○■□◆◇★▲]"
)
"""How a heading, a list item or a point begins."""

_OPENING = re.compile(
    rf"(?:{NUMBERING.pattern})"
    r"|(?:各位|同志们|委员们|代表们)[^，。；]{0,14}[：:！!，,]?$"
    r"|附件|附[:：]|[(（](?:\d{4}年|上接|下转|[^()（）]{0,12}[)）]$)"
)
_STOPS, _COLONS = frozenset("。！？!?…"), frozenset("：:；;")
_CLOSERS = "”’\"')）》】」』"
_OPEN_ENDS = frozenset("，、,《“‘（(—")
_CLOSED_STARTS = frozenset("，、。；：！？,;:!?”’》）)】%")
_RUNNING = re.compile(r"[，。]")
_CONTINUED_END = re.compile(r"[的以在和与及对为由将把被向从于或使让A-Za-z]$")
_PUNCTUATION = re.compile(r"[，。；！？、：,;!?:]")
_TITLE_END = re.compile(
    r"(?:第[一二三四五六七八九十百零〇\d]+届|中国人民政治协商会议)$"
)
_TITLE_HEAD = re.compile(
    r"^[^，。；：！？]{8,}(?:会|会议|省|市|县|区|旗|州|政府|院|政协|常|常务)$"
)
_TITLE_REST = re.compile(
    r"^[^，。；：！？]{0,30}(?:报告|决定|讲话|名单|公告|通知|意见|决议)(?:[(（][^()（）]{1,10}[)）])?$"
)
_HELD = re.compile(r"^[—–（(].{6,80}(?:会议|大会|全会)上[）)]?$")
"""The line below a title that tells at which meeting it was given."""
_HELD_HEAD = re.compile(
    r"^[—–（(]{1,2}[^，。；：！？]{0,20}\d{4} ?年[^，。；：！？]{8,}[^，。；：！？会上）)]$"
)
_HELD_REST = re.compile(r"^[^，。；：！？]{0,30}(?:会议|大会|全会)上[）)]?$")
_PAIRS = ("“”", "《》", "（）", "()")

_SLACK = 3.0
"""Ems that a full line may be shorter or longer than the others: a mark that
must not begin a line, an indent, a number set in half-width digits."""


@dataclass(slots=True)
class Line:
    """A line that stays, with all that speaks for or against joining it."""

    begin: int
    """Where it begins in the text, marks of Markdown included."""
    start: int
    end: int
    stop: int
    """Where it ends, marks included."""
    text: str
    """What stands from `start` to `end`."""
    gap: int
    """Blank lines above it."""
    indented: bool
    heading: int
    """Level of a Markdown heading, or 0."""
    width: float
    """In ems: a Han character is one em wide, a digit or letter half of it."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How a file is set: what its lines have in common."""

    width: float
    """Of a full line in ems; 0 where lines are not wrapped."""
    indents: bool
    """New paragraphs begin with an indent."""
    fragments: bool
    """Blank lines part paragraphs, and links stand on lines of their own."""
    markdown: bool = False
    """Headings are marked, so that a single line break inside a sentence is soft."""


def ems(text: str) -> float:
    """The width of a text in ems.

    >>> ems("2020年工作回顾")
    7.0
    """
    # UTF-8 takes three bytes for what is one em wide, one for half an em
    return (len(text) + len(text.encode("utf-8", "replace"))) / 4


def setting(lines: Sequence[Line], *, printed: bool = False) -> Setting:
    """How the file is set, by what most of its characters tell.

    Args:
        lines: The lines that stay.
        printed: They are lines of printed pages: running text is wrapped there.
    """
    return Setting(
        _wrapped_width(lines, printed=printed),
        _has_indents(lines),
        _has_fragments(lines),
        any(line.heading for line in lines),
    )


def _wrapped_width(lines: Sequence[Line], *, printed: bool) -> float:
    """The width at which lines are wrapped, or 0."""
    if printed:
        long = [line.width for line in lines if _PUNCTUATION.search(line.text[:-1])]
        return sorted(long)[len(long) * 3 // 4] if long else 0.0
    total = sum(line.width for line in lines)
    half = width = 0.0
    for width in sorted(line.width for line in lines):
        half += width
        if half * 2 >= total:
            break
    full = [line for line in lines if abs(line.width - width) <= _SLACK]
    if not 8 <= width <= 70 or len(full) < 4:  # noqa: PLR2004 (ems; lines)
        return 0.0
    running = sum(1 for line in full if _PUNCTUATION.search(line.text[:-1]))
    # lines of a list end with semicolons
    unfinished = sum(1 for line in full if not _is_finished(line.text, colon=True))
    is_wrapped = (
        sum(line.width for line in full) >= 0.6 * total
        and running >= 0.4 * len(full)  # lists of names have no commas inside
        and unfinished >= 0.6 * len(full)
    )
    return width if is_wrapped else 0.0


def _is_finished(text: str, *, colon: bool = False) -> bool:
    """Whether a text ends with a full stop, or with a colon or semicolon."""
    last = text[-1]
    if last in _CLOSERS:
        last = text.rstrip(_CLOSERS)[-1:]
    return last in _STOPS or (colon and last in _COLONS)


def _has_indents(lines: Sequence[Line]) -> bool:
    """Whether some lines are indented, but not most."""
    count = sum(1 for line in lines if line.indented)
    return 0.04 * len(lines) <= count <= 0.6 * len(lines)


def _has_fragments(lines: Sequence[Line]) -> bool:
    """Whether links and the like were torn out of their sentences."""
    torn = 0
    for above, line in pairwise(lines):
        if not line.gap and (
            line.text[0] in _CLOSED_STARTS or above.text[-1] in _OPEN_ENDS
        ):
            torn += 1
    return torn >= 3 and sum(1 for line in lines if line.gap) >= 0.2 * len(lines)  # noqa: PLR2004


def joints(lines: Sequence[Line], setting: Setting) -> list[bool]:
    """For each line, whether it goes on where the line above stops."""
    joined = [False] * len(lines)
    start = 0
    for index in range(1, len(lines)):
        above, line = lines[index - 1], lines[index]
        if _never(above, line, setting):
            start = index
        elif _is_rest_of_title(above, line):
            joined[index] = True
        elif setting.width:
            joined[index] = _goes_on_wrapped(lines, start, index, setting)
        else:
            joined[index] = _goes_on(lines, start, index, setting)
        if not joined[index]:
            start = index
    return joined


def _never(above: Line, line: Line, setting: Setting) -> bool:
    """What no layout excuses: headings and marked points begin a paragraph."""
    if line.heading or above.heading or _HELD.match(above.text):
        return True
    if not _OPENING.match(line.text):
        return False
    # … 有机统 / 一、相互赋能: no heading, but the rest of a word; （一） after （ is none
    is_running = setting.width or _PUNCTUATION.search(above.text)
    is_inside = is_running and not _is_finished(above.text)
    is_open = above.text[-1] in _OPEN_ENDS and above.text[-1] != "—"
    return not (is_open or (is_inside and cuts_word(above.text, line.text)))


def _is_rest_of_title(above: Line, line: Line) -> bool:
    """Whether two lines are one long title, or one note of where it was read."""
    if line.gap:
        return False
    if _HELD_HEAD.match(above.text) and _HELD_REST.match(line.text):
        return True
    is_title = _TITLE_HEAD.match(above.text) and _TITLE_REST.match(line.text)
    return bool(is_title) and not NUMBERING.match(above.text)


def _goes_on_wrapped(
    lines: Sequence[Line], start: int, index: int, setting: Setting
) -> bool:
    """The question for text wrapped at a fixed width."""
    above, line = lines[index - 1], lines[index]
    is_full = above.width >= setting.width - _SLACK
    if max(above.width, line.width) > setting.width * 1.2 + _SLACK:
        return False
    if line.text[0] in _CLOSED_STARTS or above.text[-1] in _OPEN_ENDS:
        return True
    if _is_finished(above.text, colon=True):
        # a sentence that ends where the line does: is it the paragraph's last?
        starts_anew = line.indented if setting.indents else _is_heading(line.text)
        is_text = _PUNCTUATION.search(line.text) or not _TITLE_REST.match(line.text)
        return is_full and not line.gap and not starts_anew and bool(is_text)
    # wrapped by the number of characters, a line of many digits looks short
    if not is_full and len(above.text) < setting.width - _SLACK:
        return above.width >= 0.6 * setting.width and cuts_word(above.text, line.text)
    if _is_head(lines, start, index):
        return not line.gap or _is_pending(lines, start, index)
    # the tail of a running sentence has its full stop; a name has none
    return (
        bool(_PUNCTUATION.search(line.text))
        or line.width >= setting.width - _SLACK
        or cuts_word(above.text, line.text)
    )


def _goes_on(lines: Sequence[Line], start: int, index: int, setting: Setting) -> bool:
    """The question for text whose lines are paragraphs."""
    above, line = lines[index - 1], lines[index]
    if _is_finished(above.text, colon=True):
        return False
    if line.text[0] in _CLOSED_STARTS or above.text[-1] in _OPEN_ENDS:
        return True
    if not line.gap and _TITLE_END.search(above.text[-14:]):
        return True
    if cuts_word(above.text, line.text) and (line.gap or len(line.text) == 1):
        return True
    if not line.gap:
        is_torn = _is_torn(lines, start, index) or _is_soft(above, line, setting)
        return is_torn or (setting.fragments and _is_fragment(lines, start, index))
    is_running = bool(_PUNCTUATION.search(line.text))
    text = above.text
    return is_running and (
        ("。" in text and above.width > 12)  # noqa: PLR2004 (ems)
        or (("，" in text or "," in text) and above.width > 60)  # noqa: PLR2004
        or _is_pending(lines, start, index)
    )


def _is_fragment(lines: Sequence[Line], start: int, index: int) -> bool:
    """Whether lines without a blank between them are one torn sentence."""
    if lines[index].indented:
        return False
    if any(
        _PUNCTUATION.search(line.text) for line in lines[max(start, index - 8) : index]
    ):
        return True
    # a chain of short pieces must lead to a running one, and follow one
    follows = not lines[start].gap and start > 0
    leads = any(
        _PUNCTUATION.search(line.text)
        for line in lines[index : index + 3]
        if not line.gap
    )
    return follows and leads


def _is_torn(lines: Sequence[Line], start: int, index: int) -> bool:
    """Whether a line is what was torn out of a long sentence, or goes on behind it."""
    above, line = lines[index - 1], lines[index]
    if above.width > 15 and _RUNNING.search(above.text):  # noqa: PLR2004 (ems)
        return line.width < 12 and bool(_CONTINUED_END.search(above.text))  # noqa: PLR2004
    was_torn = start < index - 1 and not above.gap
    return was_torn and above.width < 12 and bool(_RUNNING.search(line.text))  # noqa: PLR2004


def _is_soft(above: Line, line: Line, setting: Setting) -> bool:
    """Whether a long line of running text breaks off inside its sentence."""
    runs = above.width > 20 and _RUNNING.search(_marked(above.text))  # noqa: PLR2004
    return bool(runs) and (setting.markdown or cuts_word(above.text, line.text))


def _marked(text: str) -> str:
    """A line with its commas as Chinese ones."""
    return text.replace(",", "，")


def _is_head(lines: Sequence[Line], start: int, index: int) -> bool:
    """Whether the paragraph so far can only be a heading, three lines at most."""
    return (
        index - start <= 3  # noqa: PLR2004
        and _is_heading(lines[start].text)
        and not any("。" in line.text for line in lines[start:index])
    )


def _is_heading(text: str) -> bool:
    return bool(NUMBERING.match(text))


def _is_pending(lines: Sequence[Line], start: int, index: int) -> bool:
    """Whether a quotation mark or bracket is still open."""
    # far more than any quotation is long; keeps the cost of each line flat
    text = "".join(line.text for line in lines[max(start, index - 8) : index])[-400:]
    return any(text.count(pair[0]) > text.count(pair[1]) for pair in _PAIRS)
