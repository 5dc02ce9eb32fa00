"""Terms of pyoxigraph as ours, and as rdflib's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, Literal, NamedNode

from zhengpu.graph.vocabulary import OA, XSD, Term, literal, node, typed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import rdflib
    from pyoxigraph import Quad

    from zhengpu.graph.vocabulary import Triple

NARROW: Final = {OA.start, OA.end}
"""Properties of non-negative integers, which stores keep as plain integers."""

_SCRIPT = re.compile(r"-[a-z]{4}(?![a-z0-9])")


def tag(language: str) -> str:
    """A language tag with its script in the usual case, which stores fold.

    >>> tag("zh-latn-pinyin")
    'zh-Latn-pinyin'
    """
    return _SCRIPT.sub(lambda match: match[0].title(), language.lower())


def term(value: object) -> Term:
    """A term of pyoxigraph in our form.

    Raises:
        TypeError: It is a quoted triple, which builds do not write.

    >>> term(Literal("五", language="zh-hans"))
    '"五"@zh-Hans'
    """
    match value:
        case NamedNode():
            return node(value.value)
        case BlankNode():
            return Term(str(value))
        case Literal() if value.language:
            return literal(value.value, tag(value.language))
        case Literal():
            datatype = node(value.datatype.value)
            plain = literal(value.value)
            return plain if datatype == XSD.string else typed(plain[1:-1], datatype)
        case _:
            raise TypeError(value)


def triples_of(quads: Iterable[Quad]) -> Iterator[Triple]:
    """The triples of a store or a parser, in our form."""
    known: dict[object, Term] = {}

    def kept(value: object) -> Term:
        if value not in known:
            known[value] = term(value)
        return known[value]

    for quad in quads:
        predicate, value = kept(quad.predicate), kept(quad.object)
        if predicate in NARROW and value.endswith(XSD.integer):
            value = Term(value.replace(XSD.integer, XSD.nonNegativeInteger))
        yield kept(quad.subject), predicate, value


def rdflib_graph(quads: Iterable[Quad]) -> rdflib.Graph:
    """The same triples as an rdflib graph, literals as they are written.

    rdflib's own Turtle parser takes ten times as long.
    """
    import rdflib  # noqa: PLC0415 - most who convert do not want it

    graph = rdflib.Graph(bind_namespaces="none")
    known: dict[object, rdflib.term.Node] = {}

    def convert(value: object) -> rdflib.term.Node:
        match value:
            case NamedNode():
                return rdflib.URIRef(value.value)
            case BlankNode():
                return rdflib.BNode(value.value)
            case Literal() if value.language:
                return rdflib.Literal(value.value, lang=tag(value.language))
            case Literal():
                datatype = rdflib.URIRef(value.datatype.value)
                return rdflib.Literal(value.value, datatype=datatype, normalize=False)
            case _:
                raise TypeError(value)

    def kept(value: object) -> rdflib.term.Node:
        if value not in known:
            known[value] = convert(value)
        return known[value]

    for quad in quads:
        graph.add((kept(quad.subject), kept(quad.predicate), kept(quad.object)))
    return graph
