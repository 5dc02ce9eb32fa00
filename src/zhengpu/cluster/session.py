"""Sessions of Spark: reached or refused soon, with zhengpu sent along.

This zhengpu and the user's own words and rules travel with the job; the executors
need the libraries alone.
"""

from __future__ import annotations

import os
import socket
import sys
from threading import Thread
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit
from zipfile import ZIP_DEFLATED, ZipFile

from zhengpu.errors import ZhengpuError
from zhengpu.settings import KNOWLEDGE, MOST, PACKAGE, most_bytes, own_files, shipped

if TYPE_CHECKING:
    from pathlib import Path

PATIENCE: Final = 5
"""Seconds to wait for an answer from a master's host."""
REGISTERED: Final = 20
"""Seconds in which a standalone master has to take us in."""
ROWS: Final = 20
"""Files, or pieces, that are handed to Python at once."""
SENT: Final = "zhengpu-job"
"""The folder in which executors find what travels with the job."""


class SparkError(ZhengpuError):
    """Spark is missing, cannot be reached, or gave up."""


def refuse_deaf(master: str) -> None:
    """Refuse a standalone master whose host does not answer."""
    if not _is_standalone(master):
        return
    for address in master.removeprefix("spark://").split(","):
        parts = urlsplit(f"//{address}")
        try:
            port = parts.port or 7077
            with socket.create_connection((parts.hostname or "", port), PATIENCE):
                return
        except (OSError, ValueError):
            continue
    raise SparkError("spark-unreachable", master=master)


def begun(master: str) -> Any:  # noqa: ANN401
    """A session of Spark, if the master takes us in; Spark would ask it for a minute.

    Raises:
        SparkError: It does not.
    """
    from pyspark import SparkConf  # noqa: PLC0415 - an extra
    from pyspark.sql import SparkSession  # noqa: PLC0415

    if master.startswith("local"):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "OFF",
        "spark.sql.execution.arrow.maxRecordsPerBatch": str(ROWS),
        "spark.sql.files.ignoreMissingFiles": "true",  # reading tells of them
    }
    conf = SparkConf().setMaster(master).setAppName("zhengpu")
    for name, value in settings.items():
        conf.setIfMissing(name, value)
    begin = SparkSession.builder.config(conf=conf).getOrCreate
    if not _is_standalone(master):
        return begin()
    made: list[Any] = []
    asking = Thread(target=lambda: made.append(begin()), daemon=True)
    asking.start()
    asking.join(REGISTERED)
    if not made:
        raise SparkError("spark-unreachable", master=master)
    return made[0]


def send(context: Any, place: Path) -> None:  # noqa: ANN401
    """Send this very zhengpu along, and what the user has added to it."""
    archive = place / f"{SENT}.zip"
    with ZipFile(archive, "w", ZIP_DEFLATED) as file:
        for path in sorted(PACKAGE.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                file.write(path, f"zhengpu/{path.relative_to(PACKAGE).as_posix()}")
        for path in shipped("ontology").iterdir():
            file.write(path, f"zhengpu/_shipped/ontology/{path.name}")
        for path in own_files():
            file.write(path, f"own/{path.name}")
    context.addArchive(f"{archive}#{SENT}")
    there = context.environment
    there["PYTHONPATH"] = os.pathsep.join(filter(None, (SENT, there.get("PYTHONPATH"))))
    if own_files():
        there[KNOWLEDGE] = f"{SENT}/own"
    there[MOST] = str(most_bytes() // 1024**2)


def cause(told: str) -> str:
    r"""The line of Spark's many that says what was the matter.

    >>> cause("An error occurred\nTraceback:\nValueError: so\n\n\tat java.lang")
    'ValueError: so'
    >>> cause("An error occurred\n: java.net.ConnectException: refused\n\tat java")
    'java.net.ConnectException: refused'
    """
    lines = [line.strip() for line in told.splitlines() if line.strip()]
    telling = [line for line in lines if "Error: " in line]
    telling += [line.removeprefix(": ") for line in lines if line.startswith(": ")]
    return (telling or lines or ["?"])[0][:300]


def is_here(master: str) -> bool:
    """Whether its executors are part of this process."""
    return master == "local" or master.startswith("local[")


def _is_standalone(master: str) -> bool:
    return master.startswith("spark://")
