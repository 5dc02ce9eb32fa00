"""The word tables: names, heads, words a name never crosses, titles, verbs.

Every table is a TSV file in `knowledge/data`: comment lines (`# …`) that name
its source, one header line, then rows. Words live here; ways of saying live in
the rules. A user's own rows follow those that are shipped, see `zhengpu.knowledge.own`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from zhengpu.errors import RuleError
from zhengpu.settings import PACKAGE, own_files

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    Row = dict[str, str]

DATA = PACKAGE / "knowledge" / "data"
CODED = frozenset(
    ("type", "kind", "relation", "objects", "rank", "needs", "own", "han", "level")
) | {"notation", "prices", "scope"}
"""Columns whose cells the program knows, one or several with `|` between them."""


def read_table(path: Path) -> list[Row]:
    """The rows of a table, each as column to cell.

    Raises:
        RuleError: It is no UTF-8, has no header, or a row of another length.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise RuleError("table-encoding", table=path.name, at=error.start) from error
    body = [
        (number, line.split("\t"))
        for number, line in enumerate(lines, start=1)
        if line and not line.startswith("#")
    ]
    if not body:
        raise RuleError("table-empty", table=path.name)
    header = body[0][1]
    for number, cells in body:
        if len(cells) != len(header):
            raise RuleError(
                "table-row-length", table=path.name, line=number, columns=len(header)
            )
    return [dict(zip(header, cells, strict=True)) for _, cells in body[1:]]


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of the table `name.tsv`: those that are shipped, then the user's.

    Raises:
        RuleError: The user's table is not well formed.
    """
    shipped = read_table(DATA / f"{name}.tsv")
    own = [path for path in own_files() if path.name == f"{name}.tsv"]
    return (*shipped, *(row for path in own for row in own_rows(path, shipped)))


def own_rows(path: Path, shipped: Sequence[Mapping[str, str]]) -> list[Row]:
    """The rows of a user's table, which is like the shipped one.

    Raises:
        RuleError: It has other columns, or a cell that the program does not know.
    """
    columns, rows = list(shipped[0]), read_table(path)
    for row in rows:
        if set(row) != set(columns):
            told = " ".join(columns)
            raise RuleError("table-columns", table=path.name, columns=told)
        if not row[columns[0]].strip():
            raise RuleError("table-no-word", table=path.name, column=columns[0])
    for column in CODED.intersection(columns):
        known = {part for row in shipped for part in row[column].split("|")}
        for cell in (row[column] for row in rows):
            if not known.issuperset(cell.split("|")):
                raise RuleError(
                    "table-cell", table=path.name, column=column, cell=cell,
                    known=" ".join(sorted(known)),
                )  # fmt: skip
    return rows


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
