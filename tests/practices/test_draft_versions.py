"""What was typed some minutes ago can be had back."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from forum.entries.models import DraftVersion
from forum.practices import versions
from tests.practices.cards import card, only

JSON = {"Accept": "application/json"}
START = datetime.now(UTC)


@pytest.fixture
def draft(make, visitor, session):
    make.place("Обнинск")
    make.nomination(1)
    with time_machine.travel(START, tick=False):
        visitor.sign_in(make.person())
        visitor.post("/drafts", 200, headers=JSON, data=card(title="Светлые дворы", problem="Темно. " * 50))
    return only(session)


def keep(visitor, draft, minutes: float, **fields: str) -> None:
    with time_machine.travel(START + timedelta(minutes=minutes), tick=False):
        visitor.post(f"/practices/{draft.id}/working-copy", 200, headers=JSON, data=card(title="Светлые дворы") | fields)


def kept(session, draft) -> list[str]:
    session.rollback()
    rows = session.query(DraftVersion).order_by(DraftVersion.id).all()
    session.rollback()
    return [row.fields["problem"][0][:12] for row in rows]


def test_a_version_for_every_few_minutes_ten_at_most(draft, visitor, session):
    for minute in range(1, 70):
        keep(visitor, draft, minute, problem=f"Минута {minute:02} " + "Темно. " * 50)
    assert len(kept(session, draft)) == versions.KEPT
    assert kept(session, draft)[-1].startswith("Минута 69")


def test_what_was_wiped_out_a_moment_later_stays(draft, visitor, session):
    keep(visitor, draft, 1, problem="Коротко.")
    keep(visitor, draft, 1.1, problem="Кратко!!")
    assert [text[:4] for text in kept(session, draft)] == ["Темн", "Крат"]


def test_going_back_puts_the_words_into_the_form_and_keeps_the_present_ones(draft, visitor, session):
    keep(visitor, draft, 9, problem="Совсем другое")
    with time_machine.travel(START + timedelta(minutes=10), tick=False):
        edit = visitor.open(f"/practices/{draft.id}/edit")
        (address,) = [link for link in edit.links() if "/versions/" in link]
        words = visitor.open(address).words
        assert "Темно." in words and "Муниципальное образование" not in words, "only what differs"
        visitor.post(address, 303)
        assert visitor.open(f"/practices/{draft.id}/edit").form("/edit")["problem"].startswith("Темно.")
    assert "Совсем друго" in kept(session, draft)


def test_versions_are_their_writers_alone_and_end_with_publishing(draft, visitor, session, browser, make):
    keep(visitor, draft, 9, problem="Совсем другое")
    (address,) = [link for link in visitor.open(f"/practices/{draft.id}/edit").links() if "/versions/" in link]
    browser().sign_in(make.moderator()).open(address, 404)
    form = visitor.open(f"/practices/{draft.id}/edit").form("/edit")
    visitor.post(f"/practices/{draft.id}/edit", 303, data=form | {"action": "publish"})
    assert only(session).is_published and kept(session, draft) == []
