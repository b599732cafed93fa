"""Where nothing was found, or nothing that fits: what the page does for who asked."""

from tests.search.page.reading import link, titles


def test_filters_come_off_one_by_one_where_that_helps(visit, five):
    page = visit("/search?q=двор&kind=practice&region=40&status=pilot&category=2")
    assert "С этими условиями ничего нет" in page.words
    # In another region there is one; without the status or the category there is none.
    assert "в любом регионе 1" in page.words and "с любым статусом" not in page.words
    assert titles(visit(link(page, "в любом регионе"))) == ["Старт двора"]
    assert len(titles(visit(link(page, "без всех условий")))) == 5


def test_every_way_out_leads_to_as_much_as_it_says(visit, five):
    chosen = ("region=40&status=pilot", "kind=person&year=2023")
    for asked in (*(f"q=двор&{some}" for some in chosen), "q=двор+статус:пилот&region=40", "q=двор+автор:Никто&year=2023"):
        page = visit(f"/search?{asked}")
        ways = [a for ul in page.tree.iter("ul") if ul.get("class") == "ways" for a in ul]
        assert ways, asked
        for way in ways:
            a, count = way.find("a"), way.find("span").text
            assert len(titles(visit(a.get("href")))) == int(count), (asked, a.text)


def test_words_that_nothing_has_are_named(visit, make, five):
    page = visit("/search?q=двор+абракадабра+кварклюон+фырфырище")
    assert titles(page) and "Точно подходящего пока нет. Ниже – то, что ближе всего." in page.words
    assert "слова «абракадабра», «кварклюон», «фырфырище»" in page.words
    whole = visit("/search?q=свет двора")
    assert "Точно подходящего" not in whole.words and "Нигде не встреча" not in whole.words


def test_nothing_at_all_leads_to_what_there_is(visit, make, five, indexed):
    favourite = make.practice("Любимая площадка", score=99, ups=99)
    make.practice("Спрятанная площадка", score=500, ups=500, state="hidden")
    indexed()
    page = visit("/search?q=абракадабра")
    assert "Ничего не нашлось" in page.words and "Найден" not in page.words
    assert f"/practices/{favourite.id}/{favourite.slug}" in page.links() and "Спрятанная" not in page.words
    assert set(titles(visit(link(page, "дворы")))) == {"Свет двора", "Старт двора"}
    assert titles(visit(link(page, "автор:«Мария Соколова»")))
    assert "в списке «Чего не хватает»" in page.words and "Сообщить, когда появится новое" in page.words


def test_both_kinds_of_asking_for_more_stand_under_what_is_only_near(visit, five):
    page = visit("/search?q=двор+абракадабра+кварклюон+фырфырище")
    assert "в списке «Чего не хватает»" in page.words and "Сообщить, когда появится новое" in page.words
    whole = visit("/search?q=свет двора")
    assert "в списке «Чего не хватает»" not in whole.words and "Сообщить, когда появится новое" in whole.words


def test_pages_beyond_the_last_lead_back(visit, five):
    page = visit("/search?q=двор&status=failed&page=9")
    assert "Дальше ничего нет" in page.words
    assert len(titles(visit(link(page, "К началу")))) == 2


def test_words_that_nothing_has_are_named_as_they_were_typed(visit, make, indexed):
    make.practice("Светлые дворы")
    indexed()
    assert "«Кварклюонёв»" in visit("/search?q=дворы Кварклюонёв").words + visit("/search?q=абырвалгов Кварклюонёв").words
