"""A running site, its indexer, who writes and who reads: all processes of our own, stopped by their own ids."""

import json
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from bench.search.processes import environment
from bench.server import ROOT

PATIENCE = 600  # seconds: only what hangs is given up

Said = dict[str, Any]


class Child:
    """A process that is ended on leaving, whatever happened."""

    def __init__(self, *words: str, **more: str) -> None:
        command, pipe = [sys.executable, "-m", *words], subprocess.PIPE
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment(more), text=True, stdin=pipe, stdout=pipe)
        self.said: queue.Queue[Said] = queue.Queue()
        self.listening = threading.Thread(target=self._listen, daemon=True)
        self.listening.start()
        self.ours = words[0].startswith("bench.")  # ends with its input; others are asked by a signal

    def _listen(self) -> None:
        for line in self.process.stdout or ():
            if line.startswith("{"):
                self.said.put(json.loads(line))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.end()

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    def tell(self, word: str) -> None:
        """A line for its input."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{word}\n")
        self.process.stdin.flush()

    def kill(self) -> None:
        """As the system would when it runs out of memory."""
        self.process.kill()
        self.process.wait()

    def end(self) -> int:
        """Close its input and ask it to stop; its exit status."""
        if self.process.stdin is not None and not self.process.stdin.closed:
            self.process.stdin.close()
        if self.alive and not self.ours:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()

    def all_said(self) -> list[Said]:
        """What it has said since last asked."""
        said = []
        while not self.said.empty():
            said.append(self.said.get())
        return said

    def rest(self) -> list[Said]:
        """The last it said, once it has ended."""
        self.listening.join(PATIENCE)
        return self.all_said()


def writer(rate: float, together: int, shares: tuple[float, float, float], site: Mapping[str, str], seed: int = 1) -> Child:
    """Somebody who writes, ready but waiting for `go`."""
    child = Child("bench.search.writing", str(rate), str(together), str(seed), *map(str, shares), **site)
    child.said.get(timeout=PATIENCE)
    return child


def flask(*words: str, **more: str) -> Child:
    """A command of the site that goes on until it is ended or killed."""
    return Child("flask", *words, **more)


class Indexer(Child):
    """The site's indexer: the process that was started guards another one, which does the work."""

    def __init__(self, **more: str) -> None:
        super().__init__("flask", "search", "indexer", **more)

    def wait_for_child(self, seconds: float = PATIENCE) -> int:
        """The id of the process that does the work, once there is one."""
        pid, deadline = self.process.pid, time.monotonic() + seconds
        while self.alive and time.monotonic() < deadline:
            with suppress(OSError):
                for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
                    if Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()[0] != "Z":
                        return int(child)
            time.sleep(0.002)
        raise RuntimeError("the indexer does not work")


def finish(*words: str, **more: str) -> tuple[int, str]:
    """A command of the site that ends by itself: its exit status and what it said."""
    done = subprocess.run([sys.executable, "-m", "flask", *words], cwd=ROOT, env=environment(more), text=True, capture_output=True)
    return done.returncode, done.stdout + done.stderr
