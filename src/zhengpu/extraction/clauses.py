"""Clauses: what each clause of a sentence is about, where the text names it.

A clause may open with what it is about (引汉济渭工程完成投资86亿元), say who was
made to act (推动州卫生健康委招聘医生168名), or go on about what the clause before
founded (举办第二届大会，签约项目22个).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import TYPE_CHECKING

from zhengpu.extraction.continuing import ClauseTopic, goes_on, has_figure
from zhengpu.extraction.wording import starting_in
from zhengpu.knowledge.patterns import quick
from zhengpu.model import EntityType, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhengpu.extraction.figures import Words
    from zhengpu.extraction.numbers import Number
    from zhengpu.model import Link

_THINGS = frozenset((EntityType.PLC, EntityType.PRG, EntityType.EVT, EntityType.DOC))
_LEADING = re.compile(
    "(?:其中|同时|目前|全年|累计|预计|力争|确保|实现|使|带动|惠及|据统计|年末|年底|但|、| |，)*"
)
_REACHES = ("带动", "惠及")
_DEICTIC = ("全", "我", "本")
_PRODUCT = re.compile("[^，。；、0-9]{1,10}、")
_PARTNER = re.compile("[与和同][我本全][省市县区州旗盟]")
_NO_TOPIC = (*"的和与及等、在上中内为（", "对口")
_OF_MEETING = re.compile(
    "(?:[于在][^，。；]{2,30}(?:召开|举行)|(?:大会|会议)?(?:以来|期间|闭会|上|后|之后|召开|提出|交办|确定|增补|增选|补选))"
)
_SHORT = 10
"""So many characters at most after 等 name what is counted."""
_OWNED = frozenset(("noun", "nominal", "quoted", "name", "body", "place"))
"""Kinds of words that stand behind whose they are: 甲县|发展基础."""
_AREA = re.compile("[全我本][国省市县区州旗盟镇乡村街]道?|.{2,}[省市县区州旗盟镇乡]|..")
_NEAR = 60
"""Characters before a name in which a verb governs it."""
_CAUSED = quick(
    "(?:助推|推动|督促|支持|促成|指导|引导|动员|发动|协助|(?:委员|会员|爱心|民营|骨干)企业)$"
)
"""What stands before those who were made to act."""
_ACTS = frozenset(("hold", "verb", "keep"))
_WHERE = re.compile(
    "(?:牵头|先后)?在[^，。；]{2,20}?(?=新建|建成|建设|设立|开展|投资|实施)"
)
_ACTING = re.compile(
    "新建|投资|出资|投入|招聘|改造|更新|完成|实现|清理|清运|整治|修复|配备|安装|封堵|为[^，。；]{1,14}[捐配]"
)
_WINS = re.compile("获?得(?:到|了)?[^，。；\\d]{0,4}票")
"""What is told of a candidate: 张三得赞成票199张."""
_GIVES = ("捐", "援", "驰援", "资助", "带领", "出资", "认捐")
"""What persons do in their own name."""
_FOUNDED = re.compile(
    "(?:建成|新建|建起|建立|设立|组建|成立|推出|举办|承办|主办|创办|开办|搭建|共建|打造|建设|启用|创建"
    "|上线|开设|编辑出版|征编出版|编纂出版|实施的|共建的|牵头组建|办好|元的)了?$"
)
"""Before what a clause founded, or has money put into: 总投资3.2亿元的|某项目."""
_BUILT = re.compile("(?:推进|实施|督查|督办|督导|开工|启动)$")
_WORKS = re.compile("(?:项目|工程|铁路|公路|高速|水库|大桥|[一二三四]期)”?$")
_COMPLETED = re.compile("，(?:推动|确保|预计|[^，。；]{0,4}度)?(?:完成|总?投资|到位)")
_STANDS = re.compile(
    "(?:第[一二三四五六七八九十0-9]+[辑期卷])?等?(?: ?[0-9一二三四五六七八九十]{1,4}余?[个所处家座支项])?"
    "(?:竣工|建成|全面|正式|顺利|挂牌|并网|完工)?(?:落地|投产|启用|投用|建成|运行|运营|发电|挂牌|上线|开业|完工)?$"
)
_ASSESSED = re.compile("评议|测评|评价|考核|打分")
_ASSESSMENT = re.compile("[^，。；]{0,4}(?:满意|测评|优秀率|合格率|得分)")
"""How the clause behind one about an assessment opens."""
_PASSIVE = re.compile("(?:提案|建议|》)”?(?:已|均)?被$")
_ADOPTS = re.compile("(?:充分|全部|积极)?(?:采纳|吸收|吸纳|采用)")
_RULES = re.compile("(?:机制|制度|规则|办法|规划)”?$")
"""What is set up and does nothing itself."""
_HOLDS = ("收录", "收入", "刊载", "刊发", "发行", "全书")
"""What a clause opens with that goes on about a book."""
_JOINS = ("、", "和", "与")
_BEGIN = attrgetter("mention.start")
_FIGURE = attrgetter("start")


def clause_topics(words: Words, links: Sequence[Link]) -> dict[int, tuple[str, ...]]:
    """Clause by its start to the things that the text names as its topic.

    A clause goes on about what opened the one before; about an area like 全省 the
    whole rest of the sentence does.

    Args:
        words: A sentence with its figures.
        links: Its mentions, in its own offsets.
    """
    if not words.numbers or not links:
        return {}
    course = _Course(words, links)
    return {clause.start: course.go_on(clause) for clause in words.clauses}


@dataclass(slots=True)
class _Course:
    """What the clauses of a sentence are about, one after the other."""

    words: Words
    links: Sequence[Link]
    topic: ClauseTopic = field(default_factory=ClauseTopic)
    founded: ClauseTopic = field(default_factory=ClauseTopic)
    """What the clause before founded."""
    assessed: tuple[str, ...] = ()
    """Whom it says that were assessed."""

    def go_on(self, clause: Span) -> tuple[str, ...]:
        """What the next clause is about."""
        within = _within(self.links, clause)
        self.topic = now = self._told_by(clause, within)
        if not now.told and has_figure(self.words, clause):
            self.topic = replace(now, told=True)
        self.founded = _founded(self.words, within, clause)
        if adopter := _adopting(self.words, within, clause):
            self.topic = ClauseTopic((adopter,), told=True, fixed=True)
        self.assessed = _assessed(self.words, within, clause)
        return now.names

    def _told_by(self, clause: Span, within: Sequence[Link]) -> ClauseTopic:
        """What a clause is about, by its own words or by the clause before."""
        words, topic = self.words, self.topic
        if opened := _opening_links(words, self.links, clause):
            return _opened(words, opened, clause)
        if actor := _actor(words, within, clause):
            return ClauseTopic((actor,), told=True, acting=has_figure(words, clause))
        if self.assessed and _ASSESSMENT.match(words.text, clause.start, clause.end):
            return ClauseTopic(self.assessed, told=True)
        if self.founded.names and goes_on(words, clause, self.founded):
            return self.founded
        if not topic.names or _are_members(words, within[:1], clause):
            return ClauseTopic()
        return topic if goes_on(words, clause, topic) else ClauseTopic()


_BUILDING = re.compile(
    "[\u4e00-\u9fff]{0,6}(?:楼|病房|厂房|车间|大厅|宿舍)(?!村|镇|层)"
)
"""A building behind whose it is; what follows is not told of the owner."""


def _opened(words: Words, opened: Sequence[Link], clause: Span) -> ClauseTopic:
    """What a clause is about that opens with some mentions."""
    if _are_members(words, opened, clause):
        return ClauseTopic()
    things = [
        link
        for link in opened
        if link.mention.type in _THINGS
        or _WINS.match(words.text, link.mention.end, clause.end)
    ]
    names = tuple(link.entity or "" for link in things)
    last = opened[-1].mention
    if _BUILDING.match(words.text, last.end, clause.end):
        return ClauseTopic()  # 县医院|门诊综合楼投入使用
    if last.type is EntityType.PLC and words.text.startswith("至", last.end):
        return ClauseTopic()  # 郑州|至哈密旅游专列开行12列
    areas = all(_AREA.fullmatch(link.mention.text) for link in things)
    if not things or not areas or words.text.startswith("“", last.end):
        return ClauseTopic(names)
    if last.text.startswith(_DEICTIC):
        return ClauseTopic(names, of_area=True, fixed=True)
    behind = words.tokens(Span(last.end, clause.end))[:1]
    owner = bool(behind) and behind[0].kind in _OWNED
    return ClauseTopic(names, of_area=not owner)


def _within(links: Sequence[Link], clause: Span) -> Sequence[Link]:
    """The links of a clause."""
    first = bisect_left(links, clause.start, key=_BEGIN)
    return links[first : bisect_left(links, clause.end, lo=first, key=_BEGIN)]


def _opening_links(words: Words, links: Sequence[Link], clause: Span) -> list[Link]:
    """The mentions that open a clause as its topic: 引汉济渭工程完成投资86亿元."""
    at = clause.start
    within = starting_in(words.known, clause.start, clause.end)
    if within and within[0].kind == "time" and within[0].start <= at + 1:
        at = within[0].end
    leading = _LEADING.match(words.text, at, clause.end)
    at = leading.end() if leading else at
    found: list[Link] = []
    for k in range(bisect_left(links, at, key=_BEGIN), len(links)):
        name = links[k].mention
        if name.start != at:
            break
        if found and found[-1].mention.end == at and _is_place(found[-1]):
            found.pop()  # 合肥|中欧班列
        found.append(links[k])
        at = name.end + words.text.startswith("、", name.end)
    if found and _lists_products(words.text, at, links):
        return []
    nearest = bisect_left(words.numbers, at, key=_FIGURE)
    counted = found and [
        number.start for number in words.numbers[nearest : nearest + 1]
    ] == [at]
    if counted and not (leading and leading[0].endswith(_REACHES)):
        first = found[0].mention
        if first.type != EntityType.PLC or first.text.startswith(_DEICTIC):
            return []  # 全县279名政协委员, 基层立法联系点6个
    partner = _PARTNER.match(words.text, at)
    met = found and found[0].mention.type == EntityType.EVT
    if met and _OF_MEETING.match(words.text, at):
        return []  # 十届三次会议以来，共收到提案148件
    return [] if words.text.startswith(_NO_TOPIC, at) and not partner else found


def _is_place(link: Link) -> bool:
    return link.mention.type == EntityType.PLC


def _lists_products(text: str, at: int, links: Sequence[Link]) -> bool:
    """Whether a place only tells whence the first of some things is: 绍兴|黄酒、金华火腿."""
    product = _PRODUCT.match(text, at)
    if product is None:
        return False
    following = bisect_left(links, product.end(), key=_BEGIN)
    named = links[following : following + 1]
    return bool(named) and named[0].mention.start == product.end()


def _are_members(words: Words, opened: Sequence[Link], clause: Span) -> bool:
    """Whether what opens a clause is of those that its figure counts.

    None of 潜江、松滋等10个县市 is whom the number is about.
    """
    if not opened or opened[0].mention.start != clause.start:
        return False
    at = bisect_left(words.numbers, opened[-1].mention.end, key=_FIGURE)
    number = words.numbers[at] if at < len(words.numbers) else None
    if number is None or number.start >= clause.end or number.kind != "count":
        return False
    several = len(opened) > 1 or words.text[opened[-1].mention.end] in "、等"
    return several and sums_up(words, number)


def sums_up(words: Words, number: Number) -> bool:
    """Whether a list before a figure names what it counts: A、B等10个, A、B、C3家.

    So it is in A、B等党派团体提案96件, where only nouns stand between.
    """
    start = words.clause(number.start).start
    others = words.text.rfind("等", start, number.start)
    if others >= 0:
        between = words.tokens(Span(others + 1, number.start))
        short = number.start - others <= _SHORT
        return short and all(word.kind in {"noun", "quoted"} for word in between)
    members = words.text.count("、", start, number.start) + 1
    return members > 1 and number.value == members and number.kind == "count"


def _actor(words: Words, within: Sequence[Link], clause: Span) -> str:
    """Who is said to have acted in a clause that another body opens, or nothing."""
    for link in reversed(within):
        name = link.mention
        if name.type == EntityType.PER:
            if words.text.startswith(_GIVES, name.end):
                return link.entity or ""
        elif _CAUSED.search(
            words.text, max(clause.start, name.start - _NEAR), name.start
        ) and _acts(words, Span(name.end, clause.end)):
            return link.entity or ""
    return ""


def _acts(words: Words, behind: Span) -> bool:
    """Whether what stands behind a name says what it did: 在甲街道新建食堂11个."""
    where = _WHERE.match(words.text, *behind)
    at = where.end() if where else behind.start
    if _ACTING.match(words.text, at):
        return True
    tokens = words.tokens(Span(at, behind.end))
    return bool(tokens) and tokens[0].kind in _ACTS


def _adopting(words: Words, within: Sequence[Link], clause: Span) -> str:
    """The body by which a clause says that a proposal was adopted.

    What the next clauses tell was its doing: 提案被市林草局采纳，新建林带12公里.
    """
    body = within[-1].mention if within else None
    if body is None or body.type != EntityType.ORG:
        return ""
    if not _PASSIVE.search(words.text, clause.start, body.start):
        return ""
    adopts = _ADOPTS.fullmatch(words.text, body.end, clause.end)
    return (within[-1].entity or "") if adopts else ""


def _assessed(words: Words, within: Sequence[Link], clause: Span) -> tuple[str, ...]:
    """The bodies that a clause says were assessed: 对市教育局、市民政局开展工作评议."""
    bodies = [link for link in within if link.mention.type == EntityType.ORG]
    at = words.text.find("对", *clause)
    if at < 0 or not _ASSESSED.search(words.text, at, clause.end):
        return ()
    found: list[str] = []
    for link in bodies:
        name = link.mention
        if name.start == at + 1 and link.entity:
            found.append(link.entity)
            at = name.end - (not words.text.startswith(_JOINS, name.end))
    return tuple(found)


def _founded(words: Words, within: Sequence[Link], clause: Span) -> ClauseTopic:
    """What a clause founds, builds or holds, so that the next may go on about it."""
    if not within:
        return ClauseTopic()
    name = within[-1].mention
    stands = _STANDS.fullmatch(words.text, name.end, clause.end)
    if stands is None or _RULES.search(name.text):
        return ClauseTopic()
    holds = words.text.startswith(_HOLDS, clause.end + 1)
    if name.type == EntityType.DOC and not holds:
        return ClauseTopic()
    before = Span(max(clause.start, name.start - _NEAR), name.start)
    goes_on = _COMPLETED.match(words.text, clause.end) and _WORKS.search(name.text)
    if _FOUNDED.search(words.text, *before) or (
        goes_on and _BUILT.search(words.text, *before)
    ):
        brief = name.type in {EntityType.EVT, EntityType.PRG}
        return ClauseTopic((within[-1].entity or "",), told=True, brief=brief)
    return ClauseTopic()
