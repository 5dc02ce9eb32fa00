"""What a check finds: a finding, and the sentences that it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhengpu.graph.citing import Cited  # noqa: TC001 - the cache reads it
from zhengpu.model import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found, with the sentences that it rests on."""

    finding: Finding
    evidence: tuple[Cited, ...]
    correction: str = ""
    """A table of the corrections file that takes the likely culprit out."""


def found(
    severity: Severity,
    code: str,
    evidence: Sequence[Cited],
    correction: str = "",
    **said: str,
) -> Checked:
    """What a check has found.

    Args:
        severity: Whether somebody erred, or it is worth knowing.
        code: Of the message.
        evidence: The sentences, as reports give them.
        correction: As in `Checked`.
        said: The message's parameters.
    """
    finding = Finding(severity, "checking", code, tuple(said.items()))
    return Checked(finding, tuple(evidence), correction)
