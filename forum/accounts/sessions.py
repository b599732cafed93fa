"""Sessions of people: begun, found by the token of a cookie, ended. A token is kept as its hash only."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import CursorResult, Engine, delete, select, update
from sqlalchemy.orm import Session

from forum.accounts.digests import digest
from forum.accounts.models import SEEN_EVERY, BrowserSession, Person
from forum.core.brief import briefly
from forum.core.clock import now
from forum.core.stamps import QUIET

# For as long an ended session tells that its device is no news.
KEPT = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Device:
    """What a session is begun with."""

    words: str
    network: str
    remembered: bool = True


def begin(session: Session, person: Person, device: Device, lasts: timedelta) -> tuple[BrowserSession, str]:
    """A new session and its token, which is kept nowhere."""
    token, at = secrets.token_urlsafe(32), now()  # 256 random bits
    row = BrowserSession(
        person_id=person.id,
        digest=digest(token),
        device=device.words,
        network=device.network,
        remembered=device.remembered,
        made_at=at,
        seen_at=at,
        ends_at=at + lasts,
    )
    session.add(row)
    session.flush()
    return row, token


def is_news(session: Session, person: Person, device: Device) -> bool:
    """Whether the person should be told: the device, or where it is, has not been seen, and this is not their first sign-in."""
    theirs = select(BrowserSession.id).where(BrowserSession.person_id == person.id)
    same = theirs.where(BrowserSession.device == device.words, BrowserSession.network == device.network)
    if session.scalar(same.limit(1)) is not None:
        return False
    return person.seen_at is not None or session.scalar(theirs.limit(1)) is not None


def renew(row: BrowserSession) -> str:
    """Another token for the session: what was known of it before opens nothing any more."""
    token = secrets.token_urlsafe(32)
    row.digest = digest(token)
    return token


def end_all(session: Session, person_id: int, but: int | None = None) -> int:
    """End all sessions of a person, save perhaps one; how many there were."""
    theirs = update(BrowserSession).where(BrowserSession.person_id == person_id, BrowserSession.ended_at.is_(None))
    query = theirs.where(BrowserSession.id != but) if but is not None else theirs
    result: CursorResult[tuple[()]] = session.execute(query.values(ended_at=now()))  # type: ignore[assignment]
    return result.rowcount


def end(row: BrowserSession) -> None:
    """End one session."""
    row.ended_at = row.ended_at or now()


def touch(engine: Engine, row_id: int, person_id: int) -> None:
    """Note that a session is in use, in a short transaction of its own. Raises OperationalError rather than wait for long."""
    at = now()
    with briefly(engine, writing=True) as session:
        fresh = update(BrowserSession).where(BrowserSession.id == row_id, BrowserSession.seen_at < at - SEEN_EVERY)
        session.execute(fresh.values(seen_at=at))
        session.execute(update(Person).where(Person.id == person_id).values(seen_at=at), execution_options=QUIET)
        session.commit()


def purge(session: Session) -> None:
    """Forget sessions that nobody has used for long."""
    session.execute(delete(BrowserSession).where(BrowserSession.seen_at < now() - KEPT))
