"""Personal names: where one ends that begins at a place in a text.

Chinese names are a surname and one or two characters more, and what follows them
may begin with a character that ends a name, too. Names of other peoples are told by
their dots or their elements.
"""

from __future__ import annotations

import re
from functools import cache

from zhengpu.extraction.stopping import unknown_verbs
from zhengpu.knowledge.lexicon import alternation, table, words
from zhengpu.knowledge.rulebook import FOLDABLE, FOLDED
from zhengpu.text.tagging import known, tag_of
from zhengpu.text.words import cutter

HAN = "一-鿿㐀-䶿"
_MINORITY = re.compile(
    rf"(?:(?!任命|免去|接受|补选)[{HAN}]){{1,6}}"
    rf"(?:·(?:(?!为|的|任|担任|辞去|同志|所|等|在|向|和|作|因|率)[{HAN}]){{1,6}})+"
)
_LONGEST_MINORITY = 6


@cache
def _transliterated() -> re.Pattern[str]:
    """Mongolian, Tibetan and Turkic names written without a dot: 公保|扎西, 乌云|高娃."""
    element = alternation("name_elements", "element")
    return re.compile(
        rf"(?P<first>[{HAN}]{{1,2}}?)??{element}{{1,3}}(?:[措姆]|[那娜](?![里样么个些]))?"
    )


NEVER_GIVEN = frozenset(
    "和与等的为在任了是及因并向对到将被把就也都或由从同于之其者们其该作率赴受所摄两各陪、"
)
"""Characters that no given name holds, or that end a name far more often."""
PREPOSITIONS = "向和对于与同从由经任时过将应能会在都全主公"
"""Surnames that far more often open other words before a deed: 向大会|强调."""


@cache
def surnames() -> tuple[frozenset[str], frozenset[str]]:
    """Surnames of one and of two characters."""
    every = words("surnames", "surname")
    return (
        frozenset(s for s in every if len(s) == 1),
        frozenset(s for s in every if len(s) > 1),
    )


@cache
def _doubtful() -> frozenset[str]:
    """Surnames that are everyday words, too."""
    return frozenset(
        row["surname"] for row in table("surnames") if row["rank"] == "rare"
    )


def may_end(text: str, at: int) -> bool:
    """Whether a name may end before `at`: no Han character or a fold follows."""
    return at >= len(text) or not "一" <= text[at] <= "鿿" or text[at] in FOLDABLE


def is_word(word: str) -> bool:
    """Whether it is an everyday word, not a name."""
    if word in words("generic", "phrase"):
        return True  # 文明, 智慧: jieba tags them as names
    return known(word) and not tag_of(word).startswith("nr")


def name_from(
    text: str, at: int, *, words_too: bool = False, listed: bool = False
) -> int:
    """The end of the personal name that begins at `at`, or `at` if none does.

    Args:
        text: Skeleton text.
        at: Where a name is expected.
        words_too: Whether names that are everyday words (文静) count.
        listed: Whether other names stand before it, so that it may be made of
            everyday words (原|永生).
    """
    dotted = "·" in text[at : at + _LONGEST_MINORITY + 1]
    if dotted and (minority := _MINORITY.match(text, at)):
        titled = text.startswith(tuple(words("titles", "title")), at)
        return at if titled else _dotted_end(text, minority)
    minority = _transliterated().match(text, at)
    if minority and len(minority[0]) <= _LONGEST_MINORITY:
        first = minority["first"] or ""
        post = first in words("titles", "title")
        return at if post or known(first) else minority.end()
    size = _surname_size(text, at)
    short, long = at + size + 1, at + size + 2
    if _is_given(text, at, size):
        told = long
    elif not size or _is_no_name(text, at, size, listed=words_too or listed):
        return at
    else:
        told = _told_by_verb(text, size, short)
    if told:
        return told
    for end in (short, long):
        if may_end(text, end) or text[end] in NEVER_GIVEN:
            word = size == 1 and not words_too and is_word(text[at:end])
            return at if word else end
    return _cut(text, at, short, long)


def _is_given(text: str, at: int, size: int) -> bool:
    """Whether a given name follows that elsewhere are words: 李|向东带领."""
    given = text[at + size : at + size + 2] in words("given_names", "given")
    return given and size > 0 and text[at] not in PREPOSITIONS


def _dotted_end(text: str, name: re.Match[str]) -> int:
    """Where the last part of a dotted name ends, before a word that is none.

    An element of names ends it (尼亚孜|创办), else the first word that has a meaning
    of its own (热西|提到).
    """
    last = text.rfind("·", name.start(), name.end()) + 1
    part = text[last : name.end()]
    element = _transliterated().match(part)
    if element and not element["first"]:
        return last + element.end()
    end = last
    for word in cutter()(part, True):
        if end > last + 1 and len(word) > 1 and is_word(word):
            return end
        end += len(word)
    return end


_LEADS = re.compile(
    "牵头|带队|率队|带领|领衔|领题|领办|督办|主持|出席|列席|参加|应邀|到会|陪同|强调|指出|要求|表示"
    r"|等\d{1,3}[名位人]|当场|当即|专程|现场|亲自|会见"
)
"""What follows a person, so that 和 or 之 before it belongs to the name."""
_LEAVES = re.compile("辞去|担任|不再|同志")
"""The same of a person's posts: 田家和|辞去."""
_MARKS = frozenset("、，。；（ \n")
"""No word goes on behind these, so that the same holds."""


def _told_by_verb(text: str, size: int, short: int) -> int:
    """Where a name ends that a verb follows whose first character might belong to it."""
    if text[short : short + 1] in ("和", "之") and (
        text[short + 1 : short + 2] in _MARKS
        or _LEADS.match(text, short + 1)
        or _LEAVES.match(text, short + 1)
        or (text[short] == "之" and tag_of(text[short + 1 : short + 3])[0] in "vdb")
    ):
        return short + 1  # 田家和|牵头, 苏敬之|（女）, 罗敬之|走访
    if text[short : short + 1] in _COMES and text[short + 1 : short + 2] in _PLACES:
        return short  # 李军|来代县
    if text.startswith(_SPEAKS, short + 1):
        return short + 1  # 邓有福|说，
    won = text[short : short + 1] == "获" and _WON.match(text, short + 1)
    if won or text.startswith(_TAKES_OFFICE, short):
        return short  # 高峰|获“先进个人”称号, 李芳|兼任
    if size > 1 and _GOES_ON.match(text, short):
        return short  # 慕容霞|先后
    return 0


_SPEAKS = ("说，", "说：", "介绍，", "介绍：", "告诉")
_TAKES_OFFICE = ("担任", "兼任", "出任", "就任", "接任", "调任", "转任", "历任")
_COMES = frozenset("来赴到")
_PLACES = frozenset((FOLDED["PLC"], FOLDED["AREA"], FOLDED["HERE"]))
_WON = re.compile(f"[“{FOLDABLE}得评奖批颁省市全]")
"""What is won, behind a verb that might end a name."""
_GOES_ON = re.compile("先后|分别|一行|同志|率队|带队|率领|出席|主持|主动|主要")
"""Words behind a name whose first character might end a name, too."""


def _surname_size(text: str, at: int) -> int:
    """How many characters the surname at a place has; 0 where none stands."""
    single, double = surnames()
    if text[at : at + 2] in double:
        return 2
    return int(text[at : at + 1] in single and text[at] != "和")


def _is_no_name(text: str, at: int, size: int, *, listed: bool = False) -> bool:
    """Whether everyday words begin where a surname seems to.

    Args:
        text: Skeleton text.
        at: Where the surname begins.
        size: Its characters.
        listed: Whether it stands in a list of names: 原|永生，.
    """
    if text.startswith("同志任", max(0, at - 2)):
        return True
    given = text[at + size : at + size + 2]
    posted = (listed or given[:1] == "同") and _POSTED.match(text, at + size + 2)
    ended = not given or may_end(text, at + size)
    if ended or (given[0] in NEVER_GIVEN and not posted):
        return True
    if text[at : at + size + 1] in words("stoppers", "word"):
        return True
    if _goes_to_a_place(text, at, given):
        return True
    behind = at + size + 2
    bounded = may_end(text, behind) or text[behind] in NEVER_GIVEN
    acting = text[at] not in PREPOSITIONS and _LEADS.match(text, behind)
    alone = not ((listed and bounded) or acting)  # 权立新|应邀到会
    if text[at] in _doubtful() and alone and is_word(given):
        return True
    first = cutter()(text[at : at + 8], False)[0]
    return len(first) > 2 and is_word(first)  # noqa: PLR2004  高水平, not 徐海|平


_POSTED = re.compile(f"(?:同志)?(?:[任为][{FOLDABLE}]|任副?组长)")
"""Behind a name that holds a character of few names: 王作栋|任市统计局, 黄同辉|任副组长."""


def _goes_to_a_place(text: str, at: int, given: str) -> bool:
    """Whether it says whither: 总书记|来闽考察, 组织委员|向花马池镇捐赠."""
    if text[at] == "来":
        return given[0] in words("area_abbreviations", "char")
    return text[at] == "向" and _TOWARDS.match(text, at) is not None


_TOWARDS = re.compile(
    "向[^，。；、]{1,8}?(?:镇|乡|村|县|区|街道|社区|学校|小学|中学|医院)(?![长委])"
)
"""Before a place 向 is no surname."""


def _is_known(word: str) -> bool:
    """Whether a dictionary has a word: the cutter's, or that of verbs (捧回)."""
    return known(word) or word in unknown_verbs()


def _cut(text: str, at: int, short: int, long: int) -> int:
    """Where a name ends that other words follow at once.

    The words behind it tell: 陈立冬|批示, 张宏|倾心.
    """
    after_short = _is_known(text[short : short + 2])
    after_long = _is_known(text[long : long + 2]) or text[long + 1 : long + 2] == "着"
    if is_word(text[at:short]):
        return long if after_long and not after_short else at
    if after_short != after_long:
        return short if after_short else long
    return short if len(cutter()(text[at : at + 8], True)[0]) == short - at else long
