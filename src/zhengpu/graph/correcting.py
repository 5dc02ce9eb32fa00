"""Corrections applied: what files say together, as editors have judged it.

Entities are corrected before keys are made, so that every fact about them
follows; facts are rejected and asserted at the end. The tables of the file are
looked at as a set: their order makes no difference.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from zhengpu.graph.contradictions import check
from zhengpu.graph.identities import Book
from zhengpu.graph.judgements import Facts
from zhengpu.graph.merging import merge
from zhengpu.graph.references import Names
from zhengpu.graph.vocabulary import digest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zhengpu.graph.corrections import Corrections
    from zhengpu.graph.merged import Claim, Merged
    from zhengpu.model import Extraction


def merge_corrected(
    extractions: Iterable[Extraction], corrections: Corrections
) -> Merged:
    """Bring together what files gave, as corrected.

    Args:
        extractions: In any order.
        corrections: What editors have judged.

    Returns:
        What `merge` gives, corrected; `corrections` says what was applied, and
        `findings` what matches nothing.

    Raises:
        CorrectionsError: Corrections contradict one another or the ontology.
    """
    check(corrections)
    extractions = tuple(extractions)
    before = merge(extractions)
    if not corrections.entries:
        return before
    book = Book(corrections, Names(before.things))
    after = merge(extractions, book.become) if book.become else before
    return Facts(book).concluded(after)


def applied(merged: Merged, corrections: Corrections) -> Merged:
    """A build as it would be with some more corrections.

    Claims are told apart as `merge` tells them; of figures that become one,
    all are kept.

    Args:
        merged: A build; it needs no evidence.
        corrections: What to apply to it.
    """
    book = Book(corrections, Names(merged.things))
    figures = (
        replace(figure, subject=book.final.get(figure.subject, figure.subject))
        for figure in merged.figures
    )
    moved = replace(
        merged,
        things=tuple(book.renamed(merged.things).values()),
        claims=tuple(_moved(merged.claims, book)),
        figures=tuple(figures),
    )
    return Facts(book).concluded(moved)


def _moved(claims: Iterable[Claim], book: Book) -> Iterable[Claim]:
    """Claims between things as corrected, each once, none about a thing itself."""
    found: dict[str, Claim] = {}
    for claim in claims:
        subject, object_ = (
            book.final.get(name, name) for name in (claim.subject, claim.object)
        )
        if subject != object_:
            moved = replace(claim, subject=subject, object=object_)
            said = (subject, claim.relation, object_, claim.role, claim.period)
            planned = str(claim.planned)
            if (subject, object_) != (claim.subject, claim.object):
                moved = replace(moved, key=f"Claim/{digest(*said, planned)}")
            found.setdefault("\n".join((*said, planned)), moved)
    return found.values()
