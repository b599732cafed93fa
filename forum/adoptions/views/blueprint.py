"""The one blueprint of the feature's pages, and how its views find their adoption."""

from dataclasses import dataclass
from functools import cached_property

from flask import Blueprint, flash, g
from flask_babel import gettext as _

from forum.adoptions import policy, queries
from forum.adoptions.models import Adoption, AdoptionNote
from forum.entries.models import State
from forum.extensions import db
from forum.trust.views.holding import held_words
from forum.web.access import require
from forum.web.lookup import find_or_404

bp = Blueprint("adoptions", __name__)

# A number that every database takes: greater ones are no address of ours.
ID = "int(max=2147483647)"


@dataclass
class Case:
    """An adoption before somebody: what they may do to it."""

    adoption: Adoption

    @cached_property
    def keepers(self) -> list[int]:
        """The ids of those who keep it."""
        return queries.keepers_of(db.session(), self.adoption.id)

    @property
    def keeps(self) -> bool:
        return policy.can_keep(g.actor, self.adoption, self.keepers)

    @property
    def joins(self) -> bool:
        return policy.can_join(g.actor, self.adoption, self.keepers)

    @property
    def judges(self) -> bool:
        return policy.can_judge(g.actor, self.adoption, self.adoption.practice, self.keepers)


def find(id: int, *, writing: bool = False) -> Case:
    """The adoption, where the reader may see it; else 404."""
    return Case(find_or_404((queries.for_writing if writing else queries.by_id)(id, g.actor)))


def kept(id: int, *, writing: bool = False) -> Adoption:
    """The same for who keeps it; else 403."""
    case = find(id, writing=writing)
    require(case.keeps)
    return case.adoption


def note_of(adoption: Adoption, id: int) -> AdoptionNote | None:
    """A note of its timeline that its keepers may change; None where there is none, 403 where it is somebody else's word."""
    note = db.session.scalar(queries.note_of(adoption.id, id))
    require(note is None or note.is_keepers)
    return note


def say_saved(adoption: Adoption, saved: str, held: str = "") -> None:
    """Tell who has just written to an adoption that it waits now, and why; or, where it does not, what was `saved`."""
    if adoption.state == State.WAITING:
        flash(held_words(adoption, held or _("Запись ушла на проверку.")), "info")
    else:
        flash(saved, "good")
