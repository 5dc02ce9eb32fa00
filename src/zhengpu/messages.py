"""The texts that people read, in Chinese and English, made from codes.

Findings and errors carry a code and parameters; `messages.tsv` holds one line
for each code: the code, the Chinese and the English template.
"""

from __future__ import annotations

import csv
from functools import cache
from typing import TYPE_CHECKING, Literal

from zhengpu.settings import PACKAGE

if TYPE_CHECKING:
    from collections.abc import Mapping

Language = Literal["zh", "en"]


@cache
def catalogue() -> dict[str, dict[Language, str]]:
    """Code to template by language."""
    with (PACKAGE / "messages.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {row["code"]: {"zh": row["zh"], "en": row["en"]} for row in rows}


def message(code: str, parameters: Mapping[str, str], language: Language) -> str:
    """The text of a finding or an error.

    Where `messages.tsv` has no line for the code, or the parameters do not fill
    it, the text is the code with its parameters: what went wrong must not be
    hidden by what cannot be said about it.

    >>> message("no-such-path", {"path": "报告"}, "zh")
    '找不到路径：报告'
    >>> message("no-such-code", {"path": "报告"}, "zh")
    'no-such-code (path=报告)'
    """
    try:
        return catalogue()[code][language].format_map(parameters)
    except KeyError:
        told = "; ".join(f"{name}={value}" for name, value in parameters.items())
        return f"{code} ({told})" if told else code
