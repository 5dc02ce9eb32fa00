"""Which stretches of a text name one thing, and of what type.

A cascade: what is known beforehand, then bodies around it, then meetings,
documents and programmes around those, then open names, awards and persons.
Each step runs over the text in which the former steps' finds are folded, so
that a rule speaks of things (`{ORG}第{n}次会议`) and not of their letters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import ahocorasick_rs

from zhengpu.extraction.dictionary import Places, find_known
from zhengpu.extraction.enumerations import listed_bodies, listed_zones
from zhengpu.extraction.formulas import is_formula, is_slogan
from zhengpu.extraction.happenings import find_happenings
from zhengpu.extraction.holding import held_names, with_held_areas
from zhengpu.extraction.listings import SET_RULE, find_listed
from zhengpu.extraction.local_words import is_told_here
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
from zhengpu.extraction.short_bodies import find_short
from zhengpu.extraction.skeleton import apply, fold, longest
from zhengpu.model import EntityType, Mention

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from zhengpu.model import Document, Frame

_TITLE = re.compile(r"《(?:[^《》\n]|《[^《》\n]*》){1,120}》")


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


_NEXT_HONOUR = re.compile(
    "(?:称号)?[、和](?P<name>(?:全国|国家级?|[省市]级|全[省市区州]|中国|世界|全球)"
    r"[^，。；：、！？“”《》\n的了在和\d]{2,20}?"
    "(?:集体|单位|个人|[村镇县区市]|县城|基地|集群|园区|品牌|企业|城市|案例|模范|典型|景区|街区|社区|学校|医院))"
    "(?=[，。；、和]|等|称号|并|$)"
)


def _honours_beside(honours: Sequence[Mention], text: str) -> list[Mention]:
    """The next honours of a list: 获评全国文明城市、|国家卫生县城、|国家园林县城."""
    out = []
    for honour in honours:
        found = _NEXT_HONOUR.match(text, honour.end)
        while found:
            start, end = found.span("name")
            name = found["name"]
            out.append(Mention(EntityType.AWD, start, end, name, honour.rule))
            found = _NEXT_HONOUR.match(text, end)
    return out


def _framed(frame: Frame, text: str) -> list[Mention]:
    """What framing has found: the title and the presenter."""
    out = []
    if frame.title_span and frame.title and "新闻" not in frame.kind:
        span = frame.title_span
        words = text[span.start : span.end]
        out.append(Mention(EntityType.DOC, *span, words, "framing/title"))
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


_BODIES = ("bodies", "parts", "units")
"""The rule files that tell bodies, and townships told like them."""
_OTHERS = ("places", "roads", "programmes")
"""The rule files that tell places and programmes by their form."""
_CONTEXTUAL = frozenset(
    (
        *("bodies", "parts", "units", "dictionary", "awards", "framing"),
        *("places/own-free-trade-zone", "places/capital", SET_RULE),
        "places/province-by-its-old-name",
    )
)
"""Rule files and rules whose finds hold only where they stand."""


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


def _opens_meetings(mention: Mention, text: str) -> bool:
    """Whether a body only opens the first of several meetings: 省委|十二届七次、八次全会."""
    if mention.type is not EntityType.ORG:
        return False
    return _MEETINGS.match(text, mention.end) is not None


_MEETINGS = re.compile(
    "第?[一二三四五六七八九十]+届(?:第?[一二三四五六七八九十]+次[、和])+第?[一二三四五六七八九十]+次(?:全体)?(?:会议|全会)"
)
_FIELDS = re.compile("(?:、[^，。；、]{1,8}){0,8}等(?:各项|社会)?(?:事业|工作)")
"""How a list of fields of work goes on and ends."""


def _is_trial(honour: Mention) -> bool:
    """Whether what is won may be a programme that one takes part in."""
    return _TRIAL.search(honour.text) is not None


_TRIAL = re.compile("项目$|试点(?:城市|省份?)?$")


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
    houses = [m for book in _BODIES for m in apply(book, known, text)]
    found = with_parts(longest([*found, *houses]), text)
    bodies = inner = found
    folded = fold(text, bodies)
    meetings = apply("meetings", folded, text)
    documents = [*_titled(text), *apply("documents", folded, text)]
    bare = fold(text, [m for m in found if m.type is not EntityType.PRG])
    quoted = _with_honours(apply("quoted", bare, text))
    quoted = [m for m in quoted if not is_slogan(m, text)]
    quoted = with_fields(quoted, bodies, text)
    found = longest([*bodies, *meetings, *documents, *quoted, *_framed(frame, text)])
    found = longest([*found, *find_persons(fold(text, found), text)])
    folded = fold(text, found)
    awards = apply("awards", folded, text)
    trials = [m for m in awards if _is_trial(m)]
    honours = [m for m in awards if not _is_trial(m)]
    known_honours = [m for m in found if m.type is EntityType.AWD]
    honours += _honours_beside([*known_honours, *honours], text)
    rules = [m for name in _OTHERS for m in apply(name, folded, text)]
    places_ = [
        *(m for m in rules if is_told_here(m, frame)),
        *find_happenings(folded, text),
    ]
    open_names = [
        m
        for m in find_names(folded, text)
        if not (_is_counted(m, text) or is_formula(m))
    ]
    listed = _unless_named(find_listed(folded, text), open_names)
    found = longest([*found, *honours, *places_, *open_names, *listed])
    found = longest([*found, *trials]) if trials else found
    found = longest([*found, *_repeated([*found, *persons], text)])
    found = [m for m in found if not _is_counted(m, text)]
    found = [with_tail(m, text, places) for m in found if is_told_here(m, frame)]
    found = longest(with_body(longest(found), text))
    found = [m for m in found if not (_is_work(m, text) or _opens_meetings(m, text))]
    found = listed_bodies(text, [with_marks(m, text) for m in found])
    found = listed_zones(text, found, places)
    found = longest([*found, *find_short(text, found)])
    inner = held_names(found, [*inner, *found])
    return Recognised(found, inner, with_held_areas(places, inner, found))
