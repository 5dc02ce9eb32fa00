"""Charts of series as SVG: one picture, no script, nothing fetched.

What was reached is a line with filled points, a target a hollow one; a value
for several years together is no point of a line and is not drawn. The words
behind each point stand in its tooltip. Text has the colour of the page.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from decimal import Decimal
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from zhengpu.graph.comparing import paired

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from zhengpu.graph.comparing import Series
    from zhengpu.graph.points import Point

INKS: Final = ("#2f74c0", "#c2573f", "#2d8a4e", "#a63d8c", "#a8861a", "#5b6770")
WIDTH, HEIGHT = 760, 310
LEFT, RIGHT, TOP, BOTTOM = 84, 204, 40, 34
MOST_SERIES: Final = 10
"""Lines that one picture bears; the table holds all."""
SCALES: Final = (
    (Decimal(10) ** 12, "万亿"),
    (Decimal(10) ** 8, "亿"),
    (Decimal(10) ** 4, "万"),
)
YEAR_WIDTH: Final = 34
MOST_ROWS: Final = 40
"""Bodies that a ranking shows."""
ROW, NAMES, BAR = 18, 190, 450
_SIZE: Final = re.compile(r'viewBox="0 0 \d+ (\d+)"')
_TICKS: Final = (1, 2, 2.5, 5, 10)


class Frame(NamedTuple):
    """From years and values to places in the picture."""

    first: int
    last: int
    low: float
    high: float

    def x(self, year: int) -> int:
        """The place of a year, from the left."""
        span = max(self.last - self.first, 1)
        return round(LEFT + (WIDTH - LEFT - RIGHT) * (year - self.first) / span)

    def y(self, value: float) -> int:
        """The place of a value, from the top."""
        share = (value - self.low) / (self.high - self.low)
        return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share)


def humane(value: Decimal, unit: str = "") -> str:
    """A number as reports write it, with its unit.

    >>> humane(Decimal("126000000000000"), "元"), humane(Decimal("12440000"), "人")
    ('126万亿元', '1244万人')
    >>> humane(Decimal("5.20"), "%"), humane(Decimal("1234"), "件")
    ('5.2%', '1234件')
    """
    for scale, name in SCALES:
        if abs(value) >= scale:
            return f"{_trimmed(value / scale)}{name}{unit}"
    return f"{_trimmed(value)}{unit}"


def _trimmed(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def drawable(series: Sequence[Series]) -> list[Series]:
    """The series of bodies that have two years at least."""
    years: dict[str, set[int | None]] = defaultdict(set)
    for line in series:
        years[line.subject].update(point.at for point in line.singles)
    return [line for line in series if line.singles and len(years[line.subject]) > 1]


def chart(series: Sequence[Series], title: str) -> str:
    """Series of one unit as an SVG picture.

    Args:
        series: What `comparing.series_of` gives, of one unit and manner.
        title: Stands above the picture.

    Returns:
        The SVG element, or nothing where no two years can be compared.
    """
    lines = drawable(series)[:MOST_SERIES]
    if not lines:
        return ""
    frame = _frame(lines)
    parts = [_head(title, HEIGHT), *_axes(frame, lines)]
    inks = {
        line: INKS[at % len(INKS)]
        for at, group in enumerate(paired(lines))
        for line in group
    }
    names = _names([group[0] for group in paired(lines)])
    for row, line in enumerate(lines):
        ink = inks[line]
        parts += _line(line, frame, ink)
        parts += _legend(line, row, ink, names[ink])
    return "\n".join([*parts, "</svg>"]) + "\n"


def charts_of(series: Iterable[Series], name: str) -> list[str]:
    """Pictures of series, one for each unit and manner.

    Args:
        series: Of one indicator.
        name: Of the indicator.
    """

    def apart(line: Series) -> tuple[str, tuple[str, ...]]:
        return line.unit, line.manner

    pictures = []
    for (unit, manner), lines in groupby(sorted(series, key=apart), apart):
        told = [word for word in manner if word not in name]
        how = f"（{'·'.join(told)}）" if told else ""
        held, title = list(lines), f"{name}{how}，{unit}"
        crowd = len({line.subject for line in held}) > MOST_SERIES
        if picture := (ranking if crowd else chart)(held, title):
            pictures.append(picture)
    return pictures


def ranking(series: Sequence[Series], title: str) -> str:
    """Many bodies in the year that most of them have, the greatest value first.

    Args:
        series: Of one unit and manner; targets are left out.
        title: Stands above the picture, with the year.
    """
    points = [p for line in series if not line.planned for p in line.singles]
    years = Counter(point.at for point in points if point.at is not None)
    if not years:
        return ""
    year = max(years, key=lambda y: (years[y], y))
    of_year = {point.home: point for point in points if point.at == year}
    rows = sorted(of_year.values(), key=lambda p: (-p.value, p.home_name, p.home))
    rows = rows[:MOST_ROWS]
    greatest = max((abs(float(point.value)) for point in rows), default=0) or 1.0
    height = TOP + ROW * len(rows) + 8
    parts = [_head(f"{title}，{year}", height)]
    for at, point in enumerate(rows):
        y = TOP + ROW * at
        bar = round(BAR * abs(float(point.value)) / greatest)
        about = "≈" if point.approximate else ""
        ink = INKS[0] if point.value >= 0 else INKS[1]
        value = escape(about + humane(point.value, point.unit))
        parts.append(
            f'<text x="{NAMES - 8}" y="{y + 10}" text-anchor="end">'
            f"{escape(_shortened(point.home_name, 13))}</text>"
            f'<rect x="{NAMES}" y="{y}" width="{bar}" height="{ROW - 6}" fill="{ink}">'
            f"<title>{escape(_told(point))}</title></rect>"
            f'<text x="{NAMES + bar + 6}" y="{y + 10}" fill-opacity=".7">{value}</text>'
        )
    return "\n".join([*parts, "</svg>"]) + "\n"


def _head(title: str, height: int) -> str:
    """How a picture begins: its size, its name for those who cannot see, its title."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}"'
        ' role="img" font-family="system-ui, sans-serif" font-size="12"'
        f' fill="currentColor"><title>{escape(title)}</title>\n'
        f'<text y="16" font-size="14" font-weight="600">{escape(title)}</text>'
    )


def stacked(pictures: Sequence[str]) -> str:
    """Several pictures as one SVG file, one below the other."""
    top, inner = 0, []
    for picture in pictures:
        size = _SIZE.search(picture)
        height = int(size[1]) if size else HEIGHT
        head = f'<svg y="{top}" height="{height}" '
        inner.append(picture.replace("<svg ", head, 1))
        top += height
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top or 1}">\n'
        f"{''.join(inner)}</svg>\n"
    )


def _frame(lines: Sequence[Series]) -> Frame:
    points = [point for line in lines for point in line.singles]
    years = [point.at for point in points if point.at is not None]
    values = [float(point.value) for point in points]
    low, high = min(values), max(values)
    if low > 0 and low < high * 0.6:  # a line far above zero may leave it out
        low = 0.0
    step = tick(high - low or abs(high) or 1.0)
    bottom = math.floor(low / step) * step
    top = math.ceil(high / step) * step
    return Frame(min(years), max(years), bottom, top if top > bottom else bottom + step)


def tick(span: float) -> float:
    """A round step that divides a span into at most five.

    >>> tick(9.3), tick(0.7), tick(126)
    (2.0, 0.2, 50.0)
    """
    rough = span / 5
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor for factor in _TICKS if factor * power >= rough) * power
    return float(f"{step:.6g}")


def _axes(frame: Frame, lines: Sequence[Series]) -> Iterator[str]:
    """Lines across with their values, and the years below."""
    step, unit = tick(frame.high - frame.low), lines[0].unit
    count = round((frame.high - frame.low) / step)
    for at in range(count + 1):
        value = frame.low + at * step
        y = frame.y(value)
        text = humane(Decimal(f"{value:.6g}"), unit)
        yield (
            f'<line x1="{LEFT}" y1="{y}" x2="{WIDTH - RIGHT}" y2="{y}"'
            ' stroke="currentColor" stroke-opacity=".15"/>'
            f'<text x="{LEFT - 8}" y="{y + 4}" text-anchor="end"'
            f' fill-opacity=".7">{escape(text)}</text>'
        )
    years = sorted({point.at for line in lines for point in line.singles if point.at})
    last = -math.inf
    for year in years:
        x = frame.x(year)
        if x - last >= YEAR_WIDTH:
            yield (
                f'<text x="{x}" y="{HEIGHT - 12}" text-anchor="middle"'
                f' fill-opacity=".7">{year}</text>'
            )
            last = x


def _line(line: Series, frame: Frame, ink: str) -> Iterator[str]:
    """The points of a series, joined where the years allow it."""
    places = [
        (frame.x(point.at), frame.y(float(point.value)), point)
        for point in line.singles
        if point.at is not None
    ]
    path = " ".join(f"{x},{y}" for x, y, _ in places)
    dash = ' stroke-dasharray="4 4" stroke-opacity=".6"' if line.planned else ""
    if len(places) > 1:
        yield f'<polyline points="{path}" fill="none" stroke="{ink}" stroke-width="1.5"{dash}/>'
    fill = "none" if line.planned else ink
    for x, y, point in places:
        yield (
            f'<circle cx="{x}" cy="{y}" r="3.5" fill="{fill}" stroke="{ink}"'
            f' stroke-width="1.5" pointer-events="all">'
            f"<title>{escape(_told(point))}</title></circle>"
        )


def _told(point: Point) -> str:
    mark = "≈" if point.approximate else ""
    value = humane(point.value, point.unit)
    return f"{point.home_name} {point.at}: {mark}{value}\n{point.clause}\n{point.cited.file}"


def _names(lines: Sequence[Series]) -> dict[str, str]:
    """What each ink stands for: the body, or the wording where the body is one."""
    bodies = Counter(line.name for line in lines)
    return {
        INKS[at % len(INKS)]: line.measures[0]
        if bodies[line.name] > 1 or len(bodies) == 1
        else line.name
        for at, line in enumerate(lines)
    }


def _legend(line: Series, row: int, ink: str, name: str) -> Iterator[str]:
    x, y = WIDTH - RIGHT + 16, TOP + 8 + row * 20
    fill = "none" if line.planned else ink
    text = f"{_shortened(name)}{'·目标 target' if line.planned else ''}"
    yield (
        f'<circle cx="{x}" cy="{y}" r="3.5" fill="{fill}" stroke="{ink}"'
        f' stroke-width="1.5"/><text x="{x + 9}" y="{y + 4}">{escape(text)}</text>'
    )


def _shortened(name: str, most: int = 9) -> str:
    return name if len(name) <= most else f"{name[: most - 1]}…"
