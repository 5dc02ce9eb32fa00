"""Segmentation: sections, sentences, and what is planned."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengpu.model import Section, Sentence
from zhengpu.text.cleaning import clean
from zhengpu.text.planning import announced, announces, is_mixed, latest_year
from zhengpu.text.reading import read
from zhengpu.text.segmentation import segment, sentence_spans
from zhengpu.text.words import HAN_RUN, cuts_word, python_cutter, rust_cutter, words

SEEDS = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))


def of_seed(
    number: str, period: str | None = None
) -> tuple[tuple[Section, ...], tuple[Sentence, ...]]:
    path = next(path for path in SEEDS if path.name.startswith(number))
    cleaned = clean(read(path))
    return segment(cleaned.text, headings=cleaned.headings, period=period)


# -- sentences ----------------------------------------------------------------------


def split(line: str) -> list[str]:
    return [line[start:end] for start, end in sentence_spans(line)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["召开会议5次。", "形成报告26份！", "办结了吗？", "已办结"],
        ["提出意见；得到采纳；均已办复。"],
        ["他说：“要干。”", "会议通过。"],
        ["做到“两个维护”。", "切实履职。"],
        ["印发《怎么看？怎么办？》一书。", "发行。"],
        ["视察工程（一期。二期！）和园区。", "完成。"],
        ["（见附表。）", "完成。"],
        ["修订《办法（试行。2021年）》等。", "完成。"],
        ["印发《怎么看？怎么办》"],
        ["打开（没有合上。", "完成。"],
        ["合上）没有打开。", "完成。"],
        ["真的？！", "好。"],
        ["甲。”）》", "乙。"],
        ["完成……继续……。", "好"],
    ],
)
def test_sentences_end_where_they_end(sentences: list[str]) -> None:
    assert split("".join(sentences)) == sentences


@given(st.text("政协。！？”“（）《》【】；，\n一", max_size=80))
def test_sentences_lose_no_character_and_cross_no_paragraph(text: str) -> None:
    _, sentences = segment(text)
    assert "".join(s.text for s in sentences) == text.replace("\n", "")
    for sentence in sentences:
        assert text[sentence.start : sentence.end] == sentence.text
        assert sentence.text
        assert "\n" not in sentence.text


@given(st.text("政协。（）一、二\n2021年工作安排回顾——#", max_size=80))
def test_sections_nest_and_hold_their_sentences(text: str) -> None:
    sections, sentences = segment(text)
    assert sections[0] == Section("", 0, 0, len(text), planned=False)
    for sentence in sentences:
        section = sections[sentence.section]
        assert section.start <= sentence.start <= sentence.end <= section.end
    for outer in sections:
        for inner in sections:
            assert (
                inner.start >= outer.end
                or inner.end <= outer.start
                or (inner.start >= outer.start and inner.end <= outer.end)
                or (inner.start <= outer.start and inner.end >= outer.end)
            )


@pytest.mark.parametrize(
    "unit", ["政", "（", "《", "“", "。", "）", "（政。", "要，将"]
)
def test_the_cost_of_a_character_stays_flat(unit: str) -> None:
    def seconds(size: int) -> float:
        text = (unit * size)[:size]
        begin = time.process_time()
        segment(text, period="2020")
        return time.process_time() - begin

    # ten times the text, at most forty times the time: far from quadratic
    assert seconds(100_000) < 40 * max(seconds(10_000), 0.005)


# -- sections -----------------------------------------------------------------------

REPORT = """\
常务委员会工作报告
——2021年1月7日在政协青山县第十届委员会第四次会议上
各位委员：
一、2020年工作回顾
全年召开会议5次。
（一）提高站位
1.理论学习。举办培训2次。
（二）服务大局
——围绕中心，协商议政。提出建议3条。
我们将继续努力。
二、2021年工作安排
（一）提高站位
开展培训。
三、加强自身建设
开展活动。
"""


def test_numbering_makes_levels() -> None:
    sections, _ = segment(REPORT)
    assert [(section.level, section.title) for section in sections] == [
        (0, ""),
        (1, "常务委员会工作报告"),
        (1, "——2021年1月7日在政协青山县第十届委员会第四次会议上"),
        (3, "一、2020年工作回顾"),
        (4, "（一）提高站位"),
        (5, "1.理论学习"),
        (4, "（二）服务大局"),
        (7, "——围绕中心，协商议政"),
        (3, "二、2021年工作安排"),
        (4, "（一）提高站位"),
        (3, "三、加强自身建设"),
    ]


def test_a_plan_holds_for_what_lies_below_and_what_follows() -> None:
    sections, sentences = segment(REPORT)
    planned = [sections[s.section].title for s in sentences if s.planned]
    assert planned == [
        "——围绕中心，协商议政",  # 我们将继续努力。
        *["二、2021年工作安排"],
        *["（一）提高站位"] * 2,
        *["三、加强自身建设"] * 2,
    ]


def test_a_title_at_the_end_is_no_plan() -> None:
    for number in ("000", "002"):
        _, sentences = of_seed(number)
        assert "会议上" in "".join(s.text for s in sentences[-4:])
        assert not any(sentence.planned for sentence in sentences[-3:])


def test_markdown_headings_rank_above_numbers() -> None:
    sections, _ = of_seed("003")
    titles = {section.title: section for section in sections}
    assert titles["三、今后工作的建议"].level == 2
    below = titles["一、聚焦履职初心，肩负政治担当，在坚持党的领导下坚守政协初心"]
    assert below.level > 2
    assert below.planned


@pytest.mark.parametrize(
    ("number", "first", "done"),
    [
        ("000", "二、2021年工作安排", 40),
        ("001", "三、关于今后五年及2022年工作建议", 60),
        ("002", "2025年工作安排", 50),
        ("003", "三、今后工作的建议", 40),
        ("004", "二、2021年工作安排", 60),
    ],
)
def test_seeds_turn_to_plans_where_they_do(number: str, first: str, done: int) -> None:
    sections, sentences = of_seed(number)
    planned = [section for section in sections if section.planned]
    assert planned[0].title == first
    before = [s for s in sentences if s.end <= planned[0].start]
    assert len(before) >= done
    assert sum(sentence.planned for sentence in before) <= 2
    inside = [s for s in sentences if planned[0].start <= s.start < planned[0].end]
    assert all(sentence.planned for sentence in inside)


def test_a_section_of_two_subjects_turns_in_the_middle() -> None:
    text = (
        "一、2020年工作回顾\n稳定了基本盘。\n"
        "二、“十三五”时期发展成就和“十四五”时期主要目标任务\n过去五年取得成就。\n"
        "“十四五”时期是第一个五年。\n提升质量。\n——坚持创新。发展产业。\n三、2021年重点工作\n开展工作。\n"
    )
    _, sentences = segment(text, period="2020")
    done = [sentence.text for sentence in sentences if not sentence.planned]
    assert done[-1] == "过去五年取得成就。"


def test_explanations_after_a_plan_are_no_plan() -> None:
    text = "一、2025年工作回顾\n完成。\n二、2026年工作安排\n推进。\n名词解释\n指一种统计。\n"
    _, sentences = segment(text)
    assert [sentence.planned for sentence in sentences[-4:]] == [True, True, False, False]  # fmt: skip


def test_an_address_turns_to_the_next_year_without_a_title() -> None:
    text = "一、2023年工作回顾\n完成。\n二、加强自身建设\n培训委员。\n各位委员！2024年，我们将协商。\n推进。\n"
    _, sentences = segment(text, period="2023")
    assert [sentence.planned for sentence in sentences] == [False] * 4 + [True] * 3


def test_a_part_that_does_not_tell_tells_by_how_it_begins() -> None:
    text = "一、一年接着一年干\n全省经济增长。\n二、一张蓝图绘到底\n“十五五”时期是关键。\n提升质量。\n"
    _, sentences = segment(text, period="2025")
    assert [sentence.planned for sentence in sentences] == [False] * 2 + [True] * 3


@pytest.mark.parametrize(
    ("title", "period", "expected"),
    [
        ("一、2020年工作回顾", None, False),
        ("二、2021年工作安排", None, True),
        ("今后工作的建议", None, True),
        ("三、关于今后五年及2022年工作建议", None, True),
        ("下一步打算", None, None),
        ("下一步工作打算", None, True),
        ("明年任务", "2020", None),
        ("今年工作的总体要求和主要目标", None, True),
        ("“十五五”时期主要目标任务", None, True),
        ("三、2026年的重点工作", None, True),
        ("三、关于2026年工作", "2025", True),
        ("三、2025年重点工作完成情况", "2025", False),
        ("二、关于《青山省国民经济和社会发展第十五个五年规划纲要（草案）》的说明", "2025", True),
        ("二、五年工作的主要体会", None, False),
        ("一、聚焦重点工作", None, None),
        ("二、围绕中心，服务大局", None, None),
        ("全面推进“十五五”开局", "2025", True),
        ("为“十五五”开局奠定基础", "2025", None),
    ],
)  # fmt: skip
def test_titles_tell_plans_from_reports(
    title: str, period: str | None, expected: bool | None
) -> None:
    assert announced(title, period) is expected


@pytest.mark.parametrize(
    "sentence",
    [
        "2023年，市政协将在市委领导下，助推乡村振兴。",
        "我们将坚持问题导向，认真研究改进。",
        "要深入学习贯彻会议精神。",
        "一要建好协商议政平台。",
        "2022年要按照县委确定的工作目标履职。",
        "力争重点提案办成率达到95%以上。",
        "今年经济社会发展的主要预期目标是：增长5%左右。",
        "让我们更加紧密地团结起来。",
        "回顾过去一年，我们要在今后的工作中加强和提高。",
        "下一步，县政协拟召开专题会议。",
    ],
)
def test_sentences_that_announce(sentence: str) -> None:
    assert announces(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "县政协将提案办理纳入考核体系。",
        "将全面从严治党贯穿工作始终。",
        "坚持将协商民主作为重要抓手。",
        "政协工作是重要的工作，主要领导需要重视。",
        "县委要求各单位落实要点。",
        "凝聚正能量，才能让我们的朋友圈越来越大。",
        "完成了全年任务，将为全县发展作出贡献。",
        "已办结提案，要求落实。",
        "举办活动，坚持两手抓、两手都要硬。",
        "将军和将士出席。",
        "落实提案办理计划，召开会议3次。",
    ],
)
def test_sentences_that_announce_nothing(sentence: str) -> None:
    assert not announces(sentence)


def test_a_later_year_announces_where_the_period_is_known() -> None:
    assert announces("2021年，全县生产总值增长6%左右。", "2020")
    assert not announces("2020年，全县生产总值增长6%。", "2020")
    assert not announces("2021年，全县生产总值增长6%左右。")


def test_plan_periods_are_years() -> None:
    assert latest_year("“十四五”时期和2025年工作") == 2025
    assert latest_year("第十五个五年规划") == 2026
    assert latest_year("全年召开会议12次") is None
    assert not is_mixed("“十五五”时期主要目标任务")


# -- words --------------------------------------------------------------------------


@pytest.mark.parametrize("guess", [True, False])
def test_both_libraries_cut_runs_of_han_alike(guess: bool) -> None:
    pytest.importorskip("rjieba")
    added = ("青山县政协", "有事好商量")
    rust, python = rust_cutter(added), python_cutter(added)
    runs = [
        run
        for path in SEEDS
        for run in HAN_RUN.findall(clean(read(path)).text + "青山县政协有事好商量")
    ]
    assert len(runs) > 3000
    assert [rust(run, guess) for run in runs] == [python(run, guess) for run in runs]


def test_added_words_stay_with_those_who_added_them() -> None:
    assert "有事好商量平台" in words("打造有事好商量平台。", ("有事好商量平台",))
    assert "有事好商量平台" not in words("打造有事好商量平台。")


def planned_sections(text: str, period: str) -> dict[str, bool]:
    """Whether each section announces, by its title."""
    sections, _ = segment(text, period=period)
    return {section.title: section.planned for section in sections}


def test_a_part_takes_nothing_from_the_heading_below_it() -> None:
    text = "一、履职为民\n提出意见。\n二、服务代表\n走访群众。\n三、2025年主要任务\n抓好落实。\n"
    planned = planned_sections(text, "2024")
    assert planned["二、服务代表"] is False
    assert planned["三、2025年主要任务"] is True


def test_the_line_that_says_who_reports_when_begins_no_plans() -> None:
    text = (
        "2024年工作总结和2025年工作思路\n（街道办事处 2025年1月6日）\n"
        "一、2024年工作总结\n办结12件。\n二、2025年工作思路\n抓好落实。\n"
    )
    planned = planned_sections(text, "2024")
    assert planned["一、2024年工作总结"] is False
    assert planned["二、2025年工作思路"] is True


def test_words_are_of_han_characters_alone() -> None:
    assert words("AI、2024年！") == ["年"]
    assert words("") == []


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("工作目", "标和方向", True),
        ("凝聚共识有机统", "一、相互赋能", True),
        ("工作回顾", "过去一年", False),
        ("工作安排", "各位委员", False),
        ("2021年", "一、回顾", False),
        ("共12", "次", False),
        ("", "", False),
    ],
)
def test_a_break_inside_a_word_is_seen(before: str, after: str, expected: bool) -> None:
    assert cuts_word(before, after) is expected


def test_cutting_words_says_nothing() -> None:
    code = "from zhengpu.text.words import python_cutter; python_cutter(())('县政协', True)"
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        capture_output=True,
        text=True,
        check=True,
    )
    assert (done.stdout, done.stderr) == ("", "")


@pytest.mark.parametrize(
    ("first", "planned"),
    [
        (
            "（四）加快转型。一要提升产能，新建农田600万亩以上。二要加强服务。",
            True,
        ),
        ("（四）转型加快。新建农田600万亩以上，产量同比增长5%，首次超过全国。", False),
        ("提质文旅产业。打造黄河旅游带，办好古都群论坛，力争接待游客9亿人次。", True),
        ("提质文旅产业。黄河旅游带建成开放，接待游客9亿人次，入选名录。", False),
    ],
)
def test_a_passage_without_headings_may_read_as_plans(
    first: str, planned: bool
) -> None:
    text = f"2026年甘肃省政府工作报告\n{first}\n（五）扩大开放。支持企业出海。\n"
    sections, _ = segment(text, period="2025", passage=True)
    assert (sections[0].planned, sections[-1].planned) == (planned, planned)
    assert not any(s.planned for s in segment(text, period="2025")[0])


def test_a_heading_tells_more_than_the_words_of_a_passage() -> None:
    text = "一、2025年工作回顾\n打造旅游带，力争接待游客9亿人次，鼓励企业出海。\n"
    sections, _ = segment(text, period="2025", passage=True)
    assert not any(s.planned for s in sections)


@pytest.mark.slow
def test_jieba_is_imported_without_its_warnings() -> None:
    """Its source is compiled anew where no compiled modules are kept."""
    script = "from zhengpu.text.words import python_cutter; python_cutter(())"
    ran = subprocess.run(
        [sys.executable, "-B", "-W", "error", "-X", "pycache_prefix=/nowhere",
         "-c", script],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (ran.returncode, ran.stderr) == (0, "")
