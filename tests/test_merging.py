"""What files say together."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from gold_extractions import extraction_of
from msgspec.structs import replace

from zhengpu.graph.keys import plain
from zhengpu.graph.merging import merge
from zhengpu.messages import message
from zhengpu.model import (
    Entity,
    EntityType,
    Evidence,
    Extraction,
    Link,
    Mention,
    Observation,
    Relation,
    Span,
    Statement,
)

if TYPE_CHECKING:
    from zhengpu.graph.merged import Merged, Thing

BODY = Entity("e1", EntityType.ORG, "甲县人民政府", ("县政府",), kind="政府")
OFFICE = Entity("e2", EntityType.ORG, "甲县教育局", ("县教育局",), kind="部门")
HERE = Evidence(0, (Span(0, 5),), "a/b")
LEADS = Statement("e1", Relation.LEADS, "e2", HERE)
FIVE = Observation("e1", "提案", Decimal(5), "件", HERE)


def named(merged: Merged) -> list[Thing]:
    """All things but the reports themselves."""
    return [thing for thing in merged.things if thing.type is not EntityType.DOC]


def test_the_order_of_files_makes_no_difference(gold: tuple[Extraction, ...]) -> None:
    merged = merge(gold)
    assert merge(reversed(gold)) == merged
    assert merge(gold[2:] + gold[:2]) == merged


def test_nothing_is_lost_of_the_gold(gold: tuple[Extraction, ...]) -> None:
    merged = merge(gold)
    assert merged.findings == ()
    assert sum(len(c.attestations) for c in merged.claims) >= len(merged.claims)
    assert len(merged.sources) == len(merged.reports) == len(gold)
    said = {
        (statement.relation, statement.role, statement.planned)
        for extraction in gold
        for statement in extraction.statements
    }
    assert {(c.relation, c.role, c.planned) for c in merged.claims} == said


def test_the_same_key_is_one_thing_with_all_its_aliases() -> None:
    one = extraction_of("甲县政府。", (BODY,))
    two = extraction_of("乙。", (replace(BODY, id="x", aliases=("甲县政府",)),))
    (thing,) = named(merge([one, two]))
    assert thing.aliases == ("县政府", "甲县政府")
    assert len(thing.reports) == 2


def test_another_scope_is_another_thing() -> None:
    namesake = replace(BODY, id="e2", scope="350102")
    assert len(named(merge([extraction_of("甲。", (BODY, namesake))]))) == 2


def test_quotes_and_spaces_in_a_name_are_not_its_identity() -> None:
    one = Entity("e1", EntityType.PRG, "“书香政协”")
    two = Entity("e2", EntityType.PRG, "书香 政协")
    (thing,) = named(merge([extraction_of("书香政协。", (one, two))]))
    assert {thing.name, *thing.aliases} == {"“书香政协”", "书香 政协"}


def test_a_statement_of_two_files_is_one_claim_with_both_evidences() -> None:
    one = extraction_of("甲县政府领导县教育局。", (BODY, OFFICE), (LEADS,))
    two = extraction_of("在县政府领导下。", (BODY, OFFICE), (LEADS,))
    (claim,) = merge([one, two]).claims
    assert len({place.source for place in claim.attestations}) == 2


def test_cooperation_is_claimed_once() -> None:
    there = Statement("e1", Relation.COOPERATES_WITH, "e2", HERE)
    back = Statement("e2", Relation.COOPERATES_WITH, "e1", HERE)
    entities = (BODY, OFFICE)
    one = merge([extraction_of("甲县政府与教育局。", entities, (there, back))])
    assert len(one.claims) == 1
    other = merge([extraction_of("甲县政府与教育局。", entities, (back,))])
    assert one.claims[0].key == other.claims[0].key


@pytest.mark.parametrize(
    "other", [{"planned": True}, {"role": "局长"}, {"period": "2020"}]
)
def test_plan_role_and_period_make_another_claim(other: dict[str, str | bool]) -> None:
    changed = replace(LEADS, **other)
    merged = merge([extraction_of("甲县政府。", (BODY, OFFICE), (LEADS, changed))])
    assert len(merged.claims) == 2


def test_offset_and_rule_do_not_make_another_claim() -> None:
    elsewhere = replace(LEADS, evidence=Evidence(1, (Span(5, 9),), "c/d", 0.5))
    merged = merge(
        [extraction_of("甲县政府。县教育局。", (BODY, OFFICE), (LEADS, elsewhere))]
    )
    (claim,) = merged.claims
    assert {place.rule for place in claim.attestations} == {"a/b", "c/d"}


def test_equal_figures_are_one_and_approximate_only_if_all_are() -> None:
    about = replace(FIVE, approx=True, value=Decimal("5.0"))
    merged = merge([extraction_of("提案五件。", (BODY,), observations=(FIVE, about))])
    (figure,) = merged.figures
    assert not figure.approx


def test_a_known_indicator_makes_wordings_equal() -> None:
    one = replace(FIVE, indicator="proposals-submitted")
    two = replace(one, measure="收到提案")
    merged = merge([extraction_of("提案五件。", (BODY,), observations=(one, two))])
    (figure,) = merged.figures
    assert figure.measure == "提案"


@pytest.mark.parametrize(
    ("entities", "statements", "observations", "code"),
    [
        ((BODY,), (LEADS,), (), "misplaced-statement"),
        (
            (BODY, OFFICE),
            (replace(LEADS, evidence=Evidence(9, (), "a/b")),),
            (),
            "misplaced-statement",
        ),
        (
            (BODY,),
            (Statement("e1", Relation.LEADS, "e1", HERE),),
            (),
            "statement-about-itself",
        ),
        ((OFFICE,), (), (FIVE,), "misplaced-observation"),
        (
            (BODY,),
            (),
            (replace(FIVE, value=Decimal("NaN")),),
            "misplaced-observation",
        ),
        (
            (BODY,),
            (),
            (replace(FIVE, indicator="no-such-thing"),),
            "unknown-concept",
        ),
        ((replace(BODY, kind="没有这一类"),), (), (), "unknown-concept"),
        (
            (BODY, replace(BODY, id="e2", kind="企业")),
            (),
            (),
            "files-disagree",
        ),
    ],
)
def test_what_cannot_be_placed_is_found(
    entities: tuple[Entity, ...],
    statements: tuple[Statement, ...],
    observations: tuple[Observation, ...],
    code: str,
) -> None:
    merged = merge([extraction_of("甲。", entities, statements, observations)])
    (finding,) = merged.findings
    assert finding.code == code
    assert message(code, dict(finding.parameters), "zh")
    assert message(code, dict(finding.parameters), "en")


def test_the_same_bytes_are_read_once() -> None:
    one = extraction_of(
        "甲县政府领导县教育局。", (BODY, OFFICE), (LEADS,), name="a.txt"
    )
    two = extraction_of(
        "甲县政府领导县教育局。", (BODY, OFFICE), (LEADS,), name="b.txt"
    )
    merged = merge([two, one])
    assert [finding.code for finding in merged.findings] == ["same-file-twice"]
    assert [source.names for source in merged.sources] == [("a.txt", "b.txt")]
    assert len(merged.claims[0].attestations) == 1


def test_a_sentence_that_comes_twice_is_two_evidences() -> None:
    again = replace(LEADS, evidence=Evidence(1, (Span(5, 10),), "a/b"))
    merged = merge(
        [extraction_of("甲县政府。甲县政府。", (BODY, OFFICE), (LEADS, again))]
    )
    assert {quote.key[-2:] for quote in merged.quotes} == {"-1", "-2"}


def test_another_file_never_renames_anything(gold: tuple[Extraction, ...]) -> None:
    alone, together = merge(gold[:1]), merge(gold)
    for part in ("things", "claims", "figures", "quotes", "reports"):
        before = {row.key for row in getattr(alone, part)}
        assert before <= {row.key for row in getattr(together, part)}


def test_two_documents_of_one_file_have_keys_of_their_own() -> None:
    one = extraction_of("甲。乙。", (BODY,))
    two = replace(one, documents=(*one.documents, replace(one.documents[0], id="d2")))
    assert len({report.key for report in merge([two]).reports}) == 2


@pytest.mark.parametrize(
    ("value", "expected"),
    [("1E+5", "100000"), ("0.6830", "0.683"), ("100", "100"), ("-0.50", "-0.5")],
)
def test_decimals_are_written_plainly(value: str, expected: str) -> None:
    assert plain(Decimal(value)) == expected


def test_a_thing_is_told_by_the_reports_that_name_it() -> None:
    """Of a file with two documents, only those whose text holds a mention."""
    one = extraction_of("甲县人民政府。乙。", (BODY, OFFICE))
    first, second = (
        replace(one.documents[0], id=f"d{at}", span=span)
        for at, span in enumerate((Span(0, 7), Span(7, 9)))
    )
    mention = Mention(EntityType.ORG, 0, 6, "甲县人民政府", "a/b")
    two = replace(one, documents=(second, first), mentions=(Link(mention, "e1"),))
    body, office = named(merge([two]))
    assert [thing.name for thing in (body, office)] == ["甲县人民政府", "甲县教育局"]
    assert len(body.reports) == 1
    assert len(office.reports) == 2
