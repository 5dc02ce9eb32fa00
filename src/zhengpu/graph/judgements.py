"""Judgements on facts: which are rejected, which asserted, and what is told of it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

from zhengpu.graph.contradictions import see_that_fits
from zhengpu.graph.corrections import Correction, Corrections, nearest, normal, path_of
from zhengpu.graph.identities import REPORT, Book
from zhengpu.graph.keys import claim_key, plain
from zhengpu.graph.merged import Attestation, Claim, Quote, Report, Source, Thing
from zhengpu.graph.merging import passages_of
from zhengpu.graph.vocabulary import digest, key
from zhengpu.model import EntityType, Evidence, Finding, Frame, Relation, Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from zhengpu.graph.merged import Figure, Merged

RULE: Final = "corrections/assert"


class Facts:
    """The facts of a build whose entities are corrected.

    Args:
        book: Its corrections.
    """

    def __init__(self, book: Book) -> None:
        self.book = book
        self.labels: dict[str, str] = {}

    def concluded(self, merged: Merged) -> Merged:
        """The build with facts rejected and asserted, and with what was done."""
        self.labels = {thing.key: thing.name for thing in merged.things}
        claims = {claim.key: claim for claim in merged.claims}
        figures = {figure.key: figure for figure in merged.figures}
        things = {thing.key: thing for thing in merged.things}
        self.tell_apart()
        for entry in self.book.corrections.entries:
            if entry.kind == "reject":
                self._reject(entry, claims, figures)
        self.assert_all(claims, things)
        return self.recorded(merged, claims, figures, things)

    def tell_apart(self) -> None:
        """Note which things are not the same."""
        for entry in self.book.corrections.entries:
            if entry.kind == "not-same":
                keys = self.book.known(entry, *entry.all("entities"))
                if len(keys) > 1:
                    shown = " ≠ ".join(self.book.names.shown(name) for name in keys)
                    self.book.note(entry, shown, keys)

    def assert_all(self, claims: dict[str, Claim], things: dict[str, Thing]) -> None:
        """Add the facts that are asserted, and the things that are made for them."""
        asserted = [e for e in self.book.corrections.entries if e.kind == "assert"]
        # all of them first: what one makes, another may name
        made = {
            self._create(entry.get(part), things)
            for entry in asserted
            if entry.get("create") == "true"
            for part in ("subject", "object")
        }
        for entry in asserted:
            self._assert(entry, claims, things)
        named = {end for c in claims.values() for end in (c.subject, c.object)}
        for name in made - named - {""}:
            del things[name]

    def ends(self, entry: Correction, *parts: str) -> list[str]:
        """The keys, as corrected, of a fact's ends; nothing if one is missing."""
        keys = self.book.known(entry, *(entry.get(part) for part in parts))
        return (
            [self.book.final.get(k, k) for k in keys] if len(keys) == len(parts) else []
        )

    def _reject(
        self,
        entry: Correction,
        claims: dict[str, Claim],
        figures: dict[str, Figure],
    ) -> None:
        if entry.get("relation"):
            ends = self.ends(entry, "subject", "object")
            gone = [c.key for c in claims.values() if ends and says(c, entry, ends)]
            facts = [self.told(claims.pop(name)) for name in gone]
        else:
            ends = self.ends(entry, "subject")
            gone = [
                f.key for f in figures.values() if ends and counts_as(f, entry, ends)
            ]
            facts = [self.told(figures.pop(name)) for name in gone]
        held: list[Claim | Figure] = [*claims.values(), *figures.values()]
        others = {self.told(fact) for fact in held if ends and fact.subject == ends[0]}
        self.tell_rejected(entry, ends, facts, others)

    def tell_rejected(
        self,
        entry: Correction,
        ends: Sequence[str],
        facts: Sequence[str],
        others: Iterable[str] = (),
    ) -> None:
        """Note what was rejected, or that there is no such fact.

        Args:
            entry: The correction.
            ends: The keys of the fact's ends; nothing if one is missing.
            facts: What was rejected, in words.
            others: What else is said of the subject, to be offered instead.
        """
        if facts:
            self.book.note(entry, " ; ".join(facts), ends, facts=facts)
        elif ends:
            wanted = " ".join(value for name, value in entry.judgement)
            near = nearest(wanted, sorted(others))
            self.book.warn("correction-unmatched", entry, name=wanted, near=near)

    def _assert(
        self,
        entry: Correction,
        claims: dict[str, Claim],
        things: dict[str, Thing],
    ) -> None:
        ends = self.ends(entry, "subject", "object")
        if not ends:
            return
        see_that_fits(
            self.book.corrections, entry, *(things[name].type for name in ends)
        )
        if entry.get("relation") == Relation.COOPERATES_WITH:
            ends = sorted(ends)
        statement = Statement(
            ends[0],
            Relation(entry.get("relation")),
            ends[1],
            Evidence(0, (), RULE),
            entry.get("role"),
            entry.get("period"),
            planned=entry.get("planned") == "true",
        )
        name = claim_key(statement, *ends)
        quote = f"Evidence/{digest(REPORT, entry.text)}-1"
        spans = ((entry.span, entry.text),)
        place = Attestation(quote, self.book.corrections.sha256, spans, RULE, 1.0)
        held = claims[name].attestations if name in claims else ()
        claims[name] = Claim(
            name,
            ends[0],
            statement.relation,
            ends[1],
            statement.role,
            statement.period,
            statement.planned,
            tuple(sorted((*held, place))),
        )
        told = self.told(claims[name])
        self.book.note(entry, told, ends, facts=[told])

    def _create(self, reference: str, things: dict[str, Thing]) -> str:
        """The key of a thing made as the reference says, or nothing."""
        path = path_of(reference)
        if path is None or self.book.names.keys(reference):
            return ""
        name, _, scope = path[1].partition(":")
        made = key(path[0], name, scope)
        if made not in things:
            kind = EntityType(path[0])
            things[made] = Thing(made, kind, name, scope, (), "", "", "", (REPORT,))
            self.labels[made] = name
        self.book.names.also[normal(reference)] = made
        return made

    def told(self, fact: Claim | Figure) -> str:
        """A fact in words."""
        return in_words(fact, self.labels)

    def recorded(
        self,
        merged: Merged,
        claims: Mapping[str, Claim],
        figures: Mapping[str, Figure],
        things: Mapping[str, Thing],
    ) -> Merged:
        """The build with the corrections file as one of its sources."""
        applied = tuple(
            self.book.notes[e]
            for e in self.book.corrections.entries
            if e in self.book.notes
        )
        spans = {note.quote: e for e, note in self.book.notes.items()}
        held = _cited(claims.values(), figures.values())
        gone = _cited(merged.claims, merged.figures) - held
        file = self.book.corrections
        quotes = [quote for quote in merged.quotes if quote.key not in gone]
        quotes += [
            Quote(name, REPORT, e.kind, e.text, ((file.sha256, e.span),))
            for name, e in spans.items()
        ]
        merged = replace(
            merged,
            things=tuple(things[name] for name in sorted(things)),
            claims=tuple(claims[name] for name in sorted(claims)),
            figures=tuple(figures[name] for name in sorted(figures)),
            quotes=tuple(sorted(quotes, key=lambda quote: quote.key)),
            passages=passages_of((*claims.values(), *figures.values())),
            findings=(*merged.findings, *self._findings()),
            corrections=applied,
        )
        return _with_source(merged, file) if applied else merged

    def _findings(self) -> list[Finding]:
        return sorted(
            self.book.findings, key=lambda f: (int(dict(f.parameters)["line"]), f.code)
        )


def in_words(fact: Claim | Figure, labels: Mapping[str, str]) -> str:
    """A fact in words.

    Args:
        fact: A claim or a figure.
        labels: Names by key.
    """
    subject = labels.get(fact.subject, fact.subject)
    if isinstance(fact, Claim):
        said = [fact.relation.value, labels.get(fact.object, fact.object)]
        said += [fact.role, fact.period]
    else:
        said = [fact.measure, f"{plain(fact.value)}{fact.unit}", fact.period]
    planned = ["planned"] if fact.planned else []
    return " ".join(filter(None, [subject, *said, *planned]))


def _with_source(merged: Merged, file: Corrections) -> Merged:
    """The build with the corrections file among its reports and sources."""
    source = Source(file.sha256, (file.name,), "utf-8", len(file.text))
    frame = Frame(kind="更正", title=file.name)
    report = Report(REPORT, file.name, frame, "", "", (file.sha256,))
    return replace(
        merged,
        reports=tuple(sorted((*merged.reports, report), key=lambda r: r.key)),
        sources=tuple(sorted((*merged.sources, source), key=lambda s: s.sha256)),
    )


def _cited(claims: Iterable[Claim], figures: Iterable[Figure]) -> set[str]:
    """The keys of all sentences that facts are read from."""
    facts: list[Claim | Figure] = [*claims, *figures]
    return {place.quote for fact in facts for place in fact.attestations}


def says(claim: Claim, entry: Correction, ends: Sequence[str]) -> bool:
    """Whether a claim is the one that a table rejects."""
    pairs = {(claim.subject, claim.object)}
    if claim.relation is Relation.COOPERATES_WITH:
        pairs.add((claim.object, claim.subject))
    return (
        tuple(ends) in pairs
        and claim.relation.value == entry.get("relation")
        and all(
            entry.get(part) in {"", getattr(claim, part)} for part in ("role", "period")
        )
        and entry.get("planned") in {"", str(claim.planned).lower()}
    )


def counts_as(figure: Figure, entry: Correction, ends: Sequence[str]) -> bool:
    """Whether a figure is the one that a table rejects."""
    try:
        value = Decimal(entry.get("value") or figure.value)
    except InvalidOperation:
        return False
    return (
        figure.subject == ends[0]
        and figure.value == value
        and all(
            entry.get(part) in {"", getattr(figure, part)}
            for part in ("measure", "unit", "period")
        )
        and entry.get("planned") in {"", str(figure.planned).lower()}
    )
