"""Where reports say something: file, sentence and words, from files or from a written build."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import QuerySolutions

from zhengpu.graph.vocabulary import below_id, prefixes
from zhengpu.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import TypeAlias

    from pyoxigraph import QuerySolution, Store

    from zhengpu.graph.merged import Merged, Report

    Stretch: TypeAlias = tuple[Span, str]
    """Words, and where they stand."""


@dataclass(frozen=True, slots=True, order=True)
class Cited:
    """Where a report gives a figure."""

    report: str
    """Key of the report."""
    title: str
    time: str
    """The year or years that the report reviews."""
    file: str
    start: int
    end: int
    """Of the words, in characters of the source text."""
    words: str
    """Without white space."""
    text: str
    """The sentence."""


class Citing:
    """The sentences of what is merged, with their reports, files and names.

    Args:
        merged: A build.
    """

    def __init__(self, merged: Merged) -> None:
        self.names = {thing.key: thing.name for thing in merged.things}
        self._quotes = {quote.key: quote for quote in merged.quotes}
        self._reports = {report.key: report for report in merged.reports}
        self._files = {source.sha256: source.names[0] for source in merged.sources}

    def report(self, quote: str) -> Report:
        """The report that a sentence is of."""
        return self._reports[self._quotes[quote].report]

    def name(self, key: str) -> str:
        """What a thing is called; its key where it has no name."""
        return self.names.get(key, key)

    def cited(self, quote: str, source: str, spans: Iterable[Stretch]) -> Cited:
        """Words of a sentence in one of its files."""
        report = self.report(quote)
        return Cited(
            report.key,
            report.title,
            report.frame.period or "",
            self._files[source],
            *_joined(spans),
            self._quotes[quote].text,
        )


def grouped(graph: Store, sparql: str, *by: str) -> list[list[QuerySolution]]:
    """The rows of a query that have the same values of some variables, sorted by them.

    Args:
        graph: A written build.
        sparql: A SELECT query.
        by: The variables.
    """
    answer = graph.query(sparql, prefixes=prefixes())
    if not isinstance(answer, QuerySolutions):
        raise TypeError(sparql)
    groups: dict[tuple[str, ...], list[QuerySolution]] = defaultdict(list)
    for row in answer:
        groups[tuple(text_in(row, name) for name in by)].append(row)
    return [group for _, group in sorted(groups.items())]


def cited_in(rows: Sequence[QuerySolution]) -> Cited:
    """Words of one sentence; a row is one stretch of them."""
    spans = (
        (
            Span(int(text_in(row, "start")), int(text_in(row, "end"))),
            text_in(row, "words"),
        )
        for row in rows
    )
    row = rows[0]
    return Cited(
        below_id(text_in(row, "report")),
        text_in(row, "title"),
        text_in(row, "time"),
        min(text_in(row, "file") for row in rows),
        *_joined(spans),
        text_in(row, "text"),
    )


def text_in(row: QuerySolution, variable: str) -> str:
    """The text of a variable's value, or nothing."""
    term = row[variable]
    return "" if term is None else getattr(term, "value", str(term))


def _joined(spans: Iterable[Stretch]) -> tuple[int, int, str]:
    """Where words begin and end, and the words without white space."""
    found = sorted(
        {(start, end, "".join(words.split())) for (start, end), words in spans}
    )
    words = "".join(words for _, _, words in found)
    return found[0][0], max(end for _, end, _ in found), words
