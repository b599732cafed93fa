"""The letters of accounts. They go to who reads a box, so they quote nothing that somebody else typed."""

from datetime import datetime

from sqlalchemy.orm import Session

from forum.accounts import throttle, tokens
from forum.accounts.digests import digest
from forum.accounts.models import Person
from forum.core.clock import now
from forum.core.letters import write_letter
from forum.web.templating import moment


def _write(session: Session, person: Person, template: str, **params: str) -> None:
    key = f"{template}:{person.id}:{digest(f'{now().isoformat()} {params}')[:16]}"
    write_letter(session, key, person.email, f"accounts_{template}", person.lang, **params)


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
