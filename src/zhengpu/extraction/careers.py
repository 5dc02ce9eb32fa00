"""Careers: paragraphs that tell one person's life, and the posts that they list.

A biography opens with a name and what one is born as (张三，男，汉族，1970年5月生，);
all that it tells, to its end, is of that person.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct

from zhengpu.knowledge.lexicon import alternation
from zhengpu.knowledge.rulebook import FOLDED

if TYPE_CHECKING:
    from collections.abc import Iterator

ORG, PER, PLC = FOLDED["ORG"], FOLDED["PER"], FOLDED["PLC"]
_GOVERNOR = "(?:常务)?副?(?:省长|市长|区长|县长|州长|盟长|旗长|镇长|乡长)"


class Life(Struct, frozen=True):
    """A biography, in skeleton positions."""

    person: int
    """Where the name stands that it opens with."""
    start: int
    end: int


class Held(Struct, frozen=True):
    """A post that a biography lists, in skeleton positions."""

    body: int
    title: str
    start: int
    end: int


_BORN = re.compile(
    rf"^(?P<who>{PER})(?:同志)?(?:简历)?(?:，|（)"
    r"(?:曾用名[^，\n]{1,6}，)?(?:[男女][，。）]|[一-龥]{1,5}族[，。）]|\d{4}年(?:\d{1,2}月)?(?:出?生))"
    r"[^\n]*",
    re.MULTILINE,
)
_GOES_ON = re.compile(r"\n(?:\d{4}[年.]|现任|历任|曾任)[^\n]*")
"""A further line of a biography: 2011年9月至2015年6月，任县教育局副局长."""


def lives_in(text: str) -> Iterator[Life]:
    r"""The biographies of a skeleton, in order.

    >>> [life.person for life in lives_in(f"名单\n{PER}，女，汉族，1980年生。")]
    [3]
    """
    if "生" not in text and "族" not in text:
        return
    for opening in _BORN.finditer(text):
        end = opening.end()
        while further := _GOES_ON.match(text, end):
            end = further.end()
        yield Life(opening.start("who"), opening.start(), end)


@cache
def _post() -> re.Pattern[str]:
    """A post that stands by itself or behind 任: 历任|县委办科员，|县教育局副局长."""
    title = alternation("titles", "title")
    return re.compile(
        rf"(?:(?<=[，、；。：\n任为兼系是])|(?<=任过)|(?<=当选)|(?<=在)(?=[^，。]{{1,4}}任)|(?<=[\d月—－–\-今]))(?P<body>{ORG}|{PLC}(?={_GOVERNOR}))(?:先后)?(?:担?任)?"
        rf"(?P<title>[^，。；、\n{ORG}{PER}]{{0,10}}?(?:{title}|代表))"
        r"(?=[，。；、（）\n兼]|职务|等职|至今|$)"
    )


@cache
def _next() -> re.Pattern[str]:
    """A further post in the same body: 县教育局副局长|、局长."""
    title = alternation("titles", "title")
    return re.compile(
        rf"(?:、|兼)(?P<title>{title})(?=[，。；、（\n兼]|职务|等职|至今|$)"
    )


def posts_of(text: str, life: Life) -> Iterator[Held]:
    """The posts that a biography lists.

    >>> text = f"{PER}，男，1970年生，历任{ORG}科员，{ORG}副书记、书记。"
    >>> [post.title for post in posts_of(text, next(lives_in(text)))]
    ['科员', '副书记', '书记']
    """
    for found in _post().finditer(text, life.start, life.end):
        at = found.start("body")
        yield Held(at, found["title"], at, found.end())
        end = found.end()
        while further := _next().match(text, end, life.end):
            end = further.end()
            yield Held(at, further["title"], at, end)
