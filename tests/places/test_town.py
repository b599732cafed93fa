"""The reader's town: a cookie, and guests' pages kept for each town apart only where they show something of it."""

import pytest

HERE = {"Sec-Fetch-Site": "same-origin"}


def choose(visitor, expect=303, headers=HERE, **fields):
    answer = visitor.client.post("/town", data={"next": "/practices?sort=near", **fields}, headers=headers)
    assert answer.status_code == expect
    return answer


def test_a_guest_who_wants_what_is_near_is_asked_for_their_town_and_comes_back(visitor, make):
    make.practice(municipality=make.place("Обнинск"))
    asked = visitor.client.get("/practices?sort=near")
    assert asked.status_code == 302 and asked.location.startswith("/town?next=")
    page = visitor.open(asked.location)
    assert page.heading == "Ваш муниципалитет" and page.form("/town")["next"] == "/practices?sort=near"
    answer = choose(visitor, municipality="Обнинск, Калужская область")
    assert answer.location == "/practices?sort=near" and "HttpOnly" in answer.headers["Set-Cookie"]
    assert "Сравниваем с муниципалитетом: Обнинск" in visitor.open(answer.location).words
    assert "Сейчас сравниваем с таким: Обнинск" in visitor.open("/town").words
    assert choose(visitor, reset="1").location.startswith("/town")
    assert not visitor.client.get_cookie("town")


@pytest.mark.parametrize(("typed", "told"), [("", "Напишите название"), ("Китеж", "Такого названия в справочнике нет"), ("О" * 400, "нет")])
def test_a_name_that_is_not_known_is_told_at_the_field_and_kept(visitor, make, typed, told):
    make.place("Обнинск")
    answer = choose(visitor, 422, municipality=typed)
    assert told in answer.text and typed[:100] in answer.text and "Set-Cookie" not in answer.headers


def test_another_site_cannot_choose(visitor, make):
    place = make.place("Обнинск")
    assert "Set-Cookie" not in choose(visitor, 400, {"Sec-Fetch-Site": "cross-site"}, municipality=str(place.id)).headers
    assert choose(visitor, municipality="Обнинск", next="//evil.example/").location == "/practices"


@pytest.mark.parametrize("cookie", ["", "x", "-1", "999999999", "99999999999999", "1;1", "\x00", "١"])
def test_any_cookie_gives_a_page(visitor, make, cookie):
    practice = make.practice()
    visitor.client.set_cookie("town", cookie)
    visitor.open(f"/practices/{practice.id}/{practice.slug}")
    assert visitor.client.get("/practices?near=mine").location.startswith("/town")


def test_only_pages_that_show_the_town_are_kept_for_each_apart(app, browser, make, count_queries):
    one, other = make.place("Обнинск"), make.place("Берёзовка", type="rural_settlement", category=2, population=700)
    practice = make.practice(municipality=make.place("Таруса", population=130_000))
    address = f"/practices/{practice.id}/{practice.slug}"
    guests = {"none": browser(), "one": browser(), "other": browser()}
    guests["one"].client.set_cookie("town", str(one.id))
    guests["other"].client.set_cookie("town", str(other.id))

    def tags(address):
        return {name: guest.open(address).response.headers["ETag"] for name, guest in guests.items()}

    for same in ("/practices", "/", "/regions/40", f"/municipalities/{one.id}"):
        assert len(set(tags(same).values())) == 1, same
    kept = app.extensions["pages"]
    before = len(kept._values)
    own = tags(address)
    assert len(set(own.values())) == 3 and len(kept._values) == before + 3
    texts = {name: guest.open(address).words for name, guest in guests.items()}
    assert "Похоже на ваш" in texts["one"] and "Не как у вас" in texts["other"] and "у вас" not in texts["none"]
    for name, guest in guests.items():
        assert count_queries(lambda guest=guest: guest.open(address)) == 1
        answers = {tag: guest.client.get(address, headers={"If-None-Match": tag}).status_code for tag in own.values()}
        assert answers == {tag: 304 if tag == own[name] else 200 for tag in own.values()}


def test_the_rule_is_told(visitor):
    words = visitor.open("/likeness").words
    assert "40 – та же ступень" in words and "От 70 баллов" in words
