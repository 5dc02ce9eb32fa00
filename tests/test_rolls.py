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


def test_a_heading_may_be_the_last_words_of_the_award() -> None:
    text = (
        "授予县应急管理局等2个单位“安全生产先进集体”称号，"
        "授予李卫东等2名同志“安全生产先进个人”称号。\n"
        "先进集体（2个）\n县应急管理局\n阳明堡镇人民政府\n"
        "先进个人（2名）\n李卫东 县应急管理局副局长\n王磊 阳明堡镇副镇长\n\n"
        "代县人民政府\n2022年3月11日\n"
    )
    assert received(text) == {
        ("代县应急管理局", "安全生产先进集体"),
        ("阳明堡镇人民政府", "安全生产先进集体"),
        ("李卫东", "安全生产先进个人"),
        ("王磊", "安全生产先进个人"),
    }


def test_a_roll_goes_on_below_a_row_that_is_not_understood() -> None:
    text = (
        "授予宫长河等4名同志“黑土卫士”称号。\n"
        "二、黑土卫士\n"
        "宫长河 枣林镇人民政府镇长\n"
        "马玉兰（女） 代县第一中学校长\n"
        "朴东哲（朝鲜族） 阳明堡镇种粮大户\n"
        "刘冠群 科技小院首席专家\n"
        "王建国 代县中心小学校长\n"
    )
    people = {who for who, _ in received(text)}
    assert people == {"宫长河", "马玉兰", "朴东哲", "刘冠群", "王建国"}
