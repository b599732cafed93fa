"""The editorial states of an entry."""

from enum import StrEnum


class State(StrEnum):
    """The editorial state: who may read it. (A practice's own `status` is another thing.)"""

    DRAFT = "draft"
    WAITING = "waiting"
    PUBLISHED = "published"
    HIDDEN = "hidden"
    WITHDRAWN = "withdrawn"
    GONE = "gone"  # withdrawn, and the term to think better of it is over: nothing of the words is left
    MERGED = "merged"  # gave way to another entry: `merged_into_id`
