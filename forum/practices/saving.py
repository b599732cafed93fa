"""From a card (the shape of `Practice.snapshot`) to a practice that is kept, with its history."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from forum.core.actor import Actor
from forum.core.errors import Conflict, Refused
from forum.entries import meeting
from forum.entries.models import Entry, Revision, Seen, State, WorkingCopy
from forum.entries.revisions import revise
from forum.moderation.undoing import RESTATE
from forum.places import queries as places
from forum.practices import versions
from forum.practices.family import is_forefather
from forum.practices.models import Indicator, Practice, Resource, Step
from forum.practices.models.rows import row_of
from forum.practices.policy import owns
from forum.taxonomy.models import Nomination, known_codes, tags_named

_TEXTS = ("title", "summary", "contact")
_ROWS: dict[str, type[Any]] = {"steps": Step, "resources": Resource, "indicators": Indicator}


def begin(session: Session, by: Actor) -> Practice:
    """An empty practice of the actor's: a draft."""
    practice = Practice(author_id=by.id, title="", html={}, steps=[], resources=[], indicators=[], tags=[])
    session.add(practice)
    session.flush()
    return practice


def fill(session: Session, practice: Practice, card: Mapping[str, Any]) -> None:
    """Put a card into a practice (with `tags` loaded); what the card does not name stays. Raises Refused at its field."""
    for name in Practice.PLAIN:
        if name in card:
            setattr(practice, name, card[name] or "" if name in _TEXTS else card[name])
    if "status" in card:
        practice.status = card["status"] or "implemented"
    for name in Practice.MARKDOWN:
        if name in card and (card[name] or "") != (getattr(practice, name) or ""):
            _write(practice, name, card[name] or "")
    for source, cost in card.get("costs", {}).items():
        setattr(practice, f"cost_{source}", cost)
    for name, kind in _ROWS.items():
        if name in card:
            setattr(practice, name, [row_of(kind, row) for row in card[name]])
    if "obstacles" in card:
        practice.obstacles = known_codes(session, card["obstacles"] or ())
    _relate(session, practice, card)


def _relate(session: Session, practice: Practice, card: Mapping[str, Any]) -> None:
    if "municipality_id" in card:
        number = card["municipality_id"]
        practice.move_to(session.execute(places.by_id(number)).scalar_one_or_none() if number else None)
    if "nomination_id" in card:
        practice.nomination = session.get(Nomination, card["nomination_id"]) if card["nomination_id"] else None
        practice.nomination_id = practice.nomination.id if practice.nomination else None
    if "donor_id" in card:
        _check_donor(session, practice, card["donor_id"])
        practice.donor = session.get(Practice, card["donor_id"]) if card["donor_id"] else None
        practice.donor_id = practice.donor.id if practice.donor else None
    if "valid_on" in card:
        practice.valid_on = date.fromisoformat(card["valid_on"]) if card["valid_on"] else None
    if "tags" in card:
        practice.tags = tags_named(session, card["tags"])


def _check_donor(session: Session, practice: Practice, donor_id: int | None) -> None:
    """Families have no circles: what was taken from a practice can't be its donor."""
    if not donor_id or donor_id == practice.donor_id or practice.id is None:
        return
    if donor_id == practice.id:
        raise Refused("practice.donor_self", field="donor")
    if is_forefather(session, practice.id, donor_id):
        raise Refused("practice.donor_circle", field="donor")


def _write(practice: Practice, name: str, text: str) -> None:
    try:
        practice.write(name, text)
    except Refused as refusal:
        raise Refused(refusal.code, field=name, **refusal.params) from refusal


def save(
    session: Session,
    practice: Practice,
    card: Mapping[str, Any],
    *,
    by: Actor,
    version: int | None = None,
    comment: str = "",
    reason: str = "",
) -> bool:
    """Change the words; False where nothing differs. What others see stays complete and gets a revision.

    `version` is that of the entry the words were written over: Conflict where it has changed since. Colleagues of the author
    can't give it to another municipality. Whoever else changes somebody's practice is a moderator: they need a `reason`, and
    can't move it out of their regions.
    """
    if version is not None and version != practice.version:
        raise Conflict
    before = practice.snapshot()
    judged = not owns(by, practice)
    if practice.is_published or judged:
        # The first edit of what was published without a revision (by an import) keeps what stood there before.
        revise(practice, by=Actor(id=practice.author_id), words_only=True)
    fill(session, practice, card)
    session.flush()
    if practice.snapshot() == before:
        return False
    check_place(practice, before["municipality_id"], by, judged)
    meeting.replace(session, practice, before, by)
    if practice.state in (State.PUBLISHED, State.WAITING):
        practice.check_complete()
    practice.touch(words=True)
    made = revise(practice, by, comment) if practice.is_published or judged else None
    say_edited(practice, by, judged)
    if judged:
        say_why(practice, by, reason, made)
    else:
        practice.recheck(by)
    return True


def check_place(practice: Practice, before: int | None, by: Actor, judged: bool) -> None:
    """Raise Refused where a colleague of the author has given it to another municipality: it belongs to theirs."""
    if not judged and by.id != practice.author_id and practice.municipality_id != before:
        raise Refused("practice.municipality_kept", field="municipality")


def say_edited(practice: Practice, by: Actor, judged: bool) -> None:
    """Others see the new words; who leads it and who wrote it hear of it where a colleague changed them."""
    if practice.is_published:
        practice.record("practice.edited", by=by, colleague=not judged and by.id != practice.author_id)


def say_why(practice: Practice, by: Actor, reason: str, made: Revision | None) -> None:
    """A moderator has changed somebody's practice, or its files alone (`made` is None then): the author is told why.

    Raises Refused without a reason, or out of scope.
    """
    if not by.moderates(practice.region_code):
        raise Refused("practice.outside_regions", field="municipality")
    practice.corrected(by, reason, made.number if made is not None else None)


def restate(session: Session, practice: Entry, snapshot: Mapping[str, Any], by: Actor) -> None:
    """Have it say again what a revision said: a moderator's correction is undone."""
    whole = select(Practice).where(Practice.id == practice.id).options(selectinload(Practice.tags))
    fill(session, session.scalars(whole.execution_options(populate_existing=True)).one(), snapshot)


RESTATE["practice"] = restate


def sign(practice: Practice, anonymous: bool, by: Actor) -> None:
    """Keep the author's name back, or give it again, as they wish; Refused where the practice did work."""
    if anonymous:
        practice.withhold_name(by)
    else:
        practice.give_name(by)


def publish(practice: Practice, by: Actor) -> None:
    """Show it to others, or to the moderators first; the words as published begin its history."""
    practice.publish(by)
    if practice.is_published:
        revise(practice, by)


def keep_copy(session: Session, practice: Practice, by: Actor, fields: dict[str, Any], at: Any, seen: Seen | None = None) -> WorkingCopy:
    """Keep a form as it was typed, valid or not; one copy for each person and practice.

    The text of another page, which this one has not `seen`, stays as a version.
    """
    copy = session.get(WorkingCopy, (by.id, practice.id))
    unseen = copy is not None and seen is not None and copy.is_news_to(seen)
    if copy is None:
        copy = WorkingCopy(person_id=by.id, entry_id=practice.id)
        session.add(copy)
    copy.fields, copy.saved_at, copy.tab = fields, at, seen.tab if seen else ""
    versions.remember(session, practice.id, by, fields, at, beside=unseen)
    return copy


def drop_copy(session: Session, practice: Practice, by: Actor) -> None:
    """The words were saved for real, or are not wanted."""
    copy = session.get(WorkingCopy, (by.id, practice.id))
    if copy is not None:
        session.delete(copy)
