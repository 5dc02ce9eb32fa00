"""Persons are told by what stands around their names."""

from __future__ import annotations

import pytest
from one_text import tell

from zhengpu.extraction.personal_names import name_from


def persons(text: str, place: str = "代县", body: str = "政协") -> list[str]:
    """The names of the persons of a text."""
    return [words for words, kind in tell(text, place, body).mentions if kind == "PER"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("县长张伟主持会议。", ["张伟"]),
        ("副县长欧阳明、司马相如和李雷出席。", ["欧阳明", "司马相如", "李雷"]),
        ("邀请厦门大学教授沈墨林作报告。", ["沈墨林"]),
        ("记者张华、李红采访。", ["张华", "李红"]),
        ("张伟、李娜、王强参加座谈。", ["张伟", "李娜", "王强"]),
        ("李贵军同志代表常委会讲话。", ["李贵军"]),
        ("袁隆平院士和李保国教授到会。", ["袁隆平", "李保国"]),
        ("免去张三的代县教育局局长职务。", ["张三"]),
        ("接受高瑞辞去代县人大常委会委员职务的请求。", ["高瑞"]),
        (
            "任命：\n王建国为代县教育局局长；\n李梅为代县财政局局长。",
            ["王建国", "李梅"],
        ),
        ("市审计局局长迪丽努尔·卡德尔所作的报告。", ["迪丽努尔·卡德尔"]),
        ("习近平总书记强调。", ["习近平"]),
        ("县长项维新领办提案。", ["项维新"]),
        ("根据市长包图雅的提请，决定任命：", ["包图雅"]),
        ("根据主任会议的提请，决定任命：", []),
        ("县委组织部部长牧其尔列席会议。", ["牧其尔"]),
        ("任命：\n阿拉坦花任县民政局局长；", ["阿拉坦花"]),
        ("任命：\n冯志刚同志任县民政局局长；", ["冯志刚"]),
        ("王伟作为县政协委员积极建言。", ["王伟"]),
        ("宋丽华、鞠连成、孔令伟3名委员发言。", ["宋丽华", "鞠连成", "孔令伟"]),
        ("雷建国、曹志敏等10名委员获奖。", ["雷建国", "曹志敏"]),
        (
            "副主席王晓东、张燕妮、原永生，秘书长邹立明参加会议。",
            ["王晓东", "张燕妮", "原永生", "邹立明"],
        ),
        ("支部负责人慕容霞先后发言。", ["慕容霞"]),
        ("县长亲自督办，书记常态督办。", []),
        ("市审计局局长焦敏所作的报告。", ["焦敏"]),
        ("免去：\n鱼新民的代县教育局局长职务；", ["鱼新民"]),
        ("秘书长石敬之参加会议，副局长岳清和等9位同志发言。", ["石敬之", "岳清和"]),
        ("副市长权立新应邀到会。", ["权立新"]),
        ("审议了林志明主席代表常务委员会所作的报告。", ["林志明"]),
        ("王秀兰副主席主持会议。", ["王秀兰"]),
        ("授予李明等10名同志“先进个人”称号。", ["李明"]),
        ("授予赵刚同志“岗位能手”称号。", ["赵刚"]),
        (
            "受表彰名单\n汤敏之（女）代县第一中学高级教师\n危建勋 代县中心小学校长",
            ["汤敏之", "危建勋"],
        ),
    ],
)
def test_a_name_is_found_by_its_post_or_by_what_the_person_does(
    text: str, names: list[str]
) -> None:
    assert persons(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "推荐干部，加强生态文明的建设，提升智慧的水平，抓好打基础、利长远的事。",
        "推荐典型，十一是奋力推进高水平对外开放，一张蓝图绘到底。",
        "在晋两院院士突破两位数。",
        "主席会议讨论，主任会议通过，书记批示。",
        "县委书记高度重视，县长亲自督办。",
        "王府镇、玛瑙小镇与和平村。",
        "主席和副主席出席，市长热线办结。",
        "任命有关同志，选举产生新一届领导班子。",
        "会议强调，方案通过，成果向社会公布。",
        "委员等在会上作了发言。",
        "广大委员和各界代表参加。",
    ],
)
def test_words_around_a_post_are_no_names(text: str) -> None:
    assert persons(text) == []


def test_a_name_stays_a_name_where_nothing_tells_it() -> None:
    """Once found on good grounds, it is found again."""
    assert persons("县长张晓东主持会议。张晓东走访了企业。") == ["张晓东", "张晓东"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("张伟", "张伟"),
        ("张晓东，", "张晓东"),
        ("欧阳明", "欧阳明"),
        ("欧阳明月，", "欧阳明月"),
        ("张伟和", "张伟"),
        ("李娜的", "李娜"),
        ("王晓东等", "王晓东"),
        ("古丽·买买提，", "古丽·买买提"),
        ("经济", ""),
        ("张", ""),
        ("和平", ""),
        ("高度", ""),
        ("", ""),
    ],
)
def test_a_name_ends_where_the_next_word_begins(text: str, name: str) -> None:
    assert text[: name_from(text, 0)] == name


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("迪丽努尔·卡德尔当选为哈密市市长。", ["迪丽努尔·卡德尔"]),
        ("政协副主席胡尔西德·买买提视察园区。", ["胡尔西德·买买提"]),
        ("县委书记邵国栋、县长吐尔逊江·热西提到会讲话。", ["邵国栋", "吐尔逊江·热西提"]),
        ("县政协委员高峰获“先进个人”称号。", ["高峰"]),
        ("组织委员向花马池镇捐款。", []),
        ("黄伟昌因工作调动辞去副县长职务。", ["黄伟昌"]),
        ("其中马生贵撰写的《往事》入选。", ["马生贵"]),
    ],
)  # fmt: skip
def test_a_name_ends_before_the_verb(text: str, names: list[str]) -> None:
    assert persons(text) == names


@pytest.mark.xfail(strict=True, reason="read as a mountain")
def test_a_person_may_be_named_like_a_mountain() -> None:
    assert persons("中国工程院院士袁隆平和钟南山院士到会。") == ["袁隆平", "钟南山"]
