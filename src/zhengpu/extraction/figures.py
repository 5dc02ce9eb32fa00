"""Figures: the numbers of a sentence that count something, in their clauses."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from zhengpu.extraction.wording import Token, tokens
from zhengpu.knowledge.patterns import quick
from zhengpu.model import EntityType, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhengpu.extraction.numbers import Number
    from zhengpu.extraction.times import Period
    from zhengpu.model import Mention

_CLAUSE = quick(r"[，。；：！？;:!?\n]|,(?!\d)|——")
_QUOTED = re.compile("“[^”]{1,24}”|《[^》]*》|‘[^’]{1,24}’")
_REACHING = re.compile(
    "(?:(?:(?<![总全])长|高|多)?达到?了?|第[一二三四五六七八九十百\\d]+[届次期辑卷批集]) ?$"
)
"""What ends the words before a figure and names nothing."""
_ENDS = "达到了届次期辑卷批集 "
"""Its last characters."""
_OF = re.compile("(?:人口(?:以[上下])?)?的")
_HAN = re.compile(
    "(?!(?:提高|增加|上升|延长|增长|压缩|压减|缩短|缩减|降低|[压缩减降])[到至为])[\u4e00-\u9fff]"
)
"""Behind a number of years or days that is no level: 20年|规划, but 20个工作日|压减至."""
LASTING = re.compile(
    "(?:连续|历时|为期|长达|历经|用时|持续|(?<=天数)(?:达到?|为|共)?|(?:奋战|坚守|驻守|驰援)[^，。、]{0,4}|(?:试用|聘|见习)期为?|挂职) ?$"
)
"""Words that make a duration a fact."""
FAR = 30
MORE_DAYS = re.compile("天数[^。；]{0,24}?(增加|增长|减少|下降)了?$")
"""What makes days a fact by which their number changed."""
_YEARS_OF = re.compile(
    "(?:年限|寿命)(?:均|已|由|从|再|达到?|为|提高到?|延长到?|增加到?|[\\d.]+年)*$"
)
"""A level in years: 平均受教育年限从13.5年提高到|14年."""
_TAKES = re.compile(
    "(?:时间|时限|时长|周期|用时|耗时|工期)(?:平均|总体|大幅|全部|已|再|均)*"
    "(?:(?:[由从][^，。；]{1,12})?(?:压缩|压减|缩短|缩减|控制|降低|[压缩减降])(?:至|到|为|在)(?:平均)?"
    "|[由从](?:原来|过去|以往|法定|平均|的){0,3})$"
)
"""A level in days or hours: 企业开办时间压缩至|0.5个工作日, 办理时限从|30天压到|12天."""
_NAMED = {
    EntityType.PRG: "name",
    EntityType.EVT: "name",
    EntityType.AWD: "name",
    EntityType.ORG: "body",
    EntityType.DOC: "body",
}


class Words(NamedTuple):
    """A sentence as its figures see it."""

    text: str
    known: list[Token]
    """Names and times."""
    numbers: list[Number]
    """Those that count something."""
    clauses: list[Span]
    """The stretches between commas."""
    before: list[Span]
    """For each figure the stretch from its clause's beginning, or the last figure."""
    after: list[Span]
    """For each figure the stretch to the next, or to its clause's end."""
    cut: dict[Span, list[Token]]
    """The words of stretches that were asked for."""

    def clause(self, at: int) -> Span:
        """The stretch between commas that holds an offset."""
        return self.clauses[bisect_right(self.clauses, (at, len(self.text))) - 1]

    def leads_on(self, n: int) -> bool:
        """Whether the stretch behind the n-th figure ends with another figure."""
        return n + 1 < len(self.numbers) and self.after[n].end == self.before[n + 1].end

    def tokens(self, span: Span) -> list[Token]:
        """The words of a stretch."""
        found = self.cut.get(span)
        if found is None:
            found = self.cut[span] = tokens(self.text, *span, self.known)
        return found


def read(
    text: str,
    numbers: Sequence[Number],
    names: Sequence[Mention] = (),
    times: Sequence[Period] = (),
) -> Words:
    """The figures of a sentence that count something, and its words.

    Args:
        text: The sentence.
        numbers: What it holds.
        names: Its mentions, in its own offsets.
        times: Its periods, those inside names left out.
    """
    known = [Token(time.words, time.start, time.end, "time") for time in times]
    known += [
        Token(name.text, name.start, name.end, _NAMED.get(name.type, "place"))
        for name in names
    ]
    known.sort(key=lambda token: token.start)
    names_at = [Span(token.start, token.end) for token in known]
    quoted = [Span(*match.span()) for match in _QUOTED.finditer(text)]
    counting = [
        n
        for n in (_as_level(text, number) for number in numbers)
        if _counts(text, n) and not (inside(n, names_at) or inside(n, quoted))
    ]
    ends = [match.start() for match in _CLAUSE.finditer(text)]
    clauses = map(Span, [0, *(end + 1 for end in ends)], [*ends, len(text)])
    words = Words(text, known, counting, list(clauses), [], [], {})
    for n in range(len(counting)):
        words.before.append(_before(words, n))
    for n in reversed(range(len(counting))):
        words.after.append(_after(words, n))
    words.after.reverse()
    return words


def _before(words: Words, n: int) -> Span:
    """The stretch before the n-th figure; those before it are known."""
    number, text = words.numbers[n], words.text
    if number.bound == "上限" and n:
        return words.before[n - 1]
    end = number.start
    start = words.clause(end).start
    if n:
        start = max(start, words.numbers[n - 1].end)
    if text[end - 1 : end] not in _ENDS:
        return Span(start, end)
    reaching = _REACHING.search(text, start, end)
    return Span(start, reaching.start() if reaching else end)


def _after(words: Words, n: int) -> Span:
    """The stretch after the n-th figure; that after the next one is known last."""
    number, is_last = words.numbers[n], n + 1 == len(words.numbers)
    if number.bound == "下限" and not is_last:
        return words.after[-1]
    start = number.end
    end = words.clause(start).end
    if not is_last:
        end = min(end, words.numbers[n + 1].start)
    return Span(start, max(start, end))


def inside(part: Number | Period, spans: Sequence[Span]) -> bool:
    """Whether one of some spans, in order and apart, holds a part of the text."""
    at = bisect_right(spans, (part.start, sys.maxsize)) - 1
    return at >= 0 and part.end <= spans[at].end


def _as_level(text: str, number: Number) -> Number:
    """A number of years or days that is a level, not how long something lasts."""
    if number.kind != "duration":
        return number
    pattern = _YEARS_OF if number.unit == "年" else _TAKES
    level = pattern.search(text, max(0, number.start - FAR), number.start)
    return replace(number, kind="age") if level else number


def _counts(text: str, number: Number) -> bool:
    """Whether a number measures something by its own words.

    Durations and ages are facts only where the text says so (连续9年, 预期寿命79岁).
    """
    if number.attributive or (not number.unit and _OF.match(text, number.end)):
        return False
    if text.endswith("时速", 0, number.start) and _HAN.match(text, number.end):
        return False  # 时速350公里高铁
    if number.kind == "duration":
        start = number.start
        lasts = LASTING.search(text, max(0, start - 6), start)
        days = number.unit == "天" and MORE_DAYS.search(
            text, max(0, start - FAR), start
        )
        return lasts is not None or bool(days)
    if number.kind == "age":
        return not number.bound and not _HAN.match(text, number.end)
    return True
