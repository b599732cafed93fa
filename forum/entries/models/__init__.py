"""Entry, its revisions and the unsaved work on it."""

from forum.entries.models.entry import Entry, State
from forum.entries.models.revision import Revision, WorkingCopy

__all__ = ["Entry", "Revision", "State", "WorkingCopy"]
