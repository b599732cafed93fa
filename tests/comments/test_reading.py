"""A discussion as it is read: order, threads, pages, stubs, and what it costs."""

import re

import pytest
from sqlalchemy.orm import Session

from forum.comments.queries import REPLIES, THREADS, cursor_of, discussion
from forum.core.actor import GUEST
from forum.core.database import reading
from forum.votes import models as votes
from forum.votes.queries import mine


@pytest.fixture
def practice(make):
    return make.practice()


@pytest.fixture
def read(session, practice):
    """The discussion of the practice, read afresh."""

    def go(actor=GUEST, order="old", cursor=None):
        with reading(), Session(session.get_bind()) as fresh:
            found = discussion(fresh, actor, fresh.get_one(type(practice), practice.id), order, cursor)
            mine(fresh, actor, found.ids)
            return found

    return go


def test_threads_have_two_levels_and_say_who_is_answered(make, practice, read):
    first = make.comment(practice, "Первый")
    answer = make.comment(practice, "Ответ", parent=first, author=make.person("Игорь Лапин"))
    deeper = make.comment(practice, "Ответ на ответ", parent=answer)
    make.comment(practice, "Второй")
    found = read()
    assert [thread.top.comment.id for thread in found.threads] == [first.id, deeper.id + 1]
    assert [(reply.comment.id, reply.answers) for reply in found.threads[0].replies] == [
        (answer.id, None),
        (deeper.id, (answer.id, "Игорь Лапин")),
    ]
    assert found.total == 4


def test_order_is_by_time_or_by_votes_and_nothing_else(make, session, practice, read):
    comments = [make.comment(practice, f"Номер {number}") for number in range(3)]
    votes.cast(session, comments[1], make.actor(make.person()), 1)
    session.commit()
    ids = [comment.id for comment in comments]

    def order(name):
        return [thread.top.comment.id for thread in read(order=name).threads]

    assert order("old") == order("password_hash") == order(None) == ids
    assert order("new") == ids[::-1]
    assert order("best") == [ids[1], ids[2], ids[0]]


@pytest.mark.parametrize("order", ["old", "new", "best"])
def test_pages_show_every_thread_once(order, make, practice, read):
    author = make.person()
    ids = {make.comment(practice, f"Номер {number}", author=author).id for number in range(THREADS * 2 + 3)}
    seen, cursor = [], None
    while True:
        found = read(order=order, cursor=cursor)
        seen += [thread.top.comment.id for thread in found.threads]
        cursor = found.page.next
        if not cursor:
            break
    assert len(seen) == len(ids) and set(seen) == ids


def test_a_permalink_leads_to_the_page_that_shows_the_comment(make, practice, visitor):
    author = make.person()
    comments = [make.comment(practice, f"Номер {number}", author=author) for number in range(THREADS + 2)]
    late = make.comment(practice, "Ответ на последний", parent=comments[-1], author=author)
    for comment in (comments[0], comments[THREADS - 1], comments[THREADS], comments[-1], late):
        address = visitor.open(f"/comments/{comment.id}", expect=302).response.location
        assert address.endswith(f"#comment-{comment.id}")
        assert f'id="comment-{comment.id}"' in visitor.open(address.partition("#")[0]).text


def test_a_long_thread_is_cut_and_opens_whole(make, practice, visitor, session):
    author = make.person()
    top = make.comment(practice, "Начало", author=author)
    replies = [make.comment(practice, f"Ответ {number}", parent=top, author=author) for number in range(REPLIES + 5)]
    page = visitor.open(f"/practices/{practice.id}/{practice.slug}")
    assert f"comment-{replies[REPLIES - 1].id}" in page.text and f"comment-{replies[REPLIES].id}" not in page.text
    assert "Показать ещё 5 ответов" in page.words
    whole = visitor.open(next(link for link in page.links() if f"page=t{top.id}" in link))
    assert f'id="comment-{replies[-1].id}"' in whole.text and "Всё обсуждение" in whole.words
    address = visitor.open(f"/comments/{replies[-1].id}", expect=302).response.location
    assert f'id="comment-{replies[-1].id}"' in visitor.open(address.partition("#")[0]).text


def test_foreign_and_broken_cursors_show_the_first_page(make, practice, read):
    mine, other = make.comment(practice), make.comment(make.practice())
    for cursor in (f"t{other.id}", "t", "t-", "t9" * 30, "x", "WyJuIl0", f"t{'9' * 18}", "t²"):
        assert [thread.top.comment.id for thread in read(cursor=cursor).threads] == [mine.id]


def test_a_hidden_comment_is_a_stub_to_others_and_readable_to_its_author_and_moderators(make, practice, session, browser):
    author, moderator = make.person("Пётр Резкий"), make.moderator()
    hidden = make.comment(practice, "Грубые слова", author=author)
    make.comment(practice, "Зачем так", parent=hidden)
    make.comment(practice, "Тоже грубые", author=author, state="hidden")
    hidden.hide(by=make.actor(moderator), reason="Оскорбление")
    session.commit()
    address = f"/practices/{practice.id}/{practice.slug}"
    for reader in (browser(), browser().sign_in(make.person())):
        page = reader.open(address)
        assert "Комментарий скрыт модератором" in page.words and "Зачем так" in page.words
        assert not re.search("Грубые|грубые|Резкий|Оскорбление", page.text)
    for reader in (author, moderator):
        page = browser().sign_in(reader).open(address)
        assert "Грубые слова" in page.words and "Тоже грубые" in page.words and "Оскорбление" in page.words


def test_a_moderator_of_another_region_sees_no_hidden_words(make, practice, browser):
    make.comment(practice, "Грубые слова", state="hidden")
    page = browser().sign_in(make.moderator(regions=("69",))).open(f"/practices/{practice.id}/{practice.slug}")
    assert "Грубые" not in page.text


def test_a_withdrawn_answer_that_was_answered_leaves_its_stub(make, practice, session, read):
    top = make.comment(practice)
    reply = make.comment(practice, "Уберу", parent=top)
    make.comment(practice, "Поздно", parent=reply)
    alone = make.comment(practice, "И это уберу", parent=top)
    for comment in (reply, alone):
        comment.withdraw(by=make.actor(comment.author))
    session.commit()
    assert [(shown.comment.id, shown.seen, shown.answers) for shown in read().threads[0].replies] == [
        (reply.id, False, None),
        (reply.id + 1, True, None),
    ]


def test_guests_get_no_tokens_and_links_that_come_back(make, practice, visitor):
    comment = make.comment(practice)
    page = visitor.open(f"/practices/{practice.id}/{practice.slug}")
    assert "csrf" not in page.text
    assert f"/login?next=/comments/{comment.id}" in page.links()
    assert f"/entries/{practice.id}/comments/new?parent={comment.id}" in page.links()


@pytest.mark.parametrize("signed_in", [False, True])
def test_thirty_comments_cost_as_many_queries_as_three(signed_in, make, practice, read, count_queries):
    reader = make.actor(make.person()) if signed_in else GUEST
    top = make.comment(practice)
    make.comment(practice, parent=make.comment(practice, parent=top))

    few = count_queries(lambda: read(reader))
    for number in range(9):
        parent = make.comment(practice, f"Номер {number}")
        make.comment(practice, "Глубже", parent=make.comment(practice, parent=parent))
    assert count_queries(lambda: read(reader)) == few == (4 if signed_in else 3)  # the practice, threads, answers, votes


def test_the_cursor_of_a_comment_costs_little(make, practice, session, count_queries):
    author = make.person()
    *_, fits, last = (make.comment(practice, f"Номер {number}", author=author) for number in range(THREADS + 1))
    assert count_queries(lambda: cursor_of(session, GUEST, last)) == 3
    assert cursor_of(session, GUEST, fits) is None
    assert cursor_of(session, GUEST, last) is not None


def test_in_a_discussion_of_one_page_it_costs_one_question(make, practice, session, count_queries):
    author = make.person()
    last = [make.comment(practice, f"Номер {number}", author=author) for number in range(THREADS)][-1]
    assert count_queries(lambda: cursor_of(session, GUEST, last)) == 1
    assert cursor_of(session, GUEST, last) is None
