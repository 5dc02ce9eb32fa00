"""How exact a figure is, as its words write it: what its last digit is worth."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from zhengpu.graph.charts import humane

if TYPE_CHECKING:
    from zhengpu.graph.points import Point

_NUMBER: Final = re.compile(r"(\d+(?:[.．]\s*\d+)?)\s*(万亿|千万|百万|亿|万|千|百)?")
_SCALES: Final = {
    "万亿": 12,
    "亿": 8,
    "千万": 7,
    "百万": 6,
    "万": 4,
    "千": 3,
    "百": 2,
}


def resolution(point: Point) -> Decimal:
    """What the last digit of a figure is worth, as its words write it.

    126万亿元 is exact to a 万亿, 24.66万亿元 to a hundredth of it.
    """
    found = [
        number
        for number in _NUMBER.finditer(point.cited.words.replace(" ", ""))
        if _value(number) == point.value
    ]
    if not found:
        digits = str(int(point.value)) if point.value == int(point.value) else ""
        zeros = len(digits) - len(digits.rstrip("0"))
        exponent = int(point.value.as_tuple().exponent)
        return Decimal(1).scaleb(zeros if digits else exponent)
    text, unit = found[0][1].replace("．", "."), found[0][2]
    decimals = len(text.partition(".")[2])
    return Decimal(1).scaleb(_SCALES.get(unit or "", 0) - decimals)


def _value(number: re.Match[str]) -> Decimal:
    text = number[1].replace("．", ".")
    return Decimal(text).scaleb(_SCALES.get(number[2] or "", 0))


def tolerance(point: Point) -> Decimal:
    """How far the true value may lie from one that is rounded or cut."""
    return resolution(point) * (2 if point.approximate else 1)


def shown(point: Point) -> str:
    """A figure in words that people read at a glance: ≈1.2亿元."""
    return ("≈" if point.approximate else "") + humane(point.value, point.unit)
