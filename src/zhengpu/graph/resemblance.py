"""How alike clauses are: by the character pairs that they share, the rare ones first."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from functools import lru_cache
from operator import add
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@lru_cache(maxsize=1 << 16)
def pairs_of(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters of a text."""
    return frozenset(map(add, text, text[1:]))


class Likeness:
    """How alike clauses are: the cosine of their character pairs, rare ones first.

    Args:
        texts: All clauses, from which the rarity of pairs is counted.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        count = Counter(pair for text in set(texts) for pair in pairs_of(text))
        many = max(len(texts), 2)
        # the square, since both sides of a product carry it; whole numbers,
        # since their sum does not depend on the order of a set
        self.weight = {
            pair: round(math.log(many / n) ** 2 * 1000) for pair, n in count.items()
        }

    def norm(self, text: str) -> float:
        """The length of a clause as a vector."""
        return math.sqrt(sum(self.weight.get(pair, 0) for pair in pairs_of(text)))

    def index(self, texts: Sequence[str]) -> Index:
        """Clauses to be looked up in."""
        return Index(self, texts)


class Index:
    """Clauses, each known by its pairs."""

    def __init__(self, likeness: Likeness, texts: Sequence[str]) -> None:
        self.likeness = likeness
        self.norms = [likeness.norm(text) for text in texts]
        self.having: dict[str, list[int]] = defaultdict(list)
        for at, text in enumerate(texts):
            for pair in pairs_of(text):
                self.having[pair].append(at)

    def best(self, text: str) -> tuple[int, float]:
        """The most alike clause and its likeness; -1 and 0 where there is none."""
        sums: dict[int, int] = defaultdict(int)
        weight = self.likeness.weight
        for pair in pairs_of(text):
            for at in self.having.get(pair, ()):
                sums[at] += weight[pair]
        norms = self.norms
        best = max(
            ((total / norms[at], -at) for at, total in sums.items() if norms[at]),
            default=(0.0, 1),
        )
        own = self.likeness.norm(text)
        return (-best[1], best[0] / own) if own and best[0] else (-1, 0.0)
