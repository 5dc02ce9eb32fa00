"""Precision and recall of promise and delivery, at several thresholds.

    python bench/promises.py REPORTS…

REPORTS are folders that hold the reports named in tests/promises/labels.tsv, which
but for two are not in the repository.
A pair counts as right where it is labelled so, as wrong where it is not:
another clause of the later report than the labelled one is wrong, too.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

from timing import ROOT, Row, parser, tell

from zhengpu.graph import promises
from zhengpu.graph.gathering import points_of
from zhengpu.graph.merging import merge
from zhengpu.knowledge.lexicon import read_table
from zhengpu.pipeline import collect

LABELS = ROOT / "tests" / "promises" / "labels.tsv"
THRESHOLDS = (0.4, 0.45, 0.5, 0.55, 0.6, 0.7)


class Score(NamedTuple):
    """Labelled promises by what became of them."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """Of the pairs that were made, the share that is right."""
        return self.right / max(self.right + self.wrong, 1)

    @property
    def recall(self) -> float:
        """Of the promises with an answer, the share that got it."""
        return self.right / max(self.right + self.missed, 1)


def score(found: list[promises.Account], rows: list[dict[str, str]]) -> Score:
    """Pairs against labels."""
    made = {
        (account.earlier, pair.promise.text): pair.delivery.text
        for account in found
        for pair in account.pairs
    }
    files = {account.earlier for account in found}
    right = wrong = missed = 0
    for row in rows:
        if row["earlier"] not in files:
            continue
        delivery = made.get((row["earlier"], row["promise"]), "")
        is_labelled = delivery == row["delivery"]
        right += row["answers"] == "yes" and is_labelled
        missed += row["answers"] == "yes" and not is_labelled
        wrong += bool(delivery) and not (row["answers"] == "yes" and is_labelled)
    return Score(right, wrong, missed)


def main() -> int:
    """Print a table of thresholds, then what the shipped one gives."""
    known = parser(__doc__)
    known.add_argument("reports", type=Path, nargs="+")
    arguments = known.parse_args()
    extractions = collect(arguments.reports).extractions
    points = points_of(merge(extractions))
    rows = read_table(LABELS)
    print("threshold  precision  recall  right  wrong  missed")
    for threshold in THRESHOLDS:
        found = promises.accounts(extractions, points, enough=threshold)
        s = score(found, rows)
        print(
            f"{threshold:9.2f}  {s.precision:9.3f}  {s.recall:6.3f}"
            f"  {s.right:5}  {s.wrong:5}  {s.missed:6}"
        )
    s = score(promises.accounts(extractions, points), rows)
    made, answered = s.right + s.wrong, s.right + s.missed
    return tell(
        [
            Row(
                name="joined promises that are right", value=s.right, unit=f"of {made}"
            ),
            Row(name="labelled promises found", value=s.right, unit=f"of {answered}"),
        ],
        arguments.json,
    )


if __name__ == "__main__":
    sys.exit(main())
