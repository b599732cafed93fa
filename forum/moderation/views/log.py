"""The public log: what moderators did and why, by role and never by name; moderators see names, and undo."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.wrappers import Response
from wtforms import SelectChoice

from forum.core.actor import GUEST
from forum.core.errors import Refused
from forum.entries.models import Entry
from forum.entries.policy import visible_to
from forum.extensions import db
from forum.moderation import log as chained
from forum.moderation import undoing, wording
from forum.moderation.chain import LogRow
from forum.moderation.forms import LogFilter, StepForm
from forum.moderation.reasons import Act
from forum.moderation.views.blueprint import bp
from forum.places.queries import regions
from forum.web import redirects
from forum.web.access import access, everyone, moderators, require
from forum.web.language import named
from forum.web.lookup import find_or_404
from forum.web.paging import Page, paginate

Answer = Response | str | tuple[str, int]


@bp.get("/moderation/log")
@access(everyone, cache=True)
def log() -> Answer:
    """Steps, the last first; `kind`, `region`, `since` and `until` narrow them."""
    form, places = LogFilter(request.args), {region.code: named(region) for region in db.session.scalars(regions())}
    found = [SelectChoice(code, name) for code, name in sorted(places.items(), key=lambda one: one[1])]
    form.region.choices = [SelectChoice("", _("Все регионы")), *found]
    valid = form.validate()
    kind = "moderation." + (form.kind.data or "")
    kind, region = kind if kind in wording.STEPS else "", form.region.data if form.region.data in places else ""
    since, until = (_start(form.since.data), _start(form.until.data, timedelta(days=1))) if valid else (None, None)
    page = paginate(db.session(), chained.rows(kind, region, since, until), [LogRow.sequence], request.args.get("page"), size=50)
    text = render_template("moderation/log.html", page=page, form=form, places=places, words=wording, **_around(page))
    return text if valid else (text, 422)


def _start(day: Any, later: timedelta = timedelta(0)) -> datetime | None:
    """The moment when a day begins in the site's zone."""
    return datetime.combine(day + later, time(), ZoneInfo(current_app.config["TIMEZONE"])) if day else None


def _around(page: Page[LogRow]) -> dict[str, Any]:
    """What the rows speak of. Only what everybody may read is linked; the rest is named by its kind alone."""
    session, said = db.session(), {row.sequence: row.said for row in page.items}
    ids = [one["entry_id"] for one in said.values() if one["entry_id"]]
    kinds = {row.id: row.kind for row in session.execute(select(Entry.id, Entry.kind).where(Entry.id.in_(ids)))}
    shown = set(session.scalars(select(Entry.id).where(Entry.id.in_(ids), visible_to(GUEST))))
    around = {"said": said, "kinds": kinds, "shown": shown, "names": {}, "undoable": set()}
    if g.actor.is_moderator:
        undone = chained.undone(session, [row.event_id for row in page.items])
        around["undoable"] = {row.event_id for row in page.items if row.event_id not in undone and chained.can_undo(g.actor, row)}
        around["names"] = chained.names(session, [one[who] for one in said.values() for who in ("actor_id", "person_id")])
    return around


def _find(id: int) -> LogRow:
    row = find_or_404(chained.step(id))
    require(chained.can_undo(g.actor, row))
    return row


def _undoing_page(row: LogRow, form: StepForm) -> str:
    step, back = wording.step(row.kind, row.said["data"]), redirects.back(url_for("moderation.log"))
    page = {"row": row, "said": row.said, "form": form, "step": step, "back": back}
    return render_template("moderation/undoing.html", over=bool(chained.undone(db.session(), [row.event_id])), **page)


@bp.get("/moderation/log/<int:id>/undoing")
@access(moderators)
def undo_form(id: int) -> Answer:
    """Asks why the step with this event should be undone."""
    return _undoing_page(_find(id), StepForm(acts=(Act.UNDO,)))


@bp.post("/moderation/log/<int:id>/undoing")
@access(moderators)
def undo(id: int) -> Answer:
    """Undo a step, with the reason; once."""
    row, form = _find(id), StepForm(acts=(Act.UNDO,))
    try:
        if form.validate():
            undoing.undo(db.session(), find_or_404(chained.event(id)), g.actor, form.reason.data or "")
            flash(_("Решение отменено. Причина отправлена."), "good")
            return redirect(redirects.back(url_for("moderation.log")))
    except Refused as refusal:
        form.show(refusal)
    return _undoing_page(row, form), 422
