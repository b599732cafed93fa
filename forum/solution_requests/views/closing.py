"""How a request ends: by what helped, by carrying a practice out, or not yet."""

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms import SelectChoice

from forum.adoptions.policy import hindrance
from forum.core.errors import Refused
from forum.extensions import db
from forum.practices.models import Practice
from forum.solution_requests import actions, policy, queries
from forum.solution_requests.forms import ClosingForm, TermForm
from forum.solution_requests.models import SolutionRequest
from forum.solution_requests.views.blueprint import ID, bp, find
from forum.solution_requests.views.fitting import fitting
from forum.web import copies, refusals
from forum.web.access import access, members, require
from forum.web.lookup import find_or_404

Answer = str | Response | tuple[str, int]


def _closable(id: int, *, writing: bool = False) -> SolutionRequest:
    asked = find(id, writing=writing)
    require(policy.can_close(g.actor, asked))
    return asked


@bp.get(f"/requests/<{ID}:id>/closing")
@access(members)
def closing(id: int) -> Answer:
    """What helped: one of what was offered (`practice` in the address begins with it), or words."""
    asked = _closable(id)
    form = _form(asked)
    form.practice.data = request.args.get("practice", "")
    return _page(asked, form)


@bp.post(f"/requests/<{ID}:id>/closing")
@access(members)
def close(id: int) -> Answer:
    """Close it so."""
    asked = _closable(id, writing=True)
    form = _form(asked)
    if not form.validate():
        return _page(asked, form), 422
    try:
        actions.close(db.session(), asked, form.words.data or "", int(form.practice.data) if form.practice.data else None, g.actor)
    except Refused as refusal:
        form.show(refusal)
        return _page(asked, form), refusals.status(refusal)
    copies.taken()
    flash(_("Запрос закрыт. Спасибо, что рассказали, чем кончилось: это найдут те, у кого та же трудность."), "good")
    return _back(asked)


@bp.post(f"/requests/<{ID}:id>/adoption")
@access(members)
def adopt(id: int) -> Response:
    """Carry a practice out at home: the adoption opens, and the request closes itself."""
    asked = find(id, writing=True)
    if asked.outcome not in policy.ANSWERABLE and policy.can_thank(g.actor, asked):  # pressed twice, or closed in another window
        flash(_("Запрос уже решён."), "info")
        return redirect(url_for("adoptions.show", id=asked.adoption_id), 303) if asked.adoption_id else _back(asked)
    require(policy.can_close(g.actor, asked))
    number = request.form.get("practice", "")
    practice: Practice = find_or_404(
        queries.practice(int(number) if number.isascii() and number.isdecimal() and len(number) < 10 else 0, g.actor)
    )
    if (why := hindrance(g.actor, practice)) is not None:
        if why in ("no_town", "own_town"):  # said calmly on the form of an adoption
            return redirect(url_for("adoptions.new", id=practice.id), 303)
        require(False)
    adoption = actions.adopt(db.session(), asked, practice, g.actor)
    flash(_("Запрос решён. Открыта запись о внедрении: отмечайте в ней, как идут дела."), "good")
    return redirect(url_for("adoptions.show", id=adoption.id), 303)


@bp.post(f"/requests/<{ID}:id>/term")
@access(members)
def extend(id: int) -> Answer:
    """Wait for answers until another day; what was closed without one is open again."""
    asked, form = _closable(id, writing=True), TermForm()
    try:
        if form.validate() and form.until.data:
            asked.extend(form.until.data, g.actor)
            flash(_("Запрос открыт до нового срока."), "good")
            return _back(asked)
        if not form.until.data and not form.until.errors:
            form.show(Refused("request.until_missing", field="until"))
    except Refused as refusal:
        form.show(refusal)
    return render_template("requests/term.html", asked=asked, form=form), 422


def _form(asked: SolutionRequest) -> ClosingForm:
    form = ClosingForm()
    offers = db.session.scalars(queries.offers_of(asked.id, g.actor)).all()
    known = fitting("", "", None, [offer.practice_id for offer in offers], search=False).others
    form.practice.choices = [SelectChoice("", _("Не из предложенных")), *(SelectChoice(str(id), card.title) for id, card in known.items())]
    return form


def _page(asked: SolutionRequest, form: ClosingForm) -> str:
    return render_template("requests/closing.html", asked=asked, form=form)


def _back(asked: SolutionRequest) -> Response:
    return redirect(url_for(".show", id=asked.id, slug=asked.slug), 303)
