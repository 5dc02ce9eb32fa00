"""Events told by what is done with them: 举办|中非经贸博览会|、|长江文明论坛|等活动.

A verb of holding opens a list whose members are named events if they end like
one (论坛, 电影节) and say more than their kind. What comes back by its count
(举办3届|滇商大会) is one whatever it is called.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from zhengpu.knowledge.lexicon import table, words
from zhengpu.knowledge.rulebook import FOLDED
from zhengpu.model import EntityType, Mention
from zhengpu.text.tagging import known, tagged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhengpu.extraction.skeleton import Skeleton

_HOLDS = re.compile(
    "(?:举办|承办|主办|协办|合办|办好|筹办|争办|申办|召开|举行|出席|亮相|保障|用好|放大|扩大|打响|擦亮|叫响|唱响|提升|参加|参与|创办|借助|依托|发挥)(?:了|好)?(?=(?P<list>[^，。；：！？\\n]{3,160}))"
)
_EDITIONS = re.compile(r"(?:\d{1,2}|[两三四五六七八九十])届")
_END = re.compile(
    "(?:和|及|以及)?等|[（(](?=[^）)]*$)|(?:期间|筹备|圆满|成功|实现|开幕|影响)"
)
_TELLS = re.compile(
    rf"[{FOLDED['AREA']}{FOLDED['PLC']}{FOLDED['ORG']}{FOLDED['PRG']}{FOLDED['EVT']}“A-Z]"
    "|20\\d\\d|第.{1,4}[届次]|首届|国际|世界|全球|全国|中国|两岸|海峡|丝绸|[亚欧非美][洲欧美]"
)
"""What makes one event of a kind of meeting."""
_NO_NAME = re.compile(
    "(?:各[类种级]|大型|专[场题]|系列|一[批系场次]|多[场次种]|\\d+[余多]?[场次个期]|重[大要点]|品牌|高端|有关|相关|新闻|省级|本次|这次|全体|同级|各级|地方|庆祝?活动)"
)


@cache
def _heads() -> re.Pattern[str]:
    """How the names of events end, perhaps with what is said in brackets behind."""
    heads = {row["word"] for row in table("heads") if row["type"] == EntityType.EVT}
    great = "|".join(sorted(w for w in heads if not w.endswith(_MEETINGS)))
    others = "|".join(sorted(w for w in heads if w.endswith(_MEETINGS)))
    others += "|" + FOLDED["EVT"]  # 湄公河合作|第八次领导人会议
    return re.compile(
        rf"(?P<core>.*?)(?:(?P<great>{great})|{others})(?:[（(][^（）()]{{1,10}}[）)])?$"
    )


_MEETINGS = (
    "现场会",
    "交流会",
    "座谈会议",
    "仪式",
    "推介会",
    "对接会",
    "发布会",
    "签约会",
    "恳谈会",
)
"""Kinds of meetings: what they are about does not name them."""


_PARTS = re.compile("、|[暨和](?=第)")


def _members(list_: str) -> Iterator[tuple[int, int]]:
    """The spans of the members of a list: 论坛|、|第八届省运会|和|第三届残运会."""
    at = 0
    for part in (*(m.span() for m in _PARTS.finditer(list_)), (len(list_),) * 2):
        halves = list_[at : part[0]].split("和")
        if len(halves) == 2 and _heads().match(halves[0]):  # noqa: PLR2004
            yield at, at + len(halves[0])
            at += len(halves[0]) + 1
        yield at, part[0]
        at = part[1]


def _name(member: str) -> tuple[int, int, bool] | None:
    """Where in a member of a list a name may stand, and whether an edition tells it."""
    ended = _END.search(member, 2)
    edition = _EDITIONS.match(member)
    start, end = edition.end() if edition else 0, ended.start() if ended else -1
    name = member[start:end] if ended else member[start:]
    if not 2 <= len(name) <= _LONGEST or re.search("[的了在]", name):  # noqa: PLR2004
        return None
    if name in words("generic", "phrase") or _NO_NAME.match(name):
        return None
    return start, start + len(name), edition is not None


def _is_event(name: str, *, listed: bool) -> bool:
    """Whether a name ends like an event's and says more than its kind.

    Args:
        name: In the skeleton.
        listed: Whether another event stands in its list.
    """
    told = _heads().match(name)
    if told is None:
        return False
    if name[-1] == FOLDED["EVT"] and FOLDED["EVT"] in told["core"]:
        return False
    if _TELLS.search(told["core"]):
        return True
    coined = len(told["core"]) > _COINED and any(
        len(word) > 1 and not known(word) for word, _ in tagged(told["core"])
    )
    shortest = 1 if listed else _COINED if coined else _CORE
    return bool(told["great"]) and len(told["core"]) > shortest


_CLOSED = re.compile("等[^，。；、]{0,6}(?:活动|赛事|展会|盛会|会议)$")
"""How a list of events ends whose members are events whatever they are called."""
_LOOSE = re.compile("[“等]|^[十\\d]+大")
"""What is in such a list no name of its own: a quotation, the end, a count."""
_SHORTEST = 2
_CORE = 4
"""A longer core tells an event by itself: 文旅产业高质量发展|大会."""
_COINED = 2
"""So is one with a word of its own: 徽学学术|大会."""
_LONGEST, _SHORT = 32, 8


def _in_list(list_: str) -> Iterator[tuple[int, int]]:
    """The spans of the events in a list."""
    named = []
    for a, b in _members(list_):
        if found := _name(list_[a:b]):
            start, end, edition = found
            named.append((a + start, a + end, edition))
    sure = [
        (a, b)
        for a, b, edition in named
        if (edition and b - a <= _SHORT) or _is_event(list_[a:b], listed=False)
    ]
    yield from sure
    known = list_.count(FOLDED["EVT"])
    closed = len(sure) + known > 1 and _CLOSED.search(list_) is not None
    for a, b, _ in named if sure else ():
        name = list_[a:b]
        free = closed and len(name) > _SHORTEST and not _LOOSE.search(name)
        if (a, b) not in sure and (free or _is_event(name, listed=True)):
            yield a, b


def find_happenings(skeleton: Skeleton, clean: str) -> list[Mention]:
    """The events that a text says were or will be held.

    Args:
        skeleton: With areas, bodies, programmes and known events folded.
        clean: The clean text.
    """
    out = []
    for m in _HOLDS.finditer(skeleton.text):
        for a, b in _in_list(m["list"]):
            at = m.start("list")
            start, end = skeleton.span(at + a, at + b)
            name = clean[start:end]
            out.append(Mention(EntityType.EVT, start, end, name, "happenings/held"))
    for start, end in _that_are_held(skeleton):
        name = clean[start:end]
        out.append(Mention(EntityType.EVT, start, end, name, "happenings/is-held"))
    return out


def _that_are_held(skeleton: Skeleton) -> Iterator[tuple[int, int]]:
    """The clean spans of the events that a clause opens with: 某县招商推介会|在某地举行."""
    for m in _IS_HELD.finditer(skeleton.text):
        name = m["name"]
        if _NO_NAME.match(name) or not _LOCAL.search(name):
            continue
        if not _DONE_BY.search(name) and _heads().match(name):
            yield skeleton.span(*m.span("name"))


_IS_HELD = re.compile(
    r"(?:(?<=[，。；：\n])|^)(?P<name>(?:20\d\d年?)?[^，。；、：！？\n的]{4,36}?(?:会|仪式|活动|大赛|赛|节|展|论坛|周))"
    r"(?=(?:\d{1,2}月\d{1,2}日)?在[^，。；\n]{1,24}(?:举行|举办|召开|开幕|启动|启幕|开赛|落幕|闭幕|收官)"
    r"|由[^，。；\n]{1,40}(?:主办|承办)|(?:成功|隆重|圆满|顺利|盛大|正式)*(?:举行|举办(?![权地方城])|开幕|启幕|开赛|落幕|闭幕|收官))"
)
"""An event that a clause opens with, before what is told of its course."""
_LOCAL = re.compile(
    rf"^(?:20\d\d年?)?[{FOLDED['AREA']}{FOLDED['PLC']}]|“|第.{{1,3}}[届次]|首届"
)
"""What makes one event of a kind of meeting that is held: whose it is, which one."""
_DONE_BY = re.compile(
    f"[{FOLDED['PER']}{FOLDED['ORG']}](?!.{{0,4}}[·—])|举行|召开|参加|出席|开展|赢得|申办|获得|办好"
)
"""What stands in no name of an event, but in a clause about one."""
