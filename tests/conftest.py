"""What several test modules share."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from zhengpu.model import Extraction

PARTS = {
    "browser": ("chromium", "chromium-browser", "google-chrome"),
    "office": ("soffice", "libreoffice"),
    "pdf": ("pdftotext",),
    "serdi": ("serdi",),
    "rapper": ("rapper",),
    "java": ("java",),
}
"""Programs that some tests need, by the names they go by. Where one is missing
the tests are skipped, unless ZHENGPU_REQUIRE names it (as CI does)."""

# a law holds however long the machine takes to show it
settings.register_profile("zhengpu", deadline=None)
settings.load_profile("zhengpu")

# pytest's importlib mode leaves sys.path alone, so helper modules need this
if (folder := str(Path(__file__).parent)) not in sys.path:
    sys.path.append(folder)


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test reads or fills the cache of the user who runs it."""
    os.environ["ZHENGPU_CACHE"] = str(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session")
def gold() -> tuple[Extraction, ...]:
    """The gold annotations as extractions, in the order of their names."""
    from gold_extractions import gold_extractions  # noqa: PLC0415 - after sys.path

    return gold_extractions()


@pytest.fixture(scope="session")
def needs() -> Callable[[str], str]:
    """Finds a program of `PARTS`: `needs("browser")` is its path."""

    def path_of(part: str) -> str:
        found = next(filter(None, map(shutil.which, PARTS[part])), None)
        if found is None and part in os.environ.get("ZHENGPU_REQUIRE", "").split(","):
            pytest.fail(f"{part} is required but not installed")
        return found or pytest.skip(f"{part} is not installed")

    return path_of


@pytest.fixture(scope="session")
def built(
    gold: tuple[Extraction, ...], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A build of the gold annotations, to be read only.

    Page and shapes, which have tests of their own, are left out to save time.
    """
    from zhengpu import pipeline  # noqa: PLC0415 - only where it is needed

    output = tmp_path_factory.mktemp("gold") / "output"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("zhengpu.use.drawing.draw", lambda *args: args[-1].touch())
        patch.setattr("zhengpu.graph.validation.validate", lambda _: [])
        pipeline.write(pipeline.Collection(gold), output)
    return output
