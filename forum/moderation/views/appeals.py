"""Appealing against a decision, and judging an appeal."""

from datetime import datetime
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import joinedload
from werkzeug.wrappers import Response

from forum.core.clock import now
from forum.core.errors import Refused
from forum.core.events import Event
from forum.entries import queries as entries
from forum.entries.addresses import address_of
from forum.extensions import db
from forum.moderation import appeals, log, standing, wording
from forum.moderation.appeals import Appeal
from forum.moderation.forms import AppealForm, StepForm
from forum.moderation.reasons import Act
from forum.moderation.sources import Source, register
from forum.moderation.views.blueprint import bp
from forum.web.access import access, members, moderators, require
from forum.web.lookup import find_or_404
from forum.web.paging import paginate

Answer = Response | str | tuple[str, int]
register(Source(appeals.KEY, _l("Обжалования"), "moderation/_appeal.html", appeals.cases, appeals.waiting_appeals))
bp.add_app_template_global(wording.step, "moderation_step")


@bp.record_once
def _announce(state: BlueprintSetupState) -> None:
    state.app.jinja_env.globals["appealable"] = standing.APPEALABLE


def _mine(id: int) -> Event:
    """A decision on what the reader wrote, or on themselves."""
    return find_or_404(log.event(id).where(Event.person_id == g.actor.id, Event.kind.in_(standing.APPEALABLE)))


def _form_page(event: Event, form: AppealForm, made: Appeal | None) -> str:
    found = entries.by_ids(db.session(), g.actor, [event.entry_id])
    entry = found.get(event.entry_id) if event.entry_id else None
    over = "" if made else _why_not(event)
    page: dict[str, Any] = {"event": event, "form": form, "made": made, "over": over, "until": event.at + appeals.TERM}
    page |= {"entry": entry, "url": address_of(entry) if entry else "", "step": wording.step(event.kind)}
    return render_template("moderation/appeal.html", **page)


def _why_not(event: Event) -> str:
    """`late` or `over`, where the decision can't be appealed any more."""
    if not appeals.may_appeal(g.actor, event):
        return "late"
    try:
        standing.check_standing(db.session(), event)
    except Refused:
        return "over"
    return ""


@bp.get("/decisions/<int:id>/appeal")
@access(members)
def appeal(id: int) -> Answer:
    """The form of an appeal, or what came of it. Who is suspended may appeal too."""
    event = _mine(id)
    return _form_page(event, AppealForm(), db.session.scalar(appeals.of_event(id)))


@bp.post("/decisions/<int:id>/appeal")
@access(members)
def make_appeal(id: int) -> Answer:
    """Hand in an appeal against the decision."""
    event, form = _mine(id), AppealForm()
    try:
        if form.validate():
            appeals.appeal(db.session(), event, g.actor, form.text.data or "")
            flash(_("Обращение отправлено. Его рассмотрит другой модератор, ответ придёт в уведомлениях."), "good")
            return redirect(url_for("moderation.appeal", id=id))
    except Refused as refusal:
        form.show(refusal)
    return _form_page(event, form, None), 422


@bp.get("/entries/<int:id>/appeal")
@access(members)
def appeal_entry(id: int) -> Response:
    """Leads to the last decision on the entry that its author may appeal."""
    event = find_or_404(appeals.decision_on(id, g.actor.id or 0))
    return redirect(url_for("moderation.appeal", id=event.id))


@bp.get("/moderation/appeals")
@access(moderators)
def waiting() -> Answer:
    """Appeals that the reader may judge, the oldest first; or those decided, the last first."""
    done = request.args.get("done") == "1"
    query = appeals.resolved_for(g.actor) if done else appeals.open_to(g.actor)
    query = query.options(joinedload(Appeal.person), joinedload(Appeal.event))
    page = paginate(db.session(), query, [Appeal.id], request.args.get("page"), ascending=not done)
    found = entries.by_ids(db.session(), g.actor, [one.entry_id for one in page.items])
    return render_template("moderation/appeals.html", page=page, done=done, entries=found, words=wording)


def _found(id: int) -> Appeal:
    return find_or_404(appeals.by_id(id))


def _judging_page(made: Appeal, form: StepForm) -> str:
    found = entries.by_ids(db.session(), g.actor, [made.entry_id])
    entry = found.get(made.entry_id) if made.entry_id else None
    people = log.names(db.session(), [made.decided_by_id, made.resolved_by_id])
    page = {"made": made, "form": form, "entry": entry, "url": address_of(entry) if entry else "", "people": people}
    page["taken_back"] = made.resolved_at is None and standing.taken_back(db.session(), made.event)
    return render_template("moderation/judging.html", may_judge=appeals.can_judge(g.actor, made), words=wording, **page)


@bp.get("/moderation/appeals/<int:id>")
@access(moderators)
def judging(id: int) -> Answer:
    """One appeal with the decision it is against. Who decided reads it, and judges nothing."""
    made = _found(id)
    require(appeals.can_judge(g.actor, made) or (g.actor.moderates(made.region_code) and made.person_id != g.actor.id))
    return _judging_page(made, StepForm(acts=(Act.APPEAL,)))


@bp.post("/moderation/appeals/<int:id>/decision")
@access(moderators)
def judge(id: int) -> Answer:
    """Uphold the appeal (`outcome=upheld`: the decision is taken back) or decline it, with the reason."""
    made, form = _found(id), StepForm(acts=(Act.APPEAL,))
    require(appeals.can_judge(g.actor, made))
    decide = {"upheld": appeals.uphold, "declined": appeals.decline}.get(request.form.get("outcome", ""))
    try:
        if form.validate():
            if decide is None:
                raise Refused("appeal.outcome_missing")
            decide(db.session(), made, g.actor, form.reason.data or "")
            flash(_("Ответ отправлен: и тому, кто обжаловал, и тому, кто решал."), "good")
            return redirect(url_for("moderation.waiting"))
    except Refused as refusal:
        form.show(refusal)
    return _judging_page(made, form), 409 if made.resolved_at else 422


@bp.app_template_global()
def may_appeal_event(event: Event) -> bool:
    """Whether a link to appeal may stand beside the notice of an event."""
    return appeals.may_appeal(g.actor, event)


@bp.app_template_global()
def may_appeal_now(event_id: int | None, at: datetime) -> bool:
    """Whether a decision of that moment is young enough to be appealed."""
    return event_id is not None and at > now() - appeals.TERM
