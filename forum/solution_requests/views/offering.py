"""Offering a practice, and thanks for it."""

from flask import flash, g, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forum.core.errors import Refused
from forum.extensions import db
from forum.practices.models import Practice
from forum.solution_requests import actions, policy, queries
from forum.solution_requests.forms import OfferForm
from forum.solution_requests.models import SolutionRequest
from forum.solution_requests.views.blueprint import ID, bp, find
from forum.solution_requests.views.reading import page_of
from forum.trust.views.holding import held_words
from forum.web import copies, refusals
from forum.web.access import access, members, require
from forum.web.lookup import find_or_404

Answer = str | Response | tuple[str, int]


@bp.post(f"/requests/<{ID}:id>/offers")
@access(members)
def offer(id: int) -> Answer:
    """Offer a practice with a word why."""
    asked, form = find(id, writing=True), OfferForm()
    require(policy.may_answer(g.actor, asked))
    if not form.validate():
        return page_of(asked, form), 422
    try:
        practice = _named(form)
        made = actions.offer(db.session(), asked, practice, form.words.data or "", g.actor)
    except Refused as refusal:
        form.show(Refused(refusal.code, field="words" if refusal.field == "body" else refusal.field, **refusal.params))
        return page_of(asked, form), refusals.status(refusal)
    copies.taken()
    comment = made.comment
    if comment.is_published:
        flash(_("Спасибо! Автор запроса узнает о вашем предложении."), "good")
    else:
        flash(held_words(comment, _("Предложение отправлено. Его посмотрит модератор – обычно в тот же день.")), "good")
    return redirect(_page_of(asked, f"comment-{comment.id}" if not comment.is_published else "offers"), 303)


@bp.post(f"/requests/<{ID}:id>/offers/<{ID}:practice>/thanks")
@access(members)
def thank(id: int, practice: int) -> Response:
    """Say thanks; again says nothing more."""
    asked = find(id, writing=True)
    require(policy.can_thank(g.actor, asked))
    actions.thank(db.session(), asked, find_or_404(queries.offer(id, practice, g.actor)), g.actor)
    flash(_("Мы передали вашу благодарность."), "good")
    return redirect(_page_of(asked, "offers"), 303)


def _named(form: OfferForm) -> Practice:
    found: Practice | None = db.session.scalar(queries.practice(form.practice.number or 0, g.actor))
    if found is None:
        raise Refused("request.practice_missing", field="practice")
    return found


def _page_of(asked: SolutionRequest, anchor: str) -> str:
    return url_for(".show", id=asked.id, slug=asked.slug, _anchor=anchor)
