"""The public log: what moderators did and why, by role and never by name."""

from flask import render_template, request
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from forum.core.actor import GUEST
from forum.core.events import Event
from forum.entries.models import Entry
from forum.entries.policy import visible_to
from forum.extensions import db
from forum.moderation import queries
from forum.moderation.views.blueprint import bp
from forum.web.access import access, everyone
from forum.web.paging import paginate

STEPS = {
    "moderation.approved": _l("Опубликована после проверки"),
    "moderation.returned": _l("Возвращена на доработку"),
    "moderation.hidden": _l("Скрыта"),
    "moderation.restored": _l("Возвращена на сайт"),
    "moderation.locked": _l("Обсуждение закрыто"),
    "moderation.unlocked": _l("Обсуждение открыто"),
    "moderation.suspended": _l("Участник временно заблокирован"),
    "moderation.released": _l("Блокировка снята"),
    "moderation.verified": _l("Место работы подтверждено"),
    "moderation.reports_declined": _l("Жалобы отклонены"),
    "moderation.question_hidden": _l("Вопрос убран из списка «Чего не хватает»"),
    "moderation.question_restored": _l("Вопрос возвращён в список «Чего не хватает»"),
}


@bp.get("/moderation/log")
@access(everyone, cache=True)
def log() -> str:
    """Steps, newest first; `kind` narrows to one step."""
    kind = "moderation." + request.args.get("kind", "")
    query = queries.log()
    if kind in STEPS:
        query = query.where(Event.kind == kind)
    page = paginate(db.session(), query, [Event.id], request.args.get("page"), size=50)
    # Only what everybody may read is linked; the rest is named by its kind alone.
    ids = [event.entry_id for event in page.items if event.entry_id]
    shown = {id: root or id for id, root in db.session.execute(select(Entry.id, Entry.root_id).where(Entry.id.in_(ids), visible_to(GUEST)))}
    kinds = {row.id: row.kind for row in db.session.execute(select(Entry.id, Entry.kind).where(Entry.id.in_(ids)))}
    return render_template("moderation/log.html", page=page, steps=STEPS, kind=kind.removeprefix("moderation."), shown=shown, kinds=kinds)
