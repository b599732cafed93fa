"""A button pressed twice: one practice, and nothing of what was typed between the presses is lost."""

import io

import pytest
from sqlalchemy import select

from forum.attachments.models import Attachment
from forum.practices.models import Practice

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def author(make, visitor, fields):
    return visitor.sign_in(make.person())


def found(session, table=Practice):
    session.rollback()
    session.expire_all()
    rows = session.scalars(select(table)).all()
    session.rollback()
    return rows


def test_a_double_press_with_a_file_makes_one_practice_with_one_file(author, visitor, session, fields):
    for _ in range(2):
        visitor.post("/practices/new", 303, data=fields | {"files": (io.BytesIO(PDF), "смета.pdf")})
    assert len(found(session)) == 1 and len(found(session, Attachment)) == 1


def test_words_changed_between_two_presses_are_kept(author, visitor, session, fields):
    visitor.post("/practices/new", 303, data=fields | {"action": "draft"})
    visitor.post("/practices/new", 303, data=fields | {"summary": "Дописали потом."})
    (practice,) = found(session)
    assert practice.summary == "Дописали потом." and practice.is_published


def test_a_draft_saved_after_publishing_leaves_what_others_see(author, visitor, session, fields):
    visitor.post("/practices/new", 303, data=fields)
    visitor.post("/practices/new", 303, data=fields | {"summary": "Ещё не решил.", "action": "draft"})
    states = {practice.state: practice.summary for practice in found(session)}
    assert states == {"published": "Заменили светильники.", "draft": "Ещё не решил."}


def test_what_a_moderator_has_hidden_is_not_written_on(author, visitor, session, make, fields):
    visitor.post("/practices/new", 303, data=fields)
    (practice,) = found(session)
    practice.hide(by=make.actor(make.moderator()), reason="Реклама")
    session.commit()
    visitor.post("/practices/new", 303, data=fields | {"summary": "Снова."})
    assert sorted(practice.state for practice in found(session)) == ["hidden", "published"]
