"""What a person asked before is theirs, as long as they stay signed in."""

import pytest

from forum.search import indexing
from forum.search.views.recent import KEPT, LONGEST
from tests.counting import counted


@pytest.fixture
def recent(visitor):
    """Questions that the box offers while it is empty."""

    def go(browser=visitor):
        groups = browser.client.get("/search/completions?q=").json["groups"]
        return [item["text"] for group in groups if group["name"] == "recent" for item in group["items"]]

    return go


def test_the_last_questions_are_offered_the_newest_first_each_once(make, visitor, visit, sign_in, recent):
    sign_in(make.person())
    for question in ("Ёлки", "снег", "парк", "сквер", "свет", "вода", "двор", "елки"):
        visit("/search", query_string={"q": question})
    visit("/search?q=двор&page=2"), visit("/search?q=+&region=40"), visit("/search?q=" + "д" * (LONGEST + 1))
    assert recent() == ["елки", "двор", "вода", "свет", "сквер", "парк"]
    item = visitor.client.get("/search/completions").json["groups"][0]["items"][1]
    assert item["url"] == "/search?q=%D0%B4%D0%B2%D0%BE%D1%80"


def test_they_stand_on_the_empty_page_and_are_forgotten_at_a_press(make, visit, visitor, sign_in, recent):
    sign_in(make.person())
    visit("/search?q=<b>бункер</b>")
    page = visit("/search")
    assert "<b>бункер</b>" in page.words
    assert any(link.startswith("/search?q=%3Cb%3E") for link in page.links())
    visitor.post("/search/recent/removal", data=page.form("/search/recent/removal"))
    page = visit("/search")
    assert "Недавние запросы забыты." in page.words and "бункер" not in page.text
    assert recent() == []


def test_nobody_else_has_them(make, visit, visitor, browser, recent):
    person = make.person()
    visitor.sign_in(person)
    visit("/search?q=тайна")
    assert recent() == ["тайна"]
    other, elsewhere = browser().sign_in(make.person()), browser().sign_in(person)
    assert recent(other) == recent(elsewhere) == recent(browser()) == []
    visitor.sign_out()
    assert recent() == [] and "тайна" not in visit("/search").text
    visitor.sign_in(person)
    assert recent() == []


def test_of_a_guest_nothing_is_kept(visit, recent):
    for address in ("/search?q=двор", "/search", "/search/completions?q=", "/search/suggestions?q=двор"):
        assert "Set-Cookie" not in visit(address, check=False).response.headers, address
    assert recent() == []


def test_they_change_no_row(app, make, sign_in, visit, session):
    sign_in(make.person())
    make.practice("Двор")
    indexing.drain(session, app.extensions["search"])
    with counted(app) as statements:
        visit("/search?q=двор")
    assert statements and all(statement.startswith("SELECT") for statement in statements)
    app.extensions["search"].close()


@pytest.mark.parametrize("letter", ["ы", "🦄"])
def test_the_longest_questions_fit_a_cookie(make, visit, visitor, sign_in, recent, letter):
    sign_in(make.person())
    unlike = "".join(chr(ord(letter) + number % 60) for number in range(LONGEST - 1))
    for number in range(KEPT):
        visit("/search", check=False, query_string={"q": f"{unlike[number:]}{unlike[:number]}{number}"})
    assert len(recent()) == KEPT
    assert all(len(cookie.value) < 3_500 for cookie in [visitor.client.get_cookie("session")])


def test_only_the_signed_in_forget_and_only_with_a_token(make, visitor):
    assert visitor.client.post("/search/recent/removal").status_code == 401
    visitor.sign_in(make.person())
    visitor.post("/search/recent/removal", 400, token=False)
