"""Keys for programs."""

from flask import abort, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.wrappers import Response

from forum.accounts import policy
from forum.accounts.forms import TokenForm
from forum.accounts.models import ApiToken
from forum.accounts.tokens import new_api_token
from forum.accounts.views.blueprint import bp
from forum.core import events
from forum.core.errors import Refused
from forum.extensions import db
from forum.web.access import access, members, require

MOST = 10
Answer = Response | str | tuple[str, int]


def _page(form: TokenForm, text: str = "") -> str:
    keys = db.session.scalars(select(ApiToken).where(ApiToken.person_id == g.actor.id).order_by(ApiToken.id)).all()
    return render_template("accounts/tokens.html", form=form, keys=keys, text=text, allowed=policy.can_make_tokens(g.actor))


@bp.get("/account/tokens")
@access(members)
def tokens() -> str:
    """The keys there are."""
    return _page(TokenForm())


@bp.post("/account/tokens")
@access(members)
def make_token() -> Answer:
    """Make a key. Its text is in this one answer and nowhere else: not in a redirect, not in the cookie, not in the database."""
    require(policy.can_make_tokens(g.actor))
    form = TokenForm()
    if not form.validate():
        return _page(form), 422
    if len(db.session.scalars(select(ApiToken.id).where(ApiToken.person_id == g.actor.id).limit(MOST)).all()) >= MOST:
        form.show(Refused("account.too_many_tokens", limit=MOST))
        return _page(form), 422
    token, text = new_api_token(g.actor.id, form.name.data or "", form.scope.data)
    db.session.add(token)
    events.record(db.session(), "account.token_made", by=g.actor, person_id=g.actor.id, scope=token.scope)
    return _page(TokenForm(None), text), 201


@bp.post("/account/tokens/<int:id>/revocation")
@access(members)
def revoke_token(id: int) -> Response:
    """Take a key away from whoever has it."""
    token = db.session.get(ApiToken, id)
    if token is None or token.person_id != g.actor.id:
        abort(404)
    db.session.delete(token)
    events.record(db.session(), "account.token_revoked", by=g.actor, person_id=g.actor.id)
    flash(_("Ключ «%(name)s» отозван.", name=token.name), "good")
    return redirect(url_for("accounts.tokens"))
