"""Addresses in letters that say by themselves who they are for: turning a kind of letters off, proving an address."""

from typing import Any

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer, URLSafeTimedSerializer

from forum.accounts.models import Person
from forum.notifications.kinds import KINDS

DIGEST = "digest"  # of a link that turns off whatever comes in the digest
CHECK_AGE = 3 * 86_400  # seconds


def public(endpoint: str, **values: Any) -> str:
    """The whole address of a page, in a request as well as in the worker."""
    return str(current_app.config["PUBLIC_URL"]).rstrip("/") + current_app.url_map.bind("").build(endpoint, values)


def _off() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="letters.off")


def off(person_id: int, kind: str) -> str:
    """Turns letters of a kind off for who reads them; for good, since letters are kept for years."""
    return public("letters.off", token=_off().dumps([person_id, kind]))


def read_off(token: str) -> tuple[int, str] | None:
    """Person and kind (or `DIGEST`); None where the link is not ours."""
    try:
        person_id, kind = _off().loads(token)
    except (BadData, ValueError, TypeError):
        return None
    return (int(person_id), str(kind)) if kind in KINDS or kind == DIGEST else None


def _check() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="letters.address")


def check(person: Person) -> str:
    """Proves that the address gets letters again; three days."""
    return public("letters.address", token=_check().dumps([person.id, person.email]))


def read_check(token: str) -> tuple[int, str] | None:
    """Person and address; None where the link is not ours or too old."""
    try:
        person_id, email = _check().loads(token, max_age=CHECK_AGE)
    except (BadData, ValueError, TypeError):
        return None
    return int(person_id), str(email)
