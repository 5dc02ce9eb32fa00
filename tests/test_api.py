"""The Python interface, over a build of the gold annotations."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest
import rdflib

import zhengpu
from zhengpu.api import evaluate
from zhengpu.errors import QueryError, ReadingError, UsageError
from zhengpu.graph import publishing
from zhengpu.settings import shipped
from zhengpu.use.answers import Table

SEED = min(shipped("seeds").glob("*.txt"))


@pytest.fixture(scope="module")
def graph(built: Path) -> zhengpu.Graph:
    """The gold annotations."""
    return zhengpu.load(built)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Page and shapes have tests of their own."""
    monkeypatch.setattr("zhengpu.use.drawing.draw", lambda *args: args[-1].touch())
    monkeypatch.setattr("zhengpu.graph.validation.validate", lambda _: [])


@pytest.mark.usefixtures("quick")
def test_a_graph_is_built_written_and_loaded(tmp_path: Path) -> None:
    graph = zhengpu.build(SEED)
    graph.write(tmp_path / "output")
    again = zhengpu.load(tmp_path / "output")
    assert len(again) == len(graph) > 0
    assert set(again) == set(graph)
    assert publishing.read_manifest(graph.folder) == publishing.read_manifest(
        again.folder
    )


@pytest.mark.usefixtures("quick")
def test_the_folder_of_a_graph_goes_with_it() -> None:
    graph = zhengpu.build(SEED)
    folder = graph.folder
    assert folder.exists()
    del graph
    gc.collect()
    assert not folder.exists()


def test_one_report_is_extracted() -> None:
    extraction = zhengpu.extract(SEED)
    assert extraction.raw.name == SEED.name
    assert extraction.statements


def test_a_file_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no-such-path"):
        zhengpu.extract(tmp_path / "nowhere.txt")


def test_a_folder_without_a_build_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match="no-graph"):
        zhengpu.load(tmp_path)


def test_a_swap_that_was_interrupted_is_completed_on_loading(
    graph: zhengpu.Graph, tmp_path: Path
) -> None:
    graph.write(tmp_path / "output")
    workplace = tmp_path / ".output.zhengpu"
    (workplace / "new").mkdir(parents=True)
    (tmp_path / "output" / "graph.ttl").rename(workplace / "new" / "graph.ttl")
    (workplace / "journal.json").write_text('{"put": ["graph.ttl"], "remove": []}')
    assert len(zhengpu.load(tmp_path / "output")) == len(graph)
    assert not workplace.exists()


def test_a_query_is_asked_in_words_or_by_name(graph: zhengpu.Graph) -> None:
    by_name = graph.query("awards", name="典型案例")
    assert isinstance(by_name, Table)
    assert by_name.records()[0]["award"] == "优秀典型案例"
    assert graph.query("ASK { ?x a zp:Award }") is True
    sparql = "ASK { ?x skos:altLabel ?label FILTER(STR(?label) = ?wanted) }"
    assert graph.query(sparql, wanted="阜蒙县") is True
    assert graph.query(sparql, wanted="没有这个") is False


def test_a_query_can_have_a_time_limit(graph: zhengpu.Graph) -> None:
    assert graph.query("reports", timeout=30) == graph.query("reports")
    with pytest.raises(QueryError, match="query-timeout"):
        graph.query("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", timeout=0.3)


def test_an_entity_is_explained(graph: zhengpu.Graph) -> None:
    assert [found.name for found in graph.explain("阜蒙县")] == ["阜新蒙古族自治县"]


def test_it_becomes_a_graph_of_rdflib(graph: zhengpu.Graph) -> None:
    converted = graph.to_rdflib()
    assert isinstance(converted, rdflib.Graph)
    assert len(converted) == len(graph)


def test_it_becomes_a_graph_of_networkx(graph: zhengpu.Graph) -> None:
    converted = graph.to_networkx()
    assert converted.number_of_nodes() > 100
    assert converted.number_of_edges() > 100


def test_it_is_validated(graph: zhengpu.Graph) -> None:
    assert graph.validate() == ()


@pytest.mark.parametrize("form", ["nt", "csv"])
def test_it_is_exported(graph: zhengpu.Graph, tmp_path: Path, form: str) -> None:
    made = graph.export(form, tmp_path)
    assert made.files
    assert all(path.stat().st_size for path in made.files)


def test_its_page_is_written_elsewhere(graph: zhengpu.Graph, tmp_path: Path) -> None:
    graph.draw(tmp_path / "page.html")
    page = (graph.folder / "graph.html").read_bytes()
    assert (tmp_path / "page.html").read_bytes() == page


def test_it_says_what_it_is(graph: zhengpu.Graph) -> None:
    assert repr(graph) == f"<zhengpu.Graph of {len(graph)} triples>"


@pytest.mark.parametrize("system", [None, "system"])
def test_extractions_are_judged(system: str | None) -> None:
    scoring = Path(__file__).parent / "scoring"
    folder = scoring / system if system else None
    evaluation = evaluate(scoring / "gold", folder)
    assert evaluation.scores["mentions"].f1 > 0.7


@pytest.mark.parametrize("missing", ["gold", "system"])
def test_judging_needs_folders(tmp_path: Path, missing: str) -> None:
    folders = {"gold": tmp_path, "system": tmp_path, missing: tmp_path / "nowhere"}
    with pytest.raises(UsageError, match="no-such-path"):
        evaluate(**folders)
