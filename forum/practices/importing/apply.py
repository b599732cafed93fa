"""Cards into the database: what they name is looked up, what they say is written, and only what differs."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from forum.core.actor import Actor
from forum.core.errors import Refused
from forum.entries.models import State
from forum.entries.revisions import revise
from forum.practices import saving
from forum.practices.importing.card import Card
from forum.practices.importing.naming import Names, Rejected
from forum.practices.models import Practice


class Outcome(StrEnum):
    """What a card did."""

    ADDED = "added"
    UPDATED = "updated"
    SAME = "same"


class Importer:
    """Applies many cards in one session; the caller commits. What was looked up is remembered between cards."""

    def __init__(self, session: Session, by: Actor, publish: bool = False) -> None:
        self.session, self.by, self.publish = session, by, publish
        self.names = Names(session)
        self.known: dict[str, Practice | None] = {}
        self.tried: frozenset[str] = frozenset()

    def foresee(self, external_ids: Iterable[str]) -> None:
        """Load at once the practices that the next cards may update; what was foreseen before is forgotten."""
        wanted = list(external_ids)
        query = select(Practice).where(Practice.external_id.in_(wanted)).options(*loads())
        self.known = dict.fromkeys(wanted) | {found.external_id: found for found in self.session.scalars(query) if found.external_id}

    def forget(self) -> None:
        """Drop what is remembered: after a rollback it may not be there any more."""
        self.names, self.known = Names(self.session, self.tried), {}

    def take_back(self) -> None:
        """Undo the cards since the last commit, yet let later ones name them as donors: a dry run."""
        self.tried |= {external_id for external_id, practice in self.known.items() if practice is not None}
        self.session.rollback()
        self.forget()

    def apply(self, card: Card) -> tuple[Practice, Outcome]:
        """Add the practice of a card, or update the one of its external id; raises `Rejected`, and then leaves no trace."""
        try:
            with self.session.begin_nested():
                return self._apply(card)
        except Rejected:
            self.forget()
            raise

    def _apply(self, card: Card) -> tuple[Practice, Outcome]:
        practice = self._find(card.external_id)
        fresh = practice is None
        if practice is None:
            practice = Practice(author_id=self.by.id, external_id=card.external_id, tags=[], html={}, state=State.DRAFT)
            practice.steps, practice.resources, practice.indicators = [], [], []
        changed = write(practice, self.names.resolve(card.values, practice), self.session, self.by)
        if fresh and card.external_id:
            self.known[card.external_id] = practice
        if changed or fresh:
            practice.session.flush()
            if not fresh:
                practice.touch(words=True)
                practice.record("practice.edited", by=self.by)
            revise(practice, by=self.by)
        appeared = self.publish and practice.state == State.DRAFT
        if appeared:
            practice.publish(by=self.by, unfinished=True)
        return practice, Outcome.ADDED if fresh else Outcome.UPDATED if changed or appeared else Outcome.SAME

    def _find(self, external_id: str | None) -> Practice | None:
        if external_id is None:
            return None
        if external_id not in self.known:
            query = select(Practice).where(Practice.external_id == external_id).options(*loads())
            self.known[external_id] = self.session.scalar(query)
        return self.known[external_id]


def loads() -> list[Any]:
    """What a practice has to have loaded before a card can be written into it."""
    return [selectinload(Practice.tags), selectinload(Practice.municipality)]


def apply(session: Session, card: Card, by: Actor, publish: bool = False) -> tuple[Practice, Outcome]:
    """Bring one card into the database as `by`; raises `Rejected`. The caller commits."""
    return Importer(session, by, publish).apply(card)


def write(practice: Practice, values: Mapping[str, Any], session: Session, by: Actor) -> bool:
    """Set what differs from the resolved values, in a session or about to be added to it; whether anything did."""
    changed = False
    problems: list[Refused] = []
    for name, value in values.items():
        if name == "anonymous" or getattr(practice, name) == value:
            continue
        changed = True
        try:
            _set(practice, name, value)
        except Refused as problem:
            problems.append(Refused(problem.code, field=name, **problem.params))
    if problems:
        raise Rejected(problems)
    session.add(practice)
    return _sign(practice, values, session, by) or changed


def _sign(practice: Practice, values: Mapping[str, Any], session: Session, by: Actor) -> bool:
    if "anonymous" not in values or values["anonymous"] == bool(practice.anonymous):
        return False
    session.flush()
    try:
        saving.sign(practice, values["anonymous"], by)
    except Refused as problem:
        raise Rejected([problem]) from problem
    return True


def _set(practice: Practice, name: str, value: Any) -> None:
    if name in Practice.MARKDOWN:
        practice.write(name, value)
    elif name == "municipality":
        practice.move_to(value)
    elif name == "region":
        practice.region = practice.region_code = value
    else:
        setattr(practice, name, value)
