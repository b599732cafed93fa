"""A practice of one's own from an adoption: a draft with the donor named and what is known already filled in."""

from sqlalchemy.orm import Session

from forum.adoptions.models import Adoption, Stage
from forum.core.actor import Actor
from forum.core.errors import Refused
from forum.practices import saving
from forum.practices.models import Practice
from forum.practices.models.rows import as_dict


def begin_from(session: Session, adoption: Adoption, by: Actor) -> Practice:
    """A draft of the actor's with the practice adopted as its donor; raises Refused where there is no result yet."""
    if adoption.stage != Stage.RESULT:
        raise Refused("adoption.no_result")
    donor = adoption.practice
    practice = saving.begin(session, by)
    card = {
        "title": donor.title if adoption.shown else "",
        "municipality_id": adoption.municipality_id,
        "nomination_id": donor.nomination_id if adoption.shown else None,
        "status": "implemented",
        "results": adoption.outcome,
        "lessons": "\n\n".join(filter(None, [adoption.obstacles_met, adoption.changed])),
        "replication": adoption.advice,
        "started": f"{adoption.opened_on:%Y-%m}",
        "finished": f"{adoption.closed_on:%Y-%m}" if adoption.closed_on else None,
        "costs": adoption.costs,
        "upkeep": adoption.upkeep,
        "indicators": [as_dict(row) for row in adoption.indicators],
        "donor_id": donor.id if adoption.shown else None,
    }
    saving.fill(session, practice, card)
    return practice
