"""What building again costs, as a share of the first build.

    python bench/rebuild.py
    python bench/rebuild.py --documents 200 --workers 1

The reports are those of tools/make_corpus.py. Each build is a command of its own,
so that starting Python counts; times are those of the processor. Printed are a build with
an empty cache, one where nothing has changed, one where one report has, and one
whose output was deleted; the last two must equal a build without cache.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "tools" / "make_corpus.py"
TARGET = 0.10
"""Of the first build, for one where nothing has changed."""


def build(reports: Path, output: Path, *options: str) -> float:
    """Seconds of processor time that a build takes, all its processes together.

    Raises:
        SystemExit: It failed.
    """
    command = [sys.executable, "-m", "zhengpu", "build", str(reports), "-o"]
    with subprocess.Popen(  # noqa: S603 - our own command
        [*command, str(output), *options], stdout=subprocess.DEVNULL
    ) as child:
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"a build ended with {child.returncode}")
    return usage.ru_utime + usage.ru_stime


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
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--workers", default="1")
    arguments = parser.parse_args()
    options = ("--workers", arguments.workers)
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["ZHENGPU_CACHE"] = f"{scratch}/cache"
        reports, output, cold = (
            Path(scratch, name) for name in ("reports", "output", "cold")
        )
        count = ("--documents", str(arguments.documents))
        subprocess.run(  # noqa: S603 - our own command
            [sys.executable, CORPUS, reports, *count], check=True
        )
        first = build(reports, output, *options)
        unchanged = build(reports, output, *options)
        shutil.rmtree(output)
        deleted = build(reports, output, *options)
        changed = reports / "0000" / "0000000.txt"
        changed.write_text(changed.read_text("utf-8") + "\n召开会议9次。\n", "utf-8")
        one = build(reports, output, *options)
        build(reports, cold, "--no-cache", *options)
        same = digests(output) == digests(cold)
    met = unchanged < TARGET * first
    for name, seconds in {
        "first build": first,
        f"nothing changed (< {TARGET:.0%}: {'met' if met else 'MISSED'})": unchanged,
        "one report changed": one,
        "output deleted": deleted,
    }.items():
        print(f"{seconds:>7.1f} s  {seconds / first:>6.1%}  {name}")
    print(f"the same bytes as without cache: {same}")
    return int(not (met and same))


if __name__ == "__main__":
    sys.exit(main())
