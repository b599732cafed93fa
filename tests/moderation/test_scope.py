"""Comments go where their practice goes, and stand still when its discussion is locked."""

from sqlalchemy import select

from forum.comments.models import Comment
from forum.practices.models import Practice


def test_comments_follow_their_practice_to_another_region(make, session):
    practice = make.practice()
    comment = make.comment(practice)
    elsewhere = make.place(region="69")
    found = session.get_one(Practice, practice.id)
    found.move_to(elsewhere)
    session.commit()
    assert session.scalar(select(Comment.region_code).where(Comment.id == comment.id)) == "69"


def test_a_locked_discussion_keeps_its_words(make, session, browser):
    practice = make.practice()
    author = make.person("Анна Ветрова")
    comment = make.comment(practice, "Как было", author=author)
    browser().sign_in(make.moderator()).post(f"/entries/{practice.id}/lock", locked="1", reason="Спор ушёл от темы")
    page = browser().sign_in(author).post(f"/comments/{comment.id}/edit", expect=422, body="Как стало")
    assert "Обсуждение закрыто" in page.words
    session.commit()
    assert session.scalar(select(Comment.body).where(Comment.id == comment.id)) == "Как было"
