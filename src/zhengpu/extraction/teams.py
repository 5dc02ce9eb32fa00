"""Teams: what a leader of a body sees on the spot, the body sees, too.

县政协主席张三率调研组深入甲镇: the team goes in the name of the body whose chair leads it.
Who is said next to have gone along (副主席李四一同调研) sees the same. What both sides
(双方) then agree on, guests and hosts do.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from zhengpu.extraction.discourse import Ground
from zhengpu.knowledge.rulebook import expand
from zhengpu.model import EntityType, Relation

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from zhengpu.extraction.discourse import Discourse
    from zhengpu.model import Statement

_TEAM = re.compile(
    "率|带队|带领|牵头|一行|(?:调研|考察|检查|视察|督查|督导|监督|走访)(?:一行|组|团)"
)
_LEADS = re.compile("^副?(?:主席|主任|主任委员|局长|秘书长|院长|检察长)$")
"""Posts whose holders go in the name of their body; a mayor leads more than one."""


def teams(discourse: Discourse, statements: Sequence[Statement]) -> Iterator[Statement]:
    """What teams, those who go along and guests and hosts do.

    Args:
        discourse: The document's.
        statements: What it states by itself.
    """
    visits = [
        s
        for s in statements
        if s.relation is Relation.INSPECTS
        and s.evidence.rule != "activities/leader-inspects"  # cited, not told of
    ]
    led = list(_led(discourse, statements, visits))
    yield from led
    yield from _companions(discourse, visits)
    yield from _agreed(discourse, statements, [*visits, *led])


def _led(
    discourse: Discourse, statements: Sequence[Statement], visits: Sequence[Statement]
) -> Iterator[Statement]:
    """The visits of the bodies whose leaders head a team."""
    kind = discourse.registry.type
    bodies = _bodies(statements)
    seen: dict[str, set[str]] = {}
    for visit in visits:
        seen.setdefault(visit.object, set()).add(visit.subject)
    for visit in visits:
        if kind(visit.subject) is not EntityType.PER:
            continue
        sentence = discourse.document.sentences[visit.evidence.sentence]
        own = bodies.get(visit.subject, [])
        leads = len(own) == 1 and own[0] != visit.object
        leads = leads and _TEAM.search(sentence.text) is not None
        if leads and not _part_goes(discourse, own[0], seen[visit.object]):
            yield replace(visit, subject=own[0])


def _part_goes(discourse: Discourse, body: str, visitors: Collection[str]) -> bool:
    """Whether a committee of a body goes there itself: 由主席张三带队，经济委员会深入…."""
    name = discourse.registry.name
    return any(who != body and name(who).startswith(name(body)) for who in visitors)


_ALONG = re.compile(
    expand(
        r"(?P<who>{ORG|PER}(?:等{-8})?)(?:有关|主要)?(?:负责人|负责同志)?"
        r"(?:一同|一起|共同|陪同|随同)?(?:参加了?)?(?:调研|视察|考察|检查|督查)(?=[，。；])",
        {},
        "teams",
    )
)
"""Who goes along with those told of before: 秘书长李四|一同调研, 县民政局负责人|参加考察."""
_HEADS = re.compile(
    expand(
        r"(?P<bodies>{ORG+})(?:等{-8})?(?:有关|主要)?(?:负责人|负责同志)", {}, "teams"
    )
)
"""Bodies whose heads go along."""


def _companions(
    discourse: Discourse, visits: Sequence[Statement]
) -> Iterator[Statement]:
    """The visits of those of whom the next sentence says that they went along."""
    text = discourse.skeleton.text
    seen = {
        index: list(dict.fromkeys(visit.object for visit in told))
        for index, told in _by_sentence(visits).items()
    }
    for index, sentence in enumerate(discourse.document.sentences):
        if index - 1 not in seen or index in seen:
            continue
        start = discourse.skeleton.position(sentence.start)
        end = discourse.skeleton.position(sentence.end - 1) + 1
        if told := list(_ALONG.finditer(text, start, end)):
            who = list(_those_along(discourse, start, end))
            ground = Ground(start, told[-1].end(), "teams/companions")
            objects = seen[index - 1]
            yield from discourse.state(who, Relation.INSPECTS, objects, ground)


def _those_along(discourse: Discourse, start: int, end: int) -> Iterator[str]:
    """The persons of a sentence, and the bodies whose heads it names."""
    for mention in discourse.skeleton.within(start, end):
        if mention.type is EntityType.PER and mention.start in discourse.entities:
            yield discourse.entities[mention.start]
    for heads in _HEADS.finditer(discourse.skeleton.text, start, end):
        yield from discourse.ids(*heads.span("bodies"))


_SIDES = re.compile(
    r"双方(?:[^，。；\n]{0,30}，并?)?[^，。；\n]{0,6}?(?:签署|签订|商定|达成|缔结|结为)"
)
_LATER = 8
"""Sentences behind a visit in which guests and hosts are both sides."""


def _agreed(
    discourse: Discourse, statements: Sequence[Statement], visits: Sequence[Statement]
) -> Iterator[Statement]:
    """What guests agree on with their hosts: 双方签订协议."""
    guests = _guests(discourse, visits)
    done = _by_sentence(s for s in statements if s.subject == discourse.body)
    for index, sentence in enumerate(discourse.document.sentences if guests else ()):
        start = discourse.skeleton.position(sentence.start)
        end = discourse.skeleton.position(sentence.end - 1) + 1
        told = _SIDES.search(discourse.skeleton.text, start, end)
        near = range(index, index - _LATER, -1) if told else ()
        guest = next((guests[n] for n in near if n in guests), "")
        if told is None or not guest:
            continue
        ground = Ground(told.start(), told.end(), "teams/both-sides", omitted=True)
        pact = [guest], Relation.COOPERATES_WITH, [discourse.body], ground
        yield from discourse.state(*pact)
        behind = discourse.skeleton.clean(told.start())
        for own in done.get(index, ()):
            if own.evidence.spans[0][0] >= behind and own.object != guest:
                yield replace(own, subject=guest)


def _guests(discourse: Discourse, visits: Sequence[Statement]) -> dict[int, str]:
    """Sentences that tell of visits, each with the body of elsewhere that visits."""
    return {
        visit.evidence.sentence: visit.subject
        for visit in visits
        if discourse.body
        and visit.subject != discourse.body
        and discourse.registry.type(visit.subject) is EntityType.ORG
    }


def _by_sentence(statements: Iterable[Statement]) -> dict[int, list[Statement]]:
    """Statements by the sentence that shows them."""
    found: dict[int, list[Statement]] = {}
    for s in statements:
        found.setdefault(s.evidence.sentence, []).append(s)
    return found


def _bodies(statements: Sequence[Statement]) -> dict[str, list[str]]:
    """Persons and the bodies that they lead."""
    found: dict[str, list[str]] = {}
    for s in statements:
        if s.relation is Relation.HOLDS_POST and _LEADS.match(s.role):
            held = found.setdefault(s.subject, [])
            if s.object not in held:
                held.append(s.object)
    return found
