"""What things, terms and concepts are called in the explorer."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import defaultdict
from functools import cache
from typing import Final

from pyoxigraph import Literal, RdfFormat, parse

from zhengpu.graph.facts import pinyin
from zhengpu.graph.vocabulary import ONTOLOGY, SCHEMES
from zhengpu.settings import PACKAGE, shipped

TEMPLATES: Final = PACKAGE / "use" / "templates" / "explorer"


@cache
def plain_pinyin(name: str) -> str:
    """A name in pinyin without tones, syllables apart; nothing for other scripts.

    >>> plain_pinyin("重庆市")
    'chong qing shi'
    """
    parts = unicodedata.normalize("NFD", pinyin(name))
    # ü is typed as v
    return "".join(
        sign
        for sign in parts.replace("u\u0308", "v")
        if not unicodedata.combining(sign)
    )


@cache
def _short_forms() -> tuple[tuple[re.Pattern[str], str], ...]:
    with (TEMPLATES / "short_forms.tsv").open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return tuple((re.compile(row["pattern"]), row["short"]) for row in rows)


def short(name: str) -> str:
    """A name as people shorten it, for labels in the picture.

    >>> short("中国人民政治协商会议阜新市第十五届委员会第三次会议")
    '阜新市政协十五届三次会议'
    >>> short("中国共产党南充市委员会")
    '中共南充市委'
    """
    for pattern, form in _short_forms():
        name = pattern.sub(form, name)
    return name


@cache
def _all_labels() -> dict[str, dict[str, str]]:
    """Local name, or `SCHEME/NOTATION`, to label by language."""
    labels: dict[str, dict[str, str]] = defaultdict(dict)
    for quad in parse(
        path=shipped("ontology") / "zhengpu.ttl", format=RdfFormat.TURTLE
    ):
        if quad.predicate.value.rpartition("#")[2] not in {"label", "prefLabel"}:
            continue
        if isinstance(quad.object, Literal) and quad.object.language:
            name = str(getattr(quad.subject, "value", ""))
            name = name.removeprefix(ONTOLOGY).removeprefix(SCHEMES)
            labels[name][quad.object.language[:2]] = quad.object.value
    return dict(labels)


def label(name: str) -> tuple[str, str]:
    """The Chinese and the English label of a term or concept."""
    found = _all_labels().get(name, {})
    return found.get("zh", name), found.get("en", name)


def local(term: str) -> str:
    """The name of a term of the ontology.

    >>> local("<https://w3id.org/zhengpu/ontology#Person>")
    'Person'
    """
    return term.removeprefix(f"<{ONTOLOGY}").removesuffix(">")
