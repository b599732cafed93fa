"""How fast search is at each size, beside its peers: every engine in a process of its own, all in turns, round by round."""

import os
import sys
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.search.engines import Engine, available
from bench.search.measuring import Times
from bench.search.processes import Part, run

PEERS = ("fts5", "tantivy")
FIRSTS = 3  # processes whose very first question is timed
SMALL = 10_000  # practices up to which a rebuild is repeated

Started = tuple[str, tuple[str, ...], dict[str, str]]  # a kind, its words and its environment, see `processes.Part`


@dataclass
class Column:
    """What one engine did at one size: rounds of times by case, and single figures."""

    name: str
    rounds: list[dict[str, Times]] = field(default_factory=list)
    facts: dict[str, float] = field(default_factory=dict)
    totals: list[int] = field(default_factory=list)


@dataclass
class Sized:
    """All columns of one size; `load` is that of the machine at the beginning and at the end, `asked` how many questions."""

    practices: int
    columns: list[Column]
    asked: dict[str, int]
    load: tuple[float, float]


def measure(practices: int, names: list[str], rounds: int, keep: Path | None) -> Sized:
    """Make what is to be asked, index it, ask."""
    before = os.getloadavg()[0]
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(TemporaryDirectory(prefix="bench-search-")))
        engines = [stack.enter_context(available(name)(practices, keep or scratch)) for name in names]
        source = next((one for one in engines if one.name == "whoosh"), engines[0])
        say(practices, "drawing questions, writing search terms for the peers")
        questions, lines = scratch / "questions.json", scratch / "lines.tsv"
        asked = run("bench.search.feeding", "draw", str(questions), **source.environment)
        text = run("bench.search.feeding", "tokens", str(lines), **source.environment)
        columns = [_index(practices, one, rounds) for one in engines]
        columns += [_build(practices, name, lines, scratch / name, text["seconds"]) for name in PEERS]
        lines.unlink()
        parts: list[Started] = [("site", (str(questions),), one.environment) for one in engines]
        parts += [(name, (str(questions), str(scratch / name)), {}) for name in PEERS]
        _ask(practices, columns, parts, rounds)
    counted = {name: int(number) for name, number in asked.items() if name not in ("whole", "peak")}
    return Sized(practices, columns, counted, (before, os.getloadavg()[0]))


def say(practices: int, what: str) -> None:
    """What is going on, for who waits."""
    print(f"{practices:,}".replace(",", " ") + f": {what}", file=sys.stderr, flush=True)


def _index(practices: int, engine: Engine, rounds: int) -> Column:
    """Rebuild by the site's own command, as often as is bearable."""
    runs = []
    for number in range(rounds if practices <= SMALL else 1):
        say(practices, f"{engine.name}: rebuild {number + 1}")
        runs.append(run("flask", "search", "rebuild", **engine.environment))
    documents = run("bench.search.feeding", "count", "-", **engine.environment)["documents"]
    seconds = sorted(one["whole"] for one in runs)[len(runs) // 2]
    facts = {"documents": documents, "seconds": seconds, "peak": max(one["peak"] for one in runs), "bytes": engine.on_disk()}
    return Column(engine.name, facts=facts)


def _build(practices: int, name: str, lines: Path, folder: Path, reading: float) -> Column:
    """A peer's index; `seconds` with what reading the database and analysing took, as they do for the site's engines."""
    say(practices, f"{name}: index")
    folder.mkdir()
    built = run("bench.search.building", name, str(lines), str(folder))
    facts = {key: built[key] for key in ("documents", "peak", "bytes")}
    return Column(name, facts={**facts, "seconds": built["seconds"] + reading, "alone": built["seconds"]})


def _ask(practices: int, columns: list[Column], parts: list[Started], rounds: int) -> None:
    for column, (kind, words, more) in zip(columns, parts, strict=True):
        for _ in range(FIRSTS):
            with Part(kind, *words, **more) as part:
                column.facts["first"] = min(part.ask("first")["first"], column.facts.get("first", float("inf")))
    with ExitStack() as stack:
        started = [stack.enter_context(Part(kind, *words, **more)) for kind, words, more in parts]
        for column, part in zip(columns, started, strict=True):
            say(practices, f"{column.name}: every question once")
            column.facts["idle"] = part.ask("memory")["rss"]
            held: dict[str, Any] = part.ask("warm")
            column.facts |= {"rss": held["rss"], "files": held["files"]}
            column.totals = part.ask("totals")
        for number in range(rounds):
            for column, part in zip(columns, started, strict=True):
                say(practices, f"{column.name}: round {number + 1} of {rounds}")
                column.rounds.append(part.ask("round"))
