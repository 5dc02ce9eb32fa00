"""Which report a sentence of a file belongs to, and what it is known by."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from zhengpu.graph.merged import Attestation
from zhengpu.graph.vocabulary import digest, key, segment
from zhengpu.model import EntityType

if TYPE_CHECKING:
    from zhengpu.model import Evidence, Extraction, FramedDocument, Span


class Placing:
    """Where the evidence of one file stands."""

    def __init__(self, extraction: Extraction, reports: tuple[str, ...]) -> None:
        self.extraction = extraction
        self.name = extraction.raw.name
        self.reports = reports
        self.cited: dict[str, tuple[str, str, str, tuple[str, Span]]] = {}
        seen: Counter[tuple[int, str]] = Counter()
        self.ordinals: list[int] = []
        for sentence in extraction.sentences:
            seen[sentence.document, sentence.text] += 1
            self.ordinals.append(seen[sentence.document, sentence.text])

    def attestation(
        self, evidence: Evidence, *, omitted: bool = False
    ) -> Attestation | None:
        """The place that evidence points to, or None where there is none."""
        number, sentences = evidence.sentence, self.extraction.sentences
        if not 0 <= number < len(sentences):
            return None
        sentence = sentences[number]
        if not 0 <= sentence.document < len(self.reports):
            return None
        raw, report = self.extraction.raw, self.reports[sentence.document]
        hashed = digest(report, sentence.text)
        quote = f"Evidence/{hashed}-{self.ordinals[number]}"
        place = (raw.sha256, sentence.span)
        self.cited[quote] = (report, sentence.section, sentence.text, place)
        spans = tuple(
            (span, raw.text[span.start : span.end])
            for span in sorted(set(evidence.spans or (sentence.span,)))
        )
        return Attestation(
            quote, raw.sha256, spans, evidence.rule, evidence.confidence, omitted
        )


def report_key(
    extraction: Extraction, document: FramedDocument, keys: dict[str, str]
) -> str:
    """The key of the entity that is this document, else one from its frame.

    Reports have the same titles year after year and place after place, so that
    body or place and period belong to the key.
    """
    frame = document.frame
    if frame.title is None:
        stem = PurePosixPath(extraction.raw.name).stem
        return key(EntityType.DOC, stem, extraction.raw.sha256[:8])
    title = segment(frame.title)
    for entity in extraction.entities:
        names = (entity.name, *entity.aliases)
        if entity.type is EntityType.DOC and title in map(segment, names):
            return keys[entity.id]
    owner = frame.place.name if frame.place else frame.body or ""
    time = frame.period or frame.date or ""
    scope = time if segment(owner) in title else f"{owner}:{time}".strip(":")
    return key(EntityType.DOC, frame.title, scope)


def reports_naming(
    extraction: Extraction, reports: tuple[str, ...]
) -> dict[str, set[str]]:
    """Which of a file's reports mention each entity, by the entity's id.

    An entity that no mention names (the place of a body, say) is left out.
    """
    starts = [document.span.start for document in extraction.documents]
    order = sorted(range(len(starts)), key=starts.__getitem__)
    sorted_starts = sorted(starts)
    naming: dict[str, set[str]] = defaultdict(set)
    for link in extraction.mentions:
        at = bisect_right(sorted_starts, link.mention.start) - 1
        if link.entity is not None and at >= 0:
            naming[link.entity].add(reports[order[at]])
    return naming
