"""What a pattern needs: words of which every match holds one, and how far it looks.

Many rules that need a word can share one scan of a text for all such words; each
is then tried only around its own, in stretches that hold whatever the pattern may
look at. So it finds there what it finds anywhere.
"""

from __future__ import annotations

import re
from itertools import product
from re import _constants as op  # type: ignore[attr-defined]  # how patterns are parsed
from re import _parser as parser  # type: ignore[attr-defined]  # has no public name
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Operation = Any
    Argument = Any
    Parsed = Any
    """A pattern as the library parses it: operations with their arguments."""

FARTHEST = 600
"""Characters that a pattern looks at; one that may look farther is unbounded."""
_MOST_WORDS = 100
_MOST_CHARACTERS = 24
"""Larger classes of characters tell too little."""
_REPEATS = frozenset((op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT))
_ONE = frozenset((op.LITERAL, op.NOT_LITERAL, op.IN, op.ANY))
"""Parts that match one character."""
_WIDTHLESS = frozenset((op.AT, op.ASSERT, op.ASSERT_NOT))
_AHEAD = 1


class Need(NamedTuple):
    """Words of which every match of a pattern holds one, or is followed by one."""

    words: tuple[str, ...]
    before: int
    """A match begins so many characters before the word at most."""
    reach: int
    """So many characters from its beginning are looked at, at most.

    Both are larger than `FARTHEST` where there is no such bound.
    """


def need(pattern: str) -> Need | None:
    """What a pattern needs; None where it needs no word.

    >>> need("县?(?:政协|人大)常委会(?!议)")
    Need(words=('政协', '人大'), before=1, reach=7)
    >>> need("[^，]*会").before > FARTHEST, need("[^，]*")
    (True, None)
    """
    parsed = parser.parse(pattern)
    options = [option for option in _options(parsed, 0) if all(option.words)]
    if not options:
        return None
    words, before = min(options, key=_commonness)
    shortest = (w for w in words if not any(w.startswith(v) for v in words if v != w))
    return Need(tuple(shortest), before, _reach(parsed))


def spelled(pattern: str) -> tuple[str, ...]:
    """The words that a pattern stands for; empty where they are too many.

    >>> spelled("人大|[中高]院")
    ('人大', '中院', '高院')
    """
    return _spelled(parser.parse(pattern))


class _Option(NamedTuple):
    """Words that a match needs, and where the latest of them may begin."""

    words: tuple[str, ...]
    before: int


def _commonness(option: _Option) -> tuple[int, int]:
    """Words of one character stand everywhere; of the others the fewest are best."""
    shortest = min(map(len, option.words))
    return -min(shortest, 2), len(option.words)


def _options(parsed: Parsed, at: int) -> Iterator[_Option]:
    """What the parts of a pattern need that begin at an offset at the latest."""
    spelled_to = 0
    for n, (code, argument) in enumerate(parsed):
        if n >= spelled_to:
            words, count = _opening(parsed[n:])
            spelled_to = n + count
            yield _Option(words, at)
        if code is op.SUBPATTERN:
            yield from _options(argument[3], at)
        elif code is op.ASSERT and argument[0] == _AHEAD:
            yield from _options(argument[1], at)
        elif code in _REPEATS and argument[0]:
            yield from _options(argument[2], at)
        elif code is op.BRANCH:
            yield from _any_of(argument[1], at)
        at += 1 if code in _ONE else _width(parsed[n : n + 1])


def _any_of(branches: Sequence[Parsed], at: int) -> Iterator[_Option]:
    """What a pattern needs that is one of several."""
    best = []
    for branch in branches:
        options = [option for option in _options(branch, at) if all(option.words)]
        if not options:
            return
        best.append(min(options, key=_commonness))
    words = tuple(dict.fromkeys(word for option in best for word in option.words))
    if len(words) <= _MOST_WORDS:
        yield _Option(words, max(option.before for option in best))


def _opening(parsed: Parsed) -> tuple[tuple[str, ...], int]:
    """The words that the first parts of a pattern match, and how many parts it is."""
    words: tuple[str, ...] = ("",)
    for count, (code, argument) in enumerate(parsed):
        parts = _spellings(code, argument)
        if not parts or len(words) * len(parts) > _MOST_WORDS:
            return words, count
        words = tuple(dict.fromkeys(map("".join, product(words, parts))))
    return words, len(parsed)


def _spelled(parsed: Parsed) -> tuple[str, ...]:
    """All words that a pattern matches; empty where they are too many."""
    words, count = _opening(parsed)
    return words if count == len(parsed) else ()


def _spellings(  # noqa: PLR0911 (a return for each kind of part)
    code: Operation, argument: Argument
) -> tuple[str, ...]:
    """The words that one part of a pattern matches; empty where they are too many."""
    if code is op.LITERAL:
        return (chr(argument),)
    if code is op.ASSERT_NOT:
        return ("",)
    if code is op.SUBPATTERN:
        return _spelled(argument[3])
    if code is op.BRANCH:
        branches = [_spelled(branch) for branch in argument[1]]
        return tuple(word for words in branches for word in words) * all(branches)
    if code is op.IN and all(kind is op.LITERAL for kind, _ in argument):
        return tuple(chr(at) for _, at in argument) * (
            len(argument) <= _MOST_CHARACTERS
        )
    if code in _REPEATS and argument[:2] == (0, 1):
        inner = _spelled(argument[2])
        return (*inner, "") if inner else ()
    return ()


def _width(parsed: Parsed) -> int:
    """The most characters that a pattern matches."""
    widest: int = parsed.getwidth()[1]
    return min(widest, FARTHEST + 1)


def _reach(parsed: Parsed) -> int:
    """The most characters that a pattern matches or looks at behind its match."""
    at = farthest = 0
    for n, (code, argument) in enumerate(parsed):
        if code in _ONE:
            at += 1
            continue
        inner: Sequence[Parsed] = ()
        skipped = 0
        if code is op.SUBPATTERN:
            inner = (argument[3],)
        elif code is op.ATOMIC_GROUP:
            inner = (argument,)
        elif code is op.BRANCH:
            inner = argument[1]
        elif code is op.ASSERT or code is op.ASSERT_NOT:
            inner = (argument[1],) if argument[0] == _AHEAD else ()
        elif code in _REPEATS:
            inner = (argument[2],)
            repeated = min(int(argument[1]), FARTHEST + 1)
            skipped = _width(argument[2]) * max(0, repeated - 1)
        elif code is op.AT:
            farthest = max(farthest, at + len("\n") + 1)  # $ also before a last newline
        farthest = max([farthest, *(at + skipped + _reach(one) for one in inner)])
        at += _width(parsed[n : n + 1])
    return max(farthest, at)


def quick(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern, compiled so that it fails at once where no match can begin.

    The library does so for patterns that begin with a character or a class. Where
    matches begin in many ways it would try each of them everywhere.

    >>> quick("(?:政协|(?:县|市)委)会").pattern
    '(?=[县市政])(?:(?:政协|(?:县|市)委)会)'
    """
    parsed = parser.parse(pattern, flags)
    opening = _firsts(parsed)
    if opening & {_ANY, _NOTHING} or _begins_plainly(parsed):
        return re.compile(pattern, flags)
    end = "\n" if flags & re.VERBOSE else ""  # it may end in a comment
    return re.compile(f"(?=[{''.join(sorted(opening))}])(?:{pattern}{end})", flags)


def _begins_plainly(parsed: Parsed) -> bool:
    """Whether the library knows where a match may begin."""
    if not parsed:
        return False
    code, argument = parsed[0]
    if code is op.SUBPATTERN:
        return _begins_plainly(argument[3])
    if code is op.BRANCH:
        return all(branch and branch[0][0] is op.LITERAL for branch in argument[1])
    return code is op.LITERAL or code is op.IN


_ANY = "."
"""Stands for a class that holds too much to tell anything."""
_NOTHING = ""
"""Stands for what may be empty, so that what follows tells where a match begins."""


def _firsts(parsed: Parsed) -> set[str]:
    """The members of a class of all characters with which matches begin."""
    found: set[str] = set()
    for code, argument in parsed:
        inner = _first(code, argument)
        found |= inner - {_NOTHING}
        if _NOTHING not in inner:
            return found
    return found | {_NOTHING}


def _first(code: Operation, argument: Argument) -> set[str]:
    """The same of one part of a pattern."""
    if code is op.LITERAL:
        return {re.escape(chr(argument))}
    if code is op.IN:
        return {_member(*one) for one in argument}
    if code is op.SUBPATTERN:
        return _firsts(argument[3])
    if code is op.BRANCH:
        return set().union(*map(_firsts, argument[1]))
    if code in _REPEATS:
        return _firsts(argument[2]) | ({_NOTHING} if argument[0] == 0 else set())
    return {_NOTHING} if code in _WIDTHLESS else {_ANY}


def _member(code: Operation, argument: Argument) -> str:
    """One member of a class."""
    if code is op.LITERAL:
        return re.escape(chr(argument))
    if code is op.RANGE and argument[1] - argument[0] <= _MOST_CHARACTERS:
        return f"{chr(argument[0])}-{chr(argument[1])}"
    digits = code is op.CATEGORY and argument is op.CATEGORY_DIGIT
    return r"\d" if digits else _ANY
