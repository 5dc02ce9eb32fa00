"""A file may hold several documents; a headline alone makes none."""

from __future__ import annotations

from array import array
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengpu.model import RawText
from zhengpu.settings import shipped
from zhengpu.text.cleaning import CleanText, clean
from zhengpu.text.splitting import split
from zhengpu.text.titles import bare, is_dateline, is_title, kind_of, lines_of, titles

BODY = "一年来，全县上下团结奋斗，召开会议8次，形成调研报告26份，提出意见和建议13条，圆满完成了全年的目标任务，取得了新的成绩，开创了新的局面，作出了积极的贡献。"
REPORT = "政协代县第十五届委员会常务委员会工作报告"
SPEECH = "在政协代县第十五届委员会第三次会议上的讲话"


def cleaned(text: str) -> CleanText:
    """A clean text that is its source."""
    return CleanText(
        RawText("a.txt", text, "", "utf-8"), text, array("I", range(len(text)))
    )


def openings(text: str) -> list[str]:
    return [lines_of(document.text)[0].text for document in split(cleaned(text))]


def seed(number: str) -> CleanText:
    (path,) = shipped("seeds").glob(f"{number}_*.txt")
    return clean(RawText(path.name, path.read_text(encoding="utf-8"), "", "utf-8"))


def test_a_report_a_speech_a_list_and_two_decisions_are_five_documents() -> None:
    documents = split(seed("004"))
    assert [lines_of(d.text)[0].text[-4:] for d in documents] == [
        "工作报告",
        "上的讲话",
        "免职名单",
        "求的决定",
        "求的决定",
    ]
    assert documents[2].text.endswith("委员职务。\n")
    assert [d.id.rpartition("#")[2] for d in documents] == ["1", "2", "3", "4", "5"]


@pytest.mark.parametrize("number", ["000", "001", "002", "003"])
def test_a_report_with_its_title_at_either_end_is_one_document(number: str) -> None:
    assert len(split(seed(number))) == 1


def test_a_title_with_text_before_and_behind_opens_a_document() -> None:
    text = f"{REPORT}\n{BODY}\n{SPEECH}\n{BODY}\n"
    assert openings(text) == [REPORT, SPEECH]


@pytest.mark.parametrize(
    "frame",
    ["——2021年1月7日在政协代县第十五届委员会第三次会议上\n李贵军\n", "（摘要）\n", ""],
)
def test_a_title_with_only_meeting_and_name_behind_ends_its_document(
    frame: str,
) -> None:
    assert len(split(cleaned(f"各位委员：\n{BODY}\n{REPORT}\n{frame}"))) == 1


def test_a_title_said_again_opens_nothing() -> None:
    """Running heads repeat the title; page titles are longer than the title itself."""
    assert (
        len(
            split(
                cleaned(f"2026年某省政府工作报告\n来源：日报\n政府工作报告\n{BODY}\n")
            )
        )
        == 1
    )
    assert len(split(cleaned(f"{REPORT}\n{BODY}\n{REPORT}\n{BODY}\n"))) == 1


def test_the_same_title_with_another_adoption_opens_a_document() -> None:
    part = (
        f"人事任免名单\n（2021年1月11日某市八届人大常委会第三十二次会议通过）\n{BODY}\n"
    )
    assert len(split(cleaned(part + part))) == 2


def test_a_picture_caption_before_the_title_is_no_document() -> None:
    text = f"省长作政府工作报告。某报记者 张三 摄\n政府工作报告\n{BODY}\n"
    assert len(split(cleaned(text))) == 1


@pytest.mark.parametrize(
    "line",
    [
        "一、2020年工作报告",
        "（二）关于提案工作的报告",
        "1.关于调研的报告",
        "听取和审议政府工作报告",
        "深入学习贯彻习近平总书记重要讲话",
        "会议通过了政府工作报告。",
        "开局决定",
        "《政府工作报告",
        "我代表县人民政府，向大会作政府工作报告",
    ],
)
def test_headings_and_sentences_are_no_titles(line: str) -> None:
    assert not is_title(line)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("2026年吉林省政府工作报告", "政府工作报告"),
        ("人事免职名单", "人事任免"),
        ("哈密市人大常委会关于接受张三辞去副市长职务请求的决定", "决定"),
        ("在全县脱贫攻坚总结大会上的讲话", "讲话"),
        ("公告", "公告"),
        ("关于召开全县经济工作会议的通知", "通知"),
        ("福兴地镇2023年工作总结", "工作总结"),
    ],
)
def test_titles_tell_the_kind_of_document(line: str, kind: str) -> None:
    assert is_title(line)
    assert kind_of(line) == kind


def test_a_title_set_on_two_lines_is_one() -> None:
    lines = lines_of(
        "中国人民政治协商会议\n阜新蒙古族自治县第十四届委员会常务委员会工作报告\n"
    )
    (title,) = titles(lines)
    assert title == (
        0,
        1,
        "中国人民政治协商会议阜新蒙古族自治县第十四届委员会常务委员会工作报告",
    )
    (title,) = titles(lines_of("政府工作报\n告\n"))
    assert title.text == "政府工作报告"


def test_a_note_is_no_part_of_the_title() -> None:
    assert bare("政府工作报告（摘要）") == "政府工作报告"
    assert is_title("政府工作报告（节选）")
    assert bare("预算（草案）的报告") == "预算（草案）的报告"


def test_each_headline_above_a_dateline_opens_a_news_item() -> None:
    text = f"甲区政协召开主席会议\n新华社北京4月23日电（记者 张三）{BODY}\n会议强调。\n乙州人大代表视察\n本报讯 {BODY}\n"
    assert openings(text) == ["甲区政协召开主席会议", "乙州人大代表视察"]


@pytest.mark.parametrize(
    "line",
    [
        "央视网消息（新闻联播）：全国政协",
        "华龙网北碚3月13日讯（记者 唐若冰）",
        "云南日报讯（记者 和雪梅）",
        "本报讯 昨日",
    ],
)
def test_datelines(line: str) -> None:
    assert is_dateline(line)


@pytest.mark.parametrize(
    "line",
    [
        "本报记者 韩卿立 摄",
        "人民网络建设取得进展，电商发展",
        "某省日报社工作报告",
        "2月3日，大会开幕",
    ],
)
def test_lines_that_are_no_datelines(line: str) -> None:
    assert not is_dateline(line)


def test_an_empty_file_holds_no_document() -> None:
    assert split(cleaned("")) == ()
    assert split(cleaned("\n \n")) == ()


PIECES = st.sampled_from(
    [
        REPORT,
        SPEECH,
        BODY,
        "公告",
        "人事任免名单",
        "（摘要）",
        "",
        " ",
        "李贵军",
        "本报讯 今日。",
        "一、2020年工作回顾",
        "告",
        "（2021年1月1日某会议通过）",
    ]
)


@given(st.lists(PIECES, max_size=14))
def test_every_character_belongs_to_exactly_one_document(pieces: list[str]) -> None:
    text = "".join(f"{piece}\n" for piece in pieces)
    documents = split(cleaned(text))
    whole = "".join(document.text for document in documents)
    assert whole == (text if text.strip() else "")
    offsets = [offset for document in documents for offset in document.offsets]
    assert offsets == list(range(len(whole)))
    assert all(document.text.strip() for document in documents)


@pytest.mark.parametrize(
    "path", sorted(Path(__file__).parent.glob("gold/*.txt")), ids=lambda path: path.stem
)
def test_each_annotated_report_is_one_document(path: Path) -> None:
    raw = RawText(path.name, path.read_text(encoding="utf-8"), "", "utf-8")
    assert len(split(clean(raw))) == 1


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (f"一、履职\n{BODY}\n（下转第三版）", f"{BODY}"),
        (f"一、履职\n{BODY}", f"二、展望\n{BODY}"),
    ],
    ids=["told-so", "by-its-chapters"],
)
def test_a_title_amid_its_own_text_begins_no_document(above: str, below: str) -> None:
    assert len(openings(f"{above}\n{REPORT}\n{below}")) == 1


def test_a_title_behind_another_document_begins_one() -> None:
    assert len(openings(f"{SPEECH}\n一、履职\n{BODY}\n{REPORT}\n二、展望\n{BODY}")) == 2
