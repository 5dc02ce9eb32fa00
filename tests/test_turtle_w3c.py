"""Our Turtle on the RDF 1.1 Turtle evaluation tests of W3C.

Each test's triples are written by our writer and read back by pyoxigraph and by
serdi; all three must be the same. A build has no blank nodes, so that those of the
tests get IRIs before they are written.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph
import pytest
from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat

from zhengpu.graph.turtle import turtle
from zhengpu.graph.vocabulary import Term, Triple
from zhengpu.use.pushing import skolemised

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

DATA = Path(__file__).parent / "turtle" / "evaluation.json"
TESTS = json.loads(DATA.read_bytes())["tests"]
PREFIXES = {"": "http://a.example/", "w3": "http://www.w3.org/2013/TurtleTests/"}


def canonical(quads: Iterable[pyoxigraph.Quad]) -> set[pyoxigraph.Quad]:
    """The quads with blank nodes named alike where the graphs are isomorphic."""
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return set(dataset)


def terms_of(triples: Iterable[pyoxigraph.Triple]) -> list[Triple]:
    """The triples as our writer takes them."""
    return [
        (Term(str(one.subject)), Term(str(one.predicate)), Term(str(one.object)))
        for one in triples
    ]


@pytest.fixture(params=TESTS)
def triples(request: pytest.FixtureRequest) -> set[pyoxigraph.Triple]:
    """The triples that a test's Turtle stands for, read by pyoxigraph."""
    test = TESTS[request.param]
    quads = pyoxigraph.parse(test["turtle"], RdfFormat.TURTLE, base_iri=test["base"])
    return set(skolemised(quad.triple for quad in quads))


@pytest.mark.parametrize("name", TESTS)
def test_pyoxigraph_is_an_arbiter(name: str) -> None:
    """What it reads is what W3C says it should be."""
    test = TESTS[name]
    found = pyoxigraph.parse(test["turtle"], RdfFormat.TURTLE, base_iri=test["base"])
    stated = pyoxigraph.parse(test["triples"], RdfFormat.N_TRIPLES)
    assert canonical(found) == canonical(stated)


def test_what_we_write_is_read_back_by_pyoxigraph(
    triples: set[pyoxigraph.Triple],
) -> None:
    for table in (PREFIXES, None):
        text = "".join(turtle(terms_of(triples), table))
        again = pyoxigraph.parse(text, RdfFormat.TURTLE)
        assert {quad.triple for quad in again} == triples


def test_what_we_write_is_read_back_by_serdi(
    triples: set[pyoxigraph.Triple], needs: Callable[[str], str]
) -> None:
    text = "".join(turtle(terms_of(triples), PREFIXES))
    command = [needs("serdi"), "-i", "turtle", "-o", "ntriples", "-"]
    done = subprocess.run(command, input=text.encode(), capture_output=True, check=True)
    again = pyoxigraph.parse(done.stdout, RdfFormat.N_TRIPLES)
    assert {quad.triple for quad in again} == triples
