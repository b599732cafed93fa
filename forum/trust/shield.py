"""A coarse shield against volumes nobody types: limits by person and by address, through Flask-Limiter.

What really guards is counted in the database (`forum.trust.quotas`, `forum.accounts.throttle`); this keeps floods away from it.
A town hall sits behind one address, so limits by address are wide. Views are named by their endpoints.
"""

from collections.abc import Callable

from flask import g, request

from forum.accounts.throttle import address
from forum.extensions import limiter
from forum.web.transaction import SAFE

Guard = Callable[[], None]


def person() -> str:
    """Who acts; guests by their address, on a counter apart from the address's own."""
    return f"person:{g.actor.id}" if g.actor.id is not None else f"guest:{address()}"


# What is limited: by person, by address.
VOLUMES: dict[str, tuple[str, str]] = {
    "sign_in": ("60 per 5 minutes", "300 per 5 minutes"),
    "join": ("60 per hour", "120 per hour"),
    "invite": ("30 per hour", "300 per hour"),
    "comment": ("60 per minute", "600 per minute"),
    "practice": ("120 per minute", "1200 per minute"),
    "vote": ("120 per minute", "3000 per minute"),
    "report": ("30 per minute", "300 per minute"),
    # An honest program that asks one question after the other stays below.
    "search": ("1500 per 10 seconds", "1500 per 10 seconds"),
    "complete": ("1500 per 10 seconds", "3000 per 10 seconds"),
    "package": ("20 per minute", "120 per minute"),
    # Thousands of rows each.
    "rows": ("20 per minute", "60 per minute"),
}


def _guard(name: str) -> Guard:
    """Counts one request. Flask-Limiter knows a guard by its name, so that each has counters of its own."""

    def guard() -> None:
        pass

    guard.__qualname__ = f"guard_{name}"
    by_address = limiter.limit(lambda: VOLUMES[name][1], key_func=address)(guard)
    by_both: Guard = limiter.limit(lambda: VOLUMES[name][0], key_func=person)(by_address)
    return by_both


GUARDS = {name: _guard(name) for name in VOLUMES}
# By endpoint.
READING: dict[str, str] = {
    "search.index": "search",
    "api.search": "search",
    "search.completions": "complete",
    "practices.near": "complete",
    "practices.package": "package",
    "follows.completions": "complete",
    "open_data.practices": "rows",
    "open_data.adoptions": "rows",
    "open_data.requests": "rows",
    "open_data.found": "rows",
    "open_data.rows": "rows",
}
WRITING: dict[str, str] = {
    "accounts.authenticate": "sign_in",
    "accounts.check_second_step": "sign_in",
    "accounts.join": "join",
    "accounts.join_invited": "join",
    "accounts.send_reset": "join",
    "accounts.invite": "invite",
    "comments.create": "comment",
    "comments.edit": "comment",
    "api.comment": "comment",
    "practices.create": "practice",
    "practices.update": "practice",
    "practices.publication": "practice",
    "practices.begin": "practice",
    "api.create": "practice",
    "api.change": "practice",
    "votes.cast": "vote",
    "api.vote": "vote",
    "moderation.report": "report",
}


def stand() -> None:
    """Before a view: raises RateLimitExceeded where there is too much of it."""
    name = (READING if request.method in SAFE else WRITING).get(request.endpoint or "")
    if name is not None:
        GUARDS[name]()
