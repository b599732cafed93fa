"""The templates of reasons."""

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.wrappers import Response

from forum.core.errors import Refused
from forum.extensions import db
from forum.moderation import reasons
from forum.moderation.forms import ACTS, TemplateForm
from forum.moderation.reasons import ReasonTemplate
from forum.moderation.views.blueprint import bp
from forum.web.access import access, moderators, require
from forum.web.lookup import find_or_404

Answer = Response | str | tuple[str, int]


def _find(id: int) -> ReasonTemplate:
    require(reasons.can_change(g.actor))
    return find_or_404(select(ReasonTemplate).where(ReasonTemplate.id == id))


def _page(template: ReasonTemplate | None, form: TemplateForm) -> str:
    return render_template("moderation/reason.html", template=template, form=form)


def _take(template: ReasonTemplate | None) -> Answer:
    form = TemplateForm()
    try:
        if form.validate():
            target, by = template or ReasonTemplate(), g.actor
            reasons.write(db.session(), target, form.title.data or "", form.text.data or "", form.acts.data or (), by)
            flash(_("Сохранено: %(title)s.", title=target.title), "good")
            return redirect(url_for("moderation.templates"))
    except Refused as refusal:
        form.show(refusal)
    return _page(template, form), 422


@bp.get("/moderation/reasons")
@access(moderators)
def templates() -> str:
    """All templates."""
    found = reasons.all_of(db.session())
    return render_template("moderation/reasons.html", templates=found, acts=ACTS, may_change=reasons.can_change(g.actor))


@bp.get("/moderation/reasons/new")
@access(moderators)
def new_template() -> Answer:
    """The form of a new template."""
    require(reasons.can_change(g.actor))
    return _page(None, TemplateForm())


@bp.post("/moderation/reasons")
@access(moderators)
def add_template() -> Answer:
    """Add a template."""
    require(reasons.can_change(g.actor))
    return _take(None)


@bp.get("/moderation/reasons/<int:id>")
@access(moderators)
def template(id: int) -> Answer:
    """One template, to be changed."""
    found = _find(id)
    return _page(found, TemplateForm(title=found.title, text=found.text, acts=found.acts))


@bp.post("/moderation/reasons/<int:id>")
@access(moderators)
def change_template(id: int) -> Answer:
    """Change a template."""
    return _take(_find(id))


@bp.post("/moderation/reasons/<int:id>/removal")
@access(moderators)
def remove_template(id: int) -> Response:
    """Take a template off the list."""
    found = _find(id)
    reasons.remove(db.session(), found, g.actor)
    flash(_("Убрано: %(title)s.", title=found.title), "good")
    return redirect(url_for("moderation.templates"))
