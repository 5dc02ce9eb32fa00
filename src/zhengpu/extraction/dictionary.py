"""What the text names by a name that is known beforehand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import ahocorasick_rs

from zhengpu.extraction.borders import (
    Borders,
    cuts_a_word,
    is_given_name,
    opens_a_word,
)
from zhengpu.extraction.skeleton import AREA_RULE
from zhengpu.knowledge.gazetteer import gazetteer
from zhengpu.knowledge.lexicon import table, words
from zhengpu.model import EntityType, Mention

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
            told = not (within and _only_calls(text, hits[at], area, start))
            own = (area,) if told else ()
            places.areas[first] = (end, (*chain, *own) if within else own)
            found.append(
                Mention(EntityType.PLC, first, end, text[first:end], AREA_RULE)
            )
    return found, places


_SERVES = re.compile("(?:国际)?(?:机场|空港)")
_HOUSE = re.compile(
    "(?:第?[一二三四五六七八九十]+|实验|高级|职业|外国语)*(?:中学|小学|高中|医院)"
)


def _only_calls(text: str, hit: Hit, area: Area, start: int) -> bool:
    """Whether a short name inside a place only calls a house or an airport.

    The place before it says where it lies: 烟台|蓬莱国际机场, 宜昌市|夷陵中学.
    """
    surface, _, end = hit
    if surface == area.name:
        return False
    ranked = text[start - 1] in "市区县州盟"
    return bool(_SERVES.match(text, end) or (ranked and _HOUSE.match(text, end)))


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
_LIST_GOES_ON = frozenset(("", *"、，。；）和与等两三分入获成列荣均跻学考调视参招"))
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
    """Whether a name stands in a doctrine, a superlative, or a ship's or site's name."""
    surface, start, end = hit
    if surface == "习近平":
        return text.startswith(_THOUGHT, end)
    if surface in _THINKERS:
        return text.startswith(("思想", "理论"), end)
    if surface == "招商局":  # 市|招商局 is an office, no firm
        return text[start - 1 : start] in frozenset("省市县区州旗")
    if surface == "亚洲":
        return text.startswith(("最", "第一", "首", "唯一", "规模最"), end)
    if _is_of_another_name(text, hit):
        return True
    return text.startswith(("舰", "会址"), end) or (
        text.startswith("蓝”", end) and text[start - 1] == "“"
    )


_APPOINTED = re.compile(
    "[^，。；、\\n]{2,30}(?:主任|书记|局长|院长|庭长|审判员|检察员|检察长|委员|秘书长|[省市县区镇乡]长|[处科]长|主席)[，。；、]"
)
_ALONG = re.compile("沿岸|两岸|流域|干流|支流|上游|中游|下游|水质|河道|水系|航道|岸线")
"""Behind rivers, not behind the cities that are called like them."""
_LONGER_RIVER = re.compile(
    "(?:^|[、，。；])[^、，。；沿跨引过治绕临近环护横渡入出赴到在与和及对把保守从向至经由赤大小新老全即是依滨溯顺循\\W\\d]\\Z"
)
"""One character more before a river in a list: 、洛|清江, but not 、沿|长江."""


def _is_of_another_name(text: str, hit: Hit) -> bool:
    """Whether a name is the end of a person's, or a river is meant by a city's."""
    surface, start, end = hit
    if surface == "华为":  # 喻正|华为市监察委员会副主任
        return _APPOINTED.match(text, end) is not None
    along = surface[-1] in "江河湖" and _ALONG.match(text, end)
    if along and surface not in known_names():
        return True  # 牡丹江|沿岸
    longer = _LONGER_RIVER.search(text, max(0, start - 2), start)
    return surface[-1] in "江河" and longer is not None


_THINKERS = ("毛泽东", "邓小平")


def _whole(text: str, home: str) -> list[Hit]:
    """The finds that cut no word; where one does, what begins inside it: 临|江苏."""
    finder, surfaces = _automaton()
    hits: list[Hit] = []
    found = finder.find_matches_as_indexes(text)
    sure = (a for i, a, b in found if opens_a_word(surfaces[i], b - a))
    borders = Borders(text, frozenset(sure))
    limits = (*(start for _, start, _ in found[1:]), len(text))
    for (index, start, end), limit in zip(found, limits, strict=False):
        tries = [(surfaces[index], start, end)]
        while tries:
            surface, a, b = tries.pop()
            if cuts_a_word(text, a, b, borders, home) or is_given_name(text, a, b):
                inside = finder.find_matches_as_indexes(text[a + 1 : min(a + 8, limit)])
                first = next(iter(inside), None)
                if first and a + 1 + first[1] < end:
                    i, x, y = first
                    tries.append((surfaces[i], a + 1 + x, a + 1 + y))
            else:
                hits.append((surface, a, b))
    return hits


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
