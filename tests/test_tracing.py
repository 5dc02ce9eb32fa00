"""Which rule fired on which words: all that was found, each once, in its sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhengpu.model import Link, Observation, Statement
from zhengpu.use.tracing import trace

if TYPE_CHECKING:
    from zhengpu.model import Extraction


def test_every_sentence_is_told_in_its_order(gold: tuple[Extraction, ...]) -> None:
    for extraction in gold:
        traces = trace(extraction)
        assert tuple(traced.sentence for traced in traces) == extraction.sentences
        assert any(not traced.fired for traced in traces)


def test_everything_that_was_found_is_told_once(gold: tuple[Extraction, ...]) -> None:
    for extraction in gold:
        told = [fired.result for traced in trace(extraction) for fired in traced.fired]
        found = [
            *extraction.mentions,
            *extraction.statements,
            *extraction.observations,
        ]
        assert len(told) == len(found)
        assert sorted(map(repr, told)) == sorted(map(repr, found))


def test_a_rule_is_told_with_its_words(gold: tuple[Extraction, ...]) -> None:
    for extraction in gold:
        for traced in trace(extraction):
            for fired in traced.fired:
                if isinstance(fired.result, Link):
                    assert fired.rule == fired.result.mention.rule
                    assert fired.words == "".join(fired.result.mention.text.split())
                else:
                    assert fired.rule == fired.result.evidence.rule
                    assert fired.words


def test_names_come_before_relations_and_those_before_figures(
    gold: tuple[Extraction, ...],
) -> None:
    order = (Link, Statement, Observation)
    for extraction in gold:
        for traced in trace(extraction):
            kinds = [order.index(type(fired.result)) for fired in traced.fired]
            assert kinds == sorted(kinds)


def test_lines_are_those_of_the_file(gold: tuple[Extraction, ...]) -> None:
    for extraction in gold:
        for traced in trace(extraction):
            before = extraction.raw.text[: traced.sentence.span.start]
            assert traced.line == before.count("\n") + 1
