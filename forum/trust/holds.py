"""Why entries wait: put down, and found again by those who decide and by those who wrote."""

from collections import defaultdict
from collections.abc import Iterable
from enum import StrEnum

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from forum.entries.models import Entry, State
from forum.entries.screening import Finding
from forum.trust.models import Hold


class Kind(StrEnum):
    """What can hold an entry back. That its author is a newcomer needs no row: every first post waits."""

    WORD = "word"
    DUPLICATE = "duplicate"
    FLOOD = "flood"
    DOMAIN = "domain"
    REPORTS = "reports"


def put(session: Session, entry_id: int, found: Iterable[Finding], instead: Iterable[str] = tuple(Kind)) -> None:
    """Put down why an entry waits; earlier reasons of the kinds `instead` are forgotten."""
    session.execute(delete(Hold).where(Hold.entry_id == entry_id, Hold.kind.in_(list(instead))))
    session.add_all(Hold(entry_id=entry_id, kind=one.kind, detail=one.detail[:200]) for one in found)


def why(entry_ids: Iterable[int]) -> Select[Hold]:
    """The reasons of those of the entries that wait, oldest first."""
    waiting = (Entry.id == Hold.entry_id) & (Entry.state == State.WAITING)
    return select(Hold).join(Entry, waiting).where(Hold.entry_id.in_(list(entry_ids))).order_by(Hold.id)


def of(session: Session, entry_ids: Iterable[int]) -> dict[int, list[Hold]]:
    """The same by entry; one query for however many, none for none."""
    ids, found = list(entry_ids), defaultdict[int, list[Hold]](list)
    for hold in session.scalars(why(ids)) if ids else ():
        found[hold.entry_id].append(hold)
    return found
