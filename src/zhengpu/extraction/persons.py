"""Persons, by what stands around their names: posts, appointments, deeds."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import ahocorasick_rs

from zhengpu.extraction.personal_names import (
    HAN,
    PREPOSITIONS,
    is_word,
    may_end,
    name_from,
    surnames,
)
from zhengpu.knowledge.lexicon import alternation, words
from zhengpu.knowledge.rulebook import FOLDABLE, FOLDED
from zhengpu.model import EntityType, Mention
from zhengpu.text.tagging import known

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhengpu.extraction.skeleton import Skeleton


@cache
def _titles() -> ahocorasick_rs.AhoCorasick:
    return ahocorasick_rs.AhoCorasick(
        [*sorted(words("titles", "title")), "代表"],
        matchkind=ahocorasick_rs.MatchKind.LeftmostLongest,
    )


_BEHIND_TITLE = re.compile(rf"[：: ]?(?=[{HAN}])")


_ELECTING = frozenset((FOLDED["ORG"], FOLDED["PLC"], FOLDED["AREA"]))
"""What sends 代表 to a congress: 涛源镇|代表李金凤."""
_ALL_OF = re.compile("(?:全体|广大|各级|各位|所有)[^，。；、\\n]{0,5}\\Z")
"""Before a title that many hold: 全体|委员|辛勤付出."""


def _after_titles(text: str) -> Iterator[int]:
    """Where a name may begin behind a title; 代表 is one behind a body only."""
    for _, start, end in _titles().find_matches_as_indexes(text):
        if _ALL_OF.search(text, max(0, start - 8), start):
            continue
        of_body = text[start - 1 : start] in _ELECTING
        if text[start:end] == "代表" and not of_body:
            continue
        if behind := _BEHIND_TITLE.match(text, end):
            yield behind.end()


DEEDS = (
    "向|在|就|对|率|作为|带领|陪同|同志|主任|出席|主持|强调|指出|讲话|致辞|率队|带队|参加|作了?(?:大会)?发言|作(?:政府|大会)?工作报告|介绍|表示|要求|传达|通报"
    "|宣读|汇报|代表|当选|兼任|荣获|被授予|被评为|撰写|同志|所提|因工作|因年龄|因到龄|因退休|因病|辞去|不再担任|不再兼任|分别(?:带队|率队|领衔|领办|督办|主持|带领|牵头)"
)
"""What follows a person's name at the head of a clause."""


@cache
def _openers() -> str:
    """The first characters of surnames and of the elements of given names."""
    single, double = surnames()
    firsts = {
        word[0] for word in (*single, *double, *words("name_elements", "element"))
    }
    return "".join(sorted(firsts))


_MARKED = "（[男女，、一-龥 ]{1,8}）"
"""What lists of persons add to a name: （女）, （蒙古族）."""
_ASIDE = f"(?:{_MARKED})?"
_MARKED_NAME = re.compile(f"{_MARKED}(?=、)")


_SEAT = "(?:第[一二三四五六七八九十]+届)?[省市县区州旗]?(?:政协委员|人大代表|委员|代表)(?:资格|职务)"
"""What members of a 政协 or deputies lose: 免去王强|委员资格."""

_ADDRESS = "同志|教授|研究员|律师|博士|院士|先生|女士"
"""What a person who is appointed is called: 聘任张伟明|教授|为市政府法律顾问."""

_HONOURED = "荣获|获评|荣膺|荣立|被授予|被评为|当选"
"""Behind a person who is named with a body alone: 县医院|王晓燕荣获."""
_BORN = "(?:同志)?(?:，[男女][，。]|（[男女][，）])"
"""Behind the name that opens a biography."""


@cache
def _contexts() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Rule name and the pattern at whose end a name begins."""
    return (
        (
            "persons/appointed",
            re.compile(
                r"(?:任命|聘任|补选|增补|增选|选举|推选|免去|撤销|终止|接受|同意|批准|提名|推荐|授予)(?:了|：\n?|\n)?"
                rf"(?=[{HAN}·、]{{2,24}}?{_ASIDE}(?:{_ADDRESS})?(?:为|的|任|辞去|担任|因|等|{_SEAT}|[“{FOLDABLE}]))"
            ),
        ),
        (
            "persons/counted",
            re.compile(
                rf"(?<![^\n。，；、！])(?=[{_openers()}])(?=(?:(?!和)[{HAN}·]){{2,6}}(?:[、和](?:(?!和)[{HAN}·]){{2,6}}){{0,9}}?{_COUNTED})"
            ),
        ),
        (
            "persons/of-body",
            re.compile(
                rf"(?<=[{FOLDED['ORG']}院局校学司社所队馆])(?=[{HAN}]{{1,3}}?[^院局校社所站馆队部县市区镇村厂场会](?:{_HONOURED}))"
            ),
        ),
        (
            "persons/deputy",
            re.compile(rf"(?<![^\n。，；])(?:人大)?代表(?=[{HAN}])"),
        ),
        (
            "persons/listed",
            re.compile(
                rf"(?<=[\n；：，、])(?=[{HAN}·、]{{2,24}}?{_ASIDE}(?:同志)?(?:为|的|(?:挂职|挂)?任|辞去|不再|到龄|原任的)[{FOLDABLE}{HAN}，])"
            ),
        ),
        (
            "persons/in-turn",
            re.compile(
                rf"(?:由|接替)(?=[{HAN}·]{{2,4}}?(?:接替|接任|继任|出任|担任)[{HAN}，。；{FOLDABLE}])"
            ),
        ),
        (
            "persons/retired",
            re.compile(
                rf"(?<=[：；。，\n])(?=[{HAN}]{{2,4}}?(?:同志)?(?:退休|到龄|病故|辞职)，)"
            ),
        ),
        (
            "persons/born",
            re.compile(rf"(?:^|(?<=\n))(?=[{HAN}·]{{2,12}}?{_BORN})"),
        ),
        (
            "persons/doing",
            re.compile(
                rf"(?:(?<![^\n。，；！])|(?<=其中))(?=[{_openers()}])"
                rf"(?=[{HAN}·]{{2,12}}?(?:、|{DEEDS}))"
            ),
        ),
    )


_CALLED = re.compile(
    "(?<![\u4e00-\u9fff])(?:[\u4e00-\u9fff]{0,4})(?:(?:退休|机关|老|驻村|青年|年轻|帮扶|挂职)干部|大户|带头人|传承人|老党员|老兵|乡贤|侨胞|校友|理事长)"
    f"(?=[{HAN}]{{2,4}}(?:[，、。]|把|在|向|为|主动|自愿|带头|捐|的|{_HONOURED}|入选|创办|流转))"
)
"""What a person is called who holds no post: 退休干部|邢万里把, 种粮大户|胡德旺，."""


_HONOURED_ALONE = re.compile(
    "(?:干部|干警|民警|辅警|特警|教师|法官|检察官|职工|员工|医生|护士|队员|村民|居民|学生|志愿者|党员)"
    f"(?=(?:[{HAN}]{{2,4}}[、和]){{0,5}}[{HAN}]{{2,4}}(?:{_HONOURED}|(?:担任|挂任|任)[驻第]))"
)
"""What those are called who are honoured or sent: 干警|王雅琴、李明被授予, 干部|张伟任驻村第一书记."""


_ADDRESSED = re.compile(
    "同志|总书记|副?主席|副?书记|院士|教授|先生|女士|省长|市长|县长|区长|州长|主任"
    "|(?:代表|委员)(?!工作[室站]|之家|联络[站室]|会客厅|小组|活动[组室])"
)


def _list_from(text: str, at: int, *, words_too: bool) -> list[tuple[int, int]]:
    """The spans of the names of a list that begins at `at`: 张三、李四和王五."""
    out: list[tuple[int, int]] = []
    while (end := name_from(text, at, words_too=words_too, listed=bool(out))) > at:
        out.append((at, end))
        if aside := _MARKED_NAME.match(text, end):
            end = aside.end()  # 李文杰（女）、|马成武（回族）
        if text[end : end + 1] not in ("、", "和", " "):
            break
        at = end + 1
    return out


_COUNTED = r"(?:等(?:[省市县区州旗]?(?:政协委员|人大代表)|委员|代表)(?=联名|联合|共同|提|围绕|反映|领衔|针对|呼吁|建议|撰写)|等?(?:\d{1,3}|[两三四五六七八九十]{1,3})[余多]?[名位](?:[住在驻][^，。；、]{1,4})?(?:政协|县|市|区|省|州|旗)?(?:委员|人大代表|代表|同志|个人))"
"""What counts the names of a list, or closes it: 张三、李四|等10名委员, |等委员联名."""

_APPOINTS = re.compile(
    "任命|任免|任职|免职|聘任|撤销|终止|免去|补选|增补|增选|选举|推选|接受|同意|提名|授予|批准"
)
_LISTS = ("persons/appointed", "persons/listed")
_CONFIRMED = {
    "persons/counted": re.compile(_COUNTED),
    "persons/of-body": re.compile(_HONOURED),
    "persons/deputy": re.compile(rf"(?:等)?(?:{DEEDS})"),
    "persons/doing": re.compile(rf"(?:等)?(?:{DEEDS})"),
    "persons/born": re.compile(_BORN),
    "persons/in-turn": re.compile("接替|接任|继任|出任|担任"),
    "persons/retired": re.compile("(?:同志)?(?:退休|到龄|病故|辞职)"),
    "persons/listed": re.compile(
        rf"{_ASIDE}(?:同志)?(?:(?:为|的)(?:[{FOLDABLE}]|(?=[^，。；\n]{{0,16}}(?:长|员|任|记|席)(?:职务)?[，。；、\n（]))|(?:(?:挂职|挂)?任|辞去|不再(?=担任|兼任)|原任的)[{FOLDABLE}{HAN}]|到龄，)"
    ),
    "persons/appointed": re.compile(
        rf"(?:等[^，。]{{0,6}})?{_ASIDE}(?:{_ADDRESS})?(?:为|的|任|担任|辞去|因|$|{_SEAT}|[“{FOLDABLE}，。；\n])"
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
            or may_end(left, 0)
            or left in "的了以由请与和及对向让给受经据在使同为是位"
        ):
            return start
    return end


@cache
def _appointed() -> re.Pattern[str]:
    """A name of any form between an appointment and the body: 任命其木格为|旗政府."""
    body = FOLDED["ORG"]
    return re.compile(
        rf"(?:任命|补选|选举|增补|免去|接受)(?P<name>和?(?:(?![的为和因])[{HAN}·]){{2,9}}?)(?:同志)?"
        rf"(?=为{body}|的{body}|辞去{body})"
    )


@cache
def _on_lines() -> re.Pattern[str]:
    """A name of any form that opens a line of a list: 鱼新民|的市农业局局长职务."""
    body = FOLDED["ORG"]
    return re.compile(
        rf"^(?P<name>[{HAN}]{{2,3}}(?={_ASIDE}(?:为|的|任){body})|(?:(?!同志|挂职)[{HAN}·]){{4,8}}(?=任{body}))"
        rf"{_ASIDE}.{body}[^。\n]{{1,60}}(?:；|。)$",
        re.MULTILINE,
    )


@cache
def _lists_on_lines() -> re.Pattern[str]:
    """Names of any form that open a line together: 祁鹏程、脱宝珠|为市法院审判员；."""
    body = FOLDED["ORG"]
    return re.compile(
        rf"^(?P<names>[{HAN}]{{2,3}}(?:、[{HAN}]{{2,3}}){{1,20}})(?=(?:同志)?[为任的]{body})"
        rf"[^。\n]{{1,60}}(?:；|。)$",
        re.MULTILINE,
    )


def _on_its_line(text: str) -> Iterator[tuple[tuple[int, int], str]]:
    """The names that open the lines of rolls and lists of appointments."""
    rows = [
        m.span("name")
        for m in _in_rolls().finditer(text)
        if name_from(text, m.start("name"), words_too=True) == m.end("name")
    ]
    for span in (*rows, *_beside_rows(text, rows)):
        yield span, "persons/in-roll"
    if _APPOINTS.search(text):
        for m in _on_lines().finditer(text):
            yield m.span("name"), "persons/on-its-line"
        for m in _lists_on_lines().finditer(text):
            for name in _BETWEEN_COMMAS.finditer(text, *m.span("names")):
                yield name.span(), "persons/on-its-line"


def _beside_rows(text: str, rows: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Names that open the other lines of a roll, whose posts are no known title.

    So 朴东哲（朝鲜族） 雁鸣湖镇种粮大户 stands between lines that name a post.
    """
    if len(rows) < _FEWEST_ROWS:
        return
    first, last = rows[0][0], rows[-1][1]
    start = text.rfind("\n", 0, text.rfind("\n", 0, first)) + 1
    end = text.find("\n", text.find("\n", last) + 1)
    known_rows = {a for a, _ in rows}
    for m in _ROW.finditer(text, start, end if end > 0 else len(text)):
        at = m.start("name")
        if at not in known_rows and name_from(text, at, words_too=True) == m.end(
            "name"
        ):
            yield m.span("name")


_BETWEEN_COMMAS = re.compile("[^、]+")
_FEWEST_ROWS = 2
_ROW = re.compile(
    rf"^(?:\d{{1,3}}[.．、] ?)?(?P<name>[{HAN}·]{{2,4}})(?:{_MARKED} ?| )(?=[^\n。，；：]{{4,40}}$)",
    re.MULTILINE,
)


@cache
def _in_rolls() -> re.Pattern[str]:
    """A name that opens a line of a roll, its post behind: 汤敏之 （女）|市一中教师."""
    post = (
        f"(?:[{FOLDABLE}]|[{HAN}{FOLDABLE}]{{2,24}}?){alternation('titles', 'title')}"
    )
    return re.compile(
        rf"^(?:\d{{1,3}}[.．、] ?)?(?P<name>[{HAN}·]{{2,9}}?)(?:{_MARKED} ?| )(?={post}(?:[，、\n（]|$))",
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
                if sure or not is_word(text[slice(*span)]):
                    yield span, rule


@cache
def _acting() -> re.Pattern[str]:
    """A name behind a title that a person's deed follows: 县长|项维新|领办."""
    single, _ = surnames()
    certain = "".join(sorted(single - set(PREPOSITIONS)))
    return re.compile(
        rf"[{certain}](?!{_PRONOUNS})[{HAN}]{{1,2}}(?=领办|领衔|督办|批示|率队|带队|主持|出席|到会|致辞|强调|指出)"
    )


_PRONOUNS = "代表|委员|同志|主席|书记|会议|主动|亲自|分别|共同|现场|牵头|部署"


_PROPOSING = re.compile(f"[{HAN}·]{{2,8}}?(?=的提请|的提名|的提议|列席会议|主持会议)")
"""A name of any form behind a title: 市长|包图雅|的提请."""
_AUTHOR = re.compile(f"[{HAN}·]{{3,8}}?(?=(?:领衔)?(?:提出|提交)的)")
"""The same of who wrote a proposal: 党支部书记|额尔德尼|提出的."""


def _is_strange(name: str) -> bool:
    """Whether few pairs of a name's characters are words: 额尔德尼, but not 分组审议."""
    pairs = [name[at : at + 2] for at in range(len(name) - 1)]
    return sum(map(known, pairs)) * 3 <= len(pairs)


def _of_any_form(text: str, at: int) -> tuple[int, int] | None:
    """The name of any form that begins behind a title, by what follows it."""
    proposing = _PROPOSING.match(text, at)
    if proposing and not is_word(proposing[0]):
        return proposing.span()
    author = _AUTHOR.match(text, at)
    return author.span() if author and _is_strange(author[0]) else None


def _called(text: str) -> Iterator[tuple[tuple[int, int], str]]:
    """The names of those who hold no post: 种粮大户|胡德旺，."""
    for m in (*_CALLED.finditer(text), *_HONOURED_ALONE.finditer(text)):
        for start, end in _list_from(text, m.end(), words_too=False):
            if not is_word(text[start:end]):
                yield (start, end), "persons/called"


def _named(text: str) -> Iterator[tuple[tuple[int, int], str]]:
    """The spans of all names, each with its rule."""
    for at in _after_titles(text):
        if named := _of_any_form(text, at):
            yield named, "persons/proposing"
            continue
        listed = _list_from(text, at, words_too=False)
        acting = None if listed else _acting().match(text, at)
        if acting and not known(text[at : at + 2]):  # 书记|常态督办
            listed = [acting.span()]
        for span in listed:
            yield span, "persons/after-title"
    yield from _in_contexts(text)
    yield from _called(text)
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
