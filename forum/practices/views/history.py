"""What a practice said before, what was changed, and going back to it."""

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import defer
from werkzeug.wrappers import Response

from forum.entries.models import Revision
from forum.entries.revisions import of_entry
from forum.extensions import db
from forum.practices import policy, queries, saving
from forum.practices.views.blueprint import ID, bp
from forum.practices.views.changes import changes
from forum.practices.views.write import editable
from forum.web.access import access, everyone, members
from forum.web.lookup import find_or_404

SHOWN = 300


@bp.get(f"/practices/<{ID}:id>/history")
@access(everyone, cache=True)
def history(id: int) -> str:
    """All revisions, newest first; open to whoever may read the practice."""
    practice = find_or_404(queries.by_id(id, g.actor))
    revisions = db.session.scalars(of_entry(practice.id).options(defer(Revision.snapshot)).limit(SHOWN)).all()
    return render_template("practices/history.html", practice=practice, revisions=revisions)


@bp.get(f"/practices/<{ID}:id>/history/<{ID}:number>")
@access(everyone, cache=True)
def revision(id: int, number: int) -> str:
    """One revision beside the one before it."""
    practice = find_or_404(queries.by_id(id, g.actor))
    shown = find_or_404(queries.revision(practice.id, number))
    before = db.session.execute(queries.revision(practice.id, number - 1)).scalar_one_or_none()
    earlier: dict[str, Any] = before.snapshot if before else {}
    found = changes(earlier, shown.snapshot, private=policy.sees_contact(g.actor) and not practice.anonymous)
    return render_template("practices/revision.html", practice=practice, revision=shown, before=before, changes=found)


@bp.post(f"/practices/<{ID}:id>/history/<{ID}:number>")
@access(members)
def restore(id: int, number: int) -> Response:
    """Say again what a revision said: as a new revision, so that nothing is lost."""
    practice = editable(id, writing=True)
    chosen = find_or_404(queries.revision(practice.id, number))
    comment = _("Возвращена версия %(number)s", number=number)
    if saving.save(db.session(), practice, chosen.snapshot, by=g.actor, comment=comment, reason=request.form.get("reason", "")):
        flash(_("Возвращена версия %(number)s.", number=number), "good")
    else:
        flash(_("Эта версия и так действует."), "info")
    return redirect(url_for(".show", id=id, slug=practice.slug), 303)
