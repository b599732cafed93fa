"""A web process that is told to stop: those who wait at its door are let in first, then the door is shut, then it leaves.

gunicorn stops accepting and goes on listening until its last request is answered: whoever knocks meanwhile is taken by the system,
waits, and is thrown out when the process ends.
"""

from contextlib import suppress
from typing import Any


def prepare(worker: Any) -> None:
    """Have a worker of gunicorn (of threads) leave so."""
    accepting = worker.set_accept_enabled

    def set_accept_enabled(enabled: bool) -> None:
        accepting(enabled)
        # Without its master it leaves too, and another master wants the door.
        if not enabled and not (worker.alive and worker.is_parent_alive()):
            for listener in worker.sockets:
                _let_in(worker, listener)
                listener.close()

    worker.set_accept_enabled = set_accept_enabled


def _let_in(worker: Any, listener: Any) -> None:
    """Accept until nobody waits; `accept` itself says nothing of whether somebody did."""
    with suppress(OSError):
        before = -1
        while worker.nr_conns != before:
            before = worker.nr_conns
            worker.accept(listener)
