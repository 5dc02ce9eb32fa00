"""A build in XML: RDF/XML and GraphML.

XML 1.0 cannot hold most control characters, not even escaped. They become
U+FFFD, and a finding says where.
"""

from __future__ import annotations

import io
import json
import re
from itertools import groupby
from typing import TYPE_CHECKING, Final

from zhengpu.errors import OutputError
from zhengpu.graph.vocabulary import prefixes
from zhengpu.model import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import networkx as nx

    from zhengpu.graph.vocabulary import Term, Triple

HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NAME = re.compile(r"[^\W\d][\w.-]*$")
_MARKUP = re.compile('[&<>"\t\n\r]')
_ENTITIES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}


class Cleaner:
    """Replaces what XML cannot hold, and remembers where."""

    def __init__(self) -> None:
        self.replaced: set[str] = set()

    def clean(self, text: str) -> str:
        """The text with U+FFFD in place of forbidden characters."""
        clean = _FORBIDDEN.sub("\ufffd", text)
        if clean != text:
            self.replaced.add(clean)
        return clean

    def escaped(self, text: str) -> str:
        """The text as XML, in elements and attributes alike."""
        return _MARKUP.sub(entity, self.clean(text))

    def findings(self) -> tuple[Finding, ...]:
        """What was replaced, one finding for each text."""
        return tuple(
            Finding(
                Severity.WARNING,
                "exporting",
                "xml-characters-replaced",
                (("text", text),),
            )
            for text in sorted(self.replaced)
        )


def entity(match: re.Match[str]) -> str:
    """A character that XML reads as it was written."""
    return _ENTITIES.get(match[0], f"&#{ord(match[0])};")


def rdfxml(triples: Iterable[Triple], cleaner: Cleaner) -> Iterator[str]:
    """The RDF/XML text of sorted triples, in pieces.

    Args:
        triples: Sorted by subject.
        cleaner: Learns what was replaced.

    Raises:
        OutputError: A property's IRI does not end like a name. Those of our
            vocabularies do.
    """
    known = {iri: prefix for prefix, iri in prefixes().items()}
    spaces = "".join(f'\n  xmlns:{prefix}="{iri}"' for iri, prefix in known.items())
    yield f"{HEAD}<rdf:RDF{spaces}>\n"
    for subject, group in groupby(triples, key=lambda triple: triple[0]):
        yield f"  <rdf:Description {_reference(subject, 'about', cleaner)}>\n"
        for _, predicate, value in group:
            yield f"    {_property(predicate, value, known, cleaner)}\n"
        yield "  </rdf:Description>\n"
    yield "</rdf:RDF>\n"


def _reference(term: Term, attribute: str, cleaner: Cleaner) -> str:
    """An attribute that names a thing."""
    if term.startswith("_:"):
        return f'rdf:nodeID="{term[2:]}"'
    return f'rdf:{attribute}="{cleaner.escaped(term[1:-1])}"'


def _property(
    predicate: Term, value: Term, known: dict[str, str], cleaner: Cleaner
) -> str:
    """The element of one triple."""
    iri = predicate[1:-1]
    found = _NAME.search(iri)
    if found is None:
        raise OutputError("no-xml-name", property=iri)
    name, space = found[0], iri[: found.start()]
    if space in known:
        tag, declared = f"{known[space]}:{name}", ""
    else:
        tag, declared = f"p:{name}", f' xmlns:p="{cleaner.escaped(space)}"'
    if not value.startswith('"'):
        return f"<{tag}{declared} {_reference(value, 'resource', cleaner)}/>"
    end = value.rindex('"')
    text, rest = json.loads(value[: end + 1]), value[end + 1 :]
    if rest.startswith("@"):
        declared += f' xml:lang="{rest[1:]}"'
    elif rest:
        declared += f' rdf:datatype="{cleaner.escaped(rest[3:-1])}"'
    return f"<{tag}{declared}>{cleaner.escaped(text)}</{tag}>"


def graphml(graph: nx.MultiDiGraph[str], cleaner: Cleaner) -> str:
    """The GraphML text of a graph; its attributes are cleaned in place."""
    import networkx as nx  # noqa: PLC0415 - slow to load

    said = [said for _, said in graph.nodes(data=True)]
    said += [said for _, _, said in graph.edges(data=True)]
    for attributes in said:
        for name, text in attributes.items():
            attributes[name] = cleaner.clean(text)
    file = io.BytesIO()
    # the other writer of networkx needs lxml, and writes something else
    nx.write_graphml_xml(graph, file, named_key_ids=True)
    return HEAD + re.sub(r"^<\?xml[^>]*>\s*", "", file.getvalue().decode()) + "\n"
