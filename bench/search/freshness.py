"""How soon a change is found on a running site, while a hundred are made each second."""

import json
import os
import statistics
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote

from bench.search.engines import MAKERS
from bench.search.running import Child, Indexer, Said, finish, flask, writer
from bench.server import Server
from bench.visitor import Visitor

CONF = "gunicorn.conf.py"
SHARES = (0.35, 0.55, 0.1)  # published, edited, hidden or shown again
TOGETHER = 4  # changes in one transaction: one alone costs the writer more than the site
FOLLOWED = 8  # changes waited for at once, with one question
POLL = 0.03
GIVE_UP = 30.0
BAR = 1.0


@dataclass
class Followed:
    """What came of the changes that were followed."""

    waits: dict[str, list[float]] = field(default_factory=lambda: {"published": [], "edited": []})
    never: list[int] = field(default_factory=list)
    old_words: list[int] = field(default_factory=list)  # edited, and found by the words they had before
    seen_hidden: list[int] = field(default_factory=list)  # found after they were hidden
    counted_hidden: int = 0  # the same, only counted
    hidden: int = 0
    changes: int = 0
    refused: int = 0  # transactions that waited for the database in vain
    asked: int = 0


class Follower:
    """Asks the API for the words of the newest changes until it has them."""

    def __init__(self, port: int) -> None:
        self.visitor, self.result = Visitor(port), Followed()
        self.pending: dict[int, Said] = {}
        self.latest: dict[int, Said] = {}
        self.seen: dict[int, float] = {}  # hidden and found, when the answer was there

    def ask(self, words: str) -> tuple[set[int], int]:
        """Ids that the API finds, and the number it tells."""
        self.result.asked += 1
        answer: Any = json.loads(self.visitor.get(f"/api/v1/search?limit=100&q={quote(words)}").body)
        return {item["id"] for item in answer["items"]}, answer["total"]

    def hear(self, said: list[Said]) -> None:
        """Note what was done; follow a few of the newest; see to it that what was hidden is gone at once."""
        self.result.refused += sum(one["did"] == "refused" for one in said)
        said = [one for one in said if "id" in one]
        for one in said:
            self.latest[one["id"]] = one
            self.pending.pop(one["id"], None)  # overtaken: its words may be gone again
            if one["did"] == "restored" and one["began"] < self.seen.get(one["id"], 0.0):
                del self.seen[one["id"]]  # it may have been shown again before the answer
        self.result.changes += len(said)
        for one in reversed(said):
            if one["did"] in self.result.waits and len(self.pending) < FOLLOWED and self.latest[one["id"]] is one and one["public"]:
                self.pending[one["id"]] = one
        hidden = [one for one in said if one["did"] == "hidden" and self.latest[one["id"]] is one]
        for one in hidden[-1:]:
            found, total = self.ask(one["word"])
            self.result.hidden += 1
            if one["id"] in found:
                self.seen[one["id"]] = time.monotonic()
            self.result.counted_hidden += total > 0 and not found

    def look(self) -> None:
        """One question for all that are followed."""
        if not self.pending:
            return
        found, _ = self.ask(" ".join(one["word"] for one in self.pending.values()))
        moment = time.monotonic()
        for number in [number for number in self.pending if number in found]:
            one = self.pending.pop(number)
            self.result.waits[one["did"]].append(moment - one["at"])
            if one["before"]:
                self.result.old_words += [number] if number in self.ask(one["before"])[0] else []
        for number, one in [*self.pending.items()]:
            if moment - one["at"] > GIVE_UP:
                self.result.never.append(self.pending.pop(number)["id"])


def measure(rate: float, seconds: float, engine: str, practices: int = 1_000) -> str:
    """Run the site, change it, follow; the figures as text."""
    with TemporaryDirectory(prefix="bench-freshness-") as scratch, ExitStack() as stack:
        site = stack.enter_context(MAKERS[engine](practices, Path(scratch))).environment
        finish("search", "rebuild", **site)
        server = stack.enter_context(Server("wsgi:app", CONF, **site, FORUM_RATE_LIMITS="off", WEB_CONCURRENCY="2"))
        stack.enter_context(Indexer(**site)).wait_for_child()
        stack.enter_context(flask("worker", **site))
        writing = stack.enter_context(writer(rate, TOGETHER, SHARES, site))
        began, load = time.monotonic(), os.getloadavg()[0]
        result = _follow(writing, Follower(server.port), seconds)
        lasted = time.monotonic() - began
        writing.end()
        finish("search", "drain", **site)
        checked = finish("search", "check", **site)
    return f"{engine}: {text(result, lasted, checked, (load, os.getloadavg()[0]))}"


def _follow(writing: Child, follower: Follower, seconds: float) -> Followed:
    deadline = time.monotonic() + seconds
    writing.tell("go")
    while time.monotonic() < deadline:
        follower.hear(writing.all_said())
        follower.look()
        time.sleep(POLL)
    writing.tell("pause")
    while follower.pending and time.monotonic() < deadline + GIVE_UP:
        follower.hear(writing.all_said())  # what was said before the pause may have overtaken what is waited for
        follower.look()
        time.sleep(POLL)
    follower.hear(writing.all_said())
    follower.result.seen_hidden = [*follower.seen]
    return follower.result


def text(result: Followed, lasted: float, checked: tuple[int, str], load: tuple[float, float]) -> str:
    """The figures."""
    rate = result.changes / lasted
    done = f"{result.changes} changes in {lasted:.0f} s ({rate:.0f} a second)"
    lines = [f"Freshness: {done}, {TOGETHER} in a transaction ({result.refused} in vain); {result.asked} questions asked."]
    for did, waits in result.waits.items():
        ranked = sorted(waits) or [float("nan")]
        most = ranked[min(int(0.95 * len(ranked)), len(ranked) - 1)]
        figures = f"p50 {statistics.median(ranked):.2f} s, p95 {most:.2f} s, at most {ranked[-1]:.2f} s"
        lines.append(
            f"  {did}: {figures} from commit to being found, of {len(waits)} followed (bar: p95 ≤ {BAR:g} s){' !' if most > BAR else ''}"
        )
    lines += [
        f"  never found within {GIVE_UP:g} s: {len(result.never)}{' !' if result.never else ''}",
        f"  edited and found by their old words: {len(result.old_words)}{' !' if result.old_words else ''}",
        f"  hidden and shown to who asked at once: {len(result.seen_hidden)} of {result.hidden}{' !' if result.seen_hidden else ''}",
        f"  hidden, not shown, but still counted: {result.counted_hidden}",
        f"  flask search check afterwards: exit {checked[0]}, {checked[1].strip().splitlines()[-1] if checked[1].strip() else ''}",
        f"  load of the machine: {load[0]:.1f} before, {load[1]:.1f} after",
    ]
    return "\n".join(lines)
