"""Arithmetic over reports: agreement, restatement and error told apart."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from zhengpu.graph.checking import check
from zhengpu.graph.citing import Cited
from zhengpu.graph.corrections_file import parse
from zhengpu.graph.exactness import resolution, tolerance
from zhengpu.graph.listed import lists
from zhengpu.graph.points import Point
from zhengpu.messages import message
from zhengpu.model import Extraction, RawText, Severity, SourceSentence, Span

if TYPE_CHECKING:
    from zhengpu.graph.checked import Checked


def point(
    measure: str, value: str, period: str, text: str, words: str, **more: object
) -> Point:
    """A figure of a government's report on some year, by default its own."""
    told = str(more.pop("told", period))
    start = text.find(words)
    cited = Cited(
        f"DOC/{told}",
        "政府工作报告",
        told,
        f"{told}.txt",
        start,
        start + len(words),
        words,
        text,
    )
    said: dict[str, object] = {
        "key": f"Observation/{measure}{value}{period}",
        "subject": "ORG/甲县人民政府",
        "name": "甲县人民政府",
        "home": more.get("subject", "ORG/甲县人民政府"),
        "home_name": more.get("name", "甲县人民政府"),
        "indicator": "",
        "measure": measure,
        "value": Decimal(value),
        "unit": "元",
        "approximate": False,
        "period": period,
        "planned": False,
        "basis": "",
        "cited": cited,
    }
    return Point(**{**said, **more})  # type: ignore[arg-type]


def revenue(
    value: str, yi: str, year: str, growth: str = "", **more: object
) -> list[Point]:
    """What a report says of revenue: 10.7亿元、增长7%."""
    text = f"财政收入{yi}亿元，增长{growth}%。" if growth else f"财政收入{yi}亿元。"
    points = [point("财政收入", value, year, text, f"财政收入{yi}亿元", **more)]
    if growth:
        grown = point("财政收入增长", growth, year, text, f"增长{growth}%", unit="%")
        points.append(grown)
    return points


def codes(found: list[Checked]) -> list[str]:
    """The codes, with every text in both languages as a proof that it is filled."""
    for checked in found:
        for language in ("zh", "en"):
            text = message(
                checked.finding.code,
                dict(checked.finding.parameters),
                "zh" if language == "zh" else "en",
            )
            assert checked.finding.code not in text
        assert checked.evidence
        parse(checked.correction)  # what is to be pasted can be read
    return [checked.finding.code for checked in found]


@pytest.mark.parametrize(
    ("before", "code"),
    [
        (("1000000000", "10"), "growth-agrees"),
        (("1040000000", "10.4"), "growth-restated"),
        (("1300000000", "13"), "growth-contradicts"),
    ],
)
def test_value_and_growth_imply_last_years_value(
    before: tuple[str, str], code: str
) -> None:
    points = [*revenue(*before, "2022"), *revenue("1070000000", "10.7", "2023", "7")]
    (found,) = check(points)
    assert codes([found]) == [code]
    assert [cited.file for cited in found.evidence] == ["2022.txt", "2023.txt"]
    is_error = code == "growth-contradicts"
    assert (found.finding.severity is Severity.WARNING) == is_error
    assert bool(found.correction) == is_error


def test_growth_at_constant_prices_implies_nothing() -> None:
    def gdp(value: str, yi: str, year: str) -> list[Point]:
        text = f"生产总值{yi}亿元，增长7%。"
        growth = {"unit": "%", "indicator": "gdp-growth"}
        return [
            point("生产总值", value, year, text, f"生产总值{yi}亿元", indicator="gdp"),
            point("生产总值增长", "7", year, text, "增长7%", **growth),
        ]

    assert not check(
        [*gdp("1000000000", "10", "2022"), *gdp("1300000000", "13", "2023")]
    )


@pytest.mark.parametrize(
    ("later", "yi", "code"),
    [
        ("1000000000", "10", None),
        ("1004000000", "10.04", None),
        ("1070000000", "10.7", "figure-restated"),
        ("100000000", "1", "figures-contradict"),
    ],
)
def test_two_reports_on_one_year(later: str, yi: str, code: str | None) -> None:
    points = [
        *revenue("1000000000", "10.0", "2022"),
        *revenue(later, yi, "2022", told="2023"),
    ]
    assert codes(check(points)) == ([code] if code else [])


def test_one_report_that_counts_two_things_by_one_word_is_not_contradicted() -> None:
    points = [
        point(
            "协商活动",
            value,
            "2022",
            f"协商活动{value}次。",
            f"协商活动{value}次",
            unit="次",
        )
        for value in ("10", "12")
    ]
    assert not check(points)


def test_a_part_is_no_more_than_its_whole() -> None:
    def debt(part: str) -> list[Point]:
        text = f"安排赤字12亿元，其中本级赤字{part}亿元。"
        whole = point("赤字", "1200000000", "2023", text, "赤字12亿元")
        value = f"{Decimal(part) * 10**8}"
        words = f"本级赤字{part}亿元"
        return [whole, point("本级赤字", value, "2023", text, words, basis="其中")]

    assert not check(debt("8"))
    assert not check(debt("12"))
    assert codes(check(debt("80"))) == ["part-exceeds-whole"]


def test_nothing_is_done_after_the_report() -> None:
    assert codes(check(revenue("1000000000", "10", "2026", told="2023"))) == [
        "figure-after-report"
    ]
    assert not check(revenue("1000000000", "10", "2024", told="2023"))


def told(text: str) -> Extraction:
    """A file of one sentence."""
    sentence = SourceSentence(0, "", text, Span(0, len(text)), planned=False)
    return Extraction(RawText("a.txt", text, "0" * 64, "utf-8"), (), (sentence,))


@pytest.mark.parametrize(
    "text",
    [
        "走访了甲村、乙村、丙村等3个村。",
        "荣获“五个一工程”奖、文华奖等20项大奖。",
        "实施“甲、乙、丙、丁”等2项工程。",
        "推动高中等教育、职业教育发展，3所学校竣工。",
        "省、市、县三级联动。",
    ],
)
def test_a_list_may_name_fewer_than_it_counts(text: str) -> None:
    assert not list(lists(told(text)))


@pytest.mark.parametrize(
    ("text", "names"),
    [("走访了甲村、乙村、丙村、丁村等3个村。", "4"), ("包括甲、乙、丙等两项。", "3")],
)
def test_a_list_that_names_more_than_it_counts_is_told(text: str, names: str) -> None:
    (found,) = lists(told(text))
    assert codes([found]) == ["list-exceeds-count"]
    assert dict(found.finding.parameters)["names"] == names
    assert found.finding.span == Span(0, len(text))


def test_the_last_digit_decides_what_a_figure_is_worth() -> None:
    (exact,) = revenue("12600000000", "126", "2023")
    assert resolution(exact) == 10**8
    (fine,) = revenue("12660000000", "126.60", "2023")
    assert resolution(fine) == 10**6
    (about,) = revenue("12600000000", "126", "2023", approximate=True)
    assert tolerance(about) == 2 * tolerance(exact)
    bare = point("提案", "120", "2023", "一百二十件", "一百二十件", unit="件")
    assert resolution(bare) == 10


def test_checks_do_not_depend_on_the_order_of_the_figures() -> None:
    points = [
        *revenue("1300000000", "13", "2022"),
        *revenue("1070000000", "10.7", "2023", "7"),
        *revenue("100000000", "1", "2022", told="2023"),
    ]
    assert check(points) == check(points[::-1])
    assert len(check(points)) > 1
