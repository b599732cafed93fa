"""Finding adoptions: one with all that its page shows, those of a practice, a place, a person."""

from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, selectinload

from forum.accounts.models import Person
from forum.adoptions.models import Adoption, AdoptionNote, AdoptionPerson
from forum.core.actor import Actor
from forum.entries.models import Entry
from forum.entries.policy import visible_to
from forum.places.models import Municipality
from forum.practices.models import Practice


def by_id(id: int, actor: Actor) -> Select[Adoption]:
    """One adoption with its practice, place and people, where the actor may read it."""
    return (
        select(Adoption)
        .where(Adoption.id == id, visible_to(actor))
        .options(
            joinedload(Adoption.author),
            joinedload(Adoption.municipality).joinedload(Municipality.region),
            joinedload(Adoption.obstacle),
            joinedload(Adoption.confirmed_by),
            selectinload(Adoption.practice).joinedload(Practice.municipality).joinedload(Municipality.region),
        )
    )


def for_writing(id: int, actor: Actor) -> Select[Adoption]:
    """The same, held against other writers until the transaction ends."""
    return by_id(id, actor).with_for_update(of=Entry)


def live(practice_id: int, municipality_id: int | None) -> Select[Adoption]:
    """The one record that a town has of a practice, whoever may read it."""
    return select(Adoption).where(Adoption.practice_id == practice_id, Adoption.municipality_id == municipality_id, Adoption.live.is_(True))


def keepers_of(session: Session, adoption_id: int) -> list[int]:
    """The ids of those who keep it, in the order they came."""
    p = AdoptionPerson
    return list(session.scalars(select(p.person_id).where(p.adoption_id == adoption_id).order_by(p.at, p.person_id)))


def people_of(adoption_id: int) -> Select[Person]:
    """Those who keep it, in the order they came."""
    p = AdoptionPerson
    return select(Person).join(p, p.person_id == Person.id).where(p.adoption_id == adoption_id).order_by(p.at, p.person_id)


def notes_of(adoption_id: int) -> Select[AdoptionNote]:
    """The timeline, the last first."""
    n = AdoptionNote
    return select(n).where(n.adoption_id == adoption_id).options(joinedload(n.author)).order_by(n.happened_on.desc(), n.id.desc())


def note_of(adoption_id: int, note_id: int) -> Select[AdoptionNote]:
    """One note of an adoption."""
    return select(AdoptionNote).where(AdoptionNote.adoption_id == adoption_id, AdoptionNote.id == note_id)


def said(adoption_id: int, person_id: int | None, words: str) -> Select[Any]:
    """Whether a person has written those words into its timeline."""
    n = AdoptionNote.__table__.c
    return select(n.id).where(n.adoption_id == adoption_id, n.author_id == person_id, n.body == words)


def practice(id: int, actor: Actor) -> Select[Practice]:
    """A practice with its place, where the actor may read it: what pages about its adoptions need of it."""
    query = select(Practice).where(Practice.id == id, visible_to(actor))
    return query.options(joinedload(Practice.municipality).joinedload(Municipality.region))
