"""A person's name asked for among practices leads to what they wrote."""

import pytest

from forum.core.actor import SYSTEM
from forum.practices.models import Practice
from tests.search.page.reading import chips, link, titles

SAID = "Практики автора:"


@pytest.mark.parametrize("typed", ["Соколова", "мария соколова", "Соколова Мария"])
def test_a_name_leads_to_the_practices_of_its_bearer(visitor, five, typed):
    page = visitor.open("/practices", query_string={"q": typed}, expect=302)
    page = visitor.open(page.response.location)
    assert f"{SAID} {typed.title()}" in page.words or f"{SAID} Мария Соколова" in page.words
    theirs = visitor.open(next(a.get("href") for a in page.tree.iter("a") if a.text in (typed.title(), "Мария Соколова")))
    assert len(titles(theirs)) == 5 and next(iter(chips(theirs))).startswith("Автор: ")


def test_the_filters_stay(visitor, five):
    page = visitor.open("/search?q=соколова&kind=practice&region=40")
    theirs = visitor.open(link(page, "Соколова"))
    assert set(titles(theirs)) == {"Свет двора", "Датчики двора"}
    assert SAID not in visitor.open("/search?q=соколова&kind=practice&region=40&year=2021").words


@pytest.mark.parametrize("typed", ["Мария", "двор", "Соколова двор", "«Мария Соколова»", "автор:Соколова соколова", "Иванова"])
def test_what_is_no_name_of_an_author_leads_nowhere(visitor, five, typed):
    assert SAID not in visitor.open("/search", query_string={"q": typed, "kind": "practice"}).words


def test_among_people_the_person_is_found_as_such(visitor, five):
    page = visitor.open("/search?q=Мария+Соколова")
    assert SAID not in page.words and f"/people/{five.handle}" in page.links()


def test_who_has_nothing_public_any_more_is_not_named(visitor, five, session):
    for practice in session.query(Practice).all():
        practice.hide(by=SYSTEM, reason="Ошибка")
    session.commit()  # the index does not know yet
    assert SAID not in visitor.open("/search?q=Соколова&kind=practice").words
