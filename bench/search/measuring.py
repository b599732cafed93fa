"""Times of questions and memory of processes, in the process that answers."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.search.questions import Question

Ask = Callable[[Question], Any]
Times = dict[str, list[float]]  # milliseconds by the clock and of CPU, one for each question


@dataclass(frozen=True)
class Case:
    """One kind of question and how it is put. `before` each one: what a cold case does to forget, untimed."""

    name: str
    ask: Ask
    questions: Sequence[Question]
    before: Callable[[], None] | None = None

    def warm(self) -> None:
        """Ask everything once; cold cases stay cold."""
        if self.before is None:
            for question in self.questions:
                self.ask(question)

    def round(self) -> Times:
        """Ask everything once and take the times."""
        times: Times = {"clock": [], "cpu": []}
        for question in self.questions:
            if self.before is not None:
                self.before()
            began, worked = time.perf_counter(), time.process_time()
            self.ask(question)
            times["clock"].append((time.perf_counter() - began) * 1000)
            times["cpu"].append((time.process_time() - worked) * 1000)
        return times


def memory(pid: int | str = "self") -> dict[str, float]:
    """Megabytes a process holds: all of it, and the part that lies in mapped files and is shared with others."""
    fields = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines() if ":" in line)
    held = {name: int(fields[name].split()[0]) / 1024 for name in ("VmRSS", "RssFile") if name in fields}
    return {"rss": held.get("VmRSS", 0.0), "files": held.get("RssFile", 0.0)}


def on_disk(path: Path) -> int:
    """Bytes of a file, or of all files below a folder."""
    return path.stat().st_size if path.is_file() else sum(each.stat().st_size for each in path.rglob("*") if each.is_file())
