"""Which rule fired on which words: an extraction told sentence by sentence."""

from __future__ import annotations

from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING

from zhengpu.graph.reporting import sentences_of_mentions
from zhengpu.model import Statement

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zhengpu.model import Extraction, Link, Observation, SourceSentence


@dataclass(frozen=True, slots=True)
class Fired:
    """A rule that fired, on which words, and what came of it."""

    rule: str
    words: str
    """Of the source, without white space; ` … ` between stretches."""
    result: Link | Statement | Observation


@dataclass(frozen=True, slots=True)
class Traced:
    """A sentence and all that fired in it."""

    sentence: SourceSentence
    line: int
    """Where it begins in the source text, from 1."""
    fired: tuple[Fired, ...]
    """Mentions, then relations, then statistics, each by the place of their words."""


def trace(extraction: Extraction) -> tuple[Traced, ...]:
    """Every sentence of a file with the rules that fired in it.

    Sentences in which nothing fired are told as well: what is missing is seen
    among what is there. A fact stands where it is stated first.
    """
    rows: list[list[tuple[int, int, Fired]]] = [[] for _ in extraction.sentences]
    for index, kind, offset, fired in _fired(extraction):
        rows[index].append((kind, offset, fired))
    text, line, at = extraction.raw.text, 1, 0
    traced = []
    for sentence, found in zip(extraction.sentences, rows, strict=True):
        start = sentence.span.start
        line += text.count("\n", at, start) - text.count("\n", start, at)
        at = start
        found.sort(key=itemgetter(0, 1))
        traced.append(Traced(sentence, line, tuple(fired for *_, fired in found)))
    return tuple(traced)


def _fired(extraction: Extraction) -> Iterator[tuple[int, int, int, Fired]]:
    """Sentence, kind, offset and rule of all that was found."""
    text = extraction.raw.text
    homes = sentences_of_mentions(extraction)
    for home, link in zip(homes, extraction.mentions, strict=True):
        held = link.mention
        words = _words(text, [(held.start, held.end)])
        yield home, 0, held.start, Fired(held.rule, words, link)
    facts: tuple[Statement | Observation, ...]
    facts = (*extraction.statements, *extraction.observations)
    for fact in facts:
        kind = 1 if isinstance(fact, Statement) else 2
        for evidence in fact.places:
            fired = Fired(evidence.rule, _words(text, evidence.spans), fact)
            yield evidence.sentence, kind, evidence.spans[0].start, fired


def _words(text: str, spans: Sequence[tuple[int, int]]) -> str:
    return " … ".join("".join(text[start:end].split()) for start, end in spans)
