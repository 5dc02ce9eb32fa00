"""The full official name behind a form of words, as far as document and gazetteer tell.

Each function reads the words of one mention and gives a `Naming`; it never
looks at what else a build holds.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zhengpu.extraction.bodies import (
    body_of,
    cppcc,
    democratic,
    federation,
    power,
)
from zhengpu.extraction.dictionary import known_names
from zhengpu.extraction.houses import (
    ELSEWHERE,
    area_opening,
    house_of,
    kind_of,
    known_owner,
    of_school,
    office_of_zone,
    opened_in_full,
    seat_of_school,
)
from zhengpu.extraction.namings import (
    CONGRESS_COMMITTEES,
    LEVEL_WORD,
    Naming,
    area_for,
    area_naming,
    part_of,
    scope_of,
)
from zhengpu.model import EntityType

if TYPE_CHECKING:
    from zhengpu.model import Area, Frame


def reporting_body(frame: Frame) -> Naming | None:
    """The body whose report a document is, where its frame tells."""
    own = body_of(frame.body_kind, frame.place)
    if own is None and frame.body:
        return Naming(
            EntityType.ORG, frame.body, frame.body_kind or "", area=frame.place
        )
    if (
        own
        and frame.body
        and frame.body != own.name
        and frame.body.startswith(own.name)
    ):
        return Naming(EntityType.ORG, frame.body, own.kind, own.scope, own.area, own)
    return own


def _strip_place(surface: str, place: str) -> str:
    """The words of a body's name without its place."""
    return surface.replace(place, "", 1) if place else surface


_PARTY_LEVEL = re.compile(
    "(?:民革|民盟|民建|民进|农工党|致公党|九三学社|台盟)([省市县区州])委"
)
"""A democratic party's committee by its level alone: 民革|省委会."""
_SOCIETY = re.compile("政协.*(?:研究会|理论|学会|联谊会|诗社|书画)")


def body(surface: str, area: Area | None, place: str, frame: Frame) -> Naming:
    """What a body's name stands for.

    Args:
        surface: The clean words, without spaces.
        area: The area that the words name, if they name one.
        place: The part of the words that names it.
        frame: Resolves level words and left-out places.
    """
    special = _by_its_form(surface, area, place, frame) or _branch(
        surface, area, place, frame
    )
    if special:
        return special
    rest = _strip_place(surface, place).removeprefix("新一届")
    named = area
    if area is None:
        if level := LEVEL_WORD.match(rest):
            word = level[1] or "行署"
            area = area_for(word, frame)
            if area is None:
                return Naming(EntityType.ORG, "", reason=f"no {word} here")
            if level[1]:
                rest = rest[: level.start(1)].rstrip("我本") + rest[level.end(1) :]
            named = area
        else:
            party = _PARTY_LEVEL.match(rest)
            area = (area_for(party[1], frame) if party else None) or frame.place
    if area is None:
        return Naming(EntityType.ORG, surface)
    return (
        democratic(rest, area, place)
        or power(rest, area)
        or federation(rest, area)
        or _other(surface, rest, named, place, frame)
    )


_OF_DEPUTIES = re.compile("人大代表(?:之家|联络[站室]|工作[室站]|活动[室站])$")
"""Sites of a congress's deputies, which are no part of the congress itself."""


def _by_its_form(
    surface: str, area: Area | None, place: str, frame: Frame
) -> Naming | None:
    """Well-known bodies, and those that a form of their own tells.

    Args:
        surface: The clean words, without spaces.
        area: The area that the words name, if they name one.
        place: The part of the words that names it.
        frame: Resolves level words.
    """
    fixed = known_names().get(surface)
    if fixed and fixed.type is EntityType.ORG:
        owner = known_owner(fixed.name)
        seat = None if fixed.kind in ELSEWHERE else area_opening(fixed.name)
        return Naming(EntityType.ORG, fixed.name, fixed.kind, area=seat, owner=owner)
    if place and _SOCIETY.search(surface):
        return Naming(
            EntityType.ORG,
            surface,
            kind_of(surface),
            "",
            area,
            cppcc(area) if area and surface.startswith(f"{place}政协") else None,
        )
    if league := _LEAGUE.fullmatch(surface):
        above = area_for(league[1], frame)
        return (above and federation("团委", above)) or Naming(
            EntityType.ORG, "", reason=f"no {league[1]} here"
        )
    if place and _OF_DEPUTIES.search(surface):
        return Naming(EntityType.ORG, surface, kind_of(surface), "", area)
    return own_house(surface, frame)


_BRANCHED = re.compile("(?P<house>.{2,12}局)(?P<branch>.{2,6}分局)")
_NATIONAL_FIRM = re.compile(
    "国网|南方电网|中国(?:石化|石油|移动|联通|电信|邮政)"
    "|农行|工行|建行|中行|交行|农发行|邮储银行|(?:中国)?(?:农业|工商|建设|邮政储蓄)银行"
)
"""Firms whose local branches are called as they are written: 国网|英山县供电公司."""
_LEAGUE = re.compile("团(省|市|县|区|州|旗|盟)委")
_OWN_HOUSE = re.compile(
    "[我本](?P<own>[院局厅委办部]|中心)(?P<unit>.{1,9}[庭局部处队室股科])?|(?P<of>[院局厅委办])(?P<group>党组|党委)|(?P<part>第.检察部)"
)
_LONG_FORMS = {"委": "委员会", "办": "办公室"}


def own_house(surface: str, frame: Frame) -> Naming | None:
    """The court, office or bureau that reports, or a part of it: 我局, 院党组, 第一检察部.

    Args:
        surface: The clean words.
        frame: Tells who reports.

    Returns:
        None if the words are of another form; without a name where nobody
        reports who is called so.
    """
    found = _OWN_HOUSE.fullmatch(surface)
    if found is None:
        return None
    kind = "检察院" if found["part"] else frame.body_kind
    head = found["own"] or found["of"] or "院"
    if kind in ("法院", "检察院"):
        house = power(kind, frame.place) if frame.place and head == "院" else None
    else:
        house = reporting_body(frame)
        if house and not house.name.endswith((head, _LONG_FORMS.get(head, head))):
            house = None
    if house is None:
        return Naming(EntityType.ORG, "", reason="no reporting house")
    return part_of(found["group"] or found["part"] or found["unit"] or "", house)


_IN_FULL = frozenset(("学校", "企业", "医院", "社会团体"))
"""Kinds of bodies whose own names hold the county before the town: 甲县乙镇中心小学."""
_STAFF = re.compile("办公室|(?:党组)?(?P<group>理论学习中心组)|.{2,10}活动小?组")
"""Parts that are named without their body."""
_BENCH = re.compile(".{2,8}庭")
"""A part of a court: 刑事审判第一庭."""
_OWN_PART = re.compile(
    "(?:.{2,18}(?:委员会|专委会)(?:办公室)?"
    "|.{0,12}(?:提案|文史|学习|法制|宗教|外事|联络|卫体|卫生|资源环境|司法|代表工作|预算工作)委"
    "|(?:经济|经科|经济科技|社法|社会法制|社会和法制|农业农村|农业和农村|民宗|民族和宗教|港澳台侨|人资环|人口资源环境|教科卫|教科文?卫体|委员联络|监察司法|财经|社建|城环)委)$"
)
_RANKED = re.compile(r"..(?:省|市|县|区|旗|州|盟|镇|乡|街道)$")


_OF_VILLAGE = re.compile(
    r"^([^省市县区州旗]{1,6}?(?:村|社区|嘎查))(?=党支部|党委|党总支|村委会|居委会)"
)


_GROUP = re.compile("(?<=[局厅办院校学心站馆台司团会联])党(?:组|支部|总支|委)$")
"""Behind a body: what of the party is in it: 县林业局|党组."""


def _own_part(rest: str, frame: Frame) -> Naming | None:
    """A committee that is named without its body: the reporting body's."""
    own = body_of(frame.body_kind, frame.place)
    court = {"审判委员会": "法院", "检察委员会": "检察院"}.get(rest)
    if _BENCH.fullmatch(rest):
        court = "法院"
    if own and own.kind in ("政协", "人大") and (part := _STAFF.fullmatch(rest)):
        standing = part_of("常务委员会", own) if own.kind == "人大" else own
        group = f"党组{part['group']}" if part["group"] else rest
        return part_of(group, standing)
    if court and frame.place and (base := power(court, frame.place)):
        return part_of(rest, base)
    if own and own.kind == "人大" and re.search(r"工作委员会$|资格审查委员会$", rest):
        own = part_of("常务委员会", own)
    if own and own.kind in ("政协", "人大") and _OWN_PART.match(rest):
        full = CONGRESS_COMMITTEES.get(rest) if own.kind == "人大" else None
        name = own.name + (full or (f"{rest}员会" if rest.endswith("委") else rest))
        return Naming(EntityType.ORG, name, "专委会", own.scope, own.area, own)
    return None


def _branch(surface: str, area: Area | None, place: str, frame: Frame) -> Naming | None:
    """A branch of a department in a part of its place: 市生态环境局|甘州分局."""
    found = _BRANCHED.fullmatch(surface)
    if found is None:
        return None
    level = LEVEL_WORD.match(surface)
    of = area_for(level[1] or "行署", frame) if level else area
    opens = level or (place and surface.startswith(place))
    if of is None or not opens:
        return None
    own = (None, "") if level else (area, place)
    whole = body(found["house"], *own, frame)
    name = whole.name + found["branch"]
    home = frame.place
    at_home = home and home.name.startswith(found["branch"].removesuffix("分局"))
    there = home if at_home else area
    seat = area_naming(there) if there and there is not of else None
    return Naming(EntityType.ORG, name, whole.kind, whole.scope, of, whole, seat)


def _other(
    surface: str, rest: str, area: Area | None, place: str, frame: Frame
) -> Naming:
    """Departments, schools, firms: the place in full where the words show its rank."""
    house = of_school(surface) or house_of(surface, area, place)
    if house := house or office_of_zone(surface, area, frame):
        return house
    if group := _GROUP.search(surface):
        size = len(group[0])
        whole = _other(surface[:-size], rest[:-size], area, place, frame)
        return part_of(group[0], whole)
    if area is None:
        if part := _own_part(rest, frame):
            return part
        called = surface.endswith(("大学", "日报", "晚报"))
        seat = seat_of_school(surface) if called else None
        name = opened_in_full(surface)
        return Naming(EntityType.ORG, name, kind_of(surface), area=seat)
    if village := _OF_VILLAGE.match(rest):
        seat_name = Naming(EntityType.PLC, village[1], area=area, scope=area.name)
        return Naming(EntityType.ORG, rest, "党委", area.name, seat=seat_name)
    in_full = not place or place == area.name or _RANKED.search(place)
    ranked = in_full and not _NATIONAL_FIRM.match(surface)
    name, scope = (area.name + rest, scope_of(area)) if ranked else (surface, "")
    name = opened_in_full(name)
    kind = kind_of(surface)
    if kind in _IN_FULL and surface.endswith(name):
        name = surface
    return Naming(EntityType.ORG, name, kind, scope, area)
