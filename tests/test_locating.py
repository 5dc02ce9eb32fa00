"""Where words stand: offsets, lines and sentences of a text."""

from __future__ import annotations

from zhengpu.model import RawText
from zhengpu.use.locating import Located

TEXT = "县政协工作报告\n\n一年来，县政协召开\n会议5次。县委高度重视政协工作。\n\n"
WHERE = Located(RawText("a.txt", TEXT, "0" * 64, "utf-8"))


def test_offsets_with_and_without_white_space_lead_to_one_another() -> None:
    for flat, sign in enumerate(WHERE.flat):
        source = WHERE.source(flat)
        assert TEXT[source] == sign
        assert WHERE.flattened(source) == flat
    assert WHERE.flattened(len(TEXT)) == len(WHERE.flat)
    assert WHERE.flattened(10**9) == len(WHERE.flat)


def test_words_are_found_over_a_line_end() -> None:
    assert WHERE.find("召开会议5次") == TEXT.index("召开")
    assert WHERE.find("没有") is None
    assert WHERE.find(" ") is None


def test_a_place_is_a_line_and_a_sentence() -> None:
    place = WHERE.place(TEXT.index("会议5次"))
    assert place.line == 4
    assert place.sentence.endswith("会议5次。")
    assert WHERE.place(TEXT.index("重视")).sentence == "县委高度重视政协工作。"


def test_an_unknown_offset_has_no_place() -> None:
    assert WHERE.place(None) == (0, "")


def test_outside_of_sentences_the_words_around_are_shown() -> None:
    assert WHERE.place(len(TEXT) - 1).sentence.endswith("政协工作。")
