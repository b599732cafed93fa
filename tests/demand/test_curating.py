"""Taking questions off the page: by moderators of the whole site, with a reason, on the public log, and back."""

import pytest
from sqlalchemy import select

from forum.core.events import Event
from forum.demand.models import Unmet

STEPS = ("hiding", "restoration")


@pytest.fixture
def moderator(make, browser):
    return browser().sign_in(make.moderator())


def test_a_moderator_takes_a_question_off_and_puts_it_back(moderator, unmet, visit, session):
    question = unmet("Снос дома на Лесной")
    log = f"Вопрос убран из списка «Чего не хватает»: вопрос № {question.id}"
    assert log not in visit("/moderation/log").words
    form = moderator.open("/demand").form(f"/demand/{question.id}/hiding")
    moderator.post(f"/demand/{question.id}/hiding", 303, data=form | {"reason": "Спор с соседом"})
    assert "Снос дома" not in visit("/demand").words
    words = visit("/moderation/log").words
    assert log in words and "модератор" in words and "Спор с соседом" in words and "Снос дома" not in words
    page = moderator.open("/demand?hidden=1")
    assert "Снос дома на Лесной" in page.words and "Спор с соседом" in page.words
    moderator.post(f"/demand/{question.id}/restoration", 303, data=page.form(f"/demand/{question.id}/restoration"))
    assert "Снос дома" in visit("/demand").words
    assert "Вопрос возвращён в список" in visit("/moderation/log?kind=question_restored").words
    steps = session.scalars(select(Event).where(Event.kind.like("moderation.%"))).all()
    assert [event.actor_role for event in steps] == ["moderator", "moderator"]


def test_without_a_reason_nothing_happens(moderator, unmet, visit):
    question = unmet("Снос дома")
    page = moderator.post(f"/demand/{question.id}/hiding", 422, reason="  ", next="/demand?page=2")
    assert "Укажите причину" in page.words and "Снос дома" in page.words
    assert page.form(f"/demand/{question.id}/hiding")["next"] == "/demand?page=2"
    long = moderator.post(f"/demand/{question.id}/hiding", 422, reason="а" * 2001)
    assert "Не больше 2000 знаков" in long.words and long.form("/hiding")["reason"] == "а" * 2001
    assert "Снос дома" in visit("/demand").words


def test_a_second_press_is_no_second_step(moderator, unmet, session):
    question = unmet()
    for _ in range(2):
        moderator.post(f"/demand/{question.id}/hiding", 303, reason="Не о муниципалитетах")
    moderator.post("/demand/999/hiding", 404, reason="Нет такого")
    assert len(session.scalars(select(Event).where(Event.kind.like("moderation.%"))).all()) == 1


def test_a_hidden_question_is_counted_no_further(moderator, unmet, ask, session):
    question = unmet("Аквапарк", times=1)
    session.get_one(Unmet, question.id).key = "аквапарк"
    session.commit()
    ask("аквапарк")
    moderator.post(f"/demand/{question.id}/hiding", 303, reason="Не о муниципалитетах")
    ask("аквапарк")
    session.refresh(question)
    assert question.times == 2


@pytest.mark.parametrize(("who", "status"), [
    ("guest", 401), ("person", 403), ("regional", 403), ("unconfirmed", 403), ("moderator", 303), ("admin", 303),
])  # fmt: skip
def test_who_may(make, browser, unmet, who, status, session):
    question = unmet("Снос дома", hidden_reason=None)
    people = {
        "person": make.person, "moderator": make.moderator, "admin": make.admin,
        "regional": lambda: make.moderator(regions=["40"]), "unconfirmed": lambda: make.moderator(confirmed=False),
    }  # fmt: skip
    reader = browser() if who == "guest" else browser().sign_in(people[who]())
    for step in STEPS:
        reader.post(f"/demand/{question.id}/{step}", status, reason="Не о муниципалитетах")
    page = reader.open("/demand")
    may = status == 303
    assert ("Убрать со страницы" in page.words) == ("Убранные вопросы" in page.words) == may
    assert len(session.scalars(select(Event).where(Event.kind.like("moderation.%"))).all()) == (2 if may else 0)
    if not may:
        reader.open("/demand?hidden=1")
        session.get_one(Unmet, question.id).hide(make.actor(make.admin()), "Не о муниципалитетах")
        session.commit()
        assert "Снос дома" not in reader.open("/demand?hidden=1").words
