"""Who leads a practice passes it on: by leaving, by an offer that is accepted, by a moderator with a reason."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from forum.accounts.models import Person
from forum.core.clock import now
from forum.core.events import Event
from forum.extensions import db
from forum.moderation import sanctions
from forum.moderation.undoing import undo
from forum.personal_data.erasing import erase
from forum.practices import ownership
from forum.practices.models import Practice


def test_whoever_writes_it_leads_it(town):
    assert town.now().keeper_id == town.author.id


def test_the_keeper_lets_go_and_a_colleague_takes_over_with_one_button(town, make):
    mine, theirs = town.as_(town.author), town.as_(town.colleague)
    late = theirs.post(f"/practices/{town.practice.id}/keeper", expect=303).response.location
    assert "уже ведёт коллега" in theirs.open(late).words and town.now().keeper_id == town.author.id
    mine.post(f"/practices/{town.practice.id}/keeper/leaving", expect=303)
    assert (town.now().keeper_id, town.now().contact) == (None, "")
    assert town.told(town.colleague) == ["keeping"]
    page = theirs.open(f"/practices/{town.practice.id}/{town.practice.slug}")
    assert "сейчас никто не ведёт" in page.words
    theirs.post(f"/practices/{town.practice.id}/keeper", expect=303, token=False, data=page.form("/keeper"))
    theirs.post(f"/practices/{town.practice.id}/keeper", expect=303, contact="Дёмин, 2-12-85-07")
    assert (town.now().keeper_id, town.now().contact) == (town.colleague.id, "Дёмин, 2-12-85-07")
    assert town.told(town.author) == ["keeping"]
    assert "Пётр Дёмин" in town.browser().open(f"/practices/{town.practice.id}/{town.practice.slug}").text
    town.as_(make.person()).open(f"/practices/{town.practice.id}/keeper", expect=403)


def test_an_offer_is_accepted_or_declined(town, make):
    mine, theirs = town.as_(town.author), town.as_(town.colleague)
    offer = f"/practices/{town.practice.id}/offer"
    assert "Выберите сотрудника из списка" in mine.post(offer, expect=422, person=make.person().id).words
    mine.post(offer, expect=303, person=town.colleague.id)
    assert town.told(town.colleague) == ["keeping"]
    assert town.now().keeper_id == town.author.id
    theirs.post(f"{offer}/refusal", expect=303)
    assert (town.now().offered_to_id, town.told(town.author)) == (None, ["keeping"])
    mine.post(offer, expect=303, person=town.colleague.id)
    page = theirs.open(f"/practices/{town.practice.id}/keeper")
    theirs.post(f"/practices/{town.practice.id}/keeper", expect=303, token=False, data=page.form("/keeper") | {"contact": "Дёмин"})
    assert (town.now().keeper_id, town.now().offered_to_id) == (town.colleague.id, None)


def test_a_moderator_hands_it_over_with_a_reason_on_the_log_and_can_undo_that(town, make):
    moderator = make.moderator(region="40")
    address = f"/practices/{town.practice.id}/handover"
    desk = town.as_(moderator)
    assert "Пётр Дёмин" in desk.open(address).text
    desk.post(address, expect=422, person=town.colleague.id)
    desk.post(address, person=town.colleague.id, reason="Автор перешёл в другой отдел")
    assert (town.now().keeper_id, town.now().contact) == (town.colleague.id, "")
    assert (town.told(town.colleague), town.told(town.author)) == (["moderation"], ["keeping"])
    log = town.browser().open("/moderation/log").words
    assert "Практика передана другому сотруднику муниципалитета" in log and "Пётр Дёмин" not in log
    event = town.session.scalar(select(Event).where(Event.kind == "moderation.handed_over"))
    assert "2-12-85-06" not in str(event.data)  # what is on the log stays there for good
    undo(town.session, event, make.actor(moderator), "Ошиблись")
    town.session.commit()
    assert town.now().keeper_id == town.author.id


def test_moderators_of_other_regions_hand_nothing_over(town, make):
    far = make.moderator(regions=("69",))
    town.as_(far).post(f"/practices/{town.practice.id}/handover", expect=403, person=town.colleague.id, reason="Надо")


def leave_for_another_town(town, make):
    other = make.place("Тарбагатай")
    browser = town.as_(town.author)
    form = browser.open("/account").form("/account") | {"municipality": f"{other.name}, Калужская область"}
    browser.post("/account", token=False, data=form)


def be_suspended(town, make):
    author = town.session.get(Person, town.author.id)
    sanctions.suspend(town.session, author, make.actor(make.moderator()), 3, "Реклама")
    town.session.commit()


def be_erased(town, make):
    with town.app.app_context():
        erase(db.session(), town.author.id)
        db.session.commit()


@pytest.mark.parametrize("leave", [leave_for_another_town, be_suspended, be_erased])
def test_when_somebody_leaves_nobody_leads_it_and_the_town_is_told(town, make, leave):
    make.practice(author=town.author, municipality=town.place)
    leave(town, make)
    town.drain()
    assert town.now().keeper_id is None
    assert town.told(town.colleague) == ["keeping"]
    page = town.as_(town.colleague).open("/account/practices")
    assert page.words.count("Никто не ведёт") == 2
    assert "и ещё 1 больше никто не ведёт" in town.as_(town.colleague).open("/notifications").words


def test_a_town_that_became_another_is_not_left(town, make):
    successor = make.place("Обнинский округ")
    town.place.successor_id = successor.id
    town.session.commit()
    browser = town.as_(town.author)
    form = browser.open("/account").form("/account")
    browser.post("/account", token=False, data=form | {"municipality": f"{successor.name}, Калужская область"})
    town.drain()
    assert town.now().keeper_id == town.author.id


def test_the_municipality_page_shows_its_people_what_nobody_leads_first(town, make):
    make.practice("Новее и с хозяином", author=town.author, municipality=town.place)
    town.as_(town.author).post(f"/practices/{town.practice.id}/keeper/leaving", expect=303)
    for address in ("/account", f"/municipalities/{town.place.id}"):
        words = town.as_(town.colleague).open(address).words
        assert words.index(town.practice.title) < words.index("Новее и с хозяином")
    assert "Практики вашего муниципалитета" not in town.browser().open(f"/municipalities/{town.place.id}").words


def test_what_an_event_forgot_is_mended_at_night(town, make):
    """A keeper who neither wrote it nor works there: say, a restored copy of the database."""
    practice = town.session.get(Practice, town.practice.id)
    practice.keeper_id = make.person().id
    town.session.commit()
    assert ownership.mend(town.session) == 1
    town.session.commit()
    assert town.now().keeper_id is None


def test_queries_of_the_page_of_a_town_do_not_grow(town, make, count_queries):
    browser = town.as_(town.colleague)
    few = count_queries(lambda: browser.open("/account/practices"))
    for _ in range(6):
        make.practice(author=town.author, municipality=town.place)
    assert count_queries(lambda: browser.open("/account/practices")) == few <= 12


def test_a_reader_who_may_not_write_takes_nothing_over(town):
    town.as_(town.author).post(f"/practices/{town.practice.id}/keeper/leaving", expect=303)
    person = town.session.get(Person, town.colleague.id)
    person.suspended_until = now() + timedelta(days=1)
    town.session.commit()
    town.as_(town.colleague).post(f"/practices/{town.practice.id}/keeper", expect=403)
