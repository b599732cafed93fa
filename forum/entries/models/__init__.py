"""Entry, its revisions and the unsaved work on it."""

from forum.entries.models.entry import Entry
from forum.entries.models.revision import DraftVersion, ReplacedWords, Revision, Seen, WorkingCopy
from forum.entries.models.state import State

__all__ = ["DraftVersion", "Entry", "ReplacedWords", "Revision", "Seen", "State", "WorkingCopy"]
