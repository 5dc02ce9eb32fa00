"""The names a build may write: namespaces, terms, prefixes, and IRIs of things.

Terms are strings in N-Triples form: `<https://…>`, `"阜新"@zh-Hans`,
`"5"^^<http://www.w3.org/2001/XMLSchema#decimal>`. They cost nothing to sort, to
compare and to send to another process, and every writer starts from them.

An IRI is decided by a thing's type, name and scope alone (RFC 3987: Chinese
stays Chinese), so that adding a report never renames what was there before.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Final, NewType

from zhengpu.settings import BASE_IRI, shipped

if TYPE_CHECKING:
    from collections.abc import Iterable

Term = NewType("Term", str)
"""An RDF term in N-Triples form."""

Triple = tuple[Term, Term, Term]
"""Subject, predicate, object."""

ONTOLOGY: Final = "https://w3id.org/zhengpu/ontology#"
"""The ontology's namespace; it stays where the base of a build is another."""

SCHEMES: Final = "https://w3id.org/zhengpu/scheme/"
"""Concepts lie under this, `SCHEME/NOTATION`."""


class Namespace:
    """The terms that are used of one vocabulary; a misspelt one raises.

    >>> Namespace("http://www.w3.org/ns/org#", "Membership").Membership
    '<http://www.w3.org/ns/org#Membership>'
    """

    def __init__(self, iri: str, terms: str) -> None:
        self.iri = iri
        self.terms = {name: Term(f"<{iri}{name}>") for name in terms.split()}
        vars(self).update(self.terms)  # found without calling __getattr__

    def __getattr__(self, name: str) -> Term:
        raise AttributeError(f"{name} is no term of {vars(self).get('iri')}")

    def __getitem__(self, name: str) -> Term:
        return self.terms[name]


ZP = Namespace(
    ONTOLOGY,
    """
    Organization Person Program Place AdministrativeArea Event Meeting Document
    Report Award Tenure Indicator Observation Claim Evidence
    ObservationStructure
    presentedBy presentedAt holdsPost leftPost subOrganizationOf locatedIn leads
    cooperatesWith organizes participatesIn produces reviews studies inspects
    supports establishes receives submitsTo about partOf
    organizationType programType adcode level termNumber sessionNumber scope
    reportKind body sha256 ruleSet
    person organization role from until
    subject indicator measure value unit approximate period periodText basis
    planned evidence span confidence rule subjectOmitted section
    """,
)
RDF = Namespace(
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "type Statement subject predicate object",
)
XSD = Namespace(
    "http://www.w3.org/2001/XMLSchema#",
    "string boolean integer nonNegativeInteger decimal gYear gYearMonth date",
)
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#", "prefLabel altLabel notation")
DCTERMS = Namespace(
    "http://purl.org/dc/terms/",
    """title description license source date isReferencedBy isPartOf spatial format
    creator replaces""",
)
PROV = Namespace(
    "http://www.w3.org/ns/prov#",
    "Entity wasDerivedFrom wasInfluencedBy wasQuotedFrom value",
)
OA = Namespace(
    "http://www.w3.org/ns/oa#",
    """SpecificResource TextPositionSelector TextQuoteSelector
    hasSource hasSelector start end exact""",
)
ORG = Namespace("http://www.w3.org/ns/org#", "Membership")
QB = Namespace(
    "http://purl.org/linked-data/cube#", "DataSet Observation dataSet structure"
)
VOID = Namespace(
    "http://rdfs.org/ns/void#",
    "Dataset uriSpace vocabulary triples entities classPartition class",
)
DCAT = Namespace(
    "http://www.w3.org/ns/dcat#", "Dataset Distribution distribution mediaType"
)

VOCABULARIES: Final = {
    "dcat": DCAT.iri,
    "dcterms": DCTERMS.iri,
    "oa": OA.iri,
    "org": ORG.iri,
    "prov": PROV.iri,
    "qb": QB.iri,
    "rdf": RDF.iri,
    "skos": SKOS.iri,
    "void": VOID.iri,
    "xsd": XSD.iri,
    "zp": ONTOLOGY,
}

KINDS: Final = {
    "award": "AWD",
    "body": "ORG",
    "document": "DOC",
    "event": "EVT",
    "person": "PER",
    "place": "PLC",
    "program": "PRG",
    "claim": "Claim",
    "evidence": "Evidence",
    "file": "File",
    "observation": "Observation",
    "span": "Span",
    "tenure": "Tenure",
}
"""Prefix of each class of things, and its folder below `id/`."""

CONCEPTS: Final = {
    "indicator": "indicator",
    "level": "level",
    "otype": "organizationType",
    "ptype": "programType",
    "severity": "severity",
}
"""Prefix of each concept scheme, and its folder below the schemes."""


@cache
def prefixes(base: str = BASE_IRI) -> dict[str, str]:
    """Prefix to namespace of all that a build writes, sorted by prefix.

    Args:
        base: Under whose `id/` the things of the build lie.

    >>> prefixes()["body"]
    'https://w3id.org/zhengpu/id/ORG/'
    """
    table = {prefix: f"{base}id/{folder}/" for prefix, folder in KINDS.items()}
    table |= {prefix: f"{SCHEMES}{folder}/" for prefix, folder in CONCEPTS.items()}
    return dict(sorted((table | VOCABULARIES).items()))


# What a name has around or inside it that is no part of its identity.
_LEFT_OUT = re.compile(r"[\s\"'`“”‘’„‟「」『』﹁﹂＂＇\u200b\ufeff]+")

PLANES: Final = (
    "".join(f"{chr(n << 16)}-{chr((n << 16) + 0xFFFD)}" for n in range(1, 14))
    + "\U000e1000-\U000efffd"
)
"""The characters beyond the first 65,536 that IRIs may hold, for a class."""

# Not in RFC 3987's iunreserved: reserved ASCII, controls, private use,
# non-characters, and the marks that steer the direction of writing.
_ENCODED = re.compile(
    r"(?:\s|[^A-Za-z0-9\-._~"
    r"\u00a0-\u200d\u2010-\u2029\u202f-\u2065\u2070-\ud7ff\uf900-\ufdcf\ufdf0-\uffef"
    rf"{PLANES}])+"
)


def _encode(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "replace"))


def segment(name: str) -> str:
    """A name as part of an IRI: NFC, without quotes and white space.

    Reserved ASCII, `%` and what RFC 3987 keeps out of paths is percent-encoded.
    A name of nothing but quotes and spaces keeps them, encoded.

    >>> segment("“书香 政协”")
    '书香政协'
    >>> segment("50%/年:甲")
    '50%25%2F年%3A甲'
    """
    text = unicodedata.normalize("NFC", name)
    # marks that now stand side by side may have to change places
    left = unicodedata.normalize("NFC", _LEFT_OUT.sub("", text))
    return _ENCODED.sub(_encode, left or text)


def key(folder: str, name: str, scope: str = "") -> str:
    """What tells a thing from all others, and where it lies below `id/`.

    Args:
        folder: The entity's type, or another folder of `KINDS`.
        name: The canonical name.
        scope: What tells it from others of the same name; its parts may be
            divided by `:`, which stays as it is.

    >>> key("PER", "李贵军", "阜新蒙古族自治县")
    'PER/李贵军:阜新蒙古族自治县'
    """
    parts = [name, *scope.split(":")] if scope else [name]
    return f"{folder}/{':'.join(map(segment, parts))}"


def iri(folder: str, name: str, scope: str = "", base: str = BASE_IRI) -> str:
    """The IRI of a thing: its key under the base.

    >>> iri("PLC", "鼓楼区", "350102")
    'https://w3id.org/zhengpu/id/PLC/鼓楼区:350102'
    """
    return f"{base}id/{key(folder, name, scope)}"


def below_id(iri: str) -> str:
    """The key of an IRI: what stands after `/id/`.

    >>> below_id("https://w3id.org/zhengpu/id/ORG/国务院")
    'ORG/国务院'
    """
    return iri.partition("/id/")[2] or iri.removeprefix(ONTOLOGY)


def digest(*parts: str) -> str:
    """Twenty hexadecimal digits that stand for the parts, in this order.

    >>> digest("a", "bc") == digest("ab", "c")
    False
    """
    text = "".join(f"{len(part)}:{part}" for part in parts)
    return sha256(text.encode("utf-8", "replace")).hexdigest()[:20]


_ESCAPED = re.compile(r'[\x00-\x1f"\\\x7f\ud800-\udfff\ufffe\uffff]')
_ESCAPES: Final = {
    "\t": r"\t",
    "\b": r"\b",
    "\n": r"\n",
    "\r": r"\r",
    "\f": r"\f",
    '"': r"\"",
    "\\": r"\\",
}


def _escape(match: re.Match[str]) -> str:
    sign = match[0]
    # A lone surrogate is no character: no file can hold it.
    shown = "\ufffd" if "\ud800" <= sign <= "\udfff" else f"\\u{ord(sign):04X}"
    return _ESCAPES.get(sign, shown)


def node(name: str) -> Term:
    """The term of an IRI."""
    return Term(f"<{name}>")


def literal(text: str, language: str = "") -> Term:
    r"""The term of a text, escaped for N-Triples and Turtle alike.

    >>> print(literal('“协商”\n"议事"', "zh-Hans"))
    "“协商”\n\"议事\""@zh-Hans
    """
    quoted = f'"{_ESCAPED.sub(_escape, text)}"'
    return Term(f"{quoted}@{language}" if language else quoted)


def typed(text: str, datatype: Term) -> Term:
    """The term of a typed value; the text needs no escapes."""
    return Term(f'"{text}"^^{datatype}')


TRUE: Final = typed("true", XSD.boolean)
FALSE: Final = typed("false", XSD.boolean)


@cache
def notations(scheme: str) -> dict[str, str]:
    """Every way to name a concept of a scheme, and the concept's notation.

    Args:
        scheme: A folder of `CONCEPTS`: `organizationType`, `indicator` …

    Returns:
        Notation, and Chinese label where only one concept has it, to notation.

    >>> notations("organizationType")["政协"]
    'cppcc'
    """
    from pyoxigraph import RdfFormat, parse  # noqa: PLC0415 - only here

    folder = f"{SCHEMES}{scheme}/"
    chinese: dict[str, set[str]] = {}
    found: set[str] = set()
    for quad in parse(
        path=shipped("ontology") / "zhengpu.ttl", format=RdfFormat.TURTLE
    ):
        subject = getattr(quad.subject, "value", "")
        if not subject.startswith(folder):
            continue
        notation = subject[len(folder) :]
        found.add(notation)
        if f"<{quad.predicate.value}>" in {SKOS.prefLabel, SKOS.altLabel}:
            chinese.setdefault(quad.object.value, set()).add(notation)
    labels = {
        label: min(owners)
        for label, owners in sorted(chinese.items())
        if len(owners) == 1
    }
    return labels | {name: name for name in sorted(found)}


def concept(scheme: str, name: str) -> Term | None:
    """The concept that a notation or Chinese label names, or None.

    >>> concept("level", "county")
    '<https://w3id.org/zhengpu/scheme/level/county>'
    """
    notation = notations(scheme).get(name)
    return node(f"{SCHEMES}{scheme}/{notation}") if notation else None


def terms() -> Iterable[Term]:
    """Every term of every vocabulary that a build may use."""
    for space in (ZP, RDF, XSD, SKOS, DCTERMS, PROV, OA, ORG, QB, VOID, DCAT):
        yield from space.terms.values()
