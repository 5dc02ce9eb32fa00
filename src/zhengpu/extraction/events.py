"""The full names of meetings: party congresses, plenums, sessions, conferences."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zhengpu.extraction.bodies import CPPCC, PARTY
from zhengpu.extraction.dictionary import known_names
from zhengpu.extraction.namings import Naming, area_for, chinese_numeral
from zhengpu.model import EntityType

if TYPE_CHECKING:
    from zhengpu.model import Area, Frame

_N = r"([一二三四五六七八九十百零〇\d]+)"
_CONGRESS = re.compile(rf"(?:党的|中共|中国共产党)?(?:第{_N}次全国代表大会|{_N}大)")
_PLENUM = re.compile(rf"(?:党的|中共)?{_N}届{_N}中全会")
_LOCAL_PLENUM = re.compile(
    rf"(?:第?{_N}届(?:委员会)?)?(?:第?{_N}次)?(?:全会|全体.*会议)$"
)
_LOCAL_CONGRESS = re.compile(rf"第?{_N}次(?:党代会|党员代表大会|代表大会|党代表大会)$")
_SESSION = re.compile(
    rf"(?:第?{_N}届)?(?:委员会)?(?:常务委员会|常委会)?第?{_N}次(?:全体|常委会|常务委员会|常委|主席)?会议$"
)
_GOVERNMENT = re.compile(rf"(?:第?{_N}届)?(?:人民)?政府(第?{_N}次(?:常务|全体)会议)$")
_LEVEL = re.compile(rf"^(?:第?{_N}届)?[我本]?(?P<level>省|自治区|市|县|区|旗|州|盟)")
_GAMES = re.compile(
    rf"(?P<edition>第{_N}届)(?:自治区|[省市县区州旗盟])(?P<disabled>残)?运会$"
)
_CONFERENCE = re.compile(r"([^委]{2,}工作(?:暨.*)?会议)$")


def _number(text: str | None) -> str:
    return chinese_numeral(text) if text else ""


def _party_event(surface: str) -> str | None:
    """National congresses and plenums of the party."""
    if found := _CONGRESS.fullmatch(surface):
        return f"{PARTY}第{_number(found[1] or found[2])}次全国代表大会"
    if found := _PLENUM.fullmatch(surface):
        return central_plenum(found[1], found[2])
    return None


def central_plenum(term: str, session: str) -> str:
    """The name of a plenum of the party's central committee.

    >>> central_plenum("十九", "五")
    '中国共产党第十九届中央委员会第五次全体会议'
    """
    return f"{PARTY}第{_number(term)}届中央委员会第{_number(session)}次全体会议"


def local_plenum(area: Area, term: str, session: str) -> str:
    """The name of a plenum of an area's party committee."""
    if not session:
        return f"{PARTY}{area.name}委员会全体会议"
    return f"{PARTY}{area.name}第{_number(term)}届委员会第{_number(session)}次全体会议"


def session_name(kind: str, area: Area, term: str, session: str, standing: bool) -> str:
    """The name of a session of an area's 政协 or people's congress."""
    ordinal, number = _number(term), _number(session)
    committee = "常务委员会" if standing else ""
    if kind == "政协":
        return f"{CPPCC}{area.name}第{ordinal}届委员会{committee}第{number}次会议"
    return f"{area.name}第{ordinal}届人民代表大会{committee}第{number}次会议"


_NATIONAL_SESSION = re.compile(
    rf"(?:第?{_N}届)?(全国政协|全国人大|全国人大常委会)(?:第?{_N}届)?第?{_N}次会议"
)


def _national_session(found: re.Match[str]) -> str:
    """A session of the national 政协 or people's congress."""
    term, session = _number(found[1] or found[3]), _number(found[4])
    if found[2] == "全国政协":
        return f"{CPPCC}第{term}届全国委员会第{session}次会议"
    standing = "常务委员会" if "常委" in found[2] else ""
    return f"第{term}届全国人民代表大会{standing}第{session}次会议"


def event(surface: str, area: Area | None, place: str, frame: Frame) -> Naming:
    """What the name of a meeting or event stands for.

    Args:
        surface: The clean words, without spaces.
        area: The area that the words name, if they name one.
        place: The part of the words that names it.
        frame: Resolves level words, and the body and term left out.
    """
    plain = (
        surface.strip("“”")
        if surface.count("“") == 1 and surface.endswith("”")
        else surface
    )
    fixed = known_names().get(surface)
    if fixed and fixed.type is EntityType.EVT:
        return Naming(EntityType.EVT, fixed.name, scope=frame.year or "")
    if national := _NATIONAL_SESSION.fullmatch(surface):
        return Naming(EntityType.EVT, _national_session(national))
    if name := _party_event(surface):
        return Naming(EntityType.EVT, name)
    rest = surface.replace(place, "", 1) if place else surface
    where = area
    if where is None and (level := _LEVEL.match(rest)):
        where = area_for(level["level"], frame)
    where = where or frame.place
    if where and (name := _held_by(rest, where) or _local(rest, where, frame)):
        return Naming(EntityType.EVT, name)
    numbered = re.search(r"第.{1,4}[届次]|首届|\d", plain)
    return Naming(EntityType.EVT, plain, scope="" if numbered else frame.year or "")


def _held_by(rest: str, area: Area) -> str | None:
    """Meetings of an area's government, and games of its own."""
    if executive := _GOVERNMENT.search(rest):
        term = f"第{_number(executive[1])}届" if executive[1] else ""
        return f"{area.name}{term}人民政府{executive[2]}"
    if games := _GAMES.fullmatch(rest):
        kind = "残疾人运动会" if games["disabled"] else "运动会"
        return f"{area.name}{games['edition']}{kind}"
    return None


_PARTY_STANDING = re.compile("委常委会(第[^届次]{1,4}次(?:（扩大）|扩大)?会议)")
"""A numbered meeting of a party committee's standing committee: 县委常委会第72次会议."""
_WHOSE_CONGRESS = re.compile(
    f"(?:{PARTY}|中共)?(?:自治[区州县旗]|[省市县区州旗盟])?(?:委(?:员会)?)?|党的?"
)
"""Before a congress: the party's, unlike 工会|第十次代表大会."""


def _of_party(rest: str, area: Area, *, named: bool) -> str | None:
    """Meetings of a party committee.

    Args:
        rest: The words without the place.
        area: The place.
        named: Whether the words name the party, not only a plenum.
    """
    if found := _PARTY_STANDING.search(rest):
        return f"{PARTY}{area.name}委员会常务委员会{found[1]}"
    if found := _LOCAL_PLENUM.search(rest):
        return local_plenum(area, found[1] or _term_in(rest), found[2] or "")
    found = _CONFERENCE.search(rest) if named else None
    return f"{PARTY}{area.name}委员会{found[1]}" if found else None


def _local(rest: str, area: Area, frame: Frame) -> str | None:
    """Meetings of an area's bodies."""
    about_party = (
        "委" in rest.split("届", maxsplit=1)[0].replace("委员会", "") or "党" in rest
    )
    found = _LOCAL_CONGRESS.search(rest)
    if found and _WHOSE_CONGRESS.fullmatch(rest, 0, found.start()):
        return f"{PARTY}{area.name}第{_number(found[1])}次代表大会"
    of_party = about_party or "全会" in rest
    if of_party and (name := _of_party(rest, area, named=about_party)):
        return name
    if found := _SESSION.search(rest):
        kind = (
            "人大"
            if "人" in rest.replace("人民政协", "")
            else "政协"
            if "政协" in rest
            else frame.body_kind
        )
        if kind in ("政协", "人大"):
            term = found[1] or _term_in(rest) or chinese_numeral(str(frame.term or ""))
            standing = "常务委员会" in rest or "常委" in rest
            if term and "主席" in rest:
                return f"{CPPCC}{area.name}第{_number(term)}届委员会第{_number(found[2])}次主席会议"
            if term:
                return session_name(kind, area, term, found[2], standing)
    return None


def _term_in(rest: str) -> str:
    found = re.search(rf"第?{_N}届", rest)
    return found[1] if found else ""
