"""«Чего не хватает»: the public list, what leads from it, and what has been found since."""

from urllib.parse import quote

import pytest
from sqlalchemy import select

from forum.core.actor import SYSTEM
from forum.core.clock import now
from forum.core.events import Delivery
from forum.demand.models import SHOWN_FROM, Unmet
from forum.demand.queries import WANTED_FOR
from forum.practices.models import Practice
from forum.worker import drain

PROMISE = "вопрос появится в списке «Чего не хватает»"


@pytest.fixture
def deliver(app, session):
    """Let the subscribers hear what happened."""

    def go() -> None:
        session.commit()
        for done in [each for each in session if isinstance(each, Delivery)]:
            session.expunge(done)  # the worker deletes it, and SQLite gives its number to the next
        with app.app_context():
            drain()

    return go


def test_nobody_wants_anything_yet(visit):
    page = visit("/demand")
    assert page.heading == "Чего не хватает"
    assert "Пока всё находится" in page.words


def test_rare_questions_are_hidden_and_the_most_wanted_come_first(visit, unmet, ask):
    unmet("Планетарий", times=7)
    unmet("Дельфинарий", times=SHOWN_FROM - 1)
    unmet("Зоопарк", times=9, on=now().date() - WANTED_FOR)
    for _ in range(SHOWN_FROM):
        ask("прокат электромобилей")
    words = visit("/demand").words
    assert words.index("Планетарий") < words.index("Прокат электромобилей")
    assert "Дельфинарий" not in words and "Зоопарк" not in words


def test_a_question_leads_to_a_practice_begun(visit, unmet, sign_in, make):
    unmet("Приют & <собаки>")
    begun = f"/practices/new?title={quote('Приют & <собаки>')}"
    assert begun in {link.replace("+", "%20") for link in visit("/demand").links()}
    visit(begun, expect=302)
    sign_in(make.person())
    assert 'value="Приют &amp; &lt;собаки&gt;"' in visit(begun).text


def test_a_notice_is_ordered_right_from_the_list(visit, visitor, unmet, sign_in, make, count_queries):
    question = unmet("Приют для собак")
    guest = visit("/demand")
    assert "csrf_token" not in guest.form("/searches")
    me = sign_in(make.person())
    answer = me.post("/searches", 303, data=me.open("/demand").form("/searches"))
    assert answer.response.location == f"/demand#question-{question.id}"
    page = me.open("/demand")
    assert "Сообщим, когда появится" in page.words and "Сообщить, когда появится" not in page.words
    few = count_queries(lambda: me.open("/demand"))
    for number in range(8):
        unmet(f"Приют {number}")
    assert count_queries(lambda: me.open("/demand")) == few <= 12


@pytest.mark.parametrize("title", ["%00%1F", "%ED%A0%80", "а" * 3000, "%0d%0aX: y"])
def test_odd_titles_begin_a_practice_too(visit, sign_in, make, title):
    sign_in(make.person())
    visit(f"/practices/new?title={title}")


def test_the_list_has_pages(visit, unmet):
    for number in range(23):
        unmet(f"Вопрос {number}", times=100 - number)
    first = visit("/demand")
    second = visit(next(link for link in first.links() if "page=" in link))
    assert "Вопрос 0" in first.words and "Вопрос 22" not in first.words
    assert "Вопрос 22" in second.words and "Вопрос 0 " not in second.words


def test_a_practice_answers_the_questions_it_fits(visit, unmet, make, deliver, session):
    unmet("Приют для собак")
    unmet("Приют для кошек")
    practice = make.practice("Приюты, где собаки ждут хозяев")
    deliver()
    page = visit("/demand")
    assert page.words.endswith("Недавно нашлось Приют для собакПриюты, где собаки ждут хозяев")
    assert f"/practices/{practice.id}/{practice.slug}" in page.links()
    assert page.words.count("Приют для собак") == 1 and "Приют для кошек" in page.words
    make.practice("Ещё одни приюты для собак")
    deliver()
    assert "Ещё одни" not in visit("/demand").words


def test_an_answer_nobody_may_read_is_none(visit, unmet, make, deliver, session, browser):
    unmet("Приют для собак")
    author = make.person()
    make.practice("Приют для собак в черновике", author=author, state="draft")
    make.practice("Приют для собак на проверке", author=author, state="waiting")
    practice = make.practice("Приют для собак", author=author, summary="Тёплые вольеры.")
    deliver()
    assert "Недавно нашлось" in visit("/demand").words
    kept = session.get_one(Practice, practice.id)
    kept.hide(by=SYSTEM, reason="Реклама")
    session.commit()
    for reader in (browser(), browser().sign_in(author), browser().sign_in(make.moderator())):
        words = reader.open("/demand").words
        assert "Недавно нашлось" not in words and "Спросили 5 раз" in words
    second = make.practice("Приют, в котором собак лечат")
    deliver()
    assert "Приют, в котором собак лечат" in visit("/demand").words
    session.get_one(Practice, second.id).withdraw(by=make.actor(second.author))
    session.commit()
    assert "Недавно нашлось" not in visit("/demand").words


def test_what_was_taken_back_before_the_worker_came_answers_nothing(visit, unmet, make, deliver):
    unmet("Приют для собак")
    make.practice("Приют для собак", state="hidden")
    deliver()
    assert "Недавно нашлось" not in visit("/demand").words


def test_the_page_asks_the_database_no_more_for_more(visit, unmet, make, session, count_queries):
    author, place = make.person(), make.place()
    answer = make.practice("Приют", author=author, municipality=place)

    def fill(number: int) -> None:
        for _ in range(number):
            unmet("Планетарий")
            unmet("Приют", answered_by_id=answer.id, answered_at=now())

    fill(2)
    few = count_queries(lambda: visit("/demand"))
    fill(8)
    assert count_queries(lambda: visit("/demand")) == few <= 8


def test_the_footer_and_an_empty_answer_lead_to_it(visit, ask):
    assert "/demand" in visit("/").links()
    assert PROMISE in ask("аквапарк").words


@pytest.mark.parametrize("typed", ["Иванов Пётр Сергеевич", "аквапарк 8 912 345-67-89", "аквапарк -парк"])
def test_what_is_never_counted_is_promised_nothing(ask, typed):
    words = ask(typed).words
    assert "Ничего не нашлось" in words and PROMISE not in words
    assert PROMISE not in ask("аквапарк", kind="practice").words


def test_a_question_taken_off_the_list_is_promised_nothing(ask, counted, session):
    for _ in range(SHOWN_FROM):
        ask("аквапарк")
    assert PROMISE in ask("аквапарки").words
    question = session.scalars(select(Unmet)).one()
    question.hide(SYSTEM, "Реклама")
    session.commit()
    assert PROMISE not in ask("аквапарки").words


def test_the_first_answer_stays(session, unmet, make, deliver):
    question, first = unmet("Приют для собак"), make.practice("Приют для собак")
    deliver()
    session.refresh(question)
    before = question.answered_by_id, question.answered_at
    session.rollback()
    make.practice("Приют для собак, второй")
    deliver()
    session.refresh(question)
    assert (question.answered_by_id, question.answered_at) == before == (first.id, question.answered_at)
