"""Options that several commands share."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from zhengpu.settings import KNOWLEDGE

if TYPE_CHECKING:
    from collections.abc import Callable

    F = TypeVar("F", bound="Callable[..., Any]")


def _spoken(*_: object) -> None:
    """`--lang` has been read before the commands were made; here it is declared."""


def language(command: F) -> F:
    """`--lang`, which every command has."""
    choice = click.Choice(["zh", "en"])
    decorate = click.option(
        "--lang", type=choice, expose_value=False, callback=_spoken, help="help-lang"
    )
    return decorate(command)


def _known(_: object, __: object, folder: Path | None) -> None:
    """Set what every process of the command reads the tables by, before any does."""
    if folder is not None:
        os.environ[KNOWLEDGE] = str(folder.absolute())


def knowledge(command: F) -> F:
    """`--knowledge`, which every command has that reads reports."""
    decorate = click.option(
        "--knowledge",
        type=Path,
        expose_value=False,
        callback=_known,
        metavar="DIR",
        help="help-knowledge",
    )
    return decorate(command)


def graph(command: F) -> F:
    """`-g`, the folder of the build that a command reads, and `--lang`."""
    decorate = click.option(
        "-g",
        "--graph",
        "folder",
        type=Path,
        default=Path("output"),
        metavar="DIR",
        help="help-graph",
    )
    return decorate(language(command))
