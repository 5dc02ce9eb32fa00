"""Arithmetic over all reports: what they say of one another's figures.

Within one file the extraction has looked already (rates beside their counts);
here figures of different sentences and years meet. A check says what it found
and shows the sentences; whether a report erred, a statistic was restated or
the reading went wrong, people decide, and where the reading did, the line of
the corrections file that mends it is given.
"""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal
from itertools import combinations
from typing import TYPE_CHECKING, Final

from zhengpu.graph.charts import humane
from zhengpu.graph.checked import Checked, found
from zhengpu.graph.comparing import series_of
from zhengpu.graph.exactness import resolution, shown, tolerance
from zhengpu.graph.listed import lists
from zhengpu.knowledge.lexicon import table
from zhengpu.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from zhengpu.graph.comparing import Series
    from zhengpu.graph.points import Point
    from zhengpu.graph.posts import Post
    from zhengpu.model import Extraction

RESTATED: Final = Decimal("0.2")
"""Up to this share a later figure for the same year counts as a restatement:
censuses have moved whole provinces by more than a tenth."""
IMPLIED: Final = Decimal("0.1")
"""The same for last year's value as this year's value and growth imply it."""

TELLING: Final = 3
"""Characters of a wording that says what it counts; 活动 and 投资 do not."""

_REAL: Final = re.compile(r"实际|可比|不变价|同口径")
_MORE: Final = re.compile(r"增长|下降|增加|减少|提高|降低|每")
_DOWN: Final = re.compile(r"下降|减少|降低|回落")


def check(
    points: Sequence[Point],
    extractions: Iterable[Extraction] = (),
    posts: Iterable[Post] = (),
) -> list[Checked]:
    """All checks over a build.

    Args:
        points: The figures of a build.
        extractions: For what is checked sentence by sentence.
        posts: Posts with their holders.

    Returns:
        The findings, warnings first, then by code and text.
    """
    dated = [point for point in points if not point.planned]
    hits = [
        *restatements(series_of(dated)),
        *growths(dated),
        *parts(points),
        *times(dated),
        *(hit for post in posts for hit in holders(post)),
        *(hit for extraction in extractions for hit in lists(extraction)),
    ]
    order = list(Severity)
    return sorted(
        dict.fromkeys(hits),
        key=lambda c: (
            order.index(c.finding.severity),
            c.finding.code,
            c.finding.parameters,
            c.evidence,
        ),
    )


def _reject(point: Point) -> str:
    """The table of the corrections file that takes a figure out."""
    from zhengpu.graph.corrections_file import table as written  # noqa: PLC0415 - lazily

    return written(
        "reject",
        ("subject", point.subject),
        ("measure", point.measure),
        ("value", format(point.value, "f")),
        ("unit", point.unit),
        ("period", point.period),
    )


# -- the same year in two reports -------------------------------------------------


def restatements(series: Iterable[Series]) -> Iterator[Checked]:
    """Figures of one series for one year that two reports give differently.

    Within one report the same words count other things from one sentence to the
    next (活动12次, 活动10次), so that nothing is said of those.
    """
    for line in series:
        years: dict[tuple[int, str], list[Point]] = defaultdict(list)
        for point in line.singles:
            if point.at is not None and len(point.measure) >= TELLING:
                years[point.at, point.measure].append(point)
        for points in years.values():
            for pair in combinations(sorted(points, key=_told), 2):
                yield from _restated(*pair)


def _restated(first: Point, second: Point) -> Iterator[Checked]:
    apart = abs(first.value - second.value)
    same = first.cited.report == second.cited.report
    if same or apart <= tolerance(first) + tolerance(second):
        return
    share = apart / max(abs(first.value), abs(second.value))
    restated = share <= RESTATED
    yield found(
        Severity.INFO if restated else Severity.WARNING,
        "figure-restated" if restated else "figures-contradict",
        (first.cited, second.cited),
        "" if restated else _reject(second),
        name=first.home_name,
        measure=first.measure,
        year=str(first.at),
        first=shown(first),
        second=shown(second),
        share=f"{share:.1%}",
    )


def _told(point: Point) -> tuple[str, str, int]:
    """When a figure was told: by the year its report reviews."""
    return point.cited.time[-4:], point.cited.file, point.cited.start


# -- value and growth against last year's value -----------------------------------


def growths(points: Sequence[Point]) -> Iterator[Checked]:
    """Last year's value as this year's value and growth imply it, and as stated."""
    of = {row["growth"]: row["level"] for row in table("growth")}
    constant = {r["growth"] for r in table("growth") if r["prices"] == "constant"}
    levels: dict[tuple[str, str, str, int], list[Point]] = defaultdict(list)
    beside: dict[tuple[str, int], list[Point]] = defaultdict(list)
    for point in points:
        if point.at is not None and not point.is_growth and not point.manner:
            levels[point.home, point.what, point.unit, point.at].append(point)
            beside[point.cited.text, point.at].append(point)
    for growth in points:
        if growth.at is None or growth.manner or growth.what in constant:
            continue
        if growth.is_growth and growth.unit == "%" and not _REAL.search(growth.clause):
            for level in beside[growth.cited.text, growth.at]:
                if _belongs(level, growth, of.get(growth.what, "")):
                    place = level.home, level.what, level.unit, growth.at - 1
                    yield from _grown(level, growth, levels.get(place, []))


def _belongs(level: Point, growth: Point, what: str) -> bool:
    """Whether a growth is that of a level of the same sentence and report."""
    if level.cited.report != growth.cited.report or level.home != growth.home:
        return False
    bare = re.sub(
        r"(?:同比|年均|实际)?(?:增长|下降|上涨|减少|增速|增幅)$", "", growth.measure
    )
    is_real = level.measure.endswith(("生产总值", "增加值"))
    return not is_real and (level.what == what or level.measure == bare)


def _grown(level: Point, growth: Point, before: Iterable[Point]) -> Iterator[Checked]:
    sign = -1 if _DOWN.search(growth.measure) else 1
    factor = 1 + sign * abs(growth.value) / 100
    if factor <= 0 or growth.approximate:
        return
    implied = level.value / factor
    slack = (tolerance(level) + implied * tolerance(growth) / 100) / factor
    for stated in before:
        if stated.measure != level.measure or not stated.value:
            continue
        apart = abs(implied - stated.value)
        share = apart / abs(stated.value)
        if apart <= slack + tolerance(stated):
            severity, code = Severity.INFO, "growth-agrees"
        elif share <= IMPLIED:
            severity, code = Severity.INFO, "growth-restated"
        else:
            severity, code = Severity.WARNING, "growth-contradicts"
        yield found(
            severity,
            code,
            (stated.cited, level.cited),
            _reject(growth) if severity is Severity.WARNING else "",
            name=level.home_name,
            measure=level.measure,
            year=str(growth.at),
            value=shown(level),
            growth=f"{'-' if sign < 0 else ''}{shown(growth)}",
            implied=humane(implied.quantize(resolution(level)), level.unit),
            stated=shown(stated),
            share=f"{share:.1%}",
        )


# -- parts and wholes -------------------------------------------------------------


def parts(points: Iterable[Point]) -> Iterator[Checked]:
    """Parts (其中) that are more than the whole they stand behind."""
    sentences: dict[tuple[str, str, str], list[Point]] = defaultdict(list)
    for point in points:
        if point.unit not in {"%", "个百分点"}:
            cited = point.cited
            sentences[cited.file, cited.text, point.unit].append(point)
    for (_, _, unit), held in sorted(sentences.items()):
        held.sort(key=lambda point: point.cited.start)
        whole: Point | None = None
        for point in held:
            if point.basis == "其中":
                if whole is not None and whole.period == point.period:
                    yield from _exceeding(point, whole, unit)
            elif not point.manner and not _MORE.search(f"{point.clause}"):
                whole = point


def _exceeding(part: Point, whole: Point, unit: str) -> Iterator[Checked]:
    if part.value - whole.value > tolerance(part) + tolerance(whole):
        yield found(
            Severity.WARNING,
            "part-exceeds-whole",
            (whole.cited,),
            _reject(part),
            part=f"{part.measure}{humane(part.value, unit)}",
            whole=f"{whole.measure}{humane(whole.value, unit)}",
        )


# -- time -------------------------------------------------------------------------


def times(points: Iterable[Point]) -> Iterator[Checked]:
    """What is told as done in a year that the report cannot know yet."""
    for point in points:
        told = point.cited.time[-4:]
        # a report reviews a year, and is given early in the next
        if point.years and told and point.years[0] > int(told) + 1:
            yield found(
                Severity.WARNING,
                "figure-after-report",
                (point.cited,),
                _reject(point),
                name=point.home_name,
                measure=point.measure,
                value=shown(point),
                year=point.period,
                reviewed=point.cited.time,
            )


# -- posts ------------------------------------------------------------------------


def holders(post: Post) -> Iterator[Checked]:
    """Years in which a post has several holders, and those in which it has none."""
    about = {"body": post.body_name, "role": post.role}
    for year, held in post.overlaps:
        yield found(
            Severity.WARNING,
            "post-overlap",
            [holder.cited[0] for holder in held],
            **about,
            year=str(year),
            names="、".join(holder.name for holder in held),
        )
    for first, last in post.gaps:
        before = [h for h in post.holders if first - 1 in {*h.years, *h.left}][-1]
        after = next(h for h in post.holders if last + 1 in {*h.years, *h.left})
        if before.person != after.person:
            yield found(
                Severity.INFO,
                "post-gap",
                [before.cited[-1], after.cited[0]],
                **about,
                years=str(first) if first == last else f"{first}-{last}",
                before=before.name,
                after=after.name,
            )
