"""The word tables: names, heads, words a name never crosses, titles, verbs.

Every table is a TSV file in `knowledge/data`: comment lines (`# …`) that name
its source, one header line, then rows. Words live here; ways of saying live in
the rules.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from zhengpu.errors import RuleError
from zhengpu.settings import PACKAGE

if TYPE_CHECKING:
    from pathlib import Path

DATA = PACKAGE / "knowledge" / "data"


def read_table(path: Path) -> list[dict[str, str]]:
    """The rows of a table, each as column to cell.

    Raises:
        RuleError: A row has another number of cells than the header.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    body = [
        (number, line.split("\t"))
        for number, line in enumerate(lines, start=1)
        if line and not line.startswith("#")
    ]
    header = body[0][1]
    for number, cells in body:
        if len(cells) != len(header):
            raise RuleError(
                "table-row-length", table=path.name, line=number, columns=len(header)
            )
    return [dict(zip(header, cells, strict=True)) for _, cells in body[1:]]


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of the shipped table `name.tsv`."""
    return tuple(read_table(DATA / f"{name}.tsv"))


@cache
def words(name: str, column: str, *kinds: str) -> frozenset[str]:
    """The words of one column, of all rows or of those of certain kinds.

    >>> "推动" in words("stoppers", "word", "verb")
    True
    """
    return frozenset(
        row[column] for row in table(name) if not kinds or row["kind"] in kinds
    )


@cache
def alternation(name: str, column: str) -> str:
    """A regular expression for any word of a column, the longest first."""
    every = sorted(words(name, column), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(map(re.escape, every)) + ")"
