"""Tables: the figures of rows under a head (指标 | 单位 | 2024年 | 同比增长).

The cells of a row are parted by tabs, from Markdown, Word and web pages alike. A
head tells what its columns hold; a row names what it is about in its first cell.
A column without a unit, or a row that does not fit its head, states nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from zhengpu.extraction.numbers import Number, find_numbers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_UNIT = re.compile("(?:计量)?单位")
_OUTSIDE = re.compile("序号|编号|代码|备注|说明|.{0,4}(?:排名|排位|位次|名次)")
_YEAR = re.compile(
    r"(?P<year>20\d\d)年?(?P<aim>目标|计划|预期|预计)?(?:实绩|完成|数值|数量|数|值|情况)*"
)
_CHANGE = re.compile(
    "(?:同比|比上年|较上年|比去年)?(?:增长|增速|增幅|增减|±|同比)(?:率|情况)?"
)
_VALUE = re.compile(
    "(?:本年|全年|累计|实际|年度)*(?:数值|数量|实绩|完成|完成数|完成值|绝对[值额量]|总量|累计|指标值|值|数)"
)
_IN_BRACKETS = re.compile(r"[（(](?P<unit>[^（）()\d]{1,8})[）)]$")
_CAPTION = re.compile(r"单位[：:] ?(?P<unit>[^，。；\s）)]{1,8})[）)]?$")
_FIGURE = re.compile(
    r"(?P<sign>[+＋−－-]?)(?P<figure>\d[\d,]*(?:\.\d+)?)(?P<unit>\D{0,6})"
)
_FALLS = frozenset("-−－")
_SUM = frozenset(("合计", "总计", "小计", "全市", "全县", "全区", "全省"))
_RATES = frozenset(("%", "个百分点"))
_LEAST = 2
"""So few columns make a table."""


class Column(NamedTuple):
    """What a column holds, by its head."""

    kind: str
    """`name`, `unit`, `value`, `change`, `measure`, or empty where it counts nothing."""
    name: str
    unit: str
    year: str = ""
    planned: bool = False


class Cell(NamedTuple):
    """A figure of a table."""

    number: Number
    """In the offsets of its row."""
    measure: str
    year: str
    """Where the head tells it."""
    planned: bool
    named: tuple[int, int]
    """Where the row names what it is about."""
    head: str
    """The name of its column."""
    of_row: bool
    """Whether the figure may be about what the row names, its measure in the head."""


def caption(text: str) -> str:
    """The unit that the line above a table tells for all of it.

    >>> caption("表1 主要经济指标（单位：万元）"), caption("承办单位：46个。")
    ('万元', '')
    """
    found = _CAPTION.search(text)
    return found["unit"] if found else ""


def head_of(text: str, unit: str = "") -> tuple[Column, ...]:
    r"""The columns that a row heads, or none where it is no head.

    Args:
        text: A row.
        unit: Of all columns that tell none.

    >>> [c.kind for c in head_of("指标\t单位\t2024年\t同比增长")]
    ['name', 'unit', 'value', 'change']
    >>> head_of("粮食产量\t万吨\t8.92\t3.5%")
    ()
    """
    cells = [cell.strip() for cell in text.split("\t")]
    if len(cells) < _LEAST or any(
        _FIGURE.fullmatch(c) for c in cells if not _YEAR.fullmatch(c)
    ):
        return ()
    columns = [_column(cell, unit) for cell in cells]
    first = next((n for n, c in enumerate(columns) if c.kind), len(columns))
    if first == len(columns) or columns[first].kind != "measure":
        return ()
    columns[first] = columns[first]._replace(kind="name")
    counts = any(c.kind in {"value", "change", "measure"} for c in columns)
    return tuple(columns) if counts else ()


def _column(head: str, unit: str) -> Column:
    bracket = _IN_BRACKETS.search(head)
    name = head[: bracket.start()] if bracket else head
    unit = bracket["unit"] if bracket else unit
    if _UNIT.fullmatch(name):
        return Column("unit", "", "")
    if not name or _OUTSIDE.fullmatch(name):
        return Column("", "", "")
    if year := _YEAR.fullmatch(name):
        return Column(
            "value", "", unit, year["year"], year["aim"] in {"目标", "计划", "预期"}
        )
    if _CHANGE.fullmatch(name):
        return Column("change", "增长", unit if unit in _RATES else "")
    return Column("value" if _VALUE.fullmatch(name) else "measure", name, unit)


def cells(text: str, head: Sequence[Column]) -> Iterator[Cell]:
    r"""The figures of a row, by its head.

    >>> head = head_of("指标\t单位\t2024年\t同比增长")
    >>> [(c.measure, str(c.number.value), c.number.unit) for c in cells("水产品产量\t万吨\t8.92\t-3.5%", head)]
    [('水产品产量', '89200', '吨'), ('水产品产量下降', '3.5', '%')]
    """
    row = text.split("\t")
    unsaid = head[len(row) :]  # the last cell of remarks may be empty
    if len(row) > len(head) or any(column.kind for column in unsaid):
        return
    starts = [0]
    for cell in row:
        starts.append(starts[-1] + len(cell) + 1)
    at = next(n for n, column in enumerate(head) if column.kind == "name")
    bracket = _IN_BRACKETS.search(row[at].strip())
    name = _IN_BRACKETS.sub("", row[at].strip())
    named = (starts[at], starts[at] + len(row[at]))
    units = [
        c.strip() for c, column in zip(row, head, strict=False) if column.kind == "unit"
    ]
    unit = units[0] if units else bracket["unit"] if bracket else ""
    for cell, column, start in zip(row, head, starts, strict=False):
        if column.kind not in {"value", "change", "measure"} or not name:
            continue
        own = column.unit if column.kind == "change" else unit or column.unit
        number, falls = _number(cell, own, start)
        if number is None or (falls and column.kind != "change"):
            continue
        measure = name
        if column.kind == "change":
            measure += "下降" if falls else column.name
        elif column.kind == "measure":
            measure = column.name if name in _SUM else name + column.name
        yield Cell(
            number,
            measure,
            column.year,
            column.planned,
            named,
            column.name,
            column.kind == "measure",
        )


def _number(cell: str, unit: str, start: int) -> tuple[Number | None, bool]:
    """The figure of a cell in its own unit or its column's, and whether it is negative."""
    found = _FIGURE.fullmatch(cell.strip())
    if found is None:
        return None, False
    written = found["figure"] + (found["unit"].strip() or unit)
    numbers = find_numbers(written)
    whole = len(numbers) == 1 and (numbers[0].start, numbers[0].end) == (
        0,
        len(written),
    )
    if not whole or not numbers[0].unit:
        return None, False
    at = start + len(cell) - len(cell.lstrip())
    span = replace(numbers[0], start=at, end=at + len(cell.strip()))
    return span, found["sign"] in _FALLS
