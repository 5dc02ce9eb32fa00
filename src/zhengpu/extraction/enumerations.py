"""Enumerations with a shared head: 十九届二中、三中、四中全会 is three meetings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from zhengpu.extraction.bodies import PARTY
from zhengpu.extraction.events import central_plenum, local_plenum
from zhengpu.extraction.namings import Naming, area_for
from zhengpu.model import EntityType

if TYPE_CHECKING:
    from zhengpu.model import Frame, Mention

BACK = 48
"""Characters before a mention in which its enumeration begins at the earliest."""

_N = "[一二三四五六七八九十]+"
_SHORT = re.compile(rf"({_N})(中|次)全会")
_TERM = re.compile(rf"({_N})届")
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
        terms = _TERM.findall(before)
        return (
            Naming(EntityType.EVT, central_plenum(terms[-1], short[1]))
            if terms
            else None
        )
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
    return [m for m in mentions if m.start not in drop or m.type is not EntityType.ORG]
