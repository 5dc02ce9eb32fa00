"""Where things lie that are called after a place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from zhengpu.extraction.houses import area_opening
from zhengpu.extraction.namings import area_for
from zhengpu.knowledge.gazetteer import gazetteer
from zhengpu.model import EntityType

if TYPE_CHECKING:
    from zhengpu.extraction.namings import Naming
    from zhengpu.model import Area, Frame

_RANK = re.compile(
    "(?:(?:[^省市县区]+族)+自治[州县旗区]|自治[州县旗区]|省|市|县|区|旗|州|盟|街道|镇|乡)$"
)
_EDITION = re.compile("(?:第.{1,5}届|首届|20\\d\\d年?)?(?:中国)?[（(]?")
CALLED_AFTER_PLACES = {
    EntityType.PLC: re.compile("[^圈群带廊]$"),
    EntityType.PRG: re.compile(
        "(?:(?:改造|提升|扩建|治理|修复|保护|建设|利用)工程|项目|[一二三四五]期|电站|铁路|公路)$"
    ),
    EntityType.EVT: re.compile(
        "(?:节|展|博览会|推介会|马拉松|论坛|峰会|文化周|艺术周|庙会|旅游(?:产业)?发展大会)$"
    ),
}
"""Types of what may be called after the place where it lies, with their last words."""
OF_CITY = re.compile(
    "(?:马拉松|论坛|峰会|世博会|园博会|花博会|[奥亚大全]运会|冬奥会|亚冬会|残[奥疾运].{0,3}会|运动会|旅游(?:产业)?发展大会|地震|泥石流)$"
)
"""Last words of an event that is called after the city where it is held."""
_OWN_EVENT = re.compile(
    "(?:第.{1,5}届|首届)(省|自治区|市|州|盟|县|区|旗).{0,10}(?:运动会|旅游(?:产业)?发展大会|博览会|[^届]节)$"
)
"""An event of the document's own place: 第七届|省|旅游产业发展大会."""
_IN_YEAR = re.compile("·.{2,4}20\\d\\d年?$")
"""How a forum of one year ends: 世界旅游经济论坛·黑龙江2025."""
_HELD = re.compile("国际|第[^届]{1,4}届|论坛|峰会|马拉松|20\\d\\d年?$")
"""What stands behind the place inside an event's name: 生态文明贵阳|国际论坛."""
_LONGEST_AREA = 4


def at_home(naming: Naming, frame: Frame) -> Naming:
    """A site, works or festival that is called after the document's place.

    第八届宁国山核桃文化旅游节 lies in 宁国市, 达拉特经济开发区 in 达拉特旗.
    """
    place = frame.place
    if naming.area or naming.seat or place is None:
        return naming
    stem = _RANK.sub("", place.name)
    stem = stem if len(stem) > 1 else place.name  # 成县
    opened = _EDITION.match(naming.name)
    at = opened.end() if opened else 0
    ends = CALLED_AFTER_PLACES.get(naming.type)
    called = len(stem) > 1 and naming.name.startswith(stem, at)
    longer = len(naming.name) > at + len(stem) + 1
    if not (called and longer and ends and ends.search(naming.name)):
        return naming
    return replace(naming, area=place)


def named_after(naming: Naming, area: Area | None, words: str) -> Naming:
    """Works that are called after another place: 玉林陆港项目.

    A place in brackets is where it lies, too: 中国（宁夏）国际葡萄酒博览会.
    """
    ends = CALLED_AFTER_PLACES.get(naming.type)
    if naming.area or naming.seat or ends is None:
        return naming
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


def held_where(naming: Naming, surface: str, frame: Frame) -> Naming:
    """An event that is called after the city or province where it is held.

    So is 上海世博会, also 杭州|第19届亚运会 and 生态文明贵阳|国际论坛, and 第七届|省|旅游发展大会;
    fairs of a region's goods are not, which other cities hold (第七届内蒙古大米节).
    """
    if naming.type is not EntityType.EVT or naming.area or naming.seat:
        return naming
    for name in (naming.name, surface.strip("“”")):
        area = _city_of(name)
        if area is None and (own := _OWN_EVENT.match(name)):
            area = area_for(own[1], frame)
        if area:
            return replace(naming, area=area)
    return naming


def _city_of(name: str) -> Area | None:
    """The city or province that the name of a games, forum or disaster tells."""
    opened = _EDITION.match(name)
    rest = name[opened.end() :] if opened else name
    if not (OF_CITY.search(rest) or _IN_YEAR.search(rest)) or "合作组织" in name:
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
