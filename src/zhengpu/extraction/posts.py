"""Posts: who holds or leaves which office in which body."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from zhengpu.extraction.canonical import body_of
from zhengpu.knowledge.lexicon import alternation
from zhengpu.knowledge.rulebook import FOLDED
from zhengpu.model import EntityType, Relation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhengpu.extraction.resolution import Registry
    from zhengpu.extraction.skeleton import Skeleton
    from zhengpu.model import Frame

ORG, PER = FOLDED["ORG"], FOLDED["PER"]
LEAVING = re.compile(r"(?:免去|辞去|免职|不再担任|罢免|撤销)")


@dataclass(frozen=True, slots=True)
class Post:
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
    return alternation("titles", "title")


@cache
def _before() -> re.Pattern[str]:
    """县委副书记、县长|张三: the posts that end before a name."""
    return re.compile(rf"(?:{ORG}?(?:原|时任)?{_title()}[、，]?)+ ?\Z")


_PEOPLE = re.compile(rf"{PER}(?:[、和]{PER})*")
REACH = 60
"""Characters before a name in which its posts begin at the earliest."""


@cache
def _link() -> re.Pattern[str]:
    return re.compile(rf"(?P<body>{ORG})?(?:原|时任)?(?P<title>{_title()})")


@cache
def _after() -> tuple[tuple[str, Relation, re.Pattern[str]], ...]:
    title = _title()
    full = rf"(?P<body>{ORG})?(?P<title>[^，。；、\n{ORG}{PER}]{{0,14}}?{title})"
    return (
        (
            "posts/appointed",
            Relation.HOLDS_POST,
            re.compile(
                rf"(?P<people>{PER}(?:[、和]{PER})*)(?:同志)?(?:为|任|担任|当选为?|出任){full}"
            ),
        ),
        (
            "posts/resigned",
            Relation.LEFT_POST,
            re.compile(
                rf"(?P<people>{PER}(?:[、和]{PER})*)(?:同志)?(?:因[^，。]{{1,10}}，?)?(?:辞去|不再担任){full}"
            ),
        ),
        (
            "posts/removed",
            Relation.LEFT_POST,
            re.compile(
                rf"(?:免去|撤销)(?:：?\n?|了)?(?P<people>{PER}(?:[、和]{PER})*)(?:同志)?的?{full}"
            ),
        ),
    )


@cache
def _removal_list() -> re.Pattern[str]:
    """A line of a list under `免去：` or `任命：`."""
    full = rf"(?P<body>{ORG})?(?P<title>[^，。；、\n{ORG}{PER}]{{0,14}}?{_title()})"
    return re.compile(rf"(?:^|\n)(?P<people>{PER}(?:[、和]{PER})*)(?:同志)?的{full}")


def _addressed() -> re.Pattern[str]:
    return re.compile(rf"(?P<people>{PER})(?P<title>总书记)")


def posts_in(skeleton: Skeleton) -> Iterator[Post]:
    """The posts that a text states, in text order for each rule."""
    text = skeleton.text
    for people in _PEOPLE.finditer(text):
        first = max(0, people.start() - REACH)
        chain = _before().search(text, first, people.start())
        if chain is None:
            continue
        body = None
        for link in _link().finditer(text, *chain.span()):
            if link["body"]:
                body = link.start("body")
            for person in range(*people.span()):
                if text[person] == PER:
                    yield Post(
                        person,
                        body,
                        link["title"],
                        Relation.HOLDS_POST,
                        chain.start(),
                        people.end(),
                        "posts/before-name",
                    )
    patterns = [*_after(), ("posts/removal-list", Relation.LEFT_POST, _removal_list())]
    for rule, relation, pattern in patterns:
        for m in pattern.finditer(text):
            body = m.start("body") if m["body"] else None
            for person in (i for i in range(*m.span("people")) if text[i] == PER):
                yield Post(person, body, m["title"], relation, m.start(), m.end(), rule)
    for m in _reporters().finditer(text):
        for person in (i for i in range(*m.span("people")) if text[i] == PER):
            yield Post(
                person, m.start("body"), "记者", Relation.HOLDS_POST, m.start(), m.end(), "posts/reporter"
            )  # fmt: skip
    for m in _addressed().finditer(text):
        yield Post(
            m.start("people"),
            None,
            m["title"],
            Relation.HOLDS_POST,
            m.start(),
            m.end(),
            "posts/addressed",
        )


_GOVERNORS = re.compile(
    r"^(?:常务|代)?副?(?:省长|自治区主席|市长|区长|县长|州长|盟长|旗长|镇长|乡长)$"
)


def _reporters() -> re.Pattern[str]:
    """新华社银川9月18日电（记者 张三、李四）."""
    return re.compile(
        rf"(?P<body>{ORG})[^。\n（]{{0,24}}（(?P<title>(?:本报|通讯员|见习)?记者) ?(?P<people>{PER}(?:[、 ]{PER})*)"
    )


def body_for(title: str, frame: Frame, registry: Registry) -> str | None:
    """The body that a title alone tells: 市长 is of the city's government."""
    if title == "总书记":
        from zhengpu.extraction.canonical import Naming  # noqa: PLC0415

        return registry.add(Naming(EntityType.ORG, "中国共产党中央委员会", "党委"))
    if _GOVERNORS.match(title):
        naming = body_of("政府", frame.place)
    elif re.match(r"^副?主席$|^秘书长$", title) and frame.body_kind == "政协":
        naming = body_of("政协", frame.place)
    else:
        return None
    return registry.add(naming) if naming else None
