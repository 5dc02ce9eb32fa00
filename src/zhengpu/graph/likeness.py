"""How alike two names are, and in what way.

A name is looked at without quotes and other marks. What tells two things apart
(number, place, year, the body that one is a part of) weighs more than many
characters in common.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from zhengpu.knowledge import lexicon
from zhengpu.knowledge.gazetteer import gazetteer
from zhengpu.model import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhengpu.graph.merged import Thing

SHORTEST: Final = 3
"""Characters that a short form has at least; two stand in many names."""
HALF: Final = 0.5
"""Share of the long form that a short form has at least."""
LONG: Final = 30
"""Characters of a title beyond which a few that differ tell two documents apart."""
YEARLY: Final = frozenset({EntityType.DOC, EntityType.EVT, EntityType.AWD})
"""Types whose things come again under the same name, told apart by their scope."""

_NOT_NAME = re.compile(r"[^\w]|_")
_NUMBERS = re.compile(r"\d+|[首零〇一二三四五六七八九十百]+(?=[届次年月号期批])")
_AREA = re.compile(r"[省市县区旗州盟镇乡]")
_WHOLE: Final = 12
"""Characters of the longest area names that are looked for."""

Reason = tuple[str, str]
"""Code of a message `candidate-CODE`, and what it tells."""
Likeness = tuple[float, tuple[Reason, ...]]
"""From 0, where nothing speaks for one thing, to 1; and why."""
UNLIKE: Final[Likeness] = (0.0, ())


def core(name: str) -> str:
    """A name without quotes and other marks.

    >>> core("《关于“书香政协”的意见》")
    '关于书香政协的意见'
    """
    return _NOT_NAME.sub("", name)


@dataclass(frozen=True, slots=True)
class Name:
    """A thing's name, as far as it is compared with others."""

    type: EntityType
    core: str
    aliases: frozenset[str]
    scope: str
    adcode: str
    numbers: tuple[str, ...]


def name_of(thing: Thing) -> Name:
    """The name of a thing."""
    plain = core(thing.name)
    return Name(
        thing.type,
        plain,
        frozenset(map(core, thing.aliases)) - {plain},
        thing.scope,
        thing.adcode,
        tuple(_NUMBERS.findall(plain)),
    )


def likeness(one: Name, other: Name) -> Likeness:  # noqa: PLR0911 - one for each way
    """How alike two names are, and in what way."""
    if one.adcode and other.adcode and one.type is EntityType.PLC:
        return UNLIKE  # two areas of the national standard
    if one.core == other.core:
        return _same_name(one, other)
    if one.type is not other.type:
        return UNLIKE
    aliases = {one.core} & other.aliases | {other.core} & one.aliases
    if not aliases and (
        one.type is EntityType.PER
        or (one.scope and other.scope and one.scope != other.scope)
    ):
        return UNLIKE
    if not _comparable(one, other):
        return UNLIKE
    if aliases:
        return 0.95, (("alias", min(aliases)),)
    short, long = sorted((one.core, other.core), key=lambda name: (len(name), name))
    if one.type is EntityType.ORG and (renaming := _renaming(short, long)):
        return 0.9, (("renamed", renaming),)
    areas = set(areas_of(short)) & set(areas_of(long))
    for area in areas:
        short, long = short.replace(area, "", 1), long.replace(area, "", 1)
    return _alike(*sorted((short, long), key=lambda name: (len(name), name)))


def _same_name(one: Name, other: Name) -> Likeness:
    """Things of one name that are told apart by type or scope."""
    if one.type is not other.type:
        types = "、".join(sorted((one.type.value, other.type.value)))
        return 0.9, (("other-type", types),)
    if one.type in YEARLY and one.scope and other.scope:
        return UNLIKE
    scopes = " / ".join(sorted((one.scope or "—", other.scope or "—")))
    # every province may have a programme of that name
    form = 0.7 if one.type is EntityType.PRG else 0.9
    return form, (("same-name", scopes),)


def _comparable(one: Name, other: Name) -> bool:
    """Whether number, place and time do not tell two things apart."""
    if one.type in YEARLY:
        years = {one.scope, other.scope} - {""}
        return one.numbers == other.numbers and len(years) < 2  # noqa: PLR2004
    if one.type is EntityType.PLC and (one.adcode or other.adcode):
        return False
    if _differ(one.numbers, other.numbers):
        return False
    return not _differ(areas_of(one.core), areas_of(other.core))


def _differ(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether both hold something, and neither all that the other holds."""
    if not one or not other or one == other:
        return False
    left, right = Counter(one), Counter(other)
    return not (left <= right or right <= left)


@cache
def areas_of(name: str) -> tuple[str, ...]:
    """The administrative areas that a name holds, by their full names.

    >>> areas_of("辽宁省阜新市工商业联合会")
    ('辽宁省', '阜新市')
    """
    found, start = [], 0
    for mark in _AREA.finditer(name):
        end = mark.end()
        for at in range(max(start, end - _WHOLE), end - 1):
            if gazetteer().named(name[at:end]):
                found.append(name[at:end])
                start = end
                break
    return tuple(found)


def _alike(short: str, long: str) -> Likeness:
    """How alike two names of one type and place are, and in what way."""
    left, right = _middles(short, long)
    whole = f"{short} / {long}"
    share = len(short) / len(long)
    if not left and long.startswith(short):
        # 委员会办公室 is a part of 委员会, 三大攻坚战 and its 三年行动 are two
        heads = lexicon.words("heads", "word")
        return (0.8, (("short-form", whole),)) if right in heads else UNLIKE
    if not left:
        form = 0.6 + 0.4 * share if len(short) >= SHORTEST and share >= HALF else 0.0
        return form, (("short-form", whole),)
    if LCSseq.similarity(short, long) == len(short) > SHORTEST - 1 and (
        short[0] == long[0] and short[-1] == long[-1] and share >= HALF
    ):
        return 0.6 + 0.45 * share, (("short-form", whole),)  # 科技厅 / 科学技术厅
    if short[-2:] != long[-2:]:
        return UNLIKE
    ratio = fuzz.ratio(left, right) / 100
    if ratio < HALF or len(long) > LONG:
        return UNLIKE
    return 0.4 + ratio / 2, (("similar", f"{whole} {ratio:.0%}"),)


def _middles(one: str, other: str) -> tuple[str, str]:
    """What is left of two names without what they begin and end with.

    >>> _middles("长春大学", "长春师范大学")
    ('', '师范')
    """
    start = _common(one, other)
    one, other = one[start:], other[start:]
    end = _common(one[::-1], other[::-1])
    return one[: len(one) - end], other[: len(other) - end]


def _common(one: str, other: str) -> int:
    """How many characters two texts begin with in common."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


@cache
def _successors() -> dict[str, tuple[tuple[str, str], ...]]:
    """What bodies are called since a reform, by the first pair of characters."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in lexicon.table("renamed_bodies"):
        found[row["old"][:2]].append((row["old"], row["new"]))
    return {start: tuple(rows) for start, rows in found.items()}


def renamed(name: str) -> Iterator[tuple[str, str, str]]:
    """What a body of a name may be called by now: old word, new word, name."""
    for gram in sorted(bigrams(name)):
        for old, new in _successors().get(gram, ()):
            if old in name and new not in name:
                yield old, new, name.replace(old, new)


def bigrams(name: str) -> set[str]:
    """Every pair of characters that stand side by side."""
    return {name[at : at + 2] for at in range(len(name) - 1)}


def _renaming(one: str, other: str) -> str:
    """The words that a reform has replaced in one name by those in the other."""
    ways = [(name, to) for name, to in ((one, other), (other, one))]
    return next(
        (
            f"{old} → {new}"
            for name, to in ways
            for old, new, now in renamed(name)
            if now == to
        ),
        "",
    )
