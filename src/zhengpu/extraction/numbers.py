"""Numerals: how many of what, read from Chinese and Arabic figures.

A number is a figure, its magnitudes (万, 亿), what makes it approximate (近, 余,
以上) and its unit from `units.tsv`: `近3.5万人次`, `二十余万元`, `百分之五`. What only looks
like one is left out: ordinals (第三届, 三次全会), dates, years, names (5G, G331, 9+1).
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from zhengpu.extraction.numerals import DIGITS, HAN, SCALES, parse_han, scale_of
from zhengpu.extraction.units import (
    NO_UNIT,
    PER_MILLE,
    PERCENT,
    Unit,
    initials,
    unit_at,
)
from zhengpu.knowledge.patterns import quick

if TYPE_CHECKING:
    from collections.abc import Iterator

_SINGLE = frozenset("二三四五六七八九十两")
"""Numerals that name rather than count: 两个维护, 十项举措."""
_UNIT_INITIALS = re.escape(initials())

_NUMERAL = quick(
    rf"""
    (?P<per>[百千]分之)(?P<share>\d{{1,9}}(?:\.\d{{1,9}})?|[{HAN}]{{1,9}}(?:点[{HAN}]{{1,9}})?)
  | (?:(?:(?P<large>\d{{1,4}})(?P<myriads>[亿万])(?=\d{{1,4}}[余多几]?[百千万]|\d{{3,4}}(?![\d年])))?
       (?P<arabic>\d{{1,15}}(?:[,，]\d{{3}}(?!\d)){{0,5}}(?:[.．]\d{{1,9}})?)
      |(?P<han>(?:[二三四五六七八九十两]|一(?=[十百千万亿点成]))[{HAN}]{{0,16}}
        (?:点[零〇一二三四五六七八九]{{1,9}})?
        |[百千万亿](?:(?:(?<=[近超逾达破过].)|(?<=[^以之]上.))[百千万亿]?|(?=[余多]))
       )(?=[\ 余多几来成分{_UNIT_INITIALS}]))
    \ ?(?P<more>[余多几来]?)
    (?P<power>(?:[百千万亿](?![瓦米克伏卡分])){{0,3}})
    (?P<still>[余多几来]?)(?P<further>(?:(?<=[余多])[万亿])?)\ ?
    """,
    re.VERBOSE,
)
"""Anchored on figures; 一 by itself is an article, not a count.

A magnitude alone counts where the words make it approximate: 百余个, 突破百亿元.
"""

_BEFORE = re.compile(
    "(?:超过|超|近|大约|约为|(?<![条合公契节签])约|逾|突破|接近|不少于|不低于|至少|高达|多达|不下|不足|不到|(?<![跨迈跃闯渡])过) ?$"
)
_AFTER = re.compile("以上|以内|之内|左右|上下|多(?![个种样项元边方的])")
_QUALIFIES = re.compile(
    r"级|线(?!路)|(?:以上|以下|以内|之内)的?[^\W\d]|以[上下]\d+[个家户]"
)
_THAN = re.compile("(?<!不)[低高大小]于$")
"""Words that make a figure before 的 the size of what follows: 低于10万元的村."""
_PASSES = re.compile("(?:超|过|逾|破)$")
_CLASS = re.compile(
    "(?:工业|产业|文旅)?(?:项目|企业|工程|集群|园区|品牌|省份|城市|[县市区镇村乡](?![一-鿿]))"
)
"""Behind a figure that a class of things passes: 新签约过亿元|项目74个."""
_COUNTED = re.compile(
    r"的[^，。；、\d]{0,4}(?:[村镇县市区户]|企业|项目|园区|集群|乡镇|品牌|产业|合作社)(?:总?数量?)?"
    r"(?:由|从|达|有|增至|增加到|增长到|共|突破|\d)"
)
"""The same of what is counted: 年收入超50万元的|村由31个增至47个."""
_AT_LEAST = re.compile("以上(?!的)")
_COUNTING = frozenset(("count", "occasion"))
_SIZES = frozenset(("户", "级", "层", "单", "张", "页", "字"))
"""Units that tell how large a village, a house or a firm is."""
_RATINGS = frozenset(("千伏", "级"))
_RATED = re.compile(r"(?:及?以上|及以下)?的?[一-龥]")
"""What such figures tell the kind of: 750千伏输变电工程, 6.2级地震."""
_PER_YEAR = re.compile("/年[一-龥]")
"""What makes a figure the size of a plant: 20亿立方米/年煤制天然气项目."""
_NAME_BEFORE = re.compile(r"[A-Za-z\d第前·+#№:∶/.届〔\[初-]|[数几](?!\d)")
_NAME_AFTER = re.compile(
    r"[A-Za-z](?![A-Za-z])|[+×·∶]|[:/]\d|分之|中全会|月|日(?!元)|号"
)
_ORDINAL = re.compile(
    "(?:、[一二三四五六七八九十]{1,3}次)+(?:全会|(?:全体)?会议)|产业(?:结构|比|增加|占|协|融|的?比)|全会|全体会议|(?:常委会)?会议(?:以来|上|通过|精神|召开|期间|决议)"
)
_SESSION = re.compile("(?:全会|(?:全体)?会议)")
"""What is numbered with others: 县十四届人大三次、四次|会议."""
_COMPOUND = re.compile(
    "人(?:民|均|口|大|才|工|类|转(?![为入到移岗]))|名(?:城|师(?![生范])|录|牌)|场(?:地|所|馆|景)|家(?:庭|园|长)|项目"
    "|位数|部(?:门|委|队)|条件|口岸|面(?:积|对)|位于|期(?:间|末)|次(?:生|于)|所(?:有|以|在)"
    "|处(?:理|置|于)|支(?:持|撑)|对(?:于|接|口)|列(?:入|为)|组(?:织|成|建)|台阶|座谈"
    "|[台门步峰里江河水寨莲华常原]{1,2}[县市区]"
    "|本(?:科|院校|批次|(?:及?以上)?[达上]线)|周(?:边|期|年)|分(?:别|布|类|之)|里程|种植|批(?:准|复)|章程|节(?:能|点|约)"
)
"""A measure word that begins a longer word measures nothing."""
_TENTHS = re.compile(
    "成(?P<rest>[一二三四五六七八九半]?)(?=以上|以下|左右|多|的|得到|[，。；、）]|$)"
)
_ASPECTS = re.compile(r"个方面(?=[\d二三四五六七八九十]|(?:重点)?(?:工作|任务))")
"""查找出6个方面17个问题 counts two things; 等6个方面 alone are 6个."""
_TASKS = re.compile("(?:的|重点)*(?:工作|任务)")
_AFFAIRS = re.compile("事(?:情)?[：。，；]")
_TACKLED = ("抓好", "抓好以下", "做好", "做好以下", "抓好下列", "抓实", "推进以下")
"""What makes a numeral below ten count tasks: 重点抓好四项工作."""
_LISTED = re.compile("(?:、|和|与|及|，) ?$")
_RANGED = re.compile("(?:至|到|-|——?|–|~|～|─) ?$")
_PLAIN = str.maketrans("．", ".", ",，")
"""Writes figures as Python reads them."""
_YEARS = range(1800, 2200)


class Number(Struct, frozen=True):
    """A figure with its unit.

    >>> find_numbers("协调争取资金二十余万元")[0].value
    Decimal('200000')
    """

    start: int
    """Where the figure, or the word that makes it approximate, begins."""
    end: int
    value: Decimal
    unit: str
    """As figures name it: 万亩 is 亩, ％ is %; empty when none follows."""
    kind: str
    """`occasion`, `people`, `count`, `rate`, `money` … of the unit, or empty."""
    approx: bool = False
    bound: str = ""
    """`下限` or `上限`, of a range."""
    attributive: bool = False
    """It qualifies what follows (50万元以下的账款) and counts nothing."""


class _Figure(NamedTuple):
    """A numeral as scanned, before its neighbours are looked at."""

    start: int
    end: int
    value: Decimal
    scale: int
    unit: Unit
    approx: bool
    counts: bool
    """False where it is an ordinal, a date or part of a name."""
    attributive: bool


def _value(match: re.Match[str]) -> Decimal | None:
    share, arabic, han = match["share"], match["arabic"], match["han"]
    if share:
        return Decimal(share) if share[0].isdecimal() else parse_han(share)
    if arabic:
        return Decimal(arabic.translate(_PLAIN))
    return parse_han(han)


def _unit(text: str, match: re.Match[str]) -> Unit:
    """The unit after a figure, also where it is folded into the words."""
    if match["per"]:
        return PERCENT if match["per"] == "百分之" else PER_MILLE
    if tenths := _TENTHS.match(text, match.end()):
        return Unit(tenths[0], "%", "rate", "yes")
    if _ASPECTS.match(text, match.end()):
        return Unit("个方面", "个方面", "count", "ten")
    if _COMPOUND.match(text, match.end()):
        return NO_UNIT
    return unit_at(text, match.end())


def _is_ordinal(text: str, match: re.Match[str], unit: Unit) -> bool:
    """Whether a figure numbers or names something instead of counting."""
    if match["per"]:
        return False
    if not unit.written:
        return _NAME_AFTER.match(text, match.end()) is not None
    end = match.end() + len(unit.written)
    listed = text.endswith("次、", 0, match.start()) and _SESSION.match(text, end)
    announced = unit.unit == "件" and _AFFAIRS.match(text, end)  # 抓好四件|事：
    if listed or announced or _ORDINAL.match(text, end):
        return bool(match["han"])
    if arabic := match["arabic"]:
        whole = arabic.isdecimal()
        version = unit.unit == "版" and not whole  # 林长制改革2.0版
        return version or (unit.unit == "年" and whole and int(arabic) in _YEARS)
    if unit.han == "ten" and _TASKS.match(text, end):
        return not text.endswith(_TACKLED, 0, match.start())
    whole = not (match["more"] or match["still"] or match["power"])
    return unit.han == "no" or (unit.han == "ten" and whole and match["han"] in _SINGLE)


def _qualifies(text: str, end: int, unit: Unit) -> bool:
    """Whether a figure tells the size of what follows: 50万元以下的账款, 20户以上自然村.

    培育100家以上特色企业 counts them.
    """
    if unit.unit in _RATINGS:
        return _RATED.match(text, end) is not None
    if unit.kind == "rate" or not _QUALIFIES.match(text, end):
        return False
    counts = unit.kind in _COUNTING and unit.unit not in _SIZES
    return not (counts and _AT_LEAST.match(text, end))


def _completed(value: Decimal, unit: Unit) -> Decimal:
    """A value with what its unit adds: 两个半月, 三成五."""
    if "半" in unit.written:
        value += Decimal("0.5")
    if unit.written.startswith("成"):
        return value * 10 + DIGITS.get(unit.written[1:], 0)
    return value


def _figure(text: str, match: re.Match[str], after: _Figure | None) -> _Figure | None:
    """The figure of one match; `after` is the one before it."""
    value, unit = _value(match), _unit(text, match)
    if value is None:
        return None
    scale = scale_of((match["power"] or "") + (match["further"] or ""))
    if match["large"]:  # 1亿3千多万
        value += Decimal(match["large"]) * scale_of(match["myriads"]) / scale
    value = _completed(value, unit)
    start = match.start()
    if unit.unit == "届" and text.endswith("连续", 0, start):
        unit = unit._replace(kind="duration", han="yes")
    end = match.end() + (0 if match["per"] else len(unit.written))
    than = _THAN.search(text, max(0, start - 3), start)
    sized = than is not None and text.startswith("的", end)
    per = text.endswith("每", 0, start) or _PER_YEAR.match(text, end) is not None
    passed = unit.kind not in _COUNTING and _PASSES.search(
        text, max(0, start - 2), start
    )
    sums = unit.kind != "rate" and _COUNTED.match(text, end)
    classed = passed and (_CLASS.match(text, end) or sums)
    attributive = sized or per or bool(classed) or _qualifies(text, end, unit)
    before = _BEFORE.search(text, max(0, start - 4), start)
    more = _AFTER.match(text, end)
    bare = match["han"] and match["han"][0] in SCALES
    approx = bool(before or more or match["more"] or match["still"] or bare)
    ordinal = _is_ordinal(text, match, unit)
    if start and _NAME_BEFORE.match(text, start - 1):
        ordinal |= not (after and after.counts and after.end == start - 1)
    elif after and not after.counts and _LISTED.fullmatch(text, after.end, start):
        ordinal |= bool(match["han"])
    return _Figure(
        before.start() if before else start,
        more.end() if more else end,
        value,
        scale,
        unit,
        approx or "多" in unit.written,
        not ordinal,
        attributive,
    )


def _figures(text: str) -> Iterator[_Figure]:
    """Every numeral of a text, ordinals and names included."""
    after = None
    for match in _NUMERAL.finditer(text):
        if figure := _figure(text, match, after):
            after = figure
            yield figure


def _joined(text: str, figure: _Figure, after: _Figure | None) -> tuple[_Figure, bool]:
    """A figure with the unit it shares with the next, and whether they are a range.

    In 3至5万元 and 提高1.2、3.4个百分点 the last figure's magnitude and unit hold for all,
    and in 快于全国3.4个、1个百分点.
    """
    if after is None or not after.counts:
        return figure, False
    between = text[figure.end : after.start]
    points = figure.unit.unit == "个" and after.unit.unit == "个百分点"
    if points and _LISTED.fullmatch(between):
        figure = figure._replace(unit=after.unit)
    ranged = _RANGED.fullmatch(between) is not None
    if figure.unit is NO_UNIT and (ranged or _LISTED.fullmatch(between)):
        scale = after.scale if figure.scale == 1 else figure.scale
        figure = figure._replace(unit=after.unit, scale=scale)
    return figure, ranged and figure.unit == after.unit


def _number(figure: _Figure) -> Number:
    value = figure.value * figure.scale
    if value == value.to_integral_value():
        value = value.to_integral_value()
    return Number(
        figure.start,
        figure.end,
        value,
        figure.unit.unit,
        figure.unit.kind,
        figure.approx,
        attributive=figure.attributive,
    )


_FROM_NTH = re.compile(
    "第[一二三四五六七八九十百\\d]+(?:[、和至到—－–~-][一二三四五六七八九十百\\d]+)*[、和至到—－–~-]+\\Z"
)
"""Before the last of several ordinals: 第十二至|十六辑, 第三、四、|五辑."""
_FAR_NTH = 16


def find_numbers(text: str) -> list[Number]:
    """The numbers of a text, in order.

    >>> [(n.value, n.unit) for n in find_numbers("经审查立案88件，答复率达98.5%")]
    [(Decimal('88'), '件'), (Decimal('98.5'), '%')]
    >>> [(str(n.value), n.bound) for n in find_numbers("每户补助3至5万元")]
    [('30000', '下限'), ('50000', '上限')]
    >>> [str(n.value) for n in find_numbers("由1万6千多户增加到3亿2000万户，计3万多亿元")]
    ['16000', '320000000', '3000000000000']
    >>> find_numbers("750千伏输变电工程，6.2级地震，两位数增长")[0].attributive
    True
    >>> find_numbers("2021年1月7日召开第十四届委员会第三次会议，落实“四个意识”")
    []
    """
    numbers: list[Number] = []
    after = None
    for scanned in reversed(list(_figures(text))):
        figure, lower = _joined(text, scanned, after)
        after = figure
        if not figure.counts or not (figure.unit.written or figure.scale > 1):
            continue
        if _FROM_NTH.search(text, max(0, figure.start - _FAR_NTH), figure.start):
            continue
        number = _number(figure)
        if lower and numbers:
            if number.value == 1 and number.kind == "count":
                numbers.pop()  # 1至4集 are numbered parts
                continue
            numbers[-1] = replace(numbers[-1], bound="上限")
            number = replace(number, bound="下限")
        numbers.append(number)
    return numbers[::-1]
