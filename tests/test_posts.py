"""Who holds or leaves which post, and in which body."""

from __future__ import annotations

import pytest
from one_text import tell

CPPCC = "中国人民政治协商会议"
PARTY = "中国共产党"
HOLDS, LEFT = "holdsPost", "leftPost"
Post = tuple[str, str, str, str]


def posts(text: str, place: str = "代县", body: str = "政府") -> set[Post]:
    return tell(text, place, body).posts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("县委书记张伟主持会议。", {("张伟", HOLDS, f"{PARTY}代县委员会", "书记")}),
        (
            "全国政协副主席李斌主持仪式。",
            {("李斌", HOLDS, f"{CPPCC}全国委员会", "副主席")},
        ),
        ("原县委书记张伟到会。", {("张伟", HOLDS, f"{PARTY}代县委员会", "书记")}),
        ("国务院总理李强作报告。", {("李强", HOLDS, "国务院", "总理")}),
        (
            "邀请湖南理工学院教授彭泽楠讲课。",
            {("彭泽楠", HOLDS, "湖南理工学院", "教授")},
        ),
        (
            "县政协党组书记、主席李娜讲话。",
            {
                ("李娜", HOLDS, f"{CPPCC}代县委员会党组", "书记"),
                ("李娜", HOLDS, f"{CPPCC}代县委员会", "主席"),
            },
        ),
    ],
)
def test_a_post_stands_before_a_name(text: str, expected: set[Post]) -> None:
    assert posts(text) == expected


def test_a_post_before_a_list_of_names_is_held_by_each() -> None:
    assert posts("副县长王强、赵敏和李雷出席。") == {
        (name, HOLDS, "代县人民政府", "副县长") for name in ("王强", "赵敏", "李雷")
    }


@pytest.mark.parametrize(
    ("text", "place", "body", "of"),
    [
        ("县长李娜讲话。", "代县", "政协", "代县人民政府"),
        ("副市长李娜讲话。", "岳阳市", "政协", "岳阳市人民政府"),
        ("省长李娜讲话。", "江西省", "政府", "江西省人民政府"),
        ("主席李娜讲话。", "代县", "政协", f"{CPPCC}代县委员会"),
        ("秘书长李娜讲话。", "福建省", "政协", f"{CPPCC}福建省委员会"),
    ],
)
def test_some_posts_tell_their_body_by_themselves(
    text: str, place: str, body: str, of: str
) -> None:
    assert {body_ for _, _, body_, _ in posts(text, place, body)} == {of}


@pytest.mark.parametrize(
    ("text", "place", "body"),
    [
        ("主席李娜讲话。", "", ""),
        ("主任李娜讲话。", "代县", "政协"),
        ("县长李娜讲话。", "", ""),
    ],
)
def test_a_post_whose_body_is_unknown_is_not_stated(
    text: str, place: str, body: str
) -> None:
    assert posts(text, place, body) == set()


def test_the_general_secretary_is_of_the_party() -> None:
    assert posts("习近平总书记强调。", "", "") == {
        ("习近平", HOLDS, f"{PARTY}中央委员会", "总书记")
    }


def test_reporters_are_of_the_agency_that_opens_the_news() -> None:
    assert posts("新华社银川9月18日电（记者 张华、李红）会议召开。", "", "") == {
        (name, HOLDS, "新华通讯社", "记者") for name in ("张华", "李红")
    }


def test_appointments_and_removals_are_told_apart() -> None:
    text = (
        "任命：\n张伟为代县教育局局长；\n免去：\n李娜的代县财政局局长职务；\n"
        "王强的代县水利局副局长职务。"
    )
    assert posts(text, "代县", "人大") == {
        ("张伟", HOLDS, "代县教育局", "局长"),
        ("李娜", LEFT, "代县财政局", "局长"),
        ("王强", LEFT, "代县水利局", "副局长"),
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "接受高瑞辞去代县人大常委会委员职务的请求。",
            ("高瑞", LEFT, "代县人民代表大会常务委员会", "委员"),
        ),
        ("免去张三的代县教育局局长职务。", ("张三", LEFT, "代县教育局", "局长")),
        ("任命张三为代县教育局局长。", ("张三", HOLDS, "代县教育局", "局长")),
        ("任命张三同志任代县教育局副局长。", ("张三", HOLDS, "代县教育局", "副局长")),
    ],
)
def test_a_decision_names_person_body_and_post(text: str, expected: Post) -> None:
    assert posts(text, "代县", "人大") == {expected}


@pytest.mark.parametrize(
    "text", ["县委书记高度重视。", "教育局局长办公会议。", "县长热线开通。"]
)
def test_a_post_without_a_person_is_not_stated(text: str) -> None:
    assert posts(text) == set()


def test_a_county_head_who_is_a_party_secretary_too_heads_the_government() -> None:
    assert posts("县委副书记、县长李娜讲话。") == {
        ("李娜", HOLDS, f"{PARTY}代县委员会", "副书记"),
        ("李娜", HOLDS, "代县人民政府", "县长"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "李娜因工作调动，辞去代县人民政府副县长职务。",
        "李娜不再担任代县人民政府副县长。",
    ],
)
@pytest.mark.xfail(strict=True, reason="no person is seen at the head of the clause")
def test_a_person_who_leaves_a_post_may_open_the_sentence(text: str) -> None:
    assert posts(text) == {("李娜", LEFT, "代县人民政府", "副县长")}
