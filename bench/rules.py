"""How often each rule fires on the gold reports, and how often it is right.

    python bench/rules.py                         every rule, the worst first
    python bench/rules.py --below 0.7             those right less often
    python bench/rules.py --wrong honours/wins    what a rule got wrong, and where

What each rule gave is judged alone, by the scorer of `zhengpu evaluate`. Of the
rules that give the same, the one that gave it first in a file is counted.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from timing import Row, parser, tell

from zhengpu.knowledge.rulebook import RULES, read_rules
from zhengpu.stages import extract
from zhengpu.use.evaluating import evaluate, parsed, read_gold
from zhengpu.use.serialising import serialise

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zhengpu.use.scoring import GoldDocument, Miss

TESTS = Path(__file__).parent.parent / "tests"
FOLDERS = (
    TESTS / "gold",
    *sorted(p for p in (TESTS / "reports").iterdir() if p.is_dir()),
)
FIGURES = ("mentions", "relations", "statistics")
"""Lists of an extraction whose records name their rule; figures of the scorer."""


@dataclass(slots=True)
class Record:
    """What a rule did in all reports."""

    figure: str
    rule: str
    right: int = 0
    wrong: list[Miss] = field(default_factory=list)

    @property
    def fired(self) -> int:
        """How many different things it gave."""
        return self.right + len(self.wrong)

    @property
    def precision(self) -> float:
        """The share of them that the gold has."""
        return self.right / self.fired


def judged(documents: Sequence[GoldDocument]) -> list[Record]:
    """The records of all rules that fired, those to be mended first ahead."""
    records: dict[tuple[str, str], Record] = {}
    with ProcessPoolExecutor() as pool:
        for of_one in pool.map(judged_in, documents):
            for found in of_one:
                key = found.figure, found.rule
                record = records.setdefault(key, Record(*key))
                record.right += found.right
                record.wrong += found.wrong
    return sorted(records.values(), key=_weight)


def judged_in(document: GoldDocument) -> list[Record]:
    """What each rule did in one report."""
    system = parsed(serialise(extract(document.raw)))
    records = []
    for figure in FIGURES:
        given = defaultdict(list)
        for row in system[figure]:
            given[row["rule"]].append(row)
        for rule, rows in given.items():
            alone = {"entities": system["entities"], figure: rows}
            made = evaluate([document], {document.name: alone})
            wrong = [
                miss
                for miss in made.misses
                if (miss.figure, miss.kind) == (figure, "false")
            ]
            records.append(Record(figure, rule, made.scores[figure].hits, wrong))
    return records


def _weight(record: Record) -> tuple[float, float, str, str]:
    """Most loss first: what it gets wrong, counted more the less it is right."""
    lost = (1 - record.precision) * len(record.wrong)
    return -lost, record.precision, record.figure, record.rule


def silent(records: Sequence[Record]) -> Iterator[str]:
    """The rules of the rule files that never fired."""
    fired = {record.rule for record in records}
    for path in sorted(RULES.glob("*.toml")):
        yield from (rule.name for rule in read_rules(path) if rule.name not in fired)


def show_wrong(records: Sequence[Record], rule: str) -> None:
    """Print what a rule got wrong with its sentences."""
    for record in records:
        if record.rule == rule:
            print(f"# {record.figure}: {len(record.wrong)} of {record.fired} wrong")
            for miss in record.wrong:
                print(f"{miss.document}:{miss.line}\t{miss.type}\t{miss.text}")
                print(f"\t{miss.sentence}")


def show(records: Sequence[Record], below: float) -> None:
    """Print the table of the rules."""
    print("precision\tfired\tright\twrong\tfigure\trule")
    for record in records:
        if record.precision < below:
            print(
                f"{record.precision:.3f}\t{record.fired}\t{record.right}"
                f"\t{len(record.wrong)}\t{record.figure}\t{record.rule}"
            )


def summary(records: Sequence[Record], figure: str) -> Row:
    """How many of all that the rules gave are right."""
    of = [record for record in records if record.figure == figure]
    right, fired = sum(r.right for r in of), sum(r.fired for r in of)
    name = f"{figure} of {len(of)} rules that are right"
    return Row(name=name, value=right, unit=f"of {fired:,}")


def main() -> int:
    """Do what the arguments ask for."""
    known = parser(__doc__)
    known.add_argument("--below", type=float, default=1.01, metavar="PRECISION")
    known.add_argument("--wrong", metavar="RULE")
    known.add_argument("--gold", type=Path, action="append", metavar="FOLDER")
    arguments = known.parse_args()
    folders = arguments.gold or FOLDERS
    documents = [document for folder in folders for document in read_gold(folder)]
    records = judged(documents)
    if arguments.wrong:
        if arguments.wrong not in {record.rule for record in records}:
            known.error(f"{arguments.wrong} never fires")
        show_wrong(records, arguments.wrong)
        return 0
    show(records, arguments.below)
    never = list(silent(records))
    print(f"# {len(documents)} reports; {len(never)} rules of the files never fired:")
    for rule in never:
        print(f"# {rule}")
    return tell([summary(records, figure) for figure in FIGURES], arguments.json)


if __name__ == "__main__":
    sys.exit(main())
