"""Events are told by what is done with them."""

from __future__ import annotations

import pytest
from one_text import tell


def events(text: str, place: str = "代县") -> list[str]:
    """The events of a text."""
    return [
        words for words, kind in tell(text, place, "政府").mentions if kind == "EVT"
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "成功举办中阿广电合作论坛、全国书博会、长江文明论坛等活动。",
            ["中阿广电合作论坛", "全国书博会", "长江文明论坛"],
        ),
        (
            "承办2025全球工业互联网大会和第六届中国辽洽会。",
            ["2025全球工业互联网大会", "第六届中国辽洽会"],
        ),
        (
            "举办中国农业大会、世界计算大会、海峡青年荟等系列活动。",
            ["中国农业大会", "世界计算大会", "海峡青年荟"],
        ),
        (
            "办好第十五届省运会暨第九届残运会。",
            ["第十五届省运会", "第九届残运会"],
        ),
        (
            "圆满举办4届南博会、3届华商聚云南、3届滇商大会等系列活动。",
            ["南博会", "华商聚云南", "滇商大会"],
        ),
        (
            "保障大湄公河次区域经济合作第八次领导人会议、第十届上海合作组织成员国农业部长会议等。",
            [
                "大湄公河次区域经济合作第八次领导人会议",
                "第十届上海合作组织成员国农业部长会议",
            ],
        ),
        (
            "举办“环喜马拉雅”企业家国际会议、上合组织青岛峰会。",
            ["“环喜马拉雅”企业家国际会议", "上合组织青岛峰会"],
        ),
        (
            "举办跨国公司领导人青岛峰会、儒商大会，提升开放水平。",
            ["跨国公司领导人青岛峰会", "儒商大会"],
        ),
        ("举办徽学学术大会。", ["徽学学术大会"]),
        (
            "扩大海峡论坛、世界妈祖文化论坛等品牌效应。",
            ["海峡论坛", "世界妈祖文化论坛"],
        ),
    ],
)
def test_what_is_held_and_ends_like_an_event_is_one(
    text: str, found: list[str]
) -> None:
    assert events(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "召开大型招商推介会12场，举办各类展览30场次。",
        "举办专场招聘会、新闻发布会、座谈会等。",
        "召开农牧民增收现场会，逐项攻坚破解难题。",
        "办好品牌展会和重大赛事，举办演唱会、文艺晚会。",
        "保障房地产市场平稳，出席会议的人员到齐。",
        "举办演唱会、音乐节、跨年夜等文旅活动。",
        "举办有影响的论坛，向大会报告工作。",
    ],
)
def test_kinds_of_meetings_and_fairs_are_none(text: str) -> None:
    assert events(text) == []
