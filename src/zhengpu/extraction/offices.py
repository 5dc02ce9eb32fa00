"""Offices: in which body a post is, told beside it, by its title or by who reports."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from zhengpu.extraction.bodies import body_of
from zhengpu.extraction.discourse import Ground
from zhengpu.extraction.namings import Naming, area_for, part_of
from zhengpu.extraction.posts import GOVERNOR, posts_in
from zhengpu.knowledge.lexicon import words
from zhengpu.knowledge.rulebook import FOLDED
from zhengpu.model import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhengpu.extraction.discourse import Discourse
    from zhengpu.extraction.posts import Post
    from zhengpu.model import Frame, Statement

_PROPOSED = re.compile("提请.*议案$")
"""The title of a bill that only proposes whom to appoint."""
_TITLES = ("posts/before-name", "posts/titled", "posts/member", "posts/addressed")
"""What somebody is called tells a post held now, also where a plan is told."""
_DECIDED = (
    "posts/appointed",
    "posts/removed",
    "posts/removal-list",
    "posts/removed-too",
)


def held(discourse: Discourse) -> Iterator[Statement]:
    """Who holds or leaves which post in which body."""
    proposed = _PROPOSED.search(discourse.frame.title or "") is not None
    for post in posts_in(discourse.skeleton.text):
        if proposed and post.rule in _DECIDED:
            continue
        who = discourse.skeleton.mentions[post.person].text
        if post.rule == "posts/titled" and who in words("national_leaders", "name"):
            continue  # 习近平主席
        body, role = _office(_body(post, discourse), post.title, discourse)
        people = discourse.ids(post.person, post.person + 1)
        ground = Ground(post.start, post.end, post.rule, role=role)
        stated = discourse.state(people, post.relation, [body], ground)
        yield from map(_now, stated) if post.rule in _TITLES else stated


def _now(statement: Statement) -> Statement:
    """A statement that is no plan."""
    return replace(statement, planned=False)


def _body(post: Post, discourse: Discourse) -> str:
    """The entity of the body where a post is; "" where nothing tells it."""
    registry = discourse.registry
    if post.body is not None and _GOVERNORS.fullmatch(post.title):
        return _government(post.body, discourse)
    if post.body is None:
        if house := _house_before(post, discourse) or _court_before(post, discourse):
            return house
        naming = _group(post.title, discourse.frame) or _body_by_title(
            post.title, discourse.frame
        )
        if naming:
            return registry.add(naming)
        own = registry.name(discourse.body) if discourse.body else ""
        heads = any(
            end.search(own) and t.fullmatch(post.title) for end, t in _OWN_HEADS
        )
        return discourse.body if heads else ""
    body = next(iter(discourse.ids(post.body, post.body + 1)), "")
    owner = registry.owners.get(body, "")
    return owner if owner and _is_of_whole(post.title, registry.name(body)) else body


_HOUSE = re.compile("(?:该|这家)?(?P<kind>公司|集团|合作社|学校|医院|农场)\\Z")
"""Before a post: the house of that kind that was named last, 该公司|董事长."""
_SAME = 200
"""Skeleton characters in which it is named."""


def _house_before(post: Post, discourse: Discourse) -> str:
    """The house that a post is in by its kind alone: 公司|董事长王立新."""
    skeleton = discourse.skeleton
    kind = _HOUSE.search(skeleton.text, max(0, post.start - 5), post.start)
    if kind is None:
        return ""
    named = skeleton.within(max(0, kind.start() - _SAME), kind.start())
    ids = discourse.entities
    for mention in reversed(named):
        if mention.text.endswith(kind["kind"]) and mention.start in ids:
            return ids[mention.start]
    return ""


_JUDGE = re.compile("(?:助理|代理)?(?:审判员|检察员)")


def _court_before(post: Post, discourse: Discourse) -> str:
    """The court named last before a judge who is appointed or removed without one."""
    skeleton = discourse.skeleton
    if not _JUDGE.fullmatch(post.title):
        return ""
    kind = "检察院" if "检察" in post.title else "法院"
    named = skeleton.within(max(0, post.start - _SAME), post.start)
    for mention in reversed(named):
        entity = discourse.entities.get(mention.start)
        if mention.type is EntityType.ORG and entity and kind in mention.text:
            return discourse.registry.owners.get(entity, entity)
    return ""


def _is_of_whole(title: str, part: str) -> bool:
    """Whether a post named behind a part is one of the whole body: 党组书记、|局长."""
    if part.endswith(("党组", "党委", "党支部", "党总支")):
        return _NOT_IN_GROUP.match(title) is not None
    if part.endswith("庭"):
        return _OF_COURT.match(title) is not None
    return part.endswith(_BENCHES) and not title.endswith("委员")


_OFFICE = re.compile("(?P<office>组织部|宣传部|统战部)(?P<title>(?:常务)?副?部长)")


_GROUP = re.compile("党组(?P<title>副?书记|成员)")
"""Posts in the party group of the reporting body: 党组书记|李某带头讲党课."""


def _office(body: str, title: str, discourse: Discourse) -> tuple[str, str]:
    """Body and title, those of its office where the title names that: 县委|统战部部长."""
    registry = discourse.registry
    if body and (group := _GROUP.fullmatch(title)):
        return body, group["title"]
    office = _OFFICE.fullmatch(title)
    area = registry.areas.get(body)
    committee = body_of("党委", area) if office and area else None
    if office is None or committee is None or registry.name(body) != committee.name:
        return body, title
    return registry.add(part_of(office["office"], committee)), office["title"]


_OWN_HEADS = (
    (re.compile("检察院$"), re.compile("代?副?检察长|检察官")),
    (re.compile("法院$"), re.compile("代?副?院长|法官")),
    (re.compile("[^府]局$"), re.compile("副?局长")),
    (re.compile("厅$"), re.compile("副?厅长")),
)
"""Ends of the reporting body's name, and the posts there that are named without it."""


def _government(at: int, discourse: Discourse) -> str:
    """The government that 县长 in 县委副书记、县长 heads: that of the same place."""
    registry = discourse.registry
    body = next(iter(discourse.ids(at, at + 1)), "")
    name = registry.name(body) if body else ""
    if name.endswith("党组"):  # 县政府党组书记、|县长
        return registry.owners.get(body, body)
    party = _PARTY.fullmatch(name)
    place = discourse.skeleton.text[at] == FOLDED["PLC"]
    if party is None and not place:
        return body
    whose = party["place"] if party else name
    home = discourse.frame.place
    named = registry.areas.get(body)
    areas = (*discourse.frame.parents, *filter(None, (home, named)))
    area = next((area for area in areas if area.name == whose), None)
    naming = body_of("政府", area) if area else None
    return registry.add(naming) if naming else ""


_PARTY = re.compile("中国共产党(?P<place>.+?)(?:第.+届)?委员会(?:常务委员会)?")

_NOT_IN_GROUP = re.compile(
    "(?:常务)?(?:副?主席|秘书长|副?主任|副?(?:[省市县区州盟旗局厅院台校站馆]|检察|董事|理事)长|总.{2}师)"
)
"""Posts of the body itself, also where its party group stands before them."""

_OF_COURT = re.compile("(?:助理|代理)?审判员|审判委员会|副?院长")
"""Posts of the court itself, also behind one of its benches: 民一庭庭长、|审判员."""

_BENCHES = ("审判委员会", "检察委员会")
"""Bodies with members only: 审判委员会委员、|审判员 is a judge of the court."""

_GOVERNORS = re.compile(GOVERNOR)
_COURTS = re.compile("(?:代理?)?(?:院长|(?P<prosecutes>检察长))")
"""Who reports to a congress: 院长|冷玉山、检察长|鲍丽华."""


def _group(title: str, frame: Frame) -> Naming | None:
    """The party group of the reporting body, where a title is of one."""
    kind = frame.body_kind
    if not _GROUP.fullmatch(title) or kind not in ("政协", "人大", "政府"):
        return None
    whole = body_of(kind, frame.place)
    if whole and kind == "人大":
        whole = part_of("常务委员会", whole)
    return part_of("党组", whole) if whole else None


def _body_by_title(title: str, frame: Frame) -> Naming | None:
    """The body that a title alone tells: 市长 is of the city's government."""
    if title == "总书记":
        return Naming(EntityType.ORG, "中国共产党中央委员会", "党委")
    if _GOVERNORS.fullmatch(title):  # 副省长 in a county's report
        level = "自治区" if "自治区" in title else title[-2]
        return body_of("政府", area_for(level, frame))
    if frame.body_kind == "政协" and re.fullmatch(
        "副?主席|秘书长|(?:常务)?委员|常委|政协委员", title
    ):
        return body_of("政协", frame.place)
    congress = body_of("人大", frame.place) if frame.body_kind == "人大" else None
    return _around_congress(title, congress, frame) if congress else None


def _around_congress(title: str, congress: Naming, frame: Frame) -> Naming | None:
    """The body of a title in the report of a congress, that of a court's head too."""
    if court := _COURTS.fullmatch(title):
        return body_of("检察院" if court["prosecutes"] else "法院", frame.place)
    if re.fullmatch("副?主任|秘书长", title):
        return part_of("常务委员会", congress)
    return congress if title in {"代表", "人大代表"} else None
