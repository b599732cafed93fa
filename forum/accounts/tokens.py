"""Signed links in letters, and keys for programs."""

import secrets

from flask import current_app, url_for
from itsdangerous import BadData, URLSafeTimedSerializer

from forum.accounts.digests import digest
from forum.accounts.models import AddressChange, ApiToken, Invitation, Person
from forum.accounts.models.address_change import CONFIRM_WITHIN, REFUSE_WITHIN
from forum.accounts.models.invitation import LASTS

DAY, HOUR = 86_400, 3_600
CONFIRM_AGE, RESET_AGE = 3 * DAY, HOUR
STEP_AGE = 600
PREFIX = "mp_"


def _signer(purpose: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt=f"accounts.{purpose}")


def _link(endpoint: str, token: str) -> str:
    # Never from the request: whoever sends a foreign Host must not choose where the link of a letter leads.
    return str(current_app.config["PUBLIC_URL"]).rstrip("/") + url_for(endpoint, token=token, _external=False)


def page_link(endpoint: str) -> str:
    """The public address of a page, for a letter."""
    return str(current_app.config["PUBLIC_URL"]).rstrip("/") + url_for(endpoint, _external=False)


def confirmation_link(person: Person) -> str:
    """Proves that who opens it reads the person's mail; three days."""
    return _link("accounts.confirm", str(_signer("confirm").dumps([person.id, person.email])))


def read_confirmation(token: str) -> tuple[int, str] | None:
    """Person's id and address of a confirmation link; None where it is not ours or too old."""
    return _read("confirm", token, CONFIRM_AGE)


def reset_link(person: Person) -> str:
    """Lets its reader set a new password, once (it dies with the present one), within an hour."""
    return _link("accounts.reset_password", str(_signer("reset").dumps([person.id, _bound_to(person)])))


def read_reset(token: str) -> tuple[int, str] | None:
    """Person's id of a reset link and what it is bound to; None where it is not ours or too old."""
    return _read("reset", token, RESET_AGE)


def address_link(change: AddressChange) -> str:
    """Proves that who opens it reads the new address; an hour."""
    return _link("accounts.confirm_address", str(_signer("address").dumps([change.id, change.new_email])))


def read_address(token: str) -> tuple[int, str] | None:
    """Number of the change and its new address; None where the link is not ours or too old."""
    return _read("address", token, int(CONFIRM_WITHIN.total_seconds()))


def refusal_link(change: AddressChange) -> str:
    """«Это не я», for who reads the old address; three days."""
    return _link("accounts.refuse_address", str(_signer("address-refusal").dumps([change.id, change.old_email])))


def read_refusal(token: str) -> tuple[int, str] | None:
    """Number of the change and its old address; None where the link is not ours or too old."""
    return _read("address-refusal", token, int(REFUSE_WITHIN.total_seconds()))


def invitation_link(invitation: Invitation) -> str:
    """Lets its reader join; two weeks."""
    return _link("accounts.invited", str(_signer("invitation").dumps([invitation.id, invitation.email])))


def read_invitation(token: str) -> tuple[int, str] | None:
    """Number of the invitation and its address; None where the link is not ours or too old."""
    return _read("invitation", token, int(LASTS.total_seconds()))


def second_step(person: Person, remember: bool) -> str:
    """For the cookie between the two steps of signing in: the password was right, ten minutes ago at most."""
    return str(_signer("second-step").dumps([person.id, f"{int(remember)}{_bound_to(person)}"]))


def read_second_step(token: object) -> tuple[int, bool, str] | None:
    """Person's id, whether to be remembered, and what the step is bound to; None where it is not ours or too old."""
    found = _read("second-step", token, STEP_AGE) if isinstance(token, str) else None
    return (found[0], found[1][:1] == "1", found[1][1:]) if found else None


def is_bound(person: Person, binding: str) -> bool:
    """Whether the password is still the one a reset link, or a second step, was made for."""
    return secrets.compare_digest(_bound_to(person), binding)


def _bound_to(person: Person) -> str:
    return digest(f"{person.password_hash} {person.email}")[:24]


def _read(purpose: str, token: str, age: int) -> tuple[int, str] | None:
    try:
        number, text = _signer(purpose).loads(token, max_age=age)
    except (BadData, ValueError, TypeError):
        return None
    return int(number), str(text)


def new_api_token(person_id: int, name: str, scope: str) -> tuple[ApiToken, str]:
    """A token for programs and its text, which is kept nowhere."""
    text = PREFIX + secrets.token_urlsafe(32)
    return ApiToken(person_id=person_id, name=name, scope=scope, digest=digest(text)), text
