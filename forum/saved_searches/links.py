"""Addresses that say all by themselves: of a search's results, of turning its letters off, of bringing it back."""

from typing import Any, NamedTuple
from urllib.parse import urlencode

from flask import current_app, url_for
from itsdangerous import BadData, URLSafeSerializer

from forum.saved_searches.models import SavedSearch, Wanted
from forum.search.labels import TITLES
from forum.search.query import FIELDS

LONGEST = 1_500  # characters of an address that mail programs and servers take without a question


def _signer(purpose: str) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=f"saved-searches.{purpose}")


def asked(search: SavedSearch | Wanted) -> list[tuple[str, str]]:
    """A search as a form sends it. Filters that have no place in the address are typed in the box, as people do."""
    typed = [_typed(name, value) for name, values in search.filters.items() if name not in TITLES for value in values]
    chosen = [(name, value) for name, values in search.filters.items() if name in TITLES for value in values]
    return [("q", " ".join([search.text, *typed]).strip()), *chosen]


def _typed(name: str, value: str) -> str:
    russian = next((word for word, facet in FIELDS.items() if facet == name and not word.isascii()), name)
    return f'{russian}:"{value}"' if '"' not in value else f"{russian}:«{value}»"


def results(search: SavedSearch | Wanted) -> str:
    """Where a search is asked anew."""
    return f"{url_for('search.index')}?{urlencode([(name, value) for name, value in asked(search) if value])}"


def public(endpoint: str, **values: Any) -> str:
    """The whole address of a page, in a request as well as in the worker."""
    return str(current_app.config["PUBLIC_URL"]).rstrip("/") + current_app.url_map.bind("").build(endpoint, values)


def letters_off(search: SavedSearch) -> str:
    """Turns the letters of one search off, for who reads them; for as long as the search is kept."""
    return public("saved_searches.letters", token=_signer("letters").dumps([search.id, search.key]))


def read_letters_off(token: str) -> tuple[int, str] | None:
    """Number and key of the search; None where the link is not ours."""
    read = _read("letters", token)
    return (int(read[0]), str(read[1])) if read is not None else None


def removed(search: SavedSearch) -> str | None:
    """What was removed, to be brought back with one press; None where it is too much for an address."""
    token = str(_signer("removed").dumps([search.person_id, search.text, search.filters, search.mail]))
    return token if len(token) <= LONGEST else None


class Gone(NamedTuple):
    """A search that was removed, and whether it had letters."""

    wanted: Wanted
    mail: bool


def read_removed(token: str, person_id: int | None) -> Gone | None:
    """What a person removed; None where the link is not theirs."""
    read = _read("removed", token)
    if read is None or read[0] != person_id:
        return None
    return Gone(Wanted(str(read[1]), dict(read[2])), bool(read[3]))


def _read(purpose: str, token: str) -> list[Any] | None:
    try:
        found: list[Any] = _signer(purpose).loads(token)
    except BadData:
        return None
    return found
