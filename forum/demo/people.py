"""The people of the demonstration."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.accounts.models import CONSENT_VERSION, Consent, ModeratedRegion, Person, Role
from forum.accounts.queries import as_actor
from forum.core.actor import Actor
from forum.core.text import render
from forum.demo.reading import Calendar, Written
from forum.practices.importing.naming import Names

JOINED = "2025-01-20T06:00:00"


def load_people(session: Session, written: list[Written], password_hash: str, calendar: Calendar) -> dict[str, Actor]:
    """Add who is missing; all of them as actors by handle. They share one password, and with it the hash."""
    known = set(session.scalars(select(Person.email)))
    names = Names(session)
    for number, one in enumerate(written):
        if one["email"] not in known:
            session.add(_person(session, one, names, password_hash, calendar, number))
    session.flush()
    ids = session.execute(select(Person.handle, Person.id).where(Person.email.in_([one["email"] for one in written])))
    return {handle: session.execute(as_actor(number)).unique().scalar_one().as_actor() for handle, number in ids}


def _person(session: Session, one: Written, names: Names, password_hash: str, calendar: Calendar, number: int) -> Person:
    joined = calendar.moment_of(one, JOINED) + timedelta(hours=7 * number)
    person = Person(
        handle=one["handle"],
        email=one["email"],
        password_hash=password_hash,
        name=one["name"],
        position=one["position"],
        about=one.get("about", ""),
        about_html=render(one.get("about", "")),
        municipality=names.municipality(one["municipality"], one["region"]),
        role=one.get("role", Role.EMPLOYEE),
        created_at=joined,
        confirmed_at=joined,
        verified_at=joined if one.get("trusted", True) else None,
    )
    person.moderated = [ModeratedRegion(region_code=code) for code in one.get("regions", ())]
    session.add(person)
    session.flush()
    session.add(Consent(person_id=person.id, version=CONSENT_VERSION, at=joined))
    return person
