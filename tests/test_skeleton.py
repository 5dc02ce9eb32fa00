"""Folding keeps the way back to the clean text, and overlaps are settled alike."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengpu.extraction.skeleton import AREA_RULE, HERE_RULE, fold, longest
from zhengpu.knowledge.rulebook import FOLDABLE, FOLDED
from zhengpu.model import EntityType, Mention

TEXT = "代县政协与我县委员视察雁门关景区，县委书记到会。"


def found(words: str, type_: EntityType, rule: str = "names/x") -> Mention:
    """A mention of words of `TEXT`."""
    start = TEXT.index(words)
    return Mention(type_, start, start + len(words), words, rule)


def at(start: int, end: int, rule: str = "names/x") -> Mention:
    return Mention(EntityType.ORG, start, end, "字" * (end - start), rule)


@st.composite
def folded_texts(draw: st.DrawFn) -> tuple[str, list[Mention]]:
    """A text and mentions of it that do not overlap, in order."""
    text = draw(st.text("代县政协，。“》a1 ", max_size=40))
    borders = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    types = list(EntityType)
    return text, [
        Mention(types[n % len(types)], start, end, text[start:end], "names/x")
        for n, (start, end) in enumerate(zip(borders[::2], borders[1::2], strict=False))
    ]


@given(folded_texts())
def test_every_character_of_a_skeleton_leads_back_to_its_clean_span(
    case: tuple[str, list[Mention]],
) -> None:
    text, mentions = case
    skeleton = fold(text, mentions)
    back = ""
    for position, char in enumerate(skeleton.text):
        start, end = skeleton.span(position, position + 1)
        assert (char in FOLDABLE) == (position in skeleton.mentions)
        back += text[start:end]
    assert back == text
    assert skeleton.clean(len(skeleton.text)) == len(text)
    assert [skeleton.mentions[p] for p in sorted(skeleton.mentions)] == mentions


@given(folded_texts())
def test_a_clean_offset_lies_at_the_position_whose_span_holds_it(
    case: tuple[str, list[Mention]],
) -> None:
    text, mentions = case
    skeleton = fold(text, mentions)
    for offset in range(len(text)):
        position = skeleton.position(offset)
        start, end = skeleton.span(position, position + 1)
        assert start <= offset < end


def test_places_fold_by_how_they_were_found_where_rules_ask_for_it() -> None:
    mentions = [
        found("代县", EntityType.PLC, AREA_RULE),
        found("我县", EntityType.PLC, HERE_RULE),
        found("雁门关景区", EntityType.PLC),
    ]
    kinds = [FOLDED[kind] for kind in ("AREA", "HERE", "PLC")]
    told = [char for char in fold(TEXT, mentions).text if char in FOLDABLE]
    plain = [
        char for char in fold(TEXT, mentions, areas=False).text if char in FOLDABLE
    ]
    assert told == kinds
    assert plain == [FOLDED["PLC"]] * 3


def test_an_area_of_unknown_parents_folds_as_an_area() -> None:
    mention = found("代县", EntityType.PLC, f"{AREA_RULE}-unresolved")
    assert fold(TEXT, [mention]).text[0] == FOLDED["AREA"]


def test_the_mentions_of_a_stretch_come_in_order() -> None:
    mentions = [found("代县政协", EntityType.ORG), found("雁门关景区", EntityType.PLC)]
    skeleton = fold(TEXT, mentions)
    assert skeleton.within(0, len(skeleton.text)) == mentions
    assert skeleton.within(1, 3) == []


def test_a_private_character_of_the_source_is_no_mention() -> None:
    """Some files hold such characters; a rule would take them for names."""
    skeleton = fold(f"县{FOLDED['ORG']}委", [])
    assert not set(skeleton.text) & set(FOLDABLE)
    assert len(skeleton.text) == 3


@pytest.mark.parametrize(
    ("given_", "kept"),
    [
        ([], []),
        ([(0, 4), (0, 2)], [(0, 4)]),
        ([(0, 2), (0, 4)], [(0, 4)]),
        ([(0, 6), (2, 4)], [(0, 6)]),
        ([(0, 3), (2, 6)], [(2, 6)]),
        ([(0, 4), (2, 6)], [(0, 4)]),
        ([(0, 2), (2, 4)], [(0, 2), (2, 4)]),
        ([(4, 6), (0, 3), (2, 5)], [(0, 3), (4, 6)]),
        ([(0, 2), (1, 4), (3, 9)], [(3, 9)]),
    ],
)
def test_of_overlapping_mentions_the_longest_stays(
    given_: list[tuple[int, int]], kept: list[tuple[int, int]]
) -> None:
    left = longest([at(*span) for span in given_])
    assert [(m.start, m.end) for m in left] == kept


def test_of_two_mentions_of_one_span_the_first_given_stays() -> None:
    first, second = at(0, 2, "bodies/first"), at(0, 2, "names/second")
    assert longest([first, second]) == [first]
    assert longest([second, first]) == [second]


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 8)), max_size=12))
def test_what_stays_never_overlaps(spans: list[tuple[int, int]]) -> None:
    left = longest([at(start, start + size) for start, size in spans])
    assert all(a.end <= b.start for a, b in pairwise(left))
    assert bool(left) == bool(spans)
