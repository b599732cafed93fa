"""Who is behind a request: the session's person in a browser, a token's person in the API."""

from datetime import timedelta

import structlog
from flask import Flask, abort, current_app, g, redirect, request, url_for
from flask_login import UserMixin, current_user
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import joinedload

from forum.accounts import policy, sessions
from forum.accounts.digests import digest
from forum.accounts.models import SEEN_EVERY, ApiToken, BrowserSession, Person
from forum.accounts.queries import called, place_of, session_of
from forum.core.clock import now
from forum.core.errors import Refused
from forum.extensions import db, login
from forum.web.access import Level, access_of
from forum.web.transaction import SAFE

TOKEN_SEEN_EVERY = timedelta(hours=1)

log = structlog.get_logger()


class Holder(UserMixin):
    """Who holds the token of a session: what Flask-Login keeps in the cookie, and finds again."""

    def __init__(self, token: str, person: Person) -> None:
        self.token, self.person = token, person

    def get_id(self) -> str:
        return self.token


def idle(remembered: bool) -> timedelta:
    """After how long a silence a session ends."""
    return timedelta(hours=current_app.config["SESSION_IDLE_HOURS" if remembered else "SESSION_SHORT_HOURS"])


def identify() -> Person | None:
    """The person behind this request, with what `as_actor` needs. Programs are known by tokens only, never by cookies."""
    by_token = request.path.startswith("/api/")
    person = _of_token(request.headers.get("Authorization", "")) if by_token else _of_session()
    if person is not None:
        hold_back(person)
    return person


def _of_session() -> Person | None:
    return current_user.person if current_user.is_authenticated else None


@login.user_loader
def _holder(token: str) -> Holder | None:
    row, at = session_of(db.session(), digest(token)), now()
    if row is None or not row.is_open(at, idle(row.remembered)):
        return None
    g.browser_session = row
    if at - row.seen_at > SEEN_EVERY:
        g.session_in_use = (row.id, row.person_id)
    return Holder(token, row.person)


def present() -> BrowserSession | None:
    """The session this request came with."""
    row: BrowserSession | None = g.get("browser_session")
    return row


def hold_back(person: Person) -> None:
    """Where the site asks a second factor of the person's role and there is none yet: they act as an employee until there is."""
    if not policy.lacks_second_factor(person, current_app.config["SECOND_FACTOR_REQUIRED"]):
        return
    person.held_back = True
    rule = access_of(current_app.view_functions.get(request.endpoint or ""))
    if rule is None or rule.level < Level.MODERATORS:
        return
    if request.method in SAFE:
        abort(redirect(url_for("accounts.second_factor", next=request.full_path.rstrip("?"))))
    raise Refused("second_factor.required")


def _of_token(header: str) -> Person | None:
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        return None
    loads = joinedload(ApiToken.person)
    query = (
        select(ApiToken)
        .where(ApiToken.digest == digest(token.strip()))
        .options(place_of(loads), loads.joinedload(Person.moderated))
    )
    found = db.session.execute(query).unique().scalar_one_or_none()
    if found is None:
        return None
    g.token_scope = found.scope
    return found.person


def _note_use(error: BaseException | None) -> None:
    """Note that the session is in use: once in SEEN_EVERY, after the page, so that it waits for no lock."""
    in_use: tuple[int, int] | None = g.pop("session_in_use", None)
    if in_use is None:
        return
    try:
        sessions.touch(db.engine, *in_use)
    except SQLAlchemyError as problem:
        # A busy or read-only database: the next page notes it.
        log.warning("session_not_noted", error=str(problem)[:200])


def init_app(app: Flask) -> None:
    """Tell the guard how to find people."""
    app.extensions["identify"] = identify
    app.extensions["called"] = lambda: called(db.session())
    app.teardown_request(_note_use)
