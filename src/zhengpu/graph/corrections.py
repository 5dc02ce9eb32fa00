"""What editors know better than the reports say: corrections, kind by kind.

The file is TOML that people write by hand and keep in git: tables of seven
kinds, each a judgement on entities or facts, with who made it, when, why and
from what source. What the file says depends on its tables alone, never on
their order. `corrections_file` reads it, `correcting` applies it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from zhengpu.errors import ReadingError
from zhengpu.graph.vocabulary import segment
from zhengpu.model import EntityType, Finding, Span
from zhengpu.settings import BASE_IRI

if TYPE_CHECKING:
    from collections.abc import Iterable

FILE: Final = "corrections.toml"
"""The name that a build looks for."""

FORMS: Final[dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "same-as": (("keep", "same"), ()),
    "not-same": (("entities",), ()),
    "rename": (("entity", "name"), ()),
    "retype": (("entity",), ("type", "kind")),
    "alias": (("entity", "alias"), ()),
    "reject": (
        ("subject",),
        ("relation", "object", "role", "measure", "value", "unit", "period", "planned"),
    ),
    "assert": (
        ("subject", "relation", "object", "who", "when", "why", "source"),
        ("role", "period", "planned", "create"),
    ),
}
"""Of each kind, the keys that it must have, and those that it may have."""

REMARKS: Final = ("who", "when", "why", "source")
"""Keys that every kind may have."""
ENTITIES: Final = ("keep", "same", "entities", "entity", "subject", "object")
"""Keys whose values name entities."""
LISTS: Final = frozenset({"same", "entities", "alias"})
FLAGS: Final = frozenset({"planned", "create"})

_PATH = re.compile(rf"({'|'.join(kind.value for kind in EntityType)})/(.+)", re.DOTALL)


class CorrectionsError(ReadingError):
    """The corrections file is not as it should be; says where and what."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One table of the file."""

    kind: str
    said: tuple[tuple[str, str], ...]
    """Key and value, sorted by key; of a list, one pair for each value."""
    line: int = field(compare=False)
    """Where the table begins, counted from 1."""
    text: str = field(compare=False)
    """The table as it is written."""
    span: Span = field(compare=False)
    """The characters of the file that it takes."""

    def all(self, key: str) -> tuple[str, ...]:
        """Every value of a key."""
        return tuple(value for name, value in self.said if name == key)

    def get(self, key: str) -> str:
        """The value of a key, or nothing."""
        return next(iter(self.all(key)), "")

    @property
    def judgement(self) -> tuple[tuple[str, str], ...]:
        """What it says, without who says so and why."""
        return tuple(pair for pair in self.said if pair[0] not in REMARKS)


@dataclass(frozen=True, slots=True)
class Corrections:
    """What a corrections file says."""

    name: str = FILE
    """The file's name, without its folder."""
    sha256: str = ""
    text: str = ""
    entries: tuple[Correction, ...] = ()
    """In the order of the file."""
    notices: tuple[Finding, ...] = ()
    """Which file it is, and why it was taken."""


NONE: Final = Corrections()
"""No corrections."""


def path_of(reference: str) -> tuple[str, str] | None:
    """Type and rest of an IRI or of its path below `id/`, or None.

    >>> path_of("https://w3id.org/zhengpu/id/ORG/甲县医院")
    ('ORG', '甲县医院')
    >>> path_of("甲县医院")
    """
    found = _PATH.fullmatch(reference.strip("<>").removeprefix(f"{BASE_IRI}id/"))
    return (found[1], found[2]) if found else None


def normal(reference: str) -> str:
    """A reference as far as it can be compared without a build."""
    path = path_of(reference)
    return f"{path[0]}/{path[1]}" if path else segment(reference)


def nearest(word: str, known: Iterable[str]) -> str:
    """The most similar of some words, of equals the first; or a dash.

    >>> nearest("renmae", ["rename", "retype"])
    'rename'
    """
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only where something is amiss

    found = process.extractOne(word, list(known), scorer=fuzz.ratio, score_cutoff=40)
    return found[0] if found else "—"
