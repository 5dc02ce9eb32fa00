"""Write ontology/context.jsonld from the ontology and the table of prefixes.

python tools/make_context.py
"""

from __future__ import annotations

import json
from pathlib import Path

import rdflib
from rdflib.namespace import OWL, RDF, XSD

from zhengpu.graph.vocabulary import ONTOLOGY, prefixes

ROOT = Path(__file__).parent.parent
CONTEXT = ROOT / "ontology/context.jsonld"
RANGE = rdflib.URIRef("https://schema.org/rangeIncludes")
COERCED = {XSD.decimal, XSD.boolean, XSD.integer}

OTHERS: dict[str, str | dict[str, str]] = {
    "prefLabel": "skos:prefLabel",
    "altLabel": "skos:altLabel",
    "isReferencedBy": {"@id": "dcterms:isReferencedBy", "@type": "@id"},
    "spatial": {"@id": "dcterms:spatial", "@type": "@id"},
    "isPartOf": {"@id": "dcterms:isPartOf", "@type": "@id"},
    "source": {"@id": "dcterms:source", "@type": "@id"},
    "wasDerivedFrom": {"@id": "prov:wasDerivedFrom", "@type": "@id"},
    "wasQuotedFrom": {"@id": "prov:wasQuotedFrom", "@type": "@id"},
    "dataSet": {"@id": "qb:dataSet", "@type": "@id"},
    "hasSource": {"@id": "oa:hasSource", "@type": "@id"},
    "hasSelector": {"@id": "oa:hasSelector", "@type": "@id"},
    "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"},
    "end": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"},
    "exact": "oa:exact",
    "statementSubject": {"@id": "rdf:subject", "@type": "@id"},
    "statementPredicate": {"@id": "rdf:predicate", "@type": "@id"},
    "statementObject": {"@id": "rdf:object", "@type": "@id"},
}
"""Terms of other vocabularies that builds use most."""


def context() -> str:
    """The context as JSON text."""
    graph = rdflib.Graph(bind_namespaces="none").parse(ROOT / "ontology/zhengpu.ttl")
    terms: dict[str, str | dict[str, str]] = dict(prefixes())
    for kind in (OWL.ObjectProperty, OWL.DatatypeProperty):
        for prop in sorted(graph.subjects(RDF.type, kind), key=str):
            name = str(prop).removeprefix(ONTOLOGY)
            ranges = set(graph.objects(prop, RANGE))
            # body: is a prefix, so that the property stays zp:body
            term = f"zp:{name}" if name in prefixes() else name
            if kind == OWL.ObjectProperty:
                terms[term] = {"@id": f"zp:{name}", "@type": "@id"}
            elif len(ranges) == 1 and ranges <= COERCED:
                datatype = str(ranges.pop()).removeprefix(str(XSD))
                terms[term] = {"@id": f"zp:{name}", "@type": f"xsd:{datatype}"}
            else:
                terms[term] = f"zp:{name}"
    terms |= OTHERS
    return json.dumps({"@context": terms}, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    CONTEXT.write_text(context(), encoding="utf-8", newline="\n")
    print(CONTEXT.name)
