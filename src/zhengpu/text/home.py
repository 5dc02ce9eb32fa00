"""Home: the place that a file is from, where its title and headlines leave it out.

News of a county's paper say 县政协 and 我县. Whose they are, the bodies tell that
the text names with a place, or the townships: few counties share two of them.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from zhengpu.text.bodies import Places, bodies

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zhengpu.knowledge.gazetteer import Gazetteer
    from zhengpu.model import Area

_LEVEL = re.compile(
    "(?<![一-龥])[省市县区州旗盟](?=政协|委|人大|政府|人民)|(?<=[我全本])[省市县区州旗盟]"
)
"""How a text calls its own bodies and its own place: 县政协, 我县."""
_VISIT = re.compile(
    r"(?P<who>[^，。；！]{2,30}?)(?:来(?!到|源|自|临|信|访|电|稿)|莅临?)"
    r"(?=[^，。；！]{1,12}?(?:考察|学习|调研|参观|视察|交流|检查|督查|指导|督导|访问|走访|洽谈|观摩))"
)
_TOWNSHIP = re.compile("(?<=[一-龥]{2})(?:镇|乡|街道)")
_RANK = re.compile("[市县区州旗盟]")
_OPENING = 3
"""So many lines of a piece are its headline and the paragraph that opens it."""
_LONGEST = 6
"""So many characters has the name of a township before its last word."""
_READ = 5000
"""So many characters of a text tell where it is from."""
_CLEARLY = 2
"""So many times the parts of the next area must be named."""
_ENOUGH = 2
"""So many townships tell their county."""


def visitors(headline: str) -> str:
    """What a headline says of guests, who are not the news item's own body.

    >>> visitors("福建省闽侯县政协考察团来隆考察交流"), visitors("县政协调研茶产业")
    ('福建省闽侯县政协考察团', '')
    """
    found = _VISIT.match(headline)
    return found["who"] if found else ""


def fitting(area: Area, level: str, gazetteer: Gazetteer) -> Area | None:
    """The area, or the one around it, that a word for its rank may mean."""
    around = (area, *gazetteer.parents(area))
    return next((a for a in around if not level or a.name.endswith(level)), None)


def level_of(words: str) -> str:
    """The rank of a body that is named without its place, or nothing.

    >>> level_of("县政协召开会议"), level_of("隆德县政协召开会议"), level_of("关心我市老人")
    ('县', '', '市')
    """
    found = _LEVEL.search(words)
    return found[0] if found else ""


def home(texts: Sequence[str], gazetteer: Gazetteer) -> Area | None:
    """The place of the pieces of a file that say 县政协 and name no county.

    Args:
        texts: The pieces, each with its headline first.
        gazetteer: Names of areas.

    Returns:
        The area that bodies of the text belong to, guests' left out, or the one
        whose townships or other parts it names; None where several do as well.
    """
    whole = "\n".join(texts)
    levels = Counter(_LEVEL.findall(whole))
    if not levels:
        return None
    level = levels.most_common(1)[0][0]
    places = Places(gazetteer, whole)
    guests = {
        body.place.adcode
        for text in texts
        for body in bodies(visitors(text.strip().partition("\n")[0]), places)
        if body.place
    }
    named: Counter[str] = Counter(
        body.place.adcode
        for line in whole.split("\n")
        for body in bodies(line, places)
        if body.place
        and body.place.level != "nation"
        and body.place.adcode not in guests
        and body.place.name.endswith(level)
    )
    if best := _most(named):
        return gazetteer.area(best)
    counties = Counter(
        area.parent
        for name in dict.fromkeys(_townships(whole, gazetteer))
        for area in gazetteer.named(name)
        if area.level == "township" and area.parent
    )
    best = _most(counties)
    if best is not None and counties[best] >= _ENOUGH:
        return fitting(gazetteer.area(best), level, gazetteer)
    seen = Counter(
        area.adcode
        for text in texts
        for area in _opened_with(text, places)
        if area.name[-1] in levels and area.adcode not in guests
    )
    best = _most(seen) or _around(whole[:_READ], level, places)
    return gazetteer.area(best) if best else None


def _around(text: str, level: str, places: Places) -> str | None:
    """The area of a rank most of whose parts a text names: 合肥, 芜湖, 宣城 lie in 安徽省."""
    forms = places.gazetteer.surfaces("county")
    named = (places.named(form) for form, vague in forms if not vague and form in text)
    parts = {area.adcode: area for area in named if area}
    votes = Counter(
        around.adcode
        for area in parts.values()
        for around in places.gazetteer.parents(area)
        if around.name.endswith(level)
    )
    first, second = (*votes.most_common(2), ("", 0), ("", 0))[:2]
    clear = first[1] >= _ENOUGH and first[1] >= _CLEARLY * second[1]
    return first[0] if clear else None


def _opened_with(text: str, places: Places) -> Iterator[Area]:
    """The areas that the first lines of a piece name: 州长张三到|西畴县|调研."""
    for line in text.strip().split("\n")[:_OPENING]:
        for rank in _RANK.finditer(line):
            if area := places.ending(line[: rank.end()]):
                yield area


def _most(counts: Counter[str]) -> str | None:
    """What was counted more often than all else."""
    best = counts.most_common(2)
    if not best or (len(best) > 1 and best[0][1] == best[1][1]):
        return None
    return best[0][0]


def _townships(text: str, gazetteer: Gazetteer) -> Iterator[str]:
    """The names of townships in a text, the longest that ends at each place."""
    for found in _TOWNSHIP.finditer(text):
        end = found.end()
        for start in range(max(0, found.start() - _LONGEST), found.start() - 1):
            if any(a.level == "township" for a in gazetteer.named(text[start:end])):
                yield text[start:end]
                break
