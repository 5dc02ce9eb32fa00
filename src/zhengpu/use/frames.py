"""A build as data frames of polars or pandas: entities, facts, statistics.

Both libraries are extras. The columns are made here, from plain values, so that
the frames of both say the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final, Generic, TypeAlias, TypeVar

from zhengpu.errors import UsageError
from zhengpu.graph.vocabulary import DCTERMS, OA, ONTOLOGY, RDF, SKOS, ZP
from zhengpu.use.things import Index, relation_labels

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd
    import polars as pl
    from pyoxigraph import Store

F = TypeVar("F")
Value: TypeAlias = "str | float | int | bool | list[str] | list[int] | None"
Row: TypeAlias = "dict[str, Value]"

ENTITIES: Final[dict[str, type]] = {
    "iri": str,
    "type": str,
    "name": str,
    "pinyin": str,
    "aliases": list[str],
    "kind": str,
    "adcode": str,
    "level": str,
    "scope": str,
}
QUOTES: Final[dict[str, type]] = {
    "confidence": float,
    "rules": list[str],
    "sentences": list[str],
    "reports": list[str],
    "files": list[str],
    "starts": list[int],
    "ends": list[int],
    "iri": str,
}
FACTS: Final[dict[str, type]] = {
    "subject": str,
    "subject_name": str,
    "subject_type": str,
    "relation": str,
    "relation_label": str,
    "object": str,
    "object_name": str,
    "object_type": str,
    "role": str,
    "period": str,
    "planned": bool,
    **QUOTES,
}
STATISTICS: Final[dict[str, type]] = {
    "subject": str,
    "subject_name": str,
    "subject_type": str,
    "indicator": str,
    "measure": str,
    "value": float,
    "exact": str,
    "unit": str,
    "approximate": bool,
    "period": str,
    "period_texts": list[str],
    "basis": str,
    "planned": bool,
    **QUOTES,
}
"""The columns of each frame, in order, and what they hold."""


@dataclass(frozen=True, slots=True)
class Frames(Generic[F]):
    """Three frames; rows are sorted by IRI, an empty cell is null.

    In `facts` and `statistics` the columns `sentences`, `reports`, `files`,
    `starts` and `ends` are lists of one length: where the fact is quoted from,
    in characters of the file. Exploding them together gives a row for each
    quote. What is planned is there too, with `planned` true.
    """

    entities: F
    """`iri`, `type` (`ORG`, `PER` …), `name`, `pinyin`, `aliases`, `kind` …"""
    facts: F
    """`subject_name`, `relation`, `object_name`, `role`, `period` …"""
    statistics: F
    """`subject_name`, `measure`, `value` (`exact`: as the report has it) …"""


def to_polars(store: Store) -> Frames[pl.DataFrame]:
    """A build as frames of polars.

    Raises:
        UsageError: polars is not installed.
    """
    if find_spec("polars") is None:
        raise UsageError("extra-missing", module="polars", extra="polars")
    import polars as pl  # noqa: PLC0415 - an extra

    kinds = {
        str: pl.String(),
        float: pl.Float64(),
        bool: pl.Boolean(),
        list[str]: pl.List(pl.String()),
        list[int]: pl.List(pl.Int64()),
    }

    def frame(columns: dict[str, type], rows: list[Row]) -> pl.DataFrame:
        schema = {name: kinds[kind] for name, kind in columns.items()}
        return pl.DataFrame(rows, schema=schema, orient="row")

    rows = Rows(store)
    return Frames(
        frame(ENTITIES, rows.entities),
        frame(FACTS, rows.facts),
        frame(STATISTICS, rows.statistics),
    )


def to_pandas(store: Store) -> Frames[pd.DataFrame]:
    """A build as frames of pandas; lists stand in columns of objects.

    Raises:
        UsageError: pandas is not installed.
    """
    if find_spec("pandas") is None:
        raise UsageError("extra-missing", module="pandas", extra="pandas")
    import pandas as pd  # noqa: PLC0415 - an extra

    kinds = {str: "string", float: "Float64", bool: "boolean"}

    def frame(columns: dict[str, type], rows: list[Row]) -> pd.DataFrame:
        return pd.DataFrame(
            {
                name: pd.Series(
                    [row[name] for row in rows], dtype=kinds.get(kind, "object")
                )
                for name, kind in columns.items()
            }
        )

    rows = Rows(store)
    return Frames(
        frame(ENTITIES, rows.entities),
        frame(FACTS, rows.facts),
        frame(STATISTICS, rows.statistics),
    )


class Rows:
    """The rows of the three frames."""

    def __init__(self, store: Store) -> None:
        self.index = Index(store)
        things = sorted(self.index.said)
        self.entities = [self.entity(i, t) for i in things if (t := self.index.type(i))]
        self.facts = [self.fact(i) for i in things if ZP.Claim in self.index.kinds(i)]
        self.statistics = [
            self.figure(i) for i in things if ZP.Observation in self.index.kinds(i)
        ]

    def entity(self, iri: str, kind: str) -> Row:
        """The row of an entity."""
        index = self.index
        concept = index.text(iri, ZP.organizationType) or index.text(
            iri, ZP.programType
        )
        return _row(
            ENTITIES,
            [
                iri,
                kind,
                index.name(iri),
                index.text(iri, SKOS.prefLabel, language="zh-latn-pinyin"),
                index.values(iri, SKOS.altLabel),
                concept.rpartition("/")[2],
                index.text(iri, ZP.adcode),
                index.text(iri, ZP.level).rpartition("/")[2],
                index.text(iri, ZP.scope),
            ],
        )

    def fact(self, iri: str) -> Row:
        """The row of a claim."""
        text = self.index.text
        relation = text(iri, RDF.predicate).removeprefix(ONTOLOGY)
        return _row(
            FACTS,
            [
                *self.thing(text(iri, RDF.subject)),
                relation,
                relation_labels().get(relation, relation),
                *self.thing(text(iri, RDF.object)),
                text(iri, ZP.role),
                text(iri, ZP.period),
                text(iri, ZP.planned) == "true",
                *self.quoted(iri),
            ],
        )

    def figure(self, iri: str) -> Row:
        """The row of an observation."""
        text = self.index.text
        value = text(iri, ZP.value)
        return _row(
            STATISTICS,
            [
                *self.thing(text(iri, ZP.subject)),
                text(iri, ZP.indicator).rpartition("/")[2],
                text(iri, ZP.measure),
                float(value),
                value,
                text(iri, ZP.unit),
                text(iri, ZP.approximate) == "true",
                text(iri, ZP.period),
                self.index.values(iri, ZP.periodText),
                text(iri, ZP.basis),
                text(iri, ZP.planned) == "true",
                *self.quoted(iri),
            ],
        )

    def thing(self, iri: str) -> list[str]:
        """An entity by IRI, name and type."""
        return [iri, self.index.name(iri), self.index.type(iri)]

    def quoted(self, iri: str) -> list[Value]:
        """Where a fact or figure is stated, as `QUOTES` has it."""
        index = self.index
        confidence = index.text(iri, ZP.confidence)
        quotes = sorted(
            quote
            for evidence in index.values(iri, ZP.evidence)
            for quote in self.quotes(evidence)
        )
        return [
            float(confidence) if confidence else None,
            index.values(iri, ZP.rule),
            [text for _, _, _, text, _ in quotes],
            [report for _, _, _, _, report in quotes],
            [file for file, _, _, _, _ in quotes],
            [start for _, start, _, _, _ in quotes],
            [end for _, _, end, _, _ in quotes],
            iri,
        ]

    def quotes(self, evidence: str) -> Iterable[tuple[str, int, int, str, str]]:
        """File, start, end, text and report of a sentence, for each file it is in."""
        index = self.index
        selectors = index.values(evidence, OA.hasSelector)
        text = max((index.text(one, OA.exact) for one in selectors), default="")
        report = index.name(index.text(evidence, OA.hasSource))
        for one in selectors:
            if start := index.text(one, OA.start):
                file = index.text(one, DCTERMS.source, DCTERMS.title)
                yield file, int(start), int(index.text(one, OA.end)), text, report


def _row(columns: dict[str, type], values: list[Value]) -> Row:
    """Values under their columns; a text that says nothing is None."""
    cells = (None if value == "" else value for value in values)
    return dict(zip(columns, cells, strict=True))
