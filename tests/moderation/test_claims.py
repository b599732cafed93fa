"""Who decides on what: taken, shown to others, given back, and decided once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import func, select, update

from forum.core.clock import now
from forum.core.events import Event
from forum.entries.models import Entry
from forum.moderation.models import Claim, Report


@pytest.fixture
def case(make):
    practice = make.practice("Спорное")
    make.report(practice, make.person("Игорь Лапин"))
    return practice


@pytest.fixture
def two(make, browser, app):
    return browser().sign_in(make.moderator("Галина Миронова")), browser().sign_in(make.moderator("Олег Строев"))


def look(session, query):
    session.commit()
    found = session.scalar(query)
    session.commit()
    return found


def over(session):
    session.execute(update(Claim).values(until=now() - timedelta(seconds=1)))
    session.commit()


def test_what_is_taken_is_shown_to_others_and_left_alone(case, two, session):
    first, second = two
    first.post(f"/entries/{case.id}/claim", 303)
    assert "Разбираете вы, ещё 10 минут" in first.open("/moderation").words
    page = second.open("/moderation")
    assert "Разбирает Галина Миронова, ещё 10 минут" in page.words
    assert f"/entries/{case.id}/hiding" not in page.text
    for address in ("claim", "hiding", "dismissal", "lock"):
        refused = second.post(f"/entries/{case.id}/{address}", 422, reason="Реклама").words
        assert "сейчас разбирает Галина Миронова, ещё 10 мин" in refused
    assert look(session, select(Entry.state).where(Entry.id == case.id)) == "published"
    first.post(f"/entries/{case.id}/hiding", reason="Реклама")
    assert look(session, select(Claim.entry_id)) is None


def test_what_is_given_back_or_forgotten_may_be_taken_by_anybody(case, two, session):
    first, second = two
    first.post(f"/entries/{case.id}/claim", 303)
    second.post(f"/entries/{case.id}/claim", 303, taken="0")  # not theirs: stays
    assert "Разбирает Галина Миронова" in second.open("/moderation").words
    first.post(f"/entries/{case.id}/claim", 303, taken="0")
    second.post(f"/entries/{case.id}/claim", 303)
    over(session)
    page = first.open("/moderation").words
    assert "Брали: Олег Строев, срок вышел" in page
    assert "Всё равно взять" in page
    first.post(f"/entries/{case.id}/dismissal")
    assert look(session, select(Report.outcome)) == "declined"


def test_starting_to_act_takes_the_case(case, two, session):
    first, second = two
    first.post(f"/entries/{case.id}/hiding", 422)  # the page that asks for the reason
    assert "Разбирает Галина Миронова" in second.open("/moderation").words
    first.post(f"/entries/{case.id}/rework", 422, reason=" ")
    first.post(f"/entries/{case.id}/rework", reason="Добавьте цифры")
    assert look(session, select(func.count()).select_from(Claim)) == 0


def test_looking_takes_nothing(case, two, session):
    for address in ("/moderation", f"/entries/{case.id}/moderation", f"/entries/{case.id}/moving", f"/entries/{case.id}/merging"):
        two[0].open(address)
    assert look(session, select(func.count()).select_from(Claim)) == 0


def test_whoever_comes_second_is_told_what_was_decided(case, two, session):
    first, second = two
    old = second.open("/moderation").form(f"/entries/{case.id}/hiding")
    first.post(f"/entries/{case.id}/dismissal", reason="Всё по делу")
    page = second.post(f"/entries/{case.id}/hiding", 409, **old | {"reason": "Мне кажется, это реклама"})
    assert "Решение уже принято. Жалобы отклонены: Галина Миронова" in page.words
    assert "Причина: Всё по делу" in page.words
    assert "Мне кажется, это реклама" in page.text
    assert look(session, select(Entry.state).where(Entry.id == case.id)) == "published"
    # Knowing it, they may still decide otherwise.
    second.post(f"/entries/{case.id}/hiding", **page.form(f"/entries/{case.id}/hiding"))
    assert look(session, select(Entry.state).where(Entry.id == case.id)) == "hidden"


def test_a_program_is_told_too(case, two):
    first, second = two
    first.post(f"/entries/{case.id}/hiding", reason="Реклама")
    answer = second.post(f"/entries/{case.id}/dismissal", 409, headers={"Accept": "application/json"}).response
    assert answer.json["code"] == "moderation.decided"
    assert "Скрыто" in answer.json["detail"]


def test_words_that_changed_meanwhile_are_read_again(case, two, session, make):
    form = two[0].open("/moderation").form(f"/entries/{case.id}/dismissal")
    session.get_one(Entry, case.id).touch(words=True)
    session.commit()
    assert "автор изменил запись" in two[0].post(f"/entries/{case.id}/dismissal", 422, **form).words
    assert look(session, select(Report.outcome)) is None


def test_a_button_pressed_twice_decides_once(case, two, session):
    form = two[0].open("/moderation").form(f"/entries/{case.id}/dismissal")
    for _ in range(2):
        two[0].post(f"/entries/{case.id}/dismissal", **form)
    assert look(session, select(func.count()).where(Event.kind == "moderation.reports_declined")) == 1


@pytest.mark.parametrize("from_page", [True, False], ids=["from the queue", "straight"])
def test_of_two_at_once_exactly_one_decides(case, two, session, from_page):
    steps, forms = ("hiding", "dismissal"), []
    for moderator, step in zip(two, steps, strict=True):
        page = moderator.open("/moderation")
        form = page.form(f"/entries/{case.id}/{step}")
        forms.append(form if from_page else {"csrf_token": form["csrf_token"]})
    session.commit()
    start = Barrier(2)

    def decide(moderator, step, form):
        start.wait()
        return moderator.client.post(f"/entries/{case.id}/{step}", data=form | {"reason": "Так"})

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(decide, two, steps, forms))
    assert sorted(answer.status_code for answer in answers) == [302, 409]
    told = next(answer for answer in answers if answer.status_code == 409).get_data(as_text=True)
    assert "Решение уже принято" in told
    decisions = select(func.count()).where(Event.kind.in_(["moderation.hidden", "moderation.reports_declined"]))
    assert look(session, decisions) == 1
    hidden = answers[0].status_code == 302
    assert look(session, select(Entry.state).where(Entry.id == case.id)) == ("hidden" if hidden else "published")
    assert look(session, select(Report.outcome)) == ("upheld" if hidden else "declined")


def test_of_many_who_take_at_once_one_has_it(case, session, make, browser):
    people = [browser().sign_in(make.moderator(f"Модератор {number}")) for number in range(4)]
    tokens = [person.token() for person in people]
    start = Barrier(len(people))

    def take(person, token):
        start.wait()
        return person.client.post(f"/entries/{case.id}/claim", data={"csrf_token": token}).status_code

    with ThreadPoolExecutor(len(people)) as pool:
        assert sorted(pool.map(take, people, tokens)) == [303, 422, 422, 422]


def test_regional_moderators_take_in_their_regions_only(make, session, browser):
    foreign = make.practice(municipality=make.place(region="69"))
    regional = browser().sign_in(make.moderator(regions=["40"]))
    regional.post(f"/entries/{foreign.id}/claim", 403)
    assert look(session, select(func.count()).select_from(Claim)) == 0
