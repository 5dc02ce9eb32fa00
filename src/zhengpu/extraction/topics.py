"""Whom a clause is about when it does not say so.

Reports leave the subject out most of the time. A clause that opens with a
body or a person is about that; the clauses after it in the same sentence too;
every other clause is about the reporting body.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING

from msgspec import Struct

from zhengpu.extraction.careers import lives_in
from zhengpu.knowledge.lexicon import alternation
from zhengpu.knowledge.patterns import quick
from zhengpu.knowledge.rulebook import CLAUSE_END, FOLDED, expand

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from zhengpu.extraction.skeleton import Skeleton
    from zhengpu.model import Mention


class Topic(Struct, frozen=True):
    """Whom a stretch of text is about."""

    subjects: tuple[str, ...]
    """Entity ids."""
    omitted: bool
    """Whether the clause leaves it out."""
    life: bool = False
    """Whether it stands in a biography, which is about its person alone."""
    whose: str = ""
    """Entity id of the body whose people a person leads, or nothing."""


@dataclass(frozen=True, slots=True)
class Topics:
    """The topic at each clean offset."""

    starts: Sequence[int]
    topics: Sequence[Topic]

    def at(self, offset: int) -> Topic:
        """The topic of the clause that holds a clean offset."""
        return self.topics[max(0, bisect_right(self.starts, offset) - 1)]

    def ahead(self, offset: int, end: int) -> Topic | None:
        """The first topic that is named between an offset and the sentence's end."""
        first = bisect_right(self.starts, offset)
        last = bisect_right(self.starts, end - 1)
        return next((t for t in self.topics[first:last] if not t.omitted), None)


OPENING = (
    r"(?:\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?|[一二三四五六七八九十两]+年来|近年来|今年以?来?|去年|全年|年初|年内"
    r"|同时|期间|此外|另外|其中|目前|随后|会前|会后|会议期间|会上|同日|当天|\d{1,2}月(?:\d{1,2}日|[上中下]旬)?|\d{1,2}日(?:[上下]午)?"
    r"|各位委员|过去[一五四三两]?年?的?[一]?年?|截至[^，]{2,10}|{n}是|——)[，：]?"
)
MEMBERS = "(?:委员|会员|代表|爱心|骨干)(?:所在|爱心)?企业"
"""What stands before a firm: whose it is."""
PEOPLE = (
    "(?:领导班子|班子成员|主席班子成员|班子|主要领导|领导|各?委员|政协委员|机关干部职工|机关干部|干部职工|党组成员|党员干部|主席会议|常委会议"
    "|考察团|考察组|调研组|视察组|检查组|课题组|代表团|主席会议成员|各级领导|分管领导|书记|主席|副主席)?"
)


@cache
def _head() -> re.Pattern[str]:
    """A clause that opens with its subject, a person also with posts before it."""
    title = alternation("titles", "title").replace("{", "{{")
    return re.compile(
        expand(
            rf"[{CLAUSE_END}”\s]*+(?:{OPENING})*+(?:以[^，。；\n]{{1,8}}为核心的(?={{ORG}}))?(?:全体|广大|所有|由|分别由|邀请|动员|发动|原|{MEMBERS})?"
            rf"(?:(?:(?:{{ORG}}代表|{{ORG}}?(?:原|时任)?(?:{title}|成员))[、，]?)+ ?(?P<person>{{PER+}})|(?P<subject>{{ORG|PER+}}))"
            rf"{PEOPLE}(?![的之、和]|与(?!{{PLC}})|工作(?!者|人员)|层面|本级|部门|国家机关|党政机关|建设|年度|各项|发展|改革|精神|高质量|经济|决策|[各]项|重点|上下|范围|境内|期间|(?:落户|落地|挂牌|揭牌|投入运[营行]|投运|投用)|[《“（]|{{PRG}}|{{PLC}}?\d+月\d+日[电讯])"
            r"(?=.)",
            {},
            "topics",
        )
    )


_SAYS = re.compile(r"[^，。]{0,8}?(?:强调|指出|要求|表示|认为|介绍说?)")


@cache
def _partners() -> re.Pattern[str]:
    """Bodies that act together with whom the clause is about."""
    return quick(
        expand(
            r"(?:(?:联合|会同|携手|协同)(?P<allies>{ORG+})"
            r"|(?:与|和|同)(?P<partners>{ORG+})(?:等{~8})?(?:围绕{~24}|就{~24})?(?:签署|签订|共办|合办|举办|主办|联合|合作|共同|联动|携手|组成|开展|赴|深入|对|到"
            r"|视察|调研|建立|共建|共护|会签|成立|编制|缔结|召开|发起|推出|承办|实施|搭建|组建))",
            {},
            "topics",
        )
    )


_THIS = re.compile(
    "[该此](?P<head>公司|企业|集团|局|院|校|中学|大学|村|镇|乡|县|市|区|旗|州|委员会|委|中心|项目|行动|活动|站|社|厂|园|基地|协会|医院|学校)"
    "|(?P<group>检查组|调研组|视察组|督查组|考察组|监督组|课题组|专班|考察团|代表团|观摩团)(?:一行)?(?=先后|分别|分赴|深入|实地|一行|还|对|走访|走进|听取|来到|赴|到|参观|考察|建议|认为)"
)
"""What takes up the last name with this ending: 该公司, 该局; 检查组|先后深入."""
_SAME = 160
"""Skeleton characters in which that name stands."""


_ITEM = re.compile(r"\s*(?:第?[一二三四五六七八九十]+(?:是|、要))")
"""What opens a point of a list: 一是抓好…。"""
_WILL = re.compile("(?:将|要|拟)")
"""Behind whom the points of a plan are about, which sentences of their own tell."""
_DELEGATION = re.compile(
    r"[^，。；\n]{0,12}?(?:考察团|代表团|观摩团|调研组|视察组|考察组|督查组|检查组|一行|部分(?:[^，。；\n]{2,4})?委员|带队)"
)
"""Behind whom a clause is about: they travel with others, who are told of later."""
_LED = re.compile(
    r"率(?:队|领)?[^，。；\n]{0,8}?(?:考察团|代表团|观摩团|学习团|部分委员|检查组|调研组|视察组|督查组|考察组)"
)
"""Behind a person who leads others of the body: 县政协主席张三|率考察团."""


_NEAR = 20
"""So far before a clause stands at most who leads it."""
_LED_BY = re.compile(
    rf"(?:由|主席|主任|书记|组长)[^，。；\n]{{0,14}}{FOLDED['PER']}(?:带队|率队|牵头|领衔)，\Z"
)
"""Before a clause: its deeds are the leader's, too: 由县政协主席张三带队，|提案委员会深入…."""


class _Head(Struct, frozen=True):
    """Whom a clause opens with."""

    ids: tuple[str, ...]
    start: int
    """Skeleton position of the subject."""
    end: int
    """Where its words end: 张三|率考察团."""
    whose: str = ""
    """The body whose people a person leads, or nothing."""


def _taken_up(
    skeleton: Skeleton,
    entity_of: Mapping[int, str],
    clause: int,
    stop: int,
    delegation: _Head | None,
) -> _Head | None:
    """Whom 该公司 or 考察团 at the head of a clause takes up, if it does.

    Args:
        skeleton: With all mentions folded.
        entity_of: Clean start of a mention to its entity.
        clause: Where the clause begins.
        stop: Where the sentence ends.
        delegation: Who was last said to travel with others.
    """
    found = _THIS.match(skeleton.text, clause, stop)
    if found is None:
        return None
    before = list(skeleton.within(max(0, clause - _SAME), clause))
    for mention in reversed(before):
        ending = found["head"] or found["group"]
        if mention.text.strip("“”").endswith(ending) and mention.start in entity_of:
            return _Head((entity_of[mention.start],), *found.span())
    return delegation if found["group"] else None


def _whose(
    skeleton: Skeleton, entity_of: Mapping[int, str], found: re.Match[str]
) -> list[Mention]:
    """The bodies whose people a person leads: 县政协|主席张三率考察团."""
    if found["person"] is None or not _LED.match(found.string, found.end()):
        return []
    posts = skeleton.within(found.start(), found.start("person"))
    return [x for x in posts if x.start in entity_of]


def _those_who_act(
    skeleton: Skeleton, entity_of: Mapping[int, str], span: tuple[int, int]
) -> tuple[str, ...]:
    """Whom the list at the head of a clause names; a body stands for its parts.

    What 县政协及其常委会 do is told of the 县政协.
    """
    part = skeleton.text.find("及其", *span)
    first, end = span
    return tuple(
        entity_of[x.start]
        for x in skeleton.within(first, end if part < 0 else part)
        if x.start in entity_of
    )


_STILL_TOGETHER = re.compile("[^，。；\n]{0,4}(?:共同|联合|联名|合力|携手|联手)")
"""What tells behind a semicolon that those who act together still do."""


def _together_until(text: str, at: int, stop: int) -> int:
    """Where those who act together in a clause no longer do, in a skeleton.

    Args:
        text: Of the skeleton.
        at: Behind the partners.
        stop: Where the sentence ends.
    """
    while True:
        border = text.find("；", at, stop)
        if border < 0:
            return stop
        at = border + 1
        if not _STILL_TOGETHER.match(text, at):
            return at


def _join(
    starts: list[int],
    topics: list[Topic],
    span: tuple[int, int],
    partners: tuple[str, ...],
) -> None:
    """Lets partners act along in a stretch of a sentence, given by clean offsets."""
    at, until = span
    index = bisect_right(starts, at)
    now = topics[index - 1]
    joint = Topic(
        tuple(dict.fromkeys((*now.subjects, *partners))), now.omitted, whose=now.whose
    )
    starts.insert(index, at)
    topics.insert(index, joint)
    later = index + 1
    while later < len(topics) and starts[later] < until:
        if not topics[later].omitted:
            return  # another subject: 县政府采纳建议，并出台…
        topics[later] = Topic(joint.subjects, omitted=True, whose=now.whose)
        later += 1
    if later == len(topics):
        starts.append(until)
        topics.append(Topic(now.subjects, omitted=True, whose=now.whose))


_ACTING = (FOLDED["ORG"], FOLDED["PER"])
_BORDERS = re.compile("[，；：]+")


def _clauses(text: str, start: int, stop: int) -> Iterator[int]:
    """Where the clauses of a sentence begin."""
    yield start
    for border in _BORDERS.finditer(text, start, stop):
        yield border.end()


def _headed(
    skeleton: Skeleton,
    entity_of: Mapping[int, str],
    clause: int,
    stop: int,
    default: tuple[str, ...],
) -> _Head | None:
    """Whom a clause opens with, if it opens with its subject.

    Args:
        skeleton: With all mentions folded.
        entity_of: Clean start of a mention to its entity.
        clause: Where the clause begins.
        stop: Where the sentence ends.
        default: Whom clauses are about in which somebody only speaks.
    """
    found = _head().match(skeleton.text, clause, stop)
    if found is None:
        return None
    start, end = found.span(found.lastgroup or 0)
    ids = _those_who_act(skeleton, entity_of, (start, end))
    if ids and _SAYS.match(skeleton.text, found.end()):
        ids = default
    if not ids:
        return None
    led = _whose(skeleton, entity_of, found)
    bodies = [entity_of[x.start] for x in led if not x.text.endswith("党组")]
    whose = entity_of[led[-1].start] if led else ""
    return _Head((*ids, *bodies[-1:]), start, end, whose)


def _partners_join(
    skeleton: Skeleton,
    entity_of: Mapping[int, str],
    span: tuple[int, int],
    starts: list[int],
    topics: list[Topic],
) -> None:
    """Lets those who act together with others do so, in a sentence."""
    for m in _partners().finditer(skeleton.text, *span):
        group = "allies" if m["allies"] else "partners"
        ids = tuple(
            entity_of[x.start]
            for x in skeleton.within(*m.span(group))
            if x.start in entity_of
        )
        until = _together_until(skeleton.text, m.end(group), span[1])
        stretch = skeleton.clean(m.end(group)), skeleton.clean(until)
        _join(starts, topics, stretch, ids)


def _lives(
    skeleton: Skeleton, entity_of: Mapping[int, str]
) -> list[tuple[int, int, str]]:
    """The skeleton spans of the biographies, each with whom it tells of."""
    people = skeleton.mentions
    return [
        (life.start, life.end, entity_of[people[life.person].start])
        for life in lives_in(skeleton.text)
        if people[life.person].start in entity_of
    ]


def _told(lives: list[tuple[int, int, str]], at: int) -> Topic | None:
    """Whom a skeleton position is about where it stands in a biography."""
    index = bisect_right(lives, at, key=itemgetter(0)) - 1
    if index < 0 or at >= lives[index][1]:
        return None
    return Topic((lives[index][2],), omitted=True, life=True)


def topics_of(
    skeleton: Skeleton,
    entity_of: Mapping[int, str],
    default: str,
    spans: Sequence[tuple[int, int]],
) -> Topics:
    """The topics of a document.

    Args:
        skeleton: With all mentions folded.
        entity_of: Clean start of a mention to its entity.
        default: Entity id of the reporting body, or "".
        spans: Clean spans of the sentences, in order.
    """
    starts: list[int] = [0]
    topics = [Topic((default,) if default else (), omitted=True)]
    text = skeleton.text
    delegation: _Head | None = None
    lead: Topic | None = None
    lives = _lives(skeleton, entity_of)
    for start, end in spans:
        at, stop = skeleton.position(start), skeleton.position(end - 1) + 1
        starts.append(start)
        if told := _told(lives, at):
            topics.append(told)
            continue
        item = _ITEM.match(text, at)
        if item is None:
            lead = None
        topics.append(Topic(lead.subjects, omitted=True) if lead else topics[0])
        # no clause behind the last who acts opens with one
        last = max(text.rfind(char, at, stop) for char in _ACTING)
        for clause in _clauses(text, at, stop):
            head = (
                _headed(skeleton, entity_of, clause, stop, topics[0].subjects)
                if clause <= last
                else None
            )
            if head:
                if _DELEGATION.match(text, head.end, stop):
                    delegation = head
                starts.append(skeleton.clean(head.start))
                led = _LED_BY.search(text, max(at, clause - _NEAR), clause)
                before = topics[-1].subjects if led else ()
                subjects = (*before, *head.ids)
                topics.append(Topic(subjects, omitted=False, whose=head.whose))
                if item is None and lead is None and _WILL.match(text, head.end):
                    lead = topics[-1]
                continue
            if same := _taken_up(skeleton, entity_of, clause, stop, delegation):
                starts.append(skeleton.clean(clause))
                topics.append(Topic(same.ids, omitted=False, whose=same.whose))
                continue
            if topics[-1] is not topics[0]:
                starts.append(skeleton.clean(clause))
                now = topics[-1]
                topics.append(Topic(now.subjects, omitted=True, whose=now.whose))
        acting = at, stop if last >= at else at
        _partners_join(skeleton, entity_of, acting, starts, topics)
    return Topics(starts, topics)
