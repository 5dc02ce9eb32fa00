"""A user's own words and rules are added to those that are shipped."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from zhengpu import pipeline, versions
from zhengpu.errors import RuleError, UsageError
from zhengpu.knowledge import own
from zhengpu.knowledge.lexicon import DATA, table
from zhengpu.knowledge.rulebook import RULES, rulebook
from zhengpu.settings import KNOWLEDGE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RULE = """
[[rule]]
name = "sent-each-other-staff"
relation = "cooperatesWith"
pattern = '''(?P<subject>{ORG+})(?:与|和|同)(?P<object>{ORG})互派(?:干部|人员)'''
"""
REPORT = "政协代县委员会常务委员会工作报告\n2024年，县政协与县文联互派干部，走访了青禾驿站。\n"
READERS = (table, rulebook, versions.understanding, versions.writing)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of own knowledge; what has been read of it is forgotten at the end."""
    made = tmp_path / "own"
    made.mkdir()
    monkeypatch.setenv(KNOWLEDGE, str(made))
    yield made
    for reader in READERS:
        reader.cache_clear()


def fresh() -> None:
    for reader in READERS:
        reader.cache_clear()


def test_rows_and_rules_follow_those_that_are_shipped(folder: Path) -> None:
    (folder / "heads.tsv").write_text(
        "# 驿站\nneeds\tword\ttype\nanchor\t驿站\tORG\n", encoding="utf-8"
    )
    (folder / "relations.toml").write_text(RULE, encoding="utf-8")
    (folder / "notes.md").write_text("not read", encoding="utf-8")
    fresh()
    assert [dict(f.parameters) for f in own.check()] == [
        {"path": "heads.tsv", "count": "1"},
        {"path": "relations.toml", "count": "1"},
    ]
    assert table("heads")[-1] == {"word": "驿站", "type": "ORG", "needs": "anchor"}
    assert rulebook("relations")[-1].name == "relations/sent-each-other-staff"


def every_version() -> tuple[str, str, str]:
    return pipeline.rule_set(), versions.understanding(), versions.writing()


def test_whatever_is_added_changes_the_versions(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So nothing that the cache keeps is taken for what it is not."""
    found: set[tuple[str, str, str]] = set()
    for text in ("word\n甲\n", "word\n乙\n"):
        (folder / "fields.tsv").write_text(text, encoding="utf-8")
        fresh()
        found.add(every_version())
    monkeypatch.delenv(KNOWLEDGE)
    fresh()
    without = every_version()
    every = {*found, without}
    assert len(every) == 3
    assert all(len({version[n] for version in every}) == 3 for n in range(3))
    assert sum(".own." in version[0] for version in every) == 2


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("heads.tsv", "", "table-empty"),
        ("heads.tsv", "word\ttype\n驿站\tORG\n", "table-columns"),
        ("heads.tsv", "word\ttype\tneeds\n驿站\tORG\n", "table-row-length"),
        ("heads.tsv", "word\ttype\tneeds\n驿站\tBODY\tanchor\n", "table-cell"),
        ("heads.tsv", "word\ttype\tneeds\n \tORG\tanchor\n", "table-no-word"),
        ("deeds.tsv", "verb\trelation\tobjects\n互派\thires\tORG\n", "table-cell"),
        ("deeds.tsv", "verb\trelation\tobjects\n互派\tleads\tORG|X\n", "table-cell"),
        ("relations.toml", "[[rule]\n", "rule-file-syntax"),
        ("relations.toml", RULE.replace("cooperatesWith", "likes"), "rule-yields"),
        ("relations.toml", RULE.replace("{ORG}", "{BODY}"), "unknown-slot"),
        ("relations.toml", RULE.replace("(?:与", "(与("), "rule-pattern"),
        ("relations.toml", RULE + RULE, "rule-twice"),
        ("relations.toml", RULE.replace("relation ", "relations "), "unknown-key"),
    ],
)
def test_what_is_wrong_in_a_file_is_told_at_once(
    folder: Path, name: str, content: str, code: str
) -> None:
    (folder / name).write_text(content, encoding="utf-8")
    fresh()
    with pytest.raises(RuleError) as told:
        own.check()
    assert told.value.code == code


def test_a_table_in_another_encoding_is_refused(folder: Path) -> None:
    (folder / "fields.tsv").write_bytes("word\n乡村\n".encode("gb18030"))
    fresh()
    with pytest.raises(RuleError, match="table-encoding"):
        own.check()


@pytest.mark.parametrize("name", ["areas.tsv", "verbs.tsv", "corrections.toml"])
def test_a_file_that_adds_to_nothing_is_refused(folder: Path, name: str) -> None:
    (folder / name).write_text("word\n", encoding="utf-8")
    with pytest.raises(UsageError, match="own-file-unknown"):
        own.check()


def test_a_missing_folder_is_told(folder: Path) -> None:
    folder.rmdir()
    with pytest.raises(UsageError, match="no-such-path"):
        own.check()


def test_every_shipped_file_may_be_added_to_but_those_of_places() -> None:
    refused = {path.stem for path in DATA.glob("*.tsv")} - own.names_of(".tsv")
    assert "areas" in refused
    assert "heads" not in refused
    assert own.names_of(".toml") == {path.stem for path in RULES.glob("*.toml")}


def test_commands_read_with_it_and_say_so(folder: Path, tmp_path: Path) -> None:
    """In processes of their own, and with several workers alike."""
    (folder / "heads.tsv").write_text(
        "word\ttype\tneeds\n驿站\tORG\tcore\n", encoding="utf-8"
    )
    (folder / "relations.toml").write_text(RULE, encoding="utf-8")
    reports = tmp_path / "reports"
    reports.mkdir()
    for number in range(3):
        text = f"{REPORT}召开会议{number}次。\n"
        (reports / f"{number}.txt").write_text(text, encoding="utf-8")
    built = []
    for workers in ("1", "2"):
        output = tmp_path / workers
        command = ("build", "reports", "-o", output, "--workers", workers, "--no-cache")
        run(*command, "--knowledge", folder, where=tmp_path)
        built.append({p.name: p.read_bytes() for p in output.glob("*.*")})
    assert built[0] == built[1]
    told = json.loads(built[0]["report.json"])["notices"]
    assert [n["code"] for n in told] == ["own-knowledge", "own-knowledge"]
    assert "sent-each-other-staff" in built[0]["evidence.ttl"].decode()
    assert "青禾驿站" in built[0]["graph.ttl"].decode()
    plain = json.loads(run("extract", reports / "0.txt", where=tmp_path))
    rules = {row["rule"] for row in plain["relations"]}
    assert "relations/sent-each-other-staff" not in rules


def run(*command: str | Path, where: Path) -> str:
    """What a command prints; it has to end well."""
    own_setting = {k: v for k, v in os.environ.items() if k != KNOWLEDGE}
    done = subprocess.run(
        [sys.executable, "-m", "zhengpu", *command],
        cwd=where,
        env=own_setting,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
