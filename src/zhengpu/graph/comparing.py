"""One indicator over years and places: what may stand in one row, and what not.

A false comparison is worse than a missing one. Figures are one series only
where the same body counts the same thing in the same unit and way: a part
(其中) is never joined with the whole, an increase (新增) never with a level, a
yearly average (年均) never with a total, a target never with what was reached,
and two wordings that one report gives different values for the same time
(城镇调查失业率, 城镇登记失业率) are two things, whatever their indicator.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from pyoxigraph import QuerySolutions

from zhengpu.graph.vocabulary import ONTOLOGY, SCHEMES, notations, prefixes
from zhengpu.knowledge.lexicon import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pyoxigraph import QuerySolution, Store

    from zhengpu.graph.merged import Figure, Merged

_CLAUSE_START: Final = re.compile(r"[，。；：！？、,;]")
_AVERAGE: Final = re.compile(r"年均|平均每年|每年平均")
_SINCE: Final = re.compile(
    r"[比较](?:(?:19|20)\d\d年|[^，。；]{0,4}届|[^，。；]{1,4}(?:初|末))|翻番"
)
_OPENING: Final = re.compile(r"[从由](?:[^到至]|不到)*\d[^到至]*$")
"""从9.6万公里: the clause ends where the way begins."""
_CLOSING: Final = re.compile(r"(?<!不)[到至达](?:[^到至达]|不到)*\d[^到至达]*$")
"""增加到13.6万公里, 达到…: the level at the end."""
_CHANGE: Final = re.compile(
    r"新(?:增|设|建|改建|开工|登记|推出|认定|培育)|改建|改造|开工|净增|累计|(?:增加|减少|提高|降低)(?![到至])"
)
_GROWTH: Final = re.compile(
    r"增长|下降|上涨|增速|提高|涨幅|增幅|回落|上升|增加|减少|降低"
)
_LAST_YEAR: Final = re.compile(r"[比较](?:上年|上一年|去年)|同比")
_SPAN: Final = re.compile(r"(\d{4})(?:-(\d{4}))?")

QUERY: Final = """
SELECT ?figure ?subject ?name ?body ?bodyName ?place ?indicator ?measure ?value ?unit ?approximate ?period
  ?planned ?basis ?evidence ?words ?start ?end ?text ?report ?title ?time ?source ?file WHERE {
  ?figure a zp:Observation ; zp:subject ?subject ; zp:measure ?measure ;
    zp:value ?value ; zp:unit ?unit ; zp:approximate ?approximate ;
    zp:planned ?planned ; zp:span ?span .
  ?span dcterms:isPartOf ?evidence ; oa:exact ?words ; oa:start ?start ; oa:end ?end ;
    dcterms:source ?source .
  ?source dcterms:title ?file .
  ?evidence oa:hasSource ?report ; oa:hasSelector/oa:exact ?text .
  ?subject skos:prefLabel ?name FILTER(LANGMATCHES(LANG(?name), "zh-Hans"))
  ?report skos:prefLabel ?title FILTER(LANGMATCHES(LANG(?title), "zh-Hans"))
  OPTIONAL { ?figure zp:indicator ?indicator }
  OPTIONAL { ?figure zp:period ?period }
  OPTIONAL { ?figure zp:basis ?basis }
  OPTIONAL { ?report zp:period ?time }
  OPTIONAL { ?report dcterms:spatial ?place }
  OPTIONAL { ?report zp:body ?body . ?body skos:prefLabel ?bodyName
    FILTER(LANGMATCHES(LANG(?bodyName), "zh-Hans")) }
}
"""


@dataclass(frozen=True, slots=True, order=True)
class Cited:
    """Where a report gives a figure."""

    report: str
    """Key of the report."""
    title: str
    time: str
    """The year or years that the report reviews."""
    file: str
    start: int
    end: int
    """Of the words, in characters of the source text."""
    words: str
    """Without white space."""
    text: str
    """The sentence."""


@dataclass(frozen=True)  # without slots, so that what is worked out is kept
class Point:
    """A figure as one report gives it, with what decides its comparability."""

    key: str
    subject: str
    """Key of the body or place it is about."""
    name: str
    home: str
    """Key of whom it is compared under: in its own report a place is its body."""
    home_name: str
    indicator: str
    """Notation, or nothing."""
    measure: str
    value: Decimal
    unit: str
    approximate: bool
    period: str
    planned: bool
    basis: str
    cited: Cited

    @cached_property
    def years(self) -> tuple[int, int] | None:
        """First and last year of its period; None where it has none."""
        found = _SPAN.fullmatch(self.period)
        if found is None:
            return None
        return int(found[1]), int(found[2] or found[1])

    @cached_property
    def clause(self) -> str:
        """What stands from the last comma to the end of the figure's words."""
        words, text = self.cited.words, "".join(self.cited.text.split())
        at = text.find(words)
        if at < 0:
            return words
        before = [hit.end() for hit in _CLAUSE_START.finditer(text, 0, at)]
        return text[before[-1] if before else 0 : at + len(words)]

    @cached_property
    def at(self) -> int | None:
        """The one year that it holds for; None where it is about several.

        Of several years, 从9.6万公里 is the level before the first of them, and
        增加到13.6万公里 that in the last.
        """
        if self.years is None:
            return None
        first, last = self.years
        if first == last:
            return first
        if self.is_growth or _AVERAGE.search(self.clause):
            return None
        if _OPENING.search(self.clause):
            return first - 1
        return last if _CLOSING.search(self.clause) else None

    @cached_property
    def is_growth(self) -> bool:
        """Whether it says by how much something grew or fell."""
        return self.unit in {"%", "个百分点"} and bool(_GROWTH.search(self.measure))

    @cached_property
    def what(self) -> str:
        """What is counted: an indicator's notation, or `=` and the wording."""
        known = notations("indicator")
        return self.indicator or known.get(self.measure) or f"={self.measure}"

    @cached_property
    def manner(self) -> tuple[str, ...]:
        """How it is counted, where that is no plain level: 其中, 年均, 新增."""
        return tuple(dict.fromkeys(self._manners()))

    def _manners(self) -> Iterator[str]:
        clause = self.clause
        if self.basis and not (self.is_growth and _LAST_YEAR.fullmatch(self.basis)):
            yield self.basis
        if "其中" in {self.basis, clause[:2]}:
            yield from ("其中", self.measure)  # of parts only the words tell
        if _AVERAGE.search(clause):
            yield "年均"
        if since := _SINCE.search(clause):
            yield since[0]
        change = _CHANGE.search(clause)
        if change and not (self.is_growth and _GROWTH.search(change[0])):
            yield change[0]
        if self.years and self.years[0] != self.years[1] and self.at is None:
            yield "多年"


class Kind(NamedTuple):
    """What figures must share to be compared."""

    subject: str
    what: str
    unit: str
    planned: bool
    manner: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """Comparable figures of one body, by time."""

    subject: str
    name: str
    what: str
    """An indicator's notation, or `=` and the wording."""
    unit: str
    planned: bool
    manner: tuple[str, ...]
    measures: tuple[str, ...]
    """The wordings, the most frequent first."""
    points: tuple[Point, ...]

    @property
    def singles(self) -> tuple[Point, ...]:
        """The points that hold for one year, which a line may join.

        Where one report gives several values for one year, its words are too
        coarse to tell what each of them counts, and none is taken.
        """
        values: dict[tuple[str, int | None], set[Decimal]] = defaultdict(set)
        for point in self.points:
            values[point.cited.report, point.at].add(point.value)
        return tuple(
            point
            for point in self.points
            if point.at is not None and len(values[point.cited.report, point.at]) == 1
        )


def points_of(merged: Merged) -> list[Point]:
    """Every figure of a build, once for each report that gives it."""
    quotes = {quote.key: quote for quote in merged.quotes}
    reports = {report.key: report for report in merged.reports}
    names = {thing.key: thing.name for thing in merged.things}
    files = {source.sha256: source.names[0] for source in merged.sources}
    found = []
    for figure in merged.figures:
        spans: dict[tuple[str, str], set[tuple[int, int, str]]] = defaultdict(set)
        for place in figure.attestations:
            for (start, end), words in place.spans:
                stretch = start, end, "".join(words.split())
                spans[place.source, place.quote].add(stretch)
        for (source, key), stretches in spans.items():
            quote = quotes[key]
            report = reports[quote.report]
            cited = Cited(
                report.key,
                report.title,
                report.frame.period or "",
                files[source],
                min(start for start, _, _ in stretches),
                max(end for _, end, _ in stretches),
                "".join(words for _, _, words in sorted(stretches)),
                quote.text,
            )
            own = report.body and figure.subject in {report.body, report.place}
            home = report.body if own else figure.subject
            about = [names.get(key, key) for key in (figure.subject, home)]
            found.append(_point(figure, home, about, cited))
    return sorted(found, key=_order)


def _point(figure: Figure, home: str, names: Sequence[str], cited: Cited) -> Point:
    return Point(
        figure.key,
        figure.subject,
        names[0],
        home,
        names[1],
        figure.indicator,
        figure.measure,
        figure.value,
        figure.unit,
        figure.approx,
        figure.period,
        figure.planned,
        figure.basis,
        cited,
    )


def points_in(graph: Store) -> list[Point]:
    """The same of a build that has been written, from its triples."""
    answer = graph.query(QUERY, prefixes=prefixes())
    if not isinstance(answer, QuerySolutions):
        raise TypeError(QUERY)
    rows: dict[tuple[str, ...], list[QuerySolution]] = defaultdict(list)
    for row in answer:
        rows[
            tuple(_text(row, name) for name in ("figure", "evidence", "source"))
        ].append(row)
    return sorted(map(_written, rows.values()), key=_order)


def _written(rows: Sequence[QuerySolution]) -> Point:
    """A figure in one sentence of one file; a row is one stretch of words."""
    row = rows[0]
    stretches = sorted(
        {
            (
                int(_text(row, "start")),
                int(_text(row, "end")),
                "".join(_text(row, "words").split()),
            )
            for row in rows
        }
    )
    subject, body = _text(row, "subject"), _text(row, "body")
    own = body and subject in {body, _text(row, "place")}
    return Point(
        below_id(_text(row, "figure")),
        below_id(subject),
        _text(row, "name"),
        below_id(body if own else subject),
        _text(row, "bodyName" if own else "name"),
        _text(row, "indicator").removeprefix(f"{SCHEMES}indicator/"),
        _text(row, "measure"),
        Decimal(_text(row, "value")),
        _text(row, "unit"),
        _text(row, "approximate") == "true",
        _text(row, "period"),
        _text(row, "planned") == "true",
        _text(row, "basis"),
        Cited(
            below_id(_text(row, "report")),
            _text(row, "title"),
            _text(row, "time"),
            min(_text(row, "file") for row in rows),
            stretches[0][0],
            max(end for _, end, _ in stretches),
            "".join(words for _, _, words in stretches),
            _text(row, "text"),
        ),
    )


def below_id(iri: str) -> str:
    """The key of an IRI: what stands after `/id/`.

    >>> below_id("https://w3id.org/zhengpu/id/ORG/国务院")
    'ORG/国务院'
    """
    return iri.partition("/id/")[2] or iri.removeprefix(ONTOLOGY)


def _text(row: QuerySolution, variable: str) -> str:
    term = row[variable]
    return "" if term is None else getattr(term, "value", str(term))


def _order(point: Point) -> tuple[object, ...]:
    return (
        point.indicator,
        point.home_name,
        point.home,
        point.period or "9999",
        not point.planned,
        point.unit,
        point.measure,
        point.value,
        point.cited.file,
        point.cited.start,
    )


def named(points: Iterable[Point], wanted: str) -> list[Point]:
    """The points of an indicator, by notation, label or wording.

    Args:
        points: Of a build.
        wanted: A notation (`gdp`), a label (地区生产总值) or a measure as reports
            word it (粮食产量). A label goes before a wording: it names more.
    """
    held = list(points)
    what = {notations("indicator").get(wanted, f"={wanted}")}
    if not any(point.what in what for point in held):
        what = {point.what for point in held if point.measure == wanted}
    return [point for point in held if point.what in what]


def series_of(points: Iterable[Point]) -> list[Series]:
    """Points as series of what is comparable.

    Args:
        points: Of one indicator or of many; those without a period have no
            place in a series.

    Returns:
        The series by what they count, name and unit; targets after what was
        reached.
    """
    dated = [point for point in points if point.years is not None]
    apart = _told_apart(dated)
    kinds: dict[Kind, list[Point]] = defaultdict(list)
    for point in dated:
        kinds[
            Kind(point.home, point.what, point.unit, point.planned, point.manner)
        ].append(point)
    found = [
        _series(kind, group)
        for kind, held in kinds.items()
        for group in _alike(held, apart)
    ]
    return sorted(found, key=_series_order)


def paired(series: Iterable[Series]) -> list[list[Series]]:
    """What was reached, each with its targets: same body, unit, manner and wording."""
    groups: list[list[Series]] = []
    for line in sorted(series, key=lambda line: line.planned):
        for group in groups:
            first = group[0]
            if (
                first.planned != line.planned
                and (first.subject, first.what, first.unit, first.manner)
                == (line.subject, line.what, line.unit, line.manner)
                and not set(first.measures).isdisjoint(line.measures)
            ):
                group.append(line)
                break
        else:
            groups.append([line])
    return groups


def _series(kind: Kind, points: Sequence[Point]) -> Series:
    """One series; what a report says twice stands in it once."""
    measures = Counter(point.measure for point in points)
    once = {
        (point.at, point.period, point.value, point.cited.report): point
        for point in sorted(points, key=_order, reverse=True)
    }
    return Series(
        kind.subject,
        points[0].home_name,
        kind.what,
        kind.unit,
        kind.planned,
        kind.manner,
        tuple(sorted(measures, key=lambda m: (-measures[m], len(m), m))),
        tuple(sorted(once.values(), key=_by_time)),
    )


def _by_time(point: Point) -> tuple[object, ...]:
    return point.at or (point.years or (0, 0))[1], point.period, _order(point)


def _series_order(series: Series) -> tuple[object, ...]:
    return (
        series.what,
        series.name,
        series.subject,
        series.unit,
        series.manner,
        series.measures,
        series.planned,
    )


def _told_apart(points: Iterable[Point]) -> set[tuple[str, str]]:
    """Pairs of wordings that one report gives different values for one time."""
    said: dict[tuple[object, ...], dict[str, set[Decimal]]] = defaultdict(
        lambda: defaultdict(set)
    )
    for p in points:
        place = p.home, p.what, p.unit, p.planned, p.manner, p.cited.report, p.at
        said[place][p.measure].add(p.value)
    return {
        (one, other)
        for wordings in said.values()
        for one in wordings
        for other in wordings
        if one != other and wordings[one].isdisjoint(wordings[other])
    }


def _alike(
    points: Iterable[Point], apart: set[tuple[str, str]]
) -> Iterator[list[Point]]:
    """Points by wording, joined where no report tells two wordings apart."""
    by_measure: dict[str, list[Point]] = defaultdict(list)
    for point in points:
        by_measure[point.measure].append(point)
    groups: list[list[str]] = []
    for measure in sorted(by_measure, key=lambda m: (-len(by_measure[m]), len(m), m)):
        for group in groups:
            if all((measure, other) not in apart for other in group):
                group.append(measure)
                break
        else:
            groups.append([measure])
    for group in groups:
        yield [point for measure in group for point in by_measure[measure]]


class Occurring(NamedTuple):
    """An indicator or a wording that a build could compare."""

    what: str
    """Its notation, or `=` and the wording."""
    label: str
    points: int
    years: int
    subjects: int

    @property
    def notation(self) -> str:
        """What the ontology's scheme calls it; a wording has none."""
        return "" if self.what.startswith("=") else self.what


def occurring(points: Iterable[Point]) -> list[Occurring]:
    """The indicators of a build, those that occur in most years first.

    A wording that is no indicator is listed where reports give it for two
    years at least, or for two bodies.
    """
    held: dict[str, list[Point]] = defaultdict(list)
    for point in points:
        held[point.what].append(point)
    found = []
    for what, group in held.items():
        years = len({point.years for point in group} - {None})
        subjects = len({point.home for point in group})
        if not what.startswith("=") or years > 1 or subjects > 1:
            found.append(Occurring(what, label(what), len(group), years, subjects))
    return sorted(
        found, key=lambda o: (o.what[0] == "=", -o.years, -o.subjects, -o.points, o)
    )


@cache
def _labels() -> dict[str, str]:
    """Notation to Chinese label."""
    return {row["notation"]: row["zh"] for row in table("indicators")}


def label(what: str) -> str:
    """The Chinese label of an indicator, or the wording.

    >>> label("gdp"), label("=行政法规")
    ('地区生产总值', '行政法规')
    """
    return what[1:] if what.startswith("=") else _labels().get(what, what)
