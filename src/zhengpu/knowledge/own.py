"""Words and ways of saying that a user adds to the shipped ones.

A folder of tables (`heads.tsv`, `names.tsv` …) and rule files (`relations.toml` …)
under the names of those that are shipped; each adds its rows or rules to them. The
variable `ZHENGPU_KNOWLEDGE` names the folder. It is read when the tables first are,
and is part of the version of the rule set, so that no fact hides where it is from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhengpu.errors import UsageError
from zhengpu.knowledge.gazetteer import TABLES
from zhengpu.knowledge.lexicon import DATA, read_table, table
from zhengpu.knowledge.rulebook import RULES, read_rules, rulebook
from zhengpu.model import Finding, Severity
from zhengpu.settings import own_files, own_knowledge

if TYPE_CHECKING:
    from pathlib import Path


def check() -> list[Finding]:
    """Read the user's own files, so that what is wrong in them is told at once.

    Returns:
        What each of them adds.

    Raises:
        UsageError: There is no such folder, or a file adds to nothing.
        RuleError: A table or a rule is not well formed.
    """
    folder = own_knowledge()
    if folder is None:
        return []
    if not folder.is_dir():
        raise UsageError("no-such-path", path=folder)
    for path in own_files():
        known = names_of(path.suffix)
        if path.stem not in known:
            raise UsageError(
                "own-file-unknown", path=path, names=" ".join(sorted(known))
            )
    return [_added(path) for path in own_files()]


def _added(path: Path) -> Finding:
    """How many rows or rules a file adds to those that are shipped."""
    if path.suffix == ".toml":
        added = len(rulebook(path.stem)) - len(read_rules(RULES / path.name))
    else:
        added = len(table(path.stem)) - len(read_table(DATA / path.name))
    told = (("path", path.name), ("count", str(added)))
    return Finding(Severity.INFO, "reading", "own-knowledge", told)


def names_of(ending: str) -> frozenset[str]:
    """The tables, or rule files, that may be added to.

    >>> "relations" in names_of(".toml"), "heads" in names_of(".tsv")
    (True, True)
    """
    if ending == ".toml":
        return frozenset(path.stem for path in RULES.glob("*.toml"))
    return frozenset(path.stem for path in DATA.glob("*.tsv")) - TABLES
