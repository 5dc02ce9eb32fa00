"""What explaining gives: entities, their facts, and the sentences that state them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence that states a fact, and where it stands."""

    text: str
    words: tuple[str, ...]
    """The stretches of the sentence that say it, without white space."""
    report: str
    file: str
    start: int
    end: int
    """The first and last of the stretches, in characters of the source text."""
    sha256: str = ""
    """Of the file's bytes."""
    section: str = ""
    """The heading that the sentence stands under."""
    remarks: tuple[tuple[str, str], ...] = ()
    """Of a correction: who made it, when, why, and from what source."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A relation of the entity, or a figure about it."""

    subject: str
    relation: str
    """Of a figure: nothing."""
    object: str
    """Of a figure: what is counted, and how many."""
    role: str
    period: str
    planned: bool
    omitted: bool
    """Every sentence leaves the subject to be understood."""
    quotes: tuple[Quote, ...]
    iri: str = ""
    rules: tuple[str, ...] = ()
    """The rules that found it."""
    against: tuple[str, ...] = ()
    """IRIs of facts that cannot hold along with it."""

    @property
    def reports(self) -> tuple[str, ...]:
        """The documents that state it."""
        return tuple(dict.fromkeys(quote.report for quote in self.quotes))


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that a build says about one entity."""

    iri: str
    type: str
    name: str
    aliases: tuple[str, ...]
    facts: tuple[Fact, ...]
    figures: tuple[Fact, ...]
    rule_set: str = ""
    """The version of the rules that everything was found with."""

    def contested(self) -> tuple[Fact, ...]:
        """The facts that others speak against."""
        return tuple(f for f in (*self.facts, *self.figures) if f.against)

    def _repr_html_(self) -> str:
        """How a notebook shows it."""
        from zhengpu.use.notebook import explanation_html  # noqa: PLC0415

        return explanation_html(self)


class Explanations(tuple[Explanation, ...]):
    """Several explanations, which a notebook shows one below the other."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return "".join(one._repr_html_() for one in self)
