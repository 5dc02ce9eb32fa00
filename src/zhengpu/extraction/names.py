"""Open names: bodies, places, programmes and events told by their last words.

A name such as `四川阆州醋业股份有限公司` is found from its head (`有限公司`) to the
left, word by word, until a word that no name crosses: a verb, a preposition, a
conjunction, a determiner. What remains must say more than its kind: `有关部门`
and `贫困村` name nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from zhengpu.extraction.heads import (
    Head,
    Token,
    fields,
    generic,
    head_words,
    heads,
    tokens_of,
)
from zhengpu.extraction.stopping import SINGLE, stoppers
from zhengpu.extraction.walking import JOINS, LEVELS, WATERS, Walk
from zhengpu.knowledge.rulebook import FOLDABLE, FOLDED
from zhengpu.model import EntityType, Mention
from zhengpu.text.tagging import known

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zhengpu.extraction.skeleton import Skeleton

_ZONES = ("验区", "范区", "合作区", "集聚区", "业园", "园区")
"""How zones end: 国际教育创新|试验区."""


def _names_something(head: Head, walk: Walk, name: str) -> bool:
    """Whether what stands before a head says more than its kind."""
    core = name[: -len(head.word)]
    if core == "街道" and walk.anchored:
        return True
    if not core or core in generic() or (name in generic() and not walk.anchored):
        return False
    if walk.anchored or (head.type is EntityType.ORG and _SETTLED.search(core)):
        return True
    if head.needs == "anchor":
        return head.word in _ON_STREETS and _OF_STREET.search(core) is not None
    strange = any(is_strange(token, head.type) for token in walk.words)
    return strange or (head.needs == "core" and len(core) > 1)


def is_strange(token: Token, type_: EntityType) -> bool:
    """Whether a word is a name, or a piece of one, that no everyday text holds.

    The dictionary calls many everyday words names of places (城镇, 大河): bodies and
    places are not told by them.
    """
    if type_ in _BODIES_AND_PLACES and token.word in generic():
        return False
    if token.word in stoppers()[1]:
        return False  # 高速公路|续建|项目
    if len(token.word) == 1 and token.word not in _PLAIN:
        return True
    return not known(token.word) or token.tag[:2] in _NAMES


_BODIES_AND_PLACES = frozenset((EntityType.ORG, EntityType.PLC))
_CLASS = re.compile(
    r"(?:所有|各|一批|首[批家个座条]|部分|全部|多[个家所座条]|更多|这些|若干|每[个家]|\d[\d.]*万?[余多]?[个家所座处条](?:以上)?)的?\Z"
)
"""Words before what is a kind of things: 所有|边境新村, 786所|县医院."""
_TITLED = re.compile(
    f"[{FOLDED['AREA']}](?:优质|特色|标杆|最美|星级|高水平|示范性)[^路街巷里]*(?:学校|中学|小学|幼儿园|医院|小镇|园区|街区|社区|村|镇)"
)
"""What a province makes many: 云南省|特色小镇."""
_NUMBERED = re.compile(
    "[一二三四五六七八九十百千]{1,2}(?:[江河湖港村镇]$|大(?:高速|铁路|机场|港|流域|园区|口岸))"
    "|.{0,6}[两三四五六七八九十]大平台"
)
_OWNED = re.compile(
    "(?:“?三级[甲乙]等”?(?:中医|综合)?|公立|民营|三甲|“三甲”|三级甲等|县级|乡镇)医院$"
)
"""Kinds of hospitals, whatever stands before them."""
_RANKED = re.compile(
    "[省市县区](?:重点|技术|产业|制造业|创新|工程|级)*(?:实验室|创新中心|研究中心)"
)
"""Kinds of institutes that are ranked by a level: 省|技术创新中心."""
_OF_LEVELS = re.compile(
    "(?:自治区|[省市县州区盟旗])级.*(?:区|园|基地)|[各驻帮整访企产景省市县区镇乡农村城—]+|[省市县区镇乡村][河江湖]|\\d{4}年?(?:试点|项目|工程|(?:工作|重点|立法|监督)?计划|行动)"
)


_WORKS = ("项目", "工程")
_TOWNS = frozenset(("names/镇", "names/乡", "names/街道", "names/村", "names/社区"))
"""Rules of places that the name of a work may open with: 鲁地拉镇|光伏电站项目."""

_NO_NAME_ENDS = (
    *("老旧小区", "棚户区", "安置小区"),
    *("一江", "一河", "一湖"),
    *("入湖", "入江", "入海", "入河"),
    *("省域副中心", "城市副中心", "建设副中心"),
    *("旅港", "赴港", "留港", "驻港", "在港"),
)
"""How nothing with a name ends: 岳阳市|入湖|排口, 遵义|建设省域副中心."""


def _is_kind(text: str, start: int, end: int) -> bool:
    """Whether what seems a name is a kind: 八|河, 县镇|村, 3个|旅游景区."""
    name = text[start:end]
    if name.endswith(_NO_NAME_ENDS) or text.startswith(_OF_NUMBER, end):
        return True  # 苏水河|湖|〔2024〕3号
    if name[0] in "万亿" and text[start - 1 : start].isdigit():
        return True
    if _EACH.match(name) or (name[0] == "之" and len(name) == 2):  # noqa: PLR2004  母亲|之河
        return True
    if _NUMBERED.match(name) or _OF_LEVELS.fullmatch(name) or _OWNED.search(name):
        return True
    if (
        _RANKED.fullmatch(name)
        or _TITLED.fullmatch(name)
        or (name[-1] == "路" and not _STREET.fullmatch(name))
    ):
        return True
    told = "“" in name or any(char in FOLDABLE for char in name)
    return not told and _CLASS.search(text, max(0, start - 9), start) is not None


_STREET = re.compile(
    f"(?:[{FOLDABLE}]|(?![走探闯新村]).{{1,2}}[^之新探化等电和大小老出思修铺引带问让赶道环通])路"
    "|.*(?:[东西南北中]|公|铁|高速|快速|快捷|绕城|主干)路"
)
"""How streets are called, but not ways in thought: 滨湖|路, 强军之|路."""
_EACH = re.compile(
    "[一二三四五六七八九十]+是|各(?:街道|乡镇|镇|乡|村|县|区|市|部门|单位|级)"
    "|(?:县城|城区|主城区?|[乡镇村屯组])至(?:各|[村屯组户]|.*(?:[镇乡村]|高速)$)"
)
"""Whose body no name tells (各街道|党工委), and between what kinds of places a road runs."""
_OF_NUMBER = ("〔", "［")
"""What opens the year in the number of a document."""
_SETTLED = re.compile(r".(?:村|社区|街道|镇|乡|县|区|市|州)$")
_ON_STREETS = ("小学", "中学", "幼儿园", "初级中学", "派出所")
"""Bodies that are called by their street."""
_OF_STREET = re.compile("[^公铁道思出线电网]路$|大道$|.[街巷]$")
_PLAIN = frozenset("新老大小高低东西南北中前后上下主副总分特")
_WHOLE = 6
"""A dictionary word this long that ends in a head is a name itself."""
_TORN = frozenset("好级批型板年等性化类式非们者再更最得地着过线")
"""What is left of a word (做|好, 省|级) when a walk ends inside it."""
_TORN_OFF = SINGLE | frozenset("驻巡跨护各邻")
"""Words that unknown names are cut together with: 9|个村, |驻村."""
_NO_HEAD = re.compile(
    "工程(?:投资|款|量|造价|质量|机械|车)|中心(?:工作|任务|大局|环节|城[区市]|组|地带|位置|[镇村])"
    "|战略(?:性|资源|矿产|科技|力量|博弈|协同|方针|链接|合作|对话|伙伴|部署|目标|任务|重点|支点|布局|腹地|交汇|地位|意义|定位|高地|要地|节点|枢纽|储备|物资|投资|安全|机遇|空间|基点|重组|转型|新兴|决策)"
)
"""Where 中心 is no institution, and 战略 no programme: 北部湾|战略矿产资源."""
_NAMES = frozenset(("nt", "ns", "nz", "nr", "x"))
"""Tags of names; a head inside another word (谋篇布|局) heads nothing."""


def _tells_deed(head: Head, name: str) -> bool:
    """Whether what seems a name says who builds what."""
    builds = head.type is EntityType.PLC and _BUILDS.match(name)
    return bool(builds or _HOUSE_BUILDS.search(name))


def find_names(skeleton: Skeleton, clean: str) -> list[Mention]:
    """The open names of a text.

    Args:
        skeleton: With areas, bodies and quoted names folded.
        clean: The clean text.
    """
    text = skeleton.text
    rows, finder = heads()
    hits = finder.find_matches_as_indexes(text, overlapping=True)
    hits.sort(key=lambda hit: (hit[1], -hit[2]))
    tokens = tokens_of(text, [start for _, start, _ in hits])
    by_end = {token.end: token for token in tokens}
    ends = [token.end for token in tokens]
    out: list[Mention] = []
    done = 0
    for index, h0, h1 in hits:
        if h0 < done:
            continue
        head = rows[index]
        holder = tokens[bisect_right(ends, h0)]
        last = holder if holder.end >= h1 else tokens[bisect_right(ends, h1 - 1)]
        rest = text[h1 : last.end]
        torn_tail = (
            rest in JOINS
            or (head.word == "村" and rest == "人" and text[last.end] in "，。、")
            or (
                len(head.word) > 2 and rest in _TORN_ON and not known(last.word)  # noqa: PLR2004  妇幼保健院|新
            )
        )
        if not _is_head(head, holder, "" if torn_tail else rest) or _NO_HEAD.match(
            text, h0
        ):
            continue
        done = h1
        torn = holder.start < h0 and text[holder.start : h0] in _TORN_OFF
        walk = _walked(text, by_end, head, h0 if torn else holder.start)
        if holder.start < h0 and not torn:
            tag = holder.tag if holder.end == h1 else "n"  # 通扬|运河 is a name
            tag = "nz" if _is_landscape(head, holder) else tag
            torn_off = text[holder.start : h0]
            word = holder.word if holder.word in generic() else torn_off
            walk.words.insert(0, Token(word, tag, holder.start, h0))
        walk.start = _behind_route(text, _from_the_country(head, text, walk.start), h1)
        if (
            (head.word in _WORKS or walk.village)
            and out
            and _opens_with_town(out[-1], skeleton, walk, h1)
        ):
            walk.start, walk.anchored = skeleton.position(out[-1].start), True
        name = text[walk.start : h1]
        done_well = name[0] in "强优实大" and text[walk.start - 1 : walk.start] == "做"
        if done_well or name[0] in _TORN or not _names_something(head, walk, name):
            continue
        if _is_kind(text, walk.start, h1) or _tells_deed(head, name):
            continue
        walk.start += _led_by_word(name, text[walk.start - 1], town=walk.town)
        start, end = skeleton.span(walk.start, h1 - len(_status_of(name)))
        bare = walk.start + 1 == h0 and name[0] in FOLDABLE
        if head.word == "湾" and clean[end - 2] in "融港":
            continue  # 深度融|湾
        if bare and head.word in "山河江湖岛" and clean[end - 2] in LEVELS:
            continue  # 宁国市|山|核桃
        rule = f"names/{head.word}"
        out.append(Mention(head.type, start, end, clean[start:end], rule))
    return out


def _walked(text: str, by_end: Mapping[int, Token], head: Head, start: int) -> Walk:
    """The way from a head to the left, as far as its name reaches."""
    walk = Walk(text, by_end, head.type, start)
    walk.town = head.word in ("镇", "村")
    walk.branch = head.word in ("法庭", "支行", "分行", "分公司")
    walk.village = head.word in ("村", "社区", "嘎查")
    walk.zone = head.type is EntityType.PLC and head.word.endswith(_ZONES)
    return walk.go()


def _opens_with_town(town: Mention, skeleton: Skeleton, walk: Walk, end: int) -> bool:
    """Whether a town just found opens a work's name: 鲁地拉镇|光伏电站项目."""
    if town.rule not in _TOWNS or not (walk.words or walk.village):
        return False
    beside = skeleton.position(town.end) == walk.start
    return beside and skeleton.text[walk.start : end] not in generic()


def _led_by_word(name: str, before: str, *, town: bool) -> int:
    """How long the word is that a name seems to open with: ，同|宁夏大学共建实验站.

    Args:
        name: In the skeleton.
        before: What stands before it.
        town: Whether it is a town's or village's: 选派干部驻|仙夹镇龙水村.
    """
    if name[0] == "驻":
        return int(town and name[1] not in LEVELS)
    joins = name[0] == "同" and before in "，。；\n"
    return int(joins and (name[1] in FOLDABLE or known(name[1:])))


def _status_of(name: str) -> str:
    """What a zone is made, behind its own name: 石河子经济技术开发区|国家级零碳园区."""
    status = _STATUS.search(name)
    return status[0] if status else ""


_ENDS_SITE = "[港站镇村乡园]"
_ROUTE = re.compile(f".*{_ENDS_SITE}至(?=.{{2,}}{_ENDS_SITE}$)")


def _behind_route(text: str, start: int, end: int) -> int:
    """Where the second place of a route begins: 内陆港至|青岛港."""
    found = _ROUTE.match(text, start, end)
    return found.end() if found else start


def _from_the_country(head: Head, text: str, start: int) -> int:
    """Where a name begins that says of which country it is: 扬州|中国大运河|博物馆."""
    if head.word.endswith(_SHOWN):
        national = _NATIONAL_HOUSE.search(text, max(0, start - 3), start)
        return national.start() if national else start
    formed = head.type in _BODIES_AND_EVENTS and text[start] == FOLDED["AREA"]
    return start - 2 if formed and text[start - 2 : start] == "中国" else start


_BODIES_AND_EVENTS = frozenset((EntityType.ORG, EntityType.EVT))
_SHOWN = ("博物馆", "博物院", "纪念馆", "美术馆", "科技馆", "艺术馆", "图书馆")
_NATIONAL_HOUSE = re.compile(f"{FOLDED['AREA']}?中国\\Z")
"""Before what a museum shows: 杭州|中国|丝绸博物馆."""
_HOUSE_BUILDS = re.compile(
    "(?:大学|学院|医院|研究院|片区|新区)(?:建设|打造|创建|共建)(?=.{2})"
)
"""What no name holds: 宁波东方理工大学|建设世界一流研究型大学."""
_STATUS = re.compile("(?<=.[区园港])国家级零碳园区$")
_BUILDS = re.compile(f"[{FOLDABLE}]?(?:建设|打造|创建|争创)(?=.{{3}})")
"""What opens no place's name: 通辽|建设全国肉牛产业重镇."""


def _is_landscape(head: Head, holder: Token) -> bool:
    """Whether a noun of the dictionary names a river or an island: 串场河, 蜈支洲岛."""
    return (
        head.word in "河江湖岛寺"
        and len(holder.word) > 2  # noqa: PLR2004  护城|河
        and holder.tag == "n"
        and holder.end - holder.start == len(holder.word)
        and holder.word.endswith(head.word)
        and holder.word not in generic()
    )


_TORN_ON = frozenset("新老东西南北")
"""What else they are cut together with: 妇幼保健院|新院区."""


_TAKES_UP = frozenset("种养办建修把将靠因引带与从到在已也还")
"""What is said of a village first, in one character that is cut together with it."""


def _is_head(head: Head, holder: Token, rest: str) -> bool:
    """Whether the words of a head are one here, not a piece of another word.

    Args:
        head: What the automaton found.
        holder: The word in which it begins.
        rest: What its last word holds behind it: 大学|教授, but not 局|长.
    """
    if rest and (len(rest) == 1 or not known(rest)):
        cut = not known(holder.word) and holder.word == head.word + rest
        return cut and rest in _TAKES_UP  # 街口|村种天麻
    whole = head.word.startswith(holder.word) or holder.word.startswith(head.word)
    if whole or not known(holder.word):
        return True
    opens = WATERS if len(head.word) == 1 else WATERS | LEVELS
    if holder.word[0] in opens and holder.word[1:] == head.word:
        return True  # 河|水库, 市|图书馆, but not 乡|村
    if _is_landscape(head, holder):
        return True
    field_of_work = head.type is EntityType.ORG and holder.word in fields()
    return (
        holder.tag[:2] in _NAMES
        or field_of_work
        or holder.word in head_words()
        or len(holder.word) >= _WHOLE
    )
