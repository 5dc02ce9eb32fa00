"""Enumerations with a shared head: 十九届二中、三中、四中全会 is three meetings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from zhengpu.extraction.bodies import PARTY
from zhengpu.extraction.events import central_plenum, local_plenum
from zhengpu.extraction.heads import Token
from zhengpu.extraction.names import is_strange
from zhengpu.extraction.namings import Naming, area_for, unspaced
from zhengpu.extraction.skeleton import AREA_RULE
from zhengpu.model import EntityType, Mention
from zhengpu.text.tagging import tagged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhengpu.extraction.dictionary import Places
    from zhengpu.model import Area, Frame

BACK = 48
"""Characters before a mention in which its enumeration begins at the earliest."""

_N = "[一二三四五六七八九十]+"
_SHORT = re.compile(rf"({_N})(中|次)全会")
_TERM = re.compile(rf"({_N})届(?=历次|中央|{_N}中|精神)")
_FAR = 1200
"""Characters before a plenum in which its committee is told at the earliest."""
_CENTRAL = re.compile(rf"({_N})届((?:{_N}中[、和及])+)$")
_LOCAL = re.compile(rf"(省|市|县|区|州|旗|盟|自治区党)委({_N})届((?:{_N}次[、和及])+)$")
_BODIES = re.compile(
    r"((?:(?:党中央|中央|(?:自治区|省|市|县|区|州|旗|盟)(?:党?委)?)(?:、|和))+)$"
)


def is_listed(surface: str) -> bool:
    """Whether the words are the last member of an enumeration: 四中全会, 八次全会."""
    return _SHORT.fullmatch(surface) is not None


def _before(text: str, mention: Mention) -> str:
    return text[max(0, mention.start - BACK) : mention.start]


def listed_plenum(
    text: str, mention: Mention, surface: str, frame: Frame
) -> Naming | None:
    """The plenum that the last member of an enumeration names."""
    short = _SHORT.fullmatch(surface)
    if short is None:
        return None
    before = _before(text, mention)
    if short[2] == "中":
        terms = _TERM.findall(text, max(0, mention.start - _FAR), mention.start)
        name = central_plenum(terms[-1], short[1]) if terms else surface
        return Naming(EntityType.EVT, name, scope="" if terms else frame.year or "")
    if found := _LOCAL.search(before):
        area = area_for(found[1].removesuffix("党"), frame)
        if area:
            return Naming(EntityType.EVT, local_plenum(area, found[2], short[1]))
    return None


def enumerated(
    text: str, mention: Mention, naming: Naming, frame: Frame
) -> tuple[int, list[Naming]]:
    """The other members of the enumeration that a mention ends.

    Args:
        text: Clean text.
        mention: The last member, with the shared head.
        naming: What it names.
        frame: Resolves level words.

    Returns:
        How many characters before the mention they take, and what they name.
    """
    before = _before(text, mention)
    if mention.type is EntityType.PRG:
        return _campaigns(before, naming)
    if found := _CENTRAL.search(before):
        return len(found[0]), [
            Naming(EntityType.EVT, central_plenum(found[1], session))
            for session in re.findall(rf"({_N})中", found[2])
        ]
    if mention.text.endswith("次全会") and (found := _LOCAL.search(before)):
        area = area_for(found[1].removesuffix("党"), frame)
        return len(found[0]), [
            Naming(EntityType.EVT, local_plenum(area, found[2], session))
            for session in re.findall(rf"({_N})次", found[3])
            if area
        ]
    conference = re.search(r"委员会([^委]{2,}工作会议)$", naming.name)
    if conference and (found := _BODIES.search(before)):
        return len(found[1]), _conferences(found[1], conference[1], naming, frame)
    return 0, []


_CAMPAIGN = re.compile(r"(.+)((?:保卫|攻坚|歼灭)战)")


def _campaigns(before: str, naming: Naming) -> tuple[int, list[Naming]]:
    """蓝天、碧水、净土保卫战: three campaigns of one form."""
    whole = _CAMPAIGN.fullmatch(naming.name)
    if whole is None:
        return 0, []
    size = len(whole[1])
    found = re.search(rf"((?:[\u4e00-\u9fff]{{{size}}}[、和])+)$", before)
    if found is None:
        return 0, []
    others = re.findall(rf"[\u4e00-\u9fff]{{{size}}}", found[1])
    return len(found[1]), [replace(naming, name=other + whole[2]) for other in others]


def _conferences(
    list_: str, conference: str, naming: Naming, frame: Frame
) -> list[Naming]:
    """中央、省委、市委、县委经济工作会议: one conference for each body."""
    out = []
    for word in re.findall(r"党中央|中央|自治区|[省市县区州旗盟]", list_):
        if word.endswith("中央"):
            out.append(Naming(EntityType.EVT, f"中央{conference}", scope=naming.scope))
        elif area := area_for(word, frame):
            name = f"{PARTY}{area.name}委员会{conference}"
            out.append(Naming(EntityType.EVT, name, scope=naming.scope))
    return out


def listed_bodies(text: str, mentions: list[Mention]) -> list[Mention]:
    """Mentions without the bodies that an enumeration of conferences begins with.

    In 中央、省委、市委、县委经济工作会议 only the last member is a mention.
    """
    drop: set[int] = set()
    for mention in mentions:
        if mention.type is EntityType.EVT and "工作会议" in mention.text:
            found = _BODIES.search(_before(text, mention))
            if found and "委" in mention.text:
                start = mention.start - len(found[1])
                drop.update(range(start, mention.start))
    kept = [m for m in mentions if m.start not in drop or m.type is not EntityType.ORG]
    return list(_without_their_places(text, kept))


def _without_their_places(text: str, mentions: list[Mention]) -> Iterator[Mention]:
    """Mentions without the places of bodies that share their last words.

    In 北林区、望奎县、绥棱县政协 only the last body is a mention.
    """
    for n, mention in enumerate(mentions):
        last = n
        while last + 1 < len(mentions) and mentions[last].rule == AREA_RULE:
            if text[mentions[last].end : mentions[last + 1].start] not in _JOINTS:
                break
            last += 1
        body = mentions[last]
        ranked = _RANKED_BODY.match(unspaced(body.text)) and _RANKED.search(
            unspaced(mention.text)
        )
        shared = last > n and body.type is EntityType.ORG and ranked
        if not shared:
            yield mention


_RANKED = re.compile("..[省市县区旗州]$")
_RANKED_BODY = re.compile(
    "..{1,9}?[省市县区旗州](?P<tail>政协|人大|人民政府|政府|法院|检察院|委)"
)
"""A body of an area that is named in full: 绥棱县|政协."""


def other_bodies(
    text: str, mention: Mention, places: Places
) -> tuple[int, list[tuple[Area, str]]]:
    """The areas whose bodies share the last words of one: 北林区、望奎县、|绥棱县政协.

    Args:
        text: Clean text.
        mention: The last body.
        places: Its areas.

    Returns:
        How many characters before the mention they take; each area, and its words.
    """
    if not _RANKED_BODY.match(unspaced(mention.text)):
        return 0, []
    starts = _ranked_before(text, mention.start, places)
    told = [(places.areas[at][1][-1], text[at : places.areas[at][0]]) for at in starts]
    return (mention.start - starts[-1] if starts else 0), told


_ZONE = re.compile(
    "(?P<kind>[\u4e00-\u9fff“”]{0,18}?)(?:试验区|实验区|示范区|先行区|先导区|经济区|开发区|高新区|经开区"
    "|保税区|综保区|自贸区|产业园区?|科技园|零碳园区|片区|灌区|都市圈)"
)
"""What the zones of a list of places share: 福州、厦门|全国海洋经济发展示范区."""
_HUB = re.compile("(?:国家)?(?:物流|算力|交通|货运|航空)枢纽")
"""What several places of a list are, and no name that they share: 贵阳、遵义|国家物流枢纽."""
_RING = "都市圈"
"""What lies in no one place, though it is called after one."""
_JOINTS = frozenset("、和")


def _tail(text: str, mention: Mention, places: Places) -> str:
    """What stands behind the area that a place's name opens with."""
    if mention.rule == "dictionary/name" and mention.text.endswith(_RING):
        return _RING
    end, chain = places.areas.get(mention.start, (0, ()))
    return text[end : mention.end] if chain and end < mention.end else ""


def _in_full(text: str, start: int, places: Places) -> bool:
    """Whether an area stands there by its full name."""
    end, chain = places.areas.get(start, (start, ()))
    return bool(chain) and text[start:end] == chain[-1].name


def _areas_before(text: str, start: int, places: Places) -> list[int]:
    """Where the areas of a list begin that ends before an offset, the last first."""
    out: list[int] = []
    ranked = _in_full(text, start, places)
    while start and text[start - 1] in _JOINTS:
        ends = start - 1
        near = range(max(0, ends - _LONGEST), ends - 1)
        before = [at for at in near if places.areas.get(at, (0,))[0] == ends]
        if not before or not places.areas[before[0]][1]:
            break
        if _in_full(text, before[0], places) != ranked:  # 南平市|和莆田高新区
            break
        start = before[0]
        out.append(start)
    return out


def _ranked_before(text: str, start: int, places: Places) -> list[int]:
    """The same of areas that are named with their rank: 阿拉善左旗、|永宁县政协."""
    out: list[int] = []
    while start and text[start - 1] in _JOINTS:
        ends = start - 1
        near = range(max(0, ends - _LONGEST), ends - 1)
        areas = places.areas
        found = [at for at in near if areas.get(at, (0,))[0] == ends and areas[at][1]]
        if not found or not _RANKED.search(unspaced(text[found[0] : ends])):
            break
        start = found[0]
        out.append(start)
    return out


_LONGEST = 12
"""Characters that the name of an area in a list has at the most."""


def _shares(tail: str) -> bool:
    """Whether words behind an area are a kind of zone, and nothing of its own."""
    zone = _ZONE.fullmatch(tail)
    if zone is None:
        return False
    return not any(
        is_strange(Token(word, tag, 0, len(word)), EntityType.PLC)
        for word, tag in tagged(zone["kind"].strip("“”"))
    )


def zones(
    text: str, mention: Mention, naming: Naming, places: Places
) -> tuple[int, list[Naming]]:
    """The other zones of the list that a zone's name ends: 福州、|厦门…示范区.

    Returns:
        How many characters before the mention they take, and what they name.
    """
    tail = _tail(text, mention, places)
    starts = _areas_before(text, mention.start, places) if _shares(tail) else []
    if not starts:
        return 0, []
    own = unspaced(text[mention.start : mention.end - len(tail)])
    others = []
    for start in reversed(starts):
        end, chain = places.areas[start]
        name = naming.name.replace(own, unspaced(text[start:end]), 1)
        area = None if tail == _RING else chain[-1]
        others.append(replace(naming, name=name, area=area, seat=None))
    return mention.start - starts[-1], others


def listed_zones(text: str, mentions: list[Mention], places: Places) -> list[Mention]:
    """Mentions without the places that a list of zones begins with.

    Of hubs the places are told, and no name: 贵阳、遵义|国家物流枢纽.
    """
    drop: set[int] = set()
    out = []
    for mention in mentions:
        tail = _tail(text, mention, places) if mention.type is EntityType.PLC else ""
        before = _areas_before(text, mention.start, places) if tail else []
        if before and _shares(tail):
            drop.update(before)
        if before and _HUB.fullmatch(tail):
            end = mention.end - len(tail)
            area = text[mention.start : end]
            mention = Mention(EntityType.PLC, mention.start, end, area, AREA_RULE)  # noqa: PLW2901
        out.append(mention)
    return [m for m in out if m.start not in drop]
