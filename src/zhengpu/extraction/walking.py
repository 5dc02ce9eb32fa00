"""The walk from a head to the left, as far as its name reaches."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zhengpu.extraction.heads import LONGEST, Token, fields, generic, head_words
from zhengpu.extraction.stopping import (
    SINGLE,
    STOP_TAGS,
    crossed,
    stoppers,
    stops,
    unknown_verbs,
)
from zhengpu.knowledge.rulebook import FOLDABLE, FOLDED
from zhengpu.model import EntityType
from zhengpu.text.tagging import known

if TYPE_CHECKING:
    from collections.abc import Mapping

LEVELS = frozenset("省市县区旗州盟镇乡")


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
    r"(?<![A-Za-z\d.])(?:[A-Z]+\d*|20\d\d|(?:[国省县乡]道|国省道)[A-Z]?\d{2,4}线?|[GSXY]\d{2,4}(?:线|[国省县乡]道)|\d+(?:\.\d+)?万?(?:千伏|千瓦|兆瓦|吉瓦|吨级))\Z"
)
"""Road numbers, Latin brands, years and sizes: G321国道, 2025马拉松赛, 750千伏工程."""
_ROAD = re.compile(r"[GSXY]\d{2,4}(?:线|.道)?$|[国省县乡]")
"""A road by its number, which names what is done there: G318国道|改线工程."""
_BEFORE_LEVEL = frozenset("成到对向与和为在给应任")
"""Characters that some counties' names begin with (成县, 和县), and many verbs end."""
_NO_TOWN = SINGLE | frozenset("万亿")
"""Characters that no town's name begins with."""
_NAMESAKES = frozenset(("联合", "团结", "合作", "解放", "前进", "奋斗"))
"""Verbs that no name crosses, but that villages are called: 崀山镇|联合村."""
_GROUPS = re.compile(
    "(?:民航|中国(?:铁路|石油|石化|移动|联通|电信|邮政|建筑|能建|电建|中铁|铁建|交建|华能|烟草|人寿)|国网|国家税务总局|中国人民银行|农行|工行|建行|中行|交行|人行|农发行|邮储银行|(?:中国)?(?:农业|工商|建设|邮政储蓄)银行)\\Z"
)
"""National groups, whose branches add a place: 中国铁路|西安|局集团有限公司."""
_FIRMS = (
    *("有限", "股份", "集团", "矿业公司", "铝业公司", "药业公司", "酒业公司"),
    *("茶业公司", "煤业公司", "制药公司", "化工公司", "建材公司", "钢铁公司"),
)
_HOUSES = (
    *("医院", "学院", "大学", "中学", "小学", "公司", "研究院"),
    *("艺术馆", "文化馆", "图书馆", "剧院"),
)
"""How bodies end that no field of work joins with another."""
_OF_BODIES = ("负责", "负责人", "负责同志", "局", "厅", "委员会")
"""What ends a body, or tells who stands for it: 县工信局负责|同志和甲公司."""
_DEED_TAGS = frozenset(("v", "vd", "vi", "d", "ad"))
"""Tags of what is done with a programme."""
_FOSTERS = frozenset(("培育", "打造", "创建", "争创", "申建"))
"""What only bodies and places do, where their names stand before it."""
_JOINED_TYPES = frozenset((EntityType.ORG, EntityType.PRG))
_MODERN = ("现代化", "节水", "生态", "可持续")
"""What works are also for: 续建配套与|节水改造工程."""
_FIGURES = frozenset("一二三四五六七八九〇十百千万")
_REACHES = ("上游", "中游", "下游", "中上游", "中下游")
_ALONG_RIVERS = ("生态", "经济", "城市", "水电", "水利")
_ALONG = (EntityType.PLC, EntityType.PRG)
_BETWEEN = frozenset("与和对向由被把在及为将从到赴于助的了是")
"""Characters that end even the name of a firm, which may hold any other."""
_SETTLEMENTS = LEVELS | _PLACES | frozenset("村站港口")
"""How places end."""
_BORDERS = frozenset("的，。、；：\n")
"""Marks behind which 中 belongs to what follows."""
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
    branch: bool = False
    """Whether the head is a branch's, whose house may stand before its place."""
    town: bool = False
    """Whether the head is 镇 or 村, whose names are cut into single characters."""
    village: bool = False
    """Whether the head is 村, whose name may be a verb (奋进村)."""

    def go(self) -> Walk:
        """Walks until something stops it; a name never opens with a verb."""
        limit = max(0, self.start - LONGEST)
        firm = self.text.startswith(_FIRMS, self.start)
        while self.start > limit and self._step(limit, firm=firm):
            pass
        water = self.by_end.get(self.start)
        if self.text[self.start] in WATERS and water and water.tag == "t":
            self.start = water.start  # 明月|湖科创园
        if self.text[self.start] == "（":  # what it explains stands outside
            self.start = self.text.index("）", self.start) + 1
        _, inner = stoppers()
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
        joint = before in "·—－" and self.text[self.start - 2 : self.start] != "——"
        joint = joint and not self.text[self.start - 2].isdigit()  # 2021.08—|楚雄州
        over = self.start - 1 if joint else self._joined(before)
        if over is not None:
            self.start = over
            return True
        if code := _CODE.search(self.text, limit, self.start):
            return self._over_code(code)
        token = self.by_end.get(self.start)
        return token is not None and self._over_word(token, firm=firm)

    def _over_code(self, code: re.Match[str]) -> bool:
        """Over a number or a brand; a road's opens the name: 推进|G528国道改建工程."""
        self.start = code.start()
        road = _ROAD.match(code[0]) is not None
        self.anchored |= road
        return not road or self.text[self.start - 1] in _PLACES

    def _over_fold(self, char: str, limit: int) -> bool:
        firms = self.zone and char == FOLDED["ORG"]  # 特变电工|智慧产业园
        if (char not in crossed(self.type) and not firms) or self._does(char):
            return False
        self.start -= 1
        self.anchored = True
        if group := _GROUPS.search(self.text, limit, self.start):
            self.start = group.start()
            return False
        before = self.text[self.start - 1 : self.start]
        if self.branch and before == FOLDED["ORG"]:
            self.start -= 1  # 宁波海事法院|舟山|法庭
            return False
        level = self.by_end.get(self.start)
        if (
            self.type is EntityType.ORG
            and level is not None
            and level.word in LEVELS
            and self._opens(level)
        ):  # 县|嘉陵江流域综合治理服务中心
            self.start = level.start
        return before in _PLACES or before == "—"

    def _does(self, char: str) -> bool:
        """Whether the name before acts on what follows: 秦皇岛|培育|区域消费中心."""
        first = self.words[-1].word if self.words else ""
        whole = self.words and self.words[-1].start == self.start
        return bool(whole and char in _OPENED and first in _FOSTERS)

    def _over_quotation(self, limit: int) -> bool:
        opening = self.text.rfind("“", limit, self.start)
        if opening < 0 or "”" in self.text[opening : self.start - 1]:
            return False
        self.start, self.anchored, self.quoted = opening, True, True
        token = self.by_end.get(opening)
        plain = self.type is EntityType.PLC and token and _is_plain(token)
        # “甲杯”|“乙杯”邀请赛, 协议|“丙”产业园
        return self.text[opening - 1 : opening] != "”" and not plain

    def _over_aside(self, limit: int) -> bool:
        aside = _ASIDE.search(self.text, limit, self.start)
        if aside:
            self.start, self.anchored, self.quoted = aside.start(), True, True
        # 中国（湖南）自由贸易试验区 begins there
        return aside is not None and not aside[0].startswith("中国")

    def _over_word(self, token: Token, *, firm: bool) -> bool:
        """Over one word, or into it where it begins with a word of its own."""
        if firm and self._coined(token):
            self.words.append(token)
            self.start = token.start
            return True
        if self._ends_in(token) or _counts(self.text, token):
            return False
        if (
            self.type is EntityType.PLC
            and not self.zone
            and token.word.endswith(_HOUSES)
        ):
            return False  # 青海大学|高原医学学科
        free = firm and len(token.word) == 1 and token.word not in _BETWEEN
        free = free or (firm and set(token.word) <= _FIGURES)  # 八五二|农场有限公司
        free = free or (self.zone and token.word in stoppers()[1])
        free = free or self._is_reach(token) or self._opens_with_middle(token)
        if stops(token, self.type) and not free:
            if self._is_village(token):
                self.start = token.start
                return self._step(self.start - 1, firm=firm)
            return False
        self.words.append(token)
        self.start = token.start
        return True

    def _opens_with_middle(self, token: Token) -> bool:
        """Whether 中 begins a name, with no noun before it: 亿元的|中赤光电产业园."""
        opens = token.word[0] == "中" and self.text[token.start - 1] in _BORDERS
        size = self.text[token.start + 1] in "小试低高等"  # 中小商业银行, 中试平台
        return opens and not size and self.type is not EntityType.PRG

    def _is_reach(self, token: Token) -> bool:
        """Whether a word says which part of a river it is: 黄河|上游|生态功能带."""
        river = self.text[token.start - 1 : token.start] == FOLDED["PLC"]
        named = self.text.startswith(_ALONG_RIVERS, token.end)
        return river and named and token.word in _REACHES and self.type in _ALONG

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
        if torn := self._torn(token):
            at = token.start + torn
            rest = Token(token.word[torn:], token.tag, at, token.end)
            if rest.word in LEVELS:  # 对|县|医院
                self.start, self.anchored = rest.start, True
            elif len(rest.word) > 1 or (self.town and rest.word not in _NO_TOWN):
                # 对|绰勒|灌区, 向|花|马池镇
                self.words.append(rest)
                self.start = rest.start
            return True
        stop, _ = stoppers()
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
        if self._opens_with_level(token):
            self.words.append(token)
            self.start, self.anchored = token.start, self._opens(token)
            return True
        if token.word[1:] in LEVELS and token.word[0] in _BEFORE_LEVEL:
            self.start, self.anchored = token.start + 1, True  # 建|成县|妇幼保健院
            return True
        # 村及|好运角|旅游度假区
        joins = len(token.word) > 1 and token.word[-1] in JOINS
        return joins and not known(token.word)

    def _opens_with_level(self, token: Token) -> bool:
        """Whether a word begins with whose it is: 市图书馆|党支部, 县苗|绣产业服务中心."""
        if token.word[0] in LEVELS and token.word[1:] in head_words():
            return True
        torn = token.word[0] in "县市" and not known(token.word)
        return torn and self._opens(token)

    def _torn(self, token: Token) -> int:
        """How long a word of its own is before a name unknown: 对|绰勒|灌区, 包联|鲁地拉镇.

        至 is one only behind another place: 观文镇|至椒园|镇.
        """
        if len(token.word) == 1 or known(token.word):
            return 0
        first = token.word[0]
        if first in SINGLE:
            return 0 if self._opens_with_middle(token) else 1
        if first == "至" and self.text[token.start - 1] in _SETTLEMENTS:
            return 1
        if self.type is EntityType.PRG or len(token.word) == 2:  # noqa: PLR2004
            return 0
        return 2 if token.word[:2] in unknown_verbs() else 0

    def _is_village(self, token: Token) -> bool:
        """Whether a verb is the name of a village behind its township: 搬经镇|加力|村."""
        stop, inner = stoppers()
        numbered = token.tag == "m" and len(self.words) == 1  # 百丈|河村
        return (
            self.village
            and (not self.words or numbered)
            and token.tag in ("v", "vn", "vi", "t", "z", "i", "m")
            and len(token.word) > 1
            and (token.word not in stop | inner or token.word in _NAMESAKES)
            and f"{token.word}村" not in generic()
            and self.text[token.start - 1 : token.start] == FOLDED["AREA"]
        )

    def _joined(self, before: str) -> int | None:
        """Where the words before `和` start, if both sides form one field of work.

        They do where both are fields of the table, or where a place, a body or a
        level word opens them: 州|发展和改革|委员会.
        """
        left = self.by_end.get(self.start - 1)
        if before not in "和与" or left is None or self.type not in _JOINED_TYPES:
            return None
        if self.type is EntityType.PRG:
            return left.start if self._joins_works(left) else None
        above = self.text.startswith(("上级", "下级"), self.start)  # 监督和|上级法院
        if above or stops(left, self.type) or left.word in head_words():
            return None
        if left.word.endswith((*_HOUSES, *_OF_BODIES)):  # 区|中医医院|与|齐鲁医院
            return None
        at, first = left.start, self.start - JOINED
        while (token := self.by_end.get(at)) and at > first:
            if token.word in LEVELS:
                return left.start if self._opens(token) else None
            if stops(token, self.type) or token.word.endswith(_OF_BODIES):
                break
            at = token.start
        opened = self.text[at - 1 : at] in _OPENED
        return left.start if opened or left.word in fields() else None

    def _joins_works(self, left: Token) -> bool:
        """Whether both sides say what is done in one work: 配套|与|现代化改造项目."""
        _, inner = stoppers()
        right = self.words[-1].word if self.words else ""
        works = right in inner or right.startswith(_MODERN)
        return works and left.word in inner and self.words[-1].start == self.start

    def _opens(self, level: Token) -> bool:
        """Whether a level word stands for an area: 县蒙医院, not 各县医院."""
        at = level.start
        left = self.by_end.get(at)
        if left is not None:
            stop, _ = stoppers()
            ends = left.word in stop or left.tag in STOP_TAGS
            return ends and left.word not in {"各", "全", "每", "级", "两", "跨"}
        if _OF_PERSON.search(self.text, max(0, at - 10), at):
            return True
        return at == 0 or not (
            self.text[at - 1].isdigit() or self.text[at - 1] in "各级两）)"
        )


def _is_plain(token: Token) -> bool:
    """Whether a word is none that a place is called by: 协议, but not 滨海|站, 自治区."""
    named = token.word[-1] in _SETTLEMENTS or token.tag[:2] in ("ns", "nt", "nz", "nr")
    return len(token.word) > 1 and known(token.word) and not named


_OF_PERSON = re.compile("（(?:[男女][，、]?)?(?:[一-龥]{1,4}族)?） ?\\Z")
"""What a roll says of a person, before the house: 余秋香（女）|县妇幼保健院."""
_OPENING_VERBS = frozenset(("v", "vd", "ad", "d", "z"))
JOINS = ("及", "和", "与", "等")
"""Words that unknown names are cut together with: 西霞口|村及."""
WATERS = frozenset("河江湖山溪沟")
"""What a reservoir's name is torn before: 青泥|河水库."""
