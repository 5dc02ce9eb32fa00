"""Open names: bodies, places, programmes and events told by their last words.

A name such as `四川阆州醋业股份有限公司` is found from its head (`有限公司`) to the
left, word by word, until a word that no name crosses: a verb, a preposition, a
conjunction, a determiner. What remains must say more than its kind: `有关部门`
and `贫困村` name nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import ahocorasick_rs

from zhengpu.knowledge.lexicon import table, words
from zhengpu.knowledge.rulebook import FOLDABLE, FOLDED
from zhengpu.model import EntityType, Mention
from zhengpu.text.tagging import known, tagged

if TYPE_CHECKING:

    from zhengpu.extraction.skeleton import Skeleton

LONGEST = 24
"""Skeleton characters that an open name has at the most."""

STOP_TAGS = frozenset(
    ("v", "p", "c", "d", "r", "u", "uj", "ul", "uz", "ud", "ug", "uv", "m", "mq", "q")
    + ("y", "vd", "vi", "vg", "df", "zg", "k", "o", "e", "i", "f", "t")
)
"""Tags of words that end the way to the left (jieba's tag set)."""

LEVELS = frozenset("省市县区旗州盟镇乡")
_HAN = re.compile(r"[一-鿿㐀-䶿]+")


@dataclass(frozen=True, slots=True)
class Head:
    """The last words of a name, and what they make of it."""

    word: str
    type: EntityType
    needs: str
    """What must stand before it: `core`, `strange` or `anchor` (see heads.tsv)."""


class Token(NamedTuple):
    """A word of the skeleton with its tag."""

    word: str
    tag: str
    start: int
    end: int


@cache
def heads() -> tuple[tuple[Head, ...], ahocorasick_rs.AhoCorasick]:
    """All heads, and the automaton that finds the longest at each place."""
    rows = tuple(
        Head(row["word"], EntityType(row["type"]), row["needs"])
        for row in table("heads")
    )
    finder = ahocorasick_rs.AhoCorasick(
        [head.word for head in rows],
        matchkind=ahocorasick_rs.MatchKind.LeftmostLongest,
    )
    return rows, finder


def tokens_of(text: str) -> list[Token]:
    """The words of a skeleton, in order; other characters are left out."""
    out: list[Token] = []
    for run in _HAN.finditer(text):
        at = run.start()
        for word, tag in tagged(run[0]):
            out.append(Token(word, tag, at, at + len(word)))
            at += len(word)
    return out


@dataclass(frozen=True, slots=True)
class Walk:
    """How far a name reaches to the left of its head."""

    start: int
    anchored: bool
    """Whether a place, a body, a quotation or a level word opens it."""
    words: tuple[Token, ...]
    """Its words before the head, right to left."""


@cache
def _stoppers() -> tuple[frozenset[str], frozenset[str]]:
    """Words that no name crosses, and words that one may though they are verbs."""
    inner = words("stoppers", "word", "inner")
    every = words("stoppers", "word")
    return every - inner, inner


@cache
def _crossed(type_: EntityType) -> frozenset[str]:
    """The folded characters that a name of this type may hold."""
    inside = {
        EntityType.ORG: ("AREA", "ORG", "PLC", "PRG"),
        EntityType.PLC: ("AREA", "PLC"),
        EntityType.PRG: ("AREA", "PLC", "PRG"),
        EntityType.EVT: ("AREA", "PLC", "ORG", "PRG"),
        EntityType.AWD: ("AREA",),
        EntityType.DOC: ("AREA", "ORG", "PRG"),
        EntityType.PER: (),
    }
    return frozenset(FOLDED[name] for name in inside[type_])


SINGLE = frozenset(
    "在与和对向把被为等到赴从由以及是有的了将于让使各该本其某每并也都就又再还已曾正才只仅不未无没要会能可应须需"
    "一两几数多个名位件次项条份篇户家所座处支批类种章节这那此我你他们全总共约近超达率带用按经就或而且但若如因"
    "建办抓促推请派赠送给获评聘任兼做作称叫说看听问学讲来去进出回过起开关放打找做当内外上下中前后里间时后"
)
"""Characters that are words of their own wherever they stand alone."""


_FUNCTION_TAGS = STOP_TAGS - {"v", "vd", "vi", "vg", "i", "t"}
"""Tags of words that end even a programme's name, which may hold verbs."""


def _stops(token: Token, type_: EntityType) -> bool:
    """Whether a name of this type cannot hold the word.

    A name that no dictionary has is cut into single characters (阆|州|醋业): only
    those that are words of their own end it.
    """
    if len(token.word) == 1:
        return token.word in SINGLE
    stop, inner = _stoppers()
    if token.word in stop:
        return True
    if token.word in inner and type_ in (EntityType.ORG, EntityType.PRG):
        return False
    if token.word[0] == "第" and token.tag == "m":
        return type_ is not EntityType.ORG
    return token.tag in (_FUNCTION_TAGS if type_ is EntityType.PRG else STOP_TAGS)


def _counts(text: str, token: Token) -> bool:
    """Whether a numeral counts what follows it: 三|大|高速公路, not 十|家子."""
    return (
        token.word in "三四五六七八九十百千"
        and text[token.end] in "大个条座所家项次类批种级"
    )


def _joined(
    text: str, start: int, type_: EntityType, by_end: dict[int, Token]
) -> int | None:
    """Where the words before `和` start, if both sides form one field of work.

    They do where both are fields of the table, or where a place, a body or a
    level word opens them: 州|发展和改革|委员会.
    """
    if text[start - 1] not in "和与" or type_ is not EntityType.ORG:
        return None
    left = by_end.get(start - 1)
    if left is None or _stops(left, type_) or left.word in _head_words():
        return None
    at = left.start
    while (token := by_end.get(at)) and at > start - 14 and not _stops(token, type_):
        if len(token.word) == 1 and token.word in LEVELS:
            return left.start if _opens(text, token.start, by_end) else None
        at = token.start
    opened = text[at - 1 : at] in (FOLDED["AREA"], FOLDED["ORG"])
    return left.start if opened or left.word in _fields() else None


_FIRMS = ("有限", "股份", "集团")
_BETWEEN = frozenset("与和对向由被把在及为将从到赴于助的了是")
_PLACES = frozenset((FOLDED["AREA"], FOLDED["PLC"]))
_CODE = re.compile(r"(?<![A-Za-z\d.])(?:[A-Z]+\d*|20\d\d)\Z")
"""Road numbers, Latin brands and years inside names: G321国道, 2025团泊湖马拉松赛."""


def walk_left(
    text: str, start: int, type_: EntityType, by_end: dict[int, Token]
) -> Walk:
    """Walks from a head to the left as far as its name may reach.

    Args:
        text: The skeleton's text.
        start: Where the word that holds the head begins.
        type_: What the head makes of the name.
        by_end: End to token.
    """
    crossed = _crossed(type_)
    passed: list[Token] = []
    limit = max(0, start - LONGEST)
    anchored = False
    # Firms choose any words for their names: only what joins or governs ends them.
    firm = text.startswith(_FIRMS, start)
    while start > limit:
        before = text[start - 1]
        if before in FOLDABLE:
            if before not in crossed:
                break
            start -= 1
            anchored = True
            if text[start - 1 : start] not in _PLACES:
                break
        elif before == "”":
            opening = text.rfind("“", limit, start)
            if opening < 0 or "”" in text[opening : start - 1]:
                break
            start, anchored = opening, True
        elif before in "·—－" and start > 1:
            start -= 1
        elif (joined := _joined(text, start, type_, by_end)) is not None:
            start = joined
        elif (number := _CODE.search(text, limit, start)) is not None:
            start = number.start()
        elif (token := by_end.get(start)) is None:
            break
        elif token.word[0] in SINGLE and len(token.word) == 2 and not known(token.word):  # noqa: PLR2004  对县|医院
            if token.word[1] in LEVELS:
                start, anchored = token.start + 1, True
            break
        elif token.word[0] in SINGLE and len(token.word) > 2 and not known(token.word):  # noqa: PLR2004  对绰勒|灌区
            passed.append(token._replace(word=token.word[1:], start=token.start + 1))
            start = token.start + 1
            break
        elif len(token.word) == 1 and token.word in LEVELS:
            if _opens(text, token.start, by_end):
                start, anchored = token.start, True
            break
        elif _counts(text, token) or (
            _stops(token, type_)
            and not (firm and len(token.word) == 1 and token.word not in _BETWEEN)
        ):
            break
        else:
            passed.append(token)
            start = token.start
    if not anchored:
        _, inner = _stoppers()
        verbs = _OPENING_VERBS if type_ in (EntityType.ORG, EntityType.PLC) else ()
        while passed and (
            passed[-1].word in inner
            or (passed[-1].tag in verbs and len(passed[-1].word) > 1)
        ):
            start = passed.pop().end
    return Walk(start, anchored, tuple(passed))


def _opens(text: str, at: int, by_end: dict[int, Token]) -> bool:
    """Whether the level word at `at` stands for an area: 县蒙医院, not 各县医院."""
    if at == 0:
        return True
    left = by_end.get(at)
    if left is not None:
        stop, _ = _stoppers()
        return left.word not in {"各", "全", "每", "级", "两", "跨"} and (
            left.word in stop or left.tag in STOP_TAGS
        )
    return not text[at - 1].isdigit() and text[at - 1] not in "各级两）)"


def _names_something(head: Head, walk: Walk, name: str) -> bool:
    """Whether what stands before a head says more than its kind."""
    core = name[: -len(head.word)]
    if not core or core in _generic() or (name in _generic() and not walk.anchored):
        return False
    if walk.anchored or (head.type is EntityType.ORG and _SETTLED.search(core)):
        return True
    if head.needs == "anchor":
        return False
    strange = any(
        not known(token.word)
        or token.tag[:2] in _NAMES
        or (len(token.word) == 1 and token.word not in _PLAIN)
        for token in walk.words
    )
    return strange or (head.needs == "core" and len(core) > 1)


_SETTLED = re.compile(r".(?:村|社区|街道|镇|乡|县|区|市|州)$")
_PLAIN = frozenset("新老大小高低东西南北中前后上下主副总分特")


@cache
def _generic() -> frozenset[str]:
    return words("generic", "phrase")


_OPENING_VERBS = frozenset(("v", "vd", "ad", "d", "z"))
_WHOLE = 6
"""A dictionary word this long that ends in a head is a name itself."""

_TORN = frozenset("好级批型板年等性化类式非们者再更最得地着过")
"""What is left of a word (做|好, 省|级) when a walk ends inside it."""

_CENTRE = re.compile("中心(?:工作|任务|大局|环节|城[区市]|组|地带|位置|[镇村])")
"""Where 中心 is no institution."""

_NAMES = frozenset(("nt", "ns", "nz", "nr", "x"))
"""Tags of names; a head inside another word (谋篇布|局) heads nothing."""


@cache
def _fields() -> frozenset[str]:
    return words("fields", "word")


@cache
def _head_words() -> frozenset[str]:
    return frozenset(head.word for head in heads()[0])


def find_names(skeleton: Skeleton, clean: str) -> list[Mention]:
    """The open names of a text.

    Args:
        skeleton: With areas, bodies and quoted names folded.
        clean: The clean text.
    """
    text = skeleton.text
    rows, finder = heads()
    tokens = tokens_of(text)
    by_end = {token.end: token for token in tokens}
    ends = [token.end for token in tokens]
    out = []
    for index, h0, h1 in finder.find_matches_as_indexes(text):
        head = rows[index]
        holder = tokens[bisect_right(ends, h0)]
        last = holder if holder.end >= h1 else tokens[bisect_right(ends, h1 - 1)]
        rest = text[h1 : last.end]
        if rest and (len(rest) < 2 or not known(rest)):  # noqa: PLR2004  大学|教授, not 局|长
            continue
        if holder.start < h0 and known(holder.word) and holder.tag[:2] not in _NAMES:
            field = head.type is EntityType.ORG and holder.word in _fields()
            whole = len(holder.word) >= _WHOLE
            if holder.word not in _head_words() and not field and not whole:
                continue
        if _CENTRE.match(text, h0):
            continue
        walk = walk_left(text, holder.start, head.type, by_end)
        name = text[walk.start : h1]
        if holder.start < h0:
            inside = Token(text[holder.start : h0], "n", holder.start, h0)
            walk = Walk(walk.start, walk.anchored, (inside, *walk.words))
        if name[0] in _TORN or not _names_something(head, walk, name):
            continue
        start, end = skeleton.span(walk.start, h1)
        out.append(
            Mention(head.type, start, end, clean[start:end], f"names/{head.word}")
        )
    return out
