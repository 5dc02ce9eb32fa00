"""The entities of one file, each once, with the forms of its name."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from msgspec.structs import replace

from zhengpu.model import Entity, EntityType

if TYPE_CHECKING:
    from zhengpu.extraction.namings import Naming
    from zhengpu.model import Area

Key = tuple[EntityType, str, str]


@dataclass(slots=True)
class Registry:
    """The entities of one file, as they are met."""

    by_key: dict[Key, Entity] = field(default_factory=dict)
    forms: dict[Key, dict[str, None]] = field(default_factory=dict)
    areas: dict[str, Area] = field(default_factory=dict)
    """Entity id to the area where its name says that it lies (or that it is)."""
    _keys: dict[str, Key] = field(default_factory=dict)
    seats: dict[str, str] = field(default_factory=dict)
    """Entity id to that of the village or site where it lies."""
    owners: dict[str, str] = field(default_factory=dict)
    """Entity id of a part to that of the body it belongs to."""

    def add(self, naming: Naming, form: str = "") -> str:
        """The id of what a naming names; new things get a new one."""
        key = (naming.type, naming.name, naming.scope)
        entity = self.by_key.get(key)
        if entity is None:
            area = naming.area
            entity = Entity(
                f"e{len(self.by_key) + 1}", naming.type, naming.name,
                scope=naming.scope, kind=naming.kind,
                adcode=area.adcode if area else "",
                level=area.level if area and naming.kind == "行政区划" else "",
            )  # fmt: skip
            self.by_key[key] = entity
            self._keys[entity.id] = key
            self.forms[key] = {}
            if area:
                self.areas[entity.id] = area
            if naming.owner:
                self.owners[entity.id] = self.add(naming.owner)
            if naming.seat:
                self.seats[entity.id] = self.add(naming.seat)
        if form and form != naming.name:
            self.forms[key][form] = None
        return entity.id

    def name(self, id_: str) -> str:
        """The canonical name of an entity."""
        return self._keys[id_][1]

    def entity(self, id_: str) -> Entity:
        """An entity by its id."""
        return self.by_key[self._keys[id_]]

    def type(self, id_: str) -> EntityType:
        """The type of an entity."""
        return self._keys[id_][0]

    def entities(self) -> tuple[Entity, ...]:
        """All entities with their aliases, in the order they were met."""
        return tuple(
            replace(entity, aliases=tuple(sorted(forms))) if forms else entity
            for entity, forms in zip(
                self.by_key.values(), self.forms.values(), strict=True
            )
        )
