"""Who a clause opens with: the body or person that acts in it.

A person may have posts before the name (县政协主席|张三率考察团), a list of bodies acts
together, and 该公司 or 考察团 takes up whom an earlier clause named.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct

from zhengpu.knowledge.lexicon import alternation
from zhengpu.knowledge.rulebook import CLAUSE_END, expand
from zhengpu.model import EntityType

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zhengpu.extraction.skeleton import Skeleton
    from zhengpu.model import Mention

OPENING = (
    r"(?:\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?|[一二三四五六七八九十两]+年来|近年来|今年以?来?|去年|全年|年初|年内"
    r"|同时|期间|此外|另外|其中|目前|随后|会前|会后|会议期间|会上|同日|当天|\d{1,2}月(?:\d{1,2}日|[上中下]旬)?|\d{1,2}日(?:[上下]午)?"
    r"|各位委员|过去[一五四三两]?年?的?[一]?年?|截至[^，]{2,10}|{n}是|——)[，：]?"
)
MEMBERS = "(?:委员|会员|代表|爱心|骨干)(?:所在|爱心)?企业"
"""What stands before a firm: whose it is."""
FOUNDS = "(?:创办|创立|创建|领办|开办|兴办|经营|投资|所在|任职|执掌)"
"""What ties a firm that acts to somebody: 委员张伟创办的|某公司."""
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
            rf"[{CLAUSE_END}”\s]*+(?:{OPENING})*+(?:以[^，。；\n]{{1,8}}为核心的(?={{ORG}}))?(?:全体|广大|所有|由|分别由|交由|责成|责令|委托|邀请|动员|发动|原|{MEMBERS})?"
            r"(?:[住驻][\u4e00-\u9fff](?={ORG}))?"
            rf"(?:(?:{{ORG}}|[\u4e00-\u9fff]{{2,6}})界别?(?=委员|代表))?"
            rf"(?:[^，。；、：\n{{ORG}}]{{0,16}}{{PER}}{FOUNDS}的(?={{ORG}}))?"
            rf"(?:(?:(?:{{ORG}}代表|{{ORG}}?(?:原|时任)?(?:{title}|成员))[、，]?)+ ?(?P<person>{{PER+}})|(?P<subject>{{ORG|PER+}}))"
            rf"{PEOPLE}(?![的之、和]|代表[、，]|副?研究员|副?教授|教师|工程师|农艺师|医生|律师|技术员|与(?!{{PLC}})|工作(?!者|人员)|层面|本级|部门|国家机关|党政机关|建设|年度|各项|发展|改革|精神|高质量|经济|决策|[各]项|重点|上下|范围|境内|期间|[\u4e00-\u9fff]{{0,6}}(?:楼|病房|厂房|车间|宿舍)|(?:落户|落地|挂牌|揭牌|投入运[营行]|投运|投用)|[《“（]|{{PRG}}|{{PLC}}?\d+月\d+日[电讯])"
            r"(?=.)",
            {},
            "topics",
        )
    )


_SAYS = re.compile(r"[^，。]{0,8}?(?:强调|指出|要求|表示|认为|介绍说?)")
_LED = re.compile(
    r"率(?:队|领)?[^，。；\n]{0,8}?(?:考察团|代表团|观摩团|学习团|部分委员|检查组|调研组|视察组|督查组|考察组)"
)
"""Behind a person who leads others of the body: 县政协主席张三|率考察团."""
_THIS = re.compile(
    "[该此](?P<head>公司|企业|集团|局|院|校|中学|大学|村|镇|乡|县|市|区|旗|州|委员会|委|中心|项目|行动|活动|站|社|厂|园|基地|协会|医院|学校)"
    "|(?P<group>检查组|调研组|视察组|督查组|考察组|监督组|课题组|专班|考察团|代表团|观摩团)(?:一行)?(?=先后|分别|分赴|深入|实地|一行|还|对|走访|走进|听取|来到|赴|到|参观|考察|建议|认为)"
    "|(?P<self>其?本人|[他她](?!们|国|省|乡|处|人))(?!的|工作|意愿|同意|申请)"
    "|(?P<bare>公司|合作社|集团|农场)(?=去年|今年|年[产内]|现有|现已|已|先后|累计|目前|计划|占地|拥有|投资|带动|承诺|生产|将|每年|\\d)"
)
"""What takes up the last name with this ending: 该公司; 检查组|先后深入; 他|当场牵线."""
_SAME = 160
"""Skeleton characters in which that name stands."""


class Head(Struct, frozen=True):
    """Whom a clause opens with."""

    ids: tuple[str, ...]
    start: int
    """Skeleton position of the subject."""
    end: int
    """Where its words end: 张三|率考察团."""
    whose: str = ""
    """The body whose people a person leads, or nothing."""


def taken_up(
    skeleton: Skeleton,
    entity_of: Mapping[int, str],
    clause: int,
    stop: int,
    delegation: Head | None,
) -> Head | None:
    """Whom 该公司 or 考察团 at the head of a clause takes up, if it does.

    Args:
        skeleton: With all mentions folded.
        entity_of: Clean start of a mention to its entity.
        clause: Where the clause begins.
        stop: Where the sentence ends.
        delegation: Who was last said to travel with others.
    """
    found = _THIS.match(skeleton.text, clause, stop)
    if found is None or (found["self"] and _SAYS.match(skeleton.text, found.end())):
        return None
    before = list(skeleton.within(max(0, clause - _SAME), clause))
    for mention in reversed(before):
        ending = found["head"] or found["group"] or found["bare"]
        if ending is None:
            if mention.type is EntityType.PER and mention.start in entity_of:
                return Head((entity_of[mention.start],), *found.span())
            continue
        if mention.text.strip("“”").endswith(ending) and mention.start in entity_of:
            return Head((entity_of[mention.start],), *found.span())
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


def opened_by(
    skeleton: Skeleton,
    entity_of: Mapping[int, str],
    clause: int,
    stop: int,
    default: tuple[str, ...],
) -> Head | None:
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
    return Head((*ids, *bodies[-1:]), start, end, whose)
