"""From merged statements to RDF: the facts, and the evidence for them.

What is stated as done becomes a triple of the facts and a claim of the
evidence; what is planned becomes a claim only. The two graphs are joined by
IRIs; neither holds a blank node, a clock or anything else that would make two
builds of the same reports differ.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from zhengpu.graph.claims import Claims
from zhengpu.graph.facts import CLASSES, Facts
from zhengpu.graph.vocabulary import (
    DCAT,
    DCTERMS,
    ONTOLOGY,
    RDF,
    VOID,
    XSD,
    ZP,
    Triple,
    literal,
    node,
    typed,
)
from zhengpu.settings import BASE_IRI

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhengpu.graph.merged import Merged

LICENSE: Final = "https://www.apache.org/licenses/LICENSE-2.0"
"""Under which the graph itself is given, unless a build says otherwise."""

TARGETS: Final = "planned observations"
"""What figures are counted as that are plans: they are no facts."""


def triples(
    merged: Merged,
    *,
    rules: str = "",
    license_iri: str = LICENSE,
    base: str = BASE_IRI,
) -> tuple[list[Triple], Iterator[Triple]]:
    """The facts and the evidence of a build.

    Args:
        merged: What the files say together.
        rules: The version of the rule set, for the header.
        license_iri: The licence of the graph, for the header.
        base: Under whose `id/` the things lie.

    Returns:
        The triples of graph.ttl with their header, and those of evidence.ttl,
        of which some may come twice.
    """
    facts = Facts(f"{base}id/")
    known = list(dict.fromkeys(facts.all_of(merged)))
    top = header(counts(merged), facts, rules, license_iri)
    top += listed(merged, facts)
    count = typed(str(len(known) + len(top) + 1), XSD.integer)
    top.append((node(facts.root), VOID.triples, count))
    return top + known, Claims(facts, rules).all_of(merged)


def header(
    count: Counter[str], facts: Facts, rules: str, license_iri: str = LICENSE
) -> list[Triple]:
    """What the build is made of: VoID and DCAT, with counts but no clock.

    Args:
        count: As `counts` gives it.
        facts: For the build's IRIs.
        rules: The version of the rule set.
        license_iri: The licence of the graph.
    """
    subject = node(facts.root)
    lines: list[Triple] = [
        (subject, RDF.type, VOID.Dataset),
        (subject, RDF.type, DCAT.Dataset),
        (subject, DCTERMS.title, literal("政谱知识图谱", "zh-Hans")),
        (subject, DCTERMS.title, literal("zhengpu knowledge graph", "en")),
        (subject, DCTERMS.license, node(license_iri)),
        (subject, VOID.uriSpace, literal(facts.root)),
        (subject, VOID.vocabulary, node(ONTOLOGY)),
    ]
    if rules:
        lines.append((subject, ZP.ruleSet, literal(rules)))
    if count["Observation"] or count[TARGETS]:
        lines += facts.data_set()
    for name in sorted(name for name in count if name != TARGETS):
        part = facts.node(f"count/{name}")
        lines += [
            (subject, VOID.classPartition, part),
            (part, VOID["class"], ZP[name]),
            (part, VOID.entities, typed(str(count[name]), XSD.integer)),
        ]
    return lines


def listed(merged: Merged, facts: Facts) -> list[Triple]:
    """That the files of a build are its sources."""
    return [
        (node(facts.root), DCTERMS.source, facts.node(f"File/{source.sha256}"))
        for source in merged.sources
    ]


def counts(merged: Merged) -> Counter[str]:
    """How many things of each class a build has; figures that are plans apart."""
    names = {kind: term[len(ONTOLOGY) + 1 : -1] for kind, term in CLASSES.items()}
    found = Counter(names[thing.type] for thing in merged.things)
    found["Report"] = len(merged.reports)
    found["Claim"] = len(merged.claims)
    found["Evidence"] = len(merged.quotes)
    for figure in merged.figures:
        found[TARGETS if figure.planned else "Observation"] += 1
    return +found
