"""The tray: up to four practices in a cookie that names nobody, and what everybody may do with it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.comparison import tray
from forum.core.errors import Refused
from tests.properties import STEADY

HERE = {"Sec-Fetch-Site": "same-origin"}
PROGRAM = HERE | {"Accept": "application/json"}


def put(visitor, expect=303, headers=HERE, **fields):
    answer = visitor.client.post("/compare", data=fields, headers=headers)
    assert answer.status_code == expect, answer.status_code
    return answer


def held(visitor) -> str:
    cookie = visitor.client.get_cookie("compare")
    return cookie.value if cookie else ""


@STEADY
@given(st.text("0123456789.x ٣", max_size=60) | st.lists(st.integers(0, 10**9 - 1), max_size=6).map(lambda ids: ".".join(map(str, ids))))
def test_whatever_a_cookie_says_it_is_four_numbers_at_most(cookie):
    found = tray.parse(cookie)
    assert len(found) <= tray.MOST and len(set(found)) == len(found)
    assert tray.parse(tray.text(found)) == found


def test_a_practice_stands_in_the_tray_once_and_a_fifth_only_instead_of_another():
    four = (1, 2, 3, 4)
    assert tray.put(four, 3) == four
    assert tray.put(four, 5, instead=2) == (1, 5, 3, 4)
    with pytest.raises(Refused):
        tray.put(four, 5, instead=9)
    assert tray.take(four, 2) == (1, 3, 4) and tray.take(four, 9) == four


def test_a_guest_puts_practices_in_without_javascript(visitor, make):
    one, two = make.practice("Светлые дворы"), make.practice("Тёплый свет")
    assert visitor.open(f"/practices/{one.id}/{one.slug}").form("/compare") == {"practice": str(one.id)}
    assert put(visitor, practice=one.id).location == f"/compare?practice={one.id}"
    answer = put(visitor, practice=two.id)
    assert answer.location == f"/compare?practice={one.id}&practice={two.id}" and held(visitor) == f"{one.id}.{two.id}"
    assert "HttpOnly" not in answer.headers["Set-Cookie"] and "SameSite=Lax" in answer.headers["Set-Cookie"]
    assert visitor.open("/compare", 302).response.location == answer.location
    page = visitor.open(answer.location)
    assert "Светлые дворы" in page.words and "Тёплый свет" in page.words
    put(visitor, practice=one.id, value="0")
    assert held(visitor) == str(two.id)
    put(visitor, clear="1")
    assert held(visitor) == "" and "Сравнивать пока нечего" in visitor.open("/compare").words


def test_a_fifth_is_refused_kindly_and_may_take_the_place_of_another(visitor, make):
    practices = [make.practice(f"Практика {number}") for number in range(5)]
    for practice in practices[:4]:
        put(visitor, practice=practice.id)
    before = held(visitor)
    page = put(visitor, 409, practice=practices[4].id).get_data(as_text=True)
    assert "Больше рядом не помещается" in page and "Вместо: Практика 1" in page and held(visitor) == before
    refused = put(visitor, 409, PROGRAM, practice=practices[4].id)
    assert "больше рядом не помещается" in refused.json["message"]
    put(visitor, practice=practices[4].id, instead=practices[1].id)
    assert held(visitor) == ".".join(str(practices[at].id) for at in (0, 4, 2, 3))


def test_what_was_hidden_since_keeps_no_place(visitor, make, session):
    gone, practices = make.practice(), [make.practice() for _ in range(4)]
    for practice in (gone, *practices[:3]):
        put(visitor, practice=practice.id)
    session.merge(gone).hide(by=make.actor(make.moderator()), reason="Реклама")
    session.commit()
    assert "Одной из практик здесь нет" in visitor.open("/compare", follow_redirects=True).words
    put(visitor, practice=practices[3].id)
    assert held(visitor) == ".".join(str(practice.id) for practice in practices)


@pytest.mark.parametrize("fields", [{}, {"practice": "x"}, {"practice": "-1"}, {"practice": "9" * 30}])
def test_nonsense_changes_nothing(visitor, fields):
    put(visitor, 400, **fields)
    assert held(visitor) == ""


def test_nobody_puts_in_what_they_may_not_read(visitor, make):
    put(visitor, 404, practice=make.practice(state="draft").id)
    put(visitor, 404, practice=987654)
    assert held(visitor) == ""


def test_another_site_cannot_fill_the_tray(visitor, make):
    put(visitor, 400, {"Sec-Fetch-Site": "cross-site"}, practice=make.practice().id)
    assert held(visitor) == ""


def test_guests_pages_stay_the_same_whatever_is_in_the_tray(visitor, browser, make, count_queries):
    practice, other = make.practice(), browser()
    put(visitor, practice=practice.id)
    for address in (f"/practices/{practice.id}/{practice.slug}", "/practices"):
        assert other.open(address).text == visitor.open(address).text
        assert count_queries(lambda address=address: visitor.open(address)) == 1
