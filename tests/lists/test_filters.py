"""Narrowing and ordering the list by its address."""

import pytest
from sqlalchemy import select

from forum.accounts.models import Person
from forum.practices.filters import Filters
from forum.practices.lists import COUNTED, narrowed
from forum.practices.reference import reference
from forum.taxonomy.models import Tag


def titles(page) -> list[str]:
    """Titles of the cards, in order."""
    lists = (ul for ul in page.tree.iter("ul") if ul.get("class") == "results")
    return ["".join(h.itertext()).strip() for ul in lists for h in ul.iter() if h.tag in ("h2", "h3")]


def link(page, text: str) -> str:
    """The address behind the words."""
    return next(
        a.get("href") for a in page.tree.find(".//main").iter("a") if " ".join("".join(a.itertext()).split()).rstrip("× ").endswith(text)
    )


@pytest.fixture
def five(make):
    """Five practices that differ in what filters ask."""
    village = make.place("Павловка", region="69", population=1_900, type="rural_settlement", category=2)
    town = make.place("Обнинск", population=124_000)
    make.practice("Свет", municipality=town, nomination=1, status="implemented", tags=["освещение", "дворы"], finished="2023-11")
    make.practice("Датчики", municipality=town, nomination=2, status="failed", tags=["датчики"], finished="2024-02")
    make.practice("Колодцы", municipality=village, nomination=1, status="scaling", tags=["вода"], started="2021-05", finished=None)
    make.practice("Праздник", municipality=village, nomination=3, status="failed", finished="2023-01")
    make.practice("Старт", municipality=village, nomination=5, status="pilot", tags=["дворы"], started="2024-09", finished=None)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"Свет", "Датчики", "Колодцы", "Праздник", "Старт"}),
        ("region=40", {"Свет", "Датчики"}),
        ("region=40&region=69", {"Свет", "Датчики", "Колодцы", "Праздник", "Старт"}),
        ("nomination=1&nomination=2", {"Свет", "Датчики", "Колодцы"}),
        ("nomination=1&region=69", {"Колодцы"}),
        ("status=failed", {"Датчики", "Праздник"}),
        ("status=failed&year=2023", {"Праздник"}),
        ("year=2021", {"Колодцы"}),
        ("year=2023&year=2024", {"Свет", "Датчики", "Праздник", "Старт"}),
        ("tag=dvory", {"Свет", "Старт"}),
        ("tag=dvory&tag=voda", {"Свет", "Старт", "Колодцы"}),
        ("tag=dvory&population=0-5", {"Старт"}),
        ("population=50-250", {"Свет", "Датчики"}),
        ("category=2", {"Колодцы", "Праздник", "Старт"}),
        ("district=central", {"Свет", "Датчики", "Колодцы", "Праздник", "Старт"}),
        ("district=central&region=69&status=pilot", {"Старт"}),
        ("region=40&region=69&nomination=1&tag=osveshchenie&category=1&year=2023&status=implemented", {"Свет"}),
        ("region=40&status=pilot", set()),
        ("region=&nomination=", {"Свет", "Датчики", "Колодцы", "Праздник", "Старт"}),
        (
            "region=99&status=lost&tag=none&year=abc&population=x&category=9&district=moon&sort=random",
            {"Свет", "Датчики", "Колодцы", "Праздник", "Старт"},
        ),
    ],
)
def test_values_of_a_filter_widen_and_filters_narrow(visit, five, query, expected):
    page = visit(f"/practices?{query}")
    assert set(titles(page)) == expected
    number = len(expected)
    assert f"{number} практик" in page.words


def test_long_results_are_found_the_other_way_and_are_the_same(session, make, five):
    known = reference(session)
    tags = {tag.slug: tag for tag in session.scalars(select(Tag))}
    choices = [
        {},
        {"region": ("40",)},
        {"nomination": ("1", "2")},
        {"tag": ("dvory",), "population": ("0-5",)},
        {"district": ("central",), "category": ("2",)},
    ]
    choices += [{"year": ("2023",), "status": ("failed",)}, {"tag": ("dvory", "voda"), "nomination": ("1",), "year": ("2023", "2021")}]
    for chosen in choices:
        for sort in ("new", "votes", "discussed"):
            found = narrowed(Filters(sort=sort, **chosen), known, tags)
            few, many = (sorted(row.title for row in session.execute(found.rows(total)).scalars()) for total in (1, COUNTED + 1))
            assert few == many
            assert len(few) == found.count(session)


def test_links_of_choices_combine_and_chips_take_them_off(visit, five):
    page = visit(link(visit("/practices"), "Номинация 1"))
    assert set(titles(page)) == {"Свет", "Колодцы"}
    page = visit(link(page, "Номинация 2"))
    page = visit(link(page, "с голосами"))
    page = visit(link(page, "Не сработало"))
    assert titles(page) == ["Датчики"]
    page = visit(link(page, "Убрать: Не сработало"))
    assert set(titles(page)) == {"Свет", "Датчики", "Колодцы"}
    assert "sort=votes" in link(page, "Убрать: Номинация 1")
    page = visit(link(page, "Сбросить всё"))
    assert len(titles(page)) == 5
    assert "Убрать:" not in page.words


def test_the_form_keeps_what_is_chosen(visit, five):
    page = visit("/practices?status=failed&region=40&sort=votes")
    form = next(f for f in page.tree.iter("form") if "narrow-by" in f.get("class", ""))
    fields = {(i.get("name"), i.get("value")) for i in form.iter("input") if i.get("type") == "hidden"}
    assert fields == {("status", "failed"), ("region", "40"), ("sort", "votes")}
    assert form.get("action") == "/practices"
    # What a browser sends when the region is left open and the year is filled in.
    assert titles(visit("/practices?status=failed&region=40&sort=votes&region=&year=2024")) == ["Датчики"]


def test_unknown_values_do_not_stay_in_links(visit, five):
    page = visit("/practices?region=40&region=zz&status=lost&colour=red")
    links = [href for href in page.links() if not href.startswith("/display?next=")]  # that leads back to this very address
    assert not [href for href in links if "zz" in href or "lost" in href or "colour" in href]


def test_words_go_on_to_search_with_the_filters(visitor):
    page = visitor.open("/practices?q=%D1%81%D0%B2%D0%B5%D1%82&status=failed&year=2023&sort=votes&page=3", expect=302)
    assert page.response.location == "/search?q=%D1%81%D0%B2%D0%B5%D1%82&kind=practice&status=failed&year=2023&sort=votes"
    visitor.open("/practices?q=+", expect=200)


def test_orders(visit, rated):
    rated([5, 9, 9, 0], [1, 0, 7, 7])
    assert titles(visit("/practices")) == ["Практика 003", "Практика 002", "Практика 001", "Практика 000"]
    assert titles(visit("/practices?sort=votes")) == ["Практика 002", "Практика 001", "Практика 000", "Практика 003"]
    assert titles(visit("/practices?sort=discussed")) == ["Практика 003", "Практика 002", "Практика 000", "Практика 001"]
    assert titles(visit("/practices?sort=nothing")) == titles(visit("/practices"))


@pytest.mark.parametrize(
    "address",
    ["/practices", "/practices?sort=votes", "/practices?sort=discussed&nomination=1", "/regions/40?sort=votes", "/people/{handle}"],
)
def test_pages_lose_nothing_and_double_nothing(visit, rated, session, address):
    made = rated([3] * 25 + [1] * 20 + list(range(5)), [2] * 50)
    author = session.get_one(Person, made[0].author_id)
    address = address.format(handle=author.handle)
    forward, page = [], visit(address)
    forward.append(titles(page))
    while following := _rel(page, "next"):
        page = visit(following)
        forward.append(titles(page))
    assert [len(some) for some in forward] == [20, 20, 10]
    assert sorted(sum(forward, [])) == sorted(p.title for p in made)
    backward = [titles(page)]
    while preceding := _rel(page, "prev"):
        page = visit(preceding)
        backward.append(titles(page))
    assert backward == forward[::-1]


def _rel(page, rel: str) -> str | None:
    return next((a.get("href") for a in page.tree.iter("a") if a.get("rel") == rel), None)
