"""Keeping a search from the results page, and the list of what one keeps."""

import pytest

from forum.saved_searches import models
from forum.saved_searches.models import LONGEST

OFFER = "Сообщить, когда появится новое"


def offered(page):
    """The form that keeps the search of a results page."""
    return page.form("/searches")


def test_a_search_is_kept_from_its_results_and_kept_no_longer(make, sign_in, kept):
    make.region()
    me = sign_in(person := make.person())
    results = me.open("/search?q=ремонт+«тёплых+остановок»+-школа&region=40&kind=practice&sort=new")
    me.post("/searches", 303, data=offered(results))
    asked = ("ремонт «тёплых остановок» -школа", {"kind": ["practice"], "region": ["40"]}, False)
    assert kept(person) == [asked]
    again = me.open("/search?q=остановки+«тёплая+остановка»+ремонта+-школы&kind=practice&region=40")
    assert "Сообщим о новом на сайте." in again.words and OFFER not in again.words
    removal = next(f.get("action") for f in again.tree.iter("form") if "/removal" in (f.get("action") or ""))
    back = me.post(removal, 303, data=again.form(removal)).response.location
    assert kept(person) == [] and OFFER in me.open(back).words


def test_the_results_come_back_after_saving(make, sign_in):
    me = sign_in(make.person())
    results = me.open("/search?q=снег&year=2023")
    answer = me.post("/searches", 303, data=offered(results) | {"mail": "1"})
    page = me.open(answer.response.location)
    assert page.heading == "снег" and "Сообщим о новом на сайте и письмом." in page.words


def test_filters_typed_in_the_box_are_filters(make, sign_in, kept):
    make.region("40"), make.nomination(2)
    me = sign_in(person := make.person())
    typed = "дворы регион:калужская год:2023 автор:«Мария Соколова» номинация:2 статус:пилот"
    me.post("/searches", 303, q=typed, data={"year": ["2022"]})
    words, filters, _ = kept(person)[0]
    assert words == "дворы"
    expected = {"author": ["Мария Соколова"], "nomination": ["2"], "region": ["40"], "status": ["pilot"], "year": ["2022", "2023"]}
    assert filters == expected
    page = me.open("/searches")
    for told in ("Калужская область", "Год: 2022, 2023", "Автор: Мария Соколова", "Номинация 2", "Пилот"):
        assert told in page.words
    me.open(next(link for link in page.links() if link.startswith("/search?")))
    me.post("/searches", 303, q=f"{typed} год:2022")
    assert len(kept(person)) == 1


def test_the_same_search_is_kept_once_and_letters_can_be_added(make, sign_in, kept):
    me = sign_in(person := make.person())
    for q, more in (("ремонт дворов", {}), ("двор, ремонты", {"mail": "1"}), ("РЕМОНТ двора", {})):
        me.post("/searches", 303, q=q, **more)
    assert kept(person) == [("ремонт дворов", {}, True)]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "в котором есть слова или условия"),
        ({"q": "-школа"}, "в котором есть слова или условия"),
        ({"q": "и на"}, "в котором есть слова или условия"),
        ({"q": "двор", "kind": "comment"}, "только о новых практиках"),
        ({"q": "двор регион:Нарния"}, "Не знаем условия «Нарния»"),
        ({"q": "двор " * (LONGEST // 5 + 1)}, f"не больше {LONGEST} знаков"),
    ],
)
def test_what_can_not_be_answered_is_refused_in_words(make, sign_in, kept, fields, words):
    me = sign_in(person := make.person())
    page = me.post("/searches", 422, **fields)
    assert words in page.words and kept(person) == []
    assert OFFER not in me.open("/search", query_string=fields).words


def test_nobody_keeps_more_than_the_quota(make, sign_in, keep, kept, monkeypatch):
    monkeypatch.setattr(models, "QUOTA", 3)
    me = sign_in(person := make.person())
    keep(make.person(), "чужое не в счёт")
    for number in range(3):
        keep(person, f"двор {number}")
    assert "У вас уже 3 сохранённых" in me.post("/searches", 422, q="ещё площадка").words
    me.post("/searches", 303, q="двор 1", mail="1")
    assert kept(person) == [("двор 0", {}, False), ("двор 1", {}, True), ("двор 2", {}, False)]


def signed_in_with(visitor, page, person):
    """Sign in by the form of a page, as a guest who was asked to; where that leads."""
    fields = page.form("/login") | {"email": person.email, "password": "correct horse battery"}
    visitor.signed_in = True
    return visitor.post("/login", 303, data=fields).response.location


def test_what_a_guest_orders_is_there_once_they_have_signed_in(make, visitor, kept):
    person = make.person()
    results = visitor.open("/search?q=уборка+снега&region=40")
    assert "csrf_token" not in offered(results)
    asked = visitor.post("/searches", 401, token=False, data=offered(results) | {"mail": "1"})
    assert "Поиск сохранится сразу" in asked.words and "/register" in asked.links()
    wrong = visitor.post("/login", 422, data=asked.form("/login") | {"email": person.email, "password": "wrong"})
    assert kept(person) == []
    back = visitor.open(signed_in_with(visitor, wrong, person))
    assert kept(person) == [("уборка снега", {"region": ["40"]}, True)]
    assert back.heading == "уборка снега" and "Сообщим о новом на сайте и письмом." in back.words


def test_an_order_that_can_not_be_kept_signs_in_all_the_same(make, visitor, keep, kept, monkeypatch):
    monkeypatch.setattr(models, "QUOTA", 1)
    person = make.person()
    keep(person, "двор")
    asked = visitor.post("/searches", 401, token=False, q="площадка", next="//evil.example/")
    back = visitor.open(signed_in_with(visitor, asked, person))
    assert back.heading == "Сохранённые поиски" and "У вас уже 1 сохранённых" in back.words
    assert kept(person) == [("двор", {}, False)]


def test_the_list_switches_letters_and_brings_back_what_was_removed(make, sign_in, keep, kept):
    me = sign_in(person := make.person())
    search = keep(person, "«тёплые остановки»", tag="dvory", author="Мария")
    page = me.open("/searches")
    assert "Только уведомления на сайте" in page.words
    for letters in (True, False, True):
        me.post(f"/searches/{search.id}/mail", 303, data=me.open("/searches").form(f"/searches/{search.id}/mail"))
        assert kept(person)[0][2] is letters
    answer = me.post(f"/searches/{search.id}/removal", 303, data=me.open("/searches").form(f"/searches/{search.id}/removal"))
    assert kept(person) == []
    page = me.open(answer.response.location)
    assert "удалён" in page.words and "Сохранённых поисков пока нет" in page.words
    me.post("/searches", 303, data=offered(page))
    assert kept(person) == [("«тёплые остановки»", {"author": ["Мария"], "tag": ["dvory"]}, True)]
    assert "удалён" not in me.open(answer.response.location).words


def test_nobody_sees_or_touches_the_searches_of_others(make, browser, keep, kept):
    person = make.person()
    search = keep(person, "кракозябры", mail=True)
    stranger = browser().sign_in(make.admin())
    assert "кракозябры" not in stranger.open("/searches").text
    for step in ("mail", "removal"):
        stranger.post(f"/searches/{search.id}/{step}", 404, value="0")
    removed = browser().sign_in(person).post(f"/searches/{search.id}/removal", 303).response.location
    assert "кракозябры" not in stranger.open(removed).text
    keep(person, "кракозябры")
    assert len(kept(person)) == 1
    guest = browser()
    assert guest.open("/searches", expect=302).response.location.startswith("/login")
    guest.post("/searches", 401, q="двор")


def test_the_list_costs_the_same_however_long_it_is(make, sign_in, keep, count_queries):
    me = sign_in(person := make.person())
    keep(person, "двор", region="40", tag="дворы")
    few = count_queries(lambda: me.open("/searches"))
    for number in range(10):
        keep(person, f"двор {number}", region="40", tag=f"тема {number}")
    assert count_queries(lambda: me.open("/searches")) == few <= 12


def test_what_a_person_keeps_is_among_their_data_and_in_the_menu(make, sign_in, keep):
    me = sign_in(person := make.person())
    keep(person, "двор", mail=True, region="40")
    saved = me.open("/account/export").response.json["saved_searches"]
    assert [(each["text"], each["filters"], each["mail"]) for each in saved] == [("двор", {"region": ["40"]}, True)]
    assert "/searches" in me.open("/").links()


def test_markup_in_a_search_stays_text(make, sign_in, keep):
    me = sign_in(person := make.person())
    keep(person, "<img src=x onerror=alert(1)> двор", tag="<b>тема", author='"<i>Мария')
    text = me.open("/searches").text
    assert "&lt;img src=x" in text and "<img src=x" not in text and "<b>тема" not in text and "<i>" not in text
