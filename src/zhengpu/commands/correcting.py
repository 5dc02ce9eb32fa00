"""Judging what a build says: entries for the corrections file."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from zhengpu.commands.options import graph
from zhengpu.helping import Spoken
from zhengpu.showing import show_findings
from zhengpu.terminal import note, say, show_table, tame


@click.command(cls=Spoken, help="help-correct")
@click.argument("kind", metavar="KIND")
@click.argument("values", nargs=-1, required=True, metavar="VALUE...")
@click.option(
    "--corrections",
    "file",
    type=Path,
    default=Path("corrections.toml"),
    metavar="FILE",
    help="help-correct-file",
)
@click.option("--who", default="", metavar="NAME", help="help-correct-who")
@click.option("--when", default="", metavar="DATE", help="help-correct-when")
@click.option("--why", default="", metavar="TEXT", help="help-correct-why")
@click.option("--source", default="", metavar="TEXT", help="help-correct-source")
@click.option("--role", default="", metavar="POST", help="help-correct-role")
@click.option("--period", default="", metavar="YEARS", help="help-correct-period")
@click.option("--unit", default="", metavar="UNIT", help="help-correct-unit")
@click.option("--planned", is_flag=True, help="help-correct-planned")
@click.option("--create", is_flag=True, help="help-correct-create")
@graph
def correct(
    folder: Path,
    kind: str,
    values: tuple[str, ...],
    file: Path,
    when: str,
    **remarks: str | bool,
) -> int:
    """Add an entry to the corrections file and show what it changes."""
    from zhengpu import api  # noqa: PLC0415  # heavy

    # the day is the editor's, written once; no build ever asks for it
    today = datetime.now().astimezone().date().isoformat()
    effect = api.load(folder).correct(
        kind, *values, file=file, when=when or today, **remarks
    )
    show_findings(effect.findings)
    if not effect.changes:
        note(say("correct-nothing", path=file))
        return 1
    click.echo(tame(effect.entry))
    show_table(
        [say(f"column-{name}") for name in ("entity", "id", "before", "after")],
        [(c.name, c.key, c.before, c.after) for c in effect.changes],
    )
    click.echo(say("correct-done", path=file, line=effect.line))
    return 0
