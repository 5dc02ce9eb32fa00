"""Measures: the name of what a figure counts, found in the words around it.

In Chinese the counted noun stands after the figure (召开5次常委会议), before it
(提案103件), or was named earlier (其中6项转化为政策). The words that bound it come
from `measure_words.tsv`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from zhengpu.knowledge.lexicon import table
from zhengpu.text.words import cutter

if TYPE_CHECKING:
    from collections.abc import Sequence

_TOKEN = re.compile(
    r"[“‘「][^”’」]{0,40}[”’」]|[（(][^）)]{0,8}[）)]|[\u4e00-\u9fff]+"
    r"|[A-Za-z0-9][A-Za-z0-9+.·&-]*|[^\s]"
)
_FIXED = {
    "的": "of", "等": "and so on", "、": "list", "和": "list", "及": "list",
    "与": "list", "以及": "list",
}  # fmt: skip
_NOUNS = frozenset(("noun", "nominal", "quoted", "name", "verb"))
_REACHES = re.compile(".*[到至为达]|超过|突破")
_CHANGES = {"增": "增长", "升": "上升", "涨": "上涨", "降": "下降", "减": "减少"}
_NAMING = _NOUNS | {"body", "place"}
_LITERAL_ENDS = frozenset(("hold", "stop", "of", "and so on", "list", "place", "time"))
_SUFFIXES = frozenset("率额量数值度面费区站点者员班库园带户")
"""Characters that make a noun of the word before them: 办复率, 集聚区."""
_RELATIVE = frozenset("比率 比重 比例 占比 数量 总量 规模 金额 总额 浓度 增速".split())
_REACHED = frozenset(("完成", "实现"))
_LONGEST = 20
"""Names longer than this are cut to the words next to the figure."""
_LONGEST_QUOTED = 10
_LONGEST_LIST = 12
"""Coordinated names (意见和建议) longer than this keep their last member."""


class Token(NamedTuple):
    """A word with its place in the text."""

    text: str
    start: int
    end: int
    kind: str
    """As in `measure_words.tsv`; also noun, quoted, name, place, time, list, of, stop."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted, in the text's words."""

    name: str
    start: int
    end: int
    rule: str
    change: str = ""
    """`增长` or `下降` where the figure says by how much."""
    carried: str = ""
    """The verb that says what became of something counted before: 立案, 采用."""


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
    for name in known:
        if start <= name.start and name.end <= end:
            found += _raw(text, start, name.start)
            found.append(name)
            start = name.end
    return found + _raw(text, start, end)


def _raw(text: str, start: int, end: int) -> list[Token]:
    found: list[Token] = []
    for match in _TOKEN.finditer(text, start, end):
        found += _words(match[0], match.start())
    return found


def _words(run: str, at: int) -> list[Token]:
    """The tokens of one run of Han characters, one quotation or one mark."""
    first = run[0]
    if not "\u4e00" <= first <= "\u9fff":
        quoted = len(run) > 1 or first.isalnum()
        kind = _FIXED.get(run) or ("quoted" if quoted else "stop")
        return [Token(run, at, at + len(run), kind)]
    known = kinds()
    found: list[Token] = []
    for word in cutter()(run, False):
        end = at + len(word)
        pair = (found[-1].text if found else "") + word
        if found and pair in known:
            found[-1] = Token(pair, found[-1].start, end, known[pair])
        elif found and word in _SUFFIXES:
            found[-1] = Token(pair, found[-1].start, end, "noun")
        else:
            found.append(Token(word, at, end, known.get(word) or _compound(word)))
        at = end
    return found


def _compound(word: str) -> str:
    """The kind of a word that the table lacks: 积极开展 is an adverb and a verb."""
    known = kinds()
    if len(word) == 4 and known.get(word[:2]) in {"adverb", "hold", "function"}:
        kind = known.get(word[2:], "noun")
        return "hold" if kind in {"hold", "nominal"} else kind
    return "noun"


def _is_noun(token: Token) -> bool:
    return token.kind in _NOUNS


def name_before(
    words: Sequence[Token], *, happens: bool, whole: bool = False
) -> Measure | None:
    """The measure that ends the words before a figure.

    Args:
        words: From the clause's beginning, or the figure before, to the figure.
        happens: The unit counts occasions, so that what was done is the name.
        whole: Keep a long list (A、B和C分别…) whole.

    >>> name_before(tokens("提出意见和建议", 0, 7, ()), happens=False).name
    '意见和建议'
    >>> name_before(tokens("经济年均增长", 0, 6, ()), happens=False).change
    '增长'
    """
    end, reaches = _without_links(words)
    change = ""
    if end and words[end - 1].kind in {"growth", "decline"}:
        change = "" if reaches else _CHANGES.get(words[end - 1].text, words[end - 1].text)
        end, _ = _without_links(words[: end - 1])
    carried = words[end - 1] if end and words[end - 1].kind == "carry" else None
    if carried:
        end -= 1
    start = _begin(words, end, happens=happens, body=carried is None)
    if not whole:
        start = _shortened(words, start, end)
    if start == end:
        return _verbal(words, end, carried, change)
    return _measure(words[start:end], "noun-before", change, carried)


def _without_links(words: Sequence[Token]) -> tuple[int, bool]:
    """How many words are left without those that lead to the figure (达到, 为, 同比).

    Also whether the last words say that a level was reached (增加到, 提升至).
    """
    end, reaches = len(words), False
    while end:
        word, before = words[end - 1], words[end - 2 : end - 1]
        if word.kind == "of" and before and before[0].kind == "time":
            end -= 1  # 到2002年的91%
        elif word.text in _REACHED and _follows_noun(words[: end - 1]):
            pass  # 地区生产总值完成89.6亿元
        elif word.kind not in {"link", "adverb", "time"}:
            break
        end -= 1
        reaches |= _REACHES.fullmatch(word.text) is not None
    return end, reaches


def _follows_noun(words: Sequence[Token]) -> bool:
    before = [word for word in words if word.kind not in {"link", "adverb"}]
    return bool(before) and _is_noun(before[-1])


def _begin(words: Sequence[Token], end: int, *, happens: bool, body: bool) -> int:
    """Where the noun phrase that ends at `end` begins."""
    start = end
    if body and start and words[start - 1].kind == "body":
        return start - 1
    while start and _belongs(words, start, end, happens=happens):
        start -= 1
    if start > 1 and words[start - 1].kind == "of" and _is_relative(words[start:end]):
        return _begin(words, start - 1, happens=happens, body=body)
    return start


def _is_relative(words: Sequence[Token]) -> bool:
    """Whether a name says nothing without what it is of: 物流费用与GDP的比率."""
    return bool(words) and words[0].text in _RELATIVE


def _belongs(words: Sequence[Token], start: int, end: int, *, happens: bool) -> bool:
    """Whether the word before `start` still belongs to the name."""
    word, inside = words[start - 1], start < end
    after = words[start].kind if inside else ""
    if after == "verb" or (after == "keep" and start < end - 1):
        return word.kind == after
    if word.kind == "verb":
        return happens or not inside
    if word.kind == "list":
        return inside and start > 1 and _is_noun(words[start - 2])
    before = words[start - 2].kind if start > 1 else ""
    if word.kind == "nominal" and inside:
        return before in {"noun", "quoted"}
    if inside and (before == "share" or word.kind == "share"):
        return True  # 占全省比重
    if word.kind in {"growth", "decline"}:
        return inside and len(word.text) == 1  # 减费让利
    return word.kind == "keep" or _is_noun(word)


def _shortened(words: Sequence[Token], start: int, end: int) -> int:
    """Where a name begins once it is no longer than names are."""
    lists = [n for n in range(start, end) if words[n].kind == "list"]
    if lists and words[end - 1].end - words[start].start > _LONGEST_LIST:
        start = lists[-1] + 1
    while start < end - 1 and words[end - 1].end - words[start].start > _LONGEST:
        start += 1
    return start


def _verbal(
    words: Sequence[Token], end: int, carried: Token | None, change: str
) -> Measure | None:
    """A measure without a noun: 审查立案88件, 投入3亿元, 增长5%."""
    if carried:
        return Measure(
            "", carried.start, carried.end, "carried", change, _verb(carried)
        )
    if end and words[end - 1].kind == "hold" and not change:
        return _measure(words[end - 1 : end], "verb", change, None)
    if change:
        at = words[-1]
        return Measure("", at.start, at.end, "carried", change)
    return None


def _verb(carried: Token) -> str:
    """What became of it, as the measure names it: 审查立案 is 立案."""
    return carried.text.removeprefix("审查").removeprefix("宣布").removesuffix("为")


def _measure(
    words: Sequence[Token], rule: str, change: str, carried: Token | None
) -> Measure:
    verb = _verb(carried) if carried else ""
    name = _plain(words)
    return Measure(name, words[0].start, words[-1].end, rule, change, verb)


def _plain(words: Sequence[Token]) -> str:
    """The words of a name without long quotations and numbering before its head."""
    first = words[0]
    rest = "".join(word.text for word in words[1:])
    if len(first.text) > _LONGEST_QUOTED and first.kind in {"name", "quoted"}:
        rest = rest or first.text.rpartition("”")[2]
        return rest or first.text
    if rest and first.text[0] in "（(":
        return rest
    return (first.text + rest).strip("《》")


def name_after(words: Sequence[Token]) -> Measure | None:
    """The measure that begins the words after a figure.

    >>> name_after(tokens("方面的学习考察活动，", 0, 10, ())).name
    '方面的学习考察活动'
    >>> name_after(tokens("具有战略性、实操性的意见建议，", 0, 15, ())).name
    '意见建议'
    """
    start = 0
    while start < len(words) and (
        words[start].kind == "of" or words[start].text[0] in "（("
    ):
        start += 1
    end = _end(words, start)
    if end == start:
        return _described(words, start)
    if end < len(words) - 1 and words[end].kind == "of" and _is_noun(words[end + 1]):
        further = _end(words, end + 1)
        joined = words[further - 1].end - words[start].start <= _LONGEST_LIST
        start, end = (start if joined else end + 1), further
    return _measure(words[start:end], "noun-after", "", _fate(words[end:]))


def _end(words: Sequence[Token], start: int) -> int:
    """Where the noun phrase that begins at `start` ends."""
    end = start
    while end < len(words):
        word = words[end]
        if word.kind == "list":
            follows = end + 1 < len(words) and words[end + 1].kind in _NAMING
            if end == start or not follows:
                break
        elif word.kind in {"growth", "decline", "body", "place"}:
            follows = end + 1 < len(words) and _is_noun(words[end + 1])
            if not follows or len(word.text) > 1 and word.kind in {"growth", "decline"}:
                break
        elif not _is_noun(word) or (word.kind == "verb" and end == start):
            break
        end += 1
    return _listed(words, start, end)


def _listed(words: Sequence[Token], start: int, end: int) -> int:
    """The end of a coordinated name that is not too long to be one."""
    lists = [n for n in range(start, end) if words[n].kind == "list"]
    if lists and words[end - 1].end - words[start].start > _LONGEST_LIST:
        return lists[0]
    return end


def _described(words: Sequence[Token], start: int) -> Measure | None:
    """A noun behind its relative clause: 71条具有前瞻性的意见建议."""
    if start >= len(words) or words[start].text not in {"具有", "有", "含", "涉及", "来自", "学历"}:
        return None
    for n in range(start, len(words)):
        if words[n].kind == "stop":
            return None
        if words[n].kind == "of":
            end = _end(words, n + 1)
            return _measure(words[n + 1 : end], "noun-after", "", None) if end > n + 1 else None
    return None


def _fate(words: Sequence[Token]) -> Token | None:
    """The verb behind 被 that says what became of it: 被…采用."""
    if not words or words[0].text not in {"被", "获", "得到", "为"}:
        return None
    for word in words:
        if word.kind == "carry":
            return word
        if kinds().get(word.text[-2:]) == "carry":  # 领导批示
            return word._replace(text=word.text[-2:])
    return None


def fate(words: Sequence[Token]) -> str:
    """What became of a part that a clause counts: 其中6项转化为…, 15条被省政协采用.

    >>> fate(tokens("被省政协采用，", 0, 7, ()))
    '采用'
    """
    if words and words[0].kind == "carry":
        return _verb(words[0])
    verb = _fate(words)
    return _verb(verb) if verb else ""


def literal(words: Sequence[Token]) -> Measure | None:
    """The words next to a figure as they stand, where they form no known name.

    >>> literal(tokens("让农村居民喝", 0, 6, ())).name
    '让农村居民喝'
    """
    end, _ = _without_links(words)
    start = end
    while start and words[start - 1].kind not in _LITERAL_ENDS:
        start -= 1
    while start < end and words[end - 1].end - words[start].start > _LONGEST_LIST:
        start += 1
    return _measure(words[start:end], "literal", "", None) if start < end else None


def only_leads(words: Sequence[Token]) -> bool:
    """Whether words before a figure name nothing: 、提升至, 达到, 2002年的.

    >>> only_leads(tokens("提升至", 0, 3, ())), only_leads(tokens("为农户", 0, 3, ()))
    (True, False)
    """
    leads = {"link", "adverb", "time", "growth", "decline", "list", "of", "stop", "share"}
    return all(word.kind in leads for word in words)


def is_kept(name: str) -> bool:
    """Whether a word belongs to the name of what it precedes: 增补, 新增.

    >>> is_kept("新增"), is_kept("召开")
    (True, False)
    """
    return kinds().get(name) == "keep"
