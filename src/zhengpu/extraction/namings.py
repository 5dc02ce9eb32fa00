"""What a form of words names: the naming, its scope and its parts."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct

from zhengpu.knowledge.gazetteer import gazetteer
from zhengpu.model import EntityType

if TYPE_CHECKING:
    from zhengpu.model import Area, Frame


class Naming(Struct, frozen=True):
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


def unspaced(text: str) -> str:
    """A form of words without spaces and line ends.

    >>> unspaced("刘 晨")
    '刘晨'
    """
    return "".join(text.split())


def unquoted(name: str) -> str:
    """A name without quotation marks around the whole.

    >>> unquoted("“书香政协”"), unquoted("“四个一”活动")
    ('书香政协', '“四个一”活动')
    """
    if name.startswith("“") and name.endswith("”") and "”" not in name[1:-1]:
        return name[1:-1]
    return name


def area_naming(area: Area) -> Naming:
    """An administrative area as an entity.

    >>> area_naming(gazetteer().named("代县")[0]).scope
    '140923'
    """
    return Naming(EntityType.PLC, area.name, "行政区划", area.adcode, area)


LEVEL_WORD = re.compile(
    r"^(?:第?[一二三四五六七八九十百\d]+届|政协)?[我本]?(自治[区州县旗]|省|市|县|区|旗|州|盟|镇|乡|街道|地区?)|(?=行署)"
)
"""The level that a body's name opens with, in place of an area's name: 市|财政局."""
_ENDS = {"地": ("地区",), "行署": ("地区", "盟")}
"""What the areas are called whose bodies are 地委 and 行署."""


def area_for(word: str, frame: Frame) -> Area | None:
    """The area that a level word means in a document: 县, 市, 省, 自治区.

    The document's own place first, then what contains it, nearest first; a
    word that fits none of them means nothing here.
    """
    if frame.place is None:
        return None
    ends = _ENDS.get(word, word)
    for area in (frame.place, *frame.parents):
        if word in ("省", "自治区"):
            if area.level == "province" and (word == "省") == area.name.endswith("省"):
                return area
        elif area.name.endswith(ends) and not (
            word == "区" and (area.level == "nation" or area.name.endswith("地区"))
        ):
            return area
    return None


_DEICTIC = re.compile(
    r"[我本全该]?(省|自治区|自治州|自治县|自治旗|市|县|区|旗|州|盟|镇|乡|街道|地区)"
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


def scope_of(area: Area | None) -> str:
    """The adcode that tells an area's bodies apart where its name does not."""
    return area.adcode if area and not _unique(area.name) else ""


_COMMITTEE = re.compile(
    "(提案|经济|文史|社法|教科卫体|农业农村|人资环|人口资源环境|民宗|民族宗教|委员联络)委$"
)
"""Short forms of a 政协's committees."""
_LAYERS = re.compile(
    r"(常务委员会|常委会)?(党组|机关|.{2,24}?(?:委员会|专委会)(?!办公)|.{2,24}?委员会(?=办公))?(.*)$"
)


_LEVELLED = re.compile(
    "[我本]?(?P<level>自治[区州县旗]|[省市县区旗州])"
    "(?!中(?!医|心)|政(?!协|府)|人(?!民)|[域级城际场民直道内区乡镇府会南北东西块长情委外下属管营办校位郊])"
    "(?P<rest>[^，。；、]{2,})"
)
_OF_A_HOUSE = re.compile(
    ".+?(?:院|馆|中心|学校|中学|小学|[一二三]中|厂|幼儿园|公园|车站|宫)"
)


def levelled(surface: str, type_: EntityType, frame: Frame) -> tuple[str, Area] | None:
    """The full name of a site that a level word opens, and where it lies.

    县文化中心 is 代县文化中心; of programmes only those of a house are named so
    (县医院传染病楼项目, but not 县领导包联制度).
    """
    found = _LEVELLED.fullmatch(surface)
    if found is None:
        return None
    if type_ is EntityType.PRG and not _OF_A_HOUSE.match(found["rest"]):
        return None
    area = area_for(found["level"], frame)
    return (area.name + found["rest"], area) if area else None


_PARTY_OFFICES = {
    "农办": "农村工作领导小组办公室",
    "改革办": "全面深化改革委员会办公室",
    "网信办": "网络安全和信息化委员会办公室",
    "国安办": "国家安全委员会办公室",
    "财经办": "财经委员会办公室",
    "审计办": "审计委员会办公室",
    "编办": "机构编制委员会办公室",
    "台办": "台湾工作办公室",
    "外办": "外事工作委员会办公室",
}
"""Offices that all party committees have, by their short forms."""

CONGRESS_COMMITTEES = {
    "法制委": "法制委员会",
    "财经委": "财政经济委员会",
    "监司委": "监察和司法委员会",
    "监察司法委": "监察和司法委员会",
    "监察和司法委": "监察和司法委员会",
    "社建委": "社会建设委员会",
    "社会建设委": "社会建设委员会",
    "农业农村委": "农业与农村委员会",
    "农业与农村委": "农业与农村委员会",
    "教科文卫委": "教育科学文化卫生委员会",
}
"""Committees that all people's congresses have, by their short forms."""


def part_of(rest: str, base: Naming) -> Naming:
    """A part of a body, layer by layer: standing committee, party group, office."""
    if base.kind == "政协":
        rest = _COMMITTEE.sub(r"\1委员会", rest)
    if base.kind == "党委":
        rest = _PARTY_OFFICES.get(rest, rest)
    if base.kind == "人大":
        rest = CONGRESS_COMMITTEES.get(rest, rest)
    rest = re.sub(r"^政法委$", "政法委员会", _TERM.sub("", rest))
    rest = re.sub(r"(?:^|(?<=会))办$", "办公室", rest)
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
