"""Decoding: bytes to text, without guessing where no guess is needed."""

from __future__ import annotations

import codecs
import re

from zhengpu.errors import ReadingError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins like UTF-16's: asked first
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_SAMPLE = 4096
"""Han characters that are looked at to tell an encoding."""
_RARE = 100
"""U+0000 once in so many characters is litter in a text; more often, the file
is none. UTF-16 without its mark has one in every few."""


def decode(content: bytes) -> tuple[str, str]:
    """A text and the name of its encoding.

    A byte order mark decides; then strict UTF-8; then GB18030 where it gives
    common Chinese characters; then what charset-normalizer finds likely. A few
    characters U+0000 are kept, as cleaning passes over them.

    Args:
        content: A text file's bytes.

    Returns:
        The text without its byte order mark, line ends as they are.

    Raises:
        ReadingError: The bytes are no text, or of no encoding that can be told.

    >>> decode("县政协".encode("gb18030"))
    ('县政协', 'gb18030')
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strictly(content[len(mark) :], encoding), encoding
    try:
        text, encoding = content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        _refuse_damaged_utf8(content, error.start)
        text, encoding = _guess(content)
    if text.count("\x00") * _RARE > len(text):
        raise ReadingError("binary-file")
    return text, encoding


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        code = "lone-surrogate" if "surrogate" in error.reason else "undecodable-bytes"
        raise ReadingError(code, encoding=encoding, offset=error.start) from error


def _refuse_damaged_utf8(content: bytes, offset: int) -> None:
    """Raise if the bytes are UTF-8 but for a few: no other encoding fits better."""
    try:
        content.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        text = content.decode("utf-8", "replace")
        damage = text.count("\ufffd")
        if len(_HAN.findall(text)) >= 4 * damage:
            raise ReadingError(
                "undecodable-bytes", encoding="utf-8", offset=offset
            ) from None
    else:
        raise ReadingError("lone-surrogate", encoding="utf-8", offset=offset)


def _guess(content: bytes) -> tuple[str, str]:
    """A text in an encoding that nothing names."""
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError:
        text = ""
    if _is_common(text):
        return text, "gb18030"
    if b"\x00" in content:  # only a likely encoding excuses it
        raise ReadingError("binary-file")
    from charset_normalizer import from_bytes  # noqa: PLC0415 (seldom needed)

    best = from_bytes(content).best()
    if best is None or best.bom:
        raise ReadingError("unknown-encoding")
    return _strictly(content, best.encoding), best.encoding


def _is_common(text: str) -> bool:
    """Whether most Han characters are among the 3,755 of GB 2312's first level.

    Big5 read as GB18030 is Han too, but rare characters.
    """
    han = _HAN.findall(text[: 4 * _SAMPLE])[:_SAMPLE]
    first, last = b"\xb0\xa1", b"\xd7\xf9"
    common = sum(
        1
        for code in map(_gb18030, han)
        if len(code) == len(first) and first <= code <= last and code[1] >= first[1]
    )
    return bool(han) and common >= 0.8 * len(han)


def _gb18030(character: str) -> bytes:
    return character.encode("gb18030")
