"""What a moderator does with an entry: each step a POST with its reason."""

from flask import g, request
from flask_babel import gettext as _

from forum.extensions import db
from forum.moderation import actions
from forum.moderation.forms import StepForm
from forum.moderation.reasons import Act
from forum.moderation.views.acting import Answer, found, perform, step_page
from forum.moderation.views.blueprint import bp
from forum.web.access import access, moderators


@bp.post("/entries/<int:id>/hiding")
@access(moderators)
def hide(id: int) -> Answer:
    """Hide, with the reason."""
    entry, form = found(id), StepForm(acts=(Act.HIDE,))
    done, page = _("Запись скрыта. Автор увидит причину."), step_page(entry, form, _("Скрыть запись"))
    return perform(entry, form, lambda: actions.hide(db.session(), entry, g.actor, form.reason.data or ""), done, page, deciding=True)


@bp.post("/entries/<int:id>/approval")
@access(moderators)
def approve(id: int) -> Answer:
    """Publish a first post; reports on it are declined."""
    entry, form = found(id), StepForm()
    page = step_page(entry, form, _("Опубликовать"))
    return perform(entry, form, lambda: actions.approve(db.session(), entry, g.actor), _("Опубликовано."), page, deciding=True)


@bp.post("/entries/<int:id>/rework")
@access(moderators)
def send_back(id: int) -> Answer:
    """Return to the author for rework, with the reason."""
    entry, form = found(id), StepForm(acts=(Act.RETURN,))
    done, page = _("Возвращено автору."), step_page(entry, form, _("Вернуть на доработку"))
    return perform(entry, form, lambda: actions.send_back(db.session(), entry, g.actor, form.reason.data or ""), done, page, deciding=True)


@bp.post("/entries/<int:id>/dismissal")
@access(moderators)
def dismiss(id: int) -> Answer:
    """Decline the open reports."""
    entry, form = found(id), StepForm(acts=(Act.DECLINE,))
    done, page = _("Жалобы отклонены."), step_page(entry, form, _("Отклонить жалобы"))
    step = lambda: actions.decline_reports(db.session(), entry, g.actor, form.reason.data or "")  # noqa: E731
    return perform(entry, form, step, done, page, deciding=True)


@bp.post("/entries/<int:id>/restoration")
@access(moderators)
def restore(id: int) -> Answer:
    """Show again."""
    entry, form = found(id), StepForm()
    page = step_page(entry, form, _("Вернуть на сайт"))
    return perform(entry, form, lambda: entry.restore(g.actor, form.reason.data or ""), _("Запись снова видна."), page)


@bp.post("/entries/<int:id>/lock")
@access(moderators)
def lock(id: int) -> Answer:
    """Close the discussion (`locked=1`, with the reason) or open it (`locked=0`)."""
    entry, form = found(id), StepForm(acts=(Act.LOCK,))
    locked = request.form.get("locked", "1") == "1"
    done = _("Обсуждение закрыто.") if locked else _("Обсуждение снова открыто.")
    page = step_page(entry, form, _("Закрыть обсуждение") if locked else _("Открыть обсуждение"), locked=str(int(locked)))
    return perform(entry, form, lambda: entry.lock(g.actor, locked, form.reason.data or ""), done, page)


@bp.post("/entries/<int:id>/pin")
@access(moderators)
def pin(id: int) -> Answer:
    """Have a comment stand first in its discussion (`pinned=1`, with the reason), or no longer (`pinned=0`)."""
    entry, form = found(id), StepForm(acts=(Act.PIN,))
    pinned = request.form.get("pinned", "1") == "1"
    done = _("Комментарий закреплён.") if pinned else _("Комментарий откреплён.")
    page = step_page(entry, form, _("Закрепить комментарий") if pinned else _("Открепить комментарий"), pinned=str(int(pinned)))
    return perform(entry, form, lambda: entry.pin(g.actor, pinned, form.reason.data or ""), done, page)
