"""Turtle that reads alike everywhere."""

from __future__ import annotations

import io
import time
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
import rdflib
from gold_extractions import extraction_of
from hypothesis import example, given, settings
from hypothesis import strategies as st

from zhengpu.errors import ReadingError
from zhengpu.graph import store
from zhengpu.graph.assembly import triples
from zhengpu.graph.merging import merge
from zhengpu.graph.turtle import (
    LOCAL,
    LONGEST,
    TYPE,
    Tokens,
    trig,
    turtle,
    write_turtle,
)
from zhengpu.graph.vocabulary import RDF, XSD, ZP, literal, node, prefixes, typed
from zhengpu.model import Entity, EntityType, Extraction

if TYPE_CHECKING:
    from pathlib import Path

    from zhengpu.graph.vocabulary import Term, Triple

ID = "https://w3id.org/zhengpu/id/"

HOSTILE = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from(
            "\"'\\\n\r\t\x00\x1f\x7f\u2028\u202e\u200f\ufffe𠀀😀]>&“”·；.-~"
        ),
    ),
    max_size=20,
) | st.sampled_from(["]]>", "<script>alert(1)</script>", '"""', "@prefix x: <y> ."])


def canonical(text: bytes, form: ox.RdfFormat) -> ox.Dataset:
    """The RDFC-1.0 canonical form of what pyoxigraph reads."""
    dataset = ox.Dataset(ox.parse(input=text, format=form))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


def ntriples(graph: list[Triple]) -> bytes:
    """The triples as N-Triples."""
    return "".join(f"{s} {p} {o} .\n" for s, p, o in graph).encode()


def assert_round_trip(graph: list[Triple]) -> None:
    """Pyoxigraph and rdflib both read the Turtle as what was meant."""
    text = "".join(turtle(graph)).encode()
    meant = canonical(ntriples(graph), ox.RdfFormat.N_TRIPLES)
    assert canonical(text, ox.RdfFormat.TURTLE) == meant
    read = rdflib.Graph(bind_namespaces="none").parse(data=text, format="turtle")
    again = read.serialize(format="nt", encoding="utf-8")
    assert canonical(again, ox.RdfFormat.N_TRIPLES) == meant


def test_the_gold_is_read_back_by_both(gold: tuple[Extraction, ...]) -> None:
    facts, evidence = triples(merge(gold))
    assert_round_trip([*facts, *evidence])


@settings(max_examples=150)
@given(st.lists(st.tuples(HOSTILE, HOSTILE, HOSTILE), min_size=1, max_size=4))
def test_hostile_names_are_read_back_by_both(
    names: list[tuple[str, str, str]],
) -> None:
    entities = tuple(
        Entity(f"e{at}", EntityType.ORG, name, (alias,), scope)
        for at, (name, alias, scope) in enumerate(names)
    )
    facts, evidence = triples(merge([extraction_of("甲。", entities)]))
    assert_round_trip([*facts, *evidence])


@given(st.text(min_size=1, max_size=5))
def test_a_prefixed_name_is_what_pyoxigraph_takes(local: str) -> None:
    if LOCAL.fullmatch(local):
        text = f"@prefix x: <http://x/> . x:{local} x:{local} x:{local} .".encode()
        (quad,) = ox.parse(input=text, format=ox.RdfFormat.TURTLE)
        assert str(quad.subject) == f"<http://x/{local}>"


@pytest.mark.slow
def test_every_character_is_prefixed_only_where_pyoxigraph_takes_it() -> None:
    """All of Unicode, at the beginning, inside and at the end of a name."""
    names = [
        local
        for sign in map(chr, range(0x20, 0x110000))
        for local in (sign, f"a{sign}b", f"a{sign}")
        if LOCAL.fullmatch(local)
    ]
    assert len(names) > 200_000
    for at in range(0, len(names), 1_000):
        batch = names[at : at + 1_000]
        lines = [f"x:{local} x:a x:a ." for local in batch]
        text = "\n".join(["@prefix x: <http://x/> .", *lines]).encode()
        read = ox.parse(input=text, format=ox.RdfFormat.TURTLE)
        written = [f"<http://x/{local}>" for local in batch]
        assert [str(quad.subject) for quad in read] == written


@pytest.mark.parametrize(
    "name", ["“甲”", "甲—乙", "甲…", "·甲", "甲~乙", "甲.", "甲•乙", "甲○"]
)
def test_a_name_that_would_need_a_backslash_is_written_in_full(name: str) -> None:
    iri = node(f"{ID}PRG/{name}")
    assert Tokens(prefixes())[iri] == iri


@pytest.mark.parametrize(
    "name", ["甲", "甲·乙", "甲（乙）", "2020年", "100%25", "甲:乙"]
)
def test_a_plain_name_is_prefixed(name: str) -> None:
    assert Tokens(prefixes())[node(f"{ID}PRG/{name}")] == f"program:{name}"


def test_no_backslash_stands_outside_a_literal(gold: tuple[Extraction, ...]) -> None:
    facts, _ = triples(merge(gold))
    for subject, predicate, value in facts:
        tokens = Tokens(prefixes())
        assert "\\" not in tokens[subject] + tokens[predicate]
        if value[0] == "<":
            assert "\\" not in tokens[value]


def test_the_text_is_sorted_with_types_first_and_a_line_between() -> None:
    one, two = node(f"{ID}ORG/甲"), node(f"{ID}ORG/甲-乙")
    graph: list[Triple] = [
        (two, ZP.scope, literal("1")),
        (one, ZP.leads, literal("2")),
        (one, ZP.about, one),
        (one, RDF.type, ZP.Organization),
        (one, ZP.leads, literal("1")),
        (one, ZP.leads, literal("1")),
    ]
    body = "".join(turtle(graph, {"zp": prefixes()["zp"], "b": f"{ID}ORG/"}))
    assert body == (
        "@prefix b: <https://w3id.org/zhengpu/id/ORG/> .\n"
        "@prefix zp: <https://w3id.org/zhengpu/ontology#> .\n"
        "\nb:甲 a zp:Organization ;\n"
        "    zp:about b:甲 ;\n"
        '    zp:leads "1" ,\n        "2" .\n'
        '\nb:甲-乙 zp:scope "1" .\n'
    )


TERMS = st.sampled_from(
    [node(f"{ID}ORG/甲"), node(f"{ID}ORG/乙"), ZP.leads, RDF.type, literal("1")]
)


@given(
    st.lists(
        st.tuples(
            st.sampled_from([node(f"{ID}ORG/甲"), node(f"{ID}PER/乙:1")]),
            st.sampled_from([ZP.leads, ZP.about, RDF.type, RDF.subject]),
            TERMS | st.integers(0, 99).map(lambda n: literal(str(n))),
        ),
        max_size=3 * LONGEST,
    )
)
@example([(node(f"{ID}ORG/甲"), ZP.leads, literal(str(n))) for n in range(LONGEST + 9)])
def test_the_text_is_that_of_sorted_triples_in_whatever_order_they_come(
    graph: list[Triple],
) -> None:
    """Also where a subject has more triples than its layout is kept for."""
    tokens, lines = Tokens({}), list[str]()
    last: tuple[str, ...] = ("", "", "")
    for s, p, v in sorted(set(graph), key=lambda t: (t[0][:-1], t[1] != TYPE, t[1:])):
        if s != last[0]:
            lines += [" .\n"] if lines else []
            lines.append(f"\n{tokens[s]} {tokens[p]} {tokens[v]}")
        elif p != last[1]:
            lines.append(f" ;\n    {tokens[p]} {tokens[v]}")
        else:
            lines.append(f" ,\n        {tokens[v]}")
        last = (s, p, v)
    lines += [" .\n"] if lines else []
    assert "".join(turtle(graph, {})) == "".join(lines)


@pytest.mark.parametrize(
    ("term", "token"),
    [
        (typed("true", XSD.boolean), "true"),
        (typed("14", XSD.integer), "14"),
        (typed("007", XSD.integer), '"007"^^xsd:integer'),
        (typed("5", XSD.decimal), '"5"^^xsd:decimal'),
        (typed("2020", XSD.gYear), '"2020"^^xsd:gYear'),
        (typed("x", node("http://other/type")), '"x"^^<http://other/type>'),
    ],
)
def test_typed_values(term: Term, token: str) -> None:
    assert Tokens(prefixes())[term] == token


def test_the_order_of_triples_makes_no_difference(
    gold: tuple[Extraction, ...],
) -> None:
    facts, _ = triples(merge(gold))
    assert "".join(turtle(facts)) == "".join(turtle(reversed(facts)))


def test_a_file_and_a_path_hold_the_same(tmp_path: Path) -> None:
    graph: list[Triple] = [(node(f"{ID}ORG/甲"), ZP.scope, literal("一\n二"))]
    file = io.BytesIO()
    write_turtle(graph, file)
    write_turtle(graph, tmp_path / "graph.ttl")
    assert (tmp_path / "graph.ttl").read_bytes() == file.getvalue()


def test_trig_keeps_graphs_apart() -> None:
    triple: Triple = (node(f"{ID}ORG/甲"), ZP.scope, literal("1"))
    text = "".join(trig({node("urn:a"): [triple], node("urn:b"): [triple]}))
    quads = ox.parse(input=text.encode(), format=ox.RdfFormat.TRIG)
    assert {str(quad.graph_name) for quad in quads} == {"<urn:a>", "<urn:b>"}


def test_a_build_is_loaded_whole(tmp_path: Path, gold: tuple[Extraction, ...]) -> None:
    facts, evidence = triples(merge(gold))
    write_turtle(facts, tmp_path / store.GRAPH)
    alone = len(store.load(tmp_path))
    write_turtle(evidence, tmp_path / store.EVIDENCE)
    assert alone == len(facts)
    assert len(store.load(tmp_path)) > alone
    names = {str(name) for name in store.load(tmp_path, named=True).named_graphs()}
    assert names == {"<urn:zhengpu:graph>", "<urn:zhengpu:evidence>"}


def test_no_graph_is_said(tmp_path: Path) -> None:
    with pytest.raises(ReadingError) as caught:
        store.load(tmp_path)
    assert caught.value.code == "no-graph"


def test_broken_turtle_is_said(tmp_path: Path) -> None:
    (tmp_path / store.GRAPH).write_text("这不是图谱", encoding="utf-8")
    with pytest.raises(ReadingError) as caught:
        store.load(tmp_path)
    assert caught.value.code == "bad-turtle"


def seconds_to_write(subjects: int) -> float:
    """The CPU time that four triples of each subject take."""
    graph: list[Triple] = [
        (node(f"{ID}ORG/某某县委员会{at}"), ZP[name], node(f"{ID}PLC/乙市:{at % 999}"))
        for at in range(subjects)
        for name in ("leads", "about", "locatedIn", "supports")
    ]
    begin = time.process_time()
    write_turtle(graph, io.BytesIO())
    return time.process_time() - begin


@pytest.mark.slow
def test_the_cost_of_writing_is_linear() -> None:
    assert seconds_to_write(20_000) < 8 * seconds_to_write(5_000) + 0.2
