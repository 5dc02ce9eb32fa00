"""A build in the formats of others."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from decimal import Decimal
from typing import TYPE_CHECKING

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib
from gold_extractions import extraction_of

from zhengpu.errors import OutputError, UsageError
from zhengpu.graph import store
from zhengpu.graph.assembly import triples
from zhengpu.graph.merging import merge
from zhengpu.graph.turtle import write_turtle
from zhengpu.model import Entity, EntityType, Evidence, Extraction, Relation, Statement
from zhengpu.use.exporting import SUFFIXES, export, to_networkx, to_rdflib
from zhengpu.use.spreadsheets import harmless

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FORMATS = {
    "nt": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "trig": ox.RdfFormat.TRIG,
}
HOSTILE = (
    Entity(
        "e1", EntityType.ORG, '=1+1"</node>]]><script>', ("\x01\x0b控", "@甲", "a\r\nb")
    ),
    Entity("e2", EntityType.PRG, "-\u202e“😀𠀀”\\", ("\ufffe",), scope="a:b/c#d"),
)


def written(folder: Path, extractions: Iterable[Extraction]) -> Path:
    """A folder with a build's two graphs."""
    facts, evidence = triples(merge(extractions))
    write_turtle(facts, folder / store.GRAPH)
    write_turtle(evidence, folder / store.EVIDENCE)
    return folder


@pytest.fixture(scope="module")
def build(
    gold: tuple[Extraction, ...], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The gold as a build."""
    return written(tmp_path_factory.mktemp("build"), gold)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build whose names mean harm."""
    statement = Statement("e1", Relation.ORGANIZES, "e2", Evidence(0, (), "a/b"))
    extraction = extraction_of("=甲\x01开展。", HOSTILE, (statement,))
    return written(tmp_path_factory.mktemp("hostile"), [extraction])


def quads_of(paths: Iterable[Path], form: ox.RdfFormat) -> set[ox.Triple]:
    """The triples of some files."""
    return {quad.triple for path in paths for quad in ox.parse(path=path, format=form)}


def both_graphs(build: Path) -> set[ox.Triple]:
    """All triples of a build, from its own files."""
    return quads_of((build / store.GRAPH, build / store.EVIDENCE), ox.RdfFormat.TURTLE)


@pytest.mark.parametrize("form", FORMATS)
def test_rdf_formats_say_the_same(build: Path, tmp_path: Path, form: str) -> None:
    made = export(build, form, tmp_path)
    assert [path.name for path in made] == [f"graph{SUFFIXES[form]}"]
    assert quads_of(made, FORMATS[form]) == both_graphs(build)
    assert made.findings == ()


@pytest.mark.parametrize("form", ["nt", "jsonld", "trig"])
def test_hostile_names_survive(hostile: Path, tmp_path: Path, form: str) -> None:
    made = export(hostile, form, tmp_path)
    assert quads_of(made, FORMATS[form]) == both_graphs(hostile)


# rdflib 7.6 warns at itself
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
def test_rdflib_reads_json_ld_offline(build: Path, tmp_path: Path) -> None:
    """The context is inside: nothing is fetched."""
    (path,) = export(build, "jsonld", tmp_path)
    context = json.loads(path.read_text(encoding="utf-8"))["@context"]
    assert isinstance(context, dict)
    graph = rdflib.Graph(bind_namespaces="none").parse(path, format="json-ld")
    assert len(graph) == len(both_graphs(build))


def test_trig_holds_facts_and_evidence_apart(build: Path, tmp_path: Path) -> None:
    (path,) = export(build, "trig", tmp_path)
    graphs: dict[str, set[ox.Triple]] = {}
    for quad in ox.parse(path=path, format=ox.RdfFormat.TRIG):
        graphs.setdefault(str(quad.graph_name), set()).add(quad.triple)
    for name, file in (("facts", store.GRAPH), ("evidence", store.EVIDENCE)):
        assert graphs[f"<urn:zhengpu:{name}>"] == quads_of(
            (build / file,), ox.RdfFormat.TURTLE
        )


@pytest.mark.parametrize("form", ["rdfxml", "graphml"])
def test_what_xml_cannot_hold_is_replaced_and_found(
    hostile: Path, tmp_path: Path, form: str
) -> None:
    made = export(hostile, form, tmp_path)
    ET.parse(made.files[0])  # noqa: S314 - our own file
    assert {finding.code for finding in made.findings} == {"xml-characters-replaced"}
    texts = {text for finding in made.findings for _, text in finding.parameters}
    assert "\ufffd\ufffd控" in " ".join(texts)


def test_graphml_is_read_back(build: Path, tmp_path: Path) -> None:
    (path,) = export(build, "graphml", tmp_path)
    graph = nx.read_graphml(path, force_multigraph=True)
    meant = to_networkx(store.load(build))
    assert {name: graph.nodes[name] for name in graph} == {
        name: meant.nodes[name] for name in meant
    }
    assert sorted(map(tuple, graph.edges)) == sorted(map(tuple, meant.edges))
    assert "阜新蒙古族自治县" in {said["name"] for _, said in graph.nodes(data=True)}


def test_the_network_has_entities_and_facts_but_no_plans(
    build: Path, gold: tuple[Extraction, ...]
) -> None:
    merged = merge(gold)
    graph = to_networkx(store.load(build))
    assert set(graph) == {f"https://w3id.org/zhengpu/id/{t.key}" for t in merged.things}
    assert graph.number_of_edges() == sum(not claim.planned for claim in merged.claims)


def test_csv_opens_in_a_spreadsheet(build: Path, tmp_path: Path) -> None:
    nodes, edges, figures = export(build, "csv", tmp_path)
    names = ("nodes.csv", "edges.csv", "statistics.csv")
    assert (nodes.name, edges.name, figures.name) == names
    assert nodes.read_bytes().startswith(b"\xef\xbb\xbf")
    with nodes.open(encoding="utf-8-sig", newline="") as file:
        known = {row["id"] for row in csv.DictReader(file)}
    with edges.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {end for row in rows for end in (row["source"], row["target"])} <= known
    assert all(row["sentence"] and row["report"] and row["label"] for row in rows)
    with figures.open(encoding="utf-8-sig", newline="") as file:
        counted = list(csv.DictReader(file))
    assert {row["subject"] for row in counted} <= known
    assert all(row["sentence"] and row["report"] and row["measure"] for row in counted)
    assert all(Decimal(row["value"]).is_finite() for row in counted)
    assert {row["planned"] for row in counted} <= {"true", "false"}


def test_no_cell_is_a_formula(hostile: Path, tmp_path: Path) -> None:
    cells: list[str] = []
    for path in export(hostile, "csv", tmp_path):
        with path.open(encoding="utf-8-sig", newline="") as file:
            cells += [cell for row in csv.reader(file) for cell in row]
    assert not [cell for cell in cells if cell.startswith(tuple("=+-@\t\r"))]
    assert "'=1+1\"</node>]]><script>" in cells


@pytest.mark.parametrize("sign", "=+-@\t＝")
def test_formulas_get_a_quote(sign: str) -> None:
    assert harmless(f"{sign}A1") == f"'{sign}A1"


def test_a_negative_number_stays_a_number() -> None:
    assert harmless("-1.5") == "-1.5"
    assert harmless("-1+A1") == "'-1+A1"


@pytest.mark.parametrize("form", SUFFIXES)
def test_the_same_build_gives_the_same_bytes(
    build: Path, tmp_path: Path, form: str
) -> None:
    """Also in another process, with other hashes."""
    made = {path.name: path.read_bytes() for path in export(build, form, tmp_path)}
    other = tmp_path / "other"
    other.mkdir()
    code = (
        "import sys; from zhengpu.use.exporting import export;"
        "export(sys.argv[1], sys.argv[2], sys.argv[3])"
    )
    subprocess.run(
        [sys.executable, "-c", code, build, form, other],
        check=True,
        env={**os.environ, "PYTHONHASHSEED": "12345"},
    )
    assert {path.name: path.read_bytes() for path in other.iterdir()} == made


def test_a_file_name_is_taken_as_it_is(build: Path, tmp_path: Path) -> None:
    assert export(build, "nt", tmp_path / "甲.txt").files == (tmp_path / "甲.txt",)
    made = export(build, "csv", tmp_path / "甲.csv").files
    assert [path.name for path in made] == [
        "甲-nodes.csv",
        "甲-edges.csv",
        "甲-statistics.csv",
    ]


def test_a_store_will_do(build: Path, tmp_path: Path) -> None:
    one = export(store.load(build), "nt", tmp_path / "one.nt").files[0]
    two = export(build, "nt", tmp_path / "two.nt").files[0]
    assert one.read_bytes() == two.read_bytes()


def test_an_unknown_format_is_said(build: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        export(build, "xlsx", tmp_path)
    assert caught.value.code == "no-such-format"


def test_what_cannot_be_written_is_said(build: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError) as caught:
        export(build, "nt", tmp_path / "file" / "graph.nt")
    assert caught.value.code == "cannot-write"


def test_rdflib_gets_all_triples_with_prefixes(build: Path) -> None:
    graph = to_rdflib(store.load(build))
    assert len(graph) == len(both_graphs(build))
    assert dict(graph.namespaces())["zp"] == rdflib.URIRef(
        "https://w3id.org/zhengpu/ontology#"
    )


def test_rdf_xml_names_foreign_properties_and_blank_nodes(tmp_path: Path) -> None:
    """A store may hold more than a build writes."""
    graph = ox.Store()
    turtle = """<urn:a> <http://x/y#z> [ <http://x/1> "5"^^<http://x/t> ] .
    <urn:b> <http://x/é.1> "&<>\\r"@en ."""
    graph.load(input=turtle.encode(), format=ox.RdfFormat.TURTLE)
    graph.remove(next(quad for quad in graph if quad.predicate.value == "http://x/1"))
    (path,) = export(graph, "rdfxml", tmp_path)
    read = ox.Dataset(ox.parse(path=path, format=ox.RdfFormat.RDF_XML))
    meant = ox.Dataset(graph)
    for dataset in (read, meant):
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    assert read == meant


def test_a_property_that_xml_cannot_name_is_said(tmp_path: Path) -> None:
    graph = ox.Store()
    graph.load(input=b"<urn:a> <http://x/1> <urn:b> .", format=ox.RdfFormat.TURTLE)
    with pytest.raises(OutputError) as caught:
        export(graph, "rdfxml", tmp_path)
    assert caught.value.code == "no-xml-name"
