"""SHACL shapes as queries: each constraint asks once for all that break it.

Only what ontology/shapes.ttl uses is understood; anything else raises. The
reference is pyshacl (`zhengpu.graph.reference`), which takes some fifty times
as long on a build; the tests hold both to the same answers.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from zhengpu.settings import shipped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Triple

    Node = NamedNode | BlankNode | Literal | Triple

SH: Final = "http://www.w3.org/ns/shacl#"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"

TARGETS: Final = {
    "targetClass": f"?focus a/<{RDFS}subClassOf>* {{}}",
    "targetSubjectsOf": "?focus {} ?any",
    "targetObjectsOf": "?any {} ?focus",
}
VALUES: Final = {
    "class": f"NOT EXISTS {{{{ ?value a/<{RDFS}subClassOf>* {{}} }}}}",
    "datatype": "COALESCE(DATATYPE(?value) != {}, true)",
    "pattern": "isBLANK(?value) || !REGEX(STR(?value), {})",
    "minInclusive": "COALESCE(!(?value >= {}), true)",
    "maxInclusive": "COALESCE(!(?value <= {}), true)",
}
"""What is wrong with a value, by constraint."""
PAIRS: Final = {"lessThan": "<"}
"""How a value must compare with that of another property."""
SILENT: Final = {"path", "message", "property", "order", "name", "severity"}
"""What is no constraint."""


@dataclass(frozen=True, slots=True)
class Constraint:
    """One thing that a shape asks for."""

    shape: str
    """The shape's name, of a property shape that of its owner."""
    query: str
    """Gives as `?focus` all that break it."""
    messages: tuple[tuple[str, str], ...]
    """Language and text."""
    severity: str


class Shapes:
    """The shapes of ontology/shapes.ttl."""

    def __init__(self) -> None:
        self.of: dict[Node, dict[str, list[Node]]] = defaultdict(
            lambda: defaultdict(list)
        )
        path = shipped("ontology") / "shapes.ttl"
        for quad in parse(path=path, format=RdfFormat.TURTLE):
            name = quad.predicate.value.removeprefix(SH)
            self.of[quad.subject][name].append(quad.object)

    def constraints(self) -> Iterator[Constraint]:
        """Every constraint of every shape, by the shapes' names."""
        kind = NamedNode(f"{SH}NodeShape")
        owners = [
            shape
            for shape, said in self.of.items()
            if kind in said[f"{RDF}type"] and isinstance(shape, NamedNode)
        ]
        for owner in sorted(owners, key=lambda shape: shape.value):
            name = owner.value.rpartition("#")[2]
            target = self.target(owner)
            for shape in (owner, *self.of[owner]["property"]):
                for query in self.queries(shape, target):
                    yield self.constraint(name, shape, query)
            for asked in self.of[owner]["sparql"]:
                # it looks at the whole graph, if that holds what it targets
                query = text_of(self.of[asked]["select"][0]).replace(
                    "$this ?value WHERE {",
                    f"(?value AS ?focus) WHERE {{ {target.replace('focus', 'this')}",
                )
                yield self.constraint(name, asked, query)

    def constraint(self, name: str, shape: Node, query: str) -> Constraint:
        """A query with what is told where it finds something."""
        messages = sorted(
            (text.language or "", text.value)
            for text in self.of[shape]["message"]
            if isinstance(text, Literal)
        )
        severity = [text_of(node) for node in self.of[shape]["severity"]]
        kind = (severity or ["Violation"])[0].rpartition("#")[2]
        return Constraint(name, query, tuple(messages), kind)

    def target(self, shape: Node) -> str:
        """The pattern of all that a shape looks at."""
        patterns = [
            f"{{ {pattern.format(node)} }}"
            for name, pattern in TARGETS.items()
            for node in self.of[shape][name]
        ]
        # each only once, or what is counted of it would count twice
        return f"{{ SELECT DISTINCT ?focus WHERE {{ {' UNION '.join(patterns)} }} }}"

    def path(self, shape: Node) -> str:
        """A property, or a sequence of them."""
        (path,) = self.of[shape]["path"]
        return "/".join(map(str, self.members(path))) if blank(path) else str(path)

    def members(self, head: Node) -> Iterator[Node]:
        """The members of an RDF list."""
        while blank(head):
            (first,), (head,) = (
                self.of[head][f"{RDF}{at}"] for at in ("first", "rest")
            )
            yield first

    def queries(self, shape: Node, target: str) -> Iterator[str]:
        """A query for each constraint of a node or property shape."""
        said = self.of[shape]
        steps = f"?focus {self.path(shape)} ?value" if said["path"] else ""
        # LATERAL looks up what few things have; a join would go through all triples
        values = f"LATERAL {{ {steps} }}" if steps else "BIND(?focus AS ?value)"
        for name in sorted(said):
            if name in SILENT or name in TARGETS or name == "sparql" or ":" in name:
                continue
            for wanted in said[name]:
                broken = self.broken(name, wanted, steps, values)
                yield f"SELECT DISTINCT ?focus WHERE {{ {target} {broken}"

    def broken(  # noqa: PLR0911 - one return for each kind of constraint
        self, name: str, wanted: Node, steps: str, values: str
    ) -> str:
        """The rest of a query: what breaks one constraint."""
        count = f"{values} }} GROUP BY ?focus HAVING(COUNT(DISTINCT ?value)"
        match name:
            case "minCount" if text_of(wanted) == "1":
                # NOT EXISTS would take many times as long
                return f"OPTIONAL {{ {steps} }} FILTER(!BOUND(?value)) }}"
            case "maxCount":
                return f"{count} > {text_of(wanted)})"
            case "uniqueLang":
                return (
                    f'{values} FILTER(LANG(?value) != "") }} '
                    "GROUP BY ?focus (LCASE(LANG(?value)) AS ?script) "
                    "HAVING(COUNT(?value) > 1)"
                )
            case "languageIn":
                fits = " || ".join(
                    f"LANGMATCHES(LANG(?value), {tag})" for tag in self.members(wanted)
                )
                return f"{values} FILTER(COALESCE(!({fits}), true)) }}"
            case "in":
                known = ", ".join(map(str, self.members(wanted)))
                return f"{values} FILTER(?value NOT IN ({known})) }}"
            case "nodeKind" if text_of(wanted) == f"{SH}IRI":
                return f"{values} FILTER(!isIRI(?value)) }}"
            case _ if name in PAIRS:
                other = f"LATERAL {{ ?focus {wanted} ?other }}"
                wrong = f"COALESCE(!(?value {PAIRS[name]} ?other), true)"
                return f"{values} {other} FILTER({wrong}) }}"
            case _ if name in VALUES:
                return f"{values} FILTER({VALUES[name].format(wanted)}) }}"
            case _:
                raise NotImplementedError(name, str(wanted))


def blank(node: Node) -> bool:
    """Whether the node has no name."""
    return isinstance(node, BlankNode)


def text_of(node: Node) -> str:
    """The text of a literal, the IRI of a name."""
    return node.value if isinstance(node, (Literal, NamedNode)) else str(node)
