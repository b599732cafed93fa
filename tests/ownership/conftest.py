"""A town with an author, a colleague of theirs, and a practice."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import select

from forum.notifications.models import Notice
from forum.practices.models import Practice
from forum.worker import drain
from tests.client import Browser


@dataclass
class Town:
    """Who works there, and what belongs to it."""

    place: Any
    author: Any
    colleague: Any
    practice: Any
    browser: Any
    session: Any
    app: Any
    signed_in: dict[int, Browser] = field(default_factory=dict)

    def as_(self, person) -> Browser:
        """The browser of somebody who is signed in."""
        if person.id not in self.signed_in:
            self.signed_in[person.id] = self.browser().sign_in(person)
        return self.signed_in[person.id]

    def now(self) -> Practice:
        """The practice as it stands in the database."""
        self.session.commit()
        found = self.session.get(Practice, self.practice.id, populate_existing=True)
        self.session.commit()
        return found

    def drain(self) -> None:
        """Let the worker go round."""
        self.session.commit()
        with self.app.app_context():
            drain()

    def told(self, person) -> list[str]:
        """What kinds of notice somebody has, once the worker has been round."""
        self.drain()
        found = list(self.session.scalars(select(Notice.told_as).where(Notice.person_id == person.id).order_by(Notice.id)))
        self.session.commit()
        return found


@pytest.fixture
def town(make, session, browser, app):
    place = make.place("Обнинск")
    author, colleague = make.person("Ирина Лесина", municipality=place), make.person("Пётр Дёмин", municipality=place)
    practice = make.practice(author=author, municipality=place, contact="Лесина, 2-12-85-06")
    return Town(place, author, colleague, practice, browser, session, app)
