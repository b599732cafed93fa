"""Whether the index survives: its writer is killed again and again while others write and search; in the end all must be there."""

import os
import statistics
import sys
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from bench.search.engines import MAKERS
from bench.search.freshness import CONF, Follower
from bench.search.killing import Killer
from bench.search.running import Child, Said, finish, writer
from bench.search.watching import megabytes, watch_over
from bench.server import Server

RATE = 30.0
SHARES = (0.35, 0.45, 0.2)
READERS = 2
PAUSE = 0.03
COMPARED = 200  # practices whose words are asked for in the end
PATIENCE = 600.0  # seconds, and
SECONDS_EACH = 8.0  # of a kill on the average: then it stops by itself
BAR = 2.0  # seconds
TOLD = 10  # kills from one word of progress to the next


@dataclass
class Outcome:
    """What there is to say of a run."""

    kills: Counter[str] = field(default_factory=Counter)
    changes: Counter[str] = field(default_factory=Counter)
    answers: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    lost: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    check: tuple[int, str] = (0, "")
    compared: int = 0
    lasted: float = 0.0
    recovered: list[float] = field(default_factory=list)  # seconds from a kill to the next commit
    left: list[Path] = field(default_factory=list)  # on disk, and used by nobody
    load: tuple[float, float] = (0.0, 0.0)

    @property
    def wrong_answers(self) -> int:
        """Answers to readers that were none."""
        return sum(number for answer, number in self.answers.items() if answer != "found")


def run(site: dict[str, str], kills: int, seed: int = 1, compared: int = COMPARED, pause: float = PAUSE, rate: float = RATE) -> Outcome:
    """Kill so often, then let one indexer finish and compare. `site` names an instance with an index, for our use alone.

    `compared` practices are asked for by their words in the end; readers wait `pause` seconds between two questions;
    `rate` changes a second are made.
    """
    outcome, began, load, watch = Outcome(), time.monotonic(), os.getloadavg()[0], watch_over(site)
    said: list[Said] = []
    with Server("wsgi:app", CONF, **site, FORUM_RATE_LIMITS="off", WEB_CONCURRENCY="2") as server:
        with ExitStack() as stack:
            writing = stack.enter_context(writer(rate, 1, SHARES, site, seed))
            readers = [stack.enter_context(Child("bench.search.reading", str(server.port), str(n), str(pause))) for n in range(READERS)]
            killer = stack.enter_context(Killer(site, watch, seed, lambda: writing.tell("pause"), lambda: writing.tell("go")))
            writing.tell("go")
            deadline = began + PATIENCE + kills * SECONDS_EACH
            while outcome.kills.total() < kills and time.monotonic() < deadline:
                outcome.kills[killer.kill()] += 1
                if outcome.kills.total() % TOLD == 0:
                    print(f"{outcome.kills.total()} of {kills} kills, {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
                said += writing.all_said()
            writing.end()
            said += writing.rest()
            outcome.recovered = killer.recovered
            _drain(site)
            for reader in readers:
                reader.end()
                _add(outcome, reader.rest())
        outcome.changes = Counter(str(one["did"]) for one in said)
        outcome.check = finish("search", "check", **site)
        _compare(outcome, said, Follower(server.port), Random(seed), compared)
    outcome.left = watch.left()
    outcome.lasted, outcome.load = time.monotonic() - began, (load, os.getloadavg()[0])
    return outcome


def _drain(site: dict[str, str]) -> None:
    status, output = finish("search", "drain", **site)
    if status:
        raise RuntimeError(output)


def _add(outcome: Outcome, said: list[Said]) -> None:
    for one in said:
        outcome.answers.update(one["answers"])
        outcome.slowest = max(outcome.slowest, one["slowest"])


def _compare(outcome: Outcome, said: list[Said], follower: Follower, chance: Random, limit: int) -> None:
    """What the check says, and what people who ask for the words of what was written find."""
    lines = outcome.check[1].splitlines()
    outcome.lost += [line for line in lines if line.startswith("missing")]
    outcome.stale += [line for line in lines if line.startswith(("extra", "stale"))]
    latest = {one["id"]: one for one in said if "id" in one}
    before = {one["id"]: one["before"] for one in said if one.get("before")}
    chosen = chance.sample(sorted(latest), min(limit, len(latest)))
    outcome.compared = len(chosen)
    for number in chosen:
        one = latest[number]
        found = number in follower.ask(one["word"])[0]
        if one["public"] and not found:
            outcome.lost.append(f"{number} is not found by «{one['word']}»")
        if found and not one["public"]:
            outcome.stale.append(f"{number} is hidden and found by «{one['word']}»")
        if number in before and number in follower.ask(before[number])[0]:
            outcome.stale.append(f"{number} is found by «{before[number]}», which it has no more")


def measure(kills: int, engine: str, practices: int = 1_000) -> str:
    """An instance of its own, the run, and the figures as text."""
    with TemporaryDirectory(prefix="bench-kills-") as scratch, MAKERS[engine](practices, Path(scratch)) as made:
        finish("search", "rebuild", **made.environment)
        return f"{engine}: {text(run(made.environment, kills), kills)}"


def text(outcome: Outcome, wanted: int) -> str:
    """The figures."""
    done = outcome.kills.total()
    mark = {True: " !", False: ""}
    lines = [
        f"Kills: {done} of {wanted} in {outcome.lasted:.0f} s, by what was half done: {_counted(outcome.kills)}{mark[done < wanted]}",
        f"  from a kill to the next commit: {_spread(outcome.recovered)}",
        f"  changes meanwhile: {_counted(outcome.changes)}",
        f"  answers to {READERS} readers: {_counted(outcome.answers)}{mark[outcome.wrong_answers > 0]}; slowest {outcome.slowest:.2f} s",
        f"  lost: {len(outcome.lost)}, stale: {len(outcome.stale)} (by the check, and by the words of {outcome.compared} practices)"
        f"{mark[bool(outcome.lost or outcome.stale)]}",
        *(f"    {line}" for line in [*outcome.lost, *outcome.stale][:20]),
        f"  flask search check: exit {outcome.check[0]}{mark[outcome.check[0] != 0]}",
        f"  left on disk by what was killed: {len(outcome.left)} folders, {megabytes(outcome.left):.1f} MB",
        f"  load of the machine: {outcome.load[0]:.1f} before, {outcome.load[1]:.1f} after",
    ]
    return "\n".join(lines)


def _counted(some: Counter[str]) -> str:
    return ", ".join(f"{what} {number}" for what, number in some.most_common()) or "none"


def _spread(seconds: list[float]) -> str:
    if not seconds:
        return "not looked at"
    ranked = sorted(seconds)
    most = ranked[min(int(0.95 * len(ranked)), len(ranked) - 1)]
    figures = f"p50 {statistics.median(ranked):.2f} s, p95 {most:.2f} s, at most {ranked[-1]:.2f} s, of {len(ranked)}"
    return f"{figures} (bar: p95 ≤ {BAR:g} s){' !' if most > BAR else ''}"
