"""Relations told by deeds: a verb of the table and the mentions after it."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING

import ahocorasick_rs

from zhengpu.extraction.bodies import body_of
from zhengpu.extraction.discourse import Ground
from zhengpu.extraction.governing import LISTS, REACH, Deed, governing, moved, relative
from zhengpu.extraction.namings import part_of
from zhengpu.knowledge.lexicon import table
from zhengpu.knowledge.rulebook import FOLDABLE, FOLDED, expand
from zhengpu.model import EntityType, Relation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhengpu.extraction.discourse import Discourse
    from zhengpu.model import Mention, Statement

OF_BODIES = frozenset(
    (Relation.STUDIES, Relation.ORGANIZES, Relation.REVIEWS, Relation.ESTABLISHES)
)
"""What a person who is in the chair does in the name of the body."""


@cache
def _verbs() -> tuple[
    ahocorasick_rs.AhoCorasick, tuple[tuple[str, dict[str, Relation]], ...]
]:
    """The automaton that finds the verbs, and what each relates."""
    frames: dict[str, dict[str, Relation]] = {}
    for row in table("deeds"):
        objects = frames.setdefault(row["verb"], {})
        if row["relation"] != "-":
            for name in row["objects"].split("|"):
                objects[FOLDED[name]] = Relation(row["relation"])
    finder = ahocorasick_rs.AhoCorasick(
        frames,
        matchkind=ahocorasick_rs.MatchKind.LeftmostLongest,
        implementation=ahocorasick_rs.Implementation.DFA,
    )
    return finder, tuple(frames.items())


def deeds_in(text: str) -> list[Deed]:
    """The deeds of a skeleton, in order."""
    finder, frames = _verbs()
    return [
        Deed(frames[index][0], start, end, frames[index][1])
        for index, start, end in finder.find_matches_as_indexes(text)
        if not _is_noun(frames[index][0], text, start, end)
    ]


_SERVING = re.compile(
    "(?:[^\u4e00-\u9fff]|主动|积极|全力|更好|精准|聚焦|围绕|倾力|有效|深度|持续|全面|着力|深入|充分|融入|自觉|靠前|重点|一体|要|来|和|以|好|地|是|并|把|能|抓|在|即|为了|挂钩|结对|包联|联系|跟踪|对口|上门|一要|必须)\\Z"
)
"""Before 服务 where it is a verb; elsewhere it is the end of a noun: 养老|服务."""


_INNOVATION = re.compile(
    "(?:技术|科技|制度|机制|协同|理论|知识|自主|集成|文化|产业|治理|改革|管理)\\Z"
)
"""Before 创新 where it is the end of a noun: 国家技术|创新|工程和知识创新工程."""


def _is_noun(verb: str, text: str, start: int, end: int) -> bool:
    """Whether what looks like a verb only ends a noun: 养老|服务, 对口|支援和协作."""
    match verb:
        case "服务":
            told = _SERVING.search(text, max(0, start - 2), start)
            return start > 0 and told is None
        case "创新":
            return _INNOVATION.search(text, max(0, start - 2), start) is not None
        case "会签":  # 镇农会|签署
            return text[end : end + 1] in frozenset("署订约")
        case "支援":
            return text[end : end + 1] not in FOLDABLE
        case "检查" | "调研" | "视察" | "考察" | "督查" | "评议":
            return text.startswith(("报告", "结果", "意见"), end)
        case _:
            return False


def done(discourse: Discourse) -> Iterator[Statement]:
    """What the deeds of a document and the mentions after them state.

    Each mention is the object of the nearest deed before it in its clause that
    can govern it; where that deed stands in a relative clause (公司实施的“…”项目),
    the deed before that governs it, too.
    """
    text = discourse.skeleton.text
    deeds = deeds_in(text)
    ends = [deed.end for deed in deeds]
    for at, mention in discourse.skeleton.mentions.items():
        nearest = bisect_right(ends, at) - 1
        if nearest < 0 or at - ends[nearest] > REACH:
            continue
        if mention.start not in discourse.entities or _ACTS.match(text, at + 1):
            continue
        if text.endswith(_MEANS, 0, at) or _founds_no_place(text, mention, at):
            continue
        if _only_where(text, mention, at) or _REMEMBERS.match(text, at + 1):
            continue
        if _HELPS_THERE.match(text, at):
            continue
        before = map(deeds.__getitem__, range(nearest, -1, -1))
        for deed, relation in governing(text, before, mention, at):
            yield from _stated(discourse, deed, relation, at)


_ACTORS = re.compile(
    expand(
        r"(?:{PER}(?:[、和]{ORG}?[^，。；、]{0,4}?(?:委员|代表){PER}){1,5}"
        r"|{ORG|PER|PLC}(?:[、与和同]{ORG|PER|PLC}){0,9})\Z",
        {},
        "deeds",
    )
)
"""Who acts in a relative clause: 大学与我市|共建的研究院."""
_GUESTS = re.compile(
    expand(
        r"(?:接待|接洽)了?(?P<who>{ORG+})[^，。；\n]{0,14}?(?:来|到|赴)[^，。；\n]{0,6}\Z",
        {},
        "deeds",
    )
)
"""Who comes to see something: 接待市政协来我县|考察湿地公园."""
_FAR = 60
_LEADER = re.compile(f"{FOLDED['PER']}(?:总书记|主席|总理)(?:在)?\\Z")
_IN_TOPIC = re.compile("(?:围绕|聚焦|针对|就)[^，。；：\\n]{2,40}、\\Z")
_QUOTED_TOPIC = re.compile("(?:围绕|聚焦|针对|就|以)“[^“”。\n]{0,40}\\Z")
"""Before a verb inside a topic: 围绕“|推进乡村振兴，建设美丽乡村”协商."""
_SUGGESTED = re.compile(
    "(?:提出|提交|收到|办理)?(?:的|了)?关于[^，。；：\\n《》]{0,16}\\Z"
)
_SUGGESTION = re.compile("[^，。；：\\n]{0,30}?的(?:建议|提案|议案|意见)")
"""Before and behind a verb that only tells what others ask for: 提出的关于|支持马产业发展的建议."""
_DENIED = re.compile(r"(?:未|不|没|没有|未能|不再|尚未)\Z")
_ACTS = re.compile(r"(?:投资|实施|承建|建设(?!具有)|主办|举办|承办)[^，。；、]{0,10}的")
"""After a body: it is the actor of a relative clause, not an object."""
_MEANS = ("依托", "借助", "借力", "立足", "凭借", "利用", "乘着", "紧靠", "毗邻")
"""Before what only serves a deed: 支持甲镇依托|乙景区做强民宿."""
_REPORTS = re.compile("(?:调研|视察|考察|监督|检查|评议|审议)(?:情况的?)?报告》?$")
"""What a body writes, also where who led its team is named."""


_KIND_OF_SITE = re.compile(
    r"(?![等和及与])[\u4e00-\u9fff]{2,8}(?:\d|[一二两三四五六七八九十]+[个座处条])"
)
"""Behind a place: 建成金湖|旅游码头1个 founds no lake."""


def _founds_no_place(text: str, mention: Mention, at: int) -> bool:
    """Whether a place only tells where so many things of a kind were built."""
    built = mention.type is EntityType.PLC and _KIND_OF_SITE.match(text, at + 1)
    return bool(built) and _BUILT_BEFORE.search(text, max(0, at - 6), at) is not None


_BUILT_BEFORE = re.compile("(?:建成|新建|改建|扩建|建设|建立|设立|打造|布局)了?\\Z")


def _only_where(text: str, mention: Mention, at: int) -> bool:
    """Whether places only tell where things of another kind are: 改造甲镇、乙镇等6个联络站."""
    area = mention.type is EntityType.PLC and mention.text[-1] in "镇乡村县市区旗州"
    found = _AND_OTHERS.match(text, at + 1) if area else None
    return found is not None and not _PLACES.search(found["what"])


_REMEMBERS = re.compile(
    "(?:等地?)?，?(?:[\u4e00-\u9fff]{0,4}?)(?:重温(?:入党)?誓词|缅怀|瞻仰|祭奠|敬献|祭扫)"
)
"""Behind a memorial that nobody inspects: 走进某纪念馆|重温誓词."""
_HELPS_THERE = re.compile(
    rf"{FOLDED['PLC']}[^，。；\n]{{0,16}}?(?:义诊|送医|送药|送温暖|送文化|送科技|送戏)"
)
"""A place that is helped, not inspected: 深入白洋镇|开展义诊."""
_AND_OTHERS = re.compile(
    rf"(?:[、和][{FOLDED['PLC']}]){{0,9}}等\d+[余多]?[个座处所家条项](?P<what>[^，。；、\n]{{2,14}})"
)
_PLACES = re.compile(
    "^(?:重点|省级|市级|县级|有关|沿线|边境|偏远)*(?:乡镇|镇乡|镇|乡|村|街道|社区|县|市|区|旗|州|省|地)|^点位?(?![一-鿿])|[的（(][县市区乡镇]|[镇乡村县市区旗州]$"
)
"""What such a count is of where the places themselves are meant."""


def _told_doers(text: str, deed: Deed, relation: Relation) -> tuple[int, int] | None:
    """Where a skeleton names who does a deed, if that is not whom the clause is about."""
    start = max(0, deed.start - REACH)
    before = text[max(0, deed.start - 1) : deed.start]
    actors = _ACTORS.search(text, start, deed.start)
    several = actors and (before != FOLDED["PLC"] or len(actors[0]) > 1)
    if actors and several and relative(text, deed):
        return actors.span()
    if relation is Relation.RECEIVES:
        return None
    if relation is Relation.INSPECTS:
        guests = _GUESTS.search(text, max(0, deed.start - _FAR), deed.start)
        return guests.span("who") if guests else None
    others = moved(text, start, deed.start)
    return others.span("who") if others else None


def _meant(discourse: Discourse, deed: Deed, relation: Relation, at: int) -> Relation:
    """What a deed states of this mention; a few verbs depend on what they mean."""
    name = discourse.skeleton.mentions[at].text
    if deed.word == "推出" and _FOUNDED.search(name):
        return Relation.ESTABLISHES
    return Relation.ORGANIZES if _runs_itself(discourse, deed, at) else relation


_FOUNDED = re.compile("(?:机制|制度|模式|平台|产品|列车|线路|贷|办)”?$")
"""What is new when it is brought out: 推出“双自联动”|机制."""


def _is_not_done(text: str, deed: Deed) -> bool:
    """Whether a deed is denied, or only what is talked about.

    So is the second of 聚焦试验区建设、|融入新通道等开展协商.
    """
    denied = _DENIED.search(text, max(0, deed.start - 3), deed.start)
    near = max(0, deed.start - REACH)
    if text[deed.start - 1 : deed.start] == "新" and relative(text, deed):
        return True  # 学习新|修订的《…》
    topic = _IN_TOPIC.search(text, near, deed.start)
    if _SUGGESTED.search(text, near, deed.start) and _SUGGESTION.match(text, deed.end):
        return True
    return bool(denied or topic or _QUOTED_TOPIC.search(text, near, deed.start))


def _stated(
    discourse: Discourse, deed: Deed, relation: Relation, at: int
) -> Iterator[Statement]:
    """The statement of one deed and one mention."""
    text, mention = discourse.skeleton.text, discourse.skeleton.mentions[at]
    if _is_not_done(text, deed):
        return
    if _LEADER.search(text, max(0, deed.start - 6), deed.start):
        return  # 习近平总书记|考察湖北: no deed of whom the clause is about
    if relation in (Relation.SUPPORTS, Relation.PARTICIPATES_IN) and (
        _of_another(text, deed) or _is_home(discourse, deed, at)
    ):
        return
    relation = _meant(discourse, deed, relation, at)
    rule = f"deeds/{deed.word}"
    if told := _told_doers(text, deed, relation):
        subjects = _of_proposers(discourse, told)
        ground = Ground(told[0], at + 1, rule)
    elif relation is Relation.RECEIVES:
        return
    else:
        topic = discourse.topic(deed.start)
        subjects = list(topic.subjects)
        near = max(0, deed.start - REACH)
        clause_of_its_own = not relative(text, deed)
        if deed.word in _OF_PERSONS:
            bodies = [e for e in subjects if not discourse.is_person(e)]
            subjects = bodies if clause_of_its_own else []
        elif relation in OF_BODIES and clause_of_its_own:
            # 主持编写, 牵头实施 in a biography: done in no body's name that it tells
            alone = topic.life or _OF_ONE_S_OWN.search(text, near, deed.start)
            subjects = [] if alone else discourse.bodies_among(subjects)
        if relation is Relation.PRODUCES and _REPORTS.search(mention.text):
            subjects = discourse.bodies_among(subjects)
        if relation is Relation.REVIEWS and topic.omitted:
            subjects = _in_session(discourse, deed) or subjects
        ground = Ground(deed.start, at + 1, rule, omitted=topic.omitted)
    yield from discourse.state(subjects, relation, discourse.ids(at, at + 1), ground)


def _of_proposers(discourse: Discourse, span: tuple[int, int]) -> list[str]:
    """Who acts in a span; of deputies the persons alone: 代表甲、镇人大|代表乙."""
    named = discourse.ids(*span)
    people = [entity for entity in named if discourse.is_person(entity)]
    told = _SITTING.search(discourse.skeleton.text, *span)
    return people if people and told else named


_OF_ONE_S_OWN = re.compile(
    f"{FOLDED['PER']}[^。；\\n{FOLDED['PER']}]{{0,12}}(?:出资|捐资|捐款|捐赠|自费|自筹)[^。；\\n]{{0,16}}\\Z"
)
"""Before what somebody does with money of one's own: 张三出资20万元|设立某基金."""
_SITTING = re.compile("委员|代表")
_OF_PERSONS = frozenset(("创办", "创立", "领办", "开办", "兴办"))
"""What somebody founds who sits on a body is not the body's."""
_RUN = re.compile(
    f"(?:[、和]?[{FOLDABLE}])*"
    "(?:(?:等[^，。；、]{0,8})?(?:工程|项目)?(?:建设|实施|落地|扩量|扩面|扩容|提质|出圈|走深走实|走实走深|落地见效|[^，。；、\\n]{0,9}(?:常态化|规范化)|出[\u4e00-\u9fff]出海|从[^，。；\\n]{2,16}深化|(?:联动|协同|融合|高质量|持续|深入|走深)?(?:发展|推进|攀高|见效))|[，。；、\n]|$)"
)
"""Behind a programme: what becomes of it is the work of whoever moves it."""


def _runs_itself(discourse: Discourse, deed: Deed, at: int) -> bool:
    """Whether a deed that elsewhere helps a programme on runs it: a government's."""
    text, mention = discourse.skeleton.text, discourse.skeleton.mentions[at]
    if text[at] != FOLDED["PRG"] or discourse.frame.body_kind != "政府":
        return False
    if deed.word.startswith("巩固"):
        return deed.word == "巩固" or "脱贫" not in mention.text
    return deed.word == "推动" and _RUN.match(text, at + 1) is not None


def _is_home(discourse: Discourse, deed: Deed, at: int) -> bool:
    """Whether a government only moves what happens at home: 推动全省|产业转型升级."""
    place = discourse.frame.place
    if place is None or discourse.frame.body_kind != "政府" or deed.word != "推动":
        return False
    entity = discourse.entities[discourse.skeleton.mentions[at].start]
    return discourse.registry.name(entity) == place.name


_CITED = re.compile(r"(?:新时代|“[^“”。\n]{0,40})\Z")
"""Before a verb that stands in a cited task: 赋予我们“在|推动东北全面振兴中…”."""
_THANKED = re.compile("关心[、和]?\\Z")
"""Before 支持, where others are thanked: 向关心|支持山东发展的海外侨胞."""
_LISTED = re.compile(
    r"[^，。；：\n、]{2,}(?<![已均将也又还])(?<!成功)(?<!同时)(?<!目前)\Z"
)
"""Before 纳入: who is listed, whether or not it is a known name: 等2个园区|纳入…试点."""


def _of_another(text: str, deed: Deed) -> bool:
    """Whether a deed is not told of whom the clause is about."""
    before = text[max(0, deed.start - 44) : deed.start]
    if deed.word in LISTS:
        return _LISTED.search(before) is not None
    if deed.word == "支持" and _THANKED.search(before):
        return True
    return _CITED.search(before) is not None


_SESSION = re.compile(rf"(?P<held>{FOLDED['EVT']})[^，。；\n]{{0,6}}\Z")
_STANDING = re.compile("届委员会常务委员会第")


def _in_session(discourse: Discourse, deed: Deed) -> list[str]:
    """The standing committee of a 政协 whose session decides: 常委会会议|审议通过."""
    text = discourse.skeleton.text
    held = _SESSION.search(text, max(0, deed.start - 8), deed.start)
    own = body_of(discourse.frame.body_kind, discourse.frame.place)
    if held is None or own is None or own.kind != "政协":
        return []
    events = discourse.ids(*held.span("held"))
    name = discourse.registry.name(events[-1]) if events else ""
    if own.area is None or own.area.name not in name or not _STANDING.search(name):
        return []
    return [discourse.registry.add(part_of("常务委员会", own))]
