"""What an author may do with a practice of theirs; the rest is the policy of entries."""

from forum.core.actor import Actor
from forum.entries.models import State
from forum.practices.models import Practice


def _own(actor: Actor, practice: Practice) -> bool:
    return actor.may_write and practice.author_id == actor.id


def can_publish(actor: Actor, practice: Practice) -> bool:
    """A draft of one's own."""
    return _own(actor, practice) and practice.state == State.DRAFT


def can_unpublish(actor: Actor, practice: Practice) -> bool:
    """One's own that others see, that waits, or that one has withdrawn: it becomes a draft again."""
    return _own(actor, practice) and practice.state in (State.PUBLISHED, State.WAITING, State.WITHDRAWN)


def sees_contact(actor: Actor) -> bool:
    """Contacts are for colleagues, not for the whole net."""
    return not actor.is_guest
