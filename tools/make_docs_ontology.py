"""Write docs/ontology.md, the tables of the ontology, from ontology/*.ttl.

python tools/make_docs_ontology.py
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SH, SKOS

from zhengpu.graph.vocabulary import ONTOLOGY, SCHEMES

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs/ontology.md"
DOMAIN = rdflib.URIRef("https://schema.org/domainIncludes")
RANGE = rdflib.URIRef("https://schema.org/rangeIncludes")
UNIT = rdflib.URIRef(f"{ONTOLOGY}unit")
ALIGNED = (RDFS.subClassOf, RDFS.subPropertyOf, SKOS.closeMatch)

INTRODUCTION = f"""# 本体 · The ontology

由 `tools/make_docs_ontology.py` 从 `ontology/zhengpu.ttl` 和 `ontology/shapes.ttl` 生成。
Made by `tools/make_docs_ontology.py` from `ontology/zhengpu.ttl` and `ontology/shapes.ttl`.

前缀 · Prefix: `zp:` = <{ONTOLOGY}>

事实写在 `graph.ttl`，陈述及其出处写在 `evidence.ttl`；计划中的事只作陈述，不作事实。
Facts are in `graph.ttl`, claims and their evidence in `evidence.ttl`; what is planned
is a claim, never a fact.
"""


class Page:
    """Reads the ontology and says it in Markdown."""

    def __init__(self) -> None:
        self.graph = rdflib.Graph(bind_namespaces="none")
        self.graph.parse(ROOT / "ontology/zhengpu.ttl")
        self.shapes = rdflib.Graph(bind_namespaces="none")
        self.shapes.parse(ROOT / "ontology/shapes.ttl")

    def text(self, term: rdflib.term.Node, prop: rdflib.URIRef, language: str) -> str:
        """The value in a language."""
        found = [
            str(value)
            for value in self.graph.objects(term, prop)
            if isinstance(value, rdflib.Literal) and value.language == language
        ]
        return found[0] if found else ""

    def both(self, term: rdflib.term.Node, prop: rdflib.URIRef, between: str) -> str:
        """The value in Chinese and in English."""
        return between.join(
            self.text(term, prop, language) for language in ("zh", "en")
        )

    def short(self, term: rdflib.term.Node) -> str:
        """The prefixed name."""
        return f"`{self.graph.namespace_manager.normalizeUri(str(term))}`"

    def shorts(self, terms: Iterable[rdflib.term.Node]) -> str:
        """Prefixed names, sorted."""
        return ", ".join(sorted(map(self.short, terms)))

    def described(self, term: rdflib.term.Node) -> list[str]:
        """Name, labels and comments."""
        return [
            self.short(term),
            self.both(term, RDFS.label, " · "),
            self.both(term, RDFS.comment, " "),
        ]

    def aligned(self, term: rdflib.term.Node) -> str:
        """The terms of others that it is a kind of, or near to."""
        found = {value for prop in ALIGNED for value in self.graph.objects(term, prop)}
        return self.shorts(found)

    def classes(self) -> str:
        """The table of classes."""
        return table(
            ("类 Class", "名称 Label", "说明 Meaning", "对应 Aligned with"),
            [
                [*self.described(term), self.aligned(term)]
                for term in self.of(OWL.Class)
            ],
        )

    def properties(self, kind: rdflib.URIRef) -> str:
        """The table of properties of a kind."""
        return table(
            (
                "属性 Property",
                "名称 Label",
                "说明 Meaning",
                "用于 Of",
                "取值 Value",
                "对应 Aligned with",
            ),
            [
                [
                    *self.described(term),
                    self.shorts(self.graph.objects(term, DOMAIN)),
                    self.shorts(self.graph.objects(term, RANGE)),
                    self.aligned(term),
                ]
                for term in self.of(kind)
            ],
        )

    def scheme(self, name: str) -> str:
        """The table of a concept scheme, in the order of the file."""
        scheme = rdflib.URIRef(f"{SCHEMES}{name}")
        concepts = sorted(self.graph.subjects(SKOS.inScheme, scheme), key=str)
        return table(
            ("概念 Concept", "名称 Label", "又称 Also", "单位 Unit"),
            [
                [
                    f"`{str(concept).removeprefix(SCHEMES)}`",
                    self.both(concept, SKOS.prefLabel, " · "),
                    "、".join(
                        sorted(map(str, self.graph.objects(concept, SKOS.altLabel)))
                    ),
                    "、".join(sorted(map(str, self.graph.objects(concept, UNIT)))),
                ]
                for concept in concepts
            ],
        )

    def constraints(self) -> str:
        """The table of shapes."""
        rows = []
        for shape in sorted(self.shapes.subjects(RDF.type, SH.NodeShape), key=str):
            parts = [
                shape,
                *self.shapes.objects(shape, SH.property),
                *self.shapes.objects(shape, SH.sparql),
            ]
            texts = [t for part in parts for t in self.shapes.objects(part, SH.message)]
            said = {
                language: "；".join(
                    sorted(
                        str(text)
                        for text in texts
                        if isinstance(text, rdflib.Literal)
                        and text.language == language
                    )
                )
                for language in ("zh", "en")
            }
            name = str(shape).rpartition("#")[2]
            rows.append([f"`{name}`", said["zh"], said["en"].replace("；", "; ")])
        return table(("形状 Shape", "要求", "What it asks"), rows)

    def of(self, kind: rdflib.URIRef) -> list[rdflib.term.Node]:
        """The ontology's own terms of a kind, sorted."""
        found = self.graph.subjects(RDF.type, kind)
        return sorted((t for t in found if str(t).startswith(ONTOLOGY)), key=str)


def table(head: tuple[str, ...], rows: list[list[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(
        "| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n"
        for line in lines
    )


def page() -> str:
    """The whole page."""
    made = Page()
    sections = [
        ("类 · Classes", made.classes()),
        (
            "关系与对象属性 · Relations and object properties",
            made.properties(OWL.ObjectProperty),
        ),
        ("数据属性 · Datatype properties", made.properties(OWL.DatatypeProperty)),
        ("机构类型 · Organization types", made.scheme("organizationType")),
        ("项目类型 · Program types", made.scheme("programType")),
        ("行政级别 · Administrative levels", made.scheme("level")),
        ("严重程度 · Severities", made.scheme("severity")),
        ("指标 · Indicators", made.scheme("indicator")),
        ("形状 · Shapes (SHACL)", made.constraints()),
    ]
    return INTRODUCTION + "".join(f"\n## {title}\n\n{text}" for title, text in sections)


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
    print(PAGE.name)
