"""政谱 zhengpu: Chinese official reports as a knowledge graph.

>>> import zhengpu
>>> graph = zhengpu.build("seeds/")  # doctest: +SKIP
>>> graph.write("output/")  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zhengpu.api import Graph, build, extract, load

__all__ = ["Graph", "__version__", "build", "extract", "load"]


def __getattr__(name: str) -> object:
    """Load the public names when they are first used: `import zhengpu` is quick."""
    if name == "__version__":
        from importlib.metadata import version  # noqa: PLC0415

        return version("zhengpu")
    if name in __all__:
        from zhengpu import api  # noqa: PLC0415

        return getattr(api, name)
    raise AttributeError(f"module 'zhengpu' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
