"""The swap of a build into its place: journalled, completed by whoever comes next, or undone."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

JOURNAL: Final = "journal.json"


def begin(workplace: Path, put: Sequence[str], remove: Sequence[str]) -> None:
    """Write the journal: from now on the swap will be completed.

    Args:
        workplace: Where the new build lies, in `new`.
        put: The files of the new build, in the order in which they go in place.
        remove: What is to be removed of the old one.
    """
    content = {"put": put, "remove": remove}
    text = json.dumps(content, ensure_ascii=False) + "\n"
    write_whole(workplace / JOURNAL, text)


def is_begun(workplace: Path) -> bool:
    """Whether a swap has begun and has neither been completed nor undone."""
    return (workplace / JOURNAL).exists()


def finish(workplace: Path, target: Path) -> None:
    """Complete a journalled swap, or undo it; then empty the workplace."""
    if is_begun(workplace):
        plan = json.loads((workplace / JOURNAL).read_text(encoding="utf-8"))
        try:
            _swap(plan, workplace, target)
        except OSError:
            _undo(plan, workplace, target)
            _empty(workplace)
            raise
    _empty(workplace)


def _swap(plan: dict[str, list[str]], workplace: Path, target: Path) -> None:
    """Put the new files in place; may be run again from any point."""
    target.mkdir(parents=True, exist_ok=True)
    for path in plan["put"]:
        fresh, place, saved = _trio(path, workplace, target)
        if not fresh.exists():
            continue  # done before the interruption
        if place.exists() and not saved.exists():
            _save(place, saved)
        place.parent.mkdir(parents=True, exist_ok=True)
        fresh.replace(place)
    for path in plan["remove"]:
        _, place, saved = _trio(path, workplace, target)
        if place.is_file() or place.is_symlink():
            saved.parent.mkdir(parents=True, exist_ok=True)
            place.replace(saved)
        _prune(place.parent, target)


def _undo(plan: dict[str, list[str]], workplace: Path, target: Path) -> None:
    """Bring back what `_swap` has moved so far."""
    for path in [*plan["remove"], *plan["put"]]:
        fresh, place, saved = _trio(path, workplace, target)
        if saved.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            saved.replace(place)
        elif path in plan["put"] and not fresh.exists():
            place.unlink(missing_ok=True)
            _prune(place.parent, target)


def _trio(path: str, workplace: Path, target: Path) -> tuple[Path, Path, Path]:
    """Where a file is made, where it goes, where its predecessor is kept."""
    return workplace / "new" / path, target / path, workplace / "old" / path


def _save(place: Path, saved: Path) -> None:
    """Keep the old file; linked, so that readers never find it missing."""
    saved.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(place, saved)
    except OSError:  # no hard links on this file system
        place.replace(saved)


def _prune(folder: Path, target: Path) -> None:
    """Remove a folder below the target that has become empty."""
    if folder != target:
        with contextlib.suppress(OSError):
            folder.rmdir()


def _empty(workplace: Path) -> None:
    """Remove everything in the workplace but the lock, the journal last."""
    for name in ("new", "old"):
        # once the journal is gone the rest is litter; before, it is needed
        if name == "new":
            (workplace / JOURNAL).unlink(missing_ok=True)
        shutil.rmtree(workplace / name, ignore_errors=True)
    for part in workplace.glob("*.part"):
        part.unlink()


def write_whole(path: Path, text: str) -> None:
    """Write a file so that it is either absent or complete."""
    part = path.with_name(path.name + ".part")
    with part.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
