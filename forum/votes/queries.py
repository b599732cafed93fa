"""The reader's own votes."""

from collections.abc import Iterable

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from forum.core.actor import Actor
from forum.votes.models import Vote

_MINE = select(Vote.entry_id, Vote.value).where(
    Vote.person_id == bindparam("person"), Vote.entry_id.in_(bindparam("entries", expanding=True))
)  # fmt: skip


def mine(session: Session, actor: Actor, ids: Iterable[int]) -> dict[int, int]:
    """1 or -1 by entry, for those of the entries that the actor voted on; no query for guests or for nothing."""
    wanted = list(ids)
    if actor.is_guest or not wanted:
        return {}
    found = session.connection().execute(_MINE, {"person": actor.id, "entries": wanted})
    return {id: value for id, value in found}  # noqa: C416 – a row is no pair to the type checker
