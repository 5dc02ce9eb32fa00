"""A build's entities and facts as a network: nodes, edges, tables.

What is planned is left out: a network shows edges as facts.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from zhengpu.graph.vocabulary import ONTOLOGY, RDF, SKOS, ZP
from zhengpu.use.spreadsheets import harmless
from zhengpu.use.things import Index, concept_labels, relation_labels

if TYPE_CHECKING:
    from collections.abc import Iterable

    import networkx as nx
    from pyoxigraph import Store


@dataclass(frozen=True, slots=True)
class Node:
    """An entity."""

    id: str
    """Its IRI."""
    type: str
    name: str
    pinyin: str
    aliases: str
    """With `；` between them."""
    kind: str
    """Notation of the organization type or program type."""
    adcode: str
    level: str
    scope: str


@dataclass(frozen=True, slots=True)
class Edge:
    """A fact, with the first sentence that states it."""

    source: str
    relation: str
    target: str
    label: str
    """The relation in Chinese."""
    sourceName: str  # noqa: N815 - a column's name
    targetName: str  # noqa: N815
    role: str
    period: str
    confidence: str
    rule: str
    sentence: str
    report: str
    claim: str
    """The claim's IRI."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A counted fact or a target, with the first sentence that states it."""

    subject: str
    subjectName: str  # noqa: N815
    indicator: str
    """Its notation."""
    label: str
    """The indicator in Chinese."""
    measure: str
    value: str
    unit: str
    approximate: str
    """`true` or `false`."""
    period: str
    periodText: str  # noqa: N815
    basis: str
    planned: str
    """`true` or `false`."""
    confidence: str
    rule: str
    sentence: str
    report: str
    observation: str
    """The observation's IRI."""


class Network(Index):
    """The nodes and edges of a build, sorted by IRI."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self.nodes = [
            self.node(iri, kind)
            for iri in sorted(self.said)
            for kind in [self.type(iri)]
            if kind
        ]
        self.edges = [
            self.edge(iri)
            for iri in sorted(self.said)
            if ZP.Claim in self.kinds(iri) and self.text(iri, ZP.planned) != "true"
        ]

    def node(self, iri: str, kind: str) -> Node:
        """The node of an entity."""
        concept = self.text(iri, ZP.organizationType) or self.text(iri, ZP.programType)
        return Node(
            iri,
            kind,
            self.name(iri),
            self.text(iri, SKOS.prefLabel, language="zh-latn-pinyin"),
            "；".join(self.values(iri, SKOS.altLabel)),
            concept.rpartition("/")[2],
            self.text(iri, ZP.adcode),
            self.text(iri, ZP.level).rpartition("/")[2],
            self.text(iri, ZP.scope),
        )

    def edge(self, iri: str) -> Edge:
        """The edge of a claim."""
        source, target = self.text(iri, RDF.subject), self.text(iri, RDF.object)
        relation = self.text(iri, RDF.predicate).removeprefix(ONTOLOGY)
        return Edge(
            source,
            relation,
            target,
            relation_labels().get(relation, relation),
            self.name(source),
            self.name(target),
            self.text(iri, ZP.role),
            self.text(iri, ZP.period),
            self.text(iri, ZP.confidence),
            self.text(iri, ZP.rule),
            *self.quote(iri),
            iri,
        )

    def figures(self) -> list[Figure]:
        """The figures of a build, sorted by IRI; what is planned is among them."""
        return [
            self.figure(iri)
            for iri in sorted(self.said)
            if ZP.Observation in self.kinds(iri)
        ]

    def figure(self, iri: str) -> Figure:
        """The row of an observation."""
        subject, indicator = self.text(iri, ZP.subject), self.text(iri, ZP.indicator)
        return Figure(
            subject,
            self.name(subject),
            indicator.rpartition("/")[2],
            concept_labels().get(indicator, ""),
            self.text(iri, ZP.measure),
            self.text(iri, ZP.value),
            self.text(iri, ZP.unit),
            self.text(iri, ZP.approximate),
            self.text(iri, ZP.period),
            self.text(iri, ZP.periodText),
            self.text(iri, ZP.basis),
            self.text(iri, ZP.planned),
            self.text(iri, ZP.confidence),
            self.text(iri, ZP.rule),
            *self.quote(iri),
            iri,
        )


def networkx_graph(network: Network) -> nx.MultiDiGraph[str]:
    """The network as a graph of networkx; attributes that say nothing left out."""
    import networkx as nx  # noqa: PLC0415 - slow to load

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in network.nodes:
        graph.add_node(node.id, **attributes(node, "id"))
    for edge in network.edges:
        said = attributes(edge, "source", "target", "sourceName", "targetName")
        graph.add_edge(edge.source, edge.target, key=edge.claim, **said)
    return graph


def attributes(row: Node | Edge, *without: str) -> dict[str, str]:
    """The fields of a row that hold something."""
    return {
        field.name: value
        for field in fields(row)
        if field.name not in without and (value := getattr(row, field.name))
    }


def table(
    kind: type[Node | Edge | Figure], rows: Iterable[Node | Edge | Figure]
) -> str:
    """Rows as CSV text for spreadsheets, with a byte order mark.

    A cell that a spreadsheet would take for a formula gets a `'` in front;
    numbers stay as they are.
    """
    names = [field.name for field in fields(kind)]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([harmless(getattr(row, name)) for name in names] for row in rows)
    return "\ufeff" + text.getvalue()
