"""Who may take questions off the public page."""

from forum.core.actor import Actor


def can_curate(actor: Actor) -> bool:
    """Moderators of the whole site: a question belongs to no region."""
    return actor.may_write and actor.moderates(None)
