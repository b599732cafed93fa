"""Why an entry waits, for its author and for moderators."""

from collections.abc import Iterable

from flask import g, render_template
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from forum.entries.addresses import address_of
from forum.entries.models import Entry, State
from forum.entries.policy import can_moderate, visible_to
from forum.extensions import db
from forum.trust import holds, wording
from forum.trust.models import Hold
from forum.trust.views.blueprint import bp
from forum.web.access import access, members, require
from forum.web.lookup import find_or_404


@bp.get("/entries/<int:id>/hold")
@access(members)
def hold(id: int) -> str:
    """Why an entry waits, and what comes of it."""
    waiting = select(Entry).where(Entry.id == id, visible_to(g.actor), Entry.state == State.WAITING)
    entry = find_or_404(waiting.options(selectinload(Entry.root)))
    require(entry.author_id == g.actor.id or can_moderate(g.actor, entry))
    return render_template("trust/hold.html", entry=entry, address=address_of(entry), why=why_held(entry))


@bp.app_template_global("why_held")
def why_held(entry: Entry) -> list[str]:
    """The reasons why an entry waits, as its author reads them; empty where it is just that its author is new."""
    return [wording.for_author(one) for one in holds.of(db.session(), [entry.id]).get(entry.id, [])]


def held_words(entry: Entry, said: str) -> str:
    """What to tell who has just sent an entry that waits now: `said`, and why."""
    return " ".join([said, *(why_held(entry) or [_("Так бывает с первыми записями.")])])


@bp.app_template_global("why_each_held")
def why_each_held(entries: Iterable[Entry]) -> dict[int, list[str]]:
    """The same for the entries of a list, in one query."""
    found = holds.of(db.session(), [entry.id for entry in entries])
    return {id: [wording.for_author(one) for one in some] for id, some in found.items()}


@bp.app_template_global("why_to_moderate")
def why_to_moderate(entry: Entry) -> list[str]:
    """The reasons why an entry waits, as moderators read them."""
    return [wording.for_moderator(one) for one in holds.of(db.session(), [entry.id]).get(entry.id, [])]


@bp.app_template_global("hold_words")
def hold_words(hold: Hold) -> str:
    """A reason as moderators read it."""
    return wording.for_moderator(hold)
