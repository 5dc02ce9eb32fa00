"""An entity's facts, each with the sentences that state it and their source."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from zhengpu.use.answers import brief, plain
from zhengpu.use.conflicting import Counted, Said, conflicts
from zhengpu.use.explained import Explanation, Explanations, Fact, Quote
from zhengpu.use.meant import entities_of
from zhengpu.use.querying import select

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Store

    from zhengpu.use.answers import Term

PLACE = ("fact", "evidence", "text", "report", "file", "sha256", "section")
"""What tells one quote from another."""

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
SELECT DISTINCT ?fact ?measure ?value ?unit ?approx ?period ?planned ?indicator
  ?basis WHERE {
  ?fact zp:subject ?entity ; zp:measure ?measure ; zp:value ?value ; zp:unit ?unit ;
    zp:approximate ?approx ; zp:planned ?planned .
  OPTIONAL { ?fact zp:period ?period }
  OPTIONAL { ?fact zp:indicator ?indicator }
  OPTIONAL { ?fact zp:basis ?basis }
}
"""
QUOTES = """
SELECT DISTINCT ?fact ?evidence ?text ?section ?report ?file ?sha256 ?start ?end
  ?words WHERE {
  { ?fact rdf:subject ?entity } UNION { ?fact rdf:object ?entity }
  UNION { ?fact zp:subject ?entity }
  ?fact zp:evidence ?evidence ; zp:span ?span .
  ?evidence oa:hasSource/skos:prefLabel ?report ; oa:hasSelector/oa:exact ?text .
  FILTER(LANGMATCHES(LANG(?report), "zh-Hans"))
  ?span dcterms:isPartOf ?evidence ; oa:exact ?words ; oa:start ?start ; oa:end ?end ;
    dcterms:source ?source .
  ?source dcterms:title ?file ; zp:sha256 ?sha256 .
  OPTIONAL { ?evidence zp:section ?section }
}
"""
RULES = """
SELECT DISTINCT ?fact ?rule ?version WHERE {
  { ?fact rdf:subject ?entity } UNION { ?fact rdf:object ?entity }
  UNION { ?fact zp:subject ?entity }
  ?fact zp:rule ?rule .
  OPTIONAL { ?fact zp:ruleSet ?version }
}
"""
REMARKS = """
SELECT DISTINCT ?evidence ?who ?when ?why ?source WHERE {
  ?entity prov:wasInfluencedBy ?evidence .
  OPTIONAL { ?evidence dcterms:creator ?who }
  OPTIONAL { ?evidence dcterms:date ?when }
  OPTIONAL { ?evidence dcterms:description ?why }
  OPTIONAL { ?evidence dcterms:source ?source }
}
"""


def explain(graph: Store, name: str) -> Explanations:
    """What a build says about the entities of a name.

    Args:
        graph: Facts and evidence of a build.
        name: A canonical name, an alias or the short form of the explorer (代县政协);
            where no entity is called so, part of a name, if only one holds it. An IRI is taken, too, or its
            path below `id/`, also one that a correction has replaced.

    Returns:
        One explanation for each entity of that name: names are not unique.

    Raises:
        UsageError: There is no such entity, or several names hold these words.
    """
    found = entities_of(graph, name.strip())
    return Explanations(_explanation(graph, *entity) for entity in found)


def _explanation(graph: Store, iri: str, type_: str, name: str) -> Explanation:
    entity = f"<{iri}>"
    remarks = _remarks(select(graph, REMARKS, entity=entity).bound())
    quotes = _quotes(select(graph, QUOTES, entity=entity).bound(), remarks)
    claims, counts = (
        select(graph, text, entity=entity).bound() for text in (CLAIMS, FIGURES)
    )
    rules = select(graph, RULES, entity=entity).bound()
    places = {fact: {q.report for q in held} for fact, held in quotes.items()}
    against = conflicts(map(_said, claims), map(_counted, counts), places)
    told = _Told(_by_fact(rules, "rule"), against, quotes)
    facts = [_fact(row, told) for row in claims]
    figures = [_figure(row, name, told) for row in counts]
    aliases = select(
        graph, "SELECT ?a WHERE { ?entity skos:altLabel ?a }", entity=entity
    ).bound()
    return Explanation(
        iri,
        type_,
        name,
        tuple(sorted(plain(row["a"]) for row in aliases)),
        tuple(sorted(facts, key=lambda f: (f.subject != name, *_order(f)))),
        tuple(sorted(figures, key=_order)),
        min((plain(row["version"]) for row in rules if "version" in row), default=""),
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """What is known of each fact, by its IRI."""

    rules: dict[str, tuple[str, ...]]
    against: dict[str, tuple[str, ...]]
    quotes: dict[str, tuple[Quote, ...]]


def _by_fact(
    rows: Iterable[dict[str, Term]], variable: str
) -> dict[str, tuple[str, ...]]:
    """The values of a variable by fact, sorted."""
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(plain(row["fact"]), set()).add(plain(row[variable]))
    return {fact: tuple(sorted(values)) for fact, values in found.items()}


def _remarks(
    rows: Iterable[dict[str, Term]],
) -> dict[str, tuple[tuple[str, str], ...]]:
    """What is told of each correction, by the IRI of its evidence."""
    return {
        plain(row["evidence"]): tuple(
            (key, plain(row[key]))
            for key in ("who", "when", "why", "source")
            if key in row
        )
        for row in rows
    }


def _said(row: dict[str, Term]) -> Said:
    relation = brief(row["relation"]).removeprefix("zp:")
    ends = plain(row["subject"]), plain(row["object"])
    planned = plain(row["planned"]) == "true"
    role, period = _optional(row, "role"), _optional(row, "period")
    return Said(plain(row["fact"]), relation, *ends, role, period, planned)


def _counted(row: dict[str, Term]) -> Counted:
    what = _optional(row, "indicator") or plain(row["measure"])
    return Counted(
        plain(row["fact"]),
        (what, plain(row["unit"]), _optional(row, "basis"), plain(row["planned"])),
        _optional(row, "period"),
        Decimal(plain(row["value"])),
        plain(row["approx"]) == "true",
    )


def _fact(row: dict[str, Term], told: _Told) -> Fact:
    fact = plain(row["fact"])
    return Fact(
        plain(row["subjectName"]),
        brief(row["relation"]).removeprefix("zp:"),
        plain(row["objectName"]),
        _optional(row, "role"),
        _optional(row, "period"),
        plain(row["planned"]) == "true",
        "omitted" in row,
        told.quotes.get(fact, ()),
        fact,
        told.rules.get(fact, ()),
        told.against.get(fact, ()),
    )


def _figure(row: dict[str, Term], name: str, told: _Told) -> Fact:
    fact = plain(row["fact"])
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
        quotes=told.quotes.get(fact, ()),
        iri=fact,
        rules=told.rules.get(fact, ()),
        against=told.against.get(fact, ()),
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


def _optional(row: dict[str, Term], variable: str) -> str:
    return plain(row[variable]) if variable in row else ""


def _quotes(
    rows: Iterable[dict[str, Term]],
    remarks: dict[str, tuple[tuple[str, str], ...]],
) -> dict[str, tuple[Quote, ...]]:
    """By fact, its sentences in the order of files and offsets."""
    spans: dict[tuple[str, ...], set[tuple[int, int, str]]] = {}
    for row in rows:
        place = tuple(_optional(row, key) for key in PLACE)
        words = "".join(plain(row["words"]).split())
        start, end = int(plain(row["start"])), int(plain(row["end"]))
        spans.setdefault(place, set()).add((start, end, words))
    quotes: dict[str, list[Quote]] = {}
    for (fact, *where), found in spans.items():
        quote = _quote(where, sorted(found), remarks)
        quotes.setdefault(fact, []).append(quote)
    return {
        fact: tuple(sorted(held, key=lambda q: (q.file, q.start)))
        for fact, held in quotes.items()
    }


def _quote(
    where: list[str],
    spans: list[tuple[int, int, str]],
    remarks: dict[str, tuple[tuple[str, str], ...]],
) -> Quote:
    evidence, text, report, file, sha256, section = where
    words = tuple(word for _, _, word in spans)
    start, end = spans[0][0], max(end for _, end, _ in spans)
    told = remarks.get(evidence, ())
    return Quote(text, words, report, file, start, end, sha256, section, told)
