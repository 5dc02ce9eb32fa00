"""A build's network as GEXF 1.3, which Gephi opens."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Final

from zhengpu.use.markup import HEAD
from zhengpu.use.networks import Edge, Node

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhengpu.use.markup import Cleaner
    from zhengpu.use.networks import Network

OPENED: Final = (
    '<gexf xmlns="http://gexf.net/1.3" version="1.3">\n'
    '  <graph defaultedgetype="directed" mode="static">\n'
)
ON_NODES: Final = [field.name for field in fields(Node) if field.name != "id"]
ON_EDGES: Final = [
    field.name
    for field in fields(Edge)
    if field.name
    not in {"source", "target", "label", "sourceName", "targetName", "claim"}
]
"""What becomes an attribute; the rest has places of its own."""


def gexf(network: Network, cleaner: Cleaner) -> Iterator[str]:
    """The GEXF text of a network, in pieces.

    No date is written: same network, same bytes. Each edge has its relation as
    `kind`, so that Gephi keeps several relations between two nodes apart.

    Args:
        network: Entities and facts.
        cleaner: Learns what was replaced.
    """
    yield HEAD + OPENED
    yield _attributes("node", ON_NODES)
    yield _attributes("edge", ON_EDGES)
    yield "    <nodes>\n"
    for node in network.nodes:
        yield _element(
            "node", {"id": node.id, "label": node.name}, node, ON_NODES, cleaner
        )
    yield "    </nodes>\n    <edges>\n"
    for edge in network.edges:
        own = {
            "id": edge.claim,
            "source": edge.source,
            "target": edge.target,
            "kind": edge.relation,
            "label": edge.label,
        }
        yield _element("edge", own, edge, ON_EDGES, cleaner)
    yield "    </edges>\n  </graph>\n</gexf>\n"


def _attributes(kind: str, names: list[str]) -> str:
    """The declaration of the attributes of nodes or edges."""
    declared = "".join(
        f'      <attribute id="{name}" title="{name}" type="{_type(name)}"/>\n'
        for name in names
    )
    return f'    <attributes class="{kind}">\n{declared}    </attributes>\n'


def _type(name: str) -> str:
    """The type of an attribute."""
    return "double" if name == "confidence" else "string"


def _element(
    tag: str,
    own: dict[str, str],
    row: Node | Edge,
    names: list[str],
    cleaner: Cleaner,
) -> str:
    """A node or an edge, with what is known of it."""
    said = "".join(f' {name}="{cleaner.escaped(v)}"' for name, v in own.items())
    values = "".join(
        f'<attvalue for="{name}" value="{cleaner.escaped(value)}"/>'
        for name in names
        if (value := getattr(row, name))
    )
    return f"      <{tag}{said}><attvalues>{values}</attvalues></{tag}>\n"
