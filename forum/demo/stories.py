"""Adoptions of the demonstration: through the verbs of the domain, then dated as they were written.

One story of `content/adoptions.json`:
`{"practice": external id, "by": handle, "with": [handles], "on": date, "words": text,
"steps": [{"on", "by", "stage", "obstacle", "words", "would_help"}],
"card": {"costs", "upkeep", "indicators", "changed", "obstacles_met", "advice"},
"question": {"on", "words"}, "confirmed": date, "anonymous": true, "comments": […as under practices]}`.
All but `practice`, `by` and `on` may be absent; a step without `stage` is a note; `question` comes after the steps
that are older, and one that is younger answers it; the author of the practice asks and confirms, or `judge`, a handle.
"""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from forum.adoptions import actions
from forum.adoptions.models import Adoption, AdoptionNote, Stage
from forum.core.actor import Actor
from forum.core.events import Event
from forum.demo.reading import Calendar, Written
from forum.demo.talk import date_back, discuss
from forum.entries.models import Revision
from forum.entries.revisions import revise
from forum.practices.models import Practice
from forum.taxonomy.models import Obstacle


def load_stories(
    session: Session, written: list[Written], practices: dict[str, Practice], people: dict[str, Actor], calendar: Calendar
) -> None:
    """Tell each story whose practice is there, once."""
    for one in written:
        practice = practices.get(one["practice"])
        keeper = people[one["by"]]
        same = (Adoption.practice_id == practice.id, Adoption.municipality_id == keeper.municipality_id) if practice else ()
        if practice is not None and practice.is_published and session.scalar(select(Adoption.id).where(*same)) is None:
            _tell(session, one, session.get_one(Practice, practice.id), people, calendar)


def _tell(session: Session, one: Written, practice: Practice, people: dict[str, Actor], calendar: Calendar) -> None:
    keeper, began = people[one["by"]], calendar.moment(one["on"])
    adoption = actions.adopt(session, practice, keeper, one.get("words", ""))
    revise(adoption, by=keeper)
    for handle in one.get("with", ()):
        actions.join(session, adoption, people[handle])
    date_opening(session, adoption, began)
    author = session.get_one(Practice, practice.id).author_id
    judge = people[one["judge"]] if "judge" in one else next(actor for actor in people.values() if actor.id == author)
    for step in _in_order(one):
        if "ask" in step:
            adoption.question(judge, step["words"])
            adoption.questioned_at = calendar.moment(step["on"])
            _date(session, adoption, adoption.questioned_at)
        else:
            _step(session, adoption, step, people[step.get("by") or one["by"]], calendar)
    if "card" in one:
        actions.describe(session, adoption, one["card"], keeper)
        _date_card(session, adoption)
    if one.get("anonymous"):
        adoption.withhold_name(keeper)
        _date(session, adoption, calendar.moment(one["steps"][-1]["on"]))
    if "confirmed" in one:
        adoption.confirm(judge)
        adoption.confirmed_at = calendar.moment(one["confirmed"])
        _date(session, adoption, adoption.confirmed_at)
    adoption.changed_at = adoption.edited_at = _last_note(session, adoption).at
    discuss(session, adoption, one.get("comments", []), people, calendar)


def date_opening(session: Session, adoption: Adoption, at: datetime) -> None:
    """It was opened at that moment, and nothing has happened since."""
    date_back(session, adoption, at)
    adoption.opened_on = at.date()
    _date(session, adoption, at)


def _step(session: Session, adoption: Adoption, step: Written, by: Actor, calendar: Calendar) -> None:
    at = calendar.moment(step["on"])
    if "stage" not in step:
        adoption.tell(by, step["words"], at.date())
    else:
        obstacle = session.scalar(select(Obstacle).where(Obstacle.code == step["obstacle"])) if "obstacle" in step else None
        adoption.advance(Stage(step["stage"]), by, at.date(), step.get("words", ""), obstacle, step.get("would_help", ""))
    _date(session, adoption, at)


def _in_order(one: Written) -> list[Written]:
    """The steps of a story, and among them its question."""
    asked = [{**one["question"], "ask": True}] if "question" in one else []
    return sorted([*one.get("steps", []), *asked], key=lambda step: str(step["on"]))


def _date(session: Session, adoption: Adoption, at: datetime) -> None:
    """The last note, and what is on record since, are as old as the story says."""
    last = _last_note(session, adoption)
    last.at, last.happened_on = at, at.date()
    latest = select(Event.id).where(Event.entry_id == adoption.id).order_by(Event.id.desc()).limit(1).scalar_subquery()
    session.execute(update(Event).where(Event.id == latest).values(at=at))


def _date_card(session: Session, adoption: Adoption) -> None:
    """Figures and lessons were written down with the last step."""
    at = _last_note(session, adoption).at
    session.execute(update(Event).where(Event.entry_id == adoption.id, Event.kind == "adoption.edited").values(at=at))
    session.execute(update(Revision).where(Revision.entry_id == adoption.id, Revision.at > at).values(at=at))


def _last_note(session: Session, adoption: Adoption) -> AdoptionNote:
    session.flush()
    own = AdoptionNote.adoption_id == adoption.id
    return session.scalars(select(AdoptionNote).where(own).order_by(AdoptionNote.id.desc()).limit(1)).one()
