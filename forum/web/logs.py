"""What is logged, and how: one event a line, whatever a stranger put into it, and never the values of variables."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import structlog

# The default shows local variables beside a traceback: passwords, cookies and keys among them.
# Strings are quoted, so that a line break in an address can't begin a line of its own.
_LINES = (structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback, repr_native_str=True),)
_JSON = (structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False))
FORMS: dict[str, Sequence[Any]] = {"lines": _LINES, "json": _JSON}


class Printer(structlog.PrintLogger):
    """Prints as ever; but a log that can't be written (a full disk, a reader gone) is no reason to refuse somebody's request."""

    def msg(self, message: str) -> None:
        """Print a line, or let it go."""
        with suppress(OSError, ValueError):
            super().msg(message)

    log = debug = info = warn = warning = error = critical = exception = fatal = failure = err = msg


def init_app(form: str) -> None:
    """Set the log up for this process, in one of `FORMS`."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            *FORMS[form],
        ],
        logger_factory=lambda *_: Printer(),
    )
