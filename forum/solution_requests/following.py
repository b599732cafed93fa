"""Offers go with their practice: into another one that it was merged into, and home again."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forum.entries.models import Entry
from forum.moderation.merging import CARRIERS, Carrier
from forum.solution_requests.models import Offer


def _count(session: Session, gone: Entry, kept: Entry) -> int:
    return session.scalar(select(func.count()).select_from(Offer.__table__).where(Offer.practice_id == gone.id)) or 0


def _carry(session: Session, gone: Entry, kept: Entry) -> list[int]:
    """Those of requests that have no offer of the other yet; the requests they belong to."""
    there = select(Offer.request_id).where(Offer.practice_id == kept.id)
    mine = session.scalars(select(Offer).where(Offer.practice_id == gone.id, Offer.request_id.not_in(there))).all()
    return _move(session, mine, kept)


def _give_back(session: Session, gone: Entry, kept: Entry, ids: list[int]) -> None:
    _move(session, session.scalars(select(Offer).where(Offer.practice_id == kept.id, Offer.request_id.in_(ids))).all(), gone)


def _move(session: Session, offers: Sequence[Offer], target: Entry) -> list[int]:
    moved = []
    for offer in offers:
        offer.practice_id = target.id
        moved.append(offer.request_id)
    session.flush()
    return moved


CARRIERS["solution_offers"] = Carrier(_count, _carry, _give_back)
