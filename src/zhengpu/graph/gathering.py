"""Points of a whole build: every figure, once for each report that gives it.

They are gathered from what is merged, or from the triples of a build that has
been written; both give the same.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from pyoxigraph import QuerySolutions

from zhengpu.graph.points import Cited, Point, listed_by
from zhengpu.graph.vocabulary import SCHEMES, below_id, prefixes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyoxigraph import QuerySolution, Store

    from zhengpu.graph.merged import Figure, Merged

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
    return sorted(found, key=listed_by)


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
    return sorted(map(_written, rows.values()), key=listed_by)


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


def _text(row: QuerySolution, variable: str) -> str:
    term = row[variable]
    return "" if term is None else getattr(term, "value", str(term))
