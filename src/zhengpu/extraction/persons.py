"""Persons, by what stands around their names: posts, appointments, deeds."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import ahocorasick_rs

from zhengpu.knowledge.lexicon import alternation, table, words
from zhengpu.knowledge.rulebook import FOLDABLE, FOLDED
from zhengpu.model import EntityType, Mention
from zhengpu.text.tagging import known, tag_of
from zhengpu.text.words import cutter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhengpu.extraction.skeleton import Skeleton

_HAN = "一-鿿㐀-䶿"
_MINORITY = re.compile(
    rf"(?:(?!任命|免去|接受|补选)[{_HAN}]){{1,6}}"
    rf"(?:·(?:(?!为|的|任|担任|辞去|同志|所|等|在|向|和|作|因|率)[{_HAN}]){{1,6}})+"
)
_LONGEST_MINORITY = 6


@cache
def _transliterated() -> re.Pattern[str]:
    """Mongolian, Tibetan and Turkic names written without a dot: 公保|扎西, 乌云|高娃."""
    element = alternation("name_elements", "element")
    return re.compile(rf"(?P<first>[{_HAN}]{{1,2}}?)??{element}{{1,3}}")


NEVER_GIVEN = frozenset(
    "和与等的为在任了是及并向对到将被把就也都或由从同于之其者们其该作率赴受所摄两、"
)
"""Characters that no given name holds, or that end a name far more often."""


@cache
def _surnames() -> tuple[frozenset[str], frozenset[str]]:
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


def _ends(text: str, at: int) -> bool:
    """Whether a name may end before `at`: no Han character or a fold follows."""
    return at >= len(text) or not "一" <= text[at] <= "鿿" or text[at] in FOLDABLE


def _is_word(word: str) -> bool:
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
        return minority.end()
    minority = _transliterated().match(text, at)
    if minority and len(minority[0]) <= _LONGEST_MINORITY:
        first = minority["first"] or ""
        post = first in words("titles", "title")
        return at if post or known(first) else minority.end()
    size = _surname_size(text, at)
    short, long = at + size + 1, at + size + 2
    if not size or _is_no_name(text, at, size, listed=words_too or listed):
        return at
    if told := _told_by_verb(text, size, short):
        return told
    for end in (short, long):
        if _ends(text, end) or text[end] in NEVER_GIVEN:
            word = size == 1 and not words_too and _is_word(text[at:end])
            return at if word else end
    return _cut(text, at, short, long)


_LEADS = re.compile(
    "牵头|带队|率队|带领|领衔|督办|主持|出席|列席|参加|应邀|到会|陪同|强调|指出|要求|表示"
    r"|等\d{1,3}[名位人]"
)
"""What follows a person, so that 和 or 之 before it belongs to the name."""
_MARKS = frozenset("、，。；（ \n")
"""No word goes on behind these, so that the same holds."""


def _told_by_verb(text: str, size: int, short: int) -> int:
    """Where a name ends that a verb follows whose first character might belong to it."""
    if text[short : short + 1] in ("和", "之") and (
        text[short + 1 : short + 2] in _MARKS or _LEADS.match(text, short + 1)
    ):
        return short + 1  # 田家和|牵头, 苏敬之|（女）
    if size > 1 and _GOES_ON.match(text, short):
        return short  # 慕容霞|先后
    return 0


_GOES_ON = re.compile("先后|分别|一行|同志|率队|带队|率领|出席|主持|主动|主要")
"""Words behind a name whose first character might end a name, too."""


def _surname_size(text: str, at: int) -> int:
    """How many characters the surname at a place has; 0 where none stands."""
    single, double = _surnames()
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
    if not given or _ends(text, at + size) or given[0] in NEVER_GIVEN:
        return True
    if text[at : at + size + 1] in words("stoppers", "word"):
        return True
    if text[at] == "来" and given[0] in words("area_abbreviations", "char"):
        return True  # 总书记|来闽考察
    behind = at + size + 2
    bounded = _ends(text, behind) or text[behind] in NEVER_GIVEN
    acting = text[at] not in _PREPOSITIONS and _LEADS.match(text, behind)
    alone = not ((listed and bounded) or acting)  # 权立新|应邀到会
    if text[at] in _doubtful() and alone and _is_word(given):
        return True
    first = cutter()(text[at : at + 8], False)[0]
    return len(first) > 2 and _is_word(first)  # noqa: PLR2004  高水平, not 徐海|平


def _cut(text: str, at: int, short: int, long: int) -> int:
    """Where a name ends that other words follow at once.

    The words behind it tell: 陈立冬|批示, 张宏|倾心.
    """
    after_short = known(text[short : short + 2])
    after_long = known(text[long : long + 2])
    if _is_word(text[at:short]):
        return long if after_long and not after_short else at
    if after_short != after_long:
        return short if after_short else long
    return short if len(cutter()(text[at : at + 8], True)[0]) == short - at else long


@cache
def _titles() -> ahocorasick_rs.AhoCorasick:
    return ahocorasick_rs.AhoCorasick(
        [*sorted(words("titles", "title")), "代表"],
        matchkind=ahocorasick_rs.MatchKind.LeftmostLongest,
    )


_BEHIND_TITLE = re.compile(rf"[：: ]?(?=[{_HAN}])")


def _after_titles(text: str) -> Iterator[int]:
    """Where a name may begin behind a title; 代表 is one behind a body only."""
    for _, start, end in _titles().find_matches_as_indexes(text):
        of_body = text[start - 1 : start] == FOLDED["ORG"]
        if text[start:end] == "代表" and not of_body:
            continue
        if behind := _BEHIND_TITLE.match(text, end):
            yield behind.end()


DEEDS = (
    "向|在|就|对|率|带领|陪同|同志|主任|出席|主持|强调|指出|讲话|致辞|率队|带队|参加|作了?(?:大会)?发言|介绍|表示|要求|传达|通报"
    "|宣读|汇报|代表|当选|兼任|荣获|被授予|被评为|撰写|同志|所提"
)
"""What follows a person's name at the head of a clause."""


@cache
def _openers() -> str:
    """The first characters of surnames and of the elements of given names."""
    single, double = _surnames()
    firsts = {
        word[0] for word in (*single, *double, *words("name_elements", "element"))
    }
    return "".join(sorted(firsts))


_MARKED = "（[男女，、一-龥 ]{1,8}）"
"""What lists of persons add to a name: （女）, （蒙古族）."""
_ASIDE = f"(?:{_MARKED})?"


_BORN = "(?:同志)?(?:，[男女][，。]|（[男女][，）])"
"""Behind the name that opens a biography."""


@cache
def _contexts() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Rule name and the pattern at whose end a name begins."""
    return (
        (
            "persons/appointed",
            re.compile(
                r"(?:任命|补选|增补|增选|选举|推选|免去|撤销|接受|同意|批准|提名|推荐|授予)(?:了|：\n?|\n)?"
                rf"(?=[{_HAN}·、]{{2,24}}?{_ASIDE}(?:同志)?(?:为|的|任|辞去|担任|因|等|“))"
            ),
        ),
        (
            "persons/counted",
            re.compile(
                rf"(?<![^\n。，；、！])(?=[{_openers()}])(?=(?:(?!和)[{_HAN}·]){{2,6}}(?:[、和](?:(?!和)[{_HAN}·]){{2,6}}){{0,9}}?{_COUNTED})"
            ),
        ),
        (
            "persons/deputy",
            re.compile(rf"(?<![^\n。，；])(?:人大)?代表(?=[{_HAN}])"),
        ),
        (
            "persons/listed",
            re.compile(
                rf"(?<=[\n；：，、])(?=[{_HAN}·、]{{2,24}}?{_ASIDE}(?:同志)?(?:为|的|任|辞去|不再)[{FOLDABLE}{_HAN}])"
            ),
        ),
        (
            "persons/born",
            re.compile(rf"(?:^|(?<=\n))(?=[{_HAN}·]{{2,12}}?{_BORN})"),
        ),
        (
            "persons/doing",
            re.compile(
                rf"(?<![^\n。，；！])(?=[{_openers()}])"
                rf"(?=[{_HAN}·]{{2,12}}?(?:、|{DEEDS}))"
            ),
        ),
    )


_ADDRESSED = re.compile(
    "同志|总书记|主席|书记|院士|教授|先生|女士|省长|市长|县长|区长|州长|主任|代表|委员"
)


def _list_from(text: str, at: int, *, words_too: bool) -> list[tuple[int, int]]:
    """The spans of the names of a list that begins at `at`: 张三、李四和王五."""
    out: list[tuple[int, int]] = []
    while (end := name_from(text, at, words_too=words_too, listed=bool(out))) > at:
        out.append((at, end))
        if text[end : end + 1] not in ("、", "和", " "):
            break
        at = end + 1
    return out


_COUNTED = r"等?(?:\d{1,3}|[两三四五六七八九十]{1,3})[余多]?[名位](?:[住在驻][^，。；、]{1,4})?(?:政协|县|市|区|省|州|旗)?(?:委员|人大代表|代表|同志)"
"""What counts the names of a list: 张三、李四等|10名委员."""

_APPOINTS = re.compile(
    "任命|撤销|免去|补选|增补|增选|选举|推选|接受|同意|提名|授予|批准"
)
_LISTS = ("persons/appointed", "persons/listed")
_CONFIRMED = {
    "persons/counted": re.compile(_COUNTED),
    "persons/deputy": re.compile(rf"(?:等)?(?:{DEEDS})"),
    "persons/doing": re.compile(rf"(?:等)?(?:{DEEDS})"),
    "persons/born": re.compile(_BORN),
    "persons/listed": re.compile(
        rf"{_ASIDE}(?:同志)?(?:(?:为|的)(?:[{FOLDABLE}]|(?=[^，。；\n]{{0,16}}(?:长|员|任|记|席)(?:职务)?[，。；、\n（]))|(?:任|辞去|不再(?=担任|兼任))[{FOLDABLE}{_HAN}])"
    ),
    "persons/appointed": re.compile(
        rf"(?:等[^，。]{{0,6}})?{_ASIDE}(?:同志)?(?:为|的|任|担任|辞去|因|$|[，。；\n])"
    ),
}
"""What must follow the last name of a list, by rule."""


def _before(text: str, end: int) -> int:
    """The start of the name that ends at `end`, or `end` if none does."""
    for size in (3, 2, 4):
        start = end - size
        if start < 0 or name_from(text[:end], start) != end:
            continue
        left = text[start - 1 : start]
        if (
            not left
            or _ends(left, 0)
            or left in "的以由请与和及对向让给受经据在使同为是位"
        ):
            return start
    return end


@cache
def _appointed() -> re.Pattern[str]:
    """A name of any form between an appointment and the body: 任命其木格为|旗政府."""
    body = FOLDED["ORG"]
    return re.compile(
        rf"(?:任命|补选|免去|接受)(?P<name>(?:(?![的为和因])[{_HAN}·]){{2,9}}?)(?:同志)?"
        rf"(?=为{body}|的{body}|辞去{body})"
    )


@cache
def _on_lines() -> re.Pattern[str]:
    """A name of any form that opens a line of a list: 鱼新民|的市农业局局长职务."""
    body = FOLDED["ORG"]
    return re.compile(
        rf"^(?P<name>[{_HAN}]{{2,3}}){_ASIDE}(?:为|的){body}[^。\n]{{1,60}}(?:；|。)$",
        re.MULTILINE,
    )


def _on_its_line(text: str) -> Iterator[tuple[tuple[int, int], str]]:
    """The names that open the lines of rolls and lists of appointments."""
    for m in _in_rolls().finditer(text):
        if name_from(text, m.start(), words_too=True) == m.end("name"):
            yield m.span("name"), "persons/in-roll"
    if _APPOINTS.search(text):
        for m in _on_lines().finditer(text):
            yield m.span("name"), "persons/on-its-line"


@cache
def _in_rolls() -> re.Pattern[str]:
    """A name that opens a line of a roll, its post behind: 汤敏之 （女）|市一中教师."""
    post = f"[{_HAN}{FOLDABLE}]{{2,24}}?{alternation('titles', 'title')}"
    return re.compile(
        rf"^(?P<name>[{_HAN}·]{{2,9}}?)(?:{_MARKED} ?| )(?={post}(?:[，、\n（]|$))",
        re.MULTILINE,
    )


def _in_contexts(text: str) -> Iterator[tuple[tuple[int, int], str]]:
    """The names that stand where the words before and behind call for one."""
    appoints = _APPOINTS.search(text) is not None
    for rule, pattern in _contexts():
        if rule in _LISTS and not appoints:
            continue
        for m in pattern.finditer(text):
            spans = _list_from(text, m.end(), words_too=rule in _LISTS)
            confirmed = spans and _CONFIRMED[rule].match(text, spans[-1][1])
            if not confirmed:
                continue
            sure = confirmed[0][-1:] in FOLDED.values()
            for span in spans:
                if sure or not _is_word(text[slice(*span)]):
                    yield span, rule


@cache
def _acting() -> re.Pattern[str]:
    """A name behind a title that a person's deed follows: 县长|项维新|领办."""
    single, _ = _surnames()
    surnames = "".join(sorted(single - set(_PREPOSITIONS)))
    return re.compile(
        rf"[{surnames}](?!{_PRONOUNS})[{_HAN}]{{1,2}}(?=领办|领衔|督办|批示|率队|带队|主持|出席|到会|致辞|强调|指出)"
    )


_PREPOSITIONS = "向和对于与同从由经任时过将应能会在都全主公"
_PRONOUNS = "代表|委员|同志|主席|书记|会议|主动|亲自|分别|共同|现场|牵头|部署"


def _named(text: str) -> Iterator[tuple[tuple[int, int], str]]:
    """The spans of all names, each with its rule."""
    for at in _after_titles(text):
        listed = _list_from(text, at, words_too=False)
        acting = None if listed else _acting().match(text, at)
        if acting and not known(text[at : at + 2]):  # 书记|常态督办
            listed = [acting.span()]
        for span in listed:
            yield span, "persons/after-title"
    yield from _in_contexts(text)
    for m in _ADDRESSED.finditer(text):
        if text[m.start() - 1 : m.start()] in FOLDABLE:
            continue
        if (start := _before(text, m.start())) < m.start():
            yield (start, m.start()), "persons/addressed"
    for m in _appointed().finditer(text):
        yield m.span("name"), "persons/any-appointed"
    yield from _on_its_line(text)


def find_persons(skeleton: Skeleton, clean: str) -> list[Mention]:
    """The persons that a text names.

    Args:
        skeleton: With areas and bodies folded.
        clean: The clean text.
    """
    found: dict[tuple[int, int], str] = {}
    for span, rule in _named(skeleton.text):
        found.setdefault(span, rule)
    out = []
    for (start, end), rule in sorted(found.items()):
        a, b = skeleton.span(start, end)
        out.append(Mention(EntityType.PER, a, b, clean[a:b], rule))
    return out
