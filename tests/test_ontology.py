"""The ontology, and what is made from it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SKOS

ROOT = Path(__file__).parent.parent
if (folder := str(ROOT / "tools")) not in sys.path:
    sys.path.append(folder)

import make_context  # noqa: E402
import make_docs_ontology  # noqa: E402
import make_indicators  # noqa: E402

from zhengpu.graph.vocabulary import CONCEPTS, ONTOLOGY, SCHEMES, ZP  # noqa: E402
from zhengpu.model import Relation  # noqa: E402

QB = rdflib.Namespace("http://purl.org/linked-data/cube#")
SCHEMA = rdflib.Namespace("https://schema.org/")


@pytest.fixture(scope="module")
def graph() -> rdflib.Graph:
    """The ontology as rdflib reads it."""
    return rdflib.Graph(bind_namespaces="none").parse(ROOT / "ontology/zhengpu.ttl")


def own(graph: rdflib.Graph, kind: rdflib.URIRef) -> set[str]:
    """The names of the ontology's terms of a kind."""
    found = {str(term) for term in graph.subjects(RDF.type, kind)}
    return {t.removeprefix(ONTOLOGY) for t in found if t.startswith(ONTOLOGY)}


@pytest.mark.parametrize("name", ["zhengpu.ttl", "shapes.ttl"])
def test_pyoxigraph_and_rdflib_read_the_same(name: str) -> None:
    path = ROOT / "ontology" / name
    strict = list(ox.parse(path=path, format=ox.RdfFormat.TURTLE))
    assert len(rdflib.Graph().parse(path)) == len(strict)


def test_the_vocabulary_is_the_ontology(graph: rdflib.Graph) -> None:
    """Whatever a build may write is defined, and nothing else is."""
    found = {str(term) for term in graph.subjects() if str(term).startswith(ONTOLOGY)}
    assert {f"<{term}>" for term in found} == set(ZP.terms.values())


def test_there_are_fifteen_classes(graph: rdflib.Graph) -> None:
    assert len(own(graph, OWL.Class)) == 15


def test_every_relation_is_defined(graph: rdflib.Graph) -> None:
    assert {relation.value for relation in Relation} <= own(graph, OWL.ObjectProperty)


def test_every_term_speaks_chinese_and_english(graph: rdflib.Graph) -> None:
    for term in set(graph.subjects(RDFS.isDefinedBy)):
        for prop in (RDFS.label, RDFS.comment):
            texts = list(graph.objects(term, prop))
            spoken = sorted(str(getattr(text, "language", "")) for text in texts)
            assert spoken == ["en", "zh"], (term, prop)


def test_every_concept_speaks_chinese_and_english(graph: rdflib.Graph) -> None:
    concepts = set(graph.subjects(SKOS.inScheme))
    for concept in concepts | set(graph.subjects(RDF.type, SKOS.ConceptScheme)):
        labels = graph.objects(concept, SKOS.prefLabel)
        spoken = sorted(str(getattr(label, "language", "")) for label in labels)
        assert spoken == ["en", "zh"], concept


def test_a_concept_is_named_after_its_scheme_and_notation(graph: rdflib.Graph) -> None:
    for concept, scheme in graph.subject_objects(SKOS.inScheme):
        notation = graph.value(concept, SKOS.notation)
        assert str(concept) == f"{scheme}/{notation}"
        assert str(scheme).removeprefix(SCHEMES) in CONCEPTS.values()


def test_no_two_concepts_of_a_scheme_share_a_chinese_name(graph: rdflib.Graph) -> None:
    seen: dict[tuple[object, str], object] = {}
    for concept, scheme in graph.subject_objects(SKOS.inScheme):
        labels = [
            *graph.objects(concept, SKOS.prefLabel),
            *graph.objects(concept, SKOS.altLabel),
        ]
        for label in labels:
            other = seen.setdefault((scheme, str(label)), concept)
            assert other == concept, (label, other, concept)


def test_every_class_but_awards_is_aligned(graph: rdflib.Graph) -> None:
    bare = {
        name
        for name in own(graph, OWL.Class)
        if not list(graph.objects(rdflib.URIRef(ONTOLOGY + name), RDFS.subClassOf))
    }
    assert bare == {"Award"}


def test_domains_and_ranges_let_no_reasoner_conclude(graph: rdflib.Graph) -> None:
    assert not list(graph.subject_objects(RDFS.domain))
    assert not list(graph.subject_objects(RDFS.range))
    ranges = set(graph.subjects(SCHEMA.rangeIncludes))
    for kind in (OWL.ObjectProperty, OWL.DatatypeProperty):
        names = own(graph, kind)
        assert {rdflib.URIRef(ONTOLOGY + name) for name in names} <= ranges


def test_the_structure_of_observations_is_a_data_cube(graph: rdflib.Graph) -> None:
    structure = rdflib.URIRef(f"{ONTOLOGY}ObservationStructure")
    components = {
        (kind, part)
        for component in graph.objects(structure, QB.component)
        for kind, part in graph.predicate_objects(component)
        if str(part).startswith(ONTOLOGY)
    }
    kinds = {
        QB.dimension: QB.DimensionProperty,
        QB.measure: QB.MeasureProperty,
        QB.attribute: QB.AttributeProperty,
    }
    assert len(components) == 10
    for kind, part in components:
        assert (part, RDF.type, kinds[rdflib.URIRef(str(kind))]) in graph


def test_there_are_sixty_indicators_with_units(graph: rdflib.Graph) -> None:
    indicators = set(graph.subjects(RDF.type, rdflib.URIRef(f"{ONTOLOGY}Indicator")))
    units = set(graph.subjects(rdflib.URIRef(f"{ONTOLOGY}unit")))
    assert len(indicators) >= 60
    assert indicators <= units


def test_the_indicators_are_those_of_the_table() -> None:
    """If not: python tools/make_indicators.py."""
    text = (ROOT / "ontology/zhengpu.ttl").read_text(encoding="utf-8")
    assert make_indicators.ontology() == text


def test_the_context_is_up_to_date() -> None:
    """If not: python tools/make_context.py."""
    path = ROOT / "ontology/context.jsonld"
    assert path.read_text(encoding="utf-8") == make_context.context()


def test_the_context_holds_nothing_remote() -> None:
    context = json.loads((ROOT / "ontology/context.jsonld").read_bytes())["@context"]
    assert isinstance(context, dict)
    assert not any(isinstance(value, list) for value in context.values())


def test_the_page_is_up_to_date() -> None:
    """If not: python tools/make_docs_ontology.py."""
    path = ROOT / "docs/ontology.md"
    assert path.read_text(encoding="utf-8") == make_docs_ontology.page()
