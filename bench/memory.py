"""The most memory that a build of the shipped reports takes.

    python bench/memory.py
    python bench/memory.py --times 20         the reports so many times, each a bit other
    python bench/memory.py --documents 2000   as many reports of tools/make_corpus.py,
                                              and a quarter of them: what one more takes

Each measurement is of a process of its own; beside it stands what Python takes
that has only loaded jieba's dictionary.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
TARGET = 400
"""In MB, of the shipped reports."""
JIEBA = "import jieba.posseg; jieba.posseg.lcut('县政协召开会议')"
UNIT = 1 if sys.platform == "darwin" else 1024
"""Bytes in which the system tells the size of a process."""


def peak(*command: str) -> float:
    """The largest resident size of a child process, in MB.

    Raises:
        SystemExit: The child failed.
    """
    with subprocess.Popen(  # noqa: S603 (our own commands)
        [sys.executable, *command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as child:
        told = child.stderr.read().decode() if child.stderr else ""
        # wait4 counts this child alone, RUSAGE_CHILDREN the largest until now
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(told)
    return usage.ru_maxrss * UNIT / 1e6


def multiplied(times: int, folder: Path) -> Path:
    """A folder with each shipped report so many times, no two alike."""
    for path in sorted(SEEDS.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        for number in range(times):
            copy = folder / f"{number:04}_{path.name}"
            copy.write_text(f"{text}\n（第{number}份）\n", encoding="utf-8")
    return folder


def growth(documents: int, workers: str, scratch: Path) -> None:
    """Print what a build takes of many reports, and of a quarter of them."""
    sizes = []
    for count in (documents // 4, documents):
        reports, output = scratch / f"{count}", scratch / f"{count}-output"
        corpus = (ROOT / "tools" / "make_corpus.py", reports, "--documents", str(count))
        subprocess.run([sys.executable, *corpus], check=True)  # noqa: S603
        options = ("--no-cache", "--workers", workers, "-o", str(output))
        sizes.append(peak("-m", "zhengpu", "build", *options, str(reports)))
        print(f"{sizes[-1]:>6.0f} MB  build of {count} made reports, without workers")
    each = (sizes[1] - sizes[0]) / (documents - documents // 4)
    print(f"{each:>6.2f} MB  for each report more")


def main() -> int:
    """Print the sizes; fail where the target is missed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--times", type=int, default=0)
    parser.add_argument("--documents", type=int, default=0)
    parser.add_argument("--workers", default="1")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        output = str(Path(scratch) / "output")
        build = ("-m", "zhengpu", "build", "--no-cache", "-o", output)
        size = peak(*build, str(SEEDS))
        verdict = "met" if size < TARGET else "MISSED"
        print(f"{size:>6.0f} MB  build of the shipped reports (< {TARGET}: {verdict})")
        if arguments.times:
            copies = Path(scratch) / "reports"
            copies.mkdir()
            many = peak(
                *build, "--workers", "1", str(multiplied(arguments.times, copies))
            )
            print(f"{many:>6.0f} MB  build of {arguments.times} times as many")
        if arguments.documents:
            growth(arguments.documents, arguments.workers, Path(scratch))
        print(f"{peak('-c', JIEBA):>6.0f} MB  Python with jieba.posseg loaded")
        print(f"{peak('-c', 'pass'):>6.0f} MB  Python alone")
    return int(size >= TARGET)


if __name__ == "__main__":
    sys.exit(main())
