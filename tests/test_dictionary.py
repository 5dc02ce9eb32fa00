"""Names that are known beforehand are found where they are names."""

from __future__ import annotations

from itertools import pairwise

import pytest
from one_text import frame_of, tell

from zhengpu.extraction.dictionary import find_known, known_names
from zhengpu.model import EntityType


def places_in(text: str, place: str = "", body: str = "") -> dict[str, str | None]:
    """The places of a text: words to canonical name."""
    told = tell(text, place, body)
    kinds = dict(told.mentions)
    return {words: name for words, name in told.names.items() if kinds[words] == "PLC"}


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("赴山西省代县考察。", "山西省代县", "代县"),
        (
            "在辽宁省阜新市阜新蒙古族自治县召开。",
            "辽宁省阜新市阜新蒙古族自治县",
            "阜新蒙古族自治县",
        ),
        ("赴平江县加义镇考察。", "平江县加义镇", "加义镇"),
        ("经济特区和上海浦东新区继续发展。", "上海浦东新区", "浦东新区"),
        ("香港特别行政区同胞。", "香港特别行政区", "香港特别行政区"),
    ],
)
def test_an_area_named_with_its_parents_is_one_mention(
    text: str, words: str, name: str
) -> None:
    assert places_in(text) == {words: name}


def test_areas_named_one_in_another_lie_in_one_another() -> None:
    facts = tell("辽宁省阜新市阜新蒙古族自治县的委员到会。").facts
    assert ("阜新蒙古族自治县", "locatedIn", "阜新市") in facts
    assert ("阜新市", "locatedIn", "辽宁省") in facts


@pytest.mark.parametrize(
    "text",
    ["新增城市绿地。", "北京市民踊跃参加。", "各级河长到岗履职。", "两院院士到会。"],
)
def test_a_name_whose_last_letter_opens_another_word_is_none(text: str) -> None:
    assert places_in(text) == {}


@pytest.mark.parametrize(
    ("text", "place", "found"),
    [
        ("新增黄石、咸宁、天门等文明城市。", "湖北省", {"黄石", "咸宁", "天门"}),
        ("长治、临汾分别入选试点。", "山西省", {"长治", "临汾"}),
        ("金昌、庆阳、白银入选试点。", "甘肃省", {"金昌", "庆阳", "白银"}),
        ("推动黄石、襄阳、平安建设。", "湖北省", {"黄石", "襄阳"}),
        ("保障国家长治久安。", "山西省", set()),
        ("守好天门，兰州、天门联动。", "甘肃省", {"兰州"}),
    ],
)
def test_a_list_of_areas_settles_what_an_everyday_word_in_it_means(
    text: str, place: str, found: set[str]
) -> None:
    assert set(places_in(text, place)) == found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("习近平总书记两次亲临江苏考察。", "江苏"),
        ("落实习近平总书记关于西藏工作的重要指示。", "西藏"),
        ("建设美丽新宁夏。", "宁夏"),
        ("感受书香河南魅力。", "河南"),
        ("团结台湾同胞。", "台湾"),
    ],
)
def test_a_name_is_found_behind_one_that_would_cut_a_word(
    text: str, words: str
) -> None:
    assert words in places_in(text)


@pytest.mark.parametrize(
    ("words", "place", "adcode"),
    [
        ("朝阳区", "北京市", "110105"),
        ("朝阳区", "长春市", "220104"),
        ("鼓楼区", "南京市", "320106"),
        ("鼓楼区", "福州市", "350102"),
        ("鼓楼区", "徐州市", "320302"),
    ],
)
def test_an_area_with_namesakes_is_that_of_the_report(
    words: str, place: str, adcode: str
) -> None:
    told = tell(f"{words}建设提速。", place, "政府")
    (link,) = told.reading.links
    assert told.entities[link.entity or ""].adcode == adcode


def test_an_area_with_namesakes_and_no_home_has_no_code() -> None:
    told = tell("鼓楼区建设提速。")
    assert told.mentions == [("鼓楼区", "PLC")]
    (entity,) = told.entities.values()
    assert entity.adcode == ""


def test_a_street_is_meant_by_its_name_without_rank_in_its_own_report() -> None:
    """玉林 is a city, but not in what the street 玉林街道 reports."""
    assert places_in("玉林老人增多。", "玉林街道", "政府") == {"玉林": "玉林街道"}
    assert places_in("玉林老人增多。", "南宁市", "政府") == {"玉林": "玉林市"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("中共代县委员会印发。", "中国共产党代县委员会"),
        ("中国共产党代县委员会印发。", "中国共产党代县委员会"),
        ("中国共产党第二十次全国代表大会召开。", "中国共产党第二十次全国代表大会"),
        ("民革岳阳市委提出建议。", "中国国民党革命委员会岳阳市委员会"),
    ],
)
def test_a_known_name_that_opens_a_longer_one_is_part_of_it(
    text: str, name: str
) -> None:
    assert set(tell(text, "代县", "政协").names.values()) == {name}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("党中央作出部署。", "中国共产党中央委员会"),
        ("国务院批复。", "国务院"),
        ("民革提出建议。", "中国国民党革命委员会"),
        ("对接长三角。", "长三角"),
        ("共建“一带一路”。", "一带一路"),
    ],
)
def test_a_known_name_needs_no_report_to_be_understood(text: str, name: str) -> None:
    assert name in tell(text).names.values()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("学习习近平新时代中国特色社会主义思想。", False),
        ("学习习近平经济思想、习近平法治思想。", False),
        ("学习习近平总书记重要讲话。", True),
    ],
)
def test_a_doctrine_does_not_name_its_author(text: str, *, named: bool) -> None:
    assert (("习近平", "PER") in tell(text).mentions) is named


def test_known_names_lie_in_the_text_in_order_without_overlaps() -> None:
    text = "全国政协、山西省代县和国务院调研长三角，北京市民参加。"
    found, places = find_known(text, frame_of("代县", "政协"))
    assert [m.text for m in found] == [text[m.start : m.end] for m in found]
    assert all(a.end <= b.start for a, b in pairwise(found))
    starts = {m.start for m in found if m.type is EntityType.PLC}
    assert set(places.areas) <= starts


def test_national_leaders_are_known_without_a_post() -> None:
    leaders = [n for n in known_names().values() if n.type is EntityType.PER]
    assert leaders
    assert all(leader.name for leader in leaders)
