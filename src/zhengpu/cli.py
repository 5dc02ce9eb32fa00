"""The command line: arguments in, one library call, text out."""

from __future__ import annotations

import os
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from zhengpu.errors import UsageError, ZhengpuError
from zhengpu.helping import SpokenGroup, misuse
from zhengpu.judging import show_misses, show_scores
from zhengpu.showing import (
    show_explanation,
    show_extraction,
    show_findings,
    show_queries,
    show_report,
    show_skipped,
    show_trace,
)
from zhengpu.terminal import (
    LANGUAGE,
    complain,
    language_of,
    note,
    progress_bar,
    say,
    show_table,
    tame,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    F = TypeVar("F", bound="Callable[..., Any]")

INTERRUPTED = 130
"""What shells give for a program that Ctrl-C ended."""
TABLES = ("table", "csv", "json", "ttl")
EXPORTS = ("nt", "jsonld", "rdfxml", "trig", "graphml", "csv")


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


def _spoken(*_: object) -> None:
    """`--lang` has been read before the commands were made; here it is declared."""


def _language(command: F) -> F:
    choice = click.Choice(["zh", "en"])
    decorate = click.option(
        "--lang", type=choice, expose_value=False, callback=_spoken, help="help-lang"
    )
    return decorate(command)


def _graph(command: F) -> F:
    decorate = click.option(
        "-g",
        "--graph",
        "folder",
        type=Path,
        default=Path("output"),
        metavar="DIR",
        help="help-graph",
    )
    return decorate(_language(command))


@click.group(cls=SpokenGroup, help="help-program", invoke_without_command=True)
@click.option("--version", is_flag=True, help="help-version")
@_language
@click.pass_context
def program(ctx: click.Context, *, version: bool) -> None:
    """Everything below; without a command, the help."""
    if version:
        import zhengpu  # noqa: PLC0415  # its version is looked up only here

        click.echo(f"zhengpu {zhengpu.__version__}")
        ctx.exit()
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


# -- making a build -----------------------------------------------------------


@program.command(help="help-build")
@click.argument("paths", nargs=-1, required=True, type=Path, metavar="PATH...")
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
@_language
def build(paths: tuple[Path, ...], output: Path, workers: int | None) -> int:
    """Build the reports at the paths into the output folder."""
    from zhengpu import api  # noqa: PLC0415  # heavy

    with progress_bar() as bar:
        task = bar.add_task("", total=None)

        def progress(done: int, total: int, name: str) -> None:
            bar.update(task, completed=done, total=total, description=tame(name))

        report = api.build_into(paths, output, workers=workers, progress=progress)
    show_report(report, output)
    return 0 if report.is_clean else 1


@program.command(help="help-extract")
@click.argument("file", type=Path, metavar="FILE")
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "table"]),
    default="json",
    help="help-extract-format",
)
@click.option("--explain", is_flag=True, help="help-extract-explain")
@_language
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


# -- reading a build ----------------------------------------------------------


@program.command(help="help-query")
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
@_graph
def query(  # noqa: PLR0913, PLR0917 - one for each option
    folder: Path,
    file: Path | None,
    expression: str | None,
    name: str | None,
    params: tuple[str, ...],
    form: str,
    timeout: float,
    *,
    listed: bool,
) -> None:
    """Ask a build a question in SPARQL."""
    from zhengpu.use import answers, querying  # noqa: PLC0415  # heavy

    if listed:
        show_queries(querying.shipped_queries())
        return
    values = dict(map(_parameter, params))
    if sum(given is not None for given in (file, expression, name)) != 1:
        raise UsageError("query-which")
    if name is not None:
        sparql = querying.shipped_query(name, values)
    else:
        text = expression if expression is not None else _text_of(file)
        sparql = querying.bind(text, values)
    answer = querying.ask_folder(folder, sparql, timeout)
    if form == "table":
        head, rows = answers.cells(answer)
        show_table(head, rows)
        note(say("query-rows", count=len(rows)))
    else:
        write = {"csv": answers.as_csv, "json": answers.as_json}
        text = write.get(form, answers.as_turtle)(answer)
        click.echo(text.encode(), nl=False)


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


@program.command(help="help-explain")
@click.argument("name", metavar="NAME")
@_graph
def explain(folder: Path, name: str) -> None:
    """An entity's facts, each with its sentences and source."""
    from zhengpu import api  # noqa: PLC0415  # heavy

    for explanation in api.load(folder).explain(name):
        show_explanation(explanation)


@program.command(help="help-validate")
@_graph
def validate(folder: Path) -> int:
    """Check a build against the shapes."""
    from zhengpu import api  # noqa: PLC0415  # heavy

    violations = api.load(folder).validate()
    if violations:
        show_table(
            [say(f"column-{name}") for name in ("shape", "node", "message")],
            [(v.shape, v.focus, v.message) for v in violations],
        )
    click.echo(say("validate-done", count=len(violations)))
    return 1 if violations else 0


@program.command(help="help-export")
@click.option(
    "--format",
    "form",
    type=click.Choice(EXPORTS),
    required=True,
    help="help-export-format",
)
@click.option("-o", "--output", type=Path, metavar="PATH", help="help-export-output")
@_graph
def export(folder: Path, form: str, output: Path | None) -> None:
    """Write a build's graph in another format."""
    from zhengpu import api  # noqa: PLC0415  # heavy

    made = api.load(folder).export(form, output)
    show_findings(made.findings)
    for path in made.files:
        click.echo(say("wrote", path=path))


@program.command(help="help-draw")
@click.option(
    "-o",
    "--output",
    type=Path,
    default=Path("graph.html"),
    metavar="FILE",
    help="help-draw-output",
)
@_graph
def draw(folder: Path, output: Path) -> None:
    """Draw a build as one page that works offline."""
    from zhengpu import api  # noqa: PLC0415  # heavy

    api.load(folder).draw(output)
    click.echo(say("wrote", path=output))


# -- judging ------------------------------------------------------------------


@program.command(help="help-evaluate")
@click.argument("gold", type=Path, metavar="GOLD")
@click.argument("system", required=False, type=Path, metavar="[SYSTEM]")
@click.option("--per-type", is_flag=True, help="help-evaluate-per-type")
@click.option(
    "--errors",
    type=click.IntRange(1),
    is_flag=False,
    flag_value=sys.maxsize,  # without N: all of them
    metavar="[N]",
    help="help-evaluate-errors",
)
@click.option("--json", "as_json", is_flag=True, help="help-evaluate-json")
@_language
def evaluate(
    gold: Path,
    system: Path | None,
    errors: int | None,
    *,
    per_type: bool,
    as_json: bool,
) -> None:
    """Compare extractions with a gold annotation."""
    from zhengpu import api  # noqa: PLC0415  # heavy

    evaluation = api.evaluate(gold, system)
    if as_json:
        text = evaluation.as_json(errors=errors is not None)
        click.echo(text.encode(), nl=False)
        return
    show_scores(evaluation, per_type=per_type or errors is not None)
    if errors is not None:
        show_misses(evaluation, errors)
