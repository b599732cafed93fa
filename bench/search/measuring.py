"""Times of questions and memory of processes, in the process that answers."""

import json
import math
import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.search.questions import Question

Ask = Callable[[Question], Any]
Took = tuple[float, float]  # milliseconds by the clock and of CPU
Times = dict[str, list[float]]

FAILED: Took = (math.inf, math.inf)
PATIENCE = 3  # questions of a round that may fail before the rest is not asked
ENOUGH, LEAST = 4.0, 10  # seconds of a case in a round after which no more is asked, but so many questions always


def here(ask: Ask, question: Question) -> Took:
    """Ask in this process; a question that fails takes for ever."""
    began, worked = time.perf_counter(), time.process_time()
    try:
        ask(question)
    except Exception as error:
        print(f"«{question.text}» failed: {error!r}"[:300], file=sys.stderr)
        return FAILED
    return (time.perf_counter() - began) * 1000, (time.process_time() - worked) * 1000


def in_a_fork(ask: Ask, question: Question, first: Callable[[], Any]) -> Took:
    """Ask in a process of its own that knows no more than we do, and does `first` before, untimed."""
    reading, writing = os.pipe()
    pid = os.fork()
    if not pid:
        try:
            first()
            os.write(writing, json.dumps(here(ask, question)).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        said = pipe.read()
    os.waitpid(pid, 0)
    if not said:
        raise RuntimeError(f"no answer to «{question.text}»")
    clock, cpu = json.loads(said)
    return clock, cpu


@dataclass(frozen=True)
class Case:
    """One kind of question and how it is put. Each round asks other questions: `slices` has those of each, one to grow warm first."""

    name: str
    ask: Ask
    slices: Sequence[Sequence[Question]]
    take: Callable[[Ask, Question], Took] = here

    def warm(self) -> None:
        """Ask what is not measured."""
        if self.take is here:
            began = time.monotonic()
            for asked, question in enumerate(self.slices[0]):
                if here(self.ask, question) == FAILED or _is_enough(began, asked):
                    return

    def round(self, number: int) -> Times:
        """The times of the questions of this round, counted from 1; a slow engine is asked fewer."""
        took: list[Took] = []
        began = time.monotonic()
        for question in self.slices[number]:
            if _is_enough(began, len(took)):
                break
            given_up = len(took) >= PATIENCE and all(one == FAILED for one in took[:PATIENCE])
            took.append(FAILED if given_up else self.take(self.ask, question))
        return {"clock": [one[0] for one in took], "cpu": [one[1] for one in took]}


def _is_enough(began: float, asked: int) -> bool:
    return asked >= LEAST and time.monotonic() - began > ENOUGH


def memory(pid: int | str = "self") -> dict[str, float]:
    """Megabytes a process holds: all of it, and the part that lies in mapped files and is shared with others."""
    fields = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines() if ":" in line)
    held = {name: int(fields[name].split()[0]) / 1024 for name in ("VmRSS", "RssFile") if name in fields}
    return {"rss": held.get("VmRSS", 0.0), "files": held.get("RssFile", 0.0)}


def on_disk(path: Path) -> int:
    """Bytes of a file, or of all files below a folder."""
    return path.stat().st_size if path.is_file() else sum(each.stat().st_size for each in path.rglob("*") if each.is_file())
