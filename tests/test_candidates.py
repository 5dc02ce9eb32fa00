"""Things that may be one: found, weighed, and never merged."""

from __future__ import annotations

from time import process_time

import pytest
from gold_extractions import extraction_of

from zhengpu.graph.candidates import candidates
from zhengpu.graph.correcting import merge_corrected
from zhengpu.graph.corrections_file import parse
from zhengpu.graph.merged import Candidate, Merged, Thing
from zhengpu.graph.merging import merge
from zhengpu.knowledge.lexicon import table
from zhengpu.messages import catalogue
from zhengpu.model import (
    Entity,
    EntityType,
    Evidence,
    Extraction,
    Relation,
    Span,
    Statement,
)

ORG, PER, PRG, PLC = EntityType.ORG, EntityType.PER, EntityType.PRG, EntityType.PLC
EVT, DOC = EntityType.EVT, EntityType.DOC


def entity(number: int, kind: EntityType, name: str, scope: str = "") -> Entity:
    return Entity(f"e{number}", kind, name, scope=scope)


def found(*entities: tuple[EntityType, str, str]) -> list[Candidate]:
    """The candidates among entities of which nothing is said."""
    made = tuple(entity(at, *said) for at, said in enumerate(entities))
    return list(candidates(merge([extraction_of("甲。", made)])))


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ((PER, "李贵军", "甲县"), (PER, "李贵军", "乙县"), "same-name"),
        ((ORG, "长春大学", ""), (ORG, "长春师范大学", ""), "short-form"),
        ((ORG, "吉林省科技厅", ""), (ORG, "吉林省科学技术厅", ""), "short-form"),
        ((ORG, "蓬溪县农业局", ""), (ORG, "蓬溪县农业农村局", ""), "renamed"),
        ((ORG, "代县环境保护局", ""), (ORG, "代县生态环境局", ""), "renamed"),
        ((ORG, "宁海县国土资源局", ""), (ORG, "宁海县自然资源局", ""), "renamed"),
        ((PRG, "碳达峰行动", ""), (PRG, "碳达峰十大行动", ""), "short-form"),
        ((DOC, "中国制造2025", ""), (PRG, "中国制造2025", ""), "other-type"),
    ],
)
def test_pairs_that_keys_cannot_decide_are_listed(
    one: tuple[EntityType, str, str], other: tuple[EntityType, str, str], reason: str
) -> None:
    (candidate,) = found(one, other)
    assert [code for code, _ in candidate.reasons] == [reason]
    assert {candidate.first, candidate.second} == {
        thing.key
        for thing in merge(
            [extraction_of("甲。", (entity(1, *one), entity(2, *other)))]
        ).things
        if thing.name in {one[1], other[1]}
    }


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((ORG, "辽源市工商业联合会", ""), (ORG, "阜新市工商业联合会", "")),
        ((ORG, "甲县人民政府", ""), (ORG, "甲县人民法院", "")),
        ((ORG, "甲县委员会", ""), (ORG, "甲县委员会办公室", "")),
        ((ORG, "代县教育局", ""), (ORG, "代县财政局", "")),
        ((EVT, "第七届第七次会议", ""), (EVT, "第七届第九次会议", "")),
        ((EVT, "首届进口博览会", ""), (EVT, "第二届进口博览会", "")),
        ((DOC, "政府工作报告", "2020"), (DOC, "政府工作报告", "2021")),
        ((PER, "李贵军", ""), (PER, "李贵", "")),
        ((PRG, "书香行动", "甲县"), (PRG, "书香政协行动", "乙县")),
    ],
)
def test_what_place_number_or_head_tell_apart_is_no_candidate(
    one: tuple[EntityType, str, str], other: tuple[EntityType, str, str]
) -> None:
    assert found(one, other) == []


def test_two_areas_of_the_national_standard_are_two() -> None:
    areas = tuple(
        Entity(f"e{code}", PLC, "鼓楼区", (), code, "", code, "county")
        for code in ("350102", "320106")
    )
    assert candidates(merge([extraction_of("甲。", areas)])) == ()


def test_an_alias_of_one_may_be_the_name_of_another() -> None:
    long = Entity("e1", ORG, "东北师范大学", ("东北师大",))
    short = entity(2, ORG, "东北师大")
    (candidate,) = candidates(merge([extraction_of("甲。", (long, short))]))
    assert candidate.reasons == (("alias", "东北师大"),)


def test_an_alias_of_many_tells_nothing() -> None:
    areas = ("甲", "乙", "丙", "丁")
    many = tuple(Entity(a, ORG, f"{a}商会联合总会", ("商联",)) for a in areas)
    made = extraction_of("甲。", (*many, entity(9, ORG, "商联")))
    reasons = [code for c in candidates(merge([made])) for code, _ in c.reasons]
    assert "alias" not in reasons


PAIR = (entity(1, ORG, "长春大学"), entity(2, ORG, "长春师范大学"))
CITY = entity(3, PLC, "长春市", "220100")


def stated(*statements: tuple[str, Relation, str, int]) -> Extraction:
    """An extraction of two sentences that states something of the pair."""
    facts = tuple(
        Statement(one, relation, other, Evidence(at, (Span(0, 2),), "a/b"))
        for one, relation, other, at in statements
    )
    return extraction_of("长春大学在此。长春师范大学在此。", (*PAIR, CITY), facts)


def test_facts_in_common_speak_for_it_and_a_common_sentence_against() -> None:
    located = Relation.LOCATED_IN
    scores = {
        name: [c.score for c in candidates(merge([stated(*facts)]))] or [0.0]
        for name, facts in {
            "alone": (),
            "shared": (("e1", located, "e3", 0), ("e2", located, "e3", 1)),
            "together": (("e1", located, "e3", 0), ("e2", located, "e3", 0)),
        }.items()
    }
    assert scores["together"] < scores["alone"] < scores["shared"]


def test_what_stands_in_a_relation_is_two() -> None:
    related = stated(("e1", Relation.COOPERATES_WITH, "e2", 0))
    assert candidates(merge([related])) == ()


def test_the_sentences_and_the_tables_to_paste_are_told() -> None:
    located = Relation.LOCATED_IN
    made = stated(("e1", located, "e3", 0), ("e2", located, "e3", 1))
    (candidate,) = candidates(merge([made]))
    assert sorted(candidate.quotes) == ["长春大学在此。", "长春师范大学在此。"]
    for text in (candidate.same, candidate.other):
        after = merge_corrected([made], parse(text))
        assert [applied.kind for applied in after.corrections] == [
            parse(text).entries[0].kind
        ]
        assert candidates(after) == ()


def test_the_table_to_paste_names_paths_where_names_are_not_enough() -> None:
    (candidate,) = found((PER, "李贵军", "甲县"), (PER, "李贵军", "乙县"))
    assert "PER/李贵军:甲县" in candidate.same
    assert "PER/李贵军:乙县" in candidate.same


def test_nothing_is_merged_on_likeness(gold: tuple[Extraction, ...]) -> None:
    merged = merge(gold)
    assert candidates(merged)
    assert candidates(merged) == candidates(merge(gold[::-1]))
    assert merge(gold) == merged


def test_the_best_come_first_and_no_more_than_asked_for(
    gold: tuple[Extraction, ...],
) -> None:
    every = candidates(merge(gold))
    assert [c.score for c in every] == sorted((c.score for c in every), reverse=True)
    assert candidates(merge(gold), 1) == every[:1]


def test_every_reason_has_a_message() -> None:
    codes = {"same-name", "other-type", "alias", "short-form", "renamed", "similar"}
    for code in codes | {"shared", "together"}:
        assert f"candidate-{code}" in catalogue()


def test_the_cost_grows_with_the_number_of_things() -> None:
    """Ten times as many names take some ten times as long, not a hundred."""

    def cost(count: int) -> float:
        words = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳"
        things = tuple(
            Thing(
                f"ORG/{at}",
                ORG,
                f"{words[at % 31]}{words[at // 31 % 31]}{words[at // 961 % 31]}研究院",
                *("", (), "", "", "", ()),
            )
            for at in range(count)
        )
        start = process_time()
        candidates(Merged(things=things))
        return process_time() - start

    small = min(cost(500) for _ in range(3))
    assert min(cost(5_000) for _ in range(3)) < 40 * small


def test_the_table_of_renamed_bodies_is_sound() -> None:
    rows = table("renamed_bodies")
    assert len({(row["old"], row["new"]) for row in rows}) == len(rows)
    for row in rows:
        assert row["old"] != row["new"]
        assert len(row["old"]) > 1
        assert 1990 < int(row["year"]) < 2030
