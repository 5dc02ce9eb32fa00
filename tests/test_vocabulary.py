"""The names a build may write."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from zhengpu.graph.vocabulary import (
    KINDS,
    ZP,
    concept,
    digest,
    iri,
    key,
    literal,
    notations,
    prefixes,
    segment,
)
from zhengpu.knowledge.lexicon import table
from zhengpu.model import EntityType, Relation


def test_a_misspelt_term_raises() -> None:
    with pytest.raises(AttributeError, match="lead is no term"):
        _ = ZP.lead


def test_every_relation_is_a_property() -> None:
    assert all(relation.value in ZP.terms for relation in Relation)


def test_every_type_has_a_prefix() -> None:
    assert set(EntityType) <= set(KINDS.values())


def test_each_class_of_iri_has_one_prefix() -> None:
    table = prefixes()
    assert len(set(table.values())) == len(table)
    assert list(table) == sorted(table)


def test_another_base_moves_the_things_but_not_the_ontology() -> None:
    table = prefixes("https://example.org/")
    assert table["body"] == "https://example.org/id/ORG/"
    assert table["zp"] == prefixes()["zp"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("“金点子”征集活动", "金点子征集活动"),
        ("十 四 五\n\n规划", "十四五规划"),
        ("习近平谈治国理政（第三卷）", "习近平谈治国理政（第三卷）"),
        ("100%全覆盖", "100%25全覆盖"),
        ("A/B#C?d", "A%2FB%23C%3Fd"),
        ("买买提·吐尔逊", "买买提·吐尔逊"),
        ("<script>", "%3Cscript%3E"),
        ("\u202e倒", "%E2%80%AE倒"),
        ("\ue000", "%EE%80%80"),
        ("a\u0301", "á"),
        ("“”", "“”"),
    ],
)
def test_segments_keep_chinese_and_encode_what_is_reserved(
    name: str, expected: str
) -> None:
    assert segment(name) == expected


def test_a_lone_surrogate_is_no_part_of_an_iri() -> None:
    assert segment("\ud800") == "%3F"


@given(st.text(min_size=1))
def test_every_name_makes_a_valid_iri(name: str) -> None:
    """Also a name of quotes, controls or private characters."""
    made = iri("ORG", name, "210921")
    NamedNode(made)
    assert unicodedata.is_normalized("NFC", made)
    assert not any(sign.isspace() for sign in made)


def test_the_scope_tells_namesakes_apart() -> None:
    codes = ("320106", "350102", "320302", "410204")
    assert len({key("PLC", "鼓楼区", code) for code in codes}) == len(codes)


def test_a_colon_in_a_name_is_no_scope() -> None:
    assert key("DOC", "甲:乙") != key("DOC", "甲", "乙")


@given(st.lists(st.text()), st.lists(st.text()))
def test_digests_differ_where_the_parts_do(left: list[str], right: list[str]) -> None:
    # lone surrogates, which no file holds, all count as one character
    one, two = (
        [part.encode("utf-8", "replace") for part in parts] for parts in (left, right)
    )
    assert (digest(*left) == digest(*right)) == (one == two)


def test_literals_escape_what_turtle_needs() -> None:
    assert literal('a"b\\c\n\r\t\x00\x7f\ufffe') == (
        '"a\\"b\\\\c\\n\\r\\t\\u0000\\u007F\\uFFFE"'
    )


def test_a_lone_surrogate_becomes_the_replacement_character() -> None:
    assert literal("a\ud800") == '"a\ufffd"'


@pytest.mark.parametrize("scheme", ["organizationType", "programType", "indicator"])
def test_chinese_labels_name_concepts_too(scheme: str) -> None:
    names = notations(scheme)
    assert set(names.values()) <= set(names)
    assert any(not name.isascii() for name in names)


def test_an_unknown_concept_is_none() -> None:
    assert concept("organizationType", "没有这一类") is None


@pytest.mark.parametrize(
    ("name", "type_", "scheme"),
    [
        ("names", "ORG", "organizationType"),
        ("policies", "PRG", "programType"),
    ],
)
def test_every_kind_of_the_tables_is_a_concept(
    name: str, type_: str, scheme: str
) -> None:
    rows = [row for row in table(name) if row.get("type", type_) == type_]
    assert rows
    assert {row["kind"] for row in rows} <= set(notations(scheme))
