"""Votes: one a person, changeable, never on one's own, exact however many vote at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from forum.core.actor import GUEST
from forum.entries.models import Entry
from forum.votes.models import Vote
from forum.votes.queries import mine
from tests.client import Browser

JSON = {"Accept": "application/json"}


@pytest.fixture
def practice(make):
    return make.practice()


def counts(session, entry):
    found = session.get_one(Entry, entry.id, populate_existing=True)
    rows = session.scalar(select(func.count()).where(Vote.entry_id == entry.id))
    session.commit()
    return found.ups, found.downs, found.score, rows


def test_a_vote_is_given_changed_and_taken_back(practice, make, sign_in, session):
    me = sign_in(make.person())
    address = f"/entries/{practice.id}/vote"
    assert me.post(address, expect=303, value="1").response.location == f"/practices/{practice.id}/{practice.slug}"
    assert counts(session, practice) == (1, 0, 1, 1)
    me.post(address, expect=303, value="1")
    assert counts(session, practice) == (1, 0, 1, 1)
    assert me.post(address, expect=200, value="-1", headers=JSON).response.json == {"score": -1, "value": -1, "ups": 0, "downs": 1}
    me.post(address, expect=303, value="0")
    assert counts(session, practice) == (0, 0, 0, 0)


def test_the_buttons_of_the_page_vote_and_show_the_vote(practice, make, sign_in):
    me = sign_in(make.person())
    comment = make.comment(practice)
    page = me.open(f"/practices/{practice.id}/{practice.slug}")
    me.post(f"/entries/{comment.id}/vote", expect=303, data=page.form(f"/entries/{comment.id}/vote") | {"value": "1"})
    assert 'aria-pressed="true"' in me.open(f"/practices/{practice.id}/{practice.slug}").text


def test_nobody_votes_on_their_own(practice, make, sign_in, session):
    me = sign_in(practice.author)
    assert "За свою запись голосовать нельзя" in me.post(f"/entries/{practice.id}/vote", expect=403, value="1").text
    answer = me.post(f"/entries/{practice.id}/vote", expect=403, value="1", headers=JSON).response.json
    assert answer["detail"] == "За свою запись голосовать нельзя."
    assert counts(session, practice) == (0, 0, 0, 0)


@pytest.mark.parametrize("value", ["2", "", "up", "1 OR 1=1", "99999999999999999999"])
def test_other_values_are_refused(value, practice, make, sign_in, session):
    sign_in(make.person()).post(f"/entries/{practice.id}/vote", expect=422, value=value)
    assert counts(session, practice) == (0, 0, 0, 0)


def test_what_cannot_be_read_cannot_be_voted_on(make, sign_in, session):
    hidden, draft = make.practice(state="hidden"), make.practice(state="draft")
    comment = make.comment(gone := make.practice())
    gone.hide(by=make.actor(make.moderator()), reason="Реклама")
    session.commit()
    me = sign_in(make.person())
    for entry in (hidden, draft, comment):
        me.post(f"/entries/{entry.id}/vote", expect=404, value="1")
        assert counts(session, entry) == (0, 0, 0, 0)


def test_guests_and_the_unconfirmed_do_not_vote(practice, make, browser, session):
    browser().post(f"/entries/{practice.id}/vote", expect=401, token=False, value="1")
    browser().sign_in(make.person(confirmed=False)).post(f"/entries/{practice.id}/vote", expect=403, value="1")
    me = browser().sign_in(make.person())
    me.post(f"/entries/{practice.id}/vote", expect=400, token=False, value="1")
    assert counts(session, practice) == (0, 0, 0, 0)


def votes_at_once(app, browsers, practice):
    tokens = [browser.token() for browser in browsers]

    def cast(number):
        # Each thread needs a client of its own over the same cookies.
        client = app.test_client()
        client._cookies = browsers[number].client._cookies
        data = {"value": "1", "csrf_token": tokens[number]}
        return client.post(f"/entries/{practice.id}/vote", data=data, headers=JSON).status_code

    with ThreadPoolExecutor(10) as pool:
        return list(pool.map(cast, range(len(browsers))))


def test_one_person_twenty_times_at_once_is_one_vote(practice, make, app, session):
    me = Browser(app).sign_in(make.person())
    assert set(votes_at_once(app, [me] * 20, practice)) == {200}
    assert counts(session, practice) == (1, 0, 1, 1)


def test_thirty_people_at_once_are_thirty_votes(practice, make, app, session):
    place = make.place()
    browsers = [Browser(app).sign_in(make.person(municipality=place)) for _ in range(30)]
    assert set(votes_at_once(app, browsers, practice)) == {200}
    assert counts(session, practice) == (30, 0, 30, 30)


def test_ones_own_votes_are_known_by_page(practice, make, sign_in, session):
    person, other = make.person(), make.practice()
    sign_in(person).post(f"/entries/{practice.id}/vote", expect=303, value="-1")
    assert mine(session, make.actor(person), [practice.id, other.id]) == {practice.id: -1}
    assert mine(session, GUEST, [practice.id]) == {}
