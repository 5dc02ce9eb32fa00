"""What mends a broken shape: the sentence and the table to paste."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from zhengpu.graph import store
from zhengpu.graph.assembly import triples
from zhengpu.graph.corrections_file import parse
from zhengpu.graph.mending import mended
from zhengpu.graph.merging import merge
from zhengpu.graph.reported import Violation
from zhengpu.graph.turtle import write_turtle
from zhengpu.graph.validation import validate
from zhengpu.model import EntityType, Relation

if TYPE_CHECKING:
    from pyoxigraph import Store

    from zhengpu.model import Extraction


@pytest.fixture(scope="module")
def broken(
    gold: tuple[Extraction, ...], tmp_path_factory: pytest.TempPathFactory
) -> Store:
    """A build in which a body that studies has become an award."""
    folder = tmp_path_factory.mktemp("broken")
    first = gold[0]
    wrong = next(s.object for s in first.statements if s.relation is Relation.STUDIES)
    entities = tuple(
        replace(entity, type=EntityType.AWD) if entity.id == wrong else entity
        for entity in first.entities
    )
    facts, evidence = triples(merge([replace(first, entities=entities)]))
    write_turtle(facts, folder / store.GRAPH)
    write_turtle(evidence, folder / store.EVIDENCE)
    return store.load(folder)


def test_a_claim_that_breaks_a_shape_is_rejected_by_its_table(broken: Store) -> None:
    found = mended(validate(broken), broken)
    assert found
    for violation in found:
        assert violation.quote
        (entry,) = parse(violation.correction).entries
        assert entry.kind in {"reject", "retype"}
        said = dict(entry.said)
        assert violation.focus.endswith(tuple(said.values())), said


def test_a_thing_in_the_wrong_place_gets_the_type_that_the_shape_asks_for(
    broken: Store,
) -> None:
    claim = next(
        quad for quad in broken if quad.predicate.value.endswith("rdf-syntax-ns#object")
    )
    focus = getattr(claim.object, "value", "")
    (found,) = mended([Violation("PersonObject", focus, "")], broken)
    (entry,) = parse(found.correction).entries
    assert (entry.kind, entry.get("type")) == ("retype", "PER")


def test_a_figure_is_rejected_with_value_and_unit(broken: Store) -> None:
    focus = next(
        subject.value
        for subject in sorted(
            {
                quad.subject
                for quad in broken
                if quad.predicate.value.endswith("#measure")
            },
            key=str,
        )
        if hasattr(subject, "value")
    )
    (found,) = mended([Violation("ObservationValue", focus, "")], broken)
    (entry,) = parse(found.correction).entries
    assert entry.get("measure")
    assert entry.get("value")
    assert found.quote


@pytest.mark.parametrize("focus", ["no iri", "https://w3id.org/zhengpu/id/ORG/nobody"])
def test_what_nothing_is_known_of_stays_as_it_is(broken: Store, focus: str) -> None:
    violation = Violation("Label", focus, "text")
    assert mended([violation], broken) == [violation]
