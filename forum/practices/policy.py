"""What an author and the people of its municipality may do with a practice; the rest is the policy of entries."""

from forum.core.actor import Actor
from forum.entries.models import State
from forum.entries.policy import can_moderate, is_colleague
from forum.practices.models import Practice


def _own(actor: Actor, practice: Practice) -> bool:
    return actor.may_write and practice.author_id == actor.id


def can_publish(actor: Actor, practice: Practice) -> bool:
    """A draft of one's own."""
    return _own(actor, practice) and practice.state == State.DRAFT


def can_unpublish(actor: Actor, practice: Practice) -> bool:
    """One's own that others see, that waits, or that one has withdrawn: it becomes a draft again."""
    return _own(actor, practice) and practice.state in (State.PUBLISHED, State.WAITING, State.WITHDRAWN)


def owns(actor: Actor, practice: Practice) -> bool:
    """Its author, or somebody who works for its municipality: they change it without giving a moderator's reasons."""
    return practice.author_id == actor.id or is_colleague(actor, practice)


def withholds_contact(actor: Actor, practice: Practice) -> bool:
    """Whether who may edit it must not read its contact: a colleague of an author who asked not to be named."""
    return bool(practice.anonymous) and practice.author_id != actor.id and is_colleague(actor, practice)


def can_take_over(actor: Actor, practice: Practice) -> bool:
    """Who owns a published practice that nobody leads, or to whom its keeper has offered it."""
    free = practice.keeper_id is None or practice.offered_to_id == actor.id
    return actor.may_write and practice.is_published and free and practice.keeper_id != actor.id and owns(actor, practice)


def keeps(actor: Actor, practice: Practice) -> bool:
    """The one who leads a published practice."""
    return actor.may_write and practice.is_published and practice.keeper_id == actor.id


def can_confirm(actor: Actor, practice: Practice) -> bool:
    """That it is still true, say its keeper, its author and their colleagues."""
    return actor.may_write and practice.is_published and (practice.keeper_id == actor.id or owns(actor, practice))


def can_hand_over(actor: Actor, practice: Practice) -> bool:
    """Moderators in whose regions it lies; who owns it takes it over or offers it like all others."""
    return practice.is_published and can_moderate(actor, practice)


def sees_keeping(actor: Actor, practice: Practice) -> bool:
    """Who may open the page on who leads it: whoever could do something there."""
    return can_confirm(actor, practice) or can_hand_over(actor, practice)


def sees_contact(actor: Actor) -> bool:
    """Contacts are for colleagues, not for the whole net."""
    return not actor.is_guest
