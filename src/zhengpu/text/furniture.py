"""What stands around a text: page numbers, running heads, site navigation."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from zhengpu.knowledge.lexicon import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhengpu.text.paragraphs import Line

_PAGE_NUMBER = re.compile(
    r"[-—–─·.~]+ {0,3}\d{1,4} {0,3}[-—–─·.~]+"
    r"|第 {0,3}\d{1,4} {0,3}页(?:[ ,，/]{0,3}共 {0,3}\d{1,4} {0,3}页)?"
    r"|[Pp]age {0,3}\d{1,4}(?: {0,3}(?:of|/) {0,3}\d{1,4})?"
)
_BEGINS = frozenset("-—–─·.~第Pp=_*|:")
_BARE_NUMBER = re.compile(r"\d{1,4}(?: ?/ ?\d{1,4})?")
_DIGITS = re.compile(r"\d+")
_CRUMBS = re.compile(
    r"(?:您|你)?(?:的)?(?:当前|现在|所在)(?:所在)?(?:的)?位置(?:[:：是]|$)"
)
_RULE = re.compile(r"[-=_*~—─·. ]{3,}|[|\t:\- ]*-{2,}[|\t:\- ]*")
_TITLE = re.compile(r"(?:报告|决定|讲话|决议|意见|公报)$")
_RUNNING = re.compile(r"[，。；！？]")

_FOOT_LINES = 30
_LONG = 40
"""Ems; a longer line is running text and no navigation."""


@cache
def _navigation(*kinds: str) -> frozenset[str]:
    return words("navigation", "line", *kinds)


def is_furniture(text: str) -> bool:
    """Whether a line is a page number or a rule, whatever stands beside it.

    >>> is_furniture("— 12 —"), is_furniture("第3页 共10页"), is_furniture("13条")
    (True, True, False)
    """
    return (
        text[0] in _BEGINS
        and len(text) < _LONG
        and bool(_PAGE_NUMBER.fullmatch(text) or _RULE.fullmatch(text))
    )


def furniture(lines: Sequence[Line], pages: Sequence[int]) -> dict[int, str]:
    """The lines that are no part of the text, with the reason.

    Args:
        lines: The lines that aren't blank.
        pages: Where each page begins, in the offsets of the lines.

    Returns:
        Index of the line to `page-number`, `running-head`, `navigation` or `rule`.
    """
    found = {
        index: "page-number" if _PAGE_NUMBER.fullmatch(line.text) else "rule"
        for index, line in enumerate(lines)
        if is_furniture(line.text)
    }
    if len(pages) > 1:
        found |= _running_heads(lines, pages)
    return found | _site_navigation(lines)


def _running_heads(lines: Sequence[Line], pages: Sequence[int]) -> dict[int, str]:
    """Lines that come back at the edges of pages, but for the number in them."""
    edges = _edges(lines, pages)
    keys = {index: _DIGITS.sub("0", lines[index].text) for index in edges}
    seen = Counter(keys.values())
    often = min(len(pages), max(3, len(pages) // 3))
    titles: set[str] = set()
    found: dict[int, str] = {}
    for index, key in keys.items():
        if _BARE_NUMBER.fullmatch(lines[index].text):
            found[index] = "page-number"
        elif len(key) <= _LONG and seen[key] >= often and not _RUNNING.search(key):
            if _TITLE.search(key) and key not in titles:
                titles.add(key)  # what comes back is the title: its first time stays
            else:
                found[index] = "running-head"
    return found


def _edges(lines: Sequence[Line], pages: Sequence[int]) -> list[int]:
    """The first two and the last two lines of each page."""
    found: set[int] = set()
    index = 0
    for begin in pages:
        while index < len(lines) and lines[index].start < begin:
            index += 1
        found.update(range(max(0, index - 2), min(len(lines), index + 2)))
    found.update(range(max(0, len(lines) - 2), len(lines)))
    return sorted(found)


def _site_navigation(lines: Sequence[Line]) -> dict[int, str]:
    """Buttons and bread crumbs before the text begins and after it ends."""
    running = [
        index
        for index, line in enumerate(lines)
        if line.width > _LONG or (len(line.text) >= 10 and _RUNNING.search(line.text))  # noqa: PLR2004
    ]
    foot = _foot(lines)
    running = [index for index in running if index < foot]
    first, last = (running[0], running[-1]) if running else (foot, foot)
    found = dict.fromkeys(range(foot, len(lines)), "navigation")
    for zone in (range(first), range(last + 1, len(lines))):
        for index in zone:
            if _is_navigation(lines, index, zone):
                found[index] = "navigation"
        _spread(lines, zone, found)
    return found


def _foot(lines: Sequence[Line]) -> int:
    """Where the foot of a web page begins: who runs the site, under what licence."""
    begins = tuple(sorted(_navigation("rest")))
    near_end = range(max(1, len(lines) - _FOOT_LINES), len(lines))
    return next((i for i in near_end if lines[i].text.startswith(begins)), len(lines))


def _is_navigation(lines: Sequence[Line], index: int, zone: range) -> bool:
    text = lines[index].text
    if text in _navigation("own"):
        return True
    if _CRUMBS.match(text):
        return True
    # 首页 / > / 政务信息 / > / 宁夏要闻: what stands beside a bread crumb's arrow
    arrows = {lines[i].text for i in (index - 1, index + 1) if i in zone}
    return text == ">" or (">" in arrows and len(text) <= 12)  # noqa: PLR2004


def _spread(lines: Sequence[Line], zone: range, found: dict[int, str]) -> None:
    """Words that are navigation only beside navigation."""
    near = _navigation("near")
    for step in (zone, reversed(zone)):
        before = False
        for index in step:
            before = index in found or (before and lines[index].text in near)
            if before:
                found[index] = "navigation"
