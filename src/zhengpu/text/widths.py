"""Widths and spaces: one way to write each mark, number and letter.

Every function here keeps the number of characters, or names the spans to
remove; nothing is inserted. Characters change only as the tables `WIDTHS` and
`MARKS` say (no NFKC: it would turn ① into 1 and ㎡ into m2).
"""

from __future__ import annotations

import re
import unicodedata

from zhengpu.knowledge.lexicon import words

_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"

_RADICALS = dict(
    zip(
        "⺜⺝⺟⺠⺧⺩⺶⺼⻄⻅⻆⻉⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
        "日月母民牛王羊肉西见角贝车長长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
        strict=True,
    )
) | {
    chr(code): unicodedata.normalize("NFKC", chr(code))
    for code in range(0x2F00, 0x2FD6)
}
"""PDF files name characters by the radicals that look the same: ⺠ for 民."""

WIDTHS = {
    **_RADICALS,
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF10, 0xFF1A)},  # ０-９
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF21, 0xFF3B)},  # Ａ-Ｚ
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF41, 0xFF5B)},  # ａ-ｚ
    **dict(zip("％＋－．", "%+-.", strict=True)),
    **dict.fromkeys("•・‧･∙⋅", "·"),
    **dict(zip("「」『』﹁﹂﹃﹄", "“”‘’“”‘’", strict=True)),
    **dict.fromkeys("\u00a0\u1680\u3000\u202f\u205f", " "),
    **{chr(code): " " for code in range(0x2000, 0x200B)},
    **dict.fromkeys("\u000b\u000c\u0085\u2028\u2029", "\n"),
}
"""Written thus whatever stands beside it."""

MARKS = dict(zip(",;:?!()", "，；：？！（）", strict=True))
"""Written full-width beside Han characters."""

_UNIFIED = re.compile(f"[{''.join(map(re.escape, WIDTHS))}]|\r(?!\n)")
_ROW = re.compile(r"^[ \t]*\|[^\n]*\|[ \t]*$", re.MULTILINE)

_QUOTED = re.compile(r'^[^"\n]*"[^\n]*$', re.MULTILINE)
_BRACKETS = re.compile(r"\([^()\n]{0,300}\)")
_MARKS = re.compile(r"[,;:?!()]+")
_SPACES = re.compile(r"[ \t]+")
_IS_HAN = re.compile(f"[{_HAN}]")
_AFTER_NUMBER = re.compile(rf" ?[{_HAN}%.]")
_CHINESE = re.compile(f"[{_HAN}“”‘’《》〈〉【】〔〕（）、。…—·]")


def unify(text: str) -> str:
    """The text with letters, digits, quotes, dots and spaces in one width.

    Old line ends become newlines, and a table row's inner bars tabs.

    >>> unify("２０２４年「三农」　９５％")
    '2024年“三农” 95%'
    """
    text = _UNIFIED.sub(lambda found: WIDTHS.get(found[0], "\n"), text)
    if "|" in text:
        text = _ROW.sub(_tabbed, text)
    return text


def _tabbed(row: re.Match[str]) -> str:
    line = row[0]
    first, last = line.index("|") + 1, line.rindex("|")
    return line[:first] + line[first:last].replace("|", "\t") + line[last:]


def punctuate(text: str) -> str:
    """The text with Chinese marks beside Chinese characters.

    Numbers (1,234), times (10:30) and addresses keep theirs. Straight quotation
    marks become pairs where a paragraph has an even number of them.

    >>> punctuate('县政协"金点子"活动(三期),共1,234人;')
    '县政协“金点子”活动（三期），共1,234人；'
    """
    if '"' in text:
        text = _QUOTED.sub(_paired, text)
    if "(" in text:
        text = _BRACKETS.sub(_bracketed, text)
    return _MARKS.sub(_full_width, text)


def _paired(paragraph: re.Match[str]) -> str:
    line = paragraph[0]
    pieces = line.split('"')
    if len(pieces) % 2 == 0 or not _CHINESE.search(line):
        return line
    marks = ["“", "”"] * (len(pieces) // 2)
    return "".join(
        piece + mark for piece, mark in zip(pieces, [*marks, ""], strict=True)
    )


def _bracketed(found: re.Match[str]) -> str:
    if _stands_in_chinese(found) or _CHINESE.search(found[0]):
        return f"（{found[0][1:-1]}）"
    return found[0]


def _full_width(found: re.Match[str]) -> str:
    marks = found[0]
    text, start = found.string, found.start()
    if _stands_in_chinese(found) or (marks == "," and text[start - 1 : start] == "%"):
        return "".join(MARKS.get(mark, mark) for mark in marks)
    return marks


def _stands_in_chinese(found: re.Match[str]) -> bool:
    """Whether a Chinese character stands before or behind, or behind a space."""
    text, start, end = found.string, found.start(), found.end()
    before = text[start - 1] if start else "\n"
    after = text[end] if end < len(text) else "\n"
    if before == " " and start > 1:
        before = text[start - 2]
    if after == " " and end + 1 < len(text):
        after = text[end + 1]
    return bool(_CHINESE.match(before) or _CHINESE.match(after))


def spaces(text: str) -> list[tuple[int, int]]:
    """The spaces that only fill: those beside Chinese marks, digits and padding.

    One space stays between Han characters (a list of names) and between words
    in Latin letters; a tab stays where it parts the cells of a table.

    >>> text = "2024 年 12 月，主任 刘 晨 出席 AI 大会"
    >>> "".join(text[i] for i in range(len(text)) if (i, i + 1) not in spaces(text))
    '2024年12月，主任 刘晨 出席AI大会'
    """
    found = [space.span() for space in _SPACES.finditer(text)]
    inner = _inner_spaces(text, found) | _grouping(text)
    cuts = []
    for start, end in found:
        before = text[start - 1] if start else "\n"
        after = text[end] if end < len(text) else "\n"
        tab = text.find("\t", start, end)
        padded = _pads_name(text, start, end)
        if start in inner or padded or _needless(before, after, tab >= 0):
            cuts.append((start, end))
        elif tab >= 0:
            cuts += [(a, b) for a, b in ((start, tab), (tab + 1, end)) if a < b]
        elif end - start > 1:
            cuts.append((start + 1, end))
    return cuts


_GROUPED = re.compile(
    r"(?<=[\u4e00-\u9fff])\d{1,3}(?: \d{3})+(?=[余多]?(?:[\u4e00-\u9fff]|%))(?!年)"
)
"""A figure in groups of three (GB/T 15835): 资金2 300万元; no cells of a table."""
_TORN = re.compile(r"(?<=[，。；：、“（][\u4e00-\u9fff]) (?=[\u4e00-\u9fff]{2})")
"""Behind the first character of a clause, which is no word alone: ，省 政协."""

_STRAY = re.compile(
    r"(?<=[，。；：、！？,;:])[^，。；：！？,;:()（）\s]{5,40}(?<![电讯])( )"
    r"(?=[\u4e00-\u9fff][^，。；：！？,;:()（）\s]{0,40}[，。；,;])"
)
"""The one space within a clause of running text: …常务委员 会，, 为旗 政协副主席，."""


def _grouping(text: str) -> set[int]:
    """Where single spaces only group digits, or tear the first word of a clause.

    >>> sorted(_grouping("争取资金2 300万元，省 政协1 260个"))
    [5, 13, 17]
    """
    grouped = {
        at
        for figure in _GROUPED.finditer(text)
        for at in range(*figure.span())
        if text[at] == " "
    }
    torn = {space.start() for space in _TORN.finditer(text)}
    return grouped | torn | {found.start(1) for found in _STRAY.finditer(text)}


_BEFORE_NAME = re.compile(
    r"(?:[长任记席员授命去受选举聘荐补的和为师士手官]|[^\u4e00-\u9fff])?\Z"
)


def _pads_name(text: str, start: int, end: int) -> bool:
    """Whether spaces make a name of two characters as wide as one of three.

    So it stands in lists of posts, also with words right behind it: a surname,
    the space, one character: `；刘　晨为…局局长`, `接受吴　敏辞去`.

    >>> _pads_name("免去周 平的职务", 3, 4), _pads_name("县委书记 主持会议", 4, 5)
    (True, False)
    """
    if start < 1 or end >= len(text) or not _IS_HAN.match(text[end]):
        return False
    if text[start - 1] not in words("surnames", "surname"):
        return False
    before = text[max(0, start - 2) : start - 1]
    return not before or _BEFORE_NAME.match(before) is not None


def _needless(before: str, after: str, tab: bool) -> bool:
    """Whether the spaces between two characters part nothing."""
    if before == "\n" or after == "\n":
        return True
    if tab or (_IS_HAN.match(before) and _IS_HAN.match(after)):
        return False
    return (
        bool(_CHINESE.match(before) or _CHINESE.match(after))
        or before in "，；：？！"
        or after in "，；：？！%"
        or (after == "." and before.isdigit())
    )


def _inner_spaces(text: str, found: list[tuple[int, int]]) -> set[int]:
    """Where spaces stand inside a name, title or number set wide.

    >>> sorted(_inner_spaces("主任 刘 晨 王 磊", [(2, 3), (4, 5), (6, 7), (8, 9)]))
    [4, 8]
    """
    inner: set[int] = set()
    chain: list[tuple[int, int]] = []
    for start, end in found:
        if chain and start != chain[-1][1] + 1:
            inner.update(_wide(text, chain))
            chain = []
        if chain or _is_alone(text, start - 1):
            chain.append((start, end))
        if not _is_alone(text, end):
            inner.update(_wide(text, chain[:-1]))
            chain = []
    inner.update(_wide(text, chain))
    return inner


def _is_alone(text: str, place: int) -> bool:
    """Whether a Han character or digit has none of its kind beside it."""
    if not 0 <= place < len(text):
        return False
    kind = _kind(text[place])
    return kind is not None and (
        (place == 0 or _kind(text[place - 1]) != kind)
        and (place + 1 == len(text) or _kind(text[place + 1]) != kind)
    )


def _kind(character: str) -> str | None:
    if character in "0123456789":
        return "digit"
    return "Han" if _IS_HAN.match(character) else None


def _wide(text: str, chain: list[tuple[int, int]]) -> list[int]:
    """Of the spaces between lone characters, those that part nothing."""
    if not chain:
        return []
    start, end = chain[0][0] - 1, chain[-1][1] + 1
    kinds = {_kind(text[start]), *(_kind(text[space[1]]) for space in chain)}
    places = [space[0] for space in chain]
    if kinds == {"digit"}:
        is_number = _AFTER_NUMBER.match(text, end) and text[start - 1 : start] != "."
        return places if is_number else []
    if kinds != {"Han"}:
        return []
    if len(chain) % 2:
        return places[::2]  # 刘 晨 / 王 磊 李 强: names of two characters
    is_line = text[start - 1 : start] in {"", "\n"} and text[end : end + 1] in {
        "",
        "\n",
    }
    return places if is_line else []  # 通 知 书


_CLASSES = str.maketrans(
    {**WIDTHS, **MARKS, '"': "“", "”": "“", "」": "“", "﹂": "“", "\r": "\n", "|": "\t"}
)


def fold(text: str) -> str:
    """The text with all characters that may stand for one another made one.

    Two texts are the same but for widths if they are folded alike.

    >>> fold('"１，') == fold("”1,")
    True
    """
    return text.translate(_CLASSES)
