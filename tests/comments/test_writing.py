"""Writing, rewriting and taking back comments, as a browser without JavaScript does it."""

import re

import pytest
from sqlalchemy import func, select

from forum.comments.models import MAX_LENGTH, Comment
from forum.entries.models import Entry, Revision, State

JSON = {"Accept": "application/json"}


@pytest.fixture
def practice(make):
    return make.practice()


def only(session):
    found = session.scalars(select(Comment).execution_options(populate_existing=True)).one()
    session.commit()  # looking takes the write lock as well
    return found


def test_a_comment_appears_at_its_own_place(practice, make, sign_in, visitor, session):
    me = sign_in(make.person("Анна Ветрова"))
    page = visitor.open(f"/practices/{practice.id}/{practice.slug}")
    fields = page.form(f"/entries/{practice.id}/comments") | {"body": "Кто считал **экономию**?"}
    answer = me.post(f"/entries/{practice.id}/comments", expect=303, data=fields)
    written = only(session)
    assert answer.response.location.endswith(f"/practices/{practice.id}/{practice.slug}#comment-{written.id}")
    assert "Кто считал экономию?" in me.open(answer.response.location).words
    assert session.get(Entry, practice.id, populate_existing=True).comments_count == 1


def test_a_newcomers_comment_waits(practice, make, sign_in, browser, session):
    newcomer = sign_in(make.person("Новый Человек", trusted=False))
    answer = newcomer.post(f"/entries/{practice.id}/comments", expect=303, body="Первая запись")
    assert only(session).state == State.WAITING
    assert "на проверке" in newcomer.open(answer.response.location).words
    assert "Первая запись" not in browser().open(answer.response.location).words


def test_an_empty_comment_and_an_endless_one_come_back(practice, make, sign_in, session):
    me = sign_in(make.person())
    assert "Комментарий пуст" in me.post(f"/entries/{practice.id}/comments", expect=422, body="  ").text
    endless = "Слово " * (MAX_LENGTH // 5)
    page = me.post(f"/entries/{practice.id}/comments", expect=422, body=endless)
    assert page.form(f"/entries/{practice.id}/comments")["body"] == endless.strip()
    assert session.scalar(select(func.count()).select_from(Comment)) == 0


def test_a_script_gets_the_comment_to_put_in_its_place(practice, make, sign_in, session):
    me = sign_in(make.person())
    answer = me.post(f"/entries/{practice.id}/comments", expect=201, body="Да", headers=JSON).response.json
    assert answer["id"] == only(session).id and f'id="comment-{answer["id"]}"' in answer["html"]
    faults = me.post(f"/entries/{practice.id}/comments", expect=422, body="", headers=JSON)
    assert faults.response.json["errors"]["body"] == ["Комментарий пуст. Напишите хотя бы несколько слов."]
    assert faults.response.mimetype == "application/problem+json"


def test_pressing_twice_makes_one_comment(practice, make, sign_in, session):
    me = sign_in(make.person())
    first = me.post(f"/entries/{practice.id}/comments", expect=303, body="Спасибо!").response.location
    assert me.post(f"/entries/{practice.id}/comments", expect=303, body="Спасибо! ").response.location == first
    assert session.scalar(select(func.count()).select_from(Comment)) == 1


def test_a_closed_discussion_takes_no_comments_but_of_moderators(make, sign_in, browser, session):
    practice = make.practice(locked=True)
    me = sign_in(make.person())
    assert "Обсуждение закрыто" in me.open(f"/practices/{practice.id}/{practice.slug}").words
    page = me.post(f"/entries/{practice.id}/comments", expect=422, body="Мои слова")
    assert "Обсуждение закрыто" in page.text and "Мои слова" in page.text
    me.open(f"/entries/{practice.id}/comments/new", expect=403)
    assert session.scalar(select(func.count()).select_from(Comment)) == 0
    browser().sign_in(make.moderator()).post(f"/entries/{practice.id}/comments", expect=303, body="Итог обсуждения")


@pytest.mark.parametrize("state", ["draft", "hidden", "withdrawn"])
def test_what_is_not_public_takes_no_comments(state, make, sign_in):
    sign_in(make.person()).post(f"/entries/{make.practice(state=state).id}/comments", expect=404, body="Слово")


def test_a_guest_is_asked_to_sign_in_and_loses_nothing(practice, visitor, session):
    page = visitor.post(f"/entries/{practice.id}/comments", expect=401, token=False, body="Мой вопрос о тарифе")
    assert "войти" in page.text.lower()
    assert visitor.open(f"/entries/{practice.id}/comments/new", expect=302).response.location.startswith("/login?next=")


def test_unconfirmed_and_suspended_people_only_read(practice, make, browser):
    browser().sign_in(make.person(confirmed=False)).post(f"/entries/{practice.id}/comments", expect=403, body="Слово")


def test_answers_are_written_on_a_page_of_their_own_with_a_quotation(practice, make, sign_in, session):
    first = make.comment(practice, "Сколько стоило?\n\nИ кто платил?")
    me = sign_in(make.person())
    page = me.open(f"/entries/{practice.id}/comments/new?parent={first.id}&quote=1")
    fields = page.form(f"/entries/{practice.id}/comments")
    assert fields["body"].startswith("> Сколько стоило?\n>\n> И кто платил?\n") and fields["parent"] == str(first.id)
    me.post(f"/entries/{practice.id}/comments", expect=303, data=fields | {"body": fields["body"] + "Город."})
    answer = session.scalars(select(Comment).where(Comment.parent_id == first.id)).one()
    assert answer.thread_id == first.id and "<blockquote>" in answer.html


def test_preview_without_javascript_keeps_the_words(practice, make, sign_in, session):
    page = sign_in(make.person()).post(f"/entries/{practice.id}/comments", expect=200, body="Очень **важно**", preview="body")
    assert "<strong>важно</strong>" in page.text and page.form(f"/entries/{practice.id}/comments")["body"] == "Очень **важно**"
    assert session.scalar(select(func.count()).select_from(Comment)) == 0


def test_an_answer_to_a_foreign_or_hidden_comment_is_refused(practice, make, sign_in, session):
    elsewhere, hidden = make.comment(make.practice()), make.comment(practice, state="hidden")
    me = sign_in(make.person())
    for parent in (elsewhere, hidden):
        page = me.post(f"/entries/{practice.id}/comments", expect=422, body="Ответ", parent=str(parent.id))
        assert "больше нет" in page.text and "Ответ" in page.text
    me.post(f"/entries/{elsewhere.id}/comments", expect=403, body="Комментарий к комментарию")


def test_an_edit_keeps_the_former_words(practice, make, sign_in, browser, session):
    me = make.person()
    mine = make.comment(practice, "Экономия – двадцать процентов", author=me)
    page = sign_in(me).open(f"/comments/{mine.id}/edit")
    fields = page.form(f"/comments/{mine.id}/edit") | {"body": "Экономия – тридцать процентов"}
    browser().sign_in(me).post(f"/comments/{mine.id}/edit", expect=303, data={k: v for k, v in fields.items() if k != "csrf_token"})
    shown = browser().open(f"/practices/{practice.id}/{practice.slug}")
    assert "тридцать" in shown.words and f"/comments/{mine.id}/history" in shown.links()
    history = browser().open(f"/comments/{mine.id}/history")
    assert "<del>двадцать</del><ins>тридцать</ins>" in history.text
    session.rollback()
    assert session.scalar(select(func.count()).where(Revision.entry_id == mine.id)) == 2


def test_an_edit_over_somebody_elses_is_told_and_keeps_both(practice, make, sign_in, session):
    me = make.person()
    mine = make.comment(practice, "Первые слова", author=me)
    browser = sign_in(me)
    stale = browser.open(f"/comments/{mine.id}/edit").form(f"/comments/{mine.id}/edit")
    browser.post(f"/comments/{mine.id}/edit", expect=303, data=stale | {"body": "Слова из другого окна"})
    page = browser.post(f"/comments/{mine.id}/edit", expect=409, data=stale | {"body": "Слова из этого окна"})
    assert "Слова из другого окна" in page.text
    fields = page.form(f"/comments/{mine.id}/edit")
    assert fields["body"] == "Слова из этого окна"
    browser.post(f"/comments/{mine.id}/edit", expect=303, data=fields)
    assert only(session).body == "Слова из этого окна"


def test_nobody_edits_or_withdraws_anothers(practice, make, sign_in, session):
    other = make.comment(practice)
    me = sign_in(make.person())
    me.open(f"/comments/{other.id}/edit", expect=403)
    me.post(f"/comments/{other.id}/edit", expect=403, body="Чужие слова")
    me.post(f"/entries/{other.id}/withdrawal", expect=403)
    assert only(session).state == State.PUBLISHED


def test_a_withdrawn_comment_disappears_or_leaves_a_stub(practice, make, sign_in, browser, session):
    me = make.person("Пётр Уходящий")
    alone, answered = make.comment(practice, "Никем не замечено", author=me), make.comment(practice, "Спорное мнение", author=me)
    make.comment(practice, "Не согласна", parent=answered)
    browser_of_me = sign_in(me)
    for comment in (alone, answered, answered):
        browser_of_me.post(f"/entries/{comment.id}/withdrawal", expect=303)
    page = browser().open(f"/practices/{practice.id}/{practice.slug}")
    assert "Автор убрал комментарий" in page.words and "Не согласна" in page.words
    assert not re.search("Никем не замечено|Спорное мнение|Уходящий", page.text)
    assert page.text.count("comment stub") == 1
    browser().open(f"/comments/{alone.id}", expect=404)
    session.rollback()
    assert session.get(Entry, practice.id, populate_existing=True).comments_count == 1


def test_an_author_withdraws_a_practice(practice, sign_in, browser):
    sign_in(practice.author).post(f"/entries/{practice.id}/withdrawal", expect=303)
    browser().open(f"/practices/{practice.id}/{practice.slug}", expect=404)


def test_comments_of_a_hidden_practice_are_gone_everywhere(practice, make, session, browser):
    comment = make.comment(practice)
    practice.hide(by=make.actor(make.moderator()), reason="Реклама")
    session.commit()
    for address in ("", "/history", "/edit"):
        browser().sign_in(make.person()).open(f"/comments/{comment.id}{address}", expect=404)
    author = browser().sign_in(comment.author)
    author.open(f"/comments/{comment.id}", expect=404)
    author.open(f"/comments/{comment.id}/edit", expect=404)


def test_newcomers_write_little_at_a_time(practice, make, sign_in, app, session):
    app.config["RATELIMIT_ENABLED"] = True
    newcomer = sign_in(make.person(trusted=False))
    for number in range(8):
        newcomer.post(f"/entries/{practice.id}/comments", expect=303, body=f"Реплика {number}")
    page = newcomer.post(f"/entries/{practice.id}/comments", expect=429, body="Девятая реплика")
    assert "Девятая реплика" in page.text
    assert session.scalar(select(func.count()).select_from(Comment)) == 8
