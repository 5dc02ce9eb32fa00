"""DOCX: the paragraphs and tables of a Word document, in order."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import docx
from docx.table import Table

from zhengpu.errors import ReadingError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.text.paragraph import Paragraph

_MOST_UNPACKED = 512 * 1024 * 1024


def text_of_docx(content: bytes) -> str:
    r"""The text of a document: a paragraph a line, headings marked `#`.

    Args:
        content: The file's bytes.

    Returns:
        Paragraphs and table rows in document order; cells are parted by `\t`.

    Raises:
        ReadingError: It is no Word document, or damaged.
    """
    try:
        _refuse_bombs(content)
        lines = list(_lines(docx.Document(io.BytesIO(content)).iter_inner_content()))
    except ReadingError:
        raise
    except Exception as error:  # a damaged file fails in a hundred ways
        reason = f"{type(error).__name__}: {error}"
        raise ReadingError("docx-damaged", reason=reason) from error
    return "".join(f"{line}\n" for line in lines)


def _refuse_bombs(content: bytes) -> None:
    """Raise if the file would grow beyond all measure when unpacked."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        unpacked = sum(entry.file_size for entry in archive.infolist())
    if unpacked > _MOST_UNPACKED:
        raise ReadingError("docx-damaged", reason=f"{unpacked} bytes unpacked")


def _lines(blocks: Iterator[Paragraph | Table]) -> Iterator[str]:
    """A line for each paragraph and each table row."""
    for block in blocks:
        if isinstance(block, Table):
            yield from _rows(block)
        else:
            yield _marked(block)


def _rows(table: Table) -> Iterator[str]:
    """The rows of a table; merged cells once, a cell's paragraphs as one."""
    for row in table.rows:
        cells = {id(cell._tc): cell for cell in row.cells}  # noqa: SLF001 (merged cells share it)
        yield "\t".join(
            " ".join(cell.text.split()) for cell in cells.values() if cell.text.strip()
        )


def _marked(paragraph: Paragraph) -> str:
    """A paragraph's text, with `#` before a heading."""
    style = paragraph.style.name if paragraph.style is not None else ""
    level = {"Title": 1}.get(style or "", 0)
    if style and style.startswith("Heading ") and style[-1].isdigit():
        level = int(style[-1])
    text = paragraph.text
    return f"{'#' * min(level, 6)} {text}" if level and text.strip() else text
