"""Asking: the form, what matches while it is typed, and changing what one has asked."""

from typing import Any

from flask import flash, g, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms import SelectChoice

from forum.accounts.queries import called
from forum.core import typed
from forum.core.clock import now
from forum.core.errors import Conflict, Refused
from forum.core.text import fit, render
from forum.extensions import db
from forum.places import queries as places
from forum.places.forms import listed
from forum.places.models import Municipality
from forum.practices.reference import reference
from forum.practices.views import labels as practice_labels
from forum.practices.views.listing import ask
from forum.solution_requests import actions, policy
from forum.solution_requests.forms import MAX_TITLE, RequestForm
from forum.solution_requests.models import SolutionRequest
from forum.solution_requests.models.closing import TERM
from forum.solution_requests.views.blueprint import ID, bp, own
from forum.solution_requests.views.fitting import fitting
from forum.trust.views.holding import held_words
from forum.web import copies, refusals
from forum.web.access import access, members, require

Answer = str | Response | tuple[str, int]
READ = 2_000  # characters of a text that is being typed


@bp.get("/requests/new")
@access(members)
def new() -> Answer:
    """The form; `title` in the address begins it, as from a search that found nothing."""
    form = _form()
    town = _own_town()
    if town is not None:
        form.municipality.process_data(town)
    form.title.data = typed.line(fit(request.args.get("title", "")))[:MAX_TITLE]
    form.until.data = now().date() + TERM
    return _page(form)


@bp.get("/requests/similar")
@access(members)
def similar() -> Response:
    """For the form, while it is typed: `title` and `problem`. Answers `{"html": "…"}`."""
    title, problem = (typed.line(fit(request.args.get(name, "")))[:READ] for name in ("title", "problem"))
    return jsonify(html=render_template("requests/_matching.html", matching=fitting(title, problem, _own_town()).items))


@bp.post("/requests")
@access(members)
def create() -> Answer:
    """Ask; with `preview` only see how it would look, and what there is already."""
    form = _form()
    if "preview" in request.form:
        return _page(form, preview=True)
    require(policy.can_ask(g.actor))
    if not _valid(form):
        return _page(form), 422
    try:
        made = actions.ask(db.session(), form.card(), _town_of(form), g.actor)
    except Refused as refusal:
        form.show(refusal)
        return _page(form), refusals.status(refusal)
    copies.taken()
    if made.is_published:
        flash(_("Запрос опубликован. Когда вам что-нибудь предложат, мы сообщим."), "good")
    else:
        flash(held_words(made, _("Запрос отправлен. Его посмотрит модератор – обычно в тот же день.")), "good")
    return redirect(url_for(".show", id=made.id, slug=made.slug), 303)


@bp.get(f"/requests/<{ID}:id>/edit")
@access(members)
def edit(id: int) -> Answer:
    """The form of what one has asked."""
    asked, form = own(id), _form()
    form.show_card(asked)
    return _page(form, asked)


@bp.post(f"/requests/<{ID}:id>/edit")
@access(members)
def update(id: int) -> Answer:
    """Change it."""
    asked, form = own(id, writing=True), _form()
    if "preview" in request.form:
        return _page(form, asked, preview=True)
    if not _valid(form):
        return _page(form, asked), 422
    version = int(form.version.data) if str(form.version.data or "").isdecimal() else None
    try:
        actions.change(db.session(), asked, form.card(), _town_of(form), g.actor, version)
    except Conflict:
        form.version.data = str(asked.version)
        db.session.rollback()
        return _page(form, own(id), clash=True), 409
    except Refused as refusal:
        form.show(refusal)
        return _page(form, asked), refusals.status(refusal)
    copies.taken()
    flash(_("Сохранено."), "good")
    return redirect(url_for(".show", id=id, slug=asked.slug), 303)


def _form() -> RequestForm:
    form = RequestForm()
    form.municipality.options = listed()
    words = practice_labels.nominations(ask(reference))
    form.nomination.choices = [SelectChoice("", _("Любая")), *(SelectChoice(key, text) for key, text in words.items())]
    return form


def _valid(form: RequestForm) -> bool:
    """Shapes, and what a request can't be without, all at once."""
    good = form.validate()
    for name in ("title", "problem", "municipality"):
        if not form[name].data and not form[name].errors:
            form.show(Refused(f"request.{name}_missing", field=name))
            good = False
    return good


def _town_of(form: RequestForm) -> Municipality:
    if form.municipality.place is None:
        raise Refused("request.municipality_missing", field="municipality")
    return form.municipality.place


def _own_town() -> Municipality | None:
    if g.actor.municipality_id is None:
        return None
    found: Municipality | None = db.session.execute(places.by_id(g.actor.municipality_id)).scalar_one_or_none()
    return found


def _page(form: RequestForm, asked: SolutionRequest | None = None, preview: bool = False, clash: bool = False) -> str:
    previews: dict[str, Any] = {}
    if preview:
        previews = {name: render(form[name].data or "", called(db.session())) for name in ("problem", "limits")}
    place = form.municipality.place or _own_town()
    found = fitting(form.title.data or "", form.problem.data or "", place).items
    return render_template("requests/form.html", form=form, asked=asked, previews=previews, matching=found, clash=clash)
