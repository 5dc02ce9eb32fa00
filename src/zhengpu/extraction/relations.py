"""Relations between entities, as sentences state them.

Three sources: ways of saying (`sayings`), deeds (`deeds`) and posts (`posts`).
A subject that is left out is what the clause is about (`topics`). What names
and titles tell by themselves is read by `naming`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhengpu.extraction.deeds import done
from zhengpu.extraction.posts import held
from zhengpu.extraction.sayings import said

if TYPE_CHECKING:
    from zhengpu.extraction.discourse import Discourse
    from zhengpu.model import Relation, Statement


def relate(discourse: Discourse) -> list[Statement]:
    """The statements of a document, in text order, each fact once."""
    found = [*said(discourse), *done(discourse), *held(discourse)]
    found.sort(key=lambda s: (s.evidence.sentence, s.evidence.spans, s.relation))
    once: dict[tuple[str, Relation, str, str, bool], Statement] = {}
    for s in found:
        if s.subject != s.object:
            once.setdefault((s.subject, s.relation, s.object, s.role, s.planned), s)
    return list(once.values())
