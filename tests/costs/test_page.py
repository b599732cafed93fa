"""Comparable cost as readers see it: on the page, in the passport, through the API; and the page that says how it is reckoned."""

import pytest

from tests.costs.conftest import town

NBSP = "\N{NO-BREAK SPACE}"


def told(page) -> str:
    panel = next(section for section in page.tree.iter("section") if "costs-told" in (section.get("class") or ""))
    return " ".join("".join(panel.itertext()).replace(NBSP, " ").split())


def test_a_practice_has_its_place_among_similar_ones(visit, make, peers):
    peers(100, 120, 200, 340, 500, tags=["свет"])
    words = told(visit(make.practice(**town(make, 300), tags=["свет"])))
    assert "На жителя 300 ₽ дороже, чем у 3 из 5 похожих; обычно 120–340 ₽" in words
    assert "Похожие: та же номинация, общая тема, такие же муниципалитеты." in words
    assert "В ценах декабря 2024 года" in words


def test_the_circle_widens_in_stated_steps_and_stays_within_the_nomination(visit, make, peers):
    peers(100, 120, 200, 340, tags=["свет"])
    practice = make.practice(**town(make, 50), tags=["свет"])
    assert "слишком мало похожих, чтобы сравнить" in told(visit(practice))
    peers(1, 2, 3, nomination=2, tags=["свет"])
    assert "слишком мало похожих" in told(visit(practice))
    peers(90, 110)
    words = told(visit(practice))
    assert "дешевле, чем у всех 6 похожих" in words and "любая тема, такие же муниципалитеты" in words


@pytest.mark.parametrize("state", ["draft", "hidden", "waiting"])
def test_what_guests_may_not_read_is_no_peer(visit, make, peers, state):
    peers(100, 120, 200, 340)
    peers(150, state=state)
    assert "слишком мало похожих" in told(visit(make.practice(**town(make, 50))))


def test_older_money_is_told_in_the_prices_of_the_level(visit, make, peers):
    practice = make.practice(**town(make, 100) | {"finished": "2022-06"})
    assert practice.comparable_cost == pytest.approx(100 * 1.0742 * 1.0952)
    assert "118 ₽" in told(visit(practice))


def test_what_cannot_be_reckoned_is_said(visit, make, peers):
    timeless = make.practice(**town(make, 100) | {"finished": None, "started": None})
    assert timeless.comparable_cost is None
    assert "Год не указан" in told(visit(timeless)) and "Доля вне бюджета 0 %" in told(visit(timeless))
    assert "За 2026 год индекса цен ещё нет" in told(visit(make.practice(**town(make, 100) | {"finished": "2026-06"})))
    free = make.practice(**town(make, 0) | {"cost_local": None})
    assert "Сопоставимая стоимость" not in visit(free).words


def test_saving_reckons_anew(make, session, peers):
    practice = make.practice(**town(make, 100))
    practice = session.merge(practice)
    practice.cost_local = 7_000
    practice.upkeep = 2_000
    session.commit()
    assert (practice.comparable_cost, practice.comparable_upkeep, practice.extra_share) == (7, 2, 0)
    practice.move_to(make.place(population=10_000))
    session.commit()
    assert practice.comparable_cost == 0.7 and practice.town_kind == "5-50 urban"


def test_it_costs_the_page_one_query_however_many_are_alike(visit, make, peers, count_queries):
    practice, silent = make.practice(**town(make, 300), tags=["свет"]), make.practice(cost_local=None, cost_extra=None, tags=["свет"])
    make.person()
    without = count_queries(lambda: visit(silent))
    with_few = count_queries(lambda: visit(practice))
    peers(*range(100, 130), tags=["свет"])
    with_many = count_queries(lambda: visit(practice))
    assert without + 1 == with_few == with_many <= 8


def test_the_passport_bears_it(visit, make, peers):
    peers(100, 120, 200, 340, 500)
    practice = make.practice(**town(make, 300), upkeep=30_000)
    words = visit(f"/practices/{practice.id}/passport").words.replace(NBSP, " ")
    assert "В ценах декабря 2024 года" in words and "дороже, чем у 3 из 5 похожих; обычно 120–340 ₽" in words


def test_programs_get_it_too(app, make, peers):
    peers(100, 120, 200, 340, 500)
    practice = make.practice(**town(make, 300))
    client = app.test_client()
    cost = client.get(f"/api/v1/practices/{practice.id}").json["comparable_cost"]
    assert (cost["price_level"], cost["per_resident"], cost["extra_share"], cost["upkeep_per_resident"]) == (2024, 300, 0, None)
    expected = {"circle": "town", "count": 5, "more_than": 3, "less_than": 2, "least": 100, "lower_quartile": 120, "median": 200,
                "upper_quartile": 340, "most": 500}  # fmt: skip
    assert cost["places"]["per_resident"] == expected
    assert client.get("/api/v1/practices").json["items"][0]["comparable_cost"]["per_resident"] == 300


def test_how_it_is_reckoned_is_public(visit, peers):
    page = visit("/costs")
    assert "Росстат" in page.words and "декабря 2024" in page.words.replace(NBSP, " ")
    rows = [["".join(cell.itertext()) for cell in row] for row in page.tree.iter("tr")]
    assert ["2024", "109,52", "1,00"] in rows and ["2023", "107,42", "1,10"] in rows


def test_without_an_index_nothing_is_claimed(visit, make):
    practice = make.practice()
    assert practice.comparable_cost is None
    assert "Сопоставимая стоимость" not in visit(practice).words
    assert "ещё не загружен" in visit("/costs").words
