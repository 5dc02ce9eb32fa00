"""Corrections of a build that no process holds as a whole.

What corrections name is looked for first; entities are corrected while files
are read. What is asserted is one more part of the build, what is rejected is
left out where its share is folded.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from zhengpu.graph.contradictions import check
from zhengpu.graph.corrections import ENTITIES, Correction, Corrections, path_of
from zhengpu.graph.folding import fold
from zhengpu.graph.identities import Book
from zhengpu.graph.judgements import Facts, counts_as, in_words, says
from zhengpu.graph.merged import Merged, Thing
from zhengpu.graph.merging import passages_of
from zhengpu.graph.references import Names
from zhengpu.graph.vocabulary import segment
from zhengpu.model import Relation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from zhengpu.graph.merged import Claim, Figure
    from zhengpu.model import Entity


def names_in(corrections: Corrections) -> frozenset[str]:
    """What a thing must be called to be one that corrections mean."""
    references = (
        reference
        for entry in corrections.entries
        for part in ENTITIES
        for reference in entry.all(part)
    )
    return frozenset(
        segment(path[1].partition(":")[0] if (path := path_of(name)) else name)
        for name in references
    )


def is_named(thing: Thing, names: frozenset[str]) -> bool:
    """Whether corrections may mean a thing."""
    return segment(thing.name) in names or any(
        segment(alias) in names for alias in thing.aliases
    )


@dataclass(frozen=True, slots=True)
class Rejection:
    """Facts that a correction rejects."""

    entry: Correction
    ends: tuple[str, ...]
    """The keys, as corrected, of subject and object, or of the subject alone."""
    labels: tuple[tuple[str, str], ...]
    """Their names."""

    @property
    def subject(self) -> str:
        """The subject's key; who cooperates is sorted."""
        mutual = self.entry.get("relation") == Relation.COOPERATES_WITH
        return min(self.ends) if mutual else self.ends[0]


class Judgement:
    """The corrections of one build.

    Args:
        corrections: What editors have judged.
        parts: The things that they name, as files name them.

    Raises:
        CorrectionsError: They contradict one another or the ontology.
    """

    def __init__(self, corrections: Corrections, parts: Iterable[Merged]) -> None:
        check(corrections)
        self.book = Book(corrections, Names(fold(parts).things))
        self.facts = Facts(self.book)
        self.things = self.book.renamed(self.book.names.things.values())
        self.facts.labels.update({key: t.name for key, t in self.things.items()})

    @property
    def become(self) -> Mapping[str, Entity]:
        """What entities become, by the keys that files give them."""
        return self.book.become

    def rejections(self) -> list[Rejection]:
        """What is to be left out."""
        found = []
        for entry in self.book.corrections.entries:
            if entry.kind == "reject":
                parts = ("subject", "object") if entry.get("relation") else ("subject",)
                if ends := self.facts.ends(entry, *parts):
                    labels = tuple(
                        (end, self.facts.labels.get(end, end)) for end in ends
                    )
                    found.append(Rejection(entry, tuple(ends), labels))
        return found

    def asserted(self) -> Merged:
        """What corrections assert, as a part of the build."""
        claims: dict[str, Claim] = {}
        known = set(self.things)
        self.facts.tell_apart()
        self.facts.assert_all(claims, self.things)
        made = tuple(thing for key, thing in self.things.items() if key not in known)
        said = tuple(claims.values())
        return Merged(things=made, claims=said, passages=passages_of(said))

    def concluded(
        self, rejections: Sequence[Rejection], told: Mapping[int, Sequence[str]]
    ) -> Merged:
        """The corrections file as a source of the build, and what it did.

        Args:
            rejections: As `rejections` gave them.
            told: What was left out, in words, by the line of the correction.
        """
        for one in rejections:
            self.facts.tell_rejected(one.entry, one.ends, told.get(one.entry.line, ()))
        return self.facts.recorded(Merged(), {}, {}, {})


def without(
    merged: Merged, rejections: Iterable[Rejection]
) -> tuple[Merged, dict[int, list[str]]]:
    """A share without what is rejected.

    Sentences that nothing else is read from stay: they may lie in other shares.

    Args:
        merged: A share, folded.
        rejections: Those whose subject lies in it.

    Returns:
        The share, and what was left out, in words, by the line of the correction.
    """
    told: dict[int, list[str]] = defaultdict(list)
    claims, figures = list(merged.claims), list(merged.figures)
    for one in rejections:
        entry, labels = one.entry, dict(one.labels)
        gone: list[Claim | Figure]
        if entry.get("relation"):
            gone = [claim for claim in claims if says(claim, entry, one.ends)]
            claims = [claim for claim in claims if claim not in gone]
        else:
            gone = [figure for figure in figures if counts_as(figure, entry, one.ends)]
            figures = [figure for figure in figures if figure not in gone]
        told[entry.line] += [in_words(fact, labels) for fact in gone]
    return replace(merged, claims=tuple(claims), figures=tuple(figures)), dict(told)
