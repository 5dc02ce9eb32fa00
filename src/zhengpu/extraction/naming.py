"""What names, titles and the frame tell by themselves."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING

from msgspec.structs import replace

from zhengpu.extraction.bodies import PARTY
from zhengpu.extraction.namings import area_naming
from zhengpu.extraction.skeleton import HERE_RULE
from zhengpu.knowledge.gazetteer import gazetteer
from zhengpu.model import EntityType, Evidence, Relation, Span, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from zhengpu.extraction.dictionary import Places
    from zhengpu.extraction.registry import Registry
    from zhengpu.extraction.resolution import Resolved
    from zhengpu.model import Document, Entity, Frame, Link, Mention, Sentence


Fact = tuple[str, Relation, str, "Link | None"]
"""Subject, relation, object, and the mention that tells it."""


def named(
    registry: Registry,
    resolved: Resolved,
    inner: Sequence[Link],
    places: Places,
    document: Document,
) -> list[Statement]:
    """What names alone tell: seats of bodies, parts of bodies, areas in areas.

    The evidence is the first mention of the name; of a body that only a part of
    it names (区政府 in 区政府办公室), the mention of that part; of one that a list
    names without its head (福州 in 福州、厦门海洋经济发展示范区), that of the last member.
    """
    first: dict[str, Link] = {}
    links = resolved.links
    for link in links:
        for id_ in (link.entity, *resolved.also.get(link.mention.start, (0, ()))[1]):
            if id_:
                first.setdefault(id_, link)
    facts = list(_standing(registry, first))
    for entity_id, link in tuple(first.items()):
        whole = registry.owners.get(entity_id)
        while whole:
            first.setdefault(whole, link)
            whole = registry.owners.get(whole)
    for entity in tuple(registry.by_key.values()):
        facts += _of_entity(entity, registry, first)
    for link in (*links, *inner):
        facts += _of_words(link, registry, places)
    sentences = document.sentences
    return [
        Statement(subject, relation, object_, _evidence(link.mention, sentences))
        for subject, relation, object_, link in facts
        if link is not None and subject != object_
    ]


_STANDING = "常务委员会"


def _standing(registry: Registry, first: Mapping[str, Link]) -> Iterator[Fact]:
    """The standing committees of the congresses that a document names, too."""
    bodies = {
        registry.name(id_): id_ for id_ in first if registry.type(id_) is EntityType.ORG
    }
    for name, id_ in bodies.items():
        congress = bodies.get(name.removesuffix(_STANDING), id_)
        if name.endswith(f"人民代表大会{_STANDING}") and congress != id_:
            yield id_, Relation.SUB_ORGANIZATION_OF, congress, first[id_]


def _of_entity(
    entity: Entity, registry: Registry, first: Mapping[str, Link]
) -> Iterator[Fact]:
    """The body that something belongs to, and the place where it lies."""
    at = first.get(entity.id)
    if owner := registry.owners.get(entity.id):
        whole = at or first.get(owner)
        yield entity.id, Relation.SUB_ORGANIZATION_OF, owner, whole
    if seat := registry.seats.get(entity.id):
        yield entity.id, Relation.LOCATED_IN, seat, at
        if within := registry.areas.get(seat):
            yield seat, Relation.LOCATED_IN, registry.add(area_naming(within)), at
    area = registry.areas.get(entity.id)
    route = at is not None and (
        at.mention.rule == "roads/route" or _ROUTE.search(entity.name) is not None
    )
    route = route and not entity.name.endswith("段")
    if area and area.level != "nation" and entity.kind != "行政区划" and not route:
        yield entity.id, Relation.LOCATED_IN, registry.add(area_naming(area)), at


_ROUTE = re.compile("至.{2,}(?:铁路|高铁|高速|公路)")
"""It lies in no one of the places that it joins."""


def _of_words(link: Link, registry: Registry, places: Places) -> Iterator[Fact]:
    """Areas that are named one in another, and provinces that share a programme."""
    mention = link.mention
    end, chain = places.areas.get(mention.start, (0, ()))
    if not chain and mention.type is EntityType.ORG:
        # 政协|佛山市三水区|第十一届委员会
        inside = (
            places.areas[at]
            for at in range(mention.start, mention.end)
            if at in places.areas
        )
        end, chain = next(inside, (0, ()))
    if len(chain) > 1 and end <= mention.end:
        ids = [registry.add(area_naming(area)) for area in chain]
        for outer, inner in pairwise(ids):
            yield inner, Relation.LOCATED_IN, outer, link
    if mention.rule == "programmes/two-provinces":
        pair = [gazetteer().abbreviation(char) for char in mention.text[:2]]
        one, other = (registry.add(area_naming(area)) if area else "" for area in pair)
        if one and other:
            yield one, Relation.COOPERATES_WITH, other, link


def _evidence(mention: Mention, sentences: Sequence[Sentence]) -> Evidence:
    """A name as the evidence of what it tells; a title on several lines by its first."""
    index = max(0, bisect_right(sentences, mention.start, key=_START) - 1)
    end = min(mention.end, sentences[index].end)
    return Evidence(index, (Span(mention.start, end),), "names/itself")


_START = attrgetter("start")


def presented(
    document: Document,
    frame: Frame,
    links: Sequence[Link],
    inner: Sequence[Link],
    body: str,
) -> list[Statement]:
    """Who presented the report where, and whom it is about, by its frame."""
    title = _at(links, frame.title_span)
    if not title or not title.entity or title.mention.type is not EntityType.DOC:
        return []
    sentences = document.sentences
    words = frame.kind + (frame.title or "")
    about = _evidence(title.mention, sentences)
    orders = frame.body_kind not in _DEBATING and words.endswith("决定")
    out: list[Statement] = []
    if (orders or _ISSUED.search(words)) and body:
        out += (
            Statement(author, Relation.PRODUCES, title.entity, about)
            for author in _authors(title, inner) or [body]
        )
        if orders or "通知" in words:
            return out
    elif _DECIDED.search(words) and body and "选举结果" not in words:
        return [Statement(body, Relation.REVIEWS, title.entity, about)]
    out += _delivered(title, frame, links, sentences)
    told = {
        link.mention.type: link.entity
        for link in reversed(inner)
        if link.entity and title.mention.start <= link.mention.start < title.mention.end
    }
    planned = title.mention.text.startswith(
        "关于"
    )  # 关于|湄潭县|2023年计划执行情况的报告
    whose = told.get(EntityType.ORG) or (planned and told.get(EntityType.PLC)) or body
    if whose and title.entity != whose and frame.kind != "公示":
        out.append(Statement(title.entity, Relation.ABOUT, whose, about))
    return out


def _delivered(
    title: Link, frame: Frame, links: Sequence[Link], sentences: Sequence[Sentence]
) -> Iterator[Statement]:
    """Who gave the report, and at which meeting."""
    for relation, span in (
        (Relation.PRESENTED_BY, frame.presenter_span),
        (Relation.PRESENTED_AT, frame.meeting_span),
    ):
        other = _at(links, span)
        if title.entity and other and other.entity not in {None, title.entity}:
            told = _evidence(other.mention, sentences)
            told = replace(told, rule="framing/title")
            yield Statement(title.entity, relation, other.entity or "", told)


def _authors(title: Link, inner: Sequence[Link]) -> list[str]:
    """The bodies that a title opens with: 中共某县委 某县人民政府|关于…的决定."""
    at, out = title.mention.start, []
    for link in inner:
        follows = at <= link.mention.start <= at + 1
        if follows and link.mention.type is EntityType.ORG and link.entity:
            out.append(link.entity)
            at = link.mention.end
    return out


_DECIDED = re.compile("任免|决定|决议|公告|名单")
"""Documents that are adopted; an election's outcome, of which a 公告 tells, is not."""
_ISSUED = re.compile("的通知$|工作总结")
"""Documents that nobody adopts: who speaks there wrote them."""
_DEBATING = ("人大", "政协")
"""Kinds of bodies that decide in a meeting that adopts it."""


def seated(
    registry: Registry,
    document: Document,
    frame: Frame,
    links: Sequence[Link],
    body: str,
) -> list[Statement]:
    """Where the reporting body lies that only the title tells: 2026年湖南省政府工作报告."""
    title = _at(links, frame.title_span)
    if not title or title.mention.type is not EntityType.DOC:
        return []
    entity = next((e for e in registry.by_key.values() if e.id == body), None)
    if entity is None or any(link.entity == body for link in links):
        return []
    sentences = document.sentences
    evidence = _evidence(title.mention, sentences)
    return [
        Statement(subject, relation, object_, evidence)
        for subject, relation, object_, _ in _of_entity(entity, registry, {body: title})
        if subject != object_
    ]


def _at(links: Sequence[Link], span: Span | None) -> Link | None:
    """The link of the mention that covers the beginning of a span."""
    if span is None:
        return None
    return next(
        (
            link
            for link in links
            if link.mention.start <= span.start < link.mention.end
            or span.start <= link.mention.start < span.end
        ),
        None,
    )


def titled(
    document: Document, links: Sequence[Link], inner: Sequence[Link]
) -> list[Statement]:
    """What a document is about, by the names in its title.

    Programmes are about what their quoted names hold: “智造静海”行动.
    """
    sentences = document.sentences
    at = [link.mention.start for link in links]
    out = []
    for link in inner:
        index = bisect_right(at, link.mention.start) - 1
        holder = links[index]
        if not (holder.entity and link.entity and holder.entity != link.entity):
            continue
        evidence = _evidence(holder.mention, sentences)
        if _wrote(holder.mention, link.mention):
            fact = link.entity, Relation.PRODUCES, holder.entity
        elif _is_about(holder.mention, link.mention):
            fact = holder.entity, Relation.ABOUT, link.entity
        else:
            continue
        out.append(Statement(*fact, evidence))
    return out


def _wrote(holder: Mention, held: Mention) -> bool:
    """Whether a title opens with the body that wrote it: 《国务院|关于支持贵州…的意见》."""
    return (
        holder.type is EntityType.DOC
        and held.type is EntityType.ORG
        and holder.text[0] == "《"
        and held.start == holder.start + 1
        and holder.text.startswith("关于", 1 + len(held.text))
        and _WRITTEN.search(holder.text) is not None
    )


_WRITTEN = re.compile("(?:建议|意见|决定|通知|办法|方案|纲要|规定)》?$")


_SUBJECTS = frozenset((EntityType.ORG, EntityType.PLC, EntityType.PRG))
"""What a document may be about."""
_PLACED = ("宣言", "联合声明")
"""Documents that are called after the place where they were made."""
_PRESS = re.compile("(?:[日晚早时周]报|协报|杂志|周刊)》?$")
"""Newspapers, which are called after their place or their publisher."""
_LEAVES = re.compile("接受.{2,12}辞去$")
"""Before the body that a decision on a resignation is about."""


def _is_about(holder: Mention, held: Mention) -> bool:
    """Whether a title or quoted name is about a name in it."""
    opens = holder.text[1 : 1 + len(held.text)] == held.text
    known = held.rule == "dictionary/name" and held.type is EntityType.PRG
    if known and not (opens or held.text.startswith("第")):
        return False
    behind = holder.text[held.end - holder.start :]
    before = holder.text[: held.start - holder.start]
    if holder.type is EntityType.DOC:
        return _is_titled(holder, held, before, behind)
    if held.type is not EntityType.PLC or held.rule == HERE_RULE:
        return False
    if holder.text[0] == "“":
        return behind[:1] not in ("杯", "号") and not behind.startswith(_OF_GOODS)
    return holder.type is EntityType.PRG and bool(
        (_GOAL.fullmatch(before) and not behind)
        or (not before and _OWN_SEASON.fullmatch(behind))
        or ((not before or _GOAL.fullmatch(before)) and _FOR_IT.fullmatch(behind))
    )


def _is_titled(holder: Mention, held: Mention, before: str, behind: str) -> bool:
    """Whether a document is about a name in its title, and not by that body."""
    if holder.text.rstrip("”》").endswith(_PLACED) or _PRESS.search(holder.text):
        return False
    body = held.type is EntityType.ORG
    if body and (held.text == PARTY or behind.startswith("关于")):
        return False
    marked = holder.text[0] in "《“"
    return held.type in _SUBJECTS and (
        marked or (body and bool(_LEAVES.search(before)))
    )


_GOAL = re.compile(
    "(?:平安|法治|健康|数字|美丽|书香|信用|幸福|清廉|清洁|诗画|大美|文明|智慧|绿色|活力|质量|品质|创新|海洋|交通|文化|教育|人才)"
)
"""Before the place that a programme is about: 平安|浙江."""
_OF_GOODS = ("标准", "品牌")
"""Behind a place that vouches for goods: “上海|标准”."""
_OWN_SEASON = re.compile(".{1,6}[年月季周]活动|.{0,6}行(?:活动)?")
"""Behind it: 海南|海洋旅游年活动."""
_FOR_IT = re.compile(
    "(?!.{0,4}(?:[港新片园]区|高新区|开发区|经开区|地区|核心区|都市圈))"
    "[^“”]*(?:行动(?:计划)?|[展护理]规划|督察|[保阻歼攻][卫击灭坚]战|(?:发展|促进|保护提升)工程)"
)
"""Behind a place that a programme is for: 幸福|黄河|三年行动, 洱海|保卫战."""
