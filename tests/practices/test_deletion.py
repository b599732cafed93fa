"""What its author deletes can be had back for thirty days, and then is gone."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from forum.attachments.models import Attachment
from forum.core.clock import now
from forum.core.files import key_for
from forum.core.model import Base
from forum.entries.models import Entry, Revision
from forum.practices.models import Practice
from forum.tidying import tidy


@pytest.fixture
def author(make, visitor):
    person = make.person()
    visitor.sign_in(person)
    return person


def state(session, entry) -> str:
    session.rollback()
    found = session.scalar(select(Entry.state).where(Entry.id == entry.id))
    session.rollback()
    return found


def later(session, days: int) -> None:
    """As if what was withdrawn had been so for days."""
    session.rollback()
    session.execute(update(Entry.__table__).where(Entry.state == "withdrawn").values(changed_at=now() - timedelta(days=days)))
    session.commit()


@pytest.mark.parametrize("before", ["published", "draft", "waiting"])
def test_what_was_deleted_comes_back_as_it_was(make, author, visitor, session, before):
    practice = make.practice("Светлые дворы", author=author, state=before)
    page = visitor.post(f"/entries/{practice.id}/withdrawal", 303, next="/drafts")
    drafts = visitor.open(page.response.location)
    assert "Удалённые 1" in drafts.words and "Исчезнет" in drafts.words
    for _ in range(2):  # the second time its parts come from what was kept
        assert "исчезнет навсегда" in visitor.open(f"/practices/{practice.id}/{practice.slug}").words
    for _ in range(2):
        visitor.post(f"/entries/{practice.id}/return", 303, data=drafts.form("/return"))
    assert state(session, practice) == before


def test_a_comment_comes_back_to_its_discussion(make, author, visitor, session, browser):
    practice = make.practice()
    comment = make.comment(practice, "Слова, которые вернутся", author=author)
    visitor.post(f"/entries/{comment.id}/withdrawal", 303)
    address = f"/practices/{practice.id}/{practice.slug}"
    assert "которые вернутся" not in browser().open(address).words
    assert "Слова, которые вернутся" in visitor.open("/drafts").words
    visitor.post(f"/entries/{comment.id}/return", 303)
    assert "которые вернутся" in browser().open(address).words


def test_nobody_else_brings_it_back_nor_what_a_moderator_hid(make, author, visitor, browser, session):
    practice, hidden = make.practice(author=author, state="withdrawn"), make.practice(author=author, state="hidden")
    browser().sign_in(make.moderator()).post(f"/entries/{practice.id}/return", 404)
    visitor.post(f"/entries/{hidden.id}/return", 303)
    assert (state(session, practice), state(session, hidden)) == ("withdrawn", "hidden")


def test_who_was_silenced_or_finds_the_discussion_locked_brings_nothing_back(make, author, visitor, session):
    practice = make.practice()
    comment = make.comment(practice, author=author)
    visitor.post(f"/entries/{comment.id}/withdrawal", 303)
    practice.locked = True
    session.commit()
    visitor.post(f"/entries/{comment.id}/return", 422)
    assert state(session, comment) == "withdrawn"


def test_after_the_term_no_word_is_left_anywhere(app, make, author, visitor, session, browser):
    practice = make.practice("Неповторимое название", author=author, problem="Неповторимая беда")
    answered = make.comment(make.practice(), "Неповторимая мысль", author=author)
    make.comment(answered.root, "Ответ, который остаётся", parent=answered)
    key, store = key_for(b"act"), app.extensions["files"]
    store.put(key, b"act")
    values = {"is_photo": False, "key": key, "name": "a.pdf", "media_type": "application/pdf", "size": 3}
    session.add(Attachment(entry_id=practice.id, uploaded_by_id=author.id, **values))
    session.commit()
    for entry in (practice, answered):
        visitor.post(f"/entries/{entry.id}/withdrawal", 303)
    ids, root = (practice.id, answered.id), (answered.root_id, answered.root.slug)
    later(session, 29)
    assert tidy(session, store) == 0
    later(session, 31)
    assert tidy(session, store) == 2
    assert list(store.keys()) == []
    with session.get_bind().engine.connect() as connection:
        tables = [table for name, table in Base.metadata.tables.items() if name not in ("events", "letters", "notices")]
        assert not [table.name for table in tables if "Неповторим" in repr(connection.execute(table.select()).all())]
        assert connection.scalar(select(func.count()).where(Revision.entry_id == ids[0])) == 0
    visitor.open(f"/practices/{ids[0]}/x", 404)
    assert "Удалённые" not in visitor.open("/drafts").words
    words = browser().open(f"/practices/{root[0]}/{root[1]}").words
    assert "Ответ, который остаётся" in words
    assert tidy(session, store) == 0


def test_what_is_gone_is_not_had_back(app, make, author, visitor, session):
    number = make.practice(author=author, state="withdrawn").id
    later(session, 31)
    tidy(session, app.extensions["files"])
    visitor.post(f"/entries/{number}/return", 404)
    visitor.post(f"/practices/{number}/publication", 404, published="0")
    assert session.scalar(select(Practice.title).where(Practice.id == number)) == ""
