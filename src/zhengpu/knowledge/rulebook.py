"""Ways of saying: rules in TOML, each with its examples and counter-examples.

A rule's pattern is a regular expression over a *skeleton*: the text with each
thing that is already recognised folded to one private-use character. In
patterns `{ORG}` stands for one recognised body, `{ORG|PLC}` for a body or a
place, `{ORG+}` for a coordinated list of bodies (`县委、县政府和县政协`), `{any}` for
anything recognised, `{n}` for a numeral, `{~12}` for at most twelve characters
of the same clause, `{-12}` for the same without anything recognised in it, `{@departments}` for any word of the
first column of that table, and `{name}` for a macro of the file's `[macros]` table.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

import ahocorasick_rs

from zhengpu.errors import RuleError
from zhengpu.knowledge.lexicon import alternation, table
from zhengpu.knowledge.patterns import FARTHEST, Need, need, quick, spelled
from zhengpu.model import EntityType, Relation
from zhengpu.settings import PACKAGE, own_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

RULES = PACKAGE / "knowledge" / "rules"

FOLDED: dict[str, str] = {
    type_: chr(0xE000 + n) for n, type_ in enumerate([*EntityType, "AREA", "HERE"])
}
"""Type to the character that stands for it.

AREA is an administrative area by name, HERE one by a word such as 我县; both are
places.
"""

FOLDABLE = "".join(FOLDED.values())
NUMERAL = r"(?:[一二三四五六七八九十百零〇两]{1,6}|\d{1,4})"
CLAUSE_END = "，。；：！？\n"
AND = "[、，]?(?:和|及其?|以及|暨)|、?(?:与|同)|、"
_LONGEST_LIST = 40
"""So many more items a list holds at most, that its cost stays linear."""

_SLOT = re.compile(r"\{([~-]\d+|@[a-z_]+|[A-Za-z_][A-Za-z_|]*\+?)\}")
_KEYS = {
    "name", "pattern", "type", "relation", "subject", "object", "role", "serves",
    "examples", "rejects", "known_failures", "confidence", "each", "subject_like", "object_unlike", "object_like", "near", "local", "meeting", "host", "speaker", "bodies",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rule:
    """One way of saying something."""

    name: str
    """`file/name`: it travels with every fact that the rule gives."""
    pattern: re.Pattern[str]
    keys: Mapping[str, Any] = field(repr=False)
    """The rule as written."""

    near: tuple[str, ...] = ()
    """Words of which every match holds one; it is looked for in their clauses only."""
    need: Need | None = None
    """Words of which every match holds one, wherever they stand."""

    @property
    def words(self) -> tuple[str, ...]:
        """The words without one of which a text holds no match."""
        return self.near or (self.need.words if self.need else ())

    def matches(self, text: str, places: Sequence[int]) -> Iterator[re.Match[str]]:
        """The matches in a text, in order.

        Args:
            text: Of a skeleton.
            places: Where its words stand, in order.
        """
        for start, end in self._stretches(text, places):
            yield from self.pattern.finditer(text, start, end)

    def _stretches(self, text: str, places: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Where the matches lie."""
        if self.near:
            return _clauses(text, places)
        if self.need and max(self.need.before, self.need.reach) <= FARTHEST:
            return _around(places, self.need)
        return iter([(0, len(text))] if places or not self.words else [])

    @property
    def yields(self) -> str:
        """The entity type or relation that it gives."""
        return str(self.keys.get("type") or self.keys["relation"])


_FIXED = {"n": NUMERAL, "any": f"[{FOLDABLE}]"}
_BORDER = re.compile(f"[{CLAUSE_END}]")
WINDOW = 60
"""Characters before a word of `near` from which on a rule is tried."""


def _clauses(text: str, places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The clauses that hold one of some places, cut where they are long."""
    done = 0
    for at in places:
        if at >= done:
            first = max(done, at - WINDOW)
            start = max(
                first,
                text.rfind("，", first, at) + 1,
                text.rfind("。", first, at) + 1,
                text.rfind("；", first, at) + 1,
                text.rfind("\n", first, at) + 1,
            )
            border = _BORDER.search(text, at)
            # One character more, so that the pattern sees what follows the clause.
            done = border.end() if border else len(text)
            yield start, done


def _around(places: Sequence[int], need: Need) -> Iterator[tuple[int, int]]:
    """The stretches around some places, as far as a pattern may look there."""
    start = end = 0
    for at in places:
        if at - need.before > end:
            if end:
                yield start, end
            start = at - need.before
        start = max(start, 0)
        end = at + need.reach
    if places:
        yield start, end


def _slot(name: str, macros: Mapping[str, str], where: str) -> str:
    """The regular expression that a slot such as `{ORG+}` stands for."""
    if name.startswith("~"):
        return f"[^{CLAUSE_END}]{{0,{name[1:]}}}?"
    if name.startswith("-"):
        return f"[^{CLAUSE_END}{FOLDABLE}]{{0,{name[1:]}}}?"
    if name.startswith("@"):
        rows = table(name[1:])
        return alternation(name[1:], next(iter(rows[0])))
    if name in _FIXED:
        return _FIXED[name]
    if name in macros:
        return f"(?:{expand(macros[name], macros, where)})"
    types = name.rstrip("+").split("|")
    if unknown := [t for t in types if t not in FOLDED]:
        raise RuleError("unknown-slot", where=where, slot=unknown[0])
    one = "".join(FOLDED[t] for t in types)
    one = f"[{one}]" if len(one) > 1 else one
    return (
        f"(?:{one}(?:(?:{AND}){one}|{one}){{0,{_LONGEST_LIST}}})"
        if name.endswith("+")
        else one
    )


def expand(pattern: str, macros: Mapping[str, str], where: str) -> str:
    """A pattern with every slot written out.

    Args:
        pattern: As in a rule file.
        macros: Name to pattern, of the rule's file.
        where: File and rule, for the error.

    Raises:
        RuleError: A slot names neither a type nor a macro.

    >>> expand("第{n}届", {}, "doc") == f"第{NUMERAL}届"
    True
    """
    return _SLOT.sub(lambda m: _slot(m[1], macros, where), pattern)


def read_rules(path: Path) -> tuple[Rule, ...]:
    """The rules of a file, in their order.

    Raises:
        RuleError: The file is no TOML, or a rule is not well formed.
    """
    try:
        book = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise RuleError("rule-file-syntax", file=path.name, detail=error) from error
    macros = book.get("macros", {})
    rules = []
    for keys in book.get("rule", []):
        name = f"{path.stem}/{keys.get('name', '?')}"
        if unknown := sorted(set(keys) - _KEYS):
            raise RuleError("unknown-key", where=name, key=unknown[0])
        if "pattern" not in keys or not ({"type", "relation"} & set(keys)):
            raise RuleError("rule-incomplete", where=name)
        yields = str(keys.get("type") or keys.get("relation"))
        if yields not in {*(EntityType if keys.get("type") else Relation)}:
            raise RuleError("rule-yields", where=name, given=yields)
        try:
            pattern = quick(expand(keys["pattern"], macros, name))
        except re.error as error:
            raise RuleError("rule-pattern", where=name, detail=error) from error
        near = spelled(keys["near"]) if "near" in keys else ()
        needed = None if near else need(pattern.pattern)
        rules.append(Rule(name, pattern, keys, near, needed))
    return tuple(rules)


@cache
def rulebook(name: str) -> tuple[Rule, ...]:
    """The rules of the file `name.toml`: those that are shipped, then the user's.

    Raises:
        RuleError: The user's file is not well formed, or names a rule as another.
    """
    shipped = read_rules(RULES / f"{name}.toml")
    own = [path for path in own_files() if path.name == f"{name}.toml"]
    rules = (*shipped, *(rule for path in own for rule in read_rules(path)))
    twice = [
        rule for rule, count in Counter(r.name for r in rules).items() if count > 1
    ]
    if twice:
        raise RuleError("rule-twice", where=twice[0])
    return rules


class Finder:
    """Finds what some rules say in a text that is scanned once for all their words.

    Args:
        rules: In the order in which their matches are asked for.
    """

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = tuple(rules)
        needing: dict[str, list[int]] = {}
        for index, rule in enumerate(self._rules):
            for word in rule.words:
                needing.setdefault(word, []).append(index)
        self._needing = tuple(needing.values())
        self._wordless = [i for i, rule in enumerate(self._rules) if not rule.words]
        self._words = ahocorasick_rs.AhoCorasick(
            needing, implementation=ahocorasick_rs.Implementation.DFA
        )  # made once for all texts: it may take longer to make than to run

    def matches(self, text: str) -> Iterator[tuple[Rule, re.Match[str]]]:
        """The matches of each rule in turn, in text order."""
        places: dict[int, list[int]] = {index: [] for index in self._wordless}
        found = self._words.find_matches_as_indexes(text, overlapping=True)
        for word, start, _ in found:
            for index in self._needing[word]:
                places.setdefault(index, []).append(start)
        for index in sorted(places):
            rule = self._rules[index]
            for match in rule.matches(text, sorted(places[index])):
                yield rule, match


@cache
def finder(*books: str) -> Finder:
    """The finder of the rules of shipped books."""
    return Finder(rule for book in books for rule in rulebook(book))
