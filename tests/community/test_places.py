"""Pages of municipalities and regions: head, sums, people, feed."""

import xml.etree.ElementTree as ET

ATOM = "{http://www.w3.org/2005/Atom}"


def test_a_municipality_tells_what_it_is_and_what_its_practices_come_to(visit, make):
    town = make.place("Обнинск", population=124_000)
    make.practice("Светлые дворы", municipality=town, cost_local=1_000_000, cost_extra=3_000_000)
    make.practice("Фонари на батареях", municipality=town, status="failed", cost_local=None, cost_extra=None)
    make.practice("Черновик", municipality=town, state="draft", cost_local=90_000_000)
    page = visit(f"/municipalities/{town.id}")
    for words in ("городской округ", "категория I", "Центральный округ", "Сколько стоили: 4 млн ₽", "у 1 практики из 2", "Практики2"):
        assert words in page.words.replace("\xa0", " "), words
    assert f"/municipalities/{town.id}?status=failed" in page.links() and f"/municipalities/{town.id}?status=pilot" in page.links()
    assert "Светлые дворы" not in visit(f"/municipalities/{town.id}?status=failed").words


def test_an_empty_municipality_invites(visit, make):
    page = visit(f"/municipalities/{make.place('Таруса').id}")
    assert "первая практика станет примером для соседей" in page.words and "/practices/new" in page.links()
    assert "Сколько стоили" not in page.words


def test_its_people_are_confirmed_and_have_written(visit, make, session):
    town = make.place("Обнинск")
    author, talker = make.person("Мария Ильина", municipality=town), make.person("Анна Ветрова", municipality=town)
    practice = make.practice(author=author, municipality=town)
    make.comment(practice, author=talker)
    make.person("Молчун Тихий", municipality=town)
    make.comment(practice, author=make.person("Кто Угодно", municipality=town, trusted=False))
    make.comment(practice, author=make.person("Соседка Дальняя", region="69"))
    make.practice(author=make.person("Черновик Пишущий", municipality=town), state="draft")
    page = visit(f"/municipalities/{town.id}?tab=people")
    assert page.words.index("Анна Ветрова") < page.words.index("Мария Ильина")
    for name in ("Молчун", "Кто Угодно", "Соседка", "Черновик"):
        assert name not in page.words
    assert 'content="noindex, follow"' in page.text
    other = visit("/regions/40?tab=people")
    assert "Мария Ильина" in other.words and "Анна Ветрова" not in other.words and "Обнинск" in other.words


def test_a_region_is_marked_on_the_map_and_adds_up(visit, make):
    make.practice(municipality=make.place("Обнинск"), cost_local=2_000_000, cost_extra=None)
    make.practice(municipality=make.place("Таруса"), cost_local=500_000, cost_extra=None)
    make.practice(municipality=make.place(region="69"), cost_local=90_000_000)
    page = visit("/regions/40")
    assert "Калужская область на карте регионов" in page.text
    assert "Сколько стоили: 2,5 млн ₽" in page.words.replace("\xa0", " ")


def test_a_municipality_has_a_feed_of_its_own(visit, make):
    town = make.place("Обнинск")
    make.practice("Своя", municipality=town)
    make.practice("Соседняя")
    feed = ET.fromstring(visit(f"/municipalities/{town.id}/feed.atom").response.data)
    assert [entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")] == ["Своя"]
    assert f"/municipalities/{town.id}/feed.atom" in visit(f"/municipalities/{town.id}").links()
    visit("/municipalities/987654/feed.atom", expect=404)
