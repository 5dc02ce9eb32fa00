"""From what each file gave to what all of them say together.

Two things are one where their key (type, name, scope) is the same, and nowhere
else; two statements are one where they say the same, and each keeps all its
evidence. `part` is what one file says, `fold` brings parts together: neither
knows the order of the files, so that parts may be folded anywhere.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Protocol, TypeVar

from msgspec import structs

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
from zhengpu.graph.placing import Placing, report_key, reports_naming
from zhengpu.graph.vocabulary import digest, key, notations, segment
from zhengpu.model import Entity, EntityType, Finding, Relation, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from decimal import Decimal

    from zhengpu.model import (
        Extraction,
        Frame,
        Observation,
        Statement,
    )

    Become = Mapping[str, Entity]

KINDS = {EntityType.ORG: "organizationType", EntityType.PRG: "programType"}
"""The scheme of the kinds of a type."""


def merge(extractions: Iterable[Extraction], become: Become | None = None) -> Merged:
    """Bring together what files gave.

    Args:
        extractions: In any order. Files with the same bytes are read as one.
        become: What corrections make of entities, by the keys that the files
            give them; see `zhengpu.graph.correcting`.

    Returns:
        Everything sorted by key; `findings` says where files disagree and what
        could not be placed.
    """
    return fold(_parts(extractions, become or {}))


def _parts(extractions: Iterable[Extraction], become: Become) -> Iterator[Merged]:
    first: dict[str, str] = {}
    for extraction in sorted(extractions, key=lambda e: (e.raw.sha256, e.raw.name)):
        raw = extraction.raw
        if raw.sha256 in first:
            yield again(source_of(extraction), first[raw.sha256])
        else:
            first[raw.sha256] = raw.name
            yield part(extraction, become)


def part(extraction: Extraction, become: Become | None = None) -> Merged:
    """What one file says, as a build of its own.

    Args:
        extraction: What the file gave.
        become: As in `merge`.
    """
    return _File(extraction, become or {}).part()


def again(source: Source, first: str) -> Merged:
    """What a file adds whose bytes another file has: its name.

    Args:
        source: The file.
        first: The name of the other.
    """
    (name,) = source.names
    told = _warning("same-file-twice", source=name, first=first)
    return Merged(sources=(source,), findings=(told,))


def source_of(extraction: Extraction) -> Source:
    """The file that an extraction is of."""
    raw = extraction.raw
    return Source(raw.sha256, (raw.name,), raw.encoding, len(raw.text))


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


def plain(value: Decimal) -> str:
    """A decimal without exponent and without zeros that say nothing.

    >>> from decimal import Decimal
    >>> plain(Decimal("1.50E+3")), plain(Decimal("87.10")), plain(Decimal("-0.0"))
    ('1500', '87.1', '0')
    """
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def claim_key(statement: Statement, subject: str, object_: str) -> str:
    """The key of a statement: what it says, never where it stands.

    Args:
        statement: Of its parts, relation, role, period and planned count.
        subject: The subject's key.
        object_: The object's key.
    """
    said = (
        subject,
        statement.relation.value,
        object_,
        statement.role,
        statement.period,
        "planned" if statement.planned else "",
    )
    return f"Claim/{digest(*said)}"


def key_of(entity: Entity) -> str:
    """The key of an entity."""
    return key(entity.type, entity.name, entity.scope)


def passages_of(facts: Iterable[Claim | Figure]) -> tuple[Passage, ...]:
    """The words that facts are read from, sorted."""
    found = {
        Passage(place.quote, place.source, span, words)
        for fact in facts
        for place in fact.attestations
        for span, words in place.spans
    }
    return tuple(sorted(found))


# -- what one file says ------------------------------------------------------------


class _File:
    """What one file says: a record for each time that it says something."""

    def __init__(self, extraction: Extraction, become: Become) -> None:
        self.become = become
        self.titles = {key_of(entity): entity.name for entity in become.values()}
        if become:
            entities = tuple(map(self.corrected, extraction.entities))
            extraction = structs.replace(extraction, entities=entities)
        self.extraction = extraction
        self.keys = {entity.id: key_of(entity) for entity in extraction.entities}
        self.things: list[Thing] = []
        self.claims: list[Claim] = []
        self.figures: list[Figure] = []
        self.reports: list[Report] = []
        self.findings: list[Finding] = []

    def part(self) -> Merged:
        """All of it, each thing and each fact once."""
        extraction = self.extraction
        reports = self._add_reports()
        naming = reports_naming(extraction, reports)
        for entity in extraction.entities:
            named_in = naming.get(entity.id, reports)
            self._add_thing(self.keys[entity.id], entity, *named_in)
        placing = Placing(extraction, reports)
        for statement in extraction.statements:
            self._add_statement(statement, placing)
        for observation in extraction.observations:
            self._add_observation(observation, placing)
        quotes = tuple(
            Quote(name, report, section, text, (place,))
            for name, (report, section, text, place) in placing.cited.items()
        )
        return fold(
            [
                Merged(
                    tuple(self.things),
                    tuple(self.claims),
                    tuple(self.figures),
                    quotes,
                    tuple(self.reports),
                    (source_of(extraction),),
                    passages_of((*self.claims, *self.figures)),
                    tuple(self.findings),
                )
            ]
        )

    def warn(self, code: str, **parameters: str) -> None:
        self.findings.append(_warning(code, **parameters))

    def corrected(self, entity: Entity) -> Entity:
        """An entity as a correction has it; what it was called stays an alias."""
        if (now := self.become.get(key_of(entity))) is None:
            return entity
        names = tuple(dict.fromkeys((*entity.aliases, entity.name, *now.aliases)))
        return structs.replace(now, id=entity.id, aliases=names)

    def _add_reports(self) -> tuple[str, ...]:
        """The key of each of the file's documents."""
        extraction, keys = self.extraction, self.keys
        known, reports = set(keys.values()), []
        for document in extraction.documents:
            name = report_key(extraction, document, keys)
            if name in reports:  # two documents of one file that look alike
                name = f"{name}:{segment(document.id)}"
            if name in self.become:  # no mention names it, and yet it is renamed
                name = key_of(self.become[name])
            reports.append(name)
            frame, source = document.frame, extraction.raw
            title = frame.title or PurePosixPath(source.name).stem
            title = self.titles.get(name, title)
            body, place = keys.get(document.body, ""), self._add_place(frame, name)
            if name not in known:  # no mention names the report itself
                scope = name.partition(":")[2]
                self._add_thing(name, Entity("", EntityType.DOC, title, scope=scope))
            standing = ((source.sha256, document.span),)
            self.reports.append(
                Report(name, title, frame, body, place, (source.sha256,), standing)
            )
        return tuple(reports)

    def _add_place(self, frame: Frame, report: str) -> str:
        """The key of the area that a document is about, or nothing."""
        area = frame.place
        if area is None:
            return ""
        entity = Entity(
            "",
            EntityType.PLC,
            area.name,
            scope=area.adcode,
            adcode=area.adcode,
            level=area.level,
        )
        if self.become:
            entity = self.corrected(entity)
        name = key_of(entity)
        self._add_thing(name, entity, report)
        return name

    def _add_thing(self, name: str, entity: Entity, *reports: str) -> None:
        """What the file says of a thing, and in which of its reports."""
        kind = entity.kind
        if scheme := KINDS.get(entity.type):
            kind = self._notation(scheme, kind, entity.name)
        aliases = tuple(sorted({*entity.aliases} - {entity.name, ""}))
        self.things.append(
            Thing(
                name,
                entity.type,
                entity.name,
                entity.scope,
                aliases,
                kind,
                entity.adcode,
                entity.level,
                tuple(sorted(reports)),
            )
        )

    def _notation(self, scheme: str, name: str, of: str) -> str:
        """The notation of a concept, or nothing and a finding."""
        if name and name not in notations(scheme):
            self.warn("unknown-concept", scheme=scheme, concept=name, name=of)
        return notations(scheme).get(name, "")

    def _add_statement(self, statement: Statement, placing: Placing) -> None:
        subject = self.keys.get(statement.subject)
        object_ = self.keys.get(statement.object)
        places = [
            placing.attestation(one, omitted=statement.subject_omitted)
            for one in statement.places
        ]
        if subject is None or object_ is None or None in places:
            self.warn(
                "misplaced-statement",
                source=placing.name,
                subject=statement.subject,
                relation=statement.relation.value,
                object=statement.object,
            )
            return
        if subject == object_:
            self.warn(
                "statement-about-itself",
                source=placing.name,
                relation=statement.relation.value,
                name=subject.partition("/")[2],
            )
            return
        if statement.relation is Relation.COOPERATES_WITH:
            subject, object_ = sorted((subject, object_))  # claimed once
        self.claims.append(
            Claim(
                claim_key(statement, subject, object_),
                subject,
                statement.relation,
                object_,
                statement.role,
                statement.period,
                statement.planned,
                tuple(sorted(set(filter(None, places)))),
            )
        )

    def _add_observation(self, observation: Observation, placing: Placing) -> None:
        subject = self.keys.get(observation.subject)
        place = placing.attestation(observation.evidence)
        if subject is None or place is None or not observation.value.is_finite():
            self.warn(
                "misplaced-observation",
                source=placing.name,
                subject=observation.subject,
                measure=observation.measure,
                value=str(observation.value),
            )
            return
        said = (
            subject,
            observation.indicator or observation.measure,
            plain(observation.value),
            observation.unit,
            observation.period,
            observation.basis,
            "planned" if observation.planned else "",
        )
        self.figures.append(
            Figure(
                f"Observation/{digest(*said)}",
                subject,
                self._notation("indicator", observation.indicator, observation.measure),
                observation.measure,
                observation.value,
                observation.unit,
                observation.approx,
                observation.period,
                (observation.period_text,) if observation.period_text else (),
                observation.basis,
                observation.planned,
                (place,),
            )
        )


def _warning(code: str, **parameters: str) -> Finding:
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
            yield _warning(
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
