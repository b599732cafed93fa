"""Who may do what to people; entries have their own policy in `forum.entries`."""

from forum.accounts.models import Person, Role
from forum.core.actor import Actor


def can_discipline(actor: Actor, person: Person) -> bool:
    """Moderators within whose regions the person works; admins anybody but themselves. `municipality` must be loaded."""
    if actor.id == person.id or not actor.may_write:
        return False
    if actor.is_admin:
        return True
    region = person.municipality.region_code if person.municipality else None
    return person.role == Role.EMPLOYEE and actor.moderates(region)
