"""Saving through the pages, and the worker and its letters."""

import pytest
from sqlalchemy import select

from forum.accounts.models import Person
from forum.notifications.models import Notice
from forum.saved_searches.models import SavedSearch, save, wanted
from tests.notifications.conftest import letters, mails, work  # noqa: F401 – fixtures


@pytest.fixture
def keep(session):
    """Keep a search of a person without a page."""

    def go(person, text="", mail=False, **filters) -> SavedSearch:
        from_page = {name: [value] if isinstance(value, str) else value for name, value in filters.items()}
        save(session, person.id, wanted(session, text, from_page), mail)
        found = session.scalars(select(SavedSearch).where(SavedSearch.person_id == person.id).order_by(SavedSearch.id.desc())).first()
        session.commit()
        return found

    return go


@pytest.fixture
def kept(session):
    """The searches a person keeps: (words, filters, letters)."""

    def go(person) -> list[tuple[str, dict, bool]]:
        session.commit()
        columns = select(SavedSearch.text, SavedSearch.filters, SavedSearch.mail)
        found = [tuple(row) for row in session.execute(columns.where(SavedSearch.person_id == person.id).order_by(SavedSearch.id))]
        session.commit()
        return found

    return go


@pytest.fixture
def told(session):
    """How many notices a person has of answered searches, and how many they have not read."""

    def go(person) -> tuple[int, int]:
        session.commit()
        notices = session.scalars(select(Notice.id).where(Notice.person_id == person.id, Notice.kind == "search.answered")).all()
        unread = session.scalar(select(Person.unread).where(Person.id == person.id))
        session.commit()
        return len(notices), unread

    return go
