"""Parts of a build brought together: one record for each key.

Folding takes parts in any order and in any grouping that leaves what has the same
key together, so that parts may be folded anywhere.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol, TypeVar

from zhengpu.graph.merged import (
    Attestation,
    Claim,
    Figure,
    Merged,
    Passage,
    Quote,
    Report,
    Source,
    Thing,
)
from zhengpu.model import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping


def fold(parts: Iterable[Merged]) -> Merged:
    """What parts say together.

    Args:
        parts: In any order, each as `part` gives it, or a share of it that
            holds all or nothing of what has the same key.
    """
    things: dict[str, list[Thing]] = defaultdict(list)
    claims: dict[str, list[Claim]] = defaultdict(list)
    figures: dict[str, list[Figure]] = defaultdict(list)
    quotes: dict[str, list[Quote]] = defaultdict(list)
    reports: dict[str, list[Report]] = defaultdict(list)
    sources: dict[str, list[Source]] = defaultdict(list)
    passages: set[Passage] = set()
    findings: dict[Finding, None] = {}
    for one in parts:
        for thing in one.things:
            things[thing.key].append(thing)
        for claim in one.claims:
            claims[claim.key].append(claim)
        for figure in one.figures:
            figures[figure.key].append(figure)
        for quote in one.quotes:
            quotes[quote.key].append(quote)
        for report in one.reports:
            reports[report.key].append(report)
        for source in one.sources:
            sources[source.sha256].append(source)
        passages.update(one.passages)
        findings.update(dict.fromkeys(one.findings))
    folded = _folded(things, _thing)
    told = [told for held in things.values() for told in _disagreements(held)]
    return Merged(
        folded,
        _folded(claims, _claim),
        _folded(figures, _figure),
        _folded(quotes, _quote),
        _folded(reports, _report),
        _folded(sources, _source),
        tuple(sorted(passages)),
        tuple(sorted((*findings, *told), key=lambda f: (f.code, f.parameters))),
    )


def warning(code: str, **parameters: str) -> Finding:
    """A finding about what several files say."""
    return Finding(Severity.WARNING, "merging", code, tuple(parameters.items()))


# -- several records of one key ----------------------------------------------------


class _Keyed(Protocol):
    @property
    def attestations(self) -> tuple[Attestation, ...]: ...


R = TypeVar("R")


def _folded(
    held: Mapping[str, list[R]], together: Callable[[list[R]], R]
) -> tuple[R, ...]:
    """One record for each key, sorted."""
    return tuple(
        held[name][0] if len(held[name]) == 1 else together(held[name])
        for name in sorted(held)
    )


def _most(values: Iterable[str]) -> str:
    """What most say, of equals the smallest."""
    counts = Counter(filter(None, values))
    return min(counts, key=lambda value: (-counts[value], value), default="")


def _thing(held: list[Thing]) -> Thing:
    name = _most(thing.name for thing in held)
    names = {thing.name for thing in held}.union(*(thing.aliases for thing in held))
    return Thing(
        held[0].key,
        held[0].type,
        name,
        min(thing.scope for thing in held),
        tuple(sorted(names - {name, ""})),
        _most(thing.kind for thing in held),
        _most(thing.adcode for thing in held),
        _most(thing.level for thing in held),
        tuple(sorted({report for thing in held for report in thing.reports})),
    )


def _disagreements(held: list[Thing]) -> Iterator[Finding]:
    """What files say differently of one thing."""
    if len(held) == 1:
        return
    for attribute in ("kind", "adcode", "level"):
        values = {getattr(thing, attribute) for thing in held} - {""}
        if len(values) > 1:
            yield warning(
                "files-disagree",
                name=_most(thing.name for thing in held),
                attribute=attribute,
                values="、".join(sorted(values)),
                kept=_most(getattr(thing, attribute) for thing in held),
            )


def _attested(held: Iterable[_Keyed]) -> tuple[Attestation, ...]:
    return tuple(sorted({place for fact in held for place in fact.attestations}))


def _claim(held: list[Claim]) -> Claim:
    return replace(held[0], attestations=_attested(held))


def _figure(held: list[Figure]) -> Figure:
    first = min(held, key=lambda figure: (len(figure.measure), figure.measure))
    return replace(
        first,
        approx=all(figure.approx for figure in held),
        period_texts=tuple(sorted({text for f in held for text in f.period_texts})),
        attestations=_attested(held),
    )


def _quote(held: list[Quote]) -> Quote:
    first = min(held, key=lambda quote: quote.places)
    places = {place for quote in held for place in quote.places}
    return replace(first, places=tuple(sorted(places)))


def _report(held: list[Report]) -> Report:
    first = min(held, key=lambda report: report.places)
    places = {place for report in held for place in report.places}
    sources = {sha256 for report in held for sha256 in report.sources}
    return replace(first, sources=tuple(sorted(sources)), places=tuple(sorted(places)))


def _source(held: list[Source]) -> Source:
    names = {name for source in held for name in source.names}
    return replace(held[0], names=tuple(sorted(names)))
