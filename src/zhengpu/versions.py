"""Versions: digests of everything that decides what is understood, and what is written."""

from __future__ import annotations

import hashlib
import platform
import re
import sys
import unicodedata
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from typing import TYPE_CHECKING

from zhengpu.settings import PACKAGE, own_files, shipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

MAGIC = b"zhengpu-cache/1\n"
"""What files of the cache begin with: the version of their form."""
NAME = re.compile(r"[\w.-]+")
"""Of a library, in a requirement."""
UNDERSTANDING = ("knowledge", "text", "extraction", "model.py", "stages.py")
"""The parts of the package that decide what a file gives."""
INDIRECT = ("lxml", "pdfminer.six")
"""Libraries that decide it as well and are none of our own requirements."""


def stamp(keys: Sequence[str | None], *others: object) -> str | None:
    """A digest of all that a build is made of, and of what makes it.

    Args:
        keys: Of the files.
        others: What else it depends on; their `repr` must say all of it.

    Returns:
        None where one of the files has no key.
    """
    if None in keys:
        return None
    parts = [understanding(), writing(), *map(str, keys), *map(repr, others)]
    return hashlib.sha256("\0".join(parts).encode(errors="replace")).hexdigest()


@cache
def understanding() -> str:
    """A digest of rules, data, code and libraries that decide what a file gives."""
    return _digest_of([*(PACKAGE / part for part in UNDERSTANDING), *own_files()])[:16]


@cache
def writing() -> str:
    """A digest of everything that decides what a build writes."""
    return _digest_of([PACKAGE, shipped("ontology"), *own_files()])[:16]


def _digest_of(paths: Iterable[Path]) -> str:
    system = (platform.python_version(), unicodedata.unidata_version, sys.byteorder)
    digest = hashlib.sha256(MAGIC + repr((system, _libraries())).encode())
    for path in paths:
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file() and file.suffix != ".pyc":
                content = file.read_bytes()
                name = file.relative_to(path.parent).as_posix()
                digest.update(f"{name} {len(content)}\n".encode() + content)
    return digest.hexdigest()


@cache
def _libraries() -> list[tuple[str, str]]:
    """The libraries that the package requires, with their versions."""
    needed = [line for line in requires("zhengpu") or () if "extra ==" not in line]
    names = [found[0] for line in needed if (found := NAME.match(line))]
    return [(name, _version(name)) for name in sorted({*names, *INDIRECT, "zhengpu"})]


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""
