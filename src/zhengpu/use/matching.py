"""When a name, a figure or a measure counts as the same as the gold's."""

from __future__ import annotations

import re
from typing import Any, TypeAlias

Row: TypeAlias = "dict[str, Any]"
"""A record of a gold or system file, as JSON gives it."""

WIDTHS = str.maketrans(
    "（），：“”‘’＋・•％；！？",  # compared as their half-width or plain forms
    '(),:""""+··%;!?',
)


def norm(name: str | None) -> str:
    """A name without white space, quotation marks and width differences.

    >>> norm("“书香 政协”（一期）")
    '书香政协(一期)'
    """
    name = re.sub(r"\s+", "", name or "").translate(WIDTHS)
    return name.strip("《》\"'").replace('"', "")


def accepted_forms(entities: list[Row]) -> dict[tuple[str, str], str]:
    """From type and every accepted form to the canonical name."""
    forms: dict[tuple[str, str], str] = {}
    for entity in entities:
        for form in (entity["name"], *entity.get("aliases", ())):
            forms.setdefault((entity["type"], norm(form)), norm(entity["name"]))
    for entity in entities:
        forms[entity["type"], norm(entity["name"])] = norm(entity["name"])
    return forms


def period_of(row: Row) -> str:
    """The normal form of a statistic's period."""
    return norm(str(row.get("period") or ""))


def _value(row: Row) -> float | None:
    try:
        return float(row["value"])
    except (KeyError, TypeError, ValueError):
        return None


def same_statistic(gold: Row, system: Row) -> bool:
    """Whether value, unit and measure are the same."""
    value, other = _value(gold), _value(system)
    if value is None or other is None:
        return False
    return (
        abs(value - other) < 1e-6 * max(1.0, abs(value))
        and norm(gold.get("unit")) == norm(system.get("unit"))
        and _same_measure(norm(gold["measure"]), norm(system.get("measure")))
    )


def _same_measure(gold: str, system: str) -> bool:
    """Whether one holds the other, or they end alike; at most twice as long."""
    if not gold or not system:
        return gold == system
    if len(system) > max(2 * len(gold), len(gold) + 2):
        return False
    shared = len(set(gold) & set(system))
    ends_alike = gold[-2:] == system[-2:]
    return gold in system or system in gold or (shared > 1 and ends_alike)
