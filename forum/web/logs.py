"""What is logged, and how: one event a line, whatever a stranger put into it, and never the values of variables."""

import structlog


def init_app() -> None:
    """Set the log up for this process."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            # The default shows local variables beside a traceback: passwords, cookies and keys among them.
            # Strings are quoted, so that a line break in an address can't begin a line of its own.
            structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback, repr_native_str=True),
        ],
    )
