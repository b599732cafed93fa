"""Letters that came back: counted, and after enough of them the address is left alone until it is proved again."""

import re
from datetime import timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from forum.accounts import queries as accounts
from forum.accounts.models import Person
from forum.core import events
from forum.core.actor import SYSTEM, Actor
from forum.core.clock import now
from forum.core.letters import Letter
from forum.core.once import insert_once
from forum.notifications import queries
from forum.notifications.models import Bounce

ENOUGH, WITHIN = 3, timedelta(days=14)
NO_SUCH_MAILBOX = "5.1.1"  # RFC 3463
STATUS = re.compile(r"\b5\.\d{1,3}\.\d{1,3}\b")


def status_in(said: str) -> str:
    """The status code (RFC 3463) in what a mail server said; the most general one where it named none."""
    found = STATUS.search(said)
    return found[0] if found else "5.0.0"


def note(session: Session, letter: Letter, status: str, detail: str) -> bool:
    """A letter will never arrive; False where that is known already, or nobody has the address any more."""
    person = session.execute(accounts.by_email(letter.to)).unique().scalar_one_or_none()
    if person is None:
        return False
    about = {"letter_key": letter.key, "email": letter.to, "status": status[:20], "detail": detail[:1000]}
    if not insert_once(session, Bounce, person_id=person.id, at=now(), **about):
        return False
    known = session.scalar(queries.hard_bounces(person, now() - WITHIN)) or 0
    if person.mail_paused_at is None and (known >= ENOUGH or status == NO_SUCH_MAILBOX):
        person.mail_paused_at = now()
        events.record(session, "account.mail_paused", by=SYSTEM, person_id=person.id, status=status)
    return True


def lift(session: Session, person: Person) -> None:
    """The address was proved: letters go there again, and what came back is forgotten."""
    session.execute(delete(Bounce).where(Bounce.person_id == person.id))
    if person.mail_paused_at is not None:
        person.mail_paused_at = None
        events.record(session, "account.mail_resumed", by=Actor(id=person.id, role=person.role), person_id=person.id)
