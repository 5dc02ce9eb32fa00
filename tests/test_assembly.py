"""From merged statements to triples."""

from __future__ import annotations

from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING

import pytest
from gold_extractions import extraction_of
from msgspec.structs import replace

from zhengpu.graph.assembly import triples
from zhengpu.graph.facts import dated, number, pinyin
from zhengpu.graph.merging import merge
from zhengpu.graph.vocabulary import (
    OA,
    ORG,
    PROV,
    QB,
    RDF,
    SKOS,
    TRUE,
    VOID,
    XSD,
    ZP,
    literal,
    node,
    terms,
    typed,
)
from zhengpu.model import (
    Area,
    Entity,
    EntityType,
    Evidence,
    Extraction,
    Frame,
    Observation,
    Relation,
    Span,
    Statement,
)

if TYPE_CHECKING:
    from zhengpu.graph.vocabulary import Term, Triple

ID = "https://w3id.org/zhengpu/id/"
HERE = Evidence(0, (Span(0, 4),), "a/b", 0.9)
BODY = Entity("e1", EntityType.ORG, "甲县人民政府", kind="政府")
OFFICE = Entity("e2", EntityType.ORG, "甲县教育局", kind="部门")
PERSON = Entity("e3", EntityType.PER, "张三", scope="甲县")
TEXT = "甲县人民政府领导甲县教育局，张三任局长。"


def graphs(
    *statements: Statement, observations: tuple[Observation, ...] = ()
) -> tuple[set[Triple], set[Triple]]:
    """Facts and evidence of a small report."""
    extraction = extraction_of(
        TEXT, (BODY, OFFICE, PERSON), statements, observations=observations
    )
    facts, evidence = triples(merge([extraction]))
    return set(facts), set(evidence)


def values(graph: set[Triple], predicate: Term) -> set[Term]:
    """The objects of a property."""
    return {o for _, p, o in graph if p == predicate}


def test_every_term_is_one_of_the_vocabulary(gold: tuple[Extraction, ...]) -> None:
    facts, evidence = triples(merge(gold))
    used = {p for _, p, _ in chain(facts, evidence)}
    assert used <= set(terms())


def test_no_blank_node_is_written(gold: tuple[Extraction, ...]) -> None:
    facts, evidence = triples(merge(gold))
    assert all(s[0] == "<" and o[0] in '<"' for s, _, o in chain(facts, evidence))


def test_what_is_stated_is_fact_and_claim() -> None:
    facts, evidence = graphs(Statement("e1", Relation.LEADS, "e2", HERE))
    body, office = (node(f"{ID}ORG/{entity.name}") for entity in (BODY, OFFICE))
    assert (body, ZP.leads, office) in facts
    (claim,) = {s for s, _, o in evidence if o == ZP.Claim}
    assert (claim, RDF.subject, body) in evidence
    assert (claim, RDF.predicate, ZP.leads) in evidence
    assert (claim, ZP.rule, literal("a/b")) in evidence
    assert (claim, ZP.confidence, typed("0.9", XSD.decimal)) in evidence


def test_what_is_planned_is_a_claim_only() -> None:
    plan = Statement("e1", Relation.LEADS, "e2", HERE, planned=True)
    facts, evidence = graphs(plan)
    assert not values(facts, ZP.leads)
    assert values(evidence, ZP.planned) == {TRUE}


def test_a_planned_figure_is_no_fact() -> None:
    goal = Observation("e1", "提案", Decimal(5), "件", HERE, planned=True)
    facts, evidence = graphs(observations=(goal,))
    assert not values(facts, ZP.value)
    assert values(evidence, ZP.value) == {typed("5", XSD.decimal)}


def test_cooperation_goes_both_ways_and_is_claimed_once() -> None:
    facts, evidence = graphs(Statement("e2", Relation.COOPERATES_WITH, "e1", HERE))
    assert len([p for _, p, _ in facts if p == ZP.cooperatesWith]) == 2
    assert len([o for _, _, o in evidence if o == ZP.Claim]) == 1


def test_a_post_held_is_a_tenure_with_its_claim() -> None:
    post = Statement(
        "e3", Relation.HOLDS_POST, "e2", HERE, role="局长", period="2018-2021"
    )
    facts, evidence = graphs(post)
    (tenure,) = {s for s, _, o in facts if o == ZP.Tenure}
    assert (tenure, RDF.type, ORG.Membership) in facts
    assert (tenure, ZP.person, node(f"{ID}PER/张三:甲县")) in facts
    assert (tenure, ZP.role, literal("局长", "zh-Hans")) in facts
    assert (tenure, ZP["from"], typed("2018", XSD.gYear)) in facts
    assert (tenure, ZP.until, typed("2021", XSD.gYear)) in facts
    (claim,) = values({t for t in facts if t[0] == tenure}, PROV.wasDerivedFrom)
    assert (claim, RDF.type, ZP.Claim) in evidence


def test_a_single_year_does_not_say_since_when() -> None:
    post = Statement("e3", Relation.HOLDS_POST, "e2", HERE, period="2020")
    facts, _ = graphs(post)
    assert not values(facts, ZP["from"]) | values(facts, ZP.until)


def test_a_post_left_ends() -> None:
    post = Statement("e3", Relation.LEFT_POST, "e2", HERE, period="2020")
    facts, _ = graphs(post)
    assert values(facts, ZP.until) == {typed("2020", XSD.gYear)}


def test_a_planned_appointment_is_no_tenure() -> None:
    post = Statement("e3", Relation.HOLDS_POST, "e2", HERE, planned=True)
    facts, _ = graphs(post)
    assert ZP.Tenure not in values(facts, RDF.type)


def test_a_figure_is_an_observation_of_the_data_set() -> None:
    count = Observation(
        "e1",
        "提案",
        Decimal("87.10"),
        "%",
        HERE,
        indicator="proposals-submitted",
        approx=True,
        period="2020",
        period_text="去年",
        basis="比上年",
    )
    facts, evidence = graphs(observations=(count,))
    (figure,) = {s for s, p, o in facts if (p, o) == (RDF.type, ZP.Observation)}
    said = {(p, o) for s, p, o in facts if s == figure}
    assert {
        (QB.dataSet, node(f"{ID}observations")),
        (ZP.value, typed("87.1", XSD.decimal)),
        (ZP.approximate, TRUE),
        (ZP.period, literal("2020")),
        (ZP.periodText, literal("去年", "zh-Hans")),
        (ZP.basis, literal("比上年", "zh-Hans")),
        (
            ZP.indicator,
            node("https://w3id.org/zhengpu/scheme/indicator/proposals-submitted"),
        ),
    } <= said
    assert figure in {s for s, p, _ in evidence if p == ZP.evidence}


def test_the_subject_is_omitted_only_if_no_sentence_names_it() -> None:
    omitted = Statement("e1", Relation.LEADS, "e2", HERE, subject_omitted=True)
    _, evidence = graphs(omitted)
    assert values(evidence, ZP.subjectOmitted) == {TRUE}
    _, evidence = graphs(omitted, replace(omitted, subject_omitted=False))
    assert not values(evidence, ZP.subjectOmitted)


def test_every_span_holds_the_words_of_the_source(
    gold: tuple[Extraction, ...],
) -> None:
    """The chain from claim to file: span, offsets, words, sha256."""
    _, evidence = triples(merge(gold))
    said: dict[Term, dict[Term, set[Term]]] = {}
    for s, p, o in evidence:
        said.setdefault(s, {}).setdefault(p, set()).add(o)
    texts = {f"<{ID}File/{e.raw.sha256}>": e.raw.text for e in gold}
    spans = {o for row in said.values() for o in row.get(ZP.span, ())}
    assert len(spans) > 400
    for span in spans:
        (start,), (end,), (words,), (source,) = (
            said[span][prop] for prop in (OA.start, OA.end, OA.exact, dcterms_source())
        )
        first, last = (int(offset.split('"')[1]) for offset in (start, end))
        assert words == literal(texts[source][first:last])


def dcterms_source() -> Term:
    """dcterms:source, of which no namespace object is needed elsewhere here."""
    return node("http://purl.org/dc/terms/source")


def test_every_claim_stands_in_a_sentence_of_a_report(
    gold: tuple[Extraction, ...],
) -> None:
    facts, evidence = triples(merge(gold))
    known = list(evidence)
    reports = {s for s, p, o in facts if (p, o) == (RDF.type, ZP.Report)}
    sources = {s: o for s, p, o in known if p == OA.hasSource}
    attested = {s: o for s, p, o in known if p == ZP.evidence}
    claims = {s for s, _, o in known if o == ZP.Claim}
    assert claims <= set(attested)
    assert {sources[quote] for quote in attested.values()} <= reports


def test_a_report_without_title_is_named_after_its_file() -> None:
    facts, _ = triples(merge([extraction_of("甲。")]))
    (report,) = {s for s, p, o in facts if (p, o) == (RDF.type, ZP.Report)}
    assert report.startswith(f"<{ID}DOC/甲县报告:")


def test_copies_of_a_report_have_one_label_though_a_space_differs() -> None:
    copies = []
    for n, title in enumerate(("甲县政协 工作报告", "甲县政协工作报告")):
        copy = extraction_of(f"第{n}份。")
        frame = Frame(title=title, body="甲县政协", period="2024")
        document = replace(copy.documents[0], frame=frame)
        copies.append(replace(copy, documents=(document,)))
    facts, _ = triples(merge(copies))
    (report,) = {s for s, p, o in facts if (p, o) == (RDF.type, ZP.Report)}
    labels = [o for s, p, o in facts if s == report and p == SKOS.prefLabel]
    assert [label for label in labels if label.endswith("@zh-Hans")] == [
        literal("甲县政协 工作报告", "zh-Hans")
    ]


def test_a_report_says_what_it_is_about() -> None:
    extraction = extraction_of("甲县人民政府。", (BODY,))
    frame = Frame(
        kind="政府工作报告",
        title="政府工作报告",
        place=Area("210999", "甲县", "county", "210900"),
        date="2021-01-07",
        period="2020",
        term=3,
    )
    document = replace(extraction.documents[0], frame=frame, body="e1")
    facts, _ = triples(merge([replace(extraction, documents=(document,))]))
    report = node(f"{ID}DOC/政府工作报告:甲县:2020")
    said = {p: o for s, p, o in facts if s == report}
    assert said[ZP.body] == node(f"{ID}ORG/甲县人民政府")
    assert said[ZP.period] == literal("2020")
    assert said[ZP.termNumber] == typed("3", XSD.integer)
    area = node(f"{ID}PLC/甲县:210999")
    assert (area, RDF.type, ZP.AdministrativeArea) in facts
    assert (area, ZP.adcode, literal("210999")) in facts


def test_a_meeting_has_term_and_session() -> None:
    name = "中国人民政治协商会议甲县第十四届委员会第三次会议"
    meeting = Entity("e1", EntityType.EVT, name)
    fair = Entity("e2", EntityType.EVT, "第九届书法精品展")
    facts, _ = triples(merge([extraction_of("甲。", (meeting, fair))]))
    said = {p: o for s, p, o in facts if s == node(f"{ID}EVT/{name}")}
    assert said[ZP.termNumber] == typed("14", XSD.integer)
    assert said[ZP.sessionNumber] == typed("3", XSD.integer)
    assert [s for s, _, o in facts if o == ZP.Meeting] == [node(f"{ID}EVT/{name}")]


def test_the_header_counts_its_own_triples(gold: tuple[Extraction, ...]) -> None:
    facts, _ = triples(merge(gold), rules="1-abc")
    assert len(set(facts)) == len(facts)
    assert values(set(facts), VOID.triples) == {typed(str(len(facts)), XSD.integer)}
    assert (node(ID), ZP.ruleSet, literal("1-abc")) in facts
    assert {literal(e.raw.sha256) for e in gold} <= values(set(facts), ZP.sha256)


def test_the_base_is_a_setting() -> None:
    facts, evidence = triples(
        merge([extraction_of("甲。", (BODY,))]), base="https://example.org/"
    )
    own = [s for s, _, _ in chain(facts, evidence)]
    assert all(s.startswith("<https://example.org/id/") for s in own)


def test_labels_are_written_in_two_scripts() -> None:
    facts, _ = graphs()
    labels = values({t for t in facts if "张三" in t[0]}, SKOS.prefLabel)
    assert labels == {
        literal("张三", "zh-Hans"),
        literal("zhāng sān", "zh-Latn-pinyin"),
    }


@pytest.mark.parametrize(("name", "expected"), [("COP15", ""), ("重庆", "chóng qìng")])
def test_pinyin_is_of_han_characters(name: str, expected: str) -> None:
    assert pinyin(name) == expected


@pytest.mark.parametrize(
    ("numeral", "expected"), [("一", 1), ("十", 10), ("二十一", 21), ("一百二十", 120)]
)
def test_numerals_of_terms(numeral: str, expected: int) -> None:
    assert number(numeral) == expected


@pytest.mark.parametrize(
    ("text", "datatype"),
    [
        ("2021", XSD.gYear),
        ("2021-01", XSD.gYearMonth),
        ("2021-01-07", XSD.date),
    ],
)
def test_a_date_is_as_precise_as_the_text(text: str, datatype: Term) -> None:
    assert dated(text) == typed(text, datatype)


@pytest.mark.parametrize("text", ["2021-13", "年初", "２０２１"])
def test_what_is_no_date_stays_text(text: str) -> None:
    assert dated(text) == literal(text)
