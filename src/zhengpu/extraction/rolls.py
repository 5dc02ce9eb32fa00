"""Rolls of honour: who stands below the name of an award.

A decision on awards ends with its rolls. Each has the award as heading, and below
it a line for each person, with the post, or the bodies one after the other.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zhengpu.extraction.discourse import Ground
from zhengpu.knowledge.rulebook import FOLDED
from zhengpu.model import EntityType, Relation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhengpu.extraction.discourse import Discourse
    from zhengpu.model import Statement

_AWD, _PER = FOLDED["AWD"], FOLDED["PER"]
_BODIES = f"[{FOLDED['ORG']}{FOLDED['PLC']}]"
_END = r"(?=\n(?!\d{4}年)|$)"
"""A row ends where its line does; the line above a date is a signature."""
_NUMBER = r"(?:\d{1,3}[.．、] ?)?"
_PERSONS = rf"(?:\n{_NUMBER}{_PER}[^\n。]{{0,60}}{_END})"
_LINES = rf"(?:\n{_NUMBER}{_BODIES}(?:[ 、]{_BODIES})*{_END})"
_UNKNOWN = (
    r"(?:\n(?:\d{1,3}[.．、] ?[^\n。，；：]{3,40}"
    rf"|[一-龥·]{{2,4}}(?:（[^（）\n]{{1,8}}）)? [^\n。，；：]{{4,40}}){_END})"
)
"""A row whose name was not understood; the roll goes on below it."""
_ROLL = re.compile(
    r"(?:^|(?<=\n))(?:[一二三四五六七八九十]{1,2}、|（[一二三四五六七八九十]{1,2}）)?"
    rf"(?P<head>{_AWD}|[一-龥]{{3,16}}?)(?:名单)?(?:（[^（）\n]{{1,20}}）)?(?P<rows>{_PERSONS}(?:{_PERSONS}|{_UNKNOWN})*|{_LINES}(?:{_LINES}|{_UNKNOWN})*)"
)
_ROWS = re.compile(
    rf"\n{_NUMBER}({_PER}(?:[ 、]+{_PER})*|{_BODIES}(?:[ 、]{_BODIES})*)"
)


def rolled(discourse: Discourse) -> Iterator[Statement]:
    """Who receives the award that heads a roll."""
    text = discourse.skeleton.text
    for roll in _ROLL.finditer(text):
        awards = discourse.ids(*roll.span("head")) or _called(roll["head"], discourse)
        for row in _ROWS.finditer(text, *roll.span("rows")):
            given = discourse.ids(*row.span(1))
            ground = Ground(*row.span(1), "rolls/of-honour")
            yield from discourse.state(given, Relation.RECEIVES, awards, ground)


def _called(head: str, discourse: Discourse) -> list[str]:
    """The award that a heading calls by its last words: 先进集体 of “安全生产先进集体”."""
    registry = discourse.registry
    awards = [
        entity
        for entity in dict.fromkeys(discourse.entities.values())
        if registry.type(entity) is EntityType.AWD
        and registry.name(entity).endswith(head)
    ]
    return awards if len(awards) == 1 else []
