"""Which deeds govern a mention: the verbs before it in its clause."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from zhengpu.extraction.skeleton import AREA_RULE, HERE_RULE
from zhengpu.knowledge.lexicon import words
from zhengpu.knowledge.rulebook import FOLDABLE, FOLDED, expand
from zhengpu.model import EntityType, Relation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from zhengpu.model import Mention

REACH = 26
"""Skeleton characters between a deed and its object at the most."""


class Deed(Struct, frozen=True):
    """A verb of the table, at one place of the skeleton."""

    word: str
    start: int
    end: int
    relations: Mapping[str, Relation]
    """Folded character of the object to relation; none for a verb that only
    keeps other verbs from what follows it."""


def governing(
    text: str, deeds: Iterable[Deed], mention: Mention, at: int
) -> Iterator[tuple[Deed, Relation]]:
    """The deeds that govern a mention.

    Args:
        text: Of the skeleton.
        deeds: Those before it, the nearest first.
        mention: Which.
        at: Where it stands in the skeleton.
    """
    after = text[at + 1 : at + 16]
    for deed in deeds:
        between = text[deed.end : at]
        if len(between) > REACH or _BREAKS.search(between):
            return
        if deed.word == "建设" and not set(_BETTER.sub("", between)) <= set(FOLDABLE):
            continue  # 推进古城建设、|古镇保护
        relation = deed.relations.get(text[at])
        if _is_beyond(deed, text[at], between) or (
            relation
            and (
                _cannot_mean(relation, mention, between, after)
                or (
                    deed.word in _BUILDS
                    and text[at] in _SITES
                    and not _is_built(mention, after)
                )
                or (deed.word in _MOVES and _ACTS_ITSELF.match(after))
            )
        ):
            return
        if relation and (
            _governs(between, text[at]) or _ends_list(deed, relation, between, after)
        ):
            yield deed, relation
        elif moved(text, max(0, deed.start - REACH), deed.start):
            return  # 支持福州|争创…试点 tells of nothing that the one who moves does
        elif between in ("", "了", "好", "起") and deed.word not in LISTS:
            continue
        if not relative(text, deed):
            return


_BETTER = re.compile("更高水平的?|高水平的?|新时代|现代化")
"""Between 建设 and a programme that it runs: 建设|更高水平|平安安徽."""
_BREAKS = re.compile(r"[。；！？\n，：:]")
MOVED = re.compile(
    expand(
        r"(?:推动|支持|促成|促使|督促|引导|指导|鼓励|助力|帮助|协助|推荐)(?P<who>{ORG|PLC}(?:[、与和同]{ORG|PLC}){0,9})"
        r"(?:(?:联合|会同|携手){ORG|PLC}(?:[、和]{ORG|PLC}){0,9})?"
        r"(?:加快|积极|主动|共同|联合|合作|率先|尽快|成功|及时|牵头|先后|参与|深度|全面|深入|更好)*\Z",
        {},
        "deeds",
    )
)
"""Who is moved to do something, and so does it: 推动县委|制定办法."""
MOVED_NEXT = re.compile(
    expand(r"支持{PLC}[^，。；、\n]{2,30}、(?P<who>{PLC})(?:加快|积极)?\Z", {}, "deeds")
)
"""The same of the next in a list: 支持青岛打造“…”、威海|创建试验区."""


def moved(text: str, start: int, end: int) -> re.Match[str] | None:
    """Who before a deed is moved to do it."""
    return MOVED.search(text, start, end) or MOVED_NEXT.search(text, start, end)


_YEARS = re.compile("的?[^，。；]{0,6}(?:之年|一年)")
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
_JOINTLY = re.compile(
    rf"(?:[、和][{FOLDABLE}]){{0,5}}[^，。；]{{0,10}}?(?:共建|组建|创建|签|合作|联动|缔结|搭建|结对|共同|对接|达成|联合)"
)
"""支持甲医院与|乙医院|组建医联体 supports the first; the two work together."""
_MOVES = frozenset(("推动", "促成", "促使"))
_ACTS_ITSELF = re.compile(
    f"(?:[、和][{FOLDABLE}]){{0,9}}(?:制定|出台|印发|修订|整改|采纳|解决|成立|设立|开展|共建|签订|签署|投入|完成|启动|实施|组建|入选|获评|落户|招聘|配备|将|把|对|为)"
    f"|[与和同][^，。；]{{0,12}}?[{FOLDABLE}][^，。；]{{0,8}}?(?:共建|签|合作|组建|结对|达成)"
    "|(?:[^，。；]{0,6}?(?:工程|项目|扩建|改造))|(?:各项)?(?:决策|部署|政策|精神|要求)"
)
"""Behind whom a deed moves to do something, or of what only a work is helped on:
推动县委|制定办法, 推动钦南区|整改问题, 推动县第二小学|扩建工程开工."""
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


def _cannot_mean(
    relation: Relation, mention: Mention, between: str, after: str
) -> bool:
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
            return _is_not_helped(mention, between, after)
        case _:
            return False


_TOWNS = frozenset(("names/镇", "names/乡", "names/街道"))


def _is_not_seen(mention: Mention, between: str, after: str) -> bool:
    """Whether what is inspected is another: 调研融水县|乡村振兴工作 is of the place."""
    here = mention.rule == HERE_RULE
    if _WORK_THERE.match(after):
        return here
    about = between[-1:] == FOLDED["PLC"] and _WORK.match(after)
    return bool(about) or here or _only_opens(mention, after)


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
        bool(other or wide or _TOWARDS.search(between))
        or _only_opens(mention, after)
        or between.strip("了") in words("stoppers", "word", "verb")
    )


_SITES = (FOLDED["PLC"], FOLDED["ORG"])
_BUILDS = frozenset(
    (
        "开工建设", "启动建设", "加快建设", "建设", "建好", "推进建设", "规划建设",
        "开工", "新开工", "高标准建设", "高质量建设", "高水平建设", "高标准高质量建设", "建设运营", "打造",
    )
)  # fmt: skip
"""Deeds that found what may be new, not what long stands."""
_BUILT = re.compile(
    "(?:高铁|铁路|城际|高速|高速公路|公路|连接线|新城|机场|水库|大桥|隧道|枢纽|[电场车]站|灌区|(?<!贸易)港|码头|公园|园区|[业范技教物创]园|医院|学校|学院"
    "|(?<!科技创新|国家科学|国际交往|国际消费)(?<!副)中心|基地|[验范作行导高集教聚]区|走廊|博物馆|展览馆|美术馆|图书馆|体育馆|文化馆|纪念馆|实验室|研究院|加速器|小镇|科学城|产业城|大学城|(?:都市|城市|经济)圈|城市群|经济带|地铁|[^，。；、]线|延伸|[\u4e00-\u9fff]段)"
    "(?:（[^（）]{1,8}）)?$"
)
_ENDS = re.compile(r"[，。；、和等\n]|及|$")


def _is_built(mention: Mention, after: str) -> bool:
    """Whether what is begun may be new: 开工建设|潮南高速, not 潮南高速|潮饶段."""
    return bool(_BUILT.search(mention.text) and _ENDS.match(after))


LISTS = frozenset(("纳入", "列入"))
_NUMBERED = re.compile(r"(?:[\d余多]+[个家所座处条]|一批|领域的?)\Z")
"""建成260个|自治区美丽宜居村, 筹建核医疗等领域|省实验室 tell of a kind, not of one."""
_CLASS = re.compile(f"[{FOLDABLE}](?:国家|沿线|地区|企业|项目)")


def _is_beyond(deed: Deed, char: str, between: str) -> bool:
    """Whether a deed does not reach a mention for the words between them.

    Args:
        deed: The verb.
        char: The folded character of the mention.
        between: What stands between the two.
    """
    if deed.word.endswith("完成"):
        return len(between) > TIGHT
    if deed.word == "服务" and char == FOLDED["PRG"]:
        # 服务企业效能提升|突破年行动 is a name that opens with the word
        return len(between) > 1 and not set(between) & set(FOLDABLE)
    if deed.relations.get(char) is Relation.ESTABLISHES:
        # 共建“一带一路”国家、|非洲
        return bool(_NUMBERED.search(between) or _CLASS.match(between))
    return False


def relative(text: str, deed: Deed) -> bool:
    """Whether a deed stands in a relative clause: 公司实施的“…”项目."""
    return text.startswith(("的", "了的"), deed.end)


_SPEAKER = re.compile(f"{FOLDED['PER']}(?:总书记|主席|同志)?在")
"""学习了习近平总书记在|…大会上的讲话 is about the meeting."""
_GLUE = frozenset("、和与及以了《》“”等")
LOOSE = 14
"""Characters between a deed and its object, where no mention is crossed."""
TIGHT = 8
"""The same where one is."""
_LIKE = re.compile(
    "(?:大会|峰会|论坛|联席会|推进会|现场会|交流会|座谈会|洽谈会|推介会|发布会|招商会|博览会|交易会|[奥亚全大残冬省]运会|展|节|比?赛|行动|工程|计划|改革|试点|战略|整治|攻坚战|保卫战|班列|基金|协议|制度)”?$"
)
"""How an item of a list ends that is no recognised name: 举办甲博览会、乙国际峰会、丙大会."""
_PRAISE = re.compile("(?:[\u4e00-\u9fff]{2,4}[、和])+[\u4e00-\u9fff]{2,4}的")
"""Before what is praised: 举办|简约、安全、精彩的|北京冬奥会."""
SHORT = (3, 4)
"""Characters of an item of a list that may be a name nobody knows: 支持超聚变、许继."""


_RUNS = frozenset(
    ("实施", "深入实施", "全面实施", "推行", "推广", "深化", "深入推进", "开展")
)
_ITEMS = re.compile(
    "(?!改革开放)(?:一批|新一轮|好)?(?:[\u4e00-\u9fffA-Za-z0-9]{2,16}[、和]){1,4}(?<!的[、和])\\Z"
)
_HEAD = re.compile(
    "(?:等)?[\u4e00-\u9fff]{0,6}(?:改革|模式|政策|举措|行动|工程|计划|试点|机制|制度)|[，。；、\\n]|$"
)
"""Behind a programme that ends a list of others that nobody knows."""


def _ends_list(deed: Deed, relation: Relation, between: str, after: str) -> bool:
    """Whether a programme ends a list of what is run: 深入实施戏曲振兴、|剧本孵化计划."""
    runs = relation is Relation.ORGANIZES and deed.word in _RUNS
    listed = runs and _ITEMS.match(between) and _HEAD.match(after)
    return bool(listed) and not set(between) & set("在于是使由被为")


def _governs(between: str, char: str) -> bool:
    """Whether what stands between a deed and a mention keeps them together.

    Args:
        between: Skeleton text.
        char: The folded character of the mention.
    """
    folded = set(FOLDABLE)
    between = _SPEAKER.sub("", between)
    if between.startswith(("和", "与", "、")):
        return False  # 支持和|市政协的指导
    if set(between) <= folded | _GLUE:
        return True
    between = _PRAISE.sub("", between)
    if any(
        not set(part) & folded and not _LIKE.search(part) and len(part) not in SHORT
        for part in between.split("、")[:-1]
    ):
        return False
    plain = "".join(c for c in between if c not in folded)
    if set(plain) & set("在于是使由被") and not plain.endswith("的"):
        return False
    if char == FOLDED["DOC"] and between.endswith("的"):
        return True
    crossed = char not in between and len(plain) < len(between)
    return len(plain) <= (TIGHT if crossed else LOOSE)
