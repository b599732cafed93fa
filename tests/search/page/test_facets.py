"""Facets count, combine, come off; in the order people expect."""

import pytest

from tests.search.page.reading import chips, facet, folded, link, tabs, titles

ALL = {"Свет двора", "Датчики двора", "Колодцы двора", "Праздник двора", "Старт двора"}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ALL),
        ("&region=40", {"Свет двора", "Датчики двора"}),
        ("&region=40&region=69", ALL),
        ("&district=central&status=pilot", {"Старт двора"}),
        ("&nomination=1&nomination=2", {"Свет двора", "Датчики двора", "Колодцы двора"}),
        ("&status=failed&year=2023", {"Праздник двора"}),
        ("&year=2021&year=2024", {"Колодцы двора", "Датчики двора", "Старт двора"}),
        ("&tag=dvory&tag=voda", {"Свет двора", "Старт двора", "Колодцы двора"}),
        ("&category=2&cost=0-100", {"Колодцы двора"}),
        ("&cost=0-100&cost=100-500", {"Свет двора", "Датчики двора", "Колодцы двора", "Старт двора"}),
        ("&population=50-250", {"Свет двора", "Датчики двора"}),
        ("&region=40&status=pilot", set()),
        ("&region=zz&status=lost&tag=A*&year=x&population=9&category=3&cost=1&district=moon&nomination=-1&sort=random", ALL),
    ],
)
def test_values_of_a_facet_widen_and_facets_narrow(visit, five, query, expected):
    page = visit(f"/search?q=двор&kind=practice{query}")
    assert set(titles(page)) == expected
    if expected:
        assert f"{len(expected)} практик" in page.words


def test_counts_are_what_the_link_then_gives(visit, five):
    page = visit("/search?q=двор&kind=practice&status=failed")
    shown = [value for title in ("Номинация", "Статус", "Регион", "Население", "Тема", "Год", "Категория") for value in facet(page, title)]
    assert len(shown) > 8
    for value in shown:
        name, _, count = value.rpartition(" ")
        if count.isdigit():
            there = visit(link(page, name))
            own = name in facet(page, "Статус")[0] or any(name == one.rpartition(" ")[0] for one in facet(page, "Статус"))
            assert len(titles(there)) == (int(count) + 2 if own else int(count)), value


def test_the_year_says_which_one_it_is(visit, five):
    said = "Год Когда закончили, а если ещё нет – когда начали."
    assert said in " ".join(visit("/search?q=двор&kind=practice").words.split()).replace("ГодКогда", "Год Когда")


def test_links_combine_and_chips_take_them_off_again(visit, five):
    page = visit(link(visit("/search?q=двор&kind=practice"), "Номинация 1"))
    assert set(titles(page)) == {"Свет двора", "Колодцы двора"}
    page = visit(link(page, "Номинация 2"))
    page = visit(link(page, "недорогие"))
    page = visit(link(page, "Калужская область"))
    assert set(titles(page)) == {"Свет двора", "Датчики двора"}
    assert list(chips(page)) == ["Номинация 1", "Номинация 2", "Калужская область"]
    page = visit(chips(page)["Номинация 1"])
    assert titles(page) == ["Датчики двора"]
    page = visit(chips(page)["Калужская область"])
    assert titles(page) == ["Датчики двора"] and "sort=cost" in chips(page)["Номинация 2"]
    page = visit("/search?q=двор&kind=practice&region=69&status=failed&status=pilot&sort=new")
    cleared = link(page, "Сбросить всё")
    assert cleared == "/search?q=%D0%B4%D0%B2%D0%BE%D1%80&kind=practice&sort=new"
    assert set(titles(visit(cleared))) == ALL


def test_a_value_that_is_on_takes_itself_off_in_its_facet(visit, five):
    page = visit("/search?q=двор&status=failed&status=pilot")
    on = [a for a in page.tree.iter("a") if a.get("aria-current") == "true" and a.get("href", "").startswith("/search")]
    assert any(a.get("href") == "/search?q=%D0%B4%D0%B2%D0%BE%D1%80&status=pilot" for a in on)


def test_what_has_an_order_keeps_it_and_the_rest_goes_by_count(visit, five):
    page = visit("/search?q=двор&kind=practice")
    assert facet(page, "Население") == ["до 5 тыс. 3", "50–250 тыс. 2"]
    assert facet(page, "Стоимость на жителя") == ["до 100 ₽ 1", "100–500 ₽ 3"]
    assert facet(page, "Статус") == ["Пилот 1", "Внедрена 1", "Масштабируется 1", "Не сработало 2"]
    assert facet(page, "Год") == ["2024 2", "2023 2", "2021 1"]
    assert facet(page, "Категория") == ["I – округа и города 2", "II – сельские поселения 3"]
    assert facet(page, "Регион") == ["Тверская область 3", "Калужская область 2"]
    assert facet(page, "Тема")[0] == "дворы 2"
    assert facet(page, "Номинация") == ["Номинация 1 2", "Номинация 2 1", "Номинация 3 1", "Номинация 5 1"]


def test_a_facet_that_cannot_narrow_is_left_out_unless_it_is_on(visit, five):
    assert facet(visit("/search?q=двор"), "Федеральный округ") == []
    page = visit("/search?q=двор&district=central&region=40")
    assert facet(page, "Федеральный округ") == ["Центральный ×"]
    assert "Центральный округ" in chips(page)


def test_chips_say_what_they_are(visit, five):
    page = visit("/search?q=двор&year=2023&population=0-5&category=2&cost=0-100&tag=dvory&status=pilot")
    assert set(chips(page)) == {"2023 год", "до 5 тыс. жителей", "Категория II", "до 100 ₽ на жителя", "дворы", "Пилот"}


def test_long_facets_are_folded_and_regions_can_be_chosen_by_name(visit, make, indexed):
    author = make.person()
    names = ["Яр", "Ад", "Бор", "Вал", "Гать", "Дол", "Ель", "Жар", "Зов"]
    for number, name in enumerate(names):
        make.region(f"{10 + number}", f"{name} область", x=number, y=9)
        place = make.place(f"Город {name}", region=f"{10 + number}")
        for copy in range(2 if name == "Яр" else 1):
            make.practice(f"Двор {name} {copy}", author=author, municipality=place, tags=[f"тема {name}", f"тема {name} {copy}"])
    indexed()
    page = visit("/search?q=двор&kind=practice&sort=new")
    assert facet(page, "Регион")[0] == "Яр область 2"
    assert len(folded(page, "Регион")) == 3 and len(facet(page, "Регион")) == 9
    assert len(facet(page, "Тема")) - len(folded(page, "Тема")) == 8
    form = next(f for f in page.tree.iter("form") if f.get("class") == "narrow-by")
    options = [o.text for o in form.iter("option")][1:]
    assert options == sorted(f"{name} область ({2 if name == 'Яр' else 1})" for name in names)
    kept = [(i.get("name"), i.get("value")) for i in form.iter("input")]
    assert kept == [("q", "двор"), ("kind", "practice"), ("sort", "new")]
    chosen = visit("/search?q=двор&kind=practice&sort=new&region=11&region=10")
    assert set(titles(chosen)) == {"Двор Ад 0", "Двор Яр 0", "Двор Яр 1"}
    # What is on never hides behind «ещё».
    last = visit("/search?q=двор&region=18")
    assert "Зов область ×" in facet(last, "Регион") and "Зов область ×" not in folded(last, "Регион")
    assert "Зов область" not in " ".join(o.text for o in last.tree.iter("option"))


def test_tabs_count_the_kinds_and_keep_the_question(visit, five):
    page = visit("/search?q=двор&sort=new")
    assert tabs(page) == ["Всё7", "Практики5", "Комментарии1", "Люди1"]
    people = visit(link(page, "Люди"))
    assert titles(people) == ["Мария Соколова"] and "1 человек" in people.words
    assert "sort=new" in link(page, "Комментарии")
    assert titles(visit(link(people, "Комментарии"))) == ["Старт двора"]
    # A filter that only practices have leaves but them.
    assert tabs(visit("/search?q=двор&status=failed")) == []


def test_hidden_things_and_drafts_are_in_no_count(visit, make, session, five, indexed):
    secret = make.practice("Секрет двора", municipality=make.place(region="70"), status="finished", tags=["тайна"], finished="2019-01")
    make.practice("Черновик двора", state="draft", municipality=make.place(region="71"), finished="2018-01", tags=["черновое"])
    make.practice("На проверке двора", state="waiting", municipality=make.place(region="72"), finished="2017-01")
    make.comment(make.practice("Снятый двор", state="withdrawn"), "Комментарий про двор")
    indexed()
    assert "Секрет двора" in titles(visit("/search?q=двор"))
    secret.hide(by=make.actor(make.moderator()), reason="Ошибка")
    session.commit()
    # The index does not know of the hiding yet.
    page = visit("/search?q=двор&kind=practice")
    assert set(titles(page)) == ALL and "5 практик" in page.words
    for told in ("Секрет", "тайна", "2019", "Завершена", "Область 70", "черновое", "2018", "2017", "Область 71", "Область 72", "Снятый"):
        assert told not in page.words, told
    # Nor where it would not stand among the results.
    assert facet(visit("/search?q=двор&kind=practice&region=40"), "Регион") == ["Тверская область 3", "Калужская область ×"]
    assert "тайна" not in visit("/search").words
    indexed()
    assert "Завершена" not in visit("/search?q=двор").words
