"""Turtle that reads alike everywhere, and well in a diff.

Subjects are sorted, `a` comes first, a blank line stands between subjects.
A prefixed name is written only where its local part needs no backslash, since
some stores keep the backslash, and where pyoxigraph accepts it, which follows
the grammar to the letter.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from zhengpu.graph.vocabulary import PLANES, RDF, XSD, prefixes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from zhengpu.graph.vocabulary import Term, Triple

TYPE: Final = RDF.type

# PN_LOCAL of Turtle 1.1, without its backslash escapes and what no IRI may hold.
_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c"
    "\u200d\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\uffef"
    f"{PLANES}"
)
_INNER = f"{_BASE}_0-9\u00b7\u0300-\u036f\u203f\u2040:-"
_HEX = "%[0-9A-Fa-f]{2}"
LOCAL: Final = re.compile(
    f"(?:[{_BASE}_0-9:]|{_HEX})(?:(?:[.{_INNER}]|{_HEX})*(?:[{_INNER}]|{_HEX}))?"
)
"""A local name that every reader takes as it is."""

_PLAIN: Final = re.compile(
    rf'"(true|false)"\^\^{re.escape(XSD.boolean)}|"(0|-?[1-9][0-9]*)"\^\^{XSD.integer}'
)
"""What Turtle writes without quotes."""


class Tokens(dict[str, str]):
    """From terms in N-Triples form to Turtle, each worked out once."""

    def __init__(self, table: Mapping[str, str]) -> None:
        super().__init__({TYPE: "a"})
        self.table = {f"<{iri}": f"{prefix}:" for prefix, iri in table.items()}

    def __missing__(self, term: str) -> str:
        token = self[term] = self.iri(term) if term[0] == "<" else self.typed(term)
        return token

    def iri(self, term: str) -> str:
        """The prefixed name of an IRI, or the IRI.

        A local name holds neither / nor #, so that its namespace ends there.
        """
        cut = max(term.rfind("/"), term.rfind("#")) + 1
        prefix, local = self.table.get(term[:cut]), term[cut:-1]
        return prefix + local if prefix and LOCAL.fullmatch(local) else term

    def typed(self, term: str) -> str:
        """A typed value with its datatype shortened."""
        if plain := _PLAIN.fullmatch(term):
            return plain[1] or plain[2]
        at = term.rindex("<")
        return term[:at] + self.iri(term[at:])


def turtle(
    triples: Iterable[Triple], table: Mapping[str, str] | None = None
) -> Iterator[str]:
    """The Turtle text of triples, in pieces: the prefixes, then each subject.

    Args:
        triples: In any order; one that comes twice is written once.
        table: Prefix to namespace; by default `vocabulary.prefixes()`.

    Yields:
        Pieces of text that end in a line feed. Only their joint order is fixed:
        same set of triples, same bytes.
    """
    table = prefixes() if table is None else table
    yield header(table)
    yield from blocks(triples, Tokens(table))


def trig(
    graphs: Mapping[Term, Iterable[Triple]], table: Mapping[str, str] | None = None
) -> Iterator[str]:
    """The TriG text of named graphs, in pieces.

    Args:
        graphs: The triples of each graph, by its name, in the order to write.
        table: As in `turtle`.
    """
    table = prefixes() if table is None else table
    tokens = Tokens(table)
    yield header(table)
    for name, triples in graphs.items():
        yield f"\n{tokens[name]} {{\n"
        yield from blocks(triples, tokens)
        yield "}\n"


def header(table: Mapping[str, str]) -> str:
    """The prefixes, sorted."""
    return "".join(
        f"@prefix {prefix}: <{table[prefix]}> .\n" for prefix in sorted(table)
    )


def blocks(triples: Iterable[Triple], tokens: Tokens) -> Iterator[str]:
    """What is said of each subject, the subjects sorted."""
    subjects: dict[Term, list[Triple]] = defaultdict(list)
    for triple in triples:
        subjects[triple[0]].append(triple)
    # without its > an IRI stands before those that begin like it
    for subject in sorted(subjects, key=lambda term: term[:-1]):
        yield block(subject, types_first(sorted(subjects[subject])), tokens)


def types_first(triples: list[Triple]) -> list[Triple]:
    """The sorted triples of one subject, those with `a` before all others."""
    subject = triples[0][0]
    start = bisect_left(triples, (subject, TYPE, ""))
    end = bisect_left(triples, (subject, TYPE, "\U0010ffff"), start)
    if start == end:
        return triples
    return triples[start:end] + triples[:start] + triples[end:]


def block(subject: Term, triples: list[Triple], tokens: Tokens) -> str:
    """A blank line, the subject and all that is said of it."""
    text = f"\n{tokens[subject]}"
    separator = " "
    last_predicate = last_value = None
    for _, predicate, value in triples:
        # only IRIs and typed values end in >, all others are written as they are
        token = tokens[value] if value[-1] == ">" else value
        if predicate != last_predicate:
            text += f"{separator}{tokens[predicate]} {token}"
            separator = " ;\n    "
        elif value != last_value:
            text += f" ,\n        {token}"
        last_predicate, last_value = predicate, value
    return f"{text} .\n"


def write_turtle(
    triples: Iterable[Triple],
    target: Path | str | IO[bytes],
    table: Mapping[str, str] | None = None,
) -> None:
    """Write triples to a file, as UTF-8 with line feeds.

    Args:
        triples: In any order; one that comes twice is written once.
        target: A path, or a file open for bytes.
        table: Prefix to namespace; by default `vocabulary.prefixes()`.
    """
    if isinstance(target, (str, Path)):
        with Path(target).open("wb") as file:
            write_turtle(triples, file, table)
        return
    for piece in turtle(triples, table):
        target.write(piece.encode())
