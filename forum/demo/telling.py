"""Who of the demonstration's people was told of what: as if the worker had run all along, and nobody is flooded."""

from datetime import datetime, timedelta

from sqlalchemy import and_, delete, func, or_, select, update
from sqlalchemy.orm import Session

from forum.adoptions.subscribers import tell_author, tell_keepers
from forum.core.clock import now
from forum.core.events import Delivery, Event, deliver
from forum.follows.subscribers import spread
from forum.notifications.models import Notice, NoticeGroup

# Whose discussion it is hears of half a year, who follows of the last weeks, of adoptions everybody of the last three.
LATELY, NEW, NEWEST = timedelta(days=180), timedelta(days=45), timedelta(days=21)
PUBLISHED = "practice.published"
ADOPTIONS = "adoption.%"
SPREAD, *TOLD = (f"{handler.__module__}.{handler.__qualname__}" for handler in (spread, tell_author, tell_keepers))


def settle(session: Session, since: int) -> None:
    """Of the events loaded now (those after `since`): tell people on the site of the late ones, and nobody of the others."""
    loaded = Event.id > since
    newest = _newest(session, since, "comment.published")
    said = and_(Event.kind != PUBLISHED, Event.kind.not_like(ADOPTIONS), Event.at > newest - LATELY)
    # The first words of an adoption are on record already: here people are only told.
    adopted = and_(Event.kind.like(ADOPTIONS), Event.at > newest - NEWEST, Delivery.handler.in_(TOLD))
    # Followers hear of practices; saved searches and the rest begin with what comes after.
    appeared = and_(Event.kind == PUBLISHED, Event.at > newest - NEW, Delivery.handler == SPREAD)
    recent = select(Delivery.id, Event.at).join(Delivery.event).where(loaded, or_(said, adopted, appeared))
    for delivery_id, at in session.execute(recent.order_by(Event.at, Delivery.id)).all():
        last = session.scalar(select(func.max(Event.id))) or 0
        deliver(session, delivery_id)
        _follow_up(session, last, at, tell=at > newest - NEW)
    session.flush()
    session.execute(delete(Delivery).where(Delivery.event_id > since))
    at_event = select(Event.at).where(Event.id == Notice.event_id).scalar_subquery()
    session.execute(update(Notice).where(Notice.event_id > since).values(at=at_event))
    at_last = select(Event.at).where(Event.id == NoticeGroup.event_id).scalar_subquery()
    session.execute(update(NoticeGroup).where(NoticeGroup.event_id > since).values(at=at_last))


def _newest(session: Session, since: int, kind: str) -> datetime:
    return session.scalar(select(func.max(Event.at)).where(Event.id > since, Event.kind == kind)) or now()


def _follow_up(session: Session, last: int, at: datetime, *, tell: bool) -> None:
    """What a subscriber recorded (events after `last`) happened when that did which it was told of; `tell` those it is for."""
    session.execute(update(Event).where(Event.id > last).values(at=at))
    if not tell:
        return
    for delivery_id in session.scalars(select(Delivery.id).where(Delivery.event_id > last).order_by(Delivery.id)).all():
        deliver(session, delivery_id)
