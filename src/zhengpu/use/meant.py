"""Which entities of a build a name means: by IRI, by name or alias, or by a part of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhengpu.errors import UsageError
from zhengpu.graph.corrections import path_of
from zhengpu.settings import BASE_IRI
from zhengpu.use.answers import brief, plain
from zhengpu.use.labels import short
from zhengpu.use.querying import select

if TYPE_CHECKING:
    from pyoxigraph import Store

NEAR = 8
"""How many similar names an error offers."""
REPLACED = """
SELECT ?entity WHERE { ?entity dcterms:replaces ?old FILTER(STR(?old) = ?wanted) }
"""
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


def entities_of(graph: Store, name: str) -> list[tuple[str, str, str]]:
    """IRI, type and canonical name of the entities meant.

    Raises:
        UsageError: There is no such entity, or several names hold these words.
    """
    if path := path_of(name):
        name = _current(graph, f"{BASE_IRI}id/{'/'.join(path)}")
    if not name:
        raise UsageError("no-such-entity", name=name)
    labels = _labelled(graph, name) or {
        entity: {name}  # 代县政协, as the explorer calls it
        for entity in _labelled(graph, "")
        if short(entity[2]) == name
    }
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


def _labelled(graph: Store, words: str) -> dict[tuple[str, str, str], set[str]]:
    """The labels that hold some words, by IRI, type and canonical name."""
    labels: dict[tuple[str, str, str], set[str]] = {}
    for row in select(graph, ENTITIES, wanted=words).bound():
        entity = plain(row["entity"]), brief(row["type"]), plain(row["name"])
        labels.setdefault(entity, set()).add(plain(row["label"]))
    return labels


def _current(graph: Store, iri: str) -> str:
    """The IRI of what an IRI stood for before a correction, else the IRI."""
    new = select(graph, REPLACED, wanted=iri).bound()
    return min((plain(row["entity"]) for row in new), default=iri)
