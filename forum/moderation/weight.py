"""How much a case weighs: what stands first in the queue."""

from collections.abc import Iterable
from datetime import timedelta

PER_REPORT = 10
FIRST_POST = 4
SOLID = timedelta(hours=12)


def credit(upheld: int, declined: int) -> float:
    """How far a reporter is believed, between 0 and 1: the share of their reports that were right.

    One right and one wrong report are added (Laplace's rule of succession), so that a first report counts one half
    and few decisions do not decide everything.
    """
    return (upheld + 1) / (upheld + declined + 2)


def weight(credits: Iterable[float], waits: timedelta, first_post: bool = False) -> float:
    """Ten points for each open report times the credit of who made it, four for a first post, one for each half day of waiting.

    Age has no upper bound: whatever waits comes to the head of the queue in the end.
    """
    return PER_REPORT * sum(credits) + (FIRST_POST if first_post else 0) + max(0.0, waits / SOLID)
