"""Measures: the name of what a figure counts.

In Chinese the counted noun stands before the figure (提案103件, see `leading`),
after it (召开5次常委会议, see `trailing`), or was named earlier (其中6项转化为政策,
see `counting`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from zhengpu.extraction.wording import kinds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhengpu.extraction.wording import Token

_LONGEST_QUOTED = 5
"""Longer quotations before a head noun are left out of the name."""
_GENERIC = frozenset(
    (
        *("活动", "行动", "项目", "工程", "计划", "工作", "机制", "品牌", "专栏"),
        *("栏目", "事项"),
    )
)
"""Heads that say nothing without the name before them: “办实事”活动."""
_LEVEL = re.compile("驻|[省州市县区乡镇旗盟村]{1,3}|[省州市县区旗]人大|[两三四五]级")
_OF_LEVELS = re.compile("(?:人大)?代表|(?:政协)?委员|(?:领导)?干部")
"""Who are of several levels: 市、区、镇三级|代表."""
_SIZED = re.compile(r".*\d.*以[上下]的?(?=.)")
"""The size of what is counted: 5000万元以上项目41个."""
LONGEST_LIST = 12
"""Coordinated names (意见和建议) longer than this keep one member."""


class Measure(Struct, frozen=True):
    """What is counted, in the text's words."""

    name: str
    """Empty where it was named earlier."""
    start: int
    end: int
    rule: str
    """How it was found: `noun-before`, `noun-after`, `carried` …"""
    change: str = ""
    """`增长`, `下降`, `提高` … where the figure says by how much."""
    carried: str = ""
    """The verb that says what became of something counted before: 立案, 采用."""
    each: tuple[str, ...] = ()
    """The things of each of which it is told: 建议28件、提案15件，满意率均为100%."""

    @property
    def names(self) -> tuple[str, ...]:
        """What is counted, once for each thing of which it is told."""
        return tuple(thing + self.name for thing in self.each) or (self.name,)


def verb_of(carried: Token) -> str:
    """What became of it, as the measure names it.

    >>> from zhengpu.extraction.wording import Token
    >>> verb_of(Token("审查立案", 0, 4, "carry"))
    '立案'
    """
    verb = carried.text.removeprefix("审查").removeprefix("宣布")
    return verb.removesuffix("为") if len(verb) > len("转为") else verb


def measure_of(
    words: Sequence[Token], rule: str, change: str, carried: Token | None
) -> Measure:
    """The measure that some words name, with what became of it."""
    verb = verb_of(carried) if carried else ""
    first = next((n for n, word in enumerate(words) if not _goes_on(word)), 0)
    words = words[first:]
    name = _plain(words)
    return Measure(name, words[0].start, words[-1].end, rule, change, verb)


def _goes_on(word: Token) -> bool:
    """Whether a word only goes on with what was cut off before it: 及以上, 、."""
    return word.kind == "list" or word.text.startswith("及")


def _plain(words: Sequence[Token]) -> str:
    """The words of a name without long quotations and numbering before its head."""
    first = words[0]
    rest = "".join(word.text for word in words[1:])
    if len(first.text) > _LONGEST_QUOTED and first.kind in {"name", "quoted"}:
        head = rest or first.text.rpartition("”")[2]
        short = len(first.text) <= LONGEST_LIST
        if not head or (short and head in _GENERIC):
            return first.text + rest
        return head
    if rest and first.text[0] in "（(":
        return rest.lstrip("、")
    name = (first.text + rest).strip("《》")
    return _SIZED.sub("", name) if "以" in name else name


def past_levels(words: Sequence[Token], start: int, end: int) -> int:
    """Where a name begins without the levels of those whom it names.

    >>> from zhengpu.extraction.wording import tokens
    >>> past_levels(tokens("省、市、县人大代表", 0, 9, ()), 0, 6)
    5
    >>> past_levels(tokens("市人大代表", 0, 5, ()), 0, 2)
    0
    """
    at = start
    if at < end and words[at].kind == "list":
        return start
    while at < end and (words[at].kind == "list" or _LEVEL.fullmatch(words[at].text)):
        at += 1
    named = at < end and _OF_LEVELS.match(words[at].text)
    return at if named and at - start > 1 else start


def is_kept(name: str) -> bool:
    """Whether a word belongs to the name of what it precedes: 增补, 新增.

    >>> is_kept("新增"), is_kept("召开")
    (True, False)
    """
    return kinds().get(name) == "keep"


def is_deed(name: str) -> bool:
    """Whether a word is a verb as often as a noun: 建设, 调研.

    >>> is_deed("建设"), is_deed("高标准农田")
    (True, False)
    """
    return kinds().get(name) == "nominal"
