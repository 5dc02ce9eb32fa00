"""The commands that compare: years, promises, posts, and two builds."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

import zhengpu
from zhengpu.cli import run
from zhengpu.use.changes import apply_patch

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HEAD = "政府工作报告\n——{after}年1月10日在代县第十八届人民代表大会上\n县长 {mayor}\n"
BODY = "一、{year}年工作回顾\n{done}\n二、{after}年工作安排\n{planned}\n"
TOLD = {
    2022: ("城镇新增就业2100人。", "城镇新增就业2000人以上。实施敬老院改造提升工程。"),
    2023: ("城镇新增就业1900人。完成敬老院改造提升工程。", "推进供水管网改造工程。"),
}


def built(folder: Path, *years: int) -> Path:
    """A build of reports of one county."""
    texts = folder / "in"
    texts.mkdir(parents=True)
    for year in years:
        done, planned = TOLD[year]
        parts = {"year": year, "after": year + 1, "mayor": "张三"}
        text = (HEAD + BODY).format(**parts, done=done, planned=planned)
        (texts / f"{year}.txt").write_text(text, encoding="utf-8")
    zhengpu.build(texts).write(folder / "out")
    return folder / "out"


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The build of both years."""
    return built(tmp_path_factory.mktemp("both"), 2022, 2023)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The build of the earlier year alone."""
    return built(tmp_path_factory.mktemp("first"), 2022)


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Runs a command that must succeed, and gives what it printed."""

    def output(*arguments: object) -> str:
        assert run([str(argument) for argument in (*arguments, "--lang", "en")]) == 0
        return capsys.readouterr().out

    return output


def test_compare_lists_what_can_be_compared(
    told: Callable[..., str], both: Path
) -> None:
    assert "城镇新增就业" in told("compare", "-g", both)


def test_compare_shows_target_and_value_side_by_side(
    told: Callable[..., str], both: Path
) -> None:
    lines = told("compare", "城镇新增就业", "-g", both).splitlines()
    rows = [line.split() for line in lines if ".txt" in line]
    years = [(row[1], row[2]) for row in rows]
    assert years == [("2022", "2100人"), ("2023", "≈2000人"), ("2023", "1900人")]


def test_compare_writes_csv_json_and_svg(told: Callable[..., str], both: Path) -> None:
    call = ("compare", "new-urban-jobs", "-g", both, "--format")
    rows = list(csv.DictReader(io.StringIO(told(*call, "csv"))))
    assert [row["value"] for row in rows] == ["2100", "2000", "1900"]
    assert [row["value"] for row in json.loads(told(*call, "json"))] == [
        row["value"] for row in rows
    ]
    ET.fromstring(told(*call, "svg"))  # noqa: S314 - our own


def test_compare_says_what_comes_near(
    capsys: pytest.CaptureFixture[str], both: Path
) -> None:
    assert run(["compare", "新增就", "-g", str(both)]) == 2
    assert "城镇新增就业" in capsys.readouterr().err


def test_promises_shows_both_sentences(told: Callable[..., str], both: Path) -> None:
    shown = told("promises", "-g", both)
    assert "○ 实施敬老院改造提升工程。" in shown
    assert "● 完成敬老院改造提升工程。" in shown
    assert "missed" in shown
    rows = list(
        csv.DictReader(io.StringIO(told("promises", "-g", both, "--format", "csv")))
    )
    assert len(rows) == 2
    assert json.loads(told("promises", "-g", both, "--format", "json"))
    assert "敬老院" not in told("promises", "-g", both, "--unanswered")


def test_promises_of_one_report_alone_are_none(
    capsys: pytest.CaptureFixture[str], first: Path
) -> None:
    assert run(["promises", "-g", str(first)]) == 0
    captured = capsys.readouterr()
    assert not captured.out
    assert captured.err


def test_posts_shows_holders_and_years(told: Callable[..., str], both: Path) -> None:
    shown = told("posts", "-g", both)
    rows = zhengpu.load(both).posts("张三")
    assert [h.years for post in rows for h in post.holders if h.name == "张三"]
    assert "张三" in shown
    assert "2023-2024" in shown


def test_posts_of_nobody_are_none(
    capsys: pytest.CaptureFixture[str], both: Path
) -> None:
    assert run(["posts", "李四", "-g", str(both)]) == 0
    assert "李四" in capsys.readouterr().err


def test_diff_tells_what_a_report_adds(
    told: Callable[..., str], first: Path, both: Path
) -> None:
    shown = told("diff", first, both)
    assert "document added" in shown
    assert "0 removed" in shown
    assert "新增就业 1900人（2023）" in shown
    assert "新增就业 1900人（2023）" in told("diff", first, both, "--format", "md")
    records = json.loads(told("diff", first, both, "--format", "json"))["differences"]
    assert {record["change"] for record in records} <= {"added", "changed"}
    patch = told("diff", first, both, "--format", "patch")
    assert len(apply_patch((), patch)) == patch.count("\nA ")
