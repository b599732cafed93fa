"""Near duplicates of a title: told while it is typed and, without JavaScript, wherever the form comes back."""

import pytest

from forum.search import indexing
from forum.search.port import Unavailable
from tests.practices.cards import card


@pytest.fixture
def author(make, sign_in):
    person = make.person("Мария Соколова")
    sign_in(person)
    return person


@pytest.fixture
def known(app, session, make, author):
    """A published practice by somebody else, in the index."""
    practice = make.practice("Светлые дворы: светильники по энергосервису", municipality=make.place("Боровичи"), status="pilot")
    indexing.drain(session, app.extensions["search"])
    yield practice
    app.extensions["search"].close()


TITLE = "Светлые дворы – светильники за один сезон"
QUESTION = "/practices/similar?title=Светлые дворы – светильники за один сезон"


def asked(visitor, address=QUESTION):
    return visitor.open(address, headers={"Accept": "application/json"}).response.json["html"]


def test_the_form_is_told_what_is_near_with_place_and_status(visitor, known):
    html = asked(visitor)
    assert f'href="/practices/{known.id}/{known.slug}" target="_blank"' in html
    assert "Боровичи, Калужская область" in html and "Пилот" in html and "практику-донора" in html
    assert asked(visitor, f"{QUESTION}&but={known.id}") == asked(visitor, "/practices/similar?title=Музей в старом вокзале") == ""


@pytest.mark.parametrize("query", [
    "", "?title=", "?title=%00%ED%A0%80&but=-1", "?title=" + "слово+" * 2000, "?but=99999999999999999999&title=а б в",
    "?title=%3Cscript%3Ealert(1)+светлые+дворы&but=x",
])  # fmt: skip
def test_odd_questions_are_answered(visitor, known, query):
    assert "<script>" not in asked(visitor, f"/practices/similar{query}")


def test_guests_are_not_told(browser, known):
    browser().open(QUESTION, 302)
    browser().open(QUESTION, 401, headers={"Accept": "application/json"})


@pytest.mark.parametrize("state", ["draft", "waiting", "hidden", "withdrawn"])
def test_what_is_not_public_is_never_named(app, session, visitor, make, author, state):
    make.practice(TITLE, author=make.person("Другая"), state=state)
    indexing.drain(session, app.extensions["search"])
    assert asked(visitor) == ""
    app.extensions["search"].close()


def test_without_javascript_it_stands_where_the_form_comes_back(visitor, known):
    town = "Обнинск"
    empty = visitor.open("/practices/new")
    assert "Похожее уже есть" not in empty.words
    form = empty.form("/new")
    back = visitor.post("/practices/new", 422, data=form | card(town, title=TITLE, municipality="Нигде"))
    assert "Похожее уже есть: 1 практика" in back.words and known.title in back.words
    draft = visitor.post("/practices/new", 303, data=form | {"title": TITLE, "action": "draft"}).response.location
    assert known.title in visitor.open(draft).words
    preview = visitor.post(draft, 200, data=visitor.open(draft).form("/edit") | {"action": "preview"})
    assert "Похожее уже есть: 1 практика" in preview.words and known.title in preview.words


def test_the_form_works_while_search_is_away(app, visitor, known, monkeypatch):
    def away(*args, **more):
        raise Unavailable

    monkeypatch.setattr(app.extensions["search"], "similar", away)
    assert asked(visitor) == ""
    location = visitor.post("/practices/new", 303, title=TITLE, action="draft").response.location
    assert "Похожее уже есть" not in visitor.open(location).words
