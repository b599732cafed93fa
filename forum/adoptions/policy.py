"""Who may adopt a practice, keep the record of it, and confirm its result."""

from collections.abc import Collection

from forum.adoptions.models import Adoption, Stage
from forum.core.actor import Actor
from forum.entries.policy import TAKEN_AWAY
from forum.practices.models import Practice


def _is_theirs(actor: Actor, municipality_id: int | None) -> bool:
    """The municipality they name as theirs, or, where it is proved that they work there, one that it came of."""
    return actor.municipality_id == municipality_id or municipality_id in actor.works_for


def hindrance(actor: Actor, practice: Practice) -> str | None:
    """Why the actor can't adopt the practice for their town: a name for words of ours, or None where they can.

    A practice that did not work may be tried again: conditions differ. One that guests can't read may not be taken up.
    """
    if actor.is_guest:
        return "guest"
    if not practice.is_published:
        return "not_public"
    if actor.municipality_id is None:
        return "no_town"
    if _is_theirs(actor, practice.municipality_id):
        return "own_town"
    return None if actor.may_write else "may_not_write"


def can_adopt(actor: Actor, practice: Practice) -> bool:
    """Members of other towns."""
    return hindrance(actor, practice) is None


def can_keep(actor: Actor, adoption: Adoption, keepers: Collection[int]) -> bool:
    """Those who keep it while they work for the town; not what a moderator has hidden."""
    ours = _is_theirs(actor, adoption.municipality_id)
    return actor.may_write and ours and actor.id in keepers and adoption.state not in TAKEN_AWAY


def can_join(actor: Actor, adoption: Adoption, keepers: Collection[int]) -> bool:
    """Colleagues of the same town who are known to work there, on what they can read: anybody may write a town into their profile."""
    ours = adoption.municipality_id in actor.works_for
    return actor.may_write and ours and actor.id not in keepers and adoption.state not in TAKEN_AWAY


def can_judge(actor: Actor, adoption: Adoption, practice: Practice, keepers: Collection[int]) -> bool:
    """The practice's author, whoever leads it after them, or a moderator of either place; nobody whose town the result is."""
    if not actor.may_write or not adoption.is_published or adoption.stage != Stage.RESULT:
        return False
    if actor.id in keepers or actor.id == adoption.author_id or _is_theirs(actor, adoption.municipality_id):
        return False
    ours = actor.id in (practice.author_id, practice.keeper_id)
    return ours or actor.moderates(practice.region_code) or actor.moderates(adoption.region_code)
