"""What the measurements share: rows of results, time, memory and made reports."""

from __future__ import annotations

import argparse
import gc
import json
import os
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROOT = Path(__file__).parent.parent
UNIT = 1 if sys.platform == "darwin" else 1024
"""Bytes in which the system tells the size of a process."""
EXACT = 100
"""From here on a figure has three digits that count and needs no decimals."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One figure that was measured; its target is one of the ratio, if it has one."""

    name: str
    value: float
    unit: str
    ratio: float | None = None
    """To the figure of a peer, from the same run."""
    peer: str = ""
    """What the ratio is, and to whom: `as fast as …`, `the time of …`."""
    at_least: float | None = None
    at_most: float | None = None

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None where there is none."""
        judged = self.value if self.ratio is None else self.ratio
        if self.at_least is not None:
            return judged >= self.at_least
        return None if self.at_most is None else judged <= self.at_most

    @property
    def verdict(self) -> str:
        """The target, and whether it is met; empty where there is none."""
        if self.met is None:
            return ""
        wanted = "≥" if self.at_least is not None else "≤"
        limit = self.at_least if self.at_least is not None else self.at_most
        return f"{wanted} {limit:,g}: {'met' if self.met else 'MISSED'}"

    @property
    def figure(self) -> str:
        """The value with its unit: counts in full, all else to three digits."""
        value = self.value
        if isinstance(value, int):
            text = f"{value:,}"
        elif value >= EXACT:
            text = f"{float(f'{value:.3g}'):,.0f}"
        else:
            text = f"{value:.3g}"
        return f"{text} {self.unit}".strip()

    @property
    def beside(self) -> str:
        """The ratio and what it is to; empty where there is none."""
        return "" if self.ratio is None else f"{self.ratio:.2f} × {self.peer}"


class Usage(NamedTuple):
    """What a process took."""

    processor: float
    """Seconds of it and of the processes that it started and waited for."""
    clock: float
    """Seconds that passed."""
    megabytes: float
    """The most memory it held."""


def parser(about: str | None) -> argparse.ArgumentParser:
    """The arguments of a script: its own are added, `--json` is common to all."""
    made = argparse.ArgumentParser(description=(about or "").partition("\n")[0])
    made.add_argument(
        "--json", type=Path, metavar="FILE", help="write the rows there, too"
    )
    return made


def tell(rows: Sequence[Row], file: Path | None) -> int:
    """Print rows, hand them over where that is asked for; 1 where one misses."""
    for row in rows:
        print(f"{row.name:<44}{row.figure:>22}  {row.beside}  {row.verdict}".rstrip())
    if file:
        file.write_text(json.dumps([asdict(row) for row in rows]), encoding="utf-8")
    return int(any(row.met is False for row in rows))


def told(file: Path) -> list[Row]:
    """The rows that a script handed over."""
    return [Row(**row) for row in json.loads(file.read_text(encoding="utf-8"))]


def seconds(work: Callable[[], object]) -> float:
    """Processor time of some work in this process, the collector at rest."""
    gc.collect()
    gc.disable()
    try:
        start = time.process_time()
        work()
        return time.process_time() - start
    finally:
        gc.enable()


def child(*command: str | Path, **settings: str) -> Usage:
    """What Python takes for a command line of its own.

    Args:
        command: What follows `python`.
        settings: Environment variables beside those of this process.

    Raises:
        SystemExit: It failed.
    """
    started = time.perf_counter()
    with subprocess.Popen(  # noqa: S603 - our own commands
        [sys.executable, *command],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=os.environ | settings,
    ) as process:
        said = process.stderr.read().decode() if process.stderr else ""
        # wait4 counts this child alone, RUSAGE_CHILDREN the largest until now
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    clock = time.perf_counter() - started
    if process.returncode:
        sys.exit(said or f"a command ended with {process.returncode}")
    spent = usage.ru_utime + usage.ru_stime
    return Usage(spent, clock, usage.ru_maxrss * UNIT / 1e6)


def made_reports(folder: Path, documents: int) -> Path:
    """A folder with so many reports of tools/make_corpus.py."""
    tool = ROOT / "tools" / "make_corpus.py"
    child(tool, folder, "--documents", str(documents))
    return folder
