"""Arithmetic: whether a rate fits the counts that stand beside it."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from zhengpu.model import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhengpu.model import Observation

_HUNDRED = Decimal(100)


def mismatches(facts: Sequence[Observation]) -> list[Finding]:
    """Rates of a sentence that their part and whole do not give.

    Args:
        facts: A sentence's observations, in order: 提案163件, 立案提案142件, 立案率87.1%.

    Returns:
        A warning for each rate further off than its decimals allow.
    """
    found = []
    for n, rate in enumerate(facts):
        if rate.unit == "%" and rate.measure.endswith("率"):
            found += _checked(rate, facts[:n])
    return found


def _checked(rate: Observation, before: Sequence[Observation]) -> list[Finding]:
    """A warning where the nearest whole and part before a rate do not give it."""
    done = rate.measure[-3:-1]
    for whole, part in reversed(list(pairwise(before))):
        exact = not (whole.approx or part.approx) and part.unit != rate.unit
        alike = exact and whole.unit == part.unit
        if alike and part.measure.startswith(done) and 0 < part.value <= whole.value:
            given = part.value / whole.value * _HUNDRED
            return (
                [] if fits(rate.value, given) else [_warning(rate, whole, part, given)]
            )
    return []


def fits(stated: Decimal, given: Decimal) -> bool:
    """Whether a stated rate is the given one, rounded or cut to its decimals.

    >>> fits(Decimal("87.1"), Decimal(142) / Decimal(163) * 100)
    True
    >>> fits(Decimal("78.1"), Decimal(142) / Decimal(163) * 100)
    False
    """
    return abs(stated - given) <= Decimal(1).scaleb(int(stated.as_tuple().exponent))


def _warning(
    rate: Observation, whole: Observation, part: Observation, given: Decimal
) -> Finding:
    parameters = (
        ("rate", f"{rate.measure}{rate.value}%"),
        ("part", f"{part.value}"),
        ("whole", f"{whole.value}"),
        ("given", f"{given:.2f}%"),
    )
    span = rate.evidence.spans[0]
    return Finding(Severity.WARNING, "count", "rate-does-not-fit", parameters, span)
