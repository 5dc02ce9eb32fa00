"""Outlook: whether a passage without headings looks ahead or back.

Passages of reports come without the heading that divides what was done from what
will be done. Single words do not tell, but many together do: plans aim and
encourage, reviews count and compare.
"""

from __future__ import annotations

import re
from functools import cache

from zhengpu.knowledge.lexicon import words

_AIMED = "(?:以上|左右)(?=[，。、；])|让(?!步)|[一二三四五六七八九]要|(?<=[，。；])要"
_DONE = (
    r"[一几五四三两]年来|居[^民住家，]{0,3}第|达到?\d|近\d|了|已|实现[^，。；]{1,12}\d"
)


def reads_as_plans(text: str) -> bool:
    """Whether a passage tells more of aims than of what was achieved.

    >>> reads_as_plans("加快转型，力争新建农田600万亩以上。鼓励企业做强主业。")
    True
    >>> reads_as_plans("加快转型，累计新建农田600万亩以上，产量突破900万吨。")
    False
    """
    aims = sum(1 for _ in _sign("aim", _AIMED).finditer(text))
    return aims > sum(1 for _ in _sign("done", _DONE).finditer(text))


@cache
def _sign(kind: str, otherwise: str) -> re.Pattern[str]:
    """A word of a kind, or another sign of the same."""
    listed = sorted(words("outlook", "word", kind), key=lambda word: (-len(word), word))
    return re.compile(f"{'|'.join(listed)}|{otherwise}")
