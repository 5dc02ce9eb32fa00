"""One more entry for a corrections file, and what it would change in a build."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from zhengpu.errors import UsageError
from zhengpu.graph.contradictions import TYPES, check
from zhengpu.graph.correcting import applied
from zhengpu.graph.corrections import FORMS, nearest
from zhengpu.graph.corrections_file import parse, read, table
from zhengpu.graph.merged import Claim, Figure, Merged, Thing
from zhengpu.messages import catalogue
from zhengpu.model import EntityType, Relation
from zhengpu.settings import BASE_IRI
from zhengpu.use.answers import plain
from zhengpu.use.querying import select

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from pyoxigraph import Store

    from zhengpu.model import Finding

LEAST: Final = {"reject": 3, "assert": 3}
"""How many values the kinds need that need more than two."""

THINGS: Final = """
SELECT ?thing ?type ?name ?scope ?alias WHERE {
  ?thing skos:prefLabel ?name ; a ?type .
  FILTER(LANGMATCHES(LANG(?name), "zh-Hans"))
  FILTER(?type IN (zp:Organization, zp:Person, zp:Place, zp:Program, zp:Document,
                   zp:Event, zp:Award))
  OPTIONAL { ?thing zp:scope ?scope }
  OPTIONAL { ?thing skos:altLabel ?alias }
}
"""
CLAIMS: Final = """
SELECT ?claim ?subject ?relation ?object ?role ?period ?planned WHERE {
  ?claim a zp:Claim ; rdf:subject ?subject ; rdf:predicate ?relation ;
    rdf:object ?object ; zp:planned ?planned .
  OPTIONAL { ?claim zp:role ?role }
  OPTIONAL { ?claim zp:period ?period }
}
"""
FIGURES: Final = """
SELECT ?figure ?subject ?measure ?value ?unit ?period ?planned WHERE {
  ?figure a zp:Observation ; zp:subject ?subject ; zp:measure ?measure ;
    zp:value ?value ; zp:unit ?unit ; zp:planned ?planned .
  OPTIONAL { ?figure zp:period ?period }
}
"""


@dataclass(frozen=True, slots=True)
class Change:
    """How many facts there are about an entity, without and with a correction."""

    name: str
    key: str
    """Its path below `id/`."""
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Effect:
    """What an entry says, and what it changes in the build at hand."""

    entry: str
    """The table, as it stands in the file."""
    line: int
    """Where it stands."""
    changes: tuple[Change, ...]
    facts: tuple[str, ...]
    """The facts that it rejects or asserts, in words."""
    findings: tuple[Finding, ...]
    """Why it has no effect, where it has none; the file is unchanged then."""


def correct(
    graph: Store,
    file: Path,
    kind: str,
    values: Sequence[str],
    remarks: Mapping[str, str | bool],
) -> Effect:
    """Add an entry at the end of a corrections file; all else stays as it is.

    Args:
        graph: The build that shows what the entry changes.
        file: The corrections file; it is made where there is none.
        kind: A key of `corrections.FORMS`.
        values: Of same-as the entity to keep and those that are the same; of
            not-same the entities; of rename entity and name; of retype entity
            and type or kind; of alias entity and aliases; of reject and assert
            subject, relation and object, or subject, measure and value.
        remarks: Further keys: who, when, why, source, role, period …

    Returns:
        What it changes; where it matches nothing, `findings` says so and
        nothing is written.

    Raises:
        UsageError: There is no such kind, or values are missing.
        CorrectionsError: The file is not as it should be, or would not be.
    """
    entry = table(kind, *_said(kind, values).items(), *remarks.items())
    old = read(file).text if file.is_file() else ""
    end = "\r\n" if "\r\n" in old else "\n"
    text = f"{old.rstrip()}{end * 2}" if old.strip() else ""
    text += entry.replace("\n", end) + end
    made = parse(text, file.name)
    check(made)
    before = merged_of(graph)
    after = applied(before, replace(made, entries=made.entries[-1:]))
    if after.corrections:
        _write(file, text)
    return Effect(
        entry,
        made.entries[-1].line,
        tuple(_changes(before, after)),
        tuple(fact for note in after.corrections for fact in note.facts),
        tuple(f for f in after.findings if f not in before.findings),
    )


def _said(  # noqa: PLR0911 - one for each kind
    kind: str, values: Sequence[str]
) -> dict[str, str | Sequence[str]]:
    """The keys and values of an entry."""
    if kind not in FORMS:
        near = nearest(kind, FORMS)
        known = "、".join(FORMS)
        raise UsageError("correct-kind", kind=kind, near=near, known=known)
    least = LEAST.get(kind, 2)
    if len(values) < least:
        form = " ".join(FORMS[kind][0][:least]).upper()
        raise UsageError("correct-values", kind=kind, form=form)
    first, second, *rest = values
    match kind:
        case "same-as":
            return {"keep": first, "same": values[1:]}
        case "not-same":
            return {"entities": values}
        case "alias":
            return {"entity": first, "alias": values[1:]}
        case "rename" | "retype" if rest:
            raise UsageError("correct-values", kind=kind, form="ENTITY VALUE")
        case "rename":
            return {"entity": first, "name": second}
        case "retype":
            is_type = second in {item.value for item in EntityType}
            return {"entity": first, "type" if is_type else "kind": second}
    relation = _relation(second)
    if kind == "assert" or relation:
        return {"subject": first, "relation": relation or second, "object": rest[0]}
    return {"subject": first, "measure": second, "value": rest[0]}


def _relation(word: str) -> str:
    """The relation of a name or of a label in either language, or nothing."""
    for relation in Relation:
        texts = catalogue().get(f"relation-{relation.value}", {})
        if word in {relation.value, *texts.values()}:
            return relation.value
    return ""


def _write(file: Path, text: str) -> None:
    """The file as a whole or not at all."""
    draft = file.with_name(f".{file.name}.new")
    draft.write_text(text, encoding="utf-8", newline="")
    draft.replace(file)


# -- the build -------------------------------------------------------------------------


def merged_of(graph: Store) -> Merged:
    """The entities and facts of a build, without their evidence."""
    things: dict[str, Thing] = {}
    for row in _rows(graph, THINGS):
        name = _key(row["thing"])
        kind = TYPES[row["type"].rpartition("#")[2]]
        made = Thing(name, kind, row["name"], row["scope"], (), "", "", "", ())
        old = things.setdefault(name, made)
        if row["alias"]:
            aliases = tuple(sorted({*old.aliases, row["alias"]}))
            things[name] = replace(old, aliases=aliases)
    claims = [
        Claim(
            _key(row["claim"]),
            _key(row["subject"]),
            Relation(row["relation"].rpartition("#")[2]),
            _key(row["object"]),
            row["role"],
            row["period"],
            row["planned"] == "true",
            (),
        )
        for row in _rows(graph, CLAIMS)
    ]
    figures = [
        Figure(
            _key(row["figure"]),
            _key(row["subject"]),
            "",
            row["measure"],
            Decimal(row["value"]),
            row["unit"],
            approx=False,
            period=row["period"],
            period_texts=(),
            basis="",
            planned=row["planned"] == "true",
            attestations=(),
        )
        for row in _rows(graph, FIGURES)
    ]
    return Merged(
        tuple(things[name] for name in sorted(things)),
        tuple(sorted(claims, key=lambda claim: claim.key)),
        tuple(sorted(figures, key=lambda figure: figure.key)),
    )


def _key(iri: str) -> str:
    """The path of an IRI below `id/`."""
    return iri.removeprefix(f"{BASE_IRI}id/")


def _rows(graph: Store, sparql: str) -> list[dict[str, str]]:
    """The rows of a query as texts; nothing where a variable is unbound."""
    table = select(graph, sparql)
    unbound = dict.fromkeys(table.variables, "")
    return [
        unbound | {variable: plain(term) for variable, term in row.items()}
        for row in table.bound()
    ]


def _changes(before: Merged, after: Merged) -> list[Change]:
    """The entities that a correction is about, with their numbers of facts."""
    keys = {key for note in after.corrections for key in (*note.things, *note.replaced)}
    names = {thing.key: thing.name for thing in (*after.things, *before.things)}
    return [
        Change(names.get(key, key), key, _facts(before, key), _facts(after, key))
        for key in sorted(keys)
    ]


def _facts(merged: Merged, key: str) -> int:
    """How many claims and figures are about an entity."""
    claims = sum(key in {claim.subject, claim.object} for claim in merged.claims)
    return claims + sum(figure.subject == key for figure in merged.figures)
