"""One number that grows whenever something a guest could read has changed: the key of cached pages."""

from typing import Any, ClassVar

from sqlalchemy import String, event, insert, select, update
from sqlalchemy.orm import Mapped, ORMExecuteState, Session, mapped_column

from forum.core.model import Base

PAGES = "pages"
_CHANGED = "pages_changed"
# For a bulk statement that changes nothing a guest could read (counters of a person, say): `execution_options=QUIET`.
QUIET = {"quiet": True}


class Stamp(Base):
    """A named counter."""

    __tablename__ = "stamps"
    affects_pages: ClassVar[bool] = False

    name: Mapped[str] = mapped_column(String(30), primary_key=True)
    version: Mapped[int]


# Of the table, not of the class, and asked of the connection: every page begins with it.
_stamps: Any = Stamp.__table__
_CURRENT = select(_stamps.c.version).where(_stamps.c.name == PAGES)
_BUMP = update(_stamps).where(_stamps.c.name == PAGES).values(version=_stamps.c.version + 1)


def current(session: Session) -> int:
    """The present version of all that guests can read."""
    return session.connection().execute(_CURRENT).scalar() or 0


def bump(session: Session) -> None:
    """Make every cached page stale."""
    if not session.connection().execute(_BUMP).rowcount:
        session.connection().execute(insert(_stamps).values(name=PAGES, version=1))


def mark(session: Session) -> None:
    """Have this transaction make every cached page stale, though no row says so by itself."""
    session.info[_CHANGED] = True


@event.listens_for(Session, "after_flush")
def _notice_changes(session: Session, context: Any) -> None:
    if any(obj.affects_pages for group in (session.new, session.dirty, session.deleted) for obj in group):
        session.info[_CHANGED] = True


@event.listens_for(Session, "do_orm_execute")
def _notice_bulk_changes(state: ORMExecuteState) -> None:
    if state.execution_options.get("quiet"):
        return
    if (state.is_update or state.is_delete or state.is_insert) and state.bind_mapper and state.bind_mapper.class_.affects_pages:
        state.session.info[_CHANGED] = True


@event.listens_for(Session, "before_commit")
def _bump_before_commit(session: Session) -> None:
    session.flush()
    # Last thing before the commit, so that writers hold this one row as briefly as can be.
    if session.info.pop(_CHANGED, False):
        bump(session)


@event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    session.info.pop(_CHANGED, None)
