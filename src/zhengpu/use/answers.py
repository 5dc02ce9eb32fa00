"""What queries give, and the formats to show it in: CSV, JSON, Turtle, tables."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

import pyoxigraph

from zhengpu.errors import QueryError
from zhengpu.graph.vocabulary import XSD, prefixes
from zhengpu.use.spreadsheets import harmless

if TYPE_CHECKING:
    from collections.abc import Iterable

Term: TypeAlias = (
    "pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal"
    " | pyoxigraph.Triple"
)
Value: TypeAlias = "str | int | Decimal | bool | None"


@dataclass(frozen=True, slots=True)
class Table:
    """The rows that a SELECT query gives; None where a variable is unbound."""

    variables: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]

    def __len__(self) -> int:
        return len(self.rows)

    def records(self) -> list[dict[str, Value]]:
        """The rows as dictionaries of plain Python values.

        Numbers are int or Decimal, unbound variables are None; all else is
        text: a literal's, or an IRI.
        """
        return [
            dict(zip(self.variables, map(_value, row), strict=True))
            for row in self.rows
        ]

    def bound(self) -> list[dict[str, Term]]:
        """The rows as dictionaries of terms, without what is unbound."""
        return [
            {
                variable: term
                for variable, term in zip(self.variables, row, strict=True)
                if term is not None
            }
            for row in self.rows
        ]

    def _repr_html_(self) -> str:
        """How a notebook shows it: the first rows."""
        from zhengpu.use.notebook import answer_html  # noqa: PLC0415 - seldom wanted

        return answer_html(*cells(self))


@dataclass(frozen=True, slots=True)
class Triples:
    """The triples that a CONSTRUCT or DESCRIBE query gives, sorted."""

    triples: tuple[pyoxigraph.Triple, ...]

    def __len__(self) -> int:
        return len(self.triples)


Answer: TypeAlias = "Table | Triples | bool"


def as_csv(answer: Answer) -> str:
    """The answer as CSV with a head line.

    Cells that a spreadsheet would take for a formula get an apostrophe before
    them; numbers stay as they are.
    """
    table = _tabular(answer)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(table.variables)
    for row in table.rows:
        writer.writerow(harmless("" if c is None else plain(c)) for c in row)
    return out.getvalue()


def as_json(answer: Answer) -> str:
    """The answer in the format SPARQL 1.1 Query Results JSON."""
    if isinstance(answer, bool):
        return json.dumps({"head": {}, "boolean": answer}) + "\n"
    table = _tabular(answer)
    rows = [
        {
            variable: binding(term)
            for variable, term in zip(table.variables, row, strict=True)
            if term is not None
        }
        for row in table.rows
    ]
    content = {"head": {"vars": list(table.variables)}, "results": {"bindings": rows}}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def binding(term: Term) -> dict[str, str]:
    """A term as SPARQL 1.1 Query Results JSON has it."""
    if isinstance(term, pyoxigraph.Literal):
        shown = {"type": "literal", "value": term.value}
        if term.language:
            return {**shown, "xml:lang": term.language}
        if term.datatype.value.endswith("XMLSchema#string"):
            return shown
        return {**shown, "datatype": term.datatype.value}
    kind = "uri" if isinstance(term, pyoxigraph.NamedNode) else "bnode"
    return {"type": kind, "value": plain(term)}


def as_turtle(answer: Answer) -> str:
    """The triples of a CONSTRUCT or DESCRIBE query as Turtle.

    Raises:
        QueryError: The query gives no triples.
    """
    if not isinstance(answer, Triples):
        raise QueryError("format-needs-triples", format="ttl")
    used = {k: v for k, v in prefixes().items() if _uses(answer.triples, v)}
    turtle = pyoxigraph.RdfFormat.TURTLE
    out = pyoxigraph.serialize(answer.triples, format=turtle, prefixes=used)
    return (out or b"").decode()


def _uses(triples: Iterable[pyoxigraph.Triple], namespace: str) -> bool:
    mark = f"<{namespace}"
    return any(mark in str(triple) for triple in triples)


def _tabular(answer: Answer) -> Table:
    """Any answer as rows."""
    if isinstance(answer, Table):
        return answer
    if isinstance(answer, Triples):
        names = ("subject", "predicate", "object")
        rows = ((t.subject, t.predicate, t.object) for t in answer.triples)
        return Table(names, tuple(rows))
    return Table(("answer",), ((pyoxigraph.Literal(answer),),))


def _value(term: Term | None) -> Value:
    """A term as a value of Python."""
    if term is None:
        return None
    if isinstance(term, pyoxigraph.Literal):
        match term.datatype.value.removeprefix(XSD.iri):
            case "integer" | "nonNegativeInteger":
                return int(term.value)
            case "decimal":
                return Decimal(term.value)
            case "boolean":
                return term.value in {"true", "1"}
    return plain(term)


def plain(term: Term) -> str:
    """A term's value without marks."""
    return term.value if not isinstance(term, pyoxigraph.Triple) else str(term)


def brief(term: Term | None) -> str:
    """A term for people: IRIs of ours with their prefix, `zp:Organization`."""
    if term is None:
        return ""
    if isinstance(term, pyoxigraph.NamedNode):
        for prefix, namespace in prefixes().items():
            if term.value.startswith(namespace):
                return f"{prefix}:{term.value[len(namespace) :]}"
    return plain(term)


def cells(answer: Answer) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Head and rows of an answer as short texts, for a table on a terminal."""
    table = _tabular(answer)
    return table.variables, [tuple(map(brief, row)) for row in table.rows]
