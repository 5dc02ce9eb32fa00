"""What an export writes is read back by programs that are not ours.

serdi, rapper and N3.js read Turtle and N-Triples, PyLD JSON-LD, rapper RDF/XML,
networkx GraphML and GEXF, LibreOffice the tables, polars those for Neo4j.
"""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import networkx as nx
import polars as pl
import pyoxigraph as ox
import pytest
from pyld import jsonld

import zhengpu
from zhengpu.errors import UsageError
from zhengpu.graph import store
from zhengpu.graph.vocabulary import ZP
from zhengpu.model import Entity, EntityType, Evidence, Extraction, Relation, Statement
from zhengpu.use import frames, notebook
from zhengpu.use.annotated import annotated
from zhengpu.use.exporting import export
from zhengpu.use.neo4j import relationship

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Needs = Callable[[str], str]

HERE = Path(__file__).parent
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
TURTLE = ox.RdfFormat.TURTLE
TRIPLES = ox.RdfFormat.N_TRIPLES
HOSTILE = '<script>alert(1)</script>"&;'


@pytest.fixture(scope="module")
def graph(built: Path) -> zhengpu.Graph:
    """The gold as a graph."""
    return zhengpu.load(built)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> ox.Store:
    """A graph whose names mean harm."""
    from gold_extractions import extraction_of  # noqa: PLC0415 - after conftest
    from test_exporting import written  # noqa: PLC0415

    entities = (
        Entity("e1", EntityType.ORG, HOSTILE, ("\x01甲", "乙;丙", "a\r\nb", 'c"d')),
        Entity("e2", EntityType.PRG, "\\“丁”\U00020000", ("=1+1",)),
    )
    statement = Statement("e1", Relation.ORGANIZES, "e2", Evidence(0, (), "a/b"))
    extraction: Extraction = extraction_of(f"{HOSTILE}开展。", entities, (statement,))
    return store.load(written(tmp_path_factory.mktemp("hostile"), [extraction]))


def read(source: bytes | Path, form: ox.RdfFormat) -> set[str]:
    """The triples of a text or a file, one N-Triples line each."""
    if isinstance(source, Path):
        source = source.read_bytes()
    return {str(quad.triple) for quad in ox.parse(input=source, format=form)}


def printed(*command: str | Path, **own: str) -> bytes:
    """What a program prints, once it has ended well."""
    done = subprocess.run(
        command, capture_output=True, check=False, env=os.environ | own, timeout=120
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


# ------------------------------------------------------------------ RDF 1.1


def rdf_files(graph: zhengpu.Graph, folder: Path) -> list[tuple[Path, str]]:
    """Everything that is Turtle or N-Triples, and its media type."""
    (triples,) = graph.export("nt", folder)
    return [
        (graph.folder / store.GRAPH, "text/turtle"),
        (graph.folder / store.EVIDENCE, "text/turtle"),
        (triples, "application/n-triples"),
    ]


NAMES = {"text/turtle": "turtle", "application/n-triples": "ntriples"}
FORMS = {"text/turtle": TURTLE, "application/n-triples": TRIPLES}


def test_serdi_reads_turtle_and_ntriples(
    graph: zhengpu.Graph, tmp_path: Path, needs: Needs
) -> None:
    for path, kind in rdf_files(graph, tmp_path):
        seen = printed(needs("serdi"), "-i", NAMES[kind], "-o", "ntriples", path)
        assert read(seen, TRIPLES) == read(path, FORMS[kind]), path


def test_rapper_reads_turtle_ntriples_and_rdf_xml(
    graph: zhengpu.Graph, tmp_path: Path, needs: Needs
) -> None:
    files = [(path, NAMES[kind]) for path, kind in rdf_files(graph, tmp_path)]
    (xml,) = graph.export("rdfxml", tmp_path)
    for path, kind in (*files, (xml, "rdfxml")):
        seen = printed(needs("rapper"), "-q", "-i", kind, "-o", "ntriples", path)
        form = ox.RdfFormat.from_extension(path.suffix[1:])
        assert form
        assert read(seen, TRIPLES) == read(path, form), path


def test_serdi_reads_trig(graph: zhengpu.Graph, tmp_path: Path, needs: Needs) -> None:
    """In the same two graphs."""
    (path,) = graph.export("trig", tmp_path)
    seen = printed(needs("serdi"), "-i", "trig", "-o", "nquads", path)
    quads = set(map(str, ox.parse(input=seen, format=ox.RdfFormat.N_QUADS)))
    assert quads == set(map(str, ox.parse(path=path, format=ox.RdfFormat.TRIG)))


@pytest.fixture(scope="session")
def n3() -> Callable[[Path, str], bytes]:
    """Reads a file with N3.js; skips where node or the package is missing."""
    node, required = shutil.which("node"), os.environ.get("ZHENGPU_REQUIRE", "")
    missing = "node is not installed"
    if node:
        done = subprocess.run(
            [node, "-e", "require('n3')"], capture_output=True, check=False
        )
        missing = (
            "node does not find the package n3: npm install n3, and NODE_PATH its folder"
            if done.returncode
            else ""
        )
    if missing and "n3" in required.split(","):
        pytest.fail(missing)
    if missing or node is None:
        pytest.skip(missing)
    return lambda path, kind: printed(node, HERE / "interchange/read.js", path, kind)


def test_n3_js_reads_turtle_and_ntriples(
    graph: zhengpu.Graph, tmp_path: Path, n3: Callable[[Path, str], bytes]
) -> None:
    for path, kind in rdf_files(graph, tmp_path):
        assert read(n3(path, kind), TRIPLES) == read(path, FORMS[kind]), path


def refused(url: str, _: object) -> NoReturn:
    """A document loader that loads nothing."""
    raise AssertionError(url)


def test_a_json_ld_processor_reads_json_ld_offline(
    graph: zhengpu.Graph, tmp_path: Path
) -> None:
    """PyLD, which would fail were a context fetched."""
    (path,) = graph.export("jsonld", tmp_path)
    document = json.loads(path.read_bytes())
    own = {"documentLoader": refused, "format": "application/n-quads"}
    seen = jsonld.to_rdf(document, own)
    (triples,) = graph.export("nt", tmp_path)
    assert read(seen.encode(), TRIPLES) == read(triples, TRIPLES)


# ------------------------------------------------------------------ RDF 1.2


def unfolded(quads: Iterable[ox.Quad]) -> Iterator[str]:
    """The triples of RDF 1.1 for those of 1.2: claims by their parts."""
    for quad in quads:
        claim, stated = quad.subject, quad.object
        if not isinstance(stated, ox.Triple):
            yield str(quad.triple)
            continue
        assert quad.predicate.value == f"{RDF}reifies"
        yield f"{claim} <{RDF}type> <{RDF}Statement>"
        yield f"{claim} <{RDF}subject> {stated.subject}"
        yield f"{claim} <{RDF}predicate> {stated.predicate}"
        yield f"{claim} <{RDF}object> {stated.object}"


def test_turtle_1_2_says_what_the_build_says(
    graph: zhengpu.Graph, tmp_path: Path
) -> None:
    """Read by pyoxigraph; the annotations are the claims."""
    (path,) = graph.export("turtle12", tmp_path)
    (triples,) = graph.export("nt", tmp_path)
    quads = list(ox.parse(path=path, format=TURTLE))
    assert set(unfolded(quads)) == read(triples, TRIPLES)
    assert sum(isinstance(quad.object, ox.Triple) for quad in quads) > 100
    assert path.read_text(encoding="utf-8").count("{|") > 100


def test_n3_js_reads_the_annotations(
    graph: zhengpu.Graph, tmp_path: Path, n3: Callable[[Path, str], bytes]
) -> None:
    (path,) = graph.export("turtle12", tmp_path)
    assert read(n3(path, "text/turtle"), TRIPLES) == read(path, TURTLE)


def test_a_plan_is_not_stated_in_turtle_1_2(
    graph: zhengpu.Graph, tmp_path: Path
) -> None:
    (path,) = graph.export("turtle12", tmp_path)
    quads = list(ox.parse(path=path, format=TURTLE))
    stated = {str(quad.triple) for quad in quads}
    planned = {
        quad.subject
        for quad in quads
        if f"<{quad.predicate.value}>" == ZP.planned
        and isinstance(quad.object, ox.Literal)
        and quad.object.value == "true"
    }
    reified: dict[str, set[bool]] = {}
    for quad in quads:
        if isinstance(quad.object, ox.Triple):
            is_plan = quad.subject in planned
            reified.setdefault(str(quad.object), set()).add(is_plan)
    plans = [one for one, claims in reified.items() if claims == {True}]
    assert plans
    symmetric = "cooperatesWith"
    assert not [one for one in plans if one in stated and symmetric not in one]


def test_what_is_no_build_is_turtle_1_2_all_the_same(tmp_path: Path) -> None:
    """Blank nodes; claims of what nobody states, and of less or more than a triple."""
    other = ox.Store()
    text = f"""PREFIX rdf: <{RDF}>
    <urn:b> <urn:p> _:x . _:x <urn:p> "1"@zh .
    <urn:less> rdf:subject <urn:a> .
    <urn:more> rdf:subject <urn:a>, <urn:b> ; rdf:predicate <urn:p> ; rdf:object "z" .
    <urn:text> rdf:subject "a" ; rdf:predicate <urn:p> ; rdf:object "z" .
    <urn:good> rdf:subject <urn:a> ; rdf:predicate <urn:p> ; rdf:object "z" ."""
    other.load(input=text.encode(), format=TURTLE)
    (path,) = export(other, "turtle12", tmp_path)
    seen = path.read_text(encoding="utf-8")
    assert '<urn:good> rdf:reifies <<( <urn:a> <urn:p> "z" )>> .' in seen
    assert seen.count("reifies") == 1
    assert len(list(ox.parse(path=path, format=TURTLE))) == 2 + 1 + 4 + 3 + 1


def test_nothing_is_an_empty_file_of_turtle_1_2() -> None:
    assert list(ox.parse(input="".join(annotated([])), format=TURTLE)) == []


# ----------------------------------------------------------------- networks


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_networkx_reads_networks(
    graph: zhengpu.Graph, tmp_path: Path, form: str
) -> None:
    (path,) = graph.export(form, tmp_path)
    opened = (
        nx.read_graphml(path, force_multigraph=True)
        if form == "graphml"
        else nx.read_gexf(path, version="1.3")
    )
    meant = graph.to_networkx()
    assert set(opened) == set(meant)
    assert set(opened.edges) == set(meant.edges)
    for one, said in meant.nodes(data=True):
        assert said.items() <= opened.nodes[one].items()
    for *edge, said in meant.edges(keys=True, data=True):
        seen = opened.edges[tuple(edge)]
        assert {k: str(seen[k]) for k in said if k not in {"claim", "confidence"}} == {
            k: v for k, v in said.items() if k not in {"claim", "confidence"}
        }
        assert float(seen["confidence"]) == float(said["confidence"])


def test_gephi_keeps_relations_between_two_nodes_apart(
    graph: zhengpu.Graph, tmp_path: Path
) -> None:
    """Gephi joins parallel edges that have the same kind, or none."""
    (path,) = graph.export("gexf", tmp_path)
    space = {"g": "http://gexf.net/1.3"}
    root = ET.parse(path).getroot()  # noqa: S314 - our own file
    edges = root.findall(".//g:edge", space)
    assert all(edge.get("kind") and edge.get("label") for edge in edges)
    assert len({edge.get("id") for edge in edges}) == len(edges)
    assert not re.search(r"lastmodified|date=", path.read_text(encoding="utf-8"))
    for kind in ("node", "edge"):
        declared = root.findall(f".//g:attributes[@class='{kind}']/g:attribute", space)
        used = root.findall(f".//g:{kind}/g:attvalues/g:attvalue", space)
        assert {one.get("for") for one in used} <= {one.get("id") for one in declared}


def test_hostile_names_are_text_in_gexf(hostile: ox.Store, tmp_path: Path) -> None:
    made = export(hostile, "gexf", tmp_path)
    opened = nx.read_gexf(made.files[0], version="1.3")
    assert HOSTILE in {said["label"] for _, said in opened.nodes(data=True)}
    assert [finding.code for finding in made.findings] == ["xml-characters-replaced"]


# ------------------------------------------------------------------- tables


@pytest.mark.office
def test_libreoffice_opens_the_tables(
    graph: zhengpu.Graph, tmp_path: Path, needs: Needs
) -> None:
    """Cell for cell, and the way back."""
    folder = tmp_path / "made"
    folder.mkdir()
    files = [*graph.export("csv", folder), *graph.export("neo4j", folder)]
    opened = tmp_path / "opened"
    plain = "csv:Text - txt - csv (StarCalc):44,34,76,1"
    profile = f"-env:UserInstallation={tmp_path.as_uri()}/profile"
    program = needs("office")
    utf8 = "--infilter=CSV:44,34,76,1"
    printed(
        program, profile, "--headless", utf8, "--convert-to", plain,
        "--outdir", opened, *files,
    )  # fmt: skip
    for path in files:
        seen = [list(map(truth, row)) for row in rows_of(opened / path.name)]
        assert seen == rows_of(path), path


def truth(cell: str) -> str:
    """A cell as it was before LibreOffice saw a truth value in it."""
    return cell.lower() if cell in {"TRUE", "FALSE"} else cell


def rows_of(path: Path) -> list[list[str]]:
    """The cells of a table."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


HEADS = re.compile(
    r"(?P<name>\w+)?"
    r"(?P<type>:(ID|START_ID|END_ID)(\(\w+\))?|:LABEL|:TYPE|:(string|double)(\[\])?)?"
)
"""The columns of Neo4j's import, as far as we use them."""


def test_neo4j_finds_what_its_import_asks_for(
    graph: zhengpu.Graph, tmp_path: Path
) -> None:
    """By the Operations Manual; polars reads the tables."""
    nodes, edges = (
        pl.read_csv(path, infer_schema=False)
        for path in graph.export("neo4j", tmp_path)
    )
    for head in (*nodes.columns, *edges.columns):
        assert HEADS.fullmatch(head), head
    known = nodes["iri:ID(Entity)"]
    assert known.n_unique() == len(known) == len(graph.to_networkx())
    assert set(edges[":START_ID(Entity)"]) | set(edges[":END_ID(Entity)"]) <= set(known)
    assert edges[":TYPE"].str.contains(r"^[A-Z_]+$").all()
    assert "SUB_ORGANIZATION_OF" in set(edges[":TYPE"])
    assert edges["confidence:double"].cast(pl.Float64).is_between(0, 1).all()
    assert len(edges) == graph.to_networkx().number_of_edges()


def test_neo4j_tables_have_a_row_on_each_line(
    hostile: ox.Store, tmp_path: Path
) -> None:
    """Its import reads no line end inside a field, and no `;` inside an item."""
    made = export(hostile, "neo4j", tmp_path)
    nodes, _ = made.files
    text = nodes.read_bytes().decode()
    assert text.count("\n") == len(rows_of(nodes)) == 4
    assert "\r" not in text
    aliases = {row[4] for row in rows_of(nodes)[1:]}
    assert '\x01甲;a b;c"d;乙；丙' in aliases
    assert {finding.code for finding in made.findings} == {"csv-characters-replaced"}
    assert {f.parameters[0][1] for f in made.findings} == {"乙；丙", "a b"}


@pytest.mark.parametrize(
    ("relation", "type_"),
    [("about", "ABOUT"), ("leftPost", "LEFT_POST"), ("partOf", "PART_OF")],
)
def test_relations_are_called_as_neo4j_would(relation: str, type_: str) -> None:
    assert relationship(relation) == type_


def test_an_export_into_a_build_leaves_its_graph_alone(
    graph: zhengpu.Graph, tmp_path: Path
) -> None:
    """No format takes the name of a file of the build."""
    folder = tmp_path / "output"
    graph.write(folder)
    before = (folder / store.GRAPH).read_bytes()
    for form in ("turtle12", "gexf", "neo4j"):
        graph.export(form, folder)
    assert (folder / store.GRAPH).read_bytes() == before


# ------------------------------------------------------------------- frames


@pytest.fixture(scope="module")
def tables(graph: zhengpu.Graph) -> frames.Frames[pl.DataFrame]:
    return graph.to_polars()


def test_frames_hold_all_entities_claims_and_observations(
    graph: zhengpu.Graph, tables: frames.Frames[pl.DataFrame]
) -> None:
    kinds = {"facts": "zp:Claim", "statistics": "zp:Observation"}
    for name, kind in kinds.items():
        answer = graph.query(f"SELECT ?x {{ ?x a {kind} }}")
        assert not isinstance(answer, bool)
        assert len(getattr(tables, name)) == len(answer)
    assert set(tables.entities["iri"]) == set(graph.to_networkx())


def test_every_fact_of_a_frame_has_its_quotes(
    graph: zhengpu.Graph,
    tables: frames.Frames[pl.DataFrame],
    gold: tuple[Extraction, ...],
) -> None:
    """Offsets lead to the words in the source."""
    texts = {one.raw.name: one.raw.text for one in gold}
    lists = ("sentences", "reports", "files", "starts", "ends")
    for frame in (tables.facts, tables.statistics):
        quotes = frame.explode(*lists)
        assert len(quotes) >= len(frame)
        assert quotes.select(lists).null_count().row(0) == (0,) * len(lists)
        for sentence, file, start, end in quotes.select(
            "sentences", "files", "starts", "ends"
        ).iter_rows():
            source = "".join(texts[file][start:end].split())
            assert len(source) >= len("".join(sentence.split()))
            assert source[:1] == sentence[:1]
    assert len(graph.to_networkx().edges) == len(
        tables.facts.filter(~pl.col("planned"))
    )


def test_statistics_keep_the_figure_as_the_report_has_it(
    tables: frames.Frames[pl.DataFrame],
) -> None:
    figures = tables.statistics
    assert figures.schema["value"] == pl.Float64
    assert (figures["exact"].cast(pl.Float64) == figures["value"]).all()
    assert figures["measure"].null_count() == figures["subject_name"].null_count() == 0
    assert figures.schema["planned"] == pl.Boolean


def test_polars_and_pandas_get_the_same(
    graph: zhengpu.Graph, tables: frames.Frames[pl.DataFrame]
) -> None:
    others = graph.to_pandas()
    for name in ("entities", "facts", "statistics"):
        ours, theirs = getattr(tables, name), getattr(others, name)
        assert list(theirs.columns) == ours.columns
        rows = [
            {k: v if isinstance(v, list) or v == v else None for k, v in row.items()}  # noqa: PLR0124 - NaN
            for row in theirs.astype(object)
            .where(theirs.notna(), None)
            .to_dict("records")
        ]
        assert rows == ours.to_dicts()


def test_an_empty_graph_gives_frames_with_columns() -> None:
    empty = ox.Store()
    ours, theirs = frames.to_polars(empty), frames.to_pandas(empty)
    assert ours.facts.is_empty()
    assert ours.facts.columns == list(theirs.facts.columns) == list(frames.FACTS)


@pytest.mark.parametrize("library", ["polars", "pandas"])
def test_a_missing_extra_is_named(
    library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frames, "find_spec", lambda _: None)
    with pytest.raises(UsageError) as caught:
        getattr(frames, f"to_{library}")(ox.Store())
    assert caught.value.code == "extra-missing"
    assert caught.value.parameters == {"module": library, "extra": library}


def test_frames_load_no_library_before_they_are_made() -> None:
    code = (
        "import sys, zhengpu.use.frames, zhengpu.api;"
        "sys.exit(bool({'polars', 'pandas'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# ---------------------------------------------------------------- notebooks


def well_formed(html: str) -> ET.Element:
    """The element that HTML without loose ends is."""
    return ET.fromstring(html.replace("<br>", "<br/>"))  # noqa: S314 - our own


def test_a_graph_shows_its_counts(graph: zhengpu.Graph) -> None:
    html = graph._repr_html_()
    shown = "".join(well_formed(html).itertext())
    assert f"facts{graph.to_networkx().number_of_edges()}" in shown
    assert "中国人民政治协商会议阜新蒙古族自治县委员会" in shown
    assert len(html) < 5_000
    degrees = dict(graph.to_networkx().degree)
    (name,) = graph.explain(max(degrees, key=lambda one: degrees[one]))
    assert f"{name.name}{max(degrees.values())}" in shown


def test_an_empty_graph_shows_itself() -> None:
    assert "facts0" in "".join(well_formed(notebook.graph_html(ox.Store())).itertext())


def test_an_entity_shows_its_facts_with_a_sentence(graph: zhengpu.Graph) -> None:
    found = graph.explain("李贵军")
    html = found._repr_html_()
    shown = "".join(well_formed(f"<div>{html}</div>").itertext())
    assert "李贵军" in shown
    assert found[0].facts[0].quotes[0].file in shown
    assert html == found[0]._repr_html_()


def test_an_entity_of_many_facts_shows_some(graph: zhengpu.Graph) -> None:
    (found,) = graph.explain("中国人民政治协商会议阜新蒙古族自治县委员会")
    html = notebook.explanation_html(found)
    left = len(found.facts) + len(found.figures) - notebook.MOST
    assert left > 0
    assert html.count("<tr>") == notebook.MOST + 1
    assert f"… {left}" in html


def test_an_answer_shows_its_rows(graph: zhengpu.Graph) -> None:
    answer = graph.query("SELECT ?x ?n { ?x skos:prefLabel ?n } LIMIT 70")
    html = answer._repr_html_()  # type: ignore[union-attr]
    assert html.count("<tr>") == notebook.ROWS + 1
    assert "70 × 2" in html


def test_hostile_names_are_escaped_in_notebooks(hostile: ox.Store) -> None:
    from zhengpu.use.explaining import explain  # noqa: PLC0415 - only here

    shown = notebook.graph_html(hostile), explain(hostile, HOSTILE)._repr_html_()
    for html in shown:
        assert "<script" not in html
        assert "&lt;script&gt;" in html
