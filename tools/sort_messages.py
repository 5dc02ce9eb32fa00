"""Sorts src/zhengpu/messages.tsv by code; two texts for one code are an error."""

from __future__ import annotations

import sys

from zhengpu.settings import PACKAGE

TABLE = PACKAGE / "messages.tsv"


def sorted_table(text: str) -> str:
    """The table with its rows sorted, each once."""
    head, *rows = text.splitlines()
    rows = sorted(set(rows))
    codes = [row.split("\t")[0] for row in rows]
    if twice := sorted({code for code in codes if codes.count(code) > 1}):
        sys.exit(f"messages.tsv says these in two ways: {', '.join(twice)}")
    return "\n".join([head, *rows]) + "\n"


if __name__ == "__main__":
    TABLE.write_text(sorted_table(TABLE.read_text(encoding="utf-8")), encoding="utf-8")
