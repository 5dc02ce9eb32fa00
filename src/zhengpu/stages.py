"""The stages in their order: the text of one file in, all that it states out.

    RawText ─clean▶ ─split▶ documents ─frame▶ ─segment▶ sentences
            ─recognise▶ mentions ─resolve▶ links ─relate, count▶ Extraction

`extract` is pure: the same text gives the same extraction. It is the unit of
parallel work.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from msgspec.structs import replace

from zhengpu.extraction.canonical import reporting_body
from zhengpu.extraction.discourse import discourse_of
from zhengpu.extraction.mentions import recognise
from zhengpu.extraction.naming import named, presented, seated, titled
from zhengpu.extraction.registry import Registry
from zhengpu.extraction.relations import relate, together
from zhengpu.extraction.resolution import Resolver
from zhengpu.extraction.statistics import count
from zhengpu.extraction.thread import Thread
from zhengpu.model import (
    EntityType,
    Evidence,
    Extraction,
    FramedDocument,
    Link,
    SourceSentence,
    Span,
)
from zhengpu.text.cleaning import clean
from zhengpu.text.pieces import documents_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from zhengpu.model import (
        Document,
        Finding,
        Frame,
        Mention,
        Observation,
        RawText,
        Statement,
    )
    from zhengpu.text.cleaning import CleanText


@dataclass(frozen=True, slots=True)
class Reading:
    """What one document of a file gives, in clean offsets."""

    document: Document
    frame: Frame
    body: str
    links: list[Link]
    statements: list[Statement]
    observations: list[Observation]
    findings: list[Finding]


def read_document(
    document: Document,
    framed: Frame,
    registry: Registry,
    persons: dict[str, Mention] | None = None,
) -> Reading:
    """What one document states.

    Args:
        document: With sections and sentences.
        framed: What it is and who speaks.
        registry: Takes the entities; shared by the documents of a file.
        persons: Those that the documents before it in the file name; its own are
            added.
    """
    persons = {} if persons is None else persons
    found = recognise(document, framed, persons.values())
    _remember(persons, found.mentions)
    own = reporting_body(framed)
    body = registry.add(own) if own else ""
    resolver = Resolver(framed, found.places, document.text, registry)
    resolved = resolver.resolve(found.mentions)
    links = resolved.links
    inner = resolver.resolve(found.inner).links
    if not body and (owner := _in_title(framed, inner)):
        body, framed = owner, replace(framed, body=registry.name(owner))
    discourse = discourse_of(document, resolved, framed, registry, body)
    statements = [
        *presented(document, framed, links, inner, body),
        *relate(discourse),
        *titled(document, links, inner),
        *named(registry, resolved, inner, found.places, document),
        *seated(registry, document, framed, links, body),
    ]
    thread = Thread(document.sections)
    observations: list[Observation] = []
    for index, sentence in enumerate(document.sentences):
        observations += count(
            sentence,
            links,
            framed,
            discourse.subject_at,
            thread,
            index=index,
            body=body,
        )
    return Reading(
        document, framed, body, links, statements, observations, thread.findings
    )


_FULL_NAME = 3
"""Shorter names may be words in another text."""
_MOST_PERSONS = 500
"""So many persons are remembered, those who were named last."""


def _remember(persons: dict[str, Mention], found: Iterable[Mention]) -> None:
    """Adds the persons of a document: the next news of a paper tell of the same."""
    for name in found:
        if name.type is EntityType.PER and len(name.text) >= _FULL_NAME:
            persons[name.text] = persons.pop(name.text, name)
    for old in list(persons)[:-_MOST_PERSONS]:
        del persons[old]


def _in_title(framed: Frame, inner: Sequence[Link]) -> str:
    """The body that a title opens with, of no kind that framing knows: 市农业农村局|工作总结."""
    span = framed.title_span
    if span is None or framed.body or framed.kind.endswith("新闻"):
        return ""
    opens = (link for link in inner if link.mention.start == span.start)
    own = (link.entity for link in opens if link.mention.type is EntityType.ORG)
    return next(own, None) or ""


def extract(raw: RawText) -> Extraction:
    """All that one file gives.

    Args:
        raw: The file as decoded.

    Returns:
        Its documents, entities, mentions, statements, observations and
        findings; every span counts characters of `raw.text`.
    """
    cleaned = clean(raw)
    registry = Registry()
    persons: dict[str, Mention] = {}
    readings = [
        read_document(document, framed, registry, persons)
        for document, framed in documents_of(cleaned)
    ]
    return assemble(raw, cleaned, registry, readings)


def assemble(
    raw: RawText, cleaned: CleanText, registry: Registry, readings: list[Reading]
) -> Extraction:
    """Puts the readings of a file together, in source offsets."""
    documents: list[FramedDocument] = []
    sentences: list[SourceSentence] = []
    links: list[Link] = []
    statements: list[Statement] = []
    observations: list[Observation] = []
    findings = [*raw.findings, *cleaned.findings]
    for number, reading in enumerate(readings):
        document = reading.document
        offset = len(sentences)
        documents.append(_framed(reading))
        sentences += [
            SourceSentence(
                number,
                document.sections[s.section].title,
                s.text,
                document.source(s.start, s.end),
                s.planned,
            )
            for s in document.sentences
        ]
        links += [_sourced_link(document, link) for link in reading.links]
        statements += [
            s.shown_by(
                _sourced(document, s.evidence, offset),
                tuple(_sourced(document, one, offset) for one in s.again),
            )
            for s in reading.statements
        ]
        observations += [
            o.shown_by(_sourced(document, o.evidence, offset))
            for o in reading.observations
        ]
        findings += [
            replace(f, span=document.source(*f.span)) if f.span else f
            for f in (*reading.frame.findings, *reading.findings)
        ]
    return Extraction(
        raw,
        tuple(documents),
        tuple(sentences),
        registry.entities(),
        tuple(links),
        tuple(together(statements)),
        tuple(observations),
        tuple(findings),
    )


def _framed(reading: Reading) -> FramedDocument:
    document, found = reading.document, reading.frame

    def source(span: Span | None) -> Span | None:
        return document.source(*span) if span else None

    return FramedDocument(
        document.id,
        replace(
            found,
            title_span=source(found.title_span),
            presenter_span=source(found.presenter_span),
            meeting_span=source(found.meeting_span),
            findings=(),
        ),
        document.source(0, len(document.text)),
        reading.body,
    )


def _sourced(document: Document, evidence: Evidence, offset: int) -> Evidence:
    spans = tuple(document.source(start, end) for start, end in evidence.spans)
    sentence = evidence.sentence + offset
    return Evidence(sentence, spans, evidence.rule, evidence.confidence)


def _sourced_link(document: Document, link: Link) -> Link:
    start, end = document.source(link.mention.start, link.mention.end)
    return Link(link.mention.moved(start, end), link.entity, link.reason)
