"""How a request stands."""

from enum import StrEnum


class Outcome(StrEnum):
    """Open, or how it was closed."""

    OPEN = "open"
    ADOPTED = "adopted"  # its town has begun to carry out a practice
    HELPED = "helped"  # its author said what helped
    UNANSWERED = "unanswered"  # its time was up, and nobody said anything
