"""Words that only documents of some bodies and places can say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhengpu.extraction.canonical import own_house
from zhengpu.knowledge.gazetteer import gazetteer

if TYPE_CHECKING:
    from collections.abc import Callable

    from zhengpu.model import Area, Frame, Mention


def is_told_here(mention: Mention, frame: Frame) -> bool:
    """Whether a document of this body and place can say so.

    我局 is said by a bureau, 我院 by a court, and a one-character host (来代考察) is
    short for the document's own place.
    """
    if mention.rule == "parts/own-house":
        house = own_house(mention.text, frame)
        return house is None or bool(house.name)
    holds = _HELD_BY_PLACE.get(mention.rule)
    if holds is None:
        return True
    return frame.place is not None and holds(mention.text, frame.place)


def _is_near_the_capital(_: str, place: Area) -> bool:
    """Whether a place is Beijing or borders on it: 首都 is no word for its role there."""
    return place.adcode[:2] in ("11", "12", "13")


def _is_called(byname: str, place: Area) -> bool:
    """Whether a place lies in the province that an old name stands for: 齐鲁, 三晋."""
    province = gazetteer().called(byname)
    return province is not None and province.adcode[:2] == place.adcode[:2]


def _are_neighbours(characters: str, place: Area) -> bool:
    """Whether each character is another city's of the province: 郑焦, 合淮."""
    told = set(characters)
    if place.level != "province" or len(told) < len(characters):
        return False
    return told <= gazetteer().initials(place)


def _stands_for(char: str, place: Area) -> bool:
    """Whether a character is short for a place or the province that it lies in."""
    area = gazetteer().abbreviation(char)
    inside = area is not None and gazetteer().contains(area, place)
    return char in place.name or inside


def _is_province(_: str, place: Area) -> bool:
    """Whether a report of the place speaks of one zone of free trade as its own."""
    return place.level == "province"


def _is_township(words: str, place: Area) -> bool:
    """Whether a town speaks of its own party committee: 镇党委."""
    return place.level == "township" and place.name.endswith(words[0])


_HELD_BY_PLACE: dict[str, Callable[[str, Area], bool]] = {
    "places/host-by-one-character": _stands_for,
    "places/capital": _is_near_the_capital,
    "places/province-by-its-old-name": _is_called,
    "places/neighbours-by-their-characters": _are_neighbours,
    "places/own-free-trade-zone": _is_province,
    "bodies/town-party-committee": _is_township,
}
"""Which rules' finds hold only in reports of some places."""
