"""What a result shows: words that answer, place, figures; whose comment it is; who a person is."""

import re

import pytest

from forum.practices.models import Indicator
from tests.search.page.reading import result, titles


@pytest.fixture
def lamp(make, indexed):
    """One practice with all figures."""
    town = make.place("Обнинск", population=124_000, name_en="Obninsk")
    rows = [Indicator(name="Расход энергии", unit="кВт·ч", before=1_400, after=662), Indicator(name="Жалобы", before=9, after=3)]
    practice = make.practice("Светлые дворы", municipality=town, indicators=rows, comments_count=3, score=12, ups=12)
    indexed()
    return practice


def test_place_figures_and_date(visit, lamp, session):
    text = result(visit("/search?q=дворы"), "Светлые дворы")
    figures = ("120 ₽ на жителя", "Расход энергии: −53 %", "12 голосов", "3 ответа")
    for told in ("Внедрена", "Обнинск, Калужская область", "124 тыс. жителей", *figures):
        assert told in text, told
    assert re.search(r"\d{4}", text)


def test_what_is_not_known_is_not_shown(visit, make, indexed):
    make.practice("Двор без чисел", municipality=make.place("Шуя", population=None), cost_local=None, cost_extra=None)
    indexed()
    text = result(visit("/search?q=двор"), "Двор без чисел")
    assert "Шуя" in text
    for absent in ("₽", "жител", "голос", "ответ", "None"):
        assert absent not in text


def test_points_of_per_cent_are_points(visit, make, indexed):
    make.practice("Дворы под надзором", indicators=[Indicator(name="Доля дворов", unit="%", before=10, after=74)])
    indexed()
    assert "Доля дворов: +64 п. п." in result(visit("/search?q=надзор"), "Дворы под надзором")


def test_the_summary_stands_where_only_the_title_answers(visit, lamp):
    page = visit("/search?q=светлые")
    assert lamp.summary in page.words
    assert "<mark>Светлые</mark> дворы" in page.text


def test_other_passages_are_shown_with_all_forms_marked(visit, make, indexed):
    long = "Сначала было трудно. " * 30
    problem, solution, results = (long + end for end in ("Павильонов не хватало.", "Закупили тёплый павильон.", "Павильон стоит."))
    make.practice("Остановки", problem=problem, solution=solution, results=results)
    indexed()
    page = visit("/search?q=павильоны тёплые")
    assert "<mark>тёплый</mark> <mark>павильон</mark>" in page.text
    assert length_of_passages(page) <= 480


def length_of_passages(page) -> int:
    """Characters of the passages of the first result."""
    first = next(ul for ul in page.tree.iter("ul") if ul.get("class") == "results")[0]
    return sum(len("".join(p.itertext())) for p in first.findall("p") if not p.get("class"))


def test_a_comment_says_whose_it_is_and_on_what(visit, make, lamp, indexed):
    comment = make.comment(lamp, "Сколько стоил подрядчик?", author=make.person("Анна Ветрова"))
    indexed()
    page = visit("/search?q=подрядчики")
    text = result(page, "Светлые дворы")
    assert "Комментарий: Анна Ветрова" in text and "Сколько стоил подрядчик?" in text
    assert f"/comments/{comment.id}" in page.links()


def test_a_person_has_position_place_and_page(visit, make, indexed):
    person = make.person("Мария Соколова", position="Начальник отдела", municipality=make.place("Обнинск"))
    make.person("Мария Тихая", position="Начальник", confirmed=False)
    indexed()
    page = visit("/search?q=начальник обнинск&kind=person")
    assert titles(page) == ["Мария Соколова"] and f"/people/{person.handle}" in page.links()
    assert "Начальник отдела · Обнинск, Калужская область" in page.words


def test_votes_and_names_are_those_of_this_moment(visit, lamp, session):
    visit("/search?q=дворы")
    lamp.score = 40
    lamp.author.name = "Новое Имя"
    session.commit()
    assert "40 голосов" in visit("/search?q=дворы").words


def test_an_edited_practice_shows_its_new_words(visit, lamp, session, indexed):
    assert "энергосервисный" in visit("/search?q=договор").words
    lamp.write("solution", "Договор нарушен.")
    lamp.touch(words=True)
    session.commit()
    indexed()
    page = visit("/search?q=договор")
    assert "энергосервисный" not in page.words and "нарушен" in page.words


def test_a_page_in_english(visitor, lamp, make, indexed):
    visitor.client.set_cookie("lang", "en")
    make.comment(lamp, "Сколько стоят дворы?")
    indexed()
    page = visitor.open("/search?q=дворы&kind=practice")
    assert page.tree.get("lang") == "en"
    text = result(page, "Светлые дворы")
    assert "Obninsk" in text and "₽120" in text and "−53%" in text
