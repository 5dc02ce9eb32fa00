"""Numerals: what is a number, of how many what, and what only looks like one."""

from __future__ import annotations

from decimal import Decimal

import pytest

from zhengpu.extraction.numbers import Number, find_numbers
from zhengpu.extraction.numerals import parse_han
from zhengpu.extraction.units import unit_at


def only(text: str) -> Number:
    """The one number of a text."""
    (number,) = find_numbers(text)
    return number


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("审查立案88件", "88", "件"),
        ("完成投资1,286.5亿元", "128650000000", "元"),
        ("一般公共预算收入3507.6亿元", "350760000000", "元"),
        ("进出口总额1.4万亿元", "1400000000000", "元"),
        ("新增绿化面积35万亩", "350000", "亩"),
        ("粮食产量突破620亿斤", "62000000000", "斤"),
        ("发电量30亿千瓦时", "3000000000", "千瓦时"),
        ("装机386万千瓦", "3860000", "千瓦"),
        ("铁路里程8千公里", "8000", "公里"),
        ("税率下调百分之五", "5", "%"),
        ("增长百分之七点五", "7.5", "%"),
        ("人口自然增长率6.45‰", "6.45", "‰"),
        ("满意率98.5％", "98.5", "%"),
        ("占比提高0.3个百分点", "0.3", "个百分点"),
        ("近三成以上企业", "30", "%"),
        ("两名副主席", "2", "名"),
        ("三百二十户", "320", "户"),
        ("历时两个半月", "2.5", "个月"),
        ("共10场次", "10", "场次"),
        ("国土绿化２３０万亩", "2300000", "亩"),
        ("发放补贴6 万元", "60000", "元"),
    ],
)
def test_values_are_multiplied_out_to_their_unit(
    text: str, value: str, unit: str
) -> None:
    number = only(text)
    assert (number.value, number.unit) == (Decimal(value), unit)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("二十余万元", "200000"),
        ("5万余元", "50000"),
        ("100余人次", "100"),
        ("十几名", "10"),
        ("四个多月", "4"),
        ("近10000人", "10000"),
        ("超6400万人次", "64000000"),
        ("95%以上", "95"),
        ("5%左右", "5"),
        ("不少于30场", "30"),
    ],
)
def test_words_around_a_figure_make_it_approximate(text: str, value: str) -> None:
    number = only(text)
    assert number.approx
    assert number.value == Decimal(value)


def test_an_exact_figure_is_not_approximate() -> None:
    assert not only("召开会议5次").approx


@pytest.mark.parametrize(
    "text",
    [
        "第三届“赏石艺术杯”优品汇",
        "十四届三次会议以来",
        "市委七届七次、八次、九次全会",
        "党的二十届三中全会",
        "2024年12月25日",
        "2018—2021年",
        "1—11月",
        "“十四五”规划",
        "5G网络和G331沿线",
        "COVID-19",
        "构建“9+1”法规体系",
        "1、讲政治有信念。",
        "3.强化担当",
        "2020年4736号提案",
        "统一思想，一系列举措，一批项目，万一",
        "四个意识、两个维护、四项原则",
        "居全国第4位",
        "排名前10名",
        "比例为3:1",
        "百万吨级码头",
        "减少三分之一",
        "数十次、几百人",
        "成立75周年",
        "三四个",
        "十分重要",
        "五大行动",
    ],
)
def test_ordinals_dates_and_names_are_no_numbers(text: str) -> None:
    assert find_numbers(text) == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("每户补助3至5万元", ["30000", "50000"]),
        ("增长5%-6%", ["5", "6"]),
        ("增长5-6%", ["5", "6"]),
        ("新建2—3家创新中心", ["2", "3"]),
    ],
)
def test_a_range_has_a_lower_and_an_upper_bound(text: str, values: list[str]) -> None:
    lower, upper = find_numbers(text)
    assert [str(lower.value), str(upper.value)] == values
    assert (lower.bound, upper.bound) == ("下限", "上限")


def test_figures_of_a_list_share_the_last_ones_unit() -> None:
    numbers = find_numbers("分别提高20.9、36.2、54个百分点")
    assert [(str(n.value), n.unit) for n in numbers] == [
        ("20.9", "个百分点"),
        ("36.2", "个百分点"),
        ("54", "个百分点"),
    ]


def test_numbered_parts_are_no_range() -> None:
    assert find_numbers("纪录片《哈旺加卜》1至4集") == []


@pytest.mark.parametrize(
    "text", ["50万元以下拖欠账款", "10万吨级航道", "20户以上自然村", "2公里以内的社区"]
)
def test_a_figure_that_qualifies_a_noun_is_attributive(text: str) -> None:
    assert only(text).attributive


def test_spans_cover_the_figure_its_unit_and_what_makes_it_approximate() -> None:
    text = "惠及群众近10000人，为"
    number = only(text)
    assert text[number.start : number.end] == "近10000人"


def test_a_measure_word_that_begins_a_longer_word_measures_nothing() -> None:
    assert only("5万人口").unit == ""
    assert find_numbers("全市12部门") == []


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("十", 10),
        ("十五", 15),
        ("一百零五", 105),
        ("一万二千", 12000),
        ("两亿", 2 * 10**8),
    ],
)
def test_chinese_numerals_have_values(numeral: str, value: int) -> None:
    assert parse_han(numeral) == value


@pytest.mark.parametrize("numeral", ["三四", "十百千万", "二〇二〇"])
def test_rows_of_digits_are_no_numerals(numeral: str) -> None:
    assert parse_han(numeral) is None


def test_the_longest_unit_wins() -> None:
    assert unit_at("人次", 0).unit == "人次"
    assert unit_at("吨标准煤", 0).unit == "吨标准煤"
    assert unit_at("的", 0).written == ""


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("督促整改问题百余个", "100", "个"),
        ("千余家优质企业落户", "1000", "家"),
        ("网络零售额突破百亿元", "10000000000", "元"),
        ("生物医药产值超千亿元", "100000000000", "元"),
        ("举办近百场演出", "100", "场"),
        ("赋能上千家创业企业", "1000", "家"),
    ],
)
def test_a_magnitude_alone_counts_where_the_words_make_it_approximate(
    text: str, value: str, unit: str
) -> None:
    (number,) = find_numbers(text)
    assert (f"{number.value:f}", number.unit) == (value, unit)
    assert number.approx


@pytest.mark.parametrize(
    "text", ["打造百亿元产业", "百花齐放、百家争鸣", "走进千家万户", "以上千家"]
)
def test_a_magnitude_alone_is_else_a_word(text: str) -> None:
    assert find_numbers(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("门诊量增长一成二", "12"),
        ("通关时间压缩六成", "60"),
        ("提高两成半，", "25"),
        ("占比仅为三成左右", "30"),
    ],
)
def test_tenths_are_percentages(text: str, value: str) -> None:
    (number,) = find_numbers(text)
    assert (f"{number.value:f}", number.unit) == (value, "%")


@pytest.mark.parametrize(
    "text", ["培育100家以上特色企业", "建设300个以上精品示范村", "安排5场以上专题协商"]
)
def test_at_least_so_many_are_counted(text: str) -> None:
    (number,) = find_numbers(text)
    assert number.approx
    assert not number.attributive


def test_aspects_beside_another_figure_are_a_unit_of_their_own() -> None:
    numbers = find_numbers("查找出6个方面17个具体问题")
    assert [(str(n.value), n.unit) for n in numbers] == [("6", "个方面"), ("17", "个")]


def test_terms_in_a_row_are_counted() -> None:
    (number,) = find_numbers("连续三届保持文明单位称号")
    assert (str(number.value), number.unit, number.kind) == ("3", "届", "duration")
    assert find_numbers("州九届人大三次会议期间") == []
