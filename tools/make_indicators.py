"""Write the indicators of ontology/zhengpu.ttl from the table of indicators.

    python tools/make_indicators.py

The notations, labels and units of `src/zhengpu/knowledge/data/indicators.tsv`
are the truth; the concepts below the marker line are made anew from them.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
TABLE = ROOT / "src/zhengpu/knowledge/data/indicators.tsv"
ONTOLOGY = ROOT / "ontology/zhengpu.ttl"
MARKER = "# ------- indicators, written by tools/make_indicators.py -------\n"

WORDS = re.compile(r"[\u3400-\u9fff]{2,}|[A-Z]{2,}")


def alternatives(pattern: str) -> list[str]:
    """The alternatives of a pattern that are plain words.

    >>> alternatives("(?:政府)?常务会议|政府全体会议")
    ['政府全体会议']
    """
    parts, depth, part = [], 0, ""
    for sign in pattern + "|":
        depth += (sign == "(") - (sign == ")")
        if sign == "|" and not depth:
            parts.append(part)
            part = ""
        else:
            part += sign
    return [part for part in parts if WORDS.fullmatch(part)]


def rows() -> list[dict[str, str]]:
    """The rows of the table, in its order."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    table = [line for line in lines if not line.startswith("# ")]
    return list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))


def concept(row: dict[str, str], taken: set[str]) -> str:
    """The Turtle of one indicator; a word is the other name of one of them only."""
    others = [word for word in alternatives(row["measure"]) if word not in taken]
    taken.update(others)
    names = ", ".join(f'"{word}"@zh' for word in others if word != row["zh"])
    units = ", ".join(f'"{unit}"@zh' for unit in row["unit"].split("|") if unit)
    lines = [
        f"indicator:{row['notation']} a zp:Indicator, skos:Concept ;",
        "    skos:inScheme scheme:indicator ; skos:topConceptOf scheme:indicator ;",
        f'    skos:notation "{row["notation"]}" ;',
        f'    skos:prefLabel "{row["zh"]}"@zh, "{row["en"]}"@en ;',
        f"    skos:altLabel {names} ;" if names else "",
        f"    zp:unit {units} ." if units else "    .",
    ]
    return "\n".join(line for line in lines if line) + "\n"


def section() -> str:
    """All indicators as Turtle."""
    table = rows()
    taken = {row["zh"] for row in table}
    return "\n".join(concept(row, taken) for row in table)


def ontology() -> str:
    """The whole ontology, with the indicators made anew."""
    hand = ONTOLOGY.read_text(encoding="utf-8").partition(MARKER)[0]
    return f"{hand}{MARKER}\n{section()}"


if __name__ == "__main__":
    ONTOLOGY.write_text(ontology(), encoding="utf-8", newline="\n")
    print(f"{ONTOLOGY.name}: {len(rows())} indicators")
