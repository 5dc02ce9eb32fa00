"""Numbered sets take the field before them into their name."""

from __future__ import annotations

import pytest

from zhengpu.extraction.qualified import with_fields
from zhengpu.model import EntityType, Mention


def named(text: str) -> str:
    """The name that the first quotation of a text gets."""
    start, end = text.index("“"), text.index("”") + 1
    quoted = Mention(EntityType.PRG, start, end, text[start:end], "quoted/x")
    return with_fields([quoted], [], text)[0].text


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("扎实推进高质量发展“十项行动”。", "高质量发展“十项行动”"),
        ("深入实施碳达峰“十大工程”。", "碳达峰“十大工程”"),
        ("服务更优，社保“一卡通”更便捷。", "社保“一卡通”"),
        ("开展3轮爱国卫生“7个专项行动”。", "爱国卫生“7个专项行动”"),
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
