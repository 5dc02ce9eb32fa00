"""Posts: what a text says of who holds or leaves which, before their bodies are known.

A post stands before a name (县委副书记、县长|张三), behind it (任命张三为|县财政局局长), or
in a life (历任). offices.py tells in which body each is.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct

from zhengpu.extraction.careers import lives_in, posts_of
from zhengpu.knowledge.lexicon import alternation, words
from zhengpu.knowledge.patterns import quick
from zhengpu.knowledge.rulebook import FOLDED
from zhengpu.model import Relation

if TYPE_CHECKING:
    from collections.abc import Iterator

ORG, PER = FOLDED["ORG"], FOLDED["PER"]


class Post(Struct, frozen=True):
    """A post as the text gives it, in skeleton positions."""

    person: int
    body: int | None
    """Position of the body; None where the title alone tells it."""
    title: str
    relation: Relation
    start: int
    end: int
    rule: str


def _title() -> str:
    member = f"(?<=[{ORG}。，；\n])代表|(?<={ORG})成员"
    return f"(?:{alternation('titles', 'title')}|{member})"


@cache
def _before() -> re.Pattern[str]:
    """县委副书记、县长|张三: the posts that end before a name."""
    post = rf"{ORG}?(?:原|时任|前任)?{_title()}"
    return quick(rf"(?:{post}[、，]?)*{post} ?\Z")


@cache
def _last_characters() -> frozenset[str]:
    return frozenset(title[-1] for title in (*words("titles", "title"), "代表"))


def _ends_post(text: str, at: int) -> bool:
    """Whether the last character of a title stands before a name."""
    at -= text[at - 1 : at] == " "
    return text[at - 1 : at] in _last_characters()


_PEOPLE = re.compile(rf"{PER}(?:[、和]{PER})*")
_LET_GO = re.compile("的?辞职(?:获准|请求)")
"""Behind a person who holds the post named no more."""
REACH = 60
"""Characters before a name in which its posts begin at the earliest."""


@cache
def _link() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<body>{ORG})?(?:原|时任|(?P<past>前任))?(?P<title>{_title()})"
    )


PER_LIST = rf"(?P<people>{PER}(?:[、和]{PER})*)"
GOVERNOR = r"(?:常务|代)?副?(?:省长|自治区主席|市长|区长|县长|州长|盟长|旗长|镇长|乡长)"
_LIST = rf"{PER_LIST}(?:等?\d{{1,3}}[人名位](?:同志)?)?(?:（[男女，、一-龥 ]{{1,8}}）)?"


@cache
def _patterns() -> tuple[tuple[str, Relation, re.Pattern[str]], ...]:
    """Rule, relation and pattern of the posts that follow a name."""
    place = rf"{FOLDED['PLC']}(?={GOVERNOR}(?:[，。；、\n]|职务|$))"  # 为|岳阳市|副市长
    post = rf"(?:该[院局委厅办])?(?P<body>{ORG}|{place})?(?P<title>[^，。；、\n{ORG}{PER}]{{0,14}}?{_title()})"
    into = "(?:(?:教授|研究员|律师|博士|院士|先生|女士)?为|(?:此前|同时|现|曾|历|时|兼|挂职|挂)?任|担任|作为|当选为?|出任)"
    out = "(?:辞去|不再担任|不再兼任)"
    why = "(?:因[^，。]{1,10}，?)?"
    # The body of a dateline: 新华社银川9月18日电（记者 张三、李四）.
    dateline = rf"(?P<body>{ORG})[^。\n（]{{0,24}}（(?P<title>(?:本报|见习)?记者) ?"
    holds, left = Relation.HOLDS_POST, Relation.LEFT_POST
    forms = (
        (
            "appointed",
            holds,
            rf"(?<!接替)(?<!接任){_LIST}(?:同志)?{into}{post}(?!人选|候选人|提名)",
        ),
        ("resigned", left, rf"{_LIST}(?:同志)?{why}{out}{post}"),
        (
            "removed",
            left,
            rf"(?:免去|撤销|终止)(?:：?\n?|了)?{_LIST}(?:同志)?的?{post}",
        ),
        (
            "moved",
            holds,
            rf"免去{_LIST}(?:同志)?的?{ORG}[^。；，\n{PER}]{{2,20}}，(?:另有任用，)?(?:调任|改任|转任|任命为|提名为|任){post}(?!人选|候选人)",
        ),
        (
            "removed-too",
            left,
            rf"{_LIST}(?:同志)?{into}[^。；\n]{{2,60}}?[，、](?:同时)?(?:免去其|不再担任|不再兼任){post}",
        ),
        (
            "removed-besides",
            left,
            rf"{_LIST}(?:同志)?{into}[^。；\n]{{2,60}}?，其?(?:原任|兼任|担任)的?{post}(?:、[^，。；]{{2,20}})?(?:职务)?(?:同时|自然|相应|一并)?(?:免去|免除|撤销)",
        ),
        (
            "counted-members",
            holds,
            rf"{PER_LIST}(?:等(?=[^，。]{{0,2}}(?:委员|代表))|等?(?:\d{{1,3}}|[两三四五六七八九十]{{1,3}})[余多]?[名位])(?P<body>{ORG})?(?P<title>政协委员|人大代表|委员|代表)",
        ),
        (
            "titled",
            holds,
            rf"(?P<people>{PER})(?P<body>(?!))?(?P<title>副?主席|副?主任|副?检察长|副?院长|{GOVERNOR})(?=率|带队|主持|出席|强调|指出|调研|深入|领办|督办|代表[{ORG}]|作了?|所作|一行|参加|到会)",
        ),
        (
            "in-roll",
            holds,
            rf"(?:^|(?<=\n))(?:\d{{1,3}}[.．、] ?)?(?P<people>{PER})(?:（[男女，、一-龥 ]{{1,8}}）)? ?(?P<body>{ORG}|{place})(?P<title>[^，。；、\n{ORG}{PER}]{{0,8}}?{_title()})(?=[，、\n（]|$)",
        ),
        ("removal-list", left, rf"(?:^|(?<=\n)){_LIST}(?:同志)?的{post}"),
        (
            "removed-at-age",
            left,
            rf"{_LIST}(?:同志)?(?:到龄|退休|病故)，(?:免去其?|不再担任|其){post}",
        ),
        (
            "replaces",
            holds,
            rf"{PER_LIST}(?:接替|接任){PER}(?:同志)?(?:担任|出任|任){post}",
        ),
        (
            "replaced",
            left,
            rf"(?:接替|接任){PER_LIST}(?:同志)?(?:担任|出任|任){post}",
        ),
        (
            "post-by",
            holds,
            rf"(?P<body>{ORG})(?P<title>[^，。；、\n{ORG}{PER}]{{0,8}}?{_title()})(?:一职|职务)?由{PER_LIST}(?:出任|担任|接任|继任)",
        ),
        (
            "let-go",
            left,
            rf"(?P<body>{ORG})(?P<title>[^，。；、\n{ORG}{PER}]{{0,8}}?{_title()}){PER_LIST}的?(?:辞职(?:请求)?获准|辞职请求)",
        ),
        (
            "removed-itself",
            left,
            rf"{_LIST}(?:同志)?原任的?{post}职务(?=[^。；\n]{{0,16}}(?:终止|免除|撤销))",
        ),
        ("reporter", holds, rf"{dateline}(?P<people>{PER}(?:[、 ]{PER})*)"),
        (
            "member",
            holds,
            rf"(?P<people>{PER})(?P<body>(?!))?(?P<title>委员(?!会|企业|联络|工作室|之家|资格|职务|身份|履职|单位|[、和])|代表(?=[提《（的]|所提|建议))",
        ),
        ("addressed", holds, rf"(?P<people>{PER})(?P<body>(?!))?(?P<title>总书记)"),
    )
    return tuple(
        (f"posts/{name}", relation, quick(form)) for name, relation, form in forms
    )


def posts_in(text: str) -> Iterator[Post]:
    """The posts that a skeleton states."""
    last, body = -1, None
    for people in _PEOPLE.finditer(text):
        start = people.start()
        if not _ends_post(text, start) or _LET_GO.match(text, people.end()):
            continue
        if chain := _before().search(text, max(0, start - REACH), start):
            goes_on = text.startswith("、", last) and last + 1 == chain.start()
            posts = list(_chained(text, chain, people, body if goes_on else None))
            yield from posts
            last, body = people.end(), posts[-1].body
    for rule, relation, pattern in _patterns():
        for m in pattern.finditer(text):
            body = m.start("body") if m["body"] else None
            further = list(_further(text, m.end(), body))
            for person in _people(text, m.span("people")):
                yield Post(person, body, m["title"], relation, m.start(), m.end(), rule)
                for at, title, end in further:
                    yield Post(person, at, title, relation, m.start(), end, rule)
    for life in lives_in(text):
        for held_ in posts_of(text, life):
            yield Post(
                life.person, held_.body, held_.title, Relation.HOLDS_POST, held_.start, held_.end, "posts/career"
            )  # fmt: skip


@cache
def _next() -> re.Pattern[str]:
    also = "、|，(?:同时)?(?:兼任?|提名为|推荐为)"
    return re.compile(rf"(?:{also})(?P<body>{ORG})?(?P<title>{_title()})(?!候?选?人选)")


def _further(
    text: str, at: int, body: int | None
) -> Iterator[tuple[int | None, str, int]]:
    """The posts after the first: 为市法院副院长|、审判委员会委员|、审判员.

    Yields:
        Where the body stands, the title, and the end.
    """
    while found := _next().match(text, at):
        at = found.end()
        body = found.start("body") if found["body"] else body
        yield body, found["title"], at


def _people(text: str, span: tuple[int, int]) -> list[int]:
    """The positions of the persons in a list of names."""
    return [at for at in range(*span) if text[at] == PER]


def _chained(
    text: str, chain: re.Match[str], people: re.Match[str], body: int | None
) -> Iterator[Post]:
    """Every post of a chain, for every person after it: 县委副书记、县长张三.

    Args:
        text: Skeleton text.
        chain: The posts.
        people: Who holds them.
        body: Where the persons before in a list hold theirs: 市政协主席张三、副主席李四.
    """
    span = chain.start(), people.end()
    for link in _link().finditer(text, *chain.span()):
        if link["body"]:
            body = link.start("body")
        relation = Relation.LEFT_POST if link["past"] else Relation.HOLDS_POST
        for person in _people(text, people.span()):
            yield Post(
                person, body, link["title"], relation, *span, "posts/before-name"
            )
