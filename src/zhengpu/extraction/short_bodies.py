"""Short names of firms and zones' offices that a text names in full elsewhere.

A text that tells of 广东金瓯新材料股份有限公司 calls it 金瓯公司 from then on, and
藤县工业园区管委会 becomes 园区管委会.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import ahocorasick_rs

from zhengpu.extraction.heads import generic
from zhengpu.extraction.namings import unspaced
from zhengpu.knowledge.gazetteer import gazetteer
from zhengpu.model import EntityType, Mention
from zhengpu.text.tagging import known, tag_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

RULE = "bodies/short"
_FIRM = re.compile(
    "(?P<name>.{6,40}?)(?:股份有限|有限责任|有限)公司|(?P<group>.{6,30})集团"
)
_OFFICE = re.compile(
    ".{2,}(?P<short>(?:园区|开发区|高新区|经开区|新区|度假区|景区)(?:管委会|管理委员会))"
)
_TAILS = ("公司", "集团")
_CORES = (2, 3, 4)
"""How many characters firms are called by."""
_LONGEST_AREA = 8
_NAMES = frozenset(("nz", "nr", "ns", "nt"))


def short_bodies(mentions: Iterable[Mention]) -> Mapping[str, Mention]:
    """What bodies of a text may be called for short, and where they stand in full.

    A short name that two bodies might bear means none of them.
    """
    found: dict[str, Mention] = {}
    twice: set[str] = set()
    for mention in mentions:
        if mention.type is not EntityType.ORG:
            continue
        for short in _short(unspaced(mention.text)):
            other = found.setdefault(short, mention)
            if unspaced(other.text) != unspaced(mention.text):
                twice.add(short)
    return {short: m for short, m in found.items() if short not in twice}


def _short(full: str) -> Iterator[str]:
    """The short names that a body may have, by its full one.

    >>> list(_short("广东金瓯新材料股份有限公司"))[:2], list(_short("藤县工业园区管委会"))
    (['金瓯公司', '金瓯集团'], ['园区管委会'])
    """
    if office := _OFFICE.fullmatch(full):
        yield office["short"]
    if not (firm := _FIRM.fullmatch(full)):
        return
    name = _without_place(firm["name"] or firm["group"])
    for size in _CORES:
        core = name[:size]
        if len(name) > size and _is_called(core):
            yield from (core + tail for tail in _TAILS if core + tail != full)


def _without_place(name: str) -> str:
    """A firm's name without the area that it opens with."""
    for size in range(min(_LONGEST_AREA, len(name) - 2), 1, -1):
        if gazetteer().resolve(name[:size]):
            return name[size:].lstrip("省市县区")
    return name


def _is_called(core: str) -> bool:
    """Whether words are what a firm may be called by: 金瓯, but not 农业."""
    if core in generic():
        return False
    return not known(core) or tag_of(core)[:2] in _NAMES


def find_short(text: str, mentions: list[Mention]) -> list[Mention]:
    """Where a text calls its bodies by their short names."""
    shorts = short_bodies(mentions)
    if not shorts:
        return []
    finder = ahocorasick_rs.AhoCorasick(
        list(shorts), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
    )
    found = finder.find_matches_as_indexes(text)
    return [Mention(EntityType.ORG, a, b, text[a:b], RULE) for _, a, b in found]
