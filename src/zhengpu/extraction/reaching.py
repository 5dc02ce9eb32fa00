"""How far a mention reaches: what stands beside a name and belongs to it.

Parts of a body, the stretch of a road, the size of a port, marks around a region,
and the place of a paper are joined to the names that the rules have found.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from zhengpu.extraction.dictionary import known_names
from zhengpu.extraction.skeleton import AREA_RULE, longest
from zhengpu.knowledge.gazetteer import gazetteer
from zhengpu.knowledge.lexicon import table
from zhengpu.model import EntityType, Mention

if TYPE_CHECKING:
    from zhengpu.extraction.dictionary import Places


def with_parts(mentions: list[Mention], text: str) -> list[Mention]:
    """Bodies with the part that follows them at once: 区政协|提案委员会|办公室."""
    out: list[Mention] = []
    for mention in mentions:
        whole = out[-1] if out else None
        if (
            whole
            and mention.rule in _PARTS
            and whole.type is EntityType.ORG
            and whole.end == mention.start
        ):
            joined = text[whole.start : mention.end]
            out[-1] = Mention(whole.type, whole.start, mention.end, joined, whole.rule)
        else:
            out.append(mention)
    return out


_PARTS = frozenset(("parts/own-committee", "parts/own-standing-committee"))


def with_body(mentions: list[Mention], text: str) -> list[Mention]:
    """Names with the one that they open with.

    Ceremonies with their body (全国政协|…启动仪式), games with their town
    (东京|残奥会), branches with their house (四川大学华西医院|西藏医院).
    """
    out: list[Mention] = []
    for m in mentions:
        last = out[-1] if out else None
        if last and last.end == m.start and (kind := _joined(last, m, text)):
            end = m.end
            if branch := _BRANCH.match(text, end) if m.type is EntityType.PLC else None:
                end = branch.end()
            rule = m.rule if kind is m.type else last.rule
            out[-1] = Mention(kind, last.start, end, text[last.start : end], rule)
        else:
            out.append(m)
    return out


def _joined(first: Mention, second: Mention, text: str) -> EntityType | None:
    """What two names that stand side by side make together, if they are one."""
    if first.type is EntityType.ORG:
        if second.type is EntityType.EVT and second.rule.startswith("names/"):
            return EntityType.EVT
        house = first.text.endswith(_HOUSES)
        branch = second.type is EntityType.ORG and (
            second.rule.startswith("names/") or second.text.endswith("医院")
        )
        place = second.rule == AREA_RULE or (
            second.rule == _REGION and second.type is EntityType.PLC
        )
        site = place and _BRANCH.match(text, second.end)
        garden = second.rule == "names/植物园"
        return EntityType.ORG if house and (branch or site or garden) else None
    trains = second.text == "中欧班列" and first.rule == AREA_RULE
    if trains and text[second.end : second.end + 1] not in ("集", "（", "节"):
        return EntityType.PRG
    if first.rule == AREA_RULE and second.text.endswith("城市段"):
        return EntityType.PLC  # 通州|大运河城市段
    games = second.type is EntityType.EVT and _GAMES.search(second.text)
    town = first.type is EntityType.PLC and first.rule.startswith("dictionary/")
    return EntityType.EVT if games and town else None


_HOUSES = (
    *("实验室", "研究院", "研究所", "研究中心", "大学", "学院", "科学院", "医院"),
    *("创新中心", "商会", "农科院", "中科院", "交易所"),
)
"""Houses of science and healing, which have branches elsewhere."""
_BRANCH = re.compile(
    "(?:研究|创新|实验|教学|产业化?)?基地|分院|院区|校区|分校|分馆|分中心"
    "|(?:创新|产业技术|高等|前沿|[^，。；、]{2,4})?研究院|研究生院|学院(?!院)"
)
_GAMES = re.compile(
    "^(?!首|20).*(?:奥运?会|亚运会|亚残运会|亚冬会|冬运会|全运会|大运会|军运会)$"
)
_SHOWS = ("博物院", "博物馆", "图书馆", "美术馆", "科技馆", "文化馆")
_WING = re.compile("[东西南北新](?:院区|馆区)")
"""A part of a museum that stands elsewhere: 河南博物院|北院区."""
_PHASE = re.compile("[一二三四五]期(?:工程|项目)?(?![间限货末初中刊内])")
_WORKS = re.compile(
    "(?:改扩建|扩建|改造|修复|提升)?(?:项目|工程)(?!部|指挥|建设指挥)|(?<=工程)[东西南北中总]干[线渠]"
)
"""What is built there, and which part of waterworks it is: 引黄工程|西干线."""
_ASIDE = re.compile("（[^（）]{1,16}）")


def _tells_where(aside: re.Match[str], places: Places) -> bool:
    """Whether what a bracket says belongs to the name before it: （广西·玉林）, （B型）."""
    if aside.start() + 1 not in places.areas:
        return _MODEL.fullmatch(aside[0]) is not None
    return all(_is_area(part) for part in aside[0][1:-1].split("·") if part)


_MODEL = re.compile("（[A-Z]型）")
"""Of which kind a place is: 保税物流中心|（B型）."""
_LEVELS = re.compile("（[县市区州旗镇乡村城、]{1,4}）")


def _with_level(honour: Mention, text: str) -> Mention:
    """An honour with the other level that it is given to: 示范市|（州）."""
    level = _LEVELS.match(text, honour.end)
    if level is None or honour.text[-1] not in "县市区州旗镇乡村城":
        return honour
    name = text[honour.start : level.end()]
    return Mention(honour.type, honour.start, level.end(), name, honour.rule)


_LINES = frozenset("河江渠溪速路道铁线城际")
_STRETCH = re.compile(
    "(?:[东西南北中]|城市|城区)段(?!工程|项目)"
    "|(?:(?![和与的])[\u4e00-\u9fff]){2,5}至(?:(?![和与的])[\u4e00-\u9fff]){2,5}?段(?!工程|项目|改扩建|改造)"
)
"""A part of a line: 京滨城际|南段, 京沪高速|新沂至江都段."""


def with_tail(mention: Mention, text: str, places: Places) -> Mention:
    """A name with the phase or the areas behind it: 保护工程|三期, 试验区|（广西·玉林）.

    What is built in phases is a programme.
    """
    if mention.type is EntityType.AWD:
        return _with_level(mention, text)
    if reach := _reach(mention, text, places):
        name = text[mention.start : reach]
        return Mention(mention.type, mention.start, reach, name, mention.rule)
    if not _may_grow(mention):
        return mention
    open_name = mention.rule.startswith("names/")
    if open_name and text.startswith("馆长", mention.end):  # its post: it acts
        span = mention.start, mention.end
        return Mention(EntityType.ORG, *span, mention.text, mention.rule)
    return _grown(mention, text, places)


def _grown(mention: Mention, text: str, places: Places) -> Mention:
    """A place or programme with the works, phase, stretch or areas behind it."""
    type_, end = mention.type, mention.end
    open_name = mention.rule.startswith("names/")
    if works := open_name and _WORKS.match(text, end):
        type_, end = EntityType.PRG, works.end()
    elif phase := mention.text[-1] in _BUILT and _PHASE.match(text, end):
        type_, end = EntityType.PRG, phase.end()
    elif part := mention.text[-1] in _LINES and _STRETCH.match(text, end):
        type_, end = EntityType.PLC, part.end()
    elif mention.text[-1] in _LINES and (stretch := places.areas.get(end)):
        if text.startswith("段", stretch[0]):  # 通扬运河|如皋段
            type_, end = EntityType.PLC, stretch[0] + 1
    elif mention.text.endswith(_FREE) and (place := places.areas.get(end)):
        zone = _ZONE_PART.match(text, place[0])  # 河北自贸试验区|曹妃甸片区
        end = zone.end() if zone else end
    elif aside := _ASIDE.match(text, end):
        end = aside.end() if _tells_where(aside, places) else end
    if end == mention.end:
        return mention
    return Mention(type_, mention.start, end, text[mention.start : end], mention.rule)


_FREE = ("自贸试验区", "自由贸易试验区", "自贸区")
_ZONE_PART = re.compile("片区|协同(?:发展|创新|联动)?区|联动(?:创新|发展)区")
"""Behind a free trade zone and a place, a part of the zone."""
_OFFICE = re.compile(
    "(?:(?![和与等在的将])[\u4e00-\u9fff]){0,6}(?:全球|销售|研发|区域|[东西南北]方|[东西南北中]部|华[东西南北中])总部"
)


def _reach(mention: Mention, text: str, places: Places) -> int:
    """Where a name ends with the part or the seat behind it, or 0."""
    return (
        _part_behind(mention, text)
        or _seat_aside(mention, text, places)
        or _city_abroad(mention, text)
    )


_CITY = re.compile(
    "(?:(?![等和与、城超的各两三多个在向对是国出进])[\u4e00-\u9fff]){2,5}?市(?![场值民域政])"
)
"""Behind a country: 韩国|群山市."""


def _city_abroad(mention: Mention, text: str) -> int:
    """Where a city's name ends that opens with its country: 德国|科隆市; or 0."""
    if mention.type is not EntityType.PLC or mention.rule != "dictionary/name":
        return 0
    city = _CITY.match(text, mention.end) if mention.text in _countries() else None
    return city.end() if city else 0


@cache
def _countries() -> frozenset[str]:
    return frozenset(row["surface"] for row in table("names") if row["kind"] == "国家")


def _may_grow(mention: Mention) -> bool:
    """Whether a phase, a stretch or works behind a name belong to it."""
    built = mention.type is EntityType.ORG and mention.rule in _BUILT_HOUSES
    return built or mention.type in (EntityType.PRG, EntityType.PLC)


def _part_behind(mention: Mention, text: str) -> int:
    """Where a firm's headquarters or a museum's wing ends: 一汽丰田|销售总部."""
    firm = mention.type is EntityType.ORG and mention.rule == "dictionary/name"
    part = _OFFICE.match(text, mention.end) if firm else None
    if part is None and mention.text.endswith(_SHOWS):
        part = _WING.match(text, mention.end)
    if mention.type is EntityType.ORG and mention.text.endswith(_UNIVERSITIES):
        part = _AFFILIATE.match(text, mention.end)
    return part.end() if part else 0


def _seat_aside(mention: Mention, text: str, places: Places) -> int:
    """Where the bracket ends that tells where a centre or a campus is: 山东大学|（威海）."""
    centre = mention.type is EntityType.ORG and mention.text.endswith(_SEATED)
    aside = _ASIDE.match(text, mention.end) if centre else None
    here = aside is not None and aside.start() + 1 in places.areas
    return aside.end() if aside and here and _tells_where(aside, places) else 0


_SEATED = ("中心", "大学", "学院")
_UNIVERSITIES = ("大学", "学院", "医科大")
_AFFILIATE = re.compile(
    "附属(?:第[一二三四五六]|中心|人民|儿童|口腔|肿瘤|中)?(?:实验|外国语)?(?:中学|小学|医院|学校)"
    "|第[一二三四五六七八九](?:附属)?医院"
)
"""Schools and hospitals of a university: 山西大学|附属中学, 北京大学|第三医院."""
_BUILT = frozenset("程目园区库站场城港电厂桥道路馆")
_BUILT_HOUSES = frozenset(
    f"names/{head}" for head in ("小学", "中学", "医院", "文史馆", "图书馆", "文化馆")
)
"""Bodies that are houses, too: what is built there is a programme: 二小|扩建工程."""


def _is_area(words_: str) -> bool:
    return bool(gazetteer().resolve(words_))


_MARKED = frozenset((EntityType.PRG, EntityType.AWD, EntityType.EVT, EntityType.ORG))
_REGION = "dictionary/name"


def with_marks(mention: Mention, text: str) -> Mention:
    """A name that stands alone in quotation marks, with the marks."""
    start, end = mention.start - 1, mention.end + 1
    region = mention.type is EntityType.PLC and mention.rule == _REGION
    if (
        (region or mention.type in _MARKED)
        and start >= 0
        and text[start] == "“"
        and text[mention.end : end] == "”"
    ):
        return Mention(mention.type, start, end, text[start:end], mention.rule)
    return mention


def with_local_papers(found: list[Mention], text: str) -> list[Mention]:
    """With a place's own paper where a national one's name follows it: 甘肃|经济日报."""
    areas = {m.end: m.start for m in found if m.rule == "dictionary/area"}
    papers = [
        Mention(
            m.type, areas[m.start], m.end, text[areas[m.start] : m.end], "names/日报"
        )
        for m in found
        if m.start in areas and _is_national_paper(m.text)
    ]
    return longest([*found, *papers]) if papers else found


def _is_national_paper(name: str) -> bool:
    """Whether a name is a national daily's, which provinces' papers may share."""
    known = known_names().get(name)
    return known is not None and known.kind == "媒体" and name.endswith("日报")
