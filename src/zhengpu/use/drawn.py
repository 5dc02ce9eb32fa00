"""What the explorer's page holds: a build as plain lists, ready for JSON.

Things come in the order of their importance; everything else names them by
their place in that order. The page's `knowledge.js` reads these lists again.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from zhengpu.graph.facts import CLASSES
from zhengpu.graph.keys import plain
from zhengpu.graph.vocabulary import ONTOLOGY
from zhengpu.model import EntityType, Relation
from zhengpu.settings import BASE_IRI
from zhengpu.use.labels import label, local, plain_pinyin, short
from zhengpu.use.marks import Places

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from zhengpu.graph.merged import Claim, Figure, Merged, Quote, Report, Thing

CLEARLY: Final = 2 / 3
"""Share of a thing's facts that makes one home its own."""

RELATIONS: Final = tuple(Relation)


FORMAT: Final = 2
"""Goes up when the lists change, so that no page is read as what it is not."""

Content: TypeAlias = dict[str, Any]
"""What a page holds, as JSON gives it."""


def drawn(merged: Merged, texts: Mapping[str, str], *, base: str = BASE_IRI) -> Content:
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
    places = Places(merged, texts)
    return {
        "format": FORMAT,
        "base": f"{base}id/",
        "ontology": ONTOLOGY,
        "types": [
            [kind.value, local(CLASSES[kind]), *label(local(CLASSES[kind]))]
            for kind in EntityType
        ],
        "relations": [[kind.value, *label(kind.value)] for kind in RELATIONS],
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
        "whole": 0,
    }


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
    return {name: label(name) for name in sorted(used - {""})}


# -- homes ---------------------------------------------------------------------


def _owners(reports: Sequence[Report]) -> dict[str, str]:
    """The place of each report, else its body; the report where that tells more."""
    by_place = {
        report.key: report.place or report.body or report.key for report in reports
    }
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


def _claim(claim: Claim, number: Mapping[str, int], places: Places) -> list[object]:
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


def _figure(figure: Figure, number: Mapping[str, int], places: Places) -> list[object]:
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


def _quote(quote: Quote, reports: Mapping[str, int], places: Places) -> list[object]:
    return [
        reports[quote.report],
        quote.section,
        places.text_of(quote),
        [[places.source[sha256], *span] for sha256, span in quote.places],
    ]


def _report(report: Report, number: Mapping[str, int], places: Places) -> list[object]:
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
        [[places.source[sha256], *span] for sha256, span in report.places],
    ]
