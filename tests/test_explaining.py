"""An entity's facts, with the sentences that state them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from zhengpu.errors import UsageError
from zhengpu.graph import store
from zhengpu.use.answers import Table
from zhengpu.use.explaining import explain
from zhengpu.use.querying import ask

if TYPE_CHECKING:
    from pathlib import Path

    from pyoxigraph import Store

    from zhengpu.model import Extraction
    from zhengpu.use.explained import Explanation, Fact

COUNTY = "中国人民政治协商会议阜新蒙古族自治县委员会"


@pytest.fixture(scope="module")
def graph(built: Path) -> Store:
    """The gold annotations."""
    return store.load(built)


@pytest.fixture(scope="module")
def county(graph: Store) -> Explanation:
    """The body that three of the reports are about."""
    (found,) = explain(graph, COUNTY)
    return found


def everything(explanation: Explanation) -> list[Fact]:
    return [*explanation.facts, *explanation.figures]


def test_every_fact_has_a_sentence_and_its_source(
    county: Explanation, gold: tuple[Extraction, ...]
) -> None:
    texts = {extraction.raw.name: extraction.raw.text for extraction in gold}
    facts = everything(county)
    assert len(facts) > 50
    for fact in facts:
        assert fact.quotes, fact
        for quote in fact.quotes:
            source = texts[quote.file][quote.start : quote.end]
            assert quote.words[0][0] == source[0], fact
            assert quote.words[-1][-1] == source[-1], fact
            assert all(words in quote.text for words in quote.words), fact


def test_what_the_entity_does_comes_before_what_is_done_to_it(
    county: Explanation,
) -> None:
    own = [fact.subject == COUNTY for fact in county.facts]
    assert own == sorted(own, reverse=True)
    assert not all(own)


def test_a_post_has_its_role(graph: Store) -> None:
    (found,) = explain(graph, "习近平")
    posts = [(fact.relation, fact.role) for fact in found.facts]
    assert ("holdsPost", "总书记") in posts


def test_figures_are_told_in_words(county: Explanation) -> None:
    assert all(fact.relation == "" and fact.object for fact in county.figures)
    assert any(fact.planned for fact in everything(county))


def test_an_alias_will_do(graph: Store) -> None:
    (by_alias,) = explain(graph, "阜蒙县")
    assert by_alias.name == "阜新蒙古族自治县"
    assert "阜蒙县" in by_alias.aliases


def test_the_name_that_the_explorer_shows_will_do(graph: Store) -> None:
    assert [one.name for one in explain(graph, "阆中市政协")] == [
        "中国人民政治协商会议阆中市委员会"
    ]


def test_an_iri_will_do(graph: Store, county: Explanation) -> None:
    assert explain(graph, county.iri) == (county,)


def test_a_part_that_only_one_name_has_will_do(graph: Store) -> None:
    (found,) = explain(graph, "阜新蒙古族自治县委员会提案")
    assert found.name == f"{COUNTY}提案委员会"


def test_a_part_of_several_names_is_refused_with_them(graph: Store) -> None:
    with pytest.raises(UsageError) as caught:
        explain(graph, "委员会提案委")
    assert caught.value.code == "name-not-unique"
    assert "提案委员会" in caught.value.parameters["names"]


@pytest.mark.parametrize(
    "name", ["没有这个名字", "", '"', "https://example.org/x", "\\"]
)
def test_a_name_that_is_not_there_is_refused(graph: Store, name: str) -> None:
    with pytest.raises(UsageError):
        explain(graph, name)


def test_every_fact_names_its_rule_and_every_quote_its_file(
    county: Explanation, gold: tuple[Extraction, ...]
) -> None:
    digests = {extraction.raw.name: extraction.raw.sha256 for extraction in gold}
    assert county.rule_set
    for fact in everything(county):
        assert fact.rules, fact
        assert fact.iri.startswith("https://"), fact
        assert fact.reports, fact
        for quote in fact.quotes:
            assert quote.sha256 == digests[quote.file]


def test_the_path_below_id_will_do(graph: Store, county: Explanation) -> None:
    assert explain(graph, f"ORG/{COUNTY}") == (county,)


def test_the_chain_of_provenance_is_whole(graph: Store) -> None:
    """From claim to sentence to document to file, by properties of PROV and OA."""
    broken = """
    SELECT ?claim WHERE {
      { ?claim a zp:Claim } UNION { ?claim a zp:Observation }
      FILTER NOT EXISTS {
        ?claim zp:rule ?rule ; zp:ruleSet ?version ; zp:evidence ?sentence .
        ?sentence oa:hasSource ?report ; prov:wasQuotedFrom ?file .
        ?report prov:wasDerivedFrom ?file . ?file zp:sha256 ?sha256 .
      }
    }"""
    answer = ask(graph, broken)
    assert isinstance(answer, Table)
    assert answer.rows == ()
