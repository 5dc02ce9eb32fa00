"""What a document says about whom: the common ground of all relations.

A `Discourse` holds a document's skeleton with every resolved mention folded,
whom each clause is about, and how a find in the skeleton becomes a statement
with its evidence.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from msgspec import Struct

from zhengpu.extraction.bodies import PARTY
from zhengpu.extraction.namings import Naming, part_of
from zhengpu.extraction.skeleton import HERE_RULE, fold
from zhengpu.extraction.topics import topics_of
from zhengpu.model import EntityType, Evidence, Relation, Span, Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from zhengpu.extraction.registry import Registry
    from zhengpu.extraction.resolution import Resolved
    from zhengpu.extraction.skeleton import Skeleton
    from zhengpu.extraction.topics import Topic, Topics
    from zhengpu.model import Document, Frame


OF_ORGANIZATIONS = frozenset(
    (
        Relation.LEADS,
        Relation.ORGANIZES,
        Relation.REVIEWS,
        Relation.ESTABLISHES,
        Relation.SUBMITS_TO,
    )
)
"""What only bodies do by the ontology, no person and no place."""


RUN = frozenset((EntityType.EVT, EntityType.PRG))
"""What bodies organize: no place that stands in a list of events (港澳山东周)."""


_ENDS = "。！？；\n "
"""What stands between sentences."""


class Ground(Struct, frozen=True):
    """Where the skeleton states something, and by which rule it is read."""

    start: int
    end: int
    rule: str
    omitted: bool = False
    """Whether the subject or object is left to be understood."""
    role: str = ""


_STANDING = "常务委员会"


@dataclass(frozen=True, slots=True)
class Discourse:
    """One document, ready for relations to be read from it."""

    document: Document
    frame: Frame
    registry: Registry
    body: str
    """Entity id of the reporting body, or ""."""
    skeleton: Skeleton
    topics: Topics
    entities: Mapping[int, str]
    """Clean start of a folded mention to its entity."""
    besides: Mapping[int, tuple[str, ...]]
    """The same for the other members of an enumeration that the mention ends."""
    _starts: Sequence[int]

    def ids(self, start: int, end: int) -> list[str]:
        """The entities that a skeleton span names, in order."""
        return [
            entity
            for mention in self.skeleton.within(start, end)
            if mention.start in self.entities
            for entity in (
                *self.besides.get(mention.start, ()),
                self.entities[mention.start],
            )
        ]

    def topic(self, position: int) -> Topic:
        """Whom the clause at a skeleton position is about."""
        return self.topics.at(self.skeleton.clean(position))

    def led(self, start: int, end: int) -> Topic:
        """Whom 在…领导下 is about: the clause, or the next that names it."""
        topic = self.topic(start)
        if not topic.omitted:
            return topic
        at = self.skeleton.clean(end - 1)
        index = max(0, bisect_right(self._starts, at) - 1)
        return self.topics.ahead(at, self.document.sentences[index].end) or topic

    def subject_at(self, clean: int) -> str:
        """The entity that the facts counted at a clean offset are about, or "".

        Those of a group that a person leads are its body's: 主席张三率考察团一行15人.
        """
        topic = self.topics.at(clean)
        whose = topic.whose
        if whose and self.registry.name(whose).endswith("党组"):
            whose = self.registry.owners.get(whose, "")
        return whose or next(iter(topic.subjects), "")

    def is_person(self, entity: str) -> bool:
        """Whether an entity is a person."""
        return self.registry.type(entity) is EntityType.PER

    def bodies_among(self, entities: Iterable[str]) -> list[str]:
        """What is no person; the reporting body where only persons are given."""
        bodies = [e for e in entities if not self.is_person(e)]
        return bodies or [self.body]

    def elsewhere(self, start: int, end: int) -> list[str]:
        """The entities of a span without those that only words like 我县 name."""
        here = {
            self.entities.get(m.start)
            for m in self.skeleton.within(start, end)
            if m.rule == HERE_RULE
        }
        return [entity for entity in self.ids(start, end) if entity not in here]

    def _is_below(self, body: str, party: str) -> bool:
        """Whether a body is led by its place's party committee, which it never leads."""
        name, areas = self.registry.name, self.registry.areas
        led = name(party).startswith(PARTY) and not name(body).startswith(PARTY)
        return led and areas.get(body) == areas.get(party)

    def _convener(self, body: str, event: str) -> str:
        """Who holds an event: the standing committee of a body holds its own meetings."""
        name = self.registry.name
        if not name(event).startswith(f"{name(body)}{_STANDING}第"):
            return body
        whole = self.registry.entity(body)
        area = self.registry.areas.get(body)
        naming = Naming(whole.type, whole.name, whole.kind, whole.scope, area)
        return self.registry.add(part_of(_STANDING, naming))

    def _is_party_to(self, party: str, other: str) -> bool:
        """Whether a party committee is said to hand something to who is none."""
        name = self.registry.name
        return name(party).startswith(PARTY) and not name(other).startswith(PARTY)

    def state(
        self,
        subjects: Iterable[str],
        relation: Relation,
        objects: Sequence[str],
        ground: Ground,
    ) -> Iterator[Statement]:
        """The statements that each subject stands in a relation to each object.

        Args:
            subjects: Entity ids; an empty one is passed over.
            relation: The relation.
            objects: Entity ids; an empty one is passed over.
            ground: Where it is said; cut to its first sentence.
        """
        opening = ground.start
        while opening < ground.end - 1 and self.skeleton.text[opening] in _ENDS:
            opening += 1  # a rule may begin with the mark of the sentence before
        start, end = self.skeleton.span(opening, ground.end)
        index = max(0, bisect_right(self._starts, start) - 1)
        sentence = self.document.sentences[index]
        span = Span(max(start, sentence.start), min(end, sentence.end))
        evidence = Evidence(index, (span,), ground.rule)
        if relation is Relation.ORGANIZES:
            objects = [x for x in objects if x and self.registry.type(x) in RUN]
        for subject in filter(None, subjects):
            if (
                relation in OF_ORGANIZATIONS
                and self.registry.type(subject) is not EntityType.ORG
            ):
                continue
            for object_ in filter(None, objects):
                if relation is Relation.LEADS and self._is_below(subject, object_):
                    continue
                if relation is Relation.SUBMITS_TO and self._is_party_to(
                    subject, object_
                ):
                    continue
                yield Statement(
                    self._convener(subject, object_)
                    if relation is Relation.ORGANIZES
                    else subject,
                    relation,
                    object_,
                    evidence,
                    ground.role,
                    planned=sentence.planned,
                    subject_omitted=ground.omitted,
                )


def discourse_of(
    document: Document, resolved: Resolved, frame: Frame, registry: Registry, body: str
) -> Discourse:
    """A document with its mentions folded and its clauses' topics found.

    A mention that ends an enumeration (十九届二中、三中全会) is folded with it.

    Args:
        document: With sentences.
        resolved: Its mentions and what they name.
        frame: What it is and who speaks.
        registry: The file's entities.
        body: Entity id of the reporting body, or "".
    """
    also = resolved.also
    folded = [
        link.mention.moved(also[link.mention.start][0], link.mention.end)
        if link.mention.start in also
        else link.mention
        for link in resolved.links
    ]
    skeleton = fold(document.text, folded, areas=False)
    entities = {
        mention.start: link.entity
        for mention, link in zip(folded, resolved.links, strict=True)
        if link.entity
    }
    spans = [(sentence.start, sentence.end) for sentence in document.sentences]
    besides = dict(also.values())
    return Discourse(
        document,
        frame,
        registry,
        body,
        skeleton,
        topics_of(skeleton, entities, body, spans, besides),
        entities,
        besides,
        [start for start, _ in spans],
    )
