"""Finding the place people mean."""

import pytest
from sqlalchemy import select

from forum.places.choice import choose, find_or_add
from forum.places.models import Municipality


@pytest.fixture
def places(make):
    new = make.place("Кимрский округ", region="69")
    return {
        "obninsk": make.place("Обнинск"),
        "new": new,
        "old": make.place("Кимры", region="69", successor_id=new.id),
        "twin_a": make.place("Октябрьский район"),
        "twin_b": make.place("Октябрьский район", region="69"),
        "berezovka": make.place("Берёзовка"),
    }


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Обнинск", "obninsk"),
        ("обнинск,  Калужская область", "obninsk"),
        ("г. Обнинск, калужская обл.", "obninsk"),
        ("Обнинск, 40", "obninsk"),
        ("Городской округ Обнинск", "obninsk"),
        ("березовка", "berezovka"),
        ("Октябрьский район, 69", "twin_b"),
        ("Кимры", "new"),
    ],
)
def test_it_is_found_as_people_write_it(session, places, typed, meant):
    assert choose(session, typed).place.id == places[meant].id


@pytest.mark.parametrize(
    ("typed", "similar"),
    [
        ("Октябрьский район", ["Октябрьский район, Калужская область", "Октябрьский район, Область 69"]),
        ("Обнинк", ["Обнинск, Калужская область"]),
        ("Обнинск, 69", []),
        ("", []),
        ("(((%_'", []),
    ],
)
def test_what_is_not_clear_brings_suggestions(session, places, typed, similar):
    choice = choose(session, typed)
    assert choice.place is None
    assert sorted(choice.similar) == sorted(similar)


def test_an_unknown_place_of_a_known_region_is_added_as_unverified(session, places):
    place = find_or_add(session, "Китеж", "40")
    assert (place.name, place.verified, place.region.name) == ("Китеж", False, "Калужская область")
    assert find_or_add(session, "китеж", "40").id == place.id
    assert find_or_add(session, "Китеж", "98") is None
    assert find_or_add(session, "Кимры", "69").id == places["new"].id
    assert len(session.scalars(select(Municipality.id)).all()) == 7
