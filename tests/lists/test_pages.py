"""The pages themselves: home, regions, municipality, theme, person."""

import pytest


def test_home_shows_the_ways_in(visit, make):
    talked = make.practice("Тихий двор", nomination=2, tags=["дворы"])
    failed = make.practice("Фонари на батареях", status="failed")
    make.comment(talked)
    page = visit("/")
    assert f"/practices/{failed.id}/{failed.slug}" in page.links()
    assert "/practices?nomination=2" in page.links() and "/tags/dvory" in page.links() and "/regions/40" in page.links()
    assert "Обсуждают Все Тихий двор 1 ответ" in page.words
    assert "Номинация 2 1" in page.words
    assert any(form.get("action") == "/search" for form in page.tree.find(".//main").iter("form"))


@pytest.mark.parametrize("address", ["/", "/practices", "/regions", "/about", "/feed.atom", "/sitemap.xml"])
def test_an_empty_site_has_its_pages(visit, address):
    visit(address)


def test_a_region_names_its_municipalities(visit, make):
    town = make.place("Обнинск")
    make.practice(municipality=town)
    make.practice(municipality=town)
    make.practice(municipality=make.place("Таруса"))
    page = visit("/regions/40")
    assert page.heading == "Калужская область"
    assert "Обнинск 2 Таруса 1" in page.words
    assert "/regions/40/feed.atom" in page.links()
    assert "Федеральный округ" not in page.words
    assert visit(f"/municipalities/{town.id}").heading == "Обнинск"


def test_a_region_page_narrows_further(visit, make):
    make.practice("Своя", municipality=make.place(), status="failed")
    make.practice("Соседняя", municipality=make.place(region="69"), status="failed")
    words = visit("/regions/40?status=failed&region=69&district=volga").words
    assert "Своя" in words and "Соседняя" not in words


def test_a_merged_municipality_leads_to_its_successor(visit, session, make):
    old, new = make.place("Старый район"), make.place("Новый округ")
    old.successor_id = new.id
    session.commit()
    page = visit(f"/municipalities/{old.id}")
    assert f"/municipalities/{new.id}" in page.links()


def test_a_theme(visit, make):
    make.practice("Светлые дворы", tags=["освещение"])
    make.practice("Колодцы", tags=["вода"])
    page = visit("/tags/osveshchenie")
    assert page.heading == "Тема: освещение"
    assert "Светлые дворы" in page.words and "Колодцы" not in page.words
    visit("/tags/nothing", expect=404)


def test_a_profile(visit, visitor, make):
    person = make.person("Мария Соколова", position="Начальник отдела", about="Собирает соседей", about_html="<p>Собирает соседей</p>")
    practice = make.practice("Светлые дворы", author=person)
    make.comment(practice, "Отвечу завтра", author=person)
    page = visit(f"/people/{person.handle}")
    assert page.heading == "Мария Соколова"
    for text in ("Начальник отдела", "Калужская область", "Собирает соседей", "Светлые дворы", "Практики1", "Комментарии1"):
        assert text in page.words
    assert "/account" not in page.links()
    visitor.sign_in(person)
    assert "/account" in [href for a in visit(f"/people/{person.handle}").tree.find(".//main").iter("a") if (href := a.get("href"))]


def test_names_follow_the_language(visit, visitor, session, make):
    make.practice(municipality=make.place("Обнинск", name_en="Obninsk"))
    make.region().name_en = "Kaluga Oblast"
    session.commit()
    assert "Обнинск, Калужская область" in visit("/practices").words
    visitor.client.set_cookie("lang", "en")
    assert "Obninsk, Kaluga Oblast" in visit("/practices").words


def test_a_changed_number_is_seen_at_once_by_the_signed_in(visit, sign_in, make):
    make.practice()
    sign_in(make.person())
    assert "Калужская область: 1 " in visit("/regions").text
    make.practice()
    assert "Калужская область: 2 " in visit("/regions").text
