"""Cells of CSV that a spreadsheet takes for text, whatever the report says."""

from __future__ import annotations

import re
from typing import Final

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What spreadsheets take for the beginning of a formula, full width too."""

_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


def harmless(cell: str) -> str:
    """The cell, quoted where a spreadsheet would run it as a formula.

    >>> harmless("=1+1"), harmless("阜新市"), harmless("-2.5")
    ("'=1+1", '阜新市', '-2.5')
    """
    is_formula = cell.startswith(FORMULA) and not _NUMBER.fullmatch(cell)
    return f"'{cell}" if is_formula else cell
