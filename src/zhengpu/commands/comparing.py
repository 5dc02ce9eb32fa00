"""Comparing: years and places of one build, promises, two builds."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zhengpu.commands.options import graph, language
from zhengpu.helping import Spoken
from zhengpu.terminal import note, say, show_line, show_records, show_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zhengpu.graph.clauses import Clause
    from zhengpu.graph.comparing import Occurring
    from zhengpu.graph.posts import Post
    from zhengpu.graph.promises import Account
    from zhengpu.use.changes import Diff
    from zhengpu.use.comparing import Comparison

LISTED = 60
"""Indicators that the list without a name shows."""


SIGNS = {"added": "+", "removed": "-", "changed": "~"}
STYLES = {"added": "green", "removed": "red", "changed": "yellow"}


@click.command(cls=Spoken, help="help-compare")
@click.argument("indicator", required=False, metavar="[INDICATOR]")
@click.option("--body", default="", metavar="NAME", help="help-compare-body")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json", "svg"]),
    default="table",
    help="help-compare-format",
)
@graph
def compare(folder: Path, indicator: str | None, body: str, form: str) -> None:
    """One indicator over years and places."""
    from zhengpu import api  # noqa: PLC0415  # heavy

    build = api.load(folder)
    if indicator is None:
        listed = build.comparable()
        if form == "table":
            show_comparable(listed)
        else:
            show_records([as_record(one) for one in listed], form)
        return
    found = build.compare(indicator, body)
    if form == "table":
        show_comparison(found)
    else:
        write = {"csv": found.as_csv, "json": found.as_json, "svg": found.as_svg}
        click.echo(write[form]().encode(), nl=False)


def as_record(one: Occurring) -> dict[str, object]:
    """What programs are told of it."""
    return {
        "notation": one.notation,
        "label": one.label,
        "points": one.points,
        "years": one.years,
        "subjects": one.subjects,
    }


def show_comparable(found: Sequence[Occurring]) -> None:
    """What could be compared, that with most years first."""
    head = [say(f"column-{name}") for name in ("indicator", "years", "bodies", "found")]
    rows = [(o.label, o.years, o.subjects, o.points) for o in found[:LISTED]]
    show_table(head, rows)
    if len(found) > LISTED:
        note(say("more", count=len(found) - LISTED))


def show_comparison(found: Comparison) -> None:
    """The figures of one indicator; targets in a column of their own."""
    from zhengpu.graph.charts import humane  # noqa: PLC0415

    names = ("body", "year", "target", "value", "manner", "words", "file")
    rows = []
    for row in found.rows():
        about = "≈" if row.approximate else ""
        value = about + humane(Decimal(row.value), row.unit)
        target, reached = (value, "") if row.planned else ("", value)
        year = row.year or row.period or "?"
        rows.append((row.body, year, target, reached, row.manner, row.words, row.file))
    show_table([say(f"column-{name}") for name in names], rows, found.label)


@click.command(cls=Spoken, help="help-promises")
@click.option("--body", default="", metavar="NAME", help="help-promises-body")
@click.option("--year", type=int, default=0, metavar="YEAR", help="help-promises-year")
@click.option("--unanswered", is_flag=True, help="help-promises-unanswered")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    help="help-promises-format",
)
@graph
def promises(
    folder: Path, body: str, year: int, form: str, *, unanswered: bool
) -> None:
    """What reports announced, and what the next ones tell of it."""
    from zhengpu import api  # noqa: PLC0415  # heavy
    from zhengpu.use import promising  # noqa: PLC0415

    found = api.load(folder).promises(body, year)
    if form == "table":
        show_promises(found, unanswered=unanswered)
    else:
        write = promising.as_csv if form == "csv" else promising.as_json
        click.echo(write(found).encode(), nl=False)


def show_promises(accounts: Sequence[Account], *, unanswered: bool) -> None:
    """Each year's promises with both sentences, or those without an answer."""
    for account in accounts:
        title = f"{account.body} · {account.year}"
        show_line(title, style="bold")
        show_line(f"{account.earlier} → {account.later}", indent=2, style="dim")
        pairs = sorted(account.pairs, key=lambda p: (not p.verdict, -p.likeness))
        for pair in () if unanswered else pairs:
            verdict = say(f"verdict-{pair.verdict}") if pair.verdict else ""
            click.echo()
            show_sentence("○", pair.promise, verdict)
            show_sentence("●", pair.delivery)
        for clause in account.unanswered if unanswered else ():
            show_line(clause.text, first="  ○ ", indent=4)
        click.echo()
        counts = {"answered": len(account.pairs), "open": len(account.unanswered)}
        show_line(say("promises-done", **counts), indent=2)
        click.echo()
    if not accounts:
        note(say("no-promises"))


def show_sentence(mark: str, clause: Clause, more: str = "") -> None:
    """A sentence with the clause that counts made to stand out."""
    end = f"  [{more}]" if more else ""
    first = f"  {mark} "
    show_line(clause.near + end, first=first, indent=4, words=[clause.text, more])


@click.command(cls=Spoken, help="help-posts")
@click.argument("name", default="", metavar="[NAME]")
@graph
def posts(folder: Path, name: str) -> None:
    """Who held which post when."""
    from zhengpu import api  # noqa: PLC0415  # heavy

    found = api.load(folder).posts(name)
    rows = [row for post in found for row in timeline(post)]
    if not rows:
        note(say("no-posts", name=name or "-"))
        return
    names = ("body", "role", "years-held", "person", "words")
    show_table([say(f"column-{name}") for name in names], rows)


def timeline(post: Post) -> Iterator[tuple[str, str, str, str, str]]:
    """The holders of a post by time, and the years in which none is known."""
    body, role = post.body_name, post.role
    rows = [((first,), (spanned((first, last)), "?", "")) for first, last in post.gaps]
    for holder in post.holders:
        years = ", ".join(map(spanned, runs(holder.years)))
        gone = "".join(say("left-in", year=year) for year in holder.left)
        known = (*holder.years, *holder.left)
        told = (years + gone or "?", holder.name, holder.cited[0].words)
        rows.append(((min(known, default=9999),), told))
    for _, told in sorted(rows):
        yield body, role, *told


def runs(years: Sequence[int]) -> list[tuple[int, int]]:
    """Ascending years as first and last of each run.

    >>> runs([2018, 2019, 2020, 2024])
    [(2018, 2020), (2024, 2024)]
    """
    found: list[tuple[int, int]] = []
    for year in years:
        if found and found[-1][1] == year - 1:
            found[-1] = found[-1][0], year
        else:
            found.append((year, year))
    return found


def spanned(years: tuple[int, int]) -> str:
    """A year, or the first and the last."""
    return f"{years[0]}" if years[0] == years[1] else f"{years[0]}-{years[1]}"


@click.command(cls=Spoken, help="help-diff")
@click.argument("old", type=Path, metavar="OLD")
@click.argument("new", type=Path, metavar="NEW")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "md", "json", "patch"]),
    default="table",
    help="help-diff-format",
)
@language
def diff(old: Path, new: Path, form: str) -> None:
    """What changed from one build to another, and why."""
    from zhengpu import api  # noqa: PLC0415  # heavy

    found = api.diff(old, new)
    if form == "table":
        show_diff(found)
    else:
        write = {
            "md": found.as_markdown,
            "json": found.as_json,
            "patch": found.as_patch,
        }
        click.echo(write[form]().encode(), nl=False)


def show_diff(found: Diff) -> None:
    """The differences by reason, each with its sentence; entities last."""
    for name, change in found.documents:
        show_line(say(f"diff-{change}") + f"  {name}", style="dim")
    for reason in dict.fromkeys(d.reason for d in found.differences):
        held = [d for d in found.differences if d.reason == reason]
        click.echo()
        show_line(f"{say(f'diff-{reason}')} · {len(held)}", style="bold")
        for d in held:
            first = f"  {SIGNS[d.change]} "
            show_line(d.fact.text, first=first, indent=4, style=STYLES[d.change])
            for name, was, now in d.details:
                show_line(f"{say(f'diff-detail-{name}')}: {was} → {now}", indent=6)
            if d.fact.quote:
                show_line(d.fact.quote, indent=6, style="dim")
    count = {
        change: sum(d.change == change for d in found.differences) for change in SIGNS
    }
    click.echo()
    click.echo(say("diff-done", **count))
