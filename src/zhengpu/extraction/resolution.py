"""Which entity each mention means, and what its name alone tells of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from msgspec.structs import replace

from zhengpu.extraction.bodies import body_of, government
from zhengpu.extraction.canonical import body
from zhengpu.extraction.dictionary import known_as
from zhengpu.extraction.enumerations import (
    enumerated,
    is_listed,
    listed_plenum,
    other_bodies,
    zones,
)
from zhengpu.extraction.events import event
from zhengpu.extraction.houses import area_opening
from zhengpu.extraction.listings import name_in_set
from zhengpu.extraction.namings import (
    Naming,
    levelled,
    part_of,
    unquoted,
    unspaced,
)
from zhengpu.extraction.seats import (
    CALLED_AFTER_PLACES,
    OF_CITY,
    at_home,
    held_where,
    named_after,
)
from zhengpu.extraction.short_bodies import short_bodies
from zhengpu.extraction.short_titles import full_title, short_titles
from zhengpu.extraction.sites import DEICTIC, Sites
from zhengpu.knowledge.gazetteer import gazetteer
from zhengpu.model import EntityType, Link, Mention

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from zhengpu.extraction.dictionary import Places
    from zhengpu.extraction.registry import Registry
    from zhengpu.model import Frame

_PARALYMPICS = re.compile("冬?残奥会|亚残运会")
"""Games that follow others in the same city."""
_GAMES_OF = re.compile(r"(.{2,4}?)(?:20\d\d年|第.{1,3}届)?(?:冬奥会|奥运会|亚运会)")
_OF_A_BODY = re.compile(
    "(?P<whose>(?:[省市县区旗州盟]|自治[区州县旗])(?:人大|政协|[^，。；、]{0,4}法院|人民检察院|检察院).{0,8}?)工作报告"
)
"""The report of a body that only its level tells: 县人大常委会|工作报告."""
_POST = re.compile("(?:副?书记|常委|委员)(?:、[\u4e00-\u9fff]{2,6})?、")
"""Between a party committee and a body of the same place, in a chain of posts."""
_OF_COURT = re.compile("审判委员会|检察委员会|(?:刑事|民事|行政|商事|立案).{0,6}庭")
"""Parts of a court that are named without it: 任命某人为该院|审判委员会委员."""
_LINE = 160
"""So many characters before a body its place may be named."""
_PLAN = re.compile(r"“?(十[一二三四五六]五)”?(?:规划|时期)?(?:纲要)?$")


@dataclass(frozen=True, slots=True)
class Resolved:
    """What the mentions of a document mean."""

    links: list[Link]
    """One for each mention, in order."""
    also: dict[int, tuple[int, tuple[str, ...]]]
    """Start of a mention that ends an enumeration (十九届二中、三中、四中全会) to where
    the enumeration begins and the entities of its other members, which have no
    mention of their own."""


class Resolver:
    """Resolves the mentions of one document.

    Args:
        frame: What the document is.
        places: The areas found in its text, by start.
        text: The clean text.
        registry: Where the file's entities are kept.
    """

    def __init__(
        self, frame: Frame, places: Places, text: str, registry: Registry
    ) -> None:
        self._frame = frame
        self._places = places
        self._sites = Sites(frame, places, text)
        self._text = text
        self._short = short_titles(text)
        self._registry = registry
        self._memory: dict[tuple[EntityType, str, int], Naming] = {}
        self._quoted: dict[str, Naming] = {}
        self._programmes: list[str] = []
        self._shorts: Mapping[str, Mention] = {}
        self._court: Naming | None = None
        """The court named last, whose bench 审判委员会 is."""

    def resolve(self, mentions: Sequence[Mention]) -> Resolved:
        """A link for each mention, and what enumerations name besides."""
        also: dict[int, tuple[int, tuple[str, ...]]] = {}
        links = []
        self._shorts = short_bodies(mentions)
        before: tuple[int, Naming] | None = None
        for mention in mentions:
            surface = unspaced(mention.text)
            naming = (
                self._of_the_same(before, mention, surface)
                or self._games_beside(before, mention, surface)
                or self._naming(mention, surface)
            )
            before = mention.end, naming
            whole = naming.owner or naming
            if whole.name.endswith(("法院", "检察院")):
                self._court = whole
            if not naming.name:
                links.append(Link(mention, None, naming.reason))
                continue
            size, others = self._others(mention, naming)
            if others:
                ids = tuple(map(self._registry.add, others))
                also[mention.start] = (mention.start - size, ids)
            naming = self._seated(naming, mention, surface)
            told = surface == "政府" or DEICTIC.fullmatch(surface)
            form = "" if told else surface.strip("《》")
            links.append(Link(mention, self._registry.add(naming, form)))
        return Resolved(links, also)

    def _others(self, mention: Mention, naming: Naming) -> tuple[int, list[Naming]]:
        """The other members of the enumeration that a mention ends, and their size."""
        if mention.type in (EntityType.EVT, EntityType.PRG):
            return enumerated(self._text, mention, naming, self._frame)
        if mention.type is EntityType.PLC:
            return zones(self._text, mention, naming, self._places)
        own = self._sites.area_in(mention)[1]
        if mention.type is EntityType.ORG and own and mention.text.startswith(own):
            size, areas = other_bodies(self._text, mention, self._places)
            tail = mention.text.removeprefix(own)
            return size, [
                body(words + tail, area, words, self._frame) for area, words in areas
            ]
        return 0, []

    def _naming(self, mention: Mention, surface: str) -> Naming:
        """What a mention names; the same words mean the same in one document."""
        if mention.type is EntityType.PLC:
            return self._sites.naming(mention, surface)
        here = is_listed(surface) or _OF_COURT.fullmatch(surface)
        at = mention.start if here else 0
        key = (mention.type, surface, at)
        if (naming := self._memory.get(key)) is None:
            naming = self._memory[key] = self._named(mention, surface)
        if not naming.name and mention.type is EntityType.ORG:
            return self._of_last_place(mention, surface) or naming
        return naming

    def _of_last_place(self, mention: Mention, surface: str) -> Naming | None:
        """A body of the place that the line named last: 任平远县委常委，…、|县委党校.

        So lives tell of counties that the document is not of.
        """
        line = max(self._text.rfind("\n", 0, mention.start), mention.start - _LINE)
        for area in self._sites.named_before(mention.start, line):
            parents = gazetteer().parents(area)
            there = replace(self._frame, place=area, parents=parents)
            if (naming := body(surface, None, "", there)).name:
                return naming
        return None

    def _seated(self, naming: Naming, mention: Mention, surface: str) -> Naming:
        """A naming with the area where its own words say that it lies."""
        if naming.area or naming.seat or naming.type not in CALLED_AFTER_PLACES:
            return naming
        levelled_ = surface[0] in "省市县区旗州" and naming.name != surface
        if naming.type is EntityType.PRG and levelled_:
            return naming  # 代县医院传染病楼项目 only is called 县医院…
        naming = at_home(naming, self._frame)
        naming = named_after(naming, *self._sites.area_in(mention))
        return held_where(naming, surface, self._frame)

    def _named(self, mention: Mention, surface: str) -> Naming:
        match mention.type:
            case EntityType.ORG:
                return self._body(mention, surface)
            case EntityType.EVT:
                listed = listed_plenum(self._text, mention, surface, self._frame)
                return listed or event(
                    surface, *self._sites.area_in(mention), self._frame
                )
            case EntityType.PER:
                national = known_as(surface, EntityType.PER)
                return Naming(
                    EntityType.PER, surface, scope="" if national else self._scope()
                )
            case EntityType.PRG:
                return self._programme(mention, surface)
            case EntityType.DOC:
                return self._document(mention, surface)
            case _:
                year = self._frame.year or ""
                return Naming(EntityType.AWD, unquoted(surface), scope=year)

    def _body(self, mention: Mention, surface: str) -> Naming:
        if surface == "政府" and self._frame.place:
            return government(self._frame.place)
        own = self._frame.body_kind in ("法院", "检察院")
        if (court := self._court) and not own and _OF_COURT.fullmatch(surface):
            return part_of(surface, court)
        if surface == "政协" or surface.startswith(("常委会", "常务委员会")):
            return self._own_part(surface)
        if whole := self._shorts.get(surface):
            return self._naming(whole, unspaced(whole.text))
        return body(surface, *self._sites.area_in(mention), self._frame)

    def _of_the_same(
        self, before: tuple[int, Naming] | None, mention: Mention, surface: str
    ) -> Naming | None:
        """What belongs to the body just named: 县人大及其|常委会, 省委、|政府."""
        end, whole = before or (0, None)
        if surface == "政府":
            near = mention.start - end < 2  # noqa: PLR2004  、
            party = whole.area if whole and whole.kind == "党委" else None
            return government(party) if party and near else None
        if there := self._beside_party(whole, end, mention, surface):
            return there
        if surface not in ("常委会", "常务委员会"):
            return None
        between = unspaced(self._text[max(end, mention.start - 8) : mention.start])
        if between.endswith("人大及其"):  # of this place: 执行人大及其常委会的决定
            whole = body_of("人大", self._frame.place)
        elif between != "及其":
            return None
        if whole is None or not whole.name:
            return None
        return replace(part_of(surface, whole), owner=whole)

    def _beside_party(
        self, party: Naming | None, end: int, mention: Mention, surface: str
    ) -> Naming | None:
        """A body of the place whose party committee stands before it in a chain of posts.

        So 县人民政府 in 南华县委副书记、|县人民政府县长 is that of 南华县.
        """
        area = party.area if party and party.kind == "党委" else None
        if area and party and mention.rule == "parts/own-party-office":
            return part_of(surface, replace(party, owner=None))
        chained = _POST.fullmatch(self._text, end, mention.start)
        if area is None or chained is None or surface[0] != area.name[-1]:
            return None
        there = replace(self._frame, place=area, parents=gazetteer().parents(area))
        naming = body(surface, None, "", there)
        return naming if naming.name else None

    def _games_beside(
        self, before: tuple[int, Naming] | None, mention: Mention, surface: str
    ) -> Naming | None:
        """The games that follow others in one city: 北京冬奥会、|冬残奥会."""
        end, games = before or (0, None)
        joined = self._text[end : mention.start] in ("、", "和")
        if games is None or not joined or mention.type is not EntityType.EVT:
            return None
        city = area_opening(games.name) if OF_CITY.search(games.name) else None
        if city is None or not _PARALYMPICS.fullmatch(surface):
            return None
        of_city = _GAMES_OF.match(games.name)
        name = f"{of_city[1] if of_city else ''}{surface}"
        return Naming(EntityType.EVT, name, area=city)

    def _own_part(self, surface: str) -> Naming:
        """The reporting body, or a part of its standing committee."""
        own = body_of(self._frame.body_kind, self._frame.place)
        if own is None or own.kind == "政府":
            return Naming(EntityType.ORG, "", reason="no reporting body")
        return part_of(surface.removeprefix("政协"), own)

    # ------------------------------------------------------------- by type

    def _scope(self) -> str:
        return self._frame.place.name if self._frame.place else ""

    def _programme(self, mention: Mention, surface: str) -> Naming:
        if whole := unspaced(name_in_set(self._text, mention)):
            return Naming(EntityType.PRG, whole, scope=self._scope())
        if plan := _PLAN.match(surface):
            return Naming(EntityType.PRG, f"“{plan[1]}”规划", "规划")
        plain = unquoted(surface)
        fixed = known_as(surface, EntityType.PRG) or known_as(plain, EntityType.PRG)
        if fixed:
            return Naming(EntityType.PRG, fixed.name, fixed.kind)
        if full := levelled(surface, EntityType.PRG, self._frame):
            plain = full[0]
        elif quoted := re.search(r"“([^”]+)”", surface):
            return self._quoted.setdefault(
                quoted[1], Naming(EntityType.PRG, plain, scope=self._scope())
            )
        for longer in self._programmes:
            if longer.endswith(plain) and longer != plain:
                return Naming(EntityType.PRG, longer, scope=self._scope())
        self._programmes.append(plain)
        return Naming(EntityType.PRG, plain, scope=self._scope())

    def _document(self, mention: Mention, surface: str) -> Naming:
        frame = self._frame
        title = surface[1:-1] if surface.startswith("《") else unquoted(surface)
        own = unspaced(frame.title or "")
        spans = frame.title_span and frame.title_span.start == mention.start
        if own and (spans or title == own):
            return Naming(EntityType.DOC, own, "报告", frame.period or "")
        for form in (title, surface):
            if fixed := known_as(form, EntityType.DOC):
                return Naming(EntityType.DOC, fixed.name, fixed.kind)
        if title == "章程" and frame.body_kind == "政协":
            return Naming(EntityType.DOC, "中国人民政治协商会议章程")
        full = self._short.get(title)
        if full := full or full_title(title, self._text, mention.start, frame):
            return Naming(EntityType.DOC, full, scope=self._scope())
        if title == "政府工作报告" and frame.place:
            name = f"{government(frame.place).name}工作报告"
            return Naming(EntityType.DOC, name, "报告", frame.period or "")
        if reports := _OF_A_BODY.fullmatch(title):
            whose = self._body(mention, reports["whose"])
            title = f"{whose.name}工作报告" if whose.name else title
        return Naming(EntityType.DOC, title, scope=self._scope())
