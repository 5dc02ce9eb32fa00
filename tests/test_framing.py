"""The frame says what the text says, and nothing that it does not say."""

from __future__ import annotations

import json
from array import array
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengpu.knowledge.gazetteer import gazetteer
from zhengpu.messages import catalogue
from zhengpu.model import Document, Frame, RawText, Relation
from zhengpu.settings import shipped
from zhengpu.stages import extract
from zhengpu.text.bodies import (
    Places,
    bodies,
    body_name,
    chinese,
    meeting_name,
    ordinal,
)
from zhengpu.text.cleaning import clean
from zhengpu.text.framing import frame
from zhengpu.text.periods import iso_date, period
from zhengpu.text.splitting import split

G = gazetteer()
GOLD = sorted(Path(__file__).parent.glob("gold/*.json"))
UNDATED = {"news_2020"}
"""Its text gives a day without month and year."""


def framed(text: str, previous: Frame | None = None) -> Frame:
    raw = RawText("a.txt", text, "", "utf-8")
    document = Document("a.txt#1", raw, text, array("I", range(len(text))))
    return frame(document, G, previous)


def frames(path: Path) -> list[tuple[Document, Frame]]:
    raw = RawText(path.name, path.read_text(encoding="utf-8"), "", "utf-8")
    found: list[tuple[Document, Frame]] = []
    for document in split(clean(raw)):
        found.append((document, frame(document, G, found[-1][1] if found else None)))
    return found


def seed(number: str) -> list[Frame]:
    (path,) = shipped("seeds").glob(f"{number}_*.txt")
    return [found for _, found in frames(path)]


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_frames_agree_with_the_annotations(path: Path) -> None:
    gold = json.loads(path.read_text(encoding="utf-8"))["document"]
    ((document, found),) = frames(path.with_suffix(".txt"))
    assert found.title == gold["title"]
    assert found.kind == gold["kind"]
    assert found.place is not None
    assert found.place.name == gold["place"]
    assert found.presenter == gold["presenter"]
    if path.stem not in UNDATED:
        assert found.year == str(gold["year"])
        assert found.date == gold["date"]
    if found.presenter_span:
        assert document.text[slice(*found.presenter_span)] == found.presenter
    if found.title_span:
        assert document.text[slice(*found.title_span)].replace("\n", "") == found.title


def test_the_ordinal_may_stand_before_the_place() -> None:
    (found,) = seed("003")
    assert found.title == "中国人民政治协商会议第十五届代县委员会常务委员会工作报告"
    assert found.body == "中国人民政治协商会议代县委员会"
    assert found.term == 15
    assert [area.name for area in found.parents] == ["忻州市", "山西省"]
    assert (found.presenter, found.date, found.period) == (None, None, None)


def test_each_document_of_a_file_has_its_own_speaker() -> None:
    report, speech, dismissals, *decisions = seed("004")
    assert report.presenter == "张恒军"
    assert (report.date, report.period) == ("2021-01-11", "2020")
    assert speech.kind == "讲话"
    assert speech.presenter is None
    assert speech.body == "中国共产党辽源市委员会"
    assert (
        speech.meeting
        == report.meeting
        == "中国人民政治协商会议辽源市第八届委员会第六次会议"
    )
    assert dismissals.kind == "人事任免"
    assert [decision.kind for decision in decisions] == ["决定", "决定"]
    for adopted in (dismissals, *decisions):
        assert adopted.body == "辽源市人民代表大会常务委员会"
        assert adopted.meeting == "辽源市第八届人民代表大会常务委员会第三十二次会议"
        assert (adopted.date, adopted.period) == ("2021-01-11", "2021")
        assert adopted.place == report.place


STATE_COUNCIL = """政府工作报告
——2017年3月5日在第十二届全国人民代表大会第五次会议上
国务院总理
李克强
各位代表：
现在，我代表国务院，向大会报告政府工作，请予审议。
一、2016年工作回顾
过去一年，国内生产总值增长6.7%。
"""


def test_the_state_council_reports_for_no_place() -> None:
    found = framed(STATE_COUNCIL)
    assert (found.kind, found.body, found.place) == ("政府工作报告", "国务院", None)
    assert found.title == "政府工作报告"
    assert found.presenter == "李克强"
    assert found.meeting == "第十二届全国人民代表大会第五次会议"
    assert found.period == "2016"
    assert found.findings == ()


def test_a_report_without_title_is_known_by_its_opening() -> None:
    named = framed("2024年国务院政府工作报告\n\n——经济回升。就业增加。\n")
    assert (named.body, named.period) == ("国务院", "2023")
    found = framed("各位代表：\n我代表国务院，向大会作政府工作报告，请予审议。\n")
    assert (found.kind, found.title, found.body) == ("政府工作报告", None, "国务院")
    found = framed(
        "各位委员：\n我受政协阆中市第十五届委员会常务委员会委托，向大会报告工作，请予审议。\n一、2022年工作回顾\n"
    )
    assert (found.kind, found.title) == ("政协常务委员会工作报告", None)
    assert found.body == "中国人民政治协商会议阆中市委员会"
    assert (found.term, found.period) == (15, "2022")


def test_a_bare_title_is_completed_by_the_body() -> None:
    found = framed(
        "政府工作报告\n——2025年2月11日在三江侗族自治县第十七届人民代表大会第五次会议上\n三江侗族自治县人民政府县长 吴岚松\n各位代表：\n"
    )
    assert found.title == "三江侗族自治县人民政府工作报告"
    assert found.presenter == "吴岚松"
    assert found.term is None


def test_names_that_several_places_share_are_told_apart_by_the_text() -> None:
    head = "政府工作报告\n（2024年1月10日在鼓楼区第十八届人民代表大会第四次会议上）\n"
    assert framed(head).place is None
    found = framed(f"{head}在徐州市委坚强领导下，徐州的工作走在前列。\n")
    assert found.place is not None
    assert found.place.adcode == "320302"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("省长 胡玉亭", "胡玉亭"),
        ("——湖南省人民政府省长 毛伟明", "毛伟明"),
        ("自治区主席 嘎玛泽登", "嘎玛泽登"),
        ("自治区主席 艾尔肯·吐尼亚孜", "艾尔肯·吐尼亚孜"),
        ("县人民政府代县长张三丰", "张三丰"),
        ("王　凯", "王凯"),
        ("欧阳修文", "欧阳修文"),
        ("某报记者 李森 摄", None),
        ("来源：吉林日报", None),
        ("工作人员", None),
        ("省人民政府", None),
    ],
)
def test_signatures(line: str, name: str | None) -> None:
    found = framed(
        f"政府工作报告\n——2026年1月27日在吉林省第十四届人民代表大会第五次会议上\n{line}\n各位代表：\n"
    )
    assert found.presenter == name


def test_a_name_far_from_the_title_is_no_signature() -> None:
    filler = "完成了全年任务。\n" * 12
    found = framed(f"政府工作报告\n{filler}省长 胡玉亭\n{filler}")
    assert found.presenter is None


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("宣城市农业农村局2024年工作总结和2025年工作计划", "宣城市农业农村局"),
        ("恩施州文化和旅游局2023年工作总结", "恩施土家族苗族自治州文化和旅游局"),
        ("青海省教育厅关于2022年工作总结", "青海省教育厅"),
        ("代县2023年工作总结", None),
    ],
)
def test_a_department_reports_in_its_own_name(title: str, body: str | None) -> None:
    assert framed(f"{title}\n2024年，工作稳中有进。\n").body == body


def test_a_page_date_is_not_the_date_of_the_report() -> None:
    found = framed(
        "2026年吉林省政府工作报告\n来源：吉林日报\n时间：2026-02-01\n各位代表：\n"
    )
    assert found.date is None


def test_a_document_without_place_takes_that_of_the_one_before() -> None:
    first = framed("政协代县第十五届委员会常务委员会工作报告\n各位委员：\n")
    assert framed("人事免职名单\n免去：\n", first).place == first.place
    assert framed("人事免职名单\n免去：\n").place is None


def test_the_place_that_is_named_most_often_stands_in() -> None:
    text = "工作报告\n中共阜新市委重视政协工作。中共阜新市委领导有力。阜新市人民政府支持。中共沈阳市委来访。\n"
    found = framed(text)
    assert found.place is not None
    assert found.place.name == "阜新市"


def test_news_is_framed_by_its_headline() -> None:
    found = framed(
        "汪洋出席全国政协委员读书活动启动仪式\n央视网消息（新闻联播）：启动仪式23日在京举行。\n"
    )
    assert (found.kind, found.place) == ("政协新闻", G.nation)
    assert found.body == "中国人民政治协商会议全国委员会"
    found = framed(
        "专题协商葡萄酒产业发展\n新华社银川9月18日电（记者 张三）宁夏回族自治区政协18日召开会议。\n"
    )
    assert found.body == "中国人民政治协商会议宁夏回族自治区委员会"


def test_the_headline_of_a_clipping_stands_below_it() -> None:
    found = framed(
        "5月23日下午，藤县招商推介会在佛山举行。\n签约项目14个。\n（记者 覃绍雄）\n"
        "藤县赴佛山招商 揽回14个项目\n《梧州日报》2023年5月25日第2版\n"
    )
    assert found.title == "藤县赴佛山招商 揽回14个项目"
    assert (found.date, found.period) == ("2023-05-25", "2023")


def test_several_issuers_stand_above_the_rest_of_a_title() -> None:
    found = framed(
        "中共敦化市委\n敦化市人民政府\n关于表彰2022年度先进集体的决定\n\n"
        "各乡镇党委：\n决定授予3个单位称号。\n\n敦化市人民政府\n2023年3月6日\n\n"
        "附件\n表彰名单\n一、先进集体\n大石头镇人民政府\n黄泥河镇人民政府\n"
    )
    assert found.title == "中共敦化市委敦化市人民政府关于表彰2022年度先进集体的决定"
    assert (found.date, found.period) == ("2023-03-06", "2022")


def test_what_is_unknown_is_found_missing() -> None:
    found = framed("乱七八糟\n")
    assert (found.kind, found.body, found.place) == ("其他", None, None)
    assert [f.code for f in found.findings] == [
        "title-unknown",
        "place-unknown",
        "period-unknown",
    ]
    assert all(f.code in catalogue() for f in found.findings)


@pytest.mark.parametrize(
    ("kind", "place", "name"),
    [
        ("政协", "代县", "中国人民政治协商会议代县委员会"),
        ("政府", "玉林街道", None),
        ("政府", "锡林郭勒盟", "锡林郭勒盟行政公署"),
        ("政协", "阿克苏地区", "中国人民政治协商会议阿克苏地区工作委员会"),
        ("政协", "阿里地区", "中国人民政治协商会议阿里地区委员会"),
        ("政府", "吉林省", "吉林省人民政府"),
        ("人大", "辽源市", "辽源市人民代表大会常务委员会"),
        ("党委", "辽源市", "中国共产党辽源市委员会"),
        ("法院", "辽源市", "辽源市中级人民法院"),
        ("法院", "吉林省", "吉林省高级人民法院"),
        ("检察院", "代县", "代县人民检察院"),
    ],
)
def test_body_names(kind: str, place: str, name: str | None) -> None:
    area = G.named(place)[0]
    assert body_name(kind, area) == (name or f"{place}办事处")


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("政府", "国务院"),
        ("法院", "最高人民法院"),
        ("党委", "中国共产党中央委员会"),
        ("政协", "中国人民政治协商会议全国委员会"),
    ],
)
def test_national_bodies(kind: str, name: str) -> None:
    assert body_name(kind, G.nation) == name


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (
            "政协阜新蒙古族自治县第十四届委员会第四次会议",
            "中国人民政治协商会议阜新蒙古族自治县第十四届委员会第四次会议",
        ),
        ("甘肃省十四届人民代表大会第四次会议", "甘肃省第十四届人民代表大会第四次会议"),
        ("省十四届人大五次会议", "吉林省第十四届人民代表大会第五次会议"),
        (
            "政协第十四届全国委员会第二次会议",
            "中国人民政治协商会议第十四届全国委员会第二次会议",
        ),
        (
            "北碚区政协十五届三十六次主席会议",
            "中国人民政治协商会议北碚区第十五届委员会第三十六次主席会议",
        ),
        ("全县经济工作会议", "全县经济工作会议"),
    ],
)
def test_meeting_names(words: str, name: str) -> None:
    assert meeting_name(words, Places(G, ""), G.area("220000")) == name


def test_a_rank_said_twice_is_understood() -> None:
    (body,) = bodies("中共代县县委", Places(G, ""))
    assert body.place == G.area("140923")


@given(st.integers(1, 99))
def test_numerals_go_both_ways(number: int) -> None:
    assert ordinal(chinese(number)) == number == ordinal(str(number))


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("——2021年1月7日在政协", "2021-01-07"),
        ("二〇二六年一月二十七日", "2026-01-27"),
        ("二○二一年十二月三十一日", "2021-12-31"),
        ("2021年3月", "2021-03"),
        ("2021年", "2021"),
        ("1月7日", None),
    ],
)
def test_dates(words: str, date: str | None) -> None:
    assert iso_date(words) == date


@pytest.mark.parametrize(
    ("title", "date", "paragraphs", "years"),
    [
        (None, "2021-01-07", ["一、2020年工作回顾"], "2020"),
        (None, "2024-12-25", ["2024年工作回顾"], "2024"),
        (None, "2021-12-27", ["一、五年工作回顾"], "2017-2021"),
        (None, "2023-03-05", ["一、过去五年工作回顾"], "2018-2022"),
        (None, "2026-01-26", ["一、2025年和“十四五”时期工作回顾"], "2025"),
        (None, "2026-01-25", ["一、2025年工作回顾", "“十四五”时期成就巨大。"], "2025"),
        ("2026年某省政府工作报告", None, ["增长5%。"], "2025"),
        (
            "2026年某省政府工作报告",
            None,
            ["年均增长5%。", "累计建成9座。"],
            "2021-2025",
        ),
        ("2025年某省政府工作报告", None, ["增长5%。"], "2024"),
        ("2026年某省政府工作报告", None, ["2025年，全省增长5%。"], "2025"),
        (None, "2024-01-10", ["各位代表："], "2023"),
        (None, "2024-12-10", ["各位代表："], "2024"),
        (
            None,
            None,
            ["四年来，召开会议。", "2022年要开会。", "2022年要调研。"],
            "2018-2021",
        ),
        (None, None, ["现将2022年工作情况报告如下，请予审议。"], "2022"),
        (None, None, ["各位代表："], None),
    ],
)
def test_periods(
    title: str | None, date: str | None, paragraphs: list[str], years: str | None
) -> None:
    assert period("政府工作报告", title, date, paragraphs) == years


@pytest.mark.parametrize(
    ("paragraphs", "year"),
    [
        (["5月12日，县政协召开会议。", "2022年全县民宿87家。"], "2023"),
        (["审议通过《2025年度协商计划》。"], "2025"),
        (["传达学习了十四届全国人大三次会议精神。"], "2025"),
        (["到2035年建成公园12个。", "2023年以来召开会议3次。"], None),
        (["5月12日，县政协召开会议。"], None),
    ],
)
def test_the_year_of_news_is_told_by_the_years_they_name(
    paragraphs: list[str], year: str | None
) -> None:
    assert period("政协新闻", "县政协召开会议", None, paragraphs) == year


def test_a_summary_is_about_the_year_in_its_title() -> None:
    title = "某街道2024年工作总结和2025年工作思路"
    assert period("工作思路", title, "2025-01-06", []) == "2024"


def test_the_year_between_what_is_told_and_what_is_planned() -> None:
    paragraphs = ["过去五年成绩显著。", "2022年驰援外地。", "力争2023年完成20个议题。"]
    assert period("政协工作报告", None, None, paragraphs) == "2018-2022"


LINES = st.sampled_from(
    [
        "政府工作报告",
        "告",
        "——2021年1月7日在代县第十五届人民代表大会第三次会议上",
        "李贵军",
        "县长 王五",
        "（摘要）",
        "一、过去五年工作回顾",
        "本报讯 今日。",
        "中国人民政治协商会议",
        "我代表县人民政府，向大会报告工作。",
        "",
        "·",
        "（）",
        "—",
        "第届",
        "在上",
    ]
)


@given(
    st.lists(
        LINES
        | st.text("在第届次会议政协委员会县市年月日上的报告（）—·0123", max_size=30),
        max_size=12,
    )
)
def test_no_text_stops_framing_and_spans_lie_in_the_text(lines: list[str]) -> None:
    text = "".join(f"{line}\n" for line in lines)
    found = framed(text)
    for span in (found.title_span, found.meeting_span, found.presenter_span):
        assert span is None or 0 <= span.start < span.end <= len(text)
    assert found == framed(text)


def test_guests_are_received_where_the_news_are_from() -> None:
    news = framed(
        "省政协来庆视察提案办理工作\n"
        "甘肃经济日报庆阳6月20日电 省政协副主席张伟来庆阳视察。市委书记李雷陪同。\n"
    )
    assert news.place is not None
    assert news.place.name == "庆阳市"


def test_a_notice_is_of_the_body_that_signs_it() -> None:
    found = framed(
        "关于王建国等同志职务任免的通知\n\n各乡镇人民政府：\n任命王建国为县财政局局长。\n\n"
        "龙陵县人民政府\n2023年5月6日\n"
    )
    assert (found.body, found.date) == ("龙陵县人民政府", "2023-05-06")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("政协湄潭县委员会召开座谈会。\n县政协要求各委员建言。\n", "湄潭县"),
        ("政协湄潭县委员会召开座谈会。\n市委要求各委员建言。\n", None),
    ],
)
def test_one_body_named_once_tells_the_place_of_a_text_that_speaks_of_its_level(
    text: str, place: str | None
) -> None:
    found = framed(text)
    assert (found.place and found.place.name) == place


def test_a_communique_is_about_the_year_of_its_title() -> None:
    found = framed(
        "平罗县2022年国民经济和社会发展统计公报\n平罗县统计局\n2023年4月12日\n\n"
        "全年实现地区生产总值236.54亿元。\n"
    )
    assert (found.period, found.date) == ("2022", "2023-04-12")


@pytest.mark.parametrize(
    ("text", "kind", "title", "body", "meeting"),
    [
        (
            (
                "坚定信心 实干争先 奋力谱写现代化建设滨海篇章\n"
                "——在中国共产党滨海县第十七次代表大会上的报告\n（2021年7月28日）\n王东升\n"
                "现在，我代表中国共产党滨海县第十六届委员会向大会作报告。"
            ),
            "党委工作报告",
            "坚定信心 实干争先 奋力谱写现代化建设滨海篇章",
            "中国共产党滨海县委员会",
            "中国共产党滨海县第十七次代表大会",
        ),
        (
            "第十四届漳平市人民政府第三十次常务会议纪要\n会议听取了春耕生产情况的汇报。",
            "纪要",
            "第十四届漳平市人民政府第三十次常务会议纪要",
            "漳平市人民政府",
            None,
        ),
        (
            "中共凤阳县纪律检查委员会工作报告\n2023年，县纪委监委立案312件。",
            "纪委工作报告",
            "中共凤阳县纪律检查委员会工作报告",
            "中国共产党凤阳县纪律检查委员会",
            None,
        ),
    ],
)
def test_other_kinds_of_reports(
    text: str, kind: str, title: str, body: str, meeting: str | None
) -> None:
    found = framed(text)
    told = found.kind, found.title, found.body, found.meeting
    assert told == (kind, title, body, meeting)


def test_a_party_s_branch_reports_where_it_is() -> None:
    found = framed("民盟曲靖市委会2024年工作总结\n2024年，提交集体提案12件。")
    assert found.place
    assert found.place.name == "曲靖市"


def test_a_title_may_stand_below_a_slogan() -> None:
    found = framed(
        "全力打造高原特色农业示范区\n——香格里拉市建塘镇人大主席团2023年工作报告\n"
        "各位代表：\n一年来，镇人大主席团依法履职。\n"
    )
    assert found.title == "香格里拉市建塘镇人大主席团2023年工作报告"
    assert (found.body, found.period) == ("建塘镇人民代表大会", "2023")


def test_a_chapter_of_a_yearbook_may_be_numbered() -> None:
    found = framed(
        "第七编　政党　群团\n第二章　政协临洮县委员会\n"
        "2019年，政协有委员206名。2019年5月，县政协视察。\n"
    )
    assert found.body == "中国人民政治协商会议临洮县委员会"


def test_a_bill_only_proposes_whom_to_appoint() -> None:
    text = (
        "关于提请任免王建新等同志职务的议案\n\n提请任命：\n"
        "王建新为宝鸡市科学技术局局长；\n\n宝鸡市人民政府\n2024年8月22日\n"
    )
    assert framed(text).kind == "议案"
    facts = extract(RawText("a.txt", text, "", "utf-8")).statements
    assert Relation.HOLDS_POST not in {fact.relation for fact in facts}


@pytest.mark.parametrize(
    ("news", "place"),
    [
        (
            (
                "王强到南郑调研茶产业\n来源：汉中市南郑区融媒体中心  2024-10-25\n"
                "10月23日，汉中市政府副市长王强到我区调研。区委书记李雷陪同。\n"
            ),
            "南郑区",
        ),
        (
            (
                "阜城县政协视察项目建设\n来源：衡水市政协\n"
                "5月6日，阜城县政协主席李雷带队视察。县政协、市政协有关负责人参加。\n"
            ),
            "阜城县",
        ),
    ],
    ids=["visitors-open-it", "of-a-part-of-the-place"],
)
def test_news_are_from_where_their_source_says(news: str, place: str) -> None:
    found = framed(news)
    assert found.place
    assert found.place.name == place


def test_a_title_may_stand_amid_its_own_text() -> None:
    report = (
        "一、过去一年的工作\n2024年，收到提案311件。\n（下转第三版）\n"
        "政协汉中市第六届委员会常务委员会工作报告\n"
        "——2025年2月19日在政协汉中市第六届委员会第四次会议上\n雒建川\n"
        "（上接第二版）\n二、今年的任务\n拟安排协商议题14个。\n"
    )
    found = framed(report)
    assert found.title == "政协汉中市第六届委员会常务委员会工作报告"
    assert (found.presenter, found.date) == ("雒建川", "2025-02-19")
