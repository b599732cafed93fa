"""Reading single practices and a person's own; lists are in `lists`."""

from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, select
from sqlalchemy.orm import Session, joinedload, load_only, selectinload

from forum.accounts.models import Person
from forum.bookmarks.queries import is_kept
from forum.core.actor import Actor
from forum.entries.models import Entry, Revision, State, WorkingCopy
from forum.entries.policy import visible_to
from forum.follows.queries import Standing, standing_columns
from forum.places.models import Municipality
from forum.practices.models import Practice

_OUTLINE = (
    *(Practice.title, Practice.slug, Practice.state, Practice.note, Practice.author_id, Practice.anonymous, Practice.root_id),
    *(Practice.region_code, Practice.version, Practice.pinned_id, Practice.locked, Practice.score, Practice.comments_count),
    *(Practice.published_at, Practice.changed_at, Practice.municipality_id, Practice.profile),
    *(Practice.keeper_id, Practice.offered_to_id, Practice.stale, Practice.asked),
)


_WHOLE = (
    joinedload(Practice.author).joinedload(Person.municipality),
    joinedload(Practice.keeper),
    joinedload(Practice.municipality).joinedload(Municipality.region),
    joinedload(Practice.nomination),
    selectinload(Practice.tags),
)
_donor: Any = Practice.__table__.alias("donor")
TAKEN_BACK = (State.WITHDRAWN, State.GONE)


def by_id(practice_id: int, actor: Actor) -> Select[Practice]:
    """One practice with all that its page shows, where the actor may read it."""
    return (
        select(Practice)
        .where(Practice.id == practice_id, visible_to(actor))
        .options(
            *_WHOLE,
            # Not joined: SQLite would put all practices into a temporary table for it.
            selectinload(Practice.donor),
        )
    )


def on_its_page(practice_id: int, actor: Actor) -> Select[Any]:
    """The same for its page, in two questions: rows of the practice and of what its donor is called, where guests can read that."""
    return (
        select(Practice, _donor.c.id.label("donor_id"), _donor.c.title.label("donor_title"), _donor.c.slug.label("donor_slug"))
        # The table, not the class: SQLite would put all practices into a temporary table for it.
        .outerjoin(_donor, and_(_donor.c.id == Practice.donor_id, _donor.c.listed_at.is_not(None)))
        .where(Practice.id == practice_id, visible_to(actor))
        .options(
            *_WHOLE,
        )
    )


def keeping(practice_id: int, actor: Actor) -> Select[Practice]:
    """The same for the page on who leads it, with the colleague it is offered to."""
    return by_id(practice_id, actor).options(joinedload(Practice.offered_to))


def outline(session: Session, practice_id: int, actor: Actor) -> Practice | None:
    """The practice with what its page asks of it before it is drawn: for whom it is, and what they may do."""
    return session.scalar(_outline(actor), {"id": practice_id})


@lru_cache(256)  # built once for a reader: building it takes longer than asking it
def _outline(actor: Actor) -> Select[Practice]:
    return select(Practice).where(Practice.id == bindparam("id"), visible_to(actor)).options(load_only(*_OUTLINE, raiseload=True))


def for_writing(practice_id: int, actor: Actor) -> Select[Practice]:
    """The same, held against other writers until the transaction ends."""
    return by_id(practice_id, actor).with_for_update(of=Entry)


def listed_number(practice_id: int) -> Select[int]:
    """The number, where everybody may read the practice: what may be named as a donor."""
    return select(Practice.id).where(Practice.id == practice_id, Practice.listed_at.is_not(None))


def unfinished(actor: Actor) -> Select[Practice]:
    """One's own practices that others don't see, the last changed first."""
    return (
        select(Practice)
        .where(Practice.author_id == actor.id, Practice.state.not_in([State.PUBLISHED, State.MERGED, State.WITHDRAWN, State.GONE]))
        .options(joinedload(Practice.municipality).joinedload(Municipality.region))
        .order_by(Practice.changed_at.desc(), Practice.id.desc())
        .limit(200)
    )


def copies_of(actor: Actor) -> Select[WorkingCopy]:
    """The actor's unsaved words in all entries."""
    return select(WorkingCopy).where(WorkingCopy.person_id == actor.id)


def own(practice_id: int, actor: Actor) -> Select[Practice]:
    """One of the actor's own, unless they have taken it back."""
    return select(Practice).where(Practice.id == practice_id, Practice.author_id == actor.id, Practice.state.not_in(TAKEN_BACK))


def twins(actor: Actor, title: str, solution: str, since: datetime) -> Select[Practice]:
    """What the same person has just sent with the same words: the second press of a button."""
    same = (Practice.title == title, Practice.solution == solution)
    return select(Practice).where(Practice.author_id == actor.id, *same, Practice.created_at > since, Practice.state.not_in(TAKEN_BACK))


def revision(entry_id: int, number: int) -> Select[Revision]:
    """One revision with its author; the caller has found the entry through `visible_to`."""
    return select(Revision).where(Revision.entry_id == entry_id, Revision.number == number).options(joinedload(Revision.author))


_person: Any = bindparam("person")
_entry: Any = bindparam("entry")
_MARKS = select(is_kept(_person, _entry), *standing_columns(_person, _entry))


def marks(session: Session, actor: Actor, practice_id: int) -> tuple[bool, Standing]:
    """Whether the actor keeps a practice, and how they stand to its discussion: one question, none for guests."""
    if actor.is_guest:
        return False, Standing()
    kept, *stands = session.connection().execute(_MARKS, {"person": actor.id, "entry": practice_id}).one()
    return bool(kept), Standing(*stands)
