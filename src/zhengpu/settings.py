"""Where the shipped files lie, and the few things a user may set."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

BASE_IRI = "https://w3id.org/zhengpu/"
"""Ontology terms lie under `ontology#`, entities under `id/`."""

PACKAGE = Path(__file__).parent


def shipped(name: str) -> Path:
    """The path of a top-level folder that the wheel carries.

    Args:
        name: `ontology` or `seeds`.

    Returns:
        The folder in the installed package, or in the checkout of an
        editable install.
    """
    installed = PACKAGE / "_shipped" / name
    return installed if installed.is_dir() else PACKAGE.parent.parent / name


CACHE = "ZHENGPU_CACHE"
"""The environment variable that names the cache's folder."""


def cache_folder() -> Path:
    """Where the cache lies: as `ZHENGPU_CACHE` says, else the user's cache folder."""
    if given := os.environ.get(CACHE):
        return Path(given)
    return Path(platformdirs.user_cache_dir("zhengpu", appauthor=False))


KNOWLEDGE = "ZHENGPU_KNOWLEDGE"
"""The environment variable that names a folder with words and rules of the user's."""


def own_knowledge() -> Path | None:
    """The folder of the user's own words and rules, if there is one."""
    given = os.environ.get(KNOWLEDGE)
    return Path(given) if given else None


def own_files() -> list[Path]:
    """The user's own tables and rule files, by their names.

    See `zhengpu.knowledge.own` for what they may hold.
    """
    folder = own_knowledge()
    files = [] if folder is None else folder.glob("*")
    return sorted(path for path in files if path.suffix in {".tsv", ".toml"})


MOST = "ZHENGPU_MAX_MB"
"""The environment variable that says how large a file may be."""


def most_bytes() -> int:
    """How large a file may be: what `ZHENGPU_MAX_MB` says, else 32 MB.

    A file is read whole; with what is found in it, it takes some hundred times
    its size in memory.
    """
    given = os.environ.get(MOST, "")
    return (int(given) if given.isdecimal() else 32) * 1024**2
