"""Whether a graph keeps the shapes of ontology/shapes.ttl (SHACL)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import QuerySolutions, Store

from zhengpu.graph.reported import Violation
from zhengpu.graph.shacl import Shapes
from zhengpu.graph.store import load
from zhengpu.graph.vocabulary import prefixes

if TYPE_CHECKING:
    from pathlib import Path

    from zhengpu.messages import Language


def validate(
    graph: Store | Path | str,
    language: Language | None = None,
    *,
    reference: bool = False,
) -> list[Violation]:
    """What in a build breaks a shape.

    Args:
        graph: Facts and evidence together, or the folder they were written to.
        language: Of the messages; both, Chinese first, where it is None.
        reference: Ask pyshacl, which knows all of SHACL and takes its time.

    Returns:
        The violations, sorted by shape and focus; none where all is well.

    Raises:
        ReadingError: The folder holds no graph.
    """
    store = graph if isinstance(graph, Store) else load(graph)
    if reference:
        from zhengpu.graph.reference import results  # noqa: PLC0415 - a second

        found = set(results(store, language))
    else:
        found = {
            Violation(
                constraint.shape,
                focus,
                message_of(dict(constraint.messages), language),
                constraint.severity,
            )
            for constraint in Shapes().constraints()
            for focus in broken(store, constraint.query)
        }
    return sorted(found, key=lambda v: (v.shape, v.focus, v.message))


def broken(store: Store, query: str) -> list[str]:
    """The focus nodes that a query finds."""
    answer = store.query(query, prefixes=prefixes())
    if not isinstance(answer, QuerySolutions):
        raise TypeError(query)
    return [getattr(row["focus"], "value", str(row["focus"])) for row in answer]


def message_of(texts: dict[str, str], language: Language | None) -> str:
    """The text in one language, or in both."""
    wanted = [language] if language else ["zh", "en"]
    return " / ".join(texts[key] for key in wanted if key in texts)
