"""A build's network as the two files that `neo4j-admin database import` takes.

The first line of each file says what its columns are (`:ID`, `:LABEL`,
`:START_ID`, `:END_ID`, `:TYPE`, arrays as `string[]`), as the Neo4j Operations
Manual has it.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Final

from zhengpu.graph.vocabulary import SKOS
from zhengpu.model import Finding, Severity
from zhengpu.use.things import TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from zhengpu.use.networks import Edge, Network, Node

ON_NODES: Final = {
    "id": "iri:ID(Entity)",
    "type": ":LABEL",
    "name": "name",
    "pinyin": "pinyin",
    "aliases": "aliases:string[]",
    "kind": "kind",
    "adcode": "adcode",
    "level": "level",
    "scope": "scope",
}
ON_EDGES: Final = {
    "source": ":START_ID(Entity)",
    "target": ":END_ID(Entity)",
    "relation": ":TYPE",
    "label": "label",
    "role": "role",
    "period": "period",
    "confidence": "confidence:double",
    "rule": "rule",
    "sentence": "sentence",
    "report": "report",
    "claim": "claim",
}
"""The fields of nodes and edges, and their columns."""

_LABELS: Final = {code: name for name, code in TYPES.items()}
_BREAK = re.compile(r"[\r\n\u0085\u2028\u2029]+")


class Tables:
    """The two files, and what they could not hold.

    A field holds no line end and an item of an array no `;`, since the import
    reads neither without further options: a space and `；` stand for them.
    """

    def __init__(self, network: Network) -> None:
        self.replaced: set[str] = set()
        nodes = (
            self._node(node, network.values(node.id, SKOS.altLabel))
            for node in network.nodes
        )
        self.nodes = _table(ON_NODES.values(), nodes)
        self.relationships = _table(ON_EDGES.values(), map(self._edge, network.edges))

    def findings(self) -> tuple[Finding, ...]:
        """What was replaced, one finding for each text."""
        return tuple(
            Finding(
                Severity.WARNING,
                "exporting",
                "csv-characters-replaced",
                (("text", text),),
            )
            for text in sorted(self.replaced)
        )

    def _node(self, node: Node, aliases: Iterable[str]) -> list[str]:
        """The row of an entity."""
        said = {name: getattr(node, name) for name in ON_NODES}
        said["type"] = f"Entity;{_LABELS[node.type]}"
        said["aliases"] = ";".join(self._item(self._line(a)) for a in aliases)
        return [self._line(text) for text in said.values()]

    def _edge(self, edge: Edge) -> list[str]:
        """The row of a fact."""
        said = {name: getattr(edge, name) for name in ON_EDGES}
        said["relation"] = relationship(edge.relation)
        return [self._line(text) for text in said.values()]

    def _item(self, text: str) -> str:
        """An item of an array."""
        item = text.replace(";", "；")
        if item != text:
            self.replaced.add(item)
        return item

    def _line(self, text: str) -> str:
        """A text without line ends."""
        line = _BREAK.sub(" ", text)
        if line != text:
            self.replaced.add(line)
        return line


def relationship(relation: str) -> str:
    """A relation in the way that Neo4j writes the types of relationships.

    >>> relationship("subOrganizationOf")
    'SUB_ORGANIZATION_OF'
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", relation).upper()


def _table(names: Iterable[str], rows: Iterable[Sequence[str]]) -> str:
    """Rows as CSV text, with all that is not plain in quotes."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(rows)
    return text.getvalue()
