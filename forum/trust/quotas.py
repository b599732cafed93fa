"""Counting what people write, in the database that all processes share."""

import math
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.accounts.models import Person
from forum.core import attempts
from forum.core.actor import Actor
from forum.core.attempts import Attempt
from forum.core.clock import now
from forum.core.errors import Refused
from forum.core.level import Level
from forum.trust.limits import BURST, BURST_PERIOD, QUOTAS, Window


def level_of(actor: Actor) -> Level:
    """The level an actor acts with."""
    if actor.is_moderator:
        return Level.TRUSTED
    return max(actor.level, Level.KNOWN if actor.trusted else Level.NEWCOMER)


def wait(times: Sequence[datetime], windows: Sequence[Window], at: datetime) -> timedelta | None:
    """How long until one more is allowed, None where it is now; `times` of the earlier ones, the latest first."""
    waits = [times[w.times - 1] + w.period - at for w in windows if len(times) >= w.times and times[w.times - 1] > at - w.period]
    return max(waits, default=None)


def take(session: Session, what: str, by: Actor) -> bool:
    """Count one of what the actor writes; whether that makes a flood. Raises Refused `too_often` (seconds).

    Whoever writes under the same name at the same moment waits: two at once can't both be the last that is allowed.
    """
    level, at, key = level_of(by), now(), f"{what}:{by.id}"
    windows = QUOTAS[what][level]
    session.execute(select(Person.id).where(Person.id == by.id).with_for_update(key_share=True))
    most, longest = max(window.times for window in windows), max(window.period for window in windows)
    earlier = select(Attempt.at).where(Attempt.key == key, Attempt.at > at - longest).order_by(Attempt.at.desc()).limit(most)
    times = session.scalars(earlier).all()
    left = wait(times, windows, at)
    if left is not None:
        raise Refused("too_often", seconds=max(1, math.ceil(left.total_seconds())))
    attempts.note(session, key)
    return sum(time > at - BURST_PERIOD for time in times) >= BURST[level]
