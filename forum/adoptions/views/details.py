"""Figures and lessons of a town's own: what it cost here, what came of it, what the next one should know."""

from flask import g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from forum.accounts.queries import called
from forum.adoptions import actions
from forum.adoptions.forms import DetailsForm, details_of
from forum.adoptions.models import Adoption
from forum.adoptions.views import clashing
from forum.adoptions.views.blueprint import ID, bp, kept, say_saved
from forum.core.errors import Refused
from forum.core.text import render
from forum.extensions import db
from forum.practices.forms import cleaned
from forum.practices.forms.raw import rearrange
from forum.web import copies, refusals
from forum.web.access import access, members

Answer = str | Response | tuple[str, int]


@bp.get(f"/adoptions/<{ID}:id>/edit")
@access(members)
def edit(id: int) -> str:
    """The form with what is stored."""
    adoption = kept(id)
    return _page(adoption, DetailsForm(MultiDict(), data=details_of(adoption)))


@bp.post(f"/adoptions/<{ID}:id>/edit")
@access(members)
def update(id: int) -> Answer:
    """Take it; what a colleague has changed meanwhile stays, unless both changed the same."""
    adoption, raw = kept(id, writing=True), cleaned(request.form)
    rearranged = rearrange(raw)
    form = DetailsForm(clashing.chosen(adoption, raw))
    if rearranged or "preview" in request.form:
        return _page(adoption, form, _preview(form))
    if not form.validate():
        return _page(adoption, form), 422
    merge = clashing.met(adoption, form)
    if merge is not None and merge.clashes:
        return _page(adoption, **clashing.asked(adoption, merge)), 409
    try:
        actions.describe(db.session(), adoption, merge.whole if merge else form.card(), g.actor)
    except Refused as refusal:
        form.show(refusal)
        return _page(adoption, form), refusals.status(refusal)
    copies.taken()
    say_saved(adoption, _("Изменения сохранены."))
    return redirect(url_for(".show", id=id), 303)


def _preview(form: DetailsForm) -> dict[str, str]:
    """The section whose preview was asked for, without JavaScript."""
    name = request.form.get("preview", "")
    if name not in Adoption.MARKDOWN:
        return {}
    try:
        return {name: render(form[name].data or "", called(db.session()))}
    except Refused as refusal:
        return {name: _("Показать не получилось: %(reason)s", reason=refusals.words(refusal))}


def _page(adoption: Adoption, form: DetailsForm, previews: dict[str, str] | None = None, **more: object) -> str:
    return render_template("adoptions/edit.html", adoption=adoption, form=form, previews=previews or {}, **more)
