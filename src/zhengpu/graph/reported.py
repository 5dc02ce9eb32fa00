"""The nouns of a build's report: files, sentences, coverage, violations."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from zhengpu.graph.checked import Checked  # noqa: TC001 - the cache reads it
from zhengpu.graph.merged import Applied, Candidate  # noqa: TC001 - the cache reads it
from zhengpu.graph.promises import Account  # noqa: TC001 - the cache reads it
from zhengpu.messages import Language, message
from zhengpu.model import Finding  # noqa: TC001 - the cache reads it


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that gave nothing, and why."""

    name: str
    finding: Finding

    @property
    def zh(self) -> str:
        """The reason in Chinese."""
        return finding_text(self.finding, "zh").removeprefix(f"{self.name}：")

    @property
    def en(self) -> str:
        """The reason in English."""
        return finding_text(self.finding, "en").removeprefix(f"{self.name}: ")


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a text became fact; `covered` of `total`."""

    covered: int
    total: int

    @property
    def share(self) -> float:
        """From 0 to 1; 1 where there was nothing to cover."""
        return self.covered / self.total if self.total else 1.0


class Level(StrEnum):
    """What was found in a sentence, at the most."""

    NOTHING = "nothing"
    MENTIONS = "mentions"
    """Names, but no fact."""
    FACTS = "facts"
    """Relations, no figures."""
    FIGURES = "figures"
    """Statistics, no relations."""
    BOTH = "both"
    """Relations and statistics."""


@dataclass(frozen=True, slots=True)
class MappedSentence:
    """A sentence and how much was found in it."""

    text: str
    planned: bool
    """Whether it announces work to come."""
    begins: bool
    """Whether a paragraph begins with it."""
    mentions: int
    relations: int
    statistics: int
    start: int = 0
    """In characters of the source text."""

    @property
    def level(self) -> Level:
        """What was found in it, at the most."""
        if self.relations and self.statistics:
            return Level.BOTH
        if self.statistics:
            return Level.FIGURES
        if self.relations:
            return Level.FACTS
        return Level.MENTIONS if self.mentions else Level.NOTHING


class DocumentReport(NamedTuple):
    """What a document in a file is."""

    kind: str
    title: str
    place: str
    period: str


@dataclass(frozen=True, slots=True)
class SourceReport:
    """What one file gave."""

    name: str
    sha256: str
    encoding: str
    characters: int
    documents: tuple[DocumentReport, ...]
    entities: int
    mentions: int
    relations: int
    statistics: int
    planned: int
    """Of the relations and statistics, those that announce work to come."""
    sentences: Coverage
    numerals: Coverage
    map: tuple[MappedSentence, ...]
    """Every sentence, with what was found in it."""
    findings: tuple[Finding, ...]

    @property
    def levels(self) -> tuple[tuple[Level, int], ...]:
        """How many sentences of each level."""
        count = Counter(sentence.level for sentence in self.map)
        return tuple((level, count[level]) for level in Level)


@dataclass(frozen=True, slots=True)
class Violation:
    """A result of SHACL validation."""

    shape: str
    focus: str
    message: str
    severity: str = "Violation"
    quote: str = ""
    """A sentence behind what breaks the shape, where there is one."""
    correction: str = ""
    """The table of the corrections file that would mend it."""


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that an editor wants to know about a build."""

    sources: tuple[SourceReport, ...]
    skipped: tuple[Skipped, ...]
    notices: tuple[Finding, ...]
    """About the build as a whole: files passed over, merged names …"""
    entities: tuple[tuple[str, int], ...]
    """Type to number, over all files, merged."""
    relations: tuple[tuple[str, int], ...]
    statistics: int
    triples: int
    violations: tuple[Violation, ...] = ()
    checks: tuple[Checked, ...] = ()
    """What arithmetic over all reports found, warnings first."""
    accounts: tuple[Account, ...] = ()
    """Promises of each report that has a successor, and what became of them."""
    charts: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Indicators that several years have, each with its pictures as SVG."""
    corrections: tuple[Applied, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    """Things that may be one, the likeliest first."""
    files: int = 0
    """How many files were read, where `sources` does not list them: a large
    build has a table of them."""

    @property
    def is_clean(self) -> bool:
        """Whether every file was read."""
        return not self.skipped


def finding_text(finding: Finding, language: Language) -> str:
    """What a finding says to people."""
    return message(finding.code, dict(finding.parameters), language)
