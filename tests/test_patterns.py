"""What a pattern needs is found in its form; no match is lost by looking for it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengpu.knowledge.patterns import FARTHEST, need, quick, spelled
from zhengpu.knowledge.rulebook import FOLDABLE, RULES, Finder, rulebook

BOOKS = sorted(path.stem for path in RULES.glob("*.toml"))
SEEDS = Path(__file__).parent.parent / "seeds"
WORDS = [
    word
    for book in BOOKS
    for rule in rulebook(book)
    for word in (*rule.words, *re.findall("[一-鿿]{2,4}", rule.pattern.pattern))
]


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Texts of the words of rules, folded things and marks."""
    piece = st.sampled_from(WORDS) | st.sampled_from(
        [*FOLDABLE, *"，。、的和与“”《》\n第三5"]
    )
    return "".join(draw(st.lists(piece, max_size=60)))


@given(texts())
def test_a_finder_finds_what_the_patterns_find_everywhere(text: str) -> None:
    for book in BOOKS:
        rules = [rule for rule in rulebook(book) if not rule.near]
        found = [(rule.name, m.span()) for rule, m in Finder(rules).matches(text)]
        assert found == [
            (rule.name, m.span()) for rule in rules for m in rule.pattern.finditer(text)
        ]


@pytest.mark.parametrize("book", BOOKS)
def test_the_rules_of_a_book_lose_nothing_in_reports(book: str) -> None:
    rules = [rule for rule in rulebook(book) if not rule.near]
    finder = Finder(rules)
    for path in sorted(SEEDS.glob("*.txt")):
        text = re.sub("[省市县区]", FOLDABLE[0], path.read_text(encoding="utf-8"))
        found = [(rule.name, m.span()) for rule, m in finder.matches(text)]
        assert found == [
            (rule.name, m.span()) for rule in rules for m in rule.pattern.finditer(text)
        ]


@pytest.mark.parametrize(
    "pattern",
    [
        "(?:政协|(?:县|市)委)会",
        "(?:第?[一二三\\d]{1,3})?届",
        r"(?<!省)(?:委|政府)?办(?=公|$)",
        "(?:(?<=，)|^)(?:县|市)?委",
        "(?:[^，]|市)会",
        "(?:县)?(?:市)?",
        "[县市]+",
    ],
)
@given(text=st.text("省市县政协委会办公府第一3届，。", max_size=30))
def test_a_quick_pattern_finds_what_the_pattern_finds(pattern: str, text: str) -> None:
    assert [m.span() for m in quick(pattern).finditer(text)] == [
        m.span() for m in re.finditer(pattern, text)
    ]


def test_a_quick_pattern_may_end_in_a_comment() -> None:
    assert quick("(?:县|市)?政协  # a body", re.VERBOSE).fullmatch("县政协")


def test_what_a_match_looks_at_is_reached() -> None:
    found = need("县(?:政协|人大)(?=[^，]{3}会)$")
    assert found is not None
    assert found.words == ("县政协", "县人大")
    assert found.before == 0
    assert found.reach >= len("县政协") + 4
    assert need("县.*政协").before > FARTHEST  # type: ignore[union-attr]
    assert need("[^，]{2,4}") is None


def test_too_many_words_are_not_spelled() -> None:
    assert spelled("[一二]?全会") == ("一全会", "二全会", "全会")
    assert spelled("[^会]全会") == spelled("(?:[一二三四五六七八九十]){4}") == ()
