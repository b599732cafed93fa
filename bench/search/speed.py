"""How fast search is at each size, beside its peers: every engine in a process of its own, all in turns, round by round."""

import os
import sys
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.search.engines import MAKERS, Engine
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
    """All columns of one size; `load` is that of the machine at the beginning and at the end, `asked` how many
    questions there were, `missing` why an engine is not there."""

    practices: int
    columns: list[Column]
    asked: dict[str, int]
    missing: dict[str, str]
    load: tuple[float, float]


def measure(practices: int, names: list[str], rounds: int, keep: Path | None) -> Sized:
    """Make what is to be asked, index it, ask."""
    before, missing = os.getloadavg()[0], {}
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(TemporaryDirectory(prefix="bench-search-")))
        engines = []
        for name in names:
            say(practices, f"{name}: the instance")
            try:
                engines.append(stack.enter_context(MAKERS[name](practices, keep or scratch)))
            except Exception as error:  # a machine without PostgreSQL still has the other
                missing[name] = repr(error)
        say(practices, "drawing questions, writing search terms for the peers")
        questions, lines = scratch / "questions.json", scratch / "lines.tsv"
        asked = run("bench.search.feeding", "draw", str(questions), str(rounds), **engines[0].environment)
        text = run("bench.search.feeding", "tokens", str(lines), **engines[0].environment)
        columns = [_index(practices, one, rounds) for one in engines]
        columns += [_build(practices, name, lines, scratch / name, text) for name in PEERS]
        lines.unlink()
        starting: list[Started] = [(kind, (str(questions),), one.environment) for one in engines for kind in ("site", "cold")]
        starting += [(name, (str(questions), str(scratch / name)), {}) for name in PEERS]
        _ask(practices, columns, starting, rounds)
    return Sized(
        practices,
        columns,
        {kind: int(asked[kind]) for kind in asked if kind not in ("whole", "cpu", "peak")},
        missing,
        (before, os.getloadavg()[0]),
    )


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
    middle = sorted(runs, key=lambda one: one["whole"])[len(runs) // 2]
    facts = {
        "documents": documents,
        "seconds": middle["whole"],
        "cpu": middle["cpu"],
        "peak": max(one["peak"] for one in runs),
        "bytes": engine.on_disk(),
    }
    return Column(engine.name, facts=facts)


def _build(practices: int, name: str, lines: Path, folder: Path, text: dict[str, float]) -> Column:
    """A peer's index; `seconds` with what reading the database and analysing took, as they do for the site's engines."""
    say(practices, f"{name}: index")
    folder.mkdir()
    built = run("bench.search.building", name, str(lines), str(folder))
    facts = {key: built[key] for key in ("documents", "peak", "bytes")}
    return Column(
        name, facts={**facts, "seconds": built["whole"] + text["whole"], "cpu": built["cpu"] + text["cpu"], "alone": built["seconds"]}
    )


def _ask(practices: int, columns: list[Column], starting: list[Started], rounds: int) -> None:
    """Of the site's engines two processes each, warm and cold; of the peers one."""
    owners = [column for column in columns for _ in range(1 if column.name in PEERS else 2)]
    with ExitStack() as stack:
        parts: list[Part] = []
        for column, (kind, words, more) in zip(owners, starting, strict=True):
            say(practices, f"{column.name}: first questions of processes, and growing warm")
            column.facts |= _first(kind, words, more) if kind != "cold" else {}
            parts.append(stack.enter_context(Part(kind, *words, **more)))
            if kind != "cold":
                column.facts |= {"idle": parts[-1].ask("memory")["rss"], **parts[-1].ask("warm")}
                column.totals = parts[-1].ask("totals")
        for number in range(rounds):
            for column, part in zip(owners, parts, strict=True):
                say(practices, f"{column.name}: round {number + 1} of {rounds}")
                if len(column.rounds) <= number:
                    column.rounds.append({})
                column.rounds[number] |= part.ask("round")
        for column, (kind, _, _), part in zip(owners, starting, parts, strict=True):
            column.facts |= part.ask("memory") if kind != "cold" else {}


def _first(kind: str, words: tuple[str, ...], more: dict[str, str]) -> dict[str, float]:
    """The very first question, at best of some processes."""
    took = []
    for _ in range(FIRSTS):
        with Part(kind, *words, **more) as part:
            took.append(part.ask("first")["first"])
    return {"first": min(took)}
