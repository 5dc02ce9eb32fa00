"""HTML: the main text of a web page."""

from __future__ import annotations

import re

from lxml import etree, html  # type: ignore[import-untyped]  # has no stubs
from trafilatura import extract

from zhengpu.errors import ReadingError
from zhengpu.text.decoding import decode

_DECLARED = re.compile(
    rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_-]{3,20})""", re.IGNORECASE
)
_GB = {"gb2312", "gbk", "gb18030", "x-gbk", "hz-gb-2312"}
_HEAD = 4096
_BLOCKS = {"p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table"}
_SILENT = {"script", "style", "noscript", "template", "head", "select", "button"}


def text_of_html(content: bytes) -> str:
    """The main text of a page; all of its text where no main text is found.

    Args:
        content: The page's bytes.

    Returns:
        One paragraph a line, the title first where the text lacks it.

    Raises:
        ReadingError: The bytes cannot be decoded, or hold no page.
    """
    page = _decoded(content)
    try:
        tree = html.document_fromstring(page.encode("utf-8"), parser=_parser())
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ReadingError("html-damaged", reason=error) from error
    main = extract(tree, include_comments=False, include_tables=True, favor_recall=True)
    body = _body_text(tree)
    # an extract of less than a third has lost the report, not the navigation
    text = main if main and 3 * len(main) >= len(body) else body
    return _with_title(text, tree)


def _parser() -> html.HTMLParser:
    return html.HTMLParser(encoding="utf-8", remove_comments=True, huge_tree=False)


def _decoded(content: bytes) -> str:
    """The page as text: by mark, UTF-8, or what it declares itself to be."""
    declared = _DECLARED.search(content[:_HEAD])
    name = declared[1].decode("ascii").lower() if declared else ""
    if name in _GB:
        try:
            return content.decode("gb18030")
        except UnicodeDecodeError:
            pass  # pages lie about their encoding; the bytes don't
    return decode(content)[0]


def _body_text(tree: html.HtmlElement) -> str:
    """All text that a reader of the page sees, a block a line."""
    pieces: list[str] = []
    for event, node in etree.iterwalk(tree, events=("start", "end")):
        is_shown = isinstance(node.tag, str) and node.tag not in _SILENT
        if event == "start" and is_shown:
            pieces.append("\n" if node.tag in _BLOCKS else "")
            pieces.append(_flat(node.text))
        elif event == "end":
            pieces.append("\n" if node.tag in _BLOCKS else "")
            pieces.append(_flat(node.tail))
    lines = (line.strip() for line in "".join(pieces).split("\n"))
    return "".join(f"{line}\n" for line in lines if line)


def _flat(text: str | None) -> str:
    return re.sub(r"[ \t\r\n]+", " ", text) if text else ""


def _with_title(text: str, tree: html.HtmlElement) -> str:
    """The text, below its headline where it begins without it."""
    heads = tree.xpath("//h1")
    title = _flat(heads[0].text_content()).strip() if len(heads) == 1 else ""
    if title and title not in text[:400]:
        text = f"{title}\n{text}"
    return f"{text.rstrip()}\n"
