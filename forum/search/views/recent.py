"""What a person asked before: kept in the cookie of their session, so that nobody else has it and it ends when they sign out."""

from flask import flash, g, redirect, session, url_for
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forum.search.analysis import normalise
from forum.search.found import Found
from forum.search.page import Wish
from forum.search.views.blueprint import bp
from forum.web.access import access, members

RECENT = "recent"
KEPT = 6
LONGEST = 100  # characters of a question worth keeping: a cookie holds 4 KB


@bp.record_once
def _observe(state: BlueprintSetupState) -> None:
    state.app.extensions["search_observers"].append(remember)


def remember(wish: Wish, found: Found) -> None:
    """Put a question first among those a member asked; of a guest nothing is kept."""
    if g.actor.is_guest or not wish.text or wish.page > 1 or len(wish.text) > LONGEST:
        return
    before: list[str] = session.get(RECENT, [])
    asked = [wish.text, *(one for one in before if normalise(one) != normalise(wish.text))][:KEPT]
    if asked != before:
        session[RECENT] = asked


@bp.app_template_global()
def recent_searches() -> list[dict[str, str]]:
    """Text and address of each, the newest first; a guest has none."""
    asked: list[str] = [] if g.actor.is_guest else session.get(RECENT, [])
    return [{"text": text, "url": url_for("search.index", q=text)} for text in asked]


@bp.post("/search/recent/removal")
@access(members)
def forget_recent() -> Response:
    """Forget what was asked before."""
    session.pop(RECENT, None)
    flash(_("Недавние запросы забыты."), "good")
    return redirect(url_for("search.index"))
