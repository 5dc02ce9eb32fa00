"""Facts about one thing that cannot hold together, or hardly."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ONE_OBJECT: Final = frozenset({"presentedBy", "presentedAt"})
"""Relations that a thing has to one other thing at the most."""
ONE_WAY: Final = frozenset({"subOrganizationOf", "leads", "locatedIn", "partOf"})
"""Relations that do not hold in both directions."""
NEAR: Final = Decimal("0.05")
"""By how much figures may differ where one is approximate."""


@dataclass(frozen=True, slots=True)
class Said:
    """A claim, as far as others may contradict it."""

    fact: str
    relation: str
    subject: str
    object: str
    role: str
    period: str
    planned: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure, as far as others may contradict it."""

    fact: str
    what: tuple[str, ...]
    """All that must be equal for two figures to be comparable."""
    period: str
    value: Decimal
    approx: bool


def conflicts(
    claims: Iterable[Said],
    figures: Iterable[Counted],
    places: Mapping[str, set[str]],
) -> dict[str, tuple[str, ...]]:
    """What speaks against each fact.

    Figures conflict where another document counts the same for the same period
    with another result: one document that gives two figures for 调研活动 has two
    rounds of them in mind.

    Args:
        claims: Of one entity.
        figures: Of one entity.
        places: The documents that state each fact.

    Returns:
        Facts that others speak against, with these, sorted.
    """
    found: dict[str, set[str]] = defaultdict(set)
    done = [claim for claim in claims if not claim.planned]
    pairs = [(a.fact, b.fact) for a, b in combinations(done, 2) if contradict(a, b)]
    comparable: dict[object, list[Counted]] = defaultdict(list)
    for figure in figures:
        if figure.period:
            comparable[figure.what, figure.period].append(figure)
    pairs += [
        (a.fact, b.fact)
        for held in comparable.values()
        for a, b in combinations(held, 2)
        if differ(a, b) and not places.get(a.fact, set()) & places.get(b.fact, set())
    ]
    for one, other in pairs:
        found[one].add(other)
        found[other].add(one)
    return {fact: tuple(sorted(others)) for fact, others in found.items()}


def contradict(one: Said, other: Said) -> bool:
    """Whether two claims of what is done cannot both be true."""
    same_ends = (one.subject, one.object) == (other.subject, other.object)
    if one.relation in ONE_OBJECT and one.relation == other.relation:
        return one.subject == other.subject and one.object != other.object
    if one.relation in ONE_WAY and one.relation == other.relation:
        return (one.subject, one.object) == (other.object, other.subject)
    if {one.relation, other.relation} == {"holdsPost", "leftPost"}:
        same = same_ends and one.role == other.role
        return same and one.period == other.period
    return False


def differ(one: Counted, other: Counted) -> bool:
    """Whether two comparable figures are not the same number.

    >>> about = Counted("a", ("件",), "2020", Decimal(100), True)
    >>> differ(about, Counted("b", ("件",), "2020", Decimal(103), False))
    False
    """
    if one.approx or other.approx:
        larger = max(abs(one.value), abs(other.value))
        return abs(one.value - other.value) > NEAR * larger
    return one.value != other.value
