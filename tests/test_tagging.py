"""Words, their tags and what the dictionary holds do not depend on the library."""

from __future__ import annotations

import importlib.util

import pytest

from zhengpu.text import tagging
from zhengpu.text.tagging import known, tag_of, tagged

SENTENCES = (
    "县政协组织委员视察雁门关景区",
    "推动四川省经济社会高质量发展",
    "市人大常委会听取审议专项工作报告",
    "省委书记陈立冬出席会议并讲话",
    "与辽宁工业大学签订合作协议",
)


def _forget() -> None:
    """Empties what the module keeps between calls."""
    for kept in vars(tagging).values():
        if hasattr(kept, "cache_clear"):
            kept.cache_clear()


@pytest.mark.parametrize("sentence", SENTENCES)
def test_the_words_of_a_run_are_its_characters_in_order(sentence: str) -> None:
    assert "".join(word for word, _ in tagged(sentence)) == sentence


@pytest.mark.parametrize(
    ("word", "tag"), [("推动", "v"), ("四川省", "ns"), ("高度", "n"), ("和", "c")]
)
def test_a_word_of_the_dictionary_has_its_tag(word: str, tag: str) -> None:
    assert known(word)
    assert tag_of(word) == tag


@pytest.mark.parametrize("word", ["", "阆州", "陈立冬", "蒙医院诗社"])
def test_a_word_that_the_dictionary_lacks_has_the_tag_of_the_unknown(word: str) -> None:
    assert not known(word)
    assert tag_of(word) == tagging.UNKNOWN


def test_words_guessed_by_the_library_count_as_unknown() -> None:
    """Guessed tags differ between libraries; 王府镇 would be a person."""
    for sentence in SENTENCES:
        for word, tag in tagged(sentence):
            assert known(word) or tag == tagging.UNKNOWN


def test_without_rjieba_each_word_has_the_same_tag(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """So the facts are the same where rjieba has no wheel."""
    find = importlib.util.find_spec
    fast = [*map(tagged, SENTENCES), known("高度"), known("陈立冬")]
    with monkeypatch.context() as patch:
        patch.setattr(
            importlib.util,
            "find_spec",
            lambda name: None if name == "rjieba" else find(name),
        )
        _forget()
        slow = [*map(tagged, SENTENCES), known("高度"), known("陈立冬")]
    _forget()
    assert slow == fast
