"""The most memory that a build of the shipped reports takes.

    python bench/memory.py
    python bench/memory.py --times 20         the reports so many times, each a bit other
    python bench/memory.py --documents 2000   as many reports of tools/make_corpus.py,
                                              and a quarter of them: what one more takes

Each measurement is of a process of its own; beside it stands what Python takes
that has only loaded jieba's dictionary.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from timing import ROOT, Row, child, made_reports, parser, tell

SEEDS = ROOT / "seeds"
TARGET = 400
"""In MB, of the shipped reports."""
JIEBA = "import jieba.posseg; jieba.posseg.lcut('县政协召开会议')"


def peak(*command: str | Path) -> float:
    """The largest resident size of a child process, in MB."""
    return child(*command).megabytes


def building(reports: Path, output: Path, workers: str = "1") -> float:
    """The same of a build."""
    options = ("--no-cache", "--workers", workers, "-o", output)
    return peak("-m", "zhengpu", "build", *options, reports)


def multiplied(times: int, folder: Path) -> Path:
    """A folder with each shipped report so many times, no two alike."""
    folder.mkdir()
    for path in sorted(SEEDS.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        for number in range(times):
            copy = folder / f"{number:04}_{path.name}"
            copy.write_text(f"{text}\n（第{number}份）\n", encoding="utf-8")
    return folder


def growth(documents: int, workers: str, scratch: Path) -> list[Row]:
    """What a build takes of many reports, and of a quarter of them."""
    counts = (documents // 4, documents)
    sizes = [
        building(made_reports(scratch / f"{n}", n), scratch / f"{n}-output", workers)
        for n in counts
    ]
    each = (sizes[1] - sizes[0]) / (counts[1] - counts[0])
    rows = [
        Row(name=f"build of {n} made reports", value=size, unit="MB")
        for n, size in zip(counts, sizes, strict=True)
    ]
    return [*rows, Row(name="each report more", value=each, unit="MB")]


def main() -> int:
    """Print the sizes; fail where the target is missed."""
    arguments = parser(__doc__)
    arguments.add_argument("--times", type=int, default=0)
    arguments.add_argument("--documents", type=int, default=0)
    arguments.add_argument("--workers", default="1")
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        rows = [
            Row(
                name="build of the shipped reports",
                value=building(SEEDS, folder / "output"),
                unit="MB",
                at_most=TARGET,
            )
        ]
        if options.times:
            copies = multiplied(options.times, folder / "copies")
            name = f"build of {options.times} times as many"
            size = building(copies, folder / "output-many")
            rows.append(Row(name=name, value=size, unit="MB"))
        if options.documents:
            rows += growth(options.documents, options.workers, folder)
    for name, program in (
        ("Python with `jieba.posseg` loaded", JIEBA),
        ("Python alone", "pass"),
    ):
        rows.append(Row(name=name, value=peak("-c", program), unit="MB"))
    return tell(rows, options.json)


if __name__ == "__main__":
    sys.exit(main())
