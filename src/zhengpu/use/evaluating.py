"""How well extractions agree with a gold annotation.

Gold is a folder of NAME.ann (the text, each mention marked as
`[[surface|TYPE|id]]`) and NAME.json (entities, relations, statistics). The
figures, over all documents together:

mentions         span and type are right (white space ignored)
linked           that, and the entity has the right canonical name
relations        subject, relation and object are right
stated           the same without what names alone can give
pairs            the two entities are right, whatever the relation
roles            person, body and role of posts are right
statistics       value, unit and measure are right
statistics-full  that, and subject, period and approx are right
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from zhengpu.errors import ReadingError, UsageError
from zhengpu.model import EntityType
from zhengpu.use.scoring import Comparison, GoldDocument, Miss, Score

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from zhengpu.use.matching import Row

FIGURES = (
    "mentions",
    "linked",
    "relations",
    "stated",
    "pairs",
    "roles",
    "statistics",
    "statistics-full",
)
MARK = re.compile(rf"\[\[(.*?)\|({'|'.join(EntityType)})\|([^\]|]+)\]\]", re.DOTALL)
NO_OUTPUT: Row = {"mentions": [], "entities": [], "relations": [], "statistics": []}


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The scores over all documents, and every disagreement behind them."""

    documents: tuple[str, ...]
    scores: Mapping[str, Score]
    """By figure; figures by type are called `mentions/ORG`, `relations/leads`."""
    misses: tuple[Miss, ...]

    def as_json(self, *, errors: bool = False) -> str:
        """Precision, recall and F1 of every figure as one JSON object.

        Args:
            errors: Every disagreement, too, as a list under `errors`.
        """
        figures: dict[str, object] = {
            figure: {
                "p": round(score.precision, 4),
                "r": round(score.recall, 4),
                "f1": round(score.f1, 4),
            }
            for figure, score in self.scores.items()
        }
        if errors:
            figures["errors"] = [asdict(miss) for miss in self.misses]
        return json.dumps(figures, ensure_ascii=False) + "\n"


def read_gold(folder: Path) -> tuple[GoldDocument, ...]:
    """The gold annotations of a folder, by name.

    Raises:
        UsageError: The folder holds none.
        ReadingError: A file is missing or is no JSON.
    """
    names = sorted(path.stem for path in folder.glob("*.ann"))
    if not names:
        raise UsageError("no-gold", path=folder)
    return tuple(_gold_document(folder, name) for name in names)


def _gold_document(folder: Path, name: str) -> GoldDocument:
    with (folder / f"{name}.ann").open(encoding="utf-8", newline="") as file:
        text, mentions = unmarked(file.read())
    return GoldDocument(name, text, mentions, read_json(folder / f"{name}.json"))


def unmarked(marked: str) -> tuple[str, tuple[Row, ...]]:
    """The source text of a marked one, and its mentions.

    >>> unmarked("在[[我县|PLC|e1]]，")
    ('在我县，', ({'start': 1, 'end': 3, 'type': 'PLC', 'entity': 'e1'},))
    """
    parts, mentions, at, length = [], [], 0, 0
    for hit in MARK.finditer(marked):
        start = length + hit.start() - at
        length = start + len(hit[1])
        parts += [marked[at : hit.start()], hit[1]]
        at = hit.end()
        mentions.append(
            {"start": start, "end": length, "type": hit[2], "entity": hit[3]}
        )
    return "".join([*parts, marked[at:]]), tuple(mentions)


def read_json(path: Path) -> Row:
    """A JSON object from a file.

    Raises:
        ReadingError: The file is missing or no JSON object.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise ReadingError("bad-json", path=path, detail=error) from error
    if not isinstance(content, dict):
        raise ReadingError("bad-json", path=path, detail="no object")
    return content


def parsed(text: str) -> Row:
    """An extraction as `serialising` writes it."""
    content: Row = json.loads(text)
    return content


def read_systems(folder: Path, names: Iterable[str]) -> dict[str, Row]:
    """What a system gave for each name, where it gave something.

    Args:
        folder: Holds NAME.json; may also be the output folder of a build.
        names: Which ones.

    Raises:
        ReadingError: A file is no JSON.
    """
    if (folder / "extractions").is_dir():
        folder /= "extractions"
    paths = {name: folder / f"{name}.json" for name in names}
    return {name: read_json(path) for name, path in paths.items() if path.exists()}


def evaluate(gold: Iterable[GoldDocument], systems: Mapping[str, Row]) -> Evaluation:
    """Compare extractions with gold.

    Args:
        gold: The annotated documents.
        systems: What `serialising` makes, as JSON gives it, by document name.

    Raises:
        ReadingError: A file lacks what the format asks for.
    """
    scores: dict[str, Score] = defaultdict(Score)
    misses: list[Miss] = []
    names = []
    for document in gold:
        names.append(document.name)
        system = NO_OUTPUT | systems.get(document.name, {})
        try:
            comparison = Comparison(document, system, scores, misses)
            comparison.compare_mentions()
            comparison.compare_relations()
            comparison.compare_statistics()
        except (KeyError, TypeError, AttributeError) as error:
            raise ReadingError(
                "bad-extraction", name=document.name, detail=repr(error)
            ) from error
    rest = sorted(figure for figure in scores if figure not in FIGURES)
    ordered = {figure: scores[figure] for figure in (*FIGURES, *rest)}
    return Evaluation(tuple(names), ordered, tuple(misses))
