"""Which stretches of a text name one thing, and of what type.

A cascade: what is known beforehand, then bodies around it, then meetings,
documents and programmes around those, then open names, awards and persons.
Each step runs over the text in which the former steps' finds are folded, so
that a rule speaks of things (`{ORG}第{n}次会议`) and not of their letters.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

import ahocorasick_rs

from zhengpu.extraction.canonical import own_house
from zhengpu.extraction.dictionary import Places, find_known
from zhengpu.extraction.enumerations import listed_bodies, listed_zones
from zhengpu.extraction.happenings import find_happenings
from zhengpu.extraction.listings import SET_RULE, find_listed
from zhengpu.extraction.names import find_names
from zhengpu.extraction.persons import find_persons
from zhengpu.extraction.qualified import with_fields
from zhengpu.extraction.reaching import (
    with_body,
    with_local_papers,
    with_marks,
    with_parts,
    with_tail,
)
from zhengpu.extraction.skeleton import AREA_RULE, Skeleton, fold, longest
from zhengpu.knowledge.gazetteer import gazetteer
from zhengpu.knowledge.lexicon import words
from zhengpu.knowledge.rulebook import finder
from zhengpu.model import EntityType, Mention

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from zhengpu.model import Area, Document, Frame

_TITLE = re.compile(r"《(?:[^《》\n]|《[^《》\n]*》){1,120}》")


def apply(book: str, skeleton: Skeleton, clean: str) -> list[Mention]:
    """The mentions that the rules of a book find in a skeleton."""
    out = []
    for rule, m in finder(book).matches(skeleton.text):
        group = "name" if "name" in rule.pattern.groupindex else 0
        if m.start(group) == m.end(group):
            continue
        start, end = skeleton.span(*m.span(group))
        type_ = EntityType(rule.yields)
        out.append(Mention(type_, start, end, clean[start:end], rule.name))
    return out


def _titled(text: str) -> list[Mention]:
    """Documents by their title marks."""
    return [
        Mention(EntityType.DOC, m.start(), m.end(), m[0], "mentions/title-marks")
        for m in _TITLE.finditer(text)
    ]


def _with_honours(quoted: list[Mention]) -> list[Mention]:
    """Quoted names; one that is called an honour once is nothing else elsewhere."""
    honours = {m.text for m in quoted if m.type is EntityType.AWD}
    return [m for m in quoted if m.type is EntityType.AWD or m.text not in honours]


def _is_slogan(mention: Mention, text: str) -> bool:
    """Whether a quoted programme is a formula or doctrine.

    What serves as a formula elsewhere names a campaign, a trial or a reform where
    such a word stands behind it: “减证便民”|行动, “先诊疗后付费”|模式.
    """
    if mention.type is not EntityType.PRG or not mention.text.startswith("“"):
        return False
    inner = mention.text[1:].split("”", 1)[0]
    if inner not in words("slogans", "surface") or _TAUGHT.search(mention.text):
        return False
    coined = inner in words("slogans", "surface", "服务口号")
    runs = _RUNS.search(mention.text) or _REFORM.match(text, mention.end)
    return not (coined and runs)


def _is_formula(name: Mention) -> bool:
    """Whether an open name is a numbered doctrine or a sort of projects.

    “四个全面”|战略 and “小而美”|民生项目 are; “海洋强国”|战略 is a programme.
    """
    if not name.text.startswith("“"):
        return False
    inner = name.text[1:].split("”", 1)[0]
    if _PERIOD.fullmatch(inner) and not name.text.endswith(("规划", "计划", "纲要")):
        return True  # “十五五”|碳达峰行动方案
    numbered = inner[:1] in _NUMERALS
    doctrine = numbered and inner in words("slogans", "surface", "理论学说")
    sort = name.text.endswith("项目") and inner in words("slogans", "surface")
    return doctrine or sort


_PERIOD = re.compile("十[一二三四五六]五")
_NUMERALS = frozenset("一二两三四五六七八九十")
_RUNS = re.compile(r"”.*(?:行动|试点|体系|机制|战略|活动)$|^“\d\+.*”.*平台$")
_TAUGHT = re.compile("”(?:专题|主题|学习)?教育(?:实践)?(?:活动)?$")
"""What is taught in a campaign, which a formula names: “三个意识”|教育."""
_REFORM = re.compile("(?:[^，。；、“”的]{0,4})(?:模式|改革)|(?<=”)建设")


def _framed(frame: Frame) -> list[Mention]:
    """What framing has found: the title and the presenter."""
    out = []
    if frame.title_span and frame.title and "新闻" not in frame.kind:
        span = frame.title_span
        out.append(Mention(EntityType.DOC, *span, frame.title, "framing/title"))
    if frame.presenter_span and frame.presenter:
        span = frame.presenter_span
        out.append(Mention(EntityType.PER, *span, frame.presenter, "framing/presenter"))
    return out


def _repeated(found: Iterable[Mention], text: str) -> list[Mention]:
    """Other places where a name stands that was found once on good grounds."""
    surfaces: dict[str, Mention] = {}
    for mention in found:
        long = len(mention.text) > 2 or mention.type is EntityType.PER  # noqa: PLR2004
        file = mention.rule.partition("/")[0]
        if long and file not in _CONTEXTUAL and mention.rule not in _CONTEXTUAL:
            surfaces.setdefault(mention.text, mention)
    if not surfaces:
        return []
    finder = ahocorasick_rs.AhoCorasick(
        surfaces,
        matchkind=ahocorasick_rs.MatchKind.LeftmostLongest,
        implementation=ahocorasick_rs.Implementation.NoncontiguousNFA,
    )  # of one document: quickly made, not quickly run
    sources = list(surfaces.values())
    return [
        Mention(sources[i].type, start, end, sources[i].text, sources[i].rule)
        for i, start, end in finder.find_matches_as_indexes(text)
    ]


_CONTEXTUAL = frozenset(
    (
        *("bodies", "dictionary", "awards", "framing"),
        *("places/own-free-trade-zone", "places/capital", SET_RULE),
        "places/province-by-its-old-name",
    )
)
"""Rule files and rules whose finds hold only where they stand."""


def _is_told_here(mention: Mention, frame: Frame) -> bool:
    """Whether a document of this body and place can say so.

    我局 is said by a bureau, 我院 by a court, and a one-character host (来代考察) is
    short for the document's own place.
    """
    if mention.rule == "bodies/own-house":
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


_HELD_BY_PLACE: dict[str, Callable[[str, Area], bool]] = {
    "places/host-by-one-character": _stands_for,
    "places/capital": _is_near_the_capital,
    "places/province-by-its-old-name": _is_called,
    "places/neighbours-by-their-characters": _are_neighbours,
    "places/own-free-trade-zone": _is_province,
}
"""Which rules' finds hold only in reports of some places."""
_COUNT = re.compile(
    r"\d+(?:余|多)?[个座家所处条项名片块支件](?:以上|左右|以内)?"
    r"(?:(?![\u4e00-\u9fff])|(?=全部|均|都|已|开工|完工|竣工|完成|投产|建成|落地))"
)
"""A count that ends its clause or is told of: 码头|39个, but not 自贸区|4项成果."""


def _is_counted(mention: Mention, text: str) -> bool:
    """Whether a name is a kind of things that are counted: 小散码头|39个."""
    open_name = mention.rule.startswith("names/") and mention.text[0] != "“"
    return open_name and _COUNT.match(text, mention.end) is not None


def _unless_named(listed: list[Mention], named: list[Mention]) -> list[Mention]:
    """What a list tells, without what its own last words name already."""
    ends = {m.end: m.start for m in named}
    return [m for m in listed if ends.get(m.end, m.end) > m.start]


def _is_work(mention: Mention, text: str) -> bool:
    """Whether a name stands for a field of work: 慈善、|红十字会|等事业持续进步."""
    before = text[mention.start - 1 : mention.start]
    if mention.text == "港澳台":
        return before == "、" and text[mention.end : mention.end + 1] in ("、", "等")
    field = mention.rule == "bodies/federation" or mention.text == "港澳"
    return field and before == "、" and _FIELDS.match(text, mention.end) is not None


_FIELDS = re.compile("(?:、[^，。；、]{1,8}){0,8}等(?:各项|社会)?(?:事业|工作)")
"""How a list of fields of work goes on and ends."""


def _is_trial(honour: Mention) -> bool:
    """Whether what is won may be a programme that one takes part in."""
    return _TRIAL.search(honour.text) is not None


_TRIAL = re.compile("项目$|试点(?:城市|省份?)?$")
_HOLDERS = frozenset((EntityType.DOC, EntityType.PRG, EntityType.EVT))


def _inside(mentions: list[Mention], found: list[Mention]) -> list[Mention]:
    """Names that a title or a programme's name holds, also by repetition."""
    holders = [m for m in mentions if m.type in _HOLDERS]
    seen: dict[str, list[Mention]] = {}
    names = {
        m.text: m
        for m in found
        if len(m.text) > 1
        and m.type not in (EntityType.DOC, EntityType.AWD, EntityType.PER)
    }
    texts = list(names)
    finder = ahocorasick_rs.AhoCorasick(
        texts, implementation=ahocorasick_rs.Implementation.NoncontiguousNFA
    )
    out = []
    starts = sorted(found, key=lambda m: m.start)
    keys = [m.start for m in starts]
    for holder in holders:
        at = bisect_left(keys, holder.start)
        within = []
        while at < len(starts) and starts[at].start < holder.end:
            m = starts[at]
            if m.end <= holder.end and (m.start, m.end) != (holder.start, holder.end):
                within.append(m)
            at += 1
        there = tuple(m for m in within if m.rule == AREA_RULE)
        told: set[int] = set()
        for i, a, b in finder.find_matches_as_indexes(holder.text, overlapping=True):
            m = names[texts[i]]
            moved = m.moved(holder.start + a, holder.start + b)
            torn = m.rule == AREA_RULE and any(_crosses(moved, x) for x in there)
            if i not in told and m.text != holder.text and not torn:
                told.add(i)
                within.append(moved)
        opens = holder.type is EntityType.DOC and _SITE.search(holder.text)
        if opens and holder.text not in seen:
            seen[holder.text] = _opened(holder, within)
        within += [
            m.moved(m.start + holder.start, m.end + holder.start)
            for m in seen.get(holder.text, ())
        ]
        out += longest(within)
    return out


def _crosses(one: Mention, other: Mention) -> bool:
    """Whether two names share characters and neither holds the other: 海|上海|南."""
    first, second = sorted((one, other), key=lambda m: m.start)
    return first.start < second.start < first.end < second.end


def _with_areas(
    places: Places, inner: Iterable[Mention], found: Iterable[Mention]
) -> Places:
    """The areas of a text, with those that a fixed name holds: “老家|河南|”."""
    known = {m.text: places.areas[m.start] for m in found if m.start in places.areas}
    held = {
        m.start: (m.end, known[m.text][1])
        for m in inner
        if m.rule == AREA_RULE and m.start not in places.areas and m.text in known
    }
    return Places({**places.areas, **held})


_SITE = re.compile(
    "[河湖江山街海岛湾溪峡渠][^南北东西]|流域|景区|名胜区|古[镇城村]|经济带|走廊|[园新]区|片区|水库|公园|机场|铁路|高速"
)
"""What titles with an open name of a place hold."""


def _opened(holder: Mention, known: list[Mention]) -> list[Mention]:
    """Open names of places inside a title, counted from its start: 关于|涪江流域|的报告.

    Args:
        holder: The mention of the title.
        known: What is found inside it already, in the document's offsets.
    """
    inner = [
        m.moved(m.start - holder.start, m.end - holder.start) for m in longest(known)
    ]
    skeleton = fold(holder.text, inner)
    found = [
        *apply("places", skeleton, holder.text),
        *find_names(skeleton, holder.text),
    ]
    areas = {m.start for m in inner if m.rule == "dictionary/area"}
    return [m for m in found if m.type is EntityType.PLC and m.start not in areas]


@dataclass(frozen=True, slots=True)
class Recognised:
    """What recognition gives."""

    mentions: list[Mention]
    """In order, without overlaps."""
    inner: list[Mention]
    """Names inside the mentions of documents, programmes and events."""
    places: Places


def recognise(
    document: Document, frame: Frame, persons: Iterable[Mention] = ()
) -> Recognised:
    """The mentions of a document, in order and without overlaps.

    Args:
        document: Its clean text is read.
        frame: What the document is; tells the areas apart.
        persons: Those that the documents before it in the file name.

    Returns:
        The mentions, the names inside them, and the administrative areas.
    """
    text = document.text
    found, places = find_known(text, frame)
    found = with_local_papers(found, text)
    known = fold(text, found)
    found = with_parts(longest([*found, *apply("bodies", known, text)]), text)
    bodies = inner = found
    folded = fold(text, bodies)
    meetings = apply("meetings", folded, text)
    documents = [*_titled(text), *apply("documents", folded, text)]
    bare = fold(text, [m for m in found if m.type is not EntityType.PRG])
    quoted = _with_honours(apply("quoted", bare, text))
    quoted = [m for m in quoted if not _is_slogan(m, text)]
    quoted = with_fields(quoted, bodies, text)
    found = longest([*bodies, *meetings, *documents, *quoted, *_framed(frame)])
    found = longest([*found, *find_persons(fold(text, found), text)])
    folded = fold(text, found)
    awards = apply("awards", folded, text)
    trials = [m for m in awards if _is_trial(m)]
    honours = [m for m in awards if not _is_trial(m)]
    rules = [*apply("places", folded, text), *apply("programmes", folded, text)]
    places_ = [
        *(m for m in rules if _is_told_here(m, frame)),
        *find_happenings(folded, text),
    ]
    open_names = [
        m
        for m in find_names(folded, text)
        if not (_is_counted(m, text) or _is_formula(m))
    ]
    listed = _unless_named(find_listed(folded, text), open_names)
    found = longest([*found, *honours, *places_, *open_names, *listed])
    found = longest([*found, *trials]) if trials else found
    found = longest([*found, *_repeated([*found, *persons], text)])
    found = [m for m in found if not _is_counted(m, text)]
    found = [with_tail(m, text, places) for m in found if _is_told_here(m, frame)]
    found = longest(with_body(longest(found), text))
    found = [m for m in found if not _is_work(m, text)]
    found = listed_bodies(text, [with_marks(m, text) for m in found])
    found = listed_zones(text, found, places)
    inner = _inside(found, [*inner, *found])
    return Recognised(found, inner, _with_areas(places, inner, found))
