"""Framing: what a document is, and who speaks where about when.

Only the first and the last lines are read closely: there stand title, meeting
and signature, at the end as often as at the beginning.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from msgspec.structs import replace

from zhengpu.model import Finding, Frame, Severity, Span
from zhengpu.text.bodies import (
    STATE_COUNCIL,
    Body,
    Places,
    bodies,
    body_name,
    meeting_name,
)
from zhengpu.text.edges import EDGE, MEETING, NEAR, Edges, edges_of, opening_line
from zhengpu.text.periods import iso_date, period, stamped
from zhengpu.text.signatures import Signature, signature
from zhengpu.text.titles import (
    bare,
    kind_of,
    lines_of,
    paper_of,
    source_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zhengpu.knowledge.gazetteer import Gazetteer
    from zhengpu.model import Area, Document


_ADDRESSED = re.compile(
    r"向(?P<held>第[^，。]{1,8}全国人民代表大会第[^，。]{1,4}次会议)(?:报告|作)"
)
_REPRESENTED = re.compile(
    r"(?:(?<!人大)(?<!党)代表|受)(?P<who>[^，。；：！、]{2,60}?)(?:的?委托|，|向|作|对|$)"
)
_GOVERNMENT = re.compile(
    "(?:报告|作)[^，。；]{0,12}政府(?:的)?工作|(?:代表|受)[^，。；]{0,18}(?:国务院|人民政府)"
)
_BODY_NAMED = re.compile("政协|中共")
_GOVERNMENT_NAMED = re.compile("人民政府|人民代表大会")
_COMMITTEE = re.compile("委员会((?!常务)[一-龥]{2,14}?委员会)关于")
"""The committee that reports, within its body: 政协青海省第十三届委员会|提案委员会|关于…."""
_DEPARTMENT = re.compile(
    r"(?P<where>[一-龥]{2,11}?[省市县区州盟旗]|[一-龥]{2,4}?)"
    r"(?P<office>[一-龥]{2,12}?(?:局|厅|委员会|办公室|[改健]委))"
    r" ?(?:关于)?[（(]?(?:20\d\d|二[〇○]..)年"
)
"""The department that reports: 宣城市|农业农村局|2024年工作总结."""
_ISSUER = re.compile(
    "[一-龥 ]{2,30}(?:委员会|人民政府|人大常委会|法院|检察院|[市县区旗州盟]委|办公室|组织部|统战部|宣传部)"
)
"""A line that is the name of a body: 南江县人民政府."""
_PARTY = re.compile(
    "(?:民革|民盟|民建|民进|农工党|致公党|九三学社|台盟|共青团)(?=.{2})"
)
"""What stands before the place in the name of a party's branch: 民盟|曲靖市委会."""
_TOP = 4
"""So many lines may stand above the body that heads a chapter."""
_HEADING = re.compile(
    r"(?:第[一二三四五六七八九十百]{1,3}[编篇章节]\s*)?"
    "(?P<body>[一-龥]{2,24}(?:委员会|人民政府|人民代表大会|人大常委会)(?:工作)?(?:概况|综述)?|[一-龥]{2,10}政协)"
)
"""What stands above a chapter of a yearbook: 第二章　|政协临洮县委员会."""
_LEVEL = re.compile("[省市县区州盟旗](?=政协|委|人大|政府|人民)")
_DEICTIC_BODY = re.compile("(?<![一-龥])([省市县区州盟旗])(?:政协|委|政府|人大)")
"""A body that only its level tells, where a clause begins: 县政协."""
_DATE_LINE = re.compile("[（(—–-]*[^，。；]{0,20}年.{1,3}月.{1,3}日[）)]?")
_LONGEST_DATE = 40
_LONGEST_AREA = 16
_BARE_TITLES = ("政府工作报告", "工作报告", "常务委员会工作报告", "常委会工作报告")


def frame(
    document: Document, gazetteer: Gazetteer, previous: Frame | None = None
) -> Frame:
    """What a document is: kind, body, place, presenter, date, meeting, period.

    Args:
        document: A document; sections and sentences are not needed.
        gazetteer: Names of areas.
        previous: The frame of the document before it in the same file: its
            place is taken over where this one names none.

    Returns:
        The frame; what the text does not tell is None.
    """
    edges = edges_of(lines_of(document.text))
    places = Places(gazetteer, document.text)
    signed = None if edges.headline else signature(edges.near, edges.below)
    kind, body = _kind_and_body(edges, signed, places)
    place = (
        _place_of_source(edges, document.text, places, body.place)
        or body.place
        or places.leading(_PARTY.sub("", edges.words.removeprefix(edges.guests)))
        or _place_of_paper(edges, places)
        or places.leading(_issuer(edges))
        or (None if edges.guests else _most_named(document.text, places))
    )
    if place is None and previous and not edges.headline:
        place = previous.place
    if place and place.level == "township" and body.place is None:
        body = Body("政府", place)  # what reports of townships leave out
    if place and place.name.endswith("街道"):
        kind = kind.replace("政府工作报告", "街道工作报告")
    name = (
        body_name(body.kind, place, standing=body.standing)
        if (place and body.kind)
        else None
    )
    if place and not body.kind:
        name = _department(edges.words, places, place)
    if name == STATE_COUNCIL:
        place = None
    elif name and body.kind == "政协" and (part := _COMMITTEE.search(edges.words)):
        name += part[1]
    meeting, meeting_span = _meeting(edges, places, place)
    date = _date(edges)
    title, title_span = _title(edges, name)
    result = Frame(
        kind=kind,
        title=title,
        title_span=title_span,
        body_kind=body.kind or None,
        body=name,
        place=place,
        parents=gazetteer.parents(place) if place else (),
        term=body.term,
        presenter=signed.name if signed else None,
        presenter_span=signed.span if signed else None,
        date=date,
        meeting=meeting,
        meeting_span=meeting_span,
        period=period(kind, title, date, [line.text for line in edges.lines]),
    )
    return replace(result, findings=tuple(unknown(result)))


def _department(words: str, places: Places, place: Area) -> str | None:
    """The department of a place that a title opens with, if it does."""
    found = _DEPARTMENT.match(words)
    if found and places.named(found["where"]) == place:
        return place.name + found["office"]
    return None


def unknown(found: Frame) -> Iterator[Finding]:
    """What an editor should know to be missing."""
    missing = {
        "title-unknown": found.title,
        "place-unknown": found.place or found.body,
        "period-unknown": found.period,
    }
    for code, value in missing.items():
        if value is None:
            yield Finding(Severity.INFO, "framing", code)


# ------------------------------------------------------------------- the edges


def _place_of_paper(edges: Edges, places: Places) -> Area | None:
    """The place of the paper that a news item is from, where its bodies fit.

    市政协 in 汉中日报 is of 汉中市; 县政协 there is of a county that isn't said;
    自治区政协 in news from 南宁 is of 广西. Guests are received where the news are from.
    """
    if not edges.headline:
        return None
    line = opening_line(edges).text
    area = places.named(paper_of(line))
    if edges.guests and area and area.level != "province":
        return area
    levels = _LEVEL.findall(f"{edges.words}\n{line}")
    if area is None or not levels:
        return None
    around = (area, *places.gazetteer.parents(area))
    fits = (a for level in levels for a in around if a.name.endswith(level))
    return next(fits, None)


def _place_of_source(
    edges: Edges, text: str, places: Places, told: Area | None
) -> Area | None:
    """The place whose office sent in a news item that speaks of 我县 or 县政府.

    Visitors' bodies may open it; what it tells of a part of the place is from there.
    """
    source = source_of(edges.lines) if edges.headline else ""
    area = None
    while found := places.leading(source):
        area, source = (
            found,
            source.partition(found.name)[2],
        )  # 汉中市|南郑区|融媒体中心
    if area is None or area.level not in ("prefecture", "county"):
        return None
    if told and area in places.gazetteer.parents(told):
        return None
    rank = area.name[-1]
    own = f"[我全本]{rank}|(?<![一-龥]){rank}(?=政协|委|人大|政府|人民)"
    return area if re.search(own, text) else None


# --------------------------------------------------------------- kind and body


def _kind_and_body(
    edges: Edges, signed: Signature | None, places: Places
) -> tuple[str, Body]:
    """What kind of document it is, and whose."""
    in_title = list(bodies(edges.words, places))
    if edges.guests:
        guest = next(bodies(edges.guests, places), Body("", None))
        return f"{guest.kind}新闻", Body(guest.kind, None)
    if edges.headline:
        in_text = bodies(edges.opening.partition("。")[0], places)
        body = next(chain(in_title, in_text), Body("", None))
        return f"{body.kind}新闻", body
    represented = [
        body
        for found in _REPRESENTED.finditer(edges.opening)
        for body in bodies(found["who"], places)
    ]
    of_speaker = list(bodies(signed.post, places)) if signed else []
    met = list(bodies(edges.meeting.text, places)) if edges.meeting else []
    of_issuer = list(bodies(_issuer(edges) or _heading(edges), places))
    kind = kind_of(edges.words) or "其他"
    if kind == "其他" and _GOVERNMENT.search(edges.opening):
        kind = "政府工作报告"
    if kind == "其他" and represented and "报告" in edges.opening:
        kind = kind_of("工作报告", represented[0].kind) or kind
    if kind == "讲话":
        own, around = [*represented, *of_speaker], [*in_title, *met]
    else:
        own, around = [*in_title, *represented], [*met, *of_speaker, *of_issuer]
    if kind == "政府工作报告":
        own = [body for body in (*own, *around) if body.kind == "政府"]
        own = own or [Body("政府", None)]
        if _is_of_state_council(edges, signed):
            own = [Body("政府", places.gazetteer.nation)]
    elif kind != "讲话":
        own = own or around
    return _merged(kind, edges.words, own, around)


def _issuer(edges: Edges) -> str:
    """The body that signs a notice, on a line of its own above the date, or nothing."""
    for above, line in pairwise(edges.lines[-NEAR - 1 :]):
        if _DATE_LINE.fullmatch(line.text) and _ISSUER.fullmatch(above.text):
            return above.text
    return ""


def _heading(edges: Edges) -> str:
    """The body whose name alone heads a chapter of a yearbook, or nothing."""
    if edges.title:
        return ""
    tops = (_HEADING.fullmatch(line.text) for line in edges.lines[:_TOP])
    return next((top["body"] for top in tops if top), "")


def _is_of_state_council(edges: Edges, signed: Signature | None) -> bool:
    return bool(
        (signed and STATE_COUNCIL in signed.post)
        or f"{STATE_COUNCIL}政府工作报告" in edges.words
        or re.search(f"(?:代表|受){STATE_COUNCIL}", edges.opening)
    )


def _merged(
    kind: str, words: str, own: Sequence[Body], around: Sequence[Body]
) -> tuple[str, Body]:
    """The body put together from what title, opening and signature tell."""
    body_kind = own[0].kind if own else ""
    alike = [body for body in (*own, *around) if body.kind == body_kind]
    everywhere = (*alike, *own, *around)
    place = next((body.place for body in everywhere if body.place), None)
    term = next((body.term for body in alike if body.term), None)
    standing = any(body.standing for body in alike) or "常" in words
    return kind_of(words, body_kind) or kind, Body(body_kind, place, term, standing)


def _most_named(text: str, places: Places) -> Area | None:
    """The area whose bodies the text names most often, and more than once.

    Once is enough where no other is named and the text goes on about its bodies by
    their level: 政协湄潭县委员会 …, 县政协 ….
    """
    upper = places.gazetteer.upper
    counts: Counter[str] = Counter()
    ahead = (
        text[f.end() : f.end() + _LONGEST_AREA] for f in _BODY_NAMED.finditer(text)
    )
    behind = (
        text[max(0, f.start() - _LONGEST_AREA) : f.start()]
        for f in _GOVERNMENT_NAMED.finditer(text)
    )
    names = chain(
        ([words[:end] for end in range(len(words), 1, -1)] for words in ahead),
        ([words[start:] for start in range(len(words) - 1)] for words in behind),
    )
    for longest_first in names:
        areas = next(filter(None, map(upper, longest_first)), ())
        counts.update(area.adcode for area in areas[:1] if len(areas) == 1)
    best = counts.most_common(2)
    if not best or (len(best) > 1 and best[0][1] == best[1][1]):
        return None
    area = places.gazetteer.area(best[0][0])
    told = best[0][1] > 1 or area.name[-1] in _DEICTIC_BODY.findall(text)
    return area if told else None


# ------------------------------------------------- title, meeting, date, signature


def _title(edges: Edges, name: str | None) -> tuple[str | None, Span | None]:
    """The title, completed by the body where it says only what kind it is."""
    if edges.title is None:
        return None, None
    first, last = edges.lines[edges.title.first], edges.lines[edges.title.last]
    span = Span(first.start, last.start + len(bare(last.text)))
    if span.start == span.end:
        return None, None
    if name and name != STATE_COUNCIL and edges.title.text in _BARE_TITLES:
        return f"{name}工作报告", span
    return edges.title.text, span


def _meeting(
    edges: Edges, places: Places, place: Area | None
) -> tuple[str | None, Span | None]:
    """The meeting where the document was given or adopted, and its words' span."""
    lines = [edges.meeting] if edges.meeting else []
    if edges.title and edges.title.first == edges.title.last and not edges.headline:
        lines.append(edges.lines[edges.title.first])
    for line in lines:
        if found := MEETING.search(line.text):
            group = "held" if found["held"] else "adopted"
            start, end = found.span(group)
            name = meeting_name(found[group], places, place)
            return name, Span(line.start + start, line.start + end)
    for line in edges.lines[:EDGE]:
        if found := _ADDRESSED.search(line.text):
            start, end = found.span("held")
            name = meeting_name(found["held"], places, place)
            return name, Span(line.start + start, line.start + end)
    return None, None


def _date_of_news(edges: Edges) -> str | None:
    """When news were told: by a dateline with a year, or by a line of its own.

    Such are 发布时间：2025-04-16 above the text and （2024年9月12日） below it.
    """
    lines = edges.lines
    at = lines.index(opening_line(edges))
    told = [line.text for line in lines[:at]]
    told.append(lines[at].text[:_LONGEST_DATE])
    told += [line.text for line in lines[-1:] if len(line.text) < _LONGEST_DATE]
    return next(filter(None, map(stamped, told)), None)


def _date(edges: Edges) -> str | None:
    """The date beside the meeting or the title, or below the text."""
    if edges.headline:
        return _date_of_news(edges)
    if edges.meeting and (date := iso_date(edges.meeting.text)):
        return date
    for line in (*edges.near, *edges.lines[-NEAR:]):
        # a line below the title that a dash opens may go on with the meeting
        alone = line.text.startswith("—") or _DATE_LINE.fullmatch(line.text)
        if len(line.text) < _LONGEST_DATE and alone and (date := iso_date(line.text)):
            return date
    return _date_of_signature(edges)


def _date_of_signature(edges: Edges) -> str | None:
    """The date on a line of its own below the name of a body, before the annexes."""
    for above, line in pairwise(edges.lines):
        signed = _SIGNED.fullmatch(above.text) and len(line.text) < _LONGEST_DATE
        if signed and _DATE_LINE.fullmatch(line.text):
            return iso_date(line.text)
    return None


_SIGNED = re.compile(
    r"[一-龥\s]{3,60}(?:委员会|政府|局|厅|委|办公室|法院|检察院|学会|协会|联合会)"
)
