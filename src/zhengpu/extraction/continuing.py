"""Whether a clause still is about what another before it opened with."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zhengpu.extraction.figures import Words
    from zhengpu.extraction.wording import Token
    from zhengpu.model import Span


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

_MEANS = frozenset(("日均", "每日", "人均", "户均"))
"""Words that a sum may open with whosesoever it is."""

_YIELD = re.compile(
    "(?:年|日|总|综合|旅游)*(?:产值|营收|产)|(?:年|旅游|综合)+收入"
    "|[年日](?:处理|发电|供[水电气热]|加工|吞吐)|(?:总?成交|交易)额|溢价率"
    "|(?:年|旅客|货物|货邮|集装箱)+吞吐量"
)

_AGAIN = re.compile(
    "(?:全年|年内|累计|力争|还|并|、| )*(?:新[增建改扩]|净增|修订|制定|出台|改造|建成|建设|创建|打造|召开|举办|走访|引进[^，；]{0,4}人才|选派|拍摄|编发|编印|落实|提出|形成|办好)"
)
"""What the reporting body did besides."""

_VOTES = ("得票", "得赞成票", "赞成票")
"""What a clause opens with that goes on about a candidate."""

_ALL_YEAR = re.compile(
    "全年|接待(?:国内外|境内外|中外)?游客|进出口(?:总额|总值)?|生产总值|(?:财政|税收)收入"
)
"""What is told of a whole place, not of what lasts some days."""

_FIGURE = attrgetter("start")
_NEXT = re.compile("[二三四五六七八九十]是")
"""What opens the next of several tasks."""

_TOWARDS = re.compile("(?:就地|对[^，。；]{2,30}(?:开展|进行|实施))")
"""What a clause that goes on about whom was founded may open with."""


_STRANGER = re.compile(
    "(?![该其全各本两此这])[一-鿿]{2,8}"
    "(?:旅游区|景区|度假区|小镇|古镇|古城|公园|园区|街区|基地|馆|医院|学校|公司|企业|合作社|农场|市场|商城)"
    "(?:全年|年内|累计|共)?(?=接待|实现|吸引|完成|新增|举办|开展|年产|产值|营收|带动|发放|投入)"
)
"""Another thing that a clause opens with, though its name was not understood."""


@dataclass(frozen=True, slots=True)
class ClauseTopic:
    """What a clause is about, as far as the next ones may go on about it."""

    names: tuple[str, ...] = ()
    """Entity ids."""
    of_area: bool = False
    """Whether it is an area, so that much more can be told of it."""
    told: bool = False
    """Whether a figure of it was given."""
    fixed: bool = False
    """Whether whatever follows is about it: 全省."""
    acting: bool = False
    """Whether it was made to act, so that what follows is its doing, too."""
    brief: bool = False
    """Whether it lasts no year: 举办某某节，全年接待游客50万人次 is not about it."""


def has_figure(words: Words, clause: Span) -> bool:
    """Whether something is counted in a clause."""
    first = bisect_left(words.numbers, clause.start, key=_FIGURE)
    nearest = words.numbers[first : first + 1]
    return bool(nearest) and nearest[0].start < clause.end


def goes_on(words: Words, clause: Span, topic: ClauseTopic) -> bool:
    """Whether a clause still is about what another before it opened with.

    What only happened to a thing (某行动启动实施，某县发展基础夯实) is all that is told
    of it, unless the clause names a part of it.
    """
    strange = not topic.fixed and _STRANGER.match(words.text, *clause)
    if strange or _NEXT.match(words.text, clause.start):
        return False
    if topic.fixed or words.text.startswith(_VOTES, clause.start):
        return True
    if topic.brief and _ALL_YEAR.search(words.text, clause.start, clause.end):
        return False
    if topic.acting and _AGAIN.match(words.text, clause.start):
        return True
    if not topic.told and not topic.of_area:
        return _names_part(words, clause)
    told = topic.of_area and (topic.told or has_figure(words, clause))
    return told or keeps_topic(words, clause)


def _names_part(words: Words, clause: Span) -> bool:
    """Whether a clause opens with what a thing has or carries: 总投资, 发送旅客."""
    tokens = words.tokens(clause)
    first = next((token for token in tokens if token.kind not in _LEADS), None)
    if first is None or first.text in _MEANS:
        return False
    return first.kind == "verb" or _is_own(words, first)


def keeps_topic(words: Words, clause: Span) -> bool:
    """Whether a clause goes on about the thing named before: …，带动农户1350户."""
    if _AGAIN.match(words.text, clause.start):
        return False
    if _TOWARDS.match(words.text, clause.start, clause.end):
        return True
    for token in words.tokens(clause):
        if token.kind not in _LEADS:
            return token.kind in _GOES_ON or _is_own(words, token)
    return True


def _is_own(words: Words, token: Token) -> bool:
    """Whether a word, with those behind it, names what a thing has: 综合产值."""
    own = _YIELD.match(words.text, token.start)
    return token.text in _OWN or own is not None
