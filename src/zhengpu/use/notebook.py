"""How a graph and what it says of an entity show themselves in a notebook.

Plain tables: no script, no style of our own, every text escaped.
"""

from __future__ import annotations

from collections import Counter
from html import escape
from typing import TYPE_CHECKING, Final

from zhengpu.graph.vocabulary import ZP
from zhengpu.use.networks import TYPES, Network, relation_labels

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pyoxigraph import Store

    from zhengpu.use.explaining import Explanation, Fact

MOST: Final = 20
"""How many facts of an entity are shown."""
NEAREST: Final = 8
"""How many entities of a graph are shown."""
ROWS: Final = 50
"""How many rows of an answer are shown."""
LONGEST: Final = 120
"""How many characters of a sentence are shown."""


def graph_html(store: Store) -> str:
    """What a graph holds: its counts, and the entities of most facts."""
    network = Network(store)
    degrees = Counter(end for e in network.edges for end in (e.source, e.target))
    kinds = Counter(node.type for node in network.nodes)
    labels = relation_labels()
    names = {code: labels.get(name, name) for name, code in TYPES.items()}
    reports = sum(ZP.Report in network.kinds(iri) for iri in sorted(network.said))
    figures = sum(ZP.Observation in network.kinds(iri) for iri in sorted(network.said))
    counts = [
        ("报告 reports", str(reports)),
        ("实体 entities", str(len(network.nodes))),
        *((f"— {names[kind]} {kind}", str(kinds[kind])) for kind in sorted(kinds)),
        ("事实 facts", str(len(network.edges))),
        ("统计 statistics", str(figures)),
        ("三元组 triples", str(len(store))),
    ]
    nearest = sorted(degrees.items(), key=lambda item: (-item[1], item[0]))[:NEAREST]
    shown = [(network.name(iri), str(count)) for iri, count in nearest]
    return (
        "<div><p><b>zhengpu.Graph</b></p>"
        + table((), counts)
        + (table(("实体 entity", "事实 facts"), shown) if shown else "")
        + "</div>"
    )


def explanation_html(explanation: Explanation) -> str:
    """An entity's names, facts and figures, each with a sentence and its source."""
    aliases = "、".join(explanation.aliases)
    facts = [*explanation.facts, *explanation.figures]
    left = len(facts) - MOST
    return (
        f"<div><p><b>{escape(explanation.name)}</b> "
        f"{escape(explanation.type.removeprefix('zp:'))}"
        + (f"<br>{escape(aliases)}" if aliases else "")
        + f"<br><code>{escape(explanation.iri)}</code></p>"
        + table(
            (
                "主体 subject",
                "关系 relation",
                "客体 object",
                "原文 quote",
                "出处 source",
            ),
            [_cells(fact) for fact in facts[:MOST]],
        )
        + (f"<p>… {left}</p>" if left > 0 else "")
        + "</div>"
    )


def answer_html(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """The first rows of a query's answer, and how many there are."""
    shown = table(heads, rows[:ROWS])
    return f"<div>{shown}<p>{len(rows)} × {len(heads)}</p></div>"


def _cells(fact: Fact) -> tuple[str, ...]:
    """The row of a fact or a figure."""
    relation = relation_labels().get(fact.relation, fact.relation)
    marks = [fact.role, fact.period, "计划 planned" if fact.planned else ""]
    said = "，".join(filter(None, marks))
    quote = fact.quotes[0] if fact.quotes else None
    text = quote.text if quote else ""
    return (
        fact.subject,
        f"{relation}（{said}）" if said else relation,
        fact.object,
        text if len(text) <= LONGEST else f"{text[:LONGEST]}…",
        f"{quote.file}:{quote.start}" if quote else "",
    )


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of HTML.

    >>> table((), [("<甲>", "1")])
    '<table><tbody><tr><td>&lt;甲&gt;</td><td>1</td></tr></tbody></table>'
    """
    head = "".join(f"<th>{escape(cell)}</th>" for cell in heads)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"
        for row in rows
    )
    thead = f"<thead><tr>{head}</tr></thead>" if head else ""
    return f"<table>{thead}<tbody>{body}</tbody></table>"
