"""Who is behind a request: the session's person in a browser, a token's person in the API."""

import hashlib
from datetime import timedelta

from flask import Flask, g, request
from flask_login import current_user
from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from forum.accounts.models import SEEN_EVERY, ApiToken, Person
from forum.accounts.queries import as_actor
from forum.core.clock import now
from forum.core.stamps import QUIET
from forum.extensions import db, login

TOKEN_SEEN_EVERY = timedelta(hours=1)


def digest(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


@login.user_loader
def _of_session(key: str) -> Person | None:
    number, _, epoch = key.partition(".")
    if not (number.isdecimal() and epoch.isdecimal()):
        return None
    person = db.session.execute(as_actor(int(number))).unique().scalar_one_or_none()
    return person if person is not None and person.session_epoch == int(epoch) else None


def identify() -> Person | None:
    """The person behind this request, with what `as_actor` needs. Programs are known by tokens only, never by cookies."""
    if request.path.startswith("/api/"):
        return _of_token(request.headers.get("Authorization", ""))
    return current_user._get_current_object() if current_user.is_authenticated else None


def _of_token(header: str) -> Person | None:
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        return None
    loads = joinedload(ApiToken.person)
    query = (
        select(ApiToken)
        .where(ApiToken.digest == digest(token.strip()))
        .options(loads.joinedload(Person.municipality), loads.joinedload(Person.moderated))
    )
    found = db.session.execute(query).unique().scalar_one_or_none()
    if found is None:
        return None
    g.token_scope = found.scope
    return found.person


def mark_seen() -> None:
    """Note that the person is about, at most every quarter of an hour, on requests that write anyway."""
    person: Person | None = g.get("person")
    if person is not None and request.method == "POST" and (person.seen_at is None or now() - person.seen_at > SEEN_EVERY):
        db.session.execute(update(Person).where(Person.id == person.id).values(seen_at=now()), execution_options=QUIET)


def init_app(app: Flask) -> None:
    """Tell the guard how to find people."""
    app.extensions["identify"] = identify
