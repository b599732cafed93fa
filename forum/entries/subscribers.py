"""Derived columns follow by themselves: before a flush every written entry puts its own in order."""

from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session

from forum.entries.models import Entry


@event.listens_for(Session, "before_flush")
def settle_entries(session: Session, context: Any, instances: Any) -> None:
    """Let each new or changed entry compute what follows from its other columns."""
    for obj in [*session.new, *session.dirty]:
        if isinstance(obj, Entry):
            obj.settle()
