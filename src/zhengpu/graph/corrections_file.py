"""The corrections file as TOML: found, read, checked, and tables written for it.

What is not as it should be is refused with the file's line, and with what was
probably meant.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from zhengpu.errors import UsageError
from zhengpu.graph.corrections import (
    FILE,
    FLAGS,
    FORMS,
    LISTS,
    NONE,
    REMARKS,
    Correction,
    Corrections,
    CorrectionsError,
    nearest,
)
from zhengpu.model import EntityType, Finding, Relation, Severity, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_TOKENS = re.compile(
    r'''"""(?:\\.|[^\\])*?"""+'''
    r"""|'''.*?'''+"""
    r"""|"(?:\\.|[^"\\\n])*"|'[^'\n]*'|\#[^\n]*"""
    r"""|^[ \t]*\[\[[ \t]*["']?([\w-]+)["']?[ \t]*\]\]""",
    re.DOTALL | re.MULTILINE,
)
"""Strings and comments, which may hold anything, and the heads of tables."""
_PLACE = re.compile(r"\(at line (\d+), column \d+\)")


def find(paths: Sequence[Path], given: Path | None = None) -> Corrections:
    """The corrections for a build.

    Args:
        paths: What is built.
        given: The file to take; without it, the one in the one folder that is
            built, else the one in the current folder, else none.

    Returns:
        The corrections; `notices` says which file they are from.

    Raises:
        UsageError: There is no such file.
        CorrectionsError: It is not as it should be.
    """
    folder = paths[0] if len(paths) == 1 and paths[0].is_dir() else None
    places = {
        "corrections-given": given,
        "corrections-beside": folder / FILE if folder and not given else None,
        "corrections-here": Path(FILE) if not given else None,
    }
    for code, path in places.items():
        if path and (path == given or path.is_file()):
            found = read(path)
            told = (("path", path.name), ("count", str(len(found.entries))))
            notice = Finding(Severity.INFO, "correcting", code, told)
            return replace(found, notices=(notice,))
    return NONE


def read(path: Path) -> Corrections:
    """The corrections of a file.

    Raises:
        UsageError: There is no such file.
        CorrectionsError: It is no TOML, or says what cannot be.
    """
    if not path.is_file():
        raise UsageError("no-such-path", path=path)
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise CorrectionsError(
            "corrections-encoding", path=path.name, line=line
        ) from error
    return parse(text, path.name, sha256(content).hexdigest())


def parse(text: str, name: str = FILE, digest: str = "") -> Corrections:
    r"""The corrections of a text.

    Args:
        text: TOML.
        name: The file's name, for messages.
        digest: The SHA-256 of the file; by default of the text in UTF-8.

    Raises:
        CorrectionsError: It is no TOML, or a table is not as it should be.

    >>> made = parse('[[rename]]\nentity = "县医院"\nname = "甲县医院"\n')
    >>> made.entries[0].kind, made.entries[0].get("name")
    ('rename', '甲县医院')
    """
    try:
        tables = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # no date, no end of nesting
        place = _PLACE.search(str(error))
        line = place[1] if place else text.count("\n") + 1
        reason = _PLACE.sub("", str(error)).strip()
        raise CorrectionsError(
            "corrections-syntax", path=name, line=line, reason=reason
        ) from error
    blocks = list(_blocks(text))
    _check_form(tables, blocks, name, text)
    seen: Counter[str] = Counter()
    entries = []
    for block in blocks:
        table = tables[block.kind][seen[block.kind]]
        seen[block.kind] += 1
        entries.append(_correction(block, table, name))
    digest = digest or sha256(text.encode()).hexdigest()
    return Corrections(name, digest, text, tuple(entries))


@dataclass(frozen=True, slots=True)
class _Block:
    """A table as it stands in the text."""

    kind: str
    line: int
    span: Span
    text: str

    def line_of(self, key: str) -> int:
        """The line of a key of the table."""
        for at, line in enumerate(self.text.split("\n")):
            if re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=", line):
                return self.line + at
        return self.line


def _blocks(text: str) -> Iterator[_Block]:
    """The tables of a text that is well-formed TOML; tomllib tells no lines."""
    heads = [
        (head[1], text.count("\n", 0, head.start()) + 1, head.start())
        for head in _TOKENS.finditer(text)
        if head[1]
    ]
    ends = [*(start for _, _, start in heads[1:]), len(text)]
    for (kind, number, start), end in zip(heads, ends, strict=False):
        # comments before the next table belong to that
        kept = text[start:end].split("\n")
        while kept and (not kept[-1].strip() or kept[-1].lstrip().startswith("#")):
            kept.pop()
        written = "\n".join(kept).rstrip()
        yield _Block(kind, number, Span(start, start + len(written)), written)


def _check_form(
    tables: dict[str, object], blocks: list[_Block], name: str, text: str
) -> None:
    """Every top-level key is a list of tables of a known kind, in [[…]] form.

    Raises:
        CorrectionsError: It is something else.
    """
    counts = Counter(block.kind for block in blocks)
    for kind, held in tables.items():
        found = re.search(rf"^\s*\[*\s*[\"']?{re.escape(kind)}\b", text, re.MULTILINE)
        line = text[: found.end()].count("\n") + 1 if found else 1
        if kind not in FORMS:
            known = "、".join(FORMS)
            raise CorrectionsError(
                "corrections-kind",
                path=name,
                line=line,
                kind=kind,
                near=nearest(kind, FORMS),
                known=known,
            )
        if not isinstance(held, list) or counts[kind] != len(held):
            raise CorrectionsError("corrections-form", path=name, line=line, kind=kind)


def _correction(block: _Block, table: dict[str, object], name: str) -> Correction:
    """A table whose keys and values are what its kind asks for.

    Raises:
        CorrectionsError: A key is missing, unknown or of the wrong type.
    """
    required, optional = FORMS[block.kind]
    known = (*required, *optional, *REMARKS)
    said: list[tuple[str, str]] = []
    for key, value in table.items():
        where = {"path": name, "line": block.line_of(key), "key": key}
        if key not in known:
            near = nearest(key, known)
            raise CorrectionsError(
                "corrections-key", **where, kind=block.kind, near=near
            )
        values = value if key in LISTS and isinstance(value, list) else [value]
        texts = [_text_of(key, one) for one in values]
        if not texts or None in texts:
            raise CorrectionsError("corrections-value", **where, kind=block.kind)
        said += [(key, text) for text in texts if text]
    for key in required:
        if key not in table:
            where = {"path": name, "line": block.line, "key": key}
            raise CorrectionsError("corrections-missing", **where, kind=block.kind)
    made = Correction(
        block.kind, tuple(sorted(said)), block.line, block.text, block.span
    )
    _check_values(made, name)
    return made


def _text_of(key: str, value: object) -> str | None:
    """The text of a value, or None where it is not of the right type."""
    if key in FLAGS:
        return str(value).lower() if isinstance(value, bool) else None
    if isinstance(value, bool | list | dict | float):
        # a float is not what was written: 87.10 would have lost its end
        return f"{value!r}" if isinstance(value, float) and key == "value" else None
    text = " ".join(str(value).split())
    return text or None


def _check_values(made: Correction, name: str) -> None:
    """What is said is among what can be said.

    Raises:
        CorrectionsError: It is not.
    """
    where = {"path": name, "line": made.line, "kind": made.kind}
    for key, known in (("type", EntityType), ("relation", Relation)):
        value = made.get(key)
        values = [item.value for item in known]
        if value and value not in values:
            raise CorrectionsError(
                "corrections-choice",
                **where,
                key=key,
                value=value,
                near=nearest(value, values),
            )
    if (period := made.get("period")) and not re.fullmatch(
        r"\d{4}(-\d{4})?", period, re.ASCII
    ):
        raise CorrectionsError("corrections-value", **where, key="period")
    if made.kind == "retype" and not (made.get("type") or made.get("kind")):
        raise CorrectionsError("corrections-missing", **where, key="type")
    if made.kind == "not-same" and len(set(made.all("entities"))) < 2:  # noqa: PLR2004
        raise CorrectionsError("corrections-value", **where, key="entities")
    if made.kind == "reject":
        needed = ("relation", "object") if made.get("relation") else ("measure",)
        for key in needed:
            if not made.get(key):
                raise CorrectionsError("corrections-missing", **where, key=key)


_TOML_ESCAPES: Final = {'"': '\\"', "\\": "\\\\"}


def quoted(text: str) -> str:
    r"""A text as a TOML string.

    >>> print(quoted('“书香”"政协"'))
    "“书香”\"政协\""
    """
    return f'"{"".join(_escaped(sign) for sign in text)}"'


def _escaped(sign: str) -> str:
    if sign < " " or sign == "\x7f":
        return f"\\u{ord(sign):04X}"
    return _TOML_ESCAPES.get(sign, sign)


def table(kind: str, *said: tuple[str, str | Sequence[str] | bool]) -> str:
    """A table as TOML, ready for the file; what is empty is left out.

    >>> print(table("same-as", ("keep", "甲"), ("same", ["乙"]), ("why", "")))
    [[same-as]]
    keep = "甲"
    same = ["乙"]
    """
    lines = [f"[[{kind}]]"]
    for key, value in said:
        if value is True:
            lines.append(f"{key} = true")
        elif isinstance(value, str):
            lines += [f"{key} = {quoted(value)}"] if value else []
        elif value:
            lines.append(f"{key} = [{', '.join(map(quoted, value))}]")
    return "\n".join(lines)
