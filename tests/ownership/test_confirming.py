"""Once a year a practice is asked about; unanswered it says so of itself and sinks, and confirming lifts it at once."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from forum.core.clock import now
from forum.core.events import Event
from forum.practices import confirming
from forum.practices.models import Practice
from forum.practices.models.owned import SINKS


@pytest.fixture
def nights(town):
    """The nightly job, so many days from now; twice each, since a second round must change nothing."""

    def go(*days):
        for day in days:
            for _ in range(2):
                for _number in confirming.tend(town.session, now() + timedelta(days=day)):
                    town.session.commit()
            town.drain()

    return go


def steps(town):
    town.session.commit()
    found = town.session.execute(select(Event.kind, func.count()).where(Event.kind.like("practice.confirmation%")).group_by(Event.kind))
    return {kind.removeprefix("practice.confirmation_"): number for kind, number in found}


def test_within_the_year_nobody_is_asked(town, nights):
    nights(1, 300, 364)
    assert (steps(town), town.now().asked) == ({}, 0)


def test_the_keeper_is_asked_reminded_and_then_it_says_so_of_itself(town, nights):
    nights(366)
    assert (steps(town), town.told(town.author)) == ({"asked": 1}, ["confirmation"])
    nights(380, 397)
    assert steps(town) == {"asked": 1, "reminded": 1}
    assert not town.now().stale
    nights(410, 428)
    marked = town.now()
    assert marked.stale and marked.listed_at == marked.published_at - SINKS
    address = f"/practices/{town.practice.id}/{town.practice.slug}"
    for page in (address, "/practices", "/practices?confirmed=no"):
        assert "не подтверждена" in town.browser().open(page).words
    assert town.practice.title not in town.browser().open("/practices?confirmed=yes").words
    nights(800)
    assert steps(town) == {"asked": 1, "reminded": 1}


def test_confirming_from_the_notice_lifts_it_at_once_and_begins_another_year(town, nights):
    nights(366)
    mine = town.as_(town.author)
    page = mine.open("/notifications")
    mine.post(f"/practices/{town.practice.id}/confirmation", expect=303, token=False, data=page.form("/confirmation"))
    confirmed = town.now()
    assert (confirmed.stale, confirmed.asked, confirmed.valid_on) == (False, 0, confirmed.confirmed_at.date())
    assert confirmed.check_at - confirmed.confirmed_at == timedelta(days=365)
    assert "Всё ещё верно" not in mine.open("/notifications").words
    assert "Сведения подтверждены" in mine.open(f"/practices/{town.practice.id}/history").words


def test_a_marked_one_is_lifted_by_a_colleague_with_the_button_on_its_page(town, nights, make):
    newer = make.practice("Новее")
    nights(366, 397, 428)
    confirm = f"/practices/{town.practice.id}/confirmation"
    town.as_(make.person()).post(confirm, expect=403)
    theirs = town.as_(town.colleague)
    page = theirs.open(f"/practices/{town.practice.id}/{town.practice.slug}")
    theirs.post(confirm, expect=303, token=False, data=page.form("/confirmation"))
    found = town.now()
    assert not found.stale and found.listed_at == found.published_at
    assert "не подтверждена" not in town.browser().open(f"/practices/{town.practice.id}/{town.practice.slug}").words
    assert newer.id != found.id


def test_what_nobody_confirmed_stands_below_what_is_a_little_older(town, make):
    older = make.practice("Постарше")
    session = town.session
    session.get(Practice, older.id).published_at -= timedelta(days=200)
    practice = session.get(Practice, town.practice.id)
    practice.stale = True
    session.commit()
    words = town.browser().open("/practices").words
    assert words.index("Постарше") < words.index(town.practice.title)
    item = next(one for one in town.browser().open("/api/v1/practices").response.json["items"] if one["id"] == town.practice.id)
    assert (item["stale"], item["confirmed_on"]) == (True, None)
    assert item["published_at"] == f"{practice.published_at:%Y-%m-%dT%H:%M:%SZ}"


def test_nobody_is_asked_about_more_than_ten_on_one_night(town, make, nights, session):
    for number in range(12):
        make.practice(f"Ещё {number}", author=town.author, municipality=town.place)
    nights(366)
    assert steps(town) == {"asked": 10}
    nights(367)
    assert steps(town) == {"asked": 13}


def test_without_a_keeper_the_clock_goes_on_and_a_draft_stops_it(town, nights, make):
    draft = make.practice(state="draft")
    town.as_(town.author).post(f"/practices/{town.practice.id}/keeper/leaving", expect=303)
    nights(366, 397, 428)
    assert town.now().stale and steps(town) == {}
    town.session.commit()
    assert town.session.get(Practice, draft.id, populate_existing=True).check_at is None
