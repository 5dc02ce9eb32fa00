"""Lists against their own count: A、B、C等2家 names more than it says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from zhengpu.graph.checked import Checked
from zhengpu.graph.citing import Cited
from zhengpu.model import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhengpu.model import Extraction, SourceSentence

_LIST: Final = re.compile(
    r"(?:^|[，。；：（！？])(?P<names>[^，。；：（！？]*?、[^，。；：！？]*?)(?<![平中高同初相均])等"
    r"(?P<count>\d{1,3}|[两三四五六七八九]|十[一二三四五六七八九]?)"
    r"(?:个|家|名|位|所|部|项|件|类|种|省|市|县|区|大|方面)"
)
_QUOTED: Final = re.compile(r"《[^》]*》|“[^”]*”|（[^）]*）")
_DIGITS: Final = {sign: value for value, sign in enumerate("零一两三四五六七八九十")}


def lists(extraction: Extraction) -> Iterator[Checked]:
    """Lists that name more than they count: A、B、C等2家."""
    for sentence in extraction.sentences:
        if "等" not in sentence.text or "、" not in sentence.text:
            continue
        # commas inside titles and quotes divide nothing
        folded = _QUOTED.sub(lambda hit: "〇" * len(hit[0]), sentence.text)
        for hit in _LIST.finditer(folded):
            names, count = len(hit["names"].split("、")), _count(hit["count"])
            if names > count:
                yield _exceeding(extraction, sentence, hit, names, count)


def _exceeding(
    extraction: Extraction,
    sentence: SourceSentence,
    hit: re.Match[str],
    names: int,
    count: int,
) -> Checked:
    start, end = hit.span("names")
    text, span = sentence.text, sentence.span
    said = (
        ("words", text[start : hit.end()]),
        ("names", str(names)),
        ("count", str(count)),
    )
    finding = Finding(Severity.WARNING, "checking", "list-exceeds-count", said, span)
    cited = Cited(
        "", "", "", extraction.raw.name, span.start, span.end, text[start:end], text
    )
    return Checked(finding, (cited,))


def _count(numeral: str) -> int:
    """The value of a small numeral.

    >>> _count("12"), _count("六"), _count("十二")
    (12, 6, 12)
    """
    if numeral.isdigit():
        return int(numeral)
    return sum(_DIGITS["两" if sign == "二" else sign] for sign in numeral)
