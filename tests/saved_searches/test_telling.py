"""Who is told of a new practice: everybody whose search it answers, once, whatever crashes."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from forum.core import events
from forum.core.clock import now
from forum.core.events import Delivery, Event
from forum.core.letters import Letter
from forum.notifications import telling
from forum.saved_searches import standing, subscribers
from forum.search.matching import Question
from forum.search.models import SynonymGroup


def happened(session, kind):
    found = session.scalars(select(Event).where(Event.kind == kind).order_by(Event.id)).all()
    session.commit()
    return found


def deliver_again(session, kind):
    """What the worker does after a crash: everything once more."""
    handler = {"practice.published": "answer", "search.answered": "tell_keeper"}[kind]
    for happening in happened(session, kind):
        session.add(Delivery(event_id=happening.id, handler=f"{subscribers.__name__}.{handler}", due_at=now()))
    session.commit()


def test_a_new_practice_is_told_to_whose_search_it_answers(make, session, keep, work, told, sign_in):
    person, other = make.person(), make.person()
    keep(person, "тёплая остановка «за счёт спонсора»", region="40", status=["pilot", "implemented"])
    keep(other, "тёплая остановка -спонсор")
    work()
    practice = make.practice("Тёплые остановки", problem="Остановки построили за счёт спонсора.")
    work()
    assert (told(person), told(other), told(practice.author)) == ((1, 1), (0, 0), (0, 0))
    page = sign_in(person).open("/notifications")
    assert "По вашему поиску «тёплая остановка „за счёт спонсора“» появилась практика «Тёплые остановки»" in page.words
    assert page.words.count("Тёплые остановки") == 1
    assert f"/practices/{practice.id}/{practice.slug}" in page.links()


def test_a_search_of_conditions_alone_is_answered_too_and_synonyms_count(make, session, keep, work, told, sign_in):
    session.add(SynonymGroup(words="МКД, многоквартирный дом"))
    by_region, by_word, elsewhere = make.person(), make.person(), make.person()
    keep(by_region, "", region="40")
    keep(by_word, "ремонт МКД")
    keep(elsewhere, "", region="69")
    make.practice("Ремонт многоквартирных домов")
    work()
    assert (told(by_region), told(by_word), told(elsewhere)) == ((1, 1), (1, 1), (0, 0))
    assert "По вашему сохранённому поиску появилась практика «Ремонт" in sign_in(by_region).open("/notifications").words


def test_one_notice_however_many_searches_fit_and_however_often_it_is_delivered(make, session, keep, work, told, letters):
    person = make.person()
    for words, mail in (("остановка", False), ("тёплая остановка", True), ("остановка тёплая дворы", True), ("школа", True)):
        keep(person, words, mail=mail)
    practice = make.practice("Тёплые остановки дворов")
    work()
    for kind in ("practice.published", "search.answered"):
        deliver_again(session, kind)
        work(later=True)
    assert told(person) == (1, 1)
    [(to, subject, _)] = letters()
    assert (to, subject) == (person.email, "По вашему поиску «тёплая остановка» появилась практика «Тёплые остановки дворов»")
    for step in (practice.unpublish, practice.publish):
        step(by=make.actor(practice.author))
        work(later=True)
    practice.hide(by=make.actor(make.moderator()), reason="Проверка")
    practice.restore(by=make.actor(make.moderator()))
    work(later=True)
    assert told(person) == (1, 1) and [to for to, _, _ in letters()].count(person.email) == 1


@pytest.mark.parametrize("broken", ["answer", "tell_keeper", "tell"])
def test_a_crash_between_leaves_nothing_half_done(make, session, keep, work, told, letters, monkeypatch, broken):
    people = [make.person() for _ in range(3)]
    for person in people:
        keep(person, "остановка", mail=True)
    make.practice("Тёплые остановки")
    calls = {"left": 2}

    def crash(real, *values, **more):
        done = real(*values, **more)
        calls["left"] -= 1
        if calls["left"] >= 0:
            raise RuntimeError("killed after its work, before the commit")
        return done

    target = telling if broken == "tell" else events
    if broken == "tell":
        real = target.notify_once
        monkeypatch.setattr(target, "notify_once", lambda *values: crash(real, *values))
    else:
        name = f"{subscribers.__name__}.{broken}"
        real = events._functions[name]
        monkeypatch.setitem(events._functions, name, lambda *values: crash(real, *values))
    work()
    assert sum(told(person)[0] for person in people) < 3
    work(later=True)
    work(later=True)
    assert [told(person) for person in people] == [(1, 1)] * 3
    assert sorted(to for to, _, _ in letters()) == sorted(person.email for person in people)
    assert session.scalars(select(Delivery.id)).all() == []


def test_what_is_kept_or_removed_later_is_followed(make, session, keep, work, told):
    person, late = make.person(), make.person()
    search = keep(person, "остановка")
    make.practice("Тёплые остановки")
    work()
    session.delete(session.merge(search))
    session.commit()
    keep(late, "площадка")  # SQLite gives it the number that the other had
    make.practice("Остановки без площадок")
    work()
    assert told(person) == (1, 1) and told(late) == (1, 1)


def test_a_removed_search_tells_nothing_any_more(make, session, keep, work, told):
    person, other = make.person(), make.person()
    search = keep(person, "остановка", mail=True)
    practice = make.practice("Тёплые остановки")
    [happening] = happened(session, "practice.published")
    subscribers.answer(session, happening)
    session.delete(session.merge(search))
    session.commit()
    again = keep(other, "школа")
    assert again.id == search.id
    work()
    assert told(person) == told(other) == (0, 0) and practice.is_published
    assert session.scalars(select(Letter.id)).all() == []


def test_drafts_and_what_waits_tell_nothing_until_a_moderator_lets_it_through(make, session, keep, work, told):
    person, newcomer = make.person(), make.person(trusted=False)
    keep(person, "остановка")
    make.practice("Тёплые остановки", state="draft")
    waiting = make.practice("Новые остановки", state="waiting", author=newcomer)
    work()
    assert told(person) == (0, 0)
    waiting.approve(by=make.actor(make.moderator()))
    work()
    assert told(person) == (1, 1)


@pytest.mark.parametrize("step", ["hide", "withdraw", "unpublish"])
def test_what_vanished_before_the_delivery_is_not_told(make, session, keep, work, told, letters, step):
    person, moderator = make.person(), make.moderator()
    for keeper in (person, moderator):
        keep(keeper, "остановка", mail=True)
    first, second = make.practice("Тёплые остановки"), make.practice("Новые остановки")
    for happening in happened(session, "practice.published")[1:]:
        subscribers.answer(session, happening)  # the worker had come so far with one of them
    for practice in (first, second):
        by = make.actor(moderator if step == "hide" else practice.author)
        getattr(practice, step)(by=by, **({"reason": "Реклама"} if step == "hide" else {}))
    work()
    assert told(person) == told(moderator) == (0, 0)
    assert "остановка" not in " ".join(subject for _, subject, _ in letters())


def test_the_letter_leads_to_the_practice_to_the_list_and_to_the_end_of_letters(make, session, keep, kept, work, letters, browser):
    person = make.person("Анна Ветрова")
    make.nomination(1)
    keep(person, "остановка «за счёт спонсора»", mail=True, region="40", nomination="1")
    other = keep(person, "школа", mail=True)
    practice = make.practice("Тёплые остановки", problem="За счёт спонсора.", summary="Остановки с подогревом.")
    work()
    [(to, subject, text)] = letters()
    assert to == person.email
    assert subject == "По вашему поиску «остановка „за счёт спонсора“» появилась практика «Тёплые остановки»"
    for words in (
        "Здравствуйте, Анна Ветрова!", "Остановки с подогревом.", f"http://127.0.0.1:8000/practices/{practice.id}/{practice.slug}",
        "Номинация: Номинация 1; Регион: Калужская область", "Все сохранённые поиски: http://127.0.0.1:8000/searches",
    ):  # fmt: skip
        assert words in text
    address = re.search(r"Не присылать писем по этому поиску: http://127\.0\.0\.1:8000(\S+)", text)[1]
    guest = browser()
    page = guest.open(address)
    assert "остановка «за счёт спонсора»" in page.words and kept(person)[0][2]
    done = guest.post(address, 303, token=False, data=page.form(address))
    assert "больше не будет" in guest.open(done.response.location).words
    assert [letters for _, _, letters in kept(person)] == [False, True]
    for changed in (address[:-3] + "abc", "/searches/letters/x"):
        assert "ссылка скопирована не целиком" in guest.open(changed, expect=410).words
        guest.post(changed, 410)
    session.delete(session.merge(other))
    session.commit()


def test_the_letter_speaks_the_language_of_its_reader(make, session, keep, work, letters):
    person = make.person(lang="en")
    keep(person, "остановка", mail=True)
    make.practice("Тёплые остановки")
    work()
    [(_, subject, text)] = letters()
    for phrase in ("По вашему", "Здравствуйте", "Не присылать", "искали"):
        assert phrase not in subject + text


def test_what_changed_while_the_letter_waited_is_respected(make, session, keep, work, letters, app):
    turned_off, removed, suspended, fine = (make.person() for _ in range(4))
    searches = [keep(person, "остановка", mail=True) for person in (turned_off, removed, suspended, fine)]
    practice = make.practice("Тёплые остановки")
    for kind, handler in (("practice.published", subscribers.answer), ("search.answered", subscribers.tell_keeper)):
        for happening in happened(session, kind):
            handler(session, happening)
    session.merge(searches[0]).mail = False
    session.delete(session.merge(searches[1]))
    suspended.suspended_until = now() + timedelta(days=1)
    work()
    assert [to for to, _, _ in letters()] == [fine.email]
    assert practice.is_published


def test_no_letter_without_a_wish_and_a_confirmed_address_and_nothing_for_the_suspended(make, session, keep, work, told, letters):
    plain, unconfirmed, suspended = make.person(), make.person(confirmed=False), make.person()
    suspended.suspended_until = now() + timedelta(days=1)
    for person, mail in ((plain, False), (unconfirmed, True), (suspended, True)):
        keep(person, "остановка", mail=mail)
    make.practice("Тёплые остановки")
    work()
    assert (told(plain), told(unconfirmed), told(suspended)) == ((1, 1), (1, 1), (0, 0))
    assert letters() == []


def test_many_practices_at_once_make_few_letters(make, session, keep, work, told, letters, monkeypatch):
    monkeypatch.setattr(subscribers, "MOST_LETTERS", 2)
    person, author = make.person(), make.person()
    keep(person, "остановка", mail=True)
    for number in range(4):
        make.practice(f"Остановки {number}", author=author)
    work()
    assert told(person)[0] == 4 and len(letters()) == 2


def test_searches_are_taken_apart_once_and_few_are_compared(make, session, keep, monkeypatch):
    people = [make.person(f"Человек {number}") for number in range(3)]
    for number, person in enumerate(people):
        for kind in ("остановка", "забор", "дорога"):
            keep(person, f"{kind} участок{number}й особый", region="40")
    read, compared = [], []

    class Watched(Question):
        def __init__(self, text, *more):
            read.append(text)
            super().__init__(text, *more)

        def answered_by(self, contents):
            compared.append(1)
            return super().answered_by(contents)

    monkeypatch.setattr(standing, "Question", Watched)
    for number in (1, 2):
        make.practice(f"Остановки участок{number}й особый")
        subscribers.answer(session, happened(session, "practice.published")[-1])
        assert len(read) == 9 and len(compared) <= 3 * number
    assert [found.person_id for found in happened(session, "search.answered")] == [people[1].id, people[2].id]
