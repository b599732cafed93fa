"""The list of words: how they are known, what comes of them, and who edits the list."""

import pytest
from sqlalchemy import select

from forum.comments.models import Comment
from forum.core.errors import Refused
from forum.trust import words
from forum.trust.models import WordRule


@pytest.mark.parametrize(
    ("rule", "text", "met"),
    [
        ("казино", "Лучшие КАЗИНО города", True),
        ("казино", "в kaзинo и рядом", True),
        ("займ", "о займах и займе", True),
        ("займ без отказа", "Дадим займ без отказа!", True),
        ("займ без отказа", "Займ дают, но без лишнего отказа", False),
        ("казино", "магазин", False),
        ("C++", "мы знаем c", True),
    ],
)
def test_words_are_known_in_all_forms_and_side_by_side(rule, text, met):
    assert bool(words.matches([(rule, "hold")], text)) is met


@pytest.fixture
def rule(session, make):
    def add(text, action="hold"):
        words.add(session, text, action, make.actor(make.admin()))
        session.commit()

    return add


def test_a_word_holds_even_a_trusted_authors_comment(rule, make, browser, state, why, session):
    rule("займ без отказа")
    practice, author = make.practice(), make.person("Вера Доверенная")
    mine = browser().sign_in(author)
    page = mine.post(f"/entries/{practice.id}/comments", expect=303, body="Кому нужен займ без отказа?")
    comment = session.scalar(select(Comment.id))
    session.commit()
    assert state(comment) == "waiting"
    assert why(comment) == [("word", "займ без отказа")]
    shown = mine.open(page.response.location.partition("#")[0]).words
    assert "В тексте есть слова, которые сначала смотрит модератор: «займ без отказа»" in shown
    assert "«займ без отказа»" in mine.open(f"/entries/{comment}/hold").words
    browser().sign_in(make.person()).open(f"/entries/{comment}/hold", expect=404)
    queue = browser().sign_in(make.moderator()).open("/moderation").words
    assert "Слова из списка: «займ без отказа»" in queue
    assert "Первая публикация" not in queue


def test_a_refused_word_is_named_at_the_field_and_nothing_is_lost(rule, make, browser, session):
    rule("казино", "refuse")
    practice = make.practice()
    page = browser().sign_in(make.person()).post(f"/entries/{practice.id}/comments", expect=422, body="Наше казино открыто")
    assert "Со словами «казино» здесь не публикуют" in page.words
    assert "Наше казино открыто" in page.text
    assert session.scalar(select(Comment.id)) is None


def test_a_bad_word_edited_in_afterwards_is_found_too(rule, make, browser, state):
    rule("казино")
    comment = make.comment(make.practice(), "Хорошая практика")
    author = browser().sign_in(comment.author)
    author.post(f"/comments/{comment.id}/edit", expect=303, body="Хорошее казино")
    assert state(comment) == "waiting"
    browser().open(f"/comments/{comment.id}", expect=404)


def test_a_word_in_a_practice_edited_in_afterwards_is_found_too(rule, make, browser, state):
    rule("казино")
    practice = make.practice()
    author = browser().sign_in(practice.author)
    form = author.open(f"/practices/{practice.id}/edit").form(f"/practices/{practice.id}/edit")
    author.post(f"/practices/{practice.id}/edit", expect=303, data=form | {"lessons": "Открыли казино", "action": "save"})
    assert state(practice) == "waiting"
    assert "«казино»" in author.open(f"/practices/{practice.id}/{practice.slug}").words
    browser().open(f"/practices/{practice.id}/{practice.slug}", expect=404)


def test_what_moderators_write_is_not_looked_at(rule, make, browser, state, session):
    rule("казино")
    practice = make.practice()
    browser().sign_in(make.moderator()).post(f"/entries/{practice.id}/comments", expect=303, body="Слово «казино» запрещено")
    assert state(session.scalar(select(Comment.id))) == "published"


def test_admins_add_try_change_and_remove(make, browser, session):
    admin = browser().sign_in(make.admin())
    admin.post("/admin/words", words="займ  без   отказа", action="hold")
    rule = session.scalar(select(WordRule))
    session.commit()
    assert rule.words == "займ без отказа"
    assert "Это уже есть в списке" in admin.post("/admin/words", expect=422, words="займы без отказа", action="hold").words
    assert "«займ без отказа» – Задержать" in admin.open("/admin/words?q=Дам+займ+без+отказа").words
    assert "Ничего из списка здесь нет" in admin.open("/admin/words?q=Добрый+день").words
    admin.post("/admin/words/1", words="займ", action="refuse")
    session.expire_all()
    assert session.scalars(select(WordRule.action)).all() == ["refuse"]
    session.commit()
    admin.post("/admin/words/1/removal")
    assert session.scalars(select(WordRule)).all() == []
    session.commit()
    browser().sign_in(make.moderator()).open("/admin/words", expect=403)


@pytest.mark.parametrize("text", ["", "  ", "!!!", "а" * 81, "раз два три четыре пять шесть семь"])
def test_what_is_no_expression_is_refused(session, make, text):
    with pytest.raises(Refused):
        words.add(session, text, "hold", make.actor(make.admin()))
    assert session.scalar(select(WordRule)) is None
