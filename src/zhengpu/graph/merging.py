"""From what each file gave to what all of them say together.

Two things are one where their key (type, name, scope) is the same, and nowhere
else; two statements are one where they say the same, and each keeps all its
evidence. The order of the files makes no difference.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from msgspec.structs import replace

from zhengpu.graph.merged import (
    Attestation,
    Claim,
    Figure,
    Merged,
    Quote,
    Report,
    Source,
    Thing,
)
from zhengpu.graph.placing import Placing, report_key, reports_naming
from zhengpu.graph.vocabulary import digest, key, notations, segment
from zhengpu.model import Entity, EntityType, Finding, Relation, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

    from zhengpu.model import (
        Extraction,
        Frame,
        Observation,
        Span,
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
    collection = _Collection(become or {})
    for extraction in sorted(extractions, key=lambda e: (e.raw.sha256, e.raw.name)):
        collection.add(extraction)
    return collection.merged()


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


class _Entities:
    """What files say of one key."""

    __slots__ = ("aliases", "reports", "scope", "type", "values")

    def __init__(self, entity: Entity) -> None:
        self.type = entity.type
        self.scope = entity.scope
        self.aliases: set[str] = set()
        self.reports: set[str] = set()
        self.values: dict[str, Counter[str]] = defaultdict(Counter)

    def add(self, entity: Entity) -> None:
        self.scope = min(self.scope, entity.scope)
        self.aliases.update(entity.aliases)
        for attribute in ("name", "kind", "adcode", "level"):
            if value := getattr(entity, attribute):
                self.values[attribute][value] += 1

    def value(self, attribute: str) -> str:
        """What most files say, of equals the smallest."""
        counts = self.values[attribute]
        return min(counts, key=lambda value: (-counts[value], value), default="")


class _Collection:
    """What is known while the files come in, sorted, one by one."""

    def __init__(self, become: Become) -> None:
        self.become = become
        self.titles = {key_of(entity): entity.name for entity in become.values()}
        self.entities: dict[str, _Entities] = {}
        self.statements: dict[str, tuple[Statement, str, str]] = {}
        self.observations: dict[str, list[tuple[Observation, str]]] = defaultdict(list)
        self.attestations: dict[str, set[Attestation]] = defaultdict(set)
        self.quotes: dict[str, tuple[str, str, str, set[tuple[str, Span]]]] = {}
        self.reports: dict[str, tuple[str, Frame, str, str, set[tuple[str, Span]]]] = {}
        self.sources: dict[str, tuple[Extraction, set[str]]] = {}
        self.findings: list[Finding] = []

    def warn(self, code: str, **parameters: str) -> None:
        self.findings.append(
            Finding(Severity.WARNING, "merging", code, tuple(parameters.items()))
        )

    def add(self, extraction: Extraction) -> None:
        raw = extraction.raw
        if raw.sha256 in self.sources:
            first = min(self.sources[raw.sha256][1])
            self.warn("same-file-twice", source=raw.name, first=first)
            self.sources[raw.sha256][1].add(raw.name)
            return
        self.sources[raw.sha256] = (extraction, {raw.name})
        if self.become:
            entities = tuple(map(self.corrected, extraction.entities))
            extraction = replace(extraction, entities=entities)
        keys = {entity.id: key_of(entity) for entity in extraction.entities}
        reports = self._add_reports(extraction, keys)
        naming = reports_naming(extraction, reports)
        for entity in extraction.entities:
            self._add_thing(keys[entity.id], entity, *naming.get(entity.id, reports))
        placing = Placing(extraction, reports)
        for statement in extraction.statements:
            self._add_statement(statement, keys, placing)
        for observation in extraction.observations:
            self._add_observation(observation, keys, placing)
        for quote, (report, section, text, place) in placing.cited.items():
            kept_quote = self.quotes.setdefault(quote, (report, section, text, set()))
            kept_quote[3].add(place)

    def corrected(self, entity: Entity) -> Entity:
        """An entity as a correction has it; what it was called stays an alias."""
        if (now := self.become.get(key_of(entity))) is None:
            return entity
        names = tuple(dict.fromkeys((*entity.aliases, entity.name, *now.aliases)))
        return replace(now, id=entity.id, aliases=names)

    def _add_reports(
        self, extraction: Extraction, keys: dict[str, str]
    ) -> tuple[str, ...]:
        """The key of each of the file's documents."""
        reports: list[str] = []
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
            if name not in keys.values():  # no mention names the report itself
                scope = name.partition(":")[2]
                self._add_thing(name, Entity("", EntityType.DOC, title, scope=scope))
            kept = self.reports.setdefault(name, (title, frame, body, place, set()))
            kept[4].add((source.sha256, document.span))
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
        """What one file says of a thing, and in which of its reports."""
        kept = self.entities.setdefault(name, _Entities(entity))
        kept.add(entity)
        kept.reports.update(reports)

    def _add_statement(
        self, statement: Statement, keys: dict[str, str], placing: Placing
    ) -> None:
        subject, object_ = keys.get(statement.subject), keys.get(statement.object)
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
        name = claim_key(statement, subject, object_)
        self.statements[name] = (statement, subject, object_)
        self.attestations[name].update(filter(None, places))

    def _add_observation(
        self, observation: Observation, keys: dict[str, str], placing: Placing
    ) -> None:
        subject = keys.get(observation.subject)
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
        name = f"Observation/{digest(*said)}"
        self.observations[name].append((observation, subject))
        self.attestations[name].add(place)

    def merged(self) -> Merged:
        """All of it, sorted."""
        things = tuple(self._thing(name) for name in sorted(self.entities))
        return Merged(
            things,
            tuple(self._claim(name) for name in sorted(self.statements)),
            tuple(self._figure(name) for name in sorted(self.observations)),
            tuple(
                Quote(name, *self.quotes[name][:3], tuple(sorted(self.quotes[name][3])))
                for name in sorted(self.quotes)
            ),
            tuple(self._report(name) for name in sorted(self.reports)),
            tuple(
                Source(
                    sha256,
                    tuple(sorted(names)),
                    extraction.raw.encoding,
                    len(extraction.raw.text),
                )
                for sha256, (extraction, names) in sorted(self.sources.items())
            ),
            tuple(sorted(self.findings, key=lambda f: (f.code, f.parameters))),
        )

    def _thing(self, name: str) -> Thing:
        said = self.entities[name]
        for attribute in ("kind", "adcode", "level"):
            if len(counts := said.values[attribute]) > 1:
                self.warn(
                    "files-disagree",
                    name=said.value("name"),
                    attribute=attribute,
                    values="、".join(sorted(counts)),
                    kept=said.value(attribute),
                )
        label, kind = said.value("name"), said.value("kind")
        if scheme := KINDS.get(said.type):
            kind = self._notation(scheme, kind, label)
        names = (said.aliases | set(said.values["name"])) - {label, ""}
        return Thing(
            name,
            said.type,
            label,
            said.scope,
            tuple(sorted(names)),
            kind,
            said.value("adcode"),
            said.value("level"),
            tuple(sorted(said.reports)),
        )

    def _notation(self, scheme: str, name: str, of: str) -> str:
        """The notation of a concept, or nothing and a finding."""
        if name and name not in notations(scheme):
            self.warn("unknown-concept", scheme=scheme, concept=name, name=of)
        return notations(scheme).get(name, "")

    def _claim(self, name: str) -> Claim:
        statement, subject, object_ = self.statements[name]
        return Claim(
            name,
            subject,
            statement.relation,
            object_,
            statement.role,
            statement.period,
            statement.planned,
            tuple(sorted(self.attestations[name])),
        )

    def _figure(self, name: str) -> Figure:
        said = self.observations[name]
        first, subject = min(
            said, key=lambda row: (len(row[0].measure), row[0].measure)
        )
        return Figure(
            name,
            subject,
            self._notation("indicator", first.indicator, first.measure),
            first.measure,
            first.value,
            first.unit,
            all(observation.approx for observation, _ in said),
            first.period,
            tuple(sorted({o.period_text for o, _ in said} - {""})),
            first.basis,
            first.planned,
            tuple(sorted(self.attestations[name])),
        )

    def _report(self, name: str) -> Report:
        title, frame, body, place, places = self.reports[name]
        sources = tuple(sorted({sha256 for sha256, _ in places}))
        return Report(name, title, frame, body, place, sources, tuple(sorted(places)))
