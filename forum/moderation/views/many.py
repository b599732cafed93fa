"""One decision on many entries of the queue, each in a transaction of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import g, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from forum.core.errors import Refused
from forum.entries.models import Entry, State
from forum.entries.policy import can_moderate
from forum.extensions import db
from forum.moderation import actions, queries
from forum.moderation.decisions import Decided
from forum.moderation.forms import StepForm
from forum.moderation.views.acting import NOTHING_LEFT, told
from forum.moderation.views.blueprint import bp
from forum.web import redirects, refusals
from forum.web.access import access, moderators, require
from forum.web.transaction import checkpoint, keep

MOST = 50
Step = Callable[[Any, Entry, Any, str], bool | None]
# By the name of the button: what is done, what it is called, whether it needs a reason.
STEPS: dict[str, tuple[Step, Any, bool]] = {
    "approve": (lambda session, entry, by, reason: actions.approve(session, entry, by), _l("Опубликовано"), False),
    "dismiss": (actions.decline_reports, _l("Жалобы отклонены"), False),
    "hide": (actions.hide, _l("Скрыто"), True),
    "rework": (actions.send_back, _l("Возвращено на доработку"), True),
}


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one entry. `url` is empty where the moderator sees it no more."""

    title: str
    url: str
    words: str
    done: bool


@bp.post("/moderation/decisions")
@access(moderators)
def decide_many() -> str | tuple[str, int]:
    """Do `step` to each `entry` that was ticked, for one reason; the page tells what came of each."""
    require(g.actor.may_write)
    form, step = StepForm(), request.form.get("step", "")
    ids = list(dict.fromkeys(int(text) for text in request.form.getlist("entry") if text.isascii() and text.isdecimal() and len(text) < 10))
    back = redirects.back(url_for("moderation.queue"))
    fault = _fault(ids, step, form)
    if fault:
        return render_template("moderation/results.html", results=[], fault=fault, form=form, ids=ids, step=step, back=back), 422
    results = [_decide(id, step, form.reason.data or "") for id in ids]
    keep()
    return render_template("moderation/results.html", results=[one for one in results if one], fault="", back=back)


def _fault(ids: list[int], step: str, form: StepForm) -> str:
    """What is missing, in words, before anything is done."""
    if step not in STEPS:
        return _("Выберите, что сделать с отмеченными.")
    if not ids:
        return _("Ничего не отмечено. Отметьте записи в очереди и попробуйте снова.")
    if len(ids) > MOST:
        return _("Слишком много сразу: не больше %(limit)s.", limit=MOST)
    if not form.validate():
        return " ".join(str(error) for field in form for error in field.errors) or refusals.words(Refused("moderation.reason_missing"))
    missing = STEPS[step][2] and not (form.reason.data or "").strip()
    return refusals.words(Refused("moderation.reason_missing")) if missing else ""


def _decide(id: int, step: str, reason: str) -> Result | None:
    session = db.session()
    entry = session.execute(queries.held_entry(id, g.actor)).unique().scalar_one_or_none()
    if entry is None:
        return None
    title, url = entry.headline or _("Без названия"), url_for("moderation.case", id=id)
    if not can_moderate(g.actor, entry):
        return Result(title, url, _("Это не в ваших регионах или ваша собственная запись."), False)
    act, words, _needed = STEPS[step]
    try:
        with session.begin_nested():
            seen = request.form.get(f"seen-{id}", "")
            acted = actions.act(session, entry, g.actor, lambda: act(session, entry, g.actor, reason), seen)
    except Decided as decided:
        return Result(title, url, told(decided), False)
    except Refused as refusal:
        return Result(title, url, refusals.words(refusal), False)
    # Each stands by itself, whatever becomes of the next.
    checkpoint()
    return Result(title, "" if entry.state == State.DRAFT else url, str(words if acted else NOTHING_LEFT), acted)
