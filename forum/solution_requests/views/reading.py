"""The page of a request: the problem, what was offered, what fits, its discussion."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import g, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from forum.comments.queries import discussion
from forum.extensions import db
from forum.follows.queries import standing
from forum.practices.views.cards import Card
from forum.solution_requests import policy, queries
from forum.solution_requests.forms import OfferForm, TermForm
from forum.solution_requests.models import Offer, SolutionRequest
from forum.solution_requests.views.blueprint import ID, bp, find
from forum.solution_requests.views.fitting import fitting
from forum.votes.queries import mine
from forum.web.access import access, everyone

OWN_LINE = '<p><a href="/practices/'  # with which the words of an offer begin: see `actions.offer`


@dataclass(frozen=True, slots=True)
class Offered:
    """An offer with the card of its practice and its words as HTML."""

    offer: Offer
    card: Card
    html: Markup


@bp.get(f"/requests/<{ID}:id>")
@bp.get(f"/requests/<{ID}:id>/<slug>")
@access(everyone, cache=True)
def show(id: int, slug: str = "") -> str | Response:
    """The request and its discussion; any other slug leads to the right one."""
    asked = find(id)
    if slug != asked.slug:
        order, page = request.args.get("order"), request.args.get("page")
        return redirect(url_for(".show", id=id, slug=asked.slug, order=order, page=page), 301)
    return page_of(asked)


def page_of(asked: SolutionRequest, form: OfferForm | None = None) -> str:
    """The page, with the form of an offer as it was typed."""
    session, actor = db.session(), g.actor
    offers = session.scalars(queries.offers_of(asked.id, actor)).all()
    answerable = asked.outcome in policy.ANSWERABLE
    found = fitting(
        asked.title, asked.problem, asked.municipality, [*(offer.practice_id for offer in offers), asked.practice_id], search=answerable
    )
    talk = discussion(session, actor, asked, request.args.get("order"), request.args.get("page"))
    form = form or OfferForm(formdata=None, practice=_begun_with(request.args.get("offer", "")))
    rights = {name: getattr(policy, name)(actor, asked) for name in ("can_change", "can_offer", "can_close", "can_thank")}
    return render_template(
        "requests/show.html",
        asked=asked,
        entry=asked,
        rights=rights,
        offers=_offered(offers, found.others),
        solution=found.others.get(asked.practice_id or 0),
        adoption=session.scalar(queries.begun(asked.adoption_id)) if asked.adoption_id else None,
        matching=found.items,
        form=form,
        own_practices=session.execute(queries.own_practices(actor.id or 0)).all() if rights["can_offer"] else [],
        term=TermForm.ahead() if rights["can_close"] else None,
        discussion=talk,
        my_votes=mine(session, actor, [asked.id, *talk.ids]),
        standing=standing(session, actor, asked.id),
    )


def _offered(offers: Sequence[Offer], cards: Any) -> list[Offered]:
    """Those whose practice guests can read; the line that names it stands there as a card already."""
    return [Offered(offer, cards[offer.practice_id], _words(offer.comment.html)) for offer in offers if offer.practice_id in cards]


def _begun_with(number: str) -> str:
    return number if number.isascii() and number.isdecimal() and len(number) < 10 else ""


def _words(html: str) -> Markup:
    return Markup(html.partition("</p>")[2] if html.startswith(OWN_LINE) else html)
