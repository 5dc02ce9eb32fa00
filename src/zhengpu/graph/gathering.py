"""Points of a whole build: every figure, once for each report that gives it.

They are gathered from what is merged, or from the triples of a build that has
been written; both give the same.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from zhengpu.graph.citing import Cited, Citing, cited_in, grouped, text_in
from zhengpu.graph.points import Point, listed_by
from zhengpu.graph.vocabulary import SCHEMES, below_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyoxigraph import QuerySolution, Store

    from zhengpu.graph.merged import Figure, Merged
    from zhengpu.model import Span

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
    citing = Citing(merged)
    found = []
    for figure in merged.figures:
        spans: dict[tuple[str, str], list[tuple[Span, str]]] = defaultdict(list)
        for place in figure.attestations:
            spans[place.quote, place.source].extend(place.spans)
        for (quote, source), stretches in spans.items():
            cited = citing.cited(quote, source, stretches)
            report = citing.report(quote)
            own = report.body and figure.subject in {report.body, report.place}
            home = report.body if own else figure.subject
            about = [citing.name(key) for key in (figure.subject, home)]
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
    rows = grouped(graph, QUERY, "figure", "evidence", "source")
    return sorted(map(_written, rows), key=listed_by)


def _written(rows: Sequence[QuerySolution]) -> Point:
    """A figure in one sentence of one file; a row is one stretch of words."""
    row = rows[0]
    subject, body = text_in(row, "subject"), text_in(row, "body")
    own = body and subject in {body, text_in(row, "place")}
    return Point(
        below_id(text_in(row, "figure")),
        below_id(subject),
        text_in(row, "name"),
        below_id(body if own else subject),
        text_in(row, "bodyName" if own else "name"),
        text_in(row, "indicator").removeprefix(f"{SCHEMES}indicator/"),
        text_in(row, "measure"),
        Decimal(text_in(row, "value")),
        text_in(row, "unit"),
        text_in(row, "approximate") == "true",
        text_in(row, "period"),
        text_in(row, "planned") == "true",
        text_in(row, "basis"),
        cited_in(rows),
    )
