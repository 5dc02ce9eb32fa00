"""Biographies: whose they are, and which posts they list."""

from __future__ import annotations

import pytest

from zhengpu.extraction.careers import lives_in, posts_of
from zhengpu.knowledge.rulebook import FOLDED

ORG, PER = FOLDED["ORG"], FOLDED["PER"]


def _posts(text: str) -> list[str]:
    return [post.title for life in lives_in(text) for post in posts_of(text, life)]


@pytest.mark.parametrize(
    "opening",
    [
        f"{PER}，男，汉族，1970年5月生，",
        f"{PER}（女，蒙古族），1981年生，",
        f"{PER}同志，1968年3月出生，",
    ],
)
def test_a_biography_opens_with_a_name_and_a_birth(opening: str) -> None:
    assert len(list(lives_in(f"简历\n{opening}现任{ORG}局长。\n其他"))) == 1


@pytest.mark.parametrize(
    "text",
    [f"{PER}，现任{ORG}局长，1970年生。", f"{PER}为{ORG}局长；", f"{PER}，{ORG}主席。"],
)
def test_other_lines_are_no_biography(text: str) -> None:
    assert list(lives_in(text)) == []


@pytest.mark.parametrize(
    ("career", "posts"),
    [
        (f"历任{ORG}科员，{ORG}副书记、书记，{ORG}局长。", ["科员", "副书记", "书记", "局长"]),
        (f"2024年8月任{ORG}常委、{ORG}部长；现任{ORG}副市长，分管工业。", ["常委", "部长", "副市长"]),
        (f"2011年至2015年在{ORG}任副主任；", ["副主任"]),
        (f"与{ORG}书记{PER}共事。", []),
        (f"2019年被{ORG}授予称号。", []),
    ],
)  # fmt: skip
def test_a_career_lists_posts_each_with_its_body(career: str, posts: list[str]) -> None:
    assert _posts(f"{PER}，男，汉族，1970年生，{career}") == posts


def test_lines_that_open_with_years_go_on_with_a_biography() -> None:
    text = (
        f"{PER}，女，1970年生。\n2001年任{ORG}科长。\n2011年9月至今，任{ORG}局长。\n完"
    )
    assert _posts(text) == ["科长", "局长"]


def test_lines_of_dates_with_points_list_posts_too() -> None:
    text = (
        f"{PER}，男，汉族，1968年生。\n1990.07—1995.03{ORG}秘书\n"
        f"1995.03—2001.06{ORG}副科长、科长\n2001.06—2006.05{FOLDED['PLC']}副县长\n"
    )
    assert _posts(text) == ["秘书", "副科长", "科长", "副县长"]
