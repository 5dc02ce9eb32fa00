"""Promise and delivery: what a report announces beside what the next one tells.

The plan of one report is for the year that the next report of the same body
reviews. Two joins are made, and a false one is worse than a missing one:

- a target with the figure for the same indicator, body, unit and year
  (`comparing` decides what is the same);
- a clause that announces with the clause of the next report that shares most
  of its rare words. Formulae that come back every year are no promises, and a
  clause that the earlier report already tells as done cannot be answered.

What finds no answer is listed: it may have been done and not been told, or told
in other words.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from operator import add
from typing import TYPE_CHECKING, Final, NamedTuple

from ahocorasick_rs import AhoCorasick

from zhengpu.knowledge.lexicon import words
from zhengpu.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from decimal import Decimal

    from zhengpu.graph.points import Point
    from zhengpu.model import Extraction, FramedDocument, SourceSentence

ENOUGH: Final = 0.5
"""The likeness, from 0 to 1, from which on a clause answers another; see
bench/promises.py for precision and recall at other values."""
FORMULA: Final = 0.8
"""From which likeness on a clause says what its own report tells as done."""
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
_YEARS: Final = re.compile(r"(\d{4})(?:-(\d{4}))?")
_LEAST: Final = re.compile(r"以上|不低于|不少于|超过|突破|达到")
_MOST: Final = re.compile(r"以内|以下|低于|控制在|不超过|不高于")


class Verdict(StrEnum):
    """What became of a target."""

    MET = "met"
    MISSED = "missed"
    NEAR = "near"
    """The words leave room (左右); the values are told."""


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


@dataclass(frozen=True, slots=True)
class Pair:
    """A promise and what answers it."""

    promise: Clause
    delivery: Clause
    likeness: float
    """From 0 to 1, two decimals; 1 for figures."""
    verdict: Verdict | None = None
    """Of a target."""


@dataclass(frozen=True, slots=True)
class Account:
    """The promises of one report for one year, and what the next one says."""

    body: str
    year: int
    """The year they are for."""
    earlier: str
    """The file that announces."""
    later: str
    """The file that reviews the year."""
    pairs: tuple[Pair, ...]
    unanswered: tuple[Clause, ...]
    """Those that open with a verb or say how much, each without its sentence."""

    @property
    def promises(self) -> int:
        """How many there were."""
        return len(self.pairs) + len(self.unanswered)


class _Told(NamedTuple):
    """A document and the years it reviews."""

    body: str
    kind: str
    first: int
    last: int
    file: str
    extraction: Extraction
    number: int
    """Of the document in its file."""


def accounts(
    extractions: Iterable[Extraction],
    points: Iterable[Point] = (),
    enough: float = ENOUGH,
) -> list[Account]:
    """The promises of all reports that have a successor, oldest first.

    Args:
        extractions: Of all files, in any order.
        points: The figures of the build, for targets.
        enough: The likeness from which on a clause answers another.
    """
    told = sorted(
        (t for e in extractions for t in _told(e)),
        key=lambda t: (t.body, t.kind, t.last, t.file, t.number),
    )
    series: dict[tuple[str, str], list[_Told]] = defaultdict(list)
    for document in told:
        series[document.body, document.kind].append(document)
    figures: dict[str, list[Point]] = defaultdict(list)
    for point in points:
        figures[point.cited.file].append(point)
    found = []
    for documents in series.values():
        for at, earlier in enumerate(documents):
            year = earlier.last + 1
            later = next(
                (d for d in documents[at + 1 :] if d.first <= year <= d.last), None
            )
            if later is not None:
                found.append(_account(earlier, later, year, figures, enough))
    return sorted(found, key=lambda a: (a.body, a.year, a.earlier, a.later))


def _told(extraction: Extraction) -> Iterator[_Told]:
    for index, document in enumerate(extraction.documents):
        years = _reviewed(document)
        frame = document.frame
        if frame.body and years:
            yield _Told(
                frame.body, frame.kind, *years, extraction.raw.name, extraction, index
            )


def _reviewed(document: FramedDocument) -> tuple[int, int] | None:
    """First and last year that a document reviews."""
    found = _YEARS.fullmatch(document.frame.period or "")
    return (int(found[1]), int(found[2] or found[1])) if found else None


def _account(
    earlier: _Told,
    later: _Told,
    year: int,
    figures: dict[str, list[Point]],
    enough: float,
) -> Account:
    targets = [p for p in figures[earlier.file] if p.planned and p.at == year]
    results = [p for p in figures[later.file] if not p.planned and p.at == year]
    counted = list(_figures(targets, results))
    done = [
        clause
        for clause in clauses(later, planned=False)
        if is_delivery(clause.text) and not is_trouble(clause.sentence)
    ]
    before = list(clauses(earlier, planned=False))
    announced = list(clauses(earlier, planned=True))
    taken = {pair.promise.text for pair in counted}
    promises = [
        clause
        for clause in announced
        if is_promise(clause.text) and not any(words in clause.text for words in taken)
    ]
    likeness = Likeness([c.core for c in (*announced, *done, *before)])
    formulae = likeness.index([clause.core for clause in before])
    answers = likeness.index([clause.core for clause in done])
    pairs, unanswered = [], []
    for promise in promises:
        if formulae.best(promise.core)[1] >= FORMULA:
            continue
        at, score = answers.best(promise.core)
        if score >= enough and shares(promise.core, done[at].core):
            pairs.append(Pair(promise, done[at], round(score, 2)))
        elif is_firm(promise.text):
            # they are many: the sentence can be found by its place
            unanswered.append(promise._replace(sentence=promise.text))
    return Account(
        earlier.body,
        year,
        earlier.file,
        later.file,
        tuple(sorted([*counted, *pairs], key=lambda p: (p.promise.span, p.promise))),
        tuple(unanswered),
    )


# -- targets ----------------------------------------------------------------------


def _figures(targets: Iterable[Point], results: Sequence[Point]) -> Iterator[Pair]:
    """Targets with the figure that has the same subject, measure and manner."""
    for target in targets:
        same = [
            result
            for result in results
            if (result.home, result.what, result.unit, result.manner)
            == (target.home, target.what, target.unit, target.manner)
        ]
        alike = [result for result in same if result.measure == target.measure] or same
        if len({result.value for result in alike}) == 1:  # else who knows which
            result = alike[0]
            verdict = _verdict(target, result.value)
            yield Pair(_clause(target), _clause(result), 1.0, verdict)


def _verdict(target: Point, value: Decimal) -> Verdict:
    after = target.cited.text.partition(target.cited.words)[2][:4]
    said = target.clause + after
    if _MOST.search(said):
        return Verdict.MET if value <= target.value else Verdict.MISSED
    if _LEAST.search(said):
        return Verdict.MET if value >= target.value else Verdict.MISSED
    if "左右" in said or target.unit in {"%", "个百分点"}:
        return Verdict.NEAR
    return Verdict.MET if value >= target.value else Verdict.MISSED


def _clause(point: Point) -> Clause:
    cited = point.cited
    return Clause(point.clause, cited.text, cited.file, Span(cited.start, cited.end))


# -- clauses ----------------------------------------------------------------------


def clauses(told: _Told, *, planned: bool) -> Iterator[Clause]:
    """The clauses of what a document announces, or of what it tells as done."""
    for sentence in told.extraction.sentences:
        if sentence.document == told.number and sentence.planned == planned:
            yield from _divided(sentence, told.file)


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


# -- likeness ---------------------------------------------------------------------


@lru_cache(maxsize=1 << 16)
def pairs_of(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters of a text."""
    return frozenset(map(add, text, text[1:]))


class Likeness:
    """How alike clauses are: the cosine of their character pairs, rare ones first.

    Args:
        texts: All clauses, from which the rarity of pairs is counted.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        count = Counter(pair for text in set(texts) for pair in pairs_of(text))
        many = max(len(texts), 2)
        # the square, since both sides of a product carry it; whole numbers,
        # since their sum does not depend on the order of a set
        self.weight = {
            pair: round(math.log(many / n) ** 2 * 1000) for pair, n in count.items()
        }

    def norm(self, text: str) -> float:
        """The length of a clause as a vector."""
        return math.sqrt(sum(self.weight.get(pair, 0) for pair in pairs_of(text)))

    def index(self, texts: Sequence[str]) -> Index:
        """Clauses to be looked up in."""
        return Index(self, texts)


class Index:
    """Clauses, each known by its pairs."""

    def __init__(self, likeness: Likeness, texts: Sequence[str]) -> None:
        self.likeness = likeness
        self.norms = [likeness.norm(text) for text in texts]
        self.having: dict[str, list[int]] = defaultdict(list)
        for at, text in enumerate(texts):
            for pair in pairs_of(text):
                self.having[pair].append(at)

    def best(self, text: str) -> tuple[int, float]:
        """The most alike clause and its likeness; -1 and 0 where there is none."""
        sums: dict[int, int] = defaultdict(int)
        weight = self.likeness.weight
        for pair in pairs_of(text):
            for at in self.having.get(pair, ()):
                sums[at] += weight[pair]
        norms = self.norms
        best = max(
            ((total / norms[at], -at) for at, total in sums.items() if norms[at]),
            default=(0.0, 1),
        )
        own = self.likeness.norm(text)
        return (-best[1], best[0] / own) if own and best[0] else (-1, 0.0)
