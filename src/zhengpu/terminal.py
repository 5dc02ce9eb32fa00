"""What the terminal shows: texts, tables, progress and errors, in two languages."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
import unicodedata
from contextvars import ContextVar
from itertools import pairwise
from typing import TYPE_CHECKING

import click

from zhengpu.errors import UsageError
from zhengpu.messages import Language, message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rich.console import Console
    from rich.progress import Progress

LANGUAGE: ContextVar[Language] = ContextVar("language", default="en")
WIDEST = 88
"""Columns of help; wider lines are hard to read."""
UNTAMED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters, and those that turn the direction of writing: in a
report they are data, on a terminal they would be commands."""
PIECE = re.compile(
    r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f][。，、；：）》”]*\s*"
    r"|[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]+[。，、；：）》”]*\s*"
)
"""What stays on one line: a word, or a Han character with its closing mark."""


def language_of(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """Chinese or English: as `--lang` says, else as the locale does.

    >>> language_of(["build", "--lang", "zh"], {"LANG": "en_GB.UTF-8"})
    'zh'
    >>> language_of([], {"LANG": "zh_CN.UTF-8"}), language_of([], {})
    ('zh', 'en')
    """
    for option, value in pairwise([*arguments, ""]):
        chosen = value if option == "--lang" else option.removeprefix("--lang=")
        if option.startswith("--lang") and chosen in {"zh", "en"}:
            return "zh" if chosen == "zh" else "en"
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    locale = next(filter(None, (environment.get(name) for name in names)), "")
    return "zh" if locale.lower().startswith("zh") else "en"


def say(code: str, **parameters: object) -> str:
    """A message in the language of this run."""
    texts = {key: str(value) for key, value in parameters.items()}
    return message(code, texts, LANGUAGE.get())


def tame(text: str) -> str:
    r"""The text with characters that would steer the terminal made visible.

    >>> tame("a\x1b[31mb")
    'a\\x1b[31mb'
    """
    return UNTAMED.sub(lambda hit: ascii(hit[0])[1:-1], text)


def complain(text: str) -> None:
    """One line on standard error."""
    line = " ".join(tame(text).split())
    click.echo(say("error", text=line), err=True)


def note(text: str) -> None:
    """One line on standard error that is no error."""
    click.echo(" ".join(tame(text).split()), err=True)


def width(text: str) -> int:
    """Columns of a text; Han characters take two.

    >>> width("政谱 zhengpu")
    12
    """
    return sum(1 + (unicodedata.east_asian_width(sign) in "WF") for sign in text)


def wrapped(text: str, columns: int) -> Iterator[str]:
    """The lines of a text that holds Chinese.

    >>> list(wrapped("读报告，写出图谱。", 10))
    ['读报告，写', '出图谱。']
    """
    for start, end in pairwise([0, *breaks(text, columns), len(text)]):
        yield text[start:end].strip()


def breaks(text: str, columns: int) -> list[int]:
    """The offsets where a text that holds Chinese goes on in another line.

    >>> breaks("读报告，写出图谱。", 10)
    [5]
    """
    found, start = [], 0
    for piece in PIECE.finditer(text):
        line = text[start : piece.end()].rstrip()
        if piece.start() > start and width(line) > columns:
            start = piece.start()
            found.append(start)
    return found


# -- tables and progress --------------------------------------------------------


def console() -> Console:
    """Standard output: as wide as the terminal, or without limit in a pipe."""
    from rich.console import Console  # noqa: PLC0415  # slow, for tables only

    columns = None if sys.stdout.isatty() else 100_000
    return Console(width=columns, highlight=False, markup=False, emoji=False)


def show_records(records: Sequence[Mapping[str, object]], form: str) -> None:
    """Records on standard output for other programs, as `csv` or `json`.

    Raises:
        UsageError: It is another format, which a list does not have.
    """
    if form == "json":
        text = json.dumps(records, ensure_ascii=False, indent=1) + "\n"
    elif form == "csv":
        from zhengpu.use.spreadsheets import harmless  # noqa: PLC0415 - of a list only

        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(records[0] if records else ())
        for row in records:
            writer.writerow(harmless(str(cell)) for cell in row.values())
        text = out.getvalue()
    else:
        raise UsageError("format-of-a-list", form=form)
    click.echo(text.encode(), nl=False)


def show_table(
    head: Sequence[str],
    rows: Iterable[Sequence[object]],
    title: str = "",
) -> None:
    """A table on standard output; numbers stand to the right."""
    from rich import box  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    shown = [
        [cell if isinstance(cell, str) else f"{cell}" for cell in row] for row in rows
    ]
    table = Table(
        box=box.SIMPLE_HEAD, title=Text(tame(title), "bold") if title else None
    )
    table.title_justify = "left"
    for at, name in enumerate(head):
        column = [row[at] for row in shown]
        numeric = any(column) and all(
            re.fullmatch(r"[-≈]?[\d.,]*%?", c) for c in column
        )
        table.add_column(
            Text(tame(name)), justify="right" if numeric else "left", overflow="fold"
        )
    for row in shown:
        table.add_row(*(Text(tame(cell)) for cell in row))
    console().print(table)


def show_line(
    text: str,
    *,
    first: str = "",
    indent: int = 0,
    style: str = "",
    words: Iterable[str] = (),
) -> None:
    """A text on standard output, in as many lines as it takes.

    Args:
        text: What to show.
        first: What stands before it on its first line.
        indent: The column at which all its lines begin.
        style: As rich has it.
        words: What to make stand out in the text.
    """
    from rich.text import Text  # noqa: PLC0415

    out, shown = console(), Text(tame(text), style)
    shown.highlight_words([tame(word) for word in words if word], "bold not dim yellow")
    head = tame(first) + " " * (indent - width(tame(first)))
    for line in shown.divide(breaks(shown.plain, out.width - width(head))):
        line.rstrip()
        out.print(Text(head).append_text(line), soft_wrap=True)
        head = " " * indent


def progress_bar() -> Progress:
    """A bar on standard error, with rate and time left, that goes away when done."""
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import (  # noqa: PLC0415
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        Task,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text  # noqa: PLC0415

    class RateColumn(ProgressColumn):
        """How many files are done in a second."""

        def render(self, task: Task) -> Text:  # type: ignore[explicit-override]
            return Text(f"{task.speed:.1f}/s" if task.speed else "")

    standard_error = Console(stderr=True, highlight=False, markup=False, emoji=False)
    return Progress(
        BarColumn(),
        MofNCompleteColumn(),
        RateColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.description}", markup=False),
        console=standard_error,
        transient=True,
        disable=not standard_error.is_terminal,
    )
