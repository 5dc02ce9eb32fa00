"""Make a corpus of any size for measurements: reports that look like the samples.

    python tools/make_corpus.py FOLDER --documents 1000 --seed 1

Each report takes the head of a sample and paragraphs of several, in which areas,
persons and numbers are replaced by others. Nothing in it is true. The same seed
gives the same bytes; the first thousand of ten thousand are those of a thousand.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from zhengpu.knowledge.gazetteer import gazetteer
from zhengpu.model import EntityType
from zhengpu.stages import extract
from zhengpu.text.reading import read

ROOT = Path(__file__).parent.parent
SAMPLES = ("seeds", "tests/reports")
HEAD = 6
"""Paragraphs at a report's beginning that say what it is: title, date, greeting."""
OWN = 0.7
"""The share of paragraphs that come from the sample that gave the head."""
SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
)
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉文建国志海春晓东红兰飞云燕"
IN_FOLDER = 1000
"""Files in one folder, so that none becomes slow to list."""
NUMERAL = re.compile(r"(?<![\d.年〔\[])\d{1,6}(?=[件个项条人次名份场篇期户万亿家位])")


@dataclass(frozen=True, slots=True)
class Sample:
    """A report, and the names in it that are to be replaced."""

    paragraphs: tuple[str, ...]
    areas: tuple[tuple[str, str], ...]
    """Names of areas with their levels, the longest first."""
    persons: tuple[str, ...]


def samples() -> list[Sample]:
    """All samples of the checkout, in the order of their names."""
    paths = [path for name in SAMPLES for path in (ROOT / name).rglob("*.txt")]
    return [sample(path) for path in sorted(paths)]


def sample(path: Path) -> Sample:
    """A report with what extraction finds to be its areas and persons."""
    extraction = extract(read(path))
    by_id = {entity.id: entity for entity in extraction.entities}
    areas, persons = {}, set()
    for link in extraction.mentions:
        entity = by_id.get(link.entity or "")
        if entity is None:
            continue
        if entity.type is EntityType.PER and entity.scope:  # not national leaders
            persons.add(link.mention.text)
        elif entity.type is EntityType.PLC and entity.level in {"county", "prefecture"}:
            areas[entity.name] = entity.level
    return Sample(
        tuple(p for p in extraction.raw.text.splitlines(keepends=True) if p.strip()),
        tuple(sorted(areas.items(), key=lambda row: (-len(row[0]), row[0]))),
        tuple(sorted(persons, key=lambda name: (-len(name), name))),
    )


def report(
    number: int, seed: int, known: list[Sample], areas: Areas, most: int | None = None
) -> str:
    """The text of one report; it depends on number, seed and length alone.

    Args:
        number: Of the report.
        seed: Of the corpus.
        known: The samples.
        areas: Names to replace others with.
        most: Paragraphs behind the head at most.
    """
    chance = random.Random(f"{seed}/{number}")  # noqa: S311 - nothing is secret here
    own = chance.choice(known)
    body = []
    end = None if most is None else HEAD + most
    for paragraph in own.paragraphs[HEAD:end]:
        other = own if chance.random() < OWN else chance.choice(known)
        if other is own:
            body.append(paragraph)
        elif len(other.paragraphs) > HEAD:
            body.append(chance.choice(other.paragraphs[HEAD:]))
    text = "".join([*own.paragraphs[:HEAD], *body])
    renamed = {name: chance.choice(areas.of(level)) for name, level in own.areas}
    renamed |= {
        name: chance.choice(SURNAMES)
        + "".join(chance.choices(GIVEN, k=max(len(name) - 1, 1)))
        for name in own.persons
    }
    if renamed:
        names = "|".join(map(re.escape, sorted(renamed, key=len, reverse=True)))
        text = re.sub(names, lambda found: renamed[found[0]], text)
    return NUMERAL.sub(lambda found: _other_number(found[0], chance), text)


class Areas:
    """Names of administrative areas by level."""

    def __init__(self) -> None:
        self._of: dict[str, list[str]] = {}
        for area in gazetteer():
            if area.until is None and not area.kind:
                self._of.setdefault(area.level, []).append(area.name)

    def of(self, level: str) -> list[str]:
        """All names at a level, in the order of their codes."""
        return self._of[level]


def _other_number(digits: str, chance: random.Random) -> str:
    """Another number of as many digits."""
    least = 10 ** (len(digits) - 1)
    return str(chance.randrange(least, 10 * least))


def main() -> int:
    """Write the corpus."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--paragraphs", type=int, help="make shorter reports")
    arguments = parser.parse_args()
    known, areas, size = samples(), Areas(), 0
    for number in range(arguments.documents):
        path = arguments.folder / f"{number // IN_FOLDER:04}" / f"{number:07}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = report(number, arguments.seed, known, areas, arguments.paragraphs)
        path.write_text(text, encoding="utf-8", newline="")
        size += len(text)
    print(f"{arguments.documents} reports, {size:,} characters in {arguments.folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
