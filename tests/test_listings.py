"""Names told by the class that closes their list."""

from __future__ import annotations

import pytest

from zhengpu.extraction.listings import find_listed
from zhengpu.extraction.skeleton import fold
from zhengpu.model import EntityType, Mention


def listed(text: str, *known: str) -> dict[str, str]:
    """What a list tells, where some names are known as areas already."""
    areas = [
        Mention(EntityType.PLC, at, at + len(name), name, "dictionary/area")
        for name in known
        if (at := text.find(name)) >= 0
    ]
    skeleton = fold(text, sorted(areas, key=lambda m: m.start))
    return {m.text: m.type.value for m in find_listed(skeleton, text)}


@pytest.mark.parametrize(
    ("text", "known", "expected"),
    [
        (
            "。加快推进哈密煤制油、晟瑞化工二期等重大项目。",
            ["哈密"],
            {"哈密煤制油": "PRG", "晟瑞化工二期": "PRG"},
        ),
        (
            "。黔桂铁路增建二线、防城港航道一期、独库高速等项目开工。",
            ["防城港"],
            {
                "黔桂铁路增建二线": "PRG",
                "防城港航道一期": "PRG",
                "独库高速": "PLC",
            },
        ),
        ("，建成崆峒胜境等项目。", [], {"崆峒胜境": "PRG"}),
        ("，推动深远海风电等重大项目建设。", [], {}),
        (
            "，云账户、桔子数科、沃飞长空等平台企业快速增长。",
            [],
            {"云账户": "ORG", "桔子数科": "ORG", "沃飞长空": "ORG"},
        ),
        (
            "。株洲中车芯片、永州紫金锂业、邵阳邵虹基板玻璃等项目建成投产。",
            ["株洲", "永州", "邵阳"],
            {"株洲中车芯片": "PRG", "永州紫金锂业": "PRG", "邵阳邵虹基板玻璃": "PRG"},
        ),
        (
            "，开工渝厦高铁重庆段、亿纬锂能沈阳基地等项目，",
            ["重庆", "沈阳"],
            {"渝厦高铁重庆段": "PLC", "亿纬锂能沈阳基地": "PLC"},
        ),
        (
            "。支持中创智领、许继、平高等领军企业提升创新能力。",
            [],
            {"中创智领": "ORG", "许继": "ORG", "平高": "ORG"},
        ),
        (
            "，实施产业能级跃升、科创能力攀登、内需扩容增效等十大工程。",
            [],
            {"产业能级跃升": "PRG", "科创能力攀登": "PRG", "内需扩容增效": "PRG"},
        ),
        (
            "，涪陵榨菜、奉节脐橙、巫山脆李等品牌叫响全国。",
            ["涪陵", "奉节", "巫山"],
            {"涪陵榨菜": "PRG", "奉节脐橙": "PRG", "巫山脆李": "PRG"},
        ),
        (
            "，加快邵永、铜吉、长赣等6条高铁建设。",
            [],
            {"邵永": "PLC", "铜吉": "PLC", "长赣": "PLC"},
        ),
        (
            "。实施满洲里、甘其毛都、策克等重点口岸提升行动。",
            ["满洲里"],
            {"甘其毛都": "PLC", "策克": "PLC"},
        ),
        (
            "。重建后的汶川、玉树、舟曲等灾区面貌一新。",
            ["玉树"],
            {"汶川": "PLC", "舟曲": "PLC"},
        ),
    ],
)
def test_members_of_a_class(
    text: str, known: list[str], expected: dict[str, str]
) -> None:
    """A member that says more than a kind is one of its class."""
    assert listed(text, *known) == expected


@pytest.mark.parametrize(
    "text",
    [
        "。推进基础设施、高速公路提质扩容等重大项目。",
        "，加强煤矿、危化品等企业安全监管。",
        "，沙漠游、酒庄游等品牌更加响亮。",
        "，实施数字转型、设备更新、技术改造等8项行动。",
        "。续建黄桶至百色、合浦至湛江等7个铁路项目。",
        "，加强老旧、重点、大型等水库除险加固。",
        "。支持济南、泰安等市发展火箭、卫星制造等项目。",
    ],
)
def test_kinds_are_no_names(text: str) -> None:
    """A list of kinds, routes or districts names no works."""
    assert listed(text, "黄桶", "百色", "合浦", "湛江", "济南", "泰安") == {}


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("分赴平马、祥周、林逢等10个乡镇宣讲。", ["平马", "祥周", "林逢"]),
        ("覆盖上馆、峨口3个镇。", ["上馆", "峨口"]),
        ("惠及教育、医疗、养老等3个镇。", []),
        ("围绕产业、就业等5个村的难题。", []),
    ],
)
def test_townships_by_their_bare_names(text: str, places: list[str]) -> None:
    assert list(listed(text)) == places
