"""Every rule gives what its examples say and keeps away from what looks alike.

The rule files carry the tests: `examples` with what the rule gives there,
`rejects` where it gives nothing, and `known_failures`, which fail until
somebody mends the rule and moves them to the examples.
"""

from __future__ import annotations

import importlib
import re
import tomllib
from array import array
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from zhengpu.extraction.bodies import body_of
from zhengpu.extraction.dictionary import find_known
from zhengpu.extraction.mentions import recognise
from zhengpu.extraction.registry import Registry
from zhengpu.extraction.skeleton import fold
from zhengpu.knowledge.gazetteer import gazetteer
from zhengpu.knowledge.rulebook import RULES, Finder, Rule, read_rules
from zhengpu.model import Area, Document, EntityType, Frame, RawText, Relation
from zhengpu.settings import shipped
from zhengpu.stages import extract, read_document
from zhengpu.text.cleaning import clean
from zhengpu.text.pieces import documents_of
from zhengpu.text.segmentation import segment

HERE = Path(__file__).parent
FILES = sorted(RULES.glob("*.toml"))
RULEBOOK: dict[str, Rule] = {
    rule.name: rule for file in FILES for rule in read_rules(file)
}
UNFIRED: dict[str, str] = tomllib.loads(
    (HERE / "unfired.toml").read_text(encoding="utf-8")
)["unfired"]
LONGEST = 400
"""Lines that a rule file may have: a longer one is two topics."""

_parser: Any = importlib.import_module("re._parser")
"""Python's own reader of patterns; it has no public name."""

Given = list[Any]
"""Texts of mentions, or `[subject, relation, object]` by canonical names."""


# ------------------------------------------------------------------- reading


@cache
def area(place: str) -> Area:
    """The one current area of a full official name."""
    (found,) = (a for a in gazetteer().named(place) if a.until is None)
    return found


def framed(place: str, body: str, kind: str = "") -> Frame:
    """The frame of a report by a body of a place; without a place, of nobody."""
    if not place:
        return Frame(body_kind=body or None)
    naming = body_of(body, area(place))
    bureau = body.startswith(place)  # 代县林业局 is no kind of bodies, but one
    return Frame(
        kind=kind,
        body_kind=None if bureau else body or None,
        body=naming.name if naming else body if bureau else None,
        place=area(place),
        parents=gazetteer().parents(area(place)),
    )


def document(text: str) -> Document:
    raw = RawText("example.txt", text, "", "utf-8")
    sections, sentences = segment(text, headings=[], period=None)
    offsets = array("I", range(len(text)))
    return Document("example.txt#1", raw, text, offsets, sections, sentences)


def given(rule: Rule, text: str, place: str, body: str, kind: str = "") -> Given:
    """What one rule gives in a text, in the form of an example's `gives`."""
    frame = framed(place, body, kind)
    if "type" in rule.keys:
        found = recognise(document(text), frame).mentions
        return [m.text for m in found if m.rule == rule.name]
    registry = Registry()
    stated = read_document(document(text), frame, registry).statements
    names = {entity.id: entity.name for entity in registry.entities()}
    return sorted(
        [names[s.subject], str(s.relation), names[s.object]]
        for s in stated
        if s.evidence.rule == rule.name
    )


def cases(key: str) -> list[Any]:
    """One pytest parameter for each example of a kind."""
    return [
        pytest.param(rule, example, id=f"{rule.name}:{_text(example)}")
        for rule in RULEBOOK.values()
        for example in rule.keys.get(key, ())
    ]


def _text(example: dict[str, Any] | str) -> str:
    return example if isinstance(example, str) else str(example["text"])


# ------------------------------------------------------------------ examples


def agree(rule: Rule, example: dict[str, Any]) -> None:
    """Fails where a rule does not give what an example says."""
    home = [example.get(key, "") for key in ("place", "body", "kind")]
    found = given(rule, example["text"], *home)
    wanted = list(example["gives"])
    assert found == (wanted if "type" in rule.keys else sorted(wanted))


@pytest.mark.parametrize(("rule", "example"), cases("examples"))
def test_a_rule_gives_what_its_example_says(
    rule: Rule, example: dict[str, Any]
) -> None:
    agree(rule, example)


@pytest.mark.parametrize(("rule", "example"), cases("rejects"))
def test_a_rule_gives_nothing_in_a_counter_example(
    rule: Rule, example: dict[str, Any] | str
) -> None:
    """A bare text is read as if it stood in the report of the first example."""
    home = rule.keys["examples"][0] if isinstance(example, str) else example
    where = [home.get(key, "") for key in ("place", "body", "kind")]
    assert given(rule, _text(example), *where) == []


@pytest.mark.parametrize(("rule", "example"), cases("known_failures"))
@pytest.mark.xfail(raises=AssertionError, strict=True, reason="not understood yet")
def test_a_known_failure_still_fails(rule: Rule, example: dict[str, Any]) -> None:
    agree(rule, example)


# ------------------------------------------------------------ the rule files


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_rule_file_is_short_and_names_each_rule_once(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    book = tomllib.loads(text)
    names = Counter(rule["name"] for rule in book["rule"])
    assert [name for name, count in names.items() if count > 1] == []
    assert set(book) <= {"rule", "macros"}
    assert len(text.splitlines()) <= LONGEST


RULE_CASES = [pytest.param(rule, id=rule.name) for rule in RULEBOOK.values()]
EXAMPLE_KEYS = {"text", "place", "kind", "body", "gives", "source"}
BODIES = {"", "政协", "政府", "人大", "党委", "法院", "检察院"}


@pytest.mark.parametrize("rule", RULE_CASES)
def test_a_rule_says_one_thing_that_the_model_knows(rule: Rule) -> None:
    if "type" in rule.keys:
        assert rule.yields in set(EntityType)
        assert not {"relation", "each", "subject_like"} & set(rule.keys)
    else:
        assert rule.yields in set(Relation)
    for construction in rule.keys.get("serves", ()):
        assert re.fullmatch(r"C\d\d[a-z]?", construction)


@pytest.mark.parametrize("rule", RULE_CASES)
def test_a_rule_has_examples_of_several_places_and_a_counter_example(
    rule: Rule,
) -> None:
    examples = rule.keys.get("examples", [])
    assert len(examples) >= 3
    assert len({example.get("place", "") for example in examples}) >= 2
    assert len(rule.keys.get("rejects", [])) >= 1


@pytest.mark.parametrize("rule", RULE_CASES)
def test_the_examples_of_a_rule_are_well_formed(rule: Rule) -> None:
    examples = [
        *rule.keys.get("examples", []),
        *rule.keys.get("known_failures", []),
    ]
    for example in examples:
        assert set(example) <= EXAMPLE_KEYS
        assert example["source"]
        assert example["gives"] or example in rule.keys.get("known_failures", [])
        for one in example["gives"]:
            if "type" in rule.keys:
                assert one in example["text"]
            else:
                assert len(one) == 3
                assert one[1] == rule.yields
    for reject in rule.keys.get("rejects", []):
        assert isinstance(reject, str) or set(reject) <= {"text", "place", "body"}
    for example in (*examples, *rule.keys.get("rejects", [])):
        if isinstance(example, dict):
            body, place = example.get("body", ""), example.get("place", "")
            assert body in BODIES or (place and body.startswith(place))
            framed(example.get("place", ""), example.get("body", ""))
    texts = [_text(e) for e in (*examples, *rule.keys.get("rejects", []))]
    assert len(texts) == len(set(texts))


# ------------------------------------------------------------------ patterns


def opens(pattern: Any, *, repeated: bool = False) -> bool:  # noqa: ANN401 - private type
    """Whether a parsed pattern can begin with a repeated class of almost anything.

    Such a pattern is tried, at length, at every character of a text.
    """
    for kind, value in pattern:
        name = str(kind)
        if name in {"AT", "ASSERT", "ASSERT_NOT"}:
            continue
        if name in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}:
            least, most, inner = value
            if opens(inner, repeated=repeated or most > 1):
                return True
            if least == 0:
                continue
            return False
        if name == "SUBPATTERN":
            return opens(value[-1], repeated=repeated)
        if name == "BRANCH":
            return any(opens(branch, repeated=repeated) for branch in value[1])
        negated = name == "IN" and str(value[0][0]) == "NEGATE"
        return repeated and (negated or name in {"ANY", "NOT_LITERAL"})
    return False


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("[^，。]{1,6}行动", True),
        (".*行动", True),
        ("(?:在)?[^，]+行动", True),
        ("(?<!在)(?:(?!的)[^，]){1,6}行动", True),
        ("开展|[^，]{2,}行动", True),
        ("在[^，]+行动", False),
        ("[^，]行动", False),
        ("(?:省|市){1,2}[^，]+行动", False),
    ],
)
def test_an_open_beginning_is_told_from_a_closed_one(
    pattern: str, *, expected: bool
) -> None:
    assert opens(_parser.parse(pattern)) is expected


@pytest.mark.parametrize("rule", RULE_CASES)
def test_no_pattern_begins_with_an_open_class(rule: Rule) -> None:
    assert not opens(_parser.parse(rule.pattern.pattern))


# --------------------------------------------------------------- whole reports


@cache
def reports() -> tuple[RawText, ...]:
    folders = (HERE / "gold", HERE / "reports", shipped("seeds"))
    every = sorted(path for folder in folders for path in folder.rglob("*.*"))
    paths = [p for p in every if p.suffix in {".txt", ".md"} and p.stem != "README"]
    return tuple(
        RawText(path.name, path.read_text(encoding="utf-8"), "", "utf-8")
        for path in paths
    )


@cache
def fired() -> frozenset[str]:
    """The rules whose finds remain in what whole reports give."""
    names = set()
    for report in reports():
        found = extract(report)
        names |= {link.mention.rule for link in found.mentions}
        names |= {statement.evidence.rule for statement in found.statements}
    return frozenset(names)


@cache
def skeletons() -> tuple[str, ...]:
    """Reports and examples as rules see them: with few and with all finds folded."""
    read = [
        (document.text, frame)
        for report in reports()
        for document, frame in documents_of(clean(report))
    ]
    for rule in RULEBOOK.values():
        for example in rule.keys.get("examples", ()):
            home = framed(example.get("place", ""), example.get("body", ""))
            read.append((example["text"], home))
    few = [fold(text, find_known(text, frame)[0]).text for text, frame in read]
    all_ = [
        fold(text, recognise(document(text), frame).mentions, areas=False).text
        for text, frame in read
    ]
    return (*few, *all_)


@pytest.mark.parametrize("rule", RULE_CASES)
def test_the_words_that_a_rule_is_tried_near_lose_no_match(rule: Rule) -> None:
    for text in skeletons():
        found = [m.span() for _, m in Finder([rule]).matches(text)]
        assert found == [m.span() for m in rule.pattern.finditer(text)]


@pytest.mark.parametrize("rule", RULE_CASES)
def test_a_rule_fires_in_some_report_or_is_listed_with_the_reason(rule: Rule) -> None:
    fires, listed = rule.name in fired(), rule.name in UNFIRED
    assert fires is not listed


def test_the_list_of_rules_that_do_not_fire_names_rules_and_reasons() -> None:
    assert set(UNFIRED) <= set(RULEBOOK)
    assert all(reason.strip() for reason in UNFIRED.values())
