"""Recognition gives each stretch of a text one name, the longest one."""

from __future__ import annotations

from itertools import pairwise

import pytest
from one_text import document, frame_of, tell

from zhengpu.extraction.mentions import recognise
from zhengpu.model import EntityType, Frame, Span

TEXTS = (
    "一年来，在县委的正确领导和县政府的大力支持下，县政协视察雁门关景区。",
    "与四川、宁夏、青海共建黄河流域横向生态补偿机制，推进“十四五”规划。",
    "《关于做强“岳阳黄茶”产业的建议》被市政府采纳，荣获“好提案”奖。",
    "学习党的十九届二中、三中全会精神；举办“书香政协”活动6期。",
    "免去：\n李娜的代县财政局局长职务；\n王强的代县水利局副局长职务。",
)


def mentions(
    text: str, place: str = "代县", body: str = "政协"
) -> list[tuple[str, str]]:
    return tell(text, place, body).mentions


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("place", ["", "代县", "岳阳市", "甘肃省"])
def test_mentions_are_in_order_and_do_not_overlap(text: str, place: str) -> None:
    found = recognise(document(text), frame_of(place, "政协" if place else ""))
    spans = [(m.start, m.end) for m in found.mentions]
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    for mention in (*found.mentions, *found.inner):
        assert mention.text == text[mention.start : mention.end] != ""
        assert "/" in mention.rule


@pytest.mark.parametrize("text", TEXTS)
def test_names_inside_lie_in_titles_programmes_and_events(text: str) -> None:
    found = recognise(document(text), frame_of("代县", "政协"))
    holders = {EntityType.DOC, EntityType.PRG, EntityType.EVT}
    for inner in found.inner:
        assert any(
            m.type in holders and m.start <= inner.start and inner.end <= m.end
            for m in found.mentions
        )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("编写《代县文史》第三卷。", [("《代县文史》", "DOC")]),
        (
            "印发《关于学习〈民法典〉的通知》。",
            [("《关于学习〈民法典〉的通知》", "DOC")],
        ),
        (
            "印发《关于学习《民法典》的通知》。",
            [("《关于学习《民法典》的通知》", "DOC")],
        ),
        ("开展“护苗”行动。", [("“护苗”行动", "PRG")]),
        ("助推“十四五”规划实施。", [("“十四五”规划", "PRG")]),
        ("在县人大的支持下。", [("县人大", "ORG")]),
        ("我县各项事业发展。", [("我县", "PLC")]),
        ("提案委员会办公室到会。", [("提案委员会办公室", "ORG")]),
        ("县政协提案委员会到会。", [("县政协提案委员会", "ORG")]),
        ("荣获“全国文明城市”称号。", [("“全国文明城市”", "AWD")]),
        (
            "获评全国文明城市、国家卫生县城和全省平安县称号。",
            [
                ("全国文明城市", "AWD"),
                ("国家卫生县城", "AWD"),
                ("全省平安县", "AWD"),
            ],
        ),
        ("四川大学华西医院西藏医院开诊。", [("四川大学华西医院西藏医院", "ORG")]),
        ("改扩建京沪高速新沂至江都段。", [("京沪高速新沂至江都段", "PLC")]),
        ("京滨城际南段开通。", [("京滨城际南段", "PLC")]),
        ("杭州中国丝绸博物馆开馆。", [("杭州中国丝绸博物馆", "PLC")]),
        ("加快建设黄河上游生态功能带。", [("黄河上游生态功能带", "PLC")]),
        ("看望武警官兵。", [("武警", "ORG")]),
        ("治理“三河三湖”。", [("“三河三湖”", "PLC")]),
        (
            "实施文明甘肃建设“六大工程”。",
            [("文明甘肃建设“六大工程”", "PRG")],
        ),
        (
            "实施种业振兴行动和粮油单产提升行动。",
            [("种业振兴行动", "PRG"), ("粮油单产提升行动", "PRG")],
        ),
        ("中国原子能科学院葫芦岛基地建成。", [("中国原子能科学院葫芦岛基地", "ORG")]),
        ("健儿在东京残奥会创最好成绩。", [("东京残奥会", "EVT")]),
        ("马村港三期开工。", [("马村港三期", "PRG")]),
        ("广东自贸试验区43项成果推广。", [("广东自贸试验区", "PLC")]),
        ("灾后重建项目45个全部完工。", []),
        ("南宁国际通信业务出入口局建成。", [("南宁国际通信业务出入口局", "PLC")]),
        ("海口经济圈加快建设。", [("海口经济圈", "PLC")]),
    ],
)
def test_the_longest_name_of_a_stretch_is_the_mention(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert mentions(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "增强“四个意识”，坚定“四个自信”，做到“两个维护”。",
        "优化营商环境，保障和改善民生。",
        "委员们建言献策，民主党派积极参与。",
        "有关部门、各专委会和政协委员到会。",
        "发挥国内国际双循环战略链接作用。",
        "坚持毛泽东思想、邓小平理论、科学发展观。",
        "航母“辽宁舰”入列。",
        "建成亚洲最大的货运机场。",
        "深化中央与地方财政事权改革。",
        "高水平建设省实验室、省技术创新中心。",
        "《未完的标题",
        "》“”《》",
        "",
        "。",
    ],
)
def test_formulae_and_general_words_are_no_mentions(text: str) -> None:
    assert mentions(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("推动北部湾战略矿产资源储备。", [("北部湾", "PLC")]),
        ("编制“十五五”碳达峰行动方案。", [("“十五五”", "PRG")]),
        ("加快“十四五”重大工程项目。", [("“十四五”", "PRG")]),
    ],
)
def test_what_a_name_does_not_reach_to(text: str, found: list[tuple[str, str]]) -> None:
    assert mentions(text) == found


def test_a_name_found_by_its_marks_is_found_without_them() -> None:
    text = "湖南理工学院教授彭泽楠到会。彭泽楠发言。"
    assert mentions(text, "岳阳市").count(("彭泽楠", "PER")) == 2


def test_title_and_presenter_of_the_frame_are_mentions() -> None:
    text = "工作报告\n李贵军\n县政协召开会议。"
    frame = Frame(
        kind="工作报告",
        title="工作报告",
        title_span=Span(0, 4),
        presenter="李贵军",
        presenter_span=Span(5, 8),
    )
    found = {(m.text, m.type) for m in recognise(document(text), frame).mentions}
    assert {("工作报告", EntityType.DOC), ("李贵军", EntityType.PER)} <= found


def test_a_headline_is_no_document() -> None:
    text = "县政协召开会议\n代县融媒体中心报道。"
    frame = Frame(kind="新闻", title="县政协召开会议", title_span=Span(0, 7))
    types = {m.type for m in recognise(document(text), frame).mentions}
    assert EntityType.DOC not in types


@pytest.mark.parametrize(
    ("text", "place", "found"),
    [
        ("老龄、慈善、科协、红十字会等事业持续进步。", "山西省", []),
        ("外事、侨务、港澳等工作取得新进展。", "安徽省", []),
        ("“中国光谷”加速发展。", "湖北省", [("“中国光谷”", "PLC")]),
        ("大同中欧班列全年开行120列。", "山西省", [("大同中欧班列", "PRG")]),
        ("推动忻州第二小学扩建工程开工。", "代县", [("忻州第二小学扩建工程", "PRG")]),
        ("已接待来晋学习的考察团。", "代县", [("晋", "PLC")]),
        (
            "苍梧、昭平等10个县通车。",
            "广西壮族自治区",
            [("苍梧", "PLC"), ("昭平", "PLC")],
        ),
    ],
)
def test_what_stands_around_a_name_tells_what_it_is(
    text: str, place: str, found: list[tuple[str, str]]
) -> None:
    assert mentions(text, place, "政府") == found


@pytest.mark.parametrize(
    ("text", "place", "name"),
    [
        ("提升自贸试验区建设质效。", "新疆维吾尔自治区", "中国（新疆）自由贸易试验区"),
        ("推动自由贸易港政策红利加速释放。", "海南省", "海南自由贸易港"),
        ("提升自贸试验区建设质效。", "广西壮族自治区", "中国（广西）自由贸易试验区"),
    ],
)
def test_a_free_trade_zone_without_a_name_is_that_of_the_province(
    text: str, place: str, name: str
) -> None:
    told = tell(text, place, "政府")
    assert name in told.names.values()
