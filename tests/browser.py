"""A real Chromium for the journeys: `open_page` gives pages of any width and colour scheme, `axe` judges them.

A conftest takes the fixtures with `from tests.browser import browser_type_launch_args, open_page`.
"""

import os
import shutil
import time
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.markup import valid_html

__all__ = ["axe", "browser_type_launch_args", "check_page", "enhanced", "find_chromium", "open_page", "reload_until", "sideways_scroll"]

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Quiet: no connections of the browser's own, and no sandbox, which containers do not offer.
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WCAG_22_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
PATIENCE_MS = 15_000


def find_chromium() -> str | None:
    """The path of an installed Chromium; CHROMIUM= overrides the search."""
    return next(filter(None, map(shutil.which, filter(None, (os.environ.get("CHROMIUM"), *NAMES)))), None)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict:
    """Makes pytest-playwright use the installed browser, not one of its own."""
    path = find_chromium()
    assert path, "Chromium is missing: run bin/chromium, or set CHROMIUM=/path/to/it"
    return {"executable_path": path, "headless": True, "args": OPTIONS}


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """`open_page(width=1280, dark=False, javascript=True, like=page)`: a new page, with cookies of its own or those of `like`."""
    contexts: list[BrowserContext] = []

    def open_page(width: int = 1280, dark: bool = False, *, javascript: bool = True, like: Page | None = None, base_url: str | None = None):
        context = browser.new_context(
            viewport={"width": width, "height": 800},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            locale="ru-RU",
            timezone_id="Europe/Moscow",
            java_script_enabled=javascript,
            storage_state=like.context.storage_state() if like else None,
            base_url=base_url,
        )
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


def axe(page: Page, *rules: str) -> list[str]:
    """Violations of WCAG 2.2 AA (or only of some rules) on the page as it stands, each with the places where it was found."""
    only = {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": WCAG_22_AA}
    results = Axe().run(page, options={"runOnly": only, "resultTypes": ["violations"]}).response
    return [
        f"{violation['id']} ({violation['impact']}): {violation['help']}\n    "
        + "\n    ".join(f"{node['html'][:160]} — {node.get('failureSummary', '')}" for node in violation["nodes"])
        for violation in results["violations"]
    ]


def sideways_scroll(page: Page) -> int:
    """By how many pixels the page is wider than its window; 0 is right."""
    return page.evaluate("Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)")


def check_page(page: Page) -> None:
    """All that must hold on any page a journey stops at: valid text from the server, no barrier, no sideways scrolling."""
    response = page.context.request.get(page.url, fail_on_status_code=False)
    assert valid_html(response.text()) == [], page.url
    assert axe(page) == [], page.url
    assert sideways_scroll(page) == 0, f"{page.url} scrolls sideways at {page.viewport_size}"


def reload_until(page: Page, wanted: Locator, seconds: float = 10) -> None:
    """Load the page again until it shows what the worker or the indexer brings, at most for so long."""
    deadline = time.monotonic() + seconds
    while not wanted.count():
        assert time.monotonic() < deadline, f"{page.url} does not show {wanted}"
        page.wait_for_timeout(250)
        page.reload()


def enhanced(page: Page) -> None:
    """Wait until every module of the page has taken hold; before that, its forms work the plain way."""
    expect(page.locator(":not(:defined)")).to_have_count(0)
