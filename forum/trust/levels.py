"""The rule of trust: what somebody has done says how far they are trusted."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from forum.accounts.models import PROBATION_POSTS
from forum.core.level import Level

DAYS, POSTS, VOTES = 30, 10, 10
# How long bad conduct counts, and how much of it costs everything. `SEVERE`: upheld reports and warnings together.
MEMORY_DAYS = 90
SEVERE = 3


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of somebody. `days` since the address was confirmed (None: it is not); `posts` stand published now;
    `votes` are for less against on those; `upheld` reports and warnings, and whether one was silenced or suspended, of the
    last 90 days; `verified`: works for a municipality for certain; `staff`: moderator or admin."""

    days: int | None = None
    approved: int = 0
    posts: int = 0
    votes: int = 0
    upheld: int = 0
    sanctioned: bool = False
    verified: bool = False
    staff: bool = False


class Need(StrEnum):
    """What the next level may ask."""

    CONFIRMED = "confirmed"
    APPROVED = "approved"
    DAYS = "days"
    POSTS = "posts"
    VOTES = "votes"
    CONDUCT = "conduct"


def level(facts: Facts) -> Level:
    """What is earned, no higher than conduct allows; moderators and admins are trusted whatever else."""
    return Level.TRUSTED if facts.staff else min(earned(facts), ceiling(facts))


def earned(facts: Facts) -> Level:
    """Known: two posts approved by a moderator. Trusted: known, confirmed 30 days ago, 10 posts standing and 10 votes more for
    them than against – or verified, at once. Without a confirmed address nothing is earned."""
    if facts.days is None:
        return Level.NEWCOMER
    if facts.verified:
        return Level.TRUSTED
    if facts.approved < PROBATION_POSTS:
        return Level.NEWCOMER
    return Level.TRUSTED if facts.days >= DAYS and facts.posts >= POSTS and facts.votes >= VOTES else Level.KNOWN


def ceiling(facts: Facts) -> Level:
    """One or two upheld reports or warnings within 90 days: known at most. Three, or any silence or suspension: a newcomer again."""
    if facts.sanctioned or facts.upheld >= SEVERE:
        return Level.NEWCOMER
    return Level.KNOWN if facts.upheld else Level.TRUSTED


def missing(facts: Facts) -> Sequence[tuple[Need, int]]:
    """What is still wanting for the next level, and how much of it; empty where nothing is above."""
    if level(facts) is Level.TRUSTED:
        return ()
    if facts.days is None:
        return ((Need.CONFIRMED, 0),)
    if ceiling(facts) <= level(facts) and earned(facts) > level(facts):
        return ((Need.CONDUCT, 0),)
    wanted = {Need.APPROVED: PROBATION_POSTS - facts.approved}
    if earned(facts) is Level.KNOWN:
        wanted = {Need.DAYS: DAYS - facts.days, Need.POSTS: POSTS - facts.posts, Need.VOTES: VOTES - facts.votes}
    lacks = [(need, number) for need, number in wanted.items() if number > 0]
    return [*lacks, (Need.CONDUCT, 0)] if ceiling(facts) <= level(facts) else lacks
