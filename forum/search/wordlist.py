"""The list of synonyms as the database has it, compiled anew when it has changed."""

from threading import Lock
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forum.search.models import SynonymGroup
from forum.search.synonyms import Synonyms, compile_groups

_groups: Any = SynonymGroup.__table__
_STATE = select(func.count(), func.max(_groups.c.id), func.max(_groups.c.changed_at))


class WordList:
    """One a process; a change is seen by the next question."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._state: object = None
        self._compiled = Synonyms()

    def current(self, session: Session) -> Synonyms:
        """The synonyms of this moment, for one small SELECT."""
        state = tuple(session.connection().execute(_STATE).one())
        with self._lock:
            if state != self._state:
                self._compiled = compile_groups(session.scalars(select(SynonymGroup.words).order_by(SynonymGroup.id)) if state[0] else ())
                self._state = state
            return self._compiled
