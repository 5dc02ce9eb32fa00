"""Whom a clause is about, when it says so and when it leaves it out."""

from __future__ import annotations

import pytest
from one_text import tell

from zhengpu.extraction.topics import Topic, Topics

OWN = "中国人民政治协商会议代县委员会"
PARTY = "中国共产党代县委员会"
SCHOOL = "代县教育局"


def doers(text: str, object_: str) -> set[str]:
    """Who does something to or with a thing, in a report of 代县政协."""
    said = tell(text, "代县", "政协").said
    return {subject for subject, _, found in said if found == object_}


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("视察雁门关景区。", {OWN}),
        ("县教育局视察雁门关景区。", {SCHOOL}),
        ("县教育局修订制度，视察雁门关景区。", {SCHOOL}),
        ("县教育局修订制度。视察雁门关景区。", {OWN}),
        ("2023年5月，县教育局视察雁门关景区。", {SCHOOL}),
        ("一年来，县教育局视察雁门关景区。", {SCHOOL}),
        ("同时，县教育局视察雁门关景区。", {SCHOOL}),
        ("由县教育局视察雁门关景区。", {SCHOOL}),
        ("县委领导视察雁门关景区。", {PARTY}),
        ("县政协委员视察雁门关景区。", {OWN}),
        ("县教育局局长王强视察雁门关景区。", {"王强"}),
        ("王强同志视察雁门关景区。", {"王强"}),
        ("围绕文旅，县教育局视察雁门关景区。", {SCHOOL}),
        ("县教育局修订制度；视察雁门关景区。", {SCHOOL}),
    ],
)
def test_a_clause_is_about_the_body_that_opened_it_or_the_reporting_one(
    text: str, subjects: set[str]
) -> None:
    assert doers(text, "雁门关景区") == subjects


@pytest.mark.parametrize(
    "text",
    [
        "县教育局的同志视察雁门关景区。",
        "县教育局和企业工作有序，视察雁门关景区。",
        "县教育局工作有序，视察雁门关景区。",
    ],
)
def test_a_body_that_only_belongs_to_a_phrase_opens_nothing(text: str) -> None:
    assert doers(text, "雁门关景区") == {OWN}


def test_whoever_asks_for_something_does_not_do_it() -> None:
    text = "县委书记张伟强调，要开展“护苗”行动。"
    assert ("张伟", "organizes") not in {
        (subject, relation) for subject, relation, _ in tell(text, "代县", "政协").said
    }


def test_partners_act_along_for_the_rest_of_the_sentence() -> None:
    text = "县政协联合县教育局赴雁门关景区调研，走访杨家祠堂。走访白人岩。"
    told = tell(text, "代县", "政协")
    assert (OWN, "cooperatesWith", SCHOOL) in told.said
    assert doers(text, "雁门关景区") == {OWN, SCHOOL}
    assert SCHOOL not in doers(text, "白人岩")


def test_a_subject_that_is_left_out_is_marked_as_such() -> None:
    said = tell(
        "县教育局编写《代县校史》。编写《代县文史》。", "代县", "政协"
    ).statements
    made = {s.object: s.subject_omitted for s in said if s.relation == "produces"}
    assert sorted(made.values()) == [False, True]


def test_a_report_of_nobody_has_no_subject_to_leave_out() -> None:
    assert tell("视察雁门关景区。").said == set()
    assert tell("国务院审议《预算草案》。").said == {("国务院", "reviews", "预算草案")}


def test_the_topic_of_an_offset_is_that_of_the_clause_that_holds_it() -> None:
    first, second = Topic(("e1",), omitted=True), Topic(("e2",), omitted=False)
    topics = Topics([0, 10], [first, second])
    found = [topics.at(offset) for offset in (0, 9, 10, 99)]
    assert found == [first, first, second, second]


def test_partners_act_along_after_a_comma() -> None:
    text = "县政协会同县教育局，对雁门关景区开展民主监督。"
    assert doers(text, "雁门关景区") == {OWN, SCHOOL}


def test_another_subject_ends_joint_work() -> None:
    text = "县政协会同县教育局深入上馆镇调研，县政府采纳建议8条，并出台《行动方案》。"
    assert doers(text, "行动方案") == {"代县人民政府"}


def test_who_leads_them_acts_with_those_who_were_named() -> None:
    text = "县教育局组成调研组，由副主席孙丽芳带队，赴雁门关景区调研。"
    assert {SCHOOL, "孙丽芳"} <= doers(text, "雁门关景区")


def test_what_others_ask_for_is_not_done() -> None:
    said = tell(
        "王志强提出的关于支持代县黄酒产业发展的建议被采纳。", "代县", "政协"
    ).said
    assert not {fact for fact in said if fact[1] == "supports"}


def test_a_firm_of_members_acts_itself() -> None:
    text = "委员企业山西雁门实业有限公司向县人民医院捐款30万元。"
    assert doers(text, "代县人民医院") == {"山西雁门实业有限公司"}


def test_guests_see_what_they_came_for() -> None:
    text = "与繁峙县政协建立机制，接待阳泉市政协来我县考察雁门关景区。"
    assert doers(text, "雁门关景区") == {"中国人民政治协商会议阳泉市委员会"}


def test_a_region_in_the_name_of_a_mechanism_is_not_founded() -> None:
    said = tell("与繁峙县政协建立雁门关景区保护工作联席会议机制。", "代县", "政协").said
    assert not {fact for fact in said if fact[1:] == ("establishes", "雁门关景区")}


def counted_of(text: str) -> list[str]:
    """Whose the figures of a text are, in a report of 代县政协."""
    told = tell(text, "代县", "政协")
    return [told.registry.name(o.subject) for o in told.reading.observations]


@pytest.mark.parametrize(
    "text",
    [
        "繁峙县政协副主席张伟率考察团一行15人来我县考察。",
        "繁峙县政协党组书记、主席张伟率考察团一行15人来我县考察。",
    ],
)
def test_what_is_counted_of_a_leaders_group_is_its_bodys(text: str) -> None:
    assert counted_of(text) == ["中国人民政治协商会议繁峙县委员会"]


def test_a_level_or_the_offices_of_a_body_open_nothing() -> None:
    assert counted_of("县委部门一般性支出下降5%。") == [OWN]
    assert counted_of("县委层面发放补助12万元。") == [OWN]
