"""The whole site as `make serve` starts it – web, worker, indexer, demonstration – on a free port, and a browser before it."""

import os
import shutil
import signal
import sqlite3
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import browser_type_launch_args, contexts, open_page  # noqa: F401 – fixtures of the journeys
from tests.journeys.addresses import places  # noqa: F401 – a fixture of the journeys
from tests.journeys.faults import listen
from tests.journeys.stranger import Stranger
from tests.serving import free_port, serve

PATIENCE = 120


@dataclass(frozen=True)
class Site:
    """A running site and the folder of its data."""

    url: str
    instance: Path


def wait_until_ready(url: str, process: subprocess.Popen[bytes]) -> None:
    """Return when the site answers; fail when it ends or does not answer in time."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the site ended with {process.returncode}")
        try:
            with urllib.request.urlopen(f"{url}/readyz", timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(url)


@pytest.fixture(scope="session")
def browser(launch_browser: Callable[..., Browser]) -> Iterator[Browser]:
    """The real browser: elsewhere in the tests `browser` is a maker of visitors without JavaScript."""
    chromium = launch_browser()
    yield chromium
    chromium.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Site]:
    """The demonstration, running; stopped by its own pid at the end. SITE=http://… SITE_INSTANCE=… take one that runs already."""
    if running := os.environ.get("SITE"):
        yield Site(running, Path(os.environ["SITE_INSTANCE"]))
        return
    instance = tmp_path_factory.mktemp("site")
    shutil.copytree(request.getfixturevalue("demonstrated"), instance, dirs_exist_ok=True)
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    process = serve(instance, port)
    try:
        wait_until_ready(url, process)
        yield Site(url, instance)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(40)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise


@pytest.fixture
def long_ago(site: Site) -> None:
    """What other journeys had moderators hold against people lies years back: what these write appears at once again."""
    with closing(sqlite3.connect(site.instance / "forum.sqlite3", timeout=30)) as database, database:
        database.execute("UPDATE events SET at = datetime(at, '-2 years') WHERE kind LIKE 'moderation.%' AND person_id IS NOT NULL")
        database.execute("UPDATE people SET level_cap = NULL")


@pytest.fixture(scope="session")
def cookies(site: Site) -> Callable[[str], list[dict]]:
    """Cookies of a demonstration account (or of an address) that has signed in, once for all tests."""
    known: dict[str, list[dict]] = {}

    def cookies(name: str) -> list[dict]:
        if name not in known:
            jar = Stranger(site.url).sign_in(name if "@" in name else f"{name}@demo.example").cookies
            known[name] = [{"name": cookie.name, "value": cookie.value, "url": site.url} for cookie in jar]
        return known[name]

    return cookies


@pytest.fixture
def arrive(site: Site, cookies, open_page) -> Iterator[Callable[..., Page]]:  # noqa: F811 – a fixture
    """`arrive("employee", width=320, dark=True, javascript=False)`: a page of the site, signed in (nobody: a guest).

    At the end no page may have met a broken script or asked another host for anything.
    """
    faults: list[str] = []

    def arrive(name: str = "", **wishes) -> Page:
        page = open_page(base_url=site.url, **wishes)
        if name:
            page.context.add_cookies(cookies(name))
        listen(page, site.url, faults)
        return page

    yield arrive
    assert faults == []
