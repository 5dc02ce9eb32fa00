"""Where the things of a picture stand: homes, communities in them, things in those.

Each home (the things of one place or report) is a disc, packed with the discs
of its communities; linked discs come to lie side by side. The arithmetic keeps
to + - * / and square roots, which IEEE 754 rounds alike on every machine, so
that the same graph gives the same integers everywhere; sines come from a table
that is rounded.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

import networkx as nx

from zhengpu.use.packing import TURN, enclosing, pack, turned

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Point = tuple[float, float]

GAP = 22.0
"""Room kept between two things, for their labels."""
MARGIN = 14.0
"""Between a community's outermost thing and its rim."""
BETWEEN_COMMUNITIES = 8.0
BETWEEN_HOMES = 52.0
"""Between two homes; holds the caption."""
SMALL = 4
"""Communities of fewer things share one disc."""
ROUNDS = 36
"""How often things push each other apart."""
SHORT = 52.0
"""Length to which a tie between two leaves is drawn together."""
GOLDEN = 0.6180339887498949


@dataclass(frozen=True, slots=True)
class Disc:
    """A circle in the picture."""

    x: int
    y: int
    r: int


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything stands, in units of about a pixel."""

    points: tuple[tuple[int, int], ...]
    """Of each thing."""
    homes: tuple[Disc, ...]
    """Of each home."""
    communities: tuple[Disc, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """What is to be laid out; things are counted from 0.

    Attributes:
        radii: Of each thing.
        kinds: Of each thing; alike ones come to stand side by side.
        homes: Of each thing, from 0; every home has a thing.
        pairs: Things that are tied, each pair once.
    """

    radii: Sequence[float]
    kinds: Sequence[int]
    homes: Sequence[int]
    pairs: Sequence[tuple[int, int]]


def lay_out(picture: Picture) -> Layout:
    """Place every thing of a picture.

    >>> star = Picture([9, 4, 4], [0, 1, 1], [0, 0, 0], [(0, 1), (0, 2)])
    >>> lay_out(star).points[0], len(lay_out(star).communities)
    ((0, 0), 1)
    """
    near: list[list[int]] = [[] for _ in picture.radii]
    for one, other in picture.pairs:
        if picture.homes[one] == picture.homes[other]:
            near[one].append(other)
            near[other].append(one)
    groups = communities(picture, near)
    arranged = [arrange(group, near, picture) for group in groups]
    home_of = [picture.homes[group[0]] for group in groups]
    group_of = {thing: i for i, group in enumerate(groups) for thing in group}
    ties = _ties((group_of[a], group_of[b]) for a, b in picture.pairs)

    centres, homes = _homes(arranged, home_of, ties)
    whole = pack(
        [radius + BETWEEN_HOMES / 2 for radius in homes],
        _ties((picture.homes[a], picture.homes[b]) for a, b in picture.pairs),
    )
    whole = turned(whole, homes)
    points: list[tuple[int, int]] = [(0, 0)] * len(picture.radii)
    rims: list[Disc] = []
    for (inside, radius), (x, y), home in zip(arranged, centres, home_of, strict=True):
        middle_x, middle_y = whole[home][0] + x, whole[home][1] + y
        rims.append(Disc(round(middle_x), round(middle_y), round(radius)))
        for thing, (dx, dy) in inside.items():
            points[thing] = (round(middle_x + dx), round(middle_y + dy))
    outer = tuple(
        Disc(round(x), round(y), round(radius))
        for radius, (x, y) in zip(homes, whole, strict=True)
    )
    return Layout(tuple(points), outer, tuple(rims))


def _homes(
    arranged: Sequence[tuple[dict[int, Point], float]],
    home_of: Sequence[int],
    ties: Mapping[tuple[int, int], int],
) -> tuple[list[Point], list[float]]:
    """Where each community stands in its home, and the radius of each home."""
    centres: list[Point] = [(0.0, 0.0)] * len(arranged)
    homes: list[float] = []
    for home in range(max(home_of, default=-1) + 1):
        inside = [i for i, owner in enumerate(home_of) if owner == home]
        discs = [arranged[i][1] + BETWEEN_COMMUNITIES / 2 for i in inside]
        spots = pack(discs, _within(ties, inside))
        (middle_x, middle_y), radius = enclosing(spots, discs)
        homes.append(radius)
        for i, (x, y) in zip(inside, spots, strict=True):
            centres[i] = (x - middle_x, y - middle_y)
    return centres, homes


def _ties(pairs: Iterable[tuple[int, int]]) -> Counter[tuple[int, int]]:
    """How many ties two different discs have."""
    return Counter((min(pair), max(pair)) for pair in pairs if pair[0] != pair[1])


def _within(
    ties: Mapping[tuple[int, int], int], inside: Sequence[int]
) -> dict[tuple[int, int], int]:
    """The ties among some discs, counted from 0."""
    place = {disc: i for i, disc in enumerate(inside)}
    return {
        (place[a], place[b]): count
        for (a, b), count in ties.items()
        if a in place and b in place
    }


# -- communities ---------------------------------------------------------------


def communities(
    picture: Picture, near: Sequence[Sequence[int]]
) -> list[tuple[int, ...]]:
    """Things that belong together, home by home, each sorted.

    Things with few ties or none share one community of their home.
    """
    members: dict[int, list[int]] = defaultdict(list)
    for thing, home in enumerate(picture.homes):
        members[home].append(thing)
    groups: list[tuple[int, ...]] = []
    for home in sorted(members):
        graph: nx.Graph[int] = nx.Graph()
        graph.add_nodes_from(members[home])
        graph.add_edges_from(
            (one, other) for one in members[home] for other in near[one] if one < other
        )
        found = sorted(
            tuple(sorted(group))
            for group in nx.community.louvain_communities(graph, seed=0)
        )
        groups += [group for group in found if len(group) >= SMALL]
        rest = sorted(t for group in found if len(group) < SMALL for t in group)
        if rest:
            groups.append(tuple(rest))
    return groups


def arrange(
    group: Sequence[int], near: Sequence[Sequence[int]], picture: Picture
) -> tuple[dict[int, Point], float]:
    """The things of a community round their hub, and the community's radius."""
    order, parents = _tree(group, near, picture)
    hub = order[0] if parents else -1
    hole = picture.radii[hub] + 1.4 * GAP if parents else 0.0
    spacing = 2 * min(picture.radii[t] for t in group) + GAP
    ring = [thing for thing in order if thing != hub]
    spread = 0.28 * spacing * spacing
    points: dict[int, Point] = {hub: (0.0, 0.0)} if parents else {}
    for i, thing in enumerate(ring):
        share = ((i + 1) * GOLDEN) % 1.0  # fills the disc evenly, angle by angle
        reach = sqrt(hole * hole + share * len(ring) * spread)
        x, y = TURN[i * len(TURN) // len(ring)]
        points[thing] = (x * reach, y * reach)
    _relax(points, parents, hub, picture.radii)
    radius = MARGIN + max(
        sqrt(x * x + y * y) + picture.radii[thing] for thing, (x, y) in points.items()
    )
    return points, radius


def _tree(
    group: Sequence[int], near: Sequence[Sequence[int]], picture: Picture
) -> tuple[list[int], dict[int, int]]:
    """The things in the order in which they go round, and each one's parent.

    A walk down the tree of shortest ways from the best connected thing, things
    of a kind together. A community without one hub has no parents.
    """
    inside = set(group)
    hub = max(group, key=lambda thing: (len(near[thing]), -thing))
    parents = {hub: hub}
    level = [hub]
    while level:
        following: list[int] = []
        for thing in level:
            for other in sorted(near[thing]):
                if other in inside and other not in parents:
                    parents[other] = thing
                    following.append(other)
        level = following
    if len(parents) < len(group):
        return sorted(group, key=lambda thing: (picture.kinds[thing], thing)), {}
    children: dict[int, list[int]] = defaultdict(list)
    for thing, parent in parents.items():
        if thing != parent:
            children[parent].append(thing)
    order: list[int] = []
    waiting = [hub]
    while waiting:
        thing = waiting.pop()
        order.append(thing)
        waiting += sorted(children[thing], key=lambda c: (picture.kinds[c], c))
    return order, parents


def _relax(
    points: dict[int, Point],
    parents: Mapping[int, int],
    hub: int,
    radii: Sequence[float],
) -> None:
    """Push things apart that are too near, draw leaves to their parents."""
    cell = 2 * max((radii[t] for t in points if t != hub), default=0.0) + GAP
    for _ in range(ROUNDS):
        for thing, parent in parents.items():
            if parent not in {hub, thing}:
                _pull(points, thing, parent)
        grid: dict[tuple[int, int], list[int]] = defaultdict(list)
        for thing, (x, y) in points.items():
            grid[math.floor(x / cell), math.floor(y / cell)].append(thing)
        for (column, row), thing in [
            (spot, thing) for spot, things in grid.items() for thing in things
        ]:
            for across in (-1, 0, 1):
                for down in (-1, 0, 1):
                    for other in grid.get((column + across, row + down), ()):
                        if thing < other:
                            wanted = radii[thing] + radii[other] + GAP
                            _push(points, thing, other, wanted, hub)


def _pull(points: dict[int, Point], thing: int, parent: int) -> None:
    (x, y), (to_x, to_y) = points[thing], points[parent]
    dx, dy = to_x - x, to_y - y
    distance = sqrt(dx * dx + dy * dy)
    if distance > SHORT:
        step = 0.12 * (distance - SHORT) / distance
        points[thing] = (x + dx * step, y + dy * step)


def _push(
    points: dict[int, Point], one: int, other: int, wanted: float, hub: int
) -> None:
    (x1, y1), (x2, y2) = points[one], points[other]
    dx, dy = x2 - x1, y2 - y1
    squared = dx * dx + dy * dy
    if squared >= wanted * wanted:
        return
    if squared == 0.0:
        dx, dy = TURN[(one * 31 + other * 7) % len(TURN)]
        squared = dx * dx + dy * dy
    distance = sqrt(squared)
    step = 0.45 * (wanted - distance) / distance
    if one != hub:
        points[one] = (x1 - dx * step, y1 - dy * step)
    if other != hub:
        points[other] = (x2 + dx * step, y2 + dy * step)
