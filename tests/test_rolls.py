"""Rolls of honour: who receives the award above them."""

from __future__ import annotations

from one_text import tell


def received(text: str) -> set[tuple[str, str]]:
    """Who receives what."""
    told = tell(text, "代县", "政府").said
    return {(who, what) for who, relation, what in told if relation == "receives"}


def test_those_below_an_award_receive_it() -> None:
    text = (
        "授予张伟等12名同志“代县优秀教师”称号，授予代县中学“代县先进集体”称号。\n"
        "一、“代县优秀教师”（排名不分先后）\n"
        "李敬之（女）代县第一中学高级教师\n"
        "王建国 代县中心小学校长\n"
        "二、“代县先进集体”\n"
        "代县第二中学 代县教育局\n"
    )
    assert received(text) >= {
        ("李敬之", "代县优秀教师"),
        ("王建国", "代县优秀教师"),
        ("代县第二中学", "代县先进集体"),
        ("代县教育局", "代县先进集体"),
    }


def test_running_text_below_an_award_is_no_roll() -> None:
    text = (
        "保住了“代县先进集体”称号。\n“代县先进集体”\n代县第二中学举办了一次运动会。\n"
    )
    assert received(text) == set()
