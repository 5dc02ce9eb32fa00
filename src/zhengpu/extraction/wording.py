"""Wording: the words around a figure, and what each is good for.

The kinds come from `measure_words.tsv`: verbs that hold an event, verbs that
belong to a name, words that lead to a figure, words of growth and decline.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING

from msgspec import Struct

from zhengpu.knowledge.lexicon import table
from zhengpu.text.words import cutter

if TYPE_CHECKING:
    from collections.abc import Sequence

_TOKEN = re.compile(
    r"[“‘「][^”’」]{0,40}[”’」]|[（(][^）)]{0,8}[）)]|[\u4e00-\u9fff]+"
    r"|[A-Za-z0-9][A-Za-z0-9+._·&-]*|[^\s]"
)
_FIXED = {"的": "of", "等": "and so on"} | dict.fromkeys("、和及与", "list")
_SUFFIXES = frozenset("率额量数值度面费区站点者员班库园带户")
"""Characters that make a noun of the word before them: 办复率, 集聚区."""
_ADVERBIAL = frozenset(("adverb", "hold", "function"))
_APART = frozenset(("hold", "verb"))
_COMPOUND_LENGTH = 4
_RATE_HELD = "率控制"
"""A word of the dictionary that joins the end of a rate's name to a verb."""
NOUNS = frozenset(("noun", "nominal", "quoted", "name", "verb", "per"))
GROWTH = frozenset(("growth", "decline"))
HAPPENS = frozenset(("occasion", "visits"))
"""Kinds of units that count what was done, so that the deed is the name."""
COMES = frozenset(("people", "visits"))
"""Kinds of units that count who did it, or to whom."""
AGENTS = re.compile(
    "(?:人口|群众|学生|农民工?|劳动力|儿童|老人|干警|代表|专家|学者|教师|师生|医生|企业"
    "|居民|农户|市民|游客|家庭|单位|部门|队伍|人|员|工|(?<![卫民])生|者|民|户)$"
)
"""Nouns of those who act."""


class Token(Struct, frozen=True):
    """A word with its place in the text."""

    text: str
    start: int
    end: int
    kind: str
    """Of `measure_words.tsv`; or noun, quoted, name, body, place, time, list, of, stop."""

    @property
    def is_noun(self) -> bool:
        """Whether names are made of such words."""
        return self.kind in NOUNS


@cache
def kinds() -> dict[str, str]:
    """Word to kind."""
    return {row["word"]: row["kind"] for row in table("measure_words")} | _FIXED


def tokens(text: str, start: int, end: int, known: Sequence[Token]) -> list[Token]:
    """The words of a stretch of text, with their kinds.

    Args:
        text: A sentence.
        start: Where the stretch begins.
        end: Where it ends.
        known: Names and times of the sentence, in order; they are words of their own.

    >>> [(t.text, t.kind) for t in tokens("共召开党组会议", 0, 7, ())]
    [('共', 'link'), ('召开', 'hold'), ('党组', 'noun'), ('会议', 'noun')]
    """
    found: list[Token] = []
    for name in starting_in(known, start, end):
        if start <= name.start and name.end <= end:
            found += _unknown(text, start, name.start)
            found.append(name)
            start = name.end
    return found + _unknown(text, start, end)


def starting_in(known: Sequence[Token], start: int, end: int) -> Sequence[Token]:
    """The tokens, of those in order, that begin in a stretch."""
    first = bisect_left(known, start, key=_START)
    return known[first : bisect_left(known, end, lo=first, key=_START)]


_START = attrgetter("start")


def _unknown(text: str, start: int, end: int) -> list[Token]:
    """The words of a stretch without names."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text, start, end):
        found += _words(match[0], match.start())
    return found


def _words(run: str, at: int) -> list[Token]:
    """The words of one run of Han characters, one quotation or one mark."""
    first = run[0]
    if not "\u4e00" <= first <= "\u9fff":
        quoted = len(run) > 1 or first.isalnum()
        kind = _FIXED.get(run) or ("quoted" if quoted else "stop")
        return [Token(run, at, at + len(run), kind)]
    known = kinds()
    found: list[Token] = []
    for word in _split(cutter()(run, False)):
        end = at + len(word)
        if found:
            last = found[-1]
            pair = last.text + word
            kind = known.get(pair) or ("noun" if word in _SUFFIXES else "")
            if kind:
                found[-1] = Token(pair, last.start, end, kind)
                at = end
                continue
        found.append(Token(word, at, end, known.get(word) or _compound(word)))
        at = end
    return found


def _split(words: list[str]) -> list[str]:
    """Words with a verb apart from its object: 列席|会议, 受理|案件."""
    known = kinds()
    parts: list[str] = []
    for word in words:
        if (
            len(word) == _COMPOUND_LENGTH
            and word not in known
            and known.get(word[:2]) in _APART
        ):
            parts += (word[:2], word[2:])
        elif word == _RATE_HELD:
            parts += (word[:1], word[1:])  # 受害|率|控制|在
        else:
            parts.append(word)
    return parts


def _compound(word: str) -> str:
    """The kind of a word that the table lacks: 积极开展 is an adverb and a verb."""
    known = kinds()
    if len(word) == _COMPOUND_LENGTH and known.get(word[:2]) in _ADVERBIAL:
        kind = known.get(word[2:], "noun")
        return "hold" if kind in {"hold", "nominal"} else kind
    return "noun"
