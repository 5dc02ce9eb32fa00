"""Relations told by the way of saying: the rules of the books of relations."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING

from zhengpu.extraction.dictionary import known_names
from zhengpu.extraction.discourse import Ground
from zhengpu.extraction.namings import area_naming
from zhengpu.extraction.skeleton import AREA_RULE
from zhengpu.knowledge.rulebook import FOLDED, finder
from zhengpu.model import EntityType, Relation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhengpu.extraction.discourse import Discourse
    from zhengpu.knowledge.rulebook import Rule
    from zhengpu.model import Statement

BOOKS = (
    "relations",
    "activities",
    "progress",
    "development",
    "regions",
    "oversight",
    "participation",
    "authorship",
    "honours",
)
"""The files that hold relation rules."""

_ROLES = {"subject": "subject", "winner": "subject", "object": "object"}
"""Group of a pattern to the end of the relation that it gives."""

_NATIONAL = frozenset(("战略", "规划", "工程项目"))
_PLAN_PERIOD = re.compile("“?十[一二三四五六]五")


def said(discourse: Discourse) -> Iterator[Statement]:
    """What the relation rules find in a document."""
    meeting = _meeting(discourse)
    for rule, m in finder(*BOOKS).matches(discourse.skeleton.text):
        at_one = meeting or not rule.keys.get("meeting")
        if at_one and _applies(rule, m, discourse):
            yield from _stated(rule, m, discourse)


def _applies(rule: Rule, m: re.Match[str], discourse: Discourse) -> bool:
    """Whether the words of the match are of the kind that the rule means."""
    held = discourse.skeleton.within
    bodies = rule.keys.get("bodies")
    if bodies and discourse.body and discourse.frame.body_kind not in (*bodies, None):
        return False
    unlike = rule.keys.get("object_unlike")
    if unlike and any(re.search(unlike, x.text) for x in held(*m.span("object"))):
        return False
    for end in ("subject", "object"):
        like = rule.keys.get(f"{end}_like")
        if like and not any(re.search(like, x.text) for x in held(*m.span(end))):
            return False
    if rule.keys.get("local"):
        # National strategies and plan periods lie in no county.
        texts = [x.text for x in held(*m.span("subject"))]
        kinds = {known_names()[t].kind for t in texts if t in known_names()}
        return not (kinds & _NATIONAL or any(map(_PLAN_PERIOD.match, texts)))
    return True


def _stated(rule: Rule, m: re.Match[str], discourse: Discourse) -> Iterator[Statement]:
    """The statements of one match."""
    relation = Relation(rule.yields)
    given = {
        _ROLES[name]: discourse.ids(*m.span(name))
        for name in _ROLES
        if name in rule.pattern.groupindex and m.start(name) >= 0
    }
    if "winner" in rule.pattern.groupindex and _OF_BODY.fullmatch(m["winner"] or ""):
        given["subject"] = discourse.ids(m.end("winner") - 1, m.end("winner"))
    if relation is Relation.ESTABLISHES and "object" in given:
        given["object"] = _founded(m, discourse)
    ground = Ground(m.start(), m.end(), rule.name, omitted=len(given) < 2)  # noqa: PLR2004  both ends are in the words
    for subjects, objects in _ends(rule, m, given, discourse):
        yield from discourse.state(subjects, relation, objects, ground)


_OF_BODY = re.compile(f"[{FOLDED['ORG']}][{FOLDED['PER']}]")
"""A person who is named with a body alone wins, not the body: 县医院|王晓燕荣获."""


def _ends(
    rule: Rule, m: re.Match[str], given: dict[str, list[str]], discourse: Discourse
) -> Iterator[tuple[list[str], list[str]]]:
    """Who stands in the relation to whom."""
    each = rule.keys.get("each")
    if each == "pairs":
        for a, b in combinations(given["subject"], 2):
            yield [a], [b]
        return
    if each == "zip" and len(given.get("subject", ())) == len(given["object"]) > 1:
        for a, b in zip(given["subject"], given["object"], strict=True):
            yield [a], [b]
        return
    if rule.keys.get("host"):
        place = discourse.frame.place
        home = [discourse.registry.add(area_naming(place))] if place else []
        yield given.get("subject", home), given.get("object", home)
        return
    if pairs := _paired(rule, m, discourse):
        yield from pairs
        return
    yield from _supplied(rule, m, given, discourse)


def _paired(
    rule: Rule, m: re.Match[str], discourse: Discourse
) -> list[tuple[list[str], list[str]]]:
    """Each pair of a list of pairs: 我省与江苏、沈阳与北京、大连与上海|对口合作."""
    both = {"subject", "object"} <= set(rule.pattern.groupindex)
    if Relation(rule.yields) is not Relation.COOPERATES_WITH or not both:
        return []
    start = max(m.start(), m.start("subject"))
    parts, at = [], start
    for part in discourse.skeleton.text[start : m.end("object")].split("、"):
        if part.count("与") != 1:
            return []
        middle = at + part.index("与")
        ends = discourse.ids(at, middle), discourse.ids(middle, at + len(part))
        parts.append(ends)
        at += len(part) + 1
    whole = len(parts) > 1 and all(a and b for a, b in parts)
    return parts if whole else []


def _supplied(
    rule: Rule, m: re.Match[str], given: dict[str, list[str]], discourse: Discourse
) -> Iterator[tuple[list[str], list[str]]]:
    """The ends in the words, and the topic or the body where one is left out."""
    # the clause that the verb stands in is about whom the relation is about
    verb = m.start("verb") if "verb" in rule.pattern.groupindex else m.start()
    subjects, objects = given.get("subject"), given.get("object")
    topic = _founder(rule, list(discourse.topic(verb).subjects), objects, discourse)
    speaks = rule.keys.get("speaker")  # 是县委领导的结果: of who tells of results
    if objects is None and rule.keys.get("meeting"):
        objects = [_meeting(discourse)]
        persons = [e for e in subjects or () if discourse.is_person(e)]
        subjects = persons or subjects
    match Relation(rule.yields):
        case Relation.RECEIVES if subjects is None and topic == [discourse.body]:
            return
        case Relation.RECEIVES if subjects is None:
            # 市政协采用45条，被市政协评为…: nobody honours itself
            told = discourse.ids(m.start(), m.start("object"))
            topic = [e for e in topic if e not in told] or [discourse.body]
        case Relation.INSPECTS if objects is None:
            seen = [entity for entity in topic if entity not in (subjects or ())]
            objects = seen or [discourse.body]
        case Relation.INSPECTS if objects:
            elsewhere = discourse.elsewhere(*m.span("object"))
            objects = elsewhere or (objects if subjects else [])
        case Relation.PRESENTED_AT if objects is None:
            objects = [_held_at(discourse)]
        case Relation.SUBMITS_TO if subjects is None:
            # partners of the work do not report together, nor any to itself
            takes = {*(objects or ()), *_takers(m, discourse)}
            own = [entity for entity in topic if entity not in takes]
            subjects = own[:1] or [discourse.body]
        case Relation.COOPERATES_WITH if subjects is None:
            subjects = discourse.bodies_among(topic)
        case Relation.LEADS | Relation.SUPPORTS if objects is None:
            led = () if speaks else discourse.led(m.start(), m.end()).subjects
            helped = [entity for entity in led if entity not in (subjects or ())]
            objects = helped or [discourse.body]
        case _:
            pass
    yield (
        topic if subjects is None else subjects,
        topic if objects is None else objects,
    )


_TAKES = re.compile(f"{FOLDED['ORG']}(?=(?:分别|各|共|单篇)?(?:采用|采编|刊发))")
_LISTED = 40
"""Characters in which a list tells who takes how many."""


def _takers(m: re.Match[str], discourse: Discourse) -> Iterator[str]:
    """Who takes up what others report, in the list before: 全国政协|采用5篇."""
    text = discourse.skeleton.text
    start = max(text.rfind("。", 0, m.start()) + 1, m.start() - _LISTED)
    for taker in _TAKES.finditer(text, start, m.start()):
        yield from discourse.ids(*taker.span())


def _founded(m: re.Match[str], discourse: Discourse) -> list[str]:
    """What is founded: no county is, 加快沈阳、|大连物流枢纽|建设."""
    areas = {
        discourse.entities.get(mention.start)
        for mention in discourse.skeleton.within(*m.span("object"))
        if mention.rule.startswith(AREA_RULE)
    }
    return [e for e in discourse.ids(*m.span("object")) if e not in areas]


def _founder(
    rule: Rule, topic: list[str], objects: list[str] | None, discourse: Discourse
) -> list[str]:
    """Whom a clause is about; the body where that is founded: 某学院|获批建设.

    So it is where only who speaks can be meant: 《田东文史》第十六辑|付印.
    """
    founds = rule.yields == Relation.ESTABLISHES
    speaks = rule.keys.get("speaker") and (founds or rule.yields == Relation.PRODUCES)
    return [discourse.body] if speaks or (founds and topic == objects) else topic


_DECIDED = re.compile("任免|决定|决议|公告|名单")
"""Kinds of documents that tell of the meeting that adopted them."""


def _held_at(discourse: Discourse) -> str:
    """The meeting that news are about, or that adopted a decision; or nothing."""
    frame = discourse.frame
    span = frame.meeting_span
    if span is None or not _DECIDED.search(f"{frame.kind}{frame.title}"):
        return _meeting(discourse)
    inside = (e for at, e in discourse.entities.items() if span.start <= at < span.end)
    events = (e for e in inside if discourse.registry.type(e) is EntityType.EVT)
    return next(events, "")


_HELD = re.compile(
    r"(?:(?!精神)[^。\n]){0,30}?(?:举行|召开|举办|[开闭]幕|在京|完成各项议程)"
)
"""Behind the meeting that news are about, but not 党的二十大|精神，召开…."""
_HOLDS = re.compile(r"(?:召开|举行|举办)了?\Z")


def _meeting(discourse: Discourse) -> str:
    """The meeting that a news item is about: the first that it says was held."""
    if not discourse.frame.kind.endswith("新闻"):
        return ""
    text = discourse.skeleton.text
    for at in _meetings_at(text):
        if _HELD.match(text, at + 1) or _HOLDS.search(text, max(0, at - 4), at):
            return next(iter(discourse.ids(at, at + 1)), "")
    return ""


def _meetings_at(text: str) -> Iterator[int]:
    """The places of the meetings that a skeleton names."""
    at = text.find(FOLDED["EVT"])
    while at >= 0:
        yield at
        at = text.find(FOLDED["EVT"], at + 1)
