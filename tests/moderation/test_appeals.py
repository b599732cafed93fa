"""Appeals: once per decision, within a month, judged by somebody else."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from forum import worker
from forum.accounts.models import Person
from forum.core.clock import now
from forum.core.events import Event
from forum.core.letters import Letter
from forum.entries.models import Entry
from forum.moderation import appeals, sanctions
from forum.moderation.appeals import Appeal


@pytest.fixture
def author(make):
    return make.person("Юлия Новикова")


@pytest.fixture
def decider(make):
    return make.moderator("Сергей Рощин", regions=["40"])


@pytest.fixture
def hidden(make, session, author, decider):
    """A practice that the decider hid."""
    practice = make.practice("Спорная практика", author=author)
    practice.hide(make.actor(decider), "Реклама")
    session.commit()
    return practice


def decision(session, kind="moderation.hidden"):
    number = session.scalar(select(Event.id).where(Event.kind == kind).order_by(Event.id.desc()).limit(1))
    session.commit()
    return number


def appealed(browser, session, author, text="Это не реклама: подрядчик не назван"):
    """The author's browser, after they have appealed; and the appeal."""
    visitor = browser().sign_in(author)
    visitor.post(f"/decisions/{decision(session)}/appeal", text=text)
    made = session.scalar(select(Appeal).order_by(Appeal.id.desc()).limit(1))
    session.commit()
    return visitor, made


def state(session, entry):
    found = session.scalar(select(Entry.state).where(Entry.id == entry.id))
    session.commit()
    return found


def test_another_moderator_upholds_and_both_are_told(app, make, session, browser, author, decider, hidden):
    visitor, made = appealed(browser, session, author)
    assert "ждёт другого модератора" in visitor.open(f"/decisions/{made.event_id}/appeal").words
    judge = browser().sign_in(make.moderator("Ольга Судьина", regions=["40"]))
    page = judge.open("/moderation/appeals")
    assert "подрядчик не назван" in page.words and f"/moderation/appeals/{made.id}" in page.links()
    assert "подрядчик не назван" in judge.open("/moderation?kind=appeals").words
    assert "Сергей Рощин" in judge.open(f"/moderation/appeals/{made.id}").words
    judge.post(f"/moderation/appeals/{made.id}/decision", outcome="upheld", reason="Рекламы здесь нет")
    assert state(session, hidden) == "published"
    assert "С вами согласились" in visitor.open(f"/decisions/{made.event_id}/appeal").words
    with app.app_context():
        worker.drain()
    words = visitor.open("/notifications").words
    assert "другой модератор и отменил решение" in words and "Рекламы здесь нет" in words
    assert "Ваше решение обжаловали: другой модератор отменил его" in browser().sign_in(decider).open("/notifications").words
    assert author.email in session.scalars(select(Letter.to)).all()
    log = browser().open("/moderation/log").words
    assert "Решение обжаловано" in log and "По обжалованию решение отменено" in log and "Судьина" not in log


def test_a_declined_appeal_leaves_the_decision_and_says_why(make, session, browser, author, hidden):
    visitor, made = appealed(browser, session, author)
    judge = browser().sign_in(make.admin())
    judge.post(f"/moderation/appeals/{made.id}/decision", expect=422, outcome="declined", reason="")
    page = judge.post(f"/moderation/appeals/{made.id}/decision", expect=422, outcome="", reason="Долгое объяснение")
    assert "Долгое объяснение" in page.text
    judge.post(f"/moderation/appeals/{made.id}/decision", outcome="declined", reason="В тексте есть цены")
    assert state(session, hidden) == "hidden"
    assert "В тексте есть цены" in visitor.open(f"/decisions/{made.event_id}/appeal").words
    judge.post(f"/moderation/appeals/{made.id}/decision", outcome="declined", reason="В тексте есть цены")  # pressed twice
    page = judge.post(f"/moderation/appeals/{made.id}/decision", expect=409, outcome="upheld", reason="Передумал")
    assert "уже ответили" in page.words and "Передумал" in page.words  # decided once, it stays so
    assert state(session, hidden) == "hidden"


def test_what_was_taken_back_meanwhile_is_not_said_to_stand(make, session, browser, author, decider, hidden):
    visitor, made = appealed(browser, session, author)
    hidden.restore(make.actor(decider))
    session.commit()
    judge, address = browser().sign_in(make.admin()), f"/moderation/appeals/{made.id}"
    assert "с тех пор отменили" in judge.open(address).words
    page = judge.post(f"{address}/decision", expect=422, outcome="declined", reason="Скрыто верно")
    assert "оставить в силе нечего" in page.words and "Скрыто верно" in page.text
    judge.post(f"{address}/decision", outcome="upheld", reason="Скрыли зря")
    assert "Скрыли зря" in visitor.open(f"/decisions/{made.event_id}/appeal").words and state(session, hidden) == "published"


def test_upholding_leaves_a_later_decision_alone(make, session, browser, author, decider, hidden):
    _, made = appealed(browser, session, author)
    hidden.restore(make.actor(decider))
    hidden.hide(make.actor(decider), "Чужие данные")
    session.commit()
    judge = browser().sign_in(make.admin())
    judge.post(f"/moderation/appeals/{made.id}/decision", outcome="upheld", reason="Рекламы нет")
    assert state(session, hidden) == "hidden"


def test_nobody_judges_their_own_decision(make, session, browser, author, decider, hidden):
    _, made = appealed(browser, session, author)
    own = browser().sign_in(decider)
    assert "Обжалований нет" in own.open("/moderation/appeals").words
    assert "другой модератор" in own.open(f"/moderation/appeals/{made.id}").words
    own.post(f"/moderation/appeals/{made.id}/decision", expect=403, outcome="declined", reason="Я был прав")
    foreign = browser().sign_in(make.moderator(regions=["69"]))
    foreign.open(f"/moderation/appeals/{made.id}", expect=403)
    foreign.post(f"/moderation/appeals/{made.id}/decision", expect=403, outcome="upheld", reason="Так")
    assert appeals.waiting_appeals(session, make.actor(decider)) == 0
    assert appeals.waiting_appeals(session, make.actor(make.admin())) == 1


def test_a_decision_is_appealed_once_and_within_a_month(session, browser, author, hidden):
    visitor, made = appealed(browser, session, author)
    assert "второй раз нельзя" in visitor.post(f"/decisions/{made.event_id}/appeal", expect=422, text="Ещё раз").text
    assert len(session.scalars(select(Appeal.id)).all()) == 1


def test_after_a_month_it_is_too_late(session, browser, author, hidden):
    number = decision(session)
    session.execute(update(Event).where(Event.id == number).values(at=now() - timedelta(days=31)))
    session.commit()
    visitor = browser().sign_in(author)
    assert "Этот срок прошёл" in visitor.open(f"/decisions/{number}/appeal").words
    visitor.post(f"/decisions/{number}/appeal", expect=403, text="Поздно")


def test_what_was_typed_is_kept_when_something_fails(session, browser, author, hidden):
    visitor, number = browser().sign_in(author), decision(session)
    assert "Напишите, почему" in visitor.post(f"/decisions/{number}/appeal", expect=422, text="  ").words
    long = "Подробно " * 600
    assert long.strip() in visitor.post(f"/decisions/{number}/appeal", expect=422, text=long).text
    assert session.scalar(select(Appeal.id)) is None


def test_what_does_not_stand_any_more_cannot_be_appealed(make, session, browser, author, hidden):
    hidden.restore(make.actor(make.moderator()))
    session.commit()
    visitor, number = browser().sign_in(author), decision(session)
    assert "уже не действует" in visitor.open(f"/decisions/{number}/appeal").words
    assert "Всё равно скажу" in visitor.post(f"/decisions/{number}/appeal", expect=422, text="Всё равно скажу").text


def test_others_decisions_are_out_of_reach(make, session, browser, hidden):
    stranger, number = browser().sign_in(make.person()), decision(session)
    stranger.open(f"/decisions/{number}/appeal", expect=404)
    stranger.post(f"/decisions/{number}/appeal", expect=404, text="Чужое")
    stranger.open(f"/entries/{hidden.id}/appeal", expect=404)


def test_the_authors_page_leads_to_the_form(session, browser, author, hidden):
    visitor = browser().sign_in(author)
    page = visitor.open(f"/practices/{hidden.id}/{hidden.slug}")
    assert f"/entries/{hidden.id}/appeal" in page.links()
    answer = visitor.open(f"/entries/{hidden.id}/appeal", expect=302)
    assert answer.response.location == f"/decisions/{decision(session)}/appeal"


@pytest.mark.parametrize("step", ["returned", "locked", "comment"])
def test_returned_locked_and_hidden_comments_are_appealed_alike(make, session, browser, author, decider, step):
    by, practice = make.actor(decider), make.practice(author=author)
    entry = make.comment(practice, author=author) if step == "comment" else practice
    if step == "returned":
        entry.send_back(by, "Мало цифр")
    elif step == "locked":
        entry.lock(by, True, "Спор")
    else:
        entry.hide(by, "Грубо")
    session.commit()
    visitor = browser().sign_in(author)
    page = visitor.open(f"/practices/{practice.id}/{practice.slug}")
    assert f"/entries/{entry.id}/appeal" in page.links()
    number = decision(session, {"comment": "moderation.hidden"}.get(step, f"moderation.{step}"))
    visitor.post(f"/decisions/{number}/appeal", text="Не согласна")
    made = session.scalar(select(Appeal))
    appeals.uphold(session, made, make.actor(make.moderator()), "Ошибка")
    session.commit()
    assert (state(session, entry), entry.locked) == ("published", False)


def test_who_is_suspended_appeals_and_is_free_when_upheld(make, session, browser, author, decider):
    sanctions.suspend(session, session.merge(author), make.actor(decider), 30, "Спам")
    session.commit()
    number = decision(session, "moderation.suspended")
    visitor, practice = browser().sign_in(author), make.practice()
    visitor.post(f"/entries/{practice.id}/vote", expect=403, value="1")
    assert f"/decisions/{number}/appeal" in visitor.open("/about").links()
    visitor.post(f"/decisions/{number}/appeal", text="Это был не я")
    made = session.scalar(select(Appeal))
    session.commit()
    browser().sign_in(make.moderator()).post(f"/moderation/appeals/{made.id}/decision", outcome="upheld", reason="Ошибка")
    visitor.post(f"/entries/{practice.id}/vote", expect=303, value="1")
    session.expire_all()
    assert session.get(Person, author.id).suspended_until is None


def test_a_sanction_on_a_moderator_is_for_admins(make, session):
    moderator, admin, other = make.moderator("Провинившийся"), make.admin(), make.moderator("Другой")
    sanction = sanctions.warn(session, moderator, make.actor(admin), "Так нельзя")
    event = session.get(Event, sanction.event_id)
    made = appeals.appeal(session, event, make.actor(moderator), "Можно")
    made.person = moderator
    second = make.admin("Второй Админ")
    assert [appeals.can_judge(make.actor(one), made) for one in (moderator, admin, other, second)] == [False, False, False, True]
    assert [appeals.waiting_appeals(session, make.actor(one)) for one in (admin, other, second)] == [0, 0, 1]


def test_the_list_of_appeals_costs_the_same_at_any_size(make, session, browser, author, decider, count_queries):
    by = make.actor(decider)

    def fill(number):
        for _ in range(number):
            practice = make.practice(author=author)
            practice.hide(by, "Реклама")
            event = session.get(Event, session.scalar(select(Event.id).order_by(Event.id.desc()).limit(1)))
            appeals.appeal(session, event, make.actor(author), "Не согласна")
        session.commit()

    judge = browser().sign_in(make.admin())
    fill(2)
    few = count_queries(lambda: judge.open("/moderation/appeals"))
    fill(9)
    assert count_queries(lambda: judge.open("/moderation/appeals")) == few <= 12
