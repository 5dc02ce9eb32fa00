"""Rule files are read, and what is wrong with one is told by code, file and rule."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from zhengpu.errors import RuleError
from zhengpu.knowledge.rulebook import (
    FOLDABLE,
    FOLDED,
    RULES,
    Finder,
    Rule,
    expand,
    read_rules,
    rulebook,
)
from zhengpu.messages import message
from zhengpu.model import EntityType

if TYPE_CHECKING:
    from pathlib import Path

ORG, PLC, PER = FOLDED["ORG"], FOLDED["PLC"], FOLDED["PER"]


def rules_of(folder: Path, text: str) -> tuple[Rule, ...]:
    """The rules of a file `book.toml` with this text."""
    path = folder / "book.toml"
    path.write_text(text, encoding="utf-8")
    return read_rules(path)


def one_rule(folder: Path, *lines: str) -> Rule:
    (rule,) = rules_of(folder, "\n".join(["[[rule]]", 'name = "one"', *lines]))
    return rule


def test_each_type_folds_to_a_private_character_of_its_own() -> None:
    assert set(FOLDED) == {*EntityType, "AREA", "HERE"}
    assert len(set(FOLDED.values())) == len(FOLDED) == len(FOLDABLE)
    assert all("\ue000" <= char <= "\uf8ff" for char in FOLDABLE)


@pytest.mark.parametrize(
    ("pattern", "matching", "other"),
    [
        ("{ORG}", [ORG], [PLC, "县"]),
        ("{ORG|PLC}", [ORG, PLC], [PER]),
        ("{any}", [ORG, PLC, PER], ["县"]),
        (
            "{ORG+}",
            [
                ORG,
                ORG * 3,
                f"{ORG}、{ORG}和{ORG}",
                f"{ORG}，以及{ORG}",
                f"{ORG}暨{ORG}",
            ],
            [f"{ORG}、", f"{ORG}和{PLC}", f"{ORG}，{ORG}"],
        ),
        ("{ORG|PLC+}", [f"{ORG}与{PLC}", f"{PLC}{ORG}"], [f"{ORG}与{PER}"]),
        ("{n}届", ["十五届", "3届", "2024届"], ["届", "12345届"]),
        ("开{~3}会", ["开会", "开好大会", f"开{ORG}会"], ["开好全体大会", "开，会"]),
        ("开{-3}会", ["开会", "开好大会"], [f"开{ORG}会", "开。会"]),
        ("会{2}", ["会会"], ["会"]),
    ],
)
def test_a_slot_stands_for_what_the_guide_says(
    pattern: str, matching: list[str], other: list[str]
) -> None:
    compiled = re.compile(expand(pattern, {}, "book/one"))
    assert [text for text in matching if not compiled.fullmatch(text)] == []
    assert [text for text in other if compiled.fullmatch(text)] == []


def test_macros_hold_macros_and_stay_together_in_a_repetition() -> None:
    macros = {"body": "政协|{level}政府", "level": "县|市"}
    compiled = re.compile(expand("(?:{body}、?)+$", macros, "book/one"))
    assert compiled.match("政协、县政府、市政府")
    assert not compiled.match("县政协")


def test_a_rule_is_named_after_its_file_and_says_what_it_gives(tmp_path: Path) -> None:
    mention = one_rule(tmp_path, 'type = "ORG"', "pattern = '政协'")
    assert (mention.name, mention.yields) == ("book/one", "ORG")
    relation = one_rule(tmp_path, 'relation = "leads"', "pattern = '领导'")
    assert relation.yields == "leads"


def test_a_file_without_rules_has_none(tmp_path: Path) -> None:
    assert rules_of(tmp_path, "[macros]\na = '政协'\n") == ()


@pytest.mark.parametrize(
    ("text", "code", "told"),
    [
        ("[[rule]\n", "rule-file-syntax", "book.toml"),
        ("a = 1\na = 2\n", "rule-file-syntax", "book.toml"),
        ('[[rule]]\nname = "x"\ntype = "ORG"\n', "rule-incomplete", "book/x"),
        ("[[rule]]\nname = \"x\"\npattern = '县'\n", "rule-incomplete", "book/x"),
        ("[[rule]]\ntype = \"ORG\"\npattern = '('\n", "rule-pattern", "book/?"),
        ("[[rule]]\ntype = \"ORG\"\npattern = '{ORGG}'\n", "unknown-slot", "ORGG"),
        ("[[rule]]\ntype = \"ORG\"\npattern = '{ORG|X+}'\n", "unknown-slot", "X"),
        (
            "[macros]\na = '{b}'\n[[rule]]\ntype = \"ORG\"\npattern = '{a}'\n",
            "unknown-slot",
            "book/?",
        ),
        (
            "[[rule]]\ntype = \"ORG\"\npatern = '县'\npattern = '县'\n",
            "unknown-key",
            "patern",
        ),
    ],
)
def test_what_is_wrong_with_a_rule_file_is_told_with_its_place(
    tmp_path: Path, text: str, code: str, told: str
) -> None:
    with pytest.raises(RuleError) as caught:
        rules_of(tmp_path, text)
    assert caught.value.code == code
    assert told in caught.value.parameters.values()
    for language in ("zh", "en"):
        assert told in message(code, caught.value.parameters, language)


def test_a_rule_finds_each_match_in_order(tmp_path: Path) -> None:
    rule = one_rule(tmp_path, 'type = "ORG"', "pattern = '[省市县]政协'")
    assert [m[0] for _, m in Finder([rule]).matches("县政协、市政协。省政协")] == [
        "县政协",
        "市政协",
        "省政协",
    ]


NEAR = "pattern = '[省市县]+(?:人民)?政协'", 'near = "政协"', 'type = "ORG"'


@pytest.mark.parametrize(
    "text",
    [
        "",
        "没有这个词。",
        "县政协",
        "县政协，市政协；省政协",
        "开展工作，省市县政协",
        "县政协和市政协、省人民政协联合调研。\n县政协",
        "政协县政协政协",
    ],
)
def test_a_rule_tried_near_a_word_finds_what_it_finds_anywhere(
    tmp_path: Path, text: str
) -> None:
    near = one_rule(tmp_path, *NEAR)
    anywhere = one_rule(tmp_path, *NEAR[::2])
    assert [m.span() for _, m in Finder([near]).matches(text)] == [
        m.span() for _, m in Finder([anywhere]).matches(text)
    ]


def test_a_shipped_book_is_read_once() -> None:
    names = [path.stem for path in RULES.glob("*.toml")]
    assert names
    for name in names:
        assert rulebook(name) is rulebook(name)
        assert all(rule.name.startswith(f"{name}/") for rule in rulebook(name))
