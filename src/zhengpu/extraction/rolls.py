"""Rolls of honour: who stands below the name of an award.

A decision on awards ends with its rolls. Each has the award as heading, and below
it a line for each person, with the post, or the bodies one after the other.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zhengpu.extraction.discourse import Ground
from zhengpu.knowledge.rulebook import FOLDED
from zhengpu.model import Relation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhengpu.extraction.discourse import Discourse
    from zhengpu.model import Statement

_AWD, _PER = FOLDED["AWD"], FOLDED["PER"]
_BODIES = f"[{FOLDED['ORG']}{FOLDED['PLC']}]"
_ROW = rf"{_PER}[^\n。]{{0,60}}|{_BODIES}(?:[ 、]{_BODIES})*"
_ROLL = re.compile(
    rf"(?:^|(?<=\n))(?:[一二三四五六七八九十]{{1,2}}、|（[一二三四五六七八九十]{{1,2}}）)?"
    rf"{_AWD}(?:（[^（）\n]{{1,20}}）)?(?P<rows>(?:\n(?:{_ROW})(?=\n|$))+)"
)
_ROWS = re.compile(rf"\n({_PER}|{_BODIES}(?:[ 、]{_BODIES})*)")


def rolled(discourse: Discourse) -> Iterator[Statement]:
    """Who receives the award that heads a roll."""
    text = discourse.skeleton.text
    for roll in _ROLL.finditer(text):
        awards = discourse.ids(roll.start(), roll.start("rows"))
        for row in _ROWS.finditer(text, *roll.span("rows")):
            given = discourse.ids(*row.span(1))
            ground = Ground(*row.span(1), "rolls/of-honour")
            yield from discourse.state(given, Relation.RECEIVES, awards, ground)
