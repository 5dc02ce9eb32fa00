"""Short forms of bodies lead to the full official names, at every level."""

from __future__ import annotations

import pytest
from one_text import area, frame_of, tell

from zhengpu.extraction.bodies import body_of
from zhengpu.extraction.canonical import reporting_body
from zhengpu.extraction.houses import area_opening, kind_of
from zhengpu.extraction.namings import area_for, chinese_numeral
from zhengpu.model import Frame

CPPCC = "中国人民政治协商会议"
PARTY = "中国共产党"


def name_of(words: str, place: str, body: str = "政协") -> str | None:
    """The canonical name behind words that are one mention."""
    names = tell(f"{words}召开会议。", place, body).names
    assert words in names, names
    return names[words]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("县政协", f"{CPPCC}代县委员会"),
        ("政协代县第十五届委员会", f"{CPPCC}代县委员会"),
        ("政协第十五届代县委员会常务委员会", f"{CPPCC}代县委员会常务委员会"),
        ("县政协党组", f"{CPPCC}代县委员会党组"),
        ("县政协办公室", f"{CPPCC}代县委员会办公室"),
        ("县政协提案委员会", f"{CPPCC}代县委员会提案委员会"),
        ("提案委员会", f"{CPPCC}代县委员会提案委员会"),
        ("县委", f"{PARTY}代县委员会"),
        ("中共代县委员会", f"{PARTY}代县委员会"),
        ("县委组织部", f"{PARTY}代县委员会组织部"),
        ("县委政法委", f"{PARTY}代县委员会政法委员会"),
        ("县委常委会", f"{PARTY}代县委员会常务委员会"),
        ("县纪委监委", f"{PARTY}代县纪律检查委员会"),
        ("县监委", "代县监察委员会"),
        ("县政府", "代县人民政府"),
        ("县人大", "代县人民代表大会"),
        ("县人大常委会", "代县人民代表大会常务委员会"),
        ("县法院", "代县人民法院"),
        ("县检察院", "代县人民检察院"),
        ("县教育局", "代县教育局"),
        ("县工商联", "代县工商业联合会"),
        ("工商联", "代县工商业联合会"),
        ("县妇联", "代县妇女联合会"),
        ("市政协", f"{CPPCC}忻州市委员会"),
        ("市中级人民法院", "忻州市中级人民法院"),
        ("省委", f"{PARTY}山西省委员会"),
        ("民革省委会", "中国国民党革命委员会山西省委员会"),
        ("民建市委会", "中国民主建国会忻州市委员会"),
        ("省黄埔军校同学会", "山西省黄埔军校同学会"),
        ("省高级人民法院", "山西省高级人民法院"),
    ],
)
def test_a_body_of_a_county_report_has_its_full_name(words: str, name: str) -> None:
    assert name_of(words, "代县") == name


@pytest.mark.parametrize(
    ("words", "place", "body", "name"),
    [
        ("旗委", "扎赉特旗", "政协", f"{PARTY}扎赉特旗委员会"),
        ("盟政协", "扎赉特旗", "政协", f"{CPPCC}兴安盟委员会"),
        ("自治区党委", "扎赉特旗", "政协", f"{PARTY}内蒙古自治区委员会"),
        ("自治区人民政府", "扎赉特旗", "政协", "内蒙古自治区人民政府"),
        ("市人大法制委员会", "如皋市", "人大", "如皋市人民代表大会法制委员会"),
        ("财政经济委员会", "如皋市", "人大", "如皋市人民代表大会财政经济委员会"),
        (
            "代表资格审查委员会",
            "如皋市",
            "人大",
            "如皋市人民代表大会常务委员会代表资格审查委员会",
        ),
        ("民革岳阳市委", "岳阳市", "政协", "中国国民党革命委员会岳阳市委员会"),
        (
            "农工党恩施州委",
            "恩施土家族苗族自治州",
            "政协",
            "中国农工民主党恩施土家族苗族自治州委员会",
        ),
        (
            "民建宁夏区委会",
            "宁夏回族自治区",
            "政协",
            "中国民主建国会宁夏回族自治区委员会",
        ),
        ("审判委员会", "代县", "法院", "代县人民法院审判委员会"),
        ("检察委员会", "代县", "检察院", "代县人民检察院检察委员会"),
        ("玉林街道办事处", "武侯区", "政府", "玉林街道办事处"),
        ("朝阳区政协", "北京市", "政协", f"{CPPCC}朝阳区委员会"),
        ("天津市委", "北京市", "政府", f"{PARTY}天津市委员会"),
    ],
)
def test_a_body_of_another_level_or_kind_has_its_full_name(
    words: str, place: str, body: str, name: str
) -> None:
    assert name_of(words, place, body) == name


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("中央政治局", f"{PARTY}中央委员会政治局"),
        ("党中央", f"{PARTY}中央委员会"),
        ("全国人大常委会", "全国人民代表大会常务委员会"),
        ("全国政协", f"{CPPCC}全国委员会"),
        ("中国石油", "中国石油天然气集团有限公司"),
    ],
)
def test_a_national_body_needs_no_place(words: str, name: str) -> None:
    assert name_of(words, "", "") == name


@pytest.mark.parametrize(
    ("words", "place"),
    [("县政协", ""), ("省政协", ""), ("盟政协", "代县"), ("自治区党委", "代县")],
)
def test_a_level_that_the_report_lacks_stays_without_entity(
    words: str, place: str
) -> None:
    told = tell(f"{words}召开会议。", place, "政协" if place else "")
    (link,) = told.reading.links
    assert link.entity is None
    assert link.reason


def test_two_bodies_written_together_are_two() -> None:
    for text in ("县委县政府印发。", "县委政府印发。", "县委和政府印发。"):
        names = set(tell(text, "代县", "政协").names.values())
        assert names == {f"{PARTY}代县委员会", "代县人民政府"}


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        (f"{CPPCC}代县委员会提案委员会", f"{CPPCC}代县委员会"),
        (f"{CPPCC}代县委员会党组", f"{CPPCC}代县委员会"),
        (f"{PARTY}代县委员会组织部", f"{PARTY}代县委员会"),
    ],
)
def test_a_part_belongs_to_the_body_it_is_named_after(part: str, whole: str) -> None:
    facts = tell("提案委员会、县政协党组和县委组织部到会。", "代县", "政协").facts
    assert (part, "subOrganizationOf", whole) in facts
    assert (part, "locatedIn", "代县") in facts


def test_a_congress_does_not_own_its_standing_committee() -> None:
    facts = tell("县人大常委会召开会议。", "代县", "人大").facts
    assert not any(relation == "subOrganizationOf" for _, relation, _ in facts)


def test_a_body_with_namesakes_is_told_apart_by_the_code_of_its_area() -> None:
    """鼓楼区 is in four cities."""
    scopes = {
        place: entity.scope
        for place in ("南京市", "福州市")
        for entity in tell("鼓楼区政协召开会议。", place, "政协").entities.values()
        if entity.name == f"{CPPCC}鼓楼区委员会"
    }
    assert scopes == {"南京市": "320106", "福州市": "350102"}
    assert tell("县政协召开会议。", "代县").entities["e1"].scope == ""


@pytest.mark.parametrize(
    ("word", "place", "name"),
    [
        ("县", "代县", "代县"),
        ("市", "代县", "忻州市"),
        ("省", "代县", "山西省"),
        ("自治区", "代县", None),
        ("自治区", "扎赉特旗", "内蒙古自治区"),
        ("省", "扎赉特旗", None),
        ("盟", "扎赉特旗", "兴安盟"),
        ("区", "静海区", "静海区"),
        ("市", "静海区", "天津市"),
        ("县", "", None),
    ],
)
def test_a_level_word_means_the_report_s_place_or_what_holds_it(
    word: str, place: str, name: str | None
) -> None:
    found = area_for(word, frame_of(place))
    assert (found.name if found else None) == name


@pytest.mark.parametrize(
    ("digits", "numeral"),
    [
        ("1", "一"),
        ("10", "十"),
        ("15", "十五"),
        ("20", "二十"),
        ("36", "三十六"),
        ("120", "120"),
        ("十五", "十五"),
        ("", ""),
    ],
)
def test_small_numbers_are_written_in_chinese(digits: str, numeral: str) -> None:
    assert chinese_numeral(digits) == numeral


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("湖南理工学院", "湖南省"),
        ("西安交通大学", "西安市"),
        ("天津大学", "天津市"),
        ("中国农业大学", None),
        ("代县二中", None),
        ("辽宁", None),
    ],
)
def test_a_name_may_open_with_its_province_or_city(
    name: str, place: str | None
) -> None:
    found = area_opening(name)
    assert (found.name if found else None) == place


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("辽宁工业大学", "学校"),
        ("县人民医院", "医院"),
        ("四川阆州醋业股份有限公司", "企业"),
        ("玛瑙产业发展专班", "专班"),
        ("县水利局", "部门"),
        ("茶产业协会", "社会团体"),
        ("洱海保护志愿服务队", "其他"),
    ],
)
def test_the_kind_of_a_body_is_told_by_its_last_words(name: str, kind: str) -> None:
    assert kind_of(name) == kind


def test_a_report_is_of_the_body_that_its_frame_names() -> None:
    plain = reporting_body(frame_of("代县", "政协"))
    assert plain
    assert plain.name == f"{CPPCC}代县委员会"
    part = reporting_body(
        Frame(
            body_kind="人大",
            body="如皋市人民代表大会常务委员会",
            place=area("如皋市"),
        )
    )
    assert part
    assert part.owner
    assert (part.name, part.owner.name) == (
        "如皋市人民代表大会常务委员会",
        "如皋市人民代表大会",
    )
    other = reporting_body(Frame(body="代县人民医院", place=area("代县")))
    assert other
    assert other.name == "代县人民医院"
    assert reporting_body(Frame()) is None


def test_a_kind_of_body_or_a_place_that_is_unknown_gives_no_body() -> None:
    assert body_of("政协", None) is None
    assert body_of(None, area("代县")) is None
    assert body_of("报社", area("代县")) is None


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("团县委开展活动。", f"{PARTY}代县委员会"),
        ("共青团代县委员会印发。", f"{PARTY}代县委员会"),
        ("会同县水利局开展督查。", "会同县水利局"),
        ("谭丽芳同志任县工商联党组书记。", "任县工商业联合会党组"),
        ("田忠良同志任县委书记。", f"{PARTY}任县委员会"),
    ],
)
def test_a_body_is_not_mistaken_for_another(text: str, wrong: str) -> None:
    assert wrong not in tell(text, "代县", "政协").names.values()


@pytest.mark.parametrize("county", ["代县", "蔚县", "寿县"])
def test_a_county_of_two_characters_keeps_its_name(county: str) -> None:
    """Without it, a neighbour's body is read as the reporting one."""
    names = tell(f"与{county}政协交流。", "阜新蒙古族自治县", "政协").names
    assert names == {f"{county}政协": f"{CPPCC}{county}委员会"}


@pytest.mark.parametrize(
    ("branch", "house"),
    [
        ("中国科学院东莞材料科学与技术研究所", "中国科学院"),
        ("长三角国家技术创新中心安徽中心", "长三角国家技术创新中心"),
        ("怀柔实验室山西研究院", "怀柔实验室"),
        ("上海市第一人民医院酒泉医院", "上海市第一人民医院"),
    ],
)
def test_a_branch_belongs_to_its_house(branch: str, house: str) -> None:
    facts = tell(f"{branch}挂牌成立。", "甘肃省", "政府").facts
    assert (branch, "subOrganizationOf", house) in facts


def test_an_academy_in_short_has_its_full_name_in_its_branch() -> None:
    name = name_of("中国农科院河南创新基地", "河南省", "政府")
    assert name == "中国农业科学院河南创新基地"


@pytest.mark.parametrize(
    ("words", "name", "places"),
    [
        ("市生态环境局甘州分局", "张掖市生态环境局甘州分局", {"张掖市", "甘州区"}),
        (
            "张掖国家湿地公园管理委员会",
            "张掖国家湿地公园管理委员会",
            {"张掖国家湿地公园"},
        ),
        (
            "市纪委监委驻市政协机关纪检监察组",
            "张掖市纪委监委驻市政协机关纪检监察组",
            {"张掖市"},
        ),
        ("国网甘州区供电公司", "国网甘州区供电公司", {"甘州区"}),
    ],
)
def test_branches_and_offices_of_zones(words: str, name: str, places: set[str]) -> None:
    told = tell(f"走访{words}。", "张掖市", "政协")
    assert name in {entity.name for entity in told.entities.values()}
    lies = {o for s, relation, o in told.facts if (s, relation) == (name, "locatedIn")}
    assert lies == places
