"""The nouns of a whole build: what all its files say together.

Things and statements are known by their keys, which are their places below
`id/`: `ORG/name:scope`, `Claim/digest`. Every tuple is sorted by key.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

    from zhengpu.model import EntityType, Finding, Frame, Relation, Span


@dataclass(frozen=True, slots=True)
class Thing:
    """An entity of the whole build."""

    key: str
    """`ORG/name:scope`, its place below `id/`."""
    type: EntityType
    name: str
    scope: str
    aliases: tuple[str, ...]
    kind: str
    adcode: str
    level: str
    reports: tuple[str, ...]
    """Keys of the reports that name it."""


@dataclass(frozen=True, slots=True, order=True)
class Attestation:
    """One place where a text states something."""

    quote: str
    """Key of the sentence."""
    source: str
    """The file's sha256."""
    spans: tuple[tuple[Span, str], ...]
    """In source characters, each with the source's words."""
    rule: str
    confidence: float
    subject_omitted: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """A relation that texts state, with all places where they do."""

    key: str
    subject: str
    relation: Relation
    object: str
    role: str
    period: str
    planned: bool
    attestations: tuple[Attestation, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A counted fact, with all places where texts state it."""

    key: str
    subject: str
    indicator: str
    measure: str
    value: Decimal
    unit: str
    approx: bool
    period: str
    period_texts: tuple[str, ...]
    basis: str
    planned: bool
    attestations: tuple[Attestation, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of a report that something is read from."""

    key: str
    report: str
    section: str
    text: str
    places: tuple[tuple[str, Span], ...]
    """The sha256 of each file that holds it, and where."""


@dataclass(frozen=True, slots=True)
class Report:
    """A document that was read; a thing with the same key is its entity."""

    key: str
    title: str
    frame: Frame
    body: str
    """Key of the reporting body, or nothing."""
    place: str
    """Key of the area reported on, or nothing."""
    sources: tuple[str, ...]
    """The sha256 of every file that holds it."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read, known by its bytes."""

    sha256: str
    names: tuple[str, ...]
    encoding: str
    characters: int


@dataclass(frozen=True, slots=True)
class Merged:
    """All that the files of a build say, sorted by key."""

    things: tuple[Thing, ...] = ()
    claims: tuple[Claim, ...] = ()
    figures: tuple[Figure, ...] = ()
    quotes: tuple[Quote, ...] = ()
    reports: tuple[Report, ...] = ()
    sources: tuple[Source, ...] = ()
    findings: tuple[Finding, ...] = ()
