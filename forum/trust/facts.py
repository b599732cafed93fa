"""Gathering what is known of people, and keeping the level that follows from it."""

from collections import Counter
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from forum.accounts.models import PROBATION_POSTS, Person, Role
from forum.core import events
from forum.core.actor import SYSTEM
from forum.core.events import Event
from forum.core.level import Level
from forum.core.stamps import QUIET
from forum.entries.models import Entry, State
from forum.trust.levels import DAYS, MEMORY_DAYS, Facts, ceiling, earned

AGAINST = ("moderation.hidden", "moderation.returned", "moderation.warned")
SANCTIONS = ("moderation.silenced", "moderation.suspended")
# By whom a step against somebody was taken back: the step itself, or the sanction it began.
UNDONE = ("moderation.undone", "moderation.warning_lifted", "moderation.unsilenced", "moderation.released")


def of(session: Session, person: Person, at: datetime) -> Facts:
    """The facts about one person now."""
    posts, votes = session.execute(
        select(func.count(), func.coalesce(func.sum(Entry.score), 0)).where(Entry.author_id == person.id, Entry.state == State.PUBLISHED)
    ).one()
    upheld, sanctioned = conduct(session, person.id, at)
    return Facts(
        days=(at - person.confirmed_at).days if person.confirmed_at else None,
        approved=person.approved_posts,
        posts=posts,
        votes=votes,
        upheld=upheld,
        sanctioned=sanctioned,
        verified=person.verified_at is not None,
        staff=person.role != Role.EMPLOYEE,
    )


def conduct(session: Session, person_id: int, at: datetime) -> tuple[int, bool]:
    """How many upheld reports and warnings of the last 90 days stand, and whether a silence or suspension does.

    What was hidden or returned counts where a report led to it; what was undone does not count. A sanction that ended
    before its time, by a moderator who took it back, does not either.
    """
    recent = (Event.person_id == person_id, Event.at > at - timedelta(days=MEMORY_DAYS))
    rows = session.execute(
        select(Event.id, Event.kind, Event.data).where(*recent, Event.kind.in_((*AGAINST, *SANCTIONS, *UNDONE))).order_by(Event.id)
    ).all()
    undone = {data.get("undoes") for _id, _kind, data in rows}
    ended = {data["sanction"] for _id, kind, data in rows if kind in UNDONE and data.get("sanction")}
    counts: Counter[str] = Counter()
    for id, kind, data in rows:
        stands = id not in undone and data.get("sanction") not in ended
        if stands and (kind not in AGAINST[:2] or data.get("reports")):
            counts[kind] += 1
    return sum(counts[kind] for kind in AGAINST), any(counts[kind] for kind in SANCTIONS)


def settle(session: Session, person_id: int, at: datetime) -> Level | None:
    """Compute a person's level anew and keep it; the level, or None where there is nobody. A change is said; repeating it says nothing."""
    person = session.get(Person, person_id, with_for_update={"key_share": True}, populate_existing=True)
    if person is None:
        return None
    facts, before = of(session, person, at), person.standing
    cap = ceiling(facts)
    values = {"level": int(earned(facts)), "level_cap": None if cap is Level.TRUSTED else int(cap)}
    if (person.level, person.level_cap) == (values["level"], values["level_cap"]):
        return before
    session.execute(update(Person).where(Person.id == person_id).values(**values), execution_options=QUIET)
    session.refresh(person, attribute_names=list(values))
    after = person.standing
    if after != before:
        # Who is kept down by conduct has been told of the decision itself.
        lowered = "trust.capped" if cap < earned(facts) else "trust.lowered"
        kind = "trust.raised" if after > before else lowered
        events.record(session, kind, by=SYSTEM, person_id=person_id, level=int(after), was=int(before))
    return after


def due(session: Session, at: datetime, limit: int = 1000, after: int = 0) -> list[int]:
    """People whose level may have changed by time or votes alone, by number."""
    old_enough = Person.confirmed_at <= at - timedelta(days=DAYS)
    climbing = (Person.level < Level.TRUSTED) & Person.verified_at.is_(None) & old_enough & (Person.approved_posts >= PROBATION_POSTS)
    falling = (Person.level == Level.TRUSTED) & Person.verified_at.is_(None)
    query = select(Person.id).where(Person.id > after, Person.role == Role.EMPLOYEE, or_(Person.level_cap.is_not(None), climbing, falling))
    return list(session.scalars(query.order_by(Person.id).limit(limit)))
