"""Sums over time: counted right, told in pictures and tables, cheap to read."""

from datetime import UTC, date, datetime

from forum.open_data import counting, statistics
from forum.open_data.counting import MEASURES
from tests.counting import counted

PAGES = ("/statistics", "/statistics?region=40", "/open-data", "/regions?show=adoptions", "/regions?show=practices-per-million")


def tiles(page):
    """What the tiles of the map say."""
    return ["".join(one.itertext()) for one in page.tree.iter() if str(one.tag).rpartition("}")[2] == "title"][1:]


def published(session, practice, year, month):
    practice.published_at = practice.listed_at = datetime(year, month, 5, tzinfo=UTC)
    session.commit()
    return practice


def test_towns_count_once_and_by_when_they_first_took_part(make, session):
    town = make.place("Боровск")
    for month, nomination in ((1, 1), (3, 1), (4, 2)):
        published(session, make.practice(municipality=town, nomination=nomination), 2026, month)
    sums = counting.count(session)
    assert sums["40", 0, "", "practices"] == 3
    assert (sums["", 0, "2026-01", "towns"], sums["", 0, "", "towns"]) == (1, 1)
    assert (sums["", 2, "2026-04", "towns"], sums["", 1, "", "towns"]) == (1, 1)
    assert ("", 0, "2026-03", "towns") not in sums


def test_adoptions_count_where_they_are_made_and_only_what_guests_read(make, session):
    practice = make.practice(municipality=make.place(region="40"))
    make.adoption(practice, make.person(region="69"), stage="result", confirmed=True)
    make.adoption(practice, make.person(region="71"), stage="refused")
    hidden = make.practice(municipality=make.place(region="40"))
    make.adoption(hidden, make.person(region="69"))
    hidden.hide(by=make.actor(make.moderator()), reason="Проверяем")
    session.commit()
    found = counting.keep(session, counting.count(session)) and statistics.totals(session)
    assert dict(found.all) == {"practices": 1, "opened": 2, "confirmed": 1, "refused": 1, "towns": 3}
    assert found.regions["69"]["confirmed"] == found.regions["71"]["refused"] == 1
    assert found.nominations[1]["opened"] == 2


def test_counting_again_changes_nothing_and_follows_what_went(make, session, count):
    practice = make.practice()
    assert count() > 0
    assert count() == 0
    practice.hide(by=make.actor(make.moderator()), reason="Проверяем")
    session.commit()
    assert count() > 0
    assert statistics.totals(session).regions == {}


def test_months_and_years_leave_no_gaps():
    sums = {month: dict.fromkeys(MEASURES, 1) for month in ("2022-12", "2024-02", "2026-03")}
    months = statistics.periods(sums, date(2026, 3, 1), by_year=False)
    assert [months[0].key, months[-1].key, len(months)] == ["2024-04", "2026-03", 24]
    assert (months[0].towns_so_far, months[-1].towns_so_far) == (2, 3)
    years = statistics.periods(sums, date(2026, 3, 1), by_year=True)
    assert [(year.key, year.sums["practices"], year.towns_so_far) for year in years] == [
        ("2022", 1, 1), ("2023", 0, 1), ("2024", 1, 2), ("2025", 0, 2), ("2026", 1, 3),
    ]  # fmt: skip
    assert len(statistics.periods({}, date(2026, 3, 1), by_year=True)) == 1


def test_the_page_says_in_tables_what_it_draws(make, session, count, visit):
    published(session, make.practice(municipality=make.place(region="40")), 2026, 2)
    make.adoption(make.practice(municipality=make.place(region="69")), make.person(region="71"), stage="refused")
    assert "Пока нечего считать" in visit("/statistics").words
    count()
    page = visit("/statistics?by=year")
    assert all(picture.get("aria-label") for picture in page.tree.iter("svg") if picture.get("role") == "img")
    assert {"table-practices", "table-adoptions", "table-towns", "table-nominations", "table-regions"} <= {
        caption.get("id") for caption in page.tree.iter("caption")
    }
    one = visit("/statistics?region=71")
    assert one.heading == "Статистика: Область 71"
    assert "отказов: 1" in one.words
    for query in ("region=99", "nomination=1", "nomination=x&by=month", "region=40&nomination=1"):
        visit(f"/statistics?{query}")


def test_pages_cost_the_same_however_much_there_is(app, make, count, visitor):
    def asked():
        count()
        make.person()
        numbers = []
        for address in PAGES:
            make.person()
            with counted(app) as statements:
                visitor.open(address)
            numbers.append(len(statements))
        return numbers

    make.adoption(make.practice(), make.person(region="69"))
    few = asked()
    for region in ("40", "69", "71"):
        make.adoption(make.practice(municipality=make.place(region=region)), make.person(region="77"))
    assert asked() == few
    assert max(few) <= 8


def test_the_map_tells_adoptions_and_figures_per_million(make, session, count, visit):
    make.region("40").population = 1_000_000
    make.adoption(make.practice(municipality=make.place(region="69")), make.person(region="40"))
    make.practice(municipality=make.place(region="40"))
    count()
    titles = tiles(visit("/regions?show=adoptions-per-million"))
    assert "Калужская область: 1" in titles
    assert "Область 69: нет данных" in titles
    adoptions = visit("/regions?show=adoptions")
    assert "/regions/40/adoptions" in adoptions.links()
    assert "Калужская область: 1 практика" in tiles(visit("/regions?show=nonsense"))
