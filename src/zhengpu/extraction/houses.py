"""Houses: well-known bodies, schools and firms, their seats, kinds and branches.

What a house is called tells where it lies (天津大学), of what kind it is and of which
other it is a part (四川大学|华西医院, 长三角国家技术创新中心|安徽中心).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from zhengpu.extraction.bodies import PARTY
from zhengpu.extraction.dictionary import known_names
from zhengpu.extraction.namings import LEVEL_WORD, Naming
from zhengpu.knowledge.gazetteer import gazetteer
from zhengpu.knowledge.lexicon import table
from zhengpu.model import EntityType

if TYPE_CHECKING:
    from zhengpu.model import Area, Frame

ELSEWHERE = frozenset(("企业", "银行", "国际组织"))
"""Kinds of well-known bodies that lie not where their names open: 上海合作组织."""


def known_owner(name: str) -> Naming | None:
    """The body that a well-known part belongs to: the politburo."""
    if name.startswith(f"{PARTY}中央委员会") and name != f"{PARTY}中央委员会":
        return Naming(EntityType.ORG, f"{PARTY}中央委员会", "党委")
    whole = known_names().get(name.removesuffix("办公厅"))
    if whole and whole.name != name:
        return Naming(EntityType.ORG, whole.name, whole.kind)
    return None


@lru_cache(maxsize=4096)
def area_opening(name: str) -> Area | None:
    """The province or prefecture that a name opens with: 天津大学, 西安交通大学."""
    for size in (5, 4, 3, 2):
        head = name[:size]
        area = gazetteer().resolve(head) if len(name) > size else None
        if area and area.level in ("province", "prefecture"):
            return area
    return None


def seat_of_school(name: str) -> Area | None:
    """Where a university or newspaper lies, if its name opens with that."""
    return None if name.startswith(_NAMED_FOR_PERSONS) else area_opening(name)


@cache
def _endings() -> tuple[tuple[str, str], ...]:
    """The last words of names and the kinds they tell, the longest first."""
    rows = sorted(table("body_kinds"), key=lambda row: -len(row["ending"]))
    return tuple((row["ending"], row["kind"]) for row in rows)


def kind_of(name: str) -> str:
    """A body's kind, by the last words of its name.

    >>> kind_of("辽宁工业大学")
    '学校'
    """
    return next((kind for end, kind in _endings() if name.endswith(end)), "其他")


_OF_SCHOOL = re.compile(
    r"^(.{2,12}?大学)(?=附属|第.附属|.{1,8}(?:学院|医院|小院|研究[院所])$)"
    r"|^(?!中国)(?P<academy>.{2,6}?(?:科学院|农科院))(?=.{2,14}(?:研究所|研究院|分院|中心)$)"
)
_NAMED_FOR_PERSONS = ("中山",)
"""What universities are called that is no place there: 中山大学 lies in 广州."""
_BRANCH = re.compile(
    "(?:中心|植物园|研究院|研究所|学院|医院|实验室|基地|校区|院区|分院|分校|总部|代表处|研究总院)$"
)
"""Last words of a branch: 长三角国家技术创新中心|安徽中心."""
_HOUSE = re.compile(
    ".{2,}(?:大学|学院|医院|研究院|科学院|农科院|实验室|创新中心|研究中心|商会)$"
)
"""What has branches elsewhere."""
_WITH_BRANCHES = frozenset(("学校", "企业", "银行", "国际组织", "医院", "其他"))
_SHORTEST_BRANCH = 3


def of_school(surface: str) -> Naming | None:
    """A hospital or school of a university: 四川大学|华西医院."""
    school = _OF_SCHOOL.match(surface)
    if school is None:
        return None
    name = school[0]
    seat = area_opening(name) if school["academy"] else seat_of_school(name)
    kind = "其他" if school["academy"] else "学校"
    whole = Naming(EntityType.ORG, name, kind, area=seat)
    return Naming(EntityType.ORG, surface, kind_of(surface), "", seat, whole)


def house_of(surface: str, area: Area | None, place: str) -> Naming | None:
    """A branch of a house that its own name opens with: 中国科学院|东莞…研究所.

    The house is a well-known one, or stands before the place of the branch.
    """
    if not _BRANCH.search(surface) or LEVEL_WORD.match(surface):
        return None
    for size in range(len(surface) - _SHORTEST_BRANCH, 1, -1):
        fixed = known_names().get(surface[:size])
        if fixed and fixed.type is EntityType.ORG and fixed.kind in _WITH_BRANCHES:
            seat = None if fixed.kind in ELSEWHERE else area_opening(fixed.name)
            whole = Naming(EntityType.ORG, fixed.name, fixed.kind, area=seat)
            official = fixed.name if _HOUSE.match(fixed.name) else surface[:size]
            name = official + surface[size:]
            return Naming(EntityType.ORG, name, kind_of(name), "", area, whole)
    at = surface.find(place) if place else -1
    if at < 0 or not _HOUSE.match(surface[:at]):
        return None
    seat = area_opening(surface[:at])
    whole = Naming(EntityType.ORG, surface[:at], kind_of(surface[:at]), area=seat)
    return Naming(EntityType.ORG, surface, kind_of(surface), "", area, whole)


_OF_ZONE = re.compile(
    "((?:[^省市县区旗]{1,10}[省市县旗])?[^省市县区旗]{2,}(?:新区|高新区|经开区|开发区|园区|示范区|合作区|度假区|风景区|景区|保护区|公园|古城|古镇|自贸区|保税区))(?:管委会|管理委员会)"
)


def office_of_zone(surface: str, area: Area | None, frame: Frame) -> Naming | None:
    """What looks after a zone, which lies in it: 抚州高新区|管委会."""
    zone = _OF_ZONE.fullmatch(surface)
    if zone is None:
        return None
    held = area or area_opening(zone[1])
    scope = held.name if held else frame.place.name if frame.place else ""
    site = Naming(EntityType.PLC, zone[1], area=held, scope=scope)
    return Naming(EntityType.ORG, surface, kind_of(surface), seat=site)


def opened_in_full(name: str) -> str:
    """A name that opens with its short form, in full.

    >>> opened_in_full("农行敦化市支行")
    '中国农业银行敦化市支行'
    """
    for row in table("house_openings"):
        if name.startswith(row["short"]):
            return row["full"] + name.removeprefix(row["short"])
    return name
