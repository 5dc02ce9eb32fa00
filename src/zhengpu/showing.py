"""What the commands print: builds, extractions and explanations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from zhengpu.model import Link, Statement
from zhengpu.terminal import (
    LANGUAGE,
    console,
    note,
    say,
    show_line,
    show_table,
    tame,
    width,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from zhengpu.graph.reported import Report, Skipped
    from zhengpu.model import Extraction, Finding, Observation
    from zhengpu.use.explained import Explanation, Fact, Quote
    from zhengpu.use.querying import ShippedQuery
    from zhengpu.use.tracing import Fired, Traced

PLACES: Final = {
    False: ("graph.html", "report.html", "graph.ttl"),
    True: ("report.md", "shards.json"),
}
"""Where to look at a build; at one in shards."""


def show_report(report: Report, output: Path) -> None:
    """What a build read, and where to look at it."""
    for skipped in report.skipped:
        show_skipped(skipped)
    told = {"reading", "correcting"}
    show_findings([notice for notice in report.notices if notice.stage in told])
    if report.sources:
        _show_sources(report)
    click.echo(
        say(
            "build-done-shards" if report.files else "build-done",
            files=report.files or len(report.sources),
            skipped=len(report.skipped),
            triples=report.triples,
            violations=len(report.violations),
        )
    )
    for name in PLACES[bool(report.files)]:
        click.echo(say(f"look-{name}", path=output / name))


def _show_sources(report: Report) -> None:
    """What each file gave."""
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
                names.get(o.subject, ""),  # a figure may be nobody's
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


def show_trace(traces: Sequence[Traced], extraction: Extraction) -> None:
    """Each sentence of a file, and below it the rules that fired and on what."""
    names = {entity.id: entity.name for entity in extraction.entities}
    rows = [[_fired(fired, names) for fired in traced.fired] for traced in traces]
    kinds, rules = (
        max((width(row[at]) for group in rows for row in group), default=0) + 2
        for at in (0, 1)
    )
    document = -1
    for traced, group in zip(traces, rows, strict=True):
        sentence = traced.sentence
        if sentence.document != document:
            document = sentence.document
            frame = extraction.documents[document].frame
            show_line(frame.title or frame.kind, style="bold cyan")
        coming = say("planned") if sentence.planned else ""
        click.echo()
        show_line(
            sentence.text + coming, first=f"{traced.line:>4}", indent=6, style="bold"
        )
        for kind, rule, words, made in group:
            first = kind + " " * (kinds - width(kind)) + rule
            first = " " * 6 + first
            show_line(
                f"{words} ⇒ {made}",
                first=first,
                indent=6 + kinds + rules,
                words=[words],
            )
        if not group:
            show_line(say("nothing-fired"), indent=6, style="dim")
    show_findings(extraction.findings)


def _fired(fired: Fired, names: Mapping[str, str]) -> tuple[str, str, str, str]:
    """Kind, rule, words, and what came of them."""
    result = fired.result
    if isinstance(result, Link):
        kind = result.mention.type.value
        made = names[result.entity] if result.entity else f"? {result.reason}"
    elif isinstance(result, Statement):
        kind = say("fired-relation")
        relation = _relation(result.relation.value, result.role, planned=result.planned)
        made = f"{names[result.subject]} — {relation} → {names[result.object]}"
    else:
        kind = say("fired-statistic")
        subject = names.get(result.subject, "")
        made = f"{subject}: {result.measure} {_value(result)}"
    return kind, fired.rule, fired.words, made


def _value(observation: Observation) -> str:
    """A figure with its unit, its period and whether it is to come."""
    about = "≈" if observation.approx else ""
    period = f"（{observation.period}）" if observation.period else ""
    planned = say("planned") if observation.planned else ""
    return f"{about}{observation.value:,f} {observation.unit}{period}{planned}"


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
    facts = (*explanation.facts, *explanation.figures)
    lines = {fact.iri: _fact_line(fact).removeprefix("▪ ") for fact in facts}
    for fact in facts:
        out.print()
        out.print(Text(tame(_fact_line(fact))))
        for other in fact.against:
            against = say("explain-against", fact=lines.get(other, other))
            out.print(Text(tame(f"    {against}"), "bold red"))
        for quote in fact.quotes:
            line = Text(f"    {tame(' '.join(quote.text.splitlines()))}")
            for words in quote.words:
                line.highlight_words([tame(words)], "bold yellow")
            out.print(line)
            out.print(Text(tame(f"    {_place(quote)}"), "dim"))
        rules = say("explain-rules", rules="、".join(fact.rules))
        supported = say("explain-reports", count=len(fact.reports))
        out.print(Text(tame(f"    {rules} · {supported}"), "dim"))
    for sha256, file in sorted({(q.sha256, q.file) for f in facts for q in f.quotes}):
        out.print(Text(tame(f"sha256 {sha256}  {file}"), "dim"))
    if explanation.rule_set:
        rules = say("explain-rule-set", version=explanation.rule_set)
        out.print(Text(tame(rules), "dim"))


def _place(quote: Quote) -> str:
    """Document, section, file and characters; of a correction who made it."""
    place = f"{quote.file}:{quote.start}-{quote.end}"
    told = " · ".join(text for _, text in quote.remarks)
    return " · ".join(filter(None, (quote.report, quote.section, place, told)))


def _fact_line(fact: Fact) -> str:
    period = f"（{fact.period}）" if fact.period else ""
    planned = say("planned") if fact.planned else ""
    if not fact.relation:
        return f"▪ {fact.object}{period}{planned}"
    relation = _relation(fact.relation, fact.role, planned=fact.planned)
    return f"▪ {fact.subject} — {relation} → {fact.object}{period}"
