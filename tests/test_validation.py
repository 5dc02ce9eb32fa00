"""Shapes, and graphs that break them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import rdflib
import shifty
from pyoxigraph import RdfFormat, Store
from rdflib.namespace import RDF, SH

from zhengpu.graph import store
from zhengpu.graph.assembly import triples
from zhengpu.graph.converting import rdflib_graph
from zhengpu.graph.merging import merge
from zhengpu.graph.reference import shapes_graph
from zhengpu.graph.shacl import Shapes
from zhengpu.graph.turtle import write_turtle
from zhengpu.graph.validation import validate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhengpu.model import Extraction

SPARQL = SH.SPARQLConstraintComponent
BROKEN = sorted((Path(__file__).parent / "shapes").glob("*.ttl"))


@pytest.fixture(scope="module")
def build(
    gold: tuple[Extraction, ...], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A folder with the graphs of the gold."""
    folder = tmp_path_factory.mktemp("build")
    facts, evidence = triples(merge(gold))
    write_turtle(facts, folder / store.GRAPH)
    write_turtle(evidence, folder / store.EVIDENCE)
    return folder


def broken(path: Path) -> Store:
    """One of the graphs in tests/shapes."""
    graph = Store()
    graph.load(path=path, format=RdfFormat.TURTLE)
    return graph


def test_the_gold_conforms(build: Path) -> None:
    assert validate(build) == []


@pytest.mark.slow
def test_the_gold_conforms_to_pyshacl_too(build: Path) -> None:
    facts = Store()
    # without the header pyshacl leaves out the queries, which take it minutes
    for name in (store.GRAPH, store.EVIDENCE):
        facts.load(path=build / name, format=RdfFormat.TURTLE)
    dataset = "http://rdfs.org/ns/void#Dataset"
    for quad in list(facts):
        if getattr(quad.object, "value", "") == dataset:
            facts.remove(quad)
    assert validate(facts, reference=True) == []


def test_every_shape_has_a_graph_that_breaks_it() -> None:
    shapes = {constraint.shape for constraint in Shapes().constraints()}
    assert {path.stem for path in BROKEN} == shapes
    assert len(shapes) >= 15


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_broken_graph_breaks_just_its_shape(path: Path) -> None:
    assert {violation.shape for violation in validate(broken(path))} == {path.stem}


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_pyshacl_says_the_same(path: Path) -> None:
    graph = broken(path)
    assert validate(graph, reference=True) == validate(graph)


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_pyshifty_says_the_same(path: Path) -> None:
    """Each constraint has a message of its own, so that messages tell them apart."""
    graph = broken(path)
    conforms, report, _ = shifty.validate(rdflib_graph(graph), shapes_graph())
    assert not conforms
    assert set(told_by(report)) == {(v.focus, v.message) for v in validate(graph)}


def test_the_gold_conforms_to_pyshifty_too(build: Path) -> None:
    conforms, report, _ = shifty.validate(
        rdflib_graph(store.load(build)), shapes_graph()
    )
    assert conforms, list(told_by(report))


def told_by(report: rdflib.Graph) -> Iterator[tuple[str, str]]:
    """Focus and message of each result; of queries over the graph, what they found."""
    for result in report.subjects(RDF.type, SH.ValidationResult):
        focus = report.value(result, SH.focusNode)
        if report.value(result, SH.sourceConstraintComponent) == SPARQL:
            focus = report.value(result, SH.value) or focus
        texts = {
            text.language: str(text)
            for text in report.objects(result, SH.resultMessage)
            if isinstance(text, rdflib.Literal)
        }
        yield str(focus), f"{texts['zh']} / {texts['en']}"


def test_every_constraint_has_messages_in_both_languages() -> None:
    for constraint in Shapes().constraints():
        assert [language for language, _ in constraint.messages] == ["en", "zh"]


def test_a_violation_names_focus_and_message() -> None:
    path = next(path for path in BROKEN if path.stem == "AreaCode")
    (violation,) = validate(broken(path), "en")
    assert violation.focus == "https://w3id.org/zhengpu/id/PLC/甲县:210999"
    assert violation.message == (
        "An administrative area has one code of six or nine digits"
    )
    (both,) = validate(broken(path))
    assert both.message.startswith("行政区须有一个")
    assert both.message.endswith("digits")


def test_an_unknown_constraint_raises() -> None:
    shapes = Shapes()
    shape = next(shape for shape, said in shapes.of.items() if said["minCount"])
    shapes.of[shape]["equals"] = [next(iter(shapes.of))]
    with pytest.raises(NotImplementedError):
        list(shapes.queries(shape, ""))
