"""Who may do what to people."""

from forum.accounts.models import Person, Role
from forum.core.actor import Actor


def can_verify(actor: Actor, person: Person) -> bool:
    """Moderators, for people of their regions whose address is confirmed; nobody for themselves. `municipality` must be loaded.

    Who has named another municipality since is vouched for anew.
    """
    region = person.municipality.region_code if person.municipality else None
    return (
        actor.may_write
        and actor.moderates(region)
        and actor.id != person.id
        and person.confirmed_at is not None
        and not person.works_there
    )


def can_change_role(actor: Actor, person: Person) -> bool:
    """Admins, but never their own: so at least one admin is always left."""
    return actor.is_admin and actor.may_write and actor.id != person.id


def can_make_tokens(actor: Actor) -> bool:
    """Members who may write."""
    return actor.may_write


def needs_second_factor(person: Person, required: str) -> bool:
    """Whether the site asks a second factor of the person's role: `required` is `off`, or `moderators`, admins among them."""
    return required == "moderators" and person.role != Role.EMPLOYEE


def lacks_second_factor(person: Person, required: str) -> bool:
    """Whether it is asked of the person, and there is none."""
    return person.second_factor_at is None and needs_second_factor(person, required)


def can_reset_second_factor(actor: Actor, person: Person) -> bool:
    """Admins, for anybody else who has one."""
    return actor.is_admin and actor.may_write and actor.id != person.id and person.second_factor_at is not None


def can_invite(actor: Actor, person: Person) -> bool:
    """Verified employees and moderators who may write: `person` is the actor's own row."""
    return actor.may_write and (person.verified_at is not None or actor.is_moderator)
