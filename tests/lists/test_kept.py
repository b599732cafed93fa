"""A list that is kept as it was drawn is never longer kept than it is true, and shows nothing of who read it first."""

import pytest

from forum.core.actor import SYSTEM
from forum.practices.models import Practice

ADDRESSES = ("/practices?sort=votes&tag=dvory", "/practices?sort=near", "/regions/40")


@pytest.fixture
def practice(make):
    return make.practice("Свет во дворе", author=make.person(), municipality=make.place("Обнинск"), tags=["дворы"])


@pytest.fixture
def reader(browser, make, practice):
    return browser().sign_in(make.person("Пётр Читатель", municipality=practice.municipality))


def rename(session, practice):
    practice.title = "Тьма во дворе"


def hide(session, practice):
    practice.hide(SYSTEM, "Проверка.")


def move(session, practice):
    practice.municipality.name = "Жуков"


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(("change", "gone", "there"), [(rename, "Свет", "Тьма"), (hide, "Свет во дворе", ""), (move, "Обнинск", "Жуков")])
def test_a_change_shows_at_once(reader, practice, session, address, change, gone, there):
    if change is move and address == "/practices?sort=near":
        there = "ваш муниципалитет"
    assert gone in reader.open(address).words
    change(session, session.get_one(Practice, practice.id))
    session.commit()
    words = reader.open(address).words
    assert there in words
    assert gone not in words


def test_what_others_write_shows_at_once(reader, browser, make, practice):
    assert "1 практика" in reader.open("/practices").words
    browser().sign_in(make.person()).post(f"/entries/{practice.id}/vote", expect=303, value="1")
    assert "1 голос" in reader.open("/practices").words
    make.practice("Другая")
    assert "Другая" in reader.open("/practices").words


def test_the_list_is_looked_for_once_and_each_reader_has_their_own_head(reader, browser, make, count_queries):
    asked = count_queries(lambda: reader.open("/practices"))
    other = browser().sign_in(make.person("Анна Вторая"))
    reader.open("/practices")
    assert count_queries(lambda: other.open("/practices")) < asked
    text = other.open("/practices").text
    assert "Анна Вторая" in text
    assert "Читатель" not in text


def test_a_town_is_compared_with_by_its_own_list(browser, make, practice):
    far = make.place("Дальнегорск", region="69", population=900, type="rural_settlement")
    at_home = browser().sign_in(make.person(municipality=practice.municipality)).open("/practices?sort=near").words
    from_far = browser().sign_in(make.person(municipality=far)).open("/practices?sort=near").words
    assert "Сравниваем с муниципалитетом: Обнинск" in at_home
    assert "ваш муниципалитет" in at_home
    assert "Сравниваем с муниципалитетом: Дальнегорск" in from_far
    assert "ваш муниципалитет" not in from_far
