"""The last versions of what one is writing: looking at one, and going back to it."""

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forum.core.clock import now
from forum.entries.models import DraftVersion, WorkingCopy
from forum.extensions import db
from forum.practices import saving, versions
from forum.practices.forms.raw import unpacked
from forum.practices.models import Practice
from forum.practices.views.blueprint import ID, bp
from forum.practices.views.changes import changes
from forum.practices.views.editor import Editor
from forum.practices.views.write import editable
from forum.web.access import access, members
from forum.web.lookup import find_or_404
from forum.web.templating import moment


def _own(id: int, number: int, *, writing: bool = False) -> tuple[Practice, DraftVersion]:
    practice = editable(id, writing=writing)
    return practice, find_or_404(versions.of(practice.id, g.actor).where(DraftVersion.id == number))


@bp.get(f"/practices/<{ID}:id>/versions/<{ID}:number>")
@access(members)
def draft_version(id: int, number: int) -> str:
    """What would change in the form if this version came back."""
    practice, chosen = _own(id, number)
    copy = db.session.get(WorkingCopy, (g.actor.id, practice.id))
    present = _card(practice, copy.fields) if copy else practice.snapshot()
    found = changes(present, _card(practice, chosen.fields))
    return render_template("practices/draft_version.html", practice=practice, version=chosen, changes=found)


@bp.post(f"/practices/<{ID}:id>/versions/<{ID}:number>")
@access(members)
def restore_draft(id: int, number: int) -> Response:
    """Put it into the form, where it can be looked over and saved; what stands there now is a version too."""
    practice, chosen = _own(id, number, writing=True)
    fields = chosen.fields | {"version": [str(practice.version)]}
    versions.remember(db.session(), practice.id, g.actor, fields, now(), beside=True)
    saving.keep_copy(db.session(), practice, g.actor, fields, now())
    flash(_("Версия от %(moment)s – в форме. Проверьте её и сохраните.", moment=moment(chosen.at)), "good")
    return redirect(url_for(".edit", id=id), 303)


def _card(practice: Practice, fields: dict[str, Any]) -> dict[str, Any]:
    form = Editor(practice, unpacked(fields)).form
    form.validate()  # names of places become places by it
    return form.card()
