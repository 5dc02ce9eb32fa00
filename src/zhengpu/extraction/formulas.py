"""Quoted words that name nothing: formulae, doctrines, sorts of projects."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zhengpu.knowledge.lexicon import words
from zhengpu.model import EntityType

if TYPE_CHECKING:
    from zhengpu.model import Mention


def is_slogan(mention: Mention, text: str) -> bool:
    """Whether a quoted programme is a formula or doctrine.

    What serves as a formula elsewhere names a campaign, a trial or a reform where
    such a word stands behind it: “减证便民”|行动, “先诊疗后付费”|模式.
    """
    if mention.type is not EntityType.PRG or not mention.text.startswith("“"):
        return False
    inner = mention.text[1:].split("”", 1)[0]
    if inner not in words("slogans", "surface") or _TAUGHT.search(mention.text):
        return False
    coined = inner in words("slogans", "surface", "服务口号")
    runs = _RUNS.search(mention.text) or _REFORM.match(text, mention.end)
    return not (coined and runs)


def is_formula(name: Mention) -> bool:
    """Whether an open name is a numbered doctrine or a sort of projects.

    “四个全面”|战略 and “小而美”|民生项目 are; “海洋强国”|战略 is a programme.
    """
    if not name.text.startswith("“"):
        return False
    inner = name.text[1:].split("”", 1)[0]
    if _PERIOD.fullmatch(inner) and not name.text.endswith(("规划", "计划", "纲要")):
        return True  # “十五五”|碳达峰行动方案
    numbered = inner[:1] in _NUMERALS
    doctrine = numbered and inner in words("slogans", "surface", "理论学说")
    sort = name.text.endswith("项目") and inner in words("slogans", "surface")
    return doctrine or sort


_PERIOD = re.compile("十[一二三四五六]五")
_NUMERALS = frozenset("一二两三四五六七八九十")
_RUNS = re.compile(r"”.*(?:行动|试点|体系|机制|战略|活动)$|^“\d\+.*”.*平台$")
_TAUGHT = re.compile("”(?:专题|主题|学习)?教育(?:实践)?(?:活动)?$")
"""What is taught in a campaign, which a formula names: “三个意识”|教育."""
_REFORM = re.compile("(?:[^，。；、“”的]{0,4})(?:模式|改革)|(?<=”)建设")
