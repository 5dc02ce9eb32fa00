"""Leading: what a figure counts, by the words before it (提案103件, 生产总值增长5%)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from zhengpu.extraction.measures import (
    LONGEST_LIST,
    Measure,
    measure_of,
    past_levels,
    verb_of,
)
from zhengpu.extraction.wording import AGENTS, COMES, GROWTH, HAPPENS, NOUNS, Token

if TYPE_CHECKING:
    from collections.abc import Sequence

_REACHES = re.compile(".*[到至为达]|超过|突破")
_REACHED = frozenset(("完成", "实现", "安排"))
_CHANGES = {"growth": "增长", "decline": "下降", "keep": "下降"}
"""Changes as measures name them, so that years can be compared."""
_OWN_CHANGES = frozenset(("增收", "增产", "提前", "高", "快", "多", "低", "精简"))
"""Words of change that are named as they are."""
_LINKS = frozenset(("link", "adverb", "scope", "time", "per"))
_WHEN = frozenset(("time", "link", "adverb"))
_LEADS = GROWTH | _LINKS | {"list", "of", "stop", "share"}
_LITERAL_ENDS = frozenset(("hold", "stop", "of", "and so on", "list", "place", "time"))
_RELATIVE = re.compile(
    "比率|[占比]比|比重|比例|之比|数量|总量|规模|金额|总额|浓度|增速"
)
"""Names that say nothing without what they are of: 物流费用与GDP的比率."""
_ACTORS = frozenset(("body", "place"))
_BY = frozenset(("经", "由", "被"))
_BODY = re.compile(
    "(?:[工纪党市县区旗州省]委|局|厅|法院|检察院|政府|公司|机关|支队|大队)$"
)
"""Who did it, where the name is the deed."""
_WORKS = frozenset(("工程", "行动", "计划", "项目", "任务", "资金", "贷款"))
"""What efforts to raise something are: 单产提升|工程."""
_AVERAGES = frozenset(("平均", "年均"))
_CUTS = frozenset(("减少", "压减"))
_THAN = frozenset(("比", "较", "相比"))
_NEAR = 5
_WHO = re.compile(
    "(?:书记|领导|主席|[省市县区州旗]长|媒体|部门|[纪监党工]委|监委|机关)$"
)
"""By whom something was done, where the verb is part of the name."""
_BEFORE_NOMINAL = frozenset(("noun", "quoted", "hold", "keep"))
_GIVEN_TO = frozenset("为对向给以")
_OF_DEEDS = frozenset(("时限", "时间", "周期", "成本", "效率", "时效"))
"""What a deed takes, so that it is part of the name: 审批|时限压缩63%."""
_ADDED = frozenset(("新增", "净增"))
"""What may follow the noun to which it belongs: 加工量新增300万吨."""
_WENT = frozenset(("到", "赴", "深入", "前往"))
_BY_LEADERS = frozenset(("领导批示",))
_NOT = frozenset(("不", "未", "尚未", "不予"))
"""Words that turn a name into its contrary."""
_TURNED = frozenset(("转为", "转作"))
"""Verbs that make another thing of what was counted: 转为社情民意信息21件."""
_PASSIVE = frozenset(("被", "获", "得到", "为"))
_TOPICAL = frozenset(("noun", "nominal", "quoted"))
_WHOSE = frozenset(("城镇", "城乡", "农村"))
"""Whose what is added is: 城镇|新增就业."""
_SHORTEST = 4
_LONGEST, _LONGEST_DEED = 20, 8
"""Names longer than this are cut to the words next to the figure."""


def name_before(words: Sequence[Token], kind: str) -> Measure | None:
    """The measure that ends the words before a figure.

    Args:
        words: From the clause's beginning, or the figure before, to the figure.
        kind: Of the figure's unit: where it counts occasions, what was done is
            the name, and where it counts people, who did it is not.

    >>> from zhengpu.extraction.wording import tokens
    >>> name_before(tokens("提出意见和建议", 0, 7, ()), "count").name
    '意见和建议'
    >>> name_before(tokens("经济年均增长", 0, 6, ()), "rate").change
    '增长'
    """
    end, reaches = _without_links(words)
    change = ""
    if end and _changes(words[end - 1], kind):
        verb = words[end - 1]
        named = verb.text if verb.text in _OWN_CHANGES else _CHANGES[verb.kind]
        change = "" if reaches else named
        end, _ = _without_links(words[: _compared_from(words, end - 1)])
    carried = words[end - 1] if end and words[end - 1].kind == "carry" else None
    if carried:
        end -= 1
    start = _begin(words, end, kind, body=carried is None)
    if start < end:
        start = _denied(words, start)
    if not carried and start and words[start - 1].kind == "carry":
        # 被全国政协采用信息62篇, but 批示件12篇
        passive = any(word.text in _PASSIVE for word in words[:start])
        carried = words[start - 1] if passive else None
    start = _shortened(
        words, start, end, _LONGEST_DEED if kind == "occasion" else _LONGEST
    )
    start = _only_done(words, past_levels(words, start, end), end, kind)
    if carried and start < end and _WHO.search(words[end - 1].text):
        start = end  # 得到县委书记批示4次
    if carried and start and words[start - 1].text in _BY:
        start = end  # 经提案委员会审查立案
    if start == end:
        return _verbal(words, end, kind, carried, change)
    if not carried and start and words[start - 1].text in _TURNED:
        return measure_of(words[start - 1 : end], "described", change, None)
    if not carried and start < end - 1 and words[end - 1].text in _ADDED:
        found = measure_of(words[start : end - 1], "noun-before", change, None)
        return replace(found, name=words[end - 1].text + found.name)
    return measure_of(words[start:end], "noun-before", change, carried)


def _only_done(words: Sequence[Token], start: int, end: int, kind: str) -> int:
    """Where a name begins without whither somebody went or who did it.

    So 调研31次 is what is counted in 先后到甲乡及乙林场调研31次.
    """
    if start >= end - 1:
        return start
    went = any(word.text in _WENT for word in words[:start])
    there = went and words[start - 1].kind in {"list", "link"}
    if kind == "occasion" and there and words[end - 1].kind == "nominal":
        return end - 1
    return end - 1 if words[end - 1].text in _BY_LEADERS else start


def _denied(words: Sequence[Token], start: int) -> int:
    """Where a name begins with what turns it into its contrary: 不|起诉48人.

    >>> from zhengpu.extraction.wording import tokens
    >>> _denied(tokens("未整改问题", 0, 5, ()), 2)
    0
    """
    for ahead in (1, 2):
        if start >= ahead and words[start - ahead].text in _NOT:
            return start - ahead
        if start and words[start - 1].kind != "nominal":
            break
    return start


def _changes(word: Token, kind: str) -> bool:
    """Whether a word says by how much: 增长5%, 压减12%, but 减少环节9个."""
    return word.kind in GROWTH or (kind == "rate" and word.text in _CUTS)


def _compared_from(words: Sequence[Token], end: int) -> int:
    """Where the words before a change begin to tell what it is compared with.

    >>> from zhengpu.extraction.wording import tokens
    >>> _compared_from(tokens("满意率较上届", 0, 6, ()), 3)
    1
    """
    near = range(max(0, end - _NEAR), end)
    return next((n for n in near if words[n].text in _THAN), end)


def _without_links(words: Sequence[Token]) -> tuple[int, bool]:
    """How many words are left without those that lead to the figure (达到, 为, 同比).

    Also whether the last words say that a level was reached (增加到, 提升至).
    """
    end, reaches = len(words), False
    while end:
        word, before = words[end - 1], words[end - 2 : end - 1]
        if word.kind == "of" and before and before[0].kind in _WHEN:
            end -= 1  # 到2002年的91%, 由最初的80种
        elif word.text in _REACHED and _follows_noun(words[: end - 1]):
            pass  # 地区生产总值完成89.6亿元
        elif word.kind not in _LINKS:
            break
        end -= 1
        reaches |= _REACHES.fullmatch(word.text) is not None
    return end, reaches


def _follows_noun(words: Sequence[Token]) -> bool:
    before = [word for word in words if word.kind not in _LINKS]
    return bool(before) and before[-1].is_noun


def _begin(words: Sequence[Token], end: int, kind: str, *, body: bool) -> int:
    """Where the noun phrase that ends at `end` begins."""
    start = end
    if body and start and words[start - 1].kind == "body":
        return start - 1
    while start and _belongs(words, start, end, kind):
        start -= 1
    relative = start < end and _RELATIVE.fullmatch(words[start].text)
    if relative and start > 1 and words[start - 1].kind == "of":
        return _begin(words, start - 1, kind, body=body)
    return start


def _belongs(words: Sequence[Token], start: int, end: int, kind: str) -> bool:
    """Whether the word before `start` still belongs to the name."""
    word, inside = words[start - 1], start < end
    before = words[start - 2].kind if start > 1 else ""
    after = words[start].kind if inside else ""
    if after == "verb" or (after == "keep" and start < end - 1):
        return word.kind == after or word.text in _WHOSE
    if inside and (before == "share" or word.kind == "share"):
        return True  # 占全省比重
    taken = inside and words[start].text in _OF_DEEDS
    if word.kind == "verb":
        return taken or kind in HAPPENS or not inside
    if word.kind == "list":
        return inside and before in NOUNS
    if word.kind == "nominal":
        whose = inside and kind in COMES and before != "hold"
        told = inside and words[start].text in _WORKS  # 投入帮扶资金8600万元
        chain = (
            kind in HAPPENS or told
        ) and before == "nominal"  # 开展学习研讨活动52次
        follows = chain or before in _BEFORE_NOMINAL
        return taken or (not whose and (not inside or follows))
    short = word.kind in GROWTH and len(word.text) == 1  # 减费让利
    short |= inside and word.kind in GROWTH and words[start].text in _WORKS
    mean = word.text in _AVERAGES and before in NOUNS  # PM2.5平均浓度
    named = word.kind == "keep" or word.is_noun or (inside and (short or mean))
    return named and not _acts(words, start)


def _acts(words: Sequence[Token], start: int) -> bool:
    """Whether the word before `start` tells who did it, or for what."""
    word, after = words[start - 1], words[start : start + 1]
    if after and after[0].kind == "nominal" and _BODY.search(word.text):
        return True  # 街道纪工委立案审查4件
    for_it = word.kind == "name" and start > 1
    return for_it and words[start - 2].text in _GIVEN_TO  # 为“石榴籽”计划捐款36万元


def _shortened(words: Sequence[Token], start: int, end: int, longest: int) -> int:
    """Where a name begins once it is no longer than names are."""
    lists = [n for n in range(start, end) if words[n].kind == "list"]
    related = any(word.kind == "of" for word in words[start:end])
    if lists and not related and words[end - 1].end - words[start].start > LONGEST_LIST:
        start = lists[-1] + 1
    last = words[end - 1].end if end else 0
    while start < end - 1 and last - words[start].start > longest:
        if last - words[start + 1].start < _SHORTEST:
            break  # 研讨活动, not 活动
        start += 1
    return start


def _verbal(
    words: Sequence[Token], end: int, kind: str, carried: Token | None, change: str
) -> Measure | None:
    """A measure without a noun: 审查立案88件, 投入3亿元, 增长5%."""
    if carried:
        return Measure(
            "", carried.start, carried.end, "carried", change, verb_of(carried)
        )
    if end and words[end - 1].kind == "hold" and not change:
        topic = _topic(words[:end]) if kind and kind not in COMES else None
        return topic or measure_of(words[end - 1 : end], "verb", change, None)
    if change:
        at = words[-1]
        return Measure("", at.start, at.end, "carried", change)
    return None


def _topic(words: Sequence[Token]) -> Measure | None:
    """What a clause opens with and what became of it: 安置房|交付1260套."""
    *topic, _ = words
    made = all(word.kind in _TOPICAL for word in topic)
    if not topic or not made or topic[-1].kind != "noun" or len(topic[-1].text) == 1:
        return None
    name = measure_of(topic, "noun-before", "", None).name
    acts = AGENTS.search(name) or _WHO.search(name) or _BODY.search(name)
    if acts or not _SHORTEST <= len(name) <= LONGEST_LIST:
        return None
    return measure_of(words, "noun-before", "", None)


def literal(words: Sequence[Token]) -> Measure | None:
    """The words next to a figure as they stand, where they form no known name.

    >>> from zhengpu.extraction.wording import tokens
    >>> literal(tokens("让农村居民喝", 0, 6, ())).name
    '让农村居民喝'
    """
    end, _ = _without_links(words)
    start = end - 1 if end and words[end - 1].kind == "place" else end
    while start and words[start - 1].kind not in _LITERAL_ENDS:
        start -= 1
    while start < end and words[end - 1].end - words[start].start > LONGEST_LIST:
        start += 1
    if all(word.kind == "function" for word in words[start:end]):
        return None
    return measure_of(words[start:end], "literal", "", None)


def examples(words: Sequence[Token], kind: str) -> Measure | None:
    """The things that are named before 等 and a figure: 老旧小区、农房等|23万户.

    >>> from zhengpu.extraction.wording import tokens
    >>> examples(tokens("改造老旧小区、农房等", 0, 10, ()), "count").name
    '老旧小区、农房'
    """
    end, _ = _without_links(words)
    if not end or words[end - 1].kind != "and so on":
        return None
    return name_before(words[: end - 1], kind)


def only_leads(words: Sequence[Token]) -> bool:
    """Whether words before a figure name nothing: 、提升至, 达到, 2002年的.

    >>> from zhengpu.extraction.wording import tokens
    >>> only_leads(tokens("提升至", 0, 3, ())), only_leads(tokens("为农户", 0, 3, ()))
    (True, False)
    """
    return all(word.kind in _LEADS for word in words)


def by_whom(words: Sequence[Token]) -> bool:
    """Whether the words before a figure end with who acted: 县委常委会|先后两次听取…."""
    end, _ = _without_links(words)
    return end > 0 and words[end - 1].kind in _ACTORS
