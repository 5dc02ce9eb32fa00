"""Which place a mention means: an area, or a site with a name of its own."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from zhengpu.extraction.dictionary import known_as
from zhengpu.extraction.houses import area_opening
from zhengpu.extraction.listings import TOWNSHIP_RULE
from zhengpu.extraction.namings import (
    Naming,
    area_for,
    area_naming,
    levelled,
    unquoted,
    unspaced,
)
from zhengpu.knowledge.gazetteer import gazetteer
from zhengpu.knowledge.lexicon import table
from zhengpu.model import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhengpu.extraction.dictionary import Places
    from zhengpu.model import Area, Frame, Mention

DEICTIC = re.compile(
    r"[我本全该](?:省|自治[区州县旗]|市|县|区|旗|州|盟|镇|乡|街道|地区)|自治[区州县旗]"
)
_SETTLEMENT = re.compile(r".+(?:村|寨|社区|嘎查|镇|乡|街道|苏木|县|旗)$")
_ZONE = re.compile(
    "(?:新区|高新区|开发区|工业园区|试验区|合作区|科技城|大学城|城市副中心|自由贸易港|自贸港)$"
)
"""Last words of well-known zones, which lie where their name opens: 苏州|工业园区."""
_PORT = re.compile("(?:机场|(?<!宁波舟山)港)$")
"""Well-known ports and airports lie where their full name opens: 西安|咸阳国际机场."""
_IN_TOWN = re.compile("([一-鿿]{2,4}(?:镇|乡|街道))([一-鿿]{2,5}(?:村|社区))")
"""A village behind a town that no gazetteer has: 新桥乡|大源村."""
_BRANCH = re.compile(
    "(?:大学|学院|医院|研究院|研究所|科学院|实验室).{2,}(?:医院|研究院|研究所|学院|中心|基地|院区|校区)$"
)
"""A house with a branch, which lies where the branch is said to be."""
_CLASS = re.compile(
    r"[^，。；]{0,60}?等(?:\d+[余多]?[个座处条])?(?:重点|主要)?"
    "(口岸|高铁|铁路|高速公路|遗址|进京检查站|煤矿|灌区|水库)"
)
"""What the members of a list of sites are, which their full names end with."""
_STREET = re.compile(".{2,3}?[东西南北中]?(?:路|街|大街|大道)(?:商圈|步行街|商业街)?")
"""What cities call after other ones: 南京|西路, 北京|路."""
_TOWNSHIPS = (TOWNSHIP_RULE, "units/ethnic-township")
"""Rules that find townships, which lie in the document's own place."""
_NEAR = 60
"""Characters before a part of a free trade zone (大连片区) in which the zone is named."""
_LEVEL = re.compile("(?:壮族|回族|维吾尔)?自治区$|[省市]$")
"""What a province's name goes without inside the name of its zone."""


class Sites:
    """The places that one document names.

    Args:
        frame: What the document is.
        places: The areas found in its text, by start.
        text: The clean text.
    """

    def __init__(self, frame: Frame, places: Places, text: str) -> None:
        self._frame = frame
        self._places = places
        self._starts = sorted(places.areas)
        self._text = text
        self._classes: dict[str, str] = {}
        self._scope = frame.place.name if frame.place else ""

    def area_in(self, mention: Mention) -> tuple[Area | None, str]:
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

    def named_before(self, end: int, start: int) -> Iterator[Area]:
        """The areas that a stretch of the text names, the last first."""
        first = bisect_left(self._starts, start)
        for at in reversed(self._starts[first : bisect_left(self._starts, end)]):
            if chain := self._places.areas[at][1]:
                yield chain[-1]

    def naming(self, mention: Mention, surface: str) -> Naming:
        """What a mention of a place names."""
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
        if area is None and DEICTIC.fullmatch(surface):
            area = area_for(surface.lstrip("我本全该"), self._frame)
            if area is None:
                return Naming(EntityType.PLC, "", reason=f"{surface}: no such parent")
        if area:
            return area_naming(area)
        return (
            self._known_site(surface)
            or self._in_town(mention, surface)
            or self._site(mention, surface)
        )

    def _in_town(self, mention: Mention, surface: str) -> Naming | None:
        """A village behind a town that no gazetteer has: 新桥乡|大源村."""
        lies = _IN_TOWN.fullmatch(surface)
        if lies is None or self.area_in(mention)[0]:
            return None
        town = Naming(EntityType.PLC, lies[1], scope=self._scope)
        return Naming(EntityType.PLC, lies[2], scope=lies[1], seat=town)

    def _known_site(self, surface: str) -> Naming | None:
        """A site known beforehand, or one that is called by its level: 县文化中心."""
        if fixed := known_as(unquoted(surface), EntityType.PLC):
            port = _PORT.search(fixed.name)
            lies = port or _ZONE.search(surface)
            seat = area_opening(fixed.name if port else surface) if lies else None
            return Naming(EntityType.PLC, fixed.name, fixed.kind, area=seat)
        full = levelled(surface, EntityType.PLC, self._frame)
        if full is None:
            return None
        return Naming(EntityType.PLC, full[0], area=full[1], scope=self._scope)

    def _listed_site(self, mention: Mention, surface: str) -> Naming:
        """A site of a list, by the class that closes the list: 策克、满都拉等口岸."""
        if mention.rule in _TOWNSHIPS:
            return self._township(surface)
        found = _CLASS.match(self._text, mention.end)
        if found and found[1] not in surface:
            self._classes.setdefault(surface, found[1])
        name = surface + self._classes.get(surface, "")
        return Naming(EntityType.PLC, name, scope=self._scope)

    def _township(self, surface: str) -> Naming:
        """A township or village whose rank is said elsewhere in the text: 平马|镇."""
        rank = re.search(
            f"{surface}([一-龥]{{0,3}}族乡|镇|乡|街道|社区|村)", self._text
        )
        name = surface + (rank[1] if rank else "")
        place = self._frame.place
        return Naming(EntityType.PLC, name, area=place, scope=self._scope)

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
        return Naming(EntityType.PLC, name, area=place, scope=self._scope)

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
            area, _ = self.area_in(mention)
            if mention.rule in (*_TOWNSHIPS, "listings/class") and not area:
                return self._listed_site(mention, surface)
            seat = area or area_opening(surface)
            seat = None if self._is_of_elsewhere(surface, seat) else seat
            name = unquoted(surface)
            return Naming(EntityType.PLC, name, area=seat, scope=self._scope)
        end, chain = held
        area = chain[-1] if chain else None
        if end == mention.end:
            return area_naming(area) if area else Naming(EntityType.PLC, surface)
        rest = unspaced(self._text[end : mention.end])
        if rest[0] == "（" and (inner := self._places.areas.get(end + 1)):
            area = inner[1][-1] if inner[1] else area  # 佛山|（云浮）|产业转移工业园
        elif self._is_of_elsewhere(surface, area):
            return Naming(EntityType.PLC, surface, scope=self._scope)
        if rest == "片区" and area and (whole := self._free_trade_zone(mention)):
            name = f"{whole.name}{surface}"
            return Naming(EntityType.PLC, name, area=area, scope="", seat=whole)
        settled = _SETTLEMENT.match(rest) and len(rest) > 2  # noqa: PLR2004  五龙村
        return Naming(
            EntityType.PLC,
            rest if settled else surface,
            area=area,
            scope=area.name if area else self._scope,
        )
