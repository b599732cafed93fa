"""The supervisor with its own log on a disk that is full: it goes on watching, and leaves nobody behind."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT

FULL = Path("/dev/full")  # every write to it fails as one to a full disk does
# In the place of the site's processes: says a word, notes its number, waits.
CHILD = '#!/bin/sh\necho "a line for the log"\necho $$ >> "$FORUM_INSTANCE/started"\nexec sleep 300\n'
# The same with a fault of its own, at a signal.
FAILING = f"""
import runpy, signal
signal.signal(signal.SIGUSR1, lambda *_: 1 / 0)
runpy.run_path({str(ROOT / "bin/supervise")!r}, run_name="__main__")
"""

pytestmark = pytest.mark.skipif(not FULL.exists(), reason="/dev/full is Linux's")


def eventually(come: Callable[[], bool], seconds: float = 20) -> bool:
    end = time.monotonic() + seconds
    while not (there := come()) and time.monotonic() < end:
        time.sleep(0.02)
    return there


def alive(pid: int) -> bool:
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def started(folder: Path) -> list[int]:
    """The numbers of the processes that were started so far."""
    with suppress(OSError):
        return [int(line) for line in (folder / "started").read_text().split()]
    return []


@pytest.fixture
def supervise(tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """As bin/serve becomes it, over processes that do nothing; its log and its complaints go to a full disk."""
    shutil.copy(ROOT / "supervisord.conf", tmp_path)
    for name in ("gunicorn", "flask"):
        program = tmp_path / ".venv/bin" / name
        program.parent.mkdir(parents=True, exist_ok=True)
        program.write_text(CHILD)
        program.chmod(0o755)
    own = {"FORUM_INSTANCE": str(tmp_path), "SERVE_LOG": str(FULL), "SERVE_UID": str(os.getuid())}
    running: list[subprocess.Popen[bytes]] = []

    def start(*program: str) -> subprocess.Popen[bytes]:
        words = [sys.executable, *program, "-n", "-c", "supervisord.conf"]
        with FULL.open("wb") as full:
            running.append(subprocess.Popen(words, cwd=tmp_path, env=os.environ | own, stdout=full, stderr=full))
        assert eventually(lambda: len(started(tmp_path)) == 3)
        return running[-1]

    yield start
    for process in running:
        process.kill()
        process.wait()
    for pid in started(tmp_path):
        with suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)


def test_a_log_that_cannot_be_written_ends_nothing(supervise, tmp_path):
    supervisor = supervise(str(ROOT / "bin/supervise"))
    os.kill(started(tmp_path)[0], signal.SIGKILL)
    assert eventually(lambda: len(started(tmp_path)) == 4)
    assert supervisor.poll() is None
    supervisor.terminate()
    assert supervisor.wait(20) == 0
    assert not any(map(alive, started(tmp_path)))


def test_whatever_ends_the_supervisor_ends_what_it_started(supervise, tmp_path):
    supervisor = supervise("-c", FAILING)
    supervisor.send_signal(signal.SIGUSR1)
    assert supervisor.wait(20) != 0
    assert eventually(lambda: not any(map(alive, started(tmp_path))))
