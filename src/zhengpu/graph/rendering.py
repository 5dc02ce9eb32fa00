"""The report of a build as files: JSON, Markdown and HTML.

Markdown and HTML are in Chinese and English side by side: what is written does
not depend on who runs the build.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import jinja2
from markupsafe import Markup

from zhengpu.graph.reported import Level, finding_text
from zhengpu.messages import message
from zhengpu.model import Finding, Severity
from zhengpu.settings import PACKAGE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from zhengpu.graph.clauses import Clause
    from zhengpu.graph.promises import Account
    from zhengpu.graph.reported import MappedSentence, Report, SourceReport

FORMAT = "zhengpu-report/1"
TEMPLATES = PACKAGE / "use" / "templates"
XMLNS = ' xmlns="http://www.w3.org/2000/svg"'
"""What a picture needs as a file, and not on a page."""
EXAMPLES = 3
"""Findings of one kind that the readable reports quote; JSON holds them all."""
CANDIDATES = 30
"""Merge candidates that the readable reports show."""
SKIPPED = 100
"""Skipped files that the report of a large build names."""
PROMISES = 40
"""Pairs of one year that the readable reports show, and as many without answer."""
MAPPED = 5_000
"""Sentences that the page shows, over all files: some 2 MB, which browsers bear."""


def report_json(report: Report) -> str:
    """The report as JSON text."""
    content = {
        "format": FORMAT,
        "sources": [_source_record(source) for source in report.sources],
        "skipped": [
            {"source": s.name, **finding_record(s.finding)} for s in report.skipped
        ],
        "notices": [finding_record(finding) for finding in report.notices],
        "entities": dict(report.entities),
        "relations": dict(report.relations),
        "statistics": report.statistics,
        "triples": report.triples,
        "violations": [asdict(violation) for violation in report.violations],
        "checks": [
            {
                **finding_record(check.finding),
                "evidence": [asdict(cited) for cited in check.evidence],
                "correction": check.correction,
            }
            for check in report.checks
        ],
        "promises": [account_record(account) for account in report.accounts],
        "corrections": [asdict(applied) for applied in report.corrections],
        "candidates": [asdict(candidate) for candidate in report.candidates],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def account_record(account: Account) -> dict[str, object]:
    """An account as a JSON object."""
    return {
        "body": account.body,
        "year": account.year,
        "earlier": account.earlier,
        "later": account.later,
        "pairs": [
            {
                "promise": _clause_record(pair.promise),
                "delivery": _clause_record(pair.delivery),
                "likeness": pair.likeness,
                "verdict": pair.verdict.value if pair.verdict else None,
            }
            for pair in account.pairs
        ],
        "unanswered": [_clause_record(clause) for clause in account.unanswered],
    }


def _clause_record(clause: Clause) -> dict[str, object]:
    start, end = clause.span
    text, sentence = clause.text, clause.sentence
    return {"text": text, "sentence": sentence, "start": start, "end": end}


def _source_record(source: SourceReport) -> dict[str, object]:
    return {
        "source": source.name,
        "sha256": source.sha256,
        "encoding": source.encoding,
        "characters": source.characters,
        "documents": [document._asdict() for document in source.documents],
        "entities": source.entities,
        "mentions": source.mentions,
        "relations": source.relations,
        "statistics": source.statistics,
        "planned": source.planned,
        "sentences": {
            "covered": source.sentences.covered,
            "total": source.sentences.total,
        },
        "numerals": {
            "covered": source.numerals.covered,
            "total": source.numerals.total,
        },
        "levels": {level.value: count for level, count in source.levels},
        "findings": [finding_record(finding) for finding in source.findings],
    }


def finding_record(finding: Finding) -> dict[str, object]:
    """A finding as a JSON object."""
    record: dict[str, object] = {
        "severity": finding.severity.value,
        "stage": finding.stage,
        "code": finding.code,
        "parameters": dict(finding.parameters),
    }
    if finding.span:
        record |= {"start": finding.span.start, "end": finding.span.end}
    return record


@dataclass(frozen=True, slots=True)
class Group:
    """Findings of one kind, for reading: how many, and the first few."""

    severity: Severity
    code: str
    count: int
    examples: tuple[tuple[str, str, str, int], ...]
    """The file, the finding's text in Chinese and in English, and where it
    begins; -1 where it has no place."""


def groups(report: Report) -> list[Group]:
    """All findings of a report by severity and code, the gravest first."""
    rows = [(s.name, s.finding) for s in report.skipped]
    rows += [("", finding) for finding in report.notices]
    rows += [(source.name, f) for source in report.sources for f in source.findings]
    held: dict[tuple[Severity, str], list[tuple[str, Finding]]] = {}
    for name, finding in rows:
        held.setdefault((finding.severity, finding.code), []).append((name, finding))
    order = list(Severity)
    return [
        Group(severity, code, len(found), tuple(_examples(found)))
        for (severity, code), found in sorted(
            held.items(), key=lambda item: (order.index(item[0][0]), item[0][1])
        )
    ]


def _examples(found: list[tuple[str, Finding]]) -> list[tuple[str, str, str, int]]:
    """The first findings that differ in text."""
    texts: dict[tuple[str, str, str], int] = {}
    for name, finding in found:
        shown = name, finding_text(finding, "zh"), finding_text(finding, "en")
        texts.setdefault(shown, finding.span.start if finding.span else -1)
    return [(*shown, start) for shown, start in texts.items()][:EXAMPLES]


class Anchors:
    """Where on the page each sentence of each file stands.

    Args:
        report: The report whose sentences the page shows.
    """

    def __init__(self, report: Report) -> None:
        room = MAPPED
        self.files: dict[str, int] = {}
        self.starts: list[list[int]] = []
        for number, source in enumerate(report.sources):
            self.files.setdefault(source.name, number)
            shown = source.map[:room]
            room -= len(shown)
            self.starts.append([sentence.start for sentence in shown])

    def link(self, file: str, start: int = -1) -> str:
        """The page's own address of a place in a file, or nothing."""
        number = self.files.get(file)
        if number is None:
            return ""
        # sentences of columns out of order do not ascend
        held = [s for s in self.starts[number] if 0 <= s <= start]
        return f"#s{number}-{max(held)}" if held else f"#f{number}"


@dataclass(frozen=True, slots=True)
class CoverageMap:
    """A file's sentences, as far as the page shows them."""

    source: SourceReport
    paragraphs: tuple[tuple[MappedSentence, ...], ...]
    hidden: int
    """How many sentences there was no room for."""


def coverage_maps(report: Report) -> list[CoverageMap]:
    """The sentences of every file, up to `MAPPED` of them in all."""
    maps, room = [], MAPPED
    for source in report.sources:
        paragraphs: list[list[MappedSentence]] = []
        for sentence in source.map[:room]:
            if sentence.begins:
                paragraphs.append([])
            paragraphs[-1].append(sentence)
        hidden = max(len(source.map) - room, 0)
        maps.append(CoverageMap(source, tuple(map(tuple, paragraphs)), hidden))
        room -= len(source.map) - hidden
    return maps


def sentences_at(report: Report, level: Level) -> int:
    """How many sentences of a level there are, over all files."""
    return sum(dict(source.levels)[level] for source in report.sources)


def report_markdown(report: Report) -> str:
    """The report as Markdown, Chinese and English side by side."""
    return _rendered("report.md", report)


def large_markdown(
    report: Report, kinds: Mapping[tuple[str, str], int], left_out: Sequence[str]
) -> str:
    """The report of a build in shards as Markdown.

    Args:
        report: Without sources.
        kinds: How many findings there are of each severity and code.
        left_out: What the build does not hold: the ends of codes `left-out-…`.
    """
    order = [severity.value for severity in Severity]
    rows = sorted(kinds.items(), key=lambda row: (order.index(row[0][0]), row[0][1]))
    return (
        _environment("large.md")
        .get_template("large.md")
        .render(
            report=report,
            kinds=[(*kind, count) for kind, count in rows],
            left_out=[f"left-out-{name}" for name in left_out],
            skipped=report.skipped[:SKIPPED],
        )
    )


def report_html(report: Report) -> str:
    """The report as one HTML page that fetches nothing."""
    return _rendered("report.html", report)


def _environment(template: str) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=template.endswith(".html"),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["cell"] = markdown_cell
    environment.filters["named"] = named
    environment.filters["sentences"] = sentences_at
    environment.filters["thing"] = lambda key: key.partition("/")[2]
    environment.filters["inline"] = lambda svg: Markup(svg.replace(XMLNS, ""))  # noqa: S704 - our own, escaped where it was made
    environment.globals["zh"] = lambda finding: finding_text(finding, "zh")
    environment.globals["en"] = lambda finding: finding_text(finding, "en")
    environment.globals["say"] = lambda code, language, told: message(
        code, {"told": told}, language
    )
    return environment


def _rendered(template: str, report: Report) -> str:
    environment = _environment(template)
    environment.globals["link"] = Anchors(report).link
    return environment.get_template(template).render(
        report=report,
        groups=groups(report),
        maps=coverage_maps(report),
        levels=Level,
        most=PROMISES,
        candidates=report.candidates[:CANDIDATES],
    )


def named(code: str) -> str:
    """An entity type, a relation or a level in both languages.

    >>> named("relation-leads")
    '领导 leads'
    """
    return f"{message(code, {}, 'zh')} {message(code, {}, 'en')}"


def markdown_cell(text: str) -> str:
    r"""A text that Markdown shows as it is, within a table.

    >>> markdown_cell("a|b <script>\n*c*")
    'a\\|b &lt;script&gt; \\*c\\*'
    """
    text = " ".join(text.split())
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"([\\`*_|\[\]])", r"\\\1", text)
