"""Things that may be one and that no key can tell: listed, never merged.

Names are compared within small blocks of things that share a rare pair of
characters, so that the cost grows with the number of things, not with its
square. Similar names, shared facts and sentences that name both are weighed
into a score; an editor decides (`zhengpu.graph.corrections`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Final

from zhengpu.graph.corrections_file import table
from zhengpu.graph.likeness import (
    UNLIKE,
    Likeness,
    Name,
    Reason,
    bigrams,
    likeness,
    name_of,
    renamed,
)
from zhengpu.graph.merged import Candidate
from zhengpu.graph.vocabulary import segment
from zhengpu.model import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from zhengpu.graph.merged import Merged

ENOUGH: Final = 0.6
"""Score from which a pair is a candidate."""
FEW: Final = 3
"""Things that share an alias, beyond which it is everybody's: 妇联, 工商联."""
CROWD: Final = 40
"""Things in a block beyond which what they share tells nothing."""
RARELY: Final = 20
"""The same for blocks of names that share a pair of characters."""
RARE: Final = 3
"""Pairs of characters by which a name is looked for, the rarest ones."""
LEAST: Final = 0.4
"""Likeness of names below which no facts in common make a candidate."""
FORM: Final = 0.7
"""What the names count for in the score; facts in common count for the rest."""
TOGETHER: Final = 0.3
"""What a sentence that names both takes away."""

Pair = tuple[str, str]


def candidates(merged: Merged, limit: int = 200) -> tuple[Candidate, ...]:
    """Pairs of things that may be one.

    Args:
        merged: What files say together, as corrected: what a correction says
            is not the same is never a candidate.
        limit: How many at most.

    Returns:
        The likeliest first; of equals by their keys.
    """
    known = _Known(merged)
    found = []
    for pair in sorted(_pairs(known.names)):
        if pair not in known.apart:
            score, reasons = known.weighed(*pair)
            if score >= ENOUGH:
                found.append((-score, pair, reasons))
    found.sort()
    return tuple(
        known.candidate(pair, -score, reasons) for score, pair, reasons in found[:limit]
    )


def _pairs(names: Mapping[str, Name]) -> set[Pair]:
    """The pairs worth a look: same name, alias, or a rare pair of characters."""
    grams: dict[EntityType, Counter[str]] = defaultdict(Counter)
    for name in names.values():
        grams[name.type].update(bigrams(name.core))
    blocks: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key, name in names.items():
        for block in _blocks(name, grams[name.type]):
            blocks[block].append(key)
    return {
        (min(pair), max(pair))
        for (kind, _), held in blocks.items()
        if len(held) <= (RARELY if kind.startswith("gram") else CROWD)
        for pair in combinations(held, 2)
        if pair[0] != pair[1]
    }


def _blocks(name: Name, count: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """The blocks that a thing belongs to.

    Args:
        name: Its name.
        count: In how many names of its type each pair of characters stands.
    """
    yield "name", name.core
    # a name and an alias of another meet in the block of that word
    for alias in sorted({name.core, *name.aliases}):
        yield f"alias {name.type}", alias
    if name.type is EntityType.ORG:
        for _, _, now in renamed(name.core):
            yield "name", now
    if name.type is not EntityType.PER:
        rare = sorted(bigrams(name.core), key=lambda gram: (count[gram], gram))
        for gram in [gram for gram in rare if count[gram] > 1][:RARE]:
            yield f"gram {name.type}", gram


class _Known:
    """What a build says of its things, for weighing pairs of them."""

    def __init__(self, merged: Merged) -> None:
        self.things = {thing.key: thing for thing in merged.things}
        self.names = {thing.key: name_of(thing) for thing in merged.things}
        self.owners = Counter(
            (name.type, alias) for name in self.names.values() for alias in name.aliases
        )
        self.texts = {quote.key: quote.text for quote in merged.quotes}
        self.named = Counter(segment(thing.name) for thing in merged.things)
        self.partners: dict[str, set[tuple[str, str]]] = defaultdict(set)
        self.related: set[Pair] = set()
        self.quotes: dict[str, set[str]] = defaultdict(set)
        for claim in merged.claims:
            relation = claim.relation.value
            self.partners[claim.subject].add((relation, claim.object))
            self.partners[claim.object].add((f"^{relation}", claim.subject))
            self.related.add(
                (min(claim.subject, claim.object), max(claim.subject, claim.object))
            )
            for place in claim.attestations:
                self.quotes[claim.subject].add(place.quote)
                self.quotes[claim.object].add(place.quote)
        for figure in merged.figures:
            for place in figure.attestations:
                self.quotes[figure.subject].add(place.quote)
        self.apart = {
            pair
            for applied in merged.corrections
            if applied.kind == "not-same"
            for pair in combinations(sorted(applied.things), 2)
        }

    def weighed(self, first: str, second: str) -> Likeness:
        """How likely two things are one, and why; 0 where they cannot be."""
        form, why = likeness(self.names[first], self.names[second])
        if form < LEAST or (first, second) in self.related:
            return UNLIKE
        code, word = why[0]
        if code == "alias" and self.owners[self.names[first].type, word] > FEW:
            return UNLIKE
        reasons = list(why)
        shared = self.telling(first) & self.telling(second)
        fewer = min(len(self.telling(first)), len(self.telling(second)))
        score = FORM * form + (1 - FORM) * min(1.0, 2 * len(shared) / (fewer + 2))
        if shared:
            told = "、".join(sorted({self.label(name) for _, name in shared})[:3])
            reasons.append(("shared", f"{len(shared)}（{told}）"))
        if self.quotes[first] & self.quotes[second]:
            score -= TOGETHER
            count = len(self.quotes[first] & self.quotes[second])
            reasons.append(("together", str(count)))
        return round(score, 2), tuple(reasons)

    def telling(self, name: str) -> set[tuple[str, str]]:
        """What a thing has to do with, without what half the build has to."""
        return {
            (relation, other)
            for relation, other in self.partners[name]
            if len(self.partners[other]) <= CROWD
        }

    def label(self, name: str) -> str:
        """The name of a thing."""
        return self.things[name].name if name in self.things else name

    def candidate(
        self, pair: Pair, score: float, reasons: tuple[Reason, ...]
    ) -> Candidate:
        """A pair with its sentences and the tables to paste."""
        keep, same = sorted(pair, key=self.weight)
        texts = [self.sentence(name) for name in (keep, same)]
        kept, merged = self.shown(keep), self.shown(same)
        return Candidate(
            keep,
            same,
            score,
            reasons,
            tuple(filter(None, texts)),
            table("same-as", ("keep", kept), ("same", [merged])),
            table("not-same", ("entities", [kept, merged])),
        )

    def weight(self, name: str) -> tuple[int, int, str]:
        """The order in which things are kept: much said of it, a long name."""
        return -len(self.quotes[name]), -len(self.things[name].name), name

    def sentence(self, name: str) -> str:
        """A sentence that states something of a thing, or nothing."""
        texts: Iterator[str] = (self.texts[quote] for quote in self.quotes[name])
        return min(texts, key=lambda text: (len(text), text), default="")

    def shown(self, name: str) -> str:
        """How a correction calls a thing: by name, or by path if that is unclear."""
        label = self.things[name].name
        return label if self.named[segment(label)] == 1 else name
