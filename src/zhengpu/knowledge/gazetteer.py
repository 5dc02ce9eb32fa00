"""Administrative areas: their names, codes, parents and short forms."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache, cached_property
from typing import TYPE_CHECKING

from zhengpu.knowledge.short_forms import TOWNSHIPS, derived
from zhengpu.model import Area
from zhengpu.settings import PACKAGE

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

DATA = PACKAGE / "knowledge" / "data"
TABLES = frozenset(
    (
        "areas",
        "townships",
        "abolished_areas",
        "area_abbreviations",
        "area_aliases",
        "common_area_words",
    )
)
"""The tables that are read here, and in forms of their own."""
LEVELS = ("nation", "province", "prefecture", "county", "township")
NATION = Area("100000", "全国", "nation", None)

_COUNTY_DIGITS = 6
_TOWNSHIP, _ZONE = (re.compile(rf"(?<!\S)[{d}]\d\d(\S+)") for d in ("0-3", "4-9"))
_STATISTICAL = "statistical"
_FIRST_ZONE = "4"
"""Townships whose number begins with it or a higher digit are statistical."""
_SHORTEST_SAFE = 3
"""Shorter names turn up inside other words: 开县 in 召开县委, 成县 in 促成县医院."""


def _prefix(adcode: str) -> str:
    """The digits that all codes inside an area share."""
    if adcode.endswith("0000"):
        return adcode[:2]
    return adcode[:4] if _level(adcode) == "prefecture" else adcode


def _table(name: str) -> list[str]:
    """A data file's cells, row after row, without comments and header."""
    text = (DATA / name).read_text(encoding="utf-8")
    while text.startswith("#"):
        text = text.partition("\n")[2]
    return text.partition("\n")[2].rstrip("\n").replace("\n", "\t").split("\t")


def _rank(adcode: str) -> int:
    """Index of an area's level in `LEVELS`."""
    if len(adcode) > _COUNTY_DIGITS:
        return 4
    return 1 if adcode.endswith("0000") else 2 if adcode.endswith("00") else 3


def _level(adcode: str) -> str:
    return LEVELS[_rank(adcode)]


class Gazetteer:
    """Every administrative area down to the townships, current and abolished.

    Areas are made when they are asked for, indexes when they are first needed:
    loading takes a few milliseconds.

    >>> g = gazetteer()
    >>> [area.name for area in g.parents(g.area("511381"))]
    ['南充市', '四川省']
    """

    nation = NATION

    def __init__(self) -> None:
        cells = _table("areas.tsv")
        self._name = dict(zip(cells[0::3], cells[1::3], strict=True))
        self._zones = {
            code for code, kind in zip(cells[0::3], cells[2::3], strict=True) if kind
        }
        self._areas: dict[str, Area] = {NATION.adcode: NATION}

    @cached_property
    def _below(self) -> dict[str, str]:
        """The townships of each county, as one string: `100阜新镇 101东梁镇 …`."""
        cells = _table("townships.tsv")
        return dict(zip(cells[0::2], cells[1::2], strict=True))

    # ---------------------------------------------------------------- areas

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
            return Area(adcode, self._name[adcode], _level(adcode), parent, kind)
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

        >>> g = gazetteer()
        >>> [t.name for t in g.townships(g.area("210921"))][:2]
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

        >>> g = gazetteer()
        >>> g.at_level(g.area("210921"), "prefecture").name
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
        cells = iter(_table("abolished_areas.tsv"))
        rows = zip(cells, cells, cells, cells, strict=True)
        return [
            (
                Area(
                    code,
                    name,
                    _level(code),
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

        >>> g = gazetteer()
        >>> [area.name for area in g.successors(g.named("崇文区")[0])]
        ['东城区']
        """
        for other, codes in self._abolished_by_name.get(area.name, ()):
            if other == area:
                return tuple(self.area(code) for code in codes.split())
        return ()

    # ---------------------------------------------------------------- names

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        """Codes of the provinces, prefectures and counties of a name."""
        index = defaultdict(list)
        for code, name in self._name.items():
            index[name].append(code)
        return index

    @cached_property
    def _townships_by_name(self) -> dict[str, list[str]]:
        index = defaultdict(list)
        for county, names in self._below.items():
            for township in names.split(" "):
                index[township[3:]].append(county + township[:3])
        return index

    def named(self, name: str) -> tuple[Area, ...]:
        """The areas of a full official name, current ones first, by code.

        >>> [area.adcode for area in gazetteer().named("阜新蒙古族自治县")]
        ['210921']
        """
        codes = self._by_name.get(name, [])
        if not name.endswith(("省", "市", "县", "州", "旗", "盟")):
            codes = codes + self._townships_by_name.get(name, [])
        gone = self._abolished_by_name.get(name, ())
        return (*map(self.area, codes), *(area for area, _ in gone))

    @cached_property
    def _aliases(self) -> dict[str, list[str]]:
        cells = iter(_table("area_aliases.tsv"))
        index = defaultdict(list)
        for code, alias in zip(cells, cells, strict=True):
            index[code].append(alias)
        return index

    @cached_property
    def _common(self) -> frozenset[str]:
        return frozenset(_table("common_area_words.tsv"))

    @cached_property
    def _abbreviations(self) -> dict[str, str]:
        cells = iter(_table("area_abbreviations.tsv"))
        return dict(zip(cells, cells, strict=True))

    def short_forms(self, area: Area) -> tuple[str, ...]:
        """The short names of an area, longest first.

        >>> g = gazetteer()
        >>> g.short_forms(g.area("152526"))
        ('西乌旗',)
        >>> g.short_forms(g.area("532600"))
        ('文山州', '文山')
        """
        forms = self._forms(area.adcode, area.name)
        return tuple(sorted(forms, key=lambda form: (-len(form), form)))

    def _forms(self, adcode: str, name: str) -> set[str]:
        forms = derived(name, _level(adcode))
        forms.update(self._aliases.get(adcode, ()))
        if not adcode.endswith("00"):
            forms -= self._higher_short_forms
        forms.discard(name)
        return forms

    @cached_property
    def _higher_short_forms(self) -> frozenset[str]:
        """Short forms of provinces and prefectures: counties may not use them."""
        forms: set[str] = set()
        for code, name in self._name.items():
            if code.endswith("00"):
                forms.update(derived(name, _level(code)), self._aliases.get(code, ()))
        return frozenset(forms)

    @cached_property
    def _by_short_form(self) -> dict[str, list[str]]:
        """Codes of provinces, prefectures, counties by their short forms."""
        index = defaultdict(list)
        for code, name in self._name.items():
            if code not in self._zones:
                for form in sorted(self._forms(code, name)):
                    index[form].append(code)
        return index

    def abbreviation(self, char: str) -> Area | None:
        """The province of a one-character abbreviation (渝, 滇), or None."""
        code = self._abbreviations.get(char)
        return self.area(code) if code else None

    def surfaces(self, level: str = "township") -> Iterable[tuple[str, bool]]:
        """All names of areas down to a level, for a dictionary scan.

        Yields:
            Each name once, and whether it needs support in the text: short
            forms of counties, names of two characters, everyday words.
            Names that several statistical zones share (工业园区) are left out.
        """
        lowest = LEVELS.index(level)
        names = [n for n, codes in self._by_name.items() if _rank(codes[0]) <= lowest]
        names += self._abolished_by_name
        if level == "township":
            names += self._township_names
        doubtful = {name: self._is_doubtful(name) for name in names}
        for form, codes in self._by_short_form.items():
            if _rank(codes[0]) <= lowest and form not in doubtful:
                low = _level(codes[0]) == "county" and not self._is_telling(form)
                doubtful[form] = low or form in self._common
        return doubtful.items()

    @cached_property
    def _township_names(self) -> list[str]:
        everything = " ".join(self._below.values())
        real = dict.fromkeys(_TOWNSHIP.findall(everything))
        zones = Counter(_ZONE.findall(everything))
        return [*real, *(name for name, count in zones.items() if count == 1)]

    def _is_doubtful(self, name: str) -> bool:
        return len(name) < _SHORTEST_SAFE or name in self._common

    def _is_telling(self, form: str) -> bool:
        """Whether a short form shows its rank and cannot be cut wrongly: 西乌旗."""
        return (
            len(form) >= _SHORTEST_SAFE
            and form[-1] in "县旗州盟"
            and form[:-1] not in self._higher_short_forms
        )

    def upper(self, name: str) -> tuple[Area, ...]:
        """The current provinces, prefectures and counties of a full name.

        >>> [area.adcode for area in gazetteer().upper("代县")]
        ['140923']
        """
        return tuple(map(self.area, self._by_name.get(name, ())))

    # ----------------------------------------------------------- resolution

    def resolve(
        self,
        surface: str,
        near: Area | None = None,
        support: Container[str] | None = None,
    ) -> Area | None:
        """The area that a name stands for in a document.

        Args:
            surface: A full name or a short form.
            near: The document's own place: what lies in its county, prefecture,
                province is meant before what lies elsewhere.
            support: Full names of areas that the document names elsewhere.

        Returns:
            The area, or None where several are possible or a doubtful name has
            no support.

        >>> g = gazetteer()
        >>> g.resolve("鼓楼区", g.area("320100")).adcode
        '320106'
        >>> g.resolve("鼓楼区") is None
        True
        """
        support = () if support is None else support
        whole = self.named(surface)
        if whole:
            current = [area for area in whole if area.until is None]
            found = self._closest(current or whole, near, support)
            if found and self._stands(surface, found, near, support):
                return found
            return None
        return self.short(surface, near, support) or self._township(
            surface, near, support
        )

    def short(
        self, form: str, near: Area | None, support: Container[str]
    ) -> Area | None:
        """The province, prefecture or county of a short form, as `resolve` does."""
        codes = self._by_short_form.get(form)
        found = self._closest(map(self.area, codes), near, support) if codes else None
        if found is None or found.level == "province" or found.name in support:
            return found
        if form in self._common:
            return None
        sure = found.level == "prefecture" or self._is_telling(form)
        return found if sure or self._is_home(found, near) else None

    def listed(self, form: str, beside: Area) -> Area | None:
        """The area of a short form that stands in a list beside another area.

        A list of counties settles what an everyday word in it means.

        >>> g = gazetteer()
        >>> g.listed("天门", g.area("420200")).adcode
        '429006'
        >>> g.listed("天门", g.area("140400")) is None
        True
        """
        province = self.at_level(beside, "province")
        if province is None or beside == province:
            return None
        inside = [
            area
            for area in map(self.area, self._by_short_form.get(form, ()))
            if area != province and self.contains(province, area)
        ]
        return inside[0] if len(inside) == 1 else None

    def _township(
        self, surface: str, near: Area | None, support: Container[str]
    ) -> Area | None:
        """The township of a short form, where the text has its full name, too."""
        for ending in TOWNSHIPS:
            if surface + ending in support:
                return self.resolve(surface + ending, near, support)
        return None

    def _closest(
        self,
        candidates: Iterable[Area],
        near: Area | None,
        support: Container[str],
    ) -> Area | None:
        """The one candidate nearest to a place, of the highest level there."""
        ranked = sorted(candidates, key=lambda area: LEVELS.index(area.level))
        if ranked[0].level == "province":
            return ranked[0]
        for scope in (near, *self.parents(near)) if near else ():
            inside = [area for area in ranked if self.contains(scope, area)]
            # In a whole province the one 古城镇 that is listed need not be meant.
            if inside and (scope.level, inside[0].level) != ("province", "township"):
                ranked = inside
                break
        top = [area for area in ranked if area.level == ranked[0].level]
        if len(top) > 1:
            top = [area for area in top if self._is_supported(area, support)]
        return top[0] if len(top) == 1 else None

    def _is_supported(self, area: Area, support: Container[str]) -> bool:
        """Whether the document names an area that contains this one."""
        return any(parent.name in support for parent in self.parents(area))

    def _is_home(self, area: Area, near: Area | None) -> bool:
        """Whether an area lies in the prefecture of the document's place."""
        home = self.at_level(near, "prefecture") or near
        return home is not None and self.contains(home, area)

    def _stands(
        self, surface: str, area: Area, near: Area | None, support: Container[str]
    ) -> bool:
        """Whether a full name may be believed."""
        if surface in self._common:
            home = len(surface) < _SHORTEST_SAFE and self._is_home(area, near)
            return home or self._is_supported(area, support)
        if len(surface) < _SHORTEST_SAFE and area.level != "county":
            return self._is_home(area, near) or self._is_supported(area, support)
        return True


@cache
def gazetteer() -> Gazetteer:
    """The one gazetteer."""
    return Gazetteer()
