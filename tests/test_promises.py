"""Promise and delivery: the labelled pairs, and what may not be joined."""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from zhengpu import pipeline
from zhengpu.errors import ReadingError
from zhengpu.graph.clauses import core, is_delivery, is_promise, shares
from zhengpu.graph.gathering import points_of
from zhengpu.graph.merging import merge
from zhengpu.graph.promises import Verdict, accounts
from zhengpu.graph.resemblance import Likeness
from zhengpu.knowledge.lexicon import read_table
from zhengpu.model import (
    Extraction,
    Frame,
    FramedDocument,
    RawText,
    SourceSentence,
    Span,
)
from zhengpu.use.promising import as_csv, as_json, promises

if TYPE_CHECKING:
    from collections.abc import Iterable

LABELS = read_table(Path(__file__).parent / "promises" / "labels.tsv")


def reviewing(
    year: int,
    done: Iterable[str],
    planned: Iterable[str] = (),
    body: str = "国务院",
    file: str = "",
) -> Extraction:
    """A report that tells some clauses as done and announces others."""
    sentences, text = [], ""
    for clauses, is_planned in ((done, False), (planned, True)):
        for clause in clauses:
            span = Span(len(text), len(text) + len(clause) + 1)
            sentences.append(SourceSentence(0, "", f"{clause}。", span, is_planned))
            text += f"{clause}。"
    frame = Frame(kind="政府工作报告", body=body, period=str(year))
    name = file or f"{year}.txt"
    raw = RawText(name, text, f"{name:0<64}", "utf-8")
    document = FramedDocument(f"{name}#1", frame, Span(0, len(text)))
    return Extraction(raw, (document,), tuple(sentences))


def joined(*reports: Extraction) -> dict[str, str]:
    """What answers each promise."""
    return {
        pair.promise.text: pair.delivery.text
        for account in accounts(reports)
        for pair in account.pairs
    }


def test_labelled_pairs_are_many_and_of_several_bodies_and_years() -> None:
    right = [row for row in LABELS if row["answers"] == "yes"]
    assert len(right) >= 20
    assert len({row["earlier"] for row in LABELS}) >= 5
    assert {row["answers"] for row in LABELS} == {"yes", "no", "none"}


def test_most_labelled_promises_are_joined_rightly_and_few_wrongly() -> None:
    """All labelled clauses of a pair of reports, among one another.

    bench/promises.py measures the same on the whole reports.
    """
    groups: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in LABELS:
        groups[row["earlier"]].append(row)
    right = wrong = missed = 0
    for rows in groups.values():
        done = dict.fromkeys(row["delivery"] for row in rows if row["delivery"])
        planned = dict.fromkeys(row["promise"] for row in rows)
        found = joined(reviewing(2021, [], planned), reviewing(2022, done))
        for row in rows:
            delivery = found.get(row["promise"])
            is_right = row["answers"] == "yes" and delivery == row["delivery"]
            right += is_right
            wrong += delivery is not None and not is_right
            missed += row["answers"] == "yes" and not is_right
    precision, recall = right / (right + wrong), right / (right + missed)
    print(f"precision {precision:.3f}, recall {recall:.3f}")  # noqa: T201 - the figure
    assert precision > 0.9
    assert recall > 0.6


def test_a_promise_is_answered_by_the_report_on_its_year() -> None:
    plan = "启动农村人居环境整治提升五年行动"
    done = "实施农村人居环境整治提升五年行动"
    other = "粮食连年丰收"
    earlier = reviewing(2020, [other], [plan])
    assert joined(earlier, reviewing(2021, [done, other])) == {plan: done}
    assert not joined(earlier, reviewing(2022, [done, other]))
    assert not joined(earlier, reviewing(2021, [done, other], body="甲县人民政府"))
    (account,) = accounts([earlier, reviewing(2021, [other])])
    assert [clause.text for clause in account.unanswered] == [plan]


def test_what_the_earlier_report_tells_as_done_is_no_promise() -> None:
    formula = "深入实施国企改革三年行动"
    earlier = reviewing(2020, [f"持续{formula}"], [formula])
    (account,) = accounts([earlier, reviewing(2021, [formula])])
    assert account.promises == 0


def test_what_is_still_wrong_is_no_delivery() -> None:
    plan = "支持中小微企业和个体工商户发展"
    trouble = "支持中小微企业和个体工商户发展的措施不足"
    assert not joined(reviewing(2020, [], [plan]), reviewing(2021, [trouble]))


@pytest.mark.parametrize(
    "text",
    [
        "（三）深入实施创新驱动发展战略",
        "以习近平新时代中国特色社会主义思想为指导",
        "增强“四个意识”",
        "今年是中华人民共和国成立75周年",
        "让我们更加紧密地团结起来",
        "今后一个时期工作的重点是",
        "稳中求进",
    ],
)
def test_formulae_headings_and_descriptions_are_no_promises(text: str) -> None:
    assert not is_promise(text)


def test_thanks_are_no_deliveries() -> None:
    assert not is_delivery("向全国各族人民表示感谢")
    assert is_delivery("新开工改造城镇老旧小区5.6万个")


def test_clauses_that_share_only_common_words_are_not_alike() -> None:
    assert not shares("金融体制改革", "文化体育改善")
    assert core("深化金融体制改革") == "金融体制改革"


def test_likeness_is_one_for_the_same_and_none_for_the_strange() -> None:
    texts = ["国家实验室建设", "长江十年禁渔", "城镇老旧小区"]
    index = Likeness(texts).index(texts)
    for at, text in enumerate(texts):
        found, score = index.best(text)
        assert found == at
        assert score == pytest.approx(1)
    assert index.best("完全无关") == (-1, 0.0)
    assert index.best("") == (-1, 0.0)


def test_the_order_of_the_files_makes_no_difference() -> None:
    plan = "启动农村人居环境整治提升五年行动"
    reports = [
        reviewing(2020, [], [plan]),
        reviewing(2021, [plan, "长江十年禁渔"], ["落实长江十年禁渔"]),
        reviewing(2022, ["长江十年禁渔全面实施"]),
    ]
    assert accounts(reports) == accounts(reversed(reports))
    assert len(accounts(reports)) == 2


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of two reports of one county, a year apart."""
    folder = tmp_path_factory.mktemp("years")
    told = {
        2022: (
            "城镇新增就业2100人。",
            "城镇新增就业2000人以上。实施敬老院改造提升工程。",
        ),
        2023: ("城镇新增就业1900人。完成敬老院改造提升工程。", "落实各项任务。"),
    }
    for year, (done, planned) in told.items():
        (folder / f"{year}.txt").write_text(
            f"政府工作报告\n——{year + 1}年1月10日在代县第十八届人民代表大会上\n"
            f"一、{year}年工作回顾\n{done}\n二、{year + 1}年工作安排\n{planned}\n",
            encoding="utf-8",
        )
    pipeline.build([folder], folder / "out")
    return folder / "out"


def test_a_target_is_answered_by_the_figure_of_its_year(years: Path) -> None:
    (account,) = promises(years)
    verdicts = {pair.promise.text: pair.verdict for pair in account.pairs}
    assert verdicts == {
        "城镇新增就业2000人以上": Verdict.MISSED,
        "实施敬老院改造提升工程": None,
    }


def test_accounts_are_written_and_read_back(years: Path) -> None:
    folder = years.parent
    extractions = pipeline.collect([folder]).extractions
    made = accounts(extractions, points_of(merge(extractions)))
    assert promises(years) == made
    assert promises(years, "代县", 2023) == made
    assert not promises(years, year=2024)
    rows = list(csv.DictReader(io.StringIO(as_csv(made))))
    assert [row["verdict"] for row in rows] == ["missed", ""]
    assert json.loads(as_json(made))[0]["pairs"][0]["verdict"] == "missed"


def test_a_folder_without_a_report_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match="no-graph"):
        promises(tmp_path)
    (tmp_path / "report.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ReadingError, match="bad-report"):
        promises(tmp_path)
