"""How one is told."""

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forum.extensions import db
from forum.notifications import digest, preferences
from forum.notifications.forms import SettingsForm
from forum.notifications.kinds import KINDS
from forum.notifications.views.blueprint import bp
from forum.web.access import access, members

Answer = Response | str | tuple[str, int]


@bp.get("/notifications/settings")
@access(members)
def settings() -> str:
    """Kind by kind: nowhere, on the site, by letter at once, in the digest."""
    return _page(SettingsForm(None, rhythm=g.person.rhythm, **preferences.ways_of(db.session(), g.actor.id)))


def _page(form: SettingsForm) -> str:
    return render_template("notifications/settings.html", form=form, kinds=list(KINDS.values()), hour=f"{digest.HOUR}:00")


@bp.post("/notifications/settings")
@access(members)
def save_settings() -> Answer:
    """Keep what was chosen; what the form does not name stays as it is."""
    before = preferences.ways_of(db.session(), g.actor.id)
    form = SettingsForm(rhythm=g.person.rhythm, **before)
    if not form.validate():
        return _page(form), 422
    for kind, way in form.ways().items():
        if way != before[kind]:
            preferences.choose(db.session(), g.actor.id, kind, way)
    g.person.rhythm = form.rhythm.data
    flash(_("Сохранено."), "good")
    return redirect(url_for("notifications.settings"), 303)
