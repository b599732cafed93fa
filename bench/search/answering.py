"""A process that answers for one engine: `python -m bench.search.answering site|cold|fts5|tantivy QUESTIONS [FOLDER]`.

Each line of its input is a command, the answer to each a line of its output, as JSON.
"""

import importlib
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.search.measuring import Case, memory
from bench.search.questions import Questions, read

ANSWER = "answer: "  # before each of ours; other lines are the site's log
COMPARED = 20  # questions whose numbers of matching documents are compared


class Answering:
    """The commands."""

    def __init__(self, subject: Any, questions: Questions) -> None:
        self.subject, self.questions = subject, questions
        self.cases: list[Case] = list(subject.cases())
        self.rounds = 0

    def first(self) -> dict[str, float]:
        """Milliseconds of the very first question of a process: opening, morphology and all."""
        began = time.perf_counter()
        self.subject.search(self.questions["8 terms"][0])
        return {"first": (time.perf_counter() - began) * 1000}

    def memory(self) -> dict[str, float]:
        """What the process holds now."""
        return memory()

    def warm(self) -> dict[str, float]:
        """Ask what is not measured; what the process holds after the engine's cases, and after all."""
        if hasattr(self.subject, "settle"):
            self.subject.settle()
        for case in self.cases:
            if "/" in case.name:
                continue
            case.warm()
        engine = memory()
        for case in self.cases:
            if "/" in case.name:
                case.warm()
        return {"searched": engine["rss"], **memory()}

    def round(self) -> dict[str, Any]:
        """The times of the next round."""
        self.rounds += 1
        return {case.name: case.round(self.rounds) for case in self.cases}

    def totals(self) -> list[int]:
        """How many documents match, for questions of three sizes."""
        asked = [question for mix in ("1 term", "2–3 terms", "8 terms") for question in self.questions[mix][:COMPARED]]
        return [self.subject.total(question) for question in asked]


def main() -> None:
    """Open what is to be asked, then obey."""
    kind, questions = sys.argv[1], read(Path(sys.argv[2]))
    # Only what is measured is loaded: the peers' memory must not hold the site.
    if kind in ("site", "cold"):
        subject = importlib.import_module("bench.search.site").SUBJECTS[kind](questions)
    else:
        subject = importlib.import_module("bench.search.peers").PEERS[kind](Path(sys.argv[3]), questions)
        subject.open()
    answering = Answering(subject, questions)
    for line in sys.stdin:
        command: Callable[[], Any] = getattr(answering, line.strip())
        print(f"{ANSWER}{json.dumps(command())}", flush=True)


if __name__ == "__main__":
    main()
