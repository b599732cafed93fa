"""How a person wants to be told of each kind."""

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from forum.core.once import insert_once
from forum.notifications.kinds import KINDS, Way
from forum.notifications.models import DigestItem, Preference


def way_of(session: Session, person_id: int, kind: str) -> Way:
    """What the person chose for a kind, or its default."""
    chosen = session.scalar(select(Preference.way).where(Preference.person_id == person_id, Preference.kind == kind))
    return _allowed(kind, chosen)


def ways_of(session: Session, person_id: int) -> dict[str, Way]:
    """The same for every kind, in one query."""
    rows = session.execute(select(Preference.kind, Preference.way).where(Preference.person_id == person_id))
    chosen = {row.kind: row.way for row in rows}
    return {kind: _allowed(kind, chosen.get(kind)) for kind in KINDS}


def _allowed(kind: str, chosen: str | None) -> Way:
    known = KINDS[kind]
    return Way(chosen) if chosen in known.ways else known.default


def choose(session: Session, person_id: int, kind: str, way: Way) -> None:
    """From now on. What waits for a digest that is no longer wanted is dropped."""
    if way not in KINDS[kind].ways:
        raise ValueError(f"{kind} cannot be told {way}")
    if not insert_once(session, Preference, person_id=person_id, kind=kind, way=way):
        session.execute(update(Preference).where(Preference.person_id == person_id, Preference.kind == kind).values(way=way))
    if not way.by_mail:
        waiting = (DigestItem.person_id == person_id, DigestItem.told_as == kind, DigestItem.letter_key.is_(None))
        session.execute(delete(DigestItem).where(*waiting))
