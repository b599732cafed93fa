"""How a practice stands."""

from enum import StrEnum


class Status(StrEnum):
    """How far the practice itself has come."""

    PILOT = "pilot"
    IMPLEMENTED = "implemented"
    SCALING = "scaling"
    FINISHED = "finished"
    FAILED = "failed"
