"""The page of notices."""

from dataclasses import dataclass

from flask import Blueprint, g, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from forum.entries import queries as entries
from forum.entries.addresses import address_of
from forum.entries.models import Entry
from forum.extensions import db
from forum.notifications import letters, queries
from forum.notifications.models import Notice
from forum.notifications.wording import sentence
from forum.web import redirects
from forum.web.access import access, members, wants_json
from forum.web.paging import paginate

bp = Blueprint("notifications", __name__)
blueprints = (bp,)
letters.register()


@dataclass(frozen=True, slots=True)
class Told:
    """A notice in words. `entry` is None where there is none or the reader may not see it."""

    notice: Notice
    words: str
    entry: Entry | None
    url: str

    @property
    def reason(self) -> str:
        """Why a moderator took the step, where the thing itself may still be seen."""
        return self.notice.event.reason or "" if self.entry or self.notice.event.entry_id is None else ""


@bp.get("/notifications")
@access(members)
def index() -> str:
    """What one was told, the last first; opening the page marks nothing."""
    page = paginate(db.session(), queries.newest(g.actor.id), (Notice.id,), request.args.get("page"))
    found = entries.by_ids(db.session(), g.actor, (notice.event.entry_id for notice in page.items))
    return render_template("notifications/index.html", page=page, rows=[_told(notice, found) for notice in page.items])


def _told(notice: Notice, found: dict[int, Entry]) -> Told:
    event = notice.event
    entry = found.get(event.entry_id) if event.entry_id is not None else None
    if entry is not None and entry.root_id is not None and entry.root is None:
        entry = None
    return Told(notice, sentence(event, entry, notice.person_id), entry, address_of(entry) if entry else "")


@bp.post("/notifications/reading")
@access(members)
def read_all() -> Response:
    """Mark all as read."""
    return _read(queries.mark_read(db.session(), g.actor.id))


@bp.post("/notifications/<int:id>/reading")
@access(members)
def read(id: int) -> Response:
    """Mark one as read; somebody else's is left alone."""
    return _read(queries.mark_read(db.session(), g.actor.id, id))


def _read(count: int) -> Response:
    return jsonify(read=count) if wants_json() else redirect(redirects.back(url_for("notifications.index")), 303)
