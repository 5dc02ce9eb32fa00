"""Numbered sets take the field before them into their name."""

from __future__ import annotations

import re

import pytest

from zhengpu.extraction.qualified import with_fields
from zhengpu.model import EntityType, Mention


def named(text: str) -> str:
    """The name that the first quotation of a text gets."""
    start = text.index("“")
    head = _HEAD.search(text, text.index("”"))
    assert head
    end = head.end()
    quoted = Mention(EntityType.PRG, start, end, text[start:end], "quoted/x")
    return with_fields([quoted], [], text)[0].text


_HEAD = re.compile("”(?:提升)?(?:行动|工程|制度|计划)?")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("扎实推进高质量发展“十项行动”。", "高质量发展“十项行动”"),
        ("深入实施碳达峰“十大工程”。", "碳达峰“十大工程”"),
        ("服务更优，社保“一卡通”更便捷。", "社保“一卡通”"),
        ("开展3轮爱国卫生“7个专项行动”。", "爱国卫生“7个专项行动”"),
        ("实施重点产业链“建圈强链”行动。", "重点产业链“建圈强链”行动"),
        ("效果显现，青少年“筑基”工程深入推进。", "青少年“筑基”工程"),
        ("建立提案“双向评议”制度。", "提案“双向评议”制度"),
    ],
)
def test_the_field_of_a_numbered_set_belongs_to_its_name(text: str, name: str) -> None:
    assert named(text) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("努力实现“十五五”良好开局。", "“十五五”"),
        ("争取国家“两重”建设任务。", "“两重”"),
        ("做大产业，升级“三江商量”平台。", "“三江商量”"),
        ("推进文化和科技、文化和旅游“两个融合”。", "“两个融合”"),
        ("全面推行“公务餐”改革。", "“公务餐”"),
        ("实施民营企业“登峰计划”。", "“登峰计划”"),
        ("实施新一轮“强特色”提升计划。", "“强特色”提升计划"),
        ("实施文旅融合计划和“引客入晋”工程。", "“引客入晋”工程"),
    ],
)
def test_verbs_levels_and_lists_are_no_field(text: str, name: str) -> None:
    assert named(text) == name


def test_no_field_reaches_into_what_is_known() -> None:
    text = "推进阜新振兴“四大行动”。"
    start, end = text.index("“"), text.index("”") + 1
    quoted = Mention(EntityType.PRG, start, end, text[start:end], "quoted/x")
    known = Mention(EntityType.PRG, 2, 6, text[2:6], "dictionary/name")
    assert with_fields([quoted], [known], text) == [quoted]
