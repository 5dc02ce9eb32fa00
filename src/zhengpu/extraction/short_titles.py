"""Short titles: which document a title means that only ends a longer one.

《纲要草案》 is the document that the text calls so (以下简称《纲要草案》), or the one
title before it that ends so; in a government's report the draft of the five-year
plan that the congress is given with it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zhengpu.extraction.namings import unspaced
from zhengpu.extraction.numerals import DIGITS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zhengpu.model import Frame

_CALLED = re.compile(
    r"《(?P<full>[^《》]{6,90})》[^，。；《》（）]{0,8}"
    r"（(?:[^（）]{0,20}[，,])?(?:以下|下)?简称为?[：:]?[《“](?P<short>[^《》“”]{2,30})[》”]）"
)
_TITLE = re.compile(r"《(?P<full>[^《》]{6,90})》")
_MARKS = re.compile(r"[（）()\s]")
_KINDS = re.compile(
    "(?:规划)?纲要(?:（?草案）?)?|建议|意见|条例|办法|规定|规划|方案|决定|决议|总体规划|实施意见"
)
"""Short titles that only say what kind of document it is."""
_PLAN = re.compile("(?:规划)?纲要(?:（?草案）?)?")
_PERIOD = re.compile("十([一二三四五六])五")
_LATEST = 60000
"""Characters of a text in which a title is looked for."""


def short_titles(text: str) -> Mapping[str, str]:
    """Short titles that a text explains, and the full titles that they stand for."""
    return {
        unspaced(m["short"]): unspaced(m["full"])
        for m in _CALLED.finditer(text, 0, _LATEST)
    }


def full_title(short: str, text: str, at: int, frame: Frame) -> str:
    """What a title means that only says a kind of document, or nothing.

    Args:
        short: The title without its marks.
        text: Clean text.
        at: Where the title stands in it.
        frame: What the document is that cites it.
    """
    if not _KINDS.fullmatch(short):
        return ""
    return _title_before(short, text, at) or _plan_of(short, text, frame)


def _title_before(short: str, text: str, at: int) -> str:
    """The one title before a place in a text that ends like a short one, or nothing."""
    ending = _MARKS.sub("", short)
    titles = {
        unspaced(m["full"])
        for m in _TITLE.finditer(text, 0, at)
        if _MARKS.sub("", m["full"]).endswith(ending)
    }
    return titles.pop() if len(titles) == 1 else ""


def _plan_of(short: str, text: str, frame: Frame) -> str:
    """The draft of the plan that a government's report speaks of, or nothing.

    The plan is that of the latest period that the report names.
    """
    if frame.body_kind != "政府" or frame.place is None or not _PLAN.fullmatch(short):
        return ""
    periods = [m[1] for m in _PERIOD.finditer(text, 0, _LATEST)]
    if not periods:
        return ""
    latest = max(periods, key=lambda numeral: DIGITS[numeral])
    draft = "（草案）" if "草案" in short else ""
    return f"{frame.place.name}国民经济和社会发展第十{latest}个五年规划纲要{draft}"
