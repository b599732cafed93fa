"""Opening and ending a person's session in a browser."""

from datetime import timedelta

import structlog
from flask import current_app, g, redirect, request, session
from flask_login import login_user, logout_user
from sqlalchemy import update
from werkzeug.wrappers import Response

from forum.accounts import devices, identity, letters, queries, sessions, tokens
from forum.accounts.models import Person
from forum.core import events
from forum.core.actor import GUEST
from forum.core.clock import now
from forum.core.stamps import QUIET
from forum.extensions import db
from forum.web import carry
from forum.web.redirects import safe_next

STEP = "second_step"  # in the cookie

log = structlog.get_logger()


def sign_in(person: Person, remember: bool = True) -> None:
    """Begin a session of the person's own: nothing of the one before is kept, so that none can be planted.

    The rest of this request is theirs too. `municipality` and `moderated` must be loaded.
    """
    device = sessions.Device(devices.words(request.user_agent.string), devices.network(request.remote_addr or ""), remember)
    news = sessions.is_news(db.session(), person, device)
    _end_present()
    row, token = sessions.begin(db.session(), person, device, _lasts(remember))
    _enter(token, person, remember)
    identity.hold_back(person)
    g.browser_session, g.person, g.actor = row, person, person.as_actor()
    db.session.execute(update(Person).where(Person.id == person.id).values(seen_at=now()), execution_options=QUIET)
    events.record(db.session(), "account.signed_in", by=g.actor, person_id=person.id, device=device.words, network=device.network)
    if news:
        letters.tell_of_new_device(db.session(), person, device.words, row.made_at)
    log.info("signed_in", person=person.id)


def ask_for_code(person: Person, remember: bool) -> None:
    """The password was right; the session begins with the second step, within ten minutes and in this browser."""
    _end_present()
    _clear()
    session[STEP] = tokens.second_step(person, remember)


def waiting() -> tuple[Person, bool] | None:
    """Who has done the first step in this browser, and whether to be remembered."""
    found = tokens.read_second_step(session.get(STEP))
    if found is None:
        return None
    person = db.session.execute(queries.as_actor(found[0])).unique().scalar_one_or_none()
    if person is None or person.second_factor_at is None or not tokens.is_bound(person, found[2]):
        return None
    return person, found[1]


def go_on(target: str | None, typed: str | None) -> Response | str:
    """After signing in: the form that a session had ended under, else the page that was wanted."""
    carried = carry.unpack(typed) if typed else None
    return carry.go_on(carried) if carried is not None else redirect(safe_next(target))


def renew() -> None:
    """Give the present session another token: after its person's rights, password or second factor have changed."""
    row = identity.present()
    if row is not None:
        _enter(sessions.renew(row), row.person, row.remembered)


def sign_out() -> None:
    """End the session of this browser."""
    _end_present()
    logout_user()
    _clear()
    g.person, g.actor = None, GUEST


def _lasts(remember: bool) -> timedelta:
    return timedelta(hours=current_app.config["SESSION_HOURS" if remember else "SESSION_SHORT_HOURS"])


def _end_present() -> None:
    row = identity.present()
    if row is not None:
        sessions.end(row)
        g.browser_session = None


def _enter(token: str, person: Person, remember: bool) -> None:
    _clear()
    login_user(identity.Holder(token, person))
    session.permanent = remember


def _clear() -> None:
    session.clear()
    g.pop("csrf_token", None)  # made for the session that is gone
