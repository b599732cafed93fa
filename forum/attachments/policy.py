"""Who may touch the files of an entry: whoever may edit the entry."""

from forum.core.actor import Actor
from forum.entries.models import Entry
from forum.entries.policy import can_edit


def can_attach(actor: Actor, entry: Entry) -> bool:
    """Files follow the words: who may change these may add, describe and remove those."""
    return can_edit(actor, entry)
