"""Starting what is measured, each in a process of its own, and what it needs of memory."""

import json
import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from bench.search.answering import ANSWER
from bench.search.measuring import memory
from bench.server import ROOT

LOOK_SECONDS = 0.05


def environment(more: Mapping[str, str]) -> dict[str, str]:
    """As `make serve` starts them, numpy with one thread; and no bars of progress between our lines."""
    return {**os.environ, "OPENBLAS_NUM_THREADS": "1", "HOST": "127.0.0.1", "FORUM_RATE_LIMITS": "off", "TQDM_DISABLE": "1", **more}


class Part:
    """A process of `bench.search.answering`."""

    def __init__(self, kind: str, *words: str, **more: str) -> None:
        command = [sys.executable, "-m", "bench.search.answering", kind, *words]
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment(more), text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self.process.stdin is not None:
            self.process.stdin.close()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def ask(self, command: str) -> Any:
        """Have a command done."""
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write(f"{command}\n")
        self.process.stdin.flush()
        # The site's log goes to the same stream.
        line = next((line for line in self.process.stdout if line.startswith(ANSWER)), "")
        if not line:
            raise RuntimeError(f"{' '.join(map(str, self.process.args))} ended at «{command}»")  # type: ignore[arg-type]
        return json.loads(line.removeprefix(ANSWER))


def run(*words: str, **more: str) -> dict[str, Any]:
    """Run one of our modules to its end: what it printed, the most memory it held as `peak` (MB), `whole` and `cpu` seconds."""
    began, before = time.perf_counter(), _children()
    process = subprocess.Popen([sys.executable, "-m", *words], cwd=ROOT, env=environment(more), text=True, stdout=subprocess.PIPE)
    peak = _Peak(process.pid)
    try:
        output, _ = process.communicate()
    except BaseException:
        process.kill()
        process.wait()
        raise
    finally:
        peak.stop.set()
    if process.returncode:
        raise RuntimeError(f"{' '.join(words)}: exit {process.returncode}")
    said = json.loads(output.splitlines()[-1]) if output.startswith("{") else {}
    return {**said, "whole": time.perf_counter() - began, "cpu": _children() - before, "peak": peak.megabytes}


def _children() -> float:
    """Seconds of CPU that processes we have waited for took."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class _Peak(threading.Thread):
    """Watches a process and all it starts; the most memory they held together."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.stop, self.megabytes = pid, threading.Event(), 0.0
        self.start()

    def run(self) -> None:
        while not self.stop.wait(LOOK_SECONDS):
            with suppress(OSError):
                self.megabytes = max(self.megabytes, sum(memory(pid)["rss"] for pid in family(self.pid)))


def family(pid: int) -> Iterator[int]:
    """A process and its descendants."""
    yield pid
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield from family(int(child))
