"""Who may read an entry (one SQL rule) and who may act on it (pure predicates)."""

from functools import lru_cache
from typing import Protocol

from sqlalchemy import ColumnElement, and_, false, or_, select

from forum.core.actor import Actor
from forum.entries.models import Entry, State

MODERATORS_SEE = (State.WAITING, State.HIDDEN)
TAKEN_AWAY = (State.HIDDEN, State.WITHDRAWN, State.GONE, State.MERGED)


class Written(Protocol):
    """What the rules ask of an entry; a row of its columns will do."""

    @property
    def author_id(self) -> int: ...
    @property
    def region_code(self) -> str | None: ...
    @property
    def state(self) -> str: ...
    @property
    def is_published(self) -> bool: ...


# Built once: making an alias copies its columns, which would cost every page some milliseconds.
_root = Entry.__table__.alias("root_entry")
_under_public = or_(
    Entry.root_id.is_(None),
    select(1).where(_root.c.id == Entry.root_id, _root.c.state == State.PUBLISHED).exists(),
)
_public = and_(Entry.state == State.PUBLISHED, _under_public)


@lru_cache(256)  # by the actor's rights, not by the request: a page asks up to five times
def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The only place that says who sees what.

    Guests: published entries whose root is published too. Authors: also their own in every state but that of being gone.
    Moderators: also what waits or is hidden within their regions; never the drafts of others.
    """
    if actor.is_guest:
        return _public
    return or_(_public, and_(Entry.author_id == actor.id, Entry.state != State.GONE), _moderated_by(actor))


def _moderated_by(actor: Actor) -> ColumnElement[bool]:
    if not actor.is_moderator or actor.suspended:
        return false()
    seen = Entry.state.in_([*MODERATORS_SEE, State.PUBLISHED])
    return seen if actor.regions is None else and_(seen, Entry.region_code.in_(sorted(actor.regions)))


def can_edit(actor: Actor, entry: Written) -> bool:
    """Authors edit their own while no moderator has hidden it; colleagues what belongs to their municipality; moderators in their scope."""
    if not actor.may_write:
        return False
    if entry.author_id == actor.id:
        return entry.state not in TAKEN_AWAY
    if is_colleague(actor, entry):
        return True
    return entry.state != State.DRAFT and can_moderate(actor, entry)


def is_colleague(actor: Actor, entry: Written) -> bool:
    """Whether somebody else's entry belongs to a municipality that the actor is known to work for, or to one it came of, and is published.

    Kinds that belong to one say so by `owner_id`; their drafts are their authors' alone.
    """
    owner = getattr(entry, "owner_id", None)
    return owner in actor.works_for and entry.is_published and entry.author_id != actor.id


def can_withdraw(actor: Actor, entry: Written) -> bool:
    """Only the author, and not what a moderator has hidden."""
    return actor.may_write and entry.author_id == actor.id and entry.state not in TAKEN_AWAY


def can_take_back(actor: Actor, entry: Written) -> bool:
    """The author, what they have withdrawn; who may not speak in discussions takes nothing back into one."""
    return actor.may_write and entry.author_id == actor.id and entry.state == State.WITHDRAWN


def can_moderate(actor: Actor, entry: Written) -> bool:
    """Moderators in whose regions the entry lies; nobody judges their own."""
    return actor.may_write and actor.moderates(entry.region_code) and entry.author_id != actor.id


def can_comment(actor: Actor, entry: Entry) -> bool:
    """Members who are not silenced, on what is published and not locked (moderators also when locked)."""
    return actor.may_write and not actor.silenced and entry.is_published and (not entry.locked or actor.moderates(entry.region_code))


def can_vote(actor: Actor, entry: Written) -> bool:
    """Members, on what others have published: not even on what they only help to keep."""
    return actor.may_write and entry.is_published and not _stands_behind(actor, entry)


def _stands_behind(actor: Actor, entry: Written) -> bool:
    behind = getattr(entry, "behind", None)  # rows of columns have authors only
    return entry.author_id == actor.id or (behind is not None and actor.id in behind())


def can_report(actor: Actor, entry: Written) -> bool:
    """Members, on what others have published."""
    return can_vote(actor, entry)
