"""What a moderator does with a person."""

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forum.accounts.models import Person
from forum.core.errors import Refused
from forum.extensions import db
from forum.moderation import actions, queries
from forum.moderation.forms import SuspensionForm
from forum.moderation.policy import can_discipline
from forum.moderation.views.blueprint import bp
from forum.web.access import access, moderators, require
from forum.web.lookup import find_or_404


def _find(handle: str) -> Person:
    person = find_or_404(queries.person(handle))
    require(can_discipline(g.actor, person))
    return person


def _back(person: Person) -> Response:
    return redirect(url_for("practices.person", handle=person.handle))


@bp.get("/people/<handle>/suspension")
@access(moderators)
def suspension(handle: str) -> str:
    """The form of a suspension."""
    return render_template("moderation/suspension.html", form=SuspensionForm(), person=_find(handle))


@bp.post("/people/<handle>/suspension")
@access(moderators)
def suspend(handle: str) -> Response | tuple[str, int]:
    """Let a person only read for some days, with the reason."""
    person, form = _find(handle), SuspensionForm()
    try:
        if form.validate():
            actions.suspend(db.session(), person, g.actor, form.days.data or 0, form.reason.data or "")
            flash(_("%(name)s может только читать. Причина отправлена.", name=person.name), "good")
            return _back(person)
    except Refused as refusal:
        form.show(refusal)
    return render_template("moderation/suspension.html", form=form, person=person), 422


@bp.post("/people/<handle>/release")
@access(moderators)
def release(handle: str) -> Response:
    """End a suspension."""
    person = _find(handle)
    actions.release(db.session(), person, g.actor)
    flash(_("Блокировка снята."), "good")
    return _back(person)
