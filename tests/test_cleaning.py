"""Cleaning: what it removes, what it keeps, and that its offsets are right."""

from __future__ import annotations

from array import array
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhengpu.model import RawText
from zhengpu.text.cleaning import CleanText, Removal, check, clean
from zhengpu.text.reading import read
from zhengpu.text.widths import MARKS, WIDTHS, fold

SEEDS = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))


def raw(text: str, pages: tuple[int, ...] = ()) -> RawText:
    return RawText("a.txt", text, "", "utf-8", pages)


def cleaned(text: str) -> str:
    return clean(raw(text)).text


def lines_of(text: str) -> list[str]:
    return cleaned(text).splitlines()


# -- laws ------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        *"政协县委2年月0一二人的，。；：、！？“”（）《》—…",
        *",.;:?!()\"'-*#>|_=[]%+/ \t\n\n\n\r\x0c\u3000\u00a0\u200b\ufeff２年％＋．・「」ＡzA7",
        "\r\n", "**", "__", "——", "# ", "- ", "（一）", "一、", "1. ", "- 3 -", "第3页 共10页",
        "(上接一版)", "下载", "打印", "【字号：", "】", "当前位置：", ">", "首页", "|甲|乙|",
        "县政协全年召开常委会议5次，主席会议", "工作报告", "目标和发展", "各位委员：", "刘　晨",
        "[甲](http://a.cn/b)", "10:30", "1,234", "2 0 2 4 年", "⺠", "的", "《\n国防法\n》",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=60).map("".join)
WRAPPED = st.lists(
    st.text("县政协委员工作，。、（）“”一2", min_size=15, max_size=19), max_size=14
).map("\n".join)


@settings(max_examples=400)
@given(TEXTS | WRAPPED)
def test_every_clean_character_leads_to_its_source(text: str) -> None:
    result = clean(raw(text))
    check(result)
    assert list(result.offsets) == sorted(set(result.offsets))
    assert len(result.offsets) == len(result.text)


@settings(max_examples=400)
@given(TEXTS | WRAPPED)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = cleaned(text)
    assert cleaned(once) == once


@settings(max_examples=300)
@given(TEXTS | WRAPPED)
def test_characters_differ_from_the_source_as_the_tables_say(text: str) -> None:
    result = clean(raw(text))
    allowed = {**{k: {v} for k, v in WIDTHS.items()}, '"': {"“", "”"}}
    for source, mark in [*MARKS.items(), ("|", "\t"), ("\r", "\n")]:
        allowed[source] = {mark}
    for offset, character in zip(result.offsets, result.text, strict=True):
        source = text[offset]
        assert character == source or character in allowed[source]


@settings(max_examples=200)
@given(TEXTS)
def test_no_blank_line_and_no_space_at_an_end_is_left(text: str) -> None:
    for line in cleaned(text).removesuffix("\n").split("\n")[:-1]:
        assert line
        assert line == line.strip(" \t")


@settings(max_examples=300)
@given(st.text(max_size=60))
def test_any_text_at_all_is_cleaned(text: str) -> None:
    result = clean(raw(text))
    check(result)
    assert cleaned(result.text) == result.text


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_seeds_keep_the_laws(path: Path) -> None:
    result = clean(read(path))
    check(result)
    assert cleaned(result.text) == result.text


# -- the check --------------------------------------------------------------------


@pytest.fixture
def sample() -> CleanText:
    return clean(raw("县政协　召开 5 次\n\n常委会议, 12次主席会议。\n"))


def test_offsets_shifted_by_one_are_noticed(sample: CleanText) -> None:
    for step in (-1, 1):
        shifted = array("I", (max(0, offset + step) for offset in sample.offsets))
        with pytest.raises(ValueError, match="offset of clean character"):
            check(replace(sample, offsets=shifted))


def test_a_changed_character_is_noticed(sample: CleanText) -> None:
    with pytest.raises(ValueError, match="clean character 3 differs"):
        check(replace(sample, text=sample.text[:3] + "X" + sample.text[4:]))


def test_a_forgotten_removal_is_noticed(sample: CleanText) -> None:
    with pytest.raises(ValueError, match="offset of clean character"):
        check(replace(sample, removed=sample.removed[1:]))


def test_removals_out_of_order_are_noticed(sample: CleanText) -> None:
    with pytest.raises(ValueError, match="out of order"):
        check(replace(sample, removed=sample.removed[::-1]))


def test_what_is_removed_says_why() -> None:
    result = clean(raw("# 工作报告\n\n- 3 -\n县 政协\u200b。\n"))
    assert result.removed == (
        Removal(0, 2, "markup"),
        Removal(7, 8, "blank"),
        Removal(8, 13, "page-number"),
        Removal(13, 14, "blank"),
        Removal(18, 19, "control"),
    )


# -- lines ------------------------------------------------------------------------

NEWSPAPER = """\
一、2020年工作回顾
2020年是决胜全面建成小康社会、

决战脱贫攻坚之年，做好今年政协工作
意义重大。一年来，在县委的正确领导
下，县政协全年召开5次常委会议，12
次主席会议，形成调研报告26份。

（一）牢牢把握党的全面领导这一政
治原则，以更高站位把牢正确方向。

县政协坚持把党的领导贯穿始终，
建言资政和凝聚共识有机统
一、相互赋能，围绕提案办理工作开展
民主监督，不断提高履职的质量和水平。
青山县第十届委员会常务委员会工作报告
——2021年1月7日在政协青山县第十届委员会第四次会议上
林晓
"""


def test_wrapped_lines_become_paragraphs() -> None:
    assert lines_of(NEWSPAPER) == [
        "一、2020年工作回顾",
        "2020年是决胜全面建成小康社会、决战脱贫攻坚之年，做好今年政协工作意义重大。一年来，在县委的正确领导下，县政协全年召开5次常委会议，12次主席会议，形成调研报告26份。",
        "（一）牢牢把握党的全面领导这一政治原则，以更高站位把牢正确方向。",
        "县政协坚持把党的领导贯穿始终，建言资政和凝聚共识有机统一、相互赋能，围绕提案办理工作开展民主监督，不断提高履职的质量和水平。",
        "青山县第十届委员会常务委员会工作报告",
        "——2021年1月7日在政协青山县第十届委员会第四次会议上",
        "林晓",
    ]


def test_a_list_of_names_is_no_wrapped_text() -> None:
    text = "\n".join(f"青山县第{n}中学教育集团分校" for n in "一二三四五六七八") + "\n"
    assert cleaned(text) == text


LONG = "四年来，县政协坚持以人民为中心的工作理念，及时为民发声，如实为民代言，真情为民办事，牢牢把握新方位新使命，拓宽履职渠道、丰富监督形式、"


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (LONG + "培养", "奉献精神，为党委政府中心工作贡献力量。"),
        ("2022年要按照县委确定的工作目", "标和发展方向，充分发挥政协优势。"),
        ("增强文化自信。充分发挥文史资料存", "史、资政、团结作用，编辑出版专辑。"),
        ("协商。争取把新能源汽车产业纳入省政协的“我省新", "能源发展情况视察活动”，取得成果。"),
        ("根据会议审议通过的《", "关于深化改革的意见"),
        ("根据《关于深化改革的意见", "》，制定方案。"),
    ],
)  # fmt: skip
def test_a_paragraph_goes_on_after_blank_lines(above: str, below: str) -> None:
    assert lines_of(f"{above}\n\n{below}\n") == [above + below]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("一、2014年工作回顾", "过去一年，我国发展面临的环境复杂严峻。"),
        ("县人大常委会关于接受林晓辞去职务请求的决定", "（2021年1月11日县人大常委会第三十二次会议通过）"),
        ("常务委员会工作报告", "林晓"),
        ("林晓", "各位委员："),
        ("——2026年1月20日在政协青山县第十三届委员会第四次会议上", "方晓"),
        ("各位委员：", "我代表常务委员会，向大会报告工作。"),
        (LONG + "会议决定，接受林晓辞去", "县人大常委会关于接受高山辞去职务请求的决定"),
        ("经济社会持续发展，总的形势是很好的", "国家经济实力继续增强，各项事业取得新成就。"),
        ("2021年1月7日", "青山县人民政府办公室，各乡镇人民政府。"),
        ("把握正确方向。", "县政协召开会议，学习贯彻精神。"),
    ],
)  # fmt: skip
def test_lines_that_end_stay_apart(above: str, below: str) -> None:
    assert lines_of(f"{above}\n\n{below}\n") == [above, below]


def test_links_torn_out_of_a_sentence_are_put_back() -> None:
    text = (
        "我国第一部《\n国防法\n》开始实施。\n\n货币政策灵活适度，广义货币M\n2\n增长11.3%，"
        "低于目标。\n\n推动《\n巴黎协定\n》生效。\n\n稳中向好。总值达到74.4\n\u200b\n万亿元，增长。\n\n党的十八大以来成果丰硕。\n十九大\n明确\n习近平\n总书记的地位，意义重大。\n"
    )
    assert lines_of(text) == [
        "我国第一部《国防法》开始实施。",
        "货币政策灵活适度，广义货币M2增长11.3%，低于目标。",
        "推动《巴黎协定》生效。",
        "稳中向好。总值达到74.4万亿元，增长。",
        "党的十八大以来成果丰硕。",
        "十九大明确习近平总书记的地位，意义重大。",
    ]


def test_a_title_set_on_two_lines_is_one() -> None:
    text = "中国人民政治协商会议青山县第十届委员会\n工作报告\n——2026年1月26日在青山省第十四届\n人民代表大会第五次会议上\n"
    assert lines_of(text) == [
        "中国人民政治协商会议青山县第十届委员会工作报告",
        "——2026年1月26日在青山省第十四届人民代表大会第五次会议上",
    ]


def test_a_note_of_the_meeting_may_break_anywhere() -> None:
    text = "政府工作报告\n\n—2026 年 2 月 3 日在青山县第十九届人民代表大会第六次\n会议上\n青山县人民政府县长  林晓\n"
    assert lines_of(text)[1:] == [
        "—2026年2月3日在青山县第十九届人民代表大会第六次会议上",
        "青山县人民政府县长 林晓",
    ]


def test_a_paragraph_that_breaks_off_is_reported() -> None:
    result = clean(
        raw("会议听取报告，县政协全年召开会议。加强提案督\n\n（四）加强团结\n")
    )
    codes = {finding.code: finding for finding in result.findings}
    finding = codes["paragraph-breaks-off"]
    assert finding.parameters == (("text", "加强提案督"),)
    assert finding.span is not None
    assert result.raw.text[slice(*finding.span)] == "加强提案督"


# -- furniture ----------------------------------------------------------------------


def test_site_navigation_is_set_aside() -> None:
    text = (
        "下载\n打印\n全屏\n【字号：\n加大\n还原\n】\n当前位置：\n首页\n>\n政务信息\n>\n要闻\n"
        "2026年青山省政府工作报告\n来源：青山日报\n各位代表：\n"
        "现在，我代表省人民政府，向大会报告工作，请予审议，并请提出意见。\n"
        "相关报道：\n扫一扫在手机打开当前页\n【\n打印本页\n】\n版权所有：青山省人民政府\n"
    )
    assert lines_of(text) == [
        "2026年青山省政府工作报告",
        "来源：青山日报",
        "各位代表：",
        "现在，我代表省人民政府，向大会报告工作，请予审议，并请提出意见。",
    ]


def test_words_of_navigation_inside_a_report_stay() -> None:
    text = "县政协召开会议，审议通过报告。\n下载\n县政协召开会议，审议通过决定。\n"
    assert cleaned(text) == text


def test_page_numbers_and_running_heads_are_set_aside() -> None:
    page = "青山县公报 2021年第{n}期\n县政协召开会议{n}次，审议报告。\n{n}\n"
    texts = [page.format(n=n) for n in (1, 2, 3, 4)]
    begins = tuple(sum(map(len, texts[:n])) for n in range(len(texts)))
    result = clean(raw("".join(texts), begins))
    check(result)
    assert result.text.splitlines() == [
        f"县政协召开会议{n}次，审议报告。" for n in (1, 2, 3, 4)
    ]


def test_a_page_number_inside_a_sentence_is_set_aside() -> None:
    body = NEWSPAPER.replace("决战脱贫", "— 12 —\n决战脱贫")
    assert "小康社会、决战脱贫攻坚" in cleaned(body)


def test_jump_lines_inside_a_paragraph_are_set_aside() -> None:
    assert cleaned("(上接第二版)以实际行动发挥作用。(下转一、四版中缝)\n") == (
        "以实际行动发挥作用。\n"
    )


def test_a_jump_line_of_its_own_stays() -> None:
    assert cleaned("(上接一版)\n") == "（上接一版）\n"


# -- markdown -----------------------------------------------------------------------


def test_markdown_goes_and_headings_are_remembered() -> None:
    text = "# 工作报告\n\n## 一、回顾\n\n**协商。**召开`会议`。\n\n- 提案\n* 视察\n> 引文\n\n---\n"
    result = clean(raw(text))
    assert result.text == "工作报告\n一、回顾\n协商。召开`会议`。\n提案\n视察\n引文\n"
    assert [(result.text[start:].split("\n")[0], level) for start, level in result.headings] == [
        ("工作报告", 1),
        ("一、回顾", 2),
    ]  # fmt: skip


def test_table_bars_become_tabs() -> None:
    text = "| 项目 | 件数 |\n|---|:--:|\n| 提案 | 103件 |\n"
    assert lines_of(text) == ["项目\t件数", "提案\t103件"]


def test_links_keep_their_words() -> None:
    assert cleaned("见[公报](https://a.cn/b?c=1)全文。\n") == "见公报全文。\n"


# -- spaces and widths ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("2024 年 12 月25日", "2024年12月25日"),
        ("走访委员60 余人次", "走访委员60余人次"),
        ("1 9 9 7 年达到7 4 7 7 2 亿元，增长8 ％", "1997年达到74772亿元，增长8%"),
        ("得分 5 3 2", "得分5 3 2"),
        ("市长 龚　正", "市长 龚正"),
        ("王 磊　李 强", "王磊 李强"),
        ("通 知 书", "通知书"),
        ("林晓 高山 江河", "林晓 高山 江河"),
        ("打响“好品山东 商行天下”品牌", "打响“好品山东 商行天下”品牌"),
        ("open data 平台", "open data平台"),
        ("09:45:30 与 2026-02-09 09:45", "09:45:30与2026-02-09 09:45"),
        ("　　各位代表", "各位代表"),
        ("２０２４年Ａ级，增长９５％，＋３．５", "2024年A级，增长95%，+3.5"),
        ("坚持,推进;要求:(试行)对吗?好!", "坚持，推进；要求：（试行）对吗？好！"),
        ("共1,234人,比例3:1,时间10:30", "共1,234人，比例3:1，时间10:30"),
        ("87.1%,142件", "87.1%，142件"),
        ("见http://a.cn/?b=1,2", "见http://a.cn/?b=1,2"),
        ("f(x), g(y); AB角(AB)作用", "f(x), g(y); AB角（AB）作用"),
        ("会议上 (2021年1月11日)", "会议上（2021年1月11日）"),
        ('开展"金点子"和"银点子"活动', "开展“金点子”和“银点子”活动"),
        ('孔径5"的管道', '孔径5"的管道'),
        ("「三农」『两会』", "“三农”‘两会’"),
        ("醉美•玛瑙・达雅‧文化", "醉美·玛瑙·达雅·文化"),
        ("县\u200b政\u200e协\ufeff", "县政协"),
        ("⻘山县⼈⺠政府", "青山县人民政府"),
        ("①②㎡Ⅱ类①", "①②㎡Ⅱ类①"),
        ("求; 要", "求；要"),
    ],
)  # fmt: skip
def test_one_way_to_write(source: str, expected: str) -> None:
    result = clean(raw(source))
    check(result)
    assert result.text == expected


def test_old_line_ends_are_line_ends() -> None:
    assert lines_of("一、回顾\r\n二、安排\r三、结语") == [
        "一、回顾",
        "二、安排",
        "三、结语",
    ]


def test_folding_makes_widths_alike_and_nothing_else() -> None:
    assert fold("（１，”") == fold('(1,"')
    assert fold("县政协") != fold("县政府")


def test_a_line_of_many_digits_is_full_where_characters_are_counted() -> None:
    words = "县人大常委会围绕中心工作，深入乡镇、街道开展调研，提出意见建议。" * 8
    full = [words[at : at + 38] for at in range(0, 228, 38)]
    told = "建成联络点182个，开展活动1260次，收集意见3120条，走访1260余户、群众9300"
    assert len(told) > 38
    lines = [*full, told[:38], told[38:] + "多人次，办结率提高。"]
    assert lines_of("\n".join(lines)) == ["".join(lines)]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("争取资金2 300万元，建成1 260个。", "争取资金2300万元，建成1260个。"),
        ("惠及12 345 678人。", "惠及12345678人。"),
        ("在县委领导下，县 政协深入学习。", "在县委领导下，县政协深入学习。"),
        ("县城 120 个，3 120", "县城120个，3 120"),
        ("记者 张伟 通讯员 李娜", "记者 张伟 通讯员 李娜"),
    ],
)
def test_spaces_that_group_digits_or_tear_a_word_go(text: str, left: str) -> None:
    assert cleaned(text) == left
