"""The kept figures follow the index and the towns: by command, and by the night's job."""

import pytest
from sqlalchemy import select

from forum.practices.models import Practice
from forum.practices.reckoning import reckon_all
from forum.taxonomy.models import prices as index_of
from tests.costs.conftest import town


def cost_of(session, practice) -> float:
    cost = session.scalar(select(Practice.comparable_cost).where(Practice.id == practice.id))
    session.rollback()  # no lock is kept against the next command
    return cost


def test_a_new_year_of_the_index_moves_all_costs_to_its_prices(app, make, session, prices):
    practice = make.practice(**town(make, 100))
    result = app.test_cli_runner().invoke(args=["reference", "price", "2025", "110"])
    assert result.exit_code == 0, result.output
    assert cost_of(session, practice) == pytest.approx(110)
    assert "1 practices" in result.output
    again = app.test_cli_runner().invoke(args=["reference", "load"])
    assert again.exit_code == 0 and cost_of(session, practice) == pytest.approx(110) and index_of(session).level == 2025


def test_a_year_that_leaves_a_gap_is_refused(app, session, prices):
    result = app.test_cli_runner().invoke(args=["reference", "price", "2027", "104"])
    assert result.exit_code != 0 and "2010–2024" in result.output
    assert index_of(session).level == 2024


def test_the_night_brings_in_order_what_drifted(make, session, prices, monkeypatch):
    monkeypatch.setattr("forum.practices.reckoning.BATCH", 2)
    practices = [make.practice(**town(make, 100)) for _ in range(3)]
    practices[0].municipality.population = 2_000
    session.merge(practices[0].municipality)
    session.commit()
    assert list(reckon_all(session)) == [1, 0]
    session.commit()
    assert [cost_of(session, practice) for practice in practices] == [50, 100, 100]
    assert list(reckon_all(session)) == [0, 0]


def test_an_import_tells_its_costs(app, make, session, prices, tmp_path):
    make.place("Обнинск", population=1_000)
    make.admin()
    file = tmp_path / "cards.csv"
    head = "external_id,title,summary,municipality,region,nomination,finished,costs-local\n"
    file.write_text(f"{head}a,Свет,Кратко,Обнинск,40,1,2024-03,5000\n", "utf-8")
    make.nomination()
    result = app.test_cli_runner().invoke(args=["practices", "import", str(file), "--publish"])
    assert result.exit_code == 0, result.output
    session.expire_all()
    assert session.query(Practice).one().comparable_cost == 5
