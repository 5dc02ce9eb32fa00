"""Words with their parts of speech, and which words the dictionary knows.

Tags are those of jieba's dictionary. rjieba looks them up in Rust; without it
jieba cuts and its table of tags is asked, which is slower and gives the same
for every word that the dictionary holds.
"""

from __future__ import annotations

import importlib.util
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from zhengpu.text.words import python_cutter, quiet_module

if TYPE_CHECKING:
    from collections.abc import Callable

UNKNOWN = "x"
"""Tag of a word that the dictionary lacks."""


class Tagger(NamedTuple):
    """What is asked of a dictionary."""

    tag: Callable[[str], list[tuple[str, str]]]
    holds: Callable[[str], bool]


@cache
def _tagger() -> Tagger:
    """Rjieba's dictionary, or jieba's where rjieba has no wheel."""
    if importlib.util.find_spec("rjieba") is not None:
        import rjieba  # noqa: PLC0415 (0.1 s that only those pay who tag words)

        return Tagger(rjieba.tag, rjieba.has_word)
    return _python_tagger()


def _python_tagger() -> Tagger:
    """The same by jieba alone."""
    words = quiet_module("jieba.posseg").dt
    words.initialize()
    tags: dict[str, str] = words.word_tag_tab
    cut = python_cutter(())

    def tag(text: str) -> list[tuple[str, str]]:
        return [(word, tags.get(word, UNKNOWN)) for word in cut(text, True)]

    return Tagger(tag, tags.__contains__)


def tagged(run: str) -> list[tuple[str, str]]:
    """The words of a run of Han characters with their tags.

    >>> tagged("推动四川省")
    [('推动', 'v'), ('四川省', 'ns')]
    """
    holds = _tagger().holds
    return [(word, tag if holds(word) else UNKNOWN) for word, tag in _tagger().tag(run)]


@cache
def known(word: str) -> bool:
    """Whether the dictionary holds a word.

    >>> known("高度"), known("陈立冬")
    (True, False)
    """
    return bool(word) and _tagger().holds(word)


@cache
def tag_of(word: str) -> str:
    """The tag of one word of the dictionary.

    >>> tag_of("高度")
    'n'
    """
    return _tagger().tag(word)[0][1] if known(word) else UNKNOWN
