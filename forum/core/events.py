"""What happened (the audit log and the activity feed) and who still has to hear of it (the outbox)."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, Index, String, Table, Text, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from forum.core.actor import Actor
from forum.core.clock import now
from forum.core.model import Base

MAX_TRIES = 12

Handler = Callable[[Session, "Event"], None]
_handlers: dict[str, list[str]] = {}
_functions: dict[str, Handler] = {}
# Told of each event (kind and number) at once, within its transaction: for what must be written together with it.
WITNESSES: list[Callable[[Session, str, int], None]] = []


class Event(Base):
    """One thing that happened: never changed afterwards. `actor_id` and `entry_id` outlive what they point to."""

    __tablename__ = "events"
    __table_args__ = (Index("ix_events_kind_id", "kind", "id"), Index("ix_events_entry_id_id", "entry_id", "id"))
    affects_pages: ClassVar[bool] = False

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(index=True)
    actor_id: Mapped[int | None] = mapped_column(index=True)
    actor_role: Mapped[str] = mapped_column(String(20))
    entry_id: Mapped[int | None]
    person_id: Mapped[int | None] = mapped_column(index=True)
    reason: Mapped[str | None] = mapped_column(Text)
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Delivery(Base):
    """One subscriber that has still to be told of one event."""

    __tablename__ = "deliveries"
    __table_args__ = (Index("ix_deliveries_due_at_id", "due_at", "id"),)
    affects_pages: ClassVar[bool] = False

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    handler: Mapped[str] = mapped_column(String(120))
    due_at: Mapped[datetime | None]  # None: given up, kept for a person to look at
    tries: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None] = mapped_column(Text)

    event: Mapped[Event] = relationship(lazy="joined")


# Of the tables, not of the classes: hardly anything is written without an event, and the unit of work would take half of the time.
_events: Table = Event.__table__  # type: ignore[assignment]
_deliveries: Table = Delivery.__table__  # type: ignore[assignment]
_HAPPENED, _TELL = insert(_events), insert(_deliveries)


def on(*kinds: str) -> Callable[[Handler], Handler]:
    """Subscribe a function to kinds of events. It must be safe to repeat: it may be called again after a crash."""

    def register(function: Handler) -> Handler:
        name = f"{function.__module__}.{function.__qualname__}"
        _functions[name] = function
        for kind in kinds:
            _handlers.setdefault(kind, []).append(name)
        return function

    return register


def record(
    session: Session,
    kind: str,
    *,
    by: Actor,
    entry_id: int | None = None,
    person_id: int | None = None,
    reason: str | None = None,
    **data: Any,
) -> int:
    """Write down what happened and, in the same transaction, who has to be told; the number of the event."""
    # What it tells of stands before it.
    session.flush()
    at, connection = now(), session.connection()
    told = {"kind": kind, "at": at, "entry_id": entry_id, "person_id": person_id, "reason": reason, "data": data}
    made = connection.execute(_HAPPENED, told | {"actor_id": by.id, "actor_role": by.role}).inserted_primary_key
    number: int = made[0]  # type: ignore[index]
    if handlers := _handlers.get(kind):
        connection.execute(_TELL, [{"event_id": number, "handler": name, "due_at": at, "tries": 0} for name in handlers])
    for witness in WITNESSES:
        witness(session, kind, number)
    return number


def latest(session: Session, kind: str, entry_id: int) -> Event | None:
    """The last event of a kind about an entry."""
    return session.scalar(select(Event).where(Event.entry_id == entry_id, Event.kind == kind).order_by(Event.id.desc()).limit(1))


def due(session: Session, limit: int = 100) -> Sequence[int]:
    """Ids of the deliveries whose time has come, oldest first."""
    return session.scalars(select(Delivery.id).where(Delivery.due_at <= now()).order_by(Delivery.due_at, Delivery.id).limit(limit)).all()


def deliver(session: Session, delivery_id: int) -> bool:
    """Tell one subscriber in the present transaction; the caller commits. False where another worker was first."""
    delivery = session.get(Delivery, delivery_id, with_for_update={"of": Delivery})
    if delivery is None or delivery.due_at is None:
        return False
    function = _functions.get(delivery.handler)
    if function is None:
        raise LookupError(f"no subscriber {delivery.handler}")
    function(session, delivery.event)
    session.delete(delivery)
    return True


def postpone(session: Session, delivery_id: int, error: Exception) -> None:
    """Note a failure and try again later: after 2, 4, 8… seconds, a day at most; after MAX_TRIES never."""
    delivery = session.get(Delivery, delivery_id)
    if delivery is None:
        return
    delivery.tries += 1
    delivery.error = f"{type(error).__name__}: {error}"[:2000]
    delivery.due_at = now() + timedelta(seconds=min(2**delivery.tries, 86_400)) if delivery.tries < MAX_TRIES else None
