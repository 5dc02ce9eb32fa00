"""Meaning: which mentions a deed cannot mean, though it stands before them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zhengpu.extraction.skeleton import AREA_RULE, HERE_RULE
from zhengpu.knowledge.lexicon import words
from zhengpu.knowledge.rulebook import FOLDABLE, FOLDED
from zhengpu.model import EntityType, Relation

if TYPE_CHECKING:
    from zhengpu.model import Mention

_YEARS = re.compile(
    "的?[^，。；]{0,6}(?:之年|一年|(?:关键|重要|攻坚|决胜|冲刺|起步|奠基|窗口|机遇)(?:时期|阶段|五年|期))"
)
"""2024年是实施“十四五”规划|的关键一年 tells of no deed."""
_TARGETS = re.compile(
    "(?:规划)?(?:确定的|提出的)?(?:经济社会发展|阶段性|各项|主要|保障)*(?:目标|任务|投资)|(?:竣工|项目)?验收|推进机制|经验(?=[，。；、])"
    "|[\u4e00-\u9fff]{0,2}道路|(?:示范|先行|样板)[省市县区乡镇村]|(?:补助|衔接)?资金"
)
"""完成“十四五”规划|目标任务 tells of the targets, not of the programme."""
_FINDS = re.compile("反馈|发现|指出|交办|移交|整改")
"""抓好中央生态环保督察|反馈问题整改: who mends what it found did not organize it."""
_INSPECTION = ("督察", "巡视")
_PERIOD = re.compile("“?十[一二三四五六]五”?$")
_IN_PERIOD = re.compile("(?!规划|纲要|计划|建议|时期|开局|收官)[\u4e00-\u9fff]{2}")
"""Behind a plan period: only when what is meant was done: 实施“十五五”|碳达峰行动方案."""
_STARTED = re.compile(
    "(?:规划)?(?:实现)?(?:良好|精彩|高质量|顺利)?(?:开局|起步|开门红|收官)"
)
"""Behind a plan period: its first year is meant: 推动“十五五”|开局首战告捷."""
_BY_LAW = re.compile(
    "的?(?:配套|实施)[\u4e00-\u9fff]{0,4}(?:细则|办法|意见|方案|政策|措施|制度)"
)
"""Behind a law: only what carries it out is produced: 出台《条例》|配套细则."""
_SPOT = re.compile("(?:重要|战略|新的){0,3}(?:支点|枢纽|高地|节点|门户|屏障)")
"""Behind a strategy: the place has a part in it: 建成西部大开发|重要战略支点."""
_TOWARDS = re.compile(
    f"[{FOLDABLE}][^，。；、]{{0,6}}(?:面向|融入|接轨|联通|连接|辐射)\\Z"
)
"""支持先导区面向|京津冀 supports who turns there."""
_FOUNDS = re.compile(
    "[^，。；、和与及的\\n]{1,14}?(?:机制|制度|体系|联盟|平台|[^，。；、和与及的]组|队|站|室|中心|专班)(?=[，。；、\\d]|$)"
)
"""Behind a name: it only opens that of what is founded: 建立大别山区|联席会议机制."""
_STATUS = re.compile("(?:示范|先行|样板|创新)[省市县区乡镇村]")
"""Behind a strategy: 创建国家乡村振兴|示范县."""
_ENLARGES = re.compile(
    "(?:新|老|东|西|南|北|城)?(?:院区|校区)|分院|迁建|改?扩建|[^，。；、\n]{0,6}(?:楼|公寓|食堂|宿舍|病区)"
)
"""Behind a house that stands already: 建成县妇幼保健院|新院区."""
_WITH = re.compile(
    f"[{FOLDABLE}](?:[与同和]|(?:联合|会同|携手)(?:[{FOLDABLE}][、和]){{0,9}})\\Z"
)
_ALLIED = re.compile(f"[{FOLDABLE}](?:联合|会同|携手)(?:[{FOLDABLE}][、和]){{0,9}}\\Z")
"""支持甲研究院联合|乙科学院|选育 supports the first."""
_JOINTLY = re.compile(
    rf"(?:[、和][{FOLDABLE}]){{0,5}}[^，。；]{{0,10}}?(?:共建|组建|创建|签|合作|联动|缔结|搭建|结对|共同|对接|达成|联合)"
)
"""支持甲医院与|乙医院|组建医联体 supports the first; the two work together."""
_LONGER = re.compile(
    "(?!建设|创建|打造|争创|新建|开展|实施|创新|加快|设立|建成|改造)"
    f"[\u4e00-\u9fff{FOLDABLE}]{{1,8}}?"
    "(?:公园|风景区|旅游区|纪念馆|博物馆|陈列馆|小学|中学|车站|[东西南北]站|大学城|研制中心|研究中心|数据中心|文化馆|综保区|综合保税区)(?=[，。；、和与等]|$)"
)
"""Behind a place: it only opens the name of what is meant: 走进六盘山|红军长征纪念馆."""
_COUNTED = re.compile(
    f"(?:、{FOLDED['PLC']}){{0,9}}\\d+[个家大](?:国家级|省级)?(?:(?:综保|综合保税|开发|高新|经开|园|片|试验|合作|协作)区|[\u4e00-\u9fff]{{0,6}}(?:基地|集群))"
)
"""Behind places that tell of zones of theirs: 推动呼和浩特、满洲里|3个综保区."""
_INSIDE = (FOLDED["ORG"], FOLDED["PRG"])
_WORK = re.compile("(?:工作|情况|建设|实施|推进|进展|落实|任务)")
_WORK_THERE = re.compile(f"{FOLDED['PRG']}{_WORK.pattern}")
"""Behind a place: what is done there is no name that the place opens."""


def _only_opens(mention: Mention, after: str) -> bool:
    """Whether a place only tells where what is meant stands: 参观青莲镇|“…”议事厅."""
    if mention.type is not EntityType.PLC:
        return False
    longer = _LONGER.match(after) or _COUNTED.match(after)
    return longer is not None or after.startswith(_INSIDE)


def cannot_mean(relation: Relation, mention: Mention, between: str, after: str) -> bool:
    """Whether a relation cannot be meant of this mention.

    Nobody inspects 我县 or establishes a county, and what stands between 推动 and
    its object must not be another verb (推动关停码头).
    """
    match relation:
        case Relation.INSPECTS:
            return _is_not_seen(mention, between, after)
        case Relation.ESTABLISHES:
            return _is_not_founded(mention, between, after)
        case Relation.ORGANIZES:
            return _is_not_run(mention, between, after)
        case Relation.PRODUCES:
            return _BY_LAW.match(after) is not None
        case Relation.SUPPORTS:
            started = _PERIOD.match(mention.text) and _STARTED.match(after)
            return bool(started) or _is_not_helped(mention, between, after)
        case _:
            return False


_PEOPLE = re.compile(r"\d+[余多]?[名位]")
"""Behind a body whose people are judged: 对县法院|5名法官开展履职评议."""
_TOWNS = frozenset(("names/镇", "names/乡", "names/街道"))


def _is_not_seen(mention: Mention, between: str, after: str) -> bool:
    """Whether what is inspected is another: 调研融水县|乡村振兴工作 is of the place."""
    here = mention.rule == HERE_RULE
    if _WORK_THERE.match(after):
        return here
    about = between[-1:] == FOLDED["PLC"] and _WORK.match(after)
    return bool(about or _PEOPLE.match(after)) or here or _only_opens(mention, after)


def _is_not_founded(mention: Mention, between: str, after: str) -> bool:
    """Whether it stands already, or only opens the name of what is founded."""
    here = mention.rule == HERE_RULE
    area = mention.rule.startswith(AREA_RULE) or mention.rule in _TOWNS
    larger = mention.type is EntityType.ORG and _ENLARGES.match(after)
    # 获批建设中国—|吉尔吉斯斯坦文化遗产联合实验室
    pair = between.endswith("—")
    begins = _FOUNDS.match(after) or _STATUS.match(after) or _SPOT.match(after)
    return bool(here or area or pair or begins or larger)


def _is_not_run(mention: Mention, between: str, after: str) -> bool:
    """Whether a programme is only the time, the reason or the yardstick of a deed.

    So is what others inspect: 抓好|中央生态环境保护督察|问题整改.
    """
    period = _PERIOD.match(mention.text) and _IN_PERIOD.match(after)
    inspects = mention.text.endswith(_INSPECTION)
    aged = "周年" in between  # 战略实施30周年、|长江经济带发展
    kept = (_YEARS, _TARGETS, _FINDS)
    return bool(period or inspects or aged) or any(x.match(after) for x in kept)


def _is_not_helped(mention: Mention, between: str, after: str) -> bool:
    """Whether another is supported: who turns to it, or what stands there."""
    other = _WITH.search(between) and _JOINTLY.match(after)
    # 支持汽车城打造|全省样板
    here = mention.rule == HERE_RULE
    wide = here and len(between) > 1 and mention.text.startswith("全")
    return (
        bool(other or wide or _TOWARDS.search(between) or _ALLIED.search(between))
        or _only_opens(mention, after)
        or between.strip("了") in words("stoppers", "word", "verb")
    )
