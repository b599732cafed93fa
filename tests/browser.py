"""A real Chromium for the journeys: `open_page` gives pages of any width and colour scheme, `axe` judges them.

A conftest takes the fixtures with `from tests.browser import browser_type_launch_args, contexts, open_page`.
"""

import os
import shutil
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Error, Locator, Page, expect

from tests.markup import valid_html

__all__ = [
    "axe",
    "browser_type_launch_args",
    "check_page",
    "contexts",
    "enhanced",
    "find_chromium",
    "open_page",
    "reload_until",
    "show",
    "sideways_scroll",
    "wait_until",
]

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
    "--process-per-site",  # pages of a context share a process, which has compiled the scripts of the site already
]
WCAG_22_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
PATIENCE_MS = 15_000  # for a click and for what it brings alike: a busy machine is not a fault of the page
expect.set_options(timeout=PATIENCE_MS)
AXE = Axe()
# axe takes the same few colours of a page apart thousands of times, which is half of what its look costs.
AXE_ONCE_A_COLOUR = """(() => {
    const color = axe.commons.color.Color.prototype, parse = color.parseString, known = new Map();
    color.parseString = function (text) {
        if (known.has(text)) {
            [this.r, this.g, this.b, this.alpha] = known.get(text);
        } else {
            parse.call(this, text);
            known.set(text, [this.r, this.g, this.b, this.alpha]);
        }
        return this;
    };
})()"""


def find_chromium() -> str | None:
    """The path of an installed Chromium; CHROMIUM= overrides the search."""
    return next(filter(None, map(shutil.which, filter(None, (os.environ.get("CHROMIUM"), *NAMES)))), None)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict:
    """Makes pytest-playwright use the installed browser, not one of its own."""
    path = find_chromium()
    assert path, "Chromium is missing: run bin/chromium, or set CHROMIUM=/path/to/it"
    return {"executable_path": path, "headless": True, "args": OPTIONS}


@dataclass
class Lent:
    """A context, and a tab that stays open in it for whoever clears it."""

    context: BrowserContext
    tab: Page

    def clear(self, origin: str) -> None:
        """As a browser that has never been to the site, but for the style sheets and scripts it need not load again."""
        for page in self.context.pages:
            if page is not self.tab:
                page.close()
        self.context.clear_cookies()
        session = self.context.new_cdp_session(self.tab)
        session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
        session.detach()


class Contexts:
    """A context is dear, a second of a processor: what one test has done with is cleared and lent to the next."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.free: dict[tuple[bool, str], list[Lent]] = defaultdict(list)

    def new(self, javascript: bool, base_url: str | None, **more: Any) -> BrowserContext:
        context = self.browser.new_context(
            reduced_motion="reduce",
            locale="ru-RU",
            timezone_id="Europe/Moscow",
            java_script_enabled=javascript,
            base_url=base_url,
            **more,
        )
        context.set_default_timeout(PATIENCE_MS)
        return context

    def borrow(self, javascript: bool, base_url: str) -> Lent:
        if known := self.free[javascript, base_url]:
            return known.pop()
        context = self.new(javascript, base_url)
        tab = context.new_page()
        tab.goto("/healthz")  # keeps the process of the site
        return Lent(context, tab)

    def give_back(self, lent: Lent, javascript: bool, base_url: str) -> None:
        try:
            lent.clear(base_url)
        except Error:
            lent.context.close()
        else:
            self.free[javascript, base_url].append(lent)


@pytest.fixture(scope="session")
def contexts(browser: Browser) -> Contexts:
    """Contexts of the browser, lent to one test after the other."""
    return Contexts(browser)


@pytest.fixture
def open_page(contexts: Contexts) -> Iterator[Callable[..., Page]]:
    """`open_page(width=1280, dark=False, javascript=True, like=page)`: a new page, with cookies of its own or those of `like`.

    `fresh`: in a browser that has nothing of the site yet, not even its style sheets.
    """
    undo: list[Callable[[], None]] = []

    def open_page(
        width: int = 1280,
        dark: bool = False,
        *,
        javascript: bool = True,
        like: Page | None = None,
        base_url: str | None = None,
        fresh: bool = False,
    ) -> Page:
        if fresh or like or not base_url:
            context = contexts.new(javascript, base_url, storage_state=like.context.storage_state() if like else None)
            undo.append(context.close)
        else:
            lent = contexts.borrow(javascript, base_url)
            context = lent.context
            undo.append(partial(contexts.give_back, lent, javascript, base_url))
        page = context.new_page()
        show(page, width, dark)
        return page

    yield open_page
    for step in undo:
        step()


def show(page: Page, width: int, dark: bool) -> None:
    """Make the window of a page so wide, in that colour scheme."""
    size = {"width": width, "height": 800}
    if page.viewport_size != size:
        page.set_viewport_size(size)
    page.emulate_media(color_scheme="dark" if dark else "light")


def axe(page: Page, *rules: str) -> list[str]:
    """Violations of WCAG 2.2 AA (or only of some rules) on the page as it stands, each with the places where it was found."""
    only = {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": WCAG_22_AA}
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.axe_script + AXE_ONCE_A_COLOUR)
    found = page.evaluate(
        "options => axe.run(options).then(results => results.violations)", {"runOnly": only, "resultTypes": ["violations"]}
    )
    return [
        f"{violation['id']} ({violation['impact']}): {violation['help']}\n    "
        + "\n    ".join(f"{node['html'][:160]} — {node.get('failureSummary', '')}" for node in violation["nodes"])
        for violation in found
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


def wait_until(page: Page, true: str, argument: Any = None) -> None:
    """Wait until an expression is true in the page: Playwright's own wait asks a second time by `eval`, which our pages refuse."""
    deadline = time.monotonic() + PATIENCE_MS / 1000
    while not page.evaluate(true, argument):
        assert time.monotonic() < deadline, f"on {page.url} it is never true that {true}"
        page.wait_for_timeout(50)


def enhanced(page: Page) -> None:
    """Wait until every module of the page has taken hold; before that, its forms work the plain way."""
    expect(page.locator(":not(:defined)")).to_have_count(0, timeout=PATIENCE_MS)
