"""Taking a practice home, and what spans the record, its people and its words."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from forum.adoptions import queries
from forum.adoptions.models import Adoption, AdoptionPerson, Stage, What
from forum.adoptions.policy import can_adopt, can_join
from forum.core.actor import Actor
from forum.core.clock import now
from forum.core.errors import Conflict, Forbidden, Refused
from forum.core.once import insert_once
from forum.entries import meeting
from forum.entries.models import State
from forum.entries.revisions import revise
from forum.places.models import Municipality
from forum.practices.models import Indicator, Practice
from forum.practices.models.rows import row_of


def adopt(
    session: Session, practice: Practice, by: Actor, words: str = "", remind_after: int | None = 90, began_on: date | None = None
) -> Adoption:
    """Open the record of the actor's town, or join the one that is open and add the words to it; the indicators are those of the
    practice, without figures.

    Raises Forbidden; Refused `adoption.hidden_here`, `adoption.waits_here`, `adoption.colleagues_only`, `adoption.day_*`, and those of
    `publish`.
    """
    # Whoever adopts the same practice at this moment waits: a town has one record of it.
    session.refresh(practice, attribute_names=["state", "municipality_id"], with_for_update=True)
    if not can_adopt(by, practice):
        raise Forbidden
    found = session.scalar(queries.live(practice.id, by.municipality_id))
    if found is not None:
        return _come_to(session, found, by, words)
    town = session.get_one(Municipality, by.municipality_id)
    day = began_on or now().date()
    adoption = Adoption(author_id=by.id, practice_id=practice.id, municipality_id=town.id, region=town.region_code, opened_on=day)
    adoption.check_day(day)
    adoption.region_code, adoption.html, adoption.stage = town.region_code, {}, Stage.INTEREST
    adoption.indicators = [Indicator(row.name, row.unit) for row in practice.indicators]
    adoption.name_after(practice, town)
    session.add(adoption)
    session.flush()
    insert_once(session, AdoptionPerson, adoption_id=adoption.id, person_id=by.id, at=now())
    adoption.remind(remind_after)
    adoption.add_note(What.STAGE, by, words, day)
    adoption.publish(by)
    return adoption


def _come_to(session: Session, found: Adoption, by: Actor, words: str) -> Adoption:
    if found.state == State.HIDDEN:
        raise Refused("adoption.hidden_here")
    if found.author_id != by.id and not found.is_published:
        raise Refused("adoption.waits_here")
    keepers = queries.keepers_of(session, found.id)
    if by.id not in keepers and not can_join(by, found, keepers):
        raise Refused("adoption.colleagues_only")
    join(session, found, by)
    if words.strip() and session.scalar(queries.said(found.id, by.id, words.strip()).limit(1)) is None:
        found.add_note(What.NOTE, by, words, now().date())
        found.record("adoption.told", by=by)
    return found


def join(session: Session, adoption: Adoption, by: Actor) -> None:
    """Keep it together with those who do; again changes nothing."""
    if insert_once(session, AdoptionPerson, adoption_id=adoption.id, person_id=by.id, at=now()):
        if adoption.anonymous and by.id is not None:
            adoption.hide_words_of({by.id})
        adoption.record("adoption.joined", by=by)


def leave(session: Session, adoption: Adoption, by: Actor) -> None:
    """Keep it no more; the last one stays, for somebody must be asked."""
    mine = session.get(AdoptionPerson, (adoption.id, by.id))
    if mine is None:
        return
    if len(queries.keepers_of(session, adoption.id)) == 1:
        raise Refused("adoption.last_keeper")
    session.delete(mine)
    adoption.record("adoption.left", by=by)


def describe(session: Session, adoption: Adoption, card: Mapping[str, Any], by: Actor, version: int | None = None) -> bool:
    """Change figures and words (the shape of `Adoption.snapshot`); False where nothing differs. Conflict: somebody was first."""
    if version is not None and version != adoption.version:
        raise Conflict
    before = adoption.snapshot()
    revise(adoption, by=Actor(id=adoption.author_id))
    for name in adoption.MARKDOWN:
        if name in card and (card[name] or "") != (getattr(adoption, name) or ""):
            _write(adoption, name, card[name] or "")
    for source, cost in card.get("costs", {}).items():
        setattr(adoption, f"cost_{source}", cost)
    if "upkeep" in card:
        adoption.upkeep = card["upkeep"]
    if "indicators" in card:
        adoption.indicators = [row_of(Indicator, row) for row in card["indicators"]]
    session.flush()
    if adoption.snapshot() == before:
        return False
    meeting.replace(session, adoption, before, by)
    adoption.touch(words=True)
    adoption.heard_of()
    revise(adoption, by)
    adoption.record("adoption.edited", by=by)
    adoption.recheck(by)
    return True


def _write(adoption: Adoption, name: str, text: str) -> None:
    if name == "outcome" and adoption.stage == Stage.RESULT and not text.strip():
        raise Refused("adoption.outcome_missing", field=name)
    try:
        adoption.write(name, text)
    except Refused as refusal:
        raise Refused(refusal.code, field=name, **refusal.params) from refusal
