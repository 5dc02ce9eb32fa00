"""The members of an enumeration with a shared head are things of their own."""

from __future__ import annotations

import pytest
from one_text import tell

from zhengpu.extraction.enumerations import is_listed

PARTY = "中国共产党"


def studied(text: str, place: str = "代县", body: str = "政协") -> set[str]:
    """What the reporting body studies."""
    facts = tell(text, place, body).said
    return {object_ for _, relation, object_ in facts if relation == "studies"}


def plenum(session: str) -> str:
    return f"{PARTY}第十九届中央委员会第{session}次全体会议"


def test_plenums_of_one_term_are_one_meeting_each() -> None:
    text = "学习贯彻党的十九届二中、三中、四中、五中全会精神。"
    assert studied(text) == {plenum(n) for n in "二三四五"}


def test_a_congress_and_its_plenums_are_told_apart() -> None:
    assert studied("学习贯彻党的十九大和十九届二中、三中全会精神。") == {
        f"{PARTY}第十九次全国代表大会",
        plenum("二"),
        plenum("三"),
    }


def test_only_the_last_member_has_a_mention() -> None:
    told = tell("学习十九届二中、三中、四中全会精神。", "代县", "政协")
    assert told.mentions == [("四中全会", "EVT")]


def test_plenums_of_a_local_committee_are_one_meeting_each() -> None:
    text = "学习贯彻省委十二届五次、六次全会精神。"
    assert studied(text) == {
        f"{PARTY}山西省第十二届委员会第{n}次全体会议" for n in "五六"
    }


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "学习贯彻中央、省委、市委、县委经济工作会议精神。",
            {
                "中央经济工作会议",
                f"{PARTY}山西省委员会经济工作会议",
                f"{PARTY}忻州市委员会经济工作会议",
                f"{PARTY}代县委员会经济工作会议",
            },
        ),
        (
            "学习贯彻中央和省委、市委、县委政协工作会议精神。",
            {
                "中央政协工作会议",
                f"{PARTY}山西省委员会政协工作会议",
                f"{PARTY}忻州市委员会政协工作会议",
                f"{PARTY}代县委员会政协工作会议",
            },
        ),
    ],
)
def test_conferences_of_several_levels_are_one_for_each(
    text: str, names: set[str]
) -> None:
    assert studied(text) == names


def test_the_bodies_that_open_such_an_enumeration_are_no_mentions() -> None:
    told = tell("学习中央、省委、市委、县委经济工作会议精神。", "代县", "政协")
    assert told.mentions == [("县委经济工作会议", "EVT")]


def test_campaigns_of_one_form_are_one_each() -> None:
    said = tell("打好蓝天、碧水、净土保卫战。", "吉林省", "政府").said
    assert {object_ for *_, object_ in said} == {
        "蓝天保卫战",
        "碧水保卫战",
        "净土保卫战",
    }


@pytest.mark.parametrize("text", ["打好蓝天保卫战。", "学习党的二十届三中全会精神。"])
def test_one_alone_is_no_enumeration(text: str) -> None:
    assert len(tell(text, "代县", "政府").said) == 1


def test_a_plenum_with_nothing_before_it_is_no_member() -> None:
    """四中全会 alone does not tell its term, and is called by its words."""
    assert studied("学习四中全会精神。") == {"四中全会"}
    assert studied("贯彻党的二十届历次全会精神，学习四中全会精神。") == {
        "中国共产党第二十届中央委员会第四次全体会议"
    }


@pytest.mark.parametrize(
    ("words", "listed"),
    [
        ("四中全会", True),
        ("六次全会", True),
        ("十九届四中全会", False),
        ("县委全会", False),
        ("", False),
    ],
)
def test_only_the_bare_last_member_counts_as_listed(
    words: str, *, listed: bool
) -> None:
    assert is_listed(words) is listed


@pytest.mark.parametrize(
    ("text", "place", "marked", "zones"),
    [
        (
            "加快福州、厦门海洋经济发展示范区建设。",
            "福建省",
            ["厦门海洋经济发展示范区"],
            {"福州海洋经济发展示范区": "福州市", "厦门海洋经济发展示范区": "厦门市"},
        ),
        (
            "深化南京、无锡和昆山国家级金融改革试验区建设。",
            "江苏省",
            ["昆山国家级金融改革试验区"],
            {
                "南京国家级金融改革试验区": "南京市",
                "无锡国家级金融改革试验区": "无锡市",
                "昆山国家级金融改革试验区": "昆山市",
            },
        ),
    ],
)
def test_zones_of_one_form_lie_each_in_its_place(
    text: str, place: str, marked: list[str], zones: dict[str, str]
) -> None:
    told = tell(text, place, "政府")
    assert [words for words, _ in told.mentions] == marked
    lies = {s: o for s, relation, o in told.facts if relation == "locatedIn"}
    assert lies == zones


@pytest.mark.parametrize(
    ("text", "place", "marked"),
    [
        ("建设贵阳、遵义国家物流枢纽。", "贵州省", ["贵阳", "遵义"]),
        ("南平市和莆田高新区列入名单。", "福建省", ["南平市", "莆田高新区"]),
        (
            "优化提升广州、深圳都市圈。",
            "广东省",
            ["深圳都市圈"],
        ),
    ],
)
def test_what_a_list_of_places_does_not_share(
    text: str, place: str, marked: list[str]
) -> None:
    assert [words for words, _ in tell(text, place, "政府").mentions] == marked


def test_a_part_of_the_free_trade_zone_lies_in_it() -> None:
    text = "深化自贸试验区提升战略，支持大连片区扩大保税维修业务。"
    zone = "中国（辽宁）自由贸易试验区"
    assert {f for f in tell(text, "辽宁省", "政府").facts if f[1] == "locatedIn"} == {
        (f"{zone}大连片区", "locatedIn", "大连市"),
        (f"{zone}大连片区", "locatedIn", zone),
        (zone, "locatedIn", "辽宁省"),
    }


@pytest.mark.parametrize(
    ("text", "marked", "bodies"),
    [
        (
            "联合定襄县、五台县、繁峙县政协开展监督。",
            ["繁峙县政协"],
            {"定襄县", "五台县", "繁峙县"},
        ),
        (
            "与内蒙古阿拉善左旗、银川市永宁县政协合作。",
            ["银川市永宁县政协"],
            {"阿拉善左旗", "永宁县"},
        ),
    ],
)
def test_bodies_that_share_their_last_words(
    text: str, marked: list[str], bodies: set[str]
) -> None:
    told = tell(text, "代县", "政协")
    assert [words for words, _ in told.mentions] == marked
    own = "中国人民政治协商会议代县委员会"
    partners = {o for s, relation, o in told.facts if relation == "cooperatesWith"}
    assert partners == {f"中国人民政治协商会议{x}委员会" for x in bodies} - {own}


def test_places_beside_a_body_are_no_bodies() -> None:
    told = tell("走访原平市、繁峙县，代县人大常委会开展视察。", "代县", "政协")
    assert [words for words, _ in told.mentions] == [
        "原平市",
        "繁峙县",
        "代县人大常委会",
    ]
    shared = tell("走访定襄、五台县政协。", "代县", "政协")
    assert [words for words, _ in shared.mentions] == ["定襄", "五台县政协"]
