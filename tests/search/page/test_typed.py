"""Filters typed in the box are seen, and come off like the others."""

import pytest

from tests.search.page.reading import chips, facet, titles


def box(page) -> str:
    return page.tree.find(".//header//input").get("value")


@pytest.mark.parametrize(
    ("typed", "chip", "expected"),
    [
        ("регион:Тверская", "Тверская область", {"Колодцы двора", "Праздник двора", "Старт двора"}),
        ("регион:40", "Калужская область", {"Свет двора", "Датчики двора"}),
        ("год:2023", "2023 год", {"Свет двора", "Праздник двора"}),
        ("номинация:2", "Номинация 2", {"Датчики двора"}),
        ("тег:дворы", "дворы", {"Свет двора", "Старт двора"}),
        ("статус:«не сработало»", "Не сработало", {"Датчики двора", "Праздник двора"}),
        ("автор:«Мария Соколова»", "Автор: Мария Соколова", None),
        ("htubjy:Ndthcrfz", "Тверская область", {"Колодцы двора", "Праздник двора", "Старт двора"}),
        ("htubjy^Ndthcrfz", "Тверская область", {"Колодцы двора", "Праздник двора", "Старт двора"}),
    ],
)
def test_a_typed_filter_is_a_chip_that_comes_off(visitor, five, typed, chip, expected):
    page = visitor.open("/search", query_string={"q": f"двор {typed}", "kind": "practice", "sort": "new"})
    assert expected is None or set(titles(page)) == expected
    assert page.heading == "двор" and list(chips(page)) == [chip]
    without = visitor.open(chips(page)[chip])
    assert box(without) == "двор" and chips(without) == {} and len(titles(without)) == 5


def test_typed_and_chosen_values_are_alternatives_and_come_off_apart(visitor, five):
    page = visitor.open("/search?q=двор+регион:40+год:2024&kind=practice&region=69")
    assert set(titles(page)) == {"Датчики двора", "Старт двора"}
    assert set(chips(page)) == {"Калужская область", "Тверская область", "2024 год"}
    assert {value for value in facet(page, "Регион") if value.endswith("×")} == {"Калужская область ×", "Тверская область ×"}
    left = visitor.open(chips(page)["Калужская область"])
    assert box(left) == "двор год:2024" and titles(left) == ["Старт двора"]
    assert box(visitor.open(chips(page)["2024 год"])) == "двор регион:40"
    clear = next(a.get("href") for a in page.tree.iter("a") if a.text == "Сбросить всё")
    assert len(titles(visitor.open(clear))) == 5


def test_a_typed_value_that_means_several_is_one_chip(visitor, make, five, indexed):
    make.region("71", "Тульская область")
    page = visitor.open("/search?q=двор+регион:область&kind=practice")
    [(text, url)] = chips(page).items()
    assert text.endswith("и ещё 2") and box(visitor.open(url)) == "двор"


@pytest.mark.parametrize(
    ("typed", "words", "chip"),
    [
        ("регион:Нарния", "Нет региона «Нарния».", "Регион: Нарния"),
        ("номинация:«самая лучшая»", "Нет номинации «самая лучшая».", "Номинация: самая лучшая"),
        ("статус:мечта", "Нет статуса «мечта».", "Статус: мечта"),
        ("тег:единороги", "Нет темы «единороги».", "Тема: единороги"),
        ("год:позавчера", "«позавчера» – не год.", "Год: позавчера"),
        ("регион:99", "Нет региона «99».", "Регион: 99"),
    ],
)
def test_a_value_that_there_is_not_is_named(visitor, five, typed, words, chip):
    page = visitor.open("/search", query_string={"q": f"двор {typed}"})
    assert words in page.words and titles(page) == []
    assert list(chips(page)) == [chip]
    assert titles(visitor.open(next(iter(chips(page).values()))))


def test_an_unknown_value_of_the_address_is_named_too(visitor, five):
    page = visitor.open("/search?q=двор&region=98&tag=unicorns")
    assert "Нет региона «98»." in page.words and "Нет темы «unicorns»." in page.words
