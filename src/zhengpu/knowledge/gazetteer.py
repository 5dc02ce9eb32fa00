"""The gazetteer: administrative areas as texts name them, in full and in short forms."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache, cached_property
from typing import TYPE_CHECKING

from zhengpu.knowledge.areas import LEVELS, Areas, cells_of, level_of, rank_of
from zhengpu.knowledge.short_forms import TOWNSHIPS, derived

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from zhengpu.model import Area

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
"""The tables that are read here and in `areas`, and in forms of their own."""
_TOWNSHIP, _ZONE = (re.compile(rf"(?<!\S)[{d}]\d\d(\S+)") for d in ("0-3", "4-9"))
_SHORTEST_SAFE = 3
"""Shorter names turn up inside other words: 开县 in 召开县委, 成县 in 促成县医院."""


class Gazetteer(Areas):
    """Areas as texts name them: by full names, former names and short forms.

    >>> gazetteer().resolve("西乌旗").name
    '西乌珠穆沁旗'
    """

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
        cells = iter(cells_of("area_aliases.tsv"))
        index = defaultdict(list)
        for code, alias in zip(cells, cells, strict=True):
            index[code].append(alias)
        return index

    @cached_property
    def _common(self) -> frozenset[str]:
        return frozenset(cells_of("common_area_words.tsv"))

    @cached_property
    def _abbreviations(self) -> dict[str, str]:
        cells = iter(cells_of("area_abbreviations.tsv"))
        return dict(zip(cells, cells, strict=True))

    @cached_property
    def _bynames(self) -> dict[str, str]:
        cells = iter(cells_of("province_bynames.tsv"))
        return {name: code for code, name in zip(cells, cells, strict=True)}

    def short_forms(self, area: Area) -> tuple[str, ...]:
        """The short names of an area, longest first.

        >>> g = gazetteer()
        >>> g.short_forms(g.area("152526"))
        ('西乌旗',)
        >>> g.short_forms(g.area("532600"))
        ('文山自治州', '文山州', '文山')
        """
        forms = self._forms(area.adcode, area.name)
        return tuple(sorted(forms, key=lambda form: (-len(form), form)))

    def _forms(self, adcode: str, name: str) -> set[str]:
        forms = derived(name, level_of(adcode))
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
                forms.update(derived(name, level_of(code)), self._aliases.get(code, ()))
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

    def called(self, byname: str) -> Area | None:
        """The province that people call so: 齐鲁 is 山东省."""
        code = self._bynames.get(byname)
        return self.area(code) if code else None

    def initials(self, province: Area) -> frozenset[str]:
        """The characters that stand for the prefectures of a province.

        Two of them together are a region of neighbours: 郑洛, 合淮.

        >>> "洛" in gazetteer().initials(gazetteer().named("河南省")[0])
        True
        """
        return self._initials.get(province.adcode[:2], frozenset())

    @cached_property
    def _initials(self) -> dict[str, frozenset[str]]:
        """The same by the first two digits of a province's code."""
        characters: defaultdict[str, set[str]] = defaultdict(set)
        names = [*self._name.items(), *((c, a) for a, c in self._abbreviations.items())]
        for code, name in names:
            if level_of(code) == "prefecture":
                characters[code[:2]].add(name[0])
        return {prefix: frozenset(found) for prefix, found in characters.items()}

    def surfaces(self, level: str = "township") -> Iterable[tuple[str, bool]]:
        """All names of areas down to a level, for a dictionary scan.

        Yields:
            Each name once, and whether it needs support in the text: short
            forms of counties, names of two characters, everyday words.
            Names that several statistical zones share (工业园区) are left out.
        """
        lowest = LEVELS.index(level)
        names = [n for n, codes in self._by_name.items() if rank_of(codes[0]) <= lowest]
        names += self._abolished_by_name
        if level == "township":
            names += self._township_names
        doubtful = {name: self._is_doubtful(name) for name in names}
        for form, codes in self._by_short_form.items():
            if rank_of(codes[0]) <= lowest and form not in doubtful:
                low = level_of(codes[0]) == "county" and not self._is_telling(form)
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
