"""The page of one case: the entry, what is held against it, what was done before, and all that can be done."""

from flask import g, render_template
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from forum.accounts.models import Person
from forum.core.events import Event
from forum.entries.models import Entry
from forum.entries.policy import can_moderate
from forum.extensions import db
from forum.moderation import claims, queries, wording
from forum.moderation.views.acting import sight
from forum.moderation.views.blueprint import bp
from forum.places.models import Municipality
from forum.web.access import access, moderators, require
from forum.web.lookup import find_or_404

STEPS = 30


@bp.get("/entries/<int:id>/moderation")
@access(moderators)
def case(id: int) -> str:
    """All that a moderator needs to decide on an entry."""
    who = joinedload(Entry.author).joinedload(Person.municipality).joinedload(Municipality.region)
    entry = find_or_404(queries.visible_entry(id, g.actor).options(who))
    require(can_moderate(g.actor, entry))
    session = db.session()
    happened = session.scalars(
        select(Event).where(Event.entry_id == id, Event.kind.in_(wording.STEPS)).order_by(Event.id.desc()).limit(STEPS)
    ).all()
    return render_template(
        "moderation/case.html",
        entry=entry,
        reports=queries.open_reports(session, [id]),
        taken=claims.taken(session, [id]),
        sights={id: sight(entry)},
        happened=happened,
    )


@bp.app_template_global("moderation_sight")
def sight_of(entry: Entry) -> str:
    """What a page of another feature shows of an entry, for the moderators' forms on it."""
    return sight(entry)
