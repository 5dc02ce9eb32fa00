"""The nouns that the stages hand to one another: plain, frozen records.

Two coordinate systems exist, and never mix in one record. While a document is
being read, offsets count the characters of its *clean* text
(`Document.text`). In an `Extraction` they count the characters of the
*source* text (`RawText.text`): `Document.source` leads from one to the other.
"""

from __future__ import annotations

from decimal import Decimal  # noqa: TC003 - the cache reads the annotations
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

if TYPE_CHECKING:
    from array import array


class EntityType(StrEnum):
    """The seven kinds of things that reports name."""

    ORG = "ORG"
    """A body of people that can act."""
    PER = "PER"
    """A person, by name and without title."""
    PLC = "PLC"
    """An administrative area, site, river, road, park …"""
    PRG = "PRG"
    """A named programme: plan, campaign, project, brand, mechanism."""
    DOC = "DOC"
    """A titled document, book, law, film, or the report itself."""
    EVT = "EVT"
    """One particular meeting or event."""
    AWD = "AWD"
    """An award or honour."""


class Relation(StrEnum):
    """The twenty relations between entities; the values are the properties."""

    PRESENTED_BY = "presentedBy"
    PRESENTED_AT = "presentedAt"
    HOLDS_POST = "holdsPost"
    LEFT_POST = "leftPost"
    SUB_ORGANIZATION_OF = "subOrganizationOf"
    LOCATED_IN = "locatedIn"
    LEADS = "leads"
    COOPERATES_WITH = "cooperatesWith"
    ORGANIZES = "organizes"
    PARTICIPATES_IN = "participatesIn"
    PRODUCES = "produces"
    REVIEWS = "reviews"
    STUDIES = "studies"
    INSPECTS = "inspects"
    SUPPORTS = "supports"
    ESTABLISHES = "establishes"
    RECEIVES = "receives"
    SUBMITS_TO = "submitsTo"
    ABOUT = "about"
    PART_OF = "partOf"


class Severity(StrEnum):
    """How much a finding matters to an editor."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Span(NamedTuple):
    """A half-open stretch of characters (Unicode code points)."""

    start: int
    end: int


class Finding(Struct, frozen=True):
    """Something that was not read or not understood, as a value.

    The text shown to people is made from `code` and `parameters`
    (see `zhengpu.messages`), so that it exists in every language.
    """

    severity: Severity
    stage: str
    code: str
    parameters: tuple[tuple[str, str], ...] = ()
    span: Span | None = None


class RawText(Struct, frozen=True):
    """A file as decoded, character for character."""

    name: str
    """Path below the input folder, with `/`."""
    text: str
    sha256: str
    """Of the file's bytes, in hexadecimal."""
    encoding: str
    """For example `utf-8`, `gb18030`; of .docx, .pdf and .html `text/docx` …"""
    pages: tuple[int, ...] = ()
    """Where each page begins in `text`, for PDF."""
    findings: tuple[Finding, ...] = ()


class Section(Struct, frozen=True):
    """A headed part of a document, in clean offsets."""

    title: str
    level: int
    start: int
    end: int
    planned: bool
    """Whether it announces work to come instead of work done."""


class Sentence(Struct, frozen=True):
    """A sentence of a document, in clean offsets; never crosses a paragraph."""

    text: str
    start: int
    end: int
    section: int
    """Index into `Document.sections`."""
    planned: bool


class Document(Struct, frozen=True):
    """One document of a file: clean text, and the way back to the source.

    `offsets[i]` is the source offset of the clean character `text[i]`; a clean
    character differs from its source character in width at the most.
    """

    id: str
    raw: RawText
    text: str
    offsets: array[int]
    sections: tuple[Section, ...] = ()
    sentences: tuple[Sentence, ...] = ()

    def source(self, start: int, end: int) -> Span:
        """The source span of a clean span that is not empty."""
        return Span(self.offsets[start], self.offsets[end - 1] + 1)


class Area(Struct, frozen=True):
    """An administrative area of GB/T 2260 (or a township of its extension)."""

    adcode: str
    """Six digits to county level, nine for townships."""
    name: str
    """The full official name without parents: `阜新蒙古族自治县`."""
    level: str
    """`nation`, `province`, `prefecture`, `county` or `township`."""
    parent: str | None
    """Adcode of the containing area."""
    kind: str = ""
    """`statistical` for development zones whose code is no GB/T 2260 code."""
    until: int | None = None
    """The year it was abolished."""


class Frame(Struct, frozen=True):
    """What a document is, and who speaks where about when.

    Unknown is None, never a guess.
    """

    kind: str = "其他"
    """`政协常务委员会工作报告`, `政府工作报告`, `人大常委会工作报告`, `提案工作报告`,
    `讲话`, `人事任免`, `决定`, `新闻`, `工作报告`, `其他` …"""
    title: str | None = None
    title_span: Span | None = None
    body_kind: str | None = None
    """`政协`, `政府`, `人大`, `党委`, `法院`, `检察院`: the reporting body's kind."""
    body: str | None = None
    """Canonical name of the reporting body, e.g. `中国人民政治协商会议代县委员会`."""
    place: Area | None = None
    parents: tuple[Area, ...] = ()
    """Areas that contain the place, nearest first, without the nation."""
    term: int | None = None
    """The body's term (届)."""
    presenter: str | None = None
    presenter_span: Span | None = None
    date: str | None = None
    """ISO date, or a prefix of one: `2021-01-07`, `2021-01`, `2021`."""
    meeting: str | None = None
    """Canonical name of the meeting where it was presented."""
    meeting_span: Span | None = None
    period: str | None = None
    """The year or years reported on: `2020` or `2018-2021`."""
    findings: tuple[Finding, ...] = ()

    @property
    def year(self) -> str | None:
        """The last year reported on."""
        return self.period[-4:] if self.period else None


class Mention(Struct, frozen=True):
    """A stretch of clean text that names one thing."""

    type: EntityType
    start: int
    end: int
    text: str
    """The clean text of the span."""
    rule: str
    """Name of the rule that found it, `file/name`."""

    def moved(self, start: int, end: int) -> Mention:
        """The same mention counted from elsewhere, as in the source's offsets."""
        return Mention(self.type, start, end, self.text, self.rule)


class Entity(Struct, frozen=True):
    """A thing that a file names; its key is `(type, name, scope)`."""

    id: str
    """Only good within one extraction: `e1`, `e2` …"""
    type: EntityType
    name: str
    """The canonical name."""
    aliases: tuple[str, ...] = ()
    scope: str = ""
    """What tells it from others of the same name: an adcode, place, year …"""
    kind: str = ""
    """Organisation or programme type: a notation of the SKOS schemes."""
    adcode: str = ""
    """Of an administrative area, or of the area where a body sits."""
    level: str = ""
    """Of an administrative area."""


class Link(Struct, frozen=True):
    """A mention's entity, or the reason why it has none."""

    mention: Mention
    entity: str | None
    """`Entity.id`."""
    reason: str = ""


class Evidence(Struct, frozen=True):
    """Where a text states something; at most one sentence long."""

    sentence: int
    """Index into the document's, in an Extraction the file's, sentences."""
    spans: tuple[Span, ...]
    rule: str
    confidence: float = 1.0


class Statement(Struct, frozen=True):
    """A relation between two entities, as a text states it."""

    subject: str
    relation: Relation
    object: str
    evidence: Evidence
    role: str = ""
    """The post, with holdsPost and leftPost."""
    period: str = ""
    planned: bool = False
    subject_omitted: bool = False
    """The sentence leaves the subject to be understood."""
    again: tuple[Evidence, ...] = ()
    """Where the file states the same in other sentences."""

    @property
    def places(self) -> tuple[Evidence, ...]:
        """All sentences that state it, the first one ahead."""
        return (self.evidence, *self.again)

    def shown_by(self, evidence: Evidence, again: tuple[Evidence, ...]) -> Statement:
        """The same statement with other evidence."""
        return Statement(
            self.subject, self.relation, self.object, evidence, self.role,
            self.period, self.planned, self.subject_omitted, again,
        )  # fmt: skip


class Observation(Struct, frozen=True):
    """A counted or measured fact."""

    subject: str
    measure: str
    """The shortest noun phrase that says what is counted."""
    value: Decimal
    unit: str
    evidence: Evidence
    indicator: str = ""
    """Notation of a concept in the scheme of indicators."""
    approx: bool = False
    period: str = ""
    """`2020` or `2018-2021`."""
    period_text: str = ""
    """The words for it where they are not a year: `四年来`."""
    basis: str = ""
    """What it is compared with or counted from: `比上年`, `其中` …"""
    planned: bool = False

    @property
    def places(self) -> tuple[Evidence, ...]:
        """The sentence that states it, as with `Statement.places`."""
        return (self.evidence,)

    def shown_by(self, evidence: Evidence) -> Observation:
        """The same observation with other evidence."""
        return Observation(
            self.subject, self.measure, self.value, self.unit, evidence,
            self.indicator, self.approx, self.period, self.period_text, self.basis,
            self.planned,
        )  # fmt: skip


class FramedDocument(Struct, frozen=True):
    """A document's frame and place in the file, in source offsets."""

    id: str
    frame: Frame
    span: Span
    body: str = ""
    """Entity id of the reporting body."""


class SourceSentence(Struct, frozen=True):
    """A sentence as evidence quotes it: clean text, source offsets."""

    document: int
    section: str
    text: str
    span: Span
    planned: bool


class Extraction(Struct, frozen=True):
    """All that one file gives; every span counts source characters."""

    raw: RawText
    documents: tuple[FramedDocument, ...] = ()
    sentences: tuple[SourceSentence, ...] = ()
    entities: tuple[Entity, ...] = ()
    mentions: tuple[Link, ...] = ()
    statements: tuple[Statement, ...] = ()
    observations: tuple[Observation, ...] = ()
    findings: tuple[Finding, ...] = ()
