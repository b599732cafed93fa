"""The first steps of a newcomer: on home, ticked off by being done, put away for good."""

from datetime import timedelta

import pytest

from forum.core.clock import now


def ticks(page) -> list[bool] | None:
    """Which of the three are done; None where there are no steps."""
    tour = next((section for section in page.tree.iter("section") if section.get("aria-labelledby") == "tour"), None)
    return None if tour is None else [li.get("class") == "done" for li in tour.find("ol")]


def test_each_step_ticks_itself_off(make, sign_in):
    practice, person = make.practice(), make.person("Новый Человек", position="")
    me = sign_in(person)
    assert ticks(me.open("/")) == [False, False, False]
    me.post(f"/entries/{practice.id}/bookmark", 303)
    assert ticks(me.open("/")) == [True, False, False]
    form = me.open("/account").form("/account")
    me.post("/account", 302, data=form | {"position": "Специалист"})
    assert ticks(me.open("/")) == [True, True, False]
    me.post(f"/entries/{practice.id}/comments", 303, body="Кто считал экономию?")
    assert ticks(me.open("/")) is None


@pytest.mark.parametrize("what", ["vote", "follow"])
def test_a_vote_or_a_follow_will_do(make, sign_in, what):
    practice = make.practice()
    me = sign_in(make.person())
    if what == "vote":
        me.post(f"/entries/{practice.id}/vote", 303, value="1")
    else:
        me.post("/follows", 303, kind="region", key="40")
    assert ticks(me.open("/")) == [True, True, False]


def test_it_is_put_away_for_good(make, sign_in, browser):
    person = make.person()
    me = sign_in(person)
    form = me.open("/").form("/tour/dismissal")
    assert me.post("/tour/dismissal", 303, data=form).response.headers["Location"] == "/"
    assert ticks(me.open("/")) is None
    assert ticks(browser().sign_in(person).open("/")) is None


def test_only_newcomers_see_it(make, session, visit, sign_in):
    assert ticks(visit("/")) is None
    person = make.person()
    person.created_at = now() - timedelta(days=31)
    session.commit()
    assert ticks(sign_in(person).open("/")) is None
