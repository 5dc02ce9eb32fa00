"""Asking a build: queries, explanations, checks, other formats, the page."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zhengpu.commands.options import graph
from zhengpu.errors import UsageError
from zhengpu.helping import Spoken
from zhengpu.showing import show_explanation, show_findings, show_queries
from zhengpu.terminal import note, say, show_line, show_records, show_table, tame

if TYPE_CHECKING:
    from zhengpu.use.querying import ShippedQuery

TABLES = ("table", "csv", "json", "ttl")
EXPORTS = (
    "nt",
    "ttl",
    "jsonld",
    "rdfxml",
    "trig",
    "turtle12",
    "graphml",
    "gexf",
    "csv",
    "neo4j",
)


@click.command(cls=Spoken, help="help-query")
@click.argument("file", required=False, type=Path, metavar="[FILE.rq]")
@click.option("-e", "--expression", metavar="SPARQL", help="help-query-expression")
@click.option("-n", "--name", metavar="NAME", help="help-query-name")
@click.option(
    "-p", "--param", "params", multiple=True, metavar="K=V", help="help-query-param"
)
@click.option("-l", "--list", "listed", is_flag=True, help="help-query-list")
@click.option(
    "--format",
    "form",
    type=click.Choice(TABLES),
    default="table",
    help="help-query-format",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=60,
    metavar="SECONDS",
    help="help-query-timeout",
)
@click.option(
    "--max-rows", "rows", type=click.IntRange(0), metavar="N", help="help-query-rows"
)
@click.option(
    "--max-memory",
    "megabytes",
    type=click.IntRange(1),
    default=4096,
    metavar="MB",
    help="help-query-memory",
)
@graph
def query(  # noqa: PLR0913, PLR0917 - one for each option
    folder: Path,
    file: Path | None,
    expression: str | None,
    name: str | None,
    params: tuple[str, ...],
    form: str,
    timeout: float,
    rows: int | None,
    megabytes: int,
    *,
    listed: bool,
) -> None:
    """Ask a build a question in SPARQL."""
    from zhengpu.use import answers, querying  # noqa: PLC0415  # heavy

    if listed:
        shipped = querying.shipped_queries()
        if form == "table":
            show_queries(shipped)
        else:
            show_records([_described(query) for query in shipped], form)
        return
    values = dict(map(_parameter, params))
    if sum(given is not None for given in (file, expression, name)) != 1:
        raise UsageError("query-which")
    if name is not None:
        sparql = querying.shipped_query(name, values)
    else:
        text = expression if expression is not None else _text_of(file)
        sparql = querying.bind(text, values)
    answer = querying.ask_folder(
        folder, sparql, timeout, rows=rows, megabytes=megabytes
    )
    if form == "table":
        head, cells = answers.cells(answer)
        show_table(head, cells)
        note(say("query-rows", count=len(cells)))
    else:
        write = {"csv": answers.as_csv, "json": answers.as_json}
        text = write.get(form, answers.as_turtle)(answer)
        click.echo(text.encode(), nl=False)


def _described(query: ShippedQuery) -> dict[str, object]:
    params = " ".join(parameter.name for parameter in query.parameters)
    return {"name": query.name, "zh": query.zh, "en": query.en, "parameters": params}


def _parameter(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise UsageError("query-param-form", text=text)
    return name, value


def _text_of(file: Path | None) -> str:
    """The text of a query file; `-` is standard input."""
    try:
        if str(file) == "-":
            return sys.stdin.read()
        return Path(file or "").read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise UsageError("no-such-path", path=file) from error
    except UnicodeDecodeError as error:
        raise UsageError("query-not-text", path=file) from error


@click.command(cls=Spoken, help="help-explain")
@click.argument("name", metavar="NAME")
@graph
def explain(folder: Path, name: str) -> None:
    """An entity's facts, each with its sentences and source."""
    from zhengpu import api  # noqa: PLC0415  # heavy

    for explanation in api.load(folder).explain(name):
        show_explanation(explanation)


@click.command(cls=Spoken, help="help-validate")
@graph
def validate(folder: Path) -> int:
    """Check a build against the shapes."""
    from zhengpu import api  # noqa: PLC0415  # heavy

    violations = api.load(folder).validate()
    if violations:
        show_table(
            [say(f"column-{name}") for name in ("shape", "node", "message")],
            [(v.shape, v.focus, v.message) for v in violations],
        )
        for violation in violations:
            if violation.correction:
                show_line(violation.quote, style="dim")
                click.echo(tame(violation.correction) + "\n")
    click.echo(say("validate-done", count=len(violations)))
    return 1 if violations else 0


@click.command(cls=Spoken, help="help-export")
@click.option(
    "--format",
    "form",
    type=click.Choice(EXPORTS),
    metavar="FORMAT",
    required=True,
    help="help-export-format",
)
@click.option("-o", "--output", type=Path, metavar="PATH", help="help-export-output")
@graph
def export(folder: Path, form: str, output: Path | None) -> None:
    """Write a build's graph in another format."""
    from zhengpu import api  # noqa: PLC0415  # heavy

    made = api.load(folder).export(form, output)
    show_findings(made.findings)
    for path in made.files:
        click.echo(say("wrote", path=path))


@click.command(cls=Spoken, help="help-draw")
@click.option(
    "-o",
    "--output",
    type=Path,
    default=Path("graph.html"),
    metavar="FILE",
    help="help-draw-output",
)
@click.option(
    "--place", "places", multiple=True, metavar="NAME", help="help-draw-place"
)
@click.option("--about", default="", metavar="NAME", help="help-draw-about")
@click.option(
    "--steps",
    type=click.IntRange(1, 6),
    default=1,
    metavar="N",
    help="help-draw-steps",
)
@click.option("--no-texts", is_flag=True, help="help-draw-no-texts")
@graph
def draw(  # noqa: PLR0913 - one for each option
    folder: Path,
    output: Path,
    places: tuple[str, ...],
    about: str,
    steps: int,
    *,
    no_texts: bool,
) -> None:
    """Draw a build, or a part of it, as one page that works offline."""
    from zhengpu import api  # noqa: PLC0415  # heavy

    built = api.load(folder)
    built.draw(output, places=places, about=about, steps=steps, texts=not no_texts)
    click.echo(say("wrote", path=output))
