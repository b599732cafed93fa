"""The list of synonyms as the database has it, compiled anew when it has changed."""

from threading import Lock

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forum.search.models import SynonymGroup
from forum.search.synonyms import Synonyms, compile_groups


class WordList:
    """One a process; a change is seen by the next question."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._state: object = None
        self._compiled = Synonyms()

    def current(self, session: Session) -> Synonyms:
        """The synonyms of this moment, for one small SELECT."""
        group = SynonymGroup
        row = session.execute(select(func.count(), func.max(group.id), func.max(group.changed_at))).one()
        state = tuple(row)
        with self._lock:
            if state != self._state:
                self._compiled = compile_groups(session.scalars(select(group.words).order_by(group.id)) if row[0] else ())
                self._state = state
            return self._compiled
