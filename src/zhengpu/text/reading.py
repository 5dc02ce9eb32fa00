"""Reading: files of five kinds to text, and folders to files."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

from zhengpu.errors import ReadingError, UsageError
from zhengpu.model import Finding, RawText, Severity
from zhengpu.settings import MOST, most_bytes
from zhengpu.text.decoding import decode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    _Taken = tuple[str, str, tuple[int, ...], tuple[Finding, ...]]

_TEXT = {".txt", ".md", ".markdown"}
_HTML = {".html", ".htm"}
SUFFIXES = frozenset(_TEXT | _HTML | {".docx", ".pdf"})
"""What `read` takes, in lower case."""

_TO_DOCX = "soffice --headless --convert-to docx {file}"
_TO_PDF = "soffice --headless --convert-to pdf {file}"
_OCR_PDF = "ocrmypdf --language chi_sim {file} {file}"
_OCR = "ocrmypdf --language chi_sim --image-dpi 300 {file} {pdf}"
CONVERSIONS = {
    **dict.fromkeys((".doc", ".wps", ".rtf", ".odt", ".docm", ".dot"), _TO_DOCX),
    **dict.fromkeys((".ppt", ".pptx", ".xls", ".xlsx", ".et", ".dps", ".ods"), _TO_PDF),
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".gif"), _OCR),
    **dict.fromkeys((".mht", ".mhtml"), _TO_DOCX),
}
"""The command that turns a file of another kind into one that can be read."""


_BLANK = "\ufeff\u200b \t\r\n\f\v\u3000\xa0"


_EXPORTED = frozenset({".ofd", ".ceb", ".caj", ".pages", ".numbers"})
"""Kinds that only their own readers turn into PDF."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read."""

    place: str
    """Its path: of very many files, text takes a third of what `Path` would."""
    name: str
    """The path below the input folder, with `/`; of a single file its name."""

    @property
    def path(self) -> Path:
        """Where it lies."""
        return Path(self.place)

    @property
    def suffix(self) -> str:
        """The kind that its name tells, in lower case.

        >>> Source("reports/2024.TXT", "2024.TXT").suffix
        '.txt'
        """
        return self.path.suffix.lower()


@dataclass(frozen=True, slots=True)
class Remote(Source):
    """A file that this machine does not see; its path is but a name."""

    uri: str
    size: int
    """Bytes."""
    sha256: bytes | None
    """None where it has not been read."""


def is_remote(path: Path | str) -> bool:
    """Whether a path is the address of another file system.

    >>> is_remote("hdfs://namenode/reports"), is_remote("reports")
    (True, False)
    """
    return re.match(r"[a-z][a-z0-9+.-]*://", str(path)) is not None


def sorted_out(
    found: Iterable[Source | Finding],
) -> tuple[list[Source], list[Finding]]:
    """Files that can be read apart from what cannot, as `scan` gives them."""
    sources: dict[str, Source] = {}
    findings: list[Finding] = []
    real = cache(os.path.realpath)  # the same for all the files of a folder
    for source in found:
        if isinstance(source, Finding):
            findings.append(source)
        elif source.suffix in SUFFIXES:
            sources.setdefault(_place(source, real), source)
        else:
            findings.append(_unsupported(source))
    order = sorted(sources.values(), key=lambda one: (one.name, _shown(one)))
    return order, sorted(findings, key=lambda finding: finding.parameters)


def _place(source: Source, real: Callable[[str], str]) -> str:
    """Where a file is, however one has come to it.

    Args:
        source: The file.
        real: Where a folder is.
    """
    if isinstance(source, Remote):
        return source.uri
    if source.path.is_symlink():
        return os.path.realpath(source.place)
    folder, name = os.path.split(source.place)
    return f"{real(folder)}{os.sep}{name}"


def _shown(source: Source) -> str:
    return source.uri if isinstance(source, Remote) else source.place


def scan(paths: Sequence[Path]) -> tuple[list[Source], list[Finding]]:
    """The files that can be read, and what was found that cannot.

    In folders, README*, SOURCES, corrections.toml and what begins with a dot
    are passed over.

    Args:
        paths: Files and folders.

    Returns:
        The files by name, each once; a finding for each file of another kind,
        and for each folder that is not looked into (an error where it cannot
        be read, a notice where it is a symbolic link: links can lead in
        circles).

    Raises:
        UsageError: A path does not exist.
    """
    found: list[Iterable[Source | Finding]] = []
    for given in paths:
        path = Path(given)
        if not path.exists():
            raise UsageError("no-such-path", path=given)
        alone = [Source(str(path), composed(path.name))]
        found.append(_below(path) if path.is_dir() else alone)
    return sorted_out(chain.from_iterable(found))


def _below(folder: Path) -> Iterator[Source | Finding]:
    """The files below a folder that are not passed over, and closed folders."""
    closed: list[OSError] = []
    for here, folders, files in os.walk(folder, onerror=closed.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in folders:
            if (path := Path(here, name)).is_symlink():
                yield _unseen(path, folder)
        below = Path(here).relative_to(folder)
        for name in sorted(files):
            if not is_passed_over(name):
                place = f"{here}{os.sep}{name}"
                yield Source(place, composed((below / name).as_posix()))
    for error in closed:
        yield _unseen(Path(os.fsdecode(error.filename)), folder, error)


def _unseen(path: Path, top: Path, error: OSError | None = None) -> Finding:
    """What is said of a folder that is not looked into."""
    name = composed((path if path == top else path.relative_to(top)).as_posix()) + "/"
    if error is None:
        return Finding(Severity.INFO, "reading", "folder-is-link", (("path", name),))
    parameters = (("path", name), ("reason", error.strerror or str(error)))
    return Finding(Severity.ERROR, "reading", "folder-unreadable", parameters)


def is_passed_over(name: str) -> bool:
    """Whether a file of a folder is no report, by its name."""
    return name.startswith((".", "README", "~$")) or name in {
        "SOURCES",
        "corrections.toml",
    }


def composed(path: str) -> str:
    """A name that is the same on all systems: composed, and valid Unicode."""
    valid = os.fsencode(path).decode("utf-8", "replace")
    return unicodedata.normalize("NFC", valid)


def _unsupported(source: Source) -> Finding:
    suffix = source.suffix
    if suffix not in CONVERSIONS:
        code = "exportable-file" if suffix in _EXPORTED else "unsupported-file"
        return Finding(Severity.INFO, "reading", code, (("path", source.name),))
    command = CONVERSIONS[suffix].format(
        file=quote(source.name), pdf=quote(f"{source.name[: -len(suffix)]}.pdf")
    )
    parameters = (("path", source.name), ("command", command))
    return Finding(Severity.INFO, "reading", "convertible-file", parameters)


def read(path: Path, name: str | None = None) -> RawText:
    """The text of a file.

    Args:
        path: A file of one of `SUFFIXES`.
        name: What it is called in what is built; the file's name by default.

    Returns:
        The text, character for character for .txt and .md; of the other kinds
        what was taken out of them, and where PDF pages begin.

    Raises:
        ReadingError: The file is missing, too large, empty, damaged, of another
            kind, or holds no text.
    """
    path = Path(path)
    name = name or composed(path.name)
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise _refusal(path, name)
    content = _content(path, name)
    try:
        text, encoding, pages, findings = _taken_out(content, suffix)
    except ReadingError as error:
        parameters = {"path": name, **error.parameters}
        if error.code == "pdf-without-text":
            parameters["command"] = _OCR_PDF.format(file=quote(name))
        raise ReadingError(error.code, **parameters) from error
    if not text.strip(_BLANK):
        raise ReadingError("empty-file", path=name)
    digest = hashlib.sha256(content).hexdigest()
    return RawText(name, text, digest, encoding, pages, findings)


def _taken_out(content: bytes, suffix: str) -> _Taken:
    """A file's text, its encoding or kind, its pages, and what was odd."""
    # each kind's library is loaded when the first such file is met
    if suffix in _HTML:
        from zhengpu.text.html_text import text_of_html  # noqa: PLC0415

        return text_of_html(content), "text/html", (), ()
    if suffix == ".docx":
        from zhengpu.text.docx_text import text_of_docx  # noqa: PLC0415

        return text_of_docx(content), "text/docx", (), ()
    if suffix == ".pdf":
        from zhengpu.text.pdf_text import text_of_pdf  # noqa: PLC0415

        text, pages, findings = text_of_pdf(content)
        return text, "text/pdf", pages, findings
    return *decode(content), (), ()


def _refusal(path: Path, name: str) -> ReadingError:
    finding = _unsupported(Source(str(path), name))
    return ReadingError(finding.code, **dict(finding.parameters))


def _content(path: Path, name: str) -> bytes:
    """The bytes of a file of bearable size."""
    try:
        size = path.stat().st_size
        if size > (most := most_bytes()):
            raise ReadingError(
                "file-too-large",
                path=name,
                size=f"{size / 1024**2:.0f}",
                most=most // 1024**2,
                variable=MOST,
            )
        return path.read_bytes()
    except OSError as error:
        raise ReadingError(
            "file-unreadable", path=name, reason=error.strerror or error
        ) from error
