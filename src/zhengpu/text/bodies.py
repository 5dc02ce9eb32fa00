"""Bodies and meetings as titles, subtitles and signatures write them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhengpu.knowledge.gazetteer import Gazetteer
    from zhengpu.model import Area

CPPCC = "中国人民政治协商会议"
STATE_COUNCIL = "国务院"
_NATIONAL = "全国"

_DIGITS = "一二三四五六七八九"
_NUM = rf"[{_DIGITS}十\d]{{1,4}}"
_HAN = "[一-龥]"
_TERM = rf"(?:第?(?P<term>{_NUM})届)?"
_FIRST_TERM = rf"(?:第(?P<term0>{_NUM})届)?"

_AHEAD = re.compile(
    rf"(?:(?P<cppcc>{CPPCC}|政协){_FIRST_TERM}|中国共产党|中共)"
    rf"(?P<where>{_HAN}{{1,20}}?){_TERM}(?:(?:工作)?委员会|(?(cppcc)(?!)|委))"
)
"""Bodies whose place stands behind a word of their own."""
_MARK = re.compile(
    rf"(?:第?(?P<term>{_NUM})届)?(?P<nation>{_NATIONAL})?(?P<mark>"
    "人民代表大会常务委员会|人大常委会|人民代表大会|人大(?!会)|政协|人民政府|政府|行政公署"
    "|人民法院|高级人民法院|中级人民法院|人民检察院|纪律检查委员会|纪委|监察委员会|监委|办事处|委(?=书记)"
    "|[省市县区旗州盟镇乡]长|人民政府主席|自治区主席)"
)
"""Words for a body, with its place before them."""
_KINDS = (
    ("人民代表大会", "人大"),
    ("人大", "人大"),
    ("政协", "政协"),
    ("法院", "法院"),
    ("检察院", "检察院"),
    ("纪", "纪委"),
    ("监", "监委"),
    ("委", "党委"),
    ("", "政府"),
)
_TOWNSHIPS = ("镇", "乡", "街道", "苏木")
_BEFORE = 18
_TIBET = "540000"
"""Where a 地区 has a 政协 committee of its own; elsewhere it has a working committee."""
"""So many characters hold the longest names of areas."""


_NAMES = {
    ("政协", ""): f"{CPPCC}{{}}委员会",
    ("党委", ""): "中国共产党{}委员会",
    ("党委", "nation"): "中国共产党中央委员会",
    ("政府", ""): "{}人民政府",
    ("政府", "nation"): STATE_COUNCIL,
    ("人大", ""): "{}人民代表大会",
    ("法院", ""): "{}人民法院",
    ("法院", "prefecture"): "{}中级人民法院",
    ("法院", "province"): "{}高级人民法院",
    ("法院", "nation"): "最高人民法院",
    ("检察院", ""): "{}人民检察院",
    ("检察院", "nation"): "最高人民检察院",
    ("纪委", ""): "中国共产党{}纪律检查委员会",
    ("纪委", "nation"): "中国共产党中央纪律检查委员会",
    ("监委", ""): "{}监察委员会",
    ("监委", "nation"): "国家监察委员会",
}
"""Official names by kind and, where it matters, level."""


class Body(NamedTuple):
    """A body as a phrase names it."""

    kind: str
    """`政协`, `政府`, `人大`, `党委`, `法院`, `检察院`, `纪委`, `监委`."""
    place: Area | None
    term: int | None = None
    standing: bool = False
    """The congress's standing committee."""


def ordinal(words: str) -> int:
    """A number below one hundred.

    >>> ordinal("三十六"), ordinal("十"), ordinal("14")
    (36, 10, 14)
    """
    if words.isdecimal():
        return int(words)
    tens, ten, ones = words.rpartition("十")
    value = _DIGITS.find(ones) + 1 if ones else 0
    return value + (10 * (_DIGITS.find(tens) + 1 if tens else 1) if ten else 0)


def chinese(number: int) -> str:
    """A number below one hundred in characters.

    >>> chinese(36), chinese(10), chinese(4)
    ('三十六', '十', '四')
    """
    tens, ones = divmod(number, 10)
    head = (_DIGITS[tens - 1] if tens > 1 else "") + "十" if tens else ""
    return head + (_DIGITS[ones - 1] if ones else "")


class Places:
    """Which areas the names in a document mean."""

    def __init__(self, gazetteer: Gazetteer, text: str) -> None:
        self.gazetteer = gazetteer
        self._text = text

    def __contains__(self, name: object) -> bool:
        """Whether the document names an area: what `Gazetteer.resolve` asks."""
        return isinstance(name, str) and name in self._text

    def named(self, words: str) -> Area | None:
        """The area of exactly these words."""
        if words == _NATIONAL:
            return self.gazetteer.nation
        if len(words) < 2:  # noqa: PLR2004  县, 省: said of any
            return None
        areas = self.gazetteer.upper(words)
        if not areas and words.endswith(_TOWNSHIPS):
            areas = self.gazetteer.named(words)
        if areas:
            return areas[0] if len(areas) == 1 else self._weighed(areas)
        return self.gazetteer.short(words, None, self)

    def _weighed(self, areas: tuple[Area, ...]) -> Area | None:
        """The one among areas of a name whose parents the text names most."""
        counts = [
            sum(
                self._text.count(min(self.gazetteer.short_forms(parent), key=len))
                for parent in self.gazetteer.parents(area)
                if self.gazetteer.short_forms(parent)
            )
            for area in areas
        ]
        best = max(counts)
        if best and counts.count(best) == 1:
            return areas[counts.index(best)]
        return None

    def leading(self, words: str) -> Area | None:
        """The area of the longest name at the beginning of some words."""
        for end in range(min(len(words), _BEFORE), 1, -1):
            if area := self.named(words[:end]):
                return area
        return None

    def ending(self, words: str) -> Area | None:
        """The area of the longest name at the end of some words."""
        for start in range(max(0, len(words) - _BEFORE), len(words)):
            if area := self.named(words[start:]):
                return area
        return None


def bodies(words: str, places: Places) -> Iterator[Body]:
    """The bodies that a phrase names, in order.

    >>> from zhengpu.knowledge.gazetteer import gazetteer
    >>> words = "政协阜新蒙古族自治县第十四届委员会常务委员会"
    >>> [(b.kind, b.place.name, b.term) for b in bodies(words, Places(gazetteer(), ""))]
    [('政协', '阜新蒙古族自治县', 14)]
    """
    start = 0
    while start < len(words):
        ahead, behind = _AHEAD.search(words, start), _MARK.search(words, start)
        if ahead and (behind is None or ahead.start() <= behind.start()):
            yield _body_ahead(ahead, places)
            start = ahead.end()
        elif behind:
            yield _body_behind(behind, words[start : behind.start()], places)
            start = behind.end()
        else:
            return


def _body_ahead(found: re.Match[str], places: Places) -> Body:
    term = found["term"] or found["term0"]
    # 中共代县县委 says the rank twice.
    place = places.ending(found["where"]) or places.ending(found["where"][:-1])
    kind = "政协" if found["cppcc"] else "党委"
    if found["where"].endswith("纪律检查"):
        place = places.ending(found["where"].removesuffix("纪律检查"))
        kind = "纪委"
    return Body(kind, place, ordinal(term) if term else None)


def _body_behind(found: re.Match[str], before: str, places: Places) -> Body:
    mark, term = found["mark"], found["term"]
    kind = next(kind for word, kind in _KINDS if word in mark)
    if found["nation"]:
        place: Area | None = places.gazetteer.nation
    else:
        place = places.ending(before)
        if place is None and mark.endswith("长"):
            place = places.ending(before + mark[0])  # 辽源市长
    standing = mark.endswith(("常务委员会", "常委会"))
    return Body(kind, place, ordinal(term) if term else None, standing)


def body_name(kind: str, place: Area, *, standing: bool = True) -> str:
    """The official name of a body.

    >>> from zhengpu.knowledge.gazetteer import gazetteer
    >>> body_name("政协", gazetteer().named("代县")[0])
    '中国人民政治协商会议代县委员会'
    """
    name = place.name
    if kind == "政府" and name.endswith("街道"):
        return f"{name}办事处"
    if kind == "政府" and name.endswith(("地区", "盟")) and place.level == "prefecture":
        return f"{name}行政公署"
    if kind == "政协" and name.endswith("地区") and place.parent != _TIBET:
        return f"{CPPCC}{name}工作委员会"
    template = _NAMES.get((kind, place.level)) or _NAMES[kind, ""]
    return template.format(name) + ("常务委员会" if kind == "人大" and standing else "")


_MEETING = ("政协", "人大", "党委")
"""Bodies whose meetings are numbered."""
_SESSION = re.compile(
    rf"(?:第?(?P<term>{_NUM})届)(?P<body>[^第]{{0,24}}?)第?(?P<session>{_NUM})次"
    r"(?P<rest>(?:全体)?会议|主席会议|常委会议|全会)"
)


def meeting_name(words: str, places: Places, own: Area | None) -> str:
    """The official name of a meeting, as far as its words tell.

    Args:
        words: As the text writes it.
        places: The document's areas.
        own: The document's place, for 省十四届人大五次会议.

    >>> from zhengpu.knowledge.gazetteer import gazetteer
    >>> p = Places(gazetteer(), "")
    >>> meeting_name("政协第十五届代县委员会第三次会议", p, None)
    '中国人民政治协商会议代县第十五届委员会第三次会议'
    >>> meeting_name("辽源市八届人大常委会第三十二次会议", p, None)
    '辽源市第八届人民代表大会常务委员会第三十二次会议'
    """
    session = _SESSION.search(words)
    about = (body for body in bodies(words, places) if body.kind in _MEETING)
    named = next(about, None)
    place = named.place or own if named else None
    if session is None or named is None or place is None:
        return words
    national = place.level == "nation"
    term = f"第{chinese(ordinal(session['term']))}届"
    number = f"第{chinese(ordinal(session['session']))}次"
    standing = re.search("常务委员会|常委会", session["body"] + session["rest"])
    committee = "常务委员会" if standing else ""
    kind = "主席会议" if session["rest"] == "主席会议" else "会议"
    if named.kind == "政协":
        body = f"{term}全国" if national else f"{place.name}{term}"
        return f"{CPPCC}{body}委员会{committee}{number}{kind}"
    if named.kind == "党委":
        body = f"{term}中央" if national else f"{place.name}{term}"
        return f"中国共产党{body}委员会{number}全体会议"
    body = f"{term}全国" if national else f"{place.name}{term}"
    return f"{body}人民代表大会{committee}{number}会议"
