"""Names told by the class that closes their list: 甲、乙、丙等重大项目|等企业.

Whatever stands in such a list is one of its class, whatever it is called
(浪潮服务器生产线): a programme in a list of works, a body in a list of firms, a
place in a list of sites (甘其毛都、策克等重点口岸) or lines (京沪、京广等高铁). A
member must say more than a kind: it holds a place, a body, a code or a word that
no dictionary has.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from zhengpu.extraction.dictionary import known_as
from zhengpu.extraction.heads import Token, heads
from zhengpu.extraction.names import is_strange
from zhengpu.extraction.stopping import stops
from zhengpu.knowledge.lexicon import words
from zhengpu.knowledge.rulebook import FOLDABLE, FOLDED
from zhengpu.model import EntityType, Mention
from zhengpu.text.tagging import known, tag_of, tagged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhengpu.extraction.skeleton import Skeleton

_MEMBERS = r"(?P<list>[^，。；：！？“”《》\n]{3,120}?)"
_COUNTED = r"(?:\d+[余多]?[个项家座]|一[大]?批)?"
_WORKS = re.compile(
    rf"(?<=[，。；\n]){_MEMBERS}等(?:{_COUNTED}[^，。；、的在了与和\d]{{0,8}}?(?:项目|工程)"
    r"|(?=(?:一批)?(?:相继|顺利|全面|竣工|加快|加速|深化)?(?:建成投[产运用]|开工建设|投产|竣工|布局|落地(?!见效|生根|实施))))"
)
_FIRMS = re.compile(
    rf"(?<=[，。；\n]){_MEMBERS}等{_COUNTED}"
    r"(?:央国企|央企|(?:龙头|头部|领军|骨干|知名|重点|优势|科技|上市|链主|平台|经济|外资|民营|创新|独角兽|新能源|生物|医药|制造业?|跨国|总部|国有|本土|行业|标杆|优质|旗舰"
    r"|农业|食品|加工|农产品|产业化|大型|规上|规模以上|高新技术|专精特新|“[^”]{2,6}”)*企业|上市公司)(?!家)"
)
_SETS = re.compile(
    rf"(?:实施|推进|开展|抓好){_MEMBERS}等(?P<whole>{FOLDED['PRG']}|[二三四五六七八九十]{{1,2}}大(?:工程|行动|计划))"
)
_NUMBERED_SET = re.compile("“?[二三四五六七八九十]{1,2}大(?P<head>工程|行动|计划)”?")
_HEAD_OF_SET = re.compile(rf"[^。；\n]{{0,160}}?等{_NUMBERED_SET.pattern}")
_SET_HEADS = ("工程", "行动", "计划")
SET_RULE = "listings/set"
_NEXT_OF_A_SET = re.compile("、|(?<=工程|行动|计划)和")
_FEWEST_OF_A_SET = 3
_BRANDS = re.compile(
    rf"(?<=[，。；\n]){_MEMBERS}等[^，。；、的在与和\n]{{0,6}}品牌(?!化|效应|活动|展|[^，。；、]{{0,4}}优势)"
)
_SITES = re.compile(
    rf"(?<=[，。；\n]){_MEMBERS}等(?:\d+[余多]?[个座处条])?(?:重点|主要|著名|传统|进京)?"
    "(?:口岸|商圈|遗址|灾区|煤矿|矿区|油田|检查站|景区|古镇|古城|历史街区|流域|支流|河流|河湖|湖泊|海湾|灌区"
    "|水库|文物|高铁|铁路|高速公路|高速)"
    "(?![产经运工项枢])"
)
_TOWNSHIPS = re.compile(
    rf"(?:(?<=[，。；\n（：赴到])|(?<=覆盖)|(?<=涉及)|(?<=包括)|(?<=深入)|(?<=走进)|(?<=走遍))"
    rf"(?P<list>(?:(?!等)[一-鿿]){{2,3}}(?:、(?:(?:(?!等)[一-鿿]){{2,3}}|[{FOLDABLE}])){{1,12}})"
    r"(?:等?\d+个|等)(?:乡镇|镇乡|镇街|(?:镇|乡|街道|行政村|村|社区)(?![一-鿿]))"
)
_NAME_TAGS = frozenset(("ns", "nr", "nz", "nt"))
TOWNSHIP_RULE = "listings/township"
_PARTS = re.compile(r"、|(?<=.{4})和(?=.{4})")
_KIND = re.compile(
    r"[千百万]+吨|.*(?:\d+[个座条家项款处]|[的了等]|一批|校区$|院区$)|.{1,4}类|以及|各|多|首批|一批|新|大型|重点|老旧|智能|绿色"
)
_PHASE = re.compile(r"(?:[一二三四五六]期|二线|\d号机组)")
_ROUTE = re.compile(
    rf"(?:[{FOLDED['AREA']}{FOLDED['PLC']}]|.{{2,3}})(?:至|—|－|-)"
    rf"(?:[{FOLDED['AREA']}{FOLDED['PLC']}]|.{{2,3}})"
)
_LINE = re.compile(
    "(?:铁路|高铁|高速|高速公路|城际|公路|航道|通道|隧道)(?:.{1,8}段)?$|(?:大桥|基地|工厂)$"
)
"""How a line or a site ends: it is a place also where only a part of it is built."""
_CODE = re.compile(r"[A-Za-z]|\d")
_VERBAL = frozenset(("v", "d", "ad", "vd", "vi", "z"))
_CARRIES = frozenset(
    (
        *("布局", "建设", "启动", "投产", "力争", "推进", "规划", "支持", "服务"),
        *("监督", "督查", "督导", "检查", "视察", "调研", "跟踪"),
        *("培育", "培养", "引进", "招引", "引育", "壮大", "扶持", "助力", "合作"),
    )
)
"""What is done with works; the dictionary calls some of them nouns."""
_PEOPLE = re.compile("带领|率领|陪同|同志|委员$|代表$|干部$|群众$")
"""What tells of people, not of works: 主任李某|带领部分委员、代表视察甲等项目."""
_FUNCTIONS = frozenset(("p", "c", "d", "r", "u", "uj", "ul", "uz", "y", "e", "o"))
_NOUN = re.compile("高速|[一二三四五六]期|[二三]线")
"""What the dictionary calls adverbs and numerals."""
_EXTENDS = ("增建", "扩建", "改建", "改扩建", "续建")
"""What is done with the line named before: 黔桂铁路|增建|二线."""
_ENDS_OF_FIRMS = (
    "集团",
    "股份",
    "公司",
    "汽车",
    "科技",
    "石化",
    "矿业",
    "药业",
    "电器",
)
_LONGEST_FIRM, _LONGEST_WORK, _SHORTEST_WORK = 8, 24, 4
_FEWEST_BRANDS = 2
_NEXT_BRAND = re.compile(r"[、和]")


_CLASSES = (
    (_WORKS, EntityType.PRG),
    (_FIRMS, EntityType.ORG),
    (_SITES, EntityType.PLC),
)


def find_listed(skeleton: Skeleton, clean: str) -> list[Mention]:
    """Works, firms and sites that stand in a list closed by their class.

    Args:
        skeleton: With areas, bodies, programmes and quotations folded.
        clean: The clean text.
    """
    out = []
    for pattern, type_ in _CLASSES:
        for m in pattern.finditer(skeleton.text):
            for a, b in _named(m["list"], type_):
                at = m.start("list")
                start, end = skeleton.span(at + a, at + b)
                kind = _kind_of(m["list"][a:b], type_)
                name = clean[start:end]
                out.append(Mention(kind, start, end, name, "listings/class"))
    return [
        *out,
        *_townships(skeleton, clean),
        *_brands(skeleton, clean),
        *_of_sets(skeleton, clean),
    ]


def _is_plain(member: str) -> bool:
    """Whether a word names no place: 教育, 养老."""
    return known(member) and tag_of(member)[:2] not in _NAME_TAGS


def _townships(skeleton: Skeleton, clean: str) -> Iterator[Mention]:
    """Townships and villages by their bare names: 平马、祥周、林逢等10个乡镇."""
    for m in _TOWNSHIPS.finditer(skeleton.text):
        at = m.start("list")
        members = m["list"].split("、")
        if any(map(_is_plain, members)):
            continue
        for member in members:
            if member not in FOLDABLE:
                start, end = skeleton.span(at, at + len(member))
                name = clean[start:end]
                yield Mention(EntityType.PLC, start, end, name, TOWNSHIP_RULE)
            at += len(member) + 1


def _of_sets(skeleton: Skeleton, clean: str) -> list[Mention]:
    """The members of a numbered set of programmes: 产业升级、人才引育等“十大工程”."""
    out = []
    for m in _SETS.finditer(skeleton.text):
        whole = clean[slice(*skeleton.span(*m.span("whole")))]
        members = _NEXT_OF_A_SET.split(m["list"])
        sizes = all(_SHORTEST_WORK <= len(x) <= _LONGEST_WORK for x in members)
        if not _NUMBERED_SET.fullmatch(whole) or len(members) < _FEWEST_OF_A_SET:
            continue
        at = m.start("list")
        for member in members if sizes else ():
            start, end = skeleton.span(at, at + len(member))
            at += len(member) + 1
            name = clean[start:end]
            out.append(Mention(EntityType.PRG, start, end, name, SET_RULE))
    return out


def name_in_set(text: str, mention: Mention) -> str:
    """What a member of a set is called with the head that all of them share.

    The set itself is no other one of that number: 等|“十大工程”.

    Args:
        text: Clean text.
        mention: Of a programme.

    Returns:
        Nothing for what is neither a set nor in one.
    """
    if mention.rule == SET_RULE:
        found = _HEAD_OF_SET.match(text, mention.end)
        headed = found is None or mention.text.endswith(_SET_HEADS)
        return mention.text if headed or found is None else mention.text + found["head"]
    if text[mention.start - 1] == "等" and _NUMBERED_SET.fullmatch(mention.text):
        return mention.text.strip("“”")
    return ""


def _brands(skeleton: Skeleton, clean: str) -> list[Mention]:
    """Brands of a list that names hardly anything else: 涪陵榨菜、奉节脐橙等品牌."""
    out = []
    for m in _BRANDS.finditer(skeleton.text):
        members = list(_members(m["list"], _NEXT_BRAND))
        named = [(a, b) for a, b in members if _is_brand(m["list"][a:b])]
        if len(members) < _FEWEST_BRANDS or len(named) <= len(members) // 2:
            continue
        for a, b in named:
            at = m.start("list")
            start, end = skeleton.span(at + a, at + b)
            name = clean[start:end]
            out.append(Mention(EntityType.PRG, start, end, name, "listings/brands"))
    return out


def _is_brand(member: str) -> bool:
    """Whether a member of a list of brands is one: 巫山脆李, but not 酒庄游."""
    known = any(char in FOLDABLE and char != FOLDED["AREA"] for char in member)
    return not known and member[-1] != "游" and _is_name(member, EntityType.ORG)


def _members(list_: str, border: re.Pattern[str] = _PARTS) -> Iterator[tuple[int, int]]:
    """The spans of the members of a list, without the verbs before them."""
    at = first = list_.rfind("等") + 1  # 济南、泰安等市|发展火箭制造、…
    parts = (m.span() for m in border.finditer(list_, at))
    for part in (*parts, (len(list_),) * 2):
        if at == first:  # 重建后的|汶川、玉树等灾区
            at = max(at, list_.rfind("的", at, part[0]) + 1)
        yield at + _opening(list_[at : part[0]], first=at == first), part[0]
        at = part[1]


def _opening(member: str, *, first: bool) -> int:
    """Where the name in a member begins: 加快推进|中船二期.

    The first member may be the end of a clause, whose last verb says what is done
    with the list; the others open with a verb at the most.
    """
    start = 0
    for token in _tokens(member):
        if token.start > start and not first:
            break
        verbal = token.tag in _VERBAL and len(token.word) > 1
        verbal = verbal or (token.start == start and token.word in _CARRIES)
        if token.word in _EXTENDS and _LINE.search(member[: token.start]):
            break
        if (verbal or token.word in "以随将对在由与同") and (
            _tells(member[token.end :]) or token.start == start
        ):
            start = token.end
    return start


def _named(list_: str, type_: EntityType) -> Iterator[tuple[int, int]]:
    """The members of a list that say more than a kind.

    What no dictionary has is a term of engineering as often as a name: it names a
    work where another member is told by a place or a body, or all are such words.
    """
    members = list(_members(list_))
    if type_ is not EntityType.PRG and len(members) < 2:  # noqa: PLR2004
        return
    named = [(a, b) for a, b in members if _is_name(list_[a:b], type_)]
    told = [m for m in (list_[a:b] for a, b in members) if not _KIND.match(m)]
    if type_ is not EntityType.PRG:
        known = sum(m in FOLDABLE or m.endswith("集团") for m in told)
        if type_ is EntityType.ORG:
            short = [(a, b) for a, b in members if _is_short_firm(list_[a:b])]
            named = sorted({*named, *short})
        if len(named) + known > len(members) // 2:
            yield from named
            if type_ is EntityType.PLC:
                yield from _short(list_, [m for m in members if m not in named])
    elif any(map(_anchored, told)):
        yield from named
    elif len(members) == 1:
        yield from ((a, b) for a, b in named if _is_called(list_[a:b]))
    elif len(named) > 2 and len(named) >= len(members) - 1:  # noqa: PLR2004
        yield from ((a, b) for a, b in members if b - a >= _SHORTEST_WORK)


def _is_short_firm(member: str) -> bool:
    """Whether firms of a group are called so: 双汇 of 双汇集团, 伊利 of 伊利集团."""
    return any(known_as(member + end, EntityType.ORG) for end in _ENDS_OF_FIRMS)


def _short(list_: str, members: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Members of a list of sites that the dictionary knows: |京沪|、京广、哈大等高铁."""
    for a, b in members:
        member = list_[a:b]
        known = words("generic", "phrase")
        plain = re.fullmatch("[一-鿿]{2,3}", member) and member not in known
        if plain and not any(_ends(token, EntityType.PLC) for token in _tokens(member)):
            yield a, b


def _is_called(work: str) -> bool:
    """Whether a work that stands alone bears a name: 崆峒胜境, but not 深远海风电."""
    told = _tells(work) and not _CODE.match(work) and len(work) <= _LONGEST_ALONE
    return told and not _KIND_OF_WORK.match(work)


_LONGEST_ALONE = 12
_KIND_OF_WORK = re.compile(
    "谋划|因地制宜|论证|储备|争取|培育|灌溉|风光|深远海|海上风电|全天|智能|新型|大型|海底"
)
"""What is done with works, before a name or in place of one."""


def _anchored(member: str) -> bool:
    """Whether a place, a body or a phase of building tells a member."""
    return any(char in FOLDABLE for char in member) or bool(_PHASE.search(member))


def _tells(member: str) -> bool:
    """Whether words say more than a kind."""
    if _anchored(member) or _CODE.search(member):
        return True
    return any(is_strange(token, EntityType.ORG) for token in _tokens(member))


def _is_name(member: str, type_: EntityType) -> bool:
    """Whether a member of a list names one thing of its class."""
    free = type_ is not EntityType.PRG
    bounds = (2, _LONGEST_FIRM) if free else (_SHORTEST_WORK, _LONGEST_WORK)
    if not bounds[0] <= len(member) <= bounds[1] or _KIND.match(member):
        return False
    if FOLDED["PRG"] in member[1:] or member in words("generic", "phrase"):
        return False
    if FOLDED["PER"] in member or _PEOPLE.search(member):
        return False
    if type_ is EntityType.PLC and re.search("[及和与]", member):
        return False
    if _ROUTE.fullmatch(member) or not _tells(member):
        return False
    return not any(_ends(token, type_) for token in _tokens(member))


def _ends(token: Token, type_: EntityType) -> bool:
    """Whether a word shows that a member is no name, but a clause or a deed."""
    if type_ is not EntityType.PRG:
        one = len(token.word) == 1 and token.word not in "使把为"
        return not one and stops(token, type_)
    return token.tag in _FUNCTIONS and not _NOUN.fullmatch(token.word)


def _tokens(member: str) -> list[Token]:
    out = []
    for run in re.finditer(r"[一-鿿㐀-䶿]+", member):
        at = run.start()
        for word, tag in tagged(run[0]):
            out.append(Token(word, tag, at, at + len(word)))
            at += len(word)
    return out


@cache
def _places_and_bodies() -> dict[str, EntityType]:
    """Heads of places and bodies: a listed work that ends in one is of its type."""
    kinds = (EntityType.PLC, EntityType.ORG)
    return {head.word: head.type for head in heads()[0] if head.type in kinds}


def _kind_of(member: str, type_: EntityType) -> EntityType:
    """The type of a member: that of its last words, else that of its class."""
    if type_ is not EntityType.PRG:
        return type_
    if _LINE.search(member):
        return EntityType.PLC
    for size in range(min(len(member) - 1, 8), 1, -1):
        if found := _places_and_bodies().get(member[-size:]):
            return found
    return type_
