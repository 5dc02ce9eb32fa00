"""Statistics: what is counted, how many, whose and when."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from one_text import tell

from zhengpu.extraction.arithmetic import fits
from zhengpu.extraction.indicators import indicator
from zhengpu.extraction.statistics import count
from zhengpu.extraction.thread import Thread
from zhengpu.knowledge.lexicon import table
from zhengpu.model import (
    Area,
    EntityType,
    Frame,
    Link,
    Mention,
    Section,
    Sentence,
)

if TYPE_CHECKING:
    from zhengpu.model import Observation

FRAME = Frame(period="2024", date="2025-01-07")
BODY, ELSE = "e1", "e2"


def sentence_of(text: str, *, planned: bool = False) -> Sentence:
    """A text as a document's first sentence."""
    return Sentence(text, 0, len(text), 0, planned)


def link(text: str, name: str, type_: EntityType, entity: str) -> Link:
    """A name's first mention in a text."""
    start = text.index(name)
    mention = Mention(type_, start, start + len(name), name, "test")
    return Link(mention, entity)


def counted(
    text: str,
    *links: Link,
    frame: Frame = FRAME,
    thread: Thread | None = None,
    planned: bool = False,
    body: str = "",
) -> list[Observation]:
    """The observations of one sentence, the clause being about the body."""
    return count(
        sentence_of(text, planned=planned),
        sorted(links, key=lambda found: found.mention.start),
        frame,
        lambda _: BODY,
        thread or Thread(),
        body=body,
    )


def told(text: str) -> list[tuple[str, str, str]]:
    """Measure, value and unit of each observation."""
    return [(o.measure, f"{o.value:f}", o.unit) for o in counted(text)]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            "全年召开5次常委会议，12次主席会议，形成调研报告26份。",
            [
                ("常委会议", "5", "次"),
                ("主席会议", "12", "次"),
                ("调研报告", "26", "份"),
            ],
        ),
        (
            "召开全体会议1次、常委会议5次、主席会议14次。",
            [
                ("全体会议", "1", "次"),
                ("常委会议", "5", "次"),
                ("主席会议", "14", "次"),
            ],
        ),
        (
            "共征集提案163件，经提案委员会审查立案142件，立案率为87.1%，均已办复。",
            [("提案", "163", "件"), ("立案提案", "142", "件"), ("立案率", "87.1", "%")],
        ),
        (
            "增补委员28人，免去委员20人；",
            [("增补委员", "28", "人"), ("免去委员", "20", "人")],
        ),
        (
            "形成协商成果11项，其中6项转化为政策举措。",
            [("协商成果", "11", "项"), ("转化协商成果", "6", "项")],
        ),
        (
            "提出6类23个环节94项意见建议。",
            [("环节", "6", "类"), ("环节", "23", "个"), ("意见建议", "94", "项")],
        ),
        (
            "提出了71条具有战略性、前瞻性和实操性的意见建议。",
            [("意见建议", "71", "条")],
        ),
        ("重点研究了疫情防控等9项具体工作。", [("具体工作", "9", "项")]),
        ("就7个方面的学习考察活动作了安排。", [("方面的学习考察活动", "7", "个")]),
        ("深入包联村48次。", [("深入包联村", "48", "次")]),
        (
            "与27个相关部门开展对口协商63次。",
            [("相关部门", "27", "个"), ("对口协商", "63", "次")],
        ),
        (
            "协调争取资金二十余万元，筹措16万元资金。",
            [("资金", "200000", "元"), ("资金", "160000", "元")],
        ),
        ("320余名委员和机关干部到场学习。", [("委员和机关干部", "320", "名")]),
        ("组织为期8天的技能竞赛活动。", [("技能竞赛活动", "8", "天")]),
        ("两名政协副主席到园区任职。", [("政协副主席", "2", "名")]),
        ("巡视组反馈的17个问题全部整改到位。", [("问题", "17", "个")]),
        ("已经解决或采纳的296件。", [("解决或采纳", "296", "件")]),
        (
            "接待考察团26批430余人次。",
            [("考察团", "26", "批"), ("考察团", "430", "人次")],
        ),
        (
            "6600多万农村人口饮水安全问题得到解决。",
            [("农村人口饮水安全问题", "66000000", "")],
        ),
        ("完成职业技能培训200万人次。", [("职业技能培训", "2000000", "人次")]),
    ],
)
def test_what_is_counted_is_found_in_the_words_around(
    text: str, facts: list[tuple[str, str, str]]
) -> None:
    assert told(text) == facts


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            "全省地区生产总值达到5.53万亿元、增长4.8%。",
            [("地区生产总值", "5530000000000", "元"), ("地区生产总值增长", "4.8", "%")],
        ),
        ("实际使用外资同比下降3%。", [("外资下降", "3", "%")]),
        ("城镇化率提高1.2个百分点。", [("城镇化率增长", "1.2", "个百分点")]),
        (
            "规模工业增加值增长6.2%、高于全国平均0.3个百分点。",
            [
                ("规模工业增加值增长", "6.2", "%"),
                ("规模工业增加值增长高于全国平均", "0.3", "个百分点"),
            ],
        ),
        (
            "口岸货运通关能力从3800万吨提升至8000万吨。",
            [
                ("口岸货运通关能力", "38000000", "吨"),
                ("口岸货运通关能力", "80000000", "吨"),
            ],
        ),
        (
            "户厕覆盖率、污水治理率分别提高20.9、36.2个百分点。",
            [
                ("户厕覆盖率增长", "20.9", "个百分点"),
                ("污水治理率增长", "36.2", "个百分点"),
            ],
        ),
        (
            "旅客和货邮吞吐量分别达到1.35亿人次、453.8万吨，分别增长8.3%、7.9%。",
            [
                ("旅客吞吐量", "135000000", "人次"),
                ("货邮吞吐量", "4538000", "吨"),
                ("旅客吞吐量增长", "8.3", "%"),
                ("货邮吞吐量增长", "7.9", "%"),
            ],
        ),
        (
            "粮食产量达到6亿吨，占世界的25%。",
            [("粮食产量", "600000000", "吨"), ("粮食产量占世界", "25", "%")],
        ),
        (
            "市属企业由51家整合为33家。",
            [("市属企业", "51", "家"), ("市属企业", "33", "家")],
        ),
        (
            "公众满意度连续9年高于全国平均水平。",
            [("公众满意度高于全国平均水平", "9", "年")],
        ),
        (
            "每户补助3至5万元。",
            [("每户补助下限", "30000", "元"), ("每户补助上限", "50000", "元")],
        ),
        ("人均预期寿命达79.5岁。", [("人均预期寿命", "79.5", "岁")]),
        (
            "人均预期寿命从82.4岁提高到83.9岁。",
            [("人均预期寿命", "82.4", "岁"), ("人均预期寿命", "83.9", "岁")],
        ),
        (
            "劳动力平均受教育年限从13.5年提高到14年。",
            [
                ("劳动力平均受教育年限", "13.5", "年"),
                ("劳动力平均受教育年限", "14", "年"),
            ],
        ),
        ("工作年限5年以上的人员。", []),
        (
            "地区生产总值增长4.5%—5%。",
            [
                ("地区生产总值增长下限", "4.5", "%"),
                ("地区生产总值增长上限", "5", "%"),
            ],
        ),
    ],
)
def test_levels_changes_and_shares_are_told_apart(
    text: str, facts: list[tuple[str, str, str]]
) -> None:
    assert told(text) == facts


@pytest.mark.parametrize(
    "text",
    [
        "低碳产品认证证书数居全国第4位。",
        "增强“四个意识”，落实“三百工程”。",
        "实施三年行动，五年来成效明显。",
        "提高60岁以上老年人待遇。",
        "审议《关于2024年3项改革的报告》。",
        "在成立75周年之际举办第三届展览。",
    ],
)
def test_ranks_slogans_and_titles_are_no_statistics(text: str) -> None:
    assert counted(text) == []


def test_a_figure_inside_a_name_is_none() -> None:
    text = "开展“7个专项行动落实年”和“我们的3座城”活动，效果良好。"
    name = link(text, "“7个专项行动落实年”", EntityType.PRG, "e9")
    assert counted(text, name) == []


def test_evidence_holds_the_figure_and_its_measure() -> None:
    text = "近年来编印读本，举办培训班25期，效果好。"
    (fact,) = counted(text)
    (span,) = fact.evidence.spans
    assert text[span.start : span.end] == "培训班25期"
    assert fact.evidence.rule == "statistics/noun-before"


def test_offsets_are_those_of_the_document() -> None:
    sentence = Sentence("提案3件。", 100, 105, 0, planned=False)
    (fact,) = count(sentence, (), FRAME, lambda at: f"at{at}", Thread())
    assert fact.evidence.spans == ((100, 104),)
    assert fact.subject == "at102"


def test_the_adopting_body_is_the_subject_of_what_was_adopted() -> None:
    text = "编报信息41条，被全国政协采用3条、省政协采用27条。"
    facts = counted(
        text,
        link(text, "全国政协", EntityType.ORG, "national"),
        link(text, "省政协", EntityType.ORG, "provincial"),
    )
    assert [fact.subject for fact in facts] == [BODY, "national", "provincial"]
    assert [fact.measure for fact in facts] == ["信息", "采用信息", "采用信息"]


@pytest.mark.parametrize("park", ["沧源工业园区", "鄂托克经济开发区"])
def test_the_output_in_the_next_clause_is_that_of_the_park(park: str) -> None:
    text = f"{park}新入驻企业27家，产值突破400亿元。"
    facts = counted(text, link(text, park, EntityType.PLC, "park"))
    assert [fact.subject for fact in facts] == ["park", "park"]


def test_a_thing_that_opens_the_clause_is_its_subject() -> None:
    text = "中老铁路发展良好，累计发送旅客超6400万人次、运输货物超7400万吨。"
    facts = counted(text, link(text, "中老铁路", EntityType.PLC, "railway"))
    assert [fact.subject for fact in facts] == ["railway", "railway"]


def test_one_figure_for_several_places_is_told_of_each() -> None:
    text = "浔江、都柳江水质达标率100%。"
    facts = counted(
        text,
        link(text, "浔江", EntityType.PLC, "a"),
        link(text, "都柳江", EntityType.PLC, "b"),
    )
    assert [(fact.subject, fact.measure) for fact in facts] == [
        ("a", "水质达标率"),
        ("b", "水质达标率"),
    ]


def test_figures_given_respectively_are_told_of_one_place_each() -> None:
    text = "留坝县、袁家村游客人数分别增长18%和11.5%。"
    facts = counted(
        text,
        link(text, "留坝县", EntityType.PLC, "a"),
        link(text, "袁家村", EntityType.PLC, "b"),
    )
    assert [(fact.subject, str(fact.value)) for fact in facts] == [
        ("a", "18"),
        ("b", "11.5"),
    ]


def test_members_of_the_whole_county_are_the_bodys() -> None:
    text = "全县279名政协委员积极参与。"
    (fact,) = counted(text, link(text, "全县", EntityType.PLC, ELSE), body="own")
    assert (fact.subject, fact.measure) == ("own", "政协委员")


@pytest.mark.parametrize(
    ("text", "period", "words"),
    [
        ("2023年修路3公里。", "2023", ""),
        ("十四届三次会议以来，收到提案103件。", "2024", "十四届三次会议以来"),
        ("“十四五”时期，新建学校20所。", "2021-2025", "“十四五”时期"),
        ("修路3公里。", "2024", ""),
    ],
)
def test_periods_are_those_of_the_text_or_the_document(
    text: str, period: str, words: str
) -> None:
    (fact,) = counted(text)
    assert (fact.period, fact.period_text) == (period, words)


def test_a_period_that_opens_a_sentence_holds_for_the_section() -> None:
    thread = Thread()
    counted("五年来，我们团结奋斗。", thread=thread)
    (fact,) = counted("新建学校20所。", thread=thread)
    assert fact.period == "2020-2024"
    other = Sentence("新建学校20所。", 0, 8, 1, planned=False)
    (fact,) = count(other, (), FRAME, lambda _: BODY, thread)
    assert fact.period == "2024"


@pytest.mark.parametrize(
    ("opens", "period"),
    [
        ("过去的一年，我们团结奋斗。", "2024"),
        ("各位代表！回顾过去一年，我们团结奋斗。", "2024"),
        ("刚刚过去的2024年，全县上下团结奋斗。", "2024"),
        ("“十三五”的五年，我们团结奋斗。", "2016-2020"),
        ("2023年，我们团结奋斗。", "2020-2024"),
        ("我们团结奋斗。", "2020-2024"),
    ],
)
def test_a_review_goes_on_over_the_items_of_its_list(opens: str, period: str) -> None:
    """The years are the document's where the words open no review."""
    levels = {"一、工作回顾": 3, "——经济稳中有进": 7, "——民生改善": 7, "二、安排": 3}
    sections = [Section(name, level, 0, 0, False) for name, level in levels.items()]
    frame = Frame(period="2020-2024", date="2025-01-07")
    thread = Thread(sections)

    def years(text: str, section: int) -> list[str]:
        sentence = Sentence(text, 0, len(text), section, planned=False)
        return [o.period for o in count(sentence, (), frame, lambda _: BODY, thread)]

    years(opens, 0)
    assert years("新建学校20所。", 1) == years("改造校舍20所。", 2) == [period]
    assert years("新建学校20所。", 3) == ["2020-2024"]


def test_what_is_announced_is_planned_for_the_next_year() -> None:
    (fact,) = counted("开展协商12次以上。", planned=True)
    assert (fact.planned, fact.period) == (True, "2025")
    (fact,) = counted("力争办成率达到95%以上。")
    assert (fact.planned, fact.period) == (True, "2025")
    assert not counted("开展协商12次。")[0].planned


def test_a_coming_year_that_a_sentence_opens_with_holds_to_the_end() -> None:
    thread = Thread()
    counted("2025年，市政协将服务大局。", thread=thread)
    later = Sentence("培训委员3000人次。", 0, 11, 7, planned=False)
    (fact,) = count(later, (), FRAME, lambda _: BODY, thread)
    assert (fact.planned, fact.period) == (True, "2025")


def test_a_figure_that_counts_nothing_known_is_a_finding() -> None:
    thread = Thread()
    assert counted("增长8.5%。", thread=thread) == []
    (finding,) = thread.findings
    assert finding.code == "measure-unknown"
    assert dict(finding.parameters) == {"figure": "8.5%"}


def test_a_rate_that_its_parts_do_not_give_is_a_finding() -> None:
    thread = Thread()
    counted("征集提案163件，审查立案142件，立案率为78.1%。", thread=thread)
    (finding,) = thread.findings
    assert finding.code == "rate-does-not-fit"
    assert dict(finding.parameters)["given"] == "87.12%"


def test_a_rate_that_fits_is_no_finding() -> None:
    thread = Thread()
    counted("征集提案163件，审查立案142件，立案率为87.1%。", thread=thread)
    assert thread.findings == []


def test_a_rate_may_be_rounded_or_cut() -> None:
    given = Decimal(2) / Decimal(3) * 100
    assert fits(Decimal("66.7"), given)
    assert fits(Decimal("66.6"), given)
    assert not fits(Decimal("66.5"), given)


@pytest.mark.parametrize(
    ("measure", "unit", "notation"),
    [
        ("常委会议", "次", "standing-committee-meetings"),
        ("政协常委会议", "次", "standing-committee-meetings"),
        ("提案", "件", "proposals-submitted"),
        ("县政协提案", "件", "proposals-submitted"),
        ("立案率", "%", "filing-rate"),
        ("提案办复率", "%", "answer-rate"),
        ("地区生产总值", "元", "gdp"),
        ("地区生产总值增长", "%", "gdp-growth"),
        ("农村居民人均可支配收入", "元", "rural-income"),
        ("森林覆盖率", "%", "forest-cover"),
        ("采用信息", "条", "public-opinion-reports-adopted"),
        ("社情民意信息", "期", "public-opinion-reports"),
        ("代表建议", "件", "deputy-suggestions"),
        ("提案", "次", ""),
        ("石榴产业", "个", ""),
    ],
)
def test_measures_lead_to_indicators(measure: str, unit: str, notation: str) -> None:
    assert indicator(measure, unit) == notation


def test_indicators_have_unique_notations_and_labels_in_both_languages() -> None:
    rows = table("indicators")
    assert len({row["notation"] for row in rows}) == len(rows) >= 60
    assert len({row["zh"] for row in rows}) == len(rows)
    assert all(row["en"] and row["unit"] and row["measure"] for row in rows)


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            "征集提案231件，立案率84.3%；另有9件并案，13件退回提案人。",
            [
                ("提案", "231", "件"),
                ("立案率", "84.3", "%"),
                ("并案提案", "9", "件"),
                ("退回提案", "13", "件"),
            ],
        ),
        (
            "书记、区长领办重点提案2件，主席会议成员分头督办8件。",
            [("重点提案", "2", "件"), ("重点提案", "8", "件")],
        ),
        (
            "新增上市公司62家，总数达到186家。",
            [("新增上市公司", "62", "家"), ("上市公司", "186", "家")],
        ),
        (
            "通用机场增加11个、达到25个。",
            [("通用机场增长", "11", "个"), ("通用机场", "25", "个")],
        ),
        ("邀请港澳委员150余人次列席会议。", [("港澳委员", "150", "人次")]),
        ("21名干警担任法治副校长。", [("干警", "21", "名")]),
        ("带领326户村民发展蚕桑。", [("村民", "326", "户")]),
        ("由17名委员、专家组成的调研组深入乡镇。", [("委员、专家", "17", "名")]),
        ("引进省外5000万元以上项目41个。", [("项目", "41", "个")]),
        ("街道纪工委立案审查4件。", [("立案审查", "4", "件")]),
        (
            "市民政局连续3个月暗访食堂52家。",
            [("暗访食堂", "3", "个月"), ("食堂", "52", "家")],
        ),
        ("先后7次率队赴实地察看，并召开研讨会。", [("察看", "7", "次")]),
        (
            "国家级、省级创新平台分别达到22家、182家。",
            [("国家级创新平台", "22", "家"), ("省级创新平台", "182", "家")],
        ),
        (
            "城镇、农村居民人均可支配收入分别为38900元和19870元。",
            [
                ("城镇居民人均可支配收入", "38900", "元"),
                ("农村居民人均可支配收入", "19870", "元"),
            ],
        ),
    ],
)
def test_nouns_that_are_left_out_or_shared_are_found(
    text: str, facts: list[tuple[str, str, str]]
) -> None:
    assert told(text) == facts


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("满意率比上年提高1.9个百分点。", "满意率增长"),
        ("通关时间压缩35%。", "通关时间下降"),
        ("各类案件612件，同比上升8.4%。", "案件增长"),
        ("户均增收1850元。", "户均增收"),
    ],
)
def test_changes_are_named_growth_or_fall(text: str, measure: str) -> None:
    assert counted(text)[-1].measure == measure


@pytest.mark.parametrize(
    ("text", "name", "type_"),
    [
        ("建成“闽政协同”平台，注册用户8700名。", "“闽政协同”平台", EntityType.PRG),
        ("建成议事站168个，收集意见4300条。", "议事站", EntityType.ORG),
        ("成功举办第二届大会，签约项目22个。", "第二届大会", EntityType.EVT),
        ("我县与某市共建农业示范园，引进企业7家。", "农业示范园", EntityType.PLC),
        ("推动州卫生健康委招聘乡村医生168名。", "州卫生健康委", EntityType.ORG),
        ("委员企业湖北某公司投资5600万元。", "湖北某公司", EntityType.ORG),
        ("跟踪督查城际铁路工程，推动完成投资25亿元。", "城际铁路工程", EntityType.PRG),
        ("区政协委员丁某捐建乡村书屋6个。", "丁某", EntityType.PER),
        ("预计全县生产总值突破360亿元。", "全县", EntityType.PLC),
    ],
)
def test_who_acts_and_what_was_founded_are_subjects(
    text: str, name: str, type_: EntityType
) -> None:
    assert counted(text, link(text, name, type_, ELSE))[-1].subject == ELSE


@pytest.mark.parametrize(
    ("text", "name", "type_"),
    [
        ("办好马拉松赛，新增养老床位600张。", "马拉松赛", EntityType.EVT),
        ("州政协建成平台，走访承办单位36家。", "平台", EntityType.PRG),
        ("新设基层立法联系点6个。", "基层立法联系点", EntityType.ORG),
        (
            "白云山景区创成4A级景区，古城文化旅游区接待游客120万人次。",
            "白云山景区",
            EntityType.PLC,
        ),
        (
            "建成农产品物流园，城南工业园区完成产值3亿元。",
            "农产品物流园",
            EntityType.PLC,
        ),
    ],
)
def test_what_the_body_did_besides_is_its_own(
    text: str, name: str, type_: EntityType
) -> None:
    assert counted(text, link(text, name, type_, ELSE))[-1].subject == BODY


def about(text: str, name: str, type_: EntityType) -> str:
    """The last subject where the discourse says that a name is the topic."""
    named = link(text, name, type_, ELSE)
    return count(
        sentence_of(text), [named], FRAME, lambda _: ELSE, Thread(), body=BODY
    )[-1].subject


def test_meetings_and_guests_are_no_subjects() -> None:
    assert (
        about("十五届二次会议以来，召开座谈会9次。", "十五届二次会议", EntityType.EVT)
        == BODY
    )
    text = "邀请教授杜某作辅导，320名干部参加。"
    assert about(text, "杜某", EntityType.PER) == BODY
    text = "形势良好，民盟区委会提出提案6件；修路8公里。"
    assert about(text, "民盟区委会", EntityType.ORG) == BODY


@pytest.mark.parametrize(
    "text",
    [
        "居民消费旺盛，全市一般公共预算收入增长4.3%，市场繁荣。",
        "助推民生实事办理，新增停车位2600个。",
        "推动城区改造管网32.4公里，惠及居民。",
        "加快发展特色产业，茶叶产量2.15万吨。",
        "畜牧业平稳，生猪出栏87.4万头。",
    ],
)
def test_incomes_and_products_are_the_places_unless_a_government_reports(
    text: str,
) -> None:
    place = Link(Mention(EntityType.PLC, 0, 2, "全市", "bodies/deictic-area"), ELSE)
    area = Area("320682", "如皋市", "county", "320600")
    for kind, subject in (("人大", ELSE), ("政府", BODY)):
        frame = Frame(period="2024", place=area, body_kind=kind)
        (fact,) = count(
            Sentence(text, 10, 10 + len(text), 0, planned=False),
            [place],
            frame,
            lambda _: BODY,
            Thread(),
            body=BODY,
        )
        assert fact.subject == subject


def test_news_plan_for_their_own_year() -> None:
    news = Frame(kind="新闻", period="2025")
    (fact,) = counted("全年开展专题协商6次。", frame=news, planned=True)
    assert fact.period == "2025"


def test_the_year_just_past_opens_a_sentence() -> None:
    thread = Thread()
    frame = Frame(period="2021-2025")
    text = "刚刚过去的2025年，生产总值增长5.8%。"
    (fact,) = counted(text, frame=frame, thread=thread)
    assert fact.period == "2025"


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            "生猪出栏48万头，茶叶产量1.1万吨，较上年分别增长5.6%和8.3%。",
            [
                ("生猪出栏", "480000", "头"),
                ("茶叶产量", "11000", "吨"),
                ("生猪出栏增长", "5.6", "%"),
                ("茶叶产量增长", "8.3", "%"),
            ],
        ),
        (
            "惠及城乡居民2.3万户、8.6万人。",
            [("城乡居民", "23000", "户"), ("城乡居民", "86000", "人")],
        ),
        (
            "带动脱贫户4200户户均增收3100元。",
            [("脱贫户", "4200", "户"), ("户均增收", "3100", "元")],
        ),
        (
            "深入86个代表联络站接待选民3400人次。",
            [("代表联络站", "86", "个"), ("选民", "3400", "人次")],
        ),
        (
            "社会事业方面58件，生态环境方面21件，其他30件。",
            [
                ("社会事业方面", "58", "件"),
                ("生态环境方面", "21", "件"),
                ("其他", "30", "件"),
            ],
        ),
        (
            "市场主体总量达到4.6万户，净增5100户。",
            [("市场主体总量", "46000", "户"), ("净增市场主体", "5100", "户")],
        ),
        ("得到县委书记批示4次。", [("批示", "4", "次")]),
        ("建设47.8万亩高标准农田。", [("高标准农田", "478000", "亩")]),
        (
            "刊发稿件160篇，其中省级以上媒体采用21篇。",
            [("稿件", "160", "篇"), ("采用稿件", "21", "篇")],
        ),
        (
            "城镇化率64.8%，比上年末提高0.9个百分点。",
            [("城镇化率", "64.8", "%"), ("城镇化率增长", "0.9", "个百分点")],
        ),
        ("从严控制“三公”经费，同比压减12.5%。", [("“三公”经费下降", "12.5", "%")]),
        ("全年空气优良天数342天。", [("空气优良天数", "342", "天")]),
        ("医师驰援武汉42天。", [("驰援武汉", "42", "天")]),
        (
            "39家承办单位共承办提案245件。",
            [("承办单位", "39", "家"), ("提案", "245", "件")],
        ),
    ],
)
def test_what_figures_of_other_kinds_count(
    text: str, facts: list[tuple[str, str, str]]
) -> None:
    assert told(text) == facts


def test_what_was_counted_in_the_section_names_its_parts() -> None:
    thread = Thread()
    counted("共收到提案231件。", thread=thread)
    (fact,) = counted("已经采纳落实的132件。", thread=thread)
    assert fact.measure == "采纳落实提案"
    later = Sentence("已经采纳落实的132件。", 0, 11, 1, planned=False)
    (fact,) = count(later, (), FRAME, lambda _: BODY, thread)
    assert fact.measure == "采纳落实"


def test_what_was_done_since_a_meeting_is_no_fact_of_the_meeting() -> None:
    text = "十届三次会议以来，共收到提案148件。"
    met = link(text, "十届三次会议", EntityType.EVT, ELSE)
    assert [o.subject for o in counted(text, met, body=BODY)] == [BODY]


def test_several_adopters_adopt_respectively() -> None:
    text = "被省政协、市政协分别采用14条、36条。"
    links = [
        link(text, "省政协", EntityType.ORG, "e3"),
        link(text, "市政协", EntityType.ORG, "e4"),
    ]
    assert [o.subject for o in counted(text, *links)] == ["e3", "e4"]


def test_a_party_group_holds_its_own_meetings() -> None:
    text = "县政协党组认真履职，共召开党组会议26次。"
    group = link(text, "县政协党组", EntityType.ORG, ELSE)
    assert [o.subject for o in counted(text, group)] == [ELSE]


def test_a_sum_is_that_of_what_it_is_invested_in() -> None:
    text = "总投资27.5亿元的玉林陆港项目开工。"
    works = link(text, "玉林陆港项目", EntityType.PRG, ELSE)
    assert [o.subject for o in counted(text, works)] == [ELSE]


def test_what_a_figure_became_is_of_the_last_year_reviewed() -> None:
    frame = Frame(period="2021-2025")
    text = "“十四五”期间，占全国比重由2020年的7.2%提升至7.4%，项目达到60个。"
    found = counted(text, frame=frame)
    assert [o.period for o in found] == ["2020", "2025", "2021-2025"]


def tabulated(*rows: str, frame: Frame = FRAME) -> list[tuple[str, str, str, str]]:
    """Measure, value, unit and period of the figures of lines that follow each other."""
    thread = Thread()
    found = [o for row in rows for o in counted(row, frame=frame, thread=thread)]
    return [(o.measure, f"{o.value:f}", o.unit, o.period) for o in found]


def test_a_table_is_read_by_its_head() -> None:
    assert tabulated(
        "指标\t单位\t2023年\t2024年\t同比增长",
        "水产品产量\t万吨\t8.6\t8.92\t3.5%",
        "生猪出栏\t万头\t90.7\t87.4\t-3.6%",
    ) == [
        ("水产品产量", "86000", "吨", "2023"),
        ("水产品产量", "89200", "吨", "2024"),
        ("水产品产量增长", "3.5", "%", "2024"),
        ("生猪出栏", "907000", "头", "2023"),
        ("生猪出栏", "874000", "头", "2024"),
        ("生猪出栏下降", "3.6", "%", "2024"),
    ]


def test_the_unit_of_a_table_may_stand_above_it_or_in_its_head() -> None:
    above = (
        "表1 主要指标（单位：亿元）",
        "序号\t项目\t完成数\t增速（%）",
        "1\t税收收入\t4.2\t6",
    )
    assert tabulated(*above) == [
        ("税收收入", "420000000", "元", "2024"),
        ("税收收入增长", "6", "%", "2024"),
    ]
    head = ("类别\t立案（件）\t备注", "经济类\t32\t", "合计\t97\t")
    assert tabulated(*head) == [
        ("经济类立案", "32", "件", "2024"),
        ("立案", "97", "件", "2024"),
    ]


def test_a_row_may_be_about_a_place() -> None:
    thread = Thread()
    counted("乡镇\t播种面积（万亩）\t备注", thread=thread)
    row = "黄渚镇\t0.8"
    place = link(row, "黄渚镇", EntityType.PLC, ELSE)
    (found,) = counted(row, place, thread=thread)
    assert (found.subject, found.measure, int(found.value)) == (ELSE, "播种面积", 8000)


def test_a_row_without_unit_or_head_states_nothing_by_its_table() -> None:
    assert tabulated("指标\t数量\t排名", "规上企业\t97\t3") == []
    assert tabulated("指标\t数量", "全年走访企业97家。") == [
        ("企业", "97", "家", "2024")
    ]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            "办理人大代表建议28件、政协提案15件，办复率均为100%。",
            [
                ("人大代表建议", "28", "件"),
                ("政协提案", "15", "件"),
                ("人大代表建议办复率", "100", "%"),
                ("政协提案办复率", "100", "%"),
            ],
        ),
        (
            "交办问题19个，15个已完成整改，其余4个正在推进。",
            [("问题", "19", "个"), ("问题", "15", "个"), ("正在推进的问题", "4", "个")],
        ),
        (
            "收到提案158件，立案131件，其余27件转作意见建议。",
            [
                ("提案", "158", "件"),
                ("立案提案", "131", "件"),
                ("转作意见建议", "27", "件"),
            ],
        ),
        (
            "提案所提问题已经解决的（A类）97件，列入计划的（B类）46件。",
            [("提案所提问题已经解决", "97", "件"), ("列入计划", "46", "件")],
        ),
        (
            "监督公安机关立案11件、撤案14件。",
            [("监督立案", "11", "件"), ("监督撤案", "14", "件")],
        ),
        (
            "起诉涉恶犯罪案件2件11人。",
            [("涉恶犯罪案件", "2", "件"), ("涉恶犯罪案件人数", "11", "人")],
        ),
        (
            "监测户1286户、3540人。",
            [("监测户", "1286", "户"), ("监测户人口", "3540", "人")],
        ),
        (
            "城乡低保标准分别提高到每人每月974元、769元。",
            [("城乡低保标准", "974", "元"), ("城乡低保标准", "769", "元")],
        ),
        (
            "运输品类由最初的80多种增至1160余种。",
            [("品类", "80", "种"), ("品类", "1160", "种")],
        ),
        ("没有集体经济收入低于10万元的村。", []),
        ("办结率不低于95%。", [("办结率", "95", "%")]),
        ("空气优良天数达到340天，同比有所增加。", [("空气优良天数", "340", "天")]),
        ("年内完成5次联合巡查。", [("巡查", "5", "次")]),
        ("推出“提案追踪”专栏23期。", [("“提案追踪”专栏", "23", "期")]),
        ("全市2400余名三级代表参与。", [("三级代表", "2400", "名")]),
        ("副主任丁某、秘书长李某及委员共31人出席会议。", [("出席", "31", "人")]),
        ("暴雨造成农作物受灾面积28万亩。", [("农作物受灾面积", "280000", "亩")]),
    ],
)
def test_what_parts_rests_and_rates_are_of(
    text: str, facts: list[tuple[str, str, str]]
) -> None:
    assert told(text) == facts


@pytest.mark.parametrize(
    ("text", "who", "measure"),
    [
        (
            "县委常委会两次听取县政协党组工作汇报。",
            "县委常委会",
            "听取县政协党组工作汇报",
        ),
        ("区应急管理局两次来我区督导检查。", "区应急管理局", "督导检查"),
        ("主席冯利民先后5次带队督办。", "冯利民", "督办"),
        ("文化旅游委先后4次到现场会办。", "文化旅游委", "现场会办"),
    ],
)
def test_deeds_are_named_by_what_somebody_did(
    text: str, who: str, measure: str
) -> None:
    kind = EntityType.PER if who == "冯利民" else EntityType.ORG
    (fact,) = counted(text, link(text, who, kind, ELSE))
    assert fact.measure == measure


def owners(text: str, *names: tuple[str, EntityType]) -> list[str]:
    """Whose the facts of a sentence are, by the names' places in it; or the body's."""
    links = [link(text, name, kind, name) for name, kind in names]
    return [o.subject for o in counted(text, *links, body=BODY)]


def test_those_who_were_assessed_are_whom_it_is_about() -> None:
    both = (("市教育局", EntityType.ORG), ("市民政局", EntityType.ORG))
    names = [name for name, _ in both]
    text = "对市教育局、市民政局进行了满意度测评，满意率分别为96.8%、94.1%。"
    assert owners(text, *both) == names
    text = "首次对市教育局、市民政局开展工作评议，满意度测评均在95%以上。"
    assert owners(text, *both) == names
    text = "首次对市教育局、市民政局开展工作评议，提出建议12条。"
    assert owners(text, *both) == [BODY]


@pytest.mark.parametrize(
    "text",
    [
        "在八个村建成“有事来协商”议事站，就地化解小微问题92件。",
        "建立“有事来协商”议事站27个，开展协商97场。",
        "成立“有事来协商”议事站，对两条河流开展监督性视察5次。",
    ],
)
def test_what_was_founded_does_what_follows(text: str) -> None:
    name = "“有事来协商”议事站"
    assert owners(text, (name, EntityType.ORG))[-1] == name


def test_a_mechanism_that_was_set_up_does_nothing_itself() -> None:
    name = "双向评议机制"
    text = f"建立{name}，走访企业27家。"
    assert owners(text, (name, EntityType.PRG)) == [BODY]


def test_leaders_who_supervised_proposals_are_bystanders() -> None:
    text = "市委主要领导领衔督办重点建议10件，新增床位860张。"
    leaders = link(text, "市委", EntityType.ORG, ELSE)
    found = count(
        sentence_of(text), [leaders], FRAME, lambda _: ELSE, Thread(), body=BODY
    )
    assert [fact.subject for fact in found] == [BODY, BODY]


def test_the_whole_committees_meeting_is_no_range() -> None:
    text = "县政协常委会履职尽责，召开全体会议1次。"
    (fact,) = count(
        sentence_of(text),
        [link(text, "县政协常委会", EntityType.ORG, ELSE)],
        FRAME,
        lambda _: ELSE,
        Thread(),
        body=BODY,
    )
    assert fact.subject == ELSE


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("重点抓好四项工作：一是强化学习。", [("工作", "4", "项")]),
        ("重点做好八个方面工作。", [("工作", "8", "个方面")]),
        ("落实三项工作，坚持四个方面工作。", []),
        (
            "重点提案遴选由10件增加到12件。",
            [("重点提案遴选", "10", "件"), ("重点提案遴选", "12", "件")],
        ),
        ("养老津贴惠及130万老年人。", [("老年人", "1300000", "人")]),
        (
            "收到提案189件，转为社情民意信息21件，不予立案7件。",
            [
                ("提案", "189", "件"),
                ("转为社情民意信息", "21", "件"),
                ("不予立案提案", "7", "件"),
            ],
        ),
        ("继续办好“潮白讲堂”，全年举办6期。", [("“潮白讲堂”", "6", "期")]),
        ("开办“提案面对面”栏目，播出9期。", [("“提案面对面”", "9", "期")]),
        ("教育局等5个部门负责人到会应询。", [("部门", "5", "个")]),
        ("对2名未按要求参会的委员进行约谈。", [("委员", "2", "名")]),
    ],
)
def test_tasks_series_and_what_stands_for_others(
    text: str, facts: list[tuple[str, str, str]]
) -> None:
    assert told(text) == facts


def test_bodies_right_before_what_they_handed_in() -> None:
    one, two = ("民进支部", EntityType.ORG), ("市工商联", EntityType.ORG)
    text = "集体提案8件，其中民进支部提交5件，市工商联提交3件。"
    assert owners(text, one, two) == [BODY, "民进支部", "市工商联"]
    text = "集体提案8件，民进支部、市工商联依次为5件、3件。"
    assert owners(text, one, two) == [BODY, "民进支部", "市工商联"]
    text = "全年共向市工商联提交39件建议。"
    assert owners(text, two) == [BODY]


def test_a_year_since_which_something_runs_reaches_over_clauses() -> None:
    text = "该活动自2019年启动以来，累计资助学生1360人次，发放助学金280万元。"
    assert {o.period for o in counted(text)} == {"2019-2024"}


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("不批捕35人，不起诉48人。", ["不批捕", "不起诉"]),
        ("发现问题50个，未整改问题12个。", ["问题", "未整改问题"]),
        ("打通未贯通道路40条。", ["未贯通道路"]),
        ("满意185件，不满意2件。", ["满意", "不满意"]),
    ],
)
def test_a_name_keeps_what_turns_it_into_its_contrary(
    text: str, measures: list[str]
) -> None:
    assert [fact.measure for fact in counted(text)] == measures


def test_the_three_sectors_are_no_three_occasions() -> None:
    assert counted("三次产业结构比为8.3:41.2:50.5，三次产业比重持续优化。") == []


def test_what_a_book_holds_is_the_books() -> None:
    book = ("《恭城文史》", EntityType.DOC)
    text = "编辑出版《恭城文史》第二十一辑，收录文章43篇。"
    assert owners(text, book) == ["《恭城文史》"]
    text = "编辑出版《恭城文史》第二十一辑，征集史料43篇。"
    assert owners(text, book) == [BODY]


@pytest.mark.parametrize(
    ("text", "who", "kind", "subject"),
    [
        ("县人民医院新院区启用；新建幼儿园5所。", "县人民医院", EntityType.ORG, BODY),
        ("街道党工委抓实党建；创建党支部63个。", "街道党工委", EntityType.ORG, ELSE),
        ("邀请教授葛某来我县作专题讲座1场。", "葛某", EntityType.PER, BODY),
        ("邀请民革市委会参与，培训骨干20名。", "民革市委会", EntityType.ORG, BODY),
    ],
)
def test_whoever_opens_a_sentence_is_not_always_meant_to_its_end(
    text: str, who: str, kind: EntityType, subject: str
) -> None:
    named = link(text, who, kind, ELSE)
    (fact,) = count(
        sentence_of(text), [named], FRAME, lambda _: ELSE, Thread(), body=BODY
    )
    assert fact.subject == subject


@pytest.mark.parametrize(
    ("text", "who", "kind"),
    [
        ("督促茅坪镇清理固体废物2300立方米。", "茅坪镇", EntityType.PLC),
        ("推动市卫生健康委为1100个村卫生室配备设备。", "市卫生健康委", EntityType.ORG),
    ],
)
def test_who_was_made_to_act_is_whom_it_is_about(
    text: str, who: str, kind: EntityType
) -> None:
    assert owners(text, (who, kind)) == [who]


@pytest.mark.parametrize(
    ("text", "places", "subjects"),
    [
        ("潜江、松滋等10个县市获批试点。", ["潜江", "松滋"], [BODY]),
        ("温州、台州、丽水3家高新区位列前50强。", ["温州", "台州", "丽水"], [BODY]),
        ("绍兴黄酒、金华火腿2个产业入围。", ["绍兴", "金华"], [BODY]),
        ("涪陵榨菜、奉节脐橙价值居前列；建成农村路3公里。", ["涪陵", "奉节"], [BODY]),
        ("宜昌、襄阳新建学校8所。", ["宜昌", "襄阳"], [BODY]),
    ],
)
def test_what_a_figure_counts_is_not_whom_it_is_about(
    text: str, places: list[str], subjects: list[str]
) -> None:
    named = [link(text, place, EntityType.PLC, ELSE) for place in places]
    assert [o.subject for o in counted(text, *named)] == subjects


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            "厕所普及率、行政村覆盖率分别达到88%和83.6%。",
            [("厕所普及率", "88", "%"), ("行政村覆盖率", "83.6", "%")],
        ),
        (
            "投资、消费增速分别快于全国3.4个、1个百分点。",
            [
                ("投资增速快于全国", "3.4", "个百分点"),
                ("消费增速快于全国", "1", "个百分点"),
            ],
        ),
        (
            "事故起数、死亡人数较同期分别下降6%、5%。",
            [("事故起数下降", "6", "%"), ("死亡人数下降", "5", "%")],
        ),
        ("贫困人口减少6800多万。", [("贫困人口减少", "68000000", "人")]),
        (
            "出境旅游人次由8300万增加到1亿3千多万。",
            [
                ("出境旅游人次", "83000000", "人次"),
                ("出境旅游人次", "130000000", "人次"),
            ],
        ),
        (
            "工业增加值、固定资产投资增速分别为9.1%、10.3%。",
            [("工业增加值增长", "9.1", "%"), ("固定资产投资增长", "10.3", "%")],
        ),
        (
            "游客213万人次，旅游收入21亿元，增幅14.5%、16.2%。",
            [
                ("游客", "2130000", "人次"),
                ("旅游收入", "2100000000", "元"),
                ("游客增长", "14.5", "%"),
                ("旅游收入增长", "16.2", "%"),
            ],
        ),
        (
            "城乡居民收入分别达6.9万元、3.4万元，增长4.2%、5.3%。",
            [
                ("城乡居民收入", "69000", "元"),
                ("城乡居民收入", "34000", "元"),
                ("城乡居民收入增长", "4.2", "%"),
                ("城乡居民收入增长", "5.3", "%"),
            ],
        ),
        ("压缩审批时限72%。", [("审批时限下降", "72", "%")]),
        (
            "办理时限从30天压到12天。",
            [("办理时限", "30", "天"), ("办理时限", "12", "天")],
        ),
        (
            "中职学校由71所优化整合为47所。",
            [("中职学校", "71", "所"), ("中职学校", "47", "所")],
        ),
        (
            "规上企业净增15家、达到128家。",
            [("净增规上企业", "15", "家"), ("规上企业", "128", "家")],
        ),
        ("168名师生同台演出。", [("师生", "168", "名")]),
        ("25名专家常驻坐诊。", [("专家", "25", "名")]),
        ("3名长期不履职的委员被撤销资格。", [("委员", "3", "名")]),
        ("提供11万个高校毕业生就业岗位。", [("高校毕业生就业岗位", "110000", "个")]),
        (
            "年收入超50万元的村由31个增至47个。",
            [("村", "31", "个"), ("村", "47", "个")],
        ),
        ("高考二本以上上线率61.3%。", [("高考二本以上上线率", "61.3", "%")]),
        ("森林火灾受害率控制在0.5‰以下。", [("森林火灾受害率", "0.5", "‰")]),
        ("现场签约9.8亿元。", [("现场签约", "980000000", "元")]),
        ("重点抓四件事。", []),
        ("学校覆盖20万人口以上的县。", []),
        ("建成通时速350公里高铁。", []),
    ],
)
def test_lists_comparisons_and_people_are_counted(
    text: str, facts: list[tuple[str, str, str]]
) -> None:
    assert told(text) == facts


def test_a_comparison_with_a_year_is_not_told_of_it() -> None:
    frame = Frame(period="2025")
    found = counted("生产总值增长4%，快于2024年1.8个百分点。", frame=frame)
    assert [o.period for o in found] == ["2025", "2025"]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("规上工业企业达到4358户。", [("规上工业企业", "4358", "户")]),
        ("可再生能源装机占比达56.2%。", [("可再生能源装机占比", "56.2", "%")]),
        (
            "基本养老保险参保人数2669万人。",
            [("基本养老保险参保人数", "26690000", "人")],
        ),
        ("国考城市PM_2.5浓度下降18.3%。", [("国考城市PM_2.5浓度下降", "18.3", "%")]),
        ("粮食单产提升工程超600万亩。", [("粮食单产提升工程", "6000000", "亩")]),
        (
            "14个项目落户科创园，7个盟市接通高铁。",
            [("项目", "14", "个"), ("盟市", "7", "个")],
        ),
        ("179个重大项目开工。", [("重大项目", "179", "个")]),
        ("建立2.4万个社区卫生服务机构。", [("社区卫生服务机构", "24000", "个")]),
        (
            "产量连续13年稳定在430亿斤以上。",
            [("产量", "13", "年"), ("产量", "43000000000", "斤")],
        ),
        (
            "死亡人数下降5%，连续19年获平安建设优秀省。",
            [("死亡人数下降", "5", "%"), ("获平安建设优秀省", "19", "年")],
        ),
        (
            "农民收入，1987年为463元；城镇居民生活费收入，1987年为915元。",
            [("农民收入", "463", "元"), ("城镇居民生活费收入", "915", "元")],
        ),
    ],
)
def test_names_are_neither_cut_nor_run_on(
    text: str, facts: list[tuple[str, str, str]]
) -> None:
    assert told(text) == facts


def test_a_class_of_bodies_is_counted_though_it_is_named_like_one() -> None:
    text = "改造786所县医院。"
    body = link(text, "县医院", EntityType.ORG, ELSE)
    assert [(o.measure, o.unit) for o in counted(text, body)] == [("县医院", "所")]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            "产值占比55%、5年提升10个百分点。",
            [("产值占比", "55", "%"), ("产值占比增长", "10", "个百分点")],
        ),
        ("粮食总产量连续9年增长。", [("粮食总产量增长", "9", "年")]),
        ("每万人口发明专利拥有量70件。", [("每万人口发明专利拥有量", "70", "件")]),
        (
            "危旧房3.1万套（户）、老旧管道2公里。",
            [("危旧房", "31000", "套（户）"), ("老旧管道", "2", "公里")],
        ),
        (
            "入选42个国家和省级现代农业产业园。",
            [("国家和省级现代农业产业园", "42", "个")],
        ),
        ("减免27万名学前一年幼儿保教费。", [("学前一年幼儿保教费", "270000", "名")]),
        ("免费为36万适龄女生接种。", [("适龄女生", "360000", "人")]),
        ("二人转获奖，20亿立方米/年煤制天然气项目投产。", []),
    ],
)
def test_years_ranks_and_sizes_around_a_figure(
    text: str, facts: list[tuple[str, str, str]]
) -> None:
    assert told(text) == facts


def told_of(text: str, about: tuple[str, EntityType]) -> list[str]:
    """Whose the facts are of a sentence that the discourse takes to be about a name."""
    links = [link(text, *about, about[0])]
    found = count(
        sentence_of(text), links, FRAME, lambda _: about[0], Thread(), body=BODY
    )
    return [fact.subject for fact in found]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("甲行动启动实施，每年安排140亿元。", "甲行动", EntityType.PRG),
        (
            "大众创业蓬勃发展，日均新设企业由5千户增加到1万户。",
            "大众创业",
            EntityType.PRG,
        ),
        ("南疆发展基础进一步夯实，国有企业投资593亿元。", "南疆", EntityType.PLC),
        ("安徽百戏城建成运营，600个文化空间投入使用。", "安徽", EntityType.PLC),
        ("太湖湖体水质改善，建成幸福河湖4762个。", "太湖", EntityType.PLC),
    ],
)
def test_what_only_happened_to_a_thing_is_all_that_is_told_of_it(
    text: str, name: str, kind: EntityType
) -> None:
    assert set(owners(text, (name, kind))) == {BODY}


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("甲铁路发展远超预期，累计发送旅客6400万人次。", "甲铁路", EntityType.PLC),
        ("乙项目投产，总产能达190万吨。", "乙项目", EntityType.PRG),
        ("玉林市抢抓机遇，香料贸易量增长12%。", "玉林市", EntityType.PLC),
        ("丙行动实施项目126个，完成投资48.7亿元。", "丙行动", EntityType.PRG),
        ("全省经济稳中有进，财政收入增长3%，新建学校12所。", "全省", EntityType.PLC),
    ],
)
def test_a_thing_stays_the_topic_of_its_parts_and_figures(
    text: str, name: str, kind: EntityType
) -> None:
    assert set(owners(text, (name, kind))) == {name}


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("甲银行挂牌开业，新增上市公司6家。", "甲银行", EntityType.ORG),
        ("甲研究所正式成立，3项成果入选名单。", "甲研究所", EntityType.ORG),
        ("甲局推进改革，居民人均可支配收入增长6%。", "甲局", EntityType.ORG),
        ("甲局等5个部门到会应询。", "甲局", EntityType.ORG),
        ("张某等8名代表发言。", "张某", EntityType.PER),
    ],
)
def test_bodies_that_only_came_to_be_and_members_are_bystanders(
    text: str, name: str, kind: EntityType
) -> None:
    assert set(told_of(text, (name, kind))) == {BODY}


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("甲学校新校区启用，新增学位2160个。", "甲学校", EntityType.ORG),
        ("甲医院挂牌，新增床位1000张。", "甲医院", EntityType.ORG),
        ("张某走进乙小学，捐赠图书2600册。", "张某", EntityType.PER),
        ("甲公安局开展行动，刑事案件发案数下降18.6%。", "甲公安局", EntityType.ORG),
    ],
)
def test_rooms_gifts_and_cases_stay_with_whom_the_sentence_names(
    text: str, name: str, kind: EntityType
) -> None:
    assert set(told_of(text, (name, kind))) == {name}


def test_who_adopts_a_proposal_does_what_follows() -> None:
    adopter = ("市林草局", EntityType.ORG)
    text = "提出的建议被市林草局采纳，在三个镇建设林带12公里。"
    assert owners(text, adopter) == ["市林草局"]
    text = "调研报告被市林草局采纳，提出建议12条。"
    assert owners(text, adopter) == [BODY]


@pytest.mark.parametrize(
    "text",
    [
        "促成甲街道新建学校3所，新增学位4050个。",
        "助推甲街道在两个社区新建食堂11个，每日服务老人2000人次。",
    ],
)
def test_who_was_made_to_act_does_what_follows(text: str) -> None:
    assert owners(text, ("甲街道", EntityType.PLC)) == ["甲街道"] * 2


def test_visitors_of_a_whole_year_are_no_festivals() -> None:
    festival = ("第五届荷花节", EntityType.EVT)
    text = "举办第五届荷花节，全年接待游客31万人次，新建公园2个。"
    assert owners(text, festival) == [BODY] * 2
    text = "举办第五届荷花节，签约项目14个。"
    assert owners(text, festival) == ["第五届荷花节"]


def test_what_lasts_in_a_place_is_the_places() -> None:
    text = "环境卫生满意度测评文山州连续两年全国第一。"
    assert owners(text, ("文山州", EntityType.PLC)) == ["文山州"]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            "制造业贷款余额、科技贷款余额均增长11.7%。",
            [("制造业贷款余额增长", "11.7", "%"), ("科技贷款余额增长", "11.7", "%")],
        ),
        (
            "发电量、用电量占比均超过30%。",
            [("发电量占比", "30", "%"), ("用电量占比", "30", "%")],
        ),
        (
            "重点提案办结率、满意率均达到98%。",
            [("重点提案办结率", "98", "%"), ("满意率", "98", "%")],
        ),
        ("集装箱、邮轮年均增长18%。", [("集装箱、邮轮增长", "18", "%")]),
        (
            "一般公共预算收入增长4.6%，总量首次突破1900亿元。",
            [
                ("一般公共预算收入增长", "4.6", "%"),
                ("一般公共预算收入", "190000000000", "元"),
            ],
        ),
        (
            "优良天数256天、同比增加11天。",
            [("优良天数", "256", "天"), ("优良天数增长", "11", "天")],
        ),
        ("全省优良天数增加25天。", [("优良天数增长", "25", "天")]),
        (
            "棚户区改造4万户（套）、河湖治理35条（段）。",
            [("棚户区改造", "40000", "户（套）"), ("河湖治理", "35", "条（段）")],
        ),
        (
            "经济总量连续迈上4万亿、5万亿两个台阶。",
            [
                ("经济总量", "4000000000000", "元"),
                ("经济总量", "5000000000000", "元"),
            ],
        ),
        ("5300多栋楼宇拔地而起。", [("楼宇", "5300", "栋")]),
        ("先后到甲乡及乙林场调研31次。", [("调研", "31", "次")]),
        ("赴甲乡开展民主监督视察5次。", [("民主监督视察", "5", "次")]),
        ("组织36名省、市人大代表视察。", [("人大代表", "36", "名")]),
        ("州县乡三级人大代表3600多人次参与。", [("人大代表", "3600", "人次")]),
        ("310名委员捐款捐物。", [("委员", "310", "名")]),
        ("县委主要领导批示21次。", [("领导批示", "21", "次")]),
    ],
)
def test_what_each_of_a_list_and_days_and_levels_are_named(
    text: str, facts: list[tuple[str, str, str]]
) -> None:
    assert told(text) == facts


def test_what_leaders_write_on_reports_is_the_reporters() -> None:
    assert told_of("县委领导批示21件次。", ("县委", EntityType.ORG)) == [BODY]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            "新登记经营主体320万户、增长13%，总量达2037.7万户。",
            [
                ("新登记经营主体", "3200000", "户"),
                ("新登记经营主体增长", "13", "%"),
                ("经营主体", "20377000", "户"),
            ],
        ),
        ("压减办事时限62%。", [("办事时限下降", "62", "%")]),
        ("压减比例超5%。", [("压减比例", "5", "%")]),
        ("7个设区市断面水环境质量进入前十。", [("设区市", "7", "个")]),
        ("推动3个综保区高质量发展。", [("综保区", "3", "个")]),
        ("召开2次高质量发展大会。", [("高质量发展大会", "2", "次")]),
        ("进口产品加工量新增300万吨以上。", [("新增进口产品加工量", "3000000", "吨")]),
        (
            "连续19年获全国平安建设（综治工作）考评优秀省。",
            [("获全国平安建设（综治工作）考评优秀省", "19", "年")],
        ),
        ("考察团一行15人莅临我县。", [("考察团一行", "15", "人")]),
        (
            "办理建议9件、提案5件、省人大代表建议292件。",
            [("建议", "9", "件"), ("提案", "5", "件"), ("省人大代表建议", "292", "件")],
        ),
    ],
)
def test_what_was_added_cut_or_belongs_to_counted_areas(
    text: str, facts: list[tuple[str, str, str]]
) -> None:
    assert told(text) == facts


@pytest.mark.parametrize(
    "text",
    [
        "甲机场保障航班4126架次，旅客吞吐量突破30万人次。",
        "甲机场签约项目12个，成交额超1700亿元。",
        "甲机场新建货站2座，年处理货物9万吨。",
    ],
)
def test_what_passes_through_a_place_is_the_places(text: str) -> None:
    assert set(owners(text, ("甲机场", EntityType.PLC))) == {"甲机场"}


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("甲党派等党派团体提案96件，界别提案16件。", "甲党派", EntityType.ORG),
        ("动员甲公司等委员企业15家帮扶，投入资金230万元。", "甲公司", EntityType.ORG),
        (
            "甲县政协先后来我县学习考察，全年接待考察团26批。",
            "甲县政协",
            EntityType.ORG,
        ),
        ("政协委员视察我街道，办理建议11件。", "政协委员", EntityType.ORG),
        ("国务院资源管理制度考核连续7年优秀。", "国务院", EntityType.ORG),
    ],
)
def test_examples_guests_and_judges_are_bystanders(
    text: str, name: str, kind: EntityType
) -> None:
    assert set(told_of(text, (name, kind))) == {BODY}


def test_what_places_did_together_is_told_of_none_of_them() -> None:
    both = (("甲街道", EntityType.PLC), ("乙街道", EntityType.PLC))
    assert owners("甲街道、乙街道完成小区改造17个。", *both) == [BODY]
    assert owners("甲街道、乙街道分别改造小区7个、9个。", *both) == ["甲街道", "乙街道"]
    assert owners("甲街道、乙街道各改造小区7个。", *both) == ["甲街道", "乙街道"]
    assert owners("甲街道、乙街道达标率为100%。", *both) == ["甲街道", "乙街道"]


def test_a_place_before_what_opens_a_clause_is_no_topic() -> None:
    both = (("合肥", EntityType.PLC), ("中欧班列", EntityType.PRG))
    assert owners("合肥中欧班列全年发运900列。", *both) == ["中欧班列"]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("今年赤字率拟按3%安排。", [("赤字率", "3", "%")]),
        (
            "改造老旧小区、抗震农房等23万多户。",
            [("老旧小区、抗震农房", "230000", "户")],
        ),
        (
            "连续两年获评健康行动考核优秀等次。",
            [("获评健康行动考核优秀等次", "2", "年")],
        ),
    ],
)
def test_what_is_planned_listed_or_was_awarded_for_years(
    text: str, facts: list[tuple[str, str, str]]
) -> None:
    assert told(text) == facts


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("55项民生实事如期完成。", [("民生实事", "55", "项")]),
        ("149万个家庭享受育儿补贴。", [("家庭", "1490000", "个")]),
        ("千余家优质企业融入供需配套。", [("优质企业", "1000", "家")]),
        ("191家工业企业营业收入超百亿元。", [("工业企业", "191", "家")]),
    ],
)
def test_what_they_did_or_have_is_no_part_of_who_is_counted(
    text: str, facts: list[tuple[str, str, str]]
) -> None:
    assert told(text)[:1] == facts


def test_leaders_who_took_on_proposals_have_done_so_themselves() -> None:
    one, two = ("张三", EntityType.PER), ("李四", EntityType.PER)
    text = "副主席张三、李四分别督办重点提案3件、4件。"
    assert owners(text, one, two) == ["张三", "李四"]
    assert owners("区委书记张三领办重点提案2件。", one) == ["张三"]


def test_reports_of_several_bodies_are_each_ones() -> None:
    one, two = ("县法院", EntityType.ORG), ("县检察院", EntityType.ORG)
    text = "听取县法院、县检察院专项工作报告各1项。"
    assert owners(text, one, two) == ["县法院", "县检察院"]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("审批时限压缩63%。", [("审批时限下降", "63", "%")]),
        ("直达专列运输时间缩短40%以上。", [("运输时间下降", "40", "%")]),
        ("26个村（社区）集体经营性收入全部超过目标。", [("村（社区）", "26", "个")]),
        (
            "刊发宣传稿件58篇，县政协连续五年保持文明单位称号。",
            [("宣传稿件", "58", "篇"), ("保持文明单位称号", "5", "年")],
        ),
    ],
)
def test_what_a_deed_takes_villages_earn_and_a_body_keeps(
    text: str, facts: list[tuple[str, str, str]]
) -> None:
    assert told(text) == facts


def test_whose_figures_are_that_nobody_reports_is_the_place() -> None:
    told = tell("全县出生人口1986人。全年新增企业11家。", "平罗县")
    subjects = {told.entities[o.subject].name for o in told.reading.observations}
    assert subjects == {"平罗县"}


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("授予县应急管理局等3个单位“先进集体”称号。", ["单位"]),
        ("先进个人（5名）\n", []),
        ("新签约过亿元项目74个。", ["新签约过亿元项目"]),
        ("成为全国第三个、北方第一个过10万亿元省份。", []),
        ("重点支持20个县深化城乡交通一体化发展。", ["县"]),
    ],
)
def test_what_stands_beside_a_figure_may_be_no_measure(
    text: str, measures: list[str]
) -> None:
    told = tell(text, "平罗县", "政府")
    assert [o.measure for o in told.reading.observations] == measures


def test_a_programme_that_is_counted_is_its_holder_s() -> None:
    told = tell("“汉风讲坛”全年办了9期。", "汉中市", "政协")
    (fact,) = told.reading.observations
    assert told.entities[fact.subject].name == "中国人民政治协商会议汉中市委员会"


def test_a_word_between_two_figures_is_counted_once() -> None:
    text = "每名委员提交1件提案、社情民意信息2条，走访5个县（市、区）、12个村。"
    told = tell(text, "汉中市", "政协").reading.observations
    assert [(o.measure, str(o.value)) for o in told] == [
        ("提案", "1"),
        ("社情民意信息", "2"),
        ("县（市、区）", "5"),
        ("村", "12"),
    ]


@pytest.mark.parametrize("text", ["第十二至十六辑", "第8至10辑", "第三、四、五辑"])
def test_the_last_of_several_ordinals_counts_nothing(text: str) -> None:
    assert not tell(f"编印《代县文史》{text}。", "代县").reading.observations
