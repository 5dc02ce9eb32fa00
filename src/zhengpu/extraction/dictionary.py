"""What the text names by a name that is known beforehand."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING

import ahocorasick_rs

from zhengpu.extraction.skeleton import AREA_RULE
from zhengpu.knowledge.gazetteer import gazetteer
from zhengpu.knowledge.lexicon import alternation, table, words
from zhengpu.knowledge.patterns import quick
from zhengpu.model import EntityType, Mention
from zhengpu.text.words import HAN_RUN, cutter

if TYPE_CHECKING:
    from zhengpu.model import Area, Frame


@dataclass(frozen=True, slots=True)
class KnownName:
    """A name whose meaning needs no context."""

    type: EntityType
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Places:
    """The administrative areas of a text, by the start of their mention.

    A mention that names its parents too (山西省平遥县) holds one area: the last.
    """

    areas: dict[int, tuple[int, tuple[Area, ...]]]
    """Start to end and the areas that are named there, outermost first; none where
    several areas have the name."""


@cache
def known_names() -> dict[str, KnownName]:
    """Surface to what it names everywhere: national bodies, policies, regions."""
    names = {
        row["surface"]: KnownName(EntityType(row["type"]), row["name"], row["kind"])
        for row in table("names")
    }
    for row in table("policies"):
        names.setdefault(
            row["surface"], KnownName(EntityType.PRG, row["name"], row["kind"])
        )
    for row in table("national_leaders"):
        names[row["name"]] = KnownName(EntityType.PER, row["name"], "")
    return names


def known_as(surface: str, type_: EntityType) -> KnownName | None:
    """The fixed name of a type that a form of words is, if it is one.

    >>> known_as("民革", EntityType.ORG).name, known_as("民革", EntityType.PLC)
    ('中国国民党革命委员会', None)
    """
    known = known_names().get(surface)
    return known if known and known.type is type_ else None


_LEVELS = 4
"""Province, prefecture, county, township: no name of a place holds more."""

OPENERS = frozenset(
    [
        "中共",
        "中国共产党",
        "中国人民政治协商会议",
        "中央",
        "民革",
        "民盟",
        "民建",
        "民进",
        "农工党",
        "致公党",
        "九三学社",
        "台盟",
        "共青团",
        "中国铁路",
    ]
)
"""Names that also open longer ones: 中共代县委员会, 中国共产党第二十次全国代表大会."""

_AFTER_OPENER = frozenset("第十二一三四五六七八九省市县区旗州盟全")
_THOUGHT = (
    "新时代中国特色",
    "经济思想",
    "法治思想",
    "文化思想",
    "强军思想",
    "外交思想",
    "生态文明思想",
)


@cache
def _automaton() -> tuple[ahocorasick_rs.AhoCorasick, tuple[str, ...]]:
    surfaces = tuple(
        dict.fromkeys([*known_names(), *(s for s, _ in gazetteer().surfaces())])
    )
    finder = ahocorasick_rs.AhoCorasick(
        surfaces, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
    )
    return finder, surfaces


_NATIVE = re.compile("人[，。；）]")
_LIFE = re.compile(r"(?:[男女族]|月|月生|出生)，[^，。\n]{0,4}\Z")
"""Before and behind the birthplace of a biography: 汉族，福建|莆田|人，."""

_ENDS_A_BODY = frozenset("协委府局会院部室厅办关处站心社组司校")
"""Last characters of bodies, behind which 会同 is a verb."""
_NICKNAME = re.compile(r"(?:[^缩大减中\W]|“)小..”")
_OPENS = frozenset("任为与到赴在向和给由经同对")
"""Before a county of two characters: 任|代县|教育局 is cut 任代|县."""
_BODIES = ("政协", "委", "人大", "人民", "政府", "纪委", "监委", "法院", "检察院")
"""Behind a county of two characters: 与|蔚|县政协 is cut wrongly."""

CUT_SHORT = {
    "市": "民场值",
    "县": "域",
    "区": "域别块间位",
    "州": "界",
    "旗": "帜下",
    "乡": "村亲镇愁土",
    "镇": "域江痛",
    "河": "长",
    "湖": "长",
    "部": "分门署队",
    "院": "士",
    "澳": "委台同各居",
    "警": "支总",
}
"""Last character of a name, and what makes another word of it: 北京市民, 河长."""


_TOWNS = frozenset(("城市", "城镇", "集镇"))
"""Common words that also end the names of some cities and towns."""
_TOWARDS = frozenset("向从对将把由让使")


def _cuts_a_word(text: str, start: int, end: int, borders: _Borders, home: str) -> bool:
    """Whether the borders of a hit fall inside other words."""
    before = text[start - 1 : start]
    if before == "新" and home.startswith(text[start:end]):
        return False  # 现代化新|宁国, cut as 新宁|国
    if _is_no_area(text, start, before, home) or _is_a_town(text, start, end, borders):
        return True
    after = text[end : end + 1]
    if text.startswith("长会议", end) or after in CUT_SHORT.get(text[end - 1], ("",)):
        return after != ""  # 农业部|长会议
    if end - start > 2:  # noqa: PLR2004  longer names bring their own borders
        return text[end - 1] in "镇乡" and start not in borders
    opened = text[end - 1] == "县" and text[start - 1 : start] in _OPENS
    if start not in borders and not opened:
        return True
    listed = before == "、" and after == "等"  # 苍梧、昭|平等|10个县区
    ended = listed or end in borders or text.startswith(_of_area(), end)
    return not (ended or _is_birthplace(text, start, end))


def _is_a_town(text: str, start: int, end: int, borders: _Borders) -> bool:
    """Whether the name of a town is none: 顺|应城市|发展, 人口|向城镇|转移."""
    if text[end - 2 : end] not in _TOWNS:
        return False
    within = text[start - 1 : start] in ("市", "县", "区", "旗")
    towards = text[start] in _TOWARDS and start + 1 in borders and not within
    return start not in borders or towards


def _is_birthplace(text: str, start: int, end: int) -> bool:
    """Whether a biography names it: 汉族，福建|莆田|人，."""
    born = _NATIVE.match(text, end) and _LIFE.search(text, max(0, start - 9), start)
    return born is not None


_VERBS = frozenset(("新增", "新建", "增加", "改建"))
"""Verbs whose second character opens some areas' names: 新|增城市|公园."""


def _is_no_area(text: str, start: int, before: str, home: str) -> bool:
    """Whether what stands before an area's name makes other words of it."""
    if start and before + text[start] in _VERBS:
        return True
    if before == "小":
        return _NICKNAME.match(text, start - 2) is not None  # “东北小上海”
    row = next(
        (r for r in table("verbal_counties") if text.startswith(r["county"], start)),
        None,
    )
    if row is None or home == row["county"]:
        return False
    # 会同|县教育局, 任|县委书记, but not in what speaks of where the county lies
    body = text.startswith(_of_area(), start + len(row["county"]))
    ended = row["after_bodies"] == "yes" and before in _ENDS_A_BODY
    return ended or (body and row["prefecture"] not in text)


@cache
def _of_area() -> tuple[str, ...]:
    """What the bodies of a county go on with behind its name."""
    known = words("departments", "field") | words("federations", "short")
    return (*_BODIES, *_PEOPLE, *sorted(known))


_PEOPLE = ("同胞", "基本法", "官兵")
"""Words that dictionaries join to a name: 台湾|同胞, 武警|官兵."""


def _is_given_name(text: str, start: int, end: int) -> bool:
    """Whether a short hit is the end of a person's name: 任命蒋丽华为|, 经理裴玉林."""
    if end - start > 2 or text[end - 1] == "县":  # noqa: PLR2004  no name is longer
        return False
    surnames = words("surnames", "surname")
    if text[start] in surnames and _IN_LIST.match(text, max(0, start - 1)):
        return True
    return any(
        text[at : at + 1] in surnames
        and _before_a_name().search(text, max(0, at - 9), at)
        for at in (start - 1, start - 2)
        if at >= 0 and text[at:start] not in _NO_NAMES
    )


_NO_NAMES = ("关于", "位于", "于")
"""What begins like a surname with a given name: 总书记关于|西藏|工作."""

_IN_LIST = re.compile(
    r"[；\n、][一-龥] {0,4}[一-龥][为的](?=[一-龥]{2,12}(?:法院|检察院|局|委员会|政府|办公室|厅))"
)
"""A line of an appointment list: ；秦岭|为市中级人民法院副院长."""


@cache
def _before_a_name() -> re.Pattern[str]:
    title = alternation("titles", "title")
    return quick(rf"(?:任命|免去|补选|增补|接受|同意|{title})[：: ]?\Z")


class _Borders:
    """The offsets where a word of the text begins or ends.

    Only the runs of Han characters that are asked about are cut. Where a long
    name of an area begins, a word does, too: 上海|浦东新区.
    """

    def __init__(self, text: str, sure: frozenset[int]) -> None:
        self._text = text
        self._sure = sure
        self._runs = [run.span() for run in HAN_RUN.finditer(text)]
        self._starts = [start for start, _ in self._runs]
        self._cut: dict[int, frozenset[int]] = {}

    def __contains__(self, offset: int) -> bool:
        if offset in self._sure:
            return True
        index = bisect_right(self._starts, offset) - 1
        start, end = self._runs[index] if index >= 0 else (0, 0)
        if not start < offset < end:
            return True  # beside or between runs
        if start not in self._cut:
            words_ = cutter()(self._text[start:end], True)
            self._cut[start] = frozenset(accumulate(map(len, words_), initial=start))
        return offset in self._cut[start]


def _home(surface: str, frame: Frame) -> Area | None:
    """The document's own place, by its name without rank: 玉林 in 玉林街道."""
    place = frame.place
    if place and len(surface) > 1 and place.name.startswith(surface):
        rank = place.name[len(surface) :]
        return place if rank in ("街道", "镇", "乡", "县", "市", "区", "旗") else None
    return None


Hit = tuple[str, int, int]
"""A surface of the automaton, and where it stands."""


def find_known(text: str, frame: Frame) -> tuple[list[Mention], Places]:
    """The areas and fixed names of a text, without overlaps, in order.

    Args:
        text: Clean text.
        frame: Tells which of several areas of one name is meant.
    """
    names = known_names()
    hits = _hits(text, frame.place.name if frame.place else "")
    support = {surface for surface, _, _ in hits if len(surface) > 2}  # noqa: PLR2004
    found: list[Mention] = []
    places = Places({})
    near_ = _Neighbours(text, hits, frame.place, support)
    for at, (surface, start, end) in enumerate(hits):
        if fixed := names.get(surface):
            found.append(Mention(fixed.type, start, end, surface, "dictionary/name"))
            continue
        before = found[-1] if found and found[-1].end == start else None
        chain = places.areas.get(before.start, (0, ()))[1] if before else ()
        near = chain[-1] if chain else frame.place
        area = _home(surface, frame) or gazetteer().resolve(surface, near, support)
        area = area or near_.settled(at)
        if area is None:
            if _is_ambiguous(surface):
                rule = f"{AREA_RULE}-unresolved"
                found.append(Mention(EntityType.PLC, start, end, surface, rule))
                places.areas[start] = (end, ())
        elif not _is_only_a_word(surface, area):
            inside = 0 < len(chain) < _LEVELS
            within = inside and gazetteer().contains(chain[-1], area)
            first = found.pop().start if within else start
            places.areas[first] = (end, (*chain, area) if within else (area,))
            found.append(
                Mention(EntityType.PLC, first, end, text[first:end], AREA_RULE)
            )
    return found, places


class _Neighbours:
    """What lists of areas say of the everyday words in them: 黄石、咸宁、|天门|."""

    def __init__(
        self, text: str, hits: list[Hit], near: Area | None, support: set[str]
    ) -> None:
        self._text, self._hits = text, hits
        self._near, self._support = near, support

    def settled(self, at: int) -> Area | None:
        """The area that a word of two characters means by the others of its list."""
        surface, _, end = self._hits[at]
        if len(surface) > 2 or self._text[end : end + 1] not in _LIST_GOES_ON:  # noqa: PLR2004
            return None
        for step in (-1, 1):
            other = at + step
            while (beside := self._beside(other - step, other)) is not None:
                area = gazetteer().resolve(beside, self._near, self._support)
                if area and (found := gazetteer().listed(surface, area)):
                    return found
                if abs(other - at) == _LIST:
                    break
                other += step
        return None

    def _beside(self, one: int, other: int) -> str | None:
        """The surface of a hit that only a comma of lists parts from another."""
        if not 0 <= other < len(self._hits):
            return None
        first, second = sorted((one, other))
        end, start = self._hits[first][2], self._hits[second][1]
        joined = start == end + 1 and self._text[end] in "、和与"
        return self._hits[other][0] if joined else None


_LIST = 6
"""So many members of a list away an area still settles what a word means."""
_LIST_GOES_ON = frozenset(("", *"、，。；）和与等两三分入获成列荣均跻"))
"""What follows a member of a list, or the whole list: 长治、临汾|分别入选."""


def _hits(text: str, home: str) -> list[Hit]:
    """What the automaton finds, without what is only a piece of other words."""
    names = known_names()
    hits = _whole(text, home)
    area_starts = {start for surface, start, _ in hits if surface not in names}
    return [
        hit
        for hit in hits
        if not _opens_a_longer_name(text, hit, area_starts)
        and not _tells_of_something_else(text, hit)
    ]


def _tells_of_something_else(text: str, hit: Hit) -> bool:
    """Whether a name stands in a doctrine, a ship's name or a superlative."""
    surface, start, end = hit
    if surface == "习近平":
        return text.startswith(_THOUGHT, end)
    if surface in _THINKERS:
        return text.startswith(("思想", "理论"), end)
    if surface == "亚洲":
        return text.startswith(("最", "第一", "首", "唯一", "规模最"), end)
    return text.startswith("舰", end) or (
        text.startswith("蓝”", end) and text[start - 1] == "“"
    )


_THINKERS = ("毛泽东", "邓小平")


def _whole(text: str, home: str) -> list[Hit]:
    """The finds that cut no word; where one does, what begins inside it: 临|江苏."""
    finder, surfaces = _automaton()
    hits: list[Hit] = []
    found = finder.find_matches_as_indexes(text)
    sure = (a for i, a, b in found if _opens_a_word(surfaces[i], b - a))
    borders = _Borders(text, frozenset(sure))
    limits = (*(start for _, start, _ in found[1:]), len(text))
    for (index, start, end), limit in zip(found, limits, strict=False):
        tries = [(surfaces[index], start, end)]
        while tries:
            surface, a, b = tries.pop()
            if _cuts_a_word(text, a, b, borders, home) or _is_given_name(text, a, b):
                inside = finder.find_matches_as_indexes(text[a + 1 : min(a + 8, limit)])
                first = next(iter(inside), None)
                if first and a + 1 + first[1] < end:
                    i, x, y = first
                    tries.append((surfaces[i], a + 1 + x, a + 1 + y))
            else:
                hits.append((surface, a, b))
    return hits


def _opens_a_word(surface: str, length: int) -> bool:
    """Whether a name is long enough to bring its own borders: 浦东新区, not 应城市."""
    long = length > 2 and surface[-1] in "市县区旗"  # noqa: PLR2004
    return long and surface[-2:] not in _TOWNS


def _opens_a_longer_name(text: str, hit: Hit, area_starts: set[int]) -> bool:
    """Whether a body's rule will read on: 中共|代县委员会, 党的|二十大."""
    surface, start, end = hit
    return surface in OPENERS and (
        end in area_starts
        or text[end : end + 1] in _AFTER_OPENER
        or text.startswith(_generic_with(surface), start)
    )


@cache
def _generic_with(surface: str) -> tuple[str, ...]:
    """The phrases that begin with a name and name nothing: 中央财政, 中央企业.

    What the body itself does (中央巡视) leaves the name a name.
    """
    found = [p for p in words("generic", "phrase") if p.startswith(surface)]
    done = tuple(surface + deed for deed in _DEEDS)
    return tuple(sorted(p for p in found if p != surface and not p.startswith(done)))


_DEEDS = ("巡视", "督导", "督察", "环保", "生态环保", "决策", "指导")
"""What a body does where these follow its name."""


def _is_ambiguous(surface: str) -> bool:
    """Whether a full name is that of several areas above township level."""
    areas = gazetteer().named(surface)
    return len(surface) > 2 and bool(areas) and areas[0].level != "township"  # noqa: PLR2004


def _is_only_a_word(surface: str, area: Area) -> bool:
    """Whether an area's name is used for what it says: 古城, 综合保税区."""
    short = surface != area.name and surface in words("heads", "word")
    return short or area.kind == "statistical"
