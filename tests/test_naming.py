"""What names, titles and the frame tell by themselves."""

from __future__ import annotations

import pytest
from one_text import Fact, tell

from zhengpu.model import RawText
from zhengpu.stages import extract

CPPCC = "中国人民政治协商会议"


def told_by_names(text: str, place: str, body: str = "政协") -> set[Fact]:
    told = tell(text, place, body)
    return told.facts - told.said


@pytest.mark.parametrize(
    ("text", "place", "facts"),
    [
        (
            "县教育局到会。",
            "代县",
            {("代县教育局", "locatedIn", "代县")},
        ),
        (
            "省政协到会。",
            "代县",
            {(f"{CPPCC}山西省委员会", "locatedIn", "山西省")},
        ),
        (
            "走访山西省代县。",
            "阜新蒙古族自治县",
            {("代县", "locatedIn", "山西省")},
        ),
        (
            "提案委员会到会。",
            "代县",
            {
                (f"{CPPCC}代县委员会提案委员会", "locatedIn", "代县"),
                (
                    f"{CPPCC}代县委员会提案委员会",
                    "subOrganizationOf",
                    f"{CPPCC}代县委员会",
                ),
            },
        ),
        (
            "烟台蓬莱国际机场、西安咸阳国际机场扩建。",
            "代县",
            {
                ("烟台蓬莱国际机场", "locatedIn", "烟台市"),
                ("西安咸阳国际机场", "locatedIn", "西安市"),
            },
        ),
        (
            "宜昌市夷陵中学与绵阳市安州区人民医院签约。",
            "代县",
            {
                ("宜昌市夷陵中学", "locatedIn", "宜昌市"),
                ("绵阳市安州区人民医院", "locatedIn", "安州区"),
                ("安州区", "locatedIn", "绵阳市"),
            },
        ),
        (
            "在县文化中心举行，改造县医院传染病楼项目。",
            "代县",
            {("代县文化中心", "locatedIn", "代县")},
        ),
        (
            "农行代县支行放贷。",
            "代县",
            {("中国农业银行代县支行", "locatedIn", "代县")},
        ),
        (
            "修订《静海区城市更新方案》。",
            "静海区",
            {("静海区城市更新方案", "about", "静海区")},
        ),
        (
            "编制《国务院关于支持山西转型的意见》。",
            "",
            {
                ("国务院", "produces", "国务院关于支持山西转型的意见"),
                ("国务院关于支持山西转型的意见", "about", "山西省"),
            },
        ),
        ("《山西日报》《人民政协报》刊发稿件。", "代县", set()),
        ("执行《中国共产党重大事项请示报告条例》。", "代县", set()),
        (
            "开展“智造静海”行动。",
            "静海区",
            {("“智造静海”行动", "about", "静海区")},
        ),
        (
            "举办上海世博会和武汉马拉松。",
            "",
            {
                ("上海世博会", "locatedIn", "上海市"),
                ("武汉马拉松", "locatedIn", "武汉市"),
            },
        ),
        (
            "办好第八届省旅游产业发展大会。",
            "辽宁省",
            {("第八届省旅游产业发展大会", "locatedIn", "辽宁省")},
        ),
        ("参加第七届内蒙古大米节。", "扎赉特旗", set()),
        ("深化与上海合作组织合作。", "湖北省", set()),
        ("推进“全省一张网”建设。", "贵州省", set()),
        ("全国政协到会。", "", set()),
        (
            "省人大常委会受省人大委托到会。",
            "湖南省",
            {
                ("湖南省人民代表大会常务委员会", "locatedIn", "湖南省"),
                ("湖南省人民代表大会", "locatedIn", "湖南省"),
                (
                    "湖南省人民代表大会常务委员会",
                    "subOrganizationOf",
                    "湖南省人民代表大会",
                ),
            },
        ),
        ("国务院批复。", "", set()),
        ("学习《民法典》。", "代县", set()),
    ],
)
def test_a_name_tells_place_owner_and_subject(
    text: str, place: str, facts: set[Fact]
) -> None:
    assert facts <= told_by_names(text, place)
    if not facts:
        assert told_by_names(text, place) == set()


def test_what_a_name_tells_is_shown_by_its_first_mention() -> None:
    told = tell("县教育局到会。县教育局发言。", "代县", "政协")
    (fact,) = [s for s in told.statements if s.relation == "locatedIn"]
    assert fact.evidence.spans == ((0, 4),)
    assert fact.evidence.sentence == 0


REPORT = """中国人民政治协商会议代县第十五届委员会常务委员会工作报告

——2021年3月12日在政协代县第十五届委员会第五次会议上

李贵军

各位委员：

我代表政协代县第十五届委员会常务委员会，向大会报告工作，请予审议。

一、2020年工作回顾

一年来，县政协视察雁门关景区2次。
"""

DECISION = """代县人民代表大会常务委员会任免名单

（2024年8月30日代县第十七届人民代表大会常务委员会第二十二次会议通过）

任命：

张伟为代县教育局局长。
"""


def facts_of(text: str) -> set[Fact]:
    """The facts of a whole file."""
    found = extract(RawText("report.txt", text, "", "utf-8"))
    names = {entity.id: entity.name for entity in found.entities}
    return {
        (names[s.subject], str(s.relation), names[s.object]) for s in found.statements
    }


def test_a_report_is_presented_by_a_person_at_a_meeting_about_a_body() -> None:
    facts = facts_of(REPORT)
    title = "中国人民政治协商会议代县第十五届委员会常务委员会工作报告"
    assert (title, "presentedBy", "李贵军") in facts
    session = f"{CPPCC}代县第十五届委员会第五次会议"
    assert (title, "presentedAt", session) in facts
    about = {object_ for s, r, object_ in facts if (s, r) == (title, "about")}
    assert about <= {f"{CPPCC}代县委员会", f"{CPPCC}代县委员会常务委员会"}
    assert about


def test_a_decision_is_of_its_body_and_is_about_nothing() -> None:
    facts = facts_of(DECISION)
    assert ("张伟", "holdsPost", "代县教育局") in facts
    assert not any(relation in {"presentedBy", "about"} for _, relation, _ in facts)


def test_regions_of_two_abbreviated_provinces_name_both() -> None:
    facts = tell("助推苏陕协作。", "陕西省", "政府").facts
    assert ("江苏省", "cooperatesWith", "陕西省") in facts


@pytest.mark.parametrize(
    ("text", "place", "fact"),
    [
        (
            "举办第三届如皋盆景文化节。",
            "如皋市",
            ("第三届如皋盆景文化节", "locatedIn", "如皋市"),
        ),
        (
            "视察达拉特经济开发区。",
            "达拉特旗",
            ("达拉特经济开发区", "locatedIn", "达拉特旗"),
        ),
        (
            "与南昌大学第一附属医院合作。",
            "修水县",
            ("南昌大学第一附属医院", "subOrganizationOf", "南昌大学"),
        ),
        ("与福建师范大学合作。", "代县", ("福建师范大学", "locatedIn", "福建省")),
    ],
)
def test_sites_festivals_and_schools_lie_where_their_names_say(
    text: str, place: str, fact: tuple[str, str, str]
) -> None:
    assert fact in tell(text, place, "政协").facts


def test_a_university_named_for_a_person_lies_not_in_the_city_of_that_name() -> None:
    facts = tell("与中山大学合作。", "代县", "政协").facts
    assert ("中山大学", "locatedIn", "中山市") not in facts


@pytest.mark.parametrize("place", ["湖南省", "江苏省", "代县"])
def test_a_body_that_only_the_title_tells_lies_in_its_place(place: str) -> None:
    text = f"2026年{place}政府工作报告\n\n推进乡村振兴。\n"
    found = extract(RawText("report.txt", text, "", "utf-8"))
    names = {entity.id: entity.name for entity in found.entities}
    facts = {
        (names[s.subject], str(s.relation), names[s.object]) for s in found.statements
    }
    assert (f"{place}人民政府", "locatedIn", place) in facts


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("深化幸福黄河三年行动。", ("幸福黄河三年行动", "about", "黄河")),
        (
            "开展大运河生态环境保护专项督察。",
            ("大运河生态环境保护专项督察", "about", "大运河"),
        ),
    ],
)
def test_a_campaign_for_a_place_is_about_it(
    text: str, fact: tuple[str, str, str]
) -> None:
    assert fact in told_by_names(text, "代县")


@pytest.mark.parametrize("text", ["开行“天山号”货运班列。", "认定一批“上海标准”。"])
def test_trains_and_goods_are_not_about_their_place(text: str) -> None:
    told = told_by_names(text, "上海市", "政府")
    assert not any(relation == "about" for _, relation, _ in told)


def test_an_area_inside_a_fixed_name_is_the_one_that_the_text_names() -> None:
    told = told_by_names("河南文旅兴旺，打响“老家河南”品牌。", "河南省", "政府")
    assert ("老家河南", "about", "河南省") in told
