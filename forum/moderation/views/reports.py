"""Reporting an entry."""

from flask import flash, g, jsonify, redirect, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forum.core.errors import Refused
from forum.entries.models import Entry
from forum.entries.policy import can_report
from forum.extensions import db
from forum.moderation import actions, queries
from forum.moderation.forms import ReportForm
from forum.moderation.views.blueprint import bp
from forum.web import redirects, refusals
from forum.web.access import access, members, require, wants_json
from forum.web.lookup import find_or_404


def address(entry: Entry) -> str:
    """Where an entry is read: a comment by its permalink."""
    return f"/comments/{entry.id}" if entry.root_id else f"/{entry.kind}s/{entry.id}"


@bp.get("/entries/<int:id>/reports/new")
@access(members)
def new_report(id: int) -> str:
    """The form of a report."""
    entry = find_or_404(queries.visible_entry(id, g.actor))
    require(can_report(g.actor, entry))
    return _page(ReportForm(), entry)


@bp.post("/entries/<int:id>/reports")
@access(members)
def report(id: int) -> Response | tuple[str, int]:
    """Take a report."""
    entry = find_or_404(queries.visible_entry(id, g.actor))
    require(can_report(g.actor, entry))
    form = ReportForm()
    try:
        if form.validate():
            actions.report(db.session(), entry, g.actor, form.reason.data or "", form.note.data or "")
            if wants_json():
                return jsonify(reported=True)
            flash(_("Спасибо, модератор посмотрит. О решении вы узнаете из уведомлений."), "good")
            # Held by this very report: its reader sees it no longer.
            return redirect(address(entry) if entry.is_published else redirects.back("/"))
    except Refused as refusal:
        if wants_json():
            raise
        form.show(refusal)
        return _page(form, entry), refusals.status(refusal)
    return _page(form, entry), 422


def _page(form: ReportForm, entry: Entry) -> str:
    return render_template("moderation/report.html", form=form, entry=entry, back=address(entry))
