"""Relations between entities, as sentences state them.

Four sources: ways of saying (`sayings`), deeds (`deeds`), posts (`offices`)
and rolls of honour (`rolls`).
A subject that is left out is what the clause is about (`topics`). What names
and titles tell by themselves is read by `naming`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhengpu.extraction.deeds import done
from zhengpu.extraction.offices import held
from zhengpu.extraction.rolls import rolled
from zhengpu.extraction.sayings import said
from zhengpu.extraction.teams import teams

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from zhengpu.extraction.discourse import Discourse
    from zhengpu.model import Evidence, Relation, Statement


def relate(discourse: Discourse) -> list[Statement]:
    """The statements of a document, in text order, each fact once."""
    found = [*said(discourse), *done(discourse), *held(discourse)]
    found += rolled(discourse)
    found += teams(discourse, found)
    found.sort(key=lambda s: (s.evidence.sentence, s.evidence.spans, s.relation))
    return together(s for s in found if s.subject != s.object)


def together(statements: Iterable[Statement]) -> list[Statement]:
    """Each fact once, with all the sentences that state it, the first one ahead."""
    kept: dict[tuple[str, Relation, str, str, bool], list[Statement]] = {}
    for s in statements:
        fact = (s.subject, s.relation, s.object, s.role, s.planned)
        kept.setdefault(fact, []).append(s)
    return [same[0] if len(same) == 1 else _joined(same) for same in kept.values()]


def _joined(same: Sequence[Statement]) -> Statement:
    """One statement of several that say the same; of a sentence, the first counts."""
    evidence: dict[int, Evidence] = {}
    for s in same:
        for one in s.places:
            evidence.setdefault(one.sentence, one)
    first, *again = evidence.values()
    return same[0].shown_by(first, tuple(again))
