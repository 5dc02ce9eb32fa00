"""Clauses of reports: which of them promise, which can answer, and what they are about."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from ahocorasick_rs import AhoCorasick

from zhengpu.knowledge.lexicon import words
from zhengpu.model import Span  # noqa: TC001 - the cache reads it

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhengpu.model import Extraction, SourceSentence

SHORTEST: Final = 5
"""Characters of a clause without its opening verbs that can be recognised."""
COMMON: Final = 4
"""Characters in a row, at least, that promise and delivery share."""
_DIVIDERS: Final = re.compile(r"[，。；：！？\n]")
_NUMBERED: Final = re.compile(
    r"^(?:——|[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|第[一二三四五六七八九十]+[，、]?"
    r"|[一二三四五六七八九十]是)"
)
_HEADED: Final = re.compile(r"^[（(]?[一二三四五六七八九十]{1,3}[）)、]")
_DIGITS: Final = re.compile(r"[0-9的]")
_TELLING: Final = re.compile(
    r"^(?:这|今年是|是|面对|只要|由于|针对|围绕|按照|根据|随着|当前|在此|我国|中国经济|需要)"
    r"|取得|得到|已经?(?!有)|没有|[^为除]了(?!解)|(?:[是的中上下时后]|方面|问题上|之际)$"
)
"""What describes and announces nothing."""
_MUST: Final = re.compile(r"[要将再]|\d|以上|以内|左右")
_THANKING: Final = re.compile(r"^(?:向|是|感谢|离不开)")
_SIGNS: Final = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9]")


class Clause(NamedTuple):
    """A stretch of a sentence between two marks."""

    text: str
    sentence: str
    file: str
    span: Span
    """Of the sentence, in characters of the source text."""

    @property
    def core(self) -> str:
        """Without numbering, signs and opening verbs: what it is about."""
        return core(self.text)

    @property
    def near(self) -> str:
        """The part of the sentence, between semicolons, that holds it."""
        parts = re.split(r"(?<=[；：])", self.sentence)
        return next((part for part in parts if self.text in part), self.sentence)


def clauses_of(
    extraction: Extraction, document: int, *, planned: bool
) -> Iterator[Clause]:
    """The clauses of what a document announces, or of what it tells as done.

    Args:
        extraction: Of the file that holds it.
        document: Its number in the file.
        planned: Whether those that announce are wanted.
    """
    for sentence in extraction.sentences:
        if sentence.document == document and sentence.planned == planned:
            yield from _divided(sentence, extraction.raw.name)


def _divided(sentence: SourceSentence, file: str) -> Iterator[Clause]:
    text = "".join(sentence.text.split())
    if _HEADED.match(text) and not text.endswith(("。", "；")):
        return  # a heading
    for piece in _DIVIDERS.split(text):
        if piece:
            yield Clause(piece, text, file, sentence.span)


@cache
def _opening() -> tuple[frozenset[str], int]:
    """Words that a clause may open with and that say nothing of its matter."""
    found = words("stoppers", "word", "verb", "adv", "prep")
    found |= words("promise_words", "word", "opening") | {"要", "将", "应", "再"}
    return found, max(map(len, found))


@cache
def core(text: str) -> str:
    """What a clause is about: without numbering, signs, digits and opening verbs.

    >>> core("（一）深入实施国企改革三年行动")
    '国企改革三年行动'
    """
    text = _SIGNS.sub("", _NUMBERED.sub("", text))
    opening, longest = _opening()
    at = 0
    while True:
        rest = len(text) - at - SHORTEST
        lengths = range(min(longest, rest), 0, -1)
        length = next((n for n in lengths if text[at : at + n] in opening), 0)
        if not length:
            return _DIGITS.sub("", text[at:])
        at += length


@cache
def _marks(*kinds: str) -> AhoCorasick:
    found = set(words("promise_words", "word", *kinds))
    if "formula" in kinds:
        found |= words("slogans", "surface", "理论学说", "政治要求")
    return AhoCorasick(sorted(found))


def _marked(text: str, *kinds: str) -> bool:
    return bool(_marks(*kinds).find_matches_as_indexes(text))


@cache
def is_promise(text: str) -> bool:
    """Whether a clause of a plan announces something that can be looked for.

    >>> is_promise("新开工改造城镇老旧小区5.3万个")
    True
    >>> is_promise("以习近平新时代中国特色社会主义思想为指导"), is_promise("稳中求进")
    (False, False)
    >>> is_promise("面对新的下行压力"), is_promise("对外贸易取得新进展")
    (False, False)
    """
    return (
        len(core(text)) >= SHORTEST
        and not _HEADED.match(text)
        and not _TELLING.search(text)
        and not _marked(text, "formula", "addressed", "heading", "trouble")
    )


def is_firm(text: str) -> bool:
    """Whether a promise may be missed: it opens with a verb, or says how much.

    What answers a looser clause is worth telling; that nothing does is not.

    >>> is_firm("推进国家实验室建设"), is_firm("农产品产业链")
    (True, False)
    """
    plain = _SIGNS.sub("", _NUMBERED.sub("", text))
    return bool(_MUST.search(text)) or not plain.startswith(core(text))


@cache
def is_delivery(text: str) -> bool:
    """Whether a clause of a review can answer a promise.

    >>> is_delivery("新开工改造城镇老旧小区5.6万个"), is_delivery("向全国各族人民")
    (True, False)
    """
    return (
        len(core(text)) >= SHORTEST
        and not _HEADED.match(text)
        and not _THANKING.match(text)
        and not _marked(text, "formula", "addressed", "heading")
    )


def is_trouble(sentence: str) -> bool:
    """Whether a sentence tells what is still wrong.

    >>> is_trouble("部分中小企业和个体工商户经营困难")
    True
    """
    return _marked(sentence, "trouble", "heading")


def shares(one: str, other: str) -> bool:
    """Whether two clauses have enough characters in a row in common."""
    runs = {one[at : at + COMMON] for at in range(len(one) - COMMON + 1)}
    return any(other[at : at + COMMON] in runs for at in range(len(other) - COMMON + 1))
