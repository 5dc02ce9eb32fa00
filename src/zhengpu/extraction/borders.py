"""Whether a known name is only a piece of other words: 北京|市民, 任命|蒋丽华."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from itertools import accumulate

from zhengpu.knowledge.lexicon import alternation, table, words
from zhengpu.knowledge.patterns import quick
from zhengpu.text.words import HAN_RUN, cutter

_NATIVE = re.compile("人[，。；）]")
_LIFE = re.compile(r"(?:[男女族]|月|月生|出生)，[^，。\n]{0,4}\Z")
"""Before and behind the birthplace of a biography: 汉族，福建|莆田|人，."""

_ENDS_A_BODY = frozenset("协委府局会院部室厅办关处站心社组司校")
"""Last characters of bodies, behind which 会同 is a verb."""
_NICKNAME = re.compile(r"(?:[^缩大减中\W]|“)小..”")
_OPENS = frozenset("任为与到赴在向和给由经同对")
"""Before a county of two characters: 任|代县|教育局 is cut 任代|县."""
_BODIES = ("政协", "委", "人大", "人民", "政府", "纪委", "监委", "法院", "检察院")
"""Behind a county of two characters: 与|蔚|县政协 is cut wrongly."""

_CUT_SHORT = {
    "市": "民场值",
    "县": "域",
    "区": "域别块间位",
    "州": "界",
    "旗": "帜下",
    "乡": "村亲镇愁土",
    "镇": "域江痛",
    "河": "长",
    "湖": "长",
    "部": "分门署队",
    "院": "士",
    "澳": "委台同各居",
    "流": "园",
    "警": "支总",
}
"""Last character of a name, and what makes another word of it: 北京市民, 河长."""


_TOWNS = frozenset(("城市", "城镇", "集镇"))
"""Common words that also end the names of some cities and towns."""
_TOWARDS = frozenset("向从对将把由让使")


def cuts_a_word(text: str, start: int, end: int, borders: Borders, home: str) -> bool:
    """Whether the borders of a hit fall inside other words."""
    before = text[start - 1 : start]
    if before == "新" and home.startswith(text[start:end]):
        return False  # 现代化新|宁国, cut as 新宁|国
    if _is_no_area(text, start, before, home) or _is_a_town(text, start, end, borders):
        return True
    after = text[end : end + 1]
    if text.startswith("长会议", end) or after in _CUT_SHORT.get(text[end - 1], ("",)):
        return after != ""  # 农业部|长会议
    if end - start > 2:  # noqa: PLR2004  longer names bring their own borders
        return text[end - 1] in "镇乡" and start not in borders
    dated = before == "年" and text[start - 2 : start - 1].isdigit()  # 2024年|代县
    opened = text[end - 1] == "县" and (before in _OPENS or dated)
    if start not in borders and not opened:
        return True
    listed = before == "、" and after == "等"  # 苍梧、昭|平等|10个县区
    ended = listed or end in borders or text.startswith(_of_area(), end)
    return not (ended or _is_birthplace(text, start, end))


def _is_a_town(text: str, start: int, end: int, borders: Borders) -> bool:
    """Whether the name of a town is none: 顺|应城市|发展, 人口|向城镇|转移."""
    if text[end - 2 : end] not in _TOWNS:
        return False
    within = text[start - 1 : start] in ("市", "县", "区", "旗")
    towards = text[start] in _TOWARDS and start + 1 in borders and not within
    return start not in borders or towards


def _is_birthplace(text: str, start: int, end: int) -> bool:
    """Whether a biography names it: 汉族，福建|莆田|人，."""
    born = _NATIVE.match(text, end) and _LIFE.search(text, max(0, start - 9), start)
    return born is not None


_JOINS = frozenset("和与及")
_VERBS = frozenset(("新增", "新建", "增加", "改建"))
"""Verbs whose second character opens some areas' names: 新|增城市|公园."""


_OF_COUNTIES = re.compile("[县区市][城级域内]")
"""Behind a verb that is also a county's name."""


def _is_no_area(text: str, start: int, before: str, home: str) -> bool:
    """Whether what stands before an area's name makes other words of it."""
    opened = text[start : start + 2]
    builds = opened in _VERBS and not home.startswith(opened)
    if (start and before + text[start] in _VERBS) or (
        builds and _OF_COUNTIES.match(text, start + 2)
    ):
        return True  # 新建|县城至龙岩公路
    if home and text[start] in _JOINS and text.startswith(home[:2], start + 1):
        return True  # 社区|和|田东火车站
    if before == "小":
        return _NICKNAME.match(text, start - 2) is not None  # “东北小上海”
    row = next(
        (r for r in table("verbal_counties") if text.startswith(r["county"], start)),
        None,
    )
    if row is None or home == row["county"]:
        return False
    # 会同|县教育局, 任|县委书记, but not in what speaks of where the county lies
    body = text.startswith(_of_area(), start + len(row["county"]))
    if row["county"][0] == "任" and row["prefecture"] not in text:
        return True  # 郭辉|任|县公共资源交易中心主任
    ended = row["after_bodies"] == "yes" and before in _ENDS_A_BODY
    return ended or (body and row["prefecture"] not in text)


@cache
def _of_area() -> tuple[str, ...]:
    """What the bodies of a county go on with behind its name."""
    known = words("departments", "field") | words("federations", "short")
    return (*_BODIES, *_PEOPLE, *sorted(known))


_PEOPLE = ("同胞", "基本法", "官兵")
"""Words that dictionaries join to a name: 台湾|同胞, 武警|官兵."""


def is_given_name(text: str, start: int, end: int) -> bool:
    """Whether a short hit is the end of a person's name: 任命蒋丽华为|, 经理裴玉林."""
    if end - start > 2 or text[end - 1] == "县":  # noqa: PLR2004  no name is longer
        return False
    surnames = words("surnames", "surname")
    if text[start] in surnames and (
        _IN_LIST.match(text, max(0, start - 1))
        or (
            _OFFICE.search(text, max(0, start - 2), start)
            and _HOLDER.match(text, start)
        )
    ):
        return True
    return any(
        text[at : at + 1] in surnames
        and _before_a_name().search(text, max(0, at - 9), at)
        for at in (start - 1, start - 2)
        if at >= 0 and text[at:start] not in _NO_NAMES
    )


_NO_NAMES = ("关于", "位于", "于")
"""What begins like a surname with a given name: 总书记关于|西藏|工作."""

_IN_LIST = re.compile(
    r"[；\n、][一-龥] {0,4}[一-龥][为的](?=[一-龥]{2,12}(?:法院|检察院|局|委员会|政府|办公室|厅))"
)
"""A line of an appointment list: ；秦岭|为市中级人民法院副院长."""


_OFFICE = re.compile("(?:[省市县区州旗]长|书记|主席|主任)\\Z")
_HOLDER = re.compile("..[一-龥]?(?=[，。、；各率带出主参作表指强领])")
"""Who holds an office and is called like a sea: 县长|黄海明|各领办1件."""


@cache
def _before_a_name() -> re.Pattern[str]:
    title = alternation("titles", "title")
    return quick(rf"(?:任命|免去|补选|增补|接受|同意|{title})[：: ]?\Z")


class Borders:
    """The offsets where a word of the text begins or ends.

    Only the runs of Han characters that are asked about are cut. Where a long
    name of an area begins, a word does, too: 上海|浦东新区.
    """

    def __init__(self, text: str, sure: frozenset[int]) -> None:
        self._text = text
        self._sure = sure
        self._runs = [run.span() for run in HAN_RUN.finditer(text)]
        self._starts = [start for start, _ in self._runs]
        self._cut: dict[int, frozenset[int]] = {}

    def __contains__(self, offset: int) -> bool:
        if offset in self._sure:
            return True
        index = bisect_right(self._starts, offset) - 1
        start, end = self._runs[index] if index >= 0 else (0, 0)
        if not start < offset < end:
            return True  # beside or between runs
        if start not in self._cut:
            words_ = cutter()(self._text[start:end], True)
            self._cut[start] = frozenset(accumulate(map(len, words_), initial=start))
        return offset in self._cut[start]


def opens_a_word(surface: str, length: int) -> bool:
    """Whether a name is long enough to bring its own borders: 浦东新区, not 应城市."""
    long = length > 2 and surface[-1] in "市县区旗"  # noqa: PLR2004
    return long and surface[-2:] not in _TOWNS
