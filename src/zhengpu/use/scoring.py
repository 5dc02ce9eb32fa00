"""One document's gold and system output compared, figure by figure."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeAlias

from zhengpu.model import RawText, Relation

if TYPE_CHECKING:
    from collections.abc import Callable

Row: TypeAlias = "dict[str, Any]"
"""A record of a gold or system file, as JSON gives it."""

SYMMETRIC = {Relation.COOPERATES_WITH.value}
NAMED = {Relation.LOCATED_IN.value, Relation.SUB_ORGANIZATION_OF.value}
POSTS = {Relation.HOLDS_POST.value, Relation.LEFT_POST.value}
WIDTHS = str.maketrans(
    "（），：“”‘’＋・•％；！？",  # compared as their half-width or plain forms
    '(),:""""+··%;!?',
)


@dataclass(slots=True)
class Score:
    """Hits, false finds and misses of one figure."""

    hits: int = 0
    false: int = 0
    missed: int = 0

    def add(self, gold: Counter[Any], system: Counter[Any]) -> None:
        """Count what two multisets have in common."""
        hits = (gold & system).total()
        self.hits += hits
        self.false += system.total() - hits
        self.missed += gold.total() - hits

    @property
    def precision(self) -> float:
        """The share of what was found that is right."""
        return self.hits / (self.hits + self.false) if self.hits else 0.0

    @property
    def recall(self) -> float:
        """The share of what is there that was found."""
        return self.hits / (self.hits + self.missed) if self.hits else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall.

        >>> Score(hits=3, false=1, missed=2).f1
        0.6666666666666666
        """
        twice = 2 * self.hits
        return twice / (twice + self.false + self.missed) if twice else 0.0


@dataclass(frozen=True, slots=True)
class Miss:
    """One disagreement, for people to read."""

    figure: str
    kind: str
    """`missed` (gold has it), `false` (gold has it not) or `other` (gold has
    something else there)."""
    type: str
    """The entity type, relation or unit it is about."""
    document: str
    text: str


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A gold annotation: the text, its mentions, and what it states."""

    name: str
    text: str
    mentions: tuple[Row, ...]
    content: Row

    @property
    def raw(self) -> RawText:
        """The text as if it had been read from NAME.txt."""
        digest = sha256(self.text.encode()).hexdigest()
        return RawText(f"{self.name}.txt", self.text, digest, "utf-8")


def norm(name: str | None) -> str:
    """A name without white space, quotation marks and width differences.

    >>> norm("“书香 政协”（一期）")
    '书香政协(一期)'
    """
    name = re.sub(r"\s+", "", name or "").translate(WIDTHS)
    return name.strip("《》\"'").replace('"', "")


@dataclass(slots=True)
class Comparison:
    """One document's gold and system output, side by side."""

    gold: GoldDocument
    system: Row
    scores: dict[str, Score]
    misses: list[Miss]
    flat: str = field(init=False)
    before: list[int] = field(init=False)
    gold_entities: dict[str, Row] = field(init=False)
    system_entities: dict[str, Row] = field(init=False)
    accepted: dict[tuple[str, str], str] = field(init=False)

    def __post_init__(self) -> None:
        text = self.gold.text
        self.flat = "".join(text.split())
        self.before = _counted(text)
        self.gold_entities = {e["id"]: e for e in self.gold.content["entities"]}
        self.system_entities = {e["id"]: e for e in self.system["entities"]}
        self.accepted = _accepted(self.gold.content["entities"])

    # -- mentions and links

    def compare_mentions(self) -> None:
        """Figures mentions and linked."""
        found = self.system["mentions"]
        gold: Counter[Any] = Counter(map(self.key, self.gold.mentions))
        system: Counter[Any] = Counter(map(self.key, found))
        self.scores["mentions"].add(gold, system)
        for kind in {key[2] for key in chain(gold, system)}:
            self.scores[f"mentions/{kind}"].add(
                _of(gold, 2, kind), _of(system, 2, kind)
            )
        self.differ("mentions", gold, system, self.shown_mention)
        names = self.gold_entities
        gold = Counter(
            (*self.key(m), norm(names[m["entity"]]["name"])) for m in self.gold.mentions
        )
        system = Counter((*self.key(m), self.found_name(m)) for m in found)
        self.scores["linked"].add(gold, system)
        want = {key[:3]: key[3] for key in gold}
        for key in sorted(system - gold):
            if key[:3] in want:
                shown = f"{self.words(key)} → {key[3]}（{want[key[:3]]}）"
                self.misses.append(
                    Miss("linked", "other", key[2], self.gold.name, shown)
                )

    def key(self, mention: Row) -> tuple[int, int, str]:
        """A mention's place among the characters that are not white space."""
        last = len(self.before) - 1
        start, end = min(mention["start"], last), min(mention["end"], last)
        return self.before[start], self.before[end], mention["type"]

    def found_name(self, mention: Row) -> str:
        """The canonical name that the system gives a mention."""
        entity = self.system_entities.get(mention.get("entity") or "")
        return norm(entity["name"]) if entity else ""

    def words(self, key: tuple[Any, ...]) -> str:
        """The words of a mention."""
        return self.flat[key[0] : key[1]]

    def shown_mention(self, key: tuple[Any, ...]) -> tuple[str, str]:
        """Type and words of a mention."""
        return key[2], self.words(key)

    # -- relations

    def compare_relations(self) -> None:
        """Figures relations, stated, pairs and roles."""
        sides = (
            (self.gold.content["relations"], self.gold_entities),
            (self.system["relations"], self.system_entities),
        )
        gold, system = (self.triples(rows, names) for rows, names in sides)
        self.scores["relations"].add(gold, system)
        self.scores["stated"].add(_stated(gold), _stated(system))
        for name in {key[1] for key in chain(gold, system)}:
            self.scores[f"relations/{name}"].add(
                _of(gold, 1, name), _of(system, 1, name)
            )
        self.differ("relations", gold, system, _shown_triple)
        self.scores["pairs"].add(*(self.pairs(rows, names) for rows, names in sides))
        gold, system = (self.roles(rows, names) for rows, names in sides)
        self.scores["roles"].add(gold, system)
        self.differ("roles", gold, system, _shown_triple)

    def name(self, entity: str, entities: dict[str, Row]) -> str:
        """The gold's canonical name where any accepted form is given."""
        if entity not in entities:
            return f"unknown id {entity}"  # never right, never free
        row = entities[entity]
        name = norm(row["name"])
        return self.accepted.get((row["type"], name), name)

    def ends(self, row: Row, entities: dict[str, Row]) -> list[str]:
        """The names of a relation's subject and object."""
        return [self.name(row[end], entities) for end in ("subject", "object")]

    def triples(self, rows: list[Row], entities: dict[str, Row]) -> Counter[Any]:
        """Each relation once; the symmetric ones in one direction."""
        found = set()
        for row in rows:
            ends = self.ends(row, entities)
            if row["relation"] in SYMMETRIC:
                ends.sort()
            found.add((ends[0], row["relation"], ends[1]))
        return Counter(found)

    def pairs(self, rows: list[Row], entities: dict[str, Row]) -> Counter[Any]:
        """Each pair of entities once."""
        return Counter({tuple(sorted(self.ends(row, entities))) for row in rows})

    def roles(self, rows: list[Row], entities: dict[str, Row]) -> Counter[Any]:
        """Each post once."""
        found = set()
        for row in rows:
            if row["relation"] in POSTS:
                person, body = self.ends(row, entities)
                found.add((person, row["relation"], body, norm(row.get("role"))))
        return Counter(found)

    # -- statistics

    def compare_statistics(self) -> None:
        """Figures statistics and statistics-full; each found one serves once."""
        gold, left = self.gold.content["statistics"], list(self.system["statistics"])
        hits = full = 0
        for row in gold:
            partners = [other for other in left if _same_statistic(row, other)]
            if not partners:
                self.miss_statistic("missed", row)
                continue
            partner = max(partners, key=lambda other: self.agrees(row, other))
            left.remove(partner)
            hits += 1
            full += self.agrees(row, partner)
        for row in left:
            self.miss_statistic("false", row)
        found = len(self.system["statistics"])
        for figure, number in (("statistics", hits), ("statistics-full", full)):
            score = self.scores[figure]
            score.hits += number
            score.false += found - number
            score.missed += len(gold) - number

    def agrees(self, gold: Row, system: Row) -> bool:
        """Whether subject, period and approximateness are right, too."""
        subject = self.name(gold["subject"], self.gold_entities)
        return (
            subject == self.name(system.get("subject", ""), self.system_entities)
            and _period(gold) == _period(system)
            and bool(gold.get("approx")) == bool(system.get("approx"))
        )

    def miss_statistic(self, kind: str, row: Row) -> None:
        """Note a statistic that has no partner."""
        text = f"{row.get('measure', '')} {row.get('value')} {row.get('unit', '')}"
        unit = row.get("unit", "")
        self.misses.append(Miss("statistics", kind, unit, self.gold.name, text))

    def differ(
        self,
        figure: str,
        gold: Counter[Any],
        system: Counter[Any],
        shown: Callable[[Any], tuple[str, str]],
    ) -> None:
        """Note what only one side has, as type and words."""
        for kind, keys in (("missed", gold - system), ("false", system - gold)):
            for key in sorted(keys):
                type_, text = shown(key)
                self.misses.append(Miss(figure, kind, type_, self.gold.name, text))


def _shown_triple(key: tuple[str, ...]) -> tuple[str, str]:
    """Relation and words of a relation or post."""
    return key[1], " ".join(part for part in key if part)


def _counted(text: str) -> list[int]:
    """For each offset, the number of characters before it that are not space."""
    counts, number = [], 0
    for character in text:
        counts.append(number)
        number += not character.isspace()
    return [*counts, number]


def _accepted(entities: list[Row]) -> dict[tuple[str, str], str]:
    """From type and every accepted form to the canonical name."""
    forms: dict[tuple[str, str], str] = {}
    for entity in entities:
        for form in (entity["name"], *entity.get("aliases", ())):
            forms.setdefault((entity["type"], norm(form)), norm(entity["name"]))
    for entity in entities:
        forms[entity["type"], norm(entity["name"])] = norm(entity["name"])
    return forms


def _of(keys: Counter[Any], at: int, value: str) -> Counter[Any]:
    return Counter({key: n for key, n in keys.items() if key[at] == value})


def _stated(keys: Counter[Any]) -> Counter[Any]:
    return Counter({key: n for key, n in keys.items() if key[1] not in NAMED})


def _period(row: Row) -> str:
    return norm(str(row.get("period") or ""))


def _value(row: Row) -> float | None:
    try:
        return float(row["value"])
    except (KeyError, TypeError, ValueError):
        return None


def _same_statistic(gold: Row, system: Row) -> bool:
    """Whether value, unit and measure are the same."""
    value, other = _value(gold), _value(system)
    if value is None or other is None:
        return False
    return (
        abs(value - other) < 1e-6 * max(1.0, abs(value))
        and norm(gold.get("unit")) == norm(system.get("unit"))
        and _same_measure(norm(gold["measure"]), norm(system.get("measure")))
    )


def _same_measure(gold: str, system: str) -> bool:
    """Whether one holds the other, or they end alike; at most twice as long."""
    if not gold or not system:
        return gold == system
    if len(system) > max(2 * len(gold), len(gold) + 2):
        return False
    shared = len(set(gold) & set(system))
    ends_alike = gold[-2:] == system[-2:]
    return gold in system or system in gold or (shared > 1 and ends_alike)
