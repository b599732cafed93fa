"""What can be done to an entry of any kind by its author."""

from flask import Blueprint, flash, g, jsonify, redirect
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forum.core.errors import Refused
from forum.entries import deletion, labels, policy, queries
from forum.entries.addresses import address_of
from forum.entries.labels import kind_name
from forum.entries.models import State
from forum.web import redirects
from forum.web.access import access, members, require, wants_json
from forum.web.lookup import find_or_404
from forum.web.templating import day

bp = Blueprint("entries", __name__)
blueprints = (bp,)

# Templates draw a control where the same predicate would let it through.
for predicate in (policy.can_comment, policy.can_edit, policy.can_moderate, policy.can_report, policy.can_vote, policy.can_withdraw):
    bp.add_app_template_global(predicate)
bp.add_app_template_global(policy.can_take_back)
bp.add_app_template_global(deletion.gone_at)
bp.add_app_template_global(address_of)
bp.add_app_template_global(kind_name)
bp.add_app_template_global(labels.byline)
bp.add_app_template_global(labels.unnamed)


@bp.post("/entries/<int:id>/withdrawal")
@access(members)
def withdraw(id: int) -> Response:
    """Take back something of one's own; pressing twice does no more."""
    entry = find_or_404(queries.by_id(id, g.actor))
    if entry.state != State.WITHDRAWN or entry.author_id != g.actor.id:
        require(policy.can_withdraw(g.actor, entry))
        entry.withdraw(by=g.actor)
    if wants_json():
        return jsonify(state=entry.state)
    until = day(deletion.gone_at(entry))
    told = _("Комментарий удалён. До %(day)s его можно вернуть: «Черновики», «Удалённые».", day=until)
    flash(told if entry.root else _("Запись удалена. До %(day)s её можно вернуть: «Черновики», «Удалённые».", day=until), "good")
    # The address of something its reader may not see would tell its title.
    return redirect(redirects.back(address_of(entry.root if entry.root and entry.root.is_published else entry)), 303)


@bp.post("/entries/<int:id>/return")
@access(members)
def take_back(id: int) -> Response:
    """Think better of a withdrawal, within its term; pressing twice does no more."""
    entry = find_or_404(queries.by_id(id, g.actor))
    if entry.state == State.WITHDRAWN or entry.author_id != g.actor.id:
        require(policy.can_take_back(g.actor, entry))
        if entry.root is not None and g.actor.silenced:
            raise Refused("comment.silenced")
        if entry.root is not None and entry.root.locked and not g.actor.moderates(entry.root.region_code):
            raise Refused("comment.locked")
        entry.take_back(by=g.actor)
    if wants_json():
        return jsonify(state=entry.state)
    flash(_("Вернули: всё как было."), "good")
    return redirect(redirects.back(address_of(entry)), 303)
