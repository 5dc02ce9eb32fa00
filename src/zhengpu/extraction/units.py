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
_OTHER = len("（套）")
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

    >>> unit_at("8个百分点", 1).unit, unit_at("35条（段）", 2).unit
    ('个百分点', '条（段）')
    """
    for length in _lengths().get(text[start : start + 1], ()):
        if unit := units().get(text[start : start + length]):
            return _with_other(unit, text, start + length)
    return NO_UNIT


def _with_other(unit: Unit, text: str, at: int) -> Unit:
    """A unit with the other one that stands behind it in parentheses: 户（套）."""
    other = text[at : at + _OTHER]
    if other[:1] != "（" or other[-1:] != "）" or other[1:-1] not in units():
        return unit
    return unit._replace(written=unit.written + other, unit=unit.unit + other)
