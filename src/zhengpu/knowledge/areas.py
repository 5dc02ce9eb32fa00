"""Administrative areas by their codes: names, levels, parents, and what became of them."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from zhengpu.model import Area
from zhengpu.settings import PACKAGE

if TYPE_CHECKING:
    from collections.abc import Iterator

DATA = PACKAGE / "knowledge" / "data"
LEVELS = ("nation", "province", "prefecture", "county", "township")
NATION = Area("100000", "全国", "nation", None)

_COUNTY_DIGITS = 6
_STATISTICAL = "statistical"
_FIRST_ZONE = "4"
"""Townships whose number begins with it or a higher digit are statistical."""


def cells_of(table: str) -> list[str]:
    """A data file's cells, row after row, without comments and header."""
    text = (DATA / table).read_text(encoding="utf-8")
    while text.startswith("#"):
        text = text.partition("\n")[2]
    return text.partition("\n")[2].rstrip("\n").replace("\n", "\t").split("\t")


def _prefix(adcode: str) -> str:
    """The digits that all codes inside an area share."""
    if adcode.endswith("0000"):
        return adcode[:2]
    return adcode[:4] if level_of(adcode) == "prefecture" else adcode


def rank_of(adcode: str) -> int:
    """Index of an area's level in `LEVELS`."""
    if len(adcode) > _COUNTY_DIGITS:
        return 4
    return 1 if adcode.endswith("0000") else 2 if adcode.endswith("00") else 3


def level_of(adcode: str) -> str:
    """The level of the area of a code, of `LEVELS`."""
    return LEVELS[rank_of(adcode)]


class Areas:
    """Every administrative area down to the townships, current and abolished.

    Areas are made when they are asked for, indexes when they are first needed:
    loading takes a few milliseconds.

    >>> areas = Areas()
    >>> [area.name for area in areas.parents(areas.area("511381"))]
    ['南充市', '四川省']
    """

    nation = NATION

    def __init__(self) -> None:
        cells = cells_of("areas.tsv")
        self._name = dict(zip(cells[0::3], cells[1::3], strict=True))
        self._zones = {
            code for code, kind in zip(cells[0::3], cells[2::3], strict=True) if kind
        }
        self._areas: dict[str, Area] = {NATION.adcode: NATION}

    @cached_property
    def _below(self) -> dict[str, str]:
        """The townships of each county, as one string: `100阜新镇 101东梁镇 …`."""
        cells = cells_of("townships.tsv")
        return dict(zip(cells[0::2], cells[1::2], strict=True))

    def area(self, adcode: str) -> Area:
        """The area of a code; an abolished one where no current area has it.

        Raises:
            KeyError: No area has this code.
        """
        found = self._areas.get(adcode)
        if found is None:
            found = self._areas[adcode] = self._made(adcode)
        return found

    def _made(self, adcode: str) -> Area:
        parent = self._parent_code(adcode)
        if adcode in self._name:
            kind = _STATISTICAL if adcode in self._zones else ""
            return Area(adcode, self._name[adcode], level_of(adcode), parent, kind)
        for township in self._below.get(adcode[:6], "").split(" "):
            if township and township[:3] == adcode[6:]:
                kind = _STATISTICAL if township[0] >= _FIRST_ZONE else ""
                return Area(adcode, township[3:], "township", parent, kind)
        return self._abolished_by_code[adcode]

    def __iter__(self) -> Iterator[Area]:
        """All current areas: the upper levels by code, then the townships."""
        yield from map(self.area, self._name)
        yield from self._townships_in("")

    def townships(self, area: Area) -> tuple[Area, ...]:
        """The townships in a county, prefecture or province, by code.

        >>> areas = Areas()
        >>> [t.name for t in areas.townships(areas.area("210921"))][:2]
        ['城区街道', '阜新镇']
        """
        return tuple(self._townships_in(_prefix(area.adcode)))

    def _townships_in(self, prefix: str) -> Iterator[Area]:
        for county, names in self._below.items():
            if county.startswith(prefix):
                for township in names.split(" "):
                    yield self.area(county + township[:3])

    def _parent_code(self, adcode: str) -> str | None:
        """Of the nearest containing area: groups like 市辖区 are none."""
        for code in (adcode[:6], adcode[:4] + "00", adcode[:2] + "0000"):
            if code != adcode and code in self._name:
                return code
        return None

    def parents(self, area: Area) -> tuple[Area, ...]:
        """The areas that contain an area, nearest first, without the nation."""
        found = []
        while area.parent:
            area = self.area(area.parent)
            found.append(area)
        return tuple(found)

    def at_level(self, area: Area | None, level: str) -> Area | None:
        """The area itself or its parent that has a level, or None.

        >>> areas = Areas()
        >>> areas.at_level(areas.area("210921"), "prefecture").name
        '阜新市'
        """
        if area is None or area.level == level:
            return area
        return next((a for a in self.parents(area) if a.level == level), None)

    def contains(self, outer: Area, inner: Area) -> bool:
        """Whether an area lies in another or is it."""
        if outer.level == "nation":
            return True
        return inner.adcode.startswith(_prefix(outer.adcode))

    # ------------------------------------------------------------ abolished

    @cached_property
    def _abolished(self) -> list[tuple[Area, str]]:
        """Abolished areas, each with the codes of its successors."""
        cells = iter(cells_of("abolished_areas.tsv"))
        rows = zip(cells, cells, cells, cells, strict=True)
        return [
            (
                Area(
                    code,
                    name,
                    level_of(code),
                    self._parent_code(code),
                    until=int(year),
                ),
                successors,
            )
            for code, name, year, successors in rows
        ]

    @cached_property
    def _abolished_by_code(self) -> dict[str, Area]:
        return {area.adcode: area for area, _ in self._abolished}

    @cached_property
    def _abolished_by_name(self) -> dict[str, list[tuple[Area, str]]]:
        index = defaultdict(list)
        for area, successors in self._abolished:
            index[area.name].append((area, successors))
        return index

    def successors(self, area: Area) -> tuple[Area, ...]:
        """The areas that took over from an abolished one, as far as known.

        >>> areas = Areas()
        >>> [area.name for area in areas.successors(areas.area("110103"))]
        ['东城区']
        """
        for other, codes in self._abolished_by_name.get(area.name, ()):
            if other == area:
                return tuple(self.area(code) for code in codes.split())
        return ()
