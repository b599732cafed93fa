"""A bounded store of drawn things, the least used thrown out first; and parts of pages kept in one."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from secrets import token_hex
from threading import Lock
from typing import Generic, TypeVar

from flask import Flask, current_app, g
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from forum.core import stamps
from forum.extensions import db
from forum.web import once

Value = TypeVar("Value")

# Characters; most take two bytes, and the key often holds the words once more.
PARTS_LIMIT = 4 * 1024 * 1024
# Stands in kept parts where a reader's own token belongs. Nobody can write it into a text: no page ever shows it.
TOKEN = token_hex(16)
# The same for the key of a form (see `once`).
KEY = token_hex(16)


class Kept(Generic[Value]):
    """Values by key, as many as fit into `limit`. One a process; safe for threads."""

    def __init__(self, limit: int) -> None:
        self._values: OrderedDict[Hashable, tuple[Value, int]] = OrderedDict()
        self._lock = Lock()
        self._size = 0
        self._limit = limit

    def get(self, key: Hashable) -> Value | None:
        with self._lock:
            found = self._values.get(key)
            if found is None:
                return None
            self._values.move_to_end(key)
            return found[0]

    def put(self, key: Hashable, value: Value, size: int) -> None:
        """Keep a value; `size` is what it takes of the limit."""
        with self._lock:
            if key in self._values:
                return
            self._values[key] = (value, size)
            self._size += size
            while self._size > self._limit:
                self._size -= self._values.popitem(last=False)[1][1]


def part(key: tuple[Hashable, ...], draw: Callable[[], str], among: str = "parts") -> Markup:
    """A part of a page, drawn once. The key names the part and has all that it shows (or `pages_version()`) and its language.

    A part for members is drawn with `TOKEN`; `with_token` gives it to one of them. `among` names a store of a feature's own.
    """
    store: Kept[Markup] = current_app.extensions[among]
    drawn = store.get(key)
    if drawn is None:
        drawn = Markup(draw())
        store.put(key, drawn, len(drawn))
    return drawn


def is_kept(key: tuple[Hashable, ...]) -> bool:
    """Whether the part is there, so that what it shows need not be asked for."""
    store: Kept[Markup] = current_app.extensions["parts"]
    return store.get(key) is not None


def with_token(drawn: Markup) -> Markup:
    """A kept part with the reader's own token."""
    return Markup(str(drawn).replace(TOKEN, own_token()))


def own_token() -> str:
    """The reader's own token. Flask-WTF keeps it in `g` as well, but looks its settings up anew for each form of a page."""
    token: str = g.get("csrf_token") or generate_csrf()
    return token


def with_key(drawn: Markup) -> Markup:
    """A kept form with a key of its own."""
    return Markup(str(drawn).replace(KEY, once.new_key()))


def pages_version() -> int:
    """The version of all that guests can read, asked once a request, and before what is kept under it is read."""
    if "pages_version" not in g:
        g.pages_version = stamps.current(db.session())
    version: int = g.pages_version
    return version


def init_app(app: Flask) -> None:
    app.extensions["parts"] = Kept(PARTS_LIMIT)
    app.jinja_env.globals["csrf_token"] = own_token
    app.jinja_env.filters["with_token"] = with_token
    app.context_processor(lambda: {"csrf_token": own_token})  # after that of Flask-WTF, so in its place
