"""The figures as a table."""

from bench.measure import Case

GROWTH = 1.25
COMMENT_MS = 13
GROWING = ("list", "practice", "sign in", "vote")

Result = tuple[str, list[Case], list[Case]]


def table(results: list[Result]) -> str:
    """CPU per request and times the floor with one SELECT, a column for each size; `!` marks what misses its bar."""
    head = f"{'CPU ms per request (× floor with one SELECT)':<44}" + "".join(f"{name:>22}" for name, _, _ in results) + "   growth     bar"
    lines = [head, "-" * len(head)]
    for row in range(len(results[0][1])):
        lines.append(_row([floors[row] for _, floors, _ in results], [floors[1] for _, floors, _ in results]))
    for row in range(len(results[0][2])):
        lines.append(_row([cases[row] for _, _, cases in results], [floors[1] for _, floors, _ in results]))
    lines += ["", "By the clock, p50 of the whole request, ms:"]
    for row, case in enumerate(results[0][2]):
        if case.wall:
            lines.append(_clock([cases[row] for _, _, cases in results]))
    return "\n".join(lines)


def _row(cases: list[Case], floors: list[Case]) -> str:
    times = [case.median / floor.median if case.wall else case.times_floor(floor) for case, floor in zip(cases, floors, strict=True)]
    cells = "".join(f"{case.median:>13.2f} ({ratio:>5.2f})" for case, ratio in zip(cases, times, strict=True))
    bar = cases[0].bar
    missed = bar is not None and max(times) > bar
    growth = cases[-1].median / cases[0].median if len(cases) > 1 and not cases[0].name.startswith("floor") else None
    grown = growth is not None and growth > GROWTH and cases[0].name.startswith(GROWING)
    shown = f"{growth:>8.2f}{'!' if grown else ' '}" if growth is not None else " " * 9
    return f"{cases[0].name:<44}{cells}{shown}{f'≤ {bar:g}' if bar else '':>8}{' !' if missed else ''}"


def _clock(cases: list[Case]) -> str:
    cells = "".join(f"{case.p50:>22.1f}" for case in cases)
    is_comment = cases[0].name == "post a comment"
    bar = f"{f'≤ {COMMENT_MS}':>17}{' !' if max(case.p50 for case in cases) > COMMENT_MS else ''}" if is_comment else ""
    return f"{cases[0].name:<44}{cells}{bar}"
