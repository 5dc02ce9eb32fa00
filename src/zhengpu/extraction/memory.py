"""Memory: the measures that later figures of a sentence may leave out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zhengpu.extraction.measures import Measure

_SORTS = ("类", "方面", "处理")
"""Ends of names that tell a sort and not what is sorted."""
_TOLD_ONCE = frozenset(("compared", "duration"))
"""Kinds of measures that no later figure takes up."""
_TAKES_UP = ("其中", "其余", "同比", "比上年", "较上年", "增长", "下降")


@dataclass(slots=True)
class Memory:
    """The measures that later figures of a sentence may leave out."""

    level: str = ""
    """The last one without its change: what `增长5%` behind it grows."""
    last: str = ""
    """The last one, of a change too: what `高于全国0.3个百分点` compares."""
    levels: list[str] = field(default_factory=list)
    """Those of this sentence: A头，B吨，`较上年分别增长2%、5%` is about both."""
    row: list[str] = field(default_factory=list)
    """The names of the last row: `分别增长8.3%、7.9%` is about each of them."""
    counted: dict[str, str] = field(default_factory=dict)
    """Unit to the one last counted in it: what `其中6项` is part of."""
    before: dict[str, str] = field(default_factory=dict)
    """The same of the sentences before: what `另有9件并案` were."""

    roots: dict[str, str] = field(default_factory=dict)
    """Unit to the one first counted in it in the section: what parts are part of."""

    def remember(self, measure: Measure, unit: str) -> None:
        """Keep a measure."""
        if measure.rule in _TOLD_ONCE:
            return
        self.last = measure.name
        self.level = measure.name.removesuffix(measure.change)
        if self.level not in self.levels:
            self.levels.append(self.level)
        told = measure.carried or measure.rule == "described"
        if not told and not self.level.endswith(_SORTS):
            self.counted[unit] = self.level
            self.roots.setdefault(unit, self.level)

    def enter(self, text: str) -> None:
        """Forget the sentence before, unless this one takes its measures up."""
        if not text.startswith(_TAKES_UP):
            self.level = self.last = ""
            self.row = []
            self.levels = []
            self.before |= self.counted
            self.counted.clear()

    def leave(self) -> None:
        """Forget the section."""
        self.before.clear()
        self.roots.clear()

    def of(self, unit: str) -> str:
        """What is meant by a unit whose noun is left out for certain."""
        return self.counted.get(unit) or self.before.get(unit, "")
