"""The texts that are measured: reports as they are, and inputs made to hurt."""

from __future__ import annotations

from hashlib import sha256
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING

from zhengpu.model import RawText

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ROOT = Path(__file__).parent.parent
FOLDERS = (
    "seeds",
    "tests/reports/batch-a",
    "tests/reports/batch-b",
    "tests/reports/batch-c",
)
ITEMS = "教育、医疗、养老、托育、住房、就业、交通、生态、文化、旅游、"
NAMES = "李文华、王建国、张晓梅、陈立冬、赵志强、刘海燕、周正宇、吴桂芳、"
SENTENCE = (
    "县政协主席李文华主持召开常务委员会会议，听取和讨论《关于推进乡村振兴的调研"
    "报告》，提出意见建议12条，得到县委、县政府采纳。"
)


def raw(name: str, text: str) -> RawText:
    """A text as if it had been read from a file."""
    return RawText(name, text, sha256(text.encode()).hexdigest(), "utf-8")


def reports() -> tuple[RawText, ...]:
    """Every report of the folders, in a fixed order."""
    return tuple(
        raw(path.name, path.read_text(encoding="utf-8"))
        for folder in FOLDERS
        for path in sorted((ROOT / folder).glob("*.txt"))
    )


def repeated(unit: str) -> Callable[[int], str]:
    """Makes texts of any length out of one piece."""
    return lambda length: "".join(islice(cycle(unit), length))


def unpunctuated(length: int) -> str:
    """The words of reports, without anything between them."""
    han = "".join(
        sign for report in reports() for sign in report.text if "一" <= sign <= "鿿"
    )
    return repeated(han)(length)


def nested(opening: str, closing: str) -> Callable[[int], str]:
    """Makes texts that open a pair as often as they close it."""

    def made(length: int) -> str:
        half = length // 2
        return repeated(opening)(half) + repeated(closing)(half)

    return made


def numbered(form: str) -> Callable[[int], str]:
    """Makes texts of pieces that differ in their number."""

    def made(length: int) -> str:
        pieces, size, number = [], 0, 1
        while size < length:
            pieces.append(form.format(number))
            size += len(pieces[-1])
            number += 1
        return "".join(pieces)[:length]

    return made


HOSTILE: Mapping[str, Callable[[int], str]] = {
    "no punctuation": unpunctuated,
    "《《《": repeated("《"),
    "》》》": repeated("》"),
    "（（（": repeated("（"),
    "））））": repeated("）"),
    "“““": repeated("“"),
    "””””": repeated("”"),
    "《…《…》…》": nested("《文", "件》"),
    "“…“…”…”": nested("“文", "件”"),
    "（…（…）…）": nested("（文", "件）"),
    "quotes inside quotes": repeated("“一个‘党建“引领《方案”》’”工程"),
    "titles in a row": repeated("《关于推进乡村振兴的意见》"),
    "quotes in a row": repeated("“书香政协”"),
    "brackets in a row": repeated("（一）"),
    "list of fields": repeated(ITEMS),
    "list of single characters": repeated("县、"),
    "list of persons": repeated(NAMES),
    "list of bodies": repeated("县委、县政府、县政协、县人大、县纪委、"),
    "list of places": repeated("平遥县、永宁县、建湖县、代县、古城区、"),
    "list of titles": repeated("《条例》、"),
    "list of distinct fields": numbered("项目{}、"),
    "clauses without end": repeated("开展调研，"),
    "clauses about bodies": repeated("县政协开展调研，"),
    "，，，": repeated("，"),
    "、、、": repeated("、"),
    "。。。": repeated("。"),
    "digits": repeated("1234567890"),
    "Han digits": repeated("一二三四五六七八九十百千万亿"),
    "零零零": repeated("零"),
    "dates": repeated("2021年1月7日"),
    "figures": repeated("增长3.5%、"),
    "figures with nouns": repeated("提案123件，"),
    "1.1.1.": repeated("1."),
    "1,1,1,": repeated("1,"),
    "%%%": repeated("%"),
    "---": repeated("-"),
    "spaces": repeated(" "),
    "ideographic spaces": repeated("\u3000"),
    "a word, then spaces": repeated("县" + " " * 999),
    "spaced characters": repeated("县 政 协 "),
    "line ends": repeated("\n"),
    "lines of one character": repeated("县\n"),
    "lines of ten characters": repeated("一、工作回顾的情况\n"),
    "numbered lines": numbered("{}、工作回顾\n"),
    "lines with spaces": repeated(" \n　"),
    "carriage returns": repeated("\r"),
    "Han and Latin in turn": repeated("县a"),
    "Han and digits in turn": repeated("县1"),
    "Latin": repeated("abcdefgh "),
    "Latin without spaces": repeated("a"),
    "县县县": repeated("县"),
    "市县区": repeated("市县区"),
    "省市县区镇村": repeated("四川省南充市阆中市保宁镇新村村"),
    "政协政协": repeated("政协"),
    "县政协县政协": repeated("县政协"),
    "同志同志": repeated("同志"),
    "主席主席": repeated("主席"),
    "委员会委员会": repeated("委员会"),
    "工程工程": repeated("工程"),
    "会议会议": repeated("会议"),
    "第一次第一次": repeated("第一次"),
    "的的的": repeated("的"),
    "和和和": repeated("和"),
    "一一一": repeated("一"),
    "王王王": repeated("王"),
    "我县我县": repeated("我县"),
    "persons in a row": repeated("李文华"),
    "areas in a row": repeated("平遥县"),
    "areas and bodies in a row": repeated("平遥县政协"),
    "repeated sentence": repeated(SENTENCE),
    "repeated sentence in lines": repeated(SENTENCE + "\n"),
    "repeated sentence without stops": repeated(SENTENCE.replace("。", "，")),
    "repeated title of a report": repeated(
        "政协平遥县第十届委员会常务委员会工作报告\n（2021年1月7日）\n李文华\n各位委员：\n"
    ),
    "repeated headline": repeated("县政协召开会议\n"),
    "news of guests": repeated(
        "平遥县政协考察团来我县考察\n4月16日，县政协召开会议。\n"
    ),
    "biographies": repeated(
        "李文华，男，汉族，1970年5月生，历任代县教育局科员、副局长。\n"
    ),
    "rows of a table": repeated("粮食产量\t万吨\t8.92\t3.5%\n"),
    "figures of former years": repeated("由2020年的5家增加到6家，"),
    "figures adopted by bodies": repeated("信息被县政协采用3条，"),
    "clauses that persons lead": repeated(
        "由县政协主席李文华带队，提案委员会深入乡镇调研，"
    ),
    "emoji": repeated("😀"),
    "private use": repeated("\ue000\ue001"),
    "combining": repeated("e\u0301"),
    "nul": repeated("\0"),
}
"""What a text is made of, and how it is made with so many characters."""
