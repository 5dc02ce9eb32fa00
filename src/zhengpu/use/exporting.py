"""A build in the formats of others, sorted: same build, same bytes."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pyoxigraph import Store

from zhengpu.errors import OutputError, UsageError
from zhengpu.graph import shards
from zhengpu.graph.converting import rdflib_graph, triples_of
from zhengpu.graph.shards import has_shards, read, shards_of
from zhengpu.graph.store import load
from zhengpu.graph.turtle import TYPE, Tokens, blocks, header, trig, turtle
from zhengpu.graph.vocabulary import TRUE, ZP, node, prefixes
from zhengpu.settings import shipped
from zhengpu.use import markup
from zhengpu.use.annotated import annotated
from zhengpu.use.gexf import gexf as write_gexf
from zhengpu.use.neo4j import Tables
from zhengpu.use.networks import Edge, Figure, Network, Node, networkx_graph, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    import networkx as nx
    import rdflib

    from zhengpu.graph.vocabulary import Term, Triple
    from zhengpu.model import Finding

FACTS: Final = node("urn:zhengpu:facts")
EVIDENCE: Final = node("urn:zhengpu:evidence")
"""The names of the two graphs of TriG."""

SUFFIXES: Final = {
    "nt": ".nt",
    "ttl": ".ttl",
    "jsonld": ".jsonld",
    "rdfxml": ".rdf",
    "trig": ".trig",
    "turtle12": ".12.ttl",
    "graphml": ".graphml",
    "gexf": ".gexf",
    "csv": ".csv",
    "neo4j": ".csv",
}
"""Every format, and the usual suffix of its files."""

TABLES: Final = {
    "csv": ("nodes", "edges", "statistics"),
    "neo4j": ("neo4j-nodes", "neo4j-relationships"),
}
"""The formats of several files, and how these are called."""


@dataclass(frozen=True, slots=True)
class Export:
    """What an export wrote; iterating it gives the files."""

    files: tuple[Path, ...]
    findings: tuple[Finding, ...] = ()
    """What could not be said in the format."""

    def __iter__(self) -> Iterator[Path]:
        return iter(self.files)


def export(
    graph: Store | Path | str, form: str, target: Path | str | None = None
) -> Export:
    """Write a build in another format.

    Args:
        graph: Facts and evidence together, or the folder they were written to.
        form: One of `SUFFIXES`.
        target: A file, or a folder that is there; by default `graph` and the
            suffix in the current folder. A format of `TABLES` is several
            files, such as nodes.csv and edges.csv in the folder, or
            NAME-nodes.csv and NAME-edges.csv.

    Raises:
        UsageError: There is no such format, or a build in shards does not have it.
        OutputError: The file cannot be written.
    """
    if form not in SUFFIXES:
        raise UsageError("no-such-format", form=form, known=", ".join(SUFFIXES))
    if isinstance(graph, Store):
        made = FORMATS[form](graph)
    elif not has_shards(Path(graph)):
        made = FORMATS[form](load(graph))
    elif form in STREAMED:
        made = _Made(STREAMED[form](Path(graph)))
    else:
        known = ", ".join(STREAMED)
        raise UsageError("format-in-shards", form=form, known=known)
    files = paths(form, target)
    for path, pieces in zip(files, (made.text, *made.others), strict=True):
        write(path, pieces)
    return Export(files, made.findings)


def to_networkx(store: Store) -> nx.MultiDiGraph[str]:
    """The entities and their relations as a graph of networkx."""
    return networkx_graph(Network(store))


def to_rdflib(store: Store) -> rdflib.Graph:
    """All triples as a graph of rdflib, with the prefixes bound."""
    graph = rdflib_graph(store)
    for prefix, iri in prefixes().items():
        graph.bind(prefix, iri, override=True, replace=True)
    return graph


@dataclass(frozen=True, slots=True)
class _Made:
    """What an export consists of."""

    text: Iterable[str]
    others: tuple[Iterable[str], ...] = ()
    findings: tuple[Finding, ...] = ()


def paths(form: str, target: Path | str | None) -> tuple[Path, ...]:
    """Where the files of an export go."""
    suffix = SUFFIXES[form]
    path = Path() if target is None else Path(target)
    if names := TABLES.get(form):
        if path.is_dir() or not path.suffix:
            return tuple(path / f"{name}{suffix}" for name in names)
        return tuple(path.with_stem(f"{path.stem}-{name}") for name in names)
    return (path / f"graph{suffix}" if path.is_dir() else path,)


def write(path: Path, pieces: Iterable[str]) -> None:
    """Write a file so that it is either as it was, or complete."""
    part = path.with_name(f"{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("w", encoding="utf-8", newline="") as file:
            file.writelines(pieces)
        part.replace(path)
    except OSError as error:
        raise OutputError("cannot-write", path=path, reason=error.strerror) from error


def ntriples(store: Store) -> _Made:
    """N-Triples, sorted."""
    return _Made(f"{s} {p} {o} .\n" for s, p, o in sorted(triples_of(store)))


def turtle_facts(store: Store) -> _Made:
    """The facts without their evidence, as Turtle."""
    triples = list(triples_of(store))
    planned = {s for s, p, o in triples if p == ZP.planned and o == TRUE}
    return _Made(turtle(t for t in triples if not of_evidence(t, planned)))


def streamed_lines(folder: Path) -> Iterator[str]:
    """A build in shards as N-Triples, sorted within each shard."""
    for shard in shards_of(folder):
        yield from (f"{s} {p} {o} .\n" for s, p, o in read(folder, shard))


def streamed_facts(folder: Path) -> Iterator[str]:
    """The facts of a build in shards as Turtle, sorted within each shard."""
    table = prefixes()
    yield header(table)
    for shard in shards_of(folder):
        if shard.graph == shards.FACTS:
            yield from blocks(read(folder, shard), Tokens(table))


def trig_graphs(store: Store) -> _Made:
    """TriG with the facts and the evidence in a graph each."""
    triples = list(triples_of(store))
    planned = {s for s, p, o in triples if p == ZP.planned and o == TRUE}
    graphs: dict[Term, list[Triple]] = {FACTS: [], EVIDENCE: []}
    for triple in triples:
        graphs[EVIDENCE if of_evidence(triple, planned) else FACTS].append(triple)
    return _Made(trig(graphs))


_EVIDENCE_THINGS = re.compile(r"<[^<>]*/id/(?:Claim|Evidence|Span)/")
_ATTESTING = {ZP.evidence, ZP.span, ZP.rule, ZP.confidence}


def of_evidence(triple: Triple, planned: set[Term]) -> bool:
    """Whether a triple is one of evidence.ttl."""
    subject, predicate, _ = triple
    return (
        predicate in _ATTESTING
        or (predicate == ZP.ruleSet and "/id/Observation/" in subject)
        or subject in planned
        or _EVIDENCE_THINGS.match(subject) is not None
    )


def jsonld(store: Store) -> _Made:
    """JSON-LD that carries its context, one thing on each line."""
    context = json.loads((shipped("ontology") / "context.jsonld").read_bytes())
    return _Made(_jsonld(store, context["@context"]))


def _jsonld(store: Store, context: Mapping[str, str | dict[str, str]]) -> Iterator[str]:
    """The pieces of a JSON-LD document."""
    yield '{"@context": ' + json.dumps(context, ensure_ascii=False)
    separator = ',\n"@graph": [\n'
    compact = _Compact(context)
    triples = sorted(triples_of(store))
    for subject, group in groupby(triples, key=lambda triple: triple[0]):
        thing = compact.thing(subject, group)
        yield separator + json.dumps(thing, ensure_ascii=False)
        separator = ",\n"
    yield ("\n]}\n" if separator == ",\n" else "}\n")


class _Compact:
    """Terms as a JSON-LD context shortens them."""

    def __init__(self, context: Mapping[str, str | dict[str, str]]) -> None:
        self.prefixes = {
            iri: name for name, iri in prefixes().items() if context.get(name) == iri
        }
        self.terms: dict[str, tuple[str, str]] = {}
        for name, said in context.items():
            rule = {"@id": said} if isinstance(said, str) else said
            if name not in self.prefixes.values():
                self.terms[rule["@id"]] = (name, rule.get("@type", ""))

    def iri(self, term: str) -> str:
        """An IRI, short where a prefix fits."""
        if not term.startswith("<"):
            return term
        name = term[1:-1]
        cut = max(name.rfind("/"), name.rfind("#")) + 1
        prefix, local = self.prefixes.get(name[:cut]), name[cut:]
        return f"{prefix}:{local}" if prefix and local else name

    def thing(self, subject: Term, triples: Iterable[Triple]) -> dict[str, object]:
        """A node object."""
        said: dict[str, object] = {"@id": self.iri(subject)}
        for predicate, group in groupby(triples, key=lambda triple: triple[1]):
            values = [value for _, _, value in group]
            if predicate == TYPE:
                said["@type"] = [self.iri(value) for value in values]
                continue
            short = self.iri(predicate)
            name, kind = self.terms.get(short, (short, ""))
            found = [self.value(value, kind) for value in values]
            said[name] = found if len(found) > 1 else found[0]
        return said

    def value(self, term: Term, kind: str) -> object:
        """A value, as short as the kind of its property allows."""
        if not term.startswith('"'):
            return self.iri(term) if kind == "@id" else {"@id": self.iri(term)}
        end = term.rindex('"')
        text, rest = json.loads(term[: end + 1]), term[end + 1 :]
        if rest.startswith("@"):
            return {"@language": rest[1:], "@value": text}
        if rest:
            datatype = self.iri(rest[2:])
            return text if datatype == kind else {"@type": datatype, "@value": text}
        return {"@value": text} if kind else text


def rdfxml(store: Store) -> _Made:
    """RDF/XML; what XML cannot hold is replaced and found."""
    cleaner = markup.Cleaner()
    pieces = list(markup.rdfxml(sorted(triples_of(store)), cleaner))
    return _Made(pieces, findings=cleaner.findings())


def graphml(store: Store) -> _Made:
    """GraphML; what XML cannot hold is replaced and found."""
    cleaner = markup.Cleaner()
    text = markup.graphml(to_networkx(store), cleaner)
    return _Made([text], findings=cleaner.findings())


def gexf(store: Store) -> _Made:
    """GEXF; what XML cannot hold is replaced and found."""
    cleaner = markup.Cleaner()
    pieces = list(write_gexf(Network(store), cleaner))
    return _Made(pieces, findings=cleaner.findings())


def turtle12(store: Store) -> _Made:
    """Turtle 1.2, the claims as annotations of the facts."""
    return _Made(annotated(triples_of(store)))


def neo4j(store: Store) -> _Made:
    """Two tables for Neo4j's import."""
    made = Tables(Network(store))
    return _Made([made.nodes], ([made.relationships],), made.findings())


def csv_tables(store: Store) -> _Made:
    """Three tables for spreadsheets."""
    network = Network(store)
    return _Made(
        [table(Node, network.nodes)],
        ([table(Edge, network.edges)], [table(Figure, network.figures())]),
    )


FORMATS: Final[dict[str, Callable[[Store], _Made]]] = {
    "nt": ntriples,
    "ttl": turtle_facts,
    "jsonld": jsonld,
    "rdfxml": rdfxml,
    "trig": trig_graphs,
    "turtle12": turtle12,
    "graphml": graphml,
    "gexf": gexf,
    "csv": csv_tables,
    "neo4j": neo4j,
}

STREAMED: Final[dict[str, Callable[[Path], Iterator[str]]]] = {
    "nt": streamed_lines,
    "ttl": streamed_facts,
}
"""The formats that a build in shards can be written in, a shard at a time."""
