"""Trailing: what a figure counts, by the words after it (召开5次常委会议)."""

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
from zhengpu.extraction.wording import AGENTS, GROWTH, NOUNS, Token, kinds
from zhengpu.text.tagging import tag_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_NAMING = NOUNS | {"body", "place"}
_DESCRIBING = frozenset(("具有", "有", "含", "涉及", "来自"))
_QUALITIES = frozenset(("高", "强", "好", "大", "优", "突出", "优秀"))
_GOING = frozenset(
    ("率队", "带队", "率", "赴", "到", "来", "前往", "赶赴", "分赴", "深入")
)
_ABOUT = frozenset(("对", "就"))
"""What opens what somebody spoke of: 先后5次|对政协工作作出批示."""
_COMING = _GOING | {"莅临", "来到"}
_DEEDS = frozenset(("noun", "nominal", "hold", "carry"))
_HOLDING = frozenset(("召开", "举行", "举办", "开展", "组织", "进行"))
"""Verbs that say no more than that it took place."""
_ATTENDING = frozenset(("出席", "列席", "到会", "参会"))
_ACTS = frozenset(("hold", "nominal", "verb"))
_INSIDE = frozenset(("list", "keep"))
_LACKING = ("未", "没有", "不")
"""How what people did not do begins: 2名未按要求参会的委员."""
_COMPOUND = 4
_OF_PLACES = re.compile(
    "《|(?:自治|市辖)?[县市区乡镇村省州旗](?![委府]|政[协府]|人大)|“"
)
"""How a name begins that is that of a class where it is counted."""
_RANKS = frozenset(("国家", "国家级", "省级", "市级", "部级", "自治区级"))
_BEGUN = frozenset(("开工", "动工", "复工", "复产"))
_DOES = frozenset(("享受", "融入", "改善", "消除", "升格", "深化", "争创"))
"""Verbs that say what those did who are counted: 149万个家庭|享受补贴."""
_EACH = frozenset(("户均", "人均"))
_SITES = re.compile(
    "(?:[站室镇队]|社区|街道|村|乡|学校|中小学|幼儿园|医院|卫生院|企业|中心|部门|单位)(?:（.{1,4}）)?$"
)
_STAFF = re.compile("(?:人员|队伍|工程|项目|中心|平台|体系|基地)$")
_PASSIVE = frozenset(("被", "获", "得到", "为"))


def name_after(
    words: Sequence[Token], *, happens: bool = False, people: bool = False
) -> Measure | None:
    """The measure that begins the words after a figure.

    Args:
        words: From the figure to the next, or to the clause's end.
        happens: The unit counts occasions, so that what was done is the name.
        people: It counts people, so that what they did is not.

    >>> from zhengpu.extraction.wording import tokens
    >>> name_after(tokens("方面的学习考察活动，", 0, 10, ())).name
    '方面的学习考察活动'
    >>> name_after(tokens("具有战略性、实操性的意见建议，", 0, 15, ())).name
    '意见建议'
    """
    start = 0
    while start < len(words) and (
        words[start].kind in {"of", "scope"}
        or words[start].text.startswith(("（", "("))
    ):
        start += 1
    if people and start < len(words) and words[start].text in _COMING:
        return None  # 考察团一行15人莅临我县
    start = past_levels(words, start, len(words))
    if people and start < len(words) and tag_of(words[start].text) == "d":
        return _described(words, start, people=people)  # 3名长期不履职的委员
    end = _before_title(words, start, _end(words, start, happens=happens))
    if people:
        end = next((n for n in range(start + 1, end) if _goes_about(words, n)), end)
    if end == start or _describes(words[start:end], words[end:]):
        return _described(words, end, people=people)
    if end < len(words) - 1 and words[end].kind == "of" and words[end + 1].is_noun:
        further = _end(words, end + 1)
        joined = words[further - 1].end - words[start].start <= LONGEST_LIST
        start, end = (start if joined else end + 1), further
    if people and _agents_act(words, start, end):
        end -= 1  # 2400余名三级代表参与
    return measure_of(words[start:end], "noun-after", "", _fate(words[end:]))


def _before_title(words: Sequence[Token], start: int, end: int) -> int:
    """The end of a name behind which an honour stands: 3个单位|“先进集体”称号."""
    for at in range(start + 1, end - 1):
        titled = words[at + 1].text.startswith(_TITLES)
        if words[at].text[0] == "“" and titled:
            return at
    return end


_TITLES = ("称号", "荣誉", "奖")
"""What follows the quoted name of an honour."""


def _agents_act(words: Sequence[Token], start: int, end: int) -> bool:
    """Whether a name ends with what those whom it names did."""
    last = words[end - 1]
    acts = last.kind == "nominal" or last.text.startswith("捐")
    return end - start > 1 and acts and AGENTS.search(words[end - 2].text) is not None


def attending(words: Sequence[Token]) -> Measure | None:
    """What so many did who were told one by one: 委员共41人|出席.

    >>> from zhengpu.extraction.wording import tokens
    >>> attending(tokens("出席会议，", 0, 5, ())).name
    '出席'
    """
    if not words or words[0].text not in _ATTENDING:
        return None
    return measure_of(words[:1], "attending", "", None)


def deed(words: Sequence[Token]) -> Measure | None:
    """What was done where somebody went, or about what, so many times: 4次赴实地察看.

    >>> from zhengpu.extraction.wording import tokens
    >>> deed(tokens("赴农户家中察看，", 0, 8, ())).name
    '察看'
    """
    if not words or words[0].text not in _GOING | _ABOUT:
        return None
    end = next((n for n, word in enumerate(words) if word.kind == "stop"), len(words))
    while end > 1 and words[end - 1].kind in {"adverb", "list"}:
        end -= 1
    start = end - 1
    if words[start].kind not in _DEEDS:
        return None
    if start > 1 and words[start - 1].kind == "noun":
        start -= 1  # 现场会办
    return measure_of(words[start:end], "noun-after", "", None)


def without_next(words: Sequence[Token]) -> Sequence[Token]:
    """The words between two figures without those that name what the second counts.

    >>> from zhengpu.extraction.wording import tokens
    >>> "".join(w.text for w in without_next(tokens("提案、社情民意信息", 0, 9, ())))
    '提案'
    """
    lists = (
        n
        for n in range(1, len(words))
        if words[n].kind == "list" and len(words[n - 1].text) > 1
    )
    linked = words and words[-1].kind == "of"  # 127个国家和地区的|584个港口
    return words if linked else words[: max(lists, default=len(words))]


def act(words: Sequence[Token]) -> Measure | None:
    """What somebody named before the figure did so many times: 两次听取工作汇报.

    >>> from zhengpu.extraction.wording import tokens
    >>> act(tokens("听取工作汇报，", 0, 7, ())).name
    '听取工作汇报'
    """
    start = 0
    while start < len(words) and words[start].kind in {"adverb", "scope"}:
        start += 1
    if start == len(words) or words[start].kind not in _ACTS:
        return None
    verb, done = words[start], name_after(words[start + 1 :])
    if done is None:
        ends = start + 1 == len(words) or words[start + 1].kind == "stop"
        return (
            measure_of(words[start : start + 1], "noun-after", "", None)
            if ends
            else None
        )
    if verb.text in _HOLDING:
        return done
    return replace(done, name=verb.text + done.name, start=verb.start)


def _describes(name: Sequence[Token], behind: Sequence[Token]) -> bool:
    """Whether a name only tells how what is counted is: 4名学历高的干部."""
    return bool(name and behind) and behind[0].text in _QUALITIES


def _end(words: Sequence[Token], start: int, *, happens: bool = False) -> int:
    """Where the noun phrase that begins at `start` ends."""
    end = start
    while end < len(words) and _goes_on(words, start, end, happens=happens):
        end += 1
    while end > start and words[end - 1].kind == "list":
        end -= 1  # 538所中小学与北京市学校结对
    return _listed(words, start, end)


def _goes_on(words: Sequence[Token], start: int, end: int, *, happens: bool) -> bool:
    """Whether the word at `end` still belongs to the name."""
    word = words[end]
    following = words[end + 1].kind if end + 1 < len(words) else ""
    begun = end > start and word.text in _BEGUN and following not in NOUNS
    told = word.text in _DOES or _thrives(words, end)
    if begun or word.text in _EACH or (end > start and told):
        return False  # 179个重大项目开工, 带动农户4200余户户均增收3100元
    if word.kind in _INSIDE:
        return following in _NAMING and (end > start or word.kind == "keep")
    if word.kind in {"body", "place"}:
        classes = end == start and not happens and _OF_PLACES.match(word.text)
        return following in NOUNS or bool(classes)  # 786所县医院
    if word.kind in GROWTH:
        return following in NOUNS and len(word.text) == 1  # 高电压
    if word.kind == "verb" and end == start:
        return happens  # 50余次深入县区
    return word.is_noun and not (end > start and _acts(words, end, happens=happens))


def _thrives(words: Sequence[Token], at: int) -> bool:
    """Whether the words there say no more than that it thrives: 3个园区|高质量发展."""
    told = [word.text for word in words[at : at + 2]]
    ends = at + 2 >= len(words) or words[at + 2].kind == "stop"
    return told == ["高质量", "发展"] and ends


def _acts(words: Sequence[Token], at: int, *, happens: bool) -> bool:
    """Whether the word there is what the noun before it does: 326户村民发展蚕桑."""
    agent, deed = words[at - 1], words[at]
    if agent.text[0] == "（" and at > 1:
        agent = words[at - 2]  # 68个村（社区）|走访群众
    behind = words[at + 1] if at + 1 < len(words) else None
    if deed.kind != "nominal":
        return False
    if behind is None or not behind.is_noun:  # 12个村实地走访
        return len(deed.text) == _COMPOUND and not happens
    if _SITES.search(agent.text):
        return _STAFF.search(behind.text) is None
    acts = AGENTS.search(agent.text) is not None  # but 21名技术服务人员
    return acts and AGENTS.search(behind.text) is None


def _goes_about(words: Sequence[Token], at: int) -> bool:
    """Whether what is said there is how those counted act: 25名专家|常驻坐诊."""
    agents = _PEOPLE.search(words[at - 1].text)
    if not agents or words[at].kind != "noun" or words[at].text in kinds():
        return False
    behind = words[at + 1] if at + 1 < len(words) else None
    whom = behind and behind.is_noun and AGENTS.search(behind.text)
    return not whom and tag_of(words[at].text) in _VERBAL


_PEOPLE = re.compile(
    f"{AGENTS.pattern}|(?:[干会党队委]员|干部|同志|[客茶]商|选手|[律教医技讲]师|师生|院士|教授|志愿者)$"
)
_VERBAL = frozenset("dv")
"""Tags of adverbs and of verbs that are no nouns."""


def _listed(words: Sequence[Token], start: int, end: int) -> int:
    """The end of a coordinated name that is not too long to be one."""
    lists = [n for n in range(start, end) if words[n].kind == "list"]
    ranked = lists and words[lists[0] - 1].text in _RANKS  # 国家和省级产业园
    long = lists and words[end - 1].end - words[start].start > LONGEST_LIST
    if long and not ranked:
        return lists[0]
    return end


def _described(
    words: Sequence[Token], start: int, *, people: bool = False
) -> Measure | None:
    """A noun behind its relative clause: 71条具有前瞻性的意见建议."""
    describing = _DESCRIBING | _QUALITIES
    if start >= len(words):
        return None
    first = words[start].text
    known = first.startswith(_LACKING) or tag_of(first) == "d"
    if not (first in describing or (people and known)):
        return None
    ends = (n for n in range(start, len(words)) if words[n].kind in {"stop", "of"})
    of = next(ends, None)
    if of is None or words[of].kind == "stop":
        return None
    end = _end(words, of + 1)
    if end == of + 1:
        return None
    return measure_of(words[of + 1 : end], "noun-after", "", None)


def _fate(words: Sequence[Token]) -> Token | None:
    """The verb behind 被 that says what became of it: 被…采用."""
    if not words or words[0].text not in _PASSIVE:
        return None
    for word in words:
        if word.kind == "carry":
            return word
        if kinds().get(word.text[-2:]) == "carry":  # 领导批示
            return replace(word, text=word.text[-2:])
    return None


def fate(words: Sequence[Token]) -> str:
    """What became of a part that a clause counts: 其中6项转化为…, 15条被省政协采用.

    >>> from zhengpu.extraction.wording import tokens
    >>> fate(tokens("被省政协采用，", 0, 7, ()))
    '采用'
    """
    if words and words[0].kind == "carry":
        return verb_of(words[0])
    verb = _fate(words)
    return verb_of(verb) if verb else ""
