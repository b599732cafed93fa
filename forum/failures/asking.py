"""What the address of the list asks for: for its page, and for the files of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn
from urllib.parse import urlencode

from flask import abort, redirect, request, url_for

from forum.failures import lists
from forum.failures.lists import Wish
from forum.places import reader
from forum.places.towns import Town
from forum.practices.reference import Reference, known_obstacles, reference
from forum.practices.views.listing import ask


@dataclass(frozen=True, slots=True)
class Asked:
    """The wish, the town whose like is looked for, and what there is to choose from."""

    wish: Wish
    town: Town | None
    known: Reference
    obstacles: Mapping[str, Any]

    @property
    def ids(self) -> dict[str, int]:
        """The numbers of the obstacles, by their code."""
        return {code: row.id for code, row in self.obstacles.items()}

    @property
    def query(self) -> str:
        """What an address of the same list elsewhere must say."""
        return urlencode(list(self.wish.pairs()))


def choose_town() -> NoReturn:
    """Who has no town yet chooses one, and comes back."""
    abort(redirect(url_for("places.town", next=request.full_path)))


def asked(without_town: Callable[[], NoReturn] = choose_town) -> Asked:
    """Read from the address; what nobody knows is left out. `without_town`: what to do where their own is wanted and none is known."""
    known, obstacles = ask(reference), ask(known_obstacles)
    near, town = _town(without_town)
    choices = {"obstacle": obstacles, "region": known.regions, "nomination": known.nominations}
    return Asked(lists.parse(request.args, choices, near, town), town, known, obstacles)


def _town(without_town: Callable[[], NoReturn]) -> tuple[str, Town | None]:
    """The town whose like is looked for, as the address names it."""
    said = request.args.get("near", "")
    town = reader.meant(said) if said else None
    if town is None and said == reader.MINE:
        without_town()
    return said, town
