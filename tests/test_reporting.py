"""The report of a build: every number, every finding, and nothing that runs."""

from __future__ import annotations

import dataclasses
import json
import re
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from msgspec import structs

from zhengpu.graph.charts import charts_of
from zhengpu.graph.checked import Checked
from zhengpu.graph.citing import Cited
from zhengpu.graph.clauses import Clause
from zhengpu.graph.comparing import series_of
from zhengpu.graph.merged import Applied, Candidate
from zhengpu.graph.merging import merge
from zhengpu.graph.points import Point
from zhengpu.graph.promises import Account, Pair, Verdict
from zhengpu.graph.rendering import (
    Anchors,
    coverage_maps,
    groups,
    report_html,
    report_json,
    report_markdown,
    sentences_at,
)
from zhengpu.graph.reported import (
    Coverage,
    Level,
    MappedSentence,
    Report,
    Skipped,
    Violation,
)
from zhengpu.graph.reporting import report, sentences_of_mentions, source_report
from zhengpu.model import Finding, Severity, Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from zhengpu.model import Extraction

EVIL = "<script>alert(1)</script>\"'|`]]>\n*x*"


@pytest.fixture(scope="module")
def evil(gold: tuple[Extraction, ...]) -> Report:
    """A report in which every text tries to break out."""
    lost = Finding(Severity.ERROR, "reading", "process-died", (("path", EVIL),))
    odd = Finding(Severity.INFO, "x", "no-such-path", (("path", EVIL),), Span(1, 2))
    raw = structs.replace(gold[0].raw, name=EVIL)
    first = structs.replace(gold[0].sentences[0], text=EVIL)
    extraction = structs.replace(
        gold[0],
        raw=raw,
        findings=(odd,) * 5,
        sentences=(first, *gold[0].sentences[1:]),
    )
    made = report(
        [extraction],
        [Skipped(EVIL, lost)],
        [odd],
        triples=7,
        violations=[Violation(EVIL, EVIL, EVIL, quote=EVIL, correction=EVIL)],
    )
    cited = Cited(EVIL, EVIL, "2020", EVIL, 0, 9, EVIL, EVIL)
    clause = Clause(EVIL, EVIL, EVIL, Span(0, 9))
    pairs = (Pair(clause, clause, 1.0, Verdict.MET), Pair(clause, clause, 0.5))
    quoted = ((EVIL, EVIL),)
    return dataclasses.replace(
        made,
        checks=(Checked(odd, (cited,), EVIL),),
        accounts=(Account(EVIL, 2021, EVIL, EVIL, pairs, (clause,)),),
        charts=((EVIL, tuple(charts_of(series_of(evil_points()), EVIL))),),
        corrections=(Applied("reject", 1, EVIL, EVIL, (EVIL,), (EVIL,), (EVIL,)),),
        candidates=(Candidate(EVIL, EVIL, 0.9, quoted, (EVIL,), EVIL, EVIL),),
    )


def evil_points() -> list[Point]:
    """Two years of a figure whose every word tries to break out."""
    return [
        Point(
            "Observation/1",
            EVIL,
            EVIL,
            EVIL,
            EVIL,
            "",
            EVIL,
            Decimal(year),
            EVIL,
            approximate=False,
            period=str(year),
            planned=False,
            basis="",
            cited=Cited(EVIL, EVIL, str(year), EVIL, 0, 9, EVIL, EVIL),
        )
        for year in (2020, 2021)
    ]


def test_json_holds_every_number(gold: tuple[Extraction, ...]) -> None:
    content = json.loads(report_json(report(gold, triples=3)))
    assert len(content["sources"]) == len(gold)
    assert content["statistics"] == sum(len(e.observations) for e in gold)
    assert sum(content["relations"].values()) == sum(len(e.statements) for e in gold)
    assert content["triples"] == 3
    first = content["sources"][0]
    assert first["relations"] == len(gold[0].statements)
    assert first["documents"][0]["place"] == "阜新蒙古族自治县"


def test_entities_are_counted_once_over_all_files(gold: tuple[Extraction, ...]) -> None:
    alone = dict(report(gold[:1]).entities)
    twin = structs.replace(gold[0], raw=structs.replace(gold[0].raw, sha256="f" * 64))
    assert dict(report([gold[0], twin]).entities) == alone
    assert sum(alone.values()) == len(gold[0].entities)


def test_the_same_bytes_twice_are_counted_once(gold: tuple[Extraction, ...]) -> None:
    twin = structs.replace(gold[0], raw=structs.replace(gold[0].raw, name="twin.txt"))
    both = report([gold[0], twin])
    assert both.statistics == len(gold[0].observations)
    assert [source.name for source in both.sources][1] == "twin.txt"


def test_coverage_is_a_share(gold: tuple[Extraction, ...]) -> None:
    for extraction in gold:
        source = source_report(extraction)
        assert 0 < source.sentences.share <= 1
        assert 0 <= source.numerals.share <= 1
        assert source.numerals.total > 0


def test_nothing_to_cover_is_covered() -> None:
    assert Coverage(0, 0).share == 1


def test_every_sentence_is_mapped_with_all_that_it_gave(
    gold: tuple[Extraction, ...],
) -> None:
    for extraction in gold:
        source = source_report(extraction)
        assert [s.text for s in source.map] == [s.text for s in extraction.sentences]
        assert sum(s.mentions for s in source.map) == source.mentions
        assert sum(s.relations for s in source.map) == source.relations
        assert sum(s.statistics for s in source.map) == source.statistics
        levels = dict(source.levels)
        assert sum(levels.values()) == source.sentences.total
        gave = levels[Level.FACTS] + levels[Level.FIGURES] + levels[Level.BOTH]
        assert gave == source.sentences.covered
        assert source.map[0].begins


def test_a_mention_is_counted_in_the_sentence_that_holds_it(
    gold: tuple[Extraction, ...],
) -> None:
    for extraction in gold:
        homes = sentences_of_mentions(extraction)
        for home, link in zip(homes, extraction.mentions, strict=True):
            span = extraction.sentences[home].span
            assert span.start <= link.mention.start < span.end


def test_all_levels_are_told_apart() -> None:
    found = [
        MappedSentence("", planned=False, begins=True, mentions=m, relations=r, statistics=s).level
        for m, r, s in ((0, 0, 0), (1, 0, 0), (1, 1, 0), (1, 0, 1), (1, 1, 1))
    ]  # fmt: skip
    assert found == list(Level)


def test_the_page_shows_every_sentence_in_its_colour(
    gold: tuple[Extraction, ...],
) -> None:
    made = report(gold)
    page = report_html(made)
    assert page.count("<details>") == len(gold)
    for level in Level:
        count = sentences_at(made, level)
        shown = page.count(f'<span class="s {level.value}"')
        assert shown == count + 1, "and one in the legend"
    assert report_html(report(gold)) == page


def test_a_single_file_is_shown_open(gold: tuple[Extraction, ...]) -> None:
    assert report_html(report(gold[:1])).count("<details open>") == 1


def test_what_the_page_has_no_room_for_is_said(
    gold: tuple[Extraction, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (len(extraction.sentences) for extraction in gold[:2])
    monkeypatch.setattr("zhengpu.graph.rendering.MAPPED", first + 5)
    made = report(gold[:3])
    maps = coverage_maps(made)
    assert [held.hidden for held in maps[:2]] == [0, second - 5]
    assert sum(map(len, maps[1].paragraphs)) == 5
    assert maps[2].paragraphs == ()
    page = report_html(made)
    assert f"There is no room here for {second - 5} sentences" in page
    assert f"zhengpu extract {made.sources[1].name} --explain" in page
    shown = page.count('<span class="s ') - len(Level)
    assert shown == first + 5


def test_findings_are_grouped_the_gravest_first(evil: Report) -> None:
    found = groups(evil)
    assert [group.severity for group in found] == [Severity.ERROR, Severity.INFO]
    assert found[1].count == 6
    assert len(found[1].examples) == 2, "one for the file, one for the build"


def test_the_page_shows_markup_as_text(evil: Report) -> None:
    page = report_html(evil)
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "http:" not in page.replace('http-equiv="', "")


def test_markdown_shows_markup_as_text(evil: Report) -> None:
    text = report_markdown(evil)
    assert "<script" not in text
    assert "&lt;script&gt;" in text


def test_every_row_of_markdown_has_as_many_cells_as_its_head(evil: Report) -> None:
    width = 0
    for line in report_markdown(evil).splitlines():
        cells = line.replace("\\|", "").count("|")
        width = 0 if not line.startswith("|") else width or cells
        assert cells == width, line


@pytest.mark.parametrize("write", [report_html, report_markdown])
def test_a_report_is_in_both_languages(
    evil: Report, write: Callable[[Report], str]
) -> None:
    text = write(evil)
    assert "意外结束" in text
    assert "died" in text


def test_a_clean_build_says_so(gold: tuple[Extraction, ...]) -> None:
    clean = report(gold)
    assert clean.is_clean
    assert "Everything conforms" in report_markdown(clean)
    assert "Everything conforms" in report_html(clean)


def test_a_skipped_file_is_not_named_twice() -> None:
    lost = Finding(Severity.ERROR, "reading", "process-died", (("path", "a.txt"),))
    skipped = Skipped("a.txt", lost)
    assert not skipped.zh.startswith("a.txt")
    assert not skipped.en.startswith("a.txt")


def test_the_page_shows_checks_promises_pictures_and_judgements(evil: Report) -> None:
    page = report_html(evil)
    assert evil.charts[0][1], "there is a picture"
    assert page.count("<circle") == 3
    for part in ("checks", "promises", "years", "candidates", "corrections"):
        assert f'id="{part}"' in page
    assert "达到 met" in page
    text = report_markdown(evil)
    assert "达到 met" in text
    assert "What may be one" in text


def test_json_holds_checks_promises_and_judgements(evil: Report) -> None:
    content = json.loads(report_json(evil))
    assert content["checks"][0]["evidence"][0]["text"] == EVIL
    assert [p["verdict"] for p in content["promises"][0]["pairs"]] == ["met", None]
    assert content["corrections"][0]["kind"] == "reject"
    assert content["candidates"][0]["score"] == 0.9
    assert content["violations"][0]["correction"] == EVIL


def test_every_link_of_the_page_leads_somewhere(gold: tuple[Extraction, ...]) -> None:
    page = report_html(report(gold, merged=merge(gold)))
    places = set(re.findall(r' id="([^"]+)"', page))
    links = re.findall(r'href="#([^"]*)"', page)
    assert len(links) > len(gold)
    assert set(links) <= places


def test_a_place_is_linked_to_its_sentence(gold: tuple[Extraction, ...]) -> None:
    made = report(gold[:2])
    anchors = Anchors(made)
    sentence = gold[1].sentences[3]
    name = gold[1].raw.name
    assert anchors.link(name, sentence.span.start + 1) == f"#s1-{sentence.span.start}"
    assert anchors.link(name) == "#f1"
    assert not anchors.link("elsewhere.txt", 3)


def test_a_report_without_what_is_merged_checks_nothing_over_years(
    gold: tuple[Extraction, ...],
) -> None:
    assert report(gold).accounts == ()
    assert report(gold).charts == ()
