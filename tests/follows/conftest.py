"""Following through the pages and beside them, and what people are told."""

import pytest
from sqlalchemy import select

from forum.follows import models
from forum.follows.models import THINGS, Follow, Mute
from forum.notifications.models import Notice
from tests.notifications.conftest import letters, mails, work  # noqa: F401 – fixtures


@pytest.fixture
def follow(make, session):
    """Have a person follow a thing, without a page."""

    def go(person, kind, key) -> None:
        models.follow(session, make.actor(person), kind, key)
        session.commit()

    return go


@pytest.fixture
def followed(session):
    """What a person follows: (kind, key); muted discussions as `muted`."""

    def go(person) -> set[tuple[str, object]]:
        session.rollback()
        session.expire_all()
        rows = session.scalars(select(Follow).where(Follow.person_id == person.id)).all()
        found = {(kind, getattr(row, column)) for row in rows for kind, column in THINGS.items() if getattr(row, column) is not None}
        found |= {("muted", id) for id in session.scalars(select(Mute.entry_id).where(Mute.person_id == person.id))}
        session.rollback()
        return found

    return go


@pytest.fixture
def told(session):
    """The kinds of what a person was told, in order."""

    def go(person) -> list[str]:
        session.commit()
        kinds = list(session.scalars(select(Notice.kind).where(Notice.person_id == person.id).order_by(Notice.id)))
        session.commit()
        return kinds

    return go
