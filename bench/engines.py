"""How much sooner two workers are done than one.

    python bench/engines.py
    python bench/engines.py --spark            Spark with two cores instead
    python bench/engines.py --documents 600

The reports are those of tools/make_corpus.py, read without cache. Times are those
of the clock, as saving them is what workers are for: nothing else should run
meanwhile. Reading and extracting is what workers share; a build then merges and
writes in one process. Each engine starts anew in each round, which is counted;
building takes long and has one round.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from timing import Row, child, made_reports, parser, tell

from zhengpu.cluster import spark
from zhengpu.engines import local
from zhengpu.pipeline import collect

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from zhengpu.pipeline import Engine

DOCUMENTS = 200
ROUNDS = 3
ONE, TWO, SPARK = "one worker", "two workers", "Spark with two cores"


def reading(reports: Path, engine: Engine) -> float:
    """Seconds until all reports are read and extracted."""
    start = time.perf_counter()
    collect([reports], engine=engine)
    return time.perf_counter() - start


def building(reports: Path, output: Path, workers: str) -> float:
    """Seconds until the command that builds them has ended."""
    options = ("--no-cache", "--workers", workers, "-o", output)
    return child("-m", "zhengpu", "build", *options, reports).clock


def beside_one(what: str, rounds: Sequence[Mapping[str, float]]) -> list[Row]:
    """Each engine beside one worker, by rounds."""
    return [
        Row(
            name=f"{what}, {engine}",
            value=median(lasting[engine] for lasting in rounds),
            unit="s",
            ratio=median(lasting[ONE] / lasting[engine] for lasting in rounds),
            peer=f"as fast as {ONE}",
        )
        for engine in rounds[0]
        if engine != ONE
    ]


def main() -> int:
    """Print how long each engine takes."""
    arguments = parser(__doc__)
    arguments.add_argument("--documents", type=int, default=DOCUMENTS)
    arguments.add_argument("--rounds", type=int, default=ROUNDS)
    arguments.add_argument("--spark", action="store_true")
    given = arguments.parse_args()
    other = SPARK if given.spark else TWO
    engines = {ONE: local(1), other: spark("local[2]") if given.spark else local(2)}
    with tempfile.TemporaryDirectory() as scratch:
        reports = made_reports(Path(scratch, "reports"), given.documents)
        output = Path(scratch, "output")
        read = [
            {name: reading(reports, engine) for name, engine in engines.items()}
            for _ in range(given.rounds)
        ]
        rows = beside_one(f"reading {given.documents} reports", read)
        if not given.spark:
            workers = {ONE: "1", TWO: "2"}
            built = {name: building(reports, output, n) for name, n in workers.items()}
            rows += beside_one("building them", [built])
    return tell(rows, given.json)


if __name__ == "__main__":
    sys.exit(main())
