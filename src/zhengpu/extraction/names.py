"""Open names: bodies, places, programmes and events told by their last words.

A name such as `四川阆州醋业股份有限公司` is found from its head (`有限公司`) to the
left, word by word, until a word that no name crosses: a verb, a preposition, a
conjunction, a determiner. What remains must say more than its kind: `有关部门`
and `贫困村` name nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

import ahocorasick_rs
from msgspec import Struct

from zhengpu.knowledge.lexicon import table, words
from zhengpu.knowledge.rulebook import FOLDABLE, FOLDED
from zhengpu.model import EntityType, Mention
from zhengpu.text.tagging import known, tagged

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from zhengpu.extraction.skeleton import Skeleton

LONGEST = 24
"""Skeleton characters that an open name has at the most."""
_FARTHEST = 2 * LONGEST
"""So many characters before a head are looked at."""

STOP_TAGS = frozenset(
    [
        "v",
        "p",
        "c",
        "d",
        "r",
        "u",
        "uj",
        "ul",
        "uz",
        "ud",
        "ug",
        "uv",
        "m",
        "mq",
        "q",
        "y",
        "vd",
        "vi",
        "vg",
        "df",
        "zg",
        "k",
        "o",
        "e",
        "i",
        "f",
        "t",
    ]
)
"""Tags of words that end the way to the left (jieba's tag set)."""

LEVELS = frozenset("省市县区旗州盟镇乡")
_HAN = re.compile(r"[一-鿿㐀-䶿]+")


@dataclass(frozen=True, slots=True)
class Head:
    """The last words of a name, and what they make of it."""

    word: str
    type: EntityType
    needs: str
    """What must stand before it: `core`, `strange` or `anchor` (see heads.tsv)."""


class Token(Struct, frozen=True):
    """A word of the skeleton with its tag."""

    word: str
    tag: str
    start: int
    end: int


@cache
def heads() -> tuple[tuple[Head, ...], ahocorasick_rs.AhoCorasick]:
    """All heads, and the automaton that finds them, also one in another."""
    rows = tuple(
        Head(row["word"], EntityType(row["type"]), row["needs"])
        for row in table("heads")
        if row["needs"] != "held"  # see happenings.py
    )
    finder = ahocorasick_rs.AhoCorasick([head.word for head in rows])
    return rows, finder


def tokens_of(text: str, heads_at: Sequence[int]) -> list[Token]:
    """The words of a skeleton, in order, as far as names may reach.

    Args:
        text: Its text; what is no Han character is left out.
        heads_at: Where heads begin, in order: only what stands before one, so
            near that a name may hold it, is cut into words.
    """
    out: list[Token] = []
    for run in _HAN.finditer(text):
        at, end = run.span()
        index = bisect_left(heads_at, at)
        if index == len(heads_at) or heads_at[index] > end + _FARTHEST:
            continue
        for word, tag in tagged(run[0]):
            out.append(Token(word, tag, at, at + len(word)))
            at += len(word)
    return out


@cache
def _stoppers() -> tuple[frozenset[str], frozenset[str]]:
    """Words that no name crosses, and words that one may though they are verbs."""
    inner = words("stoppers", "word", "inner")
    every = words("stoppers", "word")
    return every - inner, inner


@cache
def _crossed(type_: EntityType) -> frozenset[str]:
    """The folded characters that a name of this type may hold."""
    inside = {
        EntityType.ORG: ("AREA", "ORG", "PLC", "PRG"),
        EntityType.PLC: ("AREA", "PLC"),
        EntityType.PRG: ("AREA", "PLC", "PRG"),
        EntityType.EVT: ("AREA", "PLC", "ORG", "PRG"),
        EntityType.AWD: ("AREA",),
        EntityType.DOC: ("AREA", "ORG", "PRG"),
        EntityType.PER: (),
    }
    return frozenset(FOLDED[name] for name in inside[type_])


SINGLE = frozenset(
    "在与和对向把被为等到赴从由以及是有的了将于让使各该本其某每并也都就又再还已曾正才只仅不未无没要会能可应须需"
    "一两几数多个名位件次项条份篇户家所座处支批类种章节这那此我你他们全总共约近超达率带用按经就或而且但若如因"
    "见占建办抓促推请派赠送给获评聘任兼做作称叫说看听问学讲来去进出回过起开关放打找做当内外上下中前后里间时后"
)
"""Characters that are words of their own wherever they stand alone."""


_OF_OUR_TIME = ("现代", "未来")
"""Times by their tag that say of what kind something is: 兴安盟|现代畜牧业试验区."""
_FUNCTION_TAGS = STOP_TAGS - {"v", "vd", "vi", "vg", "i", "t"}
"""Tags of words that end even a programme's name, which may hold verbs."""


def _stops(token: Token, type_: EntityType) -> bool:
    """Whether a name of this type cannot hold the word.

    A name that no dictionary has is cut into single characters (阆|州|醋业): only
    those that are words of their own end it.
    """
    if len(token.word) == 1:
        return token.word in SINGLE
    stop, inner = _stoppers()
    if token.word in stop:
        return True
    if token.word in _OF_OUR_TIME:
        return False
    if token.word in inner and type_ in (EntityType.ORG, EntityType.PRG):
        return False
    if token.word[0] == "第" and token.tag == "m":
        return type_ is not EntityType.ORG
    return token.tag in (_FUNCTION_TAGS if type_ is EntityType.PRG else STOP_TAGS)


def stops(token: Token, type_: EntityType) -> bool:
    """Whether a name of a type ends before a word, looked at from its right."""
    return _stops(token, type_)


def _counts(text: str, token: Token) -> bool:
    """Whether a numeral counts what follows it: 三|大|高速公路, not 十|家子."""
    return (
        token.word in "三四五六七八九十百千"
        and text[token.end] in "大个条座所家项次类批种级"
    )


_PLACES = frozenset((FOLDED["AREA"], FOLDED["PLC"]))
_OPENED = frozenset((FOLDED["AREA"], FOLDED["ORG"]))
_ASIDE = re.compile(f"(?:中国[一-鿿]{{0,4}})?（[{FOLDED['AREA']}{FOLDED['PLC']}]）\\Z")
"""A place in brackets inside a name: 紫云山|（包河）|产业园."""
_CODE = re.compile(
    r"(?<![A-Za-z\d.])(?:[A-Z]+\d*|20\d\d|\d+(?:\.\d)?万?(?:千伏|吨级))\Z"
)
"""Road numbers, Latin brands, years and sizes: G321国道, 2025马拉松赛, 750千伏工程."""

_BEFORE_LEVEL = frozenset("成到对向与和为在给应")
"""Characters that some counties' names begin with (成县, 和县), and many verbs end."""
_NAMESAKES = frozenset(("联合", "团结", "合作", "解放", "前进", "奋斗"))
"""Verbs that no name crosses, but that villages are called: 崀山镇|联合村."""
_GROUPS = re.compile(
    "(?:中国(?:铁路|石油|石化|移动|联通|电信|邮政|建筑|能建|电建|中铁|铁建|交建|华能|烟草|人寿)|国网|国家税务总局|中国人民银行)\\Z"
)
"""National groups, whose branches add a place: 中国铁路|西安|局集团有限公司."""
_FIRMS = ("有限", "股份", "集团")
_HOUSES = ("医院", "学院", "大学", "中学", "小学", "公司", "研究院")
"""How bodies end that no field of work joins with another."""
_ZONES = ("验区", "范区", "合作区", "集聚区", "业园", "园区")
"""How zones end: 国际教育创新|试验区."""
_DEED_TAGS = frozenset(("v", "vd", "vi", "d", "ad"))
"""Tags of what is done with a programme."""
_BETWEEN = frozenset("与和对向由被把在及为将从到赴于助的了是")
"""Characters that end even the name of a firm, which may hold any other."""

JOINED = 14
"""Characters before `和` in which the anchor of a field of work is looked for."""


@dataclass(slots=True)
class Walk:
    """The way from a head to the left, as far as its name may reach.

    Attributes:
        text: The skeleton's text.
        by_end: End to token.
        type: What the head makes of the name.
        start: Where the name begins, as far as the walk has come.
        anchored: Whether a place, a body, a quotation or a level word opens it.
        words: The words passed, right to left.
    """

    text: str
    by_end: Mapping[int, Token]
    type: EntityType
    start: int
    anchored: bool = False
    words: list[Token] = field(default_factory=list)
    quoted: bool = False
    """Whether it passed a quotation or a bracket."""
    zone: bool = False
    """Whether the head is a zone's, whose name may say what is done there."""
    village: bool = False
    """Whether the head is 村, whose name may be a verb (奋进村)."""

    def go(self) -> Walk:
        """Walks until something stops it; a name never opens with a verb."""
        limit = max(0, self.start - LONGEST)
        firm = self.text.startswith(_FIRMS, self.start)
        while self.start > limit and self._step(limit, firm=firm):
            pass
        water = self.by_end.get(self.start)
        if self.text[self.start] in _WATERS and water and water.tag == "t":
            self.start = water.start  # 明月|湖科创园
        if self.text[self.start] == "（":  # what it explains stands outside
            self.start = self.text.index("）", self.start) + 1
        _, inner = _stoppers()
        verbs = _OPENING_VERBS if self.type in (EntityType.ORG, EntityType.PLC) else ()
        while self.words and (not self.anchored or self._quotes_behind_verb()):
            first = self.words[-1]
            torn = first.tag in verbs and len(first.word) > 1
            if not (torn or self.anchored) and first.word not in inner:
                break
            self.start = self.words.pop().end
        return self

    def _quotes_behind_verb(self) -> bool:
        """Whether only a verb stands before the quotation: 协调推进|“四个全面”战略."""
        first = self.words[-1]
        opens = self.text[self.start] not in "“（" and first.start == self.start
        return self.quoted and opens and first.tag in _DEED_TAGS

    def _step(self, limit: int, *, firm: bool) -> bool:
        """One step; False where the name ends."""
        before = self.text[self.start - 1]
        if before in FOLDABLE:
            return self._over_fold(before, limit)
        if before == "”":
            return self._over_quotation(limit)
        if before == "）":
            return self._over_aside(limit)
        if before in "·—－" and self.text[self.start - 2 : self.start] != "——":
            self.start -= 1
            return True
        over = self._joined(before)
        if over is None and (code := _CODE.search(self.text, limit, self.start)):
            over = code.start()
        if over is not None:
            self.start = over
            return True
        token = self.by_end.get(self.start)
        return token is not None and self._over_word(token, firm=firm)

    def _over_fold(self, char: str, limit: int) -> bool:
        if char not in _crossed(self.type):
            return False
        self.start -= 1
        self.anchored = True
        if group := _GROUPS.search(self.text, limit, self.start):
            self.start = group.start()
            return False
        before = self.text[self.start - 1 : self.start]
        level = self.by_end.get(self.start)
        if (
            self.type is EntityType.ORG
            and level is not None
            and level.word in LEVELS
            and self._opens(level)
        ):  # 县|嘉陵江流域综合治理服务中心
            self.start = level.start
        return before in _PLACES or before == "—"

    def _over_quotation(self, limit: int) -> bool:
        opening = self.text.rfind("“", limit, self.start)
        if opening < 0 or "”" in self.text[opening : self.start - 1]:
            return False
        self.start, self.anchored, self.quoted = opening, True, True
        return self.text[opening - 1 : opening] != "”"  # “甲杯”|“乙杯”邀请赛

    def _over_aside(self, limit: int) -> bool:
        aside = _ASIDE.search(self.text, limit, self.start)
        if aside:
            self.start, self.anchored, self.quoted = aside.start(), True, True
        return aside is not None

    def _over_word(self, token: Token, *, firm: bool) -> bool:
        """Over one word, or into it where it begins with a word of its own."""
        if firm and self._coined(token):
            self.words.append(token)
            self.start = token.start
            return True
        if self._ends_in(token) or _counts(self.text, token):
            return False
        free = firm and len(token.word) == 1 and token.word not in _BETWEEN
        free = free or (self.zone and token.word in _stoppers()[1])
        if _stops(token, self.type) and not free:
            if self._is_village(token):
                self.start = token.start
                return self._step(self.start - 1, firm=firm)
            return False
        self.words.append(token)
        self.start = token.start
        return True

    def _coined(self, token: Token) -> bool:
        """Whether no dictionary has the word, and a place or a name stands before it.

        So a firm's coined name is: 甘肃|塬|上源|生态科技有限公司.
        """
        if known(token.word) or token.word[0] in _BETWEEN or len(token.word) == 1:
            return False
        if self.text[token.start - 1 : token.start] == FOLDED["AREA"]:
            return True
        left = self.by_end.get(token.start)
        return (
            left is not None
            and len(left.word) == 1
            and left.word not in _BETWEEN
            and self.text[left.start - 1 : left.start] == FOLDED["AREA"]
        )

    def _ends_in(self, token: Token) -> bool:
        """Whether the name begins inside a word, or with the area that it stands for."""
        if token.word[0] in SINGLE and len(token.word) > 1 and not known(token.word):
            rest = Token(token.word[1:], token.tag, token.start + 1, token.end)
            if rest.word in LEVELS:  # 对|县|医院
                self.start, self.anchored = rest.start, True
            elif len(rest.word) > 1:  # 对|绰勒|灌区
                self.words.append(rest)
                self.start = rest.start
            return True
        stop, _ = _stoppers()
        if (
            token.word[-1] in LEVELS
            and token.word[:-1] in stop
            and self.text[token.start - 1 : token.start] == FOLDED["ORG"]
        ):  # 委员会会同|县茶产业发展中心
            self.start, self.anchored = token.end - 1, True
            return True
        if token.word in LEVELS or token.word == "街道":
            if self._opens(token):
                self.start, self.anchored = token.start, True
            return True
        if token.word[1:] in LEVELS and token.word[0] in _BEFORE_LEVEL:
            self.start, self.anchored = token.start + 1, True  # 建|成县|妇幼保健院
            return True
        # 村及|好运角|旅游度假区
        joins = len(token.word) > 1 and token.word[-1] in _JOINS
        return joins and not known(token.word)

    def _is_village(self, token: Token) -> bool:
        """Whether a verb is the name of a village behind its township: 搬经镇|加力|村."""
        stop, inner = _stoppers()
        return (
            self.village
            and not self.words
            and token.tag in ("v", "vn", "vi", "t", "z", "i")
            and len(token.word) > 1
            and (token.word not in stop | inner or token.word in _NAMESAKES)
            and f"{token.word}村" not in _generic()
            and self.text[token.start - 1 : token.start] == FOLDED["AREA"]
        )

    def _joined(self, before: str) -> int | None:
        """Where the words before `和` start, if both sides form one field of work.

        They do where both are fields of the table, or where a place, a body or a
        level word opens them: 州|发展和改革|委员会.
        """
        left = self.by_end.get(self.start - 1)
        if before not in "和与" or self.type is not EntityType.ORG or left is None:
            return None
        if _stops(left, self.type) or left.word in _head_words():
            return None
        if left.word.endswith(_HOUSES):  # 区|中医医院|与|齐鲁医院
            return None
        at, first = left.start, self.start - JOINED
        while (token := self.by_end.get(at)) and at > first:
            if token.word in LEVELS:
                return left.start if self._opens(token) else None
            if _stops(token, self.type):
                break
            at = token.start
        opened = self.text[at - 1 : at] in _OPENED
        return left.start if opened or left.word in _fields() else None

    def _opens(self, level: Token) -> bool:
        """Whether a level word stands for an area: 县蒙医院, not 各县医院."""
        at = level.start
        left = self.by_end.get(at)
        if left is not None:
            stop, _ = _stoppers()
            ends = left.word in stop or left.tag in STOP_TAGS
            return ends and left.word not in {"各", "全", "每", "级", "两", "跨"}
        return at == 0 or not (
            self.text[at - 1].isdigit() or self.text[at - 1] in "各级两）)"
        )


def _names_something(head: Head, walk: Walk, name: str) -> bool:
    """Whether what stands before a head says more than its kind."""
    core = name[: -len(head.word)]
    if core == "街道" and walk.anchored:
        return True
    if not core or core in _generic() or (name in _generic() and not walk.anchored):
        return False
    if walk.anchored or (head.type is EntityType.ORG and _SETTLED.search(core)):
        return True
    if head.needs == "anchor":
        return False
    strange = any(_is_strange(token, head.type) for token in walk.words)
    return strange or (head.needs == "core" and len(core) > 1)


def _is_strange(token: Token, type_: EntityType) -> bool:
    """Whether a word is a name, or a piece of one, that no everyday text holds.

    The dictionary calls many everyday words names of places (城镇, 大河): bodies and
    places are not told by them.
    """
    if type_ in _BODIES_AND_PLACES and token.word in _generic():
        return False
    if len(token.word) == 1 and token.word not in _PLAIN:
        return True
    return not known(token.word) or token.tag[:2] in _NAMES


def is_strange(token: Token, type_: EntityType) -> bool:
    """Whether a word tells a name of a type by not being an everyday one."""
    return _is_strange(token, type_)


_BODIES_AND_PLACES = frozenset((EntityType.ORG, EntityType.PLC))
_CLASS = re.compile(
    r"(?:所有|各|一批|首[批家个座条]|部分|全部|多[个家所座条]|更多|这些|若干|每[个家]|\d[\d.]*万?[余多]?[个家所座处条])的?\Z"
)
"""Words before what is a kind of things: 所有|边境新村, 786所|县医院."""
_NUMBERED = re.compile(
    "[一二三四五六七八九十百千]{1,2}(?:[江河湖港村镇]$|大(?:高速|铁路|机场|港|流域|园区|口岸))"
)
_OF_LEVELS = re.compile(
    "[各驻帮访企产景省市县区镇乡农村城—]+|\\d{4}年?(?:试点|项目|工程|计划|行动)"
)


def _is_kind(text: str, start: int, end: int) -> bool:
    """Whether what seems a name is a kind: 八|河, 县镇|村, 3个|旅游景区."""
    name = text[start:end]
    if name[0] in "万亿" and text[start - 1 : start].isdigit():
        return True
    if name[0] == "之" and len(name) == 2 and name != "之江":  # noqa: PLR2004
        return True
    if _NUMBERED.match(name) or _OF_LEVELS.fullmatch(name):
        return True
    told = "“" in name or any(char in FOLDABLE for char in name)
    return not told and _CLASS.search(text, max(0, start - 9), start) is not None


_SETTLED = re.compile(r".(?:村|社区|街道|镇|乡|县|区|市|州)$")
_PLAIN = frozenset("新老大小高低东西南北中前后上下主副总分特")


@cache
def _generic() -> frozenset[str]:
    return words("generic", "phrase")


_OPENING_VERBS = frozenset(("v", "vd", "ad", "d", "z"))
_WHOLE = 6
"""A dictionary word this long that ends in a head is a name itself."""

_TORN = frozenset("好级批型板年等性化类式非们者再更最得地着过")
"""What is left of a word (做|好, 省|级) when a walk ends inside it."""

_TORN_OFF = SINGLE | frozenset("驻巡跨护各邻")
"""Words that unknown names are cut together with: 9|个村, |驻村."""

_CENTRE = re.compile("中心(?:工作|任务|大局|环节|城[区市]|组|地带|位置|[镇村])")
"""Where 中心 is no institution."""

_NAMES = frozenset(("nt", "ns", "nz", "nr", "x"))
"""Tags of names; a head inside another word (谋篇布|局) heads nothing."""


@cache
def _fields() -> frozenset[str]:
    return words("fields", "word")


@cache
def _head_words() -> frozenset[str]:
    return frozenset(head.word for head in heads()[0])


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
    out = []
    done = 0
    for index, h0, h1 in hits:
        if h0 < done:
            continue
        head = rows[index]
        holder = tokens[bisect_right(ends, h0)]
        last = holder if holder.end >= h1 else tokens[bisect_right(ends, h1 - 1)]
        rest = text[h1 : last.end]
        torn_tail = rest in _JOINS or (
            len(head.word) > 2 and rest in _TORN_ON and not known(last.word)  # noqa: PLR2004  妇幼保健院|新
        )
        if not _is_head(head, holder, "" if torn_tail else rest) or _CENTRE.match(
            text, h0
        ):
            continue
        done = h1
        torn = holder.start < h0 and text[holder.start : h0] in _TORN_OFF
        walk = Walk(text, by_end, head.type, h0 if torn else holder.start)
        walk.village = head.word in ("村", "社区", "嘎查")
        walk.zone = head.type is EntityType.PLC and head.word.endswith(_ZONES)
        walk.go()
        if holder.start < h0 and not torn:
            tag = holder.tag if holder.end == h1 else "n"  # 通扬|运河 is a name
            torn_off = text[holder.start : h0]
            word = holder.word if holder.word in _generic() else torn_off
            walk.words.insert(0, Token(word, tag, holder.start, h0))
        name = text[walk.start : h1]
        done_well = name[0] in "强优实大" and text[walk.start - 1 : walk.start] == "做"
        if done_well or name[0] in _TORN or not _names_something(head, walk, name):
            continue
        if _is_kind(text, walk.start, h1) or (
            head.type is EntityType.PLC and _BUILDS.match(name)
        ):
            continue
        start, end = skeleton.span(walk.start, h1)
        bare = walk.start + 1 == h0 and name[0] in FOLDABLE
        if head.word == "湾" and clean[end - 2] in "融港":
            continue  # 深度融|湾
        if bare and head.word in "山河江湖岛" and clean[end - 2] in LEVELS:
            continue  # 宁国市|山|核桃
        rule = f"names/{head.word}"
        out.append(Mention(head.type, start, end, clean[start:end], rule))
    return out


_BUILDS = re.compile(f"[{FOLDABLE}]?(?:建设|打造|创建|争创)(?=.{{3}})")
"""What opens no place's name: 通辽|建设全国肉牛产业重镇."""
_JOINS = ("及", "和", "与", "等")
"""Words that unknown names are cut together with: 西霞口|村及."""

_TORN_ON = frozenset("新老东西南北")
"""What else they are cut together with: 妇幼保健院|新院区."""

_WATERS = frozenset("河江湖山溪沟")
"""What a reservoir's name is torn before: 青泥|河水库."""


def _is_head(head: Head, holder: Token, rest: str) -> bool:
    """Whether the words of a head are one here, not a piece of another word.

    Args:
        head: What the automaton found.
        holder: The word in which it begins.
        rest: What its last word holds behind it: 大学|教授, but not 局|长.
    """
    if rest and (len(rest) == 1 or not known(rest)):
        return False
    whole = head.word.startswith(holder.word) or holder.word.startswith(head.word)
    if whole or not known(holder.word):
        return True
    if holder.word[0] in _WATERS and holder.word[1:] == head.word:
        return True
    field_of_work = head.type is EntityType.ORG and holder.word in _fields()
    return (
        holder.tag[:2] in _NAMES
        or field_of_work
        or holder.word in _head_words()
        or len(holder.word) >= _WHOLE
    )
