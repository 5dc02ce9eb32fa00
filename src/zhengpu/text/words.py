"""Words: segmentation of runs of Han characters.

The tokens are those of jieba 0.42. Where `rjieba` (the same algorithm and
dictionary in Rust) can be imported it does the work: on runs of Han characters
its tokens are the same, and only such runs are cut.
"""

from __future__ import annotations

import importlib
import importlib.util
import logging
import re
import warnings
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    Cut = Callable[[str, bool], list[str]]

HAN_RUN = re.compile(r"[\u4e00-\u9fff]+")
_LAST_RUN = re.compile(r"[\u4e00-\u9fff]+$")


def words(text: str, additions: tuple[str, ...] = ()) -> list[str]:
    """The words of a text, in order; what is not Han is left out.

    Args:
        text: Any text.
        additions: Words the dictionary lacks, for this call alone.

    >>> words("2024年，县政协开展专题协商3次。")
    ['年', '县政协', '开展', '专题', '协商', '次']
    """
    cut = cutter(additions)
    return [word for run in HAN_RUN.findall(text) for word in cut(run, True)]


def cuts_word(before: str, after: str) -> bool:
    """Whether a word of the dictionary spans the place between two texts.

    >>> cuts_word("按照县委确定的工作目", "标和发展方向")
    True
    >>> cuts_word("工作安排", "各位委员")
    False
    """
    left, right = _LAST_RUN.search(before[-8:]), HAN_RUN.match(after[:8])
    if not left or not right:
        return False
    cut = cutter()
    if len(cut(left[0], False)[-1]) > 1 and len(cut(right[0], False)[0]) > 1:
        return False  # 工作回顾 / 过去一年: 回顾过去 is a word, but so are its halves
    place = 0
    for word in cut(left[0] + right[0], False):
        place += len(word)
        if place >= len(left[0]):
            return place > len(left[0])
    return False


@cache
def cutter(additions: tuple[str, ...] = ()) -> Cut:
    """A function from a run of Han characters to its words.

    Its second argument says whether words that the dictionary lacks are
    guessed (jieba's hidden Markov model).
    """
    rust = importlib.util.find_spec("rjieba") is not None
    return rust_cutter(additions) if rust else python_cutter(additions)


def rust_cutter(additions: tuple[str, ...]) -> Cut:
    """A cutter by rjieba."""
    import rjieba  # noqa: PLC0415 (0.1 s that only those pay who cut words)

    dictionary = rjieba.Jieba()
    for word in additions:
        dictionary.add_word(word, None, None)
    cut: Cut = dictionary.cut
    return cut


def quiet_module(name: str) -> ModuleType:
    """A module of jieba, imported when it is first needed: it takes 1 s.

    Python warns of escape sequences in its source wherever that is compiled
    anew, which is nothing that a user could mend.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return importlib.import_module(name)


def python_cutter(additions: tuple[str, ...]) -> Cut:
    """A cutter by jieba: a tokenizer of our own, silent, its cache the user's."""
    import platformdirs  # noqa: PLC0415

    jieba = quiet_module("jieba")
    jieba.setLogLevel(logging.ERROR)
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = platformdirs.user_cache_dir("zhengpu", ensure_exists=True)
    for word in additions:
        tokenizer.add_word(word)

    def cut(text: str, guess: bool) -> list[str]:
        tokens: list[str] = tokenizer.lcut(text, HMM=guess)
        return tokens

    return cut
