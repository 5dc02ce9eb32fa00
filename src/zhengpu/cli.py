"""The command line: arguments in, one library call, text out."""

from __future__ import annotations

import os
import sys
import warnings
from typing import TYPE_CHECKING

import click

from zhengpu.commands import asking, building, comparing, correcting, judging, serving
from zhengpu.commands.options import language
from zhengpu.errors import ZhengpuError
from zhengpu.helping import SpokenGroup, misuse
from zhengpu.showing import show_skipped
from zhengpu.terminal import LANGUAGE, complain, language_of, say

if TYPE_CHECKING:
    from collections.abc import Sequence

INTERRUPTED = 130
"""What shells give for a program that Ctrl-C ended."""


def run(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code; no exception gets out.

    Args:
        arguments: As typed after `zhengpu`; by default those of the process.
    """
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    token = LANGUAGE.set(language_of(arguments, os.environ))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of libraries, about our reports
            return _run(arguments)
    finally:
        LANGUAGE.reset(token)


def _run(arguments: list[str]) -> int:  # noqa: PLR0911 - one for each kind of end
    """Run a command; every error becomes one line and an exit code."""
    try:
        result = program.main(arguments, "zhengpu", standalone_mode=False)
        sys.stdout.flush()
    except ZhengpuError as error:
        for skipped in getattr(error, "skipped", ()):
            show_skipped(skipped)
        complain(_text_of_error(error))
        return error.exit_code
    except click.UsageError as error:
        complain(misuse(error))
        return 2
    except (click.Abort, KeyboardInterrupt):
        complain(say("interrupted"))
        return INTERRUPTED
    except BrokenPipeError:  # `zhengpu query … | head` has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        complain(say("system-error", detail=error))
        return 1
    except Exception as error:
        if os.environ.get("ZHENGPU_TRACEBACK"):
            raise
        complain(say("internal-error", detail=f"{type(error).__name__}: {error}"))
        return 1
    return result if isinstance(result, int) else 0


def _text_of_error(error: ZhengpuError) -> str:
    """What went wrong, and with which file."""
    text, path = say(error.code, **error.parameters), error.parameters.get("path", "")
    return text if path in text else f"{path}: {text}"


@click.group(cls=SpokenGroup, help="help-program", invoke_without_command=True)
@click.option("--version", is_flag=True, help="help-version")
@language
@click.pass_context
def program(ctx: click.Context, *, version: bool) -> None:
    """All commands; without one, the help."""
    if version:
        import zhengpu  # noqa: PLC0415  # its version is looked up only here

        click.echo(f"zhengpu {zhengpu.__version__}")
        ctx.exit()
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


COMMANDS = (
    building.build,
    building.extract,
    asking.query,
    asking.explain,
    asking.validate,
    asking.export,
    asking.draw,
    serving.serve,
    serving.push,
    correcting.correct,
    comparing.compare,
    comparing.promises,
    comparing.posts,
    comparing.diff,
    judging.evaluate,
)
"""In the order in which the help shows them."""
for command in COMMANDS:
    program.add_command(command)
