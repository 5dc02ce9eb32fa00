"""Relations between entities, as sentences state them.

Three sources: ways of saying (the rules of `BOOKS`), deeds (a verb and what
follows it, `deeds.tsv`) and posts. A subject that is left out is what the
clause is about (`topics`). What a name alone tells (its place, the body that
a part belongs to) is stated at the name's first mention.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING

import ahocorasick_rs

from zhengpu.extraction.dictionary import known_names
from zhengpu.extraction.posts import body_for, posts_in
from zhengpu.extraction.skeleton import AREA_RULE, HERE_RULE, fold
from zhengpu.extraction.topics import topics_of
from zhengpu.knowledge.lexicon import table, words
from zhengpu.knowledge.rulebook import FOLDABLE, FOLDED, rulebook
from zhengpu.model import EntityType, Evidence, Relation, Span, Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from zhengpu.extraction.resolution import Registry
    from zhengpu.extraction.skeleton import Skeleton
    from zhengpu.extraction.topics import Topics
    from zhengpu.knowledge.rulebook import Rule
    from zhengpu.model import Document, Frame, Link

BOOKS = ("relations", "activities", "honours")
"""The rule files with ways of saying, in the order in which they are tried."""

REACH = 26
"""Skeleton characters between a deed and its object at the most."""


_ROLES = {"subject": "subject", "winner": "subject", "object": "object"}
"""Group of a pattern to the end of the relation that it gives."""


@dataclass(frozen=True, slots=True)
class Deed:
    """A verb of the table, at one place of the skeleton."""

    relations: dict[str, Relation]
    """Folded character of the object to relation."""
    start: int
    end: int
    word: str


@cache
def _deeds() -> tuple[
    ahocorasick_rs.AhoCorasick, tuple[dict[str, Relation], ...], tuple[str, ...]
]:
    frames: dict[str, dict[str, Relation]] = {}
    for row in table("deeds"):
        objects = frames.setdefault(row["verb"], {})
        if row["relation"] == "-":
            continue
        for name in row["objects"].split("|"):
            objects[FOLDED[name]] = Relation(row["relation"])
    finder = ahocorasick_rs.AhoCorasick(
        list(frames), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
    )
    return finder, tuple(frames.values()), tuple(frames)


def deeds_in(text: str) -> list[Deed]:
    """The deeds of a skeleton, in order."""
    finder, frames, verbs = _deeds()
    return [
        Deed(frames[i], start, end, verbs[i])
        for i, start, end in finder.find_matches_as_indexes(text)
    ]


class Relater:
    """Reads the relations of one document."""

    def __init__(
        self,
        document: Document,
        links: Sequence[Link],
        frame: Frame,
        registry: Registry,
        own: str,
        also: Mapping[int, tuple[int, tuple[str, ...]]],
    ) -> None:
        self._document = document
        self._frame = frame
        self._registry = registry
        self._own = own
        folded = [
            replace(link.mention, start=also[link.mention.start][0])
            if link.mention.start in also
            else link.mention
            for link in links
        ]
        self.skeleton: Skeleton = fold(document.text, folded, areas=False)
        self._entity = {
            mention.start: link.entity
            for mention, link in zip(folded, links, strict=True)
            if link.entity
        }
        self._also = dict(also.values())
        self._starts = [sentence.start for sentence in document.sentences]
        spans = [(sentence.start, sentence.end) for sentence in document.sentences]
        self.topics: Topics = topics_of(self.skeleton, self._entity, own, spans)

    # ----------------------------------------------------------- statements

    def relate(self) -> list[Statement]:
        """The statements of the document, in text order, each triple once."""
        found = [*self._said(), *self._done(), *self._posts()]
        found.sort(key=lambda s: (s.evidence.sentence, s.evidence.spans, s.relation))
        once: dict[tuple[str, Relation, str, str, bool], Statement] = {}
        for s in found:
            if s.subject != s.object:
                once.setdefault((s.subject, s.relation, s.object, s.role, s.planned), s)
        return list(once.values())

    def subject_at(self, clean: int) -> str:
        """The entity that the clause at a clean offset is about, or ""."""
        topic = self.topics.at(clean)
        return topic.subjects[0] if topic.subjects else ""

    def _sentence_at(self, clean: int) -> int:
        return max(0, bisect_right(self._starts, clean) - 1)

    def _ids(self, start: int, end: int) -> list[str]:
        """The entities of the mentions folded in a skeleton span."""
        return [
            entity
            for m in self.skeleton.within(start, end)
            if m.start in self._entity
            for entity in (*self._also.get(m.start, ()), self._entity[m.start])
        ]

    def _named_as(self, rule: Rule, m: re.Match[str]) -> bool:
        """Whether the words of the subject are of the kind that a rule wants."""
        like = rule.keys.get("subject_like")
        if not like:
            return True
        return any(
            re.search(like, mention.text)
            for mention in self.skeleton.within(*m.span("subject"))
        )

    def _is_national(self, rule: Rule, m: re.Match[str]) -> bool:
        """Whether a place is said to hold a national strategy or plan."""
        if rule.name != "honours/of-place":
            return False
        texts = [x.text for x in self.skeleton.within(*m.span("subject"))]
        kinds = {known_names()[t].kind for t in texts if t in known_names()}
        return bool(kinds & {"战略", "规划", "工程项目"}) or any(
            re.match("“?十[一二三四五六]五", text) for text in texts
        )

    def _is_person(self, entity: str) -> bool:
        return self._registry.type(entity) is EntityType.PER

    def _is_here(self, entity: str, span: tuple[int, int]) -> bool:
        """Whether a mention only says 我县, 全市: no place that one visits."""
        return any(
            m.rule == HERE_RULE and self._entity.get(m.start) == entity
            for m in self.skeleton.within(*span)
        )

    def _state(
        self,
        subjects: Iterable[str],
        relation: Relation,
        objects: Iterable[str],
        at: tuple[int, int],
        rule: str,
        *,
        role: str = "",
        omitted: bool = False,
    ) -> Iterator[Statement]:
        start, end = self.skeleton.span(*at)
        index = self._sentence_at(start)
        sentence = self._document.sentences[index]
        span = Span(max(start, sentence.start), min(end, sentence.end))
        evidence = Evidence(index, (span,), rule)
        for subject in filter(None, subjects):
            for object_ in filter(None, objects):
                yield Statement(
                    subject, relation, object_, evidence, role,
                    planned=sentence.planned, subject_omitted=omitted,
                )  # fmt: skip

    def _said(self) -> Iterator[Statement]:
        """What the rules find."""
        text = self.skeleton.text
        for rule in (rule for book in BOOKS for rule in rulebook(book)):
            relation = Relation(rule.yields)
            groups = rule.pattern.groupindex
            for m in rule.matches(text):
                if not self._named_as(rule, m) or self._is_national(rule, m):
                    continue
                given = {
                    _ROLES[name]: self._ids(*m.span(name))
                    for name in _ROLES
                    if name in groups and m.start(name) >= 0
                }
                if relation is Relation.RECEIVES and "subject" not in given:
                    topic = self.topics.at(self.skeleton.starts[m.start()])
                    if topic.subjects == (self._own,):
                        continue
                if rule.keys.get("each") == "pairs":
                    for a, b in combinations(given["subject"], 2):
                        yield from self._state([a], relation, [b], m.span(), rule.name)
                    continue
                if relation is Relation.INSPECTS and "object" in given:
                    given["object"] = [
                        o
                        for o in given["object"]
                        if not self._is_here(o, m.span("object"))
                    ] or (given["object"] if "subject" in given else [])
                pairs = rule.keys.get("each") == "zip"
                if pairs and len(given.get("subject", ())) == len(given["object"]) > 1:
                    for a, b in zip(given["subject"], given["object"], strict=True):
                        yield from self._state([a], relation, [b], m.span(), rule.name)
                    continue
                topic = self.topics.at(self.skeleton.starts[m.start()])
                subjects = given.get("subject", list(topic.subjects))
                objects = given.get("object", list(topic.subjects))
                if relation is Relation.COOPERATES_WITH and "subject" not in given:
                    # Persons go with bodies; bodies work together.
                    subjects = [s for s in subjects if s and not self._is_person(s)] or [
                        self._own
                    ]
                if relation is Relation.LEADS and "object" not in given:
                    objects = [o for o in objects if o not in subjects] or [self._own]
                if rule.name == "relations/with-support":
                    objects = [self._own] if self._own else []
                omitted = len(given) < 2  # noqa: PLR2004  both ends are in the words
                yield from self._state(
                    subjects, relation, objects, m.span(), rule.name, omitted=omitted
                )

    def _done(self) -> Iterator[Statement]:
        """What the deeds and the mentions after them state."""
        text = self.skeleton.text
        deeds = deeds_in(text)
        ends = [deed.end for deed in deeds]
        for at in self.skeleton.mentions:
            if self.skeleton.mentions[at].start not in self._entity:
                continue
            index = bisect_right(ends, at) - 1
            while index >= 0:
                deed = deeds[index]
                between = text[deed.end : at]
                if at - deed.end > REACH or re.search(r"[。；！？\n]", between):
                    break
                if "，" in between or (":" in between):
                    break
                relation = deed.relations.get(text[at])
                if _ACTS.match(text, at + 1):
                    break
                here = self.skeleton.mentions[at].rule == HERE_RULE
                area = self.skeleton.mentions[at].rule.startswith(AREA_RULE)
                if (relation is Relation.INSPECTS and here) or (
                    relation is Relation.ESTABLISHES and (here or area)
                ):
                    break
                if relation is Relation.SUPPORTS and between.strip("了") in words(
                    "stoppers", "word", "verb"
                ):
                    break
                if relation and _governs(between, text[at]):
                    yield from self._deed(deed, relation, at)
                    if not _relative(text, deed):
                        break
                elif not _relative(text, deed) and not _light(between):
                    break
                index -= 1

    def _deed(self, deed: Deed, relation: Relation, at: int) -> Iterator[Statement]:
        text = self.skeleton.text
        rule = f"deeds/{deed.word}"
        before = text[deed.start - 1 : deed.start]
        topic = self.topics.at(self.skeleton.starts[deed.start])
        subjects, omitted = list(topic.subjects), topic.omitted
        start = deed.start
        if _relative(text, deed) and before in (FOLDED["ORG"], FOLDED["PER"]):
            subjects, omitted = self._ids(deed.start - 1, deed.start), False
            start -= 1
        elif relation is Relation.RECEIVES:
            return
        if text[max(0, deed.start - 1) : deed.start] in "未不没":
            return
        if relation in _OF_BODIES and not _relative(text, deed):
            subjects = [s for s in subjects if not self._is_person(s)] or [self._own]
        objects = self._ids(at, at + 1)
        yield from self._state(
            subjects, relation, objects, (start, at + 1), rule, omitted=omitted
        )

    def _posts(self) -> Iterator[Statement]:
        for post in posts_in(self.skeleton):
            body = (
                next(iter(self._ids(post.body, post.body + 1)), None)
                if post.body is not None
                else body_for(post.title, self._frame, self._registry)
            )
            if body and _NOT_IN_GROUP.match(post.title):
                owner = self._registry.owners.get(body, "")
                group = self._registry.name(body).endswith("党组")
                body = owner if owner and group else body
            if body:
                people = self._ids(post.person, post.person + 1)
                yield from self._state(
                    people, post.relation, [body], (post.start, post.end), post.rule,
                    role=post.title,
                )  # fmt: skip


_OF_BODIES = frozenset(
    (Relation.STUDIES, Relation.ORGANIZES, Relation.REVIEWS, Relation.ESTABLISHES)
)
"""What a person who is in the chair does in the name of the body."""

_NOT_IN_GROUP = re.compile("副?主席|秘书长|副?主任|副?[省市县区州盟旗]长")
"""Posts of the body itself, also where its party group stands before them."""


def _relative(text: str, deed: Deed) -> bool:
    """Whether a deed stands in a relative clause: 公司实施的“…”项目."""
    return (
        text[deed.end : deed.end + 1] == "的" or text[deed.end : deed.end + 2] == "了的"
    )


_ACTS = re.compile(r"(?:投资|实施|承建|建设|主办|举办|承办)[^，。；、]{0,10}的")
"""After a body: it is the actor of a relative clause, not an object."""


def _light(between: str) -> bool:
    return not between or between in ("了", "好", "起")


_BREAKS = re.compile(r"[，：]")


def _governs(between: str, char: str) -> bool:
    """Whether what stands between a deed and a mention keeps them together."""
    if all(c in FOLDABLE or c in "、和与及以了《》“”等" for c in between):
        return True
    if any(not set(part) & set(FOLDABLE) for part in between.split("、")[:-1]):
        return False
    plain = re.sub(rf"[{FOLDABLE}]", "", between)
    if set(plain) & set("在于是使由被") and not plain.endswith("的"):
        return False
    if char == FOLDED["DOC"] and between.endswith("的"):
        return True
    if char not in between and len(plain) < len(between):
        return len(plain) <= 8 and not between.endswith("在")  # noqa: PLR2004
    return len(plain) <= 14  # noqa: PLR2004
