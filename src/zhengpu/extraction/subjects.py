"""Subjects: whose fact a figure is, where the figure's own sentence tells.

A clause may open with what it is about (引汉济渭工程完成投资86亿元), say who was
made to act (推动州卫生健康委招聘医生168名), or go on about what the clause before
founded (举办第二届大会，签约项目22个). All else is left to the discourse.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TYPE_CHECKING

from zhengpu.extraction.rows import row_end
from zhengpu.extraction.wording import starting_in
from zhengpu.knowledge.patterns import quick
from zhengpu.model import EntityType, Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from zhengpu.extraction.figures import Words
    from zhengpu.extraction.measures import Measure
    from zhengpu.extraction.numbers import Number
    from zhengpu.extraction.wording import Token
    from zhengpu.model import Link, Mention

_ADOPTED = frozenset(("采用", "采纳", "刊用", "批示"))
_THINGS = frozenset((EntityType.PLC, EntityType.PRG, EntityType.EVT, EntityType.DOC))
_LEADING = re.compile(
    "(?:其中|同时|目前|全年|累计|预计|力争|确保|实现|使|带动|惠及|据统计|年末|年底|但|、| |，)*"
)
_REACHES = ("带动", "惠及")
_DEICTIC = ("全", "我", "本")
_RANGE = re.compile("[全我本][国省市县区州旗盟镇乡村街]")
_PRODUCT = re.compile("[^，。；、0-9]{1,10}、")
_PARTNER = re.compile("[与和同][我本全][省市县区州旗盟]")
_NO_TOPIC = (*"的和与及等、在上中内为（", "对口")
_OF_MEETING = re.compile(
    "(?:[于在][^，。；]{2,30}(?:召开|举行)|(?:大会|会议)?(?:以来|期间|闭会|上|后|之后|召开|提出|交办|确定|增补|增选|补选))"
)
_GOES_ON = frozenset(("hold", "verb", "keep", "carry", "growth", "decline", "nominal"))
_LEADS = frozenset(("stop", "list", "adverb", "link", "scope", "time"))
_OWN = frozenset(
    (
        "户均",
        "人均",
        "日均",
        "每日",
        "年",
        "总投资",
        "产值",
        "年产值",
        "项目",
        "就业",
        "注册",
        "入驻",
        "收录",
        "授信",
        "全长",
    )
)
_YIELD = re.compile("(?:年|日|总|综合|旅游)*(?:产值|营收|产)|(?:年|旅游|综合)+收入")
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
_ACTING = re.compile(
    "投资|出资|投入|招聘|改造|更新|完成|实现|清理|清运|整治|修复|配备|安装|封堵|为[^，。；]{1,14}[捐配]"
)
_AGAIN = re.compile(
    "(?:全年|累计|力争|还|并|、| )*(?:新[增建改扩]|改造|建成|建设|打造|召开|举办|走访|引进[^，；]{0,4}人才|选派|拍摄|编发|编印|落实|提出|形成|办好)"
)
"""What the reporting body did besides."""
_WINS = re.compile("获?得(?:到|了)?[^，。；\\d]{0,4}票")
"""What is told of a candidate: 张三得赞成票199张."""
_VOTES = ("得票", "得赞成票", "赞成票")
"""What a clause opens with that goes on about a candidate."""
_GIVES = ("捐", "援", "驰援", "资助", "带领", "出资", "认捐")
"""What persons do in their own name."""
_FOUNDED = re.compile(
    "(?:建成|新建|建起|建立|设立|组建|成立|推出|举办|承办|主办|创办|开办|搭建|共建|打造|建设|启用|创建"
    "|上线|开设|编辑出版|征编出版|编纂出版|实施的|共建的|牵头组建|办好|元的)了?$"
)
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
_SUPERVISES = re.compile("(?:领衔|带头|牵头|包案)(?:督办|领办)")
"""What leaders do with proposals, whose facts these are."""
_NEXT = re.compile("[二三四五六七八九十]是")
"""What opens the next of several tasks."""
_TOWARDS = re.compile("(?:就地|对[^，。；]{2,30}(?:开展|进行|实施))")
"""What a clause that goes on about whom was founded may open with."""
_RULES = re.compile("(?:机制|制度|规则|办法|规划)”?$")
"""What is set up and does nothing itself."""
_HANDED_IN = frozenset(("件", "份", "条", "篇"))
_GIVEN = re.compile("(?:(?:分别|依次)(?:提交|提出|报送|为)|提交|报送)(?=$)")
"""What stands between bodies and the figures of what they handed in."""
_CAME = re.compile("邀请[^，。；]{0,24}$")
_INVITED = re.compile("邀请了?$")
_HOLDS = ("收录", "收入", "刊载", "刊发", "发行", "全书")
"""What a clause opens with that goes on about a book."""
_LEADING_BODY = re.compile("(?:[工纪党]委|委员会|党组|常委会|政府|政协|人大)$")
_SEVERAL = 2
_MEETING = re.compile("会议|全会")
_INVESTED = re.compile("(?:计划|累计)?总?投资")
_JOINS = ("、", "和", "与")
_PARTS = re.compile("[；;]")


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

    def named(self, n: int, measure: Measure) -> tuple[str, ...]:
        """The entities that the text itself names as what the n-th figure is about.

        Empty where that is left to the discourse.
        """
        if measure.carried in _ADOPTED:
            body = _adopter(self.words, n, measure, self.links)
            if body:
                return (body,)
        if works := _works(self.words.numbers[n], measure, self.words, self.links):
            return (works,)
        if givers := _givers(self.words, n, self.links):
            return givers
        clause = self.words.clause(self.words.numbers[n].start)
        return _each(self.words, n, self.topics.get(clause.start, ()))

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

    def is_bystander(self, n: int, subject: str) -> bool:
        """Whether what the discourse is about is no subject of counted facts.

        So is a person who opens a sentence that goes on about what was done
        (邀请教授某某作辅导，320名干部参加), the meeting since which something was done,
        and a body named in an earlier part of the sentence (；), unless one that leads
        opened it: after 县人民医院新院区启用； others are meant, after 街道党工委…； not.
        """
        if subject not in self.stretches:
            return False
        first, last = self.stretches[subject]
        words, at = self.words, self.words.numbers[n].start
        if self._is_member(n, last) or first.type == EntityType.EVT:
            return (
                last.type == EntityType.PLC or _MEETING.search(first.text) is not None
            )
        if first.type == EntityType.PER:
            own = words.clause(first.start).start
            came = _CAME.search(words.text, own, first.start)
            return came is not None or first.start < words.clause(at).start
        if _last_before(self.supervised, at) >= first.start:
            return True
        guest = _INVITED.search(words.text, max(0, first.start - 4), first.start)
        if guest and first.start < words.clause(at).start:
            return True  # 邀请民革市委会参与，集体提案占比达到20%
        opens = first.start < words.clauses[0].end
        opens = opens and _LEADING_BODY.search(first.text) is not None
        return not opens and last.start < _last_before(self.parts, at + 1)

    def _is_member(self, n: int, place: Mention) -> bool:
        """Whether a place is one of those that a figure counts."""
        number, text = self.words.numbers[n], self.words.text
        if place.type != EntityType.PLC:
            return False
        within = self.words.clause(number.start).start <= place.start < number.start
        listed = within and (place.end == number.start or text[place.end] in "、等")
        return listed and _sums_up(self.words, number)


def _last_before(places: Sequence[int], at: int) -> int:
    """The last of some places before an offset; -1 where there is none."""
    index = bisect_left(places, at) - 1
    return places[index] if index >= 0 else -1


def scene_of(words: Words, links: Sequence[Link]) -> Scene:
    """A sentence with what its clauses are about, where the text names it.

    A clause goes on about what opened the one before; about an area the whole
    rest of the sentence does.

    Args:
        words: A sentence with its figures.
        links: Its mentions, in its own offsets.
    """
    found: dict[int, tuple[str, ...]] = {}
    topic, founded = _Topic(), ""
    assessed: tuple[str, ...] = ()
    for clause in words.clauses if words.numbers and links else ():
        within = _within(links, clause)
        if opened := _opening_links(words, links, clause):
            topic = _opened(words, opened, clause)
        elif actor := _actor(words, within, clause):
            topic = _Topic((actor,), told=True)
        elif assessed and _ASSESSMENT.match(words.text, clause.start, clause.end):
            topic = _Topic(assessed, told=True)
        elif founded and _keeps_topic(words, clause):
            topic = _Topic((founded,), told=True)
        elif topic.names and (
            _are_members(words, within[:1], clause)
            or not _goes_on(words, clause, topic)
        ):
            topic = _Topic()
        found[clause.start] = topic.names
        if not topic.told and _has_figure(words, clause):
            topic = replace(topic, told=True)
        founded = _founded(words, within, clause)
        assessed = _assessed(words, within, clause)
    stretches: dict[str, tuple[Mention, Mention]] = {}
    for link in links:
        if link.entity:
            first, _ = stretches.get(link.entity, (link.mention, None))
            stretches[link.entity] = (first, link.mention)
    supervised = [m.start() for m in _SUPERVISES.finditer(words.text)]
    parts = [m.end() for m in _PARTS.finditer(words.text)]
    return Scene(words, links, found, stretches, supervised, parts)


@dataclass(frozen=True, slots=True)
class _Topic:
    """What a clause is about, as far as the next ones may go on about it."""

    names: tuple[str, ...] = ()
    """Entity ids."""
    of_area: bool = False
    """Whether it is an area, so that much more can be told of it."""
    told: bool = False
    """Whether a figure of it was given."""
    fixed: bool = False
    """Whether it is an area that whatever follows is about: 全省."""


def _opened(words: Words, opened: Sequence[Link], clause: Span) -> _Topic:
    """What a clause is about that opens with some mentions."""
    if _are_members(words, opened, clause):
        return _Topic()
    things = [
        link
        for link in opened
        if link.mention.type in _THINGS
        or _WINS.match(words.text, link.mention.end, clause.end)
    ]
    names = tuple(link.entity or "" for link in things)
    last = opened[-1].mention
    areas = all(_AREA.fullmatch(link.mention.text) for link in things)
    if not things or not areas or words.text.startswith("“", last.end):
        return _Topic(names)
    fixed = last.text.startswith(_DEICTIC)
    behind = words.tokens(Span(last.end, clause.end))[:1]
    owner = not fixed and bool(behind) and behind[0].kind in _OWNED
    return _Topic(names, of_area=not owner, fixed=fixed)


def _has_figure(words: Words, clause: Span) -> bool:
    """Whether something is counted in a clause."""
    first = bisect_left(words.numbers, clause.start, key=_FIGURE)
    nearest = words.numbers[first : first + 1]
    return bool(nearest) and nearest[0].start < clause.end


_BEGIN = attrgetter("mention.start")
_FIGURE = attrgetter("start")


def _within(links: Sequence[Link], clause: Span) -> Sequence[Link]:
    """The links of a clause."""
    first = bisect_left(links, clause.start, key=_BEGIN)
    return links[first : bisect_left(links, clause.end, lo=first, key=_BEGIN)]


def _adopter(words: Words, n: int, measure: Measure, links: Sequence[Link]) -> str:
    """The body by which something was adopted (被全国政协采用3条), or nothing."""
    for start, end in (words.before[n], words.after[n]):
        verb = words.text.find(measure.carried, start, end)
        at = bisect_left(links, verb, key=_BEGIN) - 1
        name = links[at].mention if at >= 0 else None
        if name and name.type == EntityType.ORG and name.end == verb:
            return links[at].entity or ""
    first = _row_start(words, n)
    told = words.text.rfind(f"分别{measure.carried}", *words.before[first])
    several = _ending_at(told, words.text, links) if told >= 0 else []
    every = len(several) == row_end(words, first) - first
    return several[n - first] if every else ""


def _givers(words: Words, n: int, links: Sequence[Link]) -> tuple[str, ...]:
    """The bodies right before figures of what they handed in: 其中民进支部提交5件."""
    first = _row_start(words, n)
    number = words.numbers[first]
    if number.unit not in _HANDED_IN:
        return ()
    told = _GIVEN.search(words.text, words.clause(number.start).start, number.start)
    found = _ending_at(told.start(), words.text, links) if told else []
    return _each(words, n, tuple(found)) if found else ()


def _row_start(words: Words, n: int) -> int:
    """The first figure of the row that the n-th is part of."""
    first = n
    while first and row_end(words, first - 1) > n:
        first -= 1
    return first


def _ending_at(at: int, text: str, links: Sequence[Link]) -> list[str]:
    """The bodies of a list that ends at a place: 被省政协、市政协|分别采用2条、8条."""
    found: list[str] = []
    for k in range(bisect_left(links, at, key=_BEGIN) - 1, -1, -1):
        link = links[k]
        name = link.mention
        if name.end < at:
            break
        if name.end == at and name.type == EntityType.ORG and link.entity:
            if text.startswith("向", name.start - 1):
                return []  # 向县委报送
            found.insert(0, link.entity)
            at = name.start - text.startswith(_JOINS, name.start - 1)
    return found


def _works(
    number: Number, measure: Measure, words: Words, links: Sequence[Link]
) -> str:
    """What a sum is invested in: 总投资27.5亿元的|玉林陆港项目."""
    if not _INVESTED.fullmatch(measure.name) or words.text[number.end] != "的":
        return ""
    at = bisect_left(links, number.end + 1, key=_BEGIN)
    name = links[at].mention if at < len(links) else None
    stands = name and name.start == number.end + 1 and name.type in _THINGS
    return (links[at].entity or "") if stands else ""


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
    return several and _sums_up(words, number)


def _sums_up(words: Words, number: Number) -> bool:
    """Whether a list before a figure names what it counts: A、B等10个, A、B、C3家."""
    start = words.clause(number.start).start
    if words.text.endswith("等", start, number.start):
        return True
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
        ):
            behind = words.tokens(Span(name.end, clause.end))
            acts = behind and behind[0].kind in _ACTS
            if acts or _ACTING.match(words.text, name.end):
                return link.entity or ""
    return ""


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


def _founded(words: Words, within: Sequence[Link], clause: Span) -> str:
    """What a clause founds, builds or holds, so that the next may go on about it."""
    if not within:
        return ""
    name = within[-1].mention
    stands = _STANDS.fullmatch(words.text, name.end, clause.end)
    if stands is None or _RULES.search(name.text):
        return ""
    holds = words.text.startswith(_HOLDS, clause.end + 1)
    if name.type == EntityType.DOC and not holds:
        return ""
    if _FOUNDED.search(words.text, max(clause.start, name.start - _NEAR), name.start):
        return within[-1].entity or ""
    works = _BUILT.search(words.text, max(clause.start, name.start - _NEAR), name.start)
    goes_on = _COMPLETED.match(words.text, clause.end)
    return (
        within[-1].entity or ""
        if works and goes_on and _WORKS.search(name.text)
        else ""
    )


def _each(words: Words, n: int, topics: tuple[str, ...]) -> tuple[str, ...]:
    """Of things that figures are given respectively, the one that the n-th is about.

    One figure for several things (浔江、都柳江水质达标率100%) is about each.
    """
    if len(topics) < _SEVERAL:
        return topics
    first = n
    while first and n - first < len(topics) and row_end(words, first - 1) > n:
        first -= 1
    respective = row_end(words, first) - first == len(topics) > 1
    return (topics[n - first],) if respective else topics


def _goes_on(words: Words, clause: Span, topic: _Topic) -> bool:
    """Whether a clause still is about what another before it opened with.

    What only happened to a thing (某行动启动实施，某县发展基础夯实) is all that is told
    of it, unless the clause names a part of it.
    """
    if _NEXT.match(words.text, clause.start):
        return False
    if topic.fixed or words.text.startswith(_VOTES, clause.start):
        return True
    if not topic.told and not topic.of_area:
        return _names_part(words, clause)
    told = topic.of_area and (topic.told or _has_figure(words, clause))
    return told or _keeps_topic(words, clause)


def _names_part(words: Words, clause: Span) -> bool:
    """Whether a clause opens with what a thing has or carries: 总投资, 发送旅客."""
    tokens = words.tokens(clause)
    first = next((token for token in tokens if token.kind not in _LEADS), None)
    return first is not None and (
        first.kind == "verb" or _is_own(words, first)
    )


def _is_own(words: Words, token: Token) -> bool:
    """Whether a word, with those behind it, names what a thing has: 综合产值."""
    own = _YIELD.match(words.text, token.start)
    return token.text in _OWN or own is not None


def _keeps_topic(words: Words, clause: Span) -> bool:
    """Whether a clause goes on about the thing named before: …，带动农户1350户."""
    if _AGAIN.match(words.text, clause.start):
        return False
    if _TOWARDS.match(words.text, clause.start, clause.end):
        return True
    for token in words.tokens(clause):
        if token.kind not in _LEADS:
            return token.kind in _GOES_ON or _is_own(words, token)
    return True
