"""What editors know better than the reports say: the corrections file.

The file is TOML that people write by hand and keep in git: tables of seven
kinds, each a judgement on entities or facts, with who made it, when, why and
from what source. What the file says depends on its tables alone, never on
their order. `correcting` applies it.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from zhengpu.errors import ReadingError, UsageError
from zhengpu.graph.vocabulary import segment
from zhengpu.model import EntityType, Finding, Relation, Severity, Span
from zhengpu.settings import BASE_IRI

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

FILE: Final = "corrections.toml"
"""The name that a build looks for."""

FORMS: Final[dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "same-as": (("keep", "same"), ()),
    "not-same": (("entities",), ()),
    "rename": (("entity", "name"), ()),
    "retype": (("entity",), ("type", "kind")),
    "alias": (("entity", "alias"), ()),
    "reject": (
        ("subject",),
        ("relation", "object", "role", "measure", "value", "unit", "period", "planned"),
    ),
    "assert": (
        ("subject", "relation", "object", "who", "when", "why", "source"),
        ("role", "period", "planned", "create"),
    ),
}
"""Of each kind, the keys that it must have, and those that it may have."""

REMARKS: Final = ("who", "when", "why", "source")
"""Keys that every kind may have."""
ENTITIES: Final = ("keep", "same", "entities", "entity", "subject", "object")
"""Keys whose values name entities."""
LISTS: Final = frozenset({"same", "entities", "alias"})
FLAGS: Final = frozenset({"planned", "create"})

_TOKENS = re.compile(
    r'''"""(?:\\.|[^\\])*?"""+'''
    r"""|'''.*?'''+"""
    r"""|"(?:\\.|[^"\\\n])*"|'[^'\n]*'|\#[^\n]*"""
    r"""|^[ \t]*\[\[[ \t]*["']?([\w-]+)["']?[ \t]*\]\]""",
    re.DOTALL | re.MULTILINE,
)
"""Strings and comments, which may hold anything, and the heads of tables."""
_PLACE = re.compile(r"\(at line (\d+), column \d+\)")
_PATH = re.compile(rf"({'|'.join(kind.value for kind in EntityType)})/(.+)", re.DOTALL)


class CorrectionsError(ReadingError):
    """The corrections file is not as it should be; says where and what."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One table of the file."""

    kind: str
    said: tuple[tuple[str, str], ...]
    """Key and value, sorted by key; of a list, one pair for each value."""
    line: int = field(compare=False)
    """Where the table begins, counted from 1."""
    text: str = field(compare=False)
    """The table as it is written."""
    span: Span = field(compare=False)
    """The characters of the file that it takes."""

    def all(self, key: str) -> tuple[str, ...]:
        """Every value of a key."""
        return tuple(value for name, value in self.said if name == key)

    def get(self, key: str) -> str:
        """The value of a key, or nothing."""
        return next(iter(self.all(key)), "")

    @property
    def judgement(self) -> tuple[tuple[str, str], ...]:
        """What it says, without who says so and why."""
        return tuple(pair for pair in self.said if pair[0] not in REMARKS)


@dataclass(frozen=True, slots=True)
class Corrections:
    """What a corrections file says."""

    name: str = FILE
    """The file's name, without its folder."""
    sha256: str = ""
    text: str = ""
    entries: tuple[Correction, ...] = ()
    """In the order of the file."""
    notices: tuple[Finding, ...] = ()
    """Which file it is, and why it was taken."""


NONE: Final = Corrections()
"""No corrections."""


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
            raise CorrectionsError(
                "corrections-key",
                **where,
                kind=block.kind,
                near=nearest(key, known),
            )
        values = value if key in LISTS and isinstance(value, list) else [value]
        texts = [_text_of(key, one) for one in values]
        if not texts or None in texts:
            raise CorrectionsError("corrections-value", **where, kind=block.kind)
        said += [(key, text) for text in texts if text]
    for key in required:
        if key not in table:
            raise CorrectionsError(
                "corrections-missing",
                path=name,
                line=block.line,
                key=key,
                kind=block.kind,
            )
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


def path_of(reference: str) -> tuple[str, str] | None:
    """Type and rest of an IRI or of its path below `id/`, or None.

    >>> path_of("https://w3id.org/zhengpu/id/ORG/甲县医院")
    ('ORG', '甲县医院')
    >>> path_of("甲县医院")
    """
    found = _PATH.fullmatch(reference.strip("<>").removeprefix(f"{BASE_IRI}id/"))
    return (found[1], found[2]) if found else None


def normal(reference: str) -> str:
    """A reference as far as it can be compared without a build."""
    path = path_of(reference)
    return f"{path[0]}/{path[1]}" if path else segment(reference)


def nearest(word: str, known: Iterable[str]) -> str:
    """The most similar of some words, of equals the first; or a dash.

    >>> nearest("renmae", ["rename", "retype"])
    'rename'
    """
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only where something is amiss

    found = process.extractOne(word, list(known), scorer=fuzz.ratio, score_cutoff=40)
    return found[0] if found else "—"


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
