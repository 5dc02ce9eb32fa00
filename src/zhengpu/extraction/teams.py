"""Teams: what a leader of a body sees on the spot, the body sees, too.

县政协主席张三率调研组深入甲镇: the team goes in the name of the body whose chair leads it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from zhengpu.model import EntityType, Relation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zhengpu.extraction.discourse import Discourse
    from zhengpu.model import Statement

_TEAM = re.compile(
    "率|带队|带领|牵头|(?:调研|考察|检查|视察|督查|督导|监督|走访)(?:一行|组|团)"
)
_LEADS = re.compile("^副?(?:主席|主任|主任委员|局长|秘书长|院长|检察长)$")
"""Posts whose holders go in the name of their body; a mayor leads more than one."""


def teams(discourse: Discourse, statements: Sequence[Statement]) -> Iterator[Statement]:
    """The visits of the bodies whose leaders head a team.

    Args:
        discourse: The document's.
        statements: What it states of persons and their posts.
    """
    kind = discourse.registry.type
    bodies = _bodies(statements)
    for visit in statements:
        if visit.relation is not Relation.INSPECTS:
            continue
        if kind(visit.subject) is not EntityType.PER:
            continue
        sentence = discourse.document.sentences[visit.evidence.sentence]
        own = bodies.get(visit.subject, [])
        if len(own) == 1 and own[0] != visit.object and _TEAM.search(sentence.text):
            yield replace(visit, subject=own[0])


def _bodies(statements: Sequence[Statement]) -> dict[str, list[str]]:
    """Persons and the bodies that they lead."""
    found: dict[str, list[str]] = {}
    for s in statements:
        if s.relation is Relation.HOLDS_POST and _LEADS.match(s.role):
            held = found.setdefault(s.subject, [])
            if s.object not in held:
                held.append(s.object)
    return found
