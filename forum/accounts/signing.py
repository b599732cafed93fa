"""Opening and ending a person's session in a browser."""

from datetime import timedelta

import structlog
from flask import current_app, g, request, session
from sqlalchemy import update

from forum.accounts import devices, identity, letters, sessions
from forum.accounts.models import Person
from forum.core import events
from forum.core.actor import GUEST
from forum.core.clock import now
from forum.core.stamps import QUIET
from forum.extensions import db

log = structlog.get_logger()


def sign_in(person: Person, remember: bool = True) -> None:
    """Begin a session of the person's own: nothing of the one before is kept, so that none can be planted.

    The rest of this request is theirs too. `municipality` and `moderated` must be loaded.
    """
    device = sessions.Device(devices.words(request.user_agent.string), devices.network(request.remote_addr or ""), remember)
    news = sessions.is_news(db.session(), person, device)
    _end_present()
    row, token = sessions.begin(db.session(), person, device, _lasts(remember))
    _enter(token, remember)
    identity.hold_back(person)
    g.browser_session, g.person, g.actor = row, person, person.as_actor()
    db.session.execute(update(Person).where(Person.id == person.id).values(seen_at=now()), execution_options=QUIET)
    events.record(db.session(), "account.signed_in", by=g.actor, person_id=person.id, device=device.words, network=device.network)
    if news:
        letters.tell_of_new_device(db.session(), person, device.words, row.made_at)
    log.info("signed_in", person=person.id)


def renew() -> None:
    """Give the present session another token: after its person's rights, password or second factor have changed."""
    row = identity.present()
    if row is not None:
        _enter(sessions.renew(row), row.remembered)


def sign_out() -> None:
    """End the session of this browser."""
    _end_present()
    _clear()
    g.person, g.actor = None, GUEST


def _lasts(remember: bool) -> timedelta:
    return timedelta(hours=current_app.config["SESSION_HOURS" if remember else "SESSION_SHORT_HOURS"])


def _end_present() -> None:
    row = identity.present()
    if row is not None:
        sessions.end(row)
        g.browser_session = None


def _enter(token: str, remember: bool) -> None:
    _clear()
    session[identity.TOKEN] = token
    session.permanent = remember


def _clear() -> None:
    session.clear()
    g.pop("csrf_token", None)  # made for the session that is gone
