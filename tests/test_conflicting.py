"""Facts that cannot hold together are told from those that can."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from gold_extractions import extraction_of
from msgspec import structs

from zhengpu import pipeline
from zhengpu.cli import run
from zhengpu.graph import store
from zhengpu.model import (
    Entity,
    EntityType,
    Evidence,
    Frame,
    FramedDocument,
    Observation,
    Span,
)
from zhengpu.use.conflicting import Counted, Said, conflicts, contradict
from zhengpu.use.explaining import explain

if TYPE_CHECKING:
    from pathlib import Path

    from zhengpu.model import Extraction

SAID = Said("1", "holdsPost", "甲", "乙", "主席", "2020", planned=False)
FIVE = Counted("1", ("提案", "件"), "2020", Decimal(5), approx=False)
SIX = replace(FIVE, fact="2", value=Decimal(6))
APART = {"1": {"a"}, "2": {"b"}}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (SAID, replace(SAID, relation="leftPost"), True),
        (SAID, replace(SAID, relation="leftPost", period="2021"), False),
        (SAID, replace(SAID, relation="leftPost", role="副主席"), False),
        (SAID, replace(SAID, object="丙"), False),
        *(
            (
                replace(SAID, relation=relation),
                replace(SAID, relation=relation, subject="乙", object="甲"),
                expected,
            )
            for relation, expected in (
                ("leads", True),
                ("partOf", True),
                ("supports", False),
            )
        ),
        *(
            (
                replace(SAID, relation=relation),
                replace(SAID, relation=relation, object="丙"),
                expected,
            )
            for relation, expected in (("presentedBy", True), ("leads", False))
        ),
    ],
)
def test_claims_that_contradict(one: Said, other: Said, *, expected: bool) -> None:
    assert contradict(one, other) is expected
    assert contradict(other, one) is expected


def test_what_is_planned_contradicts_nothing() -> None:
    other = replace(SAID, fact="2", relation="leftPost")
    assert conflicts([SAID, other], [], APART) == {"1": ("2",), "2": ("1",)}
    assert conflicts([SAID, replace(other, planned=True)], [], APART) == {}


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (SIX, True),
        (replace(SIX, value=Decimal("5.0")), False),
        (replace(SIX, period="2021"), False),
        (replace(SIX, what=("提案", "份")), False),
        (replace(SIX, value=Decimal("5.2"), approx=True), False),
        (replace(SIX, value=Decimal(6), approx=True), True),
    ],
)
def test_figures_that_contradict(other: Counted, *, expected: bool) -> None:
    assert bool(conflicts([], [FIVE, other], APART)) is expected


def test_one_document_has_two_things_in_mind() -> None:
    assert conflicts([], [FIVE, SIX], {"1": {"a"}, "2": {"a", "b"}}) == {}


def test_a_figure_without_period_contradicts_nothing() -> None:
    assert conflicts([], [replace(f, period="") for f in (FIVE, SIX)], APART) == {}


def counted(value: int, name: str) -> Extraction:
    """A report that counts proposals."""
    text = f"甲县政协提案{value}件。"
    body = Entity("e1", EntityType.ORG, "甲县政协")
    evidence = Evidence(0, (Span(4, 7),), "a/b")
    figure = Observation("e1", "提案", Decimal(value), "件", evidence, period="2020")
    made = extraction_of(text, (body,), observations=(figure,), name=name)
    frame = Frame(title=f"{name}报告")
    return structs.replace(
        made, documents=(FramedDocument("d1", frame, Span(0, len(text))),)
    )


def test_two_documents_that_disagree_are_told_together(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("zhengpu.use.drawing.draw", lambda *args: args[-1].touch())
    made = pipeline.Collection((counted(5, "甲"), counted(6, "乙")))
    pipeline.write(made, tmp_path / "output")
    (found,) = explain(store.load(tmp_path / "output"), "甲县政协")
    five, six = found.figures
    assert (five.against, six.against) == ((six.iri,), (five.iri,))
    assert found.contested() == (five, six)
    assert (
        run(["explain", "甲县政协", "-g", str(tmp_path / "output"), "--lang", "en"])
        == 0
    )
    told = capsys.readouterr().out
    assert "✗ against: 提案 6 件" in told
    assert f"sha256 {five.quotes[0].sha256}" in told
    assert "rule a/b" in told
