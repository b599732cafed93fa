"""The whole site as `make serve` starts it – web, worker, indexer, demonstration – on a free port, and a browser before it."""

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import browser_type_launch_args, open_page  # noqa: F401 – fixtures of the journeys

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 120


@dataclass(frozen=True)
class Site:
    """A running site."""

    url: str
    instance: Path


def free_port() -> int:
    """A port nobody listens on at this moment."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


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
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demonstration, running; stopped by its own pid at the end."""
    instance = tmp_path_factory.mktemp("site")
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    own = {key: value for key, value in os.environ.items() if not key.startswith(("FORUM_", "COV_"))}
    variables = {
        **own,
        "PORT": str(port),
        "HOST": "127.0.0.1",
        "FORUM_INSTANCE": str(instance),
        "FORUM_PUBLIC_URL": url,
        "FORUM_RATE_LIMITS": "off",
    }
    with (instance / "output.log").open("wb") as log:
        process = subprocess.Popen([ROOT / "bin" / "serve"], cwd=ROOT, env=variables, stdout=log, stderr=log, start_new_session=True)
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
