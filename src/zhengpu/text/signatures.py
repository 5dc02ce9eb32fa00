"""Signatures: who gives a report, as a line beside its title says."""

from __future__ import annotations

import re
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from zhengpu.knowledge.lexicon import table
from zhengpu.model import Span
from zhengpu.text.tagging import known

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhengpu.text.titles import Line

_HAN_NAME = re.compile("[一-龥]{2,8}|[一-龥]{1,8}(?:·[一-龥]{1,8}){1,3}")
_NO_SIGNATURE = re.compile("[，。！？：；、]|记者|摄$")
_SPACE = re.compile("[ 　]+")
_DASHES = "—–-─ 　"
_LONGEST_SIGNATURE = 40
_LONGEST_NAME = 8
_LONGEST_HAN_NAME = 4


class Signature(NamedTuple):
    """The presenter of a report."""

    name: str
    span: Span
    post: str
    """The words before the name; empty where the line is but a name."""


def signature(near: Sequence[Line], below: Sequence[Line]) -> Signature | None:
    """Who gives a report: a post with a name, or else a bare name.

    Args:
        near: The lines beside title and meeting, where a post and name may stand.
        below: The lines below either, where a name may stand alone.

    >>> from zhengpu.text.titles import lines_of
    >>> signature(lines_of("——湖南省省长 毛伟明"), ()).post
    '湖南省省长'
    """
    with_post = (found for line in near if (found := _with_post(line)))
    alone = (found for line in below if (found := _alone(line)))
    return next(chain(with_post, alone), None)


def _stripped(line: Line) -> str:
    """A line that may be a signature without dashes, else nothing."""
    text = line.text.strip(_DASHES)
    if len(text) > _LONGEST_SIGNATURE or _NO_SIGNATURE.search(text):
        return ""
    return text


def _with_post(line: Line) -> Signature | None:
    """A post and a name on one line."""
    text = _stripped(line)
    start = line.start + line.text.index(text)
    for at in range(len(text) - 2, 1, -1):
        post = text[:at].rstrip(_DASHES)
        name = text[at:].lstrip(_DASHES)
        if _is_name(name, spaced=text[at] in " 　") and post.endswith(_posts()):
            begin = start + text.index(name, at)
            return Signature(_SPACE.sub("", name), Span(begin, start + len(text)), post)
    return None


def _alone(line: Line) -> Signature | None:
    """A name alone on its line."""
    text = _stripped(line)
    name = _SPACE.sub("", text)
    surname = 2 if name[:2] in _surnames() else 1
    named = name[:surname] in _surnames() and not known(name)
    if (named or name[:surname] in _surnames("common")) and 0 < len(name) - surname < 3:  # noqa: PLR2004  given names have one or two characters
        start = line.start + line.text.index(text)
        return Signature(name, Span(start, start + len(text)), "")
    return None


def _is_name(words: str, *, spaced: bool) -> bool:
    """Whether words are a person's name: a surname leads, or · or a space sets it off."""
    name = _SPACE.sub("", words)
    if not _HAN_NAME.fullmatch(name):
        return False
    if "·" in name or (spaced and len(name) <= _LONGEST_NAME and " " not in words):
        return True
    return len(name) <= _LONGEST_HAN_NAME and (
        name[0] in _surnames() or name[:2] in _surnames()
    )


@cache
def _surnames(*ranks: str) -> frozenset[str]:
    return frozenset(
        row["surname"] for row in table("surnames") if not ranks or row["rank"] in ranks
    )


@cache
def _posts() -> tuple[str, ...]:
    """Posts of those who give reports."""
    return tuple(
        row["title"]
        for row in table("titles")
        if row["level"] in ("正", "副")
        and row["kind"] not in ("academic", "enterprise")
    )
