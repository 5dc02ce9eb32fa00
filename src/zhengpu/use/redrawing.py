"""A build's page drawn anew: of some places, or of what lies around a thing.

The page that a build made holds everything that a smaller one needs. Rows name
one another by their place in a list, see `drawn`; here they are counted anew.
"""

from __future__ import annotations

import difflib
import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from zhengpu.errors import ReadingError, UsageError
from zhengpu.use.drawing import rendered
from zhengpu.use.drawn import FORMAT, Content

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

Row: TypeAlias = "list[Any]"

_DATA = re.compile(r'<script type="application/json" id="knowledge">([^<]*)</script>')


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a page shall show; by default everything."""

    places: tuple[str, ...] = ()
    """Names of places or bodies: only what their reports say."""
    about: str = ""
    """Name of a thing: only what lies around it."""
    steps: int = 1
    """How far around."""
    texts: bool = True
    """Whether the texts of the reports are in the page."""


def redraw(page: Path, path: Path, wanted: Wanted | None = None) -> None:
    """Write a page of what another page holds.

    Args:
        page: The page that a build made.
        path: The HTML file to write.
        wanted: What it shall show.

    Raises:
        ReadingError: The page is not one of this version.
        UsageError: There is no such place or thing in it.
        OSError: A file cannot be read or written.
    """
    html = rendered(chosen(read(page), wanted or Wanted()))
    path.write_text(html, encoding="utf-8", newline="\n")


def read(page: Path) -> Content:
    """What a page holds.

    Raises:
        ReadingError: It is not a page of this version.
        OSError: It cannot be read.
    """
    found = _DATA.search(page.read_text(encoding="utf-8"))
    content: Content = json.loads(found[1]) if found else {}
    if content.get("format") != FORMAT:
        raise ReadingError("page-of-other-version", path=page)
    return content


def chosen(content: Content, wanted: Wanted) -> Content:
    """The part of a page's content that is wanted.

    Raises:
        UsageError: There is no such place or thing in it.
    """
    content = content | {"quotes": _with_texts(content)}
    if not wanted.texts:
        content["sources"] = [[name, 0] for name, _ in content["sources"]]
    if wanted.places:
        content = _of_places(content, wanted.places)
    if wanted.about:
        content = _around(content, wanted.about, wanted.steps)
    return content | {"quotes": _without_texts(content)}


# -- what is kept ------------------------------------------------------------------


def _of_places(content: Content, names: Iterable[str]) -> Content:
    """What the reports of some places or bodies say."""
    owners = [_owner(report) for report in content["reports"]]
    known = sorted({owner for owner in owners if owner >= 0})
    kept = {_found(content, name, known) for name in names}
    reports = {i for i, owner in enumerate(owners) if owner in kept}
    things = {i for i, thing in enumerate(content["things"]) if reports & set(thing[9])}
    return _Part(things, reports).of(content)


def _around(content: Content, name: str, steps: int) -> Content:
    """What lies at most so many claims from a thing."""
    near: dict[int, set[int]] = defaultdict(set)
    for _, subject, _, object_, *_ in content["claims"]:
        near[subject].add(object_)
        near[object_].add(subject)
    things = {_found(content, name, range(len(content["things"])))}
    for _ in range(steps):
        things |= {other for thing in things for other in near[thing]}
    return _Part(things, set(range(len(content["reports"])))).of(content)


def _owner(report: Row) -> int:
    """The place of a report, else its body, else -1."""
    return int(report[4] if report[4] >= 0 else report[5])


def _found(content: Content, name: str, known: Sequence[int]) -> int:
    """The most important of some things that is called so.

    Raises:
        UsageError: None is.
    """
    names: dict[str, int] = {}
    for column in (2, 5, 3):  # its name goes before short forms and aliases
        for i in known:
            told = content["things"][i][column]
            for form in told if isinstance(told, list) else [told]:
                names.setdefault(form, i)
    if name not in names:
        near = difflib.get_close_matches(name, names, n=3) or list(names)[:3]
        raise UsageError("not-in-page", name=name, near="、".join(near))
    return names[name]


@dataclass(slots=True)
class _Part:
    """Things and reports that are kept, and what follows from that."""

    things: set[int]
    reports: set[int]
    quotes: dict[int, int] = field(default_factory=dict)
    sources: dict[int, int] = field(default_factory=dict)

    def of(self, content: Content) -> Content:
        """The part of a content that holds them."""
        claims = self._stated(content, content["claims"], (1, 3))
        figures = self._stated(content, content["figures"], (1,))
        facts = [*claims, *figures]
        cited = sorted({place[0] for fact in facts for place in fact[-1]})
        self.quotes = {old: new for new, old in enumerate(cited)}
        told = {content["quotes"][i][0] for i in cited}
        self.reports &= told | {
            report for i in self.things for report in content["things"][i][9]
        }
        kept = [content["reports"][i] for i in sorted(self.reports)]
        self.things |= {_owner(report) for report in kept} - {-1}
        used = sorted({place[0] for report in kept for place in report[9]})
        self.sources = {old: new for new, old in enumerate(used)}
        return content | self._counted_anew(content, claims, figures)

    def _stated(
        self, content: Content, facts: list[Row], ends: tuple[int, ...]
    ) -> list[Row]:
        """Facts between kept things, each with the places in kept reports."""
        stated = []
        for fact in facts:
            places = [
                place
                for place in fact[-1]
                if content["quotes"][place[0]][0] in self.reports
            ]
            if places and all(fact[end] in self.things for end in ends):
                stated.append([*fact[:-1], places])
        return stated

    def _counted_anew(
        self, content: Content, claims: list[Row], figures: list[Row]
    ) -> Content:
        """Every list, its rows naming the others' new places."""
        ties = Counter(end for claim in claims for end in (claim[1], claim[3]) * 2)
        ties.update(figure[1] for figure in figures)
        by_importance = sorted(self.things, key=lambda old: (-ties[old], old))
        thing = {old: new for new, old in enumerate(by_importance)}
        report = {old: new for new, old in enumerate(sorted(self.reports))}
        homes = sorted({content["homeOf"][old] for old in thing})

        def spots(rows: list[Row]) -> list[Row]:
            return [[self.sources[s], *span] for s, *span in rows if s in self.sources]

        def places(rows: list[Row]) -> list[Row]:
            return [
                [self.quotes[quote], self.sources[source], *rest]
                for quote, source, *rest in rows
            ]

        def old_thing(old: int) -> Row:
            *row, named = content["things"][old]
            return [*row, [report[i] for i in named if i in report]]

        def old_report(old: int) -> Row:
            key, entity, title, kind, place, body, *rest, rows = content["reports"][old]
            ends = (thing.get(entity, -1), title, kind, thing.get(place, -1))
            return [key, *ends, thing.get(body, -1), *rest, spots(rows)]

        return {
            "things": [old_thing(old) for old in thing],
            "reports": [old_report(old) for old in report],
            "sources": [content["sources"][old] for old in self.sources],
            "quotes": [
                [report[owner], section, text, spots(rows)]
                for owner, section, text, rows in map(
                    content["quotes"].__getitem__, self.quotes
                )
            ],
            "claims": [
                [id_, thing[one], relation, thing[other], *rest, places(rows)]
                for id_, one, relation, other, *rest, rows in claims
            ],
            "figures": [
                [id_, thing[one], *rest, places(rows)]
                for id_, one, *rest, rows in figures
            ],
            "homes": [
                [thing.get(owner, -1), report.get(of, -1)]
                for owner, of in map(content["homes"].__getitem__, homes)
            ],
            "homeOf": [homes.index(content["homeOf"][old]) for old in thing],
        }


# -- quotes ------------------------------------------------------------------------


def _with_texts(content: Content) -> list[Row]:
    """The quotes, each with its own text."""
    sources = content["sources"]
    return [
        [report, section, text or sources[rows[0][0]][1][slice(*rows[0][1:])], rows]
        for report, section, text, rows in content["quotes"]
    ]


def _without_texts(content: Content) -> list[Row]:
    """The quotes, without text where it stands just so in their first source."""
    sources = content["sources"]
    quotes = []
    for report, section, text, rows in content["quotes"]:
        source, start, end = rows[0]
        shown = sources[source][1]
        told = shown != 0 and shown[start:end] == text
        quotes.append([report, section, 0 if told else text, rows])
    return quotes
