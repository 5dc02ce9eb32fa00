"""Writes what the shipped queries give on the sample reports, and docs/queries.md.

    python tools/make_query_answers.py

Run it when rules or queries have changed, and read the difference: each answer
says how many rows there are and shows the first of them. `tests/test_querying.py`
compares with what is written here.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import zhengpu
from zhengpu.settings import shipped
from zhengpu.use import answers, querying

if TYPE_CHECKING:
    from zhengpu.api import Graph

ANSWERS = Path(__file__).parent.parent / "tests" / "queries"
DOCS = Path(__file__).parent.parent / "docs" / "queries.md"
HEAD = """# Shipped queries · 自带的查询

Written by `tools/make_query_answers.py` from the heads of `src/zhengpu/use/queries/`.

```sh
zhengpu query --list
zhengpu query --name proposals-by-year --param year=2020 --format csv
```

In Python: `graph.query("proposals-by-year", year="2020")`. A parameter that is not given
stands for any. A file of your own: `zhengpu query FILE.rq`; `zp:`, `skos:` and the other
usual prefixes need no declaration.

"""
ROWS = 8
"""So many rows of each answer are kept."""


def answer_of(graph: Graph, name: str) -> str:
    """The number of rows and the first rows of a shipped query, as text."""
    head, rows = answers.cells(graph.query(name))
    lines = [f"# {len(rows)} rows", "\t".join(head)]
    lines += ["\t".join(" ".join(cell.split()) for cell in row) for row in rows[:ROWS]]
    return "\n".join(lines) + "\n"


def docs() -> str:
    """The list of all shipped queries, in both languages."""
    lines = ["| name | what it tells | parameters |", "| --- | --- | --- |"]
    for query in querying.shipped_queries():
        parameters = "<br>".join(
            f"`{p.name}` {p.zh} · {p.en}" for p in query.parameters
        )
        link = f"[{query.name}](../src/zhengpu/use/queries/{query.name}.rq)"
        lines.append(f"| {link} | {query.zh}<br>{query.en} | {parameters} |")
    return HEAD + "\n".join(lines) + "\n"


def main() -> None:
    """Write an answer for each shipped query, and remove those of no query."""
    DOCS.write_text(docs(), encoding="utf-8")
    graph = zhengpu.build(shipped("seeds"))
    names = [query.name for query in querying.shipped_queries()]
    ANSWERS.mkdir(exist_ok=True)
    for old in ANSWERS.glob("*.tsv"):
        if old.stem not in names:
            old.unlink()
    for name in names:
        path = ANSWERS / f"{name}.tsv"
        path.write_text(answer_of(graph, name), encoding="utf-8")
    print(f"{len(names)} answers in {ANSWERS}")


if __name__ == "__main__":
    main()
