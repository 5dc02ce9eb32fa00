"""How much sooner two workers are done than one.

    python bench/engines.py
    python bench/engines.py --spark            Spark with two cores, too
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
ONE = "one worker"


def reading(reports: Path, engine: Engine) -> float:
    """Seconds until all reports are read and extracted."""
    start = time.perf_counter()
    collect([reports], engine=engine)
    return time.perf_counter() - start


def building(reports: Path, output: Path, *options: str) -> float:
    """Seconds until the command that builds them has ended."""
    command = ("-m", "zhengpu", "build", "--no-cache", "-o", output, reports)
    return child(*command, *options).clock


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
    engines = {ONE: local(1), "two workers": local(2)}
    options: dict[str, tuple[str, ...]] = {
        ONE: ("--workers", "1"),
        "two workers": ("--workers", "2"),
    }
    if given.spark:
        engines["Spark with two cores"] = spark("local[2]")
        options["Spark with two cores"] = ("--engine", "spark", "--master", "local[2]")
    with tempfile.TemporaryDirectory() as scratch:
        reports = made_reports(Path(scratch, "reports"), given.documents)
        output = Path(scratch, "output")
        read = [
            {name: reading(reports, engine) for name, engine in engines.items()}
            for _ in range(given.rounds)
        ]
        built = {name: building(reports, output, *how) for name, how in options.items()}
    rows = [
        *beside_one(f"reading {given.documents} reports", read),
        *beside_one("building them", [built]),
    ]
    return tell(rows, given.json)


if __name__ == "__main__":
    sys.exit(main())
