"""What a build read, found and did not understand, as a report.

The report is made of values (`reported`); `rendering` writes them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from zhengpu.graph.charts import charts_of
from zhengpu.graph.checking import check
from zhengpu.graph.comparing import label, occurring, series_of
from zhengpu.graph.gathering import points_of
from zhengpu.graph.posts import held_of, posts
from zhengpu.graph.promises import accounts
from zhengpu.graph.reported import (
    Coverage,
    DocumentReport,
    MappedSentence,
    Report,
    Skipped,
    SourceReport,
    Violation,
)
from zhengpu.model import EntityType, Finding, Relation

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from zhengpu.graph.merged import Merged
    from zhengpu.graph.points import Point
    from zhengpu.model import Extraction, Observation, Span, Statement

CHARTS = 24
"""Indicators that the page shows as pictures, those of most years first."""

NUMERAL = re.compile(r"\d+(?:\.\d+)?|[零〇一二三四五六七八九十百千万亿两]{2,}")
"""What counts as a numeral for coverage: a run of digits, or two and more
numeral characters."""


def findings_of(extraction: Extraction) -> tuple[Finding, ...]:
    """The findings of reading a file and of understanding it, each once."""
    read = extraction.raw.findings
    return (*read, *(f for f in extraction.findings if f not in read))


def report(  # noqa: PLR0913 - one for each part of the page
    extractions: Sequence[Extraction],
    skipped: Sequence[Skipped] = (),
    notices: Sequence[Finding] = (),
    triples: int = 0,
    violations: Sequence[Violation] = (),
    *,
    merged: Merged | None = None,
) -> Report:
    """The report of a build.

    Args:
        extractions: What was read, in the order of the files.
        skipped: The files that could not be read.
        notices: Findings about the build as a whole.
        triples: How many statements graph.ttl and evidence.ttl hold.
        violations: What SHACL validation found.
        merged: What the files say together: for checks, promises, pictures,
            corrections and candidates.
    """
    distinct = {
        extraction.raw.sha256: extraction for extraction in extractions
    }.values()
    entities = {
        (entity.type, entity.name, entity.scope)
        for extraction in distinct
        for entity in extraction.entities
    }
    types = Counter(kind for kind, _, _ in entities)
    relations = Counter(
        statement.relation
        for extraction in distinct
        for statement in extraction.statements
    )
    points = points_of(merged) if merged else []
    return Report(
        sources=tuple(source_report(extraction) for extraction in extractions),
        skipped=tuple(skipped),
        notices=tuple(notices),
        entities=tuple((kind.value, types[kind]) for kind in EntityType),
        relations=tuple((name.value, relations[name]) for name in Relation),
        statistics=sum(len(extraction.observations) for extraction in distinct),
        triples=triples,
        violations=tuple(violations),
        checks=tuple(check(points, distinct, posts(held_of(merged)) if merged else ())),
        accounts=tuple(accounts(distinct, points)) if merged else (),
        charts=tuple(_charts(points)),
        corrections=merged.corrections if merged else (),
        candidates=merged.candidates if merged else (),
    )


def _charts(points: Sequence[Point]) -> Iterable[tuple[str, tuple[str, ...]]]:
    """The pictures of the indicators that most years have."""
    held: dict[str, list[Point]] = defaultdict(list)
    for point in points:
        held[point.what].append(point)
    shown = 0
    for found in occurring(points):
        if shown < CHARTS and found.years > 1 and not found.what.startswith("="):
            pictures = charts_of(series_of(held[found.what]), label(found.what))
            if pictures:
                shown += 1
                yield label(found.what), tuple(pictures)


def source_report(extraction: Extraction) -> SourceReport:
    """The figures of one file."""
    facts = _facts(extraction)
    raw = extraction.raw
    return SourceReport(
        name=raw.name,
        sha256=raw.sha256,
        encoding=raw.encoding,
        characters=len(raw.text),
        documents=tuple(
            DocumentReport(
                document.frame.kind,
                document.frame.title or "",
                document.frame.place.name if document.frame.place else "",
                document.frame.period or "",
            )
            for document in extraction.documents
        ),
        entities=len(extraction.entities),
        mentions=len(extraction.mentions),
        relations=len(extraction.statements),
        statistics=len(extraction.observations),
        planned=sum(fact.planned for fact in facts),
        sentences=_sentences_covered(extraction),
        numerals=_numerals_covered(extraction),
        map=_mapped(extraction),
        findings=findings_of(extraction),
    )


def _facts(extraction: Extraction) -> Iterable[Statement | Observation]:
    return (*extraction.statements, *extraction.observations)


def _sentences_covered(extraction: Extraction) -> Coverage:
    held = {one.sentence for fact in _facts(extraction) for one in fact.places}
    return Coverage(len(held), len(extraction.sentences))


def sentences_of_mentions(extraction: Extraction) -> list[int]:
    """For each mention, the index of the sentence that holds it."""
    places = sorted(
        (sentence.span.start, index)
        for index, sentence in enumerate(extraction.sentences)
    )
    starts = [start for start, _ in places]
    return [
        places[max(bisect_right(starts, link.mention.start) - 1, 0)][1]
        for link in extraction.mentions
    ]


def _mapped(extraction: Extraction) -> tuple[MappedSentence, ...]:
    """The sentences with the numbers of what was found in each."""
    mentions = Counter(sentences_of_mentions(extraction))
    relations, statistics = (
        Counter(one.sentence for fact in facts for one in fact.places)
        for facts in (extraction.statements, extraction.observations)
    )
    text, last, mapped = extraction.raw.text, 0, []
    for index, sentence in enumerate(extraction.sentences):
        start, end = sentence.span
        begins = index == 0 or "\n" in text[last:start] or start < last
        counts = mentions[index], relations[index], statistics[index]
        mapped.append(
            MappedSentence(sentence.text, sentence.planned, begins, *counts, start)
        )
        last = end
    return tuple(mapped)


def _numerals_covered(extraction: Extraction) -> Coverage:
    """Numerals that a mention or a statistic's evidence contains."""
    spans: list[Span | tuple[int, int]] = [
        span for fact in extraction.observations for span in fact.evidence.spans
    ]
    spans += [(link.mention.start, link.mention.end) for link in extraction.mentions]
    text = extraction.raw.text
    known = bytearray(len(text) + 1)
    for start, end in spans:
        known[start:end] = b"\1" * (end - start)
    numerals = [found.start() for found in NUMERAL.finditer(text)]
    return Coverage(sum(known[start] for start in numerals), len(numerals))
