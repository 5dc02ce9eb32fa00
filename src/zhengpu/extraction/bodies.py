"""The bodies that an area has by law, and the official name of each."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from zhengpu.extraction.dictionary import known_names
from zhengpu.extraction.namings import Naming, part_of, scope_of
from zhengpu.knowledge.lexicon import table
from zhengpu.model import EntityType
from zhengpu.text.bodies import body_name

if TYPE_CHECKING:
    from zhengpu.model import Area

CPPCC = "中国人民政治协商会议"
PARTY = "中国共产党"


def cppcc(area: Area) -> Naming:
    """The 政协 committee of an area."""
    name = body_name("政协", area)
    return Naming(EntityType.ORG, name, "政协", scope_of(area), area)


def party(area: Area) -> Naming:
    """The party committee of an area."""
    name = f"{PARTY}{area.name}委员会"
    return Naming(EntityType.ORG, name, "党委", scope_of(area), area)


def government(area: Area) -> Naming:
    """The people's government of an area; streets, 地区 and 盟 have offices instead."""
    name = body_name("政府", area)
    return Naming(EntityType.ORG, name, "政府", scope_of(area), area)


def congress(area: Area) -> Naming:
    """The people's congress of an area."""
    return Naming(
        EntityType.ORG, f"{area.name}人民代表大会", "人大", scope_of(area), area
    )


_OF_TERM = re.compile("(?<=共青团)第.{1,3}届")
"""Which committee of the league it is: it stands for the body of every term."""


@cache
def _federations() -> dict[str, str]:
    return {row["short"]: row["full"] for row in table("federations")}


_COURTS = {
    "county": "人民法院",
    "prefecture": "中级人民法院",
    "province": "高级人民法院",
}


def body_of(kind: str | None, area: Area | None) -> Naming | None:
    """The body of a kind (`政协`, `政府`, …) that an area has."""
    makers: dict[str, Maker] = {
        "政协": cppcc,
        "党委": party,
        "政府": government,
        "人大": congress,
        "法院": _court,
        "检察院": _procuratorate,
    }
    maker = makers.get(kind or "")
    return maker(area) if maker and area else None


_ORDINAL = r"(?:第?[一二三四五六七八九十百\d]+届)?"
_RANK = "(?:[市县区旗州盟省])?"

Maker = Callable[["Area"], Naming]


def _discipline(area: Area) -> Naming:
    name = f"{PARTY}{area.name}纪律检查委员会"
    return Naming(EntityType.ORG, name, "纪检", scope_of(area), area)


def _supervision(area: Area) -> Naming:
    return Naming(
        EntityType.ORG, f"{area.name}监察委员会", "纪检", scope_of(area), area
    )


def _court(area: Area) -> Naming:
    name = area.name + _COURTS.get(area.level, "人民法院")
    return Naming(EntityType.ORG, name, "法院", scope_of(area), area)


def _procuratorate(area: Area) -> Naming:
    return Naming(
        EntityType.ORG, f"{area.name}人民检察院", "检察院", scope_of(area), area
    )


def _working_committee(area: Area) -> Naming:
    name = f"{PARTY}{area.name}工作委员会"
    return Naming(EntityType.ORG, name, "党委", scope_of(area), area)


def _discipline_office(area: Area) -> Naming:
    name = f"{PARTY}{area.name}纪律检查工作委员会"
    return Naming(EntityType.ORG, name, "纪检", scope_of(area), area)


def _congress_office(area: Area) -> Naming:
    """What a street has instead of a congress, as it is called."""
    name = f"{area.name}人大工委"
    return Naming(EntityType.ORG, name, "人大", scope_of(area), area)


@cache
def _powers() -> tuple[tuple[re.Pattern[str], Maker], ...]:
    """The words of each kind of body, without place; the last group is a part."""
    forms: tuple[tuple[str, Maker], ...] = (
        (
            f"(?:{PARTY}|中共)?{_ORDINAL}(?:纪委监委|纪委(?!监委)|纪律检查委员会)((?!派?驻).*)",
            _discipline,
        ),
        ("(?:监委|监察委员会)()", _supervision),
        ("纪工委()", _discipline_office),
        ("(?:中级|高级|基层|中|高)?(?:人民)?法?院(.*)", _court),
        ("(?:人民)?检察院(.*)", _procuratorate),
        ("(?:中共)?(?:党工委|党的?工作委员会|工委)()", _working_committee),
        (
            f"{_ORDINAL}(?:{CPPCC}|人民政协|政协){_ORDINAL}(?:委员会|工委|工作委员会)?(.*)",
            cppcc,
        ),
        ("人大(?:工委|工作委员会)()", _congress_office),
        (f"{_ORDINAL}(?:人民代表大会|人大)(.*)", congress),
        (f"{_ORDINAL}(?:(?:人民)?政府|行政公署|行署)(.*)", government),
        (f"(?:{PARTY}|中共){_RANK}{_ORDINAL}(?:委员会|委)(.*)", party),
        (f"{_RANK}委(?:员会|(?!员))(.*)", party),
        ("(?:中共)?党委(.*)", party),
    )
    return tuple((re.compile(form), maker) for form, maker in forms)


def power(rest: str, area: Area) -> Naming | None:
    """政协, people's congress, government, party, discipline, courts."""
    for pattern, maker in _powers():
        if found := pattern.fullmatch(rest):
            return part_of(found[1], maker(area))
    return None


_BRANCH = re.compile("(?:总支|支部|支社|小组|基层委员会)$")
"""Units below a party's committee, which keep their place as it is written."""
_RANK_OF_UNIT = re.compile("^[省市县区州旗](?=总支|支部|支社|小组|基层|工委)")
"""The level of a unit, where the place is told by it alone: 民革|县|总支."""


def democratic(rest: str, area: Area, place: str = "") -> Naming | None:
    """A democratic party's organisation in an area.

    Args:
        rest: The words of its name without the place.
        area: The place.
        place: How the words name it; 民盟恭城支部 stays 恭城.
    """
    if not rest.startswith(tuple(_parties())):
        return None
    for short, party_name in _parties().items():
        if rest.startswith(short):
            unit = re.sub(
                r"^[省市县区州]?(?:委会|委员会|委)?$", "委员会", rest[len(short) :]
            )
            unit = _RANK_OF_UNIT.sub("", unit)
            if _BRANCH.search(unit) and 0 < len(place) < len(area.name):
                name = party_name + place + unit
                return Naming(EntityType.ORG, name, "党派", scope_of(area), area)
            unit = re.sub(r"总支(?:部)?$", "总支部委员会", unit)
            name = party_name + area.name + unit
            return Naming(EntityType.ORG, name, "党派", scope_of(area), area)
    return None


@cache
def _parties() -> dict[str, str]:
    return {
        surface: known.name
        for surface, known in known_names().items()
        if known.kind == "党派" and len(surface) < len("中国国民党")
    }


def federation(rest: str, area: Area) -> Naming | None:
    """Mass organisations by short form, and their party groups."""
    if rest.endswith("党组"):
        whole = federation(rest.removesuffix("党组"), area)
        return part_of("党组", whole) if whole else None
    full = _federations().get(_OF_TERM.sub("", rest))
    if full is None and rest in _federations().values():
        full = rest
    if full is None:
        return None
    if full.startswith("共产主义青年团"):
        name = f"中国共产主义青年团{area.name}委员会"
    else:
        name = area.name + full
    return Naming(EntityType.ORG, name, "社会团体", scope_of(area), area)
