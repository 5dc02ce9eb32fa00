"""Word tables are read row by row; a broken row is told by file and line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from zhengpu.errors import RuleError
from zhengpu.knowledge.lexicon import DATA, alternation, read_table, table, words
from zhengpu.messages import message

if TYPE_CHECKING:
    from pathlib import Path


def rows_of(folder: Path, text: str) -> list[dict[str, str]]:
    """The rows of a table with this text."""
    path = folder / "words.tsv"
    path.write_text(text, encoding="utf-8")
    return read_table(path)


def test_comments_and_empty_lines_are_passed_over(tmp_path: Path) -> None:
    text = "# Source: own.\n\nword\tkind\n推动\tverb\n\n# more\n向\tprep\n"
    assert rows_of(tmp_path, text) == [
        {"word": "推动", "kind": "verb"},
        {"word": "向", "kind": "prep"},
    ]


def test_a_table_of_a_header_alone_has_no_rows(tmp_path: Path) -> None:
    assert rows_of(tmp_path, "# Source: own.\nword\tkind\n") == []


@pytest.mark.parametrize("row", ["推动", "推动\tverb\tx", "推动 verb"])
def test_a_row_of_another_length_is_told_with_its_line(
    tmp_path: Path, row: str
) -> None:
    with pytest.raises(RuleError) as caught:
        rows_of(tmp_path, f"# Source: own.\nword\tkind\n向\tprep\n{row}\n")
    assert caught.value.code == "table-row-length"
    assert caught.value.parameters == {
        "table": "words.tsv",
        "line": "4",
        "columns": "2",
    }
    assert "words.tsv" in message(caught.value.code, caught.value.parameters, "en")


def test_words_are_those_of_the_kinds_asked_for() -> None:
    every, verbs = words("stoppers", "word"), words("stoppers", "word", "verb")
    both = words("stoppers", "word", "verb", "prep")
    assert verbs < both < every
    assert words("stoppers", "word", "no such kind") == frozenset()


def test_an_alternation_prefers_the_longest_word() -> None:
    """党组副书记 is one post, not the post 党组 and what stands after it."""
    titles = re.compile(alternation("titles", "title"))
    for title in ("副主席", "副秘书长", "党组副书记"):
        found = titles.match(f"{title}张伟")
        assert found
        assert found[0] == title


def test_an_alternation_matches_each_word_of_its_column_alone() -> None:
    titles = re.compile(alternation("titles", "title"))
    assert all(titles.fullmatch(word) for word in words("titles", "title"))


def test_every_shipped_table_reads_and_is_kept() -> None:
    for path in DATA.glob("*.tsv"):
        assert len(read_table(path)) > 0
    assert table("deeds") is table("deeds")
