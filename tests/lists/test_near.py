"""«Близкие к нам» and «похожие на мой»: what comes first, what is left out, and what each card says."""

from dataclasses import replace

import pytest

from forum.core.events import deliver, due
from forum.places.queries import profiles
from forum.places.towns import Town
from forum.practices import lists, near
from forum.practices.filters import Filters, Near
from forum.practices.reference import reference
from tests.counting import counted

BAND = "100–250 тыс."


@pytest.fixture
def towns(make):
    """Municipalities from the most to the least alike to the first."""
    make.region("63", "Самарская область", x=3, y=3).district = "volga"
    return {
        "own": make.place("Обнинск", population=120_000),
        "twin": make.place("Близнецк", population=200_000),
        "neighbour": make.place("Соседск", region="69", population=130_000),
        "far": make.place("Дальнегорск", region="63", population=140_000),
        "smaller": make.place("Малоярск", region="69", population=60_000),
        "village": make.place("Берёзовка", region="63", population=900, type="rural_settlement", category=2),
    }


@pytest.fixture
def practices(make, towns):
    """One of each town, the most alike the oldest."""
    author = make.person("Ольга Крайнова", municipality=towns["village"])
    return {name: make.practice(f"Дворы: {name}", municipality=town, author=author, tags=["дворы"]) for name, town in towns.items()}


def titles(page) -> list[str]:
    return ["".join(heading.itertext()).removeprefix("Дворы: ") for heading in page.tree.iterfind(".//main//ul[@class='results']//h2")]


def choose(visitor, town):
    visitor.client.set_cookie("town", str(town.id))


def test_the_most_alike_come_first_and_say_why(visitor, towns, practices):
    choose(visitor, towns["own"])
    page = visitor.open("/practices?sort=near")
    assert titles(page) == ["twin", "own", "neighbour", "far", "smaller", "village"]
    assert "Сравниваем с муниципалитетом: Обнинск" in page.words
    places = f"городской округ · {BAND} жителей · тот же регион", f"{BAND} жителей · тот же федеральный округ"
    for words in ("Как у вас: ваш муниципалитет", *places):
        assert words in page.words
    assert page.words.count("Как у вас") == 5  # the village has nothing in common


def test_only_what_is_like_the_readers_own(visitor, towns, practices):
    choose(visitor, towns["own"])
    page = visitor.open("/practices?near=mine")
    assert titles(page) == ["smaller", "far", "neighbour", "twin", "own"]
    assert "Похожие на: Обнинск" in page.words and "5 практик" in page.words
    assert titles(visitor.open(f"/practices?near={towns['village'].id}&sort=near")) == ["village"]


def test_filters_and_pages_of_other_things_keep_the_order(visitor, towns, practices):
    choose(visitor, towns["own"])
    assert titles(visitor.open("/practices?sort=near&region=69")) == ["neighbour", "smaller"]
    assert titles(visitor.open("/regions/63?sort=near")) == ["far", "village"]
    assert titles(visitor.open("/tags/dvory?sort=near&near=mine"))[0] == "twin"
    assert "близкие к нам" not in visitor.open(f"/municipalities/{towns['own'].id}?sort=near").words


def test_the_signed_in_need_not_choose(visitor, make, towns, practices):
    visitor.sign_in(make.person(municipality=towns["village"]))
    assert titles(visitor.open("/practices?sort=near"))[0] == "village"
    choose(visitor, towns["own"])
    assert titles(visitor.open("/practices?sort=near"))[0] == "twin"


def walked(session, town, filters, total, weights, size=2):
    """All rows page by page to the end, and back to the beginning."""
    found = reference(session)
    narrowed = lists.narrowed(filters, found, lists.tags_by_slug(session, filters.tag))
    there, cursor, back = [], None, []
    while True:
        page = near.page(session, narrowed, total, town, weights, cursor, size, lists.CARD_COLUMNS)
        there.append([row.title for row in page.items])
        if page.next is None:
            break
        cursor = page.next
    while page.previous is not None:
        page = near.page(session, narrowed, total, town, weights, page.previous, size, lists.CARD_COLUMNS)
        back.insert(0, [row.title for row in page.items])
    assert back == there[:-1]
    return [title for titles in there for title in titles]


@pytest.mark.parametrize(
    "filters",
    [
        Filters(),
        Filters(region=("69",)),
        Filters(population=("0-5", "50-250"), district=("volga",)),
        Filters(tag=("dvory",), status=("implemented",)),
    ],
)
def test_few_and_many_are_walked_alike(session, make, towns, practices, filters):
    """The three ways to a page give the same: all sorted, tiers by their codes, tiers by time."""
    for town in ("twin", "village", "own"):
        make.practice(f"Ещё: {town}", municipality=towns[town], author=make.person(), tags=["дворы"])
    known = profiles(session)
    town = Town(towns["own"].id, "Обнинск", None, known[towns["own"].profile], known)
    filters = replace(filters, sort="near", near=Near(town))
    ways = [(1, dict), (lists.COUNTED + 1, dict), (lists.COUNTED + 1, lambda: dict.fromkeys(known, 10_000))]
    found = [walked(session, town, filters, *way) for way in ways]
    assert found[0] == found[1] == found[2]
    assert len(found[0]) == len(set(found[0])) >= 2


def test_a_page_by_number_begins_where_it_should(visitor, towns, make):
    choose(visitor, towns["own"])
    author = make.person(municipality=towns["own"])
    for number in range(22):
        make.practice(f"Дворы: {number}", municipality=towns["own" if number else "village"], author=author)
    assert titles(visitor.open("/practices?sort=near&page=2")) == ["1", "0"]


def test_the_number_of_queries_does_not_grow(app, visitor, make, towns, practices):
    choose(visitor, towns["own"])

    def queries():
        make.person()  # something has changed: nothing remembered is good any more
        with counted(app) as statements:
            visitor.open("/practices?sort=near&near=mine&tag=dvory")
        return len(statements)

    few = queries()
    for _ in range(10):
        make.practice(municipality=towns["twin"], author=make.person(), tags=["дворы"])
    assert queries() == few <= 8


@pytest.mark.parametrize("said", ["999999999", "x", "%00", "9999999999999"])
def test_what_is_no_municipality_is_left_out(visitor, practices, said):
    assert len(titles(visitor.open(f"/practices?near={said}"))) == 6


def test_a_practice_says_whether_it_is_like_ones_own(visitor, towns, practices):
    choose(visitor, towns["own"])
    assert "Похоже на ваш муниципалитет: городской округ · 100–250 тыс. жителей" in visitor.open(address(practices["far"])).words
    words = visitor.open(address(practices["village"])).words
    assert "Не как у вас: сельское поселение, а у вас городской округ · до 1 тыс. жителей, а у вас 100–250 тыс." in words
    own = visitor.open(address(practices["own"])).words
    assert "Похоже на ваш" not in own and "Не как у вас" not in own


def address(practice) -> str:
    return f"/practices/{practice.id}/{practice.slug}"


def test_a_municipality_names_those_like_it_that_have_practices(visitor, make, towns, practices):
    make.place("Пустынск", population=125_000)
    page = visitor.open(f"/municipalities/{towns['own'].id}")
    names = ["".join(link.itertext()) for link in page.tree.iterfind(".//ul[@class='lines alike']//a")]
    assert names == ["Близнецк", "Соседск", "Дальнегорск", "Малоярск"]


def test_practices_follow_a_municipality_that_has_grown(app, session, make, towns, practices, tmp_path):
    table = tmp_path / "places.csv"
    table.write_text("name,region,type,population\nБерёзовка,63,urban_okrug,150000\n", "utf-8")
    run = app.test_cli_runner().invoke
    assert run(args=["places", "import", str(table)]).exit_code == 0
    deliver_all(session)
    session.expire_all()
    assert practices["village"].profile == towns["village"].profile == "a563"
    towns["village"].type, practices["own"].profile = "urban_settlement", None
    session.commit()
    assert "муниципалитетов 1, практик 2" in run(args=["places", "profiles"]).output
    session.expire_all()
    assert (practices["village"].profile, practices["own"].profile) == ("d563", "a540")
    session.rollback()
    assert "муниципалитетов 0, практик 0" in run(args=["places", "profiles"]).output


def deliver_all(session):
    for delivery in due(session):
        deliver(session, delivery)
    session.commit()
