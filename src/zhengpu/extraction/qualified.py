"""Quoted programmes with the field that they belong to.

“十项行动” alone names nothing: 高质量发展“十项行动” does, and so do 社保“一卡通” and
爱国卫生“7个专项行动”. What a head ends (重点产业链“建圈强链”行动) opens with its field, too. The field is what stands between them and a verb of carrying out, or
the nouns with which their clause begins.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zhengpu.extraction.dictionary import known_names
from zhengpu.extraction.heads import Token
from zhengpu.extraction.stopping import stops
from zhengpu.knowledge.lexicon import words
from zhengpu.model import EntityType, Mention
from zhengpu.text.tagging import tagged

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_NUMBERED = re.compile(r"(“[一二两三四五六七八九十\d][^”]*”)")
_HEADED = re.compile(
    r"(“[^”]*”)(?:专项|三年|提升|联动|改革)*(?:行动(?:计划)?|计划|工程|制度|机制|战略|试点)"
)
_HEAD_INSIDE = re.compile(r"(“[^”、]{2,6}(?:工程|计划|行动)”)")
_BEFORE = re.compile(r"[一-鿿\d]{2,22}\Z")
_CARRIED = re.compile(
    r".*(?:实施|推进|推行|深化|开展|落实|建立|健全|完善|打造|构建|优化|聚焦|组织|做好|发挥)(?:\d*轮|新一轮|[好了]|[省市](?=引))?"
)
_LEVELS = re.compile(
    r"\d.*|新一轮|关键领域|重点领域|.*[和与及]|国家|省级?|市级?|县级?|自治区|农村|政府|国有|.{0,4}企业|外贸|全.|建设|发展|(?:以|并|拓展|打好|实化).*|.*的.*"
)
_OF_A_PLACE = re.compile(
    "(?:美丽|文明|平安|法治|数字|幸福|健康|清廉)[一-鿿]{2,4}建设\\Z"
)
"""A field that holds a place: 文明|甘肃|建设“六大工程”."""
_OPENING = re.compile("(?:[，。；\\n]|”、)\\Z")
_SHORTEST = 2
_LONGEST = 14
_REACH = 22


def with_fields(
    quoted: Iterable[Mention], others: Sequence[Mention], text: str
) -> list[Mention]:
    """Quoted programmes; numbered sets from their field on.

    Args:
        quoted: What the rules for quotations found.
        others: What is known already: no field reaches into it.
        text: The clean text.
    """
    ends = {mention.end for mention in others}
    return [_with_field(mention, ends, text) for mention in quoted]


def _with_field(mention: Mention, ends: set[int], text: str) -> Mention:
    """One quoted programme, from its field on if it is a set or has a head."""
    told = (
        _NUMBERED.match(mention.text)
        or _HEADED.fullmatch(mention.text)
        or _HEAD_INSIDE.fullmatch(mention.text)
    )
    if mention.type is not EntityType.PRG or not told or _is_fixed(told[1]):
        return mention
    run = _BEFORE.search(text, max(0, mention.start - _REACH), mention.start)
    if run is None:
        return mention
    start = _field_start(text, run.start(), mention.start)
    reaches = any(start < end <= mention.start for end in ends)
    reaches = reaches and _OF_A_PLACE.match(text, start, mention.start) is None
    if reaches or not _SHORTEST <= mention.start - start <= _LONGEST:
        return mention
    name = text[start : mention.end]
    return Mention(mention.type, start, mention.end, name, mention.rule)


def _is_fixed(quotation: str) -> bool:
    """Whether a quotation is a name that is known without its field: “十四五”."""
    return quotation in known_names()


def _field_start(text: str, first: int, end: int) -> int:
    """Where a field begins: behind a verb of carrying out, or with its clause.

    Returns:
        `end` if there is none.
    """
    if carried := _CARRIED.match(text, first, end):
        start = carried.end()
    elif _OPENING.search(text, max(0, first - 2), first):
        start = first
        if any(_is_verbal(word, tag) for word, tag in tagged(text[first:end])):
            return end
    else:
        return end
    return end if _LEVELS.fullmatch(text, start, end) else start


def _is_verbal(word: str, tag: str) -> bool:
    """Whether a word at the beginning of a clause shows that it tells a deed."""
    # 文化建设“八项工程” names a field: 建设 is more often what is done than a verb
    deed = word in words("deeds", "verb") and word != "建设"
    return deed or tag == "v" or stops(Token(word, tag, 0, len(word)), EntityType.ORG)
