"""Who may do what to people."""

from forum.accounts.models import Person
from forum.core.actor import Actor


def can_verify(actor: Actor, person: Person) -> bool:
    """Moderators, for people of their regions whose address is confirmed; nobody for themselves. `municipality` must be loaded."""
    region = person.municipality.region_code if person.municipality else None
    return (
        actor.may_write
        and actor.moderates(region)
        and actor.id != person.id
        and person.confirmed_at is not None
        and person.verified_at is None
    )


def can_change_role(actor: Actor, person: Person) -> bool:
    """Admins, but never their own: so at least one admin is always left."""
    return actor.is_admin and actor.may_write and actor.id != person.id


def can_make_tokens(actor: Actor) -> bool:
    """Members who may write."""
    return actor.may_write
