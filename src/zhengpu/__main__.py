"""`python -m zhengpu`, and the command `zhengpu`."""

from __future__ import annotations

import sys
from io import TextIOWrapper

from zhengpu.cli import run


def main() -> None:
    """Run the command line and end the process with its exit code."""
    if isinstance(sys.stdout, TextIOWrapper):
        # where the locale knows no Chinese, a fact must not end the program
        sys.stdout.reconfigure(errors="backslashreplace")
    sys.exit(run())


if __name__ == "__main__":
    main()
