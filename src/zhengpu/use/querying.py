"""SPARQL over a build: own queries and shipped ones, with a time limit.

A query can neither leave the build (SERVICE, FROM and LOAD are refused) nor run
for ever: `ask_folder` runs it in a process that is ended when time is up.
Parameters are bound as terms, token by token, never pasted into the text.
"""

from __future__ import annotations

import multiprocessing
import re
import sys
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

import pyoxigraph

from zhengpu.errors import QueryError, UsageError, ZhengpuError
from zhengpu.graph import store
from zhengpu.graph.vocabulary import prefixes
from zhengpu.processes import serve_parent
from zhengpu.settings import PACKAGE
from zhengpu.use.answers import Table, Triples

if TYPE_CHECKING:
    from collections.abc import Mapping
    from multiprocessing.connection import Connection
    from pathlib import Path

    from zhengpu.use.answers import Answer

QUERIES = PACKAGE / "use" / "queries"
FORBIDDEN = frozenset({"SERVICE", "FROM", "LOAD"})

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


def refuse_reaching_out(sparql: str) -> None:
    """Refuse a query that would read from outside the build.

    Raises:
        QueryError: It holds SERVICE, FROM or LOAD.
    """
    plain = CODEPOINT.sub(lambda hit: _character(hit[1] or hit[2]), sparql)
    for token in TOKEN.finditer(plain):
        word = (token["word"] or "").upper()
        if word in FORBIDDEN:
            raise QueryError("query-reaches-out", keyword=word)


def _character(digits: str) -> str:
    number = int(digits, 16)
    return chr(number) if number <= sys.maxunicode else ""


def ask(graph: pyoxigraph.Store, sparql: str) -> Answer:
    """What a query gives on a store, in this process and without time limit.

    The prefixes of the vocabulary (`zp:`, `skos:`, `body:` …) need not be
    declared.

    Raises:
        QueryError: The query is not well formed or reaches out of the build.
    """
    refuse_reaching_out(sparql)
    try:
        answer = graph.query(sparql, prefixes=prefixes())
        if isinstance(answer, pyoxigraph.QueryBoolean):
            return bool(answer)
        if isinstance(answer, pyoxigraph.QueryTriples):
            return Triples(tuple(sorted(set(answer), key=str)))
        variables = tuple(variable.value for variable in answer.variables)
        return Table(variables, tuple(tuple(row) for row in answer))
    except SyntaxError as error:
        raise QueryError("query-syntax", detail=error.msg) from error
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError("query-failed", detail=error) from error


def ask_folder(folder: Path, sparql: str, timeout: float | None = 60) -> Answer:
    """What a query gives on a build, in a process that can be ended.

    Args:
        folder: The output folder of a build.
        sparql: The query.
        timeout: Seconds that the query itself may take; None waits for ever.

    Raises:
        ReadingError: There is no build in the folder.
        QueryError: The query is not well formed, reaches out of the build,
            takes too long or too much memory.
    """
    refuse_reaching_out(sparql)
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    child = context.Process(target=_ask_into, args=(there, folder, sparql), daemon=True)
    child.start()
    there.close()
    try:
        answer = here.recv()
        if answer is None:  # the build is loaded, the query begins
            if not here.poll(timeout):
                raise QueryError("query-timeout", seconds=f"{timeout:g}")
            answer = here.recv()
    except EOFError as error:
        raise QueryError("query-died") from error
    finally:
        child.kill()
        child.join()
        here.close()
    if isinstance(answer, ZhengpuError):
        raise answer
    return answer  # type: ignore[no-any-return]  # what `_ask_into` has sent


def _ask_into(there: Connection, folder: Path, sparql: str) -> None:
    """The child's part of `ask_folder`."""
    serve_parent()
    try:
        graph = store.load(folder)
        there.send(None)
        there.send(ask(graph, sparql))
    except ZhengpuError as error:
        there.send(error)
