"""Adoptions go with their practice: out of sight and back, under another name, into another practice and home again."""

from sqlalchemy import func, inspect, select
from sqlalchemy.orm import Session, joinedload

from forum.adoptions.counting import recount
from forum.adoptions.models import Adoption
from forum.entries.models import Entry
from forum.moderation.merging import CARRIERS, Carrier
from forum.practices.models import Practice
from forum.practices.models import practice as practices


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
