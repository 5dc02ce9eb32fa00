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
from dataclasses import dataclass
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from zhengpu.graph.vocabulary import PLANES, RDF, XSD, prefixes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from zhengpu.graph.vocabulary import Term, Triple

TYPE: Final = RDF.type
AT_ONCE: Final = 1000
"""Pieces of text that are written together."""
LONGEST: Final = 64
"""Triples of a subject up to which its layout is kept."""

# PN_LOCAL of Turtle 1.1, without its backslash escapes and what no IRI may hold.
_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c"
    "\u200d\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\uffef"
    f"{PLANES}"
)
_INNER = f"{_BASE}_0-9\u00b7\u0300-\u036f\u203f\u2040:.-"
_HEX = "%[0-9A-Fa-f]{2}"
LOCAL: Final = re.compile(
    rf"(?:[{_BASE}_0-9:]|{_HEX})[{_INNER}]*(?:{_HEX}[{_INNER}]*)*(?<!\.)"
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
        if term[0] == "<":
            token = self.iri(term)
        else:  # only typed values end in >, all others are written as they are
            token = self.typed(term) if term[-1] == ">" else term
        self[term] = token
        return token

    def iri(self, term: str) -> str:
        """The prefixed name of an IRI, or the IRI.

        A local name holds neither / nor #, so that its namespace ends there.
        """
        cut = term.rfind("/") + 1
        cut = term.rfind("#", cut) + 1 or cut
        prefix = self.table.get(term[:cut])
        local = term[cut:-1]
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
    layouts, token = Layouts(tokens), tokens.__getitem__
    # without its > an IRI stands before those that begin like it
    for subject in sorted(subjects, key=itemgetter(slice(None, -1))):
        layout, values = laid_out(subjects[subject], layouts)
        pieces = layout.pieces.copy()
        pieces[1::2] = [token(subject), *map(token, values)]
        yield "".join(pieces)


def laid_out(
    triples: Sequence[Triple], layouts: Layouts
) -> tuple[Layout, Sequence[Term]]:
    """The layout of one subject, and its values in order, each once."""
    # by columns: what goes through the triples is not Python, but C
    _, predicates, columns = zip(*triples)  # noqa: B905 - faster without strict
    layout = layouts[predicates]
    values = layout.order(columns) if layout.order else columns
    if layout.lists:
        values = list(values)
        for at in layout.lists:
            several = values[at]
            if len(set(several)) < len(several):  # something is told twice
                return laid_out(list(dict.fromkeys(triples)), layouts)
            several.sort()
            values[at] = several
    return layout, values


@dataclass(frozen=True, slots=True)
class Layout:
    """How a subject is written of which certain predicates are told."""

    order: Callable[[Sequence[Term]], Sequence[Term]] | None
    """Puts the values into the order of their predicates, `a` first."""
    lists: tuple[slice, ...]
    """Where in this order predicates have several values, which are sorted."""
    pieces: list[str]
    """The text, with an empty piece for the subject and for each value."""


class Layouts(dict[tuple["Term", ...], Layout]):
    """From predicates as they come to the layout; few are ever different."""

    def __init__(self, tokens: Tokens) -> None:
        super().__init__()
        self.tokens = tokens

    def __missing__(self, predicates: tuple[Term, ...]) -> Layout:
        layout = self.layout(predicates)
        if len(predicates) <= LONGEST:
            self[predicates] = layout
        return layout

    def layout(self, predicates: tuple[Term, ...]) -> Layout:
        """The layout of a subject with these predicates."""
        order = sorted(
            range(len(predicates)),
            key=lambda at: (predicates[at] != TYPE, predicates[at]),
        )
        lists, pieces, separator, at = list[slice](), ["\n", ""], " ", 0
        for predicate, places in groupby(order, predicates.__getitem__):
            start, at = at, at + len(list(places))
            pieces += [f"{separator}{self.tokens[predicate]} ", ""]
            pieces += [" ,\n        ", ""] * (at - start - 1)
            separator = " ;\n    "
            if at - start > 1:
                lists.append(slice(start, at))
        in_order = order == sorted(order)
        return Layout(
            None if in_order else itemgetter(*order),
            tuple(lists),
            [*pieces, " .\n"],
        )


def types_first(triples: list[Triple]) -> list[Triple]:
    """The sorted triples of one subject, those with `a` before all others."""
    subject = triples[0][0]
    start = bisect_left(triples, (subject, TYPE, ""))
    end = bisect_left(triples, (subject, TYPE, "\U0010ffff"), start)
    if start == end:
        return triples
    return triples[start:end] + triples[:start] + triples[end:]


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
    pieces = turtle(triples, table)
    while text := "".join(islice(pieces, AT_ONCE)):
        target.write(text.encode())
