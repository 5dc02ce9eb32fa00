"""Where news are from that say 县政协 and leave the county's name out."""

from __future__ import annotations

import pytest

from zhengpu.knowledge.gazetteer import gazetteer
from zhengpu.model import RawText
from zhengpu.stages import extract
from zhengpu.text.cleaning import clean
from zhengpu.text.home import fitting, home, level_of, visitors
from zhengpu.text.pieces import frames_of
from zhengpu.text.splitting import split

G = gazetteer()


def framed(text: str) -> list[tuple[str | None, str | None, str | None]]:
    raw = RawText("a.txt", text, "", "utf-8")
    return [
        (f.place.name if f.place else None, f.body, f.period)
        for f in frames_of(split(clean(raw)))
    ]


@pytest.mark.parametrize(
    ("headline", "guests"),
    [
        ("南通市海门区政协考察团来我县考察", "南通市海门区政协考察团"),
        ("省政协视察组莅临霍山视察茶产业", "省政协视察组"),
        ("济南市莱芜区政协来荣学习考察", "济南市莱芜区政协"),
        ("临泽县政协考察团赴海门区考察", ""),
        ("县领导来到漫水河镇调研", ""),
        ("县政协办理群众来信调研", ""),
    ],
)
def test_guests_are_told_from_those_who_report(headline: str, guests: str) -> None:
    assert visitors(headline) == guests


def test_a_body_without_place_tells_the_rank() -> None:
    assert level_of("县政协召开会议") == "县"
    assert level_of("霍山县政协召开会议") == ""
    (county,) = G.named("霍山县")
    assert fitting(county, "县", G) == county
    found = fitting(county, "市", G)
    assert found is not None
    assert found.name == "六安市"
    assert fitting(county, "旗", G) is None


def test_guests_are_not_at_home() -> None:
    visit = "闽侯县政协考察团来我县考察\n闽侯县政协主席一行走访。闽侯县政协、霍山县政协签约。"
    found = home([visit], G)
    assert found is not None
    assert found.name == "霍山县"


def test_most_of_its_parts_tell_a_province() -> None:
    told = "省政协召开协商会\n委员先后赴合肥、芜湖、宣城和广东省深圳市开展调研。"
    found = home([told], G)
    assert found is not None
    assert found.name == "安徽省"
    assert home(["省政协召开协商会\n委员赴合肥和深圳开展调研。"], G) is None


def test_townships_tell_their_county() -> None:
    found = home(["县政协调研中药材\n委员走访了沙河镇、平川镇、板桥镇和蓼泉镇。"], G)
    assert found is not None
    assert found.name == "临泽县"
    assert home(["县政协调研中药材\n委员走访了沙河镇。"], G) is None
    assert home(["委员走访了平川镇、板桥镇和蓼泉镇。"], G) is None


def test_pieces_of_one_paper_are_at_home_in_one_place() -> None:
    pieces = (
        "县政协调研茶产业\n\n本报讯 4月16日，县政协主席调研茶产业。\n\n"
        "福建省闽侯县政协考察团来霍考察\n\n"
        "本报讯 5月20日，闽侯县政协副主席来我县考察，与霍山县政协座谈。\n\n"
        "县政协编报信息\n\n本报讯 2023年，县政协编报信息136篇。\n"
    )
    own = ("霍山县", "中国人民政治协商会议霍山县委员会", "2024")
    assert framed(pieces) == [own, own, own]


@pytest.mark.parametrize(
    "text",
    [
        "盘州市政协召开会议\n本报讯 2023年5月8日，市政协召开会议。",
        "盘州市政协召开会议\n发布时间：2023-05-08 来源：本站\n本报讯 5月8日，市政协召开会议。",
        "盘州市政协召开会议\n本报讯 5月8日，市政协召开会议。\n（2023年5月9日）",
    ],
)
def test_news_tell_their_year_beside_the_headline(text: str) -> None:
    assert framed(text) == [("盘州市", "中国人民政治协商会议盘州市委员会", "2023")]


def test_a_headline_above_a_date_opens_the_next_news() -> None:
    text = (
        "县政协开展茶产业视察\n\n9月12日，沂源县政协组织委员视察茶产业。\n\n"
        "县委书记到政协机关调研\n\n9月15日下午，县委书记到县政协机关调研。\n\n"
        "（来源：沂源县政协办公室）\n"
    )
    assert [place for place, _, _ in framed(text)] == ["沂源县", "沂源县"]


@pytest.mark.parametrize(
    "text",
    [
        "2024年霍山县政府工作报告\n图为会场。\n张三\n2月3日，县人民代表大会开幕。\n各位代表：",
        "关于茶产业的调研报告\n近日，县政协组织委员调研。",
        "一、主要工作\n9月12日，县政协组织委员视察。",
    ],
)
def test_reports_are_not_taken_for_news(text: str) -> None:
    raw = RawText("a.txt", text, "", "utf-8")
    (only,) = frames_of(split(clean(raw)))
    assert not only.kind.endswith("新闻")


def test_news_without_a_body_of_their_own_stay_at_home() -> None:
    text = (
        "盘州市政协召开会议\n（本报记者 李明）6月3日，市政协召开会议。\n"
        "委员助力春耕\n近日，委员们走进田间。盘州市农业农村局支持。"
    )
    assert [place for place, _, _ in framed(text)] == ["盘州市", "盘州市"]


def test_persons_are_known_in_the_next_news_of_a_paper() -> None:
    text = (
        "沂源县政协召开会议\n本报讯 9月12日，县政协主席原永生主持会议。\n"
        "县政协视察茶园\n本报讯 9月13日，视察组走进茶园，听取了原永生等的意见。"
    )
    found = extract(RawText("a.txt", text, "", "utf-8"))
    told = [
        link.mention.start for link in found.mentions if link.mention.text == "原永生"
    ]
    assert len(told) == 2


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("王海燕，女，汉族，1979年5月生。先后查办案件46件。", "王海燕"),
        ("补选李国庆为沂源县人民政府县长；李国庆得赞成票199张。", "李国庆"),
        ("补选李国庆为县长，李国庆得赞成票199张，得票率98%。", "李国庆"),
    ],
)
def test_what_is_told_of_a_person_is_that_persons(text: str, subject: str) -> None:
    whole = f"沂源县人民代表大会常务委员会任免名单\n\n任命：\n王海燕为沂源县教育局局长。\n\n{text}\n"
    found = extract(RawText("a.txt", whole, "", "utf-8"))
    names = {entity.id: entity.name for entity in found.entities}
    assert {names[o.subject] for o in found.observations} == {subject}


def test_what_a_leader_sees_tells_where_news_are_from() -> None:
    (found,) = framed(
        "张秋林到西畴县调研\n\n本报讯（记者 王应）3月12日，州委副书记、州长张秋林"
        "到西畴县调研。县委书记李明华陪同。\n"
    )
    assert found[0] == "西畴县"
