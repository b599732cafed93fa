"""Practices side by side: every field that one of them has, what differs, on the page and as a workbook."""

from io import BytesIO

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.comparison.matching import key, matched
from forum.practices.models import Indicator
from forum.taxonomy.loading import load_prices
from tests.properties import STEADY

NBSP = "\N{NO-BREAK SPACE}"
names = st.sampled_from(["Расход", "расход ", "Учёт", "Учет", "Жалобы"])
rows_of_one = st.lists(st.tuples(names, st.sampled_from(["шт.", "шт", "%"])).map(lambda pair: Indicator(*pair)), max_size=5)
lists = st.lists(rows_of_one, min_size=1, max_size=4)


def address(*practices) -> str:
    return "/compare?" + "&".join(f"practice={practice.id}" for practice in practices)


def rows(page) -> dict[str, list[str]]:
    """Cells by the label of their row."""
    found = {}
    for row in page.tree.iter("tr"):
        cells = [" ".join("".join(cell.itertext()).replace(NBSP, " ").split()) for cell in row]
        found[cells[0].removesuffix("≠различается").strip()] = cells[1:]
    return found


def differing(page) -> set[str]:
    marked = [row for row in page.tree.iter("tr") if "differs" in (row.get("class") or "").split()]
    return {" ".join("".join(row[0].itertext()).split()).removesuffix("≠различается").strip() for row in marked}


@STEADY
@given(lists)
def test_no_indicator_is_lost_and_those_in_a_row_measure_the_same(some):
    shared, others = matched(some)
    assert all(len({key(row) for row in cells if row}) == 1 and sum(row is not None for row in cells) > 1 for cells in shared)
    for at, own in enumerate(some):
        kept = [id(cells[at]) for cells in shared if cells[at] is not None] + [id(row) for row in others[at]]
        assert sorted(kept) == sorted(map(id, own))


@pytest.fixture
def pair(make, session):
    load_prices(session)
    session.commit()
    town = make.place("Обнинск", population=100_000)
    one = make.practice(
        "Светлые дворы", municipality=town, indicators=[Indicator("Расход энергии", "кВт·ч", 410, 197), Indicator("Жалобы", "", 9, 3)]
    )
    two = make.practice(
        "=Тёплый свет", municipality=make.place("Боровичи", population=50_000), cost_local=900_000, upkeep=50_000, solution="Слово " * 200,
        indicators=[Indicator("расход энергии", "кВт·ч", 100, 90)],
    )  # fmt: skip
    return one, two


def test_fields_stand_side_by_side_and_differences_are_marked(visit, pair):
    page = visit(address(*pair))
    table = rows(page)
    assert table["Всего"] == ["14 900 000 ₽", "14 100 000 ₽"]
    assert table["Вне бюджета"] == ["13 200 000 ₽", "13 200 000 ₽"]
    assert table["Население"] == ["100 000", "50 000"]
    assert table["Расход энергии, кВт·ч"] == ["410 → 197−52 %", "100 → 90−10 %"]
    assert table["Другие показатели"][0].startswith("Жалобы: 9 → 3") and "не указано" in table["Другие показатели"][1]
    assert table["На жителя, в ценах 2024 года"][0].startswith("163 ₽")
    assert table["Решение"][1].endswith("целиком: Решение, =Тёплый свет") and len(table["Решение"][1]) < 400
    assert "Федеральный бюджет" not in table and "Цели" not in table
    assert {"Всего", "Население", "Решение"} <= differing(page) and not {"Вне бюджета", "Номинация", "Сроки"} & differing(page)


def test_only_the_differences_where_they_are_asked_for(visit, pair):
    page = visit(address(*pair) + "&only=differences")
    table = rows(page)
    assert "Всего" in table and "Вне бюджета" not in table and "Номинация" not in table
    assert "Только различия" in page.words


def test_the_order_is_that_of_the_address(visit, pair):
    one, two = pair
    titles = [a.text for a in visit(address(two, one)).tree.iterfind(".//thead//a") if a.get("href").startswith("/practices/")]
    assert titles == [two.title, one.title]


def test_hidden_unknown_and_too_many_are_left_out_with_a_word(visit, make, pair):
    one, two = pair
    hidden = make.practice("Реклама", state="hidden")
    page = visit(address(one, hidden) + "&practice=987654&practice=x")
    assert "Здесь нет 2 практик" in page.words and "Реклама" not in page.words
    assert "Добавьте ещё хотя бы одну практику" in page.words
    five = visit(address(one, two, make.practice(), make.practice(), make.practice("Пятая")))
    assert "не больше 4 практик" in five.words and "Пятая" not in five.words


def test_somebody_elses_comparison_can_be_taken_over(visitor, pair):
    page = visitor.open(address(*pair))
    answer = visitor.client.post(
        "/compare", data={"practice": [str(p.id) for p in pair], "keep": "1"}, headers={"Sec-Fetch-Site": "same-origin"}
    )
    assert answer.status_code == 303 and visitor.client.get_cookie("compare").value == ".".join(str(p.id) for p in pair)
    assert "Взять себе" in page.words and "Взять себе" not in visitor.open(address(*pair)).words


def test_the_workbook_has_whole_texts_plain_numbers_and_no_formula(visitor, pair):
    answer = visitor.client.get(address(*pair).replace("/compare", "/compare.xlsx"))
    assert answer.status_code == 200 and "attachment" in answer.headers["Content-Disposition"]
    sheet = openpyxl.load_workbook(BytesIO(answer.data)).active
    cells = {row[0]: row[1:] for row in sheet.iter_rows(values_only=True) if row[0]}
    assert sheet["C1"].value == "'=Тёплый свет" and sheet["C1"].data_type == "s"
    assert cells["Всего"] == (14_900_000, 14_100_000) and cells["Решение"][1].count("Слово") == 200
    assert cells["Адрес"][0].startswith("http://")
    visitor.open("/compare.xlsx", 404, check=False)
    visitor.open("/compare.xlsx?practice=987654", 404, check=False)


def test_it_costs_the_same_for_two_and_for_four(visit, make, pair, count_queries):
    four = [*pair, make.practice(upkeep=1), make.practice(tags=["свет"], indicators=[Indicator("Жалобы", "", 5, 1)])]
    visit("/")
    counts = [count_queries(lambda some=some: visit(address(*some))) for some in (pair, four)]
    assert counts[0] == counts[1] <= 8
