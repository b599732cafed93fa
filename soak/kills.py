"""`kill -9` of web, worker and indexer while four people write: what was acknowledged is there, whole, and the index agrees."""

import os
import signal
import statistics
import sys
import threading
import time
from collections import Counter
from contextlib import suppress
from random import Random

from soak.report import Line, bar
from soak.site import Member, Site, children_of, until

WRITERS = 4
READY_BAR, INDEX_BAR = 10.0, 30.0  # seconds
AIMS = ("web", "a web process", "worker", "indexer", "a web process", "web")
TOLD = 10


class Writer(threading.Thread):
    """Comments without a pause; whatever was answered with 303 is acknowledged."""

    def __init__(self, member: Member, practice: int, number: int, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self.member, self.practice, self.number, self.stop = member, practice, number, stop
        self.acknowledged: list[str] = []
        self.answers: Counter[str] = Counter()

    def run(self) -> None:
        count = 0
        while not self.stop.is_set():
            # Long, so that half of one would be seen.
            body = f"Писатель {self.number}, слово {count}. " + "Слова о деле. " * 120 + f"Конец {self.number}-{count}"
            count += 1
            try:
                status = self.member.send(f"/entries/{self.practice}/comments", body=body)
            except OSError:
                self.answers["no answer"] += 1
                time.sleep(0.05)
                continue
            self.answers[str(status)] += 1
            if status == 303:
                self.acknowledged.append(body)
            elif status != 503:
                time.sleep(0.05)


def run(site: Site, kills: int, seed: int = 1) -> list[Line]:
    """Kill so often, then compare."""
    chance, stop = Random(seed), threading.Event()
    practice = int(site.rows("SELECT max(id) FROM practices WHERE listed_at IS NOT NULL")[0][0])
    writers = [Writer(member, practice, number, stop) for number, member in enumerate(site.members(WRITERS))]
    for writer in writers:
        writer.start()
    taken: list[float] = []
    never = 0
    killed: Counter[str] = Counter()
    for number in range(kills):
        time.sleep(chance.uniform(0.1, 1.5))
        aim = AIMS[number % len(AIMS)] if number < len(AIMS) else chance.choice(AIMS)
        killed[aim] += _kill(site, aim, chance)
        back = until(site.ready, 60)
        never += back is None
        taken += [back] if back is not None else []
        if (number + 1) % TOLD == 0:
            print(f"{number + 1} of {kills} kills", file=sys.stderr, flush=True)
    stop.set()
    for writer in writers:
        writer.join(90)
    return [*_told(site, writers, killed), *_ready(taken, never), *_index(site)]


def _kill(site: Site, aim: str, chance: Random) -> int:
    processes = site.processes()
    pid = processes.get("web" if aim == "a web process" else aim)
    if pid is None:
        return 0
    if aim == "a web process":
        pid = chance.choice(list(children_of(pid)) or [pid])
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    # The master's processes end by themselves once they see that it is gone.
    until(lambda: not os.path.exists(f"/proc/{pid}"), 5)
    return 1


def _told(site: Site, writers: list[Writer], killed: Counter[str]) -> list[Line]:
    there = Counter(body for (body,) in site.rows("SELECT body FROM comments WHERE body LIKE 'Писатель %'"))
    acknowledged = [body for writer in writers for body in writer.acknowledged]
    answers = sum((writer.answers for writer in writers), Counter[str]())
    lost = sum(body not in there for body in acknowledged)
    twice = sum(number > 1 for number in there.values())
    torn = sum("Конец " not in body for body in there)
    halves = site.rows(
        "SELECT count(*) FROM entries LEFT JOIN comments ON comments.id = entries.id WHERE kind = 'comment' AND comments.id IS NULL"
    )
    silent = site.rows(
        "SELECT count(*) FROM comments WHERE body LIKE 'Писатель %' "
        "AND NOT EXISTS (SELECT 1 FROM events WHERE events.entry_id = comments.id AND events.kind = 'comment.published')"
    )
    broken = site.rows("PRAGMA integrity_check(1)")[0][0]
    wrong = sum(number for status, number in answers.items() if status.isdigit() and status not in ("303", "503"))
    return [
        bar("kills", "as many as asked", ", ".join(f"{aim} {n}" for aim, n in killed.items()), sum(killed.values()) > 0),
        bar("acknowledged comments lost", "0", f"{lost} of {len(acknowledged)}", lost == 0 and bool(acknowledged)),
        bar("torn or half-written", "0", torn + halves[0][0] + silent[0][0], not (torn or halves[0][0] or silent[0][0])),
        bar("written twice", "0", twice, twice == 0),
        bar("answers that are neither taken nor “later”", "0", f"{wrong} ({dict(answers)})", wrong == 0),
        bar("integrity of the database", "ok", broken, broken == "ok"),
    ]


def _ready(taken: list[float], never: int) -> list[Line]:
    worst = max(taken, default=0.0)
    found = f"p50 {statistics.median(taken):.1f} s, at most {worst:.1f} s" if taken else "never"
    return [bar("ready again after a kill", f"< {READY_BAR:.0f} s", found, not never and worst < READY_BAR)]


def _index(site: Site) -> list[Line]:
    """The check waits for what is queued; it must agree in time."""
    said = ""

    def agrees() -> bool:
        nonlocal said
        status, said = site.command("search", "check")
        return status == 0 and "wait for the indexer" not in said

    came = until(agrees, INDEX_BAR)
    found = f"{came:.1f} s" if came is not None else " ".join(said.split())[-80:]
    return [bar("index and database agree", f"within {INDEX_BAR:.0f} s", found, came is not None)]
