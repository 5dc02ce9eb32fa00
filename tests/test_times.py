"""Times: which years a text speaks of."""

from __future__ import annotations

import pytest

from zhengpu.extraction.numbers import find_numbers
from zhengpu.extraction.times import opening, period_at, periods, plan_years
from zhengpu.model import Frame

YEARLY = Frame(period="2024", date="2025-01-07")
TERM = Frame(period="2018-2021", date="2021-12-20")


@pytest.mark.parametrize(
    ("text", "frame", "value"),
    [
        ("2023年", YEARLY, "2023"),
        ("2018—2021年", YEARLY, "2018-2021"),
        ("2016年至2020年", YEARLY, "2016-2020"),
        ("截至2020年底", YEARLY, "2020"),
        ("今年", YEARLY, "2024"),
        ("全年", YEARLY, "2024"),
        ("一年来", YEARLY, "2024"),
        ("去年", YEARLY, "2024"),
        ("明年", YEARLY, "2025"),
        ("上半年", YEARLY, "2024"),
        ("十四届三次会议以来", YEARLY, "2024"),
        ("五年来", YEARLY, "2020-2024"),
        ("过去五年", YEARLY, "2020-2024"),
        ("三年累计", YEARLY, "2022-2024"),
        ("四年来", TERM, "2018-2021"),
        ("近年来", TERM, "2018-2021"),
        ("“十四五”时期", YEARLY, "2021-2025"),
        ("“十三五”期间", YEARLY, "2016-2020"),
        ("“十三五”末", YEARLY, "2020"),
        ("去年", Frame("政府工作报告", period="2024"), "2024"),
        ("本次会议", YEARLY, "2025"),
        ("2022年以来", YEARLY, "2022-2024"),
        ("自2019年启动以来", YEARLY, "2019-2024"),
        ("2026年以来", YEARLY, "2026"),
        ("从上年的8件", YEARLY, "2023"),
        ("2017年1月以来", YEARLY, "2017-2024"),
        ("今后五年", YEARLY, "2025-2029"),
        ("过去的一年", Frame("政协新闻", period="2024", date="2024-01-24"), "2023"),
        ("过去的一年", Frame("政协新闻", period="2024", date="2024-12-24"), "2024"),
    ],
)
def test_words_for_times_are_resolved_against_the_document(
    text: str, frame: Frame, value: str
) -> None:
    assert [period.value for period in periods(text, frame)] == [value]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("规上工业企业由2020年的198家增加到317家", ["2020", None]),
        ("今年，赤字率从去年的2.1%提高到2.3%", ["2023", "2024"]),
        ("收入从2021年的46503元和16935元分别提高到58794元", ["2021", "2021", None]),
        ("越冬候鸟从2000年的1500只增至目前的6000只", ["2000", None]),
        ("从2012年的37.2%降到2020年的25%", ["2012", "2020"]),
    ],
)
def test_what_a_figure_became_is_of_no_earlier_year(
    text: str, values: list[str | None]
) -> None:
    frame = Frame(period="2024", date="2024-11-07")
    times = periods(text, frame)
    figures = [n for n in find_numbers(text) if n.unit not in {"年", ""}]
    found = [period_at(text, times, n.start) for n in figures]
    assert [period.value if period else None for period in found] == values


def test_this_year_is_the_coming_one_in_a_plan() -> None:
    (period,) = periods("全年开展协商6次", YEARLY, planned=True)
    assert period.value == "2025"


def test_words_that_nothing_resolves_are_kept_without_years() -> None:
    (period,) = periods("近年来", Frame())
    assert (period.value, period.words) == ("", "近年来")


@pytest.mark.parametrize(
    "text", ["第三届会议", "“十四五”规划", "三年行动", "五年制", "2030战略"]
)
def test_names_with_years_in_them_are_no_times(text: str) -> None:
    assert periods(text, YEARLY) == []


def test_the_words_are_kept_where_they_are_not_a_year() -> None:
    year, since = periods("2024年，四年来", TERM)
    assert (year.words, since.words) == ("", "四年来")


def test_a_period_that_opens_its_clause_holds_to_the_semicolon() -> None:
    text = "2022年，修路3公里，建桥2座；建校1所"
    found = periods(text, YEARLY)
    assert period_at(text, found, text.index("2座")) == found[0]
    assert period_at(text, found, text.index("1所")) is None


def test_an_attributive_year_holds_for_its_own_figure_only() -> None:
    text = "由1997年的65%提高到2002年的91%，居前列3次"
    found = periods(text, YEARLY)
    assert period_at(text, found, text.index("65%")) == found[0]
    assert period_at(text, found, text.index("91%")) == found[1]
    assert period_at(text, found, text.index("3次")) is None


def test_a_year_that_is_compared_with_is_not_the_figures_own() -> None:
    text = "投资20亿元，是1997年的3倍"
    assert period_at(text, periods(text, YEARLY), text.index("3倍")) is None


@pytest.mark.parametrize(
    ("text", "opens"),
    [
        ("四年来，召开会议", True),
        ("“十四五”时期，", True),
        ("2024年度优秀案例", False),
        ("2021年1月7日，", False),
        ("召开会议，四年来", False),
    ],
)
def test_a_sentence_is_opened_by_the_period_at_its_head(text: str, opens: bool) -> None:
    assert (opening(text, TERM) is not None) == opens


@pytest.mark.parametrize(
    ("name", "years"),
    [("十一五", "2006-2010"), ("十二五", "2011-2015"), ("十五五", "2026-2030")],
)
def test_plans_last_five_years(name: str, years: str) -> None:
    assert plan_years(name) == years
