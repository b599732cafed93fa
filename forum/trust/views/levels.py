"""What trust is, for everybody; and where one stands, for oneself."""

from dataclasses import dataclass

from flask import render_template

from forum.accounts.models import PROBATION_POSTS, Person
from forum.core.clock import now
from forum.core.level import Level
from forum.extensions import db
from forum.trust import facts, levels, wording
from forum.trust.views.blueprint import bp
from forum.web.access import access, everyone


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody stands: the level's name, what it allows, the next one's name and what it still asks (none: it is the last)."""

    name: object
    allows: object
    next: object
    needs: list[str]


@bp.get("/trust")
@access(everyone, cache=True)
def about() -> str:
    """The levels: what each allows, how one comes to it, how one loses it."""
    figures = {"approved": PROBATION_POSTS, "days": levels.DAYS, "posts": levels.POSTS, "votes": levels.VOTES}
    return render_template(
        "trust/about.html", names=wording.NAMES, rows=wording.table(), memory=levels.MEMORY_DAYS, severe=levels.SEVERE, **figures
    )


@bp.app_template_global("standing_of")
def standing_of(person: Person) -> Standing:
    """Where a person stands, for themselves."""
    found = facts.of(db.session(), person, now())
    level = person.standing
    asked = levels.missing(found) if level is not Level.TRUSTED else ()
    above = None if level is Level.TRUSTED else wording.NAMES[Level(level + 1)]
    return Standing(wording.NAMES[level], wording.ALLOWS[level], above, [wording.need(what, number) for what, number in asked])
