"""«Чего не хватает»: what people ask for and nobody has written of yet."""

from collections.abc import Sequence

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forum.core.actor import GUEST
from forum.core.clock import now
from forum.core.errors import Refused
from forum.demand import observing, queries
from forum.demand.forms import HidingForm
from forum.demand.models import SHOWN_FROM, Unmet
from forum.demand.policy import can_curate
from forum.entries import queries as entries
from forum.entries.addresses import address_of
from forum.entries.models import Entry
from forum.extensions import db
from forum.web import redirects
from forum.web.access import access, everyone, moderators, require, wants_json
from forum.web.lookup import find_or_404
from forum.web.paging import paginate

bp = Blueprint("demand", __name__)
blueprints = (bp,)
LATELY = 10  # answered questions that are shown

bp.add_app_template_global(observing.may_be_listed)


@bp.record_once
def _listen(state: BlueprintSetupState) -> None:
    state.app.extensions["search_observers"].append(observing.observe)
    state.app.teardown_request(observing.count_afterwards)


@bp.get("/demand")
@access(everyone)  # not from the store of pages: counting a question makes no kept page stale
def index() -> str:
    """Questions without an answer, the most wanted first; for who curates them also the hidden ones (`hidden=1`)."""
    curator = can_curate(g.actor)
    hidden = curator and request.args.get("hidden") == "1"
    query, columns = (queries.hidden(), [Unmet.id]) if hidden else (queries.wanted(now().date()), [Unmet.times, Unmet.id])
    page = paginate(db.session(), query, columns, request.args.get("page"))
    answers = [] if hidden else _answers()
    return render_template("demand/index.html", page=page, hidden=hidden, curator=curator, answers=answers, shown_from=SHOWN_FROM)


def _answers() -> Sequence[tuple[Unmet, Entry, str]]:
    """Questions that have their answer, with the practice and its address."""
    questions = db.session.scalars(queries.answered(LATELY)).all()
    found = entries.by_ids(db.session(), GUEST, [unmet.answered_by_id for unmet in questions])
    return [(unmet, entry, address_of(entry)) for unmet in questions if (entry := found.get(unmet.answered_by_id or 0))]


@bp.post("/demand/<int:id>/hiding")
@access(moderators)
def hide(id: int) -> Response | tuple[str, int]:
    """Take a question off the page, with the reason."""
    require(can_curate(g.actor))
    unmet, form = find_or_404(queries.by_id(id)), HidingForm()
    try:
        if form.validate():
            unmet.hide(g.actor, form.reason.data or "")
            flash(_("Вопрос убран со страницы."), "good")
            return redirect(redirects.back(url_for(".index")), 303)
    except Refused as refusal:
        if wants_json():
            raise
        form.show(refusal)
    return render_template("demand/hiding.html", form=form, unmet=unmet, back=redirects.back(url_for(".index"))), 422


@bp.post("/demand/<int:id>/restoration")
@access(moderators)
def restore(id: int) -> Response:
    """Put it back."""
    require(can_curate(g.actor))
    find_or_404(queries.by_id(id)).restore(g.actor)
    flash(_("Вопрос снова на странице."), "good")
    return redirect(redirects.back(url_for(".index")), 303)
