"""Units: what figures count in, from the table `units.tsv`."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from zhengpu.knowledge.lexicon import table


class Unit(NamedTuple):
    """A row of `units.tsv`."""

    written: str
    unit: str
    kind: str
    han: str


PERCENT = Unit("%", "%", "rate", "yes")
PER_MILLE = Unit("‰", "‰", "rate", "yes")
NO_UNIT = Unit("", "", "", "no")


@cache
def units() -> dict[str, Unit]:
    """Written form to unit."""
    return {row["written"]: Unit(**row) for row in table("units")}


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """First character of a unit to the lengths of such units, longest first."""
    lengths: dict[str, set[int]] = {}
    for written in units():
        lengths.setdefault(written[0], set()).add(len(written))
    return {first: tuple(sorted(n, reverse=True)) for first, n in lengths.items()}


def initials() -> str:
    """The characters with which units begin, in order."""
    return "".join(sorted(_lengths()))


def unit_at(text: str, start: int) -> Unit:
    """The longest unit that the text shows at an offset, or `NO_UNIT`.

    >>> unit_at("8个百分点", 1).unit
    '个百分点'
    """
    for length in _lengths().get(text[start : start + 1], ()):
        if unit := units().get(text[start : start + length]):
            return unit
    return NO_UNIT
