"""Asking a person for a code: limited, noted where it fails, and each code good for once."""

from flask import current_app

from forum.accounts import letters, second_factor, throttle
from forum.accounts.models import Person
from forum.accounts.second_factor import Vault
from forum.core import events
from forum.core.actor import GUEST
from forum.core.clock import now
from forum.core.errors import Refused
from forum.extensions import db
from forum.web import transaction


def vault() -> Vault:
    """What the secrets of this site are encrypted with."""
    return Vault(current_app.config["SECRET_KEY"])


def check_code(person: Person, code: str, recovery: str = "", *, either: bool = False) -> None:
    """Use up a code of the app, or a recovery code where one is given. Raises Refused, at the field it came from, or `too_often`.

    `either`: what is no code of the app may be a recovery code. Commits what is done so far.
    """
    notes = throttle.take(throttle.CODE, throttle.account(person.email))
    left = second_factor.unused(db.session(), person)
    transaction.checkpoint()
    accepted = not recovery and second_factor.take_code(db.session(), vault(), person, code, now())
    if not accepted and (recovery or either):
        accepted = _use_recovery(person, left, recovery or code)
    if not accepted:
        events.record(db.session(), "account.code_failed", by=GUEST, person_id=person.id)
        transaction.keep()
        raise Refused("second_factor.recovery_wrong", field="recovery") if recovery else Refused("second_factor.wrong", field="code")
    throttle.give_back(notes)


def _use_recovery(person: Person, left: list[tuple[int, str]], code: str) -> bool:
    transaction.checkpoint()  # the comparing is slow: no lock is held meanwhile
    number = second_factor.match_recovery(left, code)
    if number is None or not second_factor.use_recovery(db.session(), number, now()):
        return False
    events.record(db.session(), "account.recovery_code_used", by=GUEST, person_id=person.id)
    letters.tell_of_second_factor(db.session(), person, "used", left=str(len(left) - 1))
    return True
