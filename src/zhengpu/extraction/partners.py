"""Who acts along with whom a clause is about: 联合县妇联, 与甲市政协共同."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from zhengpu.knowledge.patterns import quick
from zhengpu.knowledge.rulebook import expand

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from zhengpu.extraction.skeleton import Skeleton


@cache
def _partners() -> re.Pattern[str]:
    """Bodies that act together with whom the clause is about."""
    return quick(
        expand(
            r"(?:(?:联合|会同|携手|协同)(?P<allies>{ORG+})"
            r"|(?:与|和|同)(?P<partners>{ORG+})(?:等{~8})?(?:围绕{~24}|就{~24})?(?:签署|签订|签下|共办|合办|联办|举办|主办|联合|合作|共同|联动|携手|组成|开展|赴|深入|对|到"
            r"|视察|调研|建立|共建|共护|会签|成立|编制|缔结|召开|发起|推出|承办|实施|搭建|组建))",
            {},
            "topics",
        )
    )


_STILL_TOGETHER = re.compile("[^，。；\n]{0,4}(?:共同|联合|联名|合力|携手|联手)")
"""What tells behind a semicolon that those who act together still do."""


def _together_until(text: str, at: int, stop: int) -> int:
    """Where those who act together in a clause no longer do, in a skeleton.

    Args:
        text: Of the skeleton.
        at: Behind the partners.
        stop: Where the sentence ends.
    """
    while True:
        border = text.find("；", at, stop)
        if border < 0:
            return stop
        at = border + 1
        if not _STILL_TOGETHER.match(text, at):
            return at


def partners_in(
    skeleton: Skeleton,
    entity_of: Mapping[int, str],
    span: tuple[int, int],
    besides: Mapping[int, tuple[str, ...]],
) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """The clean stretches of a sentence in which others act along, and who they are.

    Args:
        skeleton: With all mentions folded.
        entity_of: Clean start of a mention to its entity.
        span: Skeleton positions.
        besides: Clean start of a mention to the others of its enumeration.
    """
    for m in _partners().finditer(skeleton.text, *span):
        group = "allies" if m["allies"] else "partners"
        ids = tuple(
            entity
            for x in skeleton.within(*m.span(group))
            if x.start in entity_of
            for entity in (*besides.get(x.start, ()), entity_of[x.start])
        )
        until = _together_until(skeleton.text, m.end(group), span[1])
        yield skeleton.clean(m.end(group)), skeleton.clean(until), ids
