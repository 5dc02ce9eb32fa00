"""How much sooner two workers are done than one.

    python bench/engines.py
    python bench/engines.py --spark            Spark with two cores instead
    python bench/engines.py --documents 2000

The reports are those of tools/make_corpus.py, built in shards without cache, each
build in a process of its own. Times are those of the clock, as saving them is what
workers are for: nothing else should run meanwhile.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from statistics import median

from timing import Row, child, made_reports, parser, tell

DOCUMENTS = 400
ASKED_AT = 2_000
"""With fewer reports, starting a process takes much of the time."""
ROUNDS = 1
ONE = "one worker"
OPTIONS: dict[str, tuple[str, ...]] = {
    ONE: ("--workers", "1"),
    "two workers": ("--workers", "2"),
    "Spark with two cores": ("--engine", "spark", "--master", "local[2]"),
}


def building(reports: Path, output: Path, engine: str) -> float:
    """Seconds until the command that builds them has ended."""
    command = ("-m", "zhengpu", "build", "--shards", "--no-cache", *OPTIONS[engine])
    return child(*command, "-o", output, reports).clock


def main() -> int:
    """Print how long each engine takes."""
    arguments = parser(__doc__)
    arguments.add_argument("--documents", type=int, default=DOCUMENTS)
    arguments.add_argument("--rounds", type=int, default=ROUNDS)
    arguments.add_argument("--spark", action="store_true")
    given = arguments.parse_args()
    other = list(OPTIONS)[2 if given.spark else 1]
    with tempfile.TemporaryDirectory() as scratch:
        reports = made_reports(Path(scratch, "reports"), given.documents)
        rounds = [
            {
                name: building(reports, Path(scratch, name), name)
                for name in (ONE, other)
            }
            for _ in range(given.rounds)
        ]
    row = Row(
        name=f"building {given.documents} reports in shards, {other}",
        value=median(lasting[other] for lasting in rounds),
        unit="s",
        ratio=median(lasting[ONE] / lasting[other] for lasting in rounds),
        peer=f"as fast as {ONE}",
        at_least=None if given.spark or given.documents < ASKED_AT else 1.8,
    )
    return tell([row], given.json)


if __name__ == "__main__":
    sys.exit(main())
