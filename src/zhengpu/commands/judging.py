"""Judging extractions by annotations: figures, and every disagreement."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zhengpu.commands.options import knowledge, language
from zhengpu.helping import Spoken
from zhengpu.terminal import say, show_line, show_table, width

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zhengpu.use.evaluating import Evaluation
    from zhengpu.use.scoring import Miss, Score


def show_scores(evaluation: Evaluation, *, per_type: bool) -> None:
    """The figures of an evaluation."""
    rows = [
        (
            figure,
            f"{score.precision:.3f}",
            f"{score.recall:.3f}",
            f"{score.f1:.3f}",
            score.hits + score.missed,
            score.hits + score.false,
        )
        for figure, score in evaluation.scores.items()
        if per_type or "/" not in figure
    ]
    head = [
        say(f"column-{name}") for name in ("figure", "p", "r", "f1", "gold", "found")
    ]
    show_table(head, rows, say("evaluate-title", count=len(evaluation.documents)))


def show_misses(evaluation: Evaluation, most: int) -> None:
    """What is missed and what is false, by figure and type, each in its sentence.

    Args:
        evaluation: What was compared.
        most: How many of each type and kind to show.
    """
    for figure in dict.fromkeys(miss.figure for miss in evaluation.misses):
        found = [miss for miss in evaluation.misses if miss.figure == figure]
        click.echo()
        show_line(f"{figure} · {_counts(found)}", style="bold")
        types: dict[str, list[Miss]] = {}
        for miss in found:  # units of statistics and the like have no figures
            known = f"{figure}/{miss.type}" in evaluation.scores
            types.setdefault(miss.type if known else "", []).append(miss)
        for type_, held in sorted(types.items()):
            if type_:
                score = evaluation.scores[f"{figure}/{type_}"]
                title = f"{type_}  {_percentages(score)}  {_counts(held)}"
                click.echo()
                show_line(title, style="cyan")
            for kind in sorted({miss.kind for miss in held}):
                show_group([miss for miss in held if miss.kind == kind], most)


def show_group(misses: list[Miss], most: int) -> None:
    """Disagreements of one kind, by place."""
    misses.sort(key=lambda miss: (miss.document, miss.line))
    for miss in misses[:most]:
        show_miss(miss)
    if most < len(misses):
        show_line(say("more", count=len(misses) - most), indent=6, style="dim")


def _counts(misses: Iterable[Miss]) -> str:
    """How many of each kind."""
    count = Counter(miss.kind for miss in misses)
    return " · ".join(
        say("count-of", name=say(f"miss-{kind}"), count=count[kind])
        for kind in sorted(count)
    )


def show_miss(miss: Miss) -> None:
    """One disagreement: what it is, where it stands, which rule is to blame."""
    place = f"{miss.document}:{miss.line}" if miss.line else miss.document
    about = filter(None, (miss.text, place, miss.rule))
    kind = say(f"miss-{miss.kind}")
    show_line("  ".join(about), first=f"  {kind}", indent=4 + width(kind))
    if miss.sentence:
        words = [miss.text.split(" → ")[0]]
        show_line(miss.sentence, indent=6, words=words, style="dim")


def _percentages(score: Score) -> str:
    """Precision, recall and F1 in one line."""
    figures = zip(
        ("p", "r", "f1"), (score.precision, score.recall, score.f1), strict=True
    )
    return "  ".join(f"{say(f'column-{name}')} {value:.3f}" for name, value in figures)


@click.command(cls=Spoken, help="help-evaluate")
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
@knowledge
@language
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
