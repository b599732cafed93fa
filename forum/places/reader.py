"""The reader's town: what they chose, else where they work."""

from typing import Any

from flask import current_app, g
from flask.blueprints import BlueprintSetupState

from forum.core.memo import Memo
from forum.extensions import db
from forum.places import queries
from forum.places.towns import Known, Town
from forum.web import town as chosen
from forum.web.kept import pages_version

MINE = "mine"


def remember(state: BlueprintSetupState) -> None:
    """Give the application a memory for what is known of all municipalities."""
    state.app.extensions["places_memo"] = Memo()


def profiles() -> Known:
    """Those that municipalities have, remembered while pages stay the same."""
    memo: Memo = current_app.extensions["places_memo"]
    return memo.ask(queries.profiles, db.session(), pages_version())


def town() -> Town | None:
    """The reader's own, where it is known and can be compared."""
    if "town" not in g:
        g.town = _town()
    found: Town | None = g.town
    return found


def _town() -> Town | None:
    number = chosen.wanted()
    found = town_of(number) if number is not None else None
    return found or (as_town(g.person.municipality) if g.person is not None and g.person.municipality else None)


def town_of(number: int) -> Town | None:
    """That of a municipality's number."""
    row = queries.town(db.session(), number)
    return as_town(row) if row is not None else None


def as_town(place: Any) -> Town | None:
    """A municipality (or a row of `queries.town`) as a town to be near to, where it can be compared."""
    known = profiles()
    own = known.get(place.profile or "")
    return Town(place.id, place.name, place.name_en, own, known) if own else None


def meant(said: str) -> Town | None:
    """The town an address names: the reader's own (`mine`), or a municipality by its number."""
    if said == MINE:
        return town()
    return town_of(int(said)) if said.isascii() and said.isdecimal() and len(said) < 10 else None
