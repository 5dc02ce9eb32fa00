"""An extraction as the JSON object that `extract` prints and a build keeps.

One record stands on each line, keys and records in a fixed order: the same
extraction gives the same bytes, and two versions can be compared line by line.
Offsets are half-open and count the characters (code points) of the file as
decoded; for .docx, .pdf and .html those of the text taken out of it, which is
kept beside the JSON.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections import Counter
from decimal import Decimal
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, TypeAlias

from zhengpu.graph.reporting import findings_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from zhengpu.model import (
        Entity,
        Evidence,
        Extraction,
        Finding,
        FramedDocument,
        Link,
        Observation,
        RawText,
        Statement,
    )

FORMAT = "zhengpu-extraction/1"
LONGEST_STEM = 180
"""In bytes of UTF-8: with `~`, a digest and `.json` it stays below the 255
that file systems allow."""

Value: TypeAlias = "str | int | float | Decimal | bool | None"
Record: TypeAlias = "Mapping[str, Value | Sequence[object] | Mapping[str, str]]"


def serialise(extraction: Extraction, text_name: str | None = None) -> str:
    """The extraction as JSON text, ending with a line end.

    Args:
        extraction: What one file gave.
        text_name: Name of the file that keeps the text beside the JSON, where
            the source itself is not a text file.
    """
    parts = [f" {_json(key)}: {_json(value)}" for key, value in _head(extraction.raw)]
    if text_name is not None:
        parts += [f" {_json(k)}: {_json(v)}" for k, v in _text(extraction, text_name)]
    parts += [_lines(key, records) for key, records in _lists(extraction)]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def is_text_file(raw: RawText) -> bool:
    """Whether offsets count the characters of the file itself.

    >>> from zhengpu.model import RawText
    >>> is_text_file(RawText("a.txt", "文", "", "utf-8"))
    True
    >>> is_text_file(RawText("a.docx", "文", "", "text/docx"))
    False
    """
    return not raw.encoding.startswith("text/")


def stems_of(raws: Sequence[RawText]) -> list[str]:
    """What each file's extraction is called, without suffix.

    It is the file's name without its last suffix; where two collide (also only
    in case, as some file systems do not tell it apart), and where it is too
    long, with `~` and the first eight characters of the file's sha256.

    >>> from zhengpu.model import RawText
    >>> names = ["a/报告.txt", "b/报告.md", "讲话.txt"]
    >>> stems_of([RawText(name, "", f"{i}234567890", "") for i, name in enumerate(names)])
    ['报告~02345678', '报告~12345678', '讲话']
    """
    names = [PurePosixPath(raw.name).stem for raw in raws]
    count = Counter(map(_folded, names))
    return [
        _distinguished(name, raw)
        if count[_folded(name)] > 1 or len(name.encode()) > LONGEST_STEM
        else name
        for name, raw in zip(names, raws, strict=True)
    ]


def _distinguished(name: str, raw: RawText) -> str:
    shortened = name.encode()[:LONGEST_STEM].decode(errors="ignore")
    return f"{shortened}~{raw.sha256[:8]}"


def _folded(stem: str) -> str:
    return unicodedata.normalize("NFC", stem).casefold()


def _head(raw: RawText) -> list[tuple[str, Value]]:
    return [
        ("format", FORMAT),
        ("source", raw.name),
        ("sha256", raw.sha256),
        ("encoding", raw.encoding),
        ("characters", len(raw.text)),
    ]


def _text(extraction: Extraction, name: str) -> list[tuple[str, Value | list[int]]]:
    raw = extraction.raw
    digest = hashlib.sha256(raw.text.encode()).hexdigest()
    rows: list[tuple[str, Value | list[int]]] = [
        ("text", name),
        ("text_sha256", digest),
    ]
    return [*rows, ("pages", list(raw.pages))] if raw.pages else rows


def _lists(extraction: Extraction) -> list[tuple[str, list[Record]]]:
    """The six lists in the order that the format gives, each one sorted."""
    mentions = sorted(
        extraction.mentions,
        key=lambda link: (link.mention.start, link.mention.end, link.mention.type),
    )
    entities = sorted(
        extraction.entities, key=lambda e: (e.type, e.name, e.scope, _number(e.id))
    )
    statements = sorted(
        extraction.statements,
        key=lambda s: (
            *_extent(s.evidence),
            s.relation,
            _number(s.subject),
            _number(s.object),
            s.role,
            s.planned,
            s.evidence.rule,
        ),
    )
    observations = sorted(
        extraction.observations,
        key=lambda o: (*_extent(o.evidence), o.measure, o.value, o.unit, o.period),
    )
    return [
        ("documents", [_document(document) for document in extraction.documents]),
        ("mentions", [_mention(link) for link in mentions]),
        ("entities", [_entity(entity) for entity in entities]),
        ("relations", [_relation(statement) for statement in statements]),
        ("statistics", [_statistic(observation) for observation in observations]),
        ("findings", [_finding(finding) for finding in findings_of(extraction)]),
    ]


def _document(document: FramedDocument) -> Record:
    frame = document.frame
    return {
        "id": document.id,
        "kind": frame.kind,
        "title": frame.title,
        "place": frame.place.name if frame.place else None,
        "adcode": frame.place.adcode if frame.place else None,
        "body": frame.body,
        "presenter": frame.presenter,
        "date": frame.date,
        "meeting": frame.meeting,
        "period": frame.period,
        "start": document.span.start,
        "end": document.span.end,
    }


def _mention(link: Link) -> Record:
    mention = link.mention
    return {
        "start": mention.start,
        "end": mention.end,
        "type": mention.type.value,
        "entity": link.entity,
        "rule": mention.rule,
    }


def _entity(entity: Entity) -> Record:
    return {
        "id": entity.id,
        "type": entity.type.value,
        "name": entity.name,
        "aliases": list(entity.aliases),
        "scope": entity.scope,
        "kind": entity.kind,
    }


def _relation(statement: Statement) -> Record:
    evidence = statement.evidence
    role = {"role": statement.role} if statement.role else {}
    others = [
        [{"start": span.start, "end": span.end} for span in one.spans]
        for one in statement.again
    ]
    again = {"again": others} if others else {}
    return {
        "subject": statement.subject,
        "relation": statement.relation.value,
        "object": statement.object,
        **role,
        "planned": statement.planned,
        "confidence": evidence.confidence,
        "rule": evidence.rule,
        "evidence": [{"start": span.start, "end": span.end} for span in evidence.spans],
        **again,
    }


def _statistic(observation: Observation) -> Record:
    start, end = _extent(observation.evidence)
    words = {
        key: value
        for key, value in (
            ("period_text", observation.period_text),
            ("basis", observation.basis),
        )
        if value
    }
    return {
        "subject": observation.subject,
        "indicator": observation.indicator,
        "measure": observation.measure,
        "value": observation.value,
        "unit": observation.unit,
        "approx": observation.approx,
        "period": observation.period,
        **words,
        "planned": observation.planned,
        "rule": observation.evidence.rule,
        "start": start,
        "end": end,
    }


def _finding(finding: Finding) -> Record:
    return {
        "severity": finding.severity.value,
        "stage": finding.stage,
        "code": finding.code,
        "parameters": dict(finding.parameters),
        "start": finding.span.start if finding.span else None,
        "end": finding.span.end if finding.span else None,
    }


def _extent(evidence: Evidence) -> tuple[int, int]:
    """From the first to the last character of the evidence."""
    return (
        min(span.start for span in evidence.spans),
        max(span.end for span in evidence.spans),
    )


def _number(entity: str) -> tuple[int, str]:
    """Sorts e2 before e10."""
    return len(entity), entity


def _lines(key: str, records: list[Record]) -> str:
    """One list of the object, a record to each line."""
    if not records:
        return f" {_json(key)}: []"
    lines = ",\n  ".join(_json(record) for record in records)
    return f" {_json(key)}: [\n  {lines}\n ]"


def _json(value: object) -> str:
    """JSON text; decimals keep every digit, which the json module cannot do."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, dict) and isinstance(value.get("value"), Decimal):
        return (
            "{" + ", ".join(f"{_json(k)}: {_json(v)}" for k, v in value.items()) + "}"
        )
    return _ENCODER.encode(value)


_ENCODER = json.JSONEncoder(ensure_ascii=False)
