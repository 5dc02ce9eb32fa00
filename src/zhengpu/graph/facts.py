"""The triples of graph.ttl: entities, reports, files, stated facts, figures."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from zhengpu.graph.contradictions import TYPES
from zhengpu.graph.identities import REPORT
from zhengpu.graph.keys import plain
from zhengpu.graph.vocabulary import (
    DCTERMS,
    FALSE,
    ORG,
    PROV,
    QB,
    RDF,
    SKOS,
    TRUE,
    XSD,
    ZP,
    Term,
    Triple,
    concept,
    literal,
    typed,
)
from zhengpu.model import EntityType, Relation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhengpu.graph.merged import Claim, Figure, Merged, Report, Source, Thing

CLASSES: Final = {kind: ZP[name] for name, kind in TYPES.items()}
POSTS: Final = {Relation.HOLDS_POST, Relation.LEFT_POST}

_HAN = re.compile(r"[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_DIGITS: Final = {sign: value for value, sign in enumerate("零一二三四五六七八九")}
_NUMERAL = r"([0-9]{1,3}|[一二三四五六七八九十百零]{1,6})"
_TERM = re.compile(rf"第?{_NUMERAL}届")
_SESSION = re.compile(rf"第?{_NUMERAL}次")
_MEETING = re.compile(r"(?:会议|大会|全会|例会|座谈会|协商会|常委会|主席会|论坛)$")


@cache
def pinyin(name: str) -> str:
    """The name in pinyin with tones, or nothing where it holds no Han character.

    >>> pinyin("阜新市"), pinyin("COP15")
    ('fù xīn shì', '')
    """
    if not _HAN.search(name):
        return ""
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 - half a second

    syllables = lazy_pinyin(name, style=Style.TONE)
    return " ".join(" ".join(syllables).split())


def number(numeral: str) -> int:
    """The value of a term's or session's number.

    >>> [number(text) for text in ("十", "十四", "二十", "一百零三", "12")]
    [10, 14, 20, 103, 12]
    """
    if numeral.isascii():
        return int(numeral)
    total = digit = 0
    for sign in numeral:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        else:
            total += (digit or 1) * (10 if sign == "十" else 100)
            digit = 0
    return total + digit


def dated(text: str) -> Term:
    """A date as precise as the text: a year, a month or a day.

    >>> dated("2021-01")
    '"2021-01"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>'
    """
    for pattern, datatype in (
        (r"\d{4}", XSD.gYear),
        (r"\d{4}-(?:0[1-9]|1[0-2])", XSD.gYearMonth),
        (r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])", XSD.date),
    ):
        if re.fullmatch(pattern, text, re.ASCII):
            return typed(text, datatype)
    return literal(text)


class _Terms(dict[str, Term]):
    """From keys to terms, each one object: terms are kept, sorted and looked up."""

    def __init__(self, root: str) -> None:
        super().__init__()
        self.root = root

    def __missing__(self, name: str) -> Term:
        term = self[name] = Term(f"<{self.root}{name}>")
        return term


class Facts:
    """Says what a build knows as triples; one may come twice.

    Args:
        root: What all keys lie under.
    """

    def __init__(self, root: str) -> None:
        self.root = root
        self._terms = _Terms(root)

    def node(self, name: str) -> Term:
        """The term of a key."""
        return self._terms[name]

    def all_of(self, merged: Merged) -> Iterator[Triple]:
        """Everything of graph.ttl but what describes the build as a whole."""
        for thing in merged.things:
            yield from self.thing(thing)
        for report in merged.reports:
            yield from self.report(report)
        for source in merged.sources:
            yield from self.source(source)
        for claim in merged.claims:
            if not claim.planned:
                yield from self.stated(claim)
        for figure in merged.figures:
            if not figure.planned:
                yield from self.figure(figure)

    def data_set(self) -> Iterator[Triple]:
        """What all figures belong to."""
        subject = self.node("observations")
        yield subject, RDF.type, QB.DataSet
        yield subject, QB.structure, ZP.ObservationStructure

    def labels(self, subject: Term, name: str) -> Iterator[Triple]:
        """A name in characters and in pinyin."""
        yield subject, SKOS.prefLabel, literal(name, "zh-Hans")
        if sound := pinyin(name):
            yield subject, SKOS.prefLabel, literal(sound, "zh-Latn-pinyin")

    def thing(self, thing: Thing) -> Iterator[Triple]:
        """An entity."""
        subject = self.node(thing.key)
        yield subject, RDF.type, CLASSES[thing.type]
        yield from self.labels(subject, thing.name)
        for alias in thing.aliases:
            yield subject, SKOS.altLabel, literal(alias, "zh-Hans")
        for report in thing.reports:
            if report != thing.key:
                yield subject, DCTERMS.isReferencedBy, self.node(report)
        if thing.scope:
            yield subject, ZP.scope, literal(thing.scope)
        if thing.type is EntityType.PLC:
            yield from self.area(subject, thing)
        elif thing.type is EntityType.EVT:
            yield from self.meeting(subject, thing.name)
        elif thing.type is EntityType.ORG:
            if kind := concept("organizationType", thing.kind):
                yield subject, ZP.organizationType, kind
        elif thing.type is EntityType.PRG and (
            kind := concept("programType", thing.kind)
        ):
            yield subject, ZP.programType, kind

    def area(self, subject: Term, place: Thing) -> Iterator[Triple]:
        """What makes a place an administrative area: that it has a level."""
        if level := concept("level", place.level):
            yield subject, RDF.type, ZP.AdministrativeArea
            yield subject, ZP.level, level
            if place.adcode:
                yield subject, ZP.adcode, literal(place.adcode)

    def meeting(self, subject: Term, name: str) -> Iterator[Triple]:
        """Term and session of a meeting, from its canonical name."""
        if not _MEETING.search(name):
            return
        yield subject, RDF.type, ZP.Meeting
        for pattern, field in (
            (_TERM, ZP.termNumber),
            (_SESSION, ZP.sessionNumber),
        ):
            if found := pattern.search(name):
                yield subject, field, typed(str(number(found[1])), XSD.integer)

    def report(self, report: Report) -> Iterator[Triple]:
        """A document that was read."""
        subject, frame = self.node(report.key), report.frame
        yield subject, RDF.type, ZP.Report
        yield subject, RDF.type, ZP.Document
        if report.key == REPORT:  # all others are things, too, and labelled so
            yield from self.labels(subject, report.title)
        yield subject, ZP.reportKind, literal(frame.kind, "zh-Hans")
        if report.body:
            yield subject, ZP.body, self.node(report.body)
        if frame.period:
            yield subject, ZP.period, literal(frame.period)
        if frame.date:
            yield subject, DCTERMS.date, dated(frame.date)
        if frame.term:
            yield subject, ZP.termNumber, typed(str(frame.term), XSD.integer)
        if report.place:
            yield subject, DCTERMS.spatial, self.node(report.place)
        for sha256 in report.sources:
            yield subject, ZP.sha256, literal(sha256)
            yield subject, PROV.wasDerivedFrom, self.node(f"File/{sha256}")

    def source(self, source: Source) -> Iterator[Triple]:
        """A file that was read."""
        subject = self.node(f"File/{source.sha256}")
        yield subject, RDF.type, PROV.Entity
        yield subject, ZP.sha256, literal(source.sha256)
        yield subject, DCTERMS.format, literal(source.encoding)
        for name in source.names:
            yield subject, DCTERMS.title, literal(name)

    def stated(self, claim: Claim) -> Iterator[Triple]:
        """What a claim says, as fact."""
        subject, value = self.node(claim.subject), self.node(claim.object)
        relation = ZP[claim.relation.value]
        yield subject, relation, value
        if claim.relation is Relation.COOPERATES_WITH:
            yield value, relation, subject
        if claim.relation in POSTS:
            yield from self.tenure(claim, subject, value)

    def tenure(self, claim: Claim, person: Term, body: Term) -> Iterator[Triple]:
        """A post held or left. A single year says when it was held, not since when."""
        subject = self.node(claim.key.replace("Claim/", "Tenure/"))
        yield subject, RDF.type, ZP.Tenure
        yield subject, RDF.type, ORG.Membership
        yield subject, ZP.person, person
        yield subject, ZP.organization, body
        yield subject, PROV.wasDerivedFrom, self.node(claim.key)
        if claim.role:
            yield subject, ZP.role, literal(claim.role, "zh-Hans")
        start, _, end = claim.period.partition("-")
        if claim.period:
            yield subject, ZP.period, literal(claim.period)
        if end and claim.relation is Relation.HOLDS_POST:
            yield subject, ZP["from"], dated(start)
            yield subject, ZP.until, dated(end)
        if start and claim.relation is Relation.LEFT_POST:
            yield subject, ZP.until, dated(end or start)

    def figure(self, figure: Figure) -> Iterator[Triple]:
        """A counted fact or target."""
        subject = self.node(figure.key)
        yield subject, RDF.type, ZP.Observation
        yield subject, RDF.type, QB.Observation
        yield subject, QB.dataSet, self.node("observations")
        yield subject, ZP.subject, self.node(figure.subject)
        yield subject, ZP.measure, literal(figure.measure, "zh-Hans")
        yield subject, ZP.value, typed(plain(figure.value), XSD.decimal)
        yield subject, ZP.unit, literal(figure.unit, "zh-Hans")
        yield subject, ZP.approximate, TRUE if figure.approx else FALSE
        yield subject, ZP.planned, TRUE if figure.planned else FALSE
        if indicator := concept("indicator", figure.indicator):
            yield subject, ZP.indicator, indicator
        if figure.period:
            yield subject, ZP.period, literal(figure.period)
        for words in figure.period_texts:
            yield subject, ZP.periodText, literal(words, "zh-Hans")
        if figure.basis:
            yield subject, ZP.basis, literal(figure.basis, "zh-Hans")
