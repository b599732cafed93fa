"""Reference data from tables."""

from sqlalchemy import func, select

from forum.accounts.models import MunicipalDomain
from forum.places.models import Municipality, Region
from forum.taxonomy.models import Nomination

HEAD = "oktmo,name,name_en,type,region,category,population,population_year,successor\n"


def table(tmp_path, rows):
    path = tmp_path / "places.csv"
    path.write_text(HEAD + rows, "utf-8")
    return str(path)


def test_the_reference_data_loads_twice_to_the_same(app, session):
    for _ in range(2):
        result = app.test_cli_runner().invoke(args=["reference", "load"])
        assert result.exit_code == 0, result.output
        counts = [session.scalar(select(func.count()).select_from(kind)) for kind in (Region, Municipality, Nomination, MunicipalDomain)]
        session.rollback()
        assert counts[0] == 89
        assert counts[1] >= 300
        assert counts[2] == 5
        assert counts[3] > 100
    heir = session.scalar(select(Municipality.successor_id).where(Municipality.name == "Кимры"))
    assert session.get(Municipality, heir).name == "Кимрский округ"


def test_an_import_updates_by_code_and_reports_each_bad_row(app, session, make, tmp_path):
    make.place("Старое имя", oktmo="29000001")
    make.place("Без кода")
    path = table(
        tmp_path,
        "29000001,Новое имя,,urban_okrug,40,1,12 500,2025,\n"
        "29000002,Без кода,,,40,,,,\n"
        ",Чужой край,,,98,,,,\n"
        ",,,,40,,,,\n"
        "12,Короткий код,,,40,,,,\n"
        ",Не число,,,40,,много,,\n"
        ",Не тип,,town,40,,,,\n"
        ",Ушедшее,,,40,,,,Новое имя\n"
        ",Потерянное,,,40,,,,Нигде\n"
        "29000002,Новое имя,,,40,,,,\n"
        "29000003,Без кода,,,40,,,,\n",
    )
    result = app.test_cli_runner().invoke(args=["places", "import", path])
    assert result.exit_code == 1
    for words in (
        "places.csv:4: region",
        "places.csv:5: name",
        "places.csv:6: oktmo",
        "places.csv:7: population",
        "places.csv:8: type",
        "places.csv:10: successor",
    ):
        assert words in result.output
    found = {place.name: place for place in session.scalars(select(Municipality))}
    assert set(found) == {"Новое имя", "Без кода", "Ушедшее", "Потерянное"}
    assert (found["Новое имя"].population, found["Без кода"].oktmo) == (12_500, "29000002")
    assert found["Ушедшее"].successor_id == found["Новое имя"].id
