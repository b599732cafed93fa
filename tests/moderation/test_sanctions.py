"""Warnings, silence and suspensions, as the moderator imposes them and the person meets them."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from forum import worker
from forum.accounts.models import Person
from forum.core.clock import now
from forum.core.events import Event
from forum.core.letters import Letter
from forum.moderation import sanctions
from forum.moderation.sanctions import Sanction


@pytest.fixture
def moderator(make, browser):
    return browser().sign_in(make.moderator(region="69"))


@pytest.fixture
def person(make):
    return make.person("Пётр Громов")


@pytest.fixture
def practice(make):
    return make.practice()


def test_a_warning_is_read_before_anything_is_written(app, make, session, moderator, person, practice, browser):
    moderator.post(f"/people/{person.handle}/warning", reason="Без личных выпадов")
    warned = browser().sign_in(person)
    assert "Без личных выпадов" in warned.open("/").text
    assert "сказано вверху страницы" in warned.open(f"/practices/{practice.id}/{practice.slug}").words
    answer = warned.post(f"/entries/{practice.id}/comments", expect=403, body="Долгий ответ по существу")
    assert "нажмите «Предупреждение прочитано»" in answer.words and "Долгий ответ по существу" in answer.text
    warned.post(f"/entries/{practice.id}/vote", expect=403, value="1")
    warned.post("/account/warnings/reading")
    assert "Без личных выпадов" not in warned.open("/").text
    warned.post(f"/entries/{practice.id}/comments", expect=303, body="Долгий ответ по существу")
    assert session.scalar(select(Sanction.acknowledged_at)) is not None


def test_a_warning_tells_by_notice_and_letter_how_to_appeal(app, session, moderator, person, browser):
    moderator.post(f"/people/{person.handle}/warning", reason="Без личных выпадов")
    number = session.scalar(select(Event.id).where(Event.kind == "moderation.warned"))
    session.commit()
    with app.app_context():
        worker.drain()
    page = browser().sign_in(person).open("/notifications")
    assert "Модератор вынес вам предупреждение" in page.words and f"/decisions/{number}/appeal" in page.links()
    letter = session.scalar(select(Letter).where(Letter.template == "moderated"))
    assert letter.to == person.email


def test_two_warnings_are_read_with_one_press(make, session, moderator, person, browser):
    for reason in ("Первое", "Второе"):
        moderator.post(f"/people/{person.handle}/warning", reason=reason)
    warned = browser().sign_in(person)
    page = warned.open("/about")
    assert "Первое" in page.text and "Второе" in page.text
    fields = page.form("/account/warnings/reading")
    assert fields["next"] == "/about"
    warned.post("/account/warnings/reading", data=fields)
    assert session.scalars(select(Sanction.acknowledged_at.is_not(None))).all() == [True, True]


def test_a_warning_names_the_entry_it_is_about_when_that_is_theirs(make, session, moderator, person, practice):
    comment = make.comment(practice, author=person)
    fields = moderator.open(f"/people/{person.handle}/warning?entry={comment.id}").form(f"/people/{person.handle}/warning")
    moderator.post(f"/people/{person.handle}/warning", data=fields | {"reason": "Грубо"})
    moderator.post(f"/people/{person.handle}/warning", reason="Грубо", entry=str(practice.id))
    assert session.scalars(select(Sanction.entry_id).order_by(Sanction.id)).all() == [comment.id, None]


def test_who_is_silenced_reads_votes_and_edits_but_writes_no_comments(make, session, moderator, person, practice, browser):
    own, comment = make.practice(author=person, state="draft"), make.comment(practice, author=person)
    moderator.post(f"/people/{person.handle}/silence", days="3", reason="Перебранка")
    silenced = browser().sign_in(person)
    assert "Перебранка" in silenced.open(f"/practices/{practice.id}/{practice.slug}").text
    answer = silenced.post(f"/entries/{practice.id}/comments", expect=422, body="Ещё слово")
    assert "закрыл вам обсуждения" in answer.words and "Ещё слово" in answer.text
    silenced.open(f"/entries/{practice.id}/comments/new", expect=403)
    silenced.post(f"/comments/{comment.id}/edit", expect=422, body="Другие слова")
    silenced.post(f"/entries/{practice.id}/vote", expect=303, value="1")
    silenced.open(f"/practices/{own.id}/edit")
    session.execute(update(Person).where(Person.id == person.id).values(silenced_until=now() - timedelta(seconds=1)))
    session.commit()
    silenced.post(f"/entries/{practice.id}/comments", expect=303, body="Ещё слово")


def test_sanctions_stand_on_the_persons_page_for_their_moderators_and_end_early(make, session, moderator, person, practice, browser):
    moderator.post(f"/people/{person.handle}/silence", days="3", reason="Перебранка")
    page = moderator.open(f"/people/{person.handle}")
    assert "Перебранка" in page.words and "действует" in page.words
    assert "Перебранка" not in browser().open(f"/people/{person.handle}").text
    assert "Перебранка" not in browser().sign_in(make.moderator(regions=["69"])).open(f"/people/{person.handle}").text
    number = session.scalar(select(Sanction.id))
    session.commit()
    moderator.post(f"/sanctions/{number}/ending", expect=422, reason="")
    moderator.post(f"/sanctions/{number}/ending", reason="Помирились")
    browser().sign_in(person).post(f"/entries/{practice.id}/comments", expect=303, body="Спасибо")
    assert "снято" in moderator.open(f"/people/{person.handle}").words
    assert session.scalar(select(Event.reason).where(Event.kind == "moderation.unsilenced")) == "Помирились"


def test_a_later_term_takes_the_place_of_the_earlier(make, session, person):
    by = make.actor(make.moderator())
    person = session.merge(person)
    sanctions.suspend(session, person, by, 30, "Спам")
    shorter = sanctions.suspend(session, person, by, 2, "Погорячились")
    assert person.suspended_until == shorter.until
    assert session.scalars(select(Sanction.ended_at.is_(None)).order_by(Sanction.id)).all() == [False, True]
    sanctions.release(session, person, by)
    assert person.suspended_until is None and not shorter.in_force(now())


def test_sanctions_of_different_kinds_stand_side_by_side(make, session, person):
    by, person = make.actor(make.moderator()), session.merge(person)
    sanctions.warn(session, person, by, "Грубо")
    sanctions.silence(session, person, by, 3, "Перебранка")
    sanctions.suspend(session, person, by, 3, "Спам")
    session.commit()
    session.expire_all()
    actor = make.actor(person)
    assert (actor.warned, actor.silenced, actor.suspended) == (True, True, True)
    sanctions.acknowledge(session, person, actor)
    sanctions.release(session, person, by)
    session.commit()
    actor = make.actor(person)
    assert (actor.warned, actor.silenced, actor.suspended) == (False, True, False)


def test_bad_terms_and_missing_reasons_change_nothing(session, moderator, person):
    for kind, fields in (
        ("warning", {"reason": " "}), ("silence", {"days": "0", "reason": "Так"}), ("silence", {"days": "366", "reason": "Так"}),
        ("suspension", {"days": "три", "reason": "Подробное объяснение"}),
    ):  # fmt: skip
        page = moderator.post(f"/people/{person.handle}/{kind}", expect=422, data=fields)
        assert fields["reason"].strip() in page.text
    assert session.scalar(select(Sanction.id)) is None


def test_sanctions_stay_within_the_region_and_off_other_moderators(make, session, browser, person):
    foreign = browser().sign_in(make.moderator(regions=["69"]))
    other = make.moderator("Другой Модератор")
    for address in ("warning", "silence", "suspension"):
        foreign.open(f"/people/{person.handle}/{address}", expect=403)
        foreign.post(f"/people/{person.handle}/{address}", expect=403, days="3", reason="Так")
        foreign.post(f"/people/{other.handle}/{address}", expect=403, days="3", reason="Так")
    imposed = sanctions.silence(session, session.merge(person), make.actor(other), 3, "Так")
    session.commit()
    foreign.open(f"/sanctions/{imposed.id}/ending", expect=403)
    foreign.post(f"/sanctions/{imposed.id}/ending", expect=403, reason="Так")


def test_the_larger_sanction_speaks_for_the_smaller_and_a_term_is_asked_for_in_days(make, browser):
    moderator, person = browser().sign_in(make.moderator("Галина Миронова")), make.person()
    page = moderator.post(f"/people/{person.handle}/silence", expect=422, days="неделя", reason="Спор")
    assert "Укажите срок от 1 до 365 дней" in page.words and "Спор" in page.text
    for step in ("silence", "suspension"):
        moderator.post(f"/people/{person.handle}/{step}", days="7", reason="Спор")
    words = browser().sign_in(person).open("/about").words
    assert "Писать на сайте вы пока не можете" in words and "Свои практики, голоса и закладки" not in words
