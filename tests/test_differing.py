"""Two builds: what differs, why, and the patch that turns one into the other."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from zhengpu import api, pipeline
from zhengpu.errors import ReadingError
from zhengpu.graph.publishing import MANIFEST
from zhengpu.use.changes import Change, Diff, Reason, apply_patch
from zhengpu.use.differing import diff
from zhengpu.use.stated import Build, text_of

if TYPE_CHECKING:
    from pathlib import Path

REPORTS = {
    "县.txt": (
        "政府工作报告\n——2024年1月10日在阜新蒙古族自治县第十八届人民代表大会第三次会议上\n"
        "一、2023年工作回顾\n全年完成地区生产总值120.5亿元。城镇新增就业2300人。"
        "县政府组织开展“金秋助学”活动。\n"
    ),
    "县政协.txt": (
        "中国人民政治协商会议代县委员会常务委员会工作报告\n一、2023年工作回顾\n"
        "全年共召开常委会议5次。县政协视察了代县人民医院。\n"
    ),
}


def built(folder: Path, reports: dict[str, str]) -> Path:
    """The build of some texts."""
    texts = folder / "in"
    shutil.rmtree(texts, ignore_errors=True)
    texts.mkdir(parents=True)
    for name, text in reports.items():
        (texts / name).write_text(text, encoding="utf-8")
    pipeline.build([texts], folder / "out")
    return folder / "out"


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The build of both reports."""
    return built(tmp_path_factory.mktemp("before"), REPORTS)


@pytest.fixture(scope="module")
def edited(before: Path, tmp_path_factory: pytest.TempPathFactory) -> Diff:
    """One figure of a report is another, and the other report is gone."""
    text = REPORTS["县.txt"].replace("120.5亿元", "121.5亿元")
    return diff(before, built(tmp_path_factory.mktemp("after"), {"县.txt": text}))


def test_a_build_does_not_differ_from_itself(before: Path) -> None:
    same = diff(before, before)
    assert not same.differences
    assert not same.added
    assert not same.removed
    assert not same.documents


def test_a_figure_that_changed_is_told_with_both_values(edited: Diff) -> None:
    (found,) = [
        d
        for d in edited.differences
        if d.change is Change.CHANGED and d.kind == "figure"
    ]
    assert found.details == (("value", "12050000000", "12150000000"),)
    assert found.reason is Reason.TEXT
    assert found.files == ("县.txt",)
    assert "121.5亿元" in found.fact.quote


def test_what_goes_with_a_document_says_so(edited: Diff) -> None:
    gone = [d for d in edited.differences if "县政协.txt" in d.files]
    assert gone
    assert {d.change for d in gone} == {Change.REMOVED}
    assert {d.reason for d in gone} == {Reason.DOCUMENT_REMOVED}
    assert edited.documents == (("县.txt", "changed"), ("县政协.txt", "removed"))


def test_the_other_way_round_it_is_added(before: Path, tmp_path: Path) -> None:
    alone = built(tmp_path, {"县.txt": REPORTS["县.txt"]})
    found = diff(alone, before)
    facts = [d for d in found.differences if d.kind != "entity"]
    assert facts
    assert {d.change for d in facts} == {Change.ADDED}
    assert {d.reason for d in found.differences} == {Reason.DOCUMENT_ADDED}


def test_the_same_text_extracted_otherwise_is_a_change_of_rules(
    before: Path, tmp_path: Path
) -> None:
    other = tmp_path / "out"
    shutil.copytree(before, other)
    graph = (other / "graph.ttl").read_text(encoding="utf-8")
    changed = graph.replace("12050000000", "12060000000")
    assert changed != graph
    (other / "graph.ttl").write_text(changed, encoding="utf-8")
    manifest = json.loads((other / MANIFEST).read_text(encoding="utf-8"))
    manifest["files"]["extractions/县.json"] = "0" * 64
    (other / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    (found,) = diff(before, other).differences
    assert found.reason is Reason.RULES


def test_a_patch_turns_the_old_triples_into_the_new(
    before: Path, edited: Diff, tmp_path: Path
) -> None:
    text = REPORTS["县.txt"].replace("120.5亿元", "121.5亿元")
    new = Build(built(tmp_path, {"县.txt": text}))
    old = Build(before)
    patch = edited.as_patch()
    assert patch.splitlines()[1] == "TX ."
    assert patch.endswith("TC .\n")
    assert apply_patch(old.triples, patch) == new.triples
    assert apply_patch(old.triples, "TX .\nTC .\n") == old.triples != new.triples


def test_a_patch_of_real_literals_applies(built: Path, tmp_path: Path) -> None:
    """Quotes, line feeds and decimals of the gold reports survive."""
    other = tmp_path / "out"
    shutil.copytree(built, other)
    (other / "evidence.ttl").unlink()
    old, new = Build(built), Build(other)
    assert apply_patch(old.triples, diff(built, other).as_patch()) == new.triples
    assert apply_patch(new.triples, diff(other, built).as_patch()) == old.triples


def test_a_row_that_is_none_is_refused() -> None:
    with pytest.raises(ReadingError, match="bad-patch"):
        apply_patch((), "X nonsense .\n")


def test_json_and_markdown_hold_every_difference(edited: Diff) -> None:
    records = json.loads(edited.as_json())["differences"]
    assert len(records) == len(edited.differences)
    assert {record["reason"] for record in records} == {
        "text-changed",
        "document-removed",
    }
    markdown = edited.as_markdown()
    rows = [line for line in markdown.splitlines() if line.startswith("| ")]
    tables = len({d.kind for d in edited.differences}) + 1
    assert len(rows) == len(edited.differences) + len(edited.documents) + 2 * tables


def test_a_folder_without_a_build_is_an_error(tmp_path: Path, before: Path) -> None:
    with pytest.raises(ReadingError, match="no-graph"):
        diff(before, tmp_path)


def test_an_extraction_that_is_no_json_is_an_error(
    tmp_path: Path, before: Path
) -> None:
    other = tmp_path / "out"
    shutil.copytree(before, other)
    (other / "extractions" / "县.json").write_text("[", encoding="utf-8")
    with pytest.raises(ReadingError, match="bad-extraction"):
        diff(before, other)


def test_literals_are_unescaped() -> None:
    assert text_of(r'"a\"b\\c"') == 'a"b\\c'
    assert text_of('"5"^^<http://www.w3.org/2001/XMLSchema#integer>') == "5"


def test_what_a_correction_merges_is_a_change_and_says_so(
    before: Path, tmp_path: Path
) -> None:
    texts = tmp_path / "in"
    texts.mkdir()
    for name, text in REPORTS.items():
        (texts / name).write_text(text, encoding="utf-8")
    file = tmp_path / "corrections.toml"
    file.write_text(
        '[[rename]]\nentity = "代县人民医院"\nname = "代县中心医院"\n',
        encoding="utf-8",
    )
    api.build_into([texts], tmp_path / "out", corrections=file)
    found = diff(before, tmp_path / "out")
    assert found.differences
    assert {d.reason for d in found.differences} == {Reason.CORRECTIONS}
    assert not found.documents, "the corrections file is no report"
    changed = [d for d in found.differences if d.change is Change.CHANGED]
    assert any(("object", "代县人民医院", "代县中心医院") in d.details for d in changed)
