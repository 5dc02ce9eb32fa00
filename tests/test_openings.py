"""The period that a part of a report opens with, and how far it holds."""

from __future__ import annotations

import pytest

from zhengpu.extraction.statistics import count
from zhengpu.extraction.thread import Thread
from zhengpu.model import Frame, Section, Sentence

FIVE = Frame("政府工作报告", period="2018-2022", body_kind="政府")
ONE = Frame("政府工作报告", period="2022", body_kind="政府")


def periods_of(frame: Frame, levels: list[int], *lines: tuple[int, str]) -> list[str]:
    """The periods of the figures of sentences, each with its section; | ends a line."""
    sections = [Section("", level, 0, 0, planned=False) for level in levels]
    thread, at, found = Thread(sections), 0, []
    for section, text in lines:
        words = text.removesuffix("|")
        sentence = Sentence(words, at, at + len(words), section, planned=False)
        found += count(sentence, (), frame, lambda _: "e1", thread)
        at += len(text)
    return [fact.period for fact in found]


def test_what_is_announced_holds_for_all_the_parts_that_follow() -> None:
    told = periods_of(
        ONE,
        [0, 3, 7, 4, 4, 3],
        (1, "2022年极不平凡。|"),
        (2, "五年来，我们主要做了以下工作。|"),
        (3, "新建学校20所。|"),
        (4, "去年减税3亿元。|"),
        (4, "新建医院2所。|"),
        (5, "新建公园5个。|"),
    )
    assert told == ["2018-2022", "2022", "2022", "2022"]


def test_a_part_goes_on_with_the_year_that_the_text_above_had_come_to() -> None:
    told = periods_of(
        FIVE,
        [0, 3, 4, 4],
        (1, "五年来，修路3公里。|"),
        (1, "刚刚过去的2022年，我们团结奋斗。|"),
        (2, "新建学校20所。|"),
        (3, "新建医院2所。|"),
    )
    assert told == ["2018-2022", "2022", "2022"]


def test_a_summary_of_five_years_does_not_hold_for_the_numbered_parts() -> None:
    told = periods_of(
        ONE, [0, 3, 4], (1, "五年来，修路3公里。|"), (2, "新建学校20所。|")
    )
    assert told == ["2018-2022", "2022"]


def test_a_year_told_amid_a_paragraph_holds_to_its_end() -> None:
    told = periods_of(
        FIVE,
        [3],
        (0, "教育优先发展。"),
        (0, "2022年新建学校20所。"),
        (0, "聘任教师500名。|"),
        (0, "新建医院2所。|"),
    )
    assert told == ["2022", "2022", "2018-2022"]


@pytest.mark.parametrize("mean", ["平均每年增长6%", "年均增长6%"])
def test_a_yearly_mean_is_of_all_the_years_reviewed(mean: str) -> None:
    told = periods_of(FIVE, [3], (0, f"2022年地区生产总值达到90亿元，{mean}。"))
    assert told == ["2022", "2018-2022"]
