"""The gazetteer knows every area once, and guesses none."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengpu.knowledge.areas import DATA
from zhengpu.knowledge.gazetteer import Gazetteer, gazetteer

if TYPE_CHECKING:
    from zhengpu.model import Area

G = gazetteer()
AREAS = list(G)
COUNTIES = [area for area in AREAS if area.level == "county" and not area.kind]
UNIQUE = [
    area
    for area in COUNTIES
    if len(G.named(area.name)) == 1
    and len(area.name) > 2
    and area.name not in G._common  # noqa: SLF001  the test states what common words are excepted
]


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        lines = [line for line in file if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def only(name: str) -> Area:
    (area,) = (area for area in G.named(name) if area.until is None)
    return area


def test_every_level_has_the_number_of_areas_that_the_country_has() -> None:
    """34 provinces, 333 prefectures, some 2,850 counties, some 38,600 townships."""
    levels = Counter(area.level for area in AREAS if not area.kind)
    assert levels["province"] == 34
    assert levels["prefecture"] == 333
    assert 2840 <= levels["county"] <= 2860
    assert 38_000 <= levels["township"] <= 39_000
    zones = Counter(area.level for area in AREAS if area.kind)
    assert set(zones) == {"county", "township"}


def test_codes_are_unique_and_well_formed() -> None:
    codes = [area.adcode for area in AREAS]
    assert len(set(codes)) == len(codes)
    assert all(
        len(code) == (9 if area.level == "township" else 6)
        for code, area in zip(codes, AREAS, strict=True)
    )


def test_groups_of_areas_are_no_areas() -> None:
    """市辖区 and 省直辖县级行政区划 stand in the lists, but are places to nobody."""
    names = {area.name for area in AREAS}
    assert not names & {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}


@given(st.sampled_from(AREAS))
def test_the_parents_of_every_area_end_at_a_province(area: Area) -> None:
    chain = [area, *G.parents(area)]
    assert chain[-1].level == "province"
    assert all(G.contains(parent, area) for parent in chain)
    assert [G.at_level(area, parent.level) for parent in chain] == chain


@pytest.mark.parametrize(
    ("name", "parents"),
    [
        ("阆中市", ["南充市", "四川省"]),
        ("仙桃市", ["湖北省"]),
        ("合川区", ["重庆市"]),
        ("玉林街道", None),
        ("白沙黎族自治县", ["海南省"]),
        ("石河子市", ["新疆维吾尔自治区"]),
        ("阜新蒙古族自治县", ["阜新市", "辽宁省"]),
        ("和安县", ["和田地区", "新疆维吾尔自治区"]),
        ("两江新区", None),
    ],
)
def test_parents(name: str, parents: list[str] | None) -> None:
    for area in G.named(name):
        found = [parent.name for parent in G.parents(area)]
        assert parents is None or found == parents
        assert found


def test_towns_of_a_city_without_counties_lie_in_the_city() -> None:
    towns = G.townships(only("东莞市"))
    assert len(towns) > 30
    assert all(town.parent == "441900" for town in towns)
    assert {G.area(t.parent or "").name for t in G.townships(only("嘉峪关市"))} == {
        "嘉峪关市"
    }


@given(st.sampled_from(UNIQUE), st.none() | st.sampled_from(AREAS))
def test_a_unique_county_is_found_from_everywhere(
    area: Area, near: Area | None
) -> None:
    assert G.resolve(area.name, near) == area


@given(st.sampled_from(AREAS), st.sampled_from(AREAS))
def test_resolving_gives_an_area_of_that_name_or_none(area: Area, near: Area) -> None:
    found = G.resolve(area.name, near)
    assert found is None or area.name in (found.name, *G.short_forms(found))


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("辽宁省", ("辽宁",)),
        ("内蒙古自治区", ("内蒙古",)),
        ("新疆维吾尔自治区", ("新疆",)),
        ("香港特别行政区", ("香港",)),
        ("阜新市", ("阜新",)),
        ("文山壮族苗族自治州", ("文山自治州", "文山州", "文山")),
        ("恩施土家族苗族自治州", ("恩施自治州", "恩施州", "恩施")),
        ("锡林郭勒盟", ("锡林郭勒", "锡盟")),
        ("西乌珠穆沁旗", ("西乌旗",)),
        ("阿拉善左旗", ("阿左旗",)),
        ("苏尼特右旗", ("苏右旗",)),
        ("科尔沁左翼中旗", ("科左中旗",)),
        ("玉屏侗族自治县", ("玉屏自治县", "玉屏县", "玉屏")),
        ("东乡族自治县", ("东乡自治县", "东乡县", "东乡")),
        ("阜新蒙古族自治县", ("阜新自治县", "阜新县", "阜蒙县", "阜蒙")),
        ("鄂温克族自治旗", ("鄂温克自治旗", "鄂温克旗", "鄂温克")),
        ("河南蒙古族自治县", ("河南自治县", "河南县")),
        ("巴音郭楞蒙古自治州", ("巴音郭楞自治州", "巴音郭楞州", "巴音郭楞", "巴州")),
        ("梅里斯达斡尔族区", ("梅里斯",)),
        ("福兴地镇", ("福兴地",)),
        ("代县", ()),
    ],
)
def test_short_forms(name: str, short: tuple[str, ...]) -> None:
    assert G.short_forms(only(name)) == short


def test_no_county_takes_the_short_form_of_a_province_or_prefecture() -> None:
    """阜新 is the city, 河南 the province: 河南县 and 阜新县 keep their 县."""
    high = {
        form
        for area in AREAS
        if area.adcode.endswith("00") and area.level != "township"
        for form in G.short_forms(area)
    }
    low = {form for area in COUNTIES for form in G.short_forms(area)}
    assert high
    assert not high & low


def test_what_is_near_is_meant() -> None:
    assert G.resolve("鼓楼区", only("南京市")) == G.area("320106")
    assert G.resolve("鼓楼区", only("徐州市")) == G.area("320302")
    assert G.resolve("鼓楼区") is None
    assert G.resolve("鼓楼区", None, {"徐州市"}) == G.area("320302")


def test_a_township_is_looked_for_at_home() -> None:
    """古城镇 stands 28 times in the list; an only one in the province may be unlisted."""
    assert G.resolve("城关镇", only("阜新蒙古族自治县")) is None
    home = only("蔚县")
    found = G.resolve("西合营镇", home)
    assert found is not None
    assert found.parent == home.adcode
    assert G.resolve("福兴地", home) is None
    assert G.resolve("福兴地", only("阜新蒙古族自治县"), {"福兴地镇"}) == only(
        "福兴地镇"
    )


@pytest.mark.parametrize("name", ["开县", "成县", "和县", "兴县", "高县"])
def test_names_of_two_characters_need_support(name: str) -> None:
    """召开县委 does not name 开县, 促成县医院 not 成县."""
    area = next(area for area in G.named(name))
    assert G.resolve(name) is None
    assert G.resolve(name, None, {G.parents(area)[0].name}) == area
    assert G.resolve(name, area) == area


@pytest.mark.parametrize(
    "word", ["和平", "新城", "朝阳", "通道", "互助", "共和", "合作"]
)
def test_everyday_words_are_no_areas_without_their_full_name(word: str) -> None:
    assert G.resolve(word, only("沈阳市")) is None


def test_everyday_words_are_areas_where_the_full_name_stands() -> None:
    assert G.resolve("互助", None, {"互助土族自治县"}) == only("互助土族自治县")
    assert G.resolve("朝阳", only("凌源市"), {"朝阳市"}) == only("朝阳市")


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("吉林", "吉林省"),
        ("海南", "海南省"),
        ("西乌旗", "西乌珠穆沁旗"),
        ("文山州", "文山壮族苗族自治州"),
        ("前郭县", "前郭尔罗斯蒙古族自治县"),
        ("无锡", "无锡市"),
    ],
)
def test_telling_short_forms_are_resolved(form: str, name: str) -> None:
    assert G.resolve(form) == only(name)


def test_a_county_is_called_short_only_at_home() -> None:
    assert G.resolve("阆中", only("南充市")) == only("阆中市")
    assert G.resolve("阆中", only("阜新市")) is None
    assert G.resolve("阆中", only("阜新市"), {"阆中市"}) == only("阆中市")


@pytest.mark.parametrize(
    ("name", "until", "heirs"),
    [
        ("崇文区", 2010, ["东城区"]),
        ("宣武区", 2010, ["西城区"]),
        ("闸北区", 2015, ["静安区"]),
        ("莱芜市", 2019, ["济南市"]),
        ("遵义县", 2016, ["播州区"]),
        ("济阳县", 2018, ["济阳区"]),
        ("渝北区", 2025, ["两江新区", "北碚区"]),
        ("铜陵县", 2015, ["义安区"]),
    ],
)
def test_abolished_areas(name: str, until: int, heirs: list[str]) -> None:
    area = G.named(name)[-1]
    assert area.until == until
    assert [heir.name for heir in G.successors(area)] == heirs


def test_a_city_that_lost_its_rank_stays_beside_the_old_one() -> None:
    """巢湖市 is a county-level city now and was a prefecture until 2011."""
    new, old = G.named("巢湖市")
    assert (new.level, new.until) == ("county", None)
    assert (old.level, old.until) == ("prefecture", 2011)
    assert G.resolve("巢湖市") == new


def test_every_successor_and_alias_is_an_area() -> None:
    for row in rows("abolished_areas.tsv"):
        assert all(G.area(code).until is None for code in row["successors"].split())
    for row in rows("area_aliases.tsv"):
        assert row["alias"] in G.short_forms(G.area(row["adcode"]))


def test_no_alias_repeats_what_the_rules_derive() -> None:
    bare = Gazetteer()
    bare.__dict__["_aliases"] = {}
    for row in rows("area_aliases.tsv"):
        assert row["alias"] not in bare.short_forms(bare.area(row["adcode"]))


def test_common_words_are_sorted_and_are_names_of_areas() -> None:
    words = [row["word"] for row in rows("common_area_words.tsv")]
    assert words == sorted(set(words))
    forms = {area.name for area in AREAS}
    forms |= {form for area in AREAS for form in G.short_forms(area)}
    assert not [word for word in words if word not in forms and not G.named(word)]


@pytest.mark.parametrize(
    ("char", "name"), [("京", "北京市"), ("渝", "重庆市"), ("滇", "云南省")]
)
def test_abbreviations(char: str, name: str) -> None:
    area = G.abbreviation(char)
    assert area is not None
    assert area.name == name
    assert G.abbreviation("的") is None


def test_surfaces_say_which_names_need_support() -> None:
    surfaces = dict(G.surfaces())
    assert surfaces["阜新蒙古族自治县"] is False
    assert surfaces["辽宁"] is False
    assert surfaces["福兴地镇"] is False
    assert surfaces["崇文区"] is False
    assert surfaces["和平"] is True
    assert surfaces["阆中"] is True
    assert surfaces["代县"] is True
    assert "工业园区" not in surfaces


def test_surfaces_end_at_the_level_that_is_asked_for() -> None:
    provinces = dict(G.surfaces("province"))
    assert "辽宁省" in provinces
    assert "阜新市" not in provinces
    assert "福兴地镇" not in dict(G.surfaces("county"))


@given(
    st.sampled_from([name for name, doubtful in G.surfaces("county") if not doubtful])
)
def test_a_name_without_doubt_is_resolved_or_shared(name: str) -> None:
    """What needs no support fails only where several areas have the name."""
    shared = len(G.upper(name)) != 1 or len(G.named(name)) > 1
    assert G.resolve(name) is not None or shared


def test_an_unknown_code_is_an_error() -> None:
    with pytest.raises(KeyError):
        G.area("999999")


def test_names_come_in_the_same_order_whatever_the_hash_seed() -> None:
    code = "from zhengpu.knowledge.gazetteer import gazetteer as g; import hashlib; print(hashlib.sha256(repr([*g().surfaces(), g().short_forms(g().area('210921'))]).encode()).hexdigest())"
    prints = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(prints) == 1
