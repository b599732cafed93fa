"""What can be done to an entry of any kind by its author."""

from flask import Blueprint, flash, g, jsonify, redirect
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forum.entries import policy, queries
from forum.entries.addresses import address_of
from forum.entries.models import State
from forum.web import redirects
from forum.web.access import access, members, require, wants_json
from forum.web.lookup import find_or_404

bp = Blueprint("entries", __name__)
blueprints = (bp,)

# Templates draw a control where the same predicate would let it through.
for predicate in (policy.can_comment, policy.can_edit, policy.can_moderate, policy.can_report, policy.can_vote, policy.can_withdraw):
    bp.add_app_template_global(predicate)


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
    flash(_("Комментарий убран.") if entry.root else _("Запись убрана: её больше никто не видит."), "good")
    # The address of something its reader may not see would tell its title.
    return redirect(redirects.back(address_of(entry.root if entry.root and entry.root.is_published else entry)), 303)
