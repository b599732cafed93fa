"""Search as a program asks it."""

import pytest

from forum.core.actor import SYSTEM
from forum.search.port import Unavailable


def test_the_answer_has_the_shape_of_the_contract(guest, make, indexed):
    practice = make.practice("Детские площадки", external_id="d1", solution="Поставили площадку <у школы>.", tags=["дети"])
    make.practice("Площадки для собак")
    indexed()
    found = guest.get("/search?q=площадок детям")
    assert set(found) == {"total", "took_ms", "suggestion", "items", "facets"}
    assert found["total"] == 2 and found["took_ms"] > 0 and found["suggestion"] is None
    first, second = found["items"]
    assert (first["id"], first["external_id"], second["external_id"]) == (practice.id, "d1", None)
    assert first["title"] == "Детские площадки" and first["url"] == f"/practices/{practice.id}/{practice.slug}"
    assert first["score"] > second["score"] and first["kind"] == "practice"
    assert "<mark>площадку</mark> &lt;у школы&gt;" in first["highlight"]
    assert found["facets"]["status"] == {"implemented": 2} and found["facets"]["region"] == {"40": 2}
    assert first["region"] == "40" and first["nomination"] == 1 and first["municipality"].startswith("Город")


def test_items_have_their_place_and_cost(guest, make, indexed):
    town = make.place("Обнинск", population=124_000)
    practice = make.practice("Светлый двор", municipality=town)
    make.practice("Тёмный двор", municipality=make.place("Шуя", population=None), cost_local=None, cost_extra=None)
    indexed()
    light, dark = guest.get("/search?q=двор&sort=cost")["items"]
    assert light["per_resident"] == pytest.approx(14_900_000 / 124_000) and dark["per_resident"] is None
    assert light["place"] == {
        "id": town.id, "name": "Обнинск", "oktmo": None, "type": "urban_okrug", "category": 1, "population": 124_000, "verified": True,
        "region": {"code": "40", "name": "Калужская область"},
    }  # fmt: skip
    assert (light["summary"], light["handle"], light["on"]) == (practice.summary, practice.author.handle, None)


def test_practices_unless_the_kind_says_otherwise(guest, make, indexed):
    practice = make.practice("Светлые дворы")
    comment = make.comment(practice, "Сколько стоил подрядчик дворов?")
    indexed()
    assert [one["kind"] for one in guest.get("/search?q=дворы")["items"]] == ["practice"]
    [found] = guest.get("/search?q=подрядчик&kind=comment")["items"]
    assert (found["id"], found["kind"], found["external_id"], found["title"]) == (comment.id, "comment", None, "Светлые дворы")
    assert (found["on"], found["handle"], found["author"], found["place"]) == (practice.id, comment.author.handle, "Анна Ветрова", None)
    assert {one["kind"] for one in guest.get("/search?q=дворов&kind=comment&kind=practice")["items"]} == {"comment", "practice"}


def test_people_are_found_by_name_position_and_place(guest, make, indexed):
    person = make.person("Мария Соколова", position="Начальник отдела", municipality=make.place("Обнинск"))
    make.person("Мария Соколова", confirmed=False)
    indexed()
    for asked in ("соколова", "начальники обнинск"):
        [found] = guest.get(f"/search?q={asked}&kind=person")["items"]
        assert (found["id"], found["kind"], found["title"], found["handle"]) == (person.id, "person", "Мария Соколова", person.handle)
        assert (found["url"], found["external_id"], found["summary"]) == (f"/people/{person.handle}", None, "Начальник отдела")
        assert found["place"]["name"] == "Обнинск" and found["per_resident"] is None


def test_filters_limit_and_pages(guest, make, indexed):
    author, place = make.person(), make.place()
    for number in range(5):
        make.practice(f"Двор {number}", author=author, municipality=place)
    make.practice("Двор неудачный", status="failed", municipality=make.place(region="69"), nomination=2, finished="2020-01")
    indexed()
    assert guest.get("/search?q=двор&limit=2")["total"] == 6
    pages = [guest.get(f"/search?q=двор&limit=4&page={page}")["items"] for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [4, 2, 0] and len({one["id"] for page in pages for one in page}) == 6
    for asked in ("region=69", "status=failed", "nomination=2", "year=2020", "year=2019&year=2020"):
        assert [one["title"] for one in guest.get(f"/search?q=двор&{asked}")["items"]] == ["Двор неудачный"]
    for asked in ("limit=0", "limit=101", "page=51", "sort=password_hash", "kind=user", "region=x", "district=moon", "cost=free"):
        guest.get(f"/search?q=двор&{asked}", expect=422)


def test_filters_by_what_a_place_is_and_what_a_practice_costs(guest, make, indexed):
    village = make.place("Павловка", region="69", population=1_900, type="rural_settlement", category=2)
    make.practice("Двор в городе", municipality=make.place(population=124_000), tags=["дворы"])
    make.practice("Двор в селе", municipality=village, cost_local=100_000, cost_extra=0)
    indexed()
    for asked in ("category=2", "population=0-5", "cost=0-100", "district=central&region=69", "category=2&cost=0-100"):
        assert [one["title"] for one in guest.get(f"/search?q=двор&{asked}")["items"]] == ["Двор в селе"]
    assert [one["title"] for one in guest.get("/search?q=двор&sort=cost")["items"]] == ["Двор в селе", "Двор в городе"]
    facets = guest.get("/search?q=двор&category=2")["facets"]
    assert facets == {
        "kind": {"practice": 1}, "region": {"69": 1}, "district": {"central": 1}, "nomination": {"1": 1}, "status": {"implemented": 1},
        "year": {"2023": 1}, "tag": {}, "category": {"1": 1, "2": 1}, "cost": {"0-100": 1}, "population": {"0-5": 1}, "adopted": {},
        "obstacle": {},
    }  # fmt: skip


def test_what_was_hidden_after_indexing_is_nobodys(guest, program, make, indexed, session):
    practice = make.practice("Секретный бункер")
    indexed()
    practice.hide(by=SYSTEM, reason="Ошибка")
    session.commit()
    for one in (guest, program(make.moderator()), program(practice.author)):
        found = one.get("/search?q=бункер")
        assert (found["total"], found["items"]) == (0, [])
        assert not any(found["facets"].values())
    assert guest.get("/search?q=бункер&region=69")["facets"]["region"] == {}


def test_odd_questions_have_answers(guest):
    for asked in ("q=", "q=" + "я" * 1500, "q=%22%22%22-", "q=***", "q=%ED%A0%80", "q=NOT+NOT+a", "q=%3Cscript%3E", "x=1"):
        assert guest.get(f"/search?{asked}")["items"] == []
    guest.get("/search?q=%00", expect=400)


def test_a_search_that_is_away_says_so(guest, app):
    class Away:
        def search(self, query):
            raise Unavailable

    app.extensions["search"] = Away()
    response = guest.ask("GET", "/search?q=двор", 503)
    assert response.headers["Retry-After"]


def test_the_number_of_queries_does_not_grow(guest, make, indexed, count_queries):
    author = make.person()
    few = many = 0
    for number in range(12):
        make.practice(f"Двор {number}", author=author, tags=[f"тема {number}", "свет"])
        if number in (2, 11):
            indexed()
            few, many = many, count_queries(lambda: guest.get("/search?q=двор"))
    assert few == many <= 6
