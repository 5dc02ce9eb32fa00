"""Indicators: the statistics of six documents, labelled with the scheme's concepts.

`tests/indicators/NAME.tsv` holds the gold statistics of `tests/gold/NAME.json`,
each with the concept that it is, judged by reading, or `-` where the scheme has
none. `pytest -s tests/test_indicators.py` prints the share that is mapped right.
"""

from __future__ import annotations

import csv
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from zhengpu.extraction.indicators import indicator
from zhengpu.knowledge.lexicon import table
from zhengpu.stages import extract
from zhengpu.text.reading import read
from zhengpu.use.matching import same_statistic
from zhengpu.use.serialising import serialise

HERE = Path(__file__).parent
LABELS = sorted((HERE / "indicators").glob("*.tsv"))
FLOOR = 0.94
"""Of all labelled statistics, those found that are mapped right (measured: 0.955)."""
NONE = "-"
CONCEPTS = {row["notation"] for row in table("indicators")}

Row = dict[str, Any]


def labels(path: Path) -> list[Row]:
    """The labelled statistics of one document, in the order of its gold."""
    lines = path.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("# ")]
    return list(csv.DictReader(kept, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def found(name: str) -> list[Row]:
    """The statistics that the program finds in a gold document's text."""
    path = HERE / "gold" / f"{name}.txt"
    rows: list[Row] = json.loads(serialise(extract(read(path, path.name))))[
        "statistics"
    ]
    return rows


def judged(path: Path) -> list[tuple[Row, str | None]]:
    """Each labelled statistic with the indicator given to it, None where unfound."""
    left = list(found(path.stem))
    pairs = []
    for row in labels(path):
        alike = [s for s in left if same_statistic(row, s)]
        right = [s for s in alike if (s["indicator"] or NONE) == row["indicator"]]
        match = next(iter(right or alike), None)
        if match:
            left.remove(match)
        pairs.append((row, (match["indicator"] or NONE) if match else None))
    return pairs


@pytest.mark.parametrize("path", LABELS, ids=lambda path: path.stem)
def test_labels_are_the_gold_statistics_with_concepts_of_the_scheme(path: Path) -> None:
    gold = json.loads((HERE / "gold" / f"{path.stem}.json").read_text("utf-8"))
    rows = labels(path)
    told = [(row["measure"], float(row["value"]), row["unit"]) for row in rows]
    assert told == [
        (s["measure"], float(s["value"]), s["unit"]) for s in gold["statistics"]
    ]
    assert {row["indicator"] for row in rows} <= CONCEPTS | {NONE}


def test_the_share_mapped_right_stays() -> None:
    pairs = [pair for path in LABELS for pair in judged(path)]
    wrong = [(r["measure"], r["indicator"], i) for r, i in pairs if i != r["indicator"]]
    share = 1 - len(wrong) / len(pairs)
    named = sum(row["indicator"] != NONE for row, _ in pairs)
    print(f"{len(pairs)} statistics, {named} with a concept: {share:.1%} right")  # noqa: T201  (the figure asked for)
    assert share >= FLOOR, wrong


def test_the_scheme_has_at_least_sixty_indicators() -> None:
    assert len(CONCEPTS) >= 60


@pytest.mark.parametrize(
    ("measure", "unit", "concept"),
    [
        ("地区生产总值", "元", "gdp"),
        ("全市生产总值", "元", "gdp"),
        ("一般公共预算收入增长", "%", "budget-revenue-growth"),
        ("城镇居民人均可支配收入", "元", "urban-income"),
        ("固定资产投资下降", "%", "investment-growth"),
        ("人均预期寿命", "岁", "life-expectancy"),
        ("立案提案", "件", "proposals-filed"),
        ("重点提案办成率", "%", "answer-rate"),
        ("满意率增长", "个百分点", "satisfaction-rate-growth"),
        ("界别调研活动", "次", "sector-research-activities"),
        ("审议地方性法规", "件", "bills-reviewed"),
        ("代表工作站", "个", "deputy-stations"),
        ("旅客", "人次", "passengers"),
        ("地区生产总值", "件", ""),
        ("某某", "个", ""),
    ],
)
def test_wordings_of_several_places_are_one_concept(
    measure: str, unit: str, concept: str
) -> None:
    assert indicator(measure, unit) == concept
