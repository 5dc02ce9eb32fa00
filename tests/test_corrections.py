"""What a corrections file may say, and what is said of one that is not right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengpu.errors import UsageError
from zhengpu.graph.contradictions import check, signatures
from zhengpu.graph.corrections import FORMS, CorrectionsError, path_of
from zhengpu.graph.corrections_file import find, parse, read, table
from zhengpu.messages import message
from zhengpu.model import EntityType, Relation

if TYPE_CHECKING:
    from pathlib import Path

RENAME = '[[rename]]\nentity = "县医院"\nname = "甲县医院"\n'
NOTE = 'who = "张"\nwhen = 2026-01-02\nwhy = "如此"\nsource = "公报"\n'


def told(text: str) -> tuple[str, str]:
    """The code and the English text of the error that a text gives."""
    with pytest.raises(CorrectionsError) as caught:
        check(parse(text))
    assert message(caught.value.code, caught.value.parameters, "zh")
    said = message(caught.value.code, caught.value.parameters, "en")
    assert "(path=" not in said
    return caught.value.code, said


def test_every_entry_is_told_where_it_stands() -> None:
    text = (
        f"# 头\n\n{RENAME}\n# 下一条\n[[alias]]\nentity = '甲'\nalias = ['乙', '丙']\n"
    )
    rename, alias = parse(text).entries
    assert (rename.line, alias.line) == (3, 8)
    assert alias.all("alias") == ("丙", "乙")
    for entry in (rename, alias):
        assert text[entry.span.start : entry.span.end] == entry.text
    assert rename.text == RENAME.strip()


@pytest.mark.parametrize(
    "before",
    [
        '# """ [[alias]]\n',
        "# '\n",
        '[[alias]]\nentity = "甲"\nalias = "乙"\nwhy = """\n[[rename]]\n"""\n',
        "[[alias]]\nentity = '''\n[[rename]]'''\nalias = '[[x]]'\n",
        '[["alias"]]\r\nentity = "甲 \\" [[rename]]"\r\nalias = "\'\'\'"\r\n',
    ],
)
def test_what_strings_and_comments_hold_is_no_table(before: str) -> None:
    entries = parse(before + RENAME).entries
    assert entries[-1].kind == "rename"
    assert entries[-1].line == before.count("\n") + 1
    assert entries[-1].get("name") == "甲县医院"


def test_a_byte_order_mark_and_dates_are_read(tmp_path: Path) -> None:
    path = tmp_path / "corrections.toml"
    path.write_bytes(b"\xef\xbb\xbf" + (RENAME + NOTE).encode())
    (entry,) = read(path).entries
    assert entry.get("when") == "2026-01-02"


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("[[rename]\n", "corrections-syntax", 1),
        (RENAME + "x y\n", "corrections-syntax", 4),
        ("a = " + "[" * 5000, "corrections-syntax", 1),
        ("x = " + "9" * 5000, "corrections-syntax", 1),
        ("\n[[renmae]]\n", "corrections-kind", 2),
        ('[rename]\nentity = "甲"\nname = "乙"\n', "corrections-form", 1),
        ('rename = [{entity = "甲", name = "乙"}]', "corrections-form", 1),
        ('[[rename]]\nentity = "甲"\nnam = "乙"\n', "corrections-key", 3),
        ('\n[[rename]]\nentity = "甲"\n', "corrections-missing", 2),
        ('[[rename]]\nentity = "甲"\nname = ["乙"]\n', "corrections-value", 3),
        ('[[rename]]\nentity = " "\nname = "乙"\n', "corrections-value", 2),
        ('[[same-as]]\nkeep = "甲"\nsame = []\n', "corrections-value", 3),
        ('[[not-same]]\nentities = ["甲", "甲"]\n', "corrections-value", 1),
        ('[[retype]]\nentity = "甲"\n', "corrections-missing", 1),
        ('[[retype]]\nentity = "甲"\ntype = "OGR"\n', "corrections-choice", 1),
        (
            '[[reject]]\nsubject = "甲"\nrelation = "lead"\nobject = "乙"\n',
            "corrections-choice",
            1,
        ),
        ('[[reject]]\nsubject = "甲"\nrelation = "leads"\n', "corrections-missing", 1),
        ('[[reject]]\nsubject = "甲"\n', "corrections-missing", 1),
        (
            '[[reject]]\nsubject = "甲"\nmeasure = "乙"\nperiod = "去年"\n',
            "corrections-value",
            1,
        ),
        (
            '[[assert]]\nsubject = "甲"\nrelation = "leads"\nobject = "乙"\n',
            "corrections-missing",
            1,
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_line(text: str, code: str, line: int) -> None:
    found, said = told(text)
    assert found == code
    assert said.startswith(f"corrections.toml:{line}: ")


def test_what_is_misspelt_is_told_with_what_is_near() -> None:
    assert "rename" in told("[[renmae]]\n")[1]
    assert "leads" in told('[[reject]]\nsubject="甲"\nrelation="lead"\nobject="乙"')[1]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (RENAME + RENAME, "corrections-duplicate"),
        (RENAME + RENAME.replace("甲县", "乙县"), "corrections-contradict"),
        (
            '[[same-as]]\nkeep="甲"\nsame="乙"\n[[not-same]]\nentities=["乙","甲"]',
            "corrections-contradict",
        ),
        (
            '[[same-as]]\nkeep="甲"\nsame=["乙","丙"]\n[[not-same]]\nentities=["乙","丙"]',
            "corrections-contradict",
        ),
        (
            '[[same-as]]\nkeep="甲"\nsame="乙"\n[[same-as]]\nkeep="丙"\nsame="乙"',
            "corrections-contradict",
        ),
        (
            '[[same-as]]\nkeep="甲"\nsame="乙"\n[[same-as]]\nkeep="乙"\nsame="甲"',
            "corrections-cycle",
        ),
        ('[[same-as]]\nkeep="甲"\nsame="甲"', "corrections-cycle"),
        (
            (
                '[[same-as]]\nkeep="甲"\nsame="乙"\n[[same-as]]\nkeep="丙"\nsame="甲"\n'
                '[[rename]]\nentity="乙"\nname="子"\n[[rename]]\nentity="丙"\nname="丑"'
            ),
            "corrections-contradict",
        ),
        (
            '[[retype]]\nentity="甲"\ntype="ORG"\n[[retype]]\nentity="甲"\ntype="PLC"',
            "corrections-contradict",
        ),
        (
            (
                '[[reject]]\nsubject="甲"\nrelation="leads"\nobject="乙"\n'
                f'[[assert]]\nsubject="甲"\nrelation="leads"\nobject="乙"\n{NOTE}'
            ),
            "corrections-contradict",
        ),
        (
            f'[[assert]]\nsubject="ORG/甲"\nrelation="holdsPost"\nobject="乙"\n{NOTE}',
            "corrections-ontology",
        ),
        (
            f'[[assert]]\nsubject="甲"\nrelation="receives"\nobject="PER/乙"\n{NOTE}',
            "corrections-ontology",
        ),
    ],
)
def test_contradictions_are_refused_with_their_lines(text: str, code: str) -> None:
    found, said = told(text)
    assert found == code
    lines = [entry.line for entry in parse(text).entries]
    if code != "corrections-ontology":
        assert str(lines[-1]) in said
    assert str(lines[0]) in said or len(lines) > 2


def test_a_chain_of_sames_is_no_circle() -> None:
    check(parse('[[same-as]]\nkeep="丙"\nsame="乙"\n[[same-as]]\nkeep="乙"\nsame="甲"'))


def test_remarks_do_not_make_another_correction() -> None:
    again = RENAME + 'why = "别的理由"\n'
    assert told(RENAME + again)[0] == "corrections-duplicate"


def test_a_file_that_is_no_utf8_is_told_with_the_line(tmp_path: Path) -> None:
    path = tmp_path / "corrections.toml"
    path.write_bytes(b"# a\n# " + "中".encode("gb18030") + b"\n")
    with pytest.raises(CorrectionsError) as caught:
        read(path)
    assert caught.value.code == "corrections-encoding"
    assert caught.value.parameters["line"] == "2"


def test_the_file_given_is_taken_else_the_nearest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, reports = tmp_path / "here", tmp_path / "reports"
    for folder in (here, reports):
        folder.mkdir()
    monkeypatch.chdir(here)
    assert find([reports]).entries == ()
    (here / "corrections.toml").write_text(RENAME, encoding="utf-8")
    assert find([reports]).notices[0].code == "corrections-here"
    (reports / "corrections.toml").write_text("", encoding="utf-8")
    assert find([reports]).notices[0].code == "corrections-beside"
    assert find([reports, here]).notices[0].code == "corrections-here"
    given = reports / "corrections.toml"
    assert find([here], given).notices[0].code == "corrections-given"
    with pytest.raises(UsageError):
        find([reports], tmp_path / "none.toml")


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_name_can_be_written(name: str) -> None:
    made = parse(table("rename", ("entity", "甲"), ("name", f"乙{name}")))
    assert made.entries[0].get("name") == " ".join(f"乙{name}".split())


def test_paths_and_names_are_told_apart() -> None:
    assert path_of("<https://w3id.org/zhengpu/id/PER/甲:乙县>") == ("PER", "甲:乙县")
    assert path_of("甲/乙") is None


def test_the_ontology_says_what_each_relation_joins() -> None:
    assert set(signatures()) == set(Relation)
    assert all(all(ends) for ends in signatures().values())
    assert signatures()[Relation.PRESENTED_BY][1] == {EntityType.PER}


def test_every_kind_has_its_keys() -> None:
    assert set(FORMS) == {
        *("same-as", "not-same", "rename", "retype", "alias", "reject", "assert")
    }
