"""What the terminal shows: help, tables, progress and errors, in two languages."""

from __future__ import annotations

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

# typing.override came with Python 3.12, so overriding methods are not marked
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
    line = ""
    for piece in PIECE.findall(text):
        if line and width(line + piece.rstrip()) > columns:
            yield line.rstrip()
            line = ""
        line += piece
    yield line.rstrip()


# -- help ---------------------------------------------------------------------


class Spoken(click.Command):
    """A command whose help texts are codes of messages."""

    def format_help(  # type: ignore[explicit-override]
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        """Usage, what it does, its options."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write(f"{say('help-usage')}{ctx.command_path} {pieces}\n\n")
        self.write_lines(
            formatter, wrapped(say(self.help or ""), self.columns(formatter))
        )
        rows = [
            told(param, ctx)
            for param in self.get_params(ctx)
            if isinstance(param, click.Option)
        ]
        self.write_rows(formatter, say("help-options"), rows)

    def columns(self, formatter: click.HelpFormatter) -> int:
        """How wide the text may be."""
        return min(formatter.width, WIDEST) - 2

    def write_lines(self, formatter: click.HelpFormatter, lines: Iterable[str]) -> None:
        """Indented lines."""
        for line in lines:
            formatter.write(f"  {line}\n")

    def write_rows(
        self, formatter: click.HelpFormatter, title: str, rows: list[tuple[str, str]]
    ) -> None:
        """A list of names, each with what it means."""
        formatter.write(f"\n{title}\n")
        first = max(width(name) for name, _ in rows) + 2
        for name, text in rows:
            lines = list(wrapped(text, self.columns(formatter) - first))
            head = [name + " " * (first - width(name)), *[" " * first] * len(lines)]
            self.write_lines(
                formatter, (h + line for h, line in zip(head, lines, strict=False))
            )


class SpokenGroup(Spoken, click.Group):
    """A group whose commands stand in the order of their definition."""

    command_class = Spoken

    def format_help(  # type: ignore[explicit-override]
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        """Usage, what it does, its options and commands."""
        super().format_help(ctx, formatter)
        rows = [
            (name, say(f"{command.help}-short"))
            for name, command in self.commands.items()
        ]
        self.write_rows(formatter, say("help-commands"), rows)

    def list_commands(  # type: ignore[explicit-override]
        self, ctx: click.Context
    ) -> list[str]:
        """In the order of their definition."""
        del ctx
        return list(self.commands)

    def resolve_command(  # type: ignore[explicit-override]
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first argument names.

        Raises:
            UsageError: There is no such command.
        """
        if args[0] not in self.commands and not args[0].startswith("-"):
            known = ", ".join(self.commands)
            raise UsageError("usage-no-such-command", name=args[0], known=known)
        return super().resolve_command(ctx, args)


def told(option: click.Option, ctx: click.Context) -> tuple[str, str]:
    """An option and what it means, in the language of this run."""
    names, _ = option.get_help_record(ctx) or ("", "")
    return names, say("help-help" if "--help" in option.opts else option.help or "")


def misuse(error: click.UsageError) -> str:
    """What was wrong with a call, in the language of this run."""
    match error:
        case click.NoSuchOption():
            text = say("usage-no-such-option", option=error.option_name)
        case click.MissingParameter(param=click.Option(opts=[name, *_])):
            text = say("usage-missing", parameter=name)
        case click.MissingParameter(param=click.Argument(metavar=str() as name)):
            text = say("usage-missing", parameter=name)
        case click.BadParameter(
            param=click.Parameter(type=click.Choice() as choice, opts=[option, *_])
        ):
            known = ", ".join(map(str, choice.choices))
            text = say("usage-not-one-of", parameter=option, known=known)
        case _:
            text = say("usage-wrong", detail=error.format_message())
    path = error.ctx.command_path if error.ctx else "zhengpu"
    return text + say("usage-see-help", command=path)


# -- tables and progress --------------------------------------------------------


def console() -> Console:
    """Standard output: as wide as the terminal, or without limit in a pipe."""
    from rich.console import Console  # noqa: PLC0415  # slow, for tables only

    columns = None if sys.stdout.isatty() else 100_000
    return Console(width=columns, highlight=False, markup=False, emoji=False)


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


def progress_bar() -> Progress:
    """A bar on standard error that goes away when it is done."""
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import (  # noqa: PLC0415
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    standard_error = Console(stderr=True, highlight=False, markup=False, emoji=False)
    return Progress(
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.description}", markup=False),
        console=standard_error,
        transient=True,
        disable=not standard_error.is_terminal,
    )
