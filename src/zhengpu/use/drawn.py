"""What the explorer's page holds: a build as plain lists, ready for JSON.

Things come in the order of their importance; everything else names them by
their place in that order. The page's `knowledge.js` reads these lists again.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, RdfFormat, parse

from zhengpu.graph.facts import CLASSES, pinyin
from zhengpu.graph.merging import plain
from zhengpu.graph.vocabulary import ONTOLOGY, SCHEMES
from zhengpu.model import EntityType, Relation
from zhengpu.settings import BASE_IRI, PACKAGE, shipped
from zhengpu.text.widths import MARKS, WIDTHS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from zhengpu.graph.merged import (
        Attestation,
        Claim,
        Figure,
        Merged,
        Quote,
        Report,
        Thing,
    )
    from zhengpu.model import Span

TEXT_LIMIT: Final = 3_000_000
"""Characters of report texts that a page holds at most."""
CLEARLY: Final = 2 / 3
"""Share of a thing's facts that makes one home its own."""

TEMPLATES: Final = PACKAGE / "use" / "templates" / "explorer"
RELATIONS: Final = tuple(Relation)
_FOLDED: Final = (
    {ord(wide): narrow for wide, narrow in WIDTHS.items()}
    | {ord(wide): narrow for narrow, wide in MARKS.items()}
    | {ord(sign): '"' for sign in "“”「」『』﹁﹂﹃﹄"}
    | {ord(sign): "'" for sign in "‘’"}
)
"""Characters that cleaning may have made alike."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a page holds, and what its picture is laid out from."""

    content: dict[str, object]
    things: tuple[Thing, ...]
    """By importance."""
    pairs: tuple[tuple[int, int], ...]
    """Things that a claim ties, each pair once."""
    homes: tuple[int, ...]
    """Of each thing, the place or report that it belongs to."""


def drawn(merged: Merged, texts: Mapping[str, str], *, base: str = BASE_IRI) -> Drawn:
    """Everything that a page shows of a build.

    Args:
        merged: What the files say together.
        texts: Source text by the file's sha256; a file without text is shown
            by its quotes alone.
        base: Under whose `id/` the things lie.
    """
    things = _by_importance(merged)
    number = {thing.key: i for i, thing in enumerate(things)}
    reports = {report.key: i for i, report in enumerate(merged.reports)}
    owners = _owners(merged.reports)
    home_names, homes = _homes(merged, things, owners)
    pairs = {
        (min(pair), max(pair))
        for claim in merged.claims
        for pair in [(number[claim.subject], number[claim.object])]
    }
    places = _Places(merged, texts)
    content: dict[str, object] = {
        "base": f"{base}id/",
        "ontology": ONTOLOGY,
        "types": [
            [kind.value, _local(CLASSES[kind]), *_label(_local(CLASSES[kind]))]
            for kind in EntityType
        ],
        "relations": [[kind.value, *_label(kind.value)] for kind in RELATIONS],
        "kinds": _kinds(things),
        "things": [_thing(thing, reports) for thing in things],
        "reports": [_report(report, number, places) for report in merged.reports],
        "sources": places.sources,
        "quotes": [_quote(quote, reports, places) for quote in merged.quotes],
        "claims": [_claim(claim, number, places) for claim in merged.claims],
        "figures": [_figure(figure, number, places) for figure in merged.figures],
        "rules": places.rules,
        "homes": [[number.get(name, -1), reports.get(name, -1)] for name in home_names],
        "homeOf": homes,
    }
    return Drawn(content, things, tuple(sorted(pairs)), tuple(homes))


# -- things --------------------------------------------------------------------


def _by_importance(merged: Merged) -> tuple[Thing, ...]:
    """Those with many facts first."""
    facts: Counter[str] = Counter()
    for claim in merged.claims:
        facts[claim.subject] += 2
        facts[claim.object] += 2
    for figure in merged.figures:
        facts[figure.subject] += 1
    return tuple(
        sorted(
            merged.things,
            key=lambda thing: (-facts[thing.key], -len(thing.reports), thing.key),
        )
    )


def _thing(thing: Thing, reports: Mapping[str, int]) -> list[object]:
    kind = _concept(thing)
    return [
        thing.key,
        thing.type.value,
        thing.name,
        list(thing.aliases),
        [plain_pinyin(name) for name in (thing.name, *thing.aliases)],
        short(thing.name),
        kind or 0,
        thing.adcode or thing.scope or 0,
        f"level/{thing.level}" if thing.level else 0,
        [reports[key] for key in thing.reports],
    ]


def _concept(thing: Thing) -> str:
    schemes = {EntityType.ORG: "organizationType", EntityType.PRG: "programType"}
    if not thing.kind or thing.type not in schemes:
        return ""
    return f"{schemes[thing.type]}/{thing.kind}"


def _kinds(things: Sequence[Thing]) -> dict[str, tuple[str, str]]:
    """The labels of every kind and level that a thing has."""
    used = {_concept(thing) for thing in things}
    used |= {f"level/{thing.level}" for thing in things if thing.level}
    return {name: _label(name) for name in sorted(used - {""})}


@cache
def plain_pinyin(name: str) -> str:
    """A name in pinyin without tones, syllables apart; nothing for other scripts.

    >>> plain_pinyin("重庆市")
    'chong qing shi'
    """
    parts = unicodedata.normalize("NFD", pinyin(name))
    # ü is typed as v
    return "".join(
        sign
        for sign in parts.replace("u\u0308", "v")
        if not unicodedata.combining(sign)
    )


@cache
def _short_forms() -> tuple[tuple[re.Pattern[str], str], ...]:
    with (TEMPLATES / "short_forms.tsv").open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return tuple((re.compile(row["pattern"]), row["short"]) for row in rows)


def short(name: str) -> str:
    """A name as people shorten it, for labels in the picture.

    >>> short("中国人民政治协商会议阜新市第十五届委员会第三次会议")
    '阜新市政协十五届三次会议'
    >>> short("中国共产党南充市委员会")
    '中共南充市委'
    """
    for pattern, form in _short_forms():
        name = pattern.sub(form, name)
    return name


# -- homes ---------------------------------------------------------------------


def _owners(reports: Sequence[Report]) -> dict[str, str]:
    """The place of each report, or the report itself where that tells more."""
    by_place = {report.key: report.place or report.key for report in reports}
    if len(set(by_place.values())) > 1:
        return by_place
    return {report.key: report.key for report in reports}


def _homes(
    merged: Merged, things: Sequence[Thing], owners: Mapping[str, str]
) -> tuple[list[str], list[int]]:
    """The homes, and which of them each thing has.

    A thing that no home can clearly claim lives in the home without a name.
    """
    report_of = {quote.key: quote.report for quote in merged.quotes}
    weights: dict[str, Counter[str]] = defaultdict(Counter)
    for claim in merged.claims:
        for attestation in claim.attestations:
            owner = owners[report_of[attestation.quote]]
            weights[claim.subject][owner] += 1
            weights[claim.object][owner] += 1
    chosen: list[str] = []
    for thing in things:
        weight = weights[thing.key] + Counter(owners[key] for key in thing.reports)
        best = min(weight, key=lambda owner: (-weight[owner], owner), default="")
        enough = best and weight[best] >= CLEARLY * weight.total()
        chosen.append(best if enough else "")
    names = sorted(set(chosen))
    place = {name: i for i, name in enumerate(names)}
    return names, [place[name] for name in chosen]


# -- facts and where they stand ------------------------------------------------


class _Places:
    """Sources, quotes and rules by number."""

    def __init__(self, merged: Merged, texts: Mapping[str, str]) -> None:
        self.source = {source.sha256: i for i, source in enumerate(merged.sources)}
        self.quote = {quote.key: i for i, quote in enumerate(merged.quotes)}
        self.quotes = merged.quotes
        self.texts = texts
        facts: list[Claim | Figure] = [*merged.claims, *merged.figures]
        self.rules: list[str] = sorted(
            {place.rule for fact in facts for place in fact.attestations}
        )
        self.rule = {rule: i for i, rule in enumerate(self.rules)}
        self.aligned: dict[tuple[int, str], list[int] | None] = {}
        shown, left = set(), TEXT_LIMIT
        for source in sorted(merged.sources, key=lambda s: (s.characters, s.sha256)):
            left -= source.characters
            if source.sha256 in texts and left >= 0:
                shown.add(source.sha256)
        self.sources: list[list[object]] = [
            [source.names[0], texts[source.sha256] if source.sha256 in shown else 0]
            for source in merged.sources
        ]

    def of(self, attestation: Attestation) -> list[object]:
        """An attestation as a list; `fact.places` of knowledge.js names its parts."""
        number = self.quote[attestation.quote]
        marks = self.marks(number, attestation)
        spans = [at for span, _ in attestation.spans for at in span]
        start = dict(self.quotes[number].places)[attestation.source].start
        told = spans == [start + at for at in marks]
        confidence = attestation.confidence
        return [
            number,
            self.source[attestation.source],
            marks,
            0 if told else spans,
            self.rule[attestation.rule],
            int(confidence) if confidence in {0.0, 1.0} else confidence,
            int(attestation.subject_omitted),
        ]

    def text_of(self, quote: Quote) -> str | int:
        """A quote's text, or 0 where it stands just so in its first source."""
        sha256, span = quote.places[0]
        shown = self.sources[self.source[sha256]][1]
        if isinstance(shown, str) and shown[span.start : span.end] == quote.text:
            return 0
        return quote.text

    def marks(self, number: int, attestation: Attestation) -> list[int]:
        """Where the evidence stands in the quote's clean text, by twos."""
        quote = self.quotes[number]
        key = (number, attestation.source)
        if key not in self.aligned:
            self.aligned[key] = self._align(quote, attestation.source)
        offsets = self.aligned[key]
        marks: list[int] = []
        for span, words in attestation.spans:
            if offsets is not None:
                start = bisect_left(offsets, span.start)
                end = bisect_left(offsets, span.end)
            else:  # no source text: look for the words
                start = quote.text.find("".join(words.split()))
                end = start + len("".join(words.split()))
            if 0 <= start < end:
                marks += (start, end)
        return marks

    def _align(self, quote: Quote, source: str) -> list[int] | None:
        text = self.texts.get(source)
        place: Span | None = dict(quote.places).get(source)
        if text is None or place is None:
            return None
        return alignment(quote.text, text[place.start : place.end], place.start)


def alignment(clean: str, source: str, start: int = 0) -> list[int] | None:
    r"""Where each character of a clean text stands in its source.

    Args:
        clean: The source but for widths, marks, and what was removed.
        source: As it stands in the file.
        start: Where the source begins.

    Returns:
        One offset for each clean character, or None where they are not alike.

    >>> alignment("共12件", "共１２\n 件", 100)
    [100, 101, 102, 105]
    """
    if clean == source:
        return list(range(start, start + len(clean)))
    offsets: list[int] = []
    written, at = source.translate(_FOLDED), 0
    for sign in clean.translate(_FOLDED):
        at = written.find(sign, at)
        if at < 0:
            return None
        offsets.append(start + at)
        at += 1
    return offsets


def _claim(claim: Claim, number: Mapping[str, int], places: _Places) -> list[object]:
    return [
        claim.key.partition("/")[2],
        number[claim.subject],
        RELATIONS.index(claim.relation),
        number[claim.object],
        claim.role,
        claim.period,
        int(claim.planned),
        [places.of(attestation) for attestation in claim.attestations],
    ]


def _figure(figure: Figure, number: Mapping[str, int], places: _Places) -> list[object]:
    return [
        figure.key.partition("/")[2],
        number[figure.subject],
        figure.measure,
        plain(figure.value),
        figure.unit,
        int(figure.approx),
        figure.period or "、".join(figure.period_texts),
        figure.basis,
        int(figure.planned),
        [places.of(attestation) for attestation in figure.attestations],
    ]


def _quote(quote: Quote, reports: Mapping[str, int], places: _Places) -> list[object]:
    return [
        reports[quote.report],
        quote.section,
        places.text_of(quote),
        [[places.source[sha256], *span] for sha256, span in quote.places],
    ]


def _report(report: Report, number: Mapping[str, int], places: _Places) -> list[object]:
    frame = report.frame
    return [
        report.key,
        number.get(report.key, -1),
        report.title,
        frame.kind,
        number.get(report.place, -1),
        number.get(report.body, -1),
        frame.period or "",
        frame.date or "",
        frame.presenter or "",
        [places.source[sha256] for sha256 in report.sources],
    ]


# -- words of the ontology -----------------------------------------------------


@cache
def _labels() -> dict[str, dict[str, str]]:
    """Local name, or `SCHEME/NOTATION`, to label by language."""
    labels: dict[str, dict[str, str]] = defaultdict(dict)
    for quad in parse(
        path=shipped("ontology") / "zhengpu.ttl", format=RdfFormat.TURTLE
    ):
        if quad.predicate.value.rpartition("#")[2] not in {"label", "prefLabel"}:
            continue
        if isinstance(quad.object, Literal) and quad.object.language:
            name = str(getattr(quad.subject, "value", ""))
            name = name.removeprefix(ONTOLOGY).removeprefix(SCHEMES)
            labels[name][quad.object.language[:2]] = quad.object.value
    return dict(labels)


def _label(name: str) -> tuple[str, str]:
    """The Chinese and the English label of a term or concept."""
    found = _labels().get(name, {})
    return found.get("zh", name), found.get("en", name)


def _local(term: str) -> str:
    return term.removeprefix(f"<{ONTOLOGY}").removesuffix(">")
