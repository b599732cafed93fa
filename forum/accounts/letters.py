"""The letters of accounts. They go to who reads a box, so they quote nothing that somebody else typed, save a name of who invites."""

import re
from datetime import datetime

from sqlalchemy.orm import Session

from forum.accounts import throttle, tokens
from forum.accounts.digests import digest
from forum.accounts.models import AddressChange, Invitation, Person
from forum.core.clock import now
from forum.core.letters import write_letter
from forum.web.templating import moment


def _write(session: Session, person: Person, template: str, to: str = "", **params: str) -> None:
    key = f"{template}:{person.id}:{digest(f'{now().isoformat()} {to} {params}')[:16]}"
    write_letter(session, key, to or person.email, f"accounts_{template}", person.lang, **params)


def ask_to_confirm(session: Session, person: Person) -> bool:
    """Send the link that proves the address; False where too many letters went there lately."""
    if not throttle.may(throttle.LETTERS, throttle.account(person.email)):
        return False
    _write(session, person, "confirm", link=tokens.confirmation_link(person))
    return True


def tell_of_account(session: Session, person: Person) -> None:
    """To somebody who registers a second time: there is an account already, and how to get in."""
    if throttle.may(throttle.LETTERS, throttle.account(person.email)):
        confirm = "" if person.confirmed_at else tokens.confirmation_link(person)
        _write(
            session, person, "exists", confirm=confirm, login=tokens.page_link("accounts.login"), reset=tokens.page_link("accounts.reset")
        )


def send_reset(session: Session, person: Person) -> None:
    """The link to a new password."""
    if throttle.may(throttle.LETTERS, throttle.account(person.email)):
        _write(session, person, "reset", link=tokens.reset_link(person))


def tell_of_new_password(session: Session, person: Person) -> None:
    """So that the owner notices when it was somebody else."""
    _write(session, person, "password", reset=tokens.page_link("accounts.reset"))


def tell_of_new_device(session: Session, person: Person, device: str, at: datetime) -> None:
    """Somebody signed in from where nobody did before."""
    links = {"sessions": tokens.page_link("accounts.sessions"), "reset": tokens.page_link("accounts.reset")}
    _write(session, person, "new_device", device=device, at=moment(at), **links)


def tell_of_second_factor(session: Session, person: Person, what: str, **params: str) -> None:
    """That it was `set`, `removed`, `reset` by an admin (reason), its recovery codes were `renewed`, or one was `used` (left)."""
    links = {"page": tokens.page_link("accounts.second_factor"), "reset": tokens.page_link("accounts.reset")}
    _write(session, person, "second_factor", what=what, **links, **params)


def warn_of_guessing(session: Session, person: Person) -> None:
    """Somebody knows the password and tries codes; once an hour at most."""
    key = f"guessing:{person.id}:{now():%Y%m%d%H}"
    write_letter(session, key, person.email, "accounts_guessing", person.lang, reset=tokens.page_link("accounts.reset"))


def ask_new_address(session: Session, person: Person, change: AddressChange, taken: bool) -> None:
    """To the new address the link, or word that it has an account already; to the old one the way to refuse."""
    reset = tokens.page_link("accounts.reset")
    if taken:
        _write(session, person, "address_taken", change.new_email, login=tokens.page_link("accounts.login"), reset=reset)
    else:
        _write(session, person, "address_new", change.new_email, link=tokens.address_link(change))
    _write(session, person, "address_old", change.old_email, done="", new=change.new_email, refusal=tokens.refusal_link(change))


def tell_of_new_address(session: Session, person: Person, change: AddressChange) -> None:
    """To the old address: it has happened, and may still be refused."""
    _write(session, person, "address_old", change.old_email, done="1", new=change.new_email, refusal=tokens.refusal_link(change))


def invite(session: Session, invitation: Invitation, inviter: Person, has_account: bool) -> None:
    """To somebody who may never have heard of us. Who has an account gets no link, and who invited does not learn of it."""
    link = "" if has_account else tokens.invitation_link(invitation)
    who = {"inviter": spoken(inviter.name), "login": tokens.page_link("accounts.login")}
    _write(session, inviter, "invitation", invitation.email, link=link, **who)


def spoken(name: str) -> str:
    """A name as it may stand in a stranger's letter: nothing in it becomes a link."""
    return " ".join(re.sub(r"\.(?=\S)", ". ", re.sub(r"[^\w\s.,'’()«»-]|_", " ", name)).split())
