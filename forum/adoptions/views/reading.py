"""The page of an adoption: where it stands, its figures beside the practice's, its timeline, its discussion."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import g, render_template, request

from forum.accounts.models import Person
from forum.adoptions import labels, queries
from forum.adoptions.forms import ReminderForm
from forum.adoptions.models import Adoption, AdoptionNote, Stage
from forum.adoptions.models.stages import WAY
from forum.adoptions.views.blueprint import ID, bp, find
from forum.attachments.models import Attachment
from forum.attachments.queries import of_entry
from forum.comments.queries import discussion
from forum.entries.labels import unnamed
from forum.extensions import db
from forum.follows.queries import standing
from forum.practices.models import Indicator
from forum.practices.views.changes import sources
from forum.votes.queries import mine
from forum.web.access import access, everyone
from forum.web.language import named

bp.add_app_template_global(labels.stage, "adoption_stage")
bp.add_app_template_global(lambda adoption: labels.called(adoption, named(adoption.municipality)), "adoption_called")
bp.add_app_template_global(lambda code: str(labels.STAGES.get(code, code)), "adoption_stage_name")


@bp.app_template_global()
def said_by(adoption: Adoption, person: Person) -> str:
    """The name under a line of the timeline; who keeps the record and asked not to be named has none there, for all lines are theirs."""
    if person.id == adoption.practice.author_id:
        return unnamed("practice") if adoption.practice.anonymous else person.name
    return "" if adoption.anonymous else person.name


@dataclass(frozen=True, slots=True)
class Told:
    """A note with its photos."""

    note: AdoptionNote
    photos: Sequence[Attachment]


@dataclass(frozen=True, slots=True)
class Pair:
    """An indicator of the town beside that of the practice; either may be missing."""

    name: str
    unit: str
    here: Indicator | None
    there: Indicator | None


@bp.get(f"/adoptions/<{ID}:id>")
@access(everyone, cache=True)
def show(id: int) -> str:
    """The page; what its reader may do stands on it."""
    case = find(id)
    adoption, session, actor = case.adoption, db.session(), g.actor
    people = session.scalars(queries.people_of(id)).all()
    case.keepers = [person.id for person in people]
    talk = discussion(session, actor, adoption, request.args.get("order"), request.args.get("page"))
    return render_template(
        "adoptions/show.html",
        adoption=adoption,
        entry=adoption,
        heading=labels.heading(adoption, named(adoption.municipality)),
        case=case,
        people=people,
        timeline=_timeline(adoption),
        pairs=pairs(adoption),
        steps=_steps(adoption),
        sources=sources(),
        reminder=ReminderForm(formdata=None, remind_after=str(adoption.remind_after or "")) if case.keeps else None,
        discussion=talk,
        my_votes=mine(session, actor, [id, *talk.ids]),
        standing=standing(session, actor, id),
    )


def _timeline(adoption: Adoption) -> list[Told]:
    session = db.session()
    notes = session.scalars(queries.notes_of(adoption.id)).all()
    wanted = any(note.photos for note in notes)
    files = {file.id: file for file in session.scalars(of_entry(adoption.id))} if wanted else {}
    return [Told(note, [files[id] for id in note.photos if id in files]) for note in notes]


def pairs(adoption: Adoption) -> list[Pair]:
    """The indicators of the town and of the practice, matched by name and unit; the practice's order first."""
    mine = {(row.name.strip().lower(), row.unit.strip().lower()): row for row in adoption.indicators}
    theirs = adoption.practice.indicators if adoption.shown else []
    found = [Pair(row.name, row.unit, mine.pop((row.name.strip().lower(), row.unit.strip().lower()), None), row) for row in theirs]
    found += [Pair(row.name, row.unit, row, None) for row in mine.values()]
    return [pair for pair in found if pair.here is not None and (pair.here.before is not None or pair.here.after is not None)]


def _steps(adoption: Adoption) -> list[dict[str, Any]]:
    """The way with what lies behind; after a refusal nothing lies ahead."""
    refused = adoption.stage == Stage.REFUSED
    at = -1 if refused else WAY.index(Stage(adoption.stage))
    return [{"text": labels.STAGES[stage], "done": number < at, "here": number == at} for number, stage in enumerate(WAY)]
