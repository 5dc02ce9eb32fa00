"""What one text says when it is read as if it stood in a report of some body.

The text goes through the stages that a file goes through, without the search
for its frame: the test says who speaks.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from functools import cached_property

from zhengpu.extraction.bodies import body_of
from zhengpu.extraction.registry import Registry
from zhengpu.knowledge.gazetteer import gazetteer
from zhengpu.model import Area, Document, Entity, Frame, RawText, Statement
from zhengpu.stages import Reading, read_document
from zhengpu.text.segmentation import segment

Fact = tuple[str, str, str]
"""Subject, relation and object, by canonical names."""


def area(name: str) -> Area:
    """The one current area of a full official name."""
    (found,) = (a for a in gazetteer().named(name) if a.until is None)
    return found


def frame_of(place: str = "", body: str = "", year: str = "2024") -> Frame:
    """The frame of a report on a year by a body of a place."""
    home = area(place) if place else None
    own = body_of(body, home)
    return Frame(
        body_kind=body or None,
        body=own.name if own else None,
        place=home,
        parents=gazetteer().parents(home) if home else (),
        period=year,
        term=15,
    )


def document(text: str) -> Document:
    """A document whose clean text is its source."""
    sections, sentences = segment(text)
    raw = RawText("text.txt", text, "", "utf-8")
    offsets = array("I", range(len(text)))
    return Document("text.txt#1", raw, text, offsets, sections, sentences)


@dataclass(frozen=True)
class Told:
    """What reading a text gave."""

    reading: Reading
    registry: Registry

    @cached_property
    def entities(self) -> dict[str, Entity]:
        """The entities by id."""
        return {entity.id: entity for entity in self.registry.entities()}

    @property
    def mentions(self) -> list[tuple[str, str]]:
        """Words and type of each mention, in order."""
        return [
            (link.mention.text, str(link.mention.type)) for link in self.reading.links
        ]

    @property
    def names(self) -> dict[str, str | None]:
        """The canonical name behind the words of each mention."""
        return {
            link.mention.text: self.entities[link.entity].name if link.entity else None
            for link in self.reading.links
        }

    @property
    def statements(self) -> list[Statement]:
        """The statements, those that names tell by themselves last."""
        return self.reading.statements

    def fact(self, statement: Statement) -> Fact:
        """A statement with names for ids."""
        return (
            self.entities[statement.subject].name,
            str(statement.relation),
            self.entities[statement.object].name,
        )

    @property
    def facts(self) -> set[Fact]:
        """All that is stated, also by names alone."""
        return set(map(self.fact, self.statements))

    @property
    def said(self) -> set[Fact]:
        """What is stated by more than a name."""
        return {
            self.fact(s) for s in self.statements if s.evidence.rule != "names/itself"
        }

    @property
    def posts(self) -> set[tuple[str, str, str, str]]:
        """Person, relation, body and post."""
        return {(*self.fact(s), s.role) for s in self.statements if s.role}


def tell(text: str, place: str = "", body: str = "", year: str = "2024") -> Told:
    """Reads a text as part of a report of a body."""
    registry = Registry()
    reading = read_document(document(text), frame_of(place, body, year), registry)
    return Told(reading, registry)
