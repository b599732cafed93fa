"""The application: Flask's own, without what it does again and again for nothing here."""

from collections.abc import Callable
from typing import Any

from flask import Flask, has_request_context, request

MOST, LONGEST = 4_096, 100  # addresses kept; characters of a value in one


class Application(Flask):
    """Flask that knows that no view of ours is a coroutine, and remembers the addresses it has built."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        # All templates stay loaded, in a plain mapping: to know the oldest, Jinja's own looks through its whole list at each use.
        self.jinja_options = {**self.jinja_options, "cache_size": -1}
        self._addresses: dict[tuple[Any, ...], str] = {}

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function itself; Flask asks two dozen times a request."""
        return func

    def url_for(self, /, endpoint: str, **values: Any) -> str:
        """As Flask's. A page asks a dozen times for a path that depends on nothing but this."""
        if not has_request_context() or not all(map(_plain, values, values.values())) or endpoint.startswith("."):
            return super().url_for(endpoint, **values)
        asked: Any = request._get_current_object()  # type: ignore[attr-defined]
        key = (asked.method, asked.script_root, endpoint, *values.items())
        found = self._addresses.get(key)
        if found is None:
            found = super().url_for(endpoint, **values)
            if len(self._addresses) >= MOST:
                self._addresses.clear()
            self._addresses[key] = found
        return found


def _plain(name: str, value: Any) -> bool:
    """Nothing that means something to Flask, and nothing that is equal to what is written in another way (1 and True)."""
    return not name.startswith("_") and (type(value) is int or (type(value) is str and len(value) <= LONGEST))
