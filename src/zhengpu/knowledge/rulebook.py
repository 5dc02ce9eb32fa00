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
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from zhengpu.errors import RuleError
from zhengpu.knowledge.lexicon import alternation, table
from zhengpu.model import EntityType
from zhengpu.settings import PACKAGE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
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
AND = "[、，]?(?:和|及|以及|暨)|、?(?:与|同)|、"
_LONGEST_LIST = 40
"""So many more items a list holds at most, that its cost stays linear."""

_SLOT = re.compile(r"\{([~-]\d+|@[a-z_]+|[A-Za-z_][A-Za-z_|]*\+?)\}")
_KEYS = {
    "name", "pattern", "type", "relation", "subject", "object", "role", "serves",
    "examples", "rejects", "known_failures", "confidence", "each", "subject_like", "near", "local", "meeting",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rule:
    """One way of saying something."""

    name: str
    """`file/name`: it travels with every fact that the rule gives."""
    pattern: re.Pattern[str]
    keys: Mapping[str, Any] = field(repr=False)
    """The rule as written."""

    near: re.Pattern[str] | None = None
    """A word that every match holds; the pattern is tried around it only."""

    def matches(self, text: str) -> Iterator[re.Match[str]]:
        """The matches in a text, in order.

        A rule with `near` runs over the clauses that hold such a word, which is
        what makes a pattern that begins with many possible things cheap.
        """
        if self.near is None:
            yield from self.pattern.finditer(text)
            return
        done = 0
        for word in self.near.finditer(text):
            if word.end() <= done:
                continue
            start = max(done, _clause_start(text, word.start()))
            done = _clause_end(text, word.end())
            yield from self.pattern.finditer(text, start, done)

    @property
    def yields(self) -> str:
        """The entity type or relation that it gives."""
        return str(self.keys.get("type") or self.keys["relation"])


_FIXED = {"n": NUMERAL, "any": f"[{FOLDABLE}]"}
_BORDER = re.compile(f"[{CLAUSE_END}]")
WINDOW = 60
"""Characters before a word of `near` from which on a rule is tried."""


def _clause_start(text: str, at: int) -> int:
    first = max(0, at - WINDOW)
    return max(first, *(text.rfind(mark, first, at) + 1 for mark in "，。；\n"))


def _clause_end(text: str, at: int) -> int:
    border = _BORDER.search(text, at)
    # One character more, so that the pattern sees what follows the clause.
    return min(len(text), border.end()) if border else len(text)


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
        try:
            pattern = re.compile(expand(keys["pattern"], macros, name))
        except re.error as error:
            raise RuleError("rule-pattern", where=name, detail=error) from error
        near = re.compile(keys["near"]) if "near" in keys else None
        rules.append(Rule(name, pattern, keys, near))
    return tuple(rules)


@cache
def rulebook(name: str) -> tuple[Rule, ...]:
    """The rules of the shipped file `name.toml`."""
    return read_rules(RULES / f"{name}.toml")
