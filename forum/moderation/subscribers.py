"""What moderation itself hears of: the chained log follows every event of a moderator; appeals follow what was taken back."""

from sqlalchemy.orm import Session

from forum.core.events import Event, on
from forum.moderation import appeals, chain, moot, reasons, sanctions

# Their tables, and the hook of the log, are known wherever subscribers are.
__all__ = ["appeals", "chain", "reasons", "sanctions"]


@on(*moot.TURNS)
def settle_appeals(session: Session, event: Event) -> None:
    """An appeal stands no longer than the decision it is against."""
    if event.person_id is not None:
        moot.settle(session, event.person_id)
