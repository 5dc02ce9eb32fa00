"""The explorer's page as a file: what it holds, and what it never holds."""

from __future__ import annotations

import base64
import csv
import hashlib
import json
import re
from html.parser import HTMLParser
from itertools import combinations
from math import dist
from typing import TYPE_CHECKING, Any

import pytest
from gold_extractions import gold_extraction, gold_extractions
from msgspec.structs import replace

import zhengpu
from zhengpu.errors import ReadingError, UsageError
from zhengpu.graph.merged import Merged
from zhengpu.graph.merging import merge
from zhengpu.model import EntityType, Extraction, Relation
from zhengpu.settings import shipped
from zhengpu.use import drawing, marks
from zhengpu.use.drawing import SCRIPTS, draw, page, rendered
from zhengpu.use.drawn import Content, drawn
from zhengpu.use.labels import TEMPLATES, plain_pinyin, short
from zhengpu.use.layout import Picture, lay_out
from zhengpu.use.marks import alignment
from zhengpu.use.packing import enclosing, pack
from zhengpu.use.redrawing import Wanted, chosen, read, redraw

if TYPE_CHECKING:
    from pathlib import Path


class _Elements(HTMLParser):
    """Collects the page's elements, and the text of scripts and styles."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(html)

    def handle_starttag(  # type: ignore[explicit-override]  # Python 3.12 has it
        self, tag: str, attrs: list[tuple[str, str | None]]
    ) -> None:
        self.elements.append((tag, dict(attrs)))
        self.texts.append("")

    def handle_endtag(  # type: ignore[explicit-override]  # Python 3.12 has it
        self,
        tag: str,  # noqa: ARG002
    ) -> None:
        self.handle_starttag("", [])

    def handle_data(  # type: ignore[explicit-override]  # Python 3.12 has it
        self, data: str
    ) -> None:
        if self.texts:
            self.texts[-1] += data

    def text_of(self, tag: str, **wanted: str) -> list[str]:
        """The texts of elements, by their tag and attributes."""
        return [
            text
            for (name, attributes), text in zip(self.elements, self.texts, strict=True)
            if name == tag and wanted.items() <= attributes.items()
        ]


def texts_of(*extractions: Extraction) -> dict[str, str]:
    return {e.raw.sha256: e.raw.text for e in extractions}


def knowledge_of(html: str) -> dict[str, Any]:
    (text,) = _Elements(html).text_of("script", id="knowledge")
    content: dict[str, Any] = json.loads(text)
    return content


@pytest.fixture(scope="module")
def html() -> str:
    """The page of the gold annotations."""
    extractions = gold_extractions()
    return page(merge(extractions), texts_of(*extractions))


@pytest.fixture(scope="module")
def knowledge(html: str) -> dict[str, Any]:
    """What that page holds."""
    return knowledge_of(html)


# -- the page ------------------------------------------------------------------


def test_the_order_of_files_makes_no_difference(html: str) -> None:
    backwards = gold_extractions()[::-1]
    assert page(merge(backwards), texts_of(*backwards)) == html


def test_the_file_is_the_page_in_utf8(tmp_path: Path) -> None:
    extraction = gold_extraction("news_2020")
    merged, texts = merge([extraction]), texts_of(extraction)
    draw(merged, texts, tmp_path / "图谱.html")
    written = (tmp_path / "图谱.html").read_bytes()
    assert written.decode() == page(merged, texts)
    assert b"\r" not in written


def test_nothing_is_fetched(html: str) -> None:
    """No element names a resource; the icon is an empty piece of data."""
    for tag, attributes in _Elements(html).elements:
        for name in ("src", "href", "srcset", "data", "action", "poster"):
            assert (attributes.get(name) or "data:").startswith(("data:", "#")), tag
    assert "sourceMappingURL" not in html
    assert "@import" not in html


def test_the_policy_names_exactly_the_scripts_and_the_style(html: str) -> None:
    elements = _Elements(html)
    (policy,) = (
        attributes["content"] or ""
        for tag, attributes in elements.elements
        if tag == "meta" and "http-equiv" in attributes
    )
    scripts = [
        text
        for (tag, attributes), text in zip(
            elements.elements, elements.texts, strict=True
        )
        if tag == "script" and "type" not in attributes
    ]
    digests = [
        base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        for text in (*scripts, *elements.text_of("style"))
    ]
    assert re.findall("'sha256-([^']+)'", policy) == digests
    assert len(scripts) == 2
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy


HOSTILE = (
    "<script>document.title='broken'</script>",
    "</script><img src=x onerror=\"document.title='broken'\">",
    "\"><svg onload=alert(1)> ]]> ' `",
    "javascript:document.title='broken'//href",
    "{{ 7*7 }} {% raw %} <!-- --> \u2028\u2029\x00\x1f\ufffe𠮷\u202e",
)


def hostile() -> Extraction:
    """An extraction whose every text would like to run."""
    extraction = gold_extraction("news_2020")
    count = len(HOSTILE)
    entities = tuple(
        replace(
            entity,
            name=f"{HOSTILE[i % count]}{i}",
            aliases=(HOSTILE[(i + 1) % count],),
        )
        for i, entity in enumerate(extraction.entities)
    )
    sentences = tuple(
        replace(sentence, text=sentence.text + HOSTILE[i % count], section=HOSTILE[0])
        for i, sentence in enumerate(extraction.sentences)
    )
    documents = tuple(
        replace(
            document,
            frame=replace(document.frame, title=HOSTILE[1], presenter=HOSTILE[2]),
        )
        for document in extraction.documents
    )
    raw = replace(
        extraction.raw, name=HOSTILE[0], text=extraction.raw.text + "".join(HOSTILE)
    )
    return replace(
        extraction,
        raw=raw,
        documents=documents,
        entities=entities,
        sentences=sentences,
    )


def test_hostile_texts_are_data() -> None:
    extraction = hostile()
    html = page(merge([extraction]), texts_of(extraction))
    assert [tag for tag, _ in _Elements(html).elements].count("script") == 5
    assert not any(text in html for text in HOSTILE[:3])
    names = {row[2] for row in knowledge_of(html)["things"]}
    assert any(name.startswith(HOSTILE[0]) for name in names)
    assert any("{{ 7*7 }}" in name for name in names)


def test_a_lone_surrogate_does_not_break_the_page() -> None:
    extraction = gold_extraction("news_2020")
    entities = (
        replace(extraction.entities[0], name="坏\ud800字"),
        *extraction.entities[1:],
    )
    extraction = replace(extraction, entities=entities)
    html = page(merge([extraction]), texts_of(extraction))
    assert html.encode()
    assert "坏\ud800字" in {row[2] for row in knowledge_of(html)["things"]}


def test_a_build_without_anything_has_a_page() -> None:
    knowledge = knowledge_of(page(Merged(), {}))
    assert knowledge["things"] == []
    assert knowledge["discs"] == []


# -- what it holds -----------------------------------------------------------------


def test_every_thing_and_fact_is_there(knowledge: dict[str, Any]) -> None:
    merged = merge(gold_extractions())
    assert {row[0] for row in knowledge["things"]} == {t.key for t in merged.things}
    assert {f"Claim/{row[0]}" for row in knowledge["claims"]} == {
        claim.key for claim in merged.claims
    }
    assert {f"Observation/{row[0]}" for row in knowledge["figures"]} == {
        figure.key for figure in merged.figures
    }
    planned = {f"Claim/{row[0]}" for row in knowledge["claims"] if row[6]}
    assert planned == {claim.key for claim in merged.claims if claim.planned}
    assert planned


def test_marks_are_the_words_that_the_evidence_names(
    knowledge: dict[str, Any],
) -> None:
    merged = merge(gold_extractions())
    claims = {claim.key: claim for claim in merged.claims}
    seen = 0
    for row in knowledge["claims"]:
        for place, attestation in zip(
            row[7], claims[f"Claim/{row[0]}"].attestations, strict=True
        ):
            quote = merged.quotes[place[0]].text
            marks = place[2]
            marked = [quote[a:b] for a, b in zip(marks[::2], marks[1::2], strict=True)]
            words = ["".join(text.split()) for _, text in attestation.spans]
            assert marked == words
            seen += 1
    assert seen > 300


def test_what_the_page_leaves_out_it_can_derive(knowledge: dict[str, Any]) -> None:
    """Quotes are cut from the report, spans follow from marks."""
    merged = merge(gold_extractions())
    texts = texts_of(*gold_extractions())
    left_out = 0
    for row, quote in zip(knowledge["quotes"], merged.quotes, strict=True):
        if row[2] == 0:
            sha256, span = quote.places[0]
            assert texts[sha256][span.start : span.end] == quote.text
            assert row[3][0][1:] == [span.start, span.end]
            left_out += 1
        else:
            assert row[2] == quote.text
    assert 0 < left_out < len(merged.quotes)
    for row, figure in zip(
        knowledge["figures"],
        merged.figures,
        strict=True,
    ):
        for place, attestation in zip(row[9], figure.attestations, strict=True):
            spans = [offset for span, _ in attestation.spans for offset in span]
            start = dict(merged.quotes[place[0]].places)[attestation.source].start
            assert spans == (place[3] or [start + mark for mark in place[2]])


def test_without_texts_the_words_are_looked_for() -> None:
    extraction = gold_extraction("langzhong_cppcc_2022")
    merged = merge([extraction])
    knowledge = knowledge_of(page(merged, {}))
    assert [row[1] for row in knowledge["sources"]] == [0]
    claims = {claim.key: claim for claim in merged.claims}
    marked = 0
    for row in knowledge["claims"]:
        attestation = claims[f"Claim/{row[0]}"].attestations[0]
        number, _, marks, *_ = row[7][0]
        if marks:
            words = "".join(attestation.spans[0][1].split())
            assert merged.quotes[number].text[marks[0] : marks[1]] == words
            marked += 1
    assert marked > len(merged.claims) * 0.9


def test_too_much_text_stays_beside_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    extractions = gold_extractions()
    limit = sorted(len(e.raw.text) for e in extractions)[:2]
    monkeypatch.setattr(marks, "TEXT_LIMIT", sum(limit))
    knowledge = knowledge_of(page(merge(extractions), texts_of(*extractions)))
    shown = [text for _, text in knowledge["sources"] if text != 0]
    assert sorted(map(len, shown)) == limit


def test_more_things_than_the_cap_are_found_but_not_drawn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(drawing, "CAP", 50)
    extractions = gold_extractions()
    html = page(merge(extractions), texts_of(*extractions))
    (text,) = _Elements(html).text_of("script", id="picture")
    picture = json.loads(text)
    assert [node["id"] for node in picture["nodes"]] == list(range(50))
    assert all(edge["from"] < 50 and edge["to"] < 50 for edge in picture["edges"])
    knowledge = knowledge_of(html)
    assert len(knowledge["things"]) > 300
    ties = [0] * len(knowledge["things"])
    for claim in knowledge["claims"]:
        ties[claim[1]] += 1
        ties[claim[3]] += 1
    assert min(ties[:50]) >= max(ties[50:]) - 1  # figures count, too


def test_the_picture_is_the_network_of_pyvis(html: str) -> None:
    (text,) = _Elements(html).text_of("script", id="picture")
    picture = json.loads(text)
    assert picture["options"]["physics"] == {"enabled": False}
    assert all(set(node) == {"id", "x", "y", "size"} for node in picture["nodes"])
    assert all(isinstance(node["x"], int) for node in picture["nodes"])
    assert "vis-network" in html


def test_a_home_is_a_place_or_what_several_share(knowledge: dict[str, Any]) -> None:
    things = knowledge["things"]
    names = {things[thing][2] for thing, _ in knowledge["homes"] if thing >= 0}
    assert {"阜新蒙古族自治县", "阆中市", "云南省"} <= names
    number = {row[2]: i for i, row in enumerate(things)}
    home = knowledge["homes"][knowledge["homeOf"][number["平遥县"]]]
    assert things[home[0]][2] == "阆中市"


def test_reports_of_one_place_are_homes_of_their_own() -> None:
    extractions = [
        gold_extraction(name)
        for name in ("000_da7b3eb4b32fddaa", "002_e661db7dabda7a33")
    ]
    knowledge = knowledge_of(page(merge(extractions), texts_of(*extractions)))
    assert {report for _, report in knowledge["homes"]} == {-1, 0, 1}


# -- a part of it ------------------------------------------------------------------


def named(content: Content, name: str) -> int:
    return next(i for i, row in enumerate(content["things"]) if row[2] == name)


def said(content: Content) -> set[str]:
    return {row[0] for row in (*content["claims"], *content["figures"])}


def test_all_of_a_page_drawn_anew_is_that_page(html: str, tmp_path: Path) -> None:
    (tmp_path / "one.html").write_text(html, encoding="utf-8")
    redraw(tmp_path / "one.html", tmp_path / "other.html")
    assert (tmp_path / "other.html").read_text(encoding="utf-8") == html


def test_a_page_of_some_places_is_what_their_reports_alone_would_give() -> None:
    extractions = gold_extractions()
    content = drawn(merge(extractions), texts_of(*extractions))
    part = chosen(content, Wanted(places=("阆中市",)))
    own = [gold_extraction("langzhong_cppcc_2022")]
    alone = drawn(merge(own), texts_of(*own))
    assert said(part) == said(alone) != set()
    assert part["sources"] == alone["sources"]
    for one, other in (
        (part["quotes"], alone["quotes"]),
        (part["reports"], alone["reports"]),
    ):
        assert len(one) == len(other)
    texts = {(row[1], row[2]) for row in part["quotes"]}
    assert texts == {(row[1], row[2]) for row in alone["quotes"]}
    assert {row[2] for row in part["things"]} >= {row[2] for row in alone["things"]}
    assert rendered(part)


def test_a_page_about_a_thing_holds_what_lies_around_it(
    knowledge: dict[str, Any],
) -> None:
    part = chosen(knowledge, Wanted(about="平遥县"))
    centre, whole = named(part, "平遥县"), named(knowledge, "平遥县")
    around = {
        row[2]
        for claim in knowledge["claims"]
        if whole in {claim[1], claim[3]}
        for row in (knowledge["things"][claim[1]], knowledge["things"][claim[3]])
    }
    owners = {part["things"][home][2] for home, _ in part["homes"] if home >= 0}
    assert {row[2] for row in part["things"]} - owners <= around
    assert {row[2] for row in part["things"]} >= around
    assert sum(centre in {c[1], c[3]} for c in part["claims"]) == sum(
        whole in {c[1], c[3]} for c in knowledge["claims"]
    )
    further = chosen(knowledge, Wanted(about="平遥县", steps=3))
    assert len(further["things"]) > len(part["things"])
    assert rendered(further)


def test_a_page_without_texts_keeps_the_quotes(knowledge: dict[str, Any]) -> None:
    part = chosen(knowledge, Wanted(texts=False))
    assert [text for _, text in part["sources"]] == [0] * len(knowledge["sources"])
    build = merge(gold_extractions())
    assert [row[2] for row in part["quotes"]] == [q.text for q in build.quotes]
    assert part["claims"] == knowledge["claims"]


def test_what_is_not_in_a_page_is_said(
    knowledge: dict[str, Any], tmp_path: Path
) -> None:
    with pytest.raises(UsageError) as missing:
        chosen(knowledge, Wanted(places=("阆中镇",)))
    assert "阆中市" in missing.value.parameters["near"]
    (tmp_path / "page.html").write_text("<p>图谱</p>", encoding="utf-8")
    with pytest.raises(ReadingError) as other:
        redraw(tmp_path / "page.html", tmp_path / "new.html")
    assert other.value.code == "page-of-other-version"
    assert not (tmp_path / "new.html").exists()


def test_a_build_is_drawn_in_part(tmp_path: Path) -> None:
    report = min(shipped("seeds").glob("003*.txt"))
    graph = zhengpu.build(report)
    graph.draw(tmp_path / "whole.html")
    assert (tmp_path / "whole.html").read_bytes() == (
        graph.folder / "graph.html"
    ).read_bytes()
    graph.draw(tmp_path / "part.html", about="代县政协", texts=False)
    part = read(tmp_path / "part.html")
    assert 10 < len(part["things"]) < len(read(tmp_path / "whole.html")["things"])
    assert report.read_text(encoding="utf-8")[:200] not in (
        tmp_path / "part.html"
    ).read_text(encoding="utf-8")


# -- words -------------------------------------------------------------------------


def words() -> dict[str, tuple[str, str]]:
    with (TEMPLATES / "words.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {row["key"]: (row["zh"], row["en"]) for row in rows}


def test_every_word_is_said_in_both_languages_with_the_same_gaps() -> None:
    for key, (chinese, english) in words().items():
        assert chinese, key
        assert english, key
        gaps = [sorted(re.findall(r"\{(\w+)\}", text)) for text in (chinese, english)]
        assert gaps[0] == gaps[1], key


def test_the_page_says_every_word_and_no_other() -> None:
    markup = (TEMPLATES.parent / "explorer.html").read_text(encoding="utf-8")
    used = set(re.findall(r'data-(?:word|label|title|placeholder)="([^"]+)"', markup))
    for name in SCRIPTS:
        script = (TEMPLATES / f"{name}.js").read_text(encoding="utf-8")
        used |= set(re.findall(r'"([a-z]+(?:-[a-z]+)*)"', script))
        used |= {
            key
            for start in re.findall(r"say\(`([a-z]+-)\$\{", script)
            for key in words()
            if key.startswith(start)
        }
        said = re.findall(r'say\("([^"]+)"', script)
        assert set(said) <= set(words()), name
    assert set(words()) <= used


def test_every_script_is_in_the_page() -> None:
    assert {path.stem for path in TEMPLATES.glob("*.js")} == set(SCRIPTS)


def test_every_type_and_relation_has_two_labels(knowledge: dict[str, Any]) -> None:
    assert [row[0] for row in knowledge["types"]] == list(EntityType)
    assert [row[0] for row in knowledge["relations"]] == list(Relation)
    for row in (*knowledge["types"], *knowledge["relations"]):
        chinese, english = row[-2:]
        assert re.fullmatch(r"[\u4e00-\u9fff]+", chinese), row
        assert re.fullmatch(r"[A-Za-z' ]+", english), row


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("中国人民政治协商会议全国委员会", "全国政协"),
        ("中国人民政治协商会议大连市委员会提案委员会", "大连市政协提案委员会"),
        (
            "中国人民政治协商会议阆中市第十五届委员会常务委员会工作报告",
            "阆中市政协十五届常委会工作报告",
        ),
        ("中国人民政治协商会议第十五届代县委员会", "代县政协十五届"),
        ("中国共产党平遥县委员会", "中共平遥县委"),
        ("中国共产党南充市第七届委员会第五次全体会议", "中共南充市委七届五次全会"),
        ("中国共产党第十九届中央委员会第四次全体会议", "中共十九届四中全会"),
        ("中国共产党第二十次全国代表大会", "中共二十大"),
        ("云南省人民代表大会常务委员会", "云南省人大常委会"),
        ("乡村振兴", "乡村振兴"),
    ],
)
def test_labels_shorten_names_as_people_do(name: str, expected: str) -> None:
    assert short(name) == expected


def test_pinyin_is_what_people_type() -> None:
    assert plain_pinyin("绿色重庆") == "lv se chong qing"
    assert plain_pinyin("COP15") == ""


def test_texts_that_are_not_alike_are_not_aligned() -> None:
    assert alignment("甲乙", "甲丙") is None
    assert alignment("“甲”，", '"甲",') == [0, 1, 2, 3]


# -- the layout --------------------------------------------------------------------


def test_things_and_discs_do_not_overlap(html: str, knowledge: dict[str, Any]) -> None:
    (text,) = _Elements(html).text_of("script", id="picture")
    nodes = json.loads(text)["nodes"]
    for one, other in combinations(nodes, 2):
        apart = dist((one["x"], one["y"]), (other["x"], other["y"]))
        assert apart > one["size"] + other["size"]
    for discs in ([row[1:] for row in knowledge["discs"]], knowledge["communities"]):
        for (x, y, r), (x2, y2, r2) in combinations(discs, 2):
            assert dist((x, y), (x2, y2)) > r + r2 - 3


def test_every_thing_lies_in_its_home(html: str, knowledge: dict[str, Any]) -> None:
    (text,) = _Elements(html).text_of("script", id="picture")
    homes = {home: (x, y, r) for home, x, y, r in knowledge["discs"]}
    for node in json.loads(text)["nodes"]:
        x, y, r = homes[knowledge["homeOf"][node["id"]]]
        assert dist((x, y), (node["x"], node["y"])) + node["size"] <= r + 2


def test_a_thing_alone_and_things_without_ties_are_placed() -> None:
    assert lay_out(Picture([], [], [], [])).points == ()
    assert len(lay_out(Picture([5.0], [0], [0], [])).points) == 1
    many = lay_out(Picture([5.0] * 300, [0] * 300, [0] * 300, []))
    assert len(set(many.points)) == 300


def test_packed_discs_touch_but_do_not_overlap() -> None:
    radii = [float(3 + i * 7 % 11) for i in range(60)]
    centres = pack(radii, {(0, 59): 4, (3, 8): 1})
    for i, j in combinations(range(60), 2):
        assert dist(centres[i], centres[j]) >= radii[i] + radii[j] - 1e-5
    _, radius = enclosing(centres, radii)
    assert radius < 1.6 * sum(r * r for r in radii) ** 0.5
