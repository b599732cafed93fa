"""A practice in the hands of moderators: it moves to another place or nomination, and gives way to another that says the same."""

from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Mapped

from forum.core.errors import Refused
from forum.entries.models import Entry, State
from forum.places.models import Municipality
from forum.search.queue import enqueue_below
from forum.taxonomy.models import Nomination


class Movable(Entry):
    """What a practice makes of the verbs of moderators."""

    __abstract__ = True

    if TYPE_CHECKING:
        nomination_id: Mapped[int | None]
        nomination: Mapped[Nomination | None]
        municipality_id: Mapped[int | None]
        donor_id: Mapped[int | None]

        def move_to(self, municipality: Municipality | None) -> None: ...

    MOVES: ClassVar[tuple[str, ...]] = ("nomination", "municipality")

    def relocate(self, **where: Any) -> dict[str, Any]:
        """To another `nomination` or `municipality` (with its region); what is not named or None stays."""
        before = {"nomination": self.nomination_id, "municipality": self.municipality_id, "region": self.region_code}
        nomination, place = where.get("nomination"), where.get("municipality")
        if nomination is not None:
            self.nomination, self.nomination_id = nomination, nomination.id
        if place is not None:
            self._settle_in(place)
        return before if before["nomination"] != self.nomination_id or before["municipality"] != self.municipality_id else {}

    def put_back(self, before: dict[str, Any]) -> None:
        session = self.session
        nomination, place = before["nomination"], before["municipality"]
        self.nomination, self.nomination_id = session.get(Nomination, nomination) if nomination else None, nomination
        self._settle_in(session.get(Municipality, place) if place else None)

    def _settle_in(self, place: Municipality | None) -> None:
        before = self.region_code
        self.move_to(place)
        if self.region_code != before:
            enqueue_below(self.session, self.id)

    def check_merge(self, kept: Entry) -> None:
        if kept.kind != self.kind or kept.id == self.id or not kept.is_published:
            raise Refused("practice.merge_target", field="kept")
        if self.state not in (State.PUBLISHED, State.WAITING):
            raise Refused("practice.merge_source")

    def absorbed(self, kept: Entry) -> dict[str, Any]:
        """Practices that were adapted from this one name the kept one as their donor."""
        kind = type(self)
        adapted = self.session.scalars(select(kind).where(kind.donor_id == self.id).order_by(kind.id)).all()
        for practice in adapted:
            practice.donor_id = kept.id if practice.id != kept.id else None
        return {"adapted": [practice.id for practice in adapted]}

    def released(self, kept: Entry, before: dict[str, Any]) -> None:
        kind = type(self)
        still = or_(kind.donor_id == kept.id, and_(kind.id == kept.id, kind.donor_id.is_(None)))
        adapted = select(kind).where(kind.id.in_(before["adapted"]), still).execution_options(populate_existing=True)
        for practice in self.session.scalars(adapted):
            practice.donor_id = self.id
