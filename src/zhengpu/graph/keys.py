"""Keys: what entities, statements and figures are known by, wherever they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhengpu.graph.vocabulary import digest, key

if TYPE_CHECKING:
    from decimal import Decimal

    from zhengpu.model import Entity, Observation, Statement


def key_of(entity: Entity) -> str:
    """The key of an entity."""
    return key(entity.type, entity.name, entity.scope)


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


def figure_key(observation: Observation, subject: str) -> str:
    """The key of a figure: what it counts, how many, and when; never where it stands.

    Args:
        observation: Of its parts, the indicator counts before the measure.
        subject: The subject's key.
    """
    said = (
        subject,
        observation.indicator or observation.measure,
        plain(observation.value),
        observation.unit,
        observation.period,
        observation.basis,
        "planned" if observation.planned else "",
    )
    return f"Observation/{digest(*said)}"


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
