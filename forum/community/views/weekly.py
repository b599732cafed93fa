"""«Практика недели»: on the front page, all of them, and how a moderator passes one over."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import Response, abort, current_app, g, render_template, request
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from forum.community import choosing, queries
from forum.community.views.blueprint import bp
from forum.core.clock import now
from forum.entries import queries as entries
from forum.entries.models import Entry
from forum.entries.policy import can_moderate
from forum.extensions import db
from forum.moderation import queries as moderation
from forum.moderation.forms import StepForm
from forum.moderation.views.acting import Answer, found, perform, step_page
from forum.practices.reference import reference
from forum.practices.views.blueprint import ID
from forum.practices.views.cards import cards
from forum.practices.views.feeds import atom, outside
from forum.practices.views.listing import ask
from forum.web import paging
from forum.web.access import access, everyone, moderators, require
from forum.web.lookup import find_or_404

PAGE, IN_FEED = 20, 20


def last(session: Session) -> Any:
    """The row of the last one, or None: a question for `ask`."""
    return session.execute(queries.last_chosen()).scalar_one_or_none()


def _shown(row: Any, level: int) -> dict[str, Any]:
    return {"week": row.week, "card": cards([row], ask(reference), level)[0]}


@bp.app_template_global()
def practice_of_the_week() -> dict[str, Any] | None:
    """Its card and the Monday of its week; a question asked once for each state of the site."""
    row = ask(last)
    return _shown(row, 3) if row is not None else None


@bp.get("/practices/weekly")
@access(everyone, cache=True)
def weekly() -> str:
    """All practices of the week, the last first."""
    page = paging.paginate(db.session(), queries.chosen(), queries.ORDER, request.args.get("page"), PAGE)
    shown = [_shown(row, 2) for row in page.items]
    return render_template("community/weekly.html", page=page, shown=shown, current=_to_pass_over(page.items))


def _to_pass_over(rows: Sequence[Any]) -> int | None:
    """The practice of this week among the rows, where the reader may pass it over."""
    id = next((row.id for row in rows if row.week == _this_week()), None) if g.actor.is_moderator else None
    entry = db.session.scalar(entries.by_id(id, g.actor)) if id is not None else None
    return id if entry is not None and can_moderate(g.actor, entry) else None


def _this_week() -> date:
    return choosing.week_of(now(), current_app.config["TIMEZONE"])


@bp.get("/practices/weekly/feed.atom")
@access(everyone, cache=True)
def weekly_feed() -> Response:
    """The last ones; each entry bears the moment of its choice."""
    rows = db.session.execute(queries.in_feed(IN_FEED)).all()
    return atom(rows, _("практика недели"), outside(".weekly_feed"), outside(".weekly"))


@bp.get(f"/practices/weekly/<{ID}:id>/passing")
@access(moderators)
def passing(id: int) -> str:
    """The reason, before another is chosen."""
    entry = find_or_404(moderation.visible_entry(id, g.actor))
    require(can_moderate(g.actor, entry))
    _check(entry)
    return step_page(entry, StepForm(acts=("weekly",)), _("Выбрать другую практику недели"))()


@bp.post(f"/practices/weekly/<{ID}:id>/passing")
@access(moderators)
def pass_over(id: int) -> Answer:
    """Pass over the practice of this week, with the reason; the next one by the rule takes its place."""
    entry, form = found(id), StepForm(acts=("weekly",))
    _check(entry)
    zone = current_app.config["TIMEZONE"]
    page = step_page(entry, form, _("Выбрать другую практику недели"))
    done = _("Практика недели теперь другая. Автор увидит причину.")
    return perform(entry, form, lambda: choosing.pass_over(db.session(), entry, g.actor, form.reason.data or "", zone), done, page)


def _check(entry: Entry) -> None:
    # What was passed over already is told so by the step itself: a second press is no error.
    if db.session.scalar(queries.chosen_for(_this_week(), entry.id)) is None:
        abort(404)
