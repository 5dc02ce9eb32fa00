"""Making a build, and what one file gives."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from zhengpu.commands.options import knowledge, language
from zhengpu.helping import Spoken
from zhengpu.showing import (
    show_extraction,
    show_findings,
    show_report,
    show_trace,
)
from zhengpu.terminal import progress_bar, tame

if TYPE_CHECKING:
    from zhengpu.model import Finding


@click.command(cls=Spoken, help="help-build")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "-o",
    "--output",
    type=Path,
    default=Path("output"),
    metavar="DIR",
    help="help-build-output",
)
@click.option(
    "--workers", type=click.IntRange(1), metavar="N", help="help-build-workers"
)
@click.option("--corrections", type=Path, metavar="FILE", help="help-build-corrections")
@knowledge
@click.option(
    "--engine",
    type=click.Choice(["local", "spark"]),
    default="local",
    help="help-build-engine",
)
@click.option("--master", metavar="URL", help="help-build-master")
@click.option("--shards/--no-shards", default=None, help="help-build-shards")
@click.option("--cache/--no-cache", "cache", default=True, help="help-build-cache")
@language
def build(  # noqa: PLR0913 - one for each option
    paths: tuple[str, ...],
    output: Path,
    *,
    workers: int | None,
    corrections: Path | None,
    engine: str,
    master: str | None,
    shards: bool | None,
    cache: bool,
) -> int:
    """Build the reports at the paths into the output folder."""
    from zhengpu import api  # noqa: PLC0415  # heavy

    with progress_bar() as bar:
        task = bar.add_task("", total=None)

        def progress(done: int, total: int, name: str) -> None:
            bar.update(task, completed=done, total=total, description=tame(name))

        told: list[Finding] = []
        report = api.build_into(
            paths,
            output,
            workers=workers,
            progress=progress,
            cache=cache,
            corrections=corrections,
            told=told.append,
            shards=shards,
            spark=master or "local[*]" if engine == "spark" else None,
        )
    show_findings(told)
    show_report(report, output)
    return 0 if report.is_clean else 1


@click.command(cls=Spoken, help="help-extract")
@click.argument("file", type=Path, metavar="FILE")
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "table"]),
    default="json",
    help="help-extract-format",
)
@click.option("--explain", is_flag=True, help="help-extract-explain")
@knowledge
@language
def extract(file: Path, form: str, *, explain: bool) -> None:
    """What one file gives, as JSON or as tables, or by sentence and rule."""
    from zhengpu import api  # noqa: PLC0415  # heavy
    from zhengpu.use.serialising import serialise  # noqa: PLC0415
    from zhengpu.use.tracing import trace  # noqa: PLC0415

    extraction = api.extract(file)
    if explain:
        show_trace(trace(extraction), extraction)
    elif form == "json":
        click.echo(serialise(extraction).encode(), nl=False)
    else:
        show_extraction(extraction)
