"""Writes the list of modules in ARCHITECTURE.md anew, from their docstrings."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "ARCHITECTURE.md"
FOLDERS = ("knowledge", "text", "extraction", "graph", "use")
"""In the order of the layers, the lowest first."""
MARKED = re.compile(
    r"(?<=<!-- modules, by make docs -->\n).*?(?=<!-- end -->)", re.DOTALL
)


def first_sentence(module: Path) -> str:
    """What a module's docstring begins with, without its full stop."""
    text = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))) or ""
    return " ".join(text.split("\n\n")[0].split()).rstrip(".")


def listing() -> str:
    """A line for each module, by folder."""
    parts = []
    for folder in FOLDERS:
        modules = sorted((ROOT / "src" / "zhengpu" / folder).glob("*.py"))
        head, *rest = sorted(modules, key=lambda path: path.stem != "__init__")
        parts.append(f"\n**`{folder}/`** {first_sentence(head)}\n\n")
        parts += [f"- `{path.stem}` {first_sentence(path)}\n" for path in rest]
    return "".join(parts) + "\n"


def page() -> str:
    """The page as it should be."""
    text = PAGE.read_text(encoding="utf-8")
    return MARKED.sub(lambda _: listing(), text)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"wrote {PAGE.name}", file=sys.stderr)
