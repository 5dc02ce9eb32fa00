"""A build that is made to be killed; other processes import it by this name.

It is loaded once, with all dictionaries, by the process from which those that
build are forked: so that what is killed is a build, and not Python starting.
"""

from __future__ import annotations

import sys
from pathlib import Path
from unittest.mock import patch

import zhengpu.graph.validation
import zhengpu.use.drawing  # noqa: F401 - loaded to be patched
from zhengpu import engines, pipeline
from zhengpu.caching import Cache
from zhengpu.model import RawText
from zhengpu.stages import extract

extract(RawText("a.txt", "政协阜新蒙古族自治县委员会召开常委会议3次。", "", "utf-8"))


def build(reports: str, output: str, cache: str, workers: int) -> None:
    """A build with a cache; page and shapes have tests of their own."""
    with (
        patch("zhengpu.use.drawing.draw", lambda *args: args[-1].touch()),
        patch("zhengpu.graph.validation.validate", lambda _: []),
    ):
        engine = engines.local(workers)
        kept = Cache(Path(cache))
        pipeline.build([reports], Path(output), engine=engine, cache=kept)
        if told := [f for f in kept.findings if f.code != "build-unchanged"]:
            sys.exit(str(told))
