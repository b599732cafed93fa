"""How much somebody may write, by level. Each figure is on the page about trust."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from forum.core.level import Level

TEN_MINUTES, HOUR, DAY = timedelta(minutes=10), timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Window:
    """So many within a period."""

    times: int
    period: timedelta


# By what is written and by whom. The longest period is a day: what is counted is kept no longer.
QUOTAS: dict[str, dict[Level, Sequence[Window]]] = {
    "comment": {
        Level.NEWCOMER: (Window(8, TEN_MINUTES), Window(20, HOUR), Window(50, DAY)),
        Level.KNOWN: (Window(20, TEN_MINUTES), Window(60, HOUR), Window(200, DAY)),
        Level.TRUSTED: (Window(40, TEN_MINUTES), Window(120, HOUR), Window(500, DAY)),
    },
    "practice": {
        Level.NEWCOMER: (Window(3, HOUR), Window(5, DAY)),
        Level.KNOWN: (Window(6, HOUR), Window(15, DAY)),
        Level.TRUSTED: (Window(30, HOUR), Window(100, DAY)),
    },
    "adoption": {
        Level.NEWCOMER: (Window(3, HOUR), Window(5, DAY)),
        Level.KNOWN: (Window(10, HOUR), Window(20, DAY)),
        Level.TRUSTED: (Window(30, HOUR), Window(100, DAY)),
    },
    "request": {
        Level.NEWCOMER: (Window(2, HOUR), Window(3, DAY)),
        Level.KNOWN: (Window(5, HOUR), Window(10, DAY)),
        Level.TRUSTED: (Window(15, HOUR), Window(40, DAY)),
    },
    "report": {
        Level.NEWCOMER: (Window(5, HOUR), Window(10, DAY)),
        Level.KNOWN: (Window(10, HOUR), Window(30, DAY)),
        Level.TRUSTED: (Window(30, HOUR), Window(100, DAY)),
    },
}
# More than so many within a minute is a flood: the next one waits for a moderator.
BURST = {Level.NEWCOMER: 3, Level.KNOWN: 5, Level.TRUSTED: 15}
BURST_PERIOD = timedelta(minutes=1)
# Links out of the site in one text; None: as many as the text bears.
LINKS: dict[str, dict[Level, int | None]] = {
    "comment": {Level.NEWCOMER: 2, Level.KNOWN: 10, Level.TRUSTED: None},
    "practice": {Level.NEWCOMER: 8, Level.KNOWN: 30, Level.TRUSTED: None},
    "adoption": {Level.NEWCOMER: 8, Level.KNOWN: 30, Level.TRUSTED: None},
    "request": {Level.NEWCOMER: 2, Level.KNOWN: 10, Level.TRUSTED: None},
}
# People told that one text mentions them; further mentions are links and no more.
MENTIONS = {Level.NEWCOMER: 3, Level.KNOWN: 10, Level.TRUSTED: 10}
