"""The full official name behind a form of words, as far as document and gazetteer tell.

Each function reads the words of one mention and gives a `Naming`; it never
looks at what else a build holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from zhengpu.extraction.dictionary import known_names
from zhengpu.knowledge.gazetteer import gazetteer
from zhengpu.knowledge.lexicon import table
from zhengpu.model import EntityType

if TYPE_CHECKING:
    from zhengpu.model import Area, Frame

CPPCC = "中国人民政治协商会议"
PARTY = "中国共产党"


@dataclass(frozen=True, slots=True)
class Naming:
    """What a form of words names.

    `owner` is the naming of the body that it is a part of; `area` the area
    where its name says that it lies, `seat` the village or site.
    """

    type: EntityType
    name: str
    kind: str = ""
    scope: str = ""
    area: Area | None = None
    owner: Naming | None = None
    seat: Naming | None = None
    reason: str = ""
    """Why it stays unresolved; then `name` is empty."""


def area_naming(area: Area) -> Naming:
    """An administrative area as an entity.

    >>> area_naming(gazetteer().named("代县")[0]).scope
    '140923'
    """
    return Naming(EntityType.PLC, area.name, "行政区划", area.adcode, area)


def area_for(word: str, frame: Frame) -> Area | None:
    """The area that a level word means in a document: 县, 市, 省, 自治区.

    The document's own place first, then what contains it, nearest first; a
    word that fits none of them means nothing here.
    """
    if frame.place is None:
        return None
    for area in (frame.place, *frame.parents):
        if word in ("省", "自治区"):
            if area.level == "province" and (word == "省") == area.name.endswith("省"):
                return area
        elif area.name.endswith(word) and not (word == "区" and area.level == "nation"):
            return area
    return None


_DEICTIC = re.compile(
    r"[我本全该]?(省|自治区|自治州|自治县|自治旗|市|县|区|旗|州|盟|镇|乡|街道)"
)
_TERM = re.compile(r"第?([一二三四五六七八九十百零〇\d]+)届")
_SESSION = re.compile(r"第?([一二三四五六七八九十百零〇\d]+)次")
_PARTS = (
    (re.compile(r"(?:常务委员会|常委会)(.*)"), "常务委员会"),
    (re.compile(r"()(党组.*)"), ""),
    (re.compile(r"()(机关.*|办公[厅室].*)"), ""),
)


def chinese_numeral(digits: str) -> str:
    """A small number in Chinese numerals; what is Chinese already stays.

    >>> chinese_numeral("14"), chinese_numeral("二十")
    ('十四', '二十')
    """
    if not digits.isdigit():
        return digits
    tens, ones = divmod(int(digits), 10)
    units = "零一二三四五六七八九"
    if int(digits) > 99:  # noqa: PLR2004  no body has a hundred terms
        return digits
    return (
        (units[tens] if tens > 1 else "")
        + ("十" if tens else "")
        + (units[ones] if ones else "")
    )


@cache
def _unique(name: str) -> bool:
    """Whether one current area alone has this name."""
    return sum(area.until is None for area in gazetteer().named(name)) < 2  # noqa: PLR2004


def _scope(area: Area | None) -> str:
    return area.adcode if area and not _unique(area.name) else ""


_LAYERS = re.compile(
    r"(常务委员会|常委会)?(党组|机关|.{2,24}?(?:委员会|专委会)(?!办公)|.{2,24}?委员会(?=办公))?(.*)$"
)


def part_of(rest: str, base: Naming) -> Naming:
    """A part of a body, layer by layer: standing committee, party group, office."""
    rest = re.sub(r"^政法委$", "政法委员会", _TERM.sub("", rest))
    layers = _LAYERS.match(rest)
    whole = base
    for n, layer in enumerate(layers.groups() if layers else (rest,)):
        if layer:
            part = "常务委员会" if layer == "常委会" else layer
            # A people's congress does not own its standing committee as a part.
            owner = None if n == 0 and base.kind == "人大" else whole
            whole = Naming(
                EntityType.ORG,
                whole.name + part,
                base.kind,
                base.scope,
                base.area,
                owner,
            )
    return whole


def cppcc(area: Area) -> Naming:
    """The 政协 committee of an area."""
    name = f"{CPPCC}{area.name}委员会"
    return Naming(EntityType.ORG, name, "政协", _scope(area), area)


def party(area: Area) -> Naming:
    """The party committee of an area."""
    name = f"{PARTY}{area.name}委员会"
    return Naming(EntityType.ORG, name, "党委", _scope(area), area)


def government(area: Area) -> Naming:
    """The people's government of an area; a street has an office instead."""
    if area.name.endswith("街道"):
        return Naming(EntityType.ORG, f"{area.name}办事处", "政府", _scope(area), area)
    return Naming(EntityType.ORG, f"{area.name}人民政府", "政府", _scope(area), area)


def congress(area: Area) -> Naming:
    """The people's congress of an area."""
    return Naming(
        EntityType.ORG, f"{area.name}人民代表大会", "人大", _scope(area), area
    )


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
    makers = {"政协": cppcc, "党委": party, "政府": government, "人大": congress}
    maker = makers.get(kind or "")
    return maker(area) if maker and area else None


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


_LEVEL_WORD = re.compile(
    r"^(?:第?[一二三四五六七八九十百\d]+届)?[我本]?(自治[区州县旗]|省|市|县|区|旗|州|盟|镇|乡|街道)"
)


def body(surface: str, area: Area | None, place: str, frame: Frame) -> Naming:
    """What a body's name stands for.

    Args:
        surface: The clean words, without spaces.
        area: The area that the words name, if they name one.
        place: The part of the words that names it.
        frame: Resolves level words and left-out places.
    """
    fixed = known_names().get(surface)
    if fixed and fixed.type is EntityType.ORG:
        owner = _known_owner(fixed.name)
        seat = area_opening(fixed.name) if fixed.kind not in ("企业", "银行") else None
        return Naming(EntityType.ORG, fixed.name, fixed.kind, area=seat, owner=owner)
    if re.search(r"政协.*(?:研究会|理论|学会|联谊会|诗社|书画)", surface) and place:
        return Naming(
            EntityType.ORG,
            surface,
            kind_of(surface),
            "",
            area,
            cppcc(area) if area and surface.startswith(f"{place}政协") else None,
        )
    rest = _strip_place(surface, place).removeprefix("新一届")
    named = area
    if area is None:
        if level := _LEVEL_WORD.match(rest):
            area = area_for(level[1], frame)
            if area is None:
                return Naming(EntityType.ORG, "", reason=f"no {level[1]} here")
            rest = rest[: level.start(1)].rstrip("我本") + rest[level.end(1) :]
            named = area
        else:
            area = frame.place
    if area is None:
        return Naming(EntityType.ORG, surface)
    return (
        _democratic(rest, area)
        or _power(rest, area)
        or _federation(rest, area)
        or _other(surface, rest, named, place, frame)
    )


def _known_owner(name: str) -> Naming | None:
    """The body that a well-known part belongs to: the politburo."""
    if name.startswith(f"{PARTY}中央委员会") and name != f"{PARTY}中央委员会":
        return Naming(EntityType.ORG, f"{PARTY}中央委员会", "党委")
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


_ORDINAL = r"(?:第?[一二三四五六七八九十百\d]+届)?"
_RANK = "(?:[市县区旗州盟省])?"

Maker = Callable[["Area"], Naming]


def _discipline(area: Area) -> Naming:
    name = f"{PARTY}{area.name}纪律检查委员会"
    return Naming(EntityType.ORG, name, "纪检", _scope(area), area)


def _supervision(area: Area) -> Naming:
    return Naming(EntityType.ORG, f"{area.name}监察委员会", "纪检", _scope(area), area)


def _court(area: Area) -> Naming:
    name = area.name + _COURTS.get(area.level, "人民法院")
    return Naming(EntityType.ORG, name, "法院", _scope(area), area)


def _procuratorate(area: Area) -> Naming:
    return Naming(
        EntityType.ORG, f"{area.name}人民检察院", "检察院", _scope(area), area
    )


def _working_committee(area: Area) -> Naming:
    name = f"{PARTY}{area.name}工作委员会"
    return Naming(EntityType.ORG, name, "党委", _scope(area), area)


def _discipline_office(area: Area) -> Naming:
    name = f"{PARTY}{area.name}纪律检查工作委员会"
    return Naming(EntityType.ORG, name, "纪检", _scope(area), area)


@cache
def _powers() -> tuple[tuple[re.Pattern[str], Maker], ...]:
    """The words of each kind of body, without place; the last group is a part."""
    forms: tuple[tuple[str, Maker], ...] = (
        ("(?:中共)?(?:纪委监委|纪委|纪律检查委员会)(.*)", _discipline),
        ("(?:监委|监察委员会)()", _supervision),
        ("纪工委()", _discipline_office),
        ("(?:中级|高级|基层|中|高)?(?:人民)?法?院(.*)", _court),
        ("(?:人民)?检察院(.*)", _procuratorate),
        ("(?:中共)?(?:党工委|党的?工作委员会|工委)()", _working_committee),
        (
            f"{_ORDINAL}(?:{CPPCC}|人民政协|政协){_ORDINAL}(?:委员会)?(.*)",
            cppcc,
        ),
        (f"{_ORDINAL}(?:人民代表大会|人大)(.*)", congress),
        ("(?:人民)?政府(.*)", government),
        (f"(?:{PARTY}|中共){_RANK}{_ORDINAL}(?:委员会|委)(.*)", party),
        (f"{_RANK}委(?:员会)?(.*)", party),
        ("(?:中共)?党委(.*)", party),
    )
    return tuple((re.compile(form), maker) for form, maker in forms)


def _power(rest: str, area: Area) -> Naming | None:
    """政协, people's congress, government, party, discipline, courts."""
    for pattern, maker in _powers():
        if found := pattern.fullmatch(rest):
            return part_of(found[1], maker(area))
    return None


def _democratic(rest: str, area: Area) -> Naming | None:
    """A democratic party's organisation in an area."""
    for short, party_name in _parties().items():
        if rest.startswith(short):
            unit = re.sub(
                r"^[省市县区州]?(?:委会|委员会|委)?$", "委员会", rest[len(short) :]
            )
            unit = re.sub(r"总支(?:部)?$", "总支部委员会", unit)
            name = party_name + area.name + unit
            return Naming(EntityType.ORG, name, "党派", _scope(area), area)
    return None


@cache
def _parties() -> dict[str, str]:
    return {
        surface: known.name
        for surface, known in known_names().items()
        if known.kind == "党派" and len(surface) < len("中国国民党")
    }


def _federation(rest: str, area: Area) -> Naming | None:
    """Mass organisations by short form."""
    full = _federations().get(rest)
    if full is None and rest in _federations().values():
        full = rest
    if full is None:
        return None
    if full.startswith("共产主义青年团"):
        name = f"中国共产主义青年团{area.name}委员会"
    else:
        name = area.name + full
    return Naming(EntityType.ORG, name, "社会团体", _scope(area), area)


_KINDS = (
    ("政协", "政协"), ("委员会", "专委会"), ("公司", "企业"), ("集团", "企业"), ("厂", "企业"),
    ("大学", "学校"), ("学院", "学校"), ("中学", "学校"), ("小学", "学校"), ("学校", "学校"),
    ("医院", "医院"), ("银行", "银行"), ("专班", "专班"), ("领导小组", "专班"), ("指挥部", "专班"),
    ("协会", "社会团体"), ("学会", "社会团体"), ("联合会", "社会团体"), ("商会", "社会团体"),
    ("局", "部门"), ("厅", "部门"), ("办公室", "部门"), ("部", "部门"), ("委", "部门"),
    ("诗社", "社会团体"), ("合作社", "企业"), ("旅行社", "企业"), ("社", "媒体"), ("台", "媒体"), ("报", "媒体"),
    ("办事处", "政府"), ("工会", "社会团体"), ("总会", "社会团体"), ("研究会", "社会团体"), ("促进会", "社会团体"),
    ("红十字会", "社会团体"), ("基金会", "社会团体"), ("党支部", "党委"), ("党组", "党委"),
)  # fmt: skip


def kind_of(name: str) -> str:
    """A body's kind, by the last words of its name.

    >>> kind_of("辽宁工业大学")
    '学校'
    """
    return next((kind for end, kind in _KINDS if name.endswith(end)), "其他")


_OWN_PART = re.compile(r".{2,18}(?:委员会|专委会)(?:办公室)?$")
_RANKED = re.compile(r"..(?:省|市|县|区|旗|州|盟|镇|乡|街道)$")


_OF_SCHOOL = re.compile(r"^(.{2,12}?大学)(?=附属|第.附属|.{1,8}(?:学院|医院|小院)$)")
_OF_VILLAGE = re.compile(
    r"^([^省市县区州旗]{1,6}?(?:村|社区|嘎查))(?=党支部|党委|党总支|村委会|居委会)"
)


def _own_part(rest: str, frame: Frame) -> Naming | None:
    """A committee that is named without its body: the reporting body's."""
    own = body_of(frame.body_kind, frame.place)
    court = {"审判委员会": "法院", "检察委员会": "检察院"}.get(rest)
    if court and frame.place and (base := _power(court, frame.place)):
        return part_of(rest, base)
    if own and own.kind == "人大" and re.search(r"工作委员会$|资格审查委员会$", rest):
        own = part_of("常务委员会", own)
    if own and own.kind in ("政协", "人大") and _OWN_PART.match(rest):
        name = own.name + rest
        return Naming(EntityType.ORG, name, "专委会", own.scope, own.area, own)
    return None


def _other(
    surface: str, rest: str, area: Area | None, place: str, frame: Frame
) -> Naming:
    """Departments, schools, firms: the place in full where the words show its rank."""
    if area is None:
        part = _own_part(rest, frame)
        return part or Naming(EntityType.ORG, surface, kind_of(surface))
    if school := _OF_SCHOOL.match(surface):
        seat = area_opening(school[1])
        whole = Naming(EntityType.ORG, school[1], "学校", area=seat)
        return Naming(EntityType.ORG, surface, kind_of(surface), "", seat, whole)
    if village := _OF_VILLAGE.match(rest):
        seat_name = Naming(EntityType.PLC, village[1], area=area, scope=area.name)
        return Naming(EntityType.ORG, rest, "党委", area.name, seat=seat_name)
    if not place or place == area.name or _RANKED.search(place):
        name = area.name + rest
        return Naming(EntityType.ORG, name, kind_of(rest), _scope(area), area)
    return Naming(EntityType.ORG, surface, kind_of(surface), "", area)
