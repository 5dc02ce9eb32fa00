"""The nouns of a whole build: what all its files say together.

Things and statements are known by their keys, which are their places below
`id/`: `ORG/name:scope`, `Claim/digest`. Every tuple is sorted by key.
"""

from __future__ import annotations

from dataclasses import dataclass

# also read while the program runs: parts of a build are written to disk
from decimal import Decimal  # noqa: TC003

from zhengpu.model import (  # noqa: TC001
    EntityType,
    Finding,
    Frame,
    Relation,
    Span,
)


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


@dataclass(frozen=True, slots=True, order=True)
class Passage:
    """Words of a sentence that a fact is read from."""

    quote: str
    """Key of the sentence."""
    source: str
    """The file's sha256."""
    span: Span
    """In source characters."""
    words: str
    """As they stand in the source."""


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
    places: tuple[tuple[str, Span], ...] = ()
    """The sha256 of each of these files, and where it stands there."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read, known by its bytes."""

    sha256: str
    names: tuple[str, ...]
    encoding: str
    characters: int


@dataclass(frozen=True, slots=True)
class Applied:
    """A correction that was applied, and what it did."""

    kind: str
    """`same-as`, `not-same`, `rename`, `retype`, `alias`, `reject` or `assert`."""
    line: int
    """Where it stands in the corrections file."""
    said: str
    """What it says, in a line."""
    quote: str
    """Key of the sentence that is its evidence: the table as it is written."""
    things: tuple[str, ...]
    """Keys of the things that it is about, as they are now."""
    replaced: tuple[str, ...] = ()
    """Keys that things had without it."""
    facts: tuple[str, ...] = ()
    """The claims and figures that it rejected or asserted, in words."""
    who: str = ""
    when: str = ""
    why: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two things that may be one; only a correction can make them so."""

    first: str
    """Key of the one that would be kept."""
    second: str
    score: float
    """From 0 to 1, two decimals."""
    reasons: tuple[tuple[str, str], ...]
    """Code of a message `candidate-CODE`, and what speaks for it or against."""
    quotes: tuple[str, ...]
    """A sentence with each of them, as far as something is stated of it."""
    same: str
    """The table of the corrections file that makes them one."""
    other: str
    """The table that says that they are not, so that nobody asks again."""


@dataclass(frozen=True, slots=True)
class Merged:
    """All that the files of a build say, sorted by key."""

    things: tuple[Thing, ...] = ()
    claims: tuple[Claim, ...] = ()
    figures: tuple[Figure, ...] = ()
    quotes: tuple[Quote, ...] = ()
    reports: tuple[Report, ...] = ()
    sources: tuple[Source, ...] = ()
    passages: tuple[Passage, ...] = ()
    """Of all claims and figures."""
    findings: tuple[Finding, ...] = ()
    corrections: tuple[Applied, ...] = ()
    """By their lines; those that match nothing are findings."""
    candidates: tuple[Candidate, ...] = ()
    """The likeliest first."""
