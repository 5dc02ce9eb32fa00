"""Figures over years: what is compared, and above all what is not."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from zhengpu import pipeline
from zhengpu.errors import UsageError
from zhengpu.graph import store
from zhengpu.graph.charts import chart, charts_of, humane, stacked, tick
from zhengpu.graph.citing import Cited
from zhengpu.graph.comparing import named, occurring, series_of
from zhengpu.graph.gathering import points_in, points_of
from zhengpu.graph.merging import merge
from zhengpu.graph.points import Point
from zhengpu.use.comparing import comparable, compare

if TYPE_CHECKING:
    from pathlib import Path

    from zhengpu.model import Extraction


def point(
    measure: str,
    value: str,
    period: str,
    text: str,
    words: str = "",
    **more: object,
) -> Point:
    """A figure of a government's report on its last year."""
    cited = Cited(
        f"DOC/{period}", "政府工作报告", period, "a.txt", 0, 9, words or text, text
    )
    unit = "%" if text.rstrip("。").endswith(("%", "左右")) else "件"
    said: dict[str, object] = {
        "key": f"Observation/{measure}{value}{period}",
        "subject": "ORG/甲县人民政府",
        "name": "甲县人民政府",
        "home": more.get("subject", "ORG/甲县人民政府"),
        "home_name": more.get("name", "甲县人民政府"),
        "indicator": "",
        "measure": measure,
        "value": Decimal(value),
        "unit": unit,
        "approximate": False,
        "period": period,
        "planned": False,
        "basis": "",
        "cited": cited,
    }
    return Point(**{**said, **more})  # type: ignore[arg-type]


def test_a_build_gives_the_same_points_as_what_it_was_made_of(
    gold: tuple[Extraction, ...], built: Path
) -> None:
    made, written = points_of(merge(gold)), points_in(store.load(built))
    assert len(written) > 100
    assert made == written


def test_every_point_leads_to_its_words(gold: tuple[Extraction, ...]) -> None:
    texts = {extraction.raw.name: extraction.raw.text for extraction in gold}
    for found in points_of(merge(gold)):
        cited = found.cited
        source = "".join(texts[cited.file][cited.start : cited.end].split())
        assert source[0] == cited.words[0]
        assert source[-1] == cited.words[-1]
        assert found.clause.endswith(cited.words)


def test_levels_of_several_years_are_one_series() -> None:
    points = [
        point("提案", "120", "2020", "提案120件"),
        point("提案", "95", "2018", "共收到提案95件"),
    ]
    (series,) = series_of(points)
    assert [p.at for p in series.points] == [2018, 2020]


@pytest.mark.parametrize(
    "other",
    [
        point("提案", "30", "2021", "其中提案30件", basis="其中"),
        point("提案", "30", "2021", "新增提案30件"),
        point("提案", "30", "2021", "年均提案30件"),
        point("提案", "300", "2018-2021", "提案300件"),
        point("提案", "100", "2021", "提案100件", planned=True),
        point("提案", "100", "2021", "提案100件", subject="ORG/乙县人民政府"),
        point("提案", "100", "2021", "提案100件", unit="条"),
    ],
    ids=lambda p: f"{p.cited.text}{p.unit}{p.planned}{p.subject}",
)
def test_what_is_counted_otherwise_is_another_series(other: Point) -> None:
    level = point("提案", "120", "2020", "提案120件")
    assert len(series_of([level, other])) == 2
    assert len(series_of([level, point("提案", "99", "2021", "提案99件")])) == 1


def test_wordings_that_one_report_tells_apart_are_two_series() -> None:
    rates = [
        ("城镇登记失业率", "4.5", "2019"),
        ("城镇调查失业率", "5.5", "2019"),
        ("城镇调查失业率", "5.1", "2021"),
    ]
    points = [
        point(m, v, y, f"{m}{v}%", indicator="unemployment-rate") for m, v, y in rates
    ]
    assert [line.measures for line in series_of(points)] == [
        ("城镇登记失业率",),
        ("城镇调查失业率",),
    ]
    assert len(series_of([points[0], points[2]])) == 1


def test_growth_over_last_year_is_the_usual_growth() -> None:
    points = [
        point("生产总值增长", "7.4", "2014", "比上年增长7.4%", basis="比上年"),
        point("生产总值增长", "6.7", "2016", "增长6.7%"),
        point("生产总值增长", "65.5", "2007", "比2002年增长65.5%"),
    ]
    assert sorted(len(line.points) for line in series_of(points)) == [1, 2]


def test_a_way_from_and_to_holds_for_the_years_at_its_ends() -> None:
    text = "高速公路里程从13.6万公里增加到17.7万公里"
    start = point(
        "高速公路里程", "136000", "2018-2022", text, "高速公路里程从13.6万公里"
    )
    end = point("高速公路里程", "177000", "2018-2022", text, "17.7万公里")
    assert (start.at, end.at) == (2017, 2022)
    (series,) = series_of([start, end])
    assert len(series.singles) == 2


def test_figures_without_a_year_stand_in_no_series() -> None:
    assert not series_of([point("提案", "120", "", "提案120件")])


def test_a_label_a_notation_and_a_wording_name_an_indicator() -> None:
    filed = point("立案提案", "99", "2020", "立案提案99件", indicator="proposals-filed")
    bare = point("立案提案数", "98", "2021", "立案提案数98件")
    odd = point("怪事", "3", "2021", "怪事3件")
    points = [filed, bare, odd]
    for name in ("proposals-filed", "立案提案数", "立案提案"):
        assert named(points, name) == [filed, bare]
    assert named(points, "怪事") == [odd]
    assert not named(points, "没有这个指标")
    assert [o.what for o in occurring(points)] == ["proposals-filed"]


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of two reports of one county, a year apart."""
    folder = tmp_path_factory.mktemp("years")
    for year, value, target in ((2022, "118.2", "6.5"), (2023, "120.5", "6")):
        (folder / f"{year}.txt").write_text(
            f"政府工作报告\n——{year + 1}年1月10日在代县第十八届人民代表大会上\n"
            f"一、{year}年工作回顾\n地区生产总值完成{value}亿元。\n"
            f"二、{year + 1}年工作安排\n地区生产总值增长{target}%左右。\n",
            encoding="utf-8",
        )
    pipeline.build([folder], folder / "out")
    return folder / "out"


def test_a_comparison_holds_every_year_with_its_source(years: Path) -> None:
    found = compare(store.load(years), "gdp")
    rows = found.rows()
    assert [(row.year, row.value, row.file) for row in rows] == [
        ("2022", "11820000000", "2022.txt"),
        ("2023", "12050000000", "2023.txt"),
    ]
    table = list(csv.DictReader(io.StringIO(found.as_csv())))
    assert [row["value"] for row in table] == ["11820000000", "12050000000"]
    assert json.loads(found.as_json())[0]["words"] == "地区生产总值完成118.2亿元"
    targets = compare(store.load(years), "gdp-growth").rows()
    assert [(row.year, row.planned) for row in targets] == [
        ("2023", True),
        ("2024", True),
    ]
    assert "gdp" in {o.what for o in comparable(store.load(years))}


def test_an_unknown_indicator_names_what_comes_near(years: Path) -> None:
    with pytest.raises(UsageError) as raised:
        compare(store.load(years), "生产总值额")
    assert "地区生产总值" in raised.value.parameters["near"]
    with pytest.raises(UsageError, match="no-such-indicator"):
        compare(store.load(years), "gdp", body="乙县")


def test_the_chart_is_well_formed_and_has_a_point_for_each_year(years: Path) -> None:
    picture = compare(store.load(years), "gdp").as_svg()
    root = ET.fromstring(picture)  # noqa: S314 - our own
    circles = [node for node in root.iter() if node.tag.endswith("circle")]
    assert len(circles) == 2 + 1  # and one in the legend
    assert any("118.2亿元" in "".join(node.itertext()) for node in circles)


def test_one_year_alone_is_no_chart() -> None:
    series = series_of([point("提案", "120", "2020", "提案120件")])
    assert not chart(series, "提案")
    assert ET.fromstring(stacked([])).tag.endswith("svg")  # noqa: S314


def test_names_in_a_chart_are_escaped() -> None:
    evil = [
        point("<b>&", "1", "2020", "<b>&1件", name="</svg>"),
        point("<b>&", "2", "2021", "<b>&2件", name="</svg>"),
    ]
    ET.fromstring(stacked([chart(series_of(evil), "<i>")]))  # noqa: S314


@pytest.mark.parametrize("span", [0.001, 0.5, 1, 7.3, 99, 12345, 1e15])
def test_a_step_divides_a_span_into_a_handful(span: float) -> None:
    assert 2 <= span / tick(span) <= 5


def test_numbers_read_as_in_reports() -> None:
    assert humane(Decimal(20000), "名") == "2万名"
    assert humane(Decimal(-150000000), "元") == "-1.5亿元"
    assert humane(Decimal(10), "件") == "10件"


def test_a_place_in_its_own_report_is_compared_under_its_body(tmp_path: Path) -> None:
    """全县生产总值 one year, 生产总值 without a subject the other."""
    for year, words in (
        (2022, "全县地区生产总值118.2亿元"),
        (2023, "地区生产总值120.5亿元"),
    ):
        (tmp_path / f"{year}.txt").write_text(
            f"政府工作报告\n——{year + 1}年1月10日在代县第十八届人民代表大会上\n"
            f"一、{year}年工作回顾\n{words}。\n",
            encoding="utf-8",
        )
    merged = merge(pipeline.collect([tmp_path]).extractions)
    points = named(points_of(merged), "gdp")
    assert {point.home_name for point in points} == {"代县人民政府"}
    (series,) = series_of(points)
    assert [point.at for point in series.points] == [2022, 2023]


def test_words_too_coarse_to_tell_values_apart_are_drawn_in_no_line() -> None:
    points = [
        point("能耗下降", "3.27", "2007", "能耗下降3.27%"),
        point("能耗下降", "4.66", "2007", "能耗下降4.66%"),
        point("能耗下降", "4.8", "2014", "能耗下降4.8%"),
        point("能耗下降", "3.1", "2018", "能耗降低3.1%"),
    ]
    (series,) = series_of(points)
    assert len(series.points) == 4
    assert [p.at for p in series.singles] == [2014, 2018]


def test_many_bodies_are_ranked_in_the_year_that_most_of_them_have() -> None:
    points = [
        point(
            "提案",
            str(number),
            "2021",
            f"提案{number}件",
            subject=f"ORG/{number}县",
            name=f"{number}县",
        )
        for number in range(1, 15)
    ]
    early = point("提案", "99", "2020", "提案99件", subject="ORG/1县", name="1县")
    (picture,) = charts_of(series_of([*points, early]), "提案")
    root = ET.fromstring(picture)  # noqa: S314 - our own
    names = [node.text for node in root.iter() if (node.text or "").endswith("县")]
    assert names == [f"{number}县" for number in range(14, 0, -1)]
    ET.fromstring(stacked([picture, picture]))  # noqa: S314
