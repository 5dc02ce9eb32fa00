"""Which entity each mention means, and what its name alone tells of it."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from msgspec.structs import replace

from zhengpu.extraction.bodies import body_of, government
from zhengpu.extraction.canonical import area_opening, body
from zhengpu.extraction.dictionary import known_names
from zhengpu.extraction.enumerations import enumerated, is_listed, listed_plenum, zones
from zhengpu.extraction.events import event
from zhengpu.extraction.listings import name_in_set
from zhengpu.extraction.namings import Naming, area_for, area_naming, part_of, unspaced
from zhengpu.extraction.short_titles import full_title, short_titles
from zhengpu.knowledge.gazetteer import gazetteer
from zhengpu.knowledge.lexicon import table
from zhengpu.model import Entity, EntityType, Link, Mention

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhengpu.extraction.dictionary import KnownName, Places
    from zhengpu.model import Area, Frame

Key = tuple[EntityType, str, str]

_DEICTIC = re.compile(
    r"[我本全该](?:省|自治[区州县旗]|市|县|区|旗|州|盟|镇|乡|街道)|自治[区州县旗]"
)
_SETTLEMENT = re.compile(r".+(?:村|寨|社区|嘎查|镇|乡|街道|苏木|县|旗)$")
_PLAN = re.compile(r"“?(十[一二三四五六]五)”?(?:规划|时期)?(?:纲要)?$")


_RANK = re.compile(
    "(?:(?:[^省市县区]+族)+自治[州县旗区]|自治[州县旗区]|省|市|县|区|旗|州|盟|街道|镇|乡)$"
)
_EDITION = re.compile("(?:第.{1,5}届|首届|20\\d\\d年?)?(?:中国)?[（(]?")
_LOCAL = {
    EntityType.PLC: re.compile("[^圈群带廊]$"),
    EntityType.PRG: re.compile(
        "(?:(?:改造|提升|扩建|治理|修复|保护|建设|利用)工程|项目|[一二三四五]期|电站|铁路|公路)$"
    ),
    EntityType.EVT: re.compile(
        "(?:节|展|博览会|推介会|马拉松|论坛|峰会|文化周|艺术周|庙会|旅游(?:产业)?发展大会)$"
    ),
}
"""Last words of what is called after the place where it lies."""
_ZONE = re.compile(
    "(?:新区|高新区|开发区|工业园区|试验区|合作区|科技城|大学城|城市副中心|自由贸易港|自贸港)$"
)
"""Last words of well-known zones, which lie where their name opens: 苏州|工业园区."""
_OF_CITY = re.compile(
    "(?:马拉松|论坛|峰会|世博会|园博会|花博会|[奥亚大全]运会|冬奥会|亚冬会|残[奥疾运].{0,3}会|运动会|旅游(?:产业)?发展大会|地震|泥石流)$"
)
"""Last words of an event that is called after the city where it is held."""
_OWN_EVENT = re.compile(
    "(?:第.{1,5}届|首届)(省|自治区|市|州|盟|县|区|旗).{0,10}(?:运动会|旅游(?:产业)?发展大会|博览会|[^届]节)$"
)
"""An event of the document's own place: 第七届|省|旅游产业发展大会."""
_PARALYMPICS = re.compile("冬?残奥会|亚残运会")
"""Games that follow others in the same city."""
_GAMES_OF = re.compile(r"(.{2,4}?)(?:20\d\d年|第.{1,3}届)?(?:冬奥会|奥运会|亚运会)")
_IN_YEAR = re.compile("·.{2,4}20\\d\\d年?$")
"""How a forum of one year ends: 世界旅游经济论坛·黑龙江2025."""
_HELD = re.compile("国际|第[^届]{1,4}届|论坛|峰会|马拉松|20\\d\\d年?$")
"""What stands behind the place inside an event's name: 生态文明贵阳|国际论坛."""
_LONGEST_AREA = 4


_BRANCH = re.compile(
    "(?:大学|学院|医院|研究院|研究所|科学院|实验室).{2,}(?:医院|研究院|研究所|学院|中心|基地|院区|校区)$"
)
"""A house with a branch, which lies where the branch is said to be."""


@dataclass(slots=True)
class Registry:
    """The entities of one file, as they are met."""

    by_key: dict[Key, Entity] = field(default_factory=dict)
    forms: dict[Key, dict[str, None]] = field(default_factory=dict)
    areas: dict[str, Area] = field(default_factory=dict)
    """Entity id to the area where its name says that it lies (or that it is)."""
    _keys: dict[str, Key] = field(default_factory=dict)
    seats: dict[str, str] = field(default_factory=dict)
    """Entity id to that of the village or site where it lies."""
    owners: dict[str, str] = field(default_factory=dict)
    """Entity id of a part to that of the body it belongs to."""

    def add(self, naming: Naming, form: str = "") -> str:
        """The id of what a naming names; new things get a new one."""
        key = (naming.type, naming.name, naming.scope)
        entity = self.by_key.get(key)
        if entity is None:
            area = naming.area
            entity = Entity(
                f"e{len(self.by_key) + 1}", naming.type, naming.name,
                scope=naming.scope, kind=naming.kind,
                adcode=area.adcode if area else "",
                level=area.level if area and naming.kind == "行政区划" else "",
            )  # fmt: skip
            self.by_key[key] = entity
            self._keys[entity.id] = key
            self.forms[key] = {}
            if area:
                self.areas[entity.id] = area
            if naming.owner:
                self.owners[entity.id] = self.add(naming.owner)
            if naming.seat:
                self.seats[entity.id] = self.add(naming.seat)
        if form and form != naming.name:
            self.forms[key][form] = None
        return entity.id

    def name(self, id_: str) -> str:
        """The canonical name of an entity."""
        return self._keys[id_][1]

    def type(self, id_: str) -> EntityType:
        """The type of an entity."""
        return self._keys[id_][0]

    def entities(self) -> tuple[Entity, ...]:
        """All entities with their aliases, in the order they were met."""
        return tuple(
            replace(entity, aliases=tuple(sorted(forms))) if forms else entity
            for entity, forms in zip(
                self.by_key.values(), self.forms.values(), strict=True
            )
        )


@dataclass(frozen=True, slots=True)
class Resolved:
    """What the mentions of a document mean."""

    links: list[Link]
    """One for each mention, in order."""
    also: dict[int, tuple[int, tuple[str, ...]]]
    """Start of a mention that ends an enumeration (十九届二中、三中、四中全会) to where
    the enumeration begins and the entities of its other members, which have no
    mention of their own."""


class Resolver:
    """Resolves the mentions of one document.

    Args:
        frame: What the document is.
        places: The areas found in its text, by start.
        text: The clean text.
        registry: Where the file's entities are kept.
    """

    def __init__(
        self, frame: Frame, places: Places, text: str, registry: Registry
    ) -> None:
        self._frame = frame
        self._places = places
        self._starts = sorted(places.areas)
        self._text = text
        self._short = short_titles(text)
        self._registry = registry
        self._memory: dict[tuple[EntityType, str, int], Naming] = {}
        self._quoted: dict[str, Naming] = {}
        self._programmes: list[str] = []
        self._classes: dict[str, str] = {}

    def resolve(self, mentions: Sequence[Mention]) -> Resolved:
        """A link for each mention, and what enumerations name besides."""
        also: dict[int, tuple[int, tuple[str, ...]]] = {}
        links = []
        before: tuple[int, Naming] | None = None
        for mention in mentions:
            surface = unspaced(mention.text)
            naming = (
                self._of_the_same(before, mention, surface)
                or self._games_beside(before, mention, surface)
                or self._naming(mention, surface)
            )
            before = mention.end, naming
            if not naming.name:
                links.append(Link(mention, None, naming.reason))
                continue
            size, others = self._others(mention, naming)
            if others:
                ids = tuple(map(self._registry.add, others))
                also[mention.start] = (mention.start - size, ids)
            naming = self._at_home(naming)
            naming = self._held_where(self._in_its_name(mention, naming), surface)
            form = "" if _DEICTIC.fullmatch(surface) else surface.strip("《》")
            links.append(Link(mention, self._registry.add(naming, form)))
        return Resolved(links, also)

    def _others(self, mention: Mention, naming: Naming) -> tuple[int, list[Naming]]:
        """The other members of the enumeration that a mention ends, and their size."""
        if mention.type in (EntityType.EVT, EntityType.PRG):
            return enumerated(self._text, mention, naming, self._frame)
        if mention.type is EntityType.PLC:
            return zones(self._text, mention, naming, self._places)
        return 0, []

    def _naming(self, mention: Mention, surface: str) -> Naming:
        """What a mention names; the same words mean the same in one document."""
        if mention.type is EntityType.PLC:
            return self._place(mention, surface)
        at = mention.start if is_listed(surface) else 0
        key = (mention.type, surface, at)
        if (naming := self._memory.get(key)) is None:
            naming = self._memory[key] = self._named(mention, surface)
        return naming

    def _at_home(self, naming: Naming) -> Naming:
        """A site, works or festival that is called after the document's place.

        第八届宁国山核桃文化旅游节 lies in 宁国市, 达拉特经济开发区 in 达拉特旗.
        """
        place = self._frame.place
        if naming.area or naming.seat or place is None:
            return naming
        stem = _RANK.sub("", place.name)
        stem = stem if len(stem) > 1 else place.name  # 成县
        opened = _EDITION.match(naming.name)
        at = opened.end() if opened else 0
        ends = _LOCAL.get(naming.type)
        called = len(stem) > 1 and naming.name.startswith(stem, at)
        longer = len(naming.name) > at + len(stem) + 1
        if not (called and longer and ends and ends.search(naming.name)):
            return naming
        return replace(naming, area=place)

    def _in_its_name(self, mention: Mention, naming: Naming) -> Naming:
        """Works that are called after another place: 玉林陆港项目.

        A place in brackets is where it lies, too: 中国（宁夏）国际葡萄酒博览会.
        """
        ends = _LOCAL.get(naming.type)
        if naming.area or naming.seat or ends is None:
            return naming
        area, words = self._area_in(mention)
        at = naming.name.find(words) if words else -1
        if area is None or at < 0 or area.level in ("nation", "township"):
            return naming
        behind = naming.name[at + len(words) :]
        opened = _EDITION.match(naming.name)
        called = (
            naming.type is not EntityType.EVT
            and opened is not None
            and opened.end() == at
            and ends.search(naming.name)
            and behind[:1] not in ("至", "—", "－", "-", "、", "和", "与")
        )
        aside = naming.name[at - 1 : at] in ("（", "(") and behind[:1] in ("）", ")")
        if not (len(behind) > 1 and called) and not aside:
            return naming
        return replace(naming, area=area)

    def _held_where(self, naming: Naming, surface: str) -> Naming:
        """An event that is called after the city or province where it is held.

        So is 上海世博会, also 杭州|第19届亚运会 and 生态文明贵阳|国际论坛, and 第七届|省|旅游发展大会;
        fairs of a region's goods are not, which other cities hold (第七届内蒙古大米节).
        """
        if naming.type is not EntityType.EVT or naming.area or naming.seat:
            return naming
        for name in (naming.name, surface.strip("“”")):
            area = _city_of(name)
            if area is None and (own := _OWN_EVENT.match(name)):
                area = area_for(own[1], self._frame)
            if area:
                return replace(naming, area=area)
        return naming

    def _area_in(self, mention: Mention) -> tuple[Area | None, str]:
        """The area that a mention's words name first, and those words."""
        at = bisect_left(self._starts, mention.start)
        if mention.text.endswith("段") or _BRANCH.search(mention.text):
            # 黔江至吉首高铁|重庆段, 四川大学华西医院|西藏医院
            at = max(at, bisect_left(self._starts, mention.end) - 1)
        if at < len(self._starts) and self._starts[at] < mention.end:
            start = self._starts[at]
            end, chain = self._places.areas[start]
            if chain and end <= mention.end:
                return chain[-1], unspaced(self._text[start:end])
        return None, ""

    def _named(self, mention: Mention, surface: str) -> Naming:
        match mention.type:
            case EntityType.ORG:
                return self._body(mention, surface)
            case EntityType.EVT:
                listed = listed_plenum(self._text, mention, surface, self._frame)
                return listed or event(surface, *self._area_in(mention), self._frame)
            case EntityType.PER:
                national = _is_known(surface, EntityType.PER)
                return Naming(
                    EntityType.PER, surface, scope="" if national else self._scope()
                )
            case EntityType.PRG:
                return self._programme(mention, surface)
            case EntityType.DOC:
                return self._document(mention, surface)
            case _:
                year = self._frame.year or ""
                return Naming(EntityType.AWD, _unquoted(surface), scope=year)

    def _body(self, mention: Mention, surface: str) -> Naming:
        if surface == "政府" and self._frame.place:
            return government(self._frame.place)
        if surface == "政协" or surface.startswith(("常委会", "常务委员会")):
            return self._own_part(surface)
        return body(surface, *self._area_in(mention), self._frame)

    def _of_the_same(
        self, before: tuple[int, Naming] | None, mention: Mention, surface: str
    ) -> Naming | None:
        """The standing committee of the body just named: 县人大及其|常委会."""
        if surface not in ("常委会", "常务委员会"):
            return None
        end, whole = before or (0, None)
        between = unspaced(self._text[max(end, mention.start - 8) : mention.start])
        if between.endswith("人大及其"):  # of this place: 执行人大及其常委会的决定
            whole = body_of("人大", self._frame.place)
        elif between != "及其":
            return None
        if whole is None or not whole.name:
            return None
        return replace(part_of(surface, whole), owner=whole)

    def _games_beside(
        self, before: tuple[int, Naming] | None, mention: Mention, surface: str
    ) -> Naming | None:
        """The games that follow others in one city: 北京冬奥会、|冬残奥会."""
        end, games = before or (0, None)
        joined = self._text[end : mention.start] in ("、", "和")
        if games is None or not joined or mention.type is not EntityType.EVT:
            return None
        city = area_opening(games.name) if _OF_CITY.search(games.name) else None
        if city is None or not _PARALYMPICS.fullmatch(surface):
            return None
        of_city = _GAMES_OF.match(games.name)
        name = f"{of_city[1] if of_city else ''}{surface}"
        return Naming(EntityType.EVT, name, area=city)

    def _own_part(self, surface: str) -> Naming:
        """The reporting body, or a part of its standing committee."""
        own = body_of(self._frame.body_kind, self._frame.place)
        if own is None or own.kind == "政府":
            return Naming(EntityType.ORG, "", reason="no reporting body")
        return part_of(surface.removeprefix("政协"), own)

    # ------------------------------------------------------------- by type

    def _place(self, mention: Mention, surface: str) -> Naming:
        if mention.rule == "places/own-free-trade-zone":
            return self._own_zone(surface)
        if mention.rule == "places/country-by-one-character":
            names = {row["char"]: row["name"] for row in table("country_characters")}
            return Naming(EntityType.PLC, names[surface], "国家")
        area = self._by_character(surface) if len(surface) == 1 else None
        if mention.rule == "places/capital":
            area = gazetteer().named("北京市")[0]
        if mention.rule == "places/province-by-its-old-name":
            area = gazetteer().called(surface)
        if area is None and _DEICTIC.fullmatch(surface):
            area = area_for(surface.lstrip("我本全该"), self._frame)
            if area is None:
                return Naming(EntityType.PLC, "", reason=f"{surface}: no such parent")
        if area:
            return area_naming(area)
        if fixed := _is_known(_unquoted(surface), EntityType.PLC):
            seat = area_opening(surface) if _ZONE.search(surface) else None
            return Naming(EntityType.PLC, fixed.name, fixed.kind, area=seat)
        return self._site(mention, surface)

    def _listed_site(self, mention: Mention, surface: str) -> Naming:
        """A site of a list, by the class that closes the list: 策克、满都拉等口岸."""
        found = _CLASS.match(self._text, mention.end)
        if found and found[1] not in surface:
            self._classes.setdefault(surface, found[1])
        name = surface + self._classes.get(surface, "")
        return Naming(EntityType.PLC, name, scope=self._scope())

    def _is_of_elsewhere(self, street: str, area: Area | None) -> bool:
        """Whether a street is called after an area far from the document's own."""
        place = self._frame.place
        if area is None or place is None or not _STREET.fullmatch(street):
            return False
        contains = gazetteer().contains
        return not (contains(place, area) or contains(area, place))

    def _free_trade_zone(self, mention: Mention) -> Naming | None:
        """The free trade zone of the province that speaks, if the text is about it."""
        place = self._frame.place
        before = self._text[max(0, mention.start - _NEAR) : mention.start]
        told = "自贸" in before or "自由贸易" in before
        if not told or place is None or place.level != "province":
            return None
        return self._own_zone("自贸试验区")

    def _own_zone(self, surface: str) -> Naming:
        """The free trade zone or port of the province that speaks."""
        place = self._frame.place
        short = _LEVEL.sub("", place.name) if place else ""
        port = surface.endswith("港")
        name = f"{short}自由贸易港" if port else f"中国（{short}）自由贸易试验区"
        return Naming(EntityType.PLC, name, area=place, scope=self._scope())

    def _by_character(self, char: str) -> Area | None:
        """The area of a one-character name: the document's own place, or 京, 沪."""
        own = self._frame.place
        if own and char in own.name:
            return own
        return gazetteer().abbreviation(char)

    def _site(self, mention: Mention, surface: str) -> Naming:
        """An area of the gazetteer, or a village or site whose name opens with one."""
        held = self._places.areas.get(mention.start)
        if held is None or (surface.endswith("段") and held[0] < mention.end):
            area, _ = self._area_in(mention)
            if mention.rule == "listings/class" and not area:
                return self._listed_site(mention, surface)
            seat = area or area_opening(surface)
            seat = None if self._is_of_elsewhere(surface, seat) else seat
            name = _unquoted(surface)
            return Naming(EntityType.PLC, name, area=seat, scope=self._scope())
        end, chain = held
        area = chain[-1] if chain else None
        if end == mention.end:
            return area_naming(area) if area else Naming(EntityType.PLC, surface)
        rest = unspaced(self._text[end : mention.end])
        if self._is_of_elsewhere(surface, area):
            return Naming(EntityType.PLC, surface, scope=self._scope())
        if rest == "片区" and area and (whole := self._free_trade_zone(mention)):
            name = f"{whole.name}{surface}"
            return Naming(EntityType.PLC, name, area=area, scope="", seat=whole)
        settled = _SETTLEMENT.match(rest) and len(rest) > 2  # noqa: PLR2004  五龙村
        return Naming(
            EntityType.PLC,
            rest if settled else surface,
            area=area,
            scope=area.name if area else self._scope(),
        )

    def _scope(self) -> str:
        return self._frame.place.name if self._frame.place else ""

    def _programme(self, mention: Mention, surface: str) -> Naming:
        if whole := unspaced(name_in_set(self._text, mention)):
            return Naming(EntityType.PRG, whole, scope=self._scope())
        if plan := _PLAN.match(surface):
            return Naming(EntityType.PRG, f"“{plan[1]}”规划", "规划")
        plain = _unquoted(surface)
        fixed = _is_known(surface, EntityType.PRG) or _is_known(plain, EntityType.PRG)
        if fixed:
            return Naming(EntityType.PRG, fixed.name, fixed.kind)
        if quoted := re.search(r"“([^”]+)”", surface):
            return self._quoted.setdefault(
                quoted[1], Naming(EntityType.PRG, plain, scope=self._scope())
            )
        for longer in self._programmes:
            if longer.endswith(plain) and longer != plain:
                return Naming(EntityType.PRG, longer, scope=self._scope())
        self._programmes.append(plain)
        return Naming(EntityType.PRG, plain, scope=self._scope())

    def _document(self, mention: Mention, surface: str) -> Naming:
        frame = self._frame
        title = surface[1:-1] if surface.startswith("《") else _unquoted(surface)
        own = unspaced(frame.title or "")
        spans = frame.title_span and frame.title_span.start == mention.start
        if own and (spans or title == own):
            return Naming(EntityType.DOC, own, "报告", frame.period or "")
        for form in (title, surface):
            if fixed := _is_known(form, EntityType.DOC):
                return Naming(EntityType.DOC, fixed.name, fixed.kind)
        if title == "章程" and frame.body_kind == "政协":
            return Naming(EntityType.DOC, "中国人民政治协商会议章程")
        full = self._short.get(title)
        if full := full or full_title(title, self._text, mention.start, frame):
            return Naming(EntityType.DOC, full, scope=self._scope())
        if title == "政府工作报告" and frame.place:
            name = f"{government(frame.place).name}工作报告"
            return Naming(EntityType.DOC, name, "报告", frame.period or "")
        return Naming(EntityType.DOC, title, scope=self._scope())


_CLASS = re.compile(
    r"[^，。；]{0,60}?等(?:\d+[余多]?[个座处条])?(?:重点|主要)?"
    "(口岸|高铁|铁路|高速公路|遗址|进京检查站|煤矿|灌区|水库)"
)
"""What the members of a list of sites are, which their full names end with."""
_STREET = re.compile(".{2,3}?[东西南北中]?(?:路|街|大街|大道)(?:商圈|步行街|商业街)?")
"""What cities call after other ones: 南京|西路, 北京|路."""
_NEAR = 60
"""Characters before a part of a free trade zone (大连片区) in which the zone is named."""
_LEVEL = re.compile("(?:壮族|回族|维吾尔)?自治区$|[省市]$")
"""What a province's name goes without inside the name of its zone."""


def _city_of(name: str) -> Area | None:
    """The city or province that the name of a games, forum or disaster tells."""
    opened = _EDITION.match(name)
    rest = name[opened.end() :] if opened else name
    if not (_OF_CITY.search(rest) or _IN_YEAR.search(rest)) or "合作组织" in name:
        return None
    if area := area_opening(rest):
        return area
    for found in _HELD.finditer(name):
        for size in range(_LONGEST_AREA, 1, -1):
            words = name[max(0, found.start() - size) : found.start()]
            area = gazetteer().resolve(words) if len(words) == size else None
            if area and area.level in ("province", "prefecture"):
                return area
    return None


def _is_known(surface: str, type_: EntityType) -> KnownName | None:
    """The fixed name of a type that a form of words is, if it is one."""
    fixed = known_names().get(surface)
    return fixed if fixed and fixed.type is type_ else None


def _unquoted(surface: str) -> str:
    """A name without quotation marks around the whole.

    >>> _unquoted("“书香政协”"), _unquoted("“四个一”活动")
    ('书香政协', '“四个一”活动')
    """
    if surface.startswith("“") and surface.endswith("”") and "”" not in surface[1:-1]:
        return surface[1:-1]
    return surface
