"""From what each file gave to what all of them say together.

Two things are one where their key (type, name, scope) is the same, and nowhere
else; two statements are one where they say the same, and each keeps all its
evidence. The order of the files makes no difference.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from msgspec import structs

from zhengpu.graph.folding import fold, warning
from zhengpu.graph.keys import claim_key, figure_key, key_of
from zhengpu.graph.merged import (
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
from zhengpu.graph.vocabulary import notations, segment
from zhengpu.model import Entity, EntityType, Finding, Relation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from zhengpu.model import Extraction, Frame, Observation, Statement

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
    told = warning("same-file-twice", source=name, first=first)
    return Merged(sources=(source,), findings=(told,))


def source_of(extraction: Extraction) -> Source:
    """The file that an extraction is of."""
    raw = extraction.raw
    return Source(raw.sha256, (raw.name,), raw.encoding, len(raw.text))


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
        self.findings.append(warning(code, **parameters))

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
        self.figures.append(
            Figure(
                figure_key(observation, subject),
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
