"""Posts: who holds or leaves which office in which body."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from zhengpu.extraction.bodies import body_of
from zhengpu.extraction.careers import lives_in, posts_of
from zhengpu.extraction.discourse import Ground
from zhengpu.extraction.namings import Naming, area_for, part_of
from zhengpu.knowledge.lexicon import alternation, words
from zhengpu.knowledge.patterns import quick
from zhengpu.knowledge.rulebook import FOLDED
from zhengpu.model import EntityType, Relation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhengpu.extraction.discourse import Discourse
    from zhengpu.model import Frame, Statement

ORG, PER = FOLDED["ORG"], FOLDED["PER"]


class Post(Struct, frozen=True):
    """A post as the text gives it, in skeleton positions."""

    person: int
    body: int | None
    """Position of the body; None where the title alone tells it."""
    title: str
    relation: Relation
    start: int
    end: int
    rule: str


def _title() -> str:
    member = f"(?<=[{ORG}。，；\n])代表|(?<={ORG})成员"
    return f"(?:{alternation('titles', 'title')}|{member})"


@cache
def _before() -> re.Pattern[str]:
    """县委副书记、县长|张三: the posts that end before a name."""
    post = rf"{ORG}?(?:原|时任|前任)?{_title()}"
    return quick(rf"(?:{post}[、，]?)*{post} ?\Z")


@cache
def _last_characters() -> frozenset[str]:
    return frozenset(title[-1] for title in (*words("titles", "title"), "代表"))


def _ends_post(text: str, at: int) -> bool:
    """Whether the last character of a title stands before a name."""
    at -= text[at - 1 : at] == " "
    return text[at - 1 : at] in _last_characters()


_PEOPLE = re.compile(rf"{PER}(?:[、和]{PER})*")
_LET_GO = re.compile("的?辞职(?:获准|请求)")
"""Behind a person who holds the post named no more."""
REACH = 60
"""Characters before a name in which its posts begin at the earliest."""


@cache
def _link() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<body>{ORG})?(?:原|时任|(?P<past>前任))?(?P<title>{_title()})"
    )


PER_LIST = rf"(?P<people>{PER}(?:[、和]{PER})*)"
_GOVERNOR = (
    r"(?:常务|代)?副?(?:省长|自治区主席|市长|区长|县长|州长|盟长|旗长|镇长|乡长)"
)
_LIST = rf"{PER_LIST}(?:等?\d{{1,3}}[人名位](?:同志)?)?(?:（[男女，、一-龥 ]{{1,8}}）)?"


@cache
def _patterns() -> tuple[tuple[str, Relation, re.Pattern[str]], ...]:
    """Rule, relation and pattern of the posts that follow a name."""
    place = (
        rf"{FOLDED['PLC']}(?={_GOVERNOR}(?:[，。；、\n]|职务|$))"  # 为|岳阳市|副市长
    )
    post = rf"(?:该[院局委厅办])?(?P<body>{ORG}|{place})?(?P<title>[^，。；、\n{ORG}{PER}]{{0,14}}?{_title()})"
    into = "(?:(?:教授|研究员|律师|博士|院士|先生|女士)?为|(?:此前|同时|现|曾|历|时|兼|挂职|挂)?任|担任|作为|当选为?|出任)"
    out = "(?:辞去|不再担任|不再兼任)"
    why = "(?:因[^，。]{1,10}，?)?"
    # The body of a dateline: 新华社银川9月18日电（记者 张三、李四）.
    dateline = rf"(?P<body>{ORG})[^。\n（]{{0,24}}（(?P<title>(?:本报|见习)?记者) ?"
    holds, left = Relation.HOLDS_POST, Relation.LEFT_POST
    forms = (
        (
            "appointed",
            holds,
            rf"(?<!接替)(?<!接任){_LIST}(?:同志)?{into}{post}(?!人选|候选人|提名)",
        ),
        ("resigned", left, rf"{_LIST}(?:同志)?{why}{out}{post}"),
        (
            "removed",
            left,
            rf"(?:免去|撤销|终止)(?:：?\n?|了)?{_LIST}(?:同志)?的?{post}",
        ),
        (
            "moved",
            holds,
            rf"免去{_LIST}(?:同志)?的?{ORG}[^。；，\n{PER}]{{2,20}}，(?:另有任用，)?(?:调任|改任|转任|任命为|提名为|任){post}(?!人选|候选人)",
        ),
        (
            "removed-too",
            left,
            rf"{_LIST}(?:同志)?{into}[^。；\n]{{2,60}}?[，、](?:同时)?(?:免去其|不再担任|不再兼任){post}",
        ),
        (
            "removed-besides",
            left,
            rf"{_LIST}(?:同志)?{into}[^。；\n]{{2,60}}?，其?(?:原任|兼任|担任)的?{post}(?:、[^，。；]{{2,20}})?(?:职务)?(?:同时|自然|相应|一并)?(?:免去|免除|撤销)",
        ),
        (
            "counted-members",
            holds,
            rf"{PER_LIST}(?:等(?=[^，。]{{0,2}}(?:委员|代表))|等?(?:\d{{1,3}}|[两三四五六七八九十]{{1,3}})[余多]?[名位])(?P<body>{ORG})?(?P<title>政协委员|人大代表|委员|代表)",
        ),
        (
            "titled",
            holds,
            rf"(?P<people>{PER})(?P<body>(?!))?(?P<title>副?主席|副?主任|副?检察长|副?院长|{_GOVERNOR})(?=率|带队|主持|出席|强调|指出|调研|深入|领办|督办|代表[{ORG}]|作了?|所作|一行|参加|到会)",
        ),
        (
            "in-roll",
            holds,
            rf"(?:^|(?<=\n))(?:\d{{1,3}}[.．、] ?)?(?P<people>{PER})(?:（[男女，、一-龥 ]{{1,8}}）)? ?(?P<body>{ORG}|{place})(?P<title>[^，。；、\n{ORG}{PER}]{{0,8}}?{_title()})(?=[，、\n（]|$)",
        ),
        ("removal-list", left, rf"(?:^|(?<=\n)){_LIST}(?:同志)?的{post}"),
        (
            "removed-at-age",
            left,
            rf"{_LIST}(?:同志)?(?:到龄|退休|病故)，(?:免去其?|不再担任|其){post}",
        ),
        (
            "replaces",
            holds,
            rf"{PER_LIST}(?:接替|接任){PER}(?:同志)?(?:担任|出任|任){post}",
        ),
        (
            "replaced",
            left,
            rf"(?:接替|接任){PER_LIST}(?:同志)?(?:担任|出任|任){post}",
        ),
        (
            "post-by",
            holds,
            rf"(?P<body>{ORG})(?P<title>[^，。；、\n{ORG}{PER}]{{0,8}}?{_title()})(?:一职|职务)?由{PER_LIST}(?:出任|担任|接任|继任)",
        ),
        (
            "let-go",
            left,
            rf"(?P<body>{ORG})(?P<title>[^，。；、\n{ORG}{PER}]{{0,8}}?{_title()}){PER_LIST}的?(?:辞职(?:请求)?获准|辞职请求)",
        ),
        (
            "removed-itself",
            left,
            rf"{_LIST}(?:同志)?原任的?{post}职务(?=[^。；\n]{{0,16}}(?:终止|免除|撤销))",
        ),
        ("reporter", holds, rf"{dateline}(?P<people>{PER}(?:[、 ]{PER})*)"),
        (
            "member",
            holds,
            rf"(?P<people>{PER})(?P<body>(?!))?(?P<title>委员(?!会|企业|联络|工作室|之家|资格|职务|身份|履职|单位|[、和])|代表(?=[提《（的]|所提|建议))",
        ),
        ("addressed", holds, rf"(?P<people>{PER})(?P<body>(?!))?(?P<title>总书记)"),
    )
    return tuple(
        (f"posts/{name}", relation, quick(form)) for name, relation, form in forms
    )


def posts_in(text: str) -> Iterator[Post]:
    """The posts that a skeleton states."""
    last, body = -1, None
    for people in _PEOPLE.finditer(text):
        start = people.start()
        if not _ends_post(text, start) or _LET_GO.match(text, people.end()):
            continue
        if chain := _before().search(text, max(0, start - REACH), start):
            goes_on = text.startswith("、", last) and last + 1 == chain.start()
            posts = list(_chained(text, chain, people, body if goes_on else None))
            yield from posts
            last, body = people.end(), posts[-1].body
    for rule, relation, pattern in _patterns():
        for m in pattern.finditer(text):
            body = m.start("body") if m["body"] else None
            further = list(_further(text, m.end(), body))
            for person in _people(text, m.span("people")):
                yield Post(person, body, m["title"], relation, m.start(), m.end(), rule)
                for at, title, end in further:
                    yield Post(person, at, title, relation, m.start(), end, rule)
    for life in lives_in(text):
        for held_ in posts_of(text, life):
            yield Post(
                life.person, held_.body, held_.title, Relation.HOLDS_POST, held_.start, held_.end, "posts/career"
            )  # fmt: skip


@cache
def _next() -> re.Pattern[str]:
    also = "、|，(?:同时)?(?:兼任?|提名为|推荐为)"
    return re.compile(rf"(?:{also})(?P<body>{ORG})?(?P<title>{_title()})(?!候?选?人选)")


def _further(
    text: str, at: int, body: int | None
) -> Iterator[tuple[int | None, str, int]]:
    """The posts after the first: 为市法院副院长|、审判委员会委员|、审判员.

    Yields:
        Where the body stands, the title, and the end.
    """
    while found := _next().match(text, at):
        at = found.end()
        body = found.start("body") if found["body"] else body
        yield body, found["title"], at


def _people(text: str, span: tuple[int, int]) -> list[int]:
    """The positions of the persons in a list of names."""
    return [at for at in range(*span) if text[at] == PER]


def _chained(
    text: str, chain: re.Match[str], people: re.Match[str], body: int | None
) -> Iterator[Post]:
    """Every post of a chain, for every person after it: 县委副书记、县长张三.

    Args:
        text: Skeleton text.
        chain: The posts.
        people: Who holds them.
        body: Where the persons before in a list hold theirs: 市政协主席张三、副主席李四.
    """
    span = chain.start(), people.end()
    for link in _link().finditer(text, *chain.span()):
        if link["body"]:
            body = link.start("body")
        relation = Relation.LEFT_POST if link["past"] else Relation.HOLDS_POST
        for person in _people(text, people.span()):
            yield Post(
                person, body, link["title"], relation, *span, "posts/before-name"
            )


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

_GOVERNORS = re.compile(_GOVERNOR)
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
