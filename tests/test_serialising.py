"""The JSON of an extraction: its format, its order, its exactness."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from zhengpu.model import (
    Entity,
    EntityType,
    Evidence,
    Extraction,
    Finding,
    Frame,
    FramedDocument,
    Link,
    Mention,
    Observation,
    RawText,
    Relation,
    Severity,
    Span,
    Statement,
)
from zhengpu.use.serialising import serialise, stems_of

TEXT = "甲会2020年立案85件，\u2028与乙会合作。\x07𠀀<script>"
RAW = RawText("年/报告.txt", TEXT, "ab" * 32, "utf-8")
EXTRACTION = Extraction(
    RAW,
    (FramedDocument("d1", Frame(kind="其他", period="2020"), Span(0, len(TEXT))),),
    entities=(
        Entity("e10", EntityType.PLC, "丙县", adcode="210921"),
        Entity("e2", EntityType.ORG, "乙会", ("乙",), "丙县", "cppcc"),
        Entity("e1", EntityType.ORG, "甲会"),
    ),
    mentions=(
        Link(Mention(EntityType.ORG, 15, 17, "乙会", "r/two"), "e2"),
        Link(Mention(EntityType.ORG, 0, 2, "甲会", "r/one"), None, "unknown"),
    ),
    statements=(
        Statement(
            "e1",
            Relation.COOPERATES_WITH,
            "e2",
            Evidence(0, (Span(14, 19), Span(0, 2)), "r/with", 0.9),
        ),
        Statement(
            "e1",
            Relation.HOLDS_POST,
            "e2",
            Evidence(0, (Span(0, 2),), "r/post"),
            role="主席",
            planned=True,
        ),
    ),
    observations=(
        Observation(
            "e1",
            "立案",
            Decimal(85),
            "件",
            Evidence(0, (Span(7, 12),), "r/count"),
            period="2020",
            basis="其中",
        ),
    ),
    findings=(Finding(Severity.INFO, "text", "code", (("a", "1"),), Span(1, 2)),),
)


@pytest.fixture(scope="module")
def content() -> dict[str, Any]:
    """What the extraction above is written as."""
    loaded: dict[str, Any] = json.loads(serialise(EXTRACTION))
    return loaded


def test_keys_stand_in_the_order_of_the_format(content: dict[str, Any]) -> None:
    assert " ".join(content) == (
        "format source sha256 encoding characters documents mentions entities"
        " relations statistics findings"
    )
    assert " ".join(content["documents"][0]) == (
        "id kind title place adcode body presenter date meeting period start end"
    )
    assert " ".join(content["relations"][0]) == (
        "subject relation object role planned confidence rule evidence"
    )
    assert " ".join(content["statistics"][0]) == (
        "subject indicator measure value unit approx period basis planned rule start end"
    )


def test_lists_are_sorted(content: dict[str, Any]) -> None:
    assert [mention["start"] for mention in content["mentions"]] == [0, 15]
    assert [entity["name"] for entity in content["entities"]] == [
        "乙会",
        "甲会",
        "丙县",
    ]
    relations = [relation["relation"] for relation in content["relations"]]
    assert relations == ["holdsPost", "cooperatesWith"]


def test_the_order_in_which_things_were_found_makes_no_difference() -> None:
    turned = replace(
        EXTRACTION,
        entities=EXTRACTION.entities[::-1],
        mentions=EXTRACTION.mentions[::-1],
        statements=EXTRACTION.statements[::-1],
    )
    assert serialise(turned) == serialise(EXTRACTION)


def test_a_mention_without_entity_says_null(content: dict[str, Any]) -> None:
    assert content["mentions"][0]["entity"] is None


def test_a_role_is_written_only_where_there_is_one(content: dict[str, Any]) -> None:
    assert content["relations"][0]["role"] == "主席"
    assert "role" not in content["relations"][1]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("5E+4", "50000"),
        ("87.1", "87.1"),
        ("0.6830", "0.6830"),
        ("12345678901234567890.123456789", "12345678901234567890.123456789"),
        ("-3", "-3"),
    ],
)
def test_numbers_keep_every_digit(value: str, written: str) -> None:
    first = replace(EXTRACTION.observations[0], value=Decimal(value))
    text = serialise(replace(EXTRACTION, observations=(first,)))
    assert f'"value": {written},' in text
    json.loads(text)


def test_strange_characters_survive(content: dict[str, Any]) -> None:
    odd = replace(RAW, name='a"\\\n\x07𠀀]]><script>.txt')
    again = json.loads(serialise(replace(EXTRACTION, raw=odd)))
    assert again["source"] == odd.name
    assert content["characters"] == len(TEXT)


def test_a_text_taken_out_of_a_file_is_named_with_its_sha256() -> None:
    raw = replace(RAW, encoding="text/pdf", pages=(0, 9))
    content = json.loads(serialise(replace(EXTRACTION, raw=raw), "报告.txt"))
    assert content["text"] == "报告.txt"
    assert len(content["text_sha256"]) == 64
    assert content["pages"] == [0, 9]


def test_findings_of_reading_come_once() -> None:
    reading = Finding(Severity.WARNING, "reading", "odd")
    raw = replace(RAW, findings=(reading,))
    both = replace(EXTRACTION, raw=raw, findings=(reading,))
    assert len(json.loads(serialise(both))["findings"]) == 1


def test_every_gold_extraction_is_one_record_to_a_line(
    gold: tuple[Extraction, ...],
) -> None:
    for extraction in gold:
        text = serialise(extraction)
        content = json.loads(text)
        records = sum(
            len(value) for value in content.values() if isinstance(value, list)
        )
        plain = sum(not isinstance(value, list) for value in content.values())
        lists = len(content) - plain
        empty = sum(value == [] for value in content.values())
        assert text.count("\n") == records + plain + 2 * lists - empty + 2


# -- names of the files --


def raw(name: str, sha256: str) -> RawText:
    return RawText(name, "", sha256 * 8, "utf-8")


@pytest.mark.parametrize(
    ("names", "stems"),
    [
        (["a.b.txt"], ["a.b"]),
        (["x/a.txt", "y/a.txt"], ["a~00000000", "a~11111111"]),
        (["A.txt", "a.md"], ["A~00000000", "a~11111111"]),
        (["e\u0301.txt", "\u00e9.txt"], ["e\u0301~00000000", "\u00e9~11111111"]),
        (["报" * 80 + ".txt"], ["报" * 60 + "~00000000"]),
    ],
)
def test_what_an_extraction_is_called(names: list[str], stems: list[str]) -> None:
    assert stems_of([raw(name, str(at)) for at, name in enumerate(names)]) == stems


def test_the_order_of_the_files_makes_no_difference_to_their_names() -> None:
    raws = [raw("x/a.txt", "1"), raw("b.txt", "2"), raw("y/a.md", "3")]
    assert stems_of(raws[::-1]) == stems_of(raws)[::-1]
