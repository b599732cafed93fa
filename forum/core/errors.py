"""What the domain says when a rule forbids something."""

from typing import Any


class Refused(Exception):
    """A rule of the domain forbids the step; `code` names the rule, the web layer has the words.

    `field` names the form field the refusal belongs to, where there is one.
    """

    def __init__(self, code: str, *, field: str | None = None, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.params = params


class Forbidden(Exception):
    """The actor may see the thing but may not do this to it."""


class Conflict(Exception):
    """Somebody else changed the thing since the actor opened it."""
