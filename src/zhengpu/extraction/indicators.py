"""Indicators: the concept that a measure stands for, comparable across reports."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from zhengpu.knowledge.lexicon import table

_SCOPE = "(?:全[国省市县区州旗]|[省市县区](?=人大|政协)|城乡|年度)?(?:"


@cache
def _wordings() -> dict[str, tuple[re.Pattern[str], tuple[str, ...]]]:
    """Unit to one pattern of all wordings, and the notations of its groups."""
    rows: dict[str, list[tuple[str, str]]] = {}
    for row in table("indicators"):
        for unit in row["unit"].split("|"):
            rows.setdefault(unit, []).append((row["notation"], row["measure"]))
    return {
        unit: (
            re.compile(_SCOPE + "|".join(f"({words})" for _, words in found) + ")"),
            tuple(notation for notation, _ in found),
        )
        for unit, found in rows.items()
    }


@lru_cache(maxsize=4096)
def indicator(measure: str, unit: str) -> str:
    """The notation of the indicator that a measure in this unit is, or nothing.

    >>> indicator("立案提案", "件"), indicator("地区生产总值增长", "%")
    ('proposals-filed', 'gdp-growth')
    >>> indicator("地区生产总值", "件")
    ''
    """
    if unit not in _wordings():
        return ""
    pattern, notations = _wordings()[unit]
    match = pattern.fullmatch(measure.strip("“”"))
    return notations[match.lastindex - 1] if match and match.lastindex else ""


@cache
def _owners() -> dict[str, str]:
    """Notation to `yes`, `place` or `whole`, where the table tells whose it always is."""
    return {row["notation"]: row["own"] for row in table("indicators") if row["own"]}


def is_own(notation: str) -> bool:
    """Whether an indicator is always the reporting body's, whoever a clause names.

    >>> is_own("proposals-filed"), is_own("donations")
    (True, False)
    """
    return _owners().get(notation) == "yes"


def is_of_place(notation: str) -> bool:
    """Whether an indicator describes a place and no body: its product, its incomes.

    >>> is_of_place("gdp-growth"), is_of_place("donations")
    (True, False)
    """
    return _owners().get(notation) == "place" or is_of_whole(notation)


def is_of_whole(notation: str) -> bool:
    """Whether no office or firm in a place has such an indicator: its incomes.

    >>> is_of_whole("gdp-growth"), is_of_whole("grain-output")
    (True, False)
    """
    return _owners().get(notation) == "whole"
