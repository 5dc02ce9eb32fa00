"""Promises and deliveries of a build, as it has written them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhengpu.errors import ReadingError
from zhengpu.graph import shards
from zhengpu.graph.clauses import Clause
from zhengpu.graph.promises import Account, Pair, Verdict
from zhengpu.model import Span
from zhengpu.use.spreadsheets import harmless

if TYPE_CHECKING:
    from collections.abc import Iterable

HEAD = (
    "body",
    "year",
    "promise",
    "delivery",
    "verdict",
    "likeness",
    "announced",
    "reviewed",
    "promise_sentence",
    "delivery_sentence",
)
"""Columns of the CSV; `delivery` is empty where no answer was found."""


def promises(folder: Path | str, body: str = "", year: int = 0) -> list[Account]:
    """What a build says of promises and deliveries.

    Args:
        folder: The output folder of the build.
        body: Only of bodies whose names hold this.
        year: Only for this year; 0 means every year.

    Raises:
        ReadingError: There is no build, or its report is not as it should be.
        UsageError: The build is in shards.
    """
    shards.refuse(Path(folder))
    path = Path(folder) / "report.json"
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        found = [_account(record) for record in content["promises"]]
    except OSError as error:
        raise ReadingError("no-graph", path=path) from error
    except (ValueError, KeyError, TypeError) as error:
        raise ReadingError("bad-report", path=path) from error
    return [a for a in found if body in a.body and year in {0, a.year}]


def _account(record: dict[str, Any]) -> Account:
    earlier, later = record["earlier"], record["later"]
    pairs = tuple(
        Pair(
            _clause(pair["promise"], earlier),
            _clause(pair["delivery"], later),
            pair["likeness"],
            Verdict(pair["verdict"]) if pair["verdict"] else None,
        )
        for pair in record["pairs"]
    )
    unanswered = tuple(_clause(clause, earlier) for clause in record["unanswered"])
    return Account(record["body"], record["year"], earlier, later, pairs, unanswered)


def _clause(record: dict[str, Any], file: str) -> Clause:
    span = Span(record["start"], record["end"])
    return Clause(record["text"], record["sentence"], file, span)


def as_csv(accounts: Iterable[Account]) -> str:
    """Every promise as a row, answered ones first, safe in a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEAD)
    for account in accounts:
        head = [account.body, str(account.year)]
        files = [account.earlier, account.later]
        for pair in account.pairs:
            promise, delivery = pair.promise, pair.delivery
            verdict = pair.verdict.value if pair.verdict else ""
            told = [promise.text, delivery.text, verdict, f"{pair.likeness}"]
            both = [promise.sentence, delivery.sentence]
            writer.writerow(map(harmless, [*head, *told, *files, *both]))
        for clause in account.unanswered:
            told = [clause.text, "", "", ""]
            writer.writerow(map(harmless, [*head, *told, *files, clause.sentence, ""]))
    return out.getvalue()


def as_json(accounts: Iterable[Account]) -> str:
    """The accounts as `report.json` holds them."""
    from zhengpu.graph.rendering import account_record  # noqa: PLC0415 - for this only

    records = [account_record(account) for account in accounts]
    return json.dumps(records, ensure_ascii=False, indent=1) + "\n"
