"""SPARQL over a build: own queries and shipped ones, with a time limit.

A query can neither leave the build (SERVICE, LOAD and FROM with graphs from outside
are refused) nor run for ever: `ask_folder` runs it in a process that is ended when
time is up.
Parameters are bound as terms, token by token, never pasted into the text.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

import pyoxigraph

from zhengpu.errors import QueryError, UsageError
from zhengpu.graph.vocabulary import prefixes
from zhengpu.settings import BASE_IRI, PACKAGE
from zhengpu.use.answers import Table, Triples
from zhengpu.use.results import counted, write
from zhengpu.use.workers import Question, Worker

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from zhengpu.use.answers import Answer
    from zhengpu.use.results import Result

QUERIES = PACKAGE / "use" / "queries"
BASE = f"{BASE_IRI}id/"
"""What relative IRIs in queries begin with."""
FORBIDDEN = frozenset({"SERVICE", "LOAD"})

TOKEN = re.compile(
    r"""
    (?P<comment>\#[^\n\r]*)
  | (?P<string>'{3}(?:[^'\\]|\\.|'(?!''))*'{3}|"{3}(?:[^"\\]|\\.|"(?!""))*"{3}
      |'(?:[^'\\\n\r]|\\.)*'|"(?:[^"\\\n\r]|\\.)*")
  | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
  | (?P<variable>[?$]\w+)
  | (?P<name>[\w.-]*:(?:[\w.:%-]|\\.)*)
  | (?P<word>[A-Za-z_]\w*)
    """,
    re.VERBOSE | re.DOTALL,
)
"""The tokens of SPARQL that matter here; what lies between them is left alone."""
CODEPOINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
HEAD = re.compile(
    r"""^\#\ (?:title-(?P<language>zh|en):\ (?P<title>.+)
    |param\ (?P<name>\w+):\ (?P<zh>.+?)\ \|\ (?P<en>.+))$""",
    re.VERBOSE | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable of a shipped query that its user may set."""

    name: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class ShippedQuery:
    """A query that comes with the package; see `use/queries`."""

    name: str
    zh: str
    en: str
    parameters: tuple[Parameter, ...]
    text: str


# -- which query --------------------------------------------------------------


def shipped_queries() -> tuple[ShippedQuery, ...]:
    """All shipped queries, by name.

    >>> "proposals-by-year" in [query.name for query in shipped_queries()]
    True
    """
    return tuple(map(_shipped, sorted(QUERIES.glob("*.rq"))))


def _shipped(path: Path) -> ShippedQuery:
    text = path.read_text(encoding="utf-8")
    found = list(HEAD.finditer(text))
    titles = {hit["language"]: hit["title"] for hit in found if hit["title"]}
    parameters = tuple(
        Parameter(hit["name"], hit["zh"], hit["en"]) for hit in found if hit["name"]
    )
    return ShippedQuery(path.stem, titles["zh"], titles["en"], parameters, text)


def shipped_query(name: str, values: Mapping[str, str] | None = None) -> str:
    """The text of a shipped query with its parameters bound.

    A parameter that is not given is the empty string, which every shipped
    query takes for "any".

    Raises:
        UsageError: There is no such query, or it has no such parameter.
    """
    values = values or {}
    known = {query.name: query for query in shipped_queries()}
    if name not in known:
        near = get_close_matches(name, known, 1, 0) or sorted(known)[:1]
        raise UsageError("no-such-query", name=name, near=near[0])
    query = known[name]
    given = {parameter.name: "" for parameter in query.parameters}
    for parameter in values:
        if parameter not in given:
            names = ", ".join(given) or "-"
            raise UsageError("no-such-parameter", name=parameter, known=names)
    return bind(query.text, {**given, **values})


def bind(sparql: str, values: Mapping[str, str]) -> str:
    r"""The query with variables replaced by terms.

    Args:
        sparql: The query.
        values: Variable to value: `<…>` is an IRI, all else a string.

    Raises:
        UsageError: A variable does not occur in the query, or the IRI is none.

    >>> bind('SELECT * { ?s ?p ?o FILTER(?o = ?word) } # ?word', {"word": '"}'})
    'SELECT * { ?s ?p ?o FILTER(?o = "\\"}") } # ?word'
    """
    terms = {name: _term(value) for name, value in values.items()}
    seen = set()

    def replaced(token: re.Match[str]) -> str:
        name = (token["variable"] or "")[1:]
        if name not in terms:
            return token[0]
        seen.add(name)
        return str(terms[name])

    bound = TOKEN.sub(replaced, sparql)
    for name in terms:
        if name not in seen:
            raise UsageError("no-such-variable", name=name)
    return bound


def _term(value: str) -> pyoxigraph.NamedNode | pyoxigraph.Literal:
    if value.startswith("<") and value.endswith(">"):
        try:
            return pyoxigraph.NamedNode(value[1:-1])
        except ValueError as error:
            raise UsageError("bad-iri", iri=value, detail=error) from error
    return pyoxigraph.Literal(value)


# -- asking -------------------------------------------------------------------


def refuse_reaching_out(sparql: str, graphs: Collection[str] | None = ()) -> None:
    """Refuse a query that would read from outside the build.

    Args:
        sparql: The query.
        graphs: The IRIs of the named graphs that FROM may name; None for any.

    Raises:
        QueryError: It holds SERVICE or LOAD, or FROM with another graph.
    """
    tokens = [
        token for token in TOKEN.finditer(unescaped(sparql)) if not token["comment"]
    ]
    words = [(token["word"] or "").upper() for token in tokens]
    known = {prefix + ":": iri for prefix, iri in prefixes().items()}
    for at, word in enumerate(words):
        if word in FORBIDDEN:
            raise QueryError("query-reaches-out", keyword=word)
        if word == "PREFIX" and at + 2 < len(words) and tokens[at + 2]["iri"]:
            known[tokens[at + 1][0]] = tokens[at + 2][0][1:-1]
        if word == "FROM":
            at += 2 if words[at + 1 : at + 2] == ["NAMED"] else 1  # noqa: PLW2901
            name = tokens[at] if at < len(tokens) else None
            if graphs is not None and (name is None or _iri(name, known) not in graphs):
                graph = name[0] if name else ""
                raise QueryError("query-reaches-out", keyword=f"FROM {graph}".strip())


def unescaped(sparql: str) -> str:
    """The query with its code point escapes resolved."""
    return CODEPOINT.sub(lambda hit: _character(hit[1] or hit[2]), sparql)


def names_graphs(sparql: str) -> bool:
    """Whether a query asks for named graphs."""
    words = (token["word"] or "" for token in TOKEN.finditer(unescaped(sparql)))
    return any(word.upper() in {"GRAPH", "FROM"} for word in words)


def _iri(token: re.Match[str], known: Mapping[str, str]) -> str:
    """The IRI that a token stands for."""
    if token["iri"]:
        return token[0][1:-1]
    prefix, colon, local = token[0].partition(":")
    return known.get(prefix + colon, "") + local


def _character(digits: str) -> str:
    number = int(digits, 16)
    return chr(number) if number <= sys.maxunicode else ""


def ask(graph: pyoxigraph.Store, sparql: str, rows: int | None = None) -> Answer:
    """What a query gives on a store, in this process and without time limit.

    The prefixes of the vocabulary (`zp:`, `skos:`, `body:` …) need not be
    declared.

    Args:
        graph: A build.
        sparql: The query.
        rows: How many rows or triples it may give at most.

    Raises:
        QueryError: The query is not well formed, reaches out of the build or
            gives too many rows.
    """
    answer = evaluated(graph, sparql)
    try:
        if isinstance(answer, pyoxigraph.QueryBoolean):
            return bool(answer)
        if isinstance(answer, pyoxigraph.QueryTriples):
            return Triples(tuple(sorted(set(counted(answer, rows)), key=str)))
        variables = tuple(variable.value for variable in answer.variables)
        return Table(variables, tuple(tuple(row) for row in counted(answer, rows)))
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError("query-failed", detail=error) from error


def select(graph: pyoxigraph.Store, sparql: str, **values: str) -> Table:
    """What a SELECT query of ours gives, its variables bound to values."""
    table = ask(graph, bind(sparql, values))
    if not isinstance(table, Table):
        raise TypeError(table)
    return table


def evaluated(
    graph: pyoxigraph.Store,
    sparql: str,
    default_graphs: Sequence[str] = (),
    named_graphs: Sequence[str] = (),
) -> Result:
    """What pyoxigraph gives for a query; rows are worked out as they are read.

    Args:
        graph: A build.
        sparql: The query.
        default_graphs: Names of graphs to make the default graph of, as the
            protocol may ask; these two win over FROM in the query.
        named_graphs: Names of graphs that the query may see.

    Raises:
        QueryError: The query is not well formed, or reaches out of the build.
    """
    known = {str(name)[1:-1] for name in graph.named_graphs()}
    refuse_reaching_out(sparql, known)
    for name in (*default_graphs, *named_graphs):
        if name not in known:
            raise QueryError("query-no-graph", graph=name)
    try:
        if not default_graphs and not named_graphs:
            return graph.query(sparql, base_iri=BASE, prefixes=prefixes())
        return graph.query(
            sparql,
            base_iri=BASE,
            prefixes=prefixes(),
            default_graph=list(map(pyoxigraph.NamedNode, default_graphs)),
            named_graphs=list(map(pyoxigraph.NamedNode, named_graphs)),
        )
    except SyntaxError as error:
        raise QueryError("query-syntax", detail=error.msg) from error
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError("query-failed", detail=error) from error


def pieces(graph: pyoxigraph.Store, question: Question) -> Iterator[object]:
    """What a worker sends for a question; see `Worker.ask`.

    Raises:
        QueryError: As in `ask`, or no format is acceptable.
    """
    if question.accept is None:
        yield ask(graph, question.sparql, question.rows)
        return
    result = evaluated(
        graph, question.sparql, question.default_graphs, question.named_graphs
    )
    try:
        yield from write(result, question.accept, question.rows)
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError("query-failed", detail=error) from error


def ask_folder(
    folder: Path,
    sparql: str,
    timeout: float | None = 60,
    *,
    rows: int | None = None,
    megabytes: int | None = None,
) -> Answer:
    """What a query gives on a build, in a process that can be ended.

    Args:
        folder: The output folder of a build.
        sparql: The query.
        timeout: Seconds that the query itself may take; None waits for ever.
        rows: How many rows or triples it may give at most.
        megabytes: How much memory it may take beyond the build's own.

    Raises:
        ReadingError: There is no build in the folder.
        QueryError: The query is not well formed, reaches out of the build,
            takes too long or too much memory, or gives too much.
    """
    refuse_reaching_out(sparql, None if names_graphs(sparql) else ())
    worker = Worker(folder, megabytes)
    try:
        worker.wait()
        answer = next(worker.ask(Question(sparql, rows=rows), timeout))
    finally:
        worker.end()
    return answer  # type: ignore[return-value]  # what `answer_questions` sends
