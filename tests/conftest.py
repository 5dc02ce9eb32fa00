"""What several test modules share."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from zhengpu.model import Extraction

# pytest's importlib mode leaves sys.path alone, so helper modules need this
if (folder := str(Path(__file__).parent)) not in sys.path:
    sys.path.append(folder)


@pytest.fixture(scope="session")
def gold() -> tuple[Extraction, ...]:
    """The gold annotations as extractions, in the order of their names."""
    from gold_extractions import gold_extractions  # noqa: PLC0415 - after sys.path

    return gold_extractions()
