"""Subjects: whose fact a figure is, where the figure's own sentence tells.

What its clause is about comes first, then who handed in, adopted or was paid
what is counted. All else is left to the discourse, but for bystanders.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from zhengpu.extraction.clauses import clause_topics, sums_up
from zhengpu.extraction.continuing import keeps_topic
from zhengpu.extraction.rows import row_end
from zhengpu.model import EntityType

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from zhengpu.extraction.figures import Words
    from zhengpu.extraction.measures import Measure
    from zhengpu.extraction.numbers import Number
    from zhengpu.model import Link, Mention

_ADOPTED = frozenset(("采用", "采纳", "刊用", "批示"))
_THINGS = frozenset((EntityType.PLC, EntityType.PRG, EntityType.EVT, EntityType.DOC))
_RANGE = re.compile("[全我本][国省市县区州旗盟镇乡村街]")
_GIVING = re.compile("，(?:还|并|又|共|累计)?(?:捐|援建|资助|认捐|出资)")
"""How a clause opens that goes on about a person who gives."""
_SETTLED = re.compile(
    "(?:发展|运行|运营|成立|落地|落户|开业|挂牌|揭牌|获批|升本|推进|建设|开工|投产|落成|迁驻)$"
)
"""What ends a clause about a body of which nothing else is told."""
_ROOMS = re.compile("(?:新增|增加)[^，。；]{0,6}(?:床位|学位|车位|座位)")
"""What a new building brings to its body."""
_SUPERVISES = re.compile("(?:领衔|带头|牵头|包案)(?:督办|领办)")
"""What leaders do with proposals, whose facts these are."""
_HANDED_IN = frozenset(("件", "份", "条", "篇"))
_GIVEN = re.compile("(?:(?:分别|依次)(?:提交|提出|报送|为)|提交|报送)(?=$)")
"""What stands between bodies and the figures of what they handed in."""
_TOOK = re.compile("(?:分别|各自)?(?:领办|督办)(?:重点)?(?:提案|建议)$")
"""What stands between leaders and the figures of the proposals that they took on."""
_CAME = re.compile("邀请[^，。；]{0,24}$")
_VISITS = re.compile(
    "来我?[省市县区州旗]?[^，。；]{0,3}(?:学习|考察|调研|视察|检查|督导)"
    "|(?:视察|调研|检查|督导|考察)我[省市县区州旗街乡镇]"
)
"""What those did who came here, so that others are meant by what follows."""
_HIGHEST = ("国务院", "国家", "中央", "党中央")
_JUDGES = re.compile("[^，。；]{0,20}考核")
_INVITED = re.compile("邀请了?$")
_LEADING_BODY = re.compile("(?:[工纪党]委|委员会|党组|常委会|政府|政协|人大)$")
_SEVERAL = 2
_NEAR = 12
"""So far before a figure stands at most what somebody did with what it counts."""
_TOGETHER = frozenset(("count", "people", "occasion", "visits"))
_SEVERALLY = re.compile("[均都各]|分别|依次")
_MEETING = re.compile("会议|全会")
_INVESTED = re.compile("(?:计划|累计)?总?投资")
_JOINS = ("、", "和", "与")
_PARTS = re.compile("[；;]")
_BEGIN = attrgetter("mention.start")
_FIGURE = attrgetter("start")


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence with what its clauses are about."""

    words: Words
    links: Sequence[Link]
    """Its mentions, in its own offsets."""
    topics: Mapping[int, tuple[str, ...]]
    """Clause by its start to the things that the text names as its topic."""
    stretches: Mapping[str, tuple[Mention, Mention]]
    """Entity to its first mention and its last."""
    supervised: Sequence[int]
    """Where somebody is said to supervise proposals."""
    parts: Sequence[int]
    """Where the parts of the sentence begin but the first."""
    gifts: Sequence[int]
    """Where it is told what somebody gave besides."""

    def named(self, n: int, measure: Measure) -> tuple[str, ...]:
        """The entities that the text itself names as what the n-th figure is about.

        Empty where that is left to the discourse.
        """
        words, links = self.words, self.links
        number = words.numbers[n]
        topics = self.topics.get(words.clause(number.start).start, ())
        return (
            _adopter(words, n, measure, links)
            or _works(number, measure, words, links)
            or _givers(words, n, links)
            or _leaders(words, n, links)
            or _heard(number, measure, words, links)
            or self._lasting(n, measure)
            or _each(words, n, topics)
        )

    def _lasting(self, n: int, measure: Measure) -> tuple[str, ...]:
        """The place of which it is said how long something lasts: 我省连续两年第一."""
        start = self.words.numbers[n].start
        told = measure.rule == "duration"
        if not told or not self.words.text.endswith("连续", 0, start):
            return ()
        start -= len("连续")
        at = bisect_left(self.links, start, key=_BEGIN) - 1
        name = self.links[at].mention if at >= 0 else None
        stands = name and name.end == start and name.type == EntityType.PLC
        return (self.links[at].entity or "",) if stands else ()

    def is_relative(self, n: int) -> bool:
        """Whether whoever stands before a figure is not whom it is about.

        In 巡视组反馈的17个问题 it is part of a relative clause, in 全县279名委员 a range.
        """
        words = self.words
        clause = words.clause(words.numbers[n].start)
        first = bisect_left(words.numbers, clause.start, key=_FIGURE)
        for k in {first, n}:
            ahead = words.tokens(words.before[k])
            last = ahead[-1] if ahead else None
            if last and (last.kind == "of" or _RANGE.match(last.text)):
                return True
        return False

    def is_bystander(self, n: int, subject: str, *, whole: bool = False) -> bool:
        """Whether what the discourse is about is no subject of counted facts.

        So is a person who opens a sentence that goes on about what was done
        (邀请教授某某作辅导，320名干部参加), the meeting since which something was done,
        and a body named in an earlier part of the sentence (；), unless one that leads
        opened it: after 县人民医院新院区启用； others are meant, after 街道党工委…； not.

        Args:
            n: The figure's index.
            subject: Entity id of what the discourse is about.
            whole: Whether only a whole place has such an indicator.
        """
        if subject not in self.stretches:
            return False
        first, last = self.stretches[subject]
        at = self.words.numbers[n].start
        if self._is_member(last, at):
            return True
        match first.type:
            case EntityType.EVT:
                return _MEETING.search(first.text) is not None
            case EntityType.PER:
                return self._only_came(first, at)
            case EntityType.ORG if whole:
                return not first.text.endswith("政府")
            case _:
                return self._is_past(first, last, n)

    def _only_came(self, person: Mention, at: int) -> bool:
        """Whether a person's part ends before a figure, who gives nothing."""
        words = self.words
        own = words.clause(person.start).start
        if _CAME.search(words.text, own, person.start):
            return True
        gives = _last_before(self.gifts, at) >= person.end
        return not gives and person.start < words.clause(at).start

    def _is_past(self, first: Mention, last: Mention, n: int) -> bool:
        """Whether what is told of a body ends before the n-th figure."""
        words, at = self.words, self.words.numbers[n].start
        if _last_before(self.supervised, at) >= first.start:
            return True
        guest = _INVITED.search(words.text, max(0, first.start - 4), first.start)
        if guest and first.start < words.clause(at).start:
            return True  # 邀请民革市委会参与，集体提案占比达到20%
        if self._came_to_be(first, n) or self._only_visits(first, last, n):
            return True
        opens = first.start < words.clauses[0].end
        opens = opens and _LEADING_BODY.search(first.text) is not None
        return not opens and last.start < _last_before(self.parts, at + 1)

    def _is_member(self, name: Mention, at: int) -> bool:
        """Whether a name is one of those that a figure before an offset counts."""
        words = self.words
        end = words.clause(name.end).end
        nearest = bisect_left(words.numbers, name.end, key=_FIGURE)
        if nearest == len(words.numbers) or words.numbers[nearest].start >= end:
            return False
        number = words.numbers[nearest]
        listed = name.end == number.start or words.text[name.end] in "、等"
        return number.start <= at and listed and sums_up(words, number)

    def _only_visits(self, first: Mention, last: Mention, n: int) -> bool:
        """Whether others only came here, or only judged: 国务院考核连续7年优秀."""
        words, at = self.words, self.words.numbers[n].start
        told = words.clause(last.start)
        if first.text.startswith(_HIGHEST) and _JUDGES.match(words.text, last.end):
            return True
        visits = _VISITS.search(words.text, last.end, told.end)
        return visits is not None and told != words.clause(at)

    def _came_to_be(self, name: Mention, n: int) -> bool:
        """Whether it is only told of a body that it came to be: 某银行挂牌开业."""
        words, at = self.words, self.words.numbers[n].start
        told, now = words.clause(name.start), words.clause(at)
        if told == now or not _SETTLED.search(words.text, name.end, told.end):
            return False
        return not keeps_topic(words, now) and not _ROOMS.match(words.text, now.start)


def _last_before(places: Sequence[int], at: int) -> int:
    """The last of some places before an offset; -1 where there is none."""
    index = bisect_left(places, at) - 1
    return places[index] if index >= 0 else -1


def scene_of(words: Words, links: Sequence[Link]) -> Scene:
    """A sentence with what its clauses are about, where the text names it.

    Args:
        words: A sentence with its figures.
        links: Its mentions, in its own offsets.
    """
    stretches: dict[str, tuple[Mention, Mention]] = {}
    for link in links:
        if link.entity:
            first, _ = stretches.get(link.entity, (link.mention, None))
            stretches[link.entity] = (first, link.mention)
    supervised = [m.start() for m in _SUPERVISES.finditer(words.text)]
    parts = [m.end() for m in _PARTS.finditer(words.text)]
    topics = clause_topics(words, links)
    gifts = [m.start() for m in _GIVING.finditer(words.text)]
    return Scene(words, links, topics, stretches, supervised, parts, gifts)


def is_counted_itself(measure: Measure, links: Sequence[Link]) -> bool:
    """Whether what is counted is a programme or an event: “桦政讲堂”|开讲6期.

    The figure is about the body that holds it.
    """
    at = bisect_left(links, measure.start, key=_BEGIN)
    mention = links[at].mention if at < len(links) else None
    return (
        mention is not None
        and mention.type in (EntityType.PRG, EntityType.EVT)
        and (mention.start, mention.end) == (measure.start, measure.end)
    )


def _adopter(
    words: Words, n: int, measure: Measure, links: Sequence[Link]
) -> tuple[str, ...]:
    """The body by which something was adopted (被全国政协采用3条), or nothing."""
    if measure.carried not in _ADOPTED:
        return ()
    for start, end in (words.before[n], words.after[n]):
        verb = words.text.find(measure.carried, start, end)
        at = bisect_left(links, verb, key=_BEGIN) - 1
        name = links[at].mention if at >= 0 else None
        if name and name.type == EntityType.ORG and name.end == verb:
            return (links[at].entity or "",)
    first = _row_start(words, n)
    told = words.text.rfind(f"分别{measure.carried}", *words.before[first])
    several = _ending_at(told, words.text, links) if told >= 0 else []
    every = len(several) == row_end(words, first) - first
    return (several[n - first],) if every else ()


def _givers(words: Words, n: int, links: Sequence[Link]) -> tuple[str, ...]:
    """The bodies right before figures of what they handed in: 其中民进支部提交5件."""
    first = _row_start(words, n)
    number = words.numbers[first]
    if number.unit not in _HANDED_IN:
        return ()
    told = _GIVEN.search(words.text, words.clause(number.start).start, number.start)
    found = _ending_at(told.start(), words.text, links) if told else []
    return _each(words, n, tuple(found)) if found else ()


def _leaders(words: Words, n: int, links: Sequence[Link]) -> tuple[str, ...]:
    """The persons who took charge of proposals: 张三、李四分别督办重点提案3件、4件."""
    first = _row_start(words, n)
    number = words.numbers[first]
    if number.unit not in _HANDED_IN:
        return ()
    start = max(words.clause(number.start).start, number.start - _NEAR)
    told = _TOOK.search(words.text, start, number.start)
    found = _ending_at(told.start(), words.text, links, EntityType.PER) if told else []
    return _each(words, n, tuple(found)) if found else ()


def _row_start(words: Words, n: int) -> int:
    """The first figure of the row that the n-th is part of."""
    first = n
    while first and row_end(words, first - 1) > n:
        first -= 1
    return first


def _ending_at(
    at: int, text: str, links: Sequence[Link], kind: EntityType = EntityType.ORG
) -> list[str]:
    """The bodies of a list that ends at a place: 被省政协、市政协|分别采用2条、8条."""
    found: list[str] = []
    for k in range(bisect_left(links, at, key=_BEGIN) - 1, -1, -1):
        link = links[k]
        name = link.mention
        if name.end < at:
            break
        if name.end == at and name.type == kind and link.entity:
            if text.startswith("向", name.start - 1):
                return []  # 向县委报送
            found.insert(0, link.entity)
            at = name.start - text.startswith(_JOINS, name.start - 1)
    return found


def _works(
    number: Number, measure: Measure, words: Words, links: Sequence[Link]
) -> tuple[str, ...]:
    """What a sum is invested in: 总投资27.5亿元的|玉林陆港项目.

    Where a body stands before it, that invests: 某公司|投资12亿元的|智能底盘项目.
    """
    if not _INVESTED.fullmatch(measure.name) or words.text[number.end] != "的":
        return ()
    if _ending_at(measure.start, words.text, links):
        return ()
    at = bisect_left(links, number.end + 1, key=_BEGIN)
    name = links[at].mention if at < len(links) else None
    stands = name and name.start == number.end + 1 and name.type in _THINGS
    return (links[at].entity or "",) if stands else ()


def _heard(
    number: Number, measure: Measure, words: Words, links: Sequence[Link]
) -> tuple[str, ...]:
    """The bodies that each gave so many: 听取法院、检察院工作报告各1项."""
    if not words.text.endswith("各", 0, number.start):
        return ()
    several = _ending_at(measure.start, words.text, links)
    return tuple(several) if len(several) > 1 else ()


def _each(words: Words, n: int, topics: tuple[str, ...]) -> tuple[str, ...]:
    """Of things that figures are given respectively, the one that the n-th is about.

    One figure for several things (浔江、都柳江水质达标率100%) is about each; what they
    did so many of together (甲街道、乙街道改造小区17个) is about none of them.
    """
    if len(topics) < _SEVERAL:
        return topics
    number = words.numbers[n]
    told = words.text[words.clause(number.start).start : number.start]
    if number.kind in _TOGETHER and not _SEVERALLY.search(told):
        return ()
    first = n
    while first and n - first < len(topics) and row_end(words, first - 1) > n:
        first -= 1
    respective = row_end(words, first) - first == len(topics) > 1
    return (topics[n - first],) if respective else topics
