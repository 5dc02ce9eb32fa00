"""The output folder: made aside, put in place whole.

A build is written into a workplace beside the target. When it is complete, a
journal is written, and from that moment the swap is completed by whoever comes
next: every file of the new build is renamed into the target, every file of the
old manifest that the new one lacks is removed, the manifest last. A kill
before the journal leaves the old build, one after it leaves the new build (as
soon as any command looks at the folder); an error during the swap undoes it.

Files that no manifest of ours names are never touched.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import shutil
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING

from zhengpu.errors import OutputError
from zhengpu.graph.swapping import begin, finish, is_begun, write_whole
from zhengpu.processes import lock

if TYPE_CHECKING:
    from collections.abc import Iterator

MANIFEST = "manifest.json"
FORMAT = "zhengpu-manifest/1"
_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}


@contextlib.contextmanager
def publication(target: Path) -> Iterator[Path]:
    """An empty folder to write a build into, put in place when the block ends.

    When the block raises, nothing has changed. Two builds into one target at
    the same time are refused.

    Args:
        target: The output folder; may exist with an older build.

    Yields:
        The folder to write into; `manifest.json` is added by the publication.

    Raises:
        OutputError: The target holds other things, is a file, cannot be
            written, or the disk is full.
    """
    target = resolved(target)
    workplace = _workplace(target)
    with _clear_errors(target), _locked(workplace, target):
        finish(workplace, target)
        old = _checked_manifest(target)
        new = workplace / "new"
        new.mkdir()
        yield new
        files = _digests(new)
        _refuse_foreign(target, files, old)
        write_whole(new / MANIFEST, _manifest_text(files))
        # the manifest last
        begin(workplace, [*files, MANIFEST], sorted(set(old) - set(files)))
        finish(workplace, target)


def recover(target: Path) -> None:
    """Complete a swap into the target that was interrupted, if there was one.

    Raises:
        OutputError: The swap could be neither completed nor undone.
    """
    target = resolved(target)
    for workplace in _workplaces(target):
        if is_begun(workplace):
            with _clear_errors(target), _locked(workplace, target, wait=True):
                finish(workplace, target)
        elif workplace.is_dir():  # what a killed build has left, or a running one
            with (
                contextlib.suppress(OSError, OutputError),
                _locked(workplace, target),
            ):
                finish(workplace, target)


def check(target: Path) -> None:
    """Refuse a target that cannot take a build, before any work is done.

    Raises:
        OutputError: As `publication`.
    """
    target = resolved(target)
    with _clear_errors(target):
        _checked_manifest(target)


def read_manifest(folder: Path) -> dict[str, str] | None:
    """Path to sha256 of every file that our build put into the folder.

    Returns:
        None where the folder holds no manifest of ours.
    """
    try:
        content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        return None
    files = content.get("files")
    if not isinstance(files, dict) or not all(map(_is_inside, files)):
        return None
    return {str(path): str(digest) for path, digest in files.items()}


def seal(folder: Path) -> str:
    """The sha256 of a build's manifest, which stands for the whole build.

    Raises:
        OSError: There is none.
    """
    return hashlib.sha256((folder / MANIFEST).read_bytes()).hexdigest()


def is_whole(folder: Path, sealed: str) -> bool:
    """Whether a folder holds the build of a seal, every file as it was written."""
    try:
        recover(folder)
        if seal(folder) != sealed:
            return False
        files = read_manifest(folder) or {}
        return all(_digest(folder / name) == told for name, told in files.items())
    except (OSError, OutputError):
        return False


def resolved(target: Path) -> Path:
    """The target's absolute path, symbolic links followed."""
    return Path(os.path.realpath(target))


def _is_inside(path: str) -> bool:
    """Whether a manifest's path stays inside the folder."""
    parts = PurePosixPath(path).parts
    return bool(parts) and ".." not in parts and not path.startswith("/")


def _checked_manifest(target: Path) -> dict[str, str]:
    """The old manifest; empty for a folder that is new or empty."""
    if target.exists() and not target.is_dir():
        raise OutputError("output-is-file", path=target)
    if not target.exists():
        return {}
    manifest = read_manifest(target)
    if manifest is not None:
        return manifest
    # .gitkeep and the like do not make a folder somebody's
    names = (path.name for path in target.iterdir())
    held = sorted(name for name in names if not name.startswith("."))
    if held:
        raise OutputError("output-not-ours", path=target, name=held[0])
    return {}


def _refuse_foreign(target: Path, files: dict[str, str], old: dict[str, str]) -> None:
    """Refuse to overwrite, or to write through, what is not our own."""
    for path in (*files, MANIFEST):
        place = target / path
        ours = path in old or (path == MANIFEST and read_manifest(target) is not None)
        if (place.exists() or place.is_symlink()) and not ours:
            raise OutputError("output-foreign-file", path=place)
        if place.is_dir() and not place.is_symlink():
            raise OutputError("output-foreign-file", path=place)
        for name in PurePosixPath(path).parents[:-1]:
            parent = target / name
            if parent.is_symlink() or (parent.exists() and not parent.is_dir()):
                raise OutputError("output-foreign-file", path=parent)


def _digests(folder: Path) -> dict[str, str]:
    """Path to sha256 of the files below a folder, sorted; each one flushed."""
    digests = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        with path.open("r+b") as file:
            name = path.relative_to(folder).as_posix()
            digests[name] = hashlib.file_digest(file, "sha256").hexdigest()
            os.fsync(file.fileno())
    return digests


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _manifest_text(files: dict[str, str]) -> str:
    content = {"format": FORMAT, "files": files}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _workplaces(target: Path) -> tuple[Path, Path]:
    """Beside the target; inside it where that cannot be (a mounted volume)."""
    return target.parent / f".{target.name}.zhengpu", target / ".zhengpu"


def _workplace(target: Path) -> Path:
    """The one of the two places from which files can be renamed into the target."""
    beside, inside = _workplaces(target)
    if not target.is_dir():
        return beside
    same = target.stat().st_dev == target.parent.stat().st_dev
    return beside if same and os.access(target.parent, os.W_OK) else inside


@contextlib.contextmanager
def _locked(workplace: Path, target: Path, *, wait: bool = False) -> Iterator[None]:
    """Hold the workplace for this process alone, and remove it at the end."""
    made = [folder for folder in workplace.parents if not folder.exists()]
    held = _acquired(workplace, wait=wait)
    if held is None:
        raise OutputError("output-busy", path=target)
    try:
        yield
    finally:
        if not is_begun(workplace):
            shutil.rmtree(workplace, ignore_errors=True)
            for folder in made:  # made for a build that may never have come
                with contextlib.suppress(OSError):
                    folder.rmdir()
        held.close()


def _acquired(workplace: Path, *, wait: bool) -> IO[str] | None:
    """The workplace's lock file, locked; None where another process holds it."""
    while True:
        workplace.mkdir(parents=True, exist_ok=True)
        file = (workplace / "lock").open("w", encoding="utf-8")
        if not lock(file, wait=wait):
            file.close()
            return None
        with contextlib.suppress(FileNotFoundError):
            # its last holder may have removed the file we have just locked
            if (workplace / "lock").stat().st_ino == os.fstat(file.fileno()).st_ino:
                return file
        file.close()


@contextlib.contextmanager
def _clear_errors(target: Path) -> Iterator[None]:
    """Turn the system's errors into one that says what to do."""
    try:
        yield
    except OSError as error:
        blamed = resolved(Path(error.filename)) if error.filename else target
        if blamed not in target.parents and target.parent not in blamed.parents:
            raise  # of a file of ours, or of the reports
        code = "disk-full" if error.errno in _FULL else "output-not-writable"
        detail = error.strerror or str(error)
        raise OutputError(code, path=target, detail=detail) from error
