"""What of adoptions comes into the feed of who follows a practice: its steps in other towns, and what is said of them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Integer, Select, case, literal, null, select, union

from forum.adoptions.lists import A
from forum.adoptions.models import Adoption, AdoptionNote, AdoptionPerson, What
from forum.places.models import Municipality
from forum.practices import following

STEP = 2  # what an item of the feed is: a town took a step
_note, _place, _keeper = AdoptionNote.__table__.c, Municipality.__table__, AdoptionPerson.__table__.c
TOLD = (What.STAGE, What.CONFIRMED)


def _abroad(person_id: int) -> Select[Any]:
    """Adoptions, open to guests, of the practices that a person follows."""
    return select(A.id).where(A.practice_id.in_(following.followed(person_id)), A.listed_at.is_not(None))


def steps(person_id: int) -> Select[Any]:
    """The steps of these, but for the person's own."""
    columns = (_note.at.label("at"), _note.id.label("id"), literal(STEP, Integer).label("what"))
    return select(*columns).where(_note.adoption_id.in_(_abroad(person_id)), _note.what.in_(TOLD), _note.author_id != person_id)


def talks(person_id: int) -> Select[Any]:
    """The discussions of these, and of those that the person keeps."""
    kept = select(_keeper.adoption_id).where(_keeper.person_id == person_id)
    ids = union(_abroad(person_id), kept).subquery()
    return following.talks(select(ids.c[0]), person_id)


def steps_by_id(ids: Sequence[int]) -> Select[Any]:
    """Rows of steps that guests may read: what was reached, where, and the words."""
    columns = (_note.id, _note.at, _note.what, _note.stage, _note.html, A.id.label("adoption_id"), A.title)
    place = (_place.c.name.label("place"), _place.c.name_en.label("place_en"))
    tables = AdoptionNote.__table__.join(Adoption.__table__, A.id == _note.adoption_id).join(_place, _place.c.id == A.municipality_id)
    return select(*columns, *place).select_from(tables).where(_note.id.in_(ids), A.listed_at.is_not(None))


# None where the practice is hidden: then nothing of the adoption is told.
following.TITLES["adoption"] = (Adoption.__table__, case((A.listed_at.is_not(None), A.town + " – " + A.title), else_=null()))
following.MORE.extend((steps, talks))
