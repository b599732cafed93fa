"""The figures as tables. `!` marks what misses its bar, `?` what misses it by the clock but not by CPU; ratios are of the same rounds."""

import statistics
from collections.abc import Callable

from bench.search.speed import PEERS, Column, Sized

# Milliseconds, p95.
BARS = {
    "1 term": 15, "1 term, 3 facets": 15, "1 term, 3 facets, 20 highlights": 15,
    "2–3 terms": 15, "2–3 terms, 3 facets": 15, "2–3 terms, 3 facets, 20 highlights": 15,
    "8 terms": 25, "8 terms, 3 facets": 25, "8 terms, 3 facets, 20 highlights": 25,
    "8 terms, cold": 60, "8 terms, 3 facets, 20 highlights, cold": 60,
    **{f"{mix}, 3 facets, 20 highlights, again": bar for mix, bar in (("1 term", 15), ("2–3 terms", 15), ("8 terms", 25))},
    "misspelt word": 15, "spelling alone": 1, "completion": 1,
}  # fmt: skip
MEGA = 1024 * 1024
NAME, CELL = 44, 25

Fact = tuple[str, Callable[[Column], float | None], float | None]
FACTS: list[Fact] = [
    ("documents", lambda one: one.facts["documents"], None),
    ("rebuild, s", lambda one: one.facts["seconds"], 150),
    ("  of CPU, s", lambda one: one.facts["cpu"], None),
    ("  without reading and analysing, s", lambda one: one.facts.get("alone"), None),
    ("  documents a second", lambda one: one.facts["documents"] / one.facts["seconds"], None),
    ("  most memory meanwhile, MB", lambda one: one.facts["peak"], 1024),
    ("index on disk, MB", lambda one: one.facts["bytes"] / MEGA, None),
    ("memory of a process before any question, MB", lambda one: one.facts["idle"], None),
    ("  after questions of each kind, no pages", lambda one: one.facts.get("searched"), 250),
    ("  at the end, pages and all", lambda one: one.facts["rss"], 250),
    ("  of it mapped files", lambda one: one.facts["files"], None),
    ("first question of a process, ms", lambda one: one.facts["first"], None),
]


def percentile(column: Column, case: str, share: float, what: str = "clock") -> float | None:
    """The median over rounds of each round's percentile (cold: of all rounds at once, they are small); None where there is no such case."""
    if not column.rounds or case not in column.rounds[0]:
        return None
    times = [one[case][what] for one in column.rounds]
    if case.endswith("cold"):
        times = [[each for one in times for each in one]]
    ranked = map(sorted, times)
    return statistics.median(some[min(int(share * len(some)), len(some) - 1)] for some in ranked)


def tables(sizes: list[Sized]) -> str:
    """All there is to say."""
    parts = [_head(), *map(_size, sizes)]
    if len(sizes) > 1:
        parts.append(_growth(sizes))
    return "\n\n".join(parts)


def _head() -> str:
    return (
        "Search: p50 / p95 in ms by the clock (median of rounds; in brackets p95 of CPU). The site's engines answer with the total,\n"
        "the counts of all facets, and the first 50 ranked anew; the peers with the ids of the best 20, over the same search terms of\n"
        "the same documents, joined by OR. Each round asks other questions, of processes that have been asked many; «again» is the\n"
        "same once more. Cold: a new process for each question, that has opened all and been asked one thing, unrelated; files still\n"
        "in the system's memory.\n"
        "! misses its bar; ? misses it by the clock, but not by CPU: the machine was busy with other things."
    )


def _size(sized: Sized) -> str:
    name = f"{sized.practices:,}".replace(",", " ")
    missing = sized.missing
    titles = [*(one.name for one in sized.columns), *missing]
    head = f"{f'== {name} practices ==':<{NAME}}" + "".join(f"{title:>{CELL}}" for title in titles) + f"{'bar':>8}"
    lines = [head + "   × FTS5  × tantivy", "-" * len(head)]
    for label, value, bar in FACTS:
        cells = [_fact(value(one), bar if one.name not in PEERS else None) for one in sized.columns]
        lines.append(_line(label, cells, missing, bar))
    lines.append("")
    for case in _cases(sized):
        cells = [_times(one, case) for one in sized.columns]
        lines.append(_line(case, cells, missing, BARS.get(case)) + _ratios(sized, case))
    return "\n".join([*lines, "", *_notes(sized)])


def _line(label: str, cells: list[str], missing: dict[str, str], bar: float | None) -> str:
    every = [*cells, *("not available" for _ in missing)]
    return f"{label:<{NAME}}" + "".join(f"{cell:>{CELL}}" for cell in every) + f"{f'≤ {bar:g}' if bar else '':>8}"


def _cases(sized: Sized) -> list[str]:
    return list(dict.fromkeys(case for one in sized.columns for case in (one.rounds[0] if one.rounds else ())))


def _fact(value: float | None, bar: float | None) -> str:
    if value is None:
        return "–"
    shown = f"{value:,.0f}".replace(",", " ") if value >= 100 else f"{value:.1f}"
    return shown + _mark(value, bar)


def _times(column: Column, case: str) -> str:
    middle, most, worked = percentile(column, case, 0.5), percentile(column, case, 0.95), percentile(column, case, 0.95, "cpu")
    if middle is None or most is None:
        return "–"
    bar = BARS.get(case) if column.name not in PEERS else None
    mark = _mark(most, bar)
    # PostgreSQL works in processes of its own: our CPU says nothing of it.
    if mark == "!" and column.name == "whoosh" and worked is not None and bar is not None and worked <= bar:
        mark = "?"
    return f"{middle:.2f} / {most:.2f} ({worked:.2f}){mark}"


def _mark(value: float, bar: float | None) -> str:
    return "!" if bar is not None and value > bar else " "


def _ratios(sized: Sized, case: str) -> str:
    """How many times a peer's p50 the first of the site's engines takes."""
    columns = {one.name: one for one in sized.columns}
    own = sized.columns[0]
    shown = ""
    for peer in PEERS:
        mine, theirs = percentile(own, case, 0.5), percentile(columns[peer], case, 0.5)
        shown += f"{mine / theirs:>9.2f}" if mine is not None and theirs else f"{'–':>9}"
    return shown


def _notes(sized: Sized) -> list[str]:
    counted = {one.name: int(one.facts["documents"]) for one in sized.columns}
    same = [all(value == some[0] for value in some) for some in zip(*(one.totals for one in sized.columns), strict=True)]
    asked = ", ".join(f"{number} of {kind}" for kind, number in sized.asked.items())
    matched = statistics.median(sized.columns[0].totals) / max(counted.values()) if sized.columns[0].totals else 0
    notes = [
        f"Documents: {'the same number in all' if len(set(counted.values())) == 1 else f'DIFFERENT: {counted}'}. Questions: {asked}.",
        f"All engines find the same number of documents in {sum(same)} of {len(same)} questions compared; half of them match {matched:.0%} "
        "of the documents or more.",
        f"Load of the machine: {sized.load[0]:.1f} before, {sized.load[1]:.1f} after.",
    ]
    return notes + [f"{name}: {reason}" for name, reason in sized.missing.items()]


def _growth(sizes: list[Sized]) -> str:
    first, last = sizes[0], sizes[-1]
    title = f"== growth of p50, {last.practices / first.practices:g} × the practices =="
    head = f"{title:<{NAME}}" + "".join(f"{one.name:>{CELL}}" for one in last.columns)
    lines = [head, "-" * len(head)]
    before = {one.name: one for one in first.columns}
    for case in _cases(last):
        cells = []
        for column in last.columns:
            small, large = percentile(before[column.name], case, 0.5), percentile(column, case, 0.5)
            cells.append(f"× {large / small:.1f}" if small and large else "–")
        lines.append(f"{case:<{NAME}}" + "".join(f"{cell:>{CELL}}" for cell in cells))
    return "\n".join(lines)
