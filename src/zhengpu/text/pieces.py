"""The documents of one file: cut apart, framed together, divided into sentences.

What one document of a file leaves out, another may tell: the year of a paper's news,
the county whose 县政协 they speak of.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from zhengpu.knowledge.gazetteer import gazetteer
from zhengpu.text.bodies import body_name
from zhengpu.text.framing import frame, unknown
from zhengpu.text.home import fitting, home, level_of
from zhengpu.text.segmentation import segment
from zhengpu.text.splitting import split

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from zhengpu.model import Document, Frame
    from zhengpu.text.cleaning import CleanText

_INTRODUCED = re.compile("予审[议查]|现在，?我(?:代表|受)|向大会(?:报告|作)")


def documents_of(cleaned: CleanText) -> Iterator[tuple[Document, Frame]]:
    """The documents of a file with their frames, divided into sentences."""
    start = 0
    documents = split(cleaned)
    for document, framed in zip(documents, frames_of(documents), strict=True):
        end = start + len(document.text)
        headings = [
            (h.start - start, h.level)
            for h in cleaned.headings
            if start <= h.start < end
        ]
        sections, sentences = segment(
            document.text,
            headings=headings,
            period=framed.period,
            passage=_is_passage(document, framed),
        )
        yield replace(document, sections=sections, sentences=sentences), framed
        start = end


def _is_passage(document: Document, framed: Frame) -> bool:
    """Whether a text may be cut out of a government's report: it is not introduced."""
    return framed.kind == "政府工作报告" and not _INTRODUCED.search(document.text)


def frames_of(documents: Iterable[Document]) -> Iterator[Frame]:
    """What each document of a file is; what one leaves out, another may tell."""
    found: list[Frame] = []
    pieces = list(documents)
    for document in pieces:
        before = found[-1] if found else None
        found.append(_at_home(frame(document, gazetteer(), before), before))
    if any(_is_homeless(one) for one in found):
        found = list(_housed(pieces, found))
    known = next((f.period for f in found if f.period), None)
    for one in found:
        dated = one.period or not one.kind.endswith("新闻")
        whole = one if dated else replace(one, period=known)
        yield replace(whole, findings=tuple(unknown(whole)))


def _is_homeless(found: Frame) -> bool:
    """Whether news or a list of a body say 县政协 and name no county."""
    told = found.body_kind or found.kind == "新闻"
    return found.place is None and found.body is None and bool(told)


def _housed(pieces: Sequence[Document], found: Sequence[Frame]) -> Iterator[Frame]:
    """The frames, those without a place with that of the file."""
    place = home([piece.text for piece in pieces], gazetteer())
    for one in found:
        if place is None or one.place is not None or one.body:
            yield one
            continue
        level = level_of(one.title or "")
        own = fitting(place, level, gazetteer())
        if own is None:
            yield one
            continue
        standing = "常委会" in (one.title or "")
        kind = one.body_kind
        name = body_name(kind, own, standing=standing) if kind else None
        yield replace(one, place=own, parents=gazetteer().parents(own), body=name)


_HEADLINES = (("政协", "政协"), ("人大", "人大"), ("政府", "政府"), ("委", "党委"))


def _at_home(found: Frame, before: Frame | None) -> Frame:
    """A frame with the place of the document before it in the file, if it has none.

    So a news item behind a report speaks of the same county; its headline tells
    which body it is about.
    """
    if found.place is not None or before is None or before.place is None:
        return found
    if found.kind != "新闻" and found.body:
        return found
    kind = found.body_kind or next(
        (kind for word, kind in _HEADLINES if word in (found.title or "")), None
    )
    standing = "常委会" in (found.title or "")
    name = body_name(kind, before.place, standing=standing) if kind else None
    return replace(
        found, place=before.place, parents=before.parents, body_kind=kind,
        body=found.body or name, period=found.period or before.period,
    )  # fmt: skip
