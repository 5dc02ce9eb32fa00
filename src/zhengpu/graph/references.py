"""What corrections call the entities of a build, and which are meant."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from zhengpu.graph.corrections import nearest, normal, path_of
from zhengpu.graph.vocabulary import segment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zhengpu.graph.merged import Thing


class Names:
    """The entities of a build by what corrections may call them."""

    def __init__(self, things: Iterable[Thing]) -> None:
        self.things = {thing.key: thing for thing in things}
        self.by_name: dict[str, list[str]] = defaultdict(list)
        self.by_alias: dict[str, list[str]] = defaultdict(list)
        for thing in self.things.values():
            self.by_name[segment(thing.name)].append(thing.key)
            for alias in thing.aliases:
                self.by_alias[segment(alias)].append(thing.key)
        self.also: dict[str, str] = {}
        """Names and paths that corrections give, and whose they are."""

    def keys(self, reference: str) -> list[str]:
        """The keys of all entities that a reference may mean, by name or path."""
        if path := path_of(reference):
            kind, rest = path
            encoded = ":".join(map(segment, rest.split(":")))
            for name in (f"{kind}/{rest}", f"{kind}/{encoded}"):
                if name in self.things:
                    return [name]
            found = [
                name
                for name in self.by_name.get(segment(rest), ())
                if name.startswith(f"{kind}/")
            ]
        else:
            found = self.by_name.get(segment(reference), [])
        if not found and normal(reference) in self.also:
            found = [self.also[normal(reference)]]
        return found

    def resolve(self, reference: str) -> str:
        """The key of the one entity that is meant, else the reference."""
        found = self.keys(reference)
        return found[0] if len(found) == 1 else normal(reference)

    def near(self, reference: str) -> str:
        """The entity that a reference without match is nearest to."""
        path = path_of(reference)
        name = segment(path[1].partition(":")[0] if path else reference)
        for table in (self.by_name, self.by_alias):
            if name in table:
                return self.shown(min(table[name]))
        best = nearest(name, sorted({*self.by_name, *self.by_alias}))
        held = self.by_name.get(best) or self.by_alias.get(best) or ["—"]
        return self.shown(min(held))

    def shown(self, name: str) -> str:
        """How to call an entity: by its name if that is enough, else by its path."""
        if name not in self.things:
            return name
        label = self.things[name].name
        return label if len(self.by_name[segment(label)]) == 1 else name
