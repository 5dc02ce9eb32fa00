"""Writes docs/commands.md from the commands' own help, in both languages."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zhengpu.cli import program
from zhengpu.terminal import LANGUAGE

if TYPE_CHECKING:
    from zhengpu.messages import Language

TARGET = Path(__file__).parent.parent / "docs" / "commands.md"
HEAD = """# Commands · 命令

Written by `make docs` from `--help`; edit `src/zhengpu/messages.tsv` instead.

Exit codes: 0 done; 1 the data is bad or nothing could be read (what and where is
said on standard error); 2 the call is wrong. Messages are in Chinese or English by
locale (`LANG`) or `--lang zh|en`; facts stay Chinese.
"""


def help_of(command: click.Command, path: str, language: Language) -> str:
    """What `--help` prints, at 80 columns."""
    token = LANGUAGE.set(language)
    try:
        context = click.Context(
            command, info_name=path, terminal_width=80, max_content_width=80
        )
        return command.get_help(context)
    finally:
        LANGUAGE.reset(token)


def reference() -> str:
    """The whole command reference as Markdown."""
    commands: dict[str, click.Command] = {"zhengpu": program}
    commands |= {f"zhengpu {name}": held for name, held in program.commands.items()}
    parts = [HEAD]
    for path, command in commands.items():
        shown = "\n\n".join(help_of(command, path, lang) for lang in ("en", "zh"))
        parts.append(f"## {path}\n\n```text\n{shown}\n```\n")
    return "\n".join(parts)


if __name__ == "__main__":
    TARGET.write_text(reference(), encoding="utf-8")
    print(f"wrote {TARGET.name}", file=sys.stderr)
