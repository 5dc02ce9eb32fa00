"""What building again costs, as a share of the first build.

    python bench/rebuild.py
    python bench/rebuild.py --documents 200 --workers 1

The reports are those of tools/make_corpus.py. Each build is a command of its own,
so that starting Python counts; times are those of the processor. Printed are a build with
an empty cache, one where nothing has changed, one where one report has, and one
whose output was deleted; the last two must equal a build without cache.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import tempfile
from pathlib import Path

from timing import Row, child, made_reports, parser, tell

TARGET = 0.10
"""Of the first build, for one where nothing has changed."""


def build(reports: Path, output: Path, *options: str) -> float:
    """Seconds of processor time that a build takes, all its processes together."""
    return child("-m", "zhengpu", "build", reports, "-o", output, *options).processor


def digests(output: Path) -> dict[str, str]:
    """Path to sha256 of every file."""
    return {
        path.relative_to(output).as_posix(): hashlib.sha256(
            path.read_bytes()
        ).hexdigest()
        for path in sorted(output.rglob("*"))
        if path.is_file()
    }


def main() -> int:
    """Print the times; fail where the target is missed or a build differs."""
    arguments = parser(__doc__)
    arguments.add_argument("--documents", type=int, default=1000)
    arguments.add_argument("--workers", default="1")
    given = arguments.parse_args()
    options = ("--workers", given.workers)
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["ZHENGPU_CACHE"] = f"{scratch}/cache"
        output, cold = Path(scratch, "output"), Path(scratch, "cold")
        reports = made_reports(Path(scratch, "reports"), given.documents)
        first = build(reports, output, *options)
        unchanged = build(reports, output, *options)
        shutil.rmtree(output)
        deleted = build(reports, output, *options)
        changed = reports / "0000" / "0000000.txt"
        changed.write_text(changed.read_text("utf-8") + "\n召开会议9次。\n", "utf-8")
        one = build(reports, output, *options)
        build(reports, cold, "--no-cache", *options)
        same = digests(output) == digests(cold)
    rows = [
        Row(name=f"first build of {given.documents} reports", value=first, unit="s")
    ]
    for name, lasting, limit in (
        ("nothing changed", unchanged, TARGET),
        ("one report changed", one, None),
        ("output deleted", deleted, None),
    ):
        rows.append(
            Row(
                name=name,
                value=lasting,
                unit="s",
                ratio=lasting / first,
                peer="the first build",
                at_most=limit,
            )
        )
    rows.append(
        Row(
            name="the bytes of a build without cache",
            value=int(same),
            unit="of 1",
            at_least=1,
        )
    )
    return tell(rows, given.json)


if __name__ == "__main__":
    sys.exit(main())
