"""An entity's facts, each with the sentences that state it and their source."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from zhengpu.errors import UsageError
from zhengpu.use.answers import Table, brief, plain
from zhengpu.use.querying import ask, bind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Store

    from zhengpu.use.answers import Term

NEAR = 8
"""How many similar names an error offers."""

ENTITIES = """
SELECT ?entity ?name ?label ?type WHERE {
  ?entity skos:prefLabel ?name ; a ?type .
  FILTER(LANGMATCHES(LANG(?name), "zh-Hans"))
  FILTER(?type IN (zp:Organization, zp:Person, zp:Place, zp:Program, zp:Document,
                   zp:Event, zp:Award))
  { ?entity skos:prefLabel ?label FILTER(LANGMATCHES(LANG(?label), "zh-Hans")) }
  UNION { ?entity skos:altLabel ?label }
  FILTER(CONTAINS(STR(?label), ?wanted) || STR(?entity) = ?wanted)
}
"""
CLAIMS = """
SELECT DISTINCT ?fact ?subject ?subjectName ?relation ?object ?objectName ?role
  ?period ?planned ?omitted WHERE {
  { ?fact rdf:subject ?entity } UNION { ?fact rdf:object ?entity }
  ?fact a zp:Claim ; rdf:subject ?subject ; rdf:predicate ?relation ;
    rdf:object ?object ; zp:planned ?planned .
  ?subject skos:prefLabel ?subjectName FILTER(LANGMATCHES(LANG(?subjectName), "zh-Hans"))
  ?object skos:prefLabel ?objectName FILTER(LANGMATCHES(LANG(?objectName), "zh-Hans"))
  OPTIONAL { ?fact zp:role ?role }
  OPTIONAL { ?fact zp:period ?period }
  OPTIONAL { ?fact zp:subjectOmitted ?omitted }
}
"""
FIGURES = """
SELECT DISTINCT ?fact ?measure ?value ?unit ?approx ?period ?planned WHERE {
  ?fact zp:subject ?entity ; zp:measure ?measure ; zp:value ?value ; zp:unit ?unit ;
    zp:approximate ?approx ; zp:planned ?planned .
  OPTIONAL { ?fact zp:period ?period }
}
"""
QUOTES = """
SELECT DISTINCT ?fact ?evidence ?text ?report ?file ?start ?end ?words WHERE {
  { ?fact rdf:subject ?entity } UNION { ?fact rdf:object ?entity }
  UNION { ?fact zp:subject ?entity }
  ?fact zp:evidence ?evidence ; zp:span ?span .
  ?evidence oa:hasSource/skos:prefLabel ?report ; oa:hasSelector/oa:exact ?text .
  FILTER(LANGMATCHES(LANG(?report), "zh-Hans"))
  ?span dcterms:isPartOf ?evidence ; oa:exact ?words ; oa:start ?start ; oa:end ?end ;
    dcterms:source/dcterms:title ?file .
}
"""


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence that states a fact, and where it stands."""

    text: str
    words: tuple[str, ...]
    """The stretches of the sentence that say it, without white space."""
    report: str
    file: str
    start: int
    end: int
    """The first and last of the stretches, in characters of the source text."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A relation of the entity, or a figure about it."""

    subject: str
    relation: str
    """Of a figure: nothing."""
    object: str
    """Of a figure: what is counted, and how many."""
    role: str
    period: str
    planned: bool
    omitted: bool
    """Every sentence leaves the subject to be understood."""
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that a build says about one entity."""

    iri: str
    type: str
    name: str
    aliases: tuple[str, ...]
    facts: tuple[Fact, ...]
    figures: tuple[Fact, ...]


def explain(graph: Store, name: str) -> tuple[Explanation, ...]:
    """What a build says about the entities of a name.

    Args:
        graph: Facts and evidence of a build.
        name: A canonical name or an alias; where no entity is called so, part
            of a name, if only one name holds it. An IRI is taken, too.

    Returns:
        One explanation for each entity of that name: names are not unique.

    Raises:
        UsageError: There is no such entity, or several names hold these words.
    """
    found = _found(graph, name.strip())
    return tuple(_explanation(graph, *entity) for entity in found)


def _rows(graph: Store, sparql: str, **values: str) -> list[dict[str, Term]]:
    """The rows of a query by variable, without those that are unbound."""
    table = ask(graph, bind(sparql, values))
    if not isinstance(table, Table):
        raise TypeError(table)
    return [
        {
            variable: term
            for variable, term in zip(table.variables, row, strict=True)
            if term is not None
        }
        for row in table.rows
    ]


def _found(graph: Store, name: str) -> list[tuple[str, str, str]]:
    """IRI, type and canonical name of the entities meant."""
    labels: dict[tuple[str, str, str], set[str]] = {}
    for row in _rows(graph, ENTITIES, wanted=name):
        entity = plain(row["entity"]), brief(row["type"]), plain(row["name"])
        labels.setdefault(entity, set()).add(plain(row["label"]))
    exact = (
        [entity for entity in labels if name == entity[0]],
        [entity for entity in labels if name == entity[2]],
        [entity for entity, names in labels.items() if name in names],
    )
    found = next((way for way in exact if way), list(labels))
    names = sorted({entity[2] for entity in found}, key=lambda n: (len(n), n))
    if not found:
        raise UsageError("no-such-entity", name=name)
    if not any(exact) and len(names) > 1:
        shown = "、".join(names[:NEAR]) + ("…" if len(names) > NEAR else "")
        raise UsageError("name-not-unique", name=name, names=shown)
    return sorted(found, key=lambda entity: (entity[2], entity[0]))


def _explanation(graph: Store, iri: str, type_: str, name: str) -> Explanation:
    entity = f"<{iri}>"
    quotes = _quotes(_rows(graph, QUOTES, entity=entity))
    facts = [_fact(row, quotes) for row in _rows(graph, CLAIMS, entity=entity)]
    figures = [
        _figure(row, name, quotes) for row in _rows(graph, FIGURES, entity=entity)
    ]
    aliases = _rows(
        graph, "SELECT ?a WHERE { ?entity skos:altLabel ?a }", entity=entity
    )
    return Explanation(
        iri,
        type_,
        name,
        tuple(sorted(plain(row["a"]) for row in aliases)),
        tuple(sorted(facts, key=lambda f: (f.subject != name, *_order(f)))),
        tuple(sorted(figures, key=_order)),
    )


def _order(fact: Fact) -> tuple[object, ...]:
    return (
        fact.relation,
        fact.subject,
        fact.object,
        fact.role,
        fact.period,
        fact.planned,
    )


def _fact(row: dict[str, Term], quotes: dict[str, tuple[Quote, ...]]) -> Fact:
    return Fact(
        plain(row["subjectName"]),
        brief(row["relation"]).removeprefix("zp:"),
        plain(row["objectName"]),
        _optional(row, "role"),
        _optional(row, "period"),
        plain(row["planned"]) == "true",
        "omitted" in row,
        quotes.get(plain(row["fact"]), ()),
    )


def _figure(
    row: dict[str, Term], name: str, quotes: dict[str, tuple[Quote, ...]]
) -> Fact:
    about = "≈" if plain(row["approx"]) == "true" else ""
    value = f"{Decimal(plain(row['value'])):,f}"
    return Fact(
        name,
        "",
        f"{plain(row['measure'])} {about}{value} {plain(row['unit'])}",
        "",
        _optional(row, "period"),
        plain(row["planned"]) == "true",
        omitted=False,
        quotes=quotes.get(plain(row["fact"]), ()),
    )


def _optional(row: dict[str, Term], variable: str) -> str:
    return plain(row[variable]) if variable in row else ""


def _quotes(rows: Iterable[dict[str, Term]]) -> dict[str, tuple[Quote, ...]]:
    """By fact, its sentences in the order of files and offsets."""
    spans: dict[tuple[str, ...], set[tuple[int, int, str]]] = {}
    for row in rows:
        place = tuple(plain(row[key]) for key in ("fact", "text", "report", "file"))
        words = "".join(plain(row["words"]).split())
        start, end = int(plain(row["start"])), int(plain(row["end"]))
        spans.setdefault(place, set()).add((start, end, words))
    quotes: dict[str, list[Quote]] = {}
    for (fact, *where), found in spans.items():
        text, report, file = where
        quote = _quote(text, report, file, sorted(found))
        quotes.setdefault(fact, []).append(quote)
    return {
        fact: tuple(sorted(held, key=lambda q: (q.file, q.start)))
        for fact, held in quotes.items()
    }


def _quote(
    text: str, report: str, file: str, spans: list[tuple[int, int, str]]
) -> Quote:
    words = tuple(word for _, _, word in spans)
    end = max(end for _, end, _ in spans)
    return Quote(text, words, report, file, spans[0][0], end)
