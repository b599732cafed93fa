"""Opening and ending a person's session in a browser."""

import structlog
from flask import g, session
from flask_login import login_user, logout_user

from forum.accounts import identity
from forum.accounts.models import Person
from forum.core.actor import GUEST

log = structlog.get_logger()


def sign_in(person: Person, remember: bool = True) -> None:
    """Begin a session of the person's own: nothing of the one before is kept, so that none can be planted.

    The rest of this request is theirs too. `municipality` and `moderated` must be loaded.
    """
    _clear()
    login_user(person)
    session.permanent = remember
    g.person, g.actor = person, person.as_actor()
    identity.mark_seen()
    log.info("signed_in", person=person.id)


def sign_out() -> None:
    """End the session of this browser."""
    logout_user()
    _clear()
    g.person, g.actor = None, GUEST


def _clear() -> None:
    session.clear()
    g.pop("csrf_token", None)  # made for the session that is gone
