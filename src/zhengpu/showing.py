"""What the commands print: builds, extractions, explanations and scores as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from zhengpu.terminal import LANGUAGE, console, note, say, show_table, tame

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from zhengpu.graph.reporting import Report, Skipped
    from zhengpu.model import Extraction, Finding
    from zhengpu.use.evaluating import Evaluation
    from zhengpu.use.explaining import Explanation, Fact
    from zhengpu.use.querying import ShippedQuery


def show_report(report: Report, output: Path) -> None:
    """What a build read, and where to look at it."""
    for skipped in report.skipped:
        show_skipped(skipped)
    show_findings([notice for notice in report.notices if notice.stage == "reading"])
    show_table(
        [say(f"column-{name}") for name in ("file", "place", "period", "entities")]
        + [say(f"column-{name}") for name in ("relations", "statistics", "coverage")],
        [
            (
                source.name,
                _joined(document.place for document in source.documents),
                _joined(document.period for document in source.documents),
                source.entities,
                source.relations,
                source.statistics,
                f"{source.sentences.share:.0%}",
            )
            for source in report.sources
        ],
    )
    click.echo(
        say(
            "build-done",
            files=len(report.sources),
            skipped=len(report.skipped),
            triples=report.triples,
            violations=len(report.violations),
        )
    )
    for name in ("graph.html", "report.html", "graph.ttl"):
        if (output / name).exists():
            click.echo(say(f"look-{name}", path=output / name))


def _joined(names: Iterable[str]) -> str:
    return "、".join(dict.fromkeys(filter(None, names)))


def show_skipped(skipped: Skipped) -> None:
    """A file that was skipped, and why."""
    reason = skipped.zh if LANGUAGE.get() == "zh" else skipped.en
    note(say("skipped", name=skipped.name, reason=reason))


def show_findings(findings: Sequence[Finding]) -> None:
    """Findings, a line for each."""
    for finding in findings:
        note(
            f"{finding.severity.value}: {say(finding.code, **dict(finding.parameters))}"
        )


def show_extraction(extraction: Extraction) -> None:
    """What one file gives, as three tables."""
    names = {entity.id: entity.name for entity in extraction.entities}
    text = extraction.raw.text
    show_table(
        [say(f"column-{name}") for name in ("type", "entity", "mentions")],
        [
            (e.type.value, e.name, sum(m.entity == e.id for m in extraction.mentions))
            for e in sorted(extraction.entities, key=lambda e: (e.type, e.name))
        ],
        say("title-entities"),
    )
    show_table(
        [say(f"column-{name}") for name in ("subject", "relation", "object", "words")],
        [
            (
                names[s.subject],
                _relation(s.relation.value, s.role, planned=s.planned),
                names[s.object],
                " … ".join("".join(text[a:b].split()) for a, b in s.evidence.spans),
            )
            for s in extraction.statements
        ],
        say("title-relations"),
    )
    show_table(
        [say(f"column-{name}") for name in ("subject", "measure", "value", "unit")]
        + [say("column-period")],
        [
            (
                names[o.subject],
                o.measure + (say("planned") if o.planned else ""),
                f"{'≈' if o.approx else ''}{o.value:,f}",
                o.unit,
                o.period,
            )
            for o in extraction.observations
        ],
        say("title-statistics"),
    )
    show_findings(extraction.findings)


def _relation(name: str, role: str, *, planned: bool) -> str:
    """A relation with its role and whether it is to come."""
    role, coming = f"（{role}）" if role else "", say("planned") if planned else ""
    return say(f"relation-{name}") + role + coming


def show_queries(queries: Iterable[ShippedQuery]) -> None:
    """The shipped queries, with their parameters."""
    chinese = LANGUAGE.get() == "zh"
    rows = []
    for shipped in queries:
        params = "; ".join(
            f"{p.name}={p.zh if chinese else p.en}" for p in shipped.parameters
        )
        rows.append((shipped.name, shipped.zh if chinese else shipped.en, params))
    show_table([say(f"column-{name}") for name in ("name", "title", "params")], rows)


def show_explanation(explanation: Explanation) -> None:
    """An entity with its facts, their sentences and sources."""
    from rich.text import Text  # noqa: PLC0415

    out = console()
    kind = explanation.type.removeprefix("zp:")
    out.print(Text(tame(f"{explanation.name}  {kind}"), "bold"))
    out.print(Text(tame(explanation.iri), "dim"))
    if explanation.aliases:
        out.print(Text(tame(say("also-called", names="、".join(explanation.aliases)))))
    for fact in (*explanation.facts, *explanation.figures):
        out.print()
        out.print(Text(tame(_fact_line(fact))))
        for quote in fact.quotes:
            line = Text(f"    {tame(quote.text)}")
            for words in quote.words:
                line.highlight_words([tame(words)], "bold yellow")
            out.print(line)
            place = f"    {quote.report} · {quote.file}:{quote.start}-{quote.end}"
            out.print(Text(tame(place), "dim"))


def _fact_line(fact: Fact) -> str:
    period = f"（{fact.period}）" if fact.period else ""
    planned = say("planned") if fact.planned else ""
    if not fact.relation:
        return f"▪ {fact.object}{period}{planned}"
    relation = _relation(fact.relation, fact.role, planned=fact.planned)
    return f"▪ {fact.subject} — {relation} → {fact.object}{period}"


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
    """The first disagreements of each figure."""
    for figure in dict.fromkeys(miss.figure for miss in evaluation.misses):
        found = [miss for miss in evaluation.misses if miss.figure == figure]
        if not most:
            break
        found.sort(key=lambda miss: (miss.type, miss.kind, miss.document, miss.text))
        show_table(
            [say(f"column-{name}") for name in ("kind", "type", "document", "words")],
            [(say(f"miss-{m.kind}"), m.type, m.document, m.text) for m in found[:most]],
            f"{figure}（{min(most, len(found))}/{len(found)}）",
        )
