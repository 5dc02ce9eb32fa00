"""Corrections applied: to entities, to facts, and in the command line."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from gold_extractions import extraction_of
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs
from pyoxigraph import Store

from zhengpu import pipeline
from zhengpu.cli import run
from zhengpu.graph import store
from zhengpu.graph.assembly import triples
from zhengpu.graph.contradictions import check
from zhengpu.graph.correcting import merge_corrected
from zhengpu.graph.corrections import FORMS, NONE, CorrectionsError
from zhengpu.graph.corrections_file import parse
from zhengpu.graph.identities import REPORT
from zhengpu.graph.merging import merge
from zhengpu.graph.turtle import write_turtle
from zhengpu.graph.validation import validate
from zhengpu.messages import message
from zhengpu.model import (
    Entity,
    EntityType,
    Evidence,
    Observation,
    Relation,
    Span,
    Statement,
)
from zhengpu.use.correcting import merged_of
from zhengpu.use.explaining import explain

if TYPE_CHECKING:
    from zhengpu.graph.merged import Merged
    from zhengpu.model import Extraction

ROOT = Path(__file__).parent.parent
LONG = Entity("e1", EntityType.ORG, "长春师范大学", ("师大",), kind="学校")
SHORT = Entity("e2", EntityType.ORG, "长春大学")
CITY = Entity("e3", EntityType.PLC, "长春市", (), "220100", "", "220100", "prefecture")
WHO = Entity("e4", EntityType.PER, "李四", scope="长春市")
TEXT = "长春师范大学和长春大学位于长春市，李四任校长。建议5件。"
HERE = Evidence(0, (Span(0, 5),), "a/b")
FACTS = (
    Statement("e1", Relation.LOCATED_IN, "e3", HERE),
    Statement("e2", Relation.LOCATED_IN, "e3", HERE),
    Statement("e4", Relation.HOLDS_POST, "e2", HERE, "校长", "2020"),
    Statement("e2", Relation.COOPERATES_WITH, "e1", HERE, planned=True),
)
FIVE = Observation("e2", "建议", Decimal(5), "件", Evidence(1, (Span(23, 27),), "c/d"))
NOTE = 'who = "张"\nwhen = 2026-01-02\nwhy = "如此"\nsource = "公报"\n'
SAME = '[[same-as]]\nkeep = "长春师范大学"\nsame = ["长春大学"]\n'
RENAME = '[[rename]]\nentity = "长春大学"\nname = "长春联合大学"\n'
REJECT = '[[reject]]\nsubject="长春大学"\nrelation="locatedIn"\nobject="长春市"\n'
ASSERT = (
    '[[assert]]\nsubject = "李四"\nrelation = "leftPost"\n'
    f'object = "长春大学"\nrole = "校长"\n{NOTE}'
)


def extraction() -> Extraction:
    return extraction_of(TEXT, (LONG, SHORT, CITY, WHO), FACTS, (FIVE,))


def corrected(text: str) -> Merged:
    return merge_corrected([extraction()], parse(text))


def things(merged: Merged) -> set[str]:
    return {thing.key for thing in merged.things}


def warnings(merged: Merged) -> list[str]:
    """What is told of corrections that were not applied, in English."""
    return [
        message(finding.code, dict(finding.parameters), "en")
        for finding in merged.findings
        if finding.stage == "correcting"
    ]


def test_no_corrections_change_nothing() -> None:
    assert merge_corrected([extraction()], NONE) == merge([extraction()])


def test_what_is_the_same_becomes_one_with_all_facts() -> None:
    before, after = merge([extraction()]), corrected(SAME)
    assert things(before) - things(after) == {"ORG/长春大学"}
    (kept,) = (thing for thing in after.things if thing.name == "长春师范大学")
    assert kept.aliases == ("师大", "长春大学")
    (located,) = (c for c in after.claims if c.relation is Relation.LOCATED_IN)
    assert located.subject == kept.key
    assert [figure.subject for figure in after.figures] == [kept.key]
    (applied,) = after.corrections
    assert applied.replaced == ("ORG/长春大学",)


def test_a_chain_of_sames_ends_in_one() -> None:
    after = corrected(f'{SAME}[[same-as]]\nkeep="李四"\nsame="长春师范大学"\n')
    assert things(after) >= {"PER/李四:长春市"}
    assert not things(after) & {"ORG/长春大学", "ORG/长春师范大学"}


def test_a_new_name_makes_a_new_key_and_keeps_the_old_as_alias() -> None:
    after = corrected(RENAME)
    (thing,) = (thing for thing in after.things if thing.key == "ORG/长春联合大学")
    assert thing.aliases == ("长春大学",)
    assert len(after.claims) == len(FACTS)


def test_corrections_may_use_the_new_name() -> None:
    after = corrected(f'[[alias]]\nentity = "长春联合大学"\nalias = "联大"\n{RENAME}')
    (thing,) = (thing for thing in after.things if thing.name == "长春联合大学")
    assert thing.aliases == ("联大", "长春大学")
    assert not warnings(after)


def test_a_name_that_another_has_is_not_given() -> None:
    after = corrected(RENAME.replace("长春联合大学", "长春师范大学"))
    assert things(after) == things(merge([extraction()]))
    assert "same-as" in warnings(after)[0]
    assert after.corrections == ()


def test_two_entities_do_not_get_the_same_new_name() -> None:
    """The first by key gets it, wherever it stands in the file."""
    other = RENAME.replace("长春大学", "长春师范大学")
    for text in (RENAME + other, other + RENAME):
        after = corrected(text)
        assert things(after) >= {"ORG/长春联合大学", "ORG/长春师范大学"}
        assert len(warnings(after)) == 1


def test_type_and_kind_can_be_mended() -> None:
    text = '[[retype]]\nentity = "长春大学"\ntype = "PRG"\nkind = "行动"\n'
    (thing,) = (t for t in corrected(text).things if t.name == "长春大学")
    assert (thing.key, thing.type, thing.kind) == (
        "PRG/长春大学",
        EntityType.PRG,
        "campaign",
    )
    assert "nearest" not in "".join(warnings(corrected(text)))
    assert "企页" in warnings(corrected(text.replace("行动", "企页")))[0]


def test_a_renamed_report_has_one_name() -> None:
    entity = Entity("e1", EntityType.DOC, "甲县报告", scope="x")
    one = extraction_of("甲。", (entity,))
    made = merge([one])
    (report,) = made.reports
    text = f'[[rename]]\nentity = "{report.key}"\nname = "乙县报告"\n'
    after = merge_corrected([one], parse(text))
    assert [report.title for report in after.reports if report.key != REPORT] == [
        "乙县报告"
    ]
    labels = {t for t in triples(after)[0] if t[1].endswith("#prefLabel>")}
    assert len([t for t in labels if "乙县报告" in t[2]]) == 1


def test_what_is_rejected_is_gone_and_told() -> None:
    after = corrected(REJECT)
    assert len(after.claims) == len(FACTS) - 1
    (applied,) = after.corrections
    assert applied.facts == ("长春大学 locatedIn 长春市",)
    assert len(corrected(SAME + REJECT).claims) == 1


@pytest.mark.parametrize(
    ("more", "gone"),
    [
        ('relation="holdsPost"\nobject="长春大学"', 1),
        ('relation="holdsPost"\nobject="长春大学"\nrole="校长"\nperiod="2020"', 1),
        ('relation="holdsPost"\nobject="长春大学"\nrole="院长"', 0),
        ('relation="holdsPost"\nobject="长春大学"\nplanned=true', 0),
        ('relation="holdsPost"\nobject="长春大学"\nplanned=false', 1),
    ],
)
def test_role_and_period_narrow_what_is_rejected(more: str, gone: int) -> None:
    after = corrected(f'[[reject]]\nsubject = "李四"\n{more}\n')
    assert len(after.claims) == len(FACTS) - gone
    assert len(warnings(after)) == 1 - gone


@pytest.mark.parametrize("value", ['"5"', "5", "5.0"])
def test_a_figure_can_be_rejected(value: str) -> None:
    text = f'[[reject]]\nsubject = "长春大学"\nmeasure = "建议"\nvalue = {value}\n'
    assert corrected(text).figures == ()
    assert len(corrected(text.replace("5", "6")).figures) == 1


def test_cooperation_is_rejected_in_both_directions() -> None:
    ends = ("长春大学", "长春师范大学")
    for one, other in (ends, ends[::-1]):
        text = (
            f'[[reject]]\nsubject="{one}"\nrelation="cooperatesWith"\nobject="{other}"'
        )
        assert len(corrected(text).claims) == len(FACTS) - 1


def test_an_asserted_fact_quotes_the_correction() -> None:
    after = corrected(ASSERT)
    (claim,) = (c for c in after.claims if c.relation is Relation.LEFT_POST)
    (place,) = claim.attestations
    (quote,) = (quote for quote in after.quotes if quote.key == place.quote)
    assert quote.text == ASSERT.strip()
    (span,) = place.spans
    assert ASSERT[span[0].start : span[0].end] == span[1] == quote.text
    (source,) = (s for s in after.sources if s.sha256 == place.source)
    assert source.names == ("corrections.toml",)


def test_a_fact_that_the_reports_state_is_only_supported() -> None:
    text = ASSERT.replace("leftPost", "holdsPost") + 'period = "2020"\n'
    after = corrected(text)
    assert len(after.claims) == len(FACTS)
    (claim,) = (c for c in after.claims if c.relation is Relation.HOLDS_POST)
    assert {place.rule for place in claim.attestations} == {"a/b", "corrections/assert"}


def test_what_reports_do_not_name_is_made_on_demand_only() -> None:
    text = ASSERT.replace("李四", "PER/王五:长春市")
    assert warnings(corrected(text))
    after = corrected(text + "create = true\n")
    assert "PER/王五:长春市" in things(after)
    assert not warnings(after)


def test_what_one_entry_makes_another_may_name() -> None:
    made = ASSERT.replace("李四", "PER/王五:长春市")
    more = made.replace("leftPost", "holdsPost")
    for text in (f"{made}create = true\n{more}", f"{more}{made}create = true\n"):
        after = corrected(text)
        assert len(after.claims) == len(FACTS) + 2
        assert not warnings(after)


def test_what_is_made_in_vain_is_not_kept() -> None:
    text = ASSERT.replace("李四", "PER/王五").replace("长春大学", "长春大雪")
    assert things(corrected(text + "create = true\n")) == things(merge([extraction()]))


def test_an_assertion_against_the_ontology_is_refused() -> None:
    with pytest.raises(CorrectionsError) as caught:
        corrected(ASSERT.replace("李四", "长春师范大学"))
    assert caught.value.code == "corrections-ontology"


def test_two_names_of_one_entity_can_contradict() -> None:
    """Only a build knows that a path and a name are the same entity."""
    other = RENAME.replace('"长春大学"', '"ORG/长春大学"').replace("联合", "科技")
    with pytest.raises(CorrectionsError) as caught:
        corrected(RENAME + other)
    assert caught.value.parameters["line"] == "1"
    assert caught.value.parameters["other"] == "4"


@pytest.mark.parametrize(
    ("name", "near"),
    [("长春大雪", "长春大学"), ("师大", "长春师范大学"), ("PER/李四五", "李四")],
)
def test_what_matches_nothing_is_told_with_what_is_near(name: str, near: str) -> None:
    after = corrected(RENAME.replace("长春大学", name))
    (said,) = warnings(after)
    assert said.startswith("corrections.toml:1: ")
    assert near in said
    assert after.corrections == ()
    assert replace(after, findings=()) == replace(merge([extraction()]), findings=())


def test_a_name_of_several_is_told_with_their_paths() -> None:
    other = structs.replace(WHO, id="e5", scope="吉林市")
    one = extraction_of(TEXT, (WHO, other))
    text = '[[rename]]\nentity = "李四"\nname = "李五"\n'
    (said,) = warnings(merge_corrected([one], parse(text)))
    assert "PER/李四:吉林市" in said
    assert "PER/李四:长春市" in said
    path = text.replace("李四", "PER/李四:吉林市")
    assert not warnings(merge_corrected([one], parse(path)))


ENTRIES = (
    SAME,
    '[[rename]]\nentity = "长春师范大学"\nname = "东北师大"\n',
    '[[alias]]\nentity = "东北师大"\nalias = ["东师", "师大"]\n',
    '[[retype]]\nentity = "东北师大"\nkind = "企业"\n',
    '[[not-same]]\nentities = ["李四", "长春市"]\n',
    REJECT,
    ASSERT,
)


@given(st.permutations(ENTRIES))
def test_the_order_of_the_entries_makes_no_difference(order: list[str]) -> None:
    one, other = corrected("\n".join(ENTRIES)), corrected("\n".join(order))
    for part in ("things", "figures"):
        assert getattr(one, part) == getattr(other, part)
    assert [c.key for c in one.claims] == [c.key for c in other.claims]
    assert {a.said for a in one.corrections} == {a.said for a in other.corrections}
    assert not warnings(one)


def test_a_corrected_graph_keeps_the_shapes(
    gold: tuple[Extraction, ...], tmp_path: Path
) -> None:
    """All kinds of corrections, applied to real annotations."""
    names = sorted(t.key for t in merge(gold).things if t.type is EntityType.ORG)
    random.Random(1).shuffle(names)  # noqa: S311 - any six will do
    keep, same, renamed, retyped, one, other = names[:6]
    text = (
        f'[[same-as]]\nkeep="{keep}"\nsame="{same}"\n{NOTE}'
        f'[[rename]]\nentity="{renamed}"\nname="新名"\n'
        f'[[retype]]\nentity="{retyped}"\nkind="企业"\n'
        f'[[not-same]]\nentities=["{one}","{other}"]\n'
        f'[[assert]]\nsubject="{one}"\nrelation="leads"\nobject="{other}"\n{NOTE}'
    )
    merged = merge_corrected(gold, parse(text))
    assert len(merged.corrections) == 5
    facts, evidence = triples(merged, rules="1")
    write_turtle(facts, tmp_path / store.GRAPH)
    write_turtle(evidence, tmp_path / store.EVIDENCE)
    graph = store.load(tmp_path)
    assert validate(graph) == []
    assert f"{keep}> <http://purl.org/dc/terms/replaces>" in "\n".join(
        " ".join(triple) for triple in triples(merged)[1]
    )
    (kept,) = explain(graph, f"https://w3id.org/zhengpu/id/{same}")
    assert kept.iri == f"https://w3id.org/zhengpu/id/{keep}"
    (explained,) = explain(graph, f"https://w3id.org/zhengpu/id/{one}")
    (fact,) = (f for f in explained.facts if f.rules == ("corrections/assert",))
    assert dict(fact.quotes[0].remarks) == {
        "who": "张",
        "when": "2026-01-02",
        "why": "如此",
        "source": "公报",
    }


# -- as a user ----------------------------------------------------------------------


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A folder with a build of the small extraction in `output`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("zhengpu.use.drawing.draw", lambda *args: args[-1].touch())
        pipeline.write(pipeline.Collection((extraction(),)), tmp_path / "output")
    return tmp_path


@pytest.fixture
def here(built: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """That folder as the current one."""
    monkeypatch.chdir(built)
    return built


def test_a_build_is_read_back_without_its_evidence(built: Path) -> None:
    merged = merged_of(store.load(built / "output"))
    made = merge([extraction()])
    assert {thing.key for thing in made.things} == things(merged)
    assert [claim.key for claim in merged.claims] == [c.key for c in made.claims]
    assert len(merged.figures) == 1


def test_an_entry_is_added_below_what_is_there(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = here / "corrections.toml"
    file.write_text(f"# 我的批注\n{RENAME}# 末尾\n", encoding="utf-8")
    code = run(
        ["correct", "same-as", "长春师范大学", "长春大学", "--when", "2026-01-02"]
    )
    assert code == 0
    text = file.read_text(encoding="utf-8")
    assert text.startswith(f"# 我的批注\n{RENAME}# 末尾\n\n[[same-as]]\n")
    assert len(parse(text).entries) == 2
    out = capsys.readouterr().out
    (row,) = (line for line in out.splitlines() if "ORG/长春师范大学" in line)
    assert row.split()[-2:] == ["2", "3"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["rename", "长春大雪", "甲"], 1),
        (["rename", "长春大学"], 2),
        (["rename", "长春大学", "甲", "乙"], 2),
        (["nonsense", "甲", "乙"], 2),
        (["assert", "李四", "holdsPost", "长春市", *["--who", "a", "--why", "b"]], 1),
        (["reject", "李四", "leads", "长春市"], 1),
    ],
)
def test_what_cannot_be_is_not_written(
    here: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int
) -> None:
    assert run(["correct", *arguments]) == code
    assert capsys.readouterr().err
    assert not (here / "corrections.toml").exists()


def test_relations_can_be_said_in_chinese(here: Path) -> None:
    assert run(["correct", "reject", "长春大学", "位于", "长春市"]) == 0
    text = (here / "corrections.toml").read_text(encoding="utf-8")
    assert 'relation = "locatedIn"' in text


def test_lines_end_as_they_do_in_the_file(here: Path) -> None:
    file = here / "corrections.toml"
    file.write_bytes(RENAME.replace("\n", "\r\n").encode())
    assert run(["correct", "alias", "长春师范大学", "东师"]) == 0
    text = file.read_bytes().decode()
    assert text.count("\n") == text.count("\r\n") > 3


def test_a_build_says_which_corrections_it_used(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "甲.txt").write_text("长春市有3个区。", encoding="utf-8")
    file = tmp_path / "corrections.toml"
    file.write_text('[[rename]]\nentity="没有"\nname="乙"\n', encoding="utf-8")
    arguments = [
        "build",
        str(tmp_path),
        "-o",
        str(tmp_path / "out"),
        "--no-cache",
        "--lang",
        "en",
    ]
    assert run(arguments) == 0
    said = capsys.readouterr().err
    assert "1 from corrections.toml in the input folder" in said
    assert "corrections.toml:1: [[rename]] matches nothing: 没有" in said
    file.write_text("[[rename]\n", encoding="utf-8")
    assert run([*arguments, "--corrections", str(file)]) == 1
    assert "corrections.toml:1:" in capsys.readouterr().err
    assert run([*arguments, "--corrections", str(tmp_path / "none")]) == 2


def test_an_empty_store_has_nothing_to_correct() -> None:
    assert merged_of(Store()) == merge([])


def test_the_guide_shows_corrections_that_can_be_read() -> None:
    guide = ROOT / "docs" / "how-to" / "corrections.md"
    (text,) = re.findall(r"```toml\n(.*?)```", guide.read_text("utf-8"), re.DOTALL)
    made = parse(text)
    check(made)
    assert {entry.kind for entry in made.entries} == set(FORMS)


def test_hash_seed_and_place_make_no_difference(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from zhengpu.graph.candidates import *;"
        "from zhengpu.graph.corrections_file import *; from zhengpu.graph.correcting import *;"
        "from gold_extractions import gold_extractions;"
        "made = merge_corrected(gold_extractions(), read(Path(sys.argv[1])));"
        "print(ascii((made, candidates(made))))"
    )
    texts = set()
    for seed in "12":
        file = tmp_path / seed / "corrections.toml"
        file.parent.mkdir()
        file.write_text(
            '[[same-as]]\nkeep="阜新市"\nsame=["阜新蒙古族自治县"]\n'
            '[[rename]]\nentity="辽宁省"\nname="辽宁"\n',
            encoding="utf-8",
        )
        done = subprocess.run(
            [sys.executable, "-c", code, str(file)],
            env={
                **os.environ,
                "PYTHONHASHSEED": seed,
                "PYTHONPATH": str(ROOT / "tests"),
            },
            check=True,
            capture_output=True,
            text=True,
        )
        texts.add(done.stdout)
    assert len(texts) == 1
    assert "辽宁".encode("unicode_escape").decode() in texts.pop()


def test_the_report_lists_what_was_applied_and_what_was_not(built: Path) -> None:
    text = REJECT + RENAME.replace("长春大学", "长春大雪")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("zhengpu.use.drawing.draw", lambda *args: args[-1].touch())
        made = pipeline.Collection((extraction(),))
        pipeline.write(made, built / "output", parse(text))
    for name in ("report.md", "report.html"):
        report = (built / "output" / name).read_text("utf-8")
        assert "长春大学 locatedIn 长春市" in report
        assert "matches nothing: 长春大雪 (nearest: 长春大学)" in report.replace(
            "\\", ""
        )


def test_a_changed_correction_is_seen_by_a_build_with_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHENGPU_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr("zhengpu.use.drawing.draw", lambda *args: args[-1].touch())
    reports, output = tmp_path / "reports", tmp_path / "output"
    reports.mkdir()
    (reports / "甲.txt").write_text("辽宁省阜新市政协召开会议。", encoding="utf-8")
    arguments = ["build", str(reports), "-o", str(output)]
    texts = []
    for text in ("", '[[alias]]\nentity="阜新市"\nalias="煤城"\n', ""):
        (reports / "corrections.toml").write_text(text, encoding="utf-8")
        assert run(arguments) == 0
        texts.append((output / "graph.ttl").read_text("utf-8"))
    assert "煤城" in texts[1]
    assert texts[0] == texts[2] != texts[1]
