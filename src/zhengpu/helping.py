"""The commands' help, and what was wrong with a call, in two languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from zhengpu.errors import UsageError
from zhengpu.terminal import WIDEST, say, width, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable

# typing.override came with Python 3.12, so overriding methods are not marked


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
