"""Discs laid side by side: none overlap, and those that are tied lie close.

The arithmetic keeps to + - * / and square roots, as that of `layout`.
"""

from __future__ import annotations

import math
from collections import defaultdict
from math import sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Point = tuple[float, float]

TURN = tuple(
    (round(math.cos(math.tau * i / 720), 6), round(math.sin(math.tau * i / 720), 6))
    for i in range(720)
)
"""Unit vectors, half a degree apart."""


def pack(
    radii: Sequence[float], ties: Mapping[tuple[int, int], int]
) -> list[tuple[float, float]]:
    """Centres for discs so that none overlap and tied ones lie close.

    The largest lies in the middle; each next one touches two others, where it
    is nearest to the middle and to what it is tied to.

    Args:
        radii: Of each disc.
        ties: How strongly two discs are tied.

    >>> pack([2.0, 1.0], {})
    [(0.0, 0.0), (3.0, 0.0)]
    """
    tied: dict[int, dict[int, int]] = defaultdict(dict)
    for (one, other), count in ties.items():
        tied[one][other] = tied[other][one] = count
    centres: dict[int, Point] = {}
    front: list[tuple[int, int]] = []
    for disc in sorted(range(len(radii)), key=lambda i: (-radii[i], i)):
        spot, front = _free_spot(disc, centres, radii, front, tied[disc])
        front += [(other, disc) for other in centres]
        centres[disc] = spot
    return [centres[i] for i in range(len(radii))]


def _free_spot(
    disc: int,
    centres: Mapping[int, Point],
    radii: Sequence[float],
    front: Sequence[tuple[int, int]],
    tied: Mapping[int, int],
) -> tuple[Point, list[tuple[int, int]]]:
    """Where the next disc goes, and the pairs that a later one may touch."""
    anchors = [(centres[i], count) for i, count in tied.items() if i in centres]
    weight = sum(count for _, count in anchors)

    def cost(spot: Point) -> tuple[float, Point]:
        total = 0.0
        for anchor, count in anchors:
            total += count * _distance(spot, anchor)
        apart = total / weight if weight else 0.0
        return (_distance(spot, (0.0, 0.0)) + 0.4 * apart, spot)

    def is_free(spot: Point) -> bool:
        return all(
            _distance(spot, centre) > radii[i] + radii[disc] - 1e-6
            for i, centre in centres.items()
        )

    spots: list[Point] = []
    kept: list[tuple[int, int]] = []
    for one, other in front:
        reaches = radii[one] + radii[disc], radii[other] + radii[disc]
        beside = _touching(centres[one], reaches[0], centres[other], reaches[1])
        if free := [spot for spot in beside if is_free(spot)]:
            spots += free
            kept.append((one, other))  # else too far apart, or walled in
    if spots:
        return min(map(cost, spots))[1], kept
    right = max((centres[i][0] + radii[i] for i in centres), default=-radii[disc])
    return (right + radii[disc], 0.0), kept


def _touching(one: Point, reach: float, other: Point, reach2: float) -> list[Point]:
    """The points at two given distances from two points."""
    dx, dy = other[0] - one[0], other[1] - one[1]
    squared = dx * dx + dy * dy
    along = (reach * reach - reach2 * reach2 + squared) / (2 * squared)
    beside = reach * reach / squared - along * along
    if beside < 0:
        return []
    across = sqrt(beside)
    return [
        (one[0] + along * dx + side * dy, one[1] + along * dy - side * dx)
        for side in (across, -across)
    ]


def _distance(one: Point, other: Point) -> float:
    dx, dy = one[0] - other[0], one[1] - other[1]
    return sqrt(dx * dx + dy * dy)  # math.hypot is not the same everywhere


def enclosing(centres: Sequence[Point], radii: Sequence[float]) -> tuple[Point, float]:
    """A small circle round discs: its centre and radius.

    Steps towards the farthest disc, ever shorter (Bădoiu and Clarkson 2003).
    """
    x, y = centres[0]
    for step in range(1, 200):
        far = max(
            range(len(centres)),
            key=lambda i: (_distance((x, y), centres[i]) + radii[i], -i),
        )
        reach = _distance((x, y), centres[far])
        if reach == 0:
            break
        pull = (reach + radii[far]) / reach / (step + 1)
        x += (centres[far][0] - x) * pull
        y += (centres[far][1] - y) * pull
    radius = max(
        _distance((x, y), centre) + r for centre, r in zip(centres, radii, strict=True)
    )
    return (x, y), radius


def turned(spots: list[Point], radii: Sequence[float]) -> list[Point]:
    """Discs turned about the origin so that they fill a square best.

    >>> turned([(-4.0, 0.0), (4.0, 0.0)], [4.0, 4.0])[1]
    (2.828428, 2.828428)
    """

    def side(points: Sequence[Point]) -> float:
        return max(
            max(point[axis] + r for point, r in zip(points, radii, strict=True))
            - min(point[axis] - r for point, r in zip(points, radii, strict=True))
            for axis in (0, 1)
        )

    tries = [
        [(x * cos - y * sin, x * sin + y * cos) for x, y in spots]
        for cos, sin in TURN[: len(TURN) // 2 : len(TURN) // 48]
    ]
    return min(tries, key=side) if spots else spots
