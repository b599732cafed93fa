"""Adoptions go with their practice: out of sight and back, under another name, into another practice and home again."""

from sqlalchemy import case, func, inspect, or_, select
from sqlalchemy.orm import Session, joinedload

from forum.adoptions.counting import recount
from forum.adoptions.models import Adoption
from forum.entries.models import Entry, State
from forum.moderation.merging import CARRIERS, Carrier
from forum.places.models import Municipality
from forum.practices.models import Practice
from forum.practices.models import practice as practices

AT_ONCE = 1_000  # practices mended in one transaction; the next night has the rest


def follow(practice: Practice) -> None:
    """Have the adoptions of a practice say what it is called now, and whether guests can read it."""
    if inspect(practice).transient or inspect(practice).pending:  # it has just been made
        return
    found = _of(practice.session, practice.id)
    for adoption in found:
        adoption.name_after(practice, adoption.municipality)
    if found:
        recount(practice.session, [practice.id])


def _of(session: Session, practice_id: int, ids: list[int] | None = None) -> list[Adoption]:
    query = select(Adoption).where(Adoption.practice_id == practice_id).options(joinedload(Adoption.municipality)).order_by(Adoption.id)
    return list(session.scalars(query if ids is None else query.where(Adoption.id.in_(ids))))


def astray(session: Session) -> list[int]:
    """Practices whose adoptions repeat of them or of their towns what is not so: none, unless rows were changed by other hands."""
    a, p, m, e = (entity.__table__.c for entity in (Adoption, Practice, Municipality, Entry))
    seen = e.state == State.PUBLISHED
    differs = or_(
        a.nomination_id.is_distinct_from(p.nomination_id),
        a.shown != seen,
        a.title != case((seen, p.title), else_=""),
        a.town != m.name,
        a.region != m.region_code,
        a.listed_at.is_not(None) & ~seen,
    )
    tables = Adoption.__table__.join(Practice.__table__, p.id == a.practice_id).join(Entry.__table__, e.id == p.id)
    joined = tables.join(Municipality.__table__, m.id == a.municipality_id)
    return list(session.scalars(select(p.id).select_from(joined).where(differs).distinct().order_by(p.id)))


def mend(session: Session) -> int:
    """Have these adoptions say what is so; how many practices that were."""
    ids = astray(session)[:AT_ONCE]
    for practice in session.scalars(select(Practice).where(Practice.id.in_(ids))):
        for adoption in _of(session, practice.id):
            adoption.name_after(practice, adoption.municipality)
            adoption.region = adoption.region_code = adoption.municipality.region_code
        session.flush()
        recount(session, [practice.id])
    return len(ids)


def _count(session: Session, gone: Entry, kept: Entry) -> int:
    return session.scalar(select(func.count()).select_from(Adoption.__table__).where(Adoption.practice_id == gone.id)) or 0


def _carry(session: Session, gone: Entry, kept: Entry) -> list[int]:
    return _move(session, _of(session, gone.id), gone, kept)


def _give_back(session: Session, gone: Entry, kept: Entry, ids: list[int]) -> None:
    _move(session, _of(session, kept.id, ids), kept, gone)


def _move(session: Session, adoptions: list[Adoption], source: Entry, target: Entry) -> list[int]:
    """To another practice; of a town that has one record there already the second is no more its live one."""
    there = set(session.scalars(select(Adoption.municipality_id).where(Adoption.practice_id == target.id, Adoption.live.is_(True))))
    practice = session.get_one(Practice, target.id)
    for adoption in adoptions:
        adoption.practice_id = target.id
        adoption.doubled = adoption.municipality_id in there
        adoption.name_after(practice, adoption.municipality)
        adoption.touch()
    if adoptions:
        recount(session, [source.id, target.id])
    return [adoption.id for adoption in adoptions]


practices.FOLLOWING.append(follow)
CARRIERS["adoptions"] = Carrier(_count, _carry, _give_back)
