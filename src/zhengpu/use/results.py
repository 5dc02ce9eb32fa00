"""The results of queries, written piece by piece in the formats of SPARQL 1.1."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING, Final, TypeVar
from xml.sax.saxutils import escape, quoteattr

import pyoxigraph

from zhengpu.errors import QueryError
from zhengpu.graph.vocabulary import prefixes
from zhengpu.use.answers import binding, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from zhengpu.use.answers import Term

    T = TypeVar("T")
    Row = Sequence[Term | None]
    Result = (
        pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples
    )

TABLES: Final = {
    "application/sparql-results+json": "json",
    "application/json": "json",
    "application/sparql-results+xml": "xml",
    "application/xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
}
"""The media types of SELECT and ASK, best first, and their short names."""

TRIPLES: Final = {
    "text/turtle": "ttl",
    "application/n-triples": "nt",
    "application/rdf+xml": "rdf",
    "application/ld+json": "jsonld",
    "text/plain": "nt",
    "application/x-turtle": "ttl",
    "application/xml": "rdf",
}
"""The media types of CONSTRUCT and DESCRIBE, best first."""

PIECE: Final = 32_768
"""About how many characters go out at once."""


# -- which format -----------------------------------------------------------------


def negotiated(accept: str, offered: Iterable[str]) -> str | None:
    """The media type that an Accept header likes best; the first where equal.

    Args:
        accept: The header, or the short name of a format (`json`, `csv` …).
        offered: Media types, best first.

    Returns:
        None where nothing that is offered is accepted.

    >>> negotiated("text/csv;q=0.5, application/*", TABLES)
    'application/sparql-results+json'
    >>> negotiated("image/png", TABLES)
    """
    ranges = dict(map(_weighed, filter(None, accept.split(",")))) or {"*/*": 1.0}

    def liking(media: str) -> float:
        kinds = (media, f"{media.partition('/')[0]}/*", "*/*")
        return next((ranges[kind] for kind in kinds if kind in ranges), 0.0)

    best = max(offered, key=liking)  # the first of several equals
    return best if liking(best) > 0 else None


def _weighed(item: str) -> tuple[str, float]:
    media, *parameters = (part.strip() for part in item.lower().split(";"))
    for parameter in parameters:
        if found := re.fullmatch(r"q\s*=\s*([01](?:\.\d{0,3})?)", parameter):
            return media, float(found[1])
    return media, 1.0


def write(result: Result, accept: str, rows: int | None) -> Iterator[str | bytes]:
    """The media type of a result, and then its bytes, piece by piece.

    Args:
        result: What pyoxigraph gives for a query.
        accept: The Accept header of who asks.
        rows: How many rows or triples it may have.

    Raises:
        QueryError: No format fits, or there are too many rows.
    """
    offered = TRIPLES if isinstance(result, pyoxigraph.QueryTriples) else TABLES
    media = negotiated(accept, offered)
    if media is None:
        raise QueryError("not-acceptable", known=", ".join(offered))
    yield media
    form = offered[media]
    if isinstance(result, pyoxigraph.QueryTriples):
        pieces = _triples(counted(result, rows), form)
    elif isinstance(result, pyoxigraph.QueryBoolean):
        pieces = iter((_BOOLEANS[form].format("true" if result else "false"),))
    else:
        names = [variable.value for variable in result.variables]
        pieces = _WRITERS[form](names, map(tuple, counted(result, rows)))
    yield from _gathered(pieces)


def counted(items: Iterable[T], most: int | None) -> Iterator[T]:
    """The items, as long as there are not too many."""
    for number, item in enumerate(items):
        if most is not None and number >= most:
            raise QueryError("query-rows-limit", rows=most)
        yield item


def _gathered(pieces: Iterable[str]) -> Iterator[bytes]:
    """Small pieces put together to larger ones."""
    waiting: list[str] = []
    size = 0
    for piece in pieces:
        waiting.append(piece)
        size += len(piece)
        if size >= PIECE:
            yield "".join(waiting).encode()
            waiting, size = [], 0
    yield "".join(waiting).encode()


# -- tables -----------------------------------------------------------------------


def _json(names: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    yield f'{{"head":{json.dumps({"vars": names})},"results":{{"bindings":[\n'
    comma = ""
    for row in rows:
        bound = {
            name: binding(term)
            for name, term in zip(names, row, strict=True)
            if term is not None
        }
        yield comma + json.dumps(bound, ensure_ascii=False, separators=(",", ":"))
        comma = ",\n"
    yield "\n]}}\n"


_XML_HEAD: Final = (
    '<?xml version="1.0"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">\n'
)


def _xml(names: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    variables = "".join(f"<variable name={quoteattr(name)}/>" for name in names)
    yield f"{_XML_HEAD}<head>{variables}</head>\n<results>\n"
    for row in rows:
        cells = "".join(
            f"<binding name={quoteattr(name)}>{_xml_term(term)}</binding>"
            for name, term in zip(names, row, strict=True)
            if term is not None
        )
        yield f"<result>{cells}</result>\n"
    yield "</results>\n</sparql>\n"


def _xml_term(term: Term) -> str:
    shown = binding(term)
    kind = shown["type"]
    value = escape(shown["value"], {"\r": "&#13;", "\n": "&#10;"})
    language, datatype = shown.get("xml:lang"), shown.get("datatype")
    more = f" xml:lang={quoteattr(language)}" if language else ""
    more += f" datatype={quoteattr(datatype)}" if datatype else ""
    return f"<{kind}{more}>{value}</{kind}>"


def _csv(names: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow("" if term is None else _csv_term(term) for term in row)
        yield out.getvalue()
        out.seek(0)
        out.truncate()
    yield out.getvalue()


def _csv_term(term: Term) -> str:
    return str(term) if isinstance(term, pyoxigraph.BlankNode) else plain(term)


def _tsv(names: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    yield "\t".join(f"?{name}" for name in names) + "\n"
    for row in rows:
        cells = ("" if term is None else str(term) for term in row)
        yield "\t".join(cell.replace("\t", "\\t") for cell in cells) + "\n"


_WRITERS: Final[dict[str, Callable[[Sequence[str], Iterable[Row]], Iterator[str]]]] = {
    "json": _json,
    "xml": _xml,
    "csv": _csv,
    "tsv": _tsv,
}
_BOOLEANS: Final = {
    "json": '{{"head":{{}},"boolean":{}}}\n',
    "xml": _XML_HEAD + "<head/>\n<boolean>{}</boolean>\n</sparql>\n",
    "csv": "{}\r\n",
    "tsv": "{}\n",
}


# -- triples ----------------------------------------------------------------------


def _triples(triples: Iterable[pyoxigraph.Triple], form: str) -> Iterator[str]:
    if form == "nt":
        yield from (f"{triple} .\n" for triple in triples)
        return
    kind = pyoxigraph.RdfFormat.from_extension(form)
    out = pyoxigraph.serialize(triples, format=kind, prefixes=prefixes())
    yield (out or b"").decode()
