"""Which questions of a reader a card answers already: advice to its author, no condition for anything.

A question is answered when any of its fields holds something. The rule is so plain on purpose: the script beside the form counts by the
same names, which the page hands over to it, while the author types.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """One question; `fields` are names of the form, `*` stands for the number of a row; `place` is the id of what to fill in."""

    name: str
    fields: tuple[str, ...]
    place: str
    required: bool = False
    status: str = ""  # asked only of practices of that status


def _required(name: str) -> Question:
    return Question(name, (name,), name, True)


QUESTIONS = (
    _required("title"),
    _required("summary"),
    _required("municipality"),
    _required("nomination"),
    _required("problem"),
    _required("solution"),
    _required("results"),
    Question("started", ("started",), "started"),
    Question("steps", ("steps-*-what",), "steps"),
    Question("resources", ("resources-*-what",), "resources"),
    Question("costs", tuple(f"costs-{source}" for source in ("local", "regional", "federal", "extra")), "costs-local"),
    Question("indicators", ("indicators-*-after",), "indicators"),
    Question("lessons", ("lessons",), "lessons"),
    Question("obstacles", ("obstacles",), "obstacles", status="failed"),
    Question("would_help", ("would_help",), "would_help", status="failed"),
    Question("replication", ("replication",), "replication"),
    Question("photos", ("attachments-*-alt",), "files"),
    Question("contact", ("contact",), "contact"),
)


@dataclass(frozen=True, slots=True)
class Readiness:
    """How far a card has come: the questions it leaves open, in the order of the form, of `total` that it is asked."""

    open: tuple[Question, ...]
    total: int

    @property
    def answered(self) -> int:
        """How many questions have an answer."""
        return self.total - len(self.open)


def readiness(fields: Mapping[str, Sequence[str]]) -> Readiness:
    """Judge the fields of a form as they were typed, valid or not."""
    filled = [name for name, values in fields.items() if any(str(value).strip() for value in values)]
    asked = [question for question in QUESTIONS if question.status in ("", *fields.get("status", ()))]
    return Readiness(tuple(question for question in asked if not _answered(question, filled)), len(asked))


def _answered(question: Question, filled: Sequence[str]) -> bool:
    patterns = [re.escape(field).replace(r"\*", r"\d+") for field in question.fields]
    return any(re.fullmatch(pattern, name) for pattern in patterns for name in filled)
