"""Extractions made from the gold annotations, as if the extractor were perfect.

The texts and annotations lie in `tests/gold`; their sentences are split and
their entities scoped just well enough for the graph layer to have real data.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from decimal import Decimal
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhengpu.model import (
    Area,
    Entity,
    EntityType,
    Evidence,
    Extraction,
    Frame,
    FramedDocument,
    Link,
    Mention,
    Observation,
    RawText,
    Relation,
    SourceSentence,
    Span,
    Statement,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

GOLD = Path(__file__).parent / "gold"
NAMES = tuple(sorted(path.stem for path in GOLD.glob("*.ann")))

MARK = re.compile(r"\[\[(.*?)\|(ORG|PER|PLC|PRG|DOC|EVT|AWD)\|([^\]|]+)\]\]", re.DOTALL)
SENTENCE = re.compile(r"[^\s。！？][^。！？]*[。！？]?")
PLANS = re.compile(r"\n\s*(?:20\d\d年|今后|下一步)[^\n。]{0,8}(?:安排|任务|打算|工作)")
NATIONAL = {"习近平", "汪洋", "张庆黎", "刘奇葆", "李斌"}
ADCODES = {
    "辽宁省": "210000",
    "阜新市": "210900",
    "阜新蒙古族自治县": "210921",
    "阿拉善左旗": "152921",
    "东乌珠穆沁旗": "152525",
    "西乌珠穆沁旗": "152526",
    "建湖县": "320925",
    "永宁县": "640121",
    "四川省": "510000",
    "南充市": "511300",
    "阆中市": "511381",
    "苍溪县": "510824",
    "广元市": "510800",
    "重庆市": "500000",
    "合川区": "500117",
    "山西省": "140000",
    "平遥县": "140728",
    "云南省": "530000",
    "丽江市": "530700",
    "古城区": "530702",
    "昆明市": "530100",
    "北京市": "110000",
    "上海市": "310000",
}
LEVELS = {"0000": "province", "00": "prefecture", "": "county"}


def level_of(adcode: str) -> str:
    """The administrative level that a code's trailing zeros tell."""
    return next(level for end, level in LEVELS.items() if adcode.endswith(end))


@cache
def gold_extraction(name: str) -> Extraction:
    """The gold annotation `NAME.ann` and `NAME.json` as an extraction."""
    source, links = marked(GOLD / f"{name}.ann")
    gold = json.loads((GOLD / f"{name}.json").read_text(encoding="utf-8"))
    raw = RawText(f"{name}.txt", source, sha256(source.encode()).hexdigest(), "utf-8")
    plans = max((hit.start() for hit in PLANS.finditer(source)), default=len(source))
    sentences = tuple(
        SourceSentence(
            0, "", re.sub(r"\s", "", hit[0]), Span(*hit.span()), hit.start() > plans
        )
        for hit in SENTENCE.finditer(source)
    )
    finder = Finder(source, sentences, links)
    document = gold["document"]
    entities = tuple(entity_of(row, document) for row in gold["entities"])
    statements = tuple(
        Statement(
            row["subject"],
            Relation(row["relation"]),
            row["object"],
            evidence,
            role=row.get("role") or "",
            planned=sentences[evidence.sentence].planned,
        )
        for row in gold["relations"]
        for evidence in [finder.evidence(row, row["relation"])]
    )
    observations = tuple(
        Observation(
            row["subject"],
            row["measure"],
            Decimal(str(row["value"])),
            row["unit"],
            evidence,
            approx=row.get("approx", False),
            period=str(row["period"]),
            period_text=row.get("period_text", ""),
            planned=sentences[evidence.sentence].planned,
        )
        for row in gold["statistics"]
        for evidence in [finder.evidence(row, "statistics")]
    )
    return Extraction(
        raw,
        (framed(document, entities, len(source)),),
        sentences,
        entities,
        links,
        statements,
        observations,
    )


def gold_extractions() -> tuple[Extraction, ...]:
    """Every gold annotation as an extraction, in the order of their names."""
    return tuple(gold_extraction(name) for name in NAMES)


def marked(path: Path) -> tuple[str, tuple[Link, ...]]:
    """The source text of a marked one, and its mentions."""
    with path.open(encoding="utf-8", newline="") as file:
        text = file.read()
    source, links, at = "", [], 0
    for hit in MARK.finditer(text):
        source += text[at : hit.start()]
        span = Span(len(source), len(source) + len(hit[1]))
        clean = re.sub(r"\s", "", hit[1])
        mention = Mention(EntityType(hit[2]), *span, clean, "gold/mention")
        links.append(Link(mention, hit[3]))
        source += hit[1]
        at = hit.end()
    return source + text[at:], tuple(links)


class Finder:
    """Finds the sentence and the spans that an annotation's words stand in."""

    def __init__(
        self, source: str, sentences: Sequence[SourceSentence], links: Sequence[Link]
    ) -> None:
        self.offsets = [at for at, sign in enumerate(source) if not sign.isspace()]
        self.flat = "".join(source[at] for at in self.offsets)
        self.starts = [sentence.span.start for sentence in sentences]
        self.sentences = sentences
        self.named: dict[str, dict[int, Span]] = {}
        for link in links:
            span = Span(link.mention.start, link.mention.end)
            if link.entity is not None:
                self.named.setdefault(link.entity, {}).setdefault(
                    self.sentence_at(span.start), span
                )

    def sentence_at(self, offset: int) -> int:
        """The index of the sentence that holds the source offset."""
        return max(bisect_right(self.starts, offset) - 1, 0)

    def evidence(self, row: dict[str, Any], rule: str) -> Evidence:
        """The words that a gold row quotes, else the mentions of its entities."""
        quote = re.sub(r"\s", "", row.get("evidence") or "")
        at = self.flat.find(quote) if quote else -1
        if at >= 0:
            start = self.offsets[at]
            number = self.sentence_at(start)
            end = min(
                self.offsets[at + len(quote) - 1] + 1, self.sentences[number].span.end
            )
            return Evidence(number, (Span(start, end),), f"gold/{rule}")
        subject = self.named.get(row["subject"], {})
        things = self.named.get(row.get("object", ""), {})
        both = [number for number in things if number in subject]
        number = min(both or things or subject or [0])
        found = {where[number] for where in (subject, things) if number in where}
        spans = tuple(sorted(found)) or (self.sentences[number].span,)
        return Evidence(number, spans, f"gold/{rule}")


def entity_of(row: dict[str, Any], document: dict[str, Any]) -> Entity:
    """A gold entity with the scope that resolution would give it."""
    kind, name, place = EntityType(row["type"]), row["name"], document["place"]
    adcode = ADCODES.get(name, "") if kind is EntityType.PLC else ""
    scope = adcode
    if kind is EntityType.DOC and name == document["title"]:
        scope = str(document["year"])
    elif (kind is EntityType.PLC and not adcode) or (
        kind is EntityType.PER and name not in NATIONAL
    ):
        scope = place
    return Entity(
        row["id"],
        kind,
        name,
        tuple(row.get("aliases", ())),
        scope,
        adcode=adcode,
        level=level_of(adcode) if adcode else "",
    )


def framed(
    document: dict[str, Any], entities: Sequence[Entity], length: int
) -> FramedDocument:
    """The whole file as one document."""
    title, place, year = document["title"], document["place"], str(document["year"])
    named = re.sub("第[一二三四五六七八九十]+届", "", title)
    bodies = [
        entity
        for entity in entities
        if entity.type is EntityType.ORG and named.startswith(entity.name)
    ]
    body = max(bodies, key=lambda entity: len(entity.name), default=None)
    adcode = ADCODES.get(place)
    frame = Frame(
        kind=document["kind"],
        title=title,
        body=body.name if body else None,
        place=Area(adcode, place, level_of(adcode), None) if adcode else None,
        presenter=document["presenter"],
        date=document["date"],
        period=year,
    )
    return FramedDocument("d1", frame, Span(0, length), body.id if body else "")


def extraction_of(
    text: str,
    entities: tuple[Entity, ...] = (),
    statements: tuple[Statement, ...] = (),
    observations: tuple[Observation, ...] = (),
    name: str = "甲县报告.txt",
) -> Extraction:
    """An extraction of a few words, for tests of one thing."""
    raw = RawText(name, text, sha256(text.encode()).hexdigest(), "utf-8")
    sentences = tuple(
        SourceSentence(0, "", hit[0], Span(*hit.span()), planned=False)
        for hit in SENTENCE.finditer(text)
    )
    documents = (FramedDocument("d1", Frame(), Span(0, len(text))),)
    return Extraction(
        raw,
        documents,
        sentences,
        entities,
        statements=statements,
        observations=observations,
    )
