"""Which deeds govern a mention: the verbs before it in its clause."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from zhengpu.extraction.meaning import cannot_mean
from zhengpu.knowledge.rulebook import FOLDABLE, FOLDED, expand
from zhengpu.model import Relation

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
                cannot_mean(relation, mention, between, after)
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
        r"(?:推动|支持|促成|促使|督促|引导|指导|鼓励|助力|帮助|协助|推荐|要求|责成|配合)(?P<who>{ORG|PLC}(?:[、与和同]{ORG|PLC}){0,9})"
        r"(?:[在到赴于]{PLC})?"
        r"(?:(?:联合|会同|携手){ORG|PLC}(?:[、和]{ORG|PLC}){0,9})?"
        r"(?:加快|积极|主动|共同|联合|合作|率先|尽快|成功|及时|牵头|先后|参与|深度|全面|深入|更好|进一步)*\Z",
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


_MOVES = frozenset(("推动", "促成", "促使"))
_ACTS_ITSELF = re.compile(
    f"(?:[、和][{FOLDABLE}]){{0,9}}(?:制定|出台|印发|修订|整改|采纳|解决|成立|设立|开展|共建|签订|签署|投入|完成|启动|实施|组建|入选|获评|落户|招聘|配备|将|把|对|为)"
    f"|[与和同][^，。；]{{0,12}}?[{FOLDABLE}][^，。；]{{0,8}}?(?:共建|签|合作|组建|结对|达成)"
    "|(?:[^，。；]{0,6}?(?:工程|项目|扩建|改造))|(?:各项|工作|重大|有关)*(?:决策|部署|政策|精神|要求)"
)
"""Behind whom a deed moves to do something, or of what only a work is helped on:
推动县委|制定办法, 推动钦南区|整改问题, 推动县第二小学|扩建工程开工."""
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
    "|(?<!科技创新|国家科学|国际交往|国际消费)(?<!副)中心|基地|[验范作行导高集教聚展]区|走廊|博物馆|展览馆|美术馆|图书馆|体育馆|文化馆|纪念馆|实验室|研究院|加速器|小镇|科学城|产业城|大学城|(?:都市|城市|经济)圈|城市群|经济带|地铁|[^，。；、]线|延伸|[\u4e00-\u9fff]段)"
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
