"""How a graph and what it says of an entity show themselves in a notebook.

Plain tables: no script, no style of our own, every text escaped.
"""

from __future__ import annotations

from collections import Counter
from html import escape
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from zhengpu.graph.vocabulary import RDF, SKOS, ZP
from zhengpu.use.things import TYPES, bare, fits, relation_labels

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pyoxigraph import Store

    from zhengpu.graph.vocabulary import Term
    from zhengpu.use.explained import Explanation, Fact

MOST: Final = 20
"""How many facts of an entity are shown."""
NEAREST: Final = 8
"""How many entities of a graph are shown."""
ROWS: Final = 50
"""How many rows of an answer are shown."""
LONGEST: Final = 120
"""How many characters of a sentence are shown."""


def graph_html(store: Store) -> str:
    """What a graph holds: its counts, and the entities of most facts.

    Only what is counted is looked up, so that a large graph shows itself at once.
    """
    labels = relation_labels()
    kinds = [
        (f"— {labels.get(name, name)} {code}", count(store, RDF.type, ZP[name]))
        for name, code in TYPES.items()
    ]
    degrees, facts = connected(store)
    counts = [
        ("报告 reports", count(store, RDF.type, ZP.Report)),
        ("实体 entities", sum(number for _, number in kinds)),
        *(kind for kind in kinds if kind[1]),
        ("事实 facts", facts),
        ("统计 statistics", count(store, RDF.type, ZP.Observation)),
        ("三元组 triples", len(store)),
    ]
    most = sorted(degrees.items(), key=lambda item: (-item[1], item[0].value))
    shown = [(name_of(store, thing), str(degree)) for thing, degree in most[:NEAREST]]
    return (
        "<div><p><b>zhengpu.Graph</b></p>"
        + table((), [(what, str(number)) for what, number in counts])
        + (table(("实体 entity", "事实 facts"), shown) if shown else "")
        + "</div>"
    )


def count(store: Store, predicate: Term, value: Term) -> int:
    """How many things have a value."""
    property_, object_ = NamedNode(bare(predicate)), NamedNode(bare(value))
    return sum(1 for _ in store.quads_for_pattern(None, property_, object_))


def connected(store: Store) -> tuple[Counter[NamedNode], int]:
    """How many facts each entity has, and how many there are; no plans."""
    planned = {
        quad.subject
        for quad in store.quads_for_pattern(
            None, NamedNode(bare(ZP.planned)), Literal(value=True)
        )
    }
    ends = [
        [
            quad.object
            for quad in store.quads_for_pattern(None, NamedNode(bare(end)), None)
            if quad.subject not in planned
        ]
        for end in (RDF.subject, RDF.object)
    ]
    nodes = (node for end in ends for node in end if isinstance(node, NamedNode))
    return Counter(nodes), len(ends[0])


def name_of(store: Store, thing: NamedNode) -> str:
    """The name of a thing in characters, else its IRI."""
    labels = store.quads_for_pattern(thing, NamedNode(bare(SKOS.prefLabel)), None)
    names = [
        quad.object.value
        for quad in labels
        if isinstance(quad.object, Literal) and fits(quad.object, "zh-hans")
    ]
    return min(names, default=thing.value)


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
