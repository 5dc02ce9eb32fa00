"""Lines that are titles: what splitting cuts at and framing reads."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from zhengpu.knowledge.lexicon import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LONGEST = 90
_NUMBERED = re.compile(
    r"[（(]?[一二三四五六七八九十百\d]{1,3}[)）、.．]|第[一二三四五六七八九十\d]{1,3}[章节条、]"
    r"|[—·•●■]"
)
_NOTE = re.compile(
    r"[（(](?:摘要|摘登|节选|摘编|书面|草案|审议稿|征求意见稿|全文)[）)]$"
)
_DATELINE = re.compile(
    r"(?:据)?(?:(?:新华社|中新社)(?P<city>[一-龥]{2,6}?)(?=\d)|新华社|中新社|中新网|人民网|央视网|光明网|本报|本网|本台"
    r"|(?P<where>[一-龥]{2,8}?)(?:日报|晚报|晨报|早报|政协报|政协网|新闻网|网|发布|新闻|融媒(?:体中心)?))"
    r"(?P<office>[一-龥]{2,6}?(?=\d{1,2}月))?"
    r"[^，。]{0,24}?(?:日电|[讯电]|消息)(?=[^一-龥]|记者|$)"
)
_BYLINE = (
    r"[（(【](?:[^，。）)】]{0,10}?(?:记者|通讯员|作者|文/图)[^。）)】]{1,40})[）)】]"
)
_OPENS_NEWS = re.compile(
    rf"(?:{_BYLINE})?\s*(?:(?:20\d\d年)?\d{{1,2}}月(?:\d{{1,2}}日|[上中下]旬)|近日，|日前，|近期，|连日来，)"
    rf"|{_BYLINE}(?=.)|[一-龥]{{2,6}}讯(?=[ （(\d])"
)
"""How news open that name no paper: 4月16日，县政协…; 近日，…; （记者 张三）…."""
_META = re.compile(
    r"(?:信息来源|来源|稿源|发布(?:时间|日期|机构)|时间|日期|作者|编辑|责任编辑|浏览|点击|字号|字体|供稿|记者|通讯员|文/图)[ :：]"
    rf"|{_BYLINE}$|[（(]?20\d\d[-/.年]\d{{1,2}}[-/.月]\d{{1,2}}日?(?: ?\d\d:\d\d(?::\d\d)?)?[）)]?$"
)
"""Lines between a headline and its news: who wrote it, where it appeared, when."""
_SOURCE = re.compile(
    r"[（(]?(?:信息来源|来源|稿源|供稿)[ :：]+(?P<source>[一-龥]{3,24})"
)
"""Who a news item is from: 来源：南郑区融媒体中心."""
_NO_HEADLINE = re.compile(
    "关于|各位|附|[（(【]?(?:来源|记者|通讯员|供稿|作者)|.*(?:报告|总结|方案|纪要|讲话|提案|建议|名单|简历|公示|要点|办法"
    "|规定|汇报|致辞|发言|决定|通知|公告|大事记)[）)]?$|.*\t"
)
"""Lines of other documents, behind which a date may open a paragraph, too."""
_LONGEST_HEADLINE = 60
_RUNNING = re.compile(r"[。！？；：，]")
_VERBS = ("听取", "审议", "审查", "宣读", "传达", "学习", "贯彻", "落实", "通过", "作")
_OPEN_ENDS = ("会议", "委员会", "政府", "法院", "检察院", "常委会", "街道", "办事处")
"""Ends of the first half of a title that is set on two lines."""
_STUMP = 4
_HEADLINE_LINES = 3
_META_LINES = 4


class Line(NamedTuple):
    """A line that is not blank: clean offsets, text without white space around."""

    start: int
    end: int
    text: str


class Title(NamedTuple):
    """A title: the lines it stands on, and its text without notes."""

    first: int
    """Index of its first line."""
    last: int
    """Index of its last line."""
    text: str


def lines_of(text: str) -> list[Line]:
    r"""The lines that are not blank.

    >>> lines_of(" 一\n\n二\n")
    [Line(start=1, end=2, text='一'), Line(start=4, end=5, text='二')]
    """
    found, place = [], 0
    for whole in text.split("\n"):
        line = whole.strip()
        if line:
            start = place + whole.index(line)
            found.append(Line(start, start + len(line), line))
        place += len(whole) + 1
    return found


@cache
def _endings() -> dict[str, tuple[dict[str, str], ...]]:
    """The table of endings by their last character, the longest first."""
    rows: dict[str, list[dict[str, str]]] = {}
    for row in sorted(table("document_titles"), key=lambda row: -len(row["ending"])):
        rows.setdefault(row["ending"][-1], []).append(row)
    return {last: tuple(found) for last, found in rows.items()}


def _meets(title: str, needs: str, ending: str) -> bool:
    return title == ending if needs == "=" else needs in title


def bare(title: str) -> str:
    """A title without the note that it is a summary, or a draft.

    >>> bare("政府工作报告（摘要）")
    '政府工作报告'
    """
    return _NOTE.sub("", title).strip()


def kind_of(title: str, body_kind: str | None = None) -> str | None:
    """The kind of document that a title names, or None where it is no title.

    >>> kind_of("2026年吉林省政府工作报告")
    '政府工作报告'
    >>> kind_of("阆中市人民法院工作报告", "法院")
    '法院工作报告'
    """
    fallback = None
    for row in _endings().get(title[-1:], ()):
        if title.endswith(row["ending"]) and _meets(title, row["needs"], row["ending"]):
            if row["body"] == body_kind:
                return row["kind"]
            if row["body"] == "*" and fallback is None:
                fallback = row["kind"]
    return fallback


def is_title(text: str) -> bool:
    """Whether a line, or several as one, reads as the title of a document."""
    if len(text) > _LONGEST or not text.endswith((*_endings(), "）", ")")):
        return False
    text = bare(text)
    if not text or _NUMBERED.match(text) or _RUNNING.search(text):
        return False
    if text.startswith(_VERBS) or text.count("《") != text.count("》"):
        return False
    return kind_of(text) is not None


def titles(lines: Sequence[Line]) -> Iterator[Title]:
    r"""The titles among the lines, those on two lines put together.

    >>> [t.text for t in titles(lines_of("政协代县第十五届委员会\n常务委员会工作报告"))]
    ['政协代县第十五届委员会常务委员会工作报告']
    """
    for index, line in enumerate(lines):
        before = lines[index - 1].text if index else ""
        alone = is_title(line.text)
        if not alone and len(line.text) > _STUMP:
            continue
        whole = before + line.text
        headed = before.endswith(_OPEN_ENDS) and not _RUNNING.search(before)
        if alone and not (headed or _heads_title(before, line.text)):
            yield Title(index, index, bare(line.text))
        elif is_title(whole):
            first = index - 1
            while first and _heads_title(lines[first - 1].text, line.text):
                first -= 1
                whole = lines[first].text + whole
            yield Title(first, index, bare(whole))
        elif alone:
            yield Title(index, index, bare(line.text))


def interrupts(lines: Sequence[Line], title: Title) -> bool:
    r"""Whether a title stands amid its own text, as on the front page of a paper.

    The text says that it is continued (下转第三版, 上接第二版), or its chapters go on
    below the title with the next number.

    >>> text = "一、履职\n协商九次。\n政协代县第十五届委员会\n常务委员会工作报告\n二、展望\n明年"
    >>> [interrupts(lines_of(text), title) for title in titles(lines_of(text))]
    [True]
    """
    above, below = lines[: title.first], lines[title.last + 1 :]
    beside = [*above[-_BESIDE:], *below[:_BESIDE]]
    if any(_CONTINUED.match(line.text) for line in beside):
        return True
    last = next(filter(None, (_chapter(line) for line in reversed(above))), 0)
    first = next(filter(None, map(_chapter, below)), 0)
    return last > 0 and first == last + 1


def _chapter(line: Line) -> int:
    """The number of the chapter that a line heads, 0 where it heads none."""
    found = _HEADS_CHAPTER.match(line.text)
    return _NUMERALS.index(found["number"]) + 1 if found else 0


_NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十")
_HEADS_CHAPTER = re.compile("(?P<number>[一二三四五六七八九十])、")
_CONTINUED = re.compile("[（(] ?(?:下转|上接|紧接|续接)[^（）()]{0,12}[）)]")
_BESIDE = 5
"""So many lines around a title tell that the text goes on behind it."""


def _heads_title(text: str, below: str) -> bool:
    """Whether a line is a body's name that a title below goes on with.

    >>> _heads_title("中共敦化市委", "关于表彰先进集体的决定")
    True
    >>> _heads_title("县委书记出席", "关于表彰先进集体的决定")
    False
    """
    return below.startswith("关于") and _ISSUER.fullmatch(text) is not None


_ISSUER = re.compile(
    "[一-龥 ]{2,22}(?:委员会|人民政府|常委会|[省市县区旗州盟]委|党委|党组|[局厅院]|办公室|工会|指挥部)"
)
"""A line that is nothing but the name of a body."""


def is_dateline(text: str) -> bool:
    """Whether a paragraph opens like a news item.

    >>> is_dateline("新华社北京4月23日电（记者 张三）全国政协"), is_dateline("本报讯 昨日")
    (True, True)
    """
    return _DATELINE.match(text) is not None


def opens_news(text: str) -> bool:
    """Whether a paragraph below a headline may open a news item.

    >>> opens_news("4月16日，县政协召开会议。"), opens_news("（记者 张三）近日，市政协")
    (True, True)
    >>> opens_news("一、2024年工作回顾"), opens_news("2024年，全市生产总值")
    (False, False)
    """
    return is_dateline(text) or _OPENS_NEWS.match(text) is not None


def is_meta(text: str) -> bool:
    """Whether a line only tells where and when news appeared, and who wrote them.

    >>> is_meta("来源：汉中日报  发布时间：2024-05-16"), is_meta("（本报记者 张三）")
    (True, True)
    """
    return len(text) <= _LONGEST_HEADLINE and _META.match(text) is not None


def is_headline(text: str) -> bool:
    """Whether a line may be the headline of a news item.

    >>> is_headline("县政协视察茶产业"), is_headline("一、视察茶产业"), is_headline("特此公告。")
    (True, False, False)
    """
    return (
        len(text) <= _LONGEST_HEADLINE
        and text[-1] not in "。；：，、,;:"
        and "。" not in text
        and not _NUMBERED.match(text)
        and not is_meta(text)
        and not _NO_HEADLINE.match(text)
    )


def headline(lines: Sequence[Line], index: int) -> Title | None:
    """The headline of the news item that a paragraph opens, None where it opens none.

    A paragraph that names its paper needs less above it than one that opens with
    a date alone.
    """
    last = index - 1
    while last >= 0 and index - last <= _META_LINES and is_meta(lines[last].text):
        last -= 1
    if last < 0 or not opens_news(lines[index].text):
        return None
    first = last + 1
    sure = is_dateline(lines[index].text)
    while first and last - first < _HEADLINE_LINES - 1:
        above = lines[first - 1].text
        if not is_headline(above) and not (sure and _may_head(above)):
            break
        first -= 1
    if first > last:
        return None
    return Title(first, last, " ".join(x.text for x in lines[first : last + 1]))


def closing_headline(lines: Sequence[Line]) -> Title | None:
    r"""The headline of a news item that is set below it, above the name of its paper.

    >>> closing_headline(lines_of("5月23日，推介会举行。\n藤县揽回14个项目\n《梧州日报》2023年5月25日"))
    Title(first=1, last=1, text='藤县揽回14个项目')
    """
    if len(lines) < _FEWEST_LINES or not _PUBLISHED.match(lines[-1].text):
        return None
    last = len(lines) - 2
    above = lines[last].text
    runs_before = lines[last - 1].text[-1] in "。！？）)”"
    return Title(last, last, above) if is_headline(above) and runs_before else None


_FEWEST_LINES = 3
_PUBLISHED = re.compile(
    r"(?:原载|载|来源：?|摘自)?(?:《[^《》]{2,14}》|[一-龥]{2,8}(?:日报|晚报|晨报|网))[ 　]*20\d\d(?:年|-|/)"
)
"""The last line of a clipping: 《某某日报》2023年5月25日第2版."""


def _may_head(text: str) -> bool:
    """Whether a line may stand above a dateline: no running text ends with it."""
    return text[-1] not in "。！？；：，）)”" and not is_meta(text)


def paper_of(text: str) -> str:
    """The place in a news item's opening: of its paper or of the reporter's office.

    >>> paper_of("汉中日报讯（记者 张三）昨日"), paper_of("新华社南宁9月18日电")
    ('汉中', '南宁')
    >>> paper_of("甘肃经济日报庆阳6月20日电")
    '庆阳'
    """
    found = _DATELINE.match(text)
    return (found["office"] or found["where"] or found["city"] or "") if found else ""


def source_of(lines: Sequence[Line]) -> str:
    r"""Who a news item is from, by a line at its beginning or end; nothing if none says.

    >>> source_of(lines_of("区政协视察茶产业\n来源：南郑区融媒体中心  2024-05-16"))
    '南郑区融媒体中心'
    """
    beside = [*lines[:_SOURCE_LINES], *lines[-_SOURCE_LINES:]]
    found = (_SOURCE.match(line.text) for line in beside)
    return next((m["source"] for m in found if m), "")


_SOURCE_LINES = 5
