"""Posts over time: who held which post when, with gaps and overlaps.

A report seldom says since when a post is held; it says that it is held now. A
holder is therefore known for the years in which reports name them, and what
lies between is open. Gaps and overlaps are told of posts that one person holds
at a time (knowledge/data/sole_posts.tsv).
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from zhengpu.graph.citing import Cited, Citing, cited_in, grouped, text_in
from zhengpu.graph.vocabulary import below_id
from zhengpu.knowledge.lexicon import words
from zhengpu.model import Relation

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pyoxigraph import QuerySolution, Store

    from zhengpu.graph.merged import Attestation, Claim, Merged

_YEARS: Final = re.compile(r"(\d{4})(?:-\d\d)?(?:-\d\d)?(?:-(\d{4}))?")

QUERY: Final = """
SELECT DISTINCT ?claim ?relation ?person ?name ?body ?bodyName ?role ?period ?time
  ?date ?report ?title ?text ?words ?start ?end ?file WHERE {
  VALUES ?relation { zp:holdsPost zp:leftPost }
  ?claim rdf:predicate ?relation ; rdf:subject ?person ; rdf:object ?body ;
    zp:planned false ; zp:span ?span .
  ?person skos:prefLabel ?name FILTER(LANGMATCHES(LANG(?name), "zh-Hans"))
  ?body skos:prefLabel ?bodyName FILTER(LANGMATCHES(LANG(?bodyName), "zh-Hans"))
  ?span dcterms:isPartOf ?evidence ; oa:exact ?words ; oa:start ?start ; oa:end ?end ;
    dcterms:source/dcterms:title ?file .
  ?evidence oa:hasSource ?report ; oa:hasSelector/oa:exact ?text .
  ?report skos:prefLabel ?title FILTER(LANGMATCHES(LANG(?title), "zh-Hans"))
  OPTIONAL { ?claim zp:role ?role }
  OPTIONAL { ?claim zp:period ?period }
  OPTIONAL { ?report zp:period ?time }
  OPTIONAL { ?report dcterms:date ?date }
}
"""


class Held(NamedTuple):
    """One sentence that names the holder of a post, or who left it."""

    body: str
    """Key."""
    body_name: str
    role: str
    person: str
    name: str
    left: bool
    years: tuple[int, int] | None
    """First and last year that it speaks of."""
    cited: Cited


@dataclass(frozen=True, slots=True)
class Holder:
    """A person in a post."""

    person: str
    name: str
    years: tuple[int, ...]
    """The years for which reports name them in it, ascending."""
    left: tuple[int, ...]
    """The years in which reports say that they left."""
    cited: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Post:
    """A post and its holders."""

    body: str
    body_name: str
    role: str
    holders: tuple[Holder, ...]
    """By the first year of each; those without a year last."""

    @property
    def is_sole(self) -> bool:
        """Whether one person holds it at a time."""
        return self.role in words("sole_posts", "role")

    @property
    def gaps(self) -> tuple[tuple[int, int], ...]:
        """Years between two reports on it that no report speaks of, first and last."""
        if not self.is_sole:
            return ()
        known = sorted({year for h in self.holders for year in (*h.years, *h.left)})
        return tuple((a + 1, b - 1) for a, b in pairwise(known) if b - a > 1)

    @property
    def overlaps(self) -> tuple[tuple[int, tuple[Holder, ...]], ...]:
        """Years in which reports name several holders none of whom left then."""
        if not self.is_sole:
            return ()
        by_year: dict[int, list[Holder]] = defaultdict(list)
        for holder in self.holders:
            for year in holder.years:
                by_year[year].append(holder)
        return tuple(
            (year, tuple(holders))
            for year, holders in sorted(by_year.items())
            if len(holders) > 1 and not any(year in h.left for h in holders)
        )


def posts(held: Iterable[Held]) -> list[Post]:
    """Posts with their holders, by body and role."""
    found: dict[tuple[str, str, str], dict[tuple[str, str], list[Held]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for one in held:
        found[one.body_name, one.body, one.role][one.name, one.person].append(one)
    return [
        Post(body, name, role, tuple(sorted(map(_holder, people.values()), key=_since)))
        for (name, body, role), people in sorted(found.items())
    ]


def _holder(held: Sequence[Held]) -> Holder:
    years, left = (
        tuple(
            sorted(
                {
                    year
                    for one in held
                    if one.years and one.left == gone
                    for year in range(one.years[0], one.years[1] + 1)
                }
            )
        )
        for gone in (False, True)
    )
    cited = sorted({one.cited for one in held}, key=lambda c: (c.file, c.start))
    return Holder(held[0].person, held[0].name, years, left, tuple(cited))


def _since(holder: Holder) -> tuple[object, ...]:
    known = (*holder.years, *holder.left)
    return min(known, default=9999), holder.name, holder.person


def span_of(*texts: str) -> tuple[int, int] | None:
    """First and last year of the first text that tells any.

    >>> span_of("", "2018-2021", "2022-01-07"), span_of("2021-01-07"), span_of("")
    ((2018, 2021), (2021, 2021), None)
    """
    for text in texts:
        if found := _YEARS.fullmatch(text):
            return int(found[1]), int(found[2] or found[1])
    return None


def held_of(merged: Merged) -> list[Held]:
    """What a build's files say of posts, but what is planned."""
    citing = Citing(merged)
    return [
        _held(claim, place, citing)
        for claim in merged.claims
        if claim.relation in {Relation.HOLDS_POST, Relation.LEFT_POST}
        and not claim.planned
        for place in claim.attestations
    ]


def _held(claim: Claim, place: Attestation, citing: Citing) -> Held:
    frame = citing.report(place.quote).frame
    return Held(
        claim.object,
        citing.name(claim.object),
        claim.role,
        claim.subject,
        citing.name(claim.subject),
        claim.relation is Relation.LEFT_POST,
        # a report without a period of its own speaks of the day it was given
        span_of(claim.period, frame.date or "", frame.period or ""),
        citing.cited(place.quote, place.source, place.spans),
    )


def held_in(graph: Store) -> list[Held]:
    """The same of a build that has been written, from its triples."""
    return [_written(rows) for rows in grouped(graph, QUERY, "claim", "text", "file")]


def _written(rows: Sequence[QuerySolution]) -> Held:
    row = rows[0]
    return Held(
        below_id(text_in(row, "body")),
        text_in(row, "bodyName"),
        text_in(row, "role"),
        below_id(text_in(row, "person")),
        text_in(row, "name"),
        text_in(row, "relation").endswith("leftPost"),
        span_of(text_in(row, "period"), text_in(row, "date"), text_in(row, "time")),
        cited_in(rows),
    )
