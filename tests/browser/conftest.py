"""A real Chromium that can reach nothing but the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from gold_extractions import gold_extractions

from zhengpu import pipeline
from zhengpu.graph.merging import merge
from zhengpu.settings import shipped
from zhengpu.use.drawing import draw

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def browser_type_launch_args(needs: Callable[[str], str]) -> dict[str, Any]:
    """The installed Chromium instead of a downloaded one."""
    return {"executable_path": needs("browser"), "args": list(ARGUMENTS)}


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    """A Chinese reader at a desk, without animations."""
    return {
        "viewport": {"width": 1440, "height": 900},
        "locale": "zh-CN",
        "reduced_motion": "reduce",
        "color_scheme": "light",
        "accept_downloads": True,
    }


@pytest.fixture(scope="session")
def explorer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The explorer of the gold annotations."""
    path = tmp_path_factory.mktemp("explorer") / "graph.html"
    extractions = gold_extractions()
    draw(merge(extractions), {e.raw.sha256: e.raw.text for e in extractions}, path)
    return path


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The explorer of the shipped reports."""
    path = tmp_path_factory.mktemp("samples") / "graph.html"
    extractions = pipeline.collect([shipped("seeds")]).extractions
    draw(merge(extractions), {e.raw.sha256: e.raw.text for e in extractions}, path)
    return path


@pytest.fixture(scope="session")
def desk(
    browser: Browser, browser_context_args: dict[str, Any]
) -> Iterator[BrowserContext]:
    """One reader for all tests that change nothing for good."""
    with browser.new_context(**browser_context_args) as context:
        yield context


@pytest.fixture
def watched(desk: BrowserContext) -> Iterator[Page]:
    """A page that must neither ask for anything nor complain."""
    page = desk.new_page()
    trouble: list[str] = []
    page.set_default_timeout(10_000)
    page.on("console", lambda message: trouble.append(message.text))
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("dialog", lambda dialog: trouble.append(dialog.message))
    page.on(
        "request",
        lambda request: (
            None
            if request.is_navigation_request() or request.url.startswith("blob:")
            else trouble.append(request.url)
        ),
    )
    yield page
    for opened_page in desk.pages:
        opened_page.close()
    assert trouble == []


@pytest.fixture
def opened(watched: Page, explorer: Path) -> Page:
    """The explorer, opened."""
    watched.goto(explorer.as_uri())
    watched.wait_for_selector("[data-ready]", state="attached")
    return watched
