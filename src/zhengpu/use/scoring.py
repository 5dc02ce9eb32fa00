"""One document's gold and system output compared, figure by figure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import chain
from typing import TYPE_CHECKING, Any

from zhengpu.model import RawText, Relation
from zhengpu.use.locating import Located
from zhengpu.use.matching import accepted_forms, norm, period_of, same_statistic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from zhengpu.use.matching import Row

SYMMETRIC = {Relation.COOPERATES_WITH.value}
NAMED = {Relation.LOCATED_IN.value, Relation.SUB_ORGANIZATION_OF.value}
LONGEST = 80
"""Characters of a mention that are shown to people."""
POSTS = {Relation.HOLDS_POST.value, Relation.LEFT_POST.value}


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
    line: int = 0
    """Of the document's text, from 1; 0 where it is not known."""
    sentence: str = ""
    """In which it is stated; empty where it is not known."""
    rule: str = ""
    """What made the system find it; empty where the system has it not."""


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


@dataclass(slots=True)
class Comparison:
    """One document's gold and system output, side by side."""

    gold: GoldDocument
    system: Row
    scores: dict[str, Score]
    misses: list[Miss]
    where: Located = field(init=False)
    gold_entities: dict[str, Row] = field(init=False)
    system_entities: dict[str, Row] = field(init=False)
    accepted: dict[tuple[str, str], str] = field(init=False)

    def __post_init__(self) -> None:
        self.where = Located(self.gold.raw)
        self.gold_entities = {e["id"]: e for e in self.gold.content["entities"]}
        self.system_entities = {e["id"]: e for e in self.system["entities"]}
        self.accepted = accepted_forms(self.gold.content["entities"])

    # -- mentions and links

    def compare_mentions(self) -> None:
        """Figures mentions and linked."""
        found = self.system["mentions"]
        gold = Counter(map(self.key, self.gold.mentions))
        system = Counter(map(self.key, found))
        rows = {self.key(m): m for m in (*self.gold.mentions, *found)}
        self.scores["mentions"].add(gold, system)
        for kind in {key[2] for key in chain(gold, system)}:
            self.scores[f"mentions/{kind}"].add(
                _of(gold, 2, kind), _of(system, 2, kind)
            )
        self.differ("mentions", gold, system, self.shown_mention, rows)
        names = self.gold_entities
        linked = Counter(
            (*self.key(m), norm(names[m["entity"]]["name"])) for m in self.gold.mentions
        )
        found_linked = Counter((*self.key(m), self.found_name(m)) for m in found)
        self.scores["linked"].add(linked, found_linked)
        want = {key[:3]: key[3] for key in linked}
        for key in sorted(found_linked - linked):
            if key[:3] in want:
                shown = f"{self.words(key)} → {key[3]}（{want[key[:3]]}）"
                self.note("linked", "other", key[2], shown, rows[key[:3]])

    def key(self, mention: Row) -> tuple[int, int, str]:
        """A mention's place among the characters that are not white space."""
        start, end = map(self.where.flattened, (mention["start"], mention["end"]))
        return start, end, mention["type"]

    def found_name(self, mention: Row) -> str:
        """The canonical name that the system gives a mention."""
        entity = self.system_entities.get(mention.get("entity") or "")
        return norm(entity["name"]) if entity else ""

    def words(self, key: tuple[Any, ...]) -> str:
        """The words of a mention; of one that runs on and on, both ends."""
        words = self.where.flat[key[0] : key[1]]
        if len(words) <= LONGEST:
            return words
        return f"{words[: LONGEST // 2]}…{words[-LONGEST // 4 :]}"

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
        self.compare_rows("relations", gold, system)
        self.scores["stated"].add(
            *(_stated(Counter(side.keys())) for side in (gold, system))
        )
        for name in {key[1] for key in chain(gold, system)}:
            self.scores[f"relations/{name}"].add(
                *(_of(Counter(side.keys()), 1, name) for side in (gold, system))
            )
        self.scores["pairs"].add(*(self.pairs(rows, names) for rows, names in sides))
        gold, system = (self.roles(rows, names) for rows, names in sides)
        self.compare_rows("roles", gold, system)

    def compare_rows(
        self,
        figure: str,
        gold: dict[tuple[str, ...], Row],
        system: dict[tuple[str, ...], Row],
    ) -> None:
        """A figure of relations, each of which counts once."""
        keys = Counter(gold.keys()), Counter(system.keys())
        self.scores[figure].add(*keys)
        self.differ(figure, *keys, _shown_triple, system | gold)

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

    def triples(
        self, rows: list[Row], entities: dict[str, Row]
    ) -> dict[tuple[str, ...], Row]:
        """Each relation as first stated; the symmetric ones in one direction."""
        found: dict[tuple[str, ...], Row] = {}
        for row in rows:
            ends = self.ends(row, entities)
            if row["relation"] in SYMMETRIC:
                ends.sort()
            found.setdefault((ends[0], row["relation"], ends[1]), row)
        return found

    def pairs(self, rows: list[Row], entities: dict[str, Row]) -> Counter[Any]:
        """Each pair of entities once."""
        return Counter({tuple(sorted(self.ends(row, entities))) for row in rows})

    def roles(
        self, rows: list[Row], entities: dict[str, Row]
    ) -> dict[tuple[str, ...], Row]:
        """Each post as first stated."""
        found: dict[tuple[str, ...], Row] = {}
        for row in rows:
            if row["relation"] in POSTS:
                person, body = self.ends(row, entities)
                key = (person, row["relation"], body, norm(row.get("role")))
                found.setdefault(key, row)
        return found

    # -- statistics

    def compare_statistics(self) -> None:
        """Figures statistics and statistics-full; each found one serves once."""
        gold, left = self.gold.content["statistics"], list(self.system["statistics"])
        hits = full = 0
        for row in gold:
            partners = [other for other in left if same_statistic(row, other)]
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
            and period_of(gold) == period_of(system)
            and bool(gold.get("approx")) == bool(system.get("approx"))
        )

    def miss_statistic(self, kind: str, row: Row) -> None:
        """Note a statistic that has no partner."""
        text = f"{row.get('measure', '')} {row.get('value')} {row.get('unit', '')}"
        self.note("statistics", kind, row.get("unit", ""), text, row)

    # -- what differs

    def differ(
        self,
        figure: str,
        gold: Counter[Any],
        system: Counter[Any],
        shown: Callable[[Any], tuple[str, str]],
        rows: Mapping[Any, Row],
    ) -> None:
        """Note what only one side has, as type and words."""
        for kind, keys in (("missed", gold - system), ("false", system - gold)):
            for key in sorted(keys):
                self.note(figure, kind, *shown(key), rows[key])

    def note(self, figure: str, kind: str, type_: str, text: str, row: Row) -> None:
        """Note a disagreement, and where it stands in the text."""
        side = self.gold.mentions if kind == "missed" else self.system["mentions"]
        line, sentence = self.where.place(self.offset(row, side))
        rule = "" if kind == "missed" else str(row.get("rule", ""))
        self.misses.append(
            Miss(figure, kind, type_, self.gold.name, text, line, sentence, rule)
        )

    def offset(self, row: Row, mentions: Iterable[Row]) -> int | None:
        """Where a record's words begin; for want of them, its object or subject."""
        evidence = row.get("evidence") or ()
        if isinstance(evidence, str):  # gold has the words, a system their places
            found = self.where.find(evidence)
            evidence = () if found is None else ({"start": found},)
        ends = [row[end] for end in ("object", "subject") if end in row]
        named = (m for end in ends for m in mentions if m.get("entity") == end)
        for held in (row, *evidence, *named):
            if "start" in held:
                return int(held["start"])
        return None


def _shown_triple(key: tuple[str, ...]) -> tuple[str, str]:
    """Relation and words of a relation or post."""
    return key[1], " ".join(part for part in key if part)


def _of(keys: Counter[Any], at: int, value: str) -> Counter[Any]:
    return Counter({key: n for key, n in keys.items() if key[at] == value})


def _stated(keys: Counter[Any]) -> Counter[Any]:
    return Counter({key: n for key, n in keys.items() if key[1] not in NAMED})
