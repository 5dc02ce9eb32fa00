"""Run every benchmark at a small size and write bench/results.md.

    python bench/everything.py                what `make bench` runs
    python bench/everything.py --only rdf     one of them, and nothing is written

Each benchmark is a script that runs alone, too, and hands its rows over. One that
lacks what it needs is left out, and results.md says so.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from timing import Row, told

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

HERE = Path(__file__).parent
RESULTS = HERE / "results.md"
PACKAGES = (
    "zhengpu",
    "jieba",
    "rjieba",
    "pyoxigraph",
    "rdflib",
    "rapidfuzz",
    "msgspec",
    "pyspark",
    "playwright",
)
HEAD = """# Results

Written by `make bench`; [how it is measured](README.md), and figures of larger runs.
A ratio compares with a peer on the same machine in the same run, and is what to look at: the other figures are of this machine.
"""


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A script of this folder, and how it is run here."""

    title: str
    script: str
    options: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    """What it needs of Python, beside what zhengpu does."""
    programs: tuple[tuple[str, ...], ...] = ()
    """What it needs to be installed: of each of these, one."""

    @property
    def lacking(self) -> str:
        """The first thing that it needs and that is not there."""
        for package in self.packages:
            if find_spec(package) is None:
                return package
        for names in self.programs:
            if not any(map(shutil.which, names)):
                return " or ".join(names)
        return ""


BENCHMARKS = (
    Benchmark("Extraction", "extraction", ("--rounds", "5")),
    Benchmark(
        "Extraction without rjieba",
        "extraction",
        ("--rounds", "5", "--tagger", "jieba"),
    ),
    Benchmark("Memory", "memory"),
    Benchmark("Workers", "engines", ("--documents", "200")),
    Benchmark(
        "Workers of Spark",
        "engines",
        ("--documents", "40", "--rounds", "1", "--spark"),
        packages=("pyspark",),
        programs=(("java",),),
    ),
    Benchmark("RDF", "rdf"),
    Benchmark("Building again", "rebuild", ("--documents", "40")),
    Benchmark("Rules on the annotated reports", "rules"),
    Benchmark(
        "Explorer",
        "explorer",
        ("--rounds", "3", "--only", "1000"),
        packages=("playwright",),
        programs=(("chromium", "chromium-browser", "google-chrome"), ("npm",)),
    ),
)


def measured(benchmark: Benchmark) -> list[Row] | str:
    """The rows of a benchmark, or why there are none."""
    print(f"\n# {benchmark.title}", flush=True)
    if lacking := benchmark.lacking:
        return f"skipped: needs {lacking}"
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "rows.json"
        script = HERE / f"{benchmark.script}.py"
        command = [sys.executable, str(script), *benchmark.options]
        code = subprocess.run(  # noqa: S603 - ours
            [*command, "--json", str(file)], check=False
        ).returncode
        print(f"{time.perf_counter() - begun:.0f} s")
        # a missed target is a code, too; without rows, it broke
        return told(file) if file.exists() else f"failed with code {code}"


def page(
    where: Sequence[tuple[str, str]], results: Mapping[str, list[Row] | str]
) -> str:
    """The text of results.md."""
    lines = [HEAD, "| machine | |", "|---|---|"]
    lines += [f"| {what} | {answer} |" for what, answer in where]
    for title, rows in results.items():
        lines += ["", f"## {title}", ""]
        if isinstance(rows, str):
            lines.append(f"{rows[0].upper()}{rows[1:]}.")
            continue
        lines += ["| what | measured | beside | target |", "|---|---:|---:|---|"]
        lines += [
            f"| {row.name} | {row.figure} | {row.beside} | {row.verdict} |"
            for row in rows
        ]
    return "\n".join(lines) + "\n"


def machine() -> Iterator[tuple[str, str]]:
    """What it was measured on, and with which versions."""
    system = platform.system()
    if system == "Linux":
        system = f"{platform.freedesktop_os_release()['PRETTY_NAME']}, {system}"
    yield "processor", processor()
    yield "cores", str(os.cpu_count())
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    yield "memory", f"{pages / 1e9:.1f} GB"
    yield "system", f"{system} {platform.release()}"
    yield "other work before: processes, on average", f"{os.getloadavg()[1]:.1f}"
    yield "Python", f"{platform.python_implementation()} {platform.python_version()}"
    for package in PACKAGES:
        try:
            yield package, version(package)
        except PackageNotFoundError:
            yield package, "not installed"


def processor() -> str:
    """The name of the processor's model."""
    file = Path("/proc/cpuinfo")
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    names = [line for line in text.splitlines() if line.startswith("model name")]
    name = names[0].partition(":")[2].strip() if names else platform.processor()
    return f"{name} ({platform.machine()})"


def main() -> int:
    """Measure, show and write; fail where a benchmark broke, not where one misses."""
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("--only", metavar="SCRIPT", action="append")
    options = arguments.parse_args()
    chosen = [b for b in BENCHMARKS if options.only is None or b.script in options.only]
    where = tuple(machine())
    results = {benchmark.title: measured(benchmark) for benchmark in chosen}
    text = page(where, results)
    if options.only is None:
        RESULTS.write_text(text, encoding="utf-8")
    print(f"\n{text}")
    broken = [rows for rows in results.values() if "failed" in rows]
    return int(bool(broken))


if __name__ == "__main__":
    sys.exit(main())
