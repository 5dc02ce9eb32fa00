"""What is shown of a large build: what is important, lies around a thing, or is of a place.

Large builds hold no page. The things for one are chosen here, and what is said of
them is looked up thing by thing, so that its cost does not grow with the build.
"""

from __future__ import annotations

import csv
from itertools import islice
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from zhengpu.errors import ReadingError, UsageError
from zhengpu.graph import shards
from zhengpu.graph.vocabulary import DCTERMS, RDF, SKOS, ZP
from zhengpu.use.drawing import rendered
from zhengpu.use.drawn import drawn
from zhengpu.use.excerpts import FACTS, MOST, ROOT, excerpt, iri_of, node, subjects

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pyoxigraph import Store


def page_of(
    store: Store,
    folder: Path,
    places: Sequence[str] = (),
    about: str = "",
    steps: int = 1,
) -> str:
    """The page of a part of a build in shards; by default of what is important.

    Args:
        store: The build.
        folder: Where it lies.
        places: Names of places or bodies: only what their reports name.
        about: Name of a thing: only what lies around it.
        steps: How many facts away from it at most.

    Raises:
        UsageError: Nothing is called so.
    """
    if about:
        keys = around(store, about, steps)
    elif places:
        keys = of_places(store, places)
    else:
        keys = important(folder)
    content = drawn(excerpt(store, keys), {})
    return rendered(content | {"whole": shards.things_of(folder)})


def important(folder: Path) -> list[str]:
    """The keys of the things of a build that most is said of.

    Raises:
        ReadingError: The list is missing or damaged.
    """
    path = folder / shards.IMPORTANT
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return [row["thing"] for row in csv.DictReader(file)]
    except (OSError, ValueError, LookupError) as error:
        raise ReadingError("bad-shards", path=path) from error


def around(store: Store, name: str, steps: int = 1) -> list[str]:
    """The keys of what lies around a thing, the nearest first.

    Args:
        store: A build.
        name: A name or an alias of the thing; of several that have it, the
            one that is tied to most others.
        steps: How many facts away at most.

    Raises:
        UsageError: Nothing is called so.
    """
    known = sorted(set(_called(store, name)))
    if not known:
        raise UsageError("no-such-entity", name=name)
    near = {iri: list(_neighbours(store, iri)) for iri in known}
    found = {max(known, key=lambda iri: (len(near[iri]), iri)): None}
    last = list(found)
    for _ in range(steps):
        last = [
            other for iri in last for other in near.get(iri) or _neighbours(store, iri)
        ]
        found |= dict.fromkeys(last)
        if len(found) >= MOST:
            break
    return [iri.removeprefix(ROOT) for iri in found][:MOST]


def of_places(store: Store, names: Sequence[str]) -> list[str]:
    """The keys of what the reports of some places or bodies name.

    Raises:
        UsageError: Nothing is called so.
    """
    found: dict[str, None] = {}
    for name in names:
        owners = sorted(set(_called(store, name)))
        if not owners:
            raise UsageError("no-such-entity", name=name)
        for owner in owners:
            for term in (DCTERMS.spatial, ZP.body):
                for report in subjects(store, term, owner):
                    found |= dict.fromkeys(
                        subjects(store, DCTERMS.isReferencedBy, report)
                    )
    return [iri.removeprefix(ROOT) for iri in found]


def _called(store: Store, name: str) -> Iterator[str]:
    """The IRIs of the entities of a name or an alias."""
    label = Literal(name, language="zh-Hans")
    for term in (SKOS.prefLabel, SKOS.altLabel):
        for quad in store.quads_for_pattern(None, node(term), label):
            yield iri_of(quad.subject)


def _neighbours(store: Store, iri: str) -> Iterator[str]:
    """What a thing is tied to by claims."""
    for end, other in ((RDF.subject, RDF.object), (RDF.object, RDF.subject)):
        for claim in islice(subjects(store, end, iri), FACTS):
            quads = store.quads_for_pattern(NamedNode(claim), node(other), None)
            yield from (iri_of(quad.object) for quad in quads)
