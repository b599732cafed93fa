"""The display panel: a cookie of few values, the same pages, and guests' pages kept for each choice apart."""

import re

import pytest

from forum.web.display import USUAL, parse, without_pictures

HERE = {"Sec-Fetch-Site": "same-origin"}
CHOICE = {"size": "large", "space": "wide", "colours": "black", "pictures": "words"}


def choose(visitor, expect=303, **fields):
    answer = visitor.client.post("/display", data={"next": "/practices", **fields}, headers=HERE)
    assert answer.status_code == expect
    return answer


def root(text: str) -> str:
    return re.search("<html[^>]*>", text)[0]


def test_a_guest_chooses_how_pages_look_and_takes_it_back(visitor, make):
    make.practice()
    assert "data-" not in root(visitor.open("/practices").text)
    answer = choose(visitor, **CHOICE)
    assert "display=large.wide.black.words" in answer.headers["Set-Cookie"] and "HttpOnly" in answer.headers["Set-Cookie"]
    told = visitor.open(answer.location.partition("#")[0])
    assert "Вид изменён. Вернуться к чтению" in told.words and "/practices" in told.links()
    assert told.form("/display") == {"next": "/practices", **CHOICE}
    for address in ("/practices", "/", "/no-such-page"):
        page = visitor.open(address, 404 if "no-such" in address else 200)
        assert root(page.text) == '<html lang="ru" data-size="large" data-space="wide" data-theme="black" data-pictures="words">'
    choose(visitor, reset="1", **CHOICE)
    assert "data-" not in root(visitor.open("/practices").text)
    assert not visitor.client.get_cookie("display")


def test_each_choice_has_kept_pages_of_its_own(visitor, browser, make, count_queries):
    make.practice()
    other = browser()
    choose(visitor, **CHOICE)
    plain, chosen = other.open("/practices"), visitor.open("/practices")
    assert root(plain.text) != root(chosen.text)
    assert plain.response.headers["ETag"] != chosen.response.headers["ETag"]
    for who, page in ((other, plain), (visitor, chosen)):
        assert count_queries(lambda who=who: who.open("/practices")) == 1
        assert who.open("/practices").text == page.text
    again = other.client.get("/practices", headers={"If-None-Match": chosen.response.headers["ETag"]})
    assert again.status_code == 200


def test_the_signed_in_choose_as_well(visitor, make):
    visitor.sign_in(make.person())
    assert "csrf_token" in visitor.open("/display").form("/display")
    choose(visitor, **CHOICE)
    assert 'data-theme="black"' in root(visitor.open("/notifications").text)


@pytest.mark.parametrize("colours", ["", "red", "x" * 5000, '"><script>'])
def test_an_unknown_choice_changes_nothing_and_is_named(visitor, colours):
    answer = choose(visitor, 422, **CHOICE | {"colours": colours})
    assert "Set-Cookie" not in answer.headers
    assert "Не всё заполнено верно" in answer.text and "<script>" not in answer.text
    assert re.search(r'<input checked[^>]*name="size"[^>]*value="large"', answer.text)


@pytest.mark.parametrize("cookie", ["", "nonsense", "large", "large.wide.black.words.more", "\x00", '"><script>.wide', "x" * 4000])
def test_any_cookie_gives_a_page(visitor, cookie):
    visitor.client.set_cookie("display", cookie)
    assert "script" not in root(visitor.open("/").text)
    assert parse("x" * 4000) == parse(None) == USUAL


def test_another_site_cannot_choose(visitor):
    assert visitor.client.post("/display", data=CHOICE, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 400


def test_it_leads_back_only_to_ourselves(visitor):
    page = visitor.open("/display?saved=1&next=//evil.example/")
    assert not [link for link in page.links() if "evil" in link]


def test_pictures_give_way_to_their_words(app):
    html = '<p><img src="/files/1" alt="Двор > сад" loading="lazy"> и <img alt="" src="/x"><img src=\'/odd\' alt=\'\'></p>'
    with app.test_request_context():
        text = without_pictures(html)
    assert '<span class="in-words">Изображение: Двор > сад</span> и <img src=' in text and "/files/1" not in text and "/x" not in text
