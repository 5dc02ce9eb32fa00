"""The scorer: the same figures as the reference, and misses one can read.

`tests/scoring` holds two gold documents, a system's output with errors of
every kind, and the figures that the reference scorer gave for them.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from zhengpu.errors import ReadingError, UsageError
from zhengpu.use.evaluating import (
    FIGURES,
    Evaluation,
    evaluate,
    parsed,
    read_gold,
    read_systems,
)
from zhengpu.use.matching import norm
from zhengpu.use.scoring import LONGEST
from zhengpu.use.serialising import serialise

SCORING = Path(__file__).parent / "scoring"
GOLD = Path(__file__).parent / "gold"


@pytest.fixture(scope="module")
def evaluation() -> Evaluation:
    """Of the output with errors."""
    documents = read_gold(SCORING / "gold")
    names = [document.name for document in documents]
    return evaluate(documents, read_systems(SCORING / "system", names))


def test_the_figures_are_those_of_the_reference(evaluation: Evaluation) -> None:
    expected = json.loads((SCORING / "expected.json").read_text(encoding="utf-8"))
    assert json.loads(evaluation.as_json()) == expected


def test_the_figures_stand_in_their_order(evaluation: Evaluation) -> None:
    assert tuple(evaluation.scores)[: len(FIGURES)] == FIGURES


def test_gold_against_itself_is_perfect() -> None:
    # imported here: the folder of the tests is on the path only while they run
    from gold_extractions import gold_extraction  # noqa: PLC0415

    documents = read_gold(GOLD)
    systems = {
        document.name: parsed(serialise(gold_extraction(document.name)))
        for document in documents
    }
    evaluation = evaluate(documents, systems)
    assert {score.f1 for score in evaluation.scores.values()} == {1.0}
    assert evaluation.misses == ()


def test_without_output_everything_is_missed() -> None:
    evaluation = evaluate(read_gold(SCORING / "gold"), {})
    assert {score.f1 for score in evaluation.scores.values()} == {0.0}
    assert all(miss.kind == "missed" for miss in evaluation.misses)


def test_every_disagreement_is_told(evaluation: Evaluation) -> None:
    for figure in ("mentions", "relations", "roles", "statistics"):
        score = evaluation.scores[figure]
        kinds = [m.kind for m in evaluation.misses if m.figure == figure]
        assert kinds.count("missed") == score.missed, figure
        assert kinds.count("false") == score.false, figure


def test_a_wrong_link_shows_both_names(evaluation: Evaluation) -> None:
    others = [miss for miss in evaluation.misses if miss.figure == "linked"]
    assert others
    assert all("→" in miss.text and "（" in miss.text for miss in others)


def test_every_disagreement_is_shown_in_its_sentence(evaluation: Evaluation) -> None:
    texts = {d.name: d.text.splitlines() for d in read_gold(SCORING / "gold")}
    for miss in evaluation.misses:
        assert miss.line > 0, miss
        assert miss.sentence, miss
        assert texts[miss.document][miss.line - 1].strip(), miss
        if miss.figure == "mentions":  # some false ones run over many sentences
            assert norm(miss.text)[:10] in norm(miss.sentence), miss
            assert len(miss.text) <= LONGEST


def test_what_is_false_names_its_rule(evaluation: Evaluation) -> None:
    for miss in evaluation.misses:
        assert bool(miss.rule) == (miss.kind != "missed"), miss


def test_json_can_hold_the_disagreements(evaluation: Evaluation) -> None:
    content = json.loads(evaluation.as_json(errors=True))
    assert len(content["errors"]) == len(evaluation.misses)
    figures = json.loads(evaluation.as_json())
    assert {**figures, "errors": content["errors"]} == content


def test_a_system_without_rules_and_evidence_is_judged_too() -> None:
    documents = read_gold(SCORING / "gold")
    names = [document.name for document in documents]
    systems = read_systems(SCORING / "system", names)
    for system in systems.values():
        for row in system["relations"]:
            del row["rule"], row["evidence"]
    bare = evaluate(documents, systems)
    false = [m for m in bare.misses if m.figure == "relations" and m.kind == "false"]
    assert false
    assert {miss.rule for miss in false} == {""}
    assert all(miss.line for miss in false), "the line of the object's first mention"


def test_a_build_can_be_judged(tmp_path: Path) -> None:
    shutil.copytree(SCORING / "system", tmp_path / "extractions")
    assert set(read_systems(tmp_path, ["news_2020"])) == {"news_2020"}


def test_white_space_and_width_make_no_difference() -> None:
    assert norm(" “书香\n政协”（一期） ") == norm("书香政协(一期)")


def test_a_folder_without_gold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no-gold"):
        read_gold(tmp_path)


@pytest.mark.parametrize("content", ["", "[]", "{", "\xff", "[" * 100_000])
def test_what_is_no_json_object_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "a.json").write_text(content, encoding="latin-1")
    with pytest.raises(ReadingError, match="bad-json"):
        read_systems(tmp_path, ["a"])


@pytest.mark.parametrize(
    "system",
    [
        {"mentions": [{"start": 1}]},
        {"mentions": 3},
        {"relations": [{"subject": "e1"}]},
        {"statistics": ["85"]},
        {"relations": None},
    ],
)
def test_an_output_without_what_it_should_hold_is_refused(
    system: dict[str, Any],
) -> None:
    documents = read_gold(SCORING / "gold")
    with pytest.raises(ReadingError, match="bad-extraction"):
        evaluate(documents, {documents[0].name: system})
