"""A file in, the same facts out every time, each leading back to its source."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from array import array
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from one_text import document, frame_of, tell

from zhengpu.extraction.registry import Registry
from zhengpu.model import EntityType, Extraction, RawText, Relation
from zhengpu.settings import shipped
from zhengpu.stages import assemble, extract, read_document
from zhengpu.text.cleaning import CleanText, clean
from zhengpu.text.pieces import documents_of
from zhengpu.text.widths import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhengpu.model import Span

HERE = Path(__file__).parent
REPORTS = sorted([*shipped("seeds").glob("*.txt"), *(HERE / "reports").rglob("*.txt")])
each_report = pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)


def raw(path: Path) -> RawText:
    return RawText(path.name, path.read_text(encoding="utf-8"), "", "utf-8")


# --------------------------------------------------------------- the same again


@each_report
def test_the_same_text_gives_the_same_extraction(path: Path) -> None:
    assert extract(raw(path)) == extract(raw(path))


def test_a_file_does_not_depend_on_those_read_before_it() -> None:
    first, second = (raw(path) for path in REPORTS[:2])
    alone = extract(second)
    extract(first)
    assert extract(second) == alone


SCRIPT = """
import hashlib, sys
from zhengpu.model import RawText
from zhengpu.stages import extract
text = sys.stdin.buffer.read().decode()
print(hashlib.sha256(repr(extract(RawText("a.txt", text, "", "utf-8"))).encode()).hexdigest())
"""


def test_the_order_of_sets_makes_no_difference() -> None:
    """Python orders sets of strings by a seed that differs for each process."""
    path = HERE / "reports" / "batch-a" / "county_cppcc.txt"
    given_ = path.read_bytes().replace(b"\r", b"")
    found = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            input=given_,
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(found) == 1


# ---------------------------------------------------------- back to the source


def quotes(found: Extraction) -> Iterator[tuple[str, Span | tuple[int, int]]]:
    """Clean text and source span of every mention and sentence."""
    for link in found.mentions:
        yield link.mention.text, (link.mention.start, link.mention.end)
    for sentence in found.sentences:
        yield sentence.text, sentence.span


def left_of(source: str, span: tuple[int, int], cleaned: CleanText) -> str:
    """A source span without what cleaning removed, width for width."""
    removed = {
        offset
        for removal in cleaned.removed
        if removal.start < span[1] and removal.end > span[0]
        for offset in range(removal.start, removal.end)
    }
    return fold("".join(source[i] for i in range(*span) if i not in removed))


def astray(found: Extraction, cleaned: CleanText) -> list[str]:
    """The quotes whose source span holds other characters."""
    source = found.raw.text
    return [
        text
        for text, span in quotes(found)
        if left_of(source, tuple(span), cleaned) != fold(text)  # type: ignore[arg-type]
    ]


@each_report
def test_every_mention_and_sentence_leads_to_its_characters_in_the_source(
    path: Path,
) -> None:
    source = raw(path)
    found = extract(source)
    assert len(found.mentions) > 20
    assert astray(found, clean(source)) == []


def test_a_name_may_go_over_the_end_of_a_line() -> None:
    """This file has its lines cut at a fixed width, in names, too."""
    source = raw(shipped("seeds") / "000_da7b3eb4b32fddaa.txt")
    found = extract(source)
    cut = [
        link.mention
        for link in found.mentions
        if "\n" in source.text[link.mention.start : link.mention.end]
    ]
    assert cut
    assert all("\n" not in mention.text for mention in cut)


@each_report
def test_an_offset_map_shifted_by_one_is_noticed(path: Path) -> None:
    source = raw(path)
    cleaned = clean(source)
    shifted = replace(
        cleaned,
        offsets=array("I", (min(o + 1, len(source.text) - 1) for o in cleaned.offsets)),
    )
    registry = Registry()
    readings = [
        read_document(document_, framed, registry)
        for document_, framed in documents_of(shifted)
    ]
    found = assemble(source, shifted, registry, readings)
    assert len(astray(found, cleaned)) > len(found.mentions) // 2


@each_report
def test_evidence_lies_in_the_sentence_that_it_names(path: Path) -> None:
    found = extract(raw(path))
    stated = [s.evidence for s in found.statements]
    counted = [o.evidence for o in found.observations]
    assert stated
    for evidence in (*stated, *counted):
        whole = found.sentences[evidence.sentence].span
        assert evidence.spans
        for span in evidence.spans:
            assert whole.start <= span.start < span.end <= whole.end
        assert "/" in evidence.rule
        assert 0 < evidence.confidence <= 1


ENDS = {
    Relation.PRESENTED_BY: ("DOC", "PER"),
    Relation.PRESENTED_AT: ("DOC", "EVT"),
    Relation.HOLDS_POST: ("PER", "ORG"),
    Relation.LEFT_POST: ("PER", "ORG"),
    Relation.SUB_ORGANIZATION_OF: ("ORG", "ORG"),
    Relation.LOCATED_IN: ("ORG PLC PRG EVT", "PLC"),
    Relation.LEADS: ("ORG", "ORG"),
    Relation.COOPERATES_WITH: ("ORG PLC", "ORG PLC"),
    Relation.ORGANIZES: ("ORG", "EVT PRG"),
    Relation.PARTICIPATES_IN: ("ORG PER PLC", "EVT PRG"),
    Relation.PRODUCES: ("ORG PER", "DOC"),
    Relation.REVIEWS: ("ORG", "DOC"),
    Relation.STUDIES: ("ORG", "DOC EVT"),
    Relation.INSPECTS: ("ORG PER", "PLC ORG PRG"),
    Relation.SUPPORTS: ("ORG PER", "PLC ORG PRG PER"),
    Relation.ESTABLISHES: ("ORG", "ORG PRG PLC"),
    Relation.RECEIVES: ("ORG PER PLC DOC PRG", "AWD"),
    Relation.SUBMITS_TO: ("ORG", "ORG"),
    Relation.ABOUT: ("DOC EVT PRG", "PRG PLC ORG"),
    Relation.PART_OF: ("PRG EVT DOC", "PRG EVT DOC"),
}
"""Types of subjects and objects, as the guidelines have them."""


@each_report
def test_relations_join_what_the_guidelines_let_them_join(path: Path) -> None:
    found = extract(raw(path))
    types = {entity.id: entity.type for entity in found.entities}
    for one in found.statements:
        ends = (types[one.subject], types[one.object])
        assert all(map(str.__contains__, ENDS[one.relation], ends)), (ends, one)


@each_report
def test_statements_are_between_entities_of_the_file_each_once(path: Path) -> None:
    found = extract(raw(path))
    ids = [entity.id for entity in found.entities]
    keys = [(entity.type, entity.name, entity.scope) for entity in found.entities]
    assert len(set(ids)) == len(ids)
    assert len(set(keys)) == len(keys)
    facts = [
        (s.subject, s.relation, s.object, s.role, s.planned) for s in found.statements
    ]
    assert len(set(facts)) == len(facts)
    for statement in found.statements:
        assert {statement.subject, statement.object} <= set(ids)
        assert statement.subject != statement.object
        assert bool(statement.role) == (
            statement.relation in {Relation.HOLDS_POST, Relation.LEFT_POST}
        )
    for link in found.mentions:
        assert (link.entity in ids) if link.entity else link.reason


@each_report
def test_the_ends_of_a_relation_are_of_the_types_that_it_joins(path: Path) -> None:
    found = extract(raw(path))
    types = {entity.id: entity.type for entity in found.entities}
    org, per, doc = EntityType.ORG, EntityType.PER, EntityType.DOC
    ends = {
        Relation.PRESENTED_BY: ({doc}, {per}),
        Relation.PRESENTED_AT: ({doc}, {EntityType.EVT}),
        Relation.HOLDS_POST: ({per}, {org}),
        Relation.LEFT_POST: ({per}, {org}),
        Relation.SUB_ORGANIZATION_OF: ({org}, {org}),
        Relation.PRODUCES: ({org, per}, {doc}),
        Relation.REVIEWS: ({org, per}, {doc}),
        Relation.SUBMITS_TO: ({org}, {org}),
        Relation.LEADS: ({org}, {org}),
    }
    wrong = [
        (s.evidence.rule, types[s.subject], types[s.object])
        for s in found.statements
        if s.relation in ends
        and (
            types[s.subject] not in ends[s.relation][0]
            or types[s.object] not in ends[s.relation][1]
        )
    ]
    assert wrong == []


# --------------------------------------------------------------- any text at all

PIECES = (
    "县政协", "县委、县政府", "在", "的领导下", "视察", "雁门关景区", "山西省代县", "，", "。", "；",
    "：", "\n", "“", "”", "《", "》", "（", "）", "党的二十大", "十九届二中、三中全会", "开展",
    "“护苗”行动", "主席张伟", "和", "与", "联合", "荣获", "2023年", "的", "被", "免去",
    "·", "第", "届", "\ue000", "𠮷", " ", "a", "我县", "乡村振兴", "向", "报送信息",
)  # fmt: skip


@settings(max_examples=150)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_any_text_is_read_and_what_is_found_lies_in_it(text: str) -> None:
    told = tell(text, "代县", "政协")
    mentions = [link.mention for link in told.reading.links]
    assert all(m.text == text[m.start : m.end] for m in mentions)
    assert all(a.end <= b.start for a, b in pairwise(mentions))
    for statement in told.statements:
        sentence = told.reading.document.sentences[statement.evidence.sentence]
        (span,) = statement.evidence.spans
        assert sentence.start <= span.start < span.end <= sentence.end


def test_a_count_may_stand_before_a_year() -> None:
    assert tell("12次2023年", "代县", "政协").statements == []


@pytest.mark.parametrize("text", ["", "\n", " ", "。", "\ue000\ue001", "\x00", "𠮷𠮷"])
def test_a_text_that_says_nothing_gives_nothing(text: str) -> None:
    found = extract(RawText("empty.txt", text, "", "utf-8"))
    assert (found.mentions, found.statements, found.observations) == ((), (), ())


# --------------------------------------------------------------------- the cost

SIZE = 6_000
"""Characters of the smaller of two texts that differ in length alone."""

GROWTH = 3.2
"""How much longer twice the text may take: linear is 2, quadratic is 4."""

MONOTONOUS = (
    "经济社会发展", "“", "”", "“甲", "《", "“”", "（", "、", "的", "在", "·", "第一", "数",
    "一", "1", "a", " ", "2020年", "县域经济", "围绕", "听取", "被评为", "会议", "主席张三、",
    "阿不都·", "中心", "有限公司", "学校", "\n", "县政协调研，", "代县政协。\n",
)  # fmt: skip


def cost(text: str) -> float:
    """The least processor time of two readings, in seconds."""
    times = []
    for _ in range(2):
        start = time.process_time()
        read_document(document(text), frame_of("代县", "政协"), Registry())
        times.append(time.process_time() - start)
    return min(times)


def repeated(piece: str, size: int) -> str:
    return (piece * (size // len(piece) + 1))[:size]


def assert_linear(short: str, long: str) -> None:
    """A second try before it fails: other work on the machine disturbs a clock."""
    growth = cost(long) / cost(short)
    if growth >= GROWTH:
        growth = min(growth, cost(long) / cost(short))
    assert growth < GROWTH, f"twice the text takes {growth:.1f} times as long"


@pytest.mark.parametrize("piece", MONOTONOUS)
def test_the_cost_of_a_monotonous_text_grows_with_its_length(piece: str) -> None:
    assert_linear(repeated(piece, SIZE), repeated(piece, 2 * SIZE))


@pytest.mark.parametrize("marks", ["《》", "“”", "（）", "“《》”"])
def test_the_cost_of_marks_in_marks_grows_with_their_number(marks: str) -> None:
    half = len(marks) // 2

    def nested(size: int) -> str:
        return marks[:half] * (size // 2) + "县" + marks[half:] * (size // 2)

    assert_linear(nested(SIZE), nested(2 * SIZE))


def test_a_long_text_without_punctuation_is_read() -> None:
    text = repeated("经济社会高质量发展视察雁门关景区", 100_000)
    told = tell(text, "代县", "政协")
    assert len(told.mentions) > 1_000


def test_a_fact_that_is_stated_twice_keeps_both_sentences() -> None:
    """Once in the list of facts, with a place for each sentence."""
    text = "代县政协工作报告\n\n开展“护苗”行动3次。\n\n全年开展“护苗”行动，成效明显。\n"
    found = extract(RawText("a.txt", text, "", "utf-8"))
    (one,) = [s for s in found.statements if s.relation is Relation.ORGANIZES]
    held = [found.sentences[place.sentence].text for place in one.places]
    assert held == ["开展“护苗”行动3次。", "全年开展“护苗”行动，成效明显。"]
