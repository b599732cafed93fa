"""How the log reads: a line an event; tracebacks without the values of variables, which are people's data and take seconds to print."""

import structlog


def configure() -> None:
    """The same lines wherever they are written: web, worker, indexer, commands."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
        ]
    )
